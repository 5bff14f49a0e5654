//! `cargo matgrad explain`: what the companions document.

use std::path::PathBuf;

use matgrad_engine::emit::Report;
use matgrad_engine::error::Errors;
use matgrad_engine::source::{Annotated, place};
use matgrad_engine::typeset::latex_equations;

use crate::file::{Failure, File};

#[derive(clap::Args)]
pub struct Arguments {
    /// Files of Rust
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// What to print
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Format {
    /// Lines for the terminal
    Text,
    /// Displayed equations, for a document that has `amsmath`
    Latex,
    /// Sections with displayed equations
    Markdown,
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
                Ok(report) => println!("{}\n", arguments.format.written(&file, function, &report)),
                Err(found) => found.as_slice().iter().for_each(|e| errors.push(e.clone())),
            }
        }
        complaints.push_str(&file.complaints(&errors));
    }
    if complaints.is_empty() { Ok(()) } else { Err(Failure(complaints)) }
}

impl Format {
    fn written(self, file: &File, function: &Annotated, report: &Report) -> String {
        let range = file.source.attribute(function);
        let place = format!("{}:{}", file.path.display(), place(&file.text, range.start).line);
        let (attribute, name) = (&file.text[range], &report.name);
        match self {
            Self::Text => text(&format!("{place}: {name}, {attribute}"), report),
            Self::Latex => {
                let heading = format!("{place}: {name}, {attribute}").replace('\n', " ");
                format!("% {heading}\n\\[\n{}\n\\]", latex_equations(report))
            }
            Self::Markdown => markdown(&format!("{place}, `{}`", attribute.replace('\n', " ")), report),
        }
    }
}

/// The heading, and the derivation below.
fn text(heading: &str, report: &Report) -> String {
    let mut lines = vec![heading.to_owned()];
    lines.extend(report.equations().iter().map(|equation| format!("  {equation}")));
    if !report.shapes.is_empty() {
        let shapes: Vec<String> = report.shapes.iter().map(|(name, shape)| format!("{name}: {shape}")).collect();
        lines.push(format!("  {}", shapes.join(", ")));
    }
    lines.join("\n")
}

fn markdown(place: &str, report: &Report) -> String {
    let shapes: Vec<String> = report.shapes.iter().map(|(name, shape)| format!("`{name}` {shape}")).collect();
    let shapes = if shapes.is_empty() { String::new() } else { format!("\n\nShapes: {}.", shapes.join(", ")) };
    format!("## `{}`\n\n{place}\n\n$$\n{}\n$${shapes}", report.name, latex_equations(report))
}
