//! `#[differentiable]`: a module whose functions see what stands around them.

use std::rc::Rc;

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::{Attribute, ImplItem, Item, ItemMod, TraitItem};

use crate::around::{Around, Names, Ours, Place};
use crate::error::{Error, Errors};
use crate::parse::conditions;
use crate::parse::depth::too_deep;
use crate::problem::Problem;
use crate::{emit, expand_in};

/// The module as it is, with companions behind its functions in place of their attributes.
#[must_use]
#[allow(clippy::needless_pass_by_value, reason = "as the other attributes take them")]
pub fn differentiable(arguments: TokenStream, item: TokenStream) -> TokenStream {
    match read(&arguments, &item) {
        Ok(mut module) => {
            if let Some((_, items)) = &mut module.content {
                let around = Rc::new(Around::of(items));
                let names = names_of(items);
                Writer { around, names, next: 0 }.module(items);
            }
            module.to_token_stream()
        }
        Err(errors) => {
            let errors = errors.to_tokens();
            quote!(#item #errors)
        }
    }
}

fn read(arguments: &TokenStream, item: &TokenStream) -> Result<ItemMod, Errors> {
    if let Some(span) = too_deep(item) {
        return Err(Error::new(span, "code nested this deeply is not supported; bind a part to a `let`").into());
    }
    if !arguments.is_empty() {
        let message = "`differentiable` takes no arguments; those of a derivative stand in its own attribute, inside the module";
        return Err(Error::on(arguments, message).into());
    }
    match syn::parse2(item.clone())? {
        Item::Mod(module) if module.content.is_some() => Ok(module),
        Item::Mod(module) => {
            let name = &module.ident;
            let message = format!(
                "the items of `{name}` stand in another file, which no attribute sees; write `mod {name} {{ … }}` around them, in that file, \
                 and the attribute there"
            );
            Err(Error::new(name.span(), message).into())
        }
        other => {
            let word = other.to_token_stream().into_iter().find(|tree| matches!(tree, proc_macro2::TokenTree::Ident(_)));
            let message =
                "`differentiable` goes on a module, `mod name { … }`; on a function write the attribute of a derivative";
            Err(Error::on(&word, message).into())
        }
    }
}

/// What the module calls our attributes.
fn names_of(items: &[Item]) -> Names {
    let (mut attributes, mut imports) = (Vec::new(), Vec::new());
    collect(items, &mut attributes, &mut imports);
    Names::of(attributes.into_iter(), imports.into_iter())
}
fn collect<'i>(items: &'i [Item], attributes: &mut Vec<&'i Attribute>, imports: &mut Vec<&'i syn::UseTree>) {
    for item in items {
        match item {
            Item::Use(item) => imports.push(&item.tree),
            Item::Fn(item) => attributes.extend(&item.attrs),
            Item::Impl(block) => attributes.extend(block.items.iter().flat_map(|item| match item {
                ImplItem::Fn(function) => &function.attrs[..],
                _ => &[],
            })),
            Item::Mod(ItemMod { content: Some((_, items)), .. }) => collect(items, attributes, imports),
            _ => {}
        }
    }
}

struct Writer {
    around: Rc<Around>,
    names: Names,
    /// The number of the next module, as [`Around`] counts them.
    next: usize,
}

impl Writer {
    fn module(&mut self, items: &mut Vec<Item>) {
        let at = self.next;
        self.next += 1;
        for mut item in std::mem::take(items) {
            let behind = self.item(&mut item, at);
            items.push(item);
            if !behind.is_empty() {
                items.push(Item::Verbatim(behind));
            }
        }
    }

    /// Writes into an item; what comes behind it.
    fn item(&mut self, item: &mut Item, at: usize) -> TokenStream {
        match item {
            Item::Fn(function) => {
                let place = Place::new(&self.around, at, None);
                let (used, behind) = self.companions(&mut function.attrs.clone(), &place, |attrs| {
                    function.attrs = attrs.to_vec();
                    function.to_token_stream()
                });
                function.attrs.splice(0..0, used);
                behind
            }
            Item::Impl(block) => self.block(block, at),
            Item::Trait(item) => {
                let place = Place::new(&self.around, at, None);
                for mut inside in std::mem::take(&mut item.items) {
                    let mut behind = TokenStream::new();
                    if let TraitItem::Fn(function) = &mut inside {
                        let (used, companions) = self.companions(&mut function.attrs.clone(), &place, |attrs| {
                            function.attrs = attrs.to_vec();
                            function.to_token_stream()
                        });
                        function.attrs.splice(0..0, used);
                        behind = companions;
                    }
                    item.items.push(inside);
                    if !behind.is_empty() {
                        item.items.push(TraitItem::Verbatim(behind));
                    }
                }
                TokenStream::new()
            }
            Item::Mod(ItemMod { content: Some((_, items)), attrs, .. }) if conditions::deciding(attrs).is_none() => {
                self.module(items);
                TokenStream::new()
            }
            _ => TokenStream::new(),
        }
    }

