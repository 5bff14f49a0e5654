//! Functions of random grammar, and words in random order: the macro gives back the function, and beside it companions or errors, and never
//! panics. A failing case shrinks. (`soup` does the like with mistakes in real functions, and `fuzz` without a grammar.)

#[path = "soup/check.rs"]
#[allow(dead_code, reason = "of the soup's checks, one")]
mod check;

use proc_macro2::TokenStream;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

/// What bodies are made of, and some that they are not.
const WORDS: &[&str] = &[
    "x",
    "a",
    "w",
    "s",
    "n",
    "0",
    "1",
    "2.0",
    "1e300",
    "f64",
    "let",
    "mut",
    "fn",
    "return",
    "if",
    "else",
    "for",
    "in",
    "match",
    "=>",
    "->",
    "+",
    "-",
    "*",
    "/",
    "%",
    "=",
    "+=",
    "==",
    "<",
    "&",
    "&&",
    "|",
    "||",
    "!",
    "?",
    ".",
    "..",
    ",",
    ";",
    ":",
    "::",
    "()",
    "[]",
    "{}",
    "(x)",
    "[0]",
    "[(0, 1)]",
    "{ x }",
    "|t|",
    ".sum()",
    ".norm()",
    ".transpose()",
    ".map(|t| t.exp())",
    ".lu()",
    ".solve(&w)",
    ".unwrap()",
    "vector![x]",
    "matrix![1.0, s; s, 2.0]",
    "stack![a; a]",
    "matgrad::softmax",
    "DVector::zeros(3)",
    "Some",
    "'a",
    "#[cfg(x)]",
    "unsafe",
];
/// Methods without arguments.
const METHODS: &[&str] = &[
    "sum",
    "norm",
    "norm_squared",
    "transpose",
    "trace",
    "diagonal",
    "determinant",
    "try_inverse",
    "unwrap",
    "lu",
    "cholesky",
    "l",
    "exp",
    "ln",
    "sqrt",
    "sin",
    "abs",
    "max",
    "mean",
    "variance",
    "row_sum",
    "column_mean",
    "clone",
    "floor",
    "nrows",
    "len",
    "symmetric_eigenvalues",
    "qr",
    "singular_values",
    "normalize",
    "to_scalar",
    "x",
    "iter",
    "lower_triangle",
    "cross_matrix",
    "xy",
    "svd",
    "unknown",
];
/// Methods with one.
const METHODS_OF_ONE: &[&str] = &[
    "dot",
    "tr_mul",
    "component_mul",
    "component_div",
    "kronecker",
    "cross",
    "solve",
    "powi",
    "pow",
    "scale",
    "hypot",
    "atan2",
    "lp_norm",
    "column",
    "row",
    "zip_map",
    "map",
    "pseudo_inverse",
    "solve_lower_triangular",
    "push",
    "unknown",
];

/// An expression, right or not.
fn expression() -> impl Strategy<Value = String> {
    let leaf = select(&["x", "a", "s", "w", "2.0", "1", "n", "y", "DMatrix::identity(2, 2)", "f64::consts::PI", "T::one()"][..]);
    leaf.prop_map(str::to_owned).prop_recursive(6, 40, 3, |inner| {
        let pair = || (inner.clone(), inner.clone());
        prop_oneof![
            4 => (pair(), select(&["+", "-", "*", "/", "%"][..])).prop_map(|((a, b), op)| format!("({a}) {op} &({b})")),
            6 => (inner.clone(), select(METHODS)).prop_map(|(a, m)| format!("({a}).{m}()")),
            3 => (pair(), select(METHODS_OF_ONE)).prop_map(|((a, b), m)| format!("({a}).{m}(&{b})")),
            1 => inner.clone().prop_map(|a| format!("-({a})")),
            1 => inner.clone().prop_map(|a| format!("({a}).map(|t| t * ({a}))")),
            1 => pair().prop_map(|(a, b)| format!("({a})[({b})]")),
            1 => pair().prop_map(|(a, b)| format!("{{ let x = {a}; {b} }}")),
            1 => pair().prop_map(|(a, b)| format!("if {a} < {b} {{ {a} }} else {{ {b} }}")),
            1 => pair().prop_map(|(a, b)| format!("stack![{a}; {b}]")),
        ]
    })
}

/// Takes the function, whatever becomes of it.
fn given_back(arguments: &str, function: &str) {
    // some are no tokens
    if let (Ok(arguments), Ok(item)) = (arguments.parse::<TokenStream>(), function.parse::<TokenStream>()) {
        check::expand(&arguments, &item);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn expressions(
        body in expression(),
        arguments in select(&["x", "x, s", "a", "", "a, symmetric(a)", "x, a, lower_triangular(a)"][..]),
        x in select(&["&DVector<f64>", "&Vector3<f64>", "&DMatrix<f64>", "f64", "&RowDVector<f64>"][..]),
        a in select(&["&DMatrix<f64>", "&Matrix3<f64>", "DMatrix<f64>", "&SMatrix<f64, 2, 3>"][..]),
        result in select(&["f64", "Option<f64>"][..]),
    ) {
        given_back(arguments, &format!("fn f(x: {x}, a: {a}, s: f64, w: &DVector<f64>, n: usize) -> {result} {{ {body} }}"));
    }

    #[test]
    fn words(arguments in vec(select(WORDS), 0..6), body in vec(select(WORDS), 0..40)) {
        let body = body.join(" ");
        given_back(&arguments.join(" "), &format!("fn f(x: &DVector<f64>, a: &DMatrix<f64>, s: f64) -> f64 {{ {body} }}"));
        given_back(&arguments.join(" "), &body);
    }
}
