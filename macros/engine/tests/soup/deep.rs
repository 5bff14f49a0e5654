//! Depth and length. Threads of tests have 2 MiB of stack, less than the compiler's.

use std::fmt::Write;

use proc_macro2::TokenStream;

use super::check::{expand, is_derived};

const DEPTH: usize = 1000;

/// Expands a function with this body, in the one parameter `x`. Whether it was derived.
fn body(body: &str) -> bool {
    let item = format!("fn f(x: f64, v: &DVector<f64>) -> f64 {{ {body} }}");
    is_derived(&expand(&"x".parse().expect("tokens"), &item.parse().expect("tokens")))
}

/// `before` and `after` around `x`, many times.
fn nested(before: &str, after: &str, depth: usize) -> String {
    format!("{}x{}", before.repeat(depth), after.repeat(depth))
}

#[test]
fn brackets() {
    for (before, after) in
        [("(", ")"), ("{", "}"), ("[", "]"), ("vector![", "]"), ("(|t| ", ")(1.0)"), ("f(", ")"), ("if true {", "} else { 1.0 }")]
    {
        for depth in [90, DEPTH] {
            body(&nested(before, after, depth));
            body(&format!("let y = v.len(); {} + 1.0", nested(before, after, depth).replace('x', "y")));
        }
    }
    assert!(body(&nested("(", ")", 90)), "a depth that people write");
}

#[test]
fn prefixes() {
    for before in [
        "-",
        "!",
        "*",
        "&",
        "& mut ",
        "|t| ",
        "move |t| ",
        "return ",
        "x = ",
        "x += ",
        "break ",
        "let y = ",
        "..",
        "'a: ",
        "#[a] ",
        "1.0 - -",
        "async ",
        "if x ",
        "x && ",
        "x < ",
    ] {
        for depth in [100, DEPTH, 10 * DEPTH] {
            body(&nested(before, "", depth));
            body(&format!("let y = {}; x", nested(before, "", depth).replace('x', "y")));
        }
    }
}

#[test]
fn suffixes() {
    for after in [
        ".exp()",
        "?",
        ".0",
        "[0]",
        "()",
        " as f64",
        " + x",
        " * x",
        " - 1.0",
        ".map(|t| t)",
        ".await",
        "..",
        " = x",
        " += x",
        " == x",
        " else if x { x }",
        "; x",
        "::x",
        "::<x>",
        "!",
        "!(x)",
        ", x",
    ] {
        for depth in [100, DEPTH, 2 * DEPTH] {
            body(&nested("", after, depth));
            body(&format!("let y = {}; x", nested("", after, depth).replace('x', "y")));
        }
    }
}

#[test]
fn else_if() {
    for condition in ["x < 1.0", "v.len() < 1", "true"] {
        let mut text = String::from("if true { x }");
        for _ in 0..DEPTH {
            write!(text, " else if {condition} {{ x * 2.0 }}").expect("a string");
        }
        body(&format!("{text} else {{ x }}"));
        body(&format!("let y: f64 = {} else {{ 1.0 }}; x * y", text.replace('x', "1.0")));
    }
}

#[test]
fn types() {
    let wrapped = [
        ("&", ""),
        ("*const ", ""),
        ("Option<", ">"),
        ("(", ")"),
        ("[", "; 1]"),
        ("fn() -> ", ""),
        ("impl Fn() -> ", ""),
        ("A::", ""),
        ("<", " as A>::B"),
        ("dyn A + ", ""),
        ("for<'a> ", ""),
    ];
    for (before, after) in wrapped {
        for depth in [50, DEPTH, 10 * DEPTH] {
            let ty = nested(before, after, depth).replace('x', "f64");
            for item in [
                format!("fn f(x: f64, y: {ty}) -> f64 {{ x }}"),
                format!("fn f(x: {ty}) -> f64 {{ x }}"),
                format!("fn f(x: f64) -> {ty} {{ x }}"),
                format!("fn f<T: A<{ty}>>(x: f64) -> f64 where T: B<{ty}> {{ x }}"),
                format!("fn f(x: f64) -> f64 {{ let y: {ty} = 1.0; x * y }}"),
                format!("fn f(x: f64) -> f64 {{ let y = a::<{ty}>(); x * y as {ty} }}"),
            ] {
                expand(&"x".parse().expect("tokens"), &item.parse().expect("tokens"));
            }
        }
    }
}

