//! What is refused, and how: each case of `ui/refused`, one mistake a file, with the compiler's output beside it. After a message has
//! been changed on purpose, `TRYBUILD=overwrite cargo test -p matgrad-tests --test ui` writes the outputs anew, to be read.

use std::process::Command;

/// The compiler whose output it is.
const COMPILER: &str = "rustc 1.95.0";

#[test]
fn refusals() {
    let rustc = std::env::var("RUSTC").unwrap_or_else(|_| "rustc".to_owned());
    let version = Command::new(rustc).arg("--version").output().expect("rustc runs").stdout;
    let version = String::from_utf8_lossy(&version);
    if !version.starts_with(COMPILER) {
        println!("skipped: the cases are compared with the output of {COMPILER}, and this is {}", version.trim());
        return;
    }
    // only checked: what is accepted is another test, with code to run
    trybuild::TestCases::new().compile_fail("ui/refused/*/*.rs");
}
