//! The objectives of ADBench (microsoft/ADBench, MIT; `adbench/LICENSE-ADBench.txt`), as one writes them with nalgebra, and its data.
#![allow(
    clippy::doc_markdown,
    clippy::many_single_char_names,
    clippy::cast_precision_loss,
    reason = "the words and letters of the benchmark"
)]
#![allow(clippy::pedantic, clippy::all, reason = "as users write them")]

pub mod ba;
pub mod gmm;
pub mod hand;
pub mod lstm;

/// The numbers of a file of data.
///
/// # Panics
/// If one is none.
#[must_use]
pub fn numbers(text: &str) -> Vec<f64> {
    text.split_whitespace().map(|t| t.parse().expect("a number")).collect()
}

/// What ADBench accepts up to 1e-8: `|x − y| / max(1, |x| + |y|)`, the largest.
#[must_use]
pub fn distance(found: &[f64], expected: &[f64]) -> f64 {
    if found.len() != expected.len() {
        return f64::INFINITY;
    }
    let each = found.iter().zip(expected).map(|(x, y)| (x - y).abs() / (x.abs() + y.abs()).max(1.0));
    each.fold(0.0, |most, d| if d > most || d.is_nan() { d } else { most })
}
