//! Tells the linker the memory of the board: `mps2-an386`, which is what QEMU has with a Cortex-M4.

use std::path::PathBuf;
use std::{env, fs};

const MEMORY: &str = "\
MEMORY
{
  FLASH : ORIGIN = 0x00000000, LENGTH = 4M
  RAM : ORIGIN = 0x20000000, LENGTH = 4M
}
";

fn main() {
    let out = PathBuf::from(env::var("OUT_DIR").unwrap_or_else(|e| panic!("OUT_DIR: {e}")));
    fs::write(out.join("memory.x"), MEMORY).unwrap_or_else(|e| panic!("{}: {e}", out.display()));
    println!("cargo::rustc-link-search={}", out.display());
    println!("cargo::rustc-link-arg-bins=-Tlink.x");
    println!("cargo::rerun-if-changed=build.rs");
}
