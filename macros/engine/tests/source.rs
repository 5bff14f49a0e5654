//! Files of source: which functions are found, and what is left of the text around them.

use matgrad_engine::parse::Derivative;
use matgrad_engine::source::{Place, Source, place};

fn read(text: &str) -> Source {
    Source::read(text).unwrap_or_else(|e| panic!("{:?}", e.as_slice()))
}

/// The functions that are found, and their attributes.
fn found(text: &str) -> Vec<(String, Derivative)> {
    read(text).functions().iter().map(|f| (f.name().unwrap_or_default(), f.derivative)).collect()
}

/// The text without what matgrad wrote.
fn around(text: &str) -> String {
    let written = read(text).written_out().unwrap_or_else(|e| panic!("{:?}", e.as_slice()));
    syn::parse_file(&written).unwrap_or_else(|e| panic!("{e}\n{written}"));
    let end_of = |rest: &str| rest.find("\n}\n").map(|at| at + 3);
    let (written, ends) = (written.replace("\r\n", "\n"), written.contains("\r\n"));
    let mut out = String::new();
    let mut rest = &written[..];
    while let Some(at) = rest.find("\n\n/// ").filter(|at| rest[*at..].contains("#[rustfmt::skip]")) {
        out.push_str(&rest[..at]);
        rest = end_of(&rest[at..]).map_or("", |end| &rest[at + end - 1..]);
    }
    out.push_str(rest);
    if ends { out.replace('\n', "\r\n") } else { out }
}

const F: &str = "fn f(x: f64) -> f64 { x * x }";

