//! What to write instead of a method that is not supported, by its name.

/// Methods whose derivative is zero almost everywhere.
pub(super) const FLAT: &[&str] = &[
    "floor",
    "ceil",
    "round",
    "round_ties_even",
    "trunc",
    "signum",
    "div_euclid",
    "to_bits",
    "rank",
    "argmax",
    "argmin",
    "imax",
    "imin",
    "iamax",
    "iamin",
    "icamax",
    "iamax_full",
    "icamax_full",
];

/// Methods that jump.
pub(super) const JUMPING: &[&str] = &["fract", "rem_euclid", "rem"];

/// Methods that give an order, a truth or a text.
pub(super) const COMPARING: &[&str] = &[
    "partial_cmp",
    "total_cmp",
    "cmp",
    "eq",
    "ne",
    "lt",
    "le",
    "gt",
    "ge",
    "is_nan",
    "is_finite",
    "is_sign_positive",
    "is_sign_negative",
];

/// Methods that change their receiver.
pub(super) const MUTATING: &[&str] = &[
    "set_row",
    "set_column",
    "set_diagonal",
    "fill",
    "fill_diagonal",
    "fill_row",
    "fill_column",
    "fill_with_identity",
    "fill_lower_triangle",
    "fill_upper_triangle",
    "swap",
    "swap_rows",
    "swap_columns",
    "copy_from",
    "copy_from_slice",
    "tr_copy_from",
    "gemm",
    "gemm_tr",
    "gemv",
    "gemv_tr",
    "ger",
    "axpy",
    "cmpy",
    "sort",
    "sort_by",
    "sort_by_key",
    "sort_unstable",
    "sort_unstable_by",
    "reverse",
    "iter_mut",
    "column_iter_mut",
    "row_iter_mut",
    "as_mut_slice",
    "column_mut",
    "row_mut",
    "rows_mut",
    "columns_mut",
    "view_mut",
    "fixed_view_mut",
    "fixed_rows_mut",
    "fixed_columns_mut",
    "get_mut",
    "index_mut",
    "apply",
    "zip_apply",
    "apply_into",
    "neg_mut",
    "scale_mut",
    "unscale_mut",
    "normalize_mut",
    "transpose_mut",
    "try_inverse_mut",
    "solve_mut",
    "add_scalar_mut",
    "component_mul_assign",
    "component_div_assign",
    "cdpy",
];

/// Methods that we have not, and what stands in for them.
const INSTEAD: &[(&[&str], &str)] = &[
    (
        &["iter", "into_iter", "fold", "column_iter", "row_iter"],
        "write it with `map`, `zip_map`, `sum` or `dot`, which run over all entries",
    ),
    (
        &["as_slice", "to_vec", "as_ref", "data"],
        "use the matrix itself: its entries are `v[i]` and `m[(i, j)]`, its rows `m.row(i)`",
    ),
    (
        &["svd", "svd_unordered", "try_svd"],
        "`singular_values()` is; the singular vectors have no derivative where two values are equal",
    ),
    (
        &["u", "v_t", "eigenvectors", "recompose"],
        "only the values are; the vectors have no derivative where two values are equal",
    ),
    (
        &["symmetric_eigen", "try_symmetric_eigen"],
        "`symmetric_eigenvalues()` is; the eigenvectors have no derivative where two values are equal",
    ),
    (
        &["eigenvalues", "complex_eigenvalues", "schur", "try_schur"],
        "of a symmetric matrix `symmetric_eigenvalues()` is; for stability there is `determinant()` or `singular_values()`",
    ),
    (
        &["qr", "col_piv_qr", "full_piv_lu", "udu", "lblt", "bidiagonalize", "hessenberg", "symmetric_tridiagonalize"],
        "solve with `lu()` or `cholesky()`, whose solutions and determinants have a derivative",
    ),
    (&["inverse", "inv", "invert"], "write `try_inverse()` and open it with `?` or `unwrap()`; `lu().solve(&b)` is cheaper"),
    (&["det"], "write `determinant()`"),
    (&["t", "adjoint", "conjugate", "conjugate_transpose"], "write `transpose()`"),
    (&["sinc"], "write `if t == 0.0 { 1.0 } else { t.sin() / t }` in the closure of `map`"),
    (&["sec", "csc", "cot", "sech", "csch", "coth"], "write it with `sin`, `cos`, `sinh`, `cosh` and a division"),
    (&["exp10"], "write `(t * 10.0_f64.ln()).exp()`"),
    (
        &["erf", "erfc", "gamma", "ln_gamma", "lgamma", "digamma", "expi", "sind", "cosd", "tand"],
        "it is none of the functions that numbers have in `std`; write it with those",
    ),
    (
        &["collect", "filter", "enumerate", "zip", "rev", "skip", "take", "step_by", "windows", "chunks", "product", "for_each"],
        "an iterator is a loop; write it with matrices, by `map`, `zip_map`, `sum` or `dot`",
    ),
    (&["log"], "write `ln()`, and divide by the `ln()` of the base"),
    (&["pow"], "write `powi(2)` or `powf(0.5)`"),
    (&["matmul", "mm", "mul", "add", "sub", "div"], "write the operator: `a * b`"),
    (&["hadamard"], "write `component_mul`"),
    (&["sin_cos", "sinh_cosh"], "write the two apart"),
    (&["to_degrees", "to_radians"], "multiply by the constant"),
    (&["copysign"], "write `abs`, or `if` in the closure of `map`"),
    (&["cast", "into", "try_into", "to_f32", "to_f64", "to_subset"], "compute in one floating-point type"),
    (&["to_string", "to_owned"], "format what does not depend on it"),
    (
        &["insert_row", "insert_column", "remove_row", "remove_column", "resize", "resize_vertically", "resize_horizontally"],
        "build the new matrix with `stack!`, `rows` and `columns`",
    ),
    (
        &["select_rows", "select_columns"],
        "take `row(i)` or `column(j)` of each, and put them together with `from_rows` or `from_columns`",
    ),
];

/// What to write instead.
pub(super) fn instead(name: &str) -> Option<&'static str> {
    INSTEAD.iter().find(|(names, _)| names.contains(&name)).map(|(_, advice)| *advice)
}
