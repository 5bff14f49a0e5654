//! The functions from the field that are accepted: each in a module of its own, with the function that checks it.

use std::fmt::Write;
use std::fs;

pub fn module() -> String {
    let read = |file: &str| {
        println!("cargo::rerun-if-changed={file}");
        fs::read_to_string(file).unwrap_or_else(|e| panic!("{file}: {e}"))
    };
    let (cases, states) = (read("field/cases.txt"), read("field/states.tsv"));
    let accepted: Vec<&str> = states.lines().filter_map(|row| row.split_once("\tright")).map(|row| row.0).collect();
    let (mut modules, mut rows) = (String::new(), String::new());
    for case in cases.split("\n== ").skip(1) {
        let (name, rest) = case.split_once('\n').unwrap_or_else(|| panic!("a name: {case}"));
        let (function, check) = rest.split_once("\n--\n").unwrap_or_else(|| panic!("a check: {case}"));
        if accepted.contains(&name) {
            let head = "use nalgebra::*;\nuse matgrad::grad;\nuse super::help::*;";
            let _ = writeln!(modules, "mod {name} {{\n{head}\n{function}\npub fn check() -> (Vec<f64>, Vec<f64>) {check}\n}}");
            let _ = writeln!(rows, "    (\"{name}\", {name}::check),");
        }
    }
    format!(
        "{modules}\n/// By name: what the companions give, and what is right.\nconst ACCEPTED: &[(&str, Check)] = &[\n{rows}];\n"
    )
}
