//! Random programs of the engine, spelled as functions of nalgebra, each with a function that runs it and its companions.

use std::env;
use std::fmt::Write;

use matgrad_engine::eval::{Mat, evaluate};
use matgrad_engine::generate::{Outcome, Parameter, Sample, Spelled, Style, check, generate, generate_with_regions};
use matgrad_engine::ir::{Kind, NodeId};

/// How many functions there are of each style, if `MATGRAD_FUNCTIONS` does not say; `MATGRAD_SEED` says where the seeds begin.
const EACH: usize = 100;
/// Operations in a function, at most: what rustc takes for one grows with them.
const OPERATIONS: usize = 20;

pub fn module() -> String {
    println!("cargo::rerun-if-env-changed=MATGRAD_FUNCTIONS");
    println!("cargo::rerun-if-env-changed=MATGRAD_SEED");
    let each = env::var("MATGRAD_FUNCTIONS").ok().and_then(|n| n.parse().ok()).unwrap_or(EACH);
    let start: u64 = env::var("MATGRAD_SEED").ok().and_then(|n| n.parse().ok()).unwrap_or(0);
    let (mut functions, mut rows) = (String::new(), String::new());
    for (style, first) in [(Style::Run, 0), (Style::Fixed, 100_000), (Style::Generic, 200_000)] {
        let programs =
            (start + first..).map(|seed| (seed, program(seed))).filter(|(_, s)| (3..=OPERATIONS).contains(&s.operations()));
        let programs = programs.filter(|(_, s)| matches!(check(s), Outcome::Right(_)));
        let spelled = programs.filter_map(|(seed, s)| {
            let spell = if seed % 2 == 0 || has_regions(seed) { Spelled::of } else { Spelled::surrounded };
            Some((seed, spell(&s, &format!("f{seed}"), style, seed)?, s))
        });
        for (seed, function, sample) in spelled.filter(|(_, f, _)| is_accepted(f)).take(each) {
            write_function(&mut functions, seed, &function);
            write_row(&mut rows, seed, &function, &sample);
        }
    }
    format!("{functions}\nconst PROGRAMS: &[Program] = &[\n{rows}];\n")
}

/// The program of a seed: a third have loops and branches among their steps.
fn program(seed: u64) -> Sample {
    if has_regions(seed) { generate_with_regions(seed) } else { generate(seed) }
}

fn has_regions(seed: u64) -> bool {
    seed.is_multiple_of(3)
}

/// Whether the result depends on all that it is differentiated by, as the macro reads it; any other refusal is for rustc to show.
fn is_accepted(function: &Spelled) -> bool {
    let tokens = |text: &str| text.parse().unwrap_or_else(|e| panic!("{e}: {text}"));
    match matgrad_engine::explain(tokens(&function.arguments), tokens(&function.item)) {
        Ok(_) => true,
        // the second: a vector of one entry that plays row and column, of which types do not tell that it has one
        Err(errors) => !["its derivative is zero", "do not fit"]
            .iter()
            .any(|expected| errors.as_slice().iter().all(|e| e.message.contains(expected))),
    }
}

fn write_function(out: &mut String, seed: u64, function: &Spelled) {
    let Spelled { arguments, item, parameters, wrt, optional, constants } = function;
    let _ = if constants.is_empty() {
        writeln!(out, "#[grad({arguments})]\n{item}")
    } else {
        writeln!(out, "struct S{seed};\nimpl S{seed} {{\n{}\n#[grad({arguments})]\n{item}\n}}", constants.join("\n"))
    };
    let of = if constants.is_empty() { String::new() } else { format!("S{seed}::") };
    let opened = if *optional { ".expect(\"a value\")" } else { "" };
    let mut values = String::new();
    for (i, p) in parameters.iter().enumerate() {
        let ty = p.ty.replace('N', &generic_size(function).to_string());
        let value = construction(&ty, &p.value, &format!("p[{i}]"));
        let _ = writeln!(values, "    let {}: {ty} = {value};", p.name);
    }
    let passed = passed(parameters);
    let names: Vec<String> = (0..wrt.len()).map(|i| format!("g{i}")).collect();
    let pattern = if names.len() == 1 { names[0].clone() } else { format!("({})", names.join(", ")) };
    // buffers full of NaN: what is not written stays so
    let mut buffers = String::new();
    for (g, i) in names.iter().zip(wrt) {
        let p = &parameters[*i];
        let _ = match p.ty.as_str() {
            "f64" => writeln!(buffers, "            let mut {g} = f64::NAN;"),
            _ => writeln!(buffers, "            let mut {g} = {}.clone();\n            {g}.fill(f64::NAN);", p.name),
        };
    }
    let borrowed: Vec<String> = std::iter::once(passed.clone()).chain(names.iter().map(|g| format!("&mut {g}"))).collect();
    let borrowed = borrowed.join(", ");
    let flat: Vec<String> = names.iter().map(|g| format!("{g}.entries()")).collect();
    let flat = flat.join(", ");
    let _ = writeln!(
        out,
        "fn run{seed}(p: &[Vec<f64>], what: What) -> (f64, Vec<Vec<f64>>) {{
{values}    match what {{
        What::Value => ({of}f{seed}({passed}){opened}, Vec::new()),
        What::Gradient => {{
            let {pattern} = {of}f{seed}_grad({passed}){opened};
            (0.0, vec![{flat}])
        }}
        What::Both => {{
            let (value, {pattern}) = {of}f{seed}_value_and_grad({passed}){opened};
            (value, vec![{flat}])
        }}
        What::GradientInPlace => {{
{buffers}            {of}f{seed}_grad_into({borrowed}){opened};
            (0.0, vec![{flat}])
        }}
        What::BothInPlace => {{
{buffers}            let value = {of}f{seed}_value_and_grad_into({borrowed}){opened};
            (value, vec![{flat}])
        }}
    }}
}}"
    );
}

