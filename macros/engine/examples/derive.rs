//! Prints what `#[grad(arguments)]` makes of a function, or another attribute whose name comes first: the derivation, and the code.
//!
//! `cargo run -p matgrad-engine --example derive -- 'w' 'fn f(w: &DVector<f64>) -> f64 { w.norm_squared() }'`
//! `cargo run -p matgrad-engine --example derive -- jacobian 'x' 'fn f(x: &DVector<f64>) -> DVector<f64> { x.map(|t| t.exp()) }'`
#![allow(clippy::print_stdout)]

use matgrad_engine::parse::Derivative;
use proc_macro2::TokenStream;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1).peekable();
    let named = |word: &String| Derivative::ALL.into_iter().find(|d| d.attribute() == format!("#[{word}]"));
    let derivative = arguments.peek().filter(|_| std::env::args().len() > 3).and_then(named);
    if derivative.is_some() {
        arguments.next();
    }
    let derivative = derivative.unwrap_or_default();
    let (attribute, item) = (arguments.next().unwrap_or_default(), arguments.next().unwrap_or_default());
    let (attribute, item): (TokenStream, TokenStream) = (attribute.parse()?, item.parse()?);
    if attribute.to_string() == "differentiable" {
        let expansion = matgrad_engine::differentiable(TokenStream::new(), item);
        println!("{}", prettyplease::unparse(&syn::parse2(expansion)?));
        return Ok(());
    }
    match matgrad_engine::explain_as(derivative, attribute.clone(), item.clone()) {
        Ok(report) => {
            for line in report.equations() {
                println!("{line}");
            }
            for (name, shape) in &report.shapes {
                println!("{name}: {shape}");
            }
        }
        Err(errors) => {
            for error in errors.as_slice() {
                println!("error: {}", error.message);
            }
        }
    }
    let expansion = matgrad_engine::expand(derivative, attribute, item);
    match syn::parse2(expansion.clone()) {
        Ok(file) => println!("\n{}", prettyplease::unparse(&file)),
        Err(error) => println!("\nthe expansion does not parse: {error}\n{expansion}"),
    }
    Ok(())
}
