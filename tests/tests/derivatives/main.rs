//! Directional derivatives, pullbacks, Jacobians and Hessians, through rustc.
#![allow(missing_docs)]
#![allow(clippy::many_single_char_names, clippy::similar_names, reason = "the letters of the formulas")]
#![allow(clippy::cast_precision_loss, reason = "sizes are small")]
#![allow(clippy::redundant_closure_for_method_calls, reason = "as users write them")]

mod directional;
mod matrices;
mod printed;
mod pullbacks;
mod second;
mod spectra;
#[macro_use]
mod stacked;
mod sequences;

use nalgebra::{Dim, Matrix, RawStorage, Scalar};

/// The entries of a number or a matrix, column by column.
trait Entries {
    fn entries(&self) -> Vec<f64>;
}

impl Entries for f64 {
    fn entries(&self) -> Vec<f64> {
        vec![*self]
    }
}

impl Entries for f32 {
    fn entries(&self) -> Vec<f64> {
        vec![f64::from(*self)]
    }
}

impl<T: Scalar + Into<f64> + Copy, R: Dim, C: Dim, S: RawStorage<T, R, C>> Entries for Matrix<T, R, C, S> {
    fn entries(&self) -> Vec<f64> {
        let sizes = [self.nrows(), self.ncols()].map(|n| f64::from(u32::try_from(n).expect("a small size")));
        self.iter().map(|x| (*x).into()).chain(sizes).collect()
    }
}

/// All entries agree, relative to the largest.
#[track_caller]
fn close(found: &impl Entries, expected: &impl Entries, tolerance: f64) {
    let (found, expected) = (found.entries(), expected.entries());
    assert_eq!(found.len(), expected.len(), "{found:?} is not of the shape of {expected:?}");
    let top = expected.iter().fold(0.0f64, |top, x| top.max(x.abs()));
    let right = found.iter().zip(&expected).all(|(a, b)| (a - b).abs() <= tolerance * top);
    assert!(right, "found {found:?}, expected {expected:?}");
}
