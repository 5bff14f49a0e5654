//! `cargo matgrad explain`: what the companions document.

use std::path::PathBuf;

use matgrad_engine::emit::Report;
use matgrad_engine::error::Errors;
use matgrad_engine::source::{Annotated, place};

use crate::file::{Failure, File};

#[derive(clap::Args)]
pub struct Arguments {
    /// Files of Rust
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
}

pub fn explain(arguments: &Arguments) -> Result<(), Failure> {
    let mut complaints = String::new();
    for path in &arguments.files {
        let file = match File::read(path) {
            Ok(file) if file.source.functions().is_empty() => {
                complaints.push_str(&file.without_functions().0);
                complaints.push('\n');
                continue;
            }
            Ok(file) => file,
            Err(failure) => {
                complaints.push_str(&failure.0);
                continue;
            }
        };
        let mut errors = Errors::default();
        for function in file.source.functions() {
            match function.report() {
                Ok(report) => println!("{}\n", text(&file, function, &report)),
                Err(found) => found.as_slice().iter().for_each(|e| errors.push(e.clone())),
            }
        }
        complaints.push_str(&file.complaints(&errors));
    }
    if complaints.is_empty() { Ok(()) } else { Err(Failure(complaints)) }
}

/// `src/model.rs:3: mse, #[grad(w)]`, and the derivation below.
fn text(file: &File, function: &Annotated, report: &Report) -> String {
    let line = place(&file.text, file.source.attribute(function).start).line;
    let attribute = &file.text[file.source.attribute(function)];
    let mut lines = vec![format!("{}:{line}: {}, {attribute}", file.path.display(), report.name)];
    lines.extend(report.equations().iter().map(|equation| format!("  {equation}")));
    if !report.shapes.is_empty() {
        let shapes: Vec<String> = report.shapes.iter().map(|(name, shape)| format!("{name}: {shape}")).collect();
        lines.push(format!("  {}", shapes.join(", ")));
    }
    lines.join("\n")
}
