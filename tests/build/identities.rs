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
        if !matches!(kind, "grad" | "grad_sym") {
            continue;
        }
        let name = id.replace('-', "_");
        let parameters = parameters(signature);
        let arguments: Vec<String> = parameters.iter().map(|(p, ty)| argument(p, ty)).collect();
        let arguments = arguments.join(", ");
        let wrt = differentiated(attribute);
        let ty = parameters.iter().find(|(p, _)| *p == wrt).map_or("", |(_, ty)| ty);
        let buffer = argument(wrt, ty);
        let buffer = buffer.trim_start_matches('&');
        let _ = writeln!(functions, "{attribute}\nfn {name}{signature} {{ {body} }}");
        let _ = writeln!(
            rows,
            "    (\"{id}\", |p| (entry({name}({arguments})), pair({name}_value_and_grad({arguments})), entries(&{name}_grad({arguments})), in_place({buffer}, |g| {name}_value_and_grad_into({arguments}, g)))),"
        );
    }
    format!(
        "{functions}\n/// By id: the value of the function, and what its companions give.\nconst ROWS: &[(&str, Row)] = &[\n{rows}];\n"
    )
}

/// Names and types: every parameter of the table is `f64`, `&DVector<f64>` or `&DMatrix<f64>`.
fn parameters(signature: &str) -> Vec<(&str, &str)> {
    let inside = signature.trim_start_matches('(').split(") ->").next().unwrap_or_default();
    inside.split(", ").filter_map(|p| p.split_once(": ")).collect()
}

/// The one parameter that a row is differentiated by: `w` of `#[grad(w, spd(s))]`.
fn differentiated(attribute: &str) -> &str {
    let inside = attribute.trim_start_matches("#[grad(");
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
