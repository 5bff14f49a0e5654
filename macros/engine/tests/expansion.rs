//! What the macro makes of long functions grows as they do: the mathematics, node by node, and the code, token by token.

use std::fmt::Write as _;

use matgrad_engine::parse::{Derivative, parse_for};
use proc_macro2::{TokenStream, TokenTree};

/// A function of about so many operations.
type Written = fn(usize) -> String;

/// Functions, and what they are differentiated by.
const SHAPES: [(&str, Written, &str); 6] = [
    ("chains of scalars", scalars, "x, y"),
    ("chains of functions", functions, "x, y"),
    ("values with two readers", twice_read, "x, y"),
    ("sums of many terms", sums, "x, y"),
    ("entries", entries, "x, y"),
    ("layers", layers, "w, b"),
];

fn scalars(n: usize) -> String {
    chain(n, |i, before| match i % 4 {
        0 => format!("{before} * x"),
        1 => format!("{before} + y"),
        2 => format!("{before} * y"),
        _ => format!("{before} - x"),
    })
}

fn functions(n: usize) -> String {
    chain(n, |i, before| match i % 4 {
        0 => format!("{before} * x"),
        1 => format!("{before}.sin()"),
        2 => format!("{before} * y + 1.0"),
        _ => format!("{before} / (1.0 + x * x)"),
    })
}

fn twice_read(n: usize) -> String {
    chain(n / 2, |i, before| format!("{before} * a{} + x", i.saturating_sub(2)))
}

fn sums(n: usize) -> String {
    chain(n / 2, |i, before| format!("{before} + {} * {i}.0", ["x.sin()", "y", "x * y", "y.sin()"][i % 4]))
}

/// A number after another.
fn chain(n: usize, next: impl Fn(usize, &str) -> String) -> String {
    let mut body = "let a0 = x * y;".to_owned();
    for i in 1..=n {
        let _ = write!(body, "let a{i} = {};", next(i, &format!("a{}", i - 1)));
    }
    format!("fn f(x: f64, y: f64) -> f64 {{ {body} a{n} }}")
}

fn entries(n: usize) -> String {
    let mut body = "let mut s = 0.0;".to_owned();
    for i in 0..n / 4 {
        let _ = write!(body, "let t{i} = x[{i}] * y[{}]; s += t{i} * t{i};", i + 1);
    }
    format!("fn f(x: &DVector<f64>, y: &DVector<f64>) -> f64 {{ {body} s }}")
}

fn layers(n: usize) -> String {
    let mut body = "let h0 = x.clone();".to_owned();
    for i in 1..=n / 5 {
        let h = i - 1;
        let _ = write!(body, "let h{i} = (w * &h{h} + b).map(|v| v.tanh()).component_mul(&h{h});");
    }
    format!("fn f(w: &DMatrix<f64>, b: &DVector<f64>, x: &DVector<f64>) -> f64 {{ {body} (&h{} - x).norm_squared() }}", n / 5)
}

fn tokens(code: &str) -> TokenStream {
    code.parse().unwrap_or_else(|error| panic!("the test is no Rust: {error}"))
}

fn count(code: TokenStream) -> usize {
    let of = |tree: TokenTree| match tree {
        TokenTree::Group(group) => 2 + count(group.stream()),
        _ => 1,
    };
    code.into_iter().map(of).sum()
}

/// The nodes of the function and its gradients with their operands, and the tokens of the expansion.
fn sizes(function: &str, wrt: &str) -> (usize, usize) {
    let input = parse_for(Derivative::Gradient, tokens(wrt), tokens(function)).result.unwrap_or_else(|e| panic!("{e:?}"));
    let derivation = matgrad_engine::derive(&input).unwrap_or_else(|e| panic!("{e:?}"));
    let nodes = derivation.graph.nodes().iter().map(|node| 1 + node.args.len()).sum();
    (nodes, count(matgrad_engine::grad(tokens(wrt), tokens(function))))
}

#[test]
fn expansions_grow_as_functions_do() {
    for (name, function, wrt) in SHAPES {
        let (few, many) = (sizes(&function(200), wrt), sizes(&function(1000), wrt));
        #[allow(clippy::cast_precision_loss)] // below 2⁵³
        let exponent = |few: usize, many: usize| (many as f64 / few as f64).ln() / 5.0_f64.ln();
        let (nodes, code) = (exponent(few.0, many.0), exponent(few.1, many.1));
        assert!(nodes < 1.15, "{name}: nodes grow as n^{nodes:.2}: {} and {}", few.0, many.0);
        assert!(code < 1.15, "{name}: code grows as n^{code:.2}: {} and {} tokens", few.1, many.1);
    }
}

/// `a x/y` again and again: `xᵏ` and `y⁻ᵏ` are infinite and zero long before the product of the two is either.
#[test]
fn powers_of_two_numbers_are_not_gathered_without_end() {
    let report = |n: usize| {
        let code = chain(n, |_, before| format!("{before} * x / y + y"));
        matgrad_engine::grad(tokens("x, y"), tokens(&code)).to_string()
    };
    let high = |code: &str| {
        let exponents = code
            .split("powi (")
            .skip(1)
            .filter_map(|call| call.split(')').next()?.rsplit(", ").next()?.trim().parse::<i32>().ok());
        exponents.map(i32::abs).max().unwrap_or(0)
    };
    assert!(high(&report(100)) <= 18, "powers up to {}", high(&report(100)));
}
