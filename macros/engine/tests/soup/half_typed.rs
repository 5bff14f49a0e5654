//! Half-typed bodies: completion goes on working.

use proc_macro2::{Group, TokenStream, TokenTree};

use super::check::{expand, head};
use super::corpus::corpus;

/// All beginnings of these tokens, with the brackets that are open closed.
fn beginnings(tokens: TokenStream) -> Vec<TokenStream> {
    let mut before: Vec<TokenTree> = Vec::new();
    let mut all = vec![TokenStream::new()];
    for token in tokens {
        if let TokenTree::Group(group) = &token {
            for inside in beginnings(group.stream()) {
                let closed = Group::new(group.delimiter(), inside);
                all.push(before.iter().cloned().chain([closed.into()]).collect());
            }
        }
        before.push(token);
        all.push(before.iter().cloned().collect());
    }
    all
}

#[test]
fn half_typed_bodies_have_companions() {
    let mut count = 0;
    for whole in corpus() {
        let complete = expand(&whole.arguments, &whole.item);
        let names =
            ["grad", "value_and_grad", "grad_into", "value_and_grad_into"].map(|companion| format!("{}_{companion}", whole.name));
        let promised = names.each_ref().map(|name| head(&complete, name));
        let trees: Vec<TokenTree> = whole.item.into_iter().collect();
        let Some((TokenTree::Group(body), before)) = trees.split_last() else { continue };
        for typed in beginnings(body.stream()).into_iter().step_by(2) {
            let body = Group::new(body.delimiter(), typed);
            let item: TokenStream = before.iter().cloned().chain([body.into()]).collect();
            let rest = expand(&whole.arguments, &item);
            for (name, promised) in names.iter().zip(&promised) {
                assert_eq!(&head(&rest, name), promised, "of {item}");
            }
            count += 1;
        }
    }
    assert!(count > 100, "{count}");
}
