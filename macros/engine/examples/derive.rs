//! Prints what `#[grad(arguments)]` makes of a function: the derivation, and the code.
//!
//! `cargo run -p matgrad-engine --example derive -- 'w' 'fn f(w: &DVector<f64>) -> f64 { w.norm_squared() }'`
#![allow(clippy::print_stdout)]

use proc_macro2::TokenStream;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let (attribute, item) = (arguments.next().unwrap_or_default(), arguments.next().unwrap_or_default());
    let (attribute, item): (TokenStream, TokenStream) = (attribute.parse()?, item.parse()?);
    match matgrad_engine::explain(attribute.clone(), item.clone()) {
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
    let expansion = matgrad_engine::grad(attribute, item);
    match syn::parse2(expansion.clone()) {
        Ok(file) => println!("\n{}", prettyplease::unparse(&file)),
        Err(error) => println!("\nthe expansion does not parse: {error}\n{expansion}"),
    }
    Ok(())
}
