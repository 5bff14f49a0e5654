//! Matrices of one entry: numbers to the derivation, matrices to rustc.

use matgrad_tests::{cases, number, positive};
use nalgebra::{DMatrix, DVector, Matrix1, SVector, Vector1, Vector3, matrix, stack};

cases! {
    reductions_of_one_entry {
        a.product() * a.max() + a.amin() * a.amax() + a.norm() + a.trace() * a.mean() + a.lp_norm(3) + a.sum()
    }
        fixed(a: Matrix1<f64> = number()) -> f64;
    structure_of_one_entry {
        let v = SVector::<f64, 1>::from_column_slice(a.as_slice());
        let m = DMatrix::from_column_slice(1, 1, a.as_slice());
        a.lower_triangle().x * a.diagonal().x + a.kronecker(b).x + b.kronecker(a).sum() + Matrix1::from_diagonal(&v).x + m.norm_squared()
    }
        fixed(a: Matrix1<f64> = number(), b: Matrix1<f64> = number()) -> f64;
    kronecker_with_one_entry {
        a.kronecker(x).norm_squared() + (x.kronecker(a) * 2.0).map(f64::sin).sum()
    }
        fixed(a: Matrix1<f64> = number(), x: Vector3<f64> = matgrad_tests::vector(3)) -> f64;
    softmax_of_one_entry {
        matgrad::log_sum_exp(a) * matgrad::softmax(a).x + matgrad::log_softmax(a).x + matgrad::log_sum_exp_rows(a).x
            + matgrad::softmax_rows(a).x * matgrad::log_softmax_rows(a).sum()
    }
        fixed(a: Matrix1<f64> = number()) -> f64;
    factorizations_of_one_entry {
        let c = a.cholesky().unwrap();
        let lu = a.lu();
        c.l().x + c.ln_determinant() + c.determinant() + c.inverse().x + c.solve(b).x + lu.determinant() + lu.solve(b).unwrap().x
            + matgrad::ln_det(b) + a.try_inverse().unwrap().x
    }
        fixed(a: Matrix1<f64> = positive(1, 1), b: Matrix1<f64> = number()) -> f64;
    functions_of_one_entry {
        a.exp().x + a.symmetric_eigenvalues().x + a.singular_values().x + a.pseudo_inverse(1e-9).unwrap().x
    }
        fixed(a: Matrix1<f64> = number()) -> f64;
    singular_values_of_vectors {
        x.singular_values().x * x.transpose().singular_values().sum() + (x * 2.0).svd(true, true).singular_values.x.exp()
    }
        fixed(x: Vector3<f64> = matgrad_tests::vector(3)) -> f64;
    singular_values_of_run_time_vectors {
        x.singular_values()[0] * x.transpose().singular_values().sum() + (x * 2.0).svd(true, true).singular_values[0].exp()
    }
        dynamic(x: DVector<f64> = matgrad_tests::vector(3)) -> f64;
    inactive_matrices_found_to_have_one_entry {
        let one = DVector::from_element(1, 0.8);
        let scale = { let d = DMatrix::<f64>::from_diagonal(&one); d };
        (x * scale * x.transpose()).sum() + (x * one.clone()).norm()
    }
        dynamic(x: DVector<f64> = matgrad_tests::vector(3)) -> f64;
    choices_of_one_entry {
        a.map(|t| if t < 0.5 { t * t } else { t.exp() }).x + a.zip_map(b, |s, t| if s > t { s } else { t * s }).sum()
    }
        fixed(a: Matrix1<f64> = number(), b: Matrix1<f64> = number()) -> f64;
    commas_within_entries {
        stack![a; SVector::<f64, 2>::from_element(a.x)].norm_squared() + matrix![a.x, f64::hypot(a.x, 2.0); 1.0, a.x].sum()
    }
        fixed(a: Vector1<f64> = number()) -> f64;
}
