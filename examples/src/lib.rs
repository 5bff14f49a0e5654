//! What the example programs share: reading data, preparing it, judging a fit.

mod metrics;
mod scaling;
mod table;

pub use metrics::r_squared;
pub use scaling::Scaling;
pub use table::{Table, TableError};
