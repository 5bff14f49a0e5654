//! Any expression in ordinary notation: `2 xᵀ (x w − y)`.
//!
//! A [`Text`] is a formula with the binding strength of its outermost operation; the records build theirs from those of their operands.
//! [`Printer`] knows the user's names, and names what occurs twice.

mod dimensions;
mod notation;
mod position;
mod printer;
mod regions;
mod text;

pub use dimensions::dimension_names;
pub use notation::{block_matrix, elementwise_product, matrix_product, number, power, scaling, selection, sum};
pub use position::{placed, slice, updated};
pub use printer::{Names, Printer};
pub use text::Text;
