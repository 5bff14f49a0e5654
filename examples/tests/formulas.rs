//! The formulas that the programs print are those that the macro derives.

use matgrad_engine::source::Source;

/// What the attributes of the function `name` in a source file document, a line each.
fn derivation(source: &str, name: &str) -> Vec<String> {
    let source = Source::read(source).expect("the program is Rust");
    let reports = source.functions().iter().filter(|f| f.name().as_deref() == Some(name));
    let reports: Vec<_> = reports.map(|f| f.report().expect("it can be differentiated")).collect();
    assert!(!reports.is_empty(), "`{name}` is not differentiated");
    reports.iter().flat_map(matgrad_engine::emit::Report::equations).collect()
}

/// A constant of the program.
fn constant(source: &str, name: &str) -> String {
    let file = syn::parse_file(source).expect("the program is Rust");
    let constant = file.items.into_iter().find_map(|item| match item {
        syn::Item::Const(constant) if constant.ident == name => Some(constant),
        _ => None,
    });
    let value = constant.expect("the program has the constant").expr;
    let literal: syn::LitStr = syn::parse_quote!(#value);
    literal.value()
}

/// Whether the program prints, in this constant, formulas that are derived of the function.
fn check(source: &str, function: &str, constant_name: &str) {
    let derived = derivation(source, function);
    for line in constant(source, constant_name).lines() {
        assert!(derived.iter().any(|other| other == line), "`{line}` is not among\n{}", derived.join("\n"));
    }
}

#[test]
fn printed_formulas_are_derived() {
    check(include_str!("../linear_regression.rs"), "mse", "GRADIENT");
    check(include_str!("../linear_regression.rs"), "ridge", "RIDGE_GRADIENT");
    check(include_str!("../lasso.rs"), "smooth", "GRADIENT");
    check(include_str!("../softmax_regression.rs"), "objective", "GRADIENTS");
    check(include_str!("../newton.rs"), "objective", "HESSIAN");
    check(include_str!("../newton_cg.rs"), "objective", "PRODUCTS");
    check(include_str!("../nonlinear_least_squares.rs"), "misra1a", "JACOBIAN");
    check(include_str!("../two_layer_network.rs"), "loss", "GRADIENTS");
    check(include_str!("../notears.rs"), "lagrangian", "GRADIENTS");
    check(include_str!("../kalman.rs"), "step", "PREDICTION");
}
