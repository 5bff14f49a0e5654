//! Arguments up to the first line's end, then a function: whatever they are, the answer is tokens.
//!
//! ```sh
//! cargo install cargo-fuzz
//! cargo +nightly fuzz run expand --fuzz-dir macros/engine/fuzz
//! ```
#![no_main]
#![forbid(unsafe_code)]

use libfuzzer_sys::fuzz_target;
use proc_macro2::TokenStream;

fuzz_target!(|text: &str| {
    let (arguments, item) = text.split_once('\n').unwrap_or(("", text));
    if let (Ok(arguments), Ok(item)) = (arguments.parse::<TokenStream>(), item.parse::<TokenStream>()) {
        let _ = matgrad_engine::grad(arguments, item);
    }
});
