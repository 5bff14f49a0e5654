//! Extreme entries and products of others: first of equals, zeros, NaN, empty.
#![allow(clippy::float_cmp, reason = "these results are exact")]

mod common;

use common::{close, dynamic, fixed, gradient, with_gaps};
use matgrad::__private::{
    arg_amax, arg_amin, arg_max, arg_min, entry_or_zero, picked, picked_by_size, placed, placed_by_size, products_but_two,
    products_of_others, products_of_others_tangent,
};
use nalgebra::{Const, DMatrix, Matrix2x3, RealField, SMatrix, SVector, vector};

fn agree_with_nalgebra<T: RealField + Copy>() {
    for seed in 0..20 {
        let x = dynamic::<T>(5, 3, seed);
        let whole = with_gaps(&x);
        let view = whole.view_with_steps((1, 2), (5, 3), (1, 2));
        assert_eq!(x[arg_max(&view)], x.max());
        assert_eq!(x[arg_min(&view)], x.min());
        assert_eq!(x[arg_amax(&view)].abs(), x.amax());
        assert_eq!(x[arg_amin(&view)].abs(), x.amin());
    }
}

#[test]
fn they_find_the_entry() {
    agree_with_nalgebra::<f64>();
    agree_with_nalgebra::<f32>();
}

/// On one side of all ties: the entries moved up by a little, the first by most.
#[test]
fn of_equals_the_one_that_is_extreme_on_one_side() {
    let x = Matrix2x3::new(1.0, 3.0, -3.0, -1.0, -3.0, 3.0);
    let zeros = Matrix2x3::zeros();
    for x in [x, -x, zeros, x.abs(), -x.abs()] {
        let mut moved = x;
        moved.iter_mut().enumerate().for_each(|(i, t)| *t += 1e-3 / f64::from(1 << i));
        let size = moved.abs();
        assert_eq!(arg_max(&x), arg_max(&moved));
        assert_eq!(arg_min(&x), arg_min(&moved));
        assert_eq!(arg_amax(&x), arg_max(&size));
        assert_eq!(arg_amin(&x), arg_min(&size));
    }
    assert_eq!((arg_max(&x), arg_min(&x), arg_amax(&x), arg_amin(&x)), ((0, 1), (0, 2), (0, 1), (1, 0)));
}

#[test]
fn equals_share() {
    let x = Matrix2x3::new(1.0, 3.0, -3.0, -1.0, -3.0, 3.0);
    let from = Matrix2x3::new(1.0, 10.0, 100.0, 2.0, 20.0, 200.0);
    assert_eq!(picked(&x, arg_max, &from), 105.0);
    assert_eq!(picked(&x, arg_min, &from), 60.0);
    assert_eq!(picked_by_size(&x, arg_amax, &from), 82.5);
    assert_eq!(picked_by_size(&x, arg_amin, &from), 1.5);
    assert_eq!(placed(&x, arg_max, 3.0), Matrix2x3::new(0.0, 1.5, 0.0, 0.0, 0.0, 1.5));
    assert_eq!(placed(&x, arg_min, 3.0), Matrix2x3::new(0.0, 0.0, 1.5, 0.0, 1.5, 0.0));
    assert_eq!(placed_by_size(&x, arg_amax, 3.0), Matrix2x3::new(0.0, 0.75, 0.75, 0.0, 0.75, 0.75));
    assert_eq!(placed_by_size(&x, arg_amin, 3.0), Matrix2x3::new(1.5, 0.0, 0.0, 1.5, 0.0, 0.0));
    // of one entry, all of it, exactly
    assert_eq!(placed(&vector![0.5, 0.1], arg_min, f64::INFINITY), vector![0.0, f64::INFINITY]);
    // a NaN is equal to nothing, and stands alone
    let last = vector![2.0, 2.0, f64::NAN];
    assert_eq!(picked(&last, arg_max, &vector![1.0, 2.0, 5.0]), 5.0);
    assert_eq!(placed(&last, arg_max, 1.0), vector![0.0, 0.0, 1.0]);
    // before it, no entry is found that stands after it
    assert_eq!(placed(&vector![2.0, f64::NAN, 1.0, 1.0], arg_max, 1.0), vector![0.0, 0.0, 0.5, 0.5]);
    let none = DMatrix::<f64>::zeros(0, 3);
    assert_eq!((picked(&none, arg_max, &none), placed(&none, arg_max, 1.0)), (0.0, none.clone()));
}

