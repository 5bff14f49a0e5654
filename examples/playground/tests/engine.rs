//! What the page asks of the engine, outside a page.

use matgrad_playground::{check, explain};
use serde_json::Value;

fn json(text: &str) -> Value {
    serde_json::from_str(text).expect("JSON")
}

/// The gallery's examples: name and source.
fn gallery() -> Vec<(String, String)> {
    let file = include_str!("../page/gallery.js");
    let entries = file.split("\n  [\"").skip(1);
    let entry = |text: &str| {
        let (name, rest) = text.split_once("\", `").expect("a source behind the name");
        (name.to_owned(), rest.split('`').next().unwrap_or_default().to_owned())
    };
    entries.map(entry).collect()
}

#[test]
fn least_squares() {
    let source = &gallery()[0].1;
    let said = json(&explain(source));
    let function = &said["functions"][0];
    assert_eq!(function["name"], "mse");
    assert_eq!(function["attribute"], "#[grad(w)]");
    assert_eq!(function["line"], 5);
    let plain: Vec<&str> =
        function["equations"].as_array().unwrap().iter().map(|e| e["right"]["plain"].as_str().unwrap()).collect();
    assert_eq!(plain, ["‖x w − y‖² / n", "(2 / n) (x w − y)ᵀ x dw", "(2 / n) xᵀ (x w − y)"]);
    assert_eq!(function["shapes"][1], serde_json::json!({ "name": "x", "shape": "n×p" }));
    // x w: 2 n p; − y: n; the square: 2 n. The gradient has one product more.
    assert_eq!(function["cost"]["value"], "2 n p + 3 n");
    assert!(function["cost"]["all"].as_str().unwrap().starts_with("4 n p + "), "{}", function["cost"]);
    assert!(function["code"].as_str().unwrap().contains("fn mse_value_and_grad("));
    assert_eq!(said["errors"], serde_json::json!([]));
}

#[test]
fn all_examples_are_derived_and_checked() {
    let gallery = gallery();
    assert!(gallery.len() > 10);
    for (name, source) in gallery {
        let said = json(&explain(&source));
        if name == "Refused" {
            assert_eq!(said["errors"].as_array().unwrap().len(), 2, "{said}");
            continue;
        }
        assert_eq!(said["errors"], serde_json::json!([]), "{name}");
        for (i, _) in said["functions"].as_array().unwrap().iter().enumerate() {
            agrees(&name, &source, i);
        }
    }
}

fn agrees(name: &str, source: &str, index: usize) {
    for seed in 0..20 {
        let checked = json(&check(source, index, seed));
        assert_eq!(checked["error"], Value::Null, "{name}");
        let results = checked["results"].as_array().unwrap();
        assert!(!results.is_empty());
        for result in results {
            assert_eq!(result["agrees"], true, "{name}, seed {seed}: {result}");
        }
    }
}

#[test]
fn every_derivative_and_declaration_is_checked() {
    let product = "(x: &DMatrix<f64>, v: &DVector<f64>) -> DVector<f64> { x.map(|t| t.sin()) * v }";
    let form = "(x: &DMatrix<f64>, v: &DVector<f64>) -> f64 { v.dot(&(x * x * v)).sin() }";
    for (attribute, function) in [
        ("jacobian(x)", product),
        ("jacobian(x, v)", product),
        ("jvp(x, v)", product),
        ("vjp(x, v)", product),
        ("grad", form),
        ("hessian(v)", form),
        ("hessian(x, v)", form),
        ("hvp(x, v)", form),
        ("jvp(x)", form),
        ("jacobian(x, symmetric(x))", product),
        ("hessian(x, spd(x))", form),
        ("grad(x, symmetric(x))", form),
        ("grad(x, diagonal(x))", form),
        ("grad(x, lower_triangular(x))", form),
        ("grad(x, orthogonal(x))", form),
        ("grad(a)", "(a: f64, k: usize) -> f64 { a.sin() * k as f64 }"),
        ("jacobian(a)", "(a: f64, v: &Vector3<f64>) -> Vector3<f64> { v * a.exp() }"),
        ("grad(x)", "(x: &DVector<f64>, n: usize) -> f64 { x.rows(0, n).norm_squared() }"),
        ("grad(x)", "(x: &DVector<f64>, b: bool) -> f64 { if b { x.sum() } else { x.norm_squared() } }"),
        ("grad(x)", "(x: &DVector<f64>) -> f64 { x.map(|t| t.ln().sqrt()).sum() }"),
        ("grad(x)", "<const N: usize>(x: &SVector<f64, N>) -> f64 { x.norm() * std::f64::consts::PI }"),
    ] {
        agrees(attribute, &format!("#[{attribute}] fn f{function}"), 0);
    }
}

#[test]
fn what_cannot_be_compared() {
    for (source, index) in
        [("fn f() {}", 0), ("#[grad] fn f(x: f64) -> f64 { x.floor() }", 0), ("#[grad] fn f(x: f64) -> f64 { x }", 7), ("fn", 0)]
    {
        assert!(json(&check(source, index, 0))["error"].is_string(), "{source}");
    }
    let nowhere = "#[grad] fn f(x: f64) -> f64 { (-1.0 - x * x).sqrt() }";
    assert!(json(&check(nowhere, 0, 0))["error"].is_string());
}

#[test]
fn places_count_as_javascript_does() {
    let source = "// 𝔸 ä\n#[grad] fn f(x: f64) -> f64 { x.floor() }";
    let error = &json(&explain(source))["errors"][0];
    let units: Vec<u16> = source.encode_utf16().collect();
    let place = |name: &str| usize::try_from(error[name].as_u64().unwrap()).unwrap();
    assert_eq!(String::from_utf16(&units[place("start")..place("end")]).unwrap(), "floor");
    assert_eq!((place("line"), place("column")), (2, 33));
    // stacked attributes complain once
    let twice = json(&explain("#[grad]\n#[jvp]\nfn f(x: f64) -> f64 { x.floor() }"));
    assert_eq!(twice["errors"].as_array().unwrap().len(), 1);
    assert_eq!(twice["functions"].as_array().unwrap().len(), 2);
    assert_eq!(twice["functions"][0]["refused"], true);
    let no_rust = json(&explain("fn f( {"));
    assert_eq!((no_rust["functions"].as_array().unwrap().len(), no_rust["errors"].as_array().unwrap().len()), (0, 1));
}