    /// Companions of methods stand behind them; a trait does not know them, and those of its methods stand in an `impl` of their own.
    fn block(&self, block: &mut syn::ItemImpl, at: usize) -> TokenStream {
        let place = Place::new(&self.around, at, Some(Rc::new((*block.self_ty).clone())));
        let of_trait = block.trait_.is_some();
        let mut elsewhere = TokenStream::new();
        for mut inside in std::mem::take(&mut block.items) {
            let mut behind = TokenStream::new();
            if let ImplItem::Fn(function) = &mut inside {
                let vis = function.vis.clone();
                let (used, companions) = self.companions(&mut function.attrs.clone(), &place, |attrs| {
                    function.attrs = attrs.to_vec();
                    let mut seen = function.clone();
                    if of_trait {
                        seen.vis = syn::parse_quote!(pub);
                    }
                    seen.to_token_stream()
                });
                function.vis = vis;
                if of_trait {
                    elsewhere.extend(companions);
                } else {
                    function.attrs.splice(0..0, used);
                    behind = companions;
                }
            }
            block.items.push(inside);
            if !behind.is_empty() {
                block.items.push(ImplItem::Verbatim(behind));
            }
        }
        if elsewhere.is_empty() {
            return elsewhere;
        }
        let ((generics, _, clause), ty) = (block.generics.split_for_impl(), &block.self_ty);
        quote!(impl #generics #ty #clause { #elsewhere })
    }

    /// Companions for every attribute of ours, as the macros would make them one after the other; and the attributes that the function has instead:
    /// the same, that there is nothing left to do, so that they are known and their imports used; and the one by which it counts as used.
    /// `with`: the function with other attributes.
    fn companions(
        &self,
        attrs: &mut Vec<Attribute>,
        place: &Place,
        mut with: impl FnMut(&[Attribute]) -> TokenStream,
    ) -> (Vec<Attribute>, TokenStream) {
        let (mut used, mut companions) = (false, TokenStream::new());
        // under a condition it is left to the attribute itself
        let ours = |a: &Attribute| self.names.asked(a).filter(|asked| asked.condition.is_none());
        let mut kept = Vec::new();
        while let Some((i, asked)) = attrs.iter().enumerate().find_map(|(i, a)| Some((i, ours(a)?))) {
            let path = attrs.remove(i).meta.path().clone();
            let done = Ident::new(DERIVED, Span::call_site());
            kept.push(parse_attribute(quote!(#[#path(#done)])));
            let item = with(attrs);
            let (made, is_derived) = match asked.ours {
                Ours::Derivative(derivative) => expand_in(place, derivative, asked.arguments, item),
                Ours::Problem => Problem::read_in(place, asked.arguments, &item).companions(),
                Ours::Differentiable => (misplaced(&item), false),
            };
            used |= is_derived;
            companions.extend(made);
        }
        kept.extend(used.then(|| parse_attribute(emit::counts_as_used())));
        (kept.into_iter().flatten().collect(), companions)
    }
}

/// The argument of an attribute whose companions stand there already.
const DERIVED: &str = "__derived";

/// Whether the module's attribute has done all that there is to do.
pub(crate) fn is_derived(arguments: &TokenStream) -> bool {
    let mut trees = arguments.clone().into_iter();
    matches!((trees.next(), trees.next()), (Some(TokenTree::Ident(word)), None) if word == DERIVED)
}

fn parse_attribute(tokens: TokenStream) -> Option<Attribute> {
    syn::parse::Parser::parse2(Attribute::parse_outer, tokens).ok()?.pop()
}

fn misplaced(item: &TokenStream) -> TokenStream {
    Errors::from(Error::on(item, "`differentiable` goes on a module; remove it here")).to_tokens()
}
