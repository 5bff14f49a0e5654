//! Seven cost functions as firmware has them, over types of fixed size: ridge regression, attitude from an accelerometer and a
//! magnetometer, calibration of an accelerometer, a small neural network, model-predictive control of three moves and of ten in a loop, a recurrent
//! network with a gate; and a step of an extended Kalman filter for the attitude, by Jacobians.
//!
//! They are written once, for any scalar: in `f64` they are tested here, on the host; in `f32` they run on a Cortex-M4
//! (`tests/embedded`). `f_value_and_grad_into` is what firmware calls. Beside each stands the gradient that somebody who knows both
//! the mathematics and nalgebra writes by hand, as a yardstick for instructions and flash.
#![no_std]
#![forbid(unsafe_code)]
#![allow(clippy::redundant_closure_for_method_calls, reason = "the attribute reads closures")]

pub mod attitude;
pub mod calibration;
mod case;
pub mod control;
pub mod filter;
pub mod gated;
pub mod network;
pub mod ridge;
pub mod rollout;
mod sample;

pub use case::{Attitude, Calibration, Case, Control, Filter, Gated, Network, Ridge, Rollout};
pub use sample::matrix;
