//! What holds whatever the tokens are.

use std::time::{Duration, Instant};

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// No expansion takes longer, in an unoptimized build on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// Expands, and checks that the item comes first, token for token, or second to the one attribute that it gets beside companions. The
/// rest of the output is returned.
pub fn expand(arguments: &TokenStream, item: &TokenStream) -> TokenStream {
    let started = Instant::now();
    let output = matgrad_engine::grad(arguments.clone(), item.clone());
    let took = started.elapsed();
    assert!(took < PATIENCE, "{took:?} for\n{item}");
    let used = matgrad_engine::emit::counts_as_used().to_string();
    let mut output = output.into_iter().peekable();
    let start: TokenStream = output.clone().take(2).collect();
    if start.to_string() == used {
        output.nth(1);
    }
    for written in item.clone() {
        let given = output.next();
        assert!(given.as_ref().is_some_and(|given| same(given, &written)), "`{written}` became {given:?} in\n{item}");
    }
    output.collect()
}

/// Whether the output has companions that are code and not stubs.
pub fn is_derived(rest: &TokenStream) -> bool {
    !rest.is_empty() && !rest.clone().into_iter().any(|t| matches!(t, TokenTree::Ident(word) if word == "compile_error"))
}

/// The head of a function in the output, up to its body.
pub fn head(rest: &TokenStream, name: &str) -> Option<String> {
    let trees: Vec<TokenTree> = rest.clone().into_iter().collect();
    let is = |tree: &TokenTree, word: &str| matches!(tree, TokenTree::Ident(i) if i == word);
    let start = trees.windows(2).position(|w| is(&w[0], "fn") && is(&w[1], name))?;
    let body = |t: &&TokenTree| !matches!(t, TokenTree::Group(g) if g.delimiter() == Delimiter::Brace);
    Some(trees[start..].iter().take_while(body).cloned().collect::<TokenStream>().to_string())
}

/// Whether two trees are the same, by a loop: they may be deep.
fn same(a: &TokenTree, b: &TokenTree) -> bool {
    let mut rest = vec![(a.clone(), b.clone())];
    while let Some(pair) = rest.pop() {
        let equal = match pair {
            (TokenTree::Group(a), TokenTree::Group(b)) => {
                let (inside_a, inside_b): (Vec<_>, Vec<_>) = (a.stream().into_iter().collect(), b.stream().into_iter().collect());
                let alike = a.delimiter() == b.delimiter() && inside_a.len() == inside_b.len();
                rest.extend(inside_a.into_iter().zip(inside_b));
                alike
            }
            (TokenTree::Ident(a), TokenTree::Ident(b)) => a == b,
            (TokenTree::Punct(a), TokenTree::Punct(b)) => a.as_char() == b.as_char() && a.spacing() == b.spacing(),
            (TokenTree::Literal(a), TokenTree::Literal(b)) => a.to_string() == b.to_string(),
            _ => false,
        };
        if !equal {
            return false;
        }
    }
    true
}
