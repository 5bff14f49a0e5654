//! Formulas for typesetters: what `print` writes in a line, as `LaTeX` and as `MathML`.
//!
//! [`read`] takes a line apart again, into a [`Math`] that says the same: [`Math::plain`] is the line. It is of one kind only, made by `print`, and
//! so the reader needs no grammar of mathematics, only the few marks that `print` makes: scripts, brackets, fractions, functions.

mod latex;
mod math;
mod mathml;
mod read;
mod scripts;

pub use latex::equations as latex_equations;
pub use math::Math;
pub use read::{Vocabulary, left, read};
