//! Writes what `cargo matgrad emit src/model.rs` does.

use std::path::Path;

use matgrad_engine::source::Source;

fn main() {
    println!("cargo::rerun-if-changed=src/model.rs");
    let text = std::fs::read_to_string("src/model.rs").unwrap_or_else(|e| panic!("src/model.rs: {e}"));
    let written = Source::read(&text).and_then(|source| source.written_out());
    let written = written.unwrap_or_else(|errors| panic!("src/model.rs: {:?}", errors.as_slice()));
    let out = std::env::var("OUT_DIR").unwrap_or_else(|e| panic!("OUT_DIR: {e}"));
    std::fs::write(Path::new(&out).join("model_grad.rs"), written).unwrap_or_else(|e| panic!("{out}: {e}"));
}
