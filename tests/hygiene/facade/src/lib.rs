//! A crate between matgrad and its user, who names neither matgrad nor nalgebra.
#![forbid(unsafe_code)]

/// What the user sees of the mathematics.
pub mod calculus {
    pub use matgrad as derivatives;
    pub use matgrad::grad as gradient;
    pub use nalgebra as matrices;
}
