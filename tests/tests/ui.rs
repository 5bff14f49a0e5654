//! What is refused, and how: each case of `ui/`, with the compiler's output beside it.

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
    let cases = trybuild::TestCases::new();
    cases.compile_fail("ui/refused/*/*.rs");
    cases.pass("ui/accepted/*.rs");
}
