//! Eigenvalues, singular values and the pseudoinverse: what is taken apart multiplies back.

mod common;

use common::{close, dynamic, fixed, with_gaps};
use matgrad::__private::{pseudo_inverse, svd, symmetric_eigen};
use nalgebra::{DMatrix, RealField, SMatrix};

fn identities<T: RealField + Copy>(tolerance: f64) {
    let a = fixed::<T, 5, 5>(1);
    let s = a + a.transpose();
    let eigen = symmetric_eigen(&s);
    let (q, values) = (&eigen.eigenvectors, &eigen.eigenvalues);
    close(&(q * SMatrix::from_diagonal(values) * q.transpose()), &s, tolerance);
    close(values, &s.symmetric_eigenvalues(), tolerance);

    let x = fixed::<T, 7, 3>(2);
    let parts = svd(&x);
    close(&(parts.u * SMatrix::from_diagonal(&parts.singular_values) * parts.v_t), &x, tolerance);
    close(&parts.singular_values, &x.singular_values(), tolerance);
    let inverse = pseudo_inverse(&x, nalgebra::convert(1e-6)).expect("a tolerance");
    close(&(inverse * x), &SMatrix::<T, 3, 3>::identity(), tolerance);
    assert!(pseudo_inverse(&x, nalgebra::convert(-1.0)).is_none());
}

#[test]
fn parts_multiply_back() {
    identities::<f64>(1e-12);
    identities::<f32>(1e-4);
}

#[test]
fn views_are_read_in_place() {
    let x = dynamic::<f64>(3, 7, 3);
    let whole = with_gaps(&x);
    let parts = svd(&whole.view_with_steps((1, 2), (3, 7), (1, 2)));
    close(&(&parts.u * DMatrix::from_diagonal(&parts.singular_values) * &parts.v_t), &x, 1e-12);
    assert!(parts.singular_values.as_slice().is_sorted_by(|a, b| a >= b));
}
