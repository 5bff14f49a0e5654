//! Compares what the firmware prints with the host's `f64`, and looks into its binary.
//!
//! `checker DIRECTORY README [--write] [--record]`: the directory holds, for each level of optimization, `LEVEL.output` (of the
//! firmware), `LEVEL.disassembly` and `LEVEL.symbols` (of its binary). `--write` puts the table into the README, `--record` the limits
//! into `limits.tsv`; otherwise both are checked.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program for the terminal")]

mod binary;
mod expected;
mod measured;
mod report;

use std::path::PathBuf;
use std::process::ExitCode;
use std::{env, fs};

use measured::Measured;

/// Levels of optimization.
const LEVELS: [&str; 2] = ["3", "s"];

fn main() -> ExitCode {
    let mut arguments = env::args().skip(1);
    let (Some(directory), Some(readme)) = (arguments.next(), arguments.next()) else {
        eprintln!("usage: checker DIRECTORY README [--write] [--record]");
        return ExitCode::FAILURE;
    };
    let options: Vec<String> = arguments.collect();
    let (directory, readme) = (PathBuf::from(directory), PathBuf::from(readme));
    let read = |level: &str, what: &str| {
        let path = directory.join(format!("{level}.{what}"));
        fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
    };
    let mut complaints = Vec::new();
    let mut all: Vec<Measured> = Vec::new();
    for level in LEVELS {
        let binary = binary::Binary::read(&read(level, "disassembly"), &read(level, "symbols"));
        complaints.extend(measured::complaints_of_binary(level, &binary));
        all.extend(measured::measure(level, &read(level, "output"), &binary, &mut complaints));
    }
    complaints.extend(report::comparisons(&all));
    let limits = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../limits.tsv");
    complaints.extend(report::limits(&all, &limits, options.iter().any(|o| o == "--record")));
    complaints.extend(report::readme(&all, &readme, options.iter().any(|o| o == "--write")));
    println!("{}", report::table(&all));
    for complaint in &complaints {
        eprintln!("{complaint}");
    }
    if complaints.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
