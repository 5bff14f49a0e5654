//! The formulas that the programs print are those that the macro derives.

/// What `#[grad(..)]` documents of the function `name` in a source file, a line each.
fn derivation(source: &str, name: &str) -> Vec<String> {
    let file = syn::parse_file(source).expect("the program is Rust");
    let function = file.items.into_iter().find_map(|item| match item {
        syn::Item::Fn(function) if function.sig.ident == name => Some(function),
        _ => None,
    });
    let mut function = function.expect("the program has the function");
    let at = function.attrs.iter().position(|a| a.path().is_ident("grad")).expect("it is differentiated");
    let attribute = function.attrs.remove(at);
    let arguments = attribute.meta.require_list().map(|list| list.tokens.clone()).unwrap_or_default();
    let item = quote::quote!(#function);
    let report = matgrad_engine::explain(arguments, item).expect("it can be differentiated");
    report.equations()
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
    check(include_str!("../two_layer_network.rs"), "loss", "GRADIENTS");
    check(include_str!("../notears.rs"), "lagrangian", "GRADIENTS");
    check(include_str!("../kalman.rs"), "step", "PREDICTION");
}
