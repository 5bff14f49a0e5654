//! Stubs: the promised signatures when there is nothing to put behind them, so that callers see no second error.

use proc_macro2::TokenStream;
use quote::quote;

use super::head::{Companion, buffers, head, inherited, paths};
use crate::parse::{Arguments, Signature};

/// The companions as signatures whose bodies are never reached: the crate does not compile.
pub fn stubs(sig: &Signature, arguments: &Arguments) -> TokenStream {
    if arguments.wrt.is_empty() {
        return TokenStream::new();
    }
    let mut sig = sig.clone();
    sig.sig.variadic = None; // the function's own mistake, and not to be repeated
    let sig = &sig;
    let paths = paths(sig, arguments.crate_path.as_ref());
    let attrs = inherited(&sig.attrs);
    Companion::ALL
        .into_iter()
        .map(|companion| {
            let buffers = buffers(sig, companion, &arguments.wrt);
            let head = head(sig, companion, &arguments.wrt, &buffers, &paths);
            quote! {
                /// Not generated: see the error of the attribute.
                #attrs
                #[allow(unused, non_snake_case, clippy::all, clippy::pedantic, reason = "a stub")]
                #head {
                    ::core::panic!("matgrad generated no code for this function")
                }
            }
        })
        .collect()
}
