//! What every program does at its beginning and at its end.

use std::error::Error;
use std::path::PathBuf;
use std::process::ExitCode;
use std::{fs, io};

/// A file of the folder `data` beside the programs.
#[must_use]
pub fn data_file(name: &str) -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "data", name].iter().collect()
}

/// Where a program draws: a file in the folder `examples-output` of the build's `target`, which is made if it is not there.
///
/// # Errors
/// If the folder cannot be made.
pub fn output_file(name: &str) -> io::Result<PathBuf> {
    let workspace_target = [env!("CARGO_MANIFEST_DIR"), "..", "target"].iter().collect();
    let target: PathBuf = std::env::var_os("CARGO_TARGET_DIR").map_or(workspace_target, PathBuf::from);
    let folder = target.join("examples-output");
    fs::create_dir_all(&folder)?;
    Ok(folder.canonicalize()?.join(name))
}

/// The end of `main`: 0, or the error on the standard error stream and 1. Arguments that are none end with 2 before, by clap.
#[must_use]
pub fn finish(result: Result<(), Box<dyn Error>>) -> ExitCode {
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}
