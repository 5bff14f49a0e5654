//! The published identities: each row a function with its attribute, and a table from ids to the companions.

use std::fmt::Write;
use std::fs;

pub fn module() -> String {
    let table = "identities/spelled.tsv";
    println!("cargo::rerun-if-changed={table}");
    let table = fs::read_to_string(table).unwrap_or_else(|e| panic!("{table}: {e}"));
    let (mut functions, mut rows) = (String::new(), String::new());
    for line in table.lines().skip(1) {
        let columns: Vec<&str> = line.split('\t').collect();
        let [id, kind, .., attribute, signature, body] = columns[..] else { panic!("eleven columns: {line}") };
        let name = id.replace('-', "_");
        let parameters = parameters(signature);
        let arguments: Vec<String> = parameters.iter().map(|(p, ty)| argument(p, ty)).collect();
        let arguments = arguments.join(", ");
        let wrt = differentiated(attribute);
        let ty = parameters.iter().find(|(p, _)| *p == wrt).map_or("", |(_, ty)| ty);
        let buffer = match (kind, ty) {
            ("jac", "f64") => format!("{name}({arguments})"),
            ("jac" | "hess", _) => "p.derivative()".to_owned(),
            _ => argument(wrt, ty).trim_start_matches('&').to_owned(),
        };
        let calls = calls(kind, &name, &arguments);
        let _ = writeln!(functions, "{attribute}\nfn {name}{signature} {{ {body} }}");
        let _ = writeln!(
            rows,
            "    (\"{id}\", |p| (entries(&{name}({arguments})), {calls}, in_place({buffer}, |g| {}))),",
            calls_into(kind, &name, &arguments, argument(wrt, ty).trim_start_matches('&'))
        );
    }
    format!(
        "{functions}\n/// By id: the value of the function, and what its companions give.\nconst ROWS: &[(&str, Row)] = &[\n{rows}];\n"
    )
}

/// The companions that return: with the value, and alone.
fn calls(kind: &str, name: &str, arguments: &str) -> String {
    let (both, alone) = match kind {
        "jac" => (format!("{name}_value_and_jacobian({arguments})"), "jacobian"),
        "hess" => {
            (format!("{{ let (value, _, hessian) = {name}_value_grad_and_hessian({arguments}); (value, hessian) }}"), "hessian")
        }
        _ => (format!("{name}_value_and_grad({arguments})"), "grad"),
    };
    format!("pair({both}), entries(&{name}_{alone}({arguments}))")
}

/// The companion that writes to `g`, and `gradient`: a buffer of the parameter's shape.
fn calls_into(kind: &str, name: &str, arguments: &str, gradient: &str) -> String {
    match kind {
        "jac" => format!("{name}_value_and_jacobian_into({arguments}, g)"),
        "hess" => format!("{name}_value_grad_and_hessian_into({arguments}, &mut {gradient}, g)"),
        _ => format!("{name}_value_and_grad_into({arguments}, g)"),
    }
}

/// Names and types: every parameter of the table is `f64`, `&DVector<f64>` or `&DMatrix<f64>`.
fn parameters(signature: &str) -> Vec<(&str, &str)> {
    let inside = signature.trim_start_matches('(').split(") ->").next().unwrap_or_default();
    inside.split(", ").filter_map(|p| p.split_once(": ")).collect()
}

/// The one parameter that a row is differentiated by: `w` of `#[grad(w, spd(s))]`.
fn differentiated(attribute: &str) -> &str {
    let inside = attribute.split_once('(').map_or("", |(_, inside)| inside);
    inside.split([',', ')']).next().unwrap_or_default()
}

fn argument(name: &str, ty: &str) -> String {
    match ty {
        "f64" => format!("p.number(\"{name}\")"),
        "&DVector<f64>" => format!("&p.vector(\"{name}\")"),
        "&DMatrix<f64>" => format!("&p.matrix(\"{name}\")"),
        other => panic!("a parameter of type {other}"),
    }
}
