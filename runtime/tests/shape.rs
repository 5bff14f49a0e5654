//! Checks of shapes, placing, reshaping, triangles, diagonals.

mod common;

use common::{close, close_scalar, dynamic, fixed, inner, with_gaps};
use matgrad::__private::{diag, lower_triangle, owned_as, place, place_at, reshape, same_dim, upper_triangle};
use nalgebra::{Const, DMatrix, DVector, Dyn, OMatrix, RealField, SMatrix};

#[test]
fn equal_sizes_pass() {
    same_dim("x.ncols()", 5, "w.nrows()", 5);
}

#[test]
#[should_panic(expected = "shapes disagree: `x.ncols()` is 5, but `w.nrows()` is 3")]
fn different_sizes_are_named() {
    same_dim("x.ncols()", 5, "w.nrows()", 3);
}

#[test]
fn the_panic_is_reported_at_the_caller() {
    let place = std::sync::Arc::new(std::sync::Mutex::new(None));
    let seen = place.clone();
    let before = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        *seen.lock().expect("unpoisoned") = info.location().map(|at| at.file().to_owned());
    }));
    let outcome = std::thread::spawn(|| same_dim("a", 1, "b", 2)).join();
    std::panic::set_hook(before);
    assert!(outcome.is_err());
    let file = place.lock().expect("unpoisoned").clone().expect("a location");
    assert!(file.ends_with("shape.rs") && file.contains("tests"), "{file}");
}

fn placing<T: RealField + Copy>(tolerance: f64) {
    let block = dynamic::<T>(2, 3, 1);
    let whole = with_gaps(&block);
    let view = whole.view_with_steps((1, 2), (2, 3), (1, 2));
    let placed: OMatrix<T, Const<5>, Const<7>> = place(Const::<5>, Const::<7>, 2, 4, &view);
    close(&placed.fixed_view::<2, 3>(2, 4), &block, 0.0);
    close_scalar(placed.norm_squared(), block.norm_squared(), tolerance, "zeros elsewhere");
    // tr(Gᵀ X[2.., 4..]) = tr(place(G)ᵀ X)
    let x = fixed::<T, 5, 7>(2);
    let picked = DMatrix::from(x.view((2, 4), (2, 3)));
    close_scalar(inner(&block, &picked), inner(&placed, &x), tolerance, "adjoint of picking");

    let one = place_at(Dyn(5), Const::<1>, 3, 0, T::one());
    assert_eq!(one, OMatrix::from_iterator_generic(Dyn(5), Const::<1>, [0, 0, 0, 1, 0].map(|t| nalgebra::convert(f64::from(t)))));
}

#[test]
fn a_placed_block_is_where_it_was_picked() {
    placing::<f64>(1e-14);
    placing::<f32>(1e-5);
    assert_eq!(place_at(Dyn(0), Dyn(3), 0, 0, 1.0), DMatrix::zeros(0, 3));
    assert_eq!(place(Dyn(3), Dyn(2), 3, 0, &DMatrix::<f64>::zeros(0, 2)), DMatrix::zeros(3, 2));
}

#[test]
#[should_panic(expected = "out of bounds")]
fn a_block_has_to_fit() {
    let _ = place(Dyn(3), Dyn(3), 2, 0, &dynamic::<f64>(2, 2, 1));
}

fn reshaping<T: RealField + Copy>() {
    let m = dynamic::<T>(2, 3, 1);
    let whole = with_gaps(&m);
    let view = whole.view_with_steps((1, 2), (2, 3), (1, 2));
    let vec = reshape(Dyn(6), Const::<1>, &view);
    assert_eq!(vec, DVector::from_column_slice(m.as_slice()));
    assert_eq!(reshape(Const::<2>, Const::<3>, &vec), SMatrix::<T, 2, 3>::from_iterator(m.iter().copied()));
    assert_eq!(reshape(Const::<3>, Dyn(2), &m)[(0, 1)], m[(1, 1)]);
    let owned: SMatrix<T, 2, 3> = owned_as(Const::<2>, Const::<3>, &view);
    assert_eq!(owned, m);
    assert_eq!(owned_as(Dyn(2), Dyn(3), &owned), m);
}

#[test]
fn entries_keep_their_column_major_order() {
    reshaping::<f64>();
    reshaping::<f32>();
}

#[test]
#[should_panic(expected = "is 6")]
fn reshaping_keeps_the_number_of_entries() {
    let _ = reshape(Dyn(5), Dyn(1), &dynamic::<f64>(2, 3, 1));
}

#[test]
#[should_panic(expected = "columns")]
fn owning_keeps_the_shape() {
    let _ = owned_as(Dyn(2), Dyn(2), &dynamic::<f64>(2, 3, 1));
}

#[test]
fn triangles_and_diagonals() {
    let m = dynamic::<f32>(3, 5, 1);
    close(&(lower_triangle(&m) + upper_triangle(&m)), &m.map_with_location(|i, j, t| if i == j { 2.0 * t } else { t }), 0.0);
    let v = fixed::<f64, 3, 1>(2);
    close(&diag(&v), &SMatrix::<f64, 3, 3>::from_diagonal(&v), 0.0);
    close(&diag(&dynamic::<f64>(5, 2, 3).column(1)).diagonal(), &dynamic::<f64>(5, 2, 3).column(1), 0.0);
}
