//! Signatures: every type, generic and qualifier that a function may have, against differences of the function itself.
#![deny(warnings)] // the companions are as clean as the function

mod attributes;
mod generics;
mod hygiene;
mod inactive;
mod methods;
mod mixed;
mod options;
mod types;
mod views;
