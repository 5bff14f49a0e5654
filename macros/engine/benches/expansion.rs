//! How long the macro thinks: the time of one `#[grad]`, tokens to tokens, by the number of operations of the function.
//!
//! `cargo bench -p matgrad-engine`
#![allow(clippy::format_push_string, reason = "a benchmark builds few strings")]

use proc_macro2::TokenStream;

fn main() {
    divan::main();
}

/// A network of as many layers as it takes: each is a product, a sum, a function and a bias that enters the result, five operations.
fn function(operations: usize) -> (TokenStream, TokenStream) {
    let mut body = String::from("let h0 = x.clone();");
    let layers = operations / 5;
    for i in 1..=layers {
        let before = i - 1;
        body.push_str(&format!("let h{i} = (w * &h{before} + b).map(|v| v.tanh()).component_mul(&h{before});"));
    }
    body.push_str(&format!("(&h{layers} - x).norm_squared()"));
    let item = format!("fn network(w: &DMatrix<f64>, b: &DVector<f64>, x: &DVector<f64>) -> f64 {{ {body} }}");
    (parsed("w, b"), parsed(&item))
}

fn parsed(code: &str) -> TokenStream {
    code.parse().unwrap_or_else(|error| panic!("the benchmark is no Rust: {error}"))
}

#[divan::bench(args = [10, 50, 100, 200, 400])]
fn expand(bencher: divan::Bencher<'_, '_>, operations: usize) {
    // tokens cannot be sent between threads, nor kept by the bencher: they are parsed each time, which is part of what rustc does anyway
    bencher.bench_local(|| {
        let (arguments, item) = function(operations);
        matgrad_engine::grad(arguments, item)
    });
}

#[divan::bench(args = [10, 50, 100, 200, 400])]
fn parse_only(bencher: divan::Bencher<'_, '_>, operations: usize) {
    bencher.bench_local(|| function(operations));
}

/// A chain of numbers, each made of the one before.
fn chain(operations: usize) -> (TokenStream, TokenStream) {
    let mut body = String::from("let a0 = x;");
    for i in 1..=operations {
        let before = i - 1;
        body.push_str(&match i % 4 {
            0 => format!("let a{i} = a{before} * x;"),
            1 => format!("let a{i} = a{before}.sin();"),
            2 => format!("let a{i} = a{before} * y + 1.0;"),
            _ => format!("let a{i} = a{before} / (1.0 + x * x);"),
        });
    }
    (parsed("x, y"), parsed(&format!("fn f(x: f64, y: f64) -> f64 {{ {body} a{operations} }}")))
}

#[divan::bench(args = [10, 200, 1000, 5000])]
fn numbers(bencher: divan::Bencher<'_, '_>, operations: usize) {
    bencher.bench_local(|| {
        let (arguments, item) = chain(operations);
        matgrad_engine::grad(arguments, item)
    });
}

/// Two hundred lines with ten loops: sums, values that are carried on, vectors that change, sides of an `if`.
fn loops() -> (TokenStream, TokenStream) {
    let mut body = String::from("let mut total = 0.0;\n");
    for l in 0..10 {
        body.push_str(&format!(
            "let a = x[{l}] * 0.5 + 1.0;
            let b = a * a - x[{l}];
            let scale = (a + b).cos();
            let shift = b.sin() * scale;
            let mut s = shift * 0.1;
            let mut c = scale;
            let mut u = x * shift;
            for i in 1..x.len() {{
                let r = x[i] * a - y[i];
                let t = r * c;
                if r.abs() < 0.5 {{
                    s += 0.5 * r * r;
                }} else {{
                    s += t.exp();
                }}
                c = (c * t).tanh() + x[i - 1] * shift;
                u[i] = u[i - 1] * c + r;
            }}
            let norm = u.norm_squared();
            let end = s * c;
            total += end + norm * scale;\n"
        ));
    }
    body.push_str("total");
    let item = format!("fn f(x: &DVector<f64>, y: &DVector<f64>) -> f64 {{ {body} }}");
    (parsed("x"), parsed(&item))
}

#[divan::bench]
fn ten_loops_in_two_hundred_lines(bencher: divan::Bencher<'_, '_>) {
    bencher.bench_local(|| {
        let (arguments, item) = loops();
        matgrad_engine::grad(arguments, item)
    });
}
