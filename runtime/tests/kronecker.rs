//! The trace rules of the Kronecker product against the product itself.

mod common;

use common::{close, close_scalar, dynamic, fixed, inner, with_gaps};
use matgrad::__private::{kron_tr_left, kron_tr_right, kronecker};
use nalgebra::{Const, Dyn, RealField};

fn adjoints<T: RealField + Copy>(tolerance: f64) {
    let (a, b) = (dynamic::<T>(2, 3, 1), dynamic::<T>(5, 7, 2));
    let g = dynamic::<T>(10, 21, 3);
    let left = kron_tr_left(Dyn(2), Dyn(3), &g, &b);
    let right = kron_tr_right(Dyn(5), Dyn(7), &g, &a);
    // ⟨G, dA ⊗ B⟩ = ⟨Ā, dA⟩ and ⟨G, A ⊗ dB⟩ = ⟨B̄, dB⟩
    for seed in 4..9 {
        let (da, db) = (dynamic::<T>(2, 3, seed), dynamic::<T>(5, 7, seed));
        close_scalar(inner(&left, &da), inner(&g, &da.kronecker(&b)), tolerance, "left");
        close_scalar(inner(&right, &db), inner(&g, &a.kronecker(&db)), tolerance, "right");
    }

    let (a_gaps, b_gaps, g_gaps) = (with_gaps(&a), with_gaps(&b), with_gaps(&g));
    let a = a_gaps.view_with_steps((1, 2), (2, 3), (1, 2));
    let b = b_gaps.view_with_steps((1, 2), (5, 7), (1, 2));
    let g = g_gaps.view_with_steps((1, 2), (10, 21), (1, 2));
    close(&kron_tr_left(Const::<2>, Const::<3>, &g, &b), &left, tolerance);
    close(&kron_tr_right(Const::<5>, Dyn(7), &g, &a), &right, tolerance);
}

#[test]
fn they_are_the_adjoints() {
    adjoints::<f64>(1e-14);
    adjoints::<f32>(1e-5);
}

#[test]
fn of_vectors() {
    let (a, b, g) = (fixed::<f64, 3, 1>(1), fixed::<f64, 1, 5>(2), fixed::<f64, 3, 5>(3));
    close(&kron_tr_left(Const::<3>, Const::<1>, &g, &b), &(g * b.transpose()), 1e-15);
    close(&kron_tr_right(Const::<1>, Const::<5>, &g, &a), &(a.transpose() * g), 1e-15);
}

#[test]
#[should_panic(expected = "shapes disagree: `g.nrows()` is 10, but `r * b.nrows()` is 15")]
fn the_shape_is_checked() {
    let _ = kron_tr_left(Dyn(3), Dyn(3), &dynamic::<f64>(10, 21, 1), &dynamic::<f64>(5, 7, 2));
}

#[test]
fn products_of_any_size() {
    let (a, b) = (fixed::<f64, 12, 1>(1), fixed::<f64, 15, 15>(2));
    let expected = dynamic::<f64>(12, 1, 1).kronecker(&dynamic::<f64>(15, 15, 2));
    close(&kronecker(Const::<180>, Const::<15>, &a, &b), &expected, 0.0);
    close(&kronecker(Dyn(180), Const::<15>, &a, &b), &expected, 0.0);
    assert_eq!(kronecker(Dyn(0), Dyn(15), &dynamic::<f64>(0, 1, 1), &b).shape(), (0, 15));
}