#[test]
fn nan_counts_as_in_nalgebra_and_empty_has_none() {
    let nan = f64::NAN;
    for x in [vector![nan, 1.0, nan, 2.0, 0.5], vector![1.0, nan, 0.0, -3.0, nan], vector![nan, nan, nan, nan, -1.0]] {
        let pairs = [
            (x[arg_max(&x)], x.max()),
            (x[arg_min(&x)], x.min()),
            (x[arg_amax(&x)].abs(), x.amax()),
            (x[arg_amin(&x)].abs(), x.amin()),
        ];
        assert!(pairs.iter().all(|(ours, theirs)| ours.to_bits() == theirs.to_bits()), "{pairs:?} of {x}");
    }
    assert_eq!(
        entry_or_zero(&DMatrix::<f64>::zeros(0, 3), arg_max(&DMatrix::<f64>::zeros(0, 3))),
        DMatrix::<f64>::zeros(0, 3).max()
    );
    assert_eq!(arg_max(&DMatrix::<f64>::zeros(0, 3)), (0, 0));
}

#[test]
fn the_gradient_of_a_product() {
    let x = fixed::<f64, 3, 2>(1);
    close(&products_of_others(&x), &gradient(&x, nalgebra::Matrix::product), 1e-9);
    let m = dynamic::<f32>(2, 3, 2);
    let whole = with_gaps(&m);
    let view = whole.view_with_steps((1, 2), (2, 3), (1, 2));
    close(&products_of_others(&view), &m.map(|t| m.product() / t), 1e-5);
}

#[test]
fn the_products_are_right_at_zeros() {
    assert_eq!(products_of_others(&vector![2.0, 0.0, 3.0]), vector![0.0, 6.0, 0.0]);
    assert_eq!(products_of_others(&vector![0.0, 0.0, 3.0]), vector![0.0, 0.0, 0.0]);
    assert_eq!(products_of_others(&vector![5.0]), vector![1.0]);
    assert_eq!(products_of_others(&DMatrix::<f64>::zeros(0, 0)), DMatrix::zeros(0, 0));
}

#[test]
fn the_second_derivatives_of_a_product() {
    let (x, e) = (fixed::<f64, 3, 2>(1), fixed::<f64, 3, 2>(2));
    let moved = gradient(&x, |x| products_of_others(x).dot(&e));
    close(&products_of_others_tangent(&x, &e), &moved, 1e-8);
    let twice = products_but_two(Const::<6>, Const::<6>, &x);
    let column = twice * SVector::<f64, 6>::from_column_slice(e.as_slice());
    close(&products_of_others_tangent(&x, &e), &SMatrix::<f64, 3, 2>::from_column_slice(column.as_slice()), 1e-14);
    // by hand, with zeros
    let x = vector![2.0, 0.0, 3.0, 0.0];
    assert_eq!(products_of_others_tangent(&x, &vector![1.0, 10.0, 100.0, 1000.0]), vector![0.0, 6000.0, 0.0, 60.0]);
    let twice = products_but_two(Const::<4>, Const::<4>, &x);
    let mut expected = SMatrix::<f64, 4, 4>::zeros();
    (expected[(1, 3)], expected[(3, 1)]) = (6.0, 6.0);
    assert_eq!(twice, expected);
    assert_eq!(products_but_two(Const::<1>, Const::<1>, &vector![5.0]), SMatrix::<f64, 1, 1>::zeros());
}
