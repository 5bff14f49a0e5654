//! Constants, numbers and integers, in every place where one can stand.
#![allow(missing_docs)]
#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_precision_loss,
    clippy::cast_lossless,
    clippy::float_cmp,
    clippy::items_after_statements,
    clippy::unnecessary_cast,
    clippy::unnecessary_min_or_max,
    clippy::unused_self,
    reason = "of the functions as users write them, and values that are the same bit for bit"
)]

mod dimensions;
mod exponents;
mod functions;
mod places;
