//! Which items of a file carry our attributes.

use std::ops::Range;
use std::rc::Rc;

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::visit::{self, Visit};
use syn::{Attribute, ImplItem, Item, TraitItem};

use super::Annotated;
use super::formatted::Owner;
use super::imports::names_of;
use crate::around::{Around, Names, Ours, Place};
use crate::parse::conditions;
use crate::problem::Problem;

/// All annotated functions, in the order of the file.
pub(super) fn annotated(file: &syn::File) -> Vec<Annotated> {
    let items = Items::of(file);
    let mut finder = Finder { names: names_of(&items), found: Vec::new() };
    for (item, owner, place) in &items.all {
        finder.look(*item, *owner, place);
    }
    // functions in the body of another come after it; expansions go from the outside in, texts from the front to the back
    finder.found.sort_by_key(|f| f.attribute.0.start);
    finder.found
}

/// Where the attributes stand that show modules.
pub(super) fn shown(file: &syn::File) -> Vec<Range<usize>> {
    Items::of(file).shown.into_iter().map(bytes).collect()
}

/// All items of a file, wherever they stand.
#[derive(Default)]
pub(super) struct Items<'f> {
    all: Vec<(&'f dyn Attributed, Owner, Place)>,
    pub(super) imports: Vec<&'f syn::ItemUse>,
    /// Attributes on modules that show what stands in them.
    pub(super) shown: Vec<&'f Attribute>,
    /// The modules around that one shows, the number of this one, and that of the next.
    around: Option<(Rc<Around>, usize)>,
    next: usize,
    /// The `impl` around.
    of: Option<Rc<syn::Type>>,
}

impl<'f> Items<'f> {
    pub(super) fn of(file: &'f syn::File) -> Self {
        let mut items = Self::default();
        items.visit_file(file);
        items
    }
    pub(super) fn attributes(&self) -> impl Iterator<Item = &Attribute> {
        self.all.iter().flat_map(|(item, ..)| item.attributes())
    }
}

impl Items<'_> {
    fn place(&self) -> Place {
        self.around.as_ref().map_or_else(Place::default, |(around, module)| Place::new(around, *module, self.of.clone()))
    }
}

impl<'f> Visit<'f> for Items<'f> {
    fn visit_item(&mut self, item: &'f Item) {
        self.all.push((item, Owner::Module, self.place()));
        if let Item::Use(item) = item {
            self.imports.push(item);
        }
        visit::visit_item(self, item);
    }
    fn visit_item_mod(&mut self, module: &'f syn::ItemMod) {
        let outer = (self.around.clone(), self.of.take());
        let ours = |a: &&Attribute| a.path().segments.last().is_some_and(|s| s.ident == "differentiable");
        if let Some((_, items)) = &module.content {
            let rest: Vec<Attribute> = module.attrs.iter().filter(|a| !ours(a)).cloned().collect();
            match (module.attrs.iter().find(ours), &self.around) {
                (Some(attribute), None) => {
                    self.shown.push(attribute);
                    self.around = Some((Rc::new(Around::of(items)), 0));
                    self.next = 1;
                }
                (_, Some((around, _))) if conditions::deciding(&rest).is_none() => {
                    self.around = Some((around.clone(), self.next));
                    self.next += 1;
                }
                _ => self.around = None,
            }
        }
        visit::visit_item_mod(self, module);
        (self.around, self.of) = outer;
    }
    fn visit_item_impl(&mut self, block: &'f syn::ItemImpl) {
        let outer = self.of.replace(Rc::new((*block.self_ty).clone()));
        visit::visit_item_impl(self, block);
        self.of = outer;
    }
    fn visit_impl_item(&mut self, item: &'f ImplItem) {
        self.all.push((item, Owner::Impl, self.place()));
        visit::visit_impl_item(self, item);
    }
    fn visit_trait_item(&mut self, item: &'f TraitItem) {
        self.all.push((item, Owner::Trait, self.place()));
        visit::visit_trait_item(self, item);
    }
}

