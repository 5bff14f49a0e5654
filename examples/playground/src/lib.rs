//! The engine as a page calls it: source in, JSON out.
//!
//! [`explain`] says what the attributes of a source make of it, [`check`] compares a derivative with differences at random inputs. What they return
//! is described in the README beside this crate. Positions count as JavaScript's strings do, in units of UTF-16.
#![forbid(unsafe_code)]

mod check;
mod cost;
mod explain;
mod inputs;
mod random;

use wasm_bindgen::prelude::wasm_bindgen;

/// `{"functions": […], "errors": […]}`: the derivations of all annotated functions of a source.
#[wasm_bindgen]
#[must_use]
pub fn explain(source: &str) -> String {
    // the places of former sources are of no use, and would pile up
    proc_macro2::extra::invalidate_current_thread_spans();
    explain::explain(source).to_string()
}

/// `{"results": […], …}`: a derivative of function `index`, in the order of [`explain`], beside differences, at inputs that `seed` draws.
#[wasm_bindgen]
#[must_use]
pub fn check(source: &str, index: usize, seed: u32) -> String {
    proc_macro2::extra::invalidate_current_thread_spans();
    check::check(source, index, seed).to_string()
}
