//! Functions in crates and modules where names mean something else, under lints that allow nothing: expansions of matgrad are clean
//! there. `tests/values.rs` compares their gradients with differences.

pub mod bare;
pub mod constants;
pub mod macros;
pub mod methods;
pub mod private;
pub mod re_exported;
pub mod renamed;
pub mod shadowed;
