//! Gradients of nalgebra functions, derived symbolically while the crate compiles.
//!
//! [`macro@grad`] reads an ordinary function over nalgebra types, derives its gradient in matrix form, and writes the functions
//! `f_grad` and `f_value_and_grad` next to it, and `f_grad_into` and `f_value_and_grad_into`, which write gradients in place. This crate holds what the generated code calls: the scalar and matrix functions below,
//! which are usable in any code, and hidden helpers.
//!
//! It is `no_std` and needs no allocator; without the default feature `std`, enable `libm` for the floating-point functions.
//! All functions are generic over `T: RealField + Copy`, and over static and run-time shapes.

#![no_std]
#![forbid(unsafe_code)]
#![allow(clippy::many_single_char_names, reason = "the letters of the formulas")]

#[cfg(feature = "alloc")]
extern crate alloc;

#[doc(hidden)]
pub mod __private;
mod activation;
mod check;
mod log_determinant;
mod softmax;
mod softmax_rows;

#[cfg(feature = "macros")]
pub use matgrad_macros::{differentiable, grad, hessian, hvp, jacobian, jvp, problem, vjp};

pub use activation::{constant, relu, sigmoid, softplus};
pub use check::{Entries, Worst, check_gradient, check_jacobian};
pub use log_determinant::ln_det;
pub use softmax::{log_softmax, log_sum_exp, softmax};
pub use softmax_rows::{log_softmax_rows, log_sum_exp_rows, softmax_rows};
