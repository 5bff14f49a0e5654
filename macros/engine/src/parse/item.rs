//! The item: head and body, read one after the other.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::ext::IdentExt;
use syn::parse::{ParseStream, Parser};
use syn::{Attribute, Block, Ident, LitStr, Token, Visibility, braced, token};

use super::depth::too_deep;
use crate::error::{Error, Errors};

/// Everything before the body.
pub(super) struct Head {
    pub(super) attrs: Vec<Attribute>,
    pub(super) vis: Visibility,
    pub(super) sig: syn::Signature,
    /// The body, not yet looked at.
    pub(super) rest: TokenStream,
}

/// Reads a function up to its body.
pub(super) fn head(item: TokenStream) -> Result<Head, Errors> {
    let (before, body) = split(item);
    not_too_deep(&before)?;
    let mut elsewhere = None;
    let read = |input: ParseStream<'_>| -> syn::Result<Option<Head>> {
        let attrs = input.call(Attribute::parse_outer)?;
        let vis = input.parse()?;
        if !is_function(&input.fork()) {
            elsewhere = Some(not_a_function(input));
            input.parse::<TokenStream>()?;
            return Ok(None);
        }
        Ok(Some(Head { attrs, vis, sig: input.parse()?, rest: input.parse()? }))
    };
    let mut head = read.parse2(before)?;
    if let Some(head) = &mut head {
        head.rest.extend(body);
    }
    head.ok_or_else(|| elsewhere.unwrap_or_else(|| unreachable!("a head is missing only elsewhere")).into())
}

/// Reads the body of a function, and the inner attributes in it.
pub(super) fn body(rest: TokenStream) -> Result<(Vec<Attribute>, Block), Errors> {
    not_too_deep(&rest)?;
    let read = |input: ParseStream<'_>| -> syn::Result<(Vec<Attribute>, Block)> {
        if input.peek(Token![;]) {
            let message = "a function without a body has nothing to differentiate; put the attribute on one that has a body";
            return Err(input.error(message));
        }
        let content;
        let brace_token: token::Brace = braced!(content in input);
        let inner = content.call(Attribute::parse_inner)?;
        Ok((inner, Block { brace_token, stmts: content.call(Block::parse_within)? }))
    };
    Ok(read.parse2(rest)?)
}

/// What comes before the body, and the body: `{ … }` at the end.
fn split(item: TokenStream) -> (TokenStream, Option<TokenTree>) {
    let mut trees: Vec<TokenTree> = ungrouped(item).into_iter().collect();
    let body = trees.pop_if(|tree| matches!(tree, TokenTree::Group(g) if g.delimiter() == Delimiter::Brace));
    (trees.into_iter().collect(), body)
}

fn not_too_deep(tokens: &TokenStream) -> Result<(), Error> {
    match too_deep(tokens) {
        Some(span) => Err(Error::new(span, "code nested this deeply is not supported; bind a part to a `let`")),
        None => Ok(()),
    }
}

/// The tokens, out of the invisible brackets in which declarative macros pass them on.
pub(super) fn ungrouped(mut tokens: TokenStream) -> TokenStream {
    loop {
        let mut rest = tokens.clone().into_iter();
        match (rest.next(), rest.next()) {
            (Some(TokenTree::Group(group)), None) if group.delimiter() == Delimiter::None => tokens = group.stream(),
            _ => return tokens,
        }
    }
}

/// Whether a `fn` comes, after words that may stand before it.
fn is_function(input: ParseStream<'_>) -> bool {
    loop {
        let skipped = if input.peek(Token![fn]) {
            return true;
        } else if input.peek(LitStr) {
            input.parse::<LitStr>().is_ok()
        } else if input.peek(Token![const])
            || input.peek(Token![async])
            || input.peek(Token![unsafe])
            || input.peek(Token![extern])
        {
            Ident::parse_any(input).is_ok()
        } else {
            false
        };
        if !skipped {
            return false;
        }
    }
}

/// Where the attribute stands instead, and where it belongs.
fn not_a_function(input: ParseStream<'_>) -> Error {
    let ahead = input.fork();
    let mut word = Ident::parse_any(&ahead);
    if ahead.peek(Ident::peek_any) && matches!(&word, Ok(w) if w == "unsafe" || w == "auto") {
        word = Ident::parse_any(&ahead);
    }
    let Ok(word) = word else {
        return Error::new(input.span(), "the attribute goes on a function; move it there");
    };
    let message = match word.to_string().as_str() {
        "impl" => "the attribute goes on a function, not on an `impl` block; put it on the methods inside".to_owned(),
        "trait" => "the attribute goes on a function, not on a `trait`; put it on the methods inside that have a body".to_owned(),
        "mod" => "the attribute goes on a function, not on a `mod`; put it on the functions inside".to_owned(),
        "let" => "the attribute goes on a function, not on a `let`; make a function of the expression".to_owned(),
        kind @ ("struct" | "enum" | "union" | "type" | "static" | "const" | "use" | "extern" | "macro_rules") => {
            let article = if kind.starts_with(['e']) { "an" } else { "a" };
            format!("the attribute goes on a function, not on {article} `{kind}`; put it on the function that computes with it")
        }
        _ => "the attribute goes on a function; move it there".to_owned(),
    };
    Error::new(word.span(), message)
}