#[test]
fn functions_wherever_they_stand() {
    let text = "#[grad] fn a(x: f64) -> f64 { x }
        mod m { #[matgrad::jacobian(x)] pub fn b(x: f64) -> f64 { x } }
        impl S { #[hvp] fn c(&self, x: f64) -> f64 { x } }
        trait T { #[vjp] fn d(&self, x: f64) -> f64 { x } }
        fn outside() { #[::matgrad::jvp] fn e(x: f64) -> f64 { x } }
        #[cfg_attr(feature = \"g\", hessian(x), inline)] fn f(x: f64) -> f64 { x }
        #[other::grad] fn g(x: f64) -> f64 { x }
        #[doc = \"grad\"] fn h(x: f64) -> f64 { x }";
    let expected = [
        ("a", Derivative::Gradient),
        ("b", Derivative::Jacobian),
        ("c", Derivative::Hvp),
        ("d", Derivative::Vjp),
        ("e", Derivative::Jvp),
        ("f", Derivative::Hessian),
    ];
    assert_eq!(found(text), expected.map(|(name, derivative)| (name.to_owned(), derivative)));
}

#[test]
fn imports_under_other_names() {
    assert_eq!(found(&format!("use matgrad::hessian as second; #[second(x)] {F}")), [("f".to_owned(), Derivative::Hessian)]);
    assert_eq!(found(&format!("use other::hessian as second; #[second(x)] {F}")), []);
    assert_eq!(found(&format!("#[a::b::grad(crate = a::b)] {F}")), [("f".to_owned(), Derivative::Gradient)]);
}

#[test]
fn what_stands_around_stays() {
    let used = "#[allow(dead_code, reason = \"its companions may be all that is called\")]";
    let check = |before: &str, after: &str| assert_eq!(around(before), after.replace("USED", used), "{before}");
    check(&format!("// one\n#[grad]\n{F} // two\n\n// three\n"), &format!("// one\nUSED\n{F} // two\n\n// three\n"));
    check(&format!("#[grad]\n#[hessian]\n#[inline]\n{F}\n"), &format!("USED\n#[inline]\n{F}\n"));
    check(&format!("#[grad] {F}\n"), &format!("USED {F}\n"));
    check(&format!("#[cfg_attr(a, grad, inline)]\n{F}\n"), &format!("USED\n#[cfg_attr(a, inline)]\n{F}\n"));
    check(&format!("\u{feff}#[grad]\n{F}\n"), &format!("\u{feff}USED\n{F}\n"));
    check(&format!("#!/usr/bin/env run\n#[grad]\n{F}\n"), &format!("#!/usr/bin/env run\nUSED\n{F}\n"));
    check(&format!("// ä 𝔸\n#[grad]\n{F}\n// ö\n"), &format!("// ä 𝔸\nUSED\n{F}\n// ö\n"));
    check(&format!("// a\r\n#[grad]\r\n{F}\r\n"), &format!("// a\r\nUSED\r\n{F}\r\n"));
}

#[test]
fn imports_of_attributes_go() {
    let imports = |text: &str| read(text).written_out().unwrap_or_default();
    assert_eq!(imports("use matgrad::grad;\nfn f() {}\n"), "fn f() {}\n");
    assert_eq!(imports("use matgrad::{grad, hessian as h};\nfn f() {}\n"), "fn f() {}\n");
    assert_eq!(imports("use matgrad::{grad, ln_det};\n"), "use matgrad::ln_det;\n");
    assert_eq!(
        imports("use {matgrad::{jvp, relu, softplus}, std::fmt};\n"),
        "use {\n    matgrad::{relu, softplus},\n    std::fmt,\n};\n"
    );
    for kept in
        ["use matgrad::*;\n", "use crate::grad;\n", "use mine::{grad, hvp};\n", "use matgrad::{};\n", "use matgrad::ln_det;\n"]
    {
        assert_eq!(imports(kept), kept);
    }
    assert_eq!(imports("mod m {\n    use matgrad::grad;\n    fn f() {}\n}\n"), "mod m {\n    fn f() {}\n}\n");
}

#[test]
fn companions_stand_where_their_function_does() {
    let text = "mod m {\n    impl S {\n        #[grad(x)]\n        fn f(&self, x: f64) -> f64 {\n            x * x\n        }\n    }\n}\n";
    let written = read(text).written_out().expect("companions");
    assert!(written.contains("\n        /// Gradient of `f` with respect to `x`.\n"), "{written}");
    assert!(written.contains("\n        fn f_grad(&self, x: f64) -> f64 {\n            2.0 * x\n        }\n\n"), "{written}");
    assert!(written.ends_with("        }\n    }\n}\n"), "{written}");
}

#[test]
fn companions_keep_the_condition() {
    let written = read(&format!("#[cfg_attr(feature = \"g\", grad)]\n{F}\n")).written_out().expect("companions");
    assert_eq!(written.matches("#[cfg(feature = \"g\")]").count(), 4, "{written}");
}

/// Messages and what they are about.
fn errors(text: &str) -> Vec<(String, Place, String)> {
    let source = match Source::read(text) {
        Ok(source) => source,
        Err(errors) => {
            let all = errors.as_slice().iter();
            return all.map(|e| (e.message.clone(), place(text, e.span.byte_range().start), String::new())).collect();
        }
    };
    let errors = source.written_out().expect_err("errors");
    let said = |e: &matgrad_engine::error::Error| {
        let range = source.range(e);
        (e.message.clone(), place(text, range.start), text[range].to_owned())
    };
    errors.as_slice().iter().map(said).collect()
}

#[test]
fn errors_have_a_place() {
    let text = "// ä\n#[grad(x)]\nfn f(x: f64) -> f64 {\n    let 𝔸 = x; 𝔸.floor()\n}\n";
    let [(message, at, code)] = &errors(text)[..] else { panic!("{:?}", errors(text)) };
    assert!(message.contains("cannot be differentiated"), "{message}");
    assert_eq!((*at, &code[..]), (Place { line: 4, column: 18 }, "floor"));
    // what the attribute itself is to blame for stands there
    let text =
        "\n  #[grad]\n  fn f(x: &DVector<f64>) -> f64 { x.iter().skip(18446744073709551615).skip(5).map(|t| t * t).sum() }\n";
    let [(_, at, code)] = &errors(text)[..] else { panic!("{:?}", errors(text)) };
    assert_eq!((*at, &code[..]), (Place { line: 2, column: 3 }, "#[grad]"));
    // all functions, all at once
    assert_eq!(errors("#[grad(z)] fn f(x: f64) -> f64 { x }\n#[grad(z)] fn g(x: f64) -> f64 { x }").len(), 2);
}

#[test]
fn what_is_no_rust_has_a_place_too() {
    for (text, line, column) in
        [("fn f() {\n  let = 3;\n}", 2, 7), ("fn f() {\n  \u{b7} }", 2, 3), ("fn f() {\n", 1, 8), ("\"", 1, 1)]
    {
        let found = errors(text);
        assert_eq!(found.len(), 1, "{text}: {found:?}");
        assert_eq!(found[0].1, Place { line, column }, "{text}: {found:?}");
    }
    let deep = format!("fn f() {{ {}1{} }}", "(".repeat(3000), ")".repeat(3000));
    assert!(errors(&deep)[0].0.contains("nested this deeply"));
}

#[test]
fn problems_are_written_out_with_their_traits() {
    let text = format!("use matgrad::{{problem, relu}};\n\n#[problem(x, argmin, basin)]\n#[hessian(x)]\n{F}\n");
    let text = text.replace("#[hessian", "#[matgrad::hessian");
    assert_eq!(found(&text), [("f".to_owned(), Derivative::Gradient), ("f".to_owned(), Derivative::Hessian)]);
    let written = read(&text).written_out().expect("companions");
    syn::parse_file(&written).expect("Rust");
    assert!(written.starts_with("use matgrad::relu;\n\n#[allow(dead_code"), "{written}");
    for part in [
        "fn f_value_and_grad(",
        "fn f_hessian(",
        "struct FProblem {",
        "impl ::argmin::core::Hessian for FProblem {",
        "impl ::basin::Gradient",
    ] {
        assert!(written.contains(part), "{part}: {written}");
    }
    assert!(!written.contains("#[problem") && !written.contains("matgrad::problem"));
    assert!(errors("#[problem(x)] fn f(x: f64) -> f64 { x * x }")[0].0.contains("names no crate"));
}

#[test]
fn modules_that_are_shown() {
    let text = "use matgrad::differentiable;
#[differentiable]
mod model {
    use matgrad::grad;
    const K: f64 = 2.0;
    fn square(x: f64) -> f64 {
        x * x
    }
    mod inner {
        #[matgrad::grad(x)]
        pub fn g(x: f64) -> f64 {
            super::square(x)
        }
    }
    #[grad(x)]
    fn f(x: f64) -> f64 {
        K * square(x)
    }
}
#[matgrad::grad(x)]
fn outside(x: f64) -> f64 {
    square(x)
}
";
    let source = read(text);
    let formulas: Vec<_> = source.functions().iter().map(|f| f.report().map(|r| r.gradients[0].1.clone()).ok()).collect();
    assert_eq!(formulas, [Some("2 x".to_owned()), Some("2 K x".to_owned()), None]);
    let inside = text.split("#[matgrad::grad(x)]\nfn outside").next().unwrap();
    let written = read(inside).written_out().unwrap_or_else(|e| panic!("{:?}", e.as_slice()));
    assert!(!written.contains("differentiable") && !written.contains("#[grad") && !written.contains("::grad"), "{written}");
    assert!(written.contains("fn g_grad(") && written.contains("fn f_value_and_grad(") && written.contains("fn square"));
}
