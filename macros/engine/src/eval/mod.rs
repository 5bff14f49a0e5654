//! The interpreter of the IR: the oracle of the tests.
//!
//! It computes in plain `f64`, by definitions rather than by fast algorithms, and shares no code with what the crate generates.
//! [`evaluate()`] walks a graph, operands before users, and asks each operation's record for its value; [`Environment`] holds the
//! values of the leaves, and finds the sizes of symbolic dimensions by looking at them. [`central_difference`] differentiates any
//! function of matrices numerically, and so knows no rule of ours.
//!
//! ```text
//! Mat            a dense matrix; decomposition (det, inverse, cholesky, cofactor), spectral, exponential
//! Environment    what the leaves are  ->  Sizes, how large the symbols are
//! Inputs         what a record sees of one node
//! evaluate       the loop  ->  values or EvalError
//! difference     gradients by differences
//! ```

mod decomposition;
mod difference;
mod environment;
mod error;
mod evaluate;
mod exponential;
mod inputs;
mod mat;
mod regions;
mod sizes;
mod spectral;

pub use difference::{central_difference, central_difference_by, central_difference_symmetric};
pub use environment::Environment;
pub use error::EvalError;
pub use evaluate::{evaluate, evaluate_missing};
pub use exponential::exp_frechet;
pub use inputs::{Inputs, map_region};
pub use mat::{Mat, pow};
