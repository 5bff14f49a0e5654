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
