//! From a program to tokens: the companions, their documentation, their stubs.

mod added;
mod changed;
mod code;
mod companion;
mod contract;
mod docs;
mod elementwise;
mod emitter;
mod existence;
mod extremes;
mod head;
mod in_place;
mod jacobian;
mod lists;
mod names;
mod panics;
mod paths;
mod products;
mod pullback;
mod regions;
mod results;
mod scoped;
mod shapes;
mod stub;
mod taken;
mod values;
mod wholes;

pub use code::Code;
pub use companion::companions;
pub use docs::{Report, report};
pub use emitter::Emitter;
#[cfg(feature = "source")]
pub(crate) use head::counts_as_used_text;
pub(crate) use head::paths;
pub use head::{cotangent, counts_as_used, directions};
pub(crate) use results::owned_type;
pub use stub::stubs;
