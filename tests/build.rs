//! Writes what `tests/` compiles: the published identities and the functions from the field as modules, and random programs as functions.

use std::path::Path;
use std::{env, fs};

#[path = "build/derived.rs"]
mod derived;
#[path = "build/field.rs"]
mod field;
#[path = "build/generated.rs"]
mod generated;
#[path = "build/identities.rs"]
mod identities;
#[path = "build/suggested.rs"]
mod suggested;
#[path = "../macros/engine/tests/suggestions/mod.rs"]
mod suggestions;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=build");
    let out = env::var("OUT_DIR").unwrap_or_else(|e| panic!("OUT_DIR: {e}"));
    for (name, module) in [
        ("identities.rs", identities::module()),
        ("field.rs", field::module()),
        ("generated.rs", generated::module()),
        ("derived.rs", derived::module()),
        ("suggested.rs", suggested::module()),
    ] {
        fs::write(Path::new(&out).join(name), module).unwrap_or_else(|e| panic!("{out}/{name}: {e}"));
    }
}
