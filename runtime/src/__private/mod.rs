//! What generated code calls. Not part of the public interface: names and signatures change without notice.

#[cfg(feature = "alloc")]
pub use alloc::vec::Vec;

pub use nalgebra;

mod axial;
mod cholesky;
mod cofactor;
mod cofactor_tangent;
mod diagonal;
mod divided;
mod exponential;
mod extrema;
mod inverted;
mod jacobian;
mod kronecker;
mod lists;
mod lu;
mod norm;
#[cfg(feature = "std")]
mod panels;
mod panics;
mod place;
mod products;
mod products_of_others;
mod products_to;
mod promises;
mod scalar;
mod shape;
mod spectral;
mod stable;

pub use crate::constant;
pub use crate::softmax::log_sum_exp_and_softmax;
pub use axial::axial;
pub use cholesky::{chol_inverse, chol_l, chol_ln_det, chol_solve, cholesky, phi};
pub use cofactor::cofactor;
pub use cofactor_tangent::{cofactor_columns, cofactor_tangent};
pub use diagonal::diag_solve;
pub use divided::{divided_differences, divided_sums};
pub use exponential::{exp_and_frechet, exp_frechet, matrix_exp};
pub use extrema::{arg_amax, arg_amin, arg_max, arg_min, entry_or_zero, picked, picked_by_size, placed, placed_by_size};
pub use inverted::{Inverted, inverted, inverted_inverse, inverted_solve, inverted_solve_tr};
pub use jacobian::{frechet_columns, identity_kron_mul, kron_identity_mul, mirror, mirrored, rows_from, rows_to};
pub use kronecker::{kron_tr_left, kron_tr_right, kronecker};
pub use lists::{
    array_entries, array_entries_mut, array_of_arrays, array_of_arrays_mut, array_of_vectors, arrays, arrays_mut, entries,
    entries_mut, to_array, to_array_of_arrays, to_array_of_vectors, write_vectors,
};
#[cfg(feature = "alloc")]
pub use lists::{to_arrays, to_vec, to_vectors, vectors};
pub use lu::{lu, lu_inverse, lu_ln_det, lu_ln_of_det, lu_solve, lu_solve_tr};
pub use norm::{lp_norm, lp_norm_by, norm};
pub use panics::{all_in_order, begin, in_order, in_range};
pub use place::{place, place_at};
pub use products::{mul, mul_tr, mul_tr_contiguous, tr_mul, tr_mul_contiguous, tr_mul_mirrored};
pub use products_of_others::{products_but_two, products_of_others, products_of_others_tangent};
pub use products_to::{mul_tr_contiguous_to, mul_tr_to, tr_mul_contiguous_to, tr_mul_mirrored_to, tr_mul_to};
pub use promises::{debug_diagonal, debug_lower_triangular, debug_orthogonal, debug_symmetric, or_nan};
pub(crate) use scalar::is_nan;
pub use scalar::{
    abs, acos, acosh, asin, asinh, atan, atan2, atanh, cbrt, cos, cosh, count, exceeds, exp, exp_m1, exponent, hypot, integer,
    is_below, is_within, limit, lit, ln, ln_1p, log2, log10, max, min, powf, powi, reaches, recip, safe_recip, shared, side,
    sign, sin, sinh, sqrt, tan, tanh,
};
pub use shape::{diag, known_dim, lower_triangle, owned_as, reshape, same_dim, upper_triangle};
pub use spectral::{Svd, pseudo_inverse, svd, symmetric_eigen, with_eigenvalues, with_singular_values};
pub use stable::{ln_cosh, ln_product, log_add_exp, share, turn};