/// A value of this type, from its entries, a slice.
pub fn construction(ty: &str, value: &Mat, entries: &str) -> String {
    match ty {
        "f64" => format!("{entries}[0]"),
        "DMatrix<f64>" => format!("DMatrix::from_column_slice({}, {}, &{entries}[..])", value.rows, value.cols),
        _ => format!("<{ty}>::from_column_slice(&{entries}[..])"),
    }
}

/// The arguments of a call.
pub fn passed(parameters: &[Parameter]) -> String {
    let passed = parameters.iter().map(|p| match (p.by_ref, p.ty.as_str()) {
        (true, _) => format!("&{}", p.name),
        (false, "f64") => p.name.clone(),
        (false, _) => format!("{}.clone()", p.name),
    });
    passed.collect::<Vec<_>>().join(", ")
}

/// What `N` is: the size that a parameter has where its type says so.
pub fn generic_size(function: &Spelled) -> usize {
    for p in &function.parameters {
        let sizes: Vec<&str> = p.ty.trim_end_matches('>').split(", ").skip(1).collect();
        let place = sizes.iter().position(|s| *s == "N");
        match place {
            Some(0) if p.ty.starts_with("RowSVector") => return p.value.cols,
            Some(0) => return p.value.rows,
            Some(_) => return p.value.cols,
            None => {}
        }
    }
    0
}

fn write_row(out: &mut String, seed: u64, function: &Spelled, sample: &Sample) {
    let at: Vec<String> = function.parameters.iter().map(|p| format!("&{:?}", p.value.data)).collect();
    let at = at.join(", ");
    let sides: Vec<usize> = function.parameters.iter().map(|p| p.value.rows).collect();
    let promises = &sample.graph.promises;
    let declared = |i: usize| {
        let p = function.parameters[i].of?;
        let lists = [
            ("Diagonal", &promises.diagonal),
            ("Symmetric", &sample.symmetric),
            ("LowerTriangular", &promises.lower_triangular),
            ("Orthogonal", &promises.orthogonal),
        ];
        lists.iter().find(|l| l.1.contains(&p)).map(|l| format!("Declared::{}", l.0))
    };
    let declared: Vec<String> =
        (0..function.parameters.len()).map(|i| declared(i).unwrap_or_else(|| "Declared::Nothing".to_owned())).collect();
    let declared = declared.join(", ");
    let wrt = &function.wrt;
    // nalgebra has its own order of eigenvalues
    let ordered = sample.graph.reachable(&[sample.root]).iter().any(|id| sample.graph.kind(*id) == Kind::EigenValues);
    // nalgebra's iterations do not end on NaN
    let iterates =
        |id: &NodeId| matches!(sample.graph.kind(*id), Kind::Eigen | Kind::Svd | Kind::PseudoInverse | Kind::ExpMatrix);
    // zeros that a matrix has by its form
    let zeros = ["identity", "zeros", "diagonal", "triangle", "0.0"].iter().any(|form| function.item.contains(form));
    // signs of zeros, which decide about half a turn
    let signs = function.item.contains("atan2");
    let ends = !sample.graph.reachable(&[sample.root]).iter().any(iterates);
    let value = evaluate(&sample.graph, &[sample.root], &sample.environment()).unwrap_or_else(|e| panic!("seed {seed}: {e}"));
    let value = if ordered { None } else { Some(value[0].at(0, 0)) };
    let _ = writeln!(
        out,
        "    Program {{ seed: {seed}, at: &[{at}], rows: &{sides:?}, declared: &[{declared}], wrt: &{wrt:?}, value: {value:?}, ends: {ends}, zeros: {zeros}, signs: {signs}, run: run{seed} }},"
    );
}
