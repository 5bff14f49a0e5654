//! `cargo matgrad emit`: the file without macros.

use std::path::PathBuf;

use crate::file::{Failure, File};

#[derive(clap::Args)]
pub struct Arguments {
    /// A file of Rust
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Where to write; the terminal, if not given
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Write nothing, and fail if the output is not what would be written
    #[arg(long, requires = "output")]
    check: bool,
}

pub fn emit(arguments: &Arguments) -> Result<(), Failure> {
    let file = File::read(&arguments.file)?;
    if file.source.functions().is_empty() {
        return Err(file.without_functions());
    }
    let written = file.source.written_out().map_err(|errors| Failure(file.complaints(&errors)))?;
    let name = arguments.file.file_name().unwrap_or_default().to_string_lossy();
    let text = format!(
        "// Written by `cargo matgrad emit` from `{name}`: that is the file to change.\n{}",
        written.trim_start_matches('\u{feff}')
    );
    match &arguments.output {
        None => print!("{text}"),
        Some(output) if same_file(&arguments.file, output) => {
            return Err(Failure(format!("error: {}: this is the file that is read; write to another", output.display())));
        }
        Some(output) if arguments.check => {
            let found = std::fs::read_to_string(output).map_err(|e| Failure::of(output, &e))?;
            if let Some(line) = first_difference(&found, &text) {
                let (from, to) = (arguments.file.display(), output.display());
                return Err(Failure(format!("error: {to}:{line}: stale; run `cargo matgrad emit {from} -o {to}`")));
            }
        }
        Some(output) => std::fs::write(output, text).map_err(|e| Failure::of(output, &e))?,
    }
    Ok(())
}

fn same_file(a: &std::path::Path, b: &std::path::Path) -> bool {
    matches!((a.canonicalize(), b.canonicalize()), (Ok(a), Ok(b)) if a == b)
}

/// The number of the first line that differs. How lines end is git's business.
fn first_difference(a: &str, b: &str) -> Option<usize> {
    let (mut a, mut b) = (a.lines(), b.lines());
    (1..)
        .map_while(|n| match (a.next(), b.next()) {
            (None, None) => None,
            (x, y) => Some((n, x == y)),
        })
        .find(|(_, same)| !same)
        .map(|(n, _)| n)
}
