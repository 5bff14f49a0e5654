//! `cargo matgrad explain src/model.rs` prints the derivatives of all annotated functions of a file; `cargo matgrad emit src/model.rs -o
//! src/model_grad.rs` writes the same file with its companions in place of the attributes, so that it compiles without any macro.
#![forbid(unsafe_code)]
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program for the terminal")]

mod emit;
mod explain;
mod file;

use std::process::ExitCode;

use clap::Parser;

use file::Failure;

/// What cargo calls: `cargo-matgrad matgrad …`.
#[derive(Parser)]
#[command(name = "cargo", bin_name = "cargo")]
enum Cargo {
    /// Derivations of matgrad, and companions as source
    #[command(subcommand, version)]
    Matgrad(Command),
}

#[derive(clap::Subcommand)]
enum Command {
    /// Print formula, differential and derivatives of every annotated function
    Explain(explain::Arguments),
    /// Write the file with companions in place of attributes, to be compiled without any macro
    Emit(emit::Arguments),
}

fn main() -> ExitCode {
    let Cargo::Matgrad(command) = Cargo::parse();
    let done = match command {
        Command::Explain(arguments) => explain::explain(&arguments),
        Command::Emit(arguments) => emit::emit(&arguments),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure(message)) => {
            eprintln!("{}", message.trim_end());
            ExitCode::FAILURE
        }
    }
}