#[test]
fn patterns() {
    for (before, after) in [("&", ""), ("(", ",)"), ("A(", ")"), ("[", "]"), ("a @ ", ""), ("a | ", ""), ("&mut ", "")] {
        for depth in [50, DEPTH, 10 * DEPTH] {
            let pattern = nested(before, after, depth).replace('x', "z");
            body(&format!("let {pattern} = 1.0; x"));
            let item = format!("fn f(x: f64, {pattern}: f64) -> f64 {{ x }}");
            expand(&"x".parse().expect("tokens"), &item.parse().expect("tokens"));
        }
    }
}

#[test]
fn attributes() {
    for (before, after) in [("symmetric(", ")"), ("crate = a::", ""), ("crate = A<", ">"), ("x, ", ""), ("(", ")"), ("-", "")] {
        for depth in [50, DEPTH, 10 * DEPTH] {
            let item: TokenStream = "fn f(x: f64) -> f64 { x }".parse().expect("tokens");
            expand(&nested(before, after, depth).parse().expect("tokens"), &item);
        }
    }
    let attributes = "#[a] /// b\n".repeat(DEPTH);
    expand(&TokenStream::new(), &format!("{attributes} fn f(x: f64) -> f64 {{ x }}").parse().expect("tokens"));
}

#[test]
fn long_functions() {
    let mut lines = String::from("let y0 = x;");
    for i in 1..5 * DEPTH {
        writeln!(lines, "let y{i} = y{} * 0.5 + x;", i - 1).expect("a string");
    }
    assert!(body(&format!("{lines} y{}", 5 * DEPTH - 1)));
    let mut lines = String::new();
    for i in 0..5 * DEPTH {
        writeln!(lines, "assert!(v.len() > {i}); let y{i} = v[{i}] + 1.0;").expect("a string");
    }
    assert!(body(&format!("{lines} x * y7")));
    let vector: String = "let y = x; ".repeat(5 * DEPTH);
    body(&format!("{vector} y.floor()"));
}

#[test]
fn long_sums() {
    let sum = |term: &dyn Fn(usize) -> String| (0..5 * DEPTH).map(term).collect::<Vec<_>>().join(" + ");
    body(&sum(&|i| format!("{i}.0 * x")));
    body(&sum(&|i| format!("v[{i}] * x")));
    body(&sum(&|i| format!("(x * {i}.5).sin()")));
    body(&format!("vector![{}].sum()", sum(&|_| "x".to_owned()).replace('+', ",")));
    body(&format!("let y: f64 = {}; x * y", sum(&|i| format!("v[{i}]"))));
}

#[test]
fn doubling() {
    // every line doubles the tree of the formula, but not the function
    let lines: String = (0..100).map(|_| "let x = x * x + x.sin() * x;\n").collect();
    body(&format!("{lines} x"));
    let nested = (0..60).fold("x".to_owned(), |inner, _| format!("({inner} + 1.0).sin()"));
    body(&nested);
    let maps = (0..60).fold("t".to_owned(), |inner, _| format!("({inner}).exp()"));
    body(&format!("(v * x).map(|t| {maps}).sum()"));
    let closures = (0..25).fold("t".to_owned(), |inner, i| format!("(v * x).map(|t{i}| t{i} * {inner}).sum()"));
    body(&closures.replace("* t)", "* x)"));
    let blocks = (0..40).fold("x".to_owned(), |inner, _| format!("{{ let y = {inner}; y * y }}"));
    body(&blocks);
    let inactive = (0..40).fold("v.len()".to_owned(), |inner, _| format!("{{ let y = {inner}; g(y) }}"));
    body(&format!("let z: f64 = {inactive}; x * z"));
}

#[test]
fn large_constants() {
    for text in [
        "x * 1e308 * 1e308",
        "x / 1e-308 / 1e-308",
        "(v * (1e200 * x) * 1e200).norm_squared()",
        "(v * x).map(|t| t * 1e300 * 1e300).sum()",
        "1e300 * x.powi(9) * 1e300",
    ] {
        assert!(!body(text), "{text}");
    }
    let single = "fn f(x: f32) -> f32 { x * 1e30 * 1e30 }".parse().expect("tokens");
    assert!(!is_derived(&expand(&"x".parse().expect("tokens"), &single)));
}