struct Finder {
    names: Names,
    found: Vec<Annotated>,
}

impl Finder {
    /// Every attribute of ours on an item, as the macros would come to it: the first one first.
    fn look(&mut self, item: &dyn Attributed, owner: Owner, place: &Place) {
        let mut attrs = item.attributes().to_vec();
        let whole = item.bytes();
        while let Some((at, asked)) = attrs.iter().enumerate().find_map(|(i, a)| Some((i, self.names.asked(a)?))) {
            let attribute = attrs.remove(at);
            if let Some(rest) = asked.rest.clone() {
                attrs.insert(at, rest);
            }
            let item_tokens = item.with(&attrs);
            // `#[problem]` derives something, too; what it makes besides is code
            let problem = matches!(asked.ours, Ours::Problem).then(|| asked.arguments.clone());
            let (derivative, arguments) = match asked.ours {
                Ours::Derivative(derivative) => (derivative, asked.arguments),
                Ours::Problem => {
                    let read = Problem::read_in(place, asked.arguments, &item_tokens);
                    (read.derivative, read.arguments())
                }
                Ours::Differentiable => continue,
            };
            let instead = asked.rest.map(attribute_text).unwrap_or_default();
            self.found.push(Annotated {
                derivative,
                arguments,
                problem,
                item: item_tokens,
                condition: asked.condition,
                span: (attribute.pound_token.span, attribute.bracket_token.span.close()),
                attribute: (bytes(&attribute), instead),
                whole: whole.clone(),
                owner,
                place: place.clone(),
            });
        }
    }
}

/// An attribute, formatted.
fn attribute_text(attribute: Attribute) -> String {
    let on: syn::ItemUse = syn::parse_quote!(
        use something;
    );
    let item = Item::Use(syn::ItemUse { attrs: vec![attribute], ..on });
    let text = prettyplease::unparse(&syn::File { shebang: None, attrs: Vec::new(), items: vec![item] });
    text.trim_end().trim_end_matches("use something;").trim_end().to_owned()
}

/// Something that carries attributes.
pub(super) trait Attributed {
    fn attributes(&self) -> &[Attribute];
    /// Its tokens, with other attributes.
    fn with(&self, attrs: &[Attribute]) -> TokenStream;
    fn bytes(&self) -> Range<usize>;
}

macro_rules! attributed {
    ($type:ident: $($form:ident)*) => {
        impl Attributed for $type {
            fn attributes(&self) -> &[Attribute] {
                match self {
                    $(Self::$form(item) => &item.attrs,)*
                    _ => &[],
                }
            }
            fn with(&self, attrs: &[Attribute]) -> TokenStream {
                let mut item = self.clone();
                match &mut item {
                    $(Self::$form(item) => {
                        // inner ones stand in the body
                        let inner = item.attrs.iter().filter(|a| matches!(a.style, syn::AttrStyle::Inner(_)));
                        let outer = attrs.iter().filter(|a| matches!(a.style, syn::AttrStyle::Outer));
                        item.attrs = outer.chain(inner).cloned().collect();
                    })*
                    _ => {}
                }
                quote!(#item)
            }
            fn bytes(&self) -> Range<usize> {
                bytes(self)
            }
        }
    };
}

attributed!(Item: Const Enum ExternCrate Fn ForeignMod Impl Macro Mod Static Struct Trait TraitAlias Type Union Use);
attributed!(ImplItem: Const Fn Type Macro);
attributed!(TraitItem: Const Fn Type Macro);

/// From the first byte of some tokens to behind the last.
pub(super) fn bytes(tokens: &impl ToTokens) -> Range<usize> {
    let spans: Vec<_> = tokens.to_token_stream().into_iter().map(|tree| tree.span().byte_range()).collect();
    let start = spans.iter().map(|s| s.start).min().unwrap_or(0);
    start..spans.iter().map(|s| s.end).max().unwrap_or(start)
}
