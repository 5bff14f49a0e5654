//! Stubs: the promised signatures when there is nothing to put behind them, so that callers see no second error.

use proc_macro2::TokenStream;
use quote::quote;

use super::head::cotangent_type;
use super::head::{buffers, head, inherited, paths, with_directions};
use super::paths::Paths;
use super::results::Companion;
use crate::parse::{Arguments, Derivative, Signature};

/// The companions as signatures whose bodies are never reached: the crate does not compile.
pub fn stubs(sig: &Signature, arguments: &Arguments) -> TokenStream {
    if arguments.wrt.is_empty() {
        return TokenStream::new();
    }
    let mut sig = sig.clone();
    sig.sig.variadic = None; // the function's own mistake, and not to be repeated
    let sig = &with_directions(&sig, arguments);
    let paths = paths(sig, arguments.crate_path.as_ref());
    let attrs = inherited(&sig.attrs);
    Companion::all(arguments.derivative)
        .iter()
        .map(|companion| {
            let buffers = buffers(sig, *companion, arguments);
            let head = head(sig, *companion, arguments, true, &buffers, &paths);
            let body = body(arguments.derivative, sig, &paths);
            quote! {
                /// Not generated: see the error of the attribute.
                #attrs
                #[allow(unused, non_snake_case, clippy::all, clippy::pedantic, reason = "a stub")]
                #head {
                    #body
                }
            }
        })
        .collect()
}

/// What is never reached. That of a closure has to say which closure it is.
fn body(derivative: Derivative, sig: &Signature, paths: &Paths) -> TokenStream {
    let panic = quote!(::core::panic!("matgrad generated no code for this function"));
    if derivative != Derivative::Vjp {
        return panic;
    }
    let cotangent = cotangent_type(sig, paths);
    let pair = quote!((#panic, |_: #cotangent| #panic));
    if sig.value_type().is_some_and(|v| v.1) { quote!(::core::option::Option::Some(#pair)) } else { pair }
}
