//! The published identities: each row a function with its attribute, and a table from ids to the companions. Those of Jacobians and Hessians have a second one,
//! with types of the sizes of the first point.

use std::fmt::Write;
use std::fs;

use serde_json::Value;

pub fn module() -> String {
    let (table, points) = ("identities/spelled.tsv", "identities/points.json");
    println!("cargo::rerun-if-changed={table}");
    println!("cargo::rerun-if-changed={points}");
    let read = |path: &str| fs::read_to_string(path).unwrap_or_else(|e| panic!("{path}: {e}"));
    let points: Value = serde_json::from_str(&read(points)).unwrap_or_else(|e| panic!("{points}: {e}"));
    let (mut functions, mut rows, mut fixed_rows) = (String::new(), String::new(), String::new());
    for line in read(table).lines().skip(1) {
        let columns: Vec<&str> = line.split('\t').collect();
        let [id, kind, .., attribute, signature, body] = columns[..] else { panic!("eleven columns: {line}") };
        let name = id.replace('-', "_");
        write_row(&mut functions, &mut rows, [id, kind, &name, attribute, signature, body]);
        if matches!(kind, "jac" | "hess") {
            let (signature, body) = with_sizes(signature, body, &points[id][0]);
            write_row(&mut functions, &mut fixed_rows, [id, kind, &format!("{name}_fixed"), attribute, &signature, &body]);
        }
    }
    format!(
        "{functions}\n/// By id: the value of the function, and what its companions give.\nconst ROWS: &[(&str, Row)] = &[\n{rows}];\n\
         /// Those with types that have sizes.\nconst FIXED_ROWS: &[(&str, Row)] = &[\n{fixed_rows}];\n"
    )
}

fn write_row(functions: &mut String, rows: &mut String, [id, kind, name, attribute, signature, body]: [&str; 6]) {
    let parameters = parameters(signature);
    let arguments: Vec<String> = parameters.iter().map(|(p, ty)| argument(p, ty)).collect();
    let arguments = arguments.join(", ");
    let wrt = differentiated(attribute);
    let ty = parameters.iter().find(|(p, _)| *p == wrt).map_or("", |(_, ty)| ty);
    let buffer = match (kind, ty) {
        ("jac", "f64") => format!("{name}({arguments})"),
        ("jac" | "hess", "&DVector<f64>" | "&DMatrix<f64>") => "p.derivative()".to_owned(),
        ("jac" | "hess", _) => "p.fixed_derivative()".to_owned(),
        _ => argument(wrt, ty).trim_start_matches('&').to_owned(),
    };
    let calls = calls(kind, name, &arguments);
    let _ = writeln!(functions, "{attribute}\nfn {name}{signature} {{ {body} }}");
    let _ = writeln!(
        rows,
        "    (\"{id}\", |p| (entries(&{name}({arguments})), {calls}, in_place({buffer}, |g| {}))),",
        calls_into(kind, name, &arguments, argument(wrt, ty).trim_start_matches('&'))
    );
}

/// The signature and the body with the sizes that parameters and value have at a point.
fn with_sizes(signature: &str, body: &str, point: &Value) -> (String, String) {
    let typed = |ty: &str, shape: &Value| match ty.trim_start_matches('&') {
        "DVector<f64>" => format!("SVector<f64, {}>", shape[0]),
        "DMatrix<f64>" => format!("SMatrix<f64, {}, {}>", shape[0], shape[1]),
        other => other.to_owned(),
    };
    let mut body = body.replace("DMatrix::from_diagonal", "SMatrix::from_diagonal");
    let mut sized = Vec::new();
    for (name, ty) in parameters(signature) {
        let shape = &point["inputs"][name]["shape"];
        let by = if ty.starts_with('&') { "&" } else { "" };
        sized.push(format!("{name}: {by}{}", typed(ty, shape)));
        for (axis, size) in ["nrows", "ncols"].iter().zip([&shape[0], &shape[1]]) {
            let ones = format!("DVector::<f64>::from_element({name}.{axis}(), 1.0)");
            body = body.replace(&ones, &format!("SVector::<f64, {size}>::from_element(1.0)"));
        }
    }
    let result = signature.rsplit("-> ").next().unwrap_or_default();
    (format!("({}) -> {}", sized.join(", "), typed(result, &point["value"]["shape"])), body)
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
    // not the comma of `SVector<f64, 3>`
    let starts: Vec<usize> =
        inside.match_indices(": ").map(|(at, _)| inside[..at].rfind(", ").map_or(0, |comma| comma + 2)).collect();
    let ends = starts.iter().skip(1).map(|start| start - 2).chain([inside.len()]);
    starts.iter().zip(ends).filter_map(|(start, end)| inside[*start..end].split_once(": ")).collect()
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
        fixed if fixed.starts_with("&S") => format!("&p.fixed(\"{name}\")"),
        other => panic!("a parameter of type {other}"),
    }
}
