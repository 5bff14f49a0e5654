//! `#[problem]`: what it makes, and what it refuses. `examples/tests/problems.rs` has it through rustc and the optimisers.

use matgrad_engine::problem;
use proc_macro2::TokenStream;

fn expanded(arguments: &str, item: &str) -> syn::File {
    let tokens = |text: &str| text.parse::<TokenStream>().expect("tokens");
    let code = problem(tokens(arguments), tokens(item));
    syn::parse2(code.clone()).unwrap_or_else(|e| panic!("{e}\n{code}"))
}

/// Names of functions and structs, and traits that are implemented.
fn made(arguments: &str, item: &str) -> Vec<String> {
    let path = |path: &syn::Path| path.segments.iter().map(|s| s.ident.to_string()).collect::<Vec<_>>().join("::");
    let name = |item: syn::Item| match item {
        syn::Item::Fn(f) => Some(f.sig.ident.to_string()),
        syn::Item::Struct(s) => Some(s.ident.to_string()),
        syn::Item::Impl(i) => i.trait_.map(|(_, of, _)| path(&of)),
        syn::Item::Macro(m) => Some(m.mac.tokens.to_string()),
        _ => None,
    };
    expanded(arguments, item).items.into_iter().filter_map(name).collect()
}

const NUMBER: &str = "fn fit(w: &DVector<f64>, x: &DMatrix<f64>, y: &DVector<f64>) -> f64 { (x * w - y).norm_squared() }";
const VECTOR: &str = "fn fit(w: &DVector<f64>, x: &DMatrix<f64>, y: &DVector<f64>) -> DVector<f64> { x * w - y }";

#[test]
fn of_a_number() {
    let gradients = ["fit_grad", "fit_value_and_grad", "fit_grad_into", "fit_value_and_grad_into"];
    let with = |before: &[&str], after: &[&str]| [before, after].concat().into_iter().map(str::to_owned).collect::<Vec<_>>();
    let argmin = ["FitProblem", "argmin::core::CostFunction", "argmin::core::Gradient"];
    assert_eq!(made("w, argmin", NUMBER), with(&["fit"], &[&gradients[..], &argmin].concat()));
    // what stands below makes its companions itself
    let stacked = format!("#[matgrad::grad(w)] #[hessian(w)] #[hvp(w)] {NUMBER}");
    assert_eq!(made("w, argmin", &stacked), with(&["fit"], &[&argmin[..], &["argmin::core::Hessian"]].concat()));
    let basin = ["FitProblem", "basin::CostFunction", "basin::Gradient", "basin::Hessian", "basin::HessianProduct"];
    assert_eq!(made("w, basin", &stacked), with(&["fit"], &basin));
    // blocks of a Hessian are not put together
    let several = stacked.replace("(w)", "(w, x)");
    assert_eq!(made("w, x, basin", &several), with(&["fit"], &[&basin[..3], &["basin::HessianProduct"]].concat()));
}

#[test]
fn of_a_vector() {
    let all = made("w, argmin, basin, levenberg_marquardt(old)", VECTOR);
    let jacobians = ["fit", "fit_jacobian", "fit_value_and_jacobian", "fit_jacobian_into", "fit_value_and_jacobian_into"];
    let traits = ["argmin::core::Operator", "argmin::core::Jacobian", "basin::Residual", "basin::Jacobian"];
    let expected = [&jacobians[..], &["FitProblem"], &traits, &["levenberg_marquardt::LeastSquaresProblem"]].concat();
    assert_eq!(all, expected);
}

#[test]
fn names_and_lifetimes() {
    let name = |item: &str| made("x, basin", item).into_iter().find(|n| n.ends_with("Problem")).unwrap_or_default();
    assert_eq!(name("fn least_squares_2(x: f64) -> f64 { x * x }"), "LeastSquares2Problem");
    assert_eq!(name("fn r#loop(x: f64) -> f64 { x * x }"), "LoopProblem");
    let code = |item: &str| {
        let file = expanded("x, basin", item);
        file.items.into_iter().find_map(|i| if let syn::Item::Struct(s) = i { Some(s) } else { None }).expect("a struct")
    };
    assert_eq!(code("fn f(x: f64, k: usize) -> f64 { x * k as f64 }").generics.params.len(), 0);
    let borrowed =
        code("fn f(x: &DVector<f64>, a: &[&DVector<f64>], v: DVectorView<'_, f64>, n: usize, t: (&str, u8)) -> f64 { x.sum() }");
    let types: Vec<String> = borrowed.fields.iter().map(|f| quote::quote!(#f).to_string().replace(' ', "")).collect();
    let expected =
        ["x:DVector<f64>", "a:&'problem[&'problemDVector<f64>]", "v:DVectorView<'problem,f64>", "n:usize", "t:(&'problemstr,u8)"];
    assert_eq!(types[..5], expected);
    assert_eq!(borrowed.generics.params.len(), 1);
}

#[test]
fn what_is_refused() {
    let refused = |arguments: &str, item: &str, why: &str| {
        let all = made(arguments, item);
        assert!(all.iter().any(|m| m.contains(why)), "{arguments}, {item}: {all:?}");
        assert!(all.iter().any(|m| m == "fit"), "the function stays");
        assert!(!all.iter().any(|m| m == "FitProblem"), "{all:?}");
    };
    refused("w", NUMBER, "names no crate of optimisers");
    refused("w, agrmin", NUMBER, "`agrmin`");
    refused("w, levenberg_marquardt", VECTOR, "an older nalgebra, which has to be named");
    refused("w, levenberg_marquardt(a b)", VECTOR, "an older nalgebra, which has to be named");
    refused("w, levenberg_marquardt(old)", NUMBER, "minimises the sum of squares of a vector");
    refused("x, basin", "fn fit<T: RealField + Copy>(x: T) -> T { x * x }", "generic function is not supported");
    refused("x, basin", "fn fit<const N: usize>(x: &SVector<f64, N>) -> f64 { x.sum() }", "generic function is not supported");
    refused("x, basin", "fn fit(&self, x: f64) -> f64 { x * x }", "on a method is not supported");
    refused("x, basin", "fn fit(x: f64, n: &mut u8) -> f64 { x * x }", "a struct cannot hold `n`");
    refused("x, basin", "fn fit(x: f64, n: impl Fn() -> f64) -> f64 { x * x }", "a struct cannot hold `n`");
    refused("x, basin", "fn fit(x: f64, (a, b): (u8, u8)) -> f64 { x * x }", "needs a name");
    refused("x, basin", "fn fit(x: DVectorView<'_, f64>) -> f64 { x.sum() }", "a view owns no entries");
    refused("x, basin", "fn fit(x: f64, v: DVectorView<f64>) -> f64 { x * v.len() as f64 }", "write the lifetime");
    refused("x, basin", "fn fit(x: f64) -> f64 { x.floor() }", "cannot be differentiated");
    // the companions are there as stubs
    assert!(made("x, basin", "fn fit(x: f64) -> f64 { x.floor() }").iter().any(|m| m == "fit_value_and_grad"));
}
