//! What the example programs share: reading data, preparing it, minimising, drawing, judging a fit.

mod digits;
mod edges;
mod error;
mod graph;
mod metrics;
mod minimize;
mod plot;
mod program;
mod records;
mod scaling;
mod strd;
mod table;

pub use digits::{CLASSES, Images};
pub use edges::Edges;
pub use error::TableError;
pub use graph::draw_graphs;
pub use metrics::r_squared;
pub use minimize::{Iteration, Minimization, Minimum, NoMinimum};
pub use plot::{Curve, Labels, draw_curves, draw_images};
pub use program::{data_file, finish, output_file};
pub use scaling::Scaling;
pub use strd::{MGH09, MISRA1A, Reference, THURBER};
pub use table::Table;
