//! What stands around a function: the items of the module that it is in, as far as an attribute on that module shows them.
//!
//! An attribute on a function sees that function alone; its [`Place`] is empty, and every name in it is known by its spelling. In a
//! `#[differentiable]` module names are looked up as rustc would: in the module, through `use`, in modules inside and around, up to
//! the one with the attribute. What stands under `cfg`, what a macro makes, and what two items of one name are, nobody here knows: such
//! names are known by their spelling, too.

mod names;
mod ours;
mod substitute;
mod types;

use std::collections::HashSet;
use std::rc::Rc;

use proc_macro2::Ident;

pub(crate) use names::{Around, Meaning, items_of};
pub(crate) use ours::{Names, Ours, ours};
pub(crate) use substitute::Substitution;
pub(crate) use types::Structure;

/// Where a function stands.
#[derive(Clone, Debug, Default)]
pub struct Place {
    around: Rc<Around>,
    module: usize,
    /// The type of the `impl` around it.
    of: Option<Rc<syn::Type>>,
    /// Names that items of the body have.
    hidden: Rc<HashSet<String>>,
}

/// A function that is read where it is called.
#[derive(Debug)]
pub struct Helper {
    /// Its name, of a method with the type's.
    pub(crate) name: String,
    pub(crate) sig: syn::Signature,
    pub(crate) body: syn::Block,
    /// The parameters of the `impl` around it.
    pub(crate) of: Option<(syn::Generics, Rc<syn::Type>)>,
    /// The module that it stands in.
    pub(crate) module: usize,
}

impl Place {
    pub(crate) fn new(around: &Rc<Around>, module: usize, of: Option<Rc<syn::Type>>) -> Self {
        Self { around: around.clone(), module, of, hidden: Rc::default() }
    }
    /// The place of a function that is read from here.
    pub(crate) fn of_helper(&self, helper: &Helper) -> Self {
        let of = helper.of.as_ref().map(|(_, ty)| ty.clone());
        Self { around: self.around.clone(), module: helper.module, of, hidden: Rc::default() }
    }
    /// The same for code in which these names mean something else.
    pub(crate) fn without(mut self, names: &HashSet<String>) -> Self {
        if self.is_seen() && !names.is_empty() {
            self.hidden = Rc::new(names.clone());
        }
        self
    }
    /// Whether a name means nothing that an attribute shows.
    pub(crate) fn is_outside(&self, name: &str) -> bool {
        self.around
            .of_type(self.module, &[name.to_owned()])
            .is_none_or(|(meaning, _)| matches!(meaning, Meaning::Import(path) if path.last().is_some_and(|last| last == name)))
    }
    /// The type that `Self` is.
    pub(crate) fn own_type(&self) -> Option<&syn::Type> {
        self.of.as_deref()
    }
    /// Whether names mean here what they mean there.
    pub(crate) fn is_beside(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.around, &other.around) && self.module == other.module
    }
    /// Whether an attribute shows what stands here.
    pub(crate) fn is_seen(&self) -> bool {
        !self.around.is_empty()
    }
    /// The methods that take `&mut self`.
    pub(crate) fn mutating(&self) -> Rc<HashSet<String>> {
        self.around.mutating.clone()
    }
    /// Whether all fields of a struct can be named here.
    pub(crate) fn can_make(&self, structure: &Structure) -> bool {
        self.around.is_inside(self.module, structure.key.0)
            || structure.item.fields.iter().all(|field| !matches!(field.vis, syn::Visibility::Inherited))
    }
    /// The constants that have their names here.
    pub(crate) fn constants(&self) -> Vec<(Ident, Rc<syn::ItemConst>)> {
        self.around.constants(self.module)
    }
    /// The function that a path names.
    pub(crate) fn function(&self, path: &syn::Path) -> Option<Rc<Helper>> {
        let names: Vec<String> = path.segments.iter().map(|s| s.ident.to_string()).collect();
        if path.leading_colon.is_some() || self.is_hidden(path) {
            return None;
        }
        if let Some(helper) = self.around.function(self.module, &names) {
            return Some(helper);
        }
        // `Net::forward`, `Self::forward`
        let (last, _) = names.split_last().filter(|(_, of)| !of.is_empty())?;
        let mut ty = path.clone();
        ty.segments.pop();
        ty.segments.pop_punct();
        self.method(&syn::Type::Path(syn::TypePath { qself: None, path: ty }), last)
    }
    /// Whether a name stands here for something that nobody knows.
    pub(crate) fn is_undecided(&self, path: &syn::Path) -> bool {
        let names: Vec<String> = path.segments.iter().map(|s| s.ident.to_string()).collect();
        matches!(self.around.of_value(self.module, &names), Some(Meaning::Other))
    }
    fn is_hidden(&self, path: &syn::Path) -> bool {
        path.segments.first().is_some_and(|s| self.hidden.contains(&s.ident.to_string()))
    }
    /// The function of `matgrad` that a name was imported for.
    pub(crate) fn imported(&self, name: &Ident) -> Option<Ident> {
        if self.hidden.contains(&name.to_string()) {
            return None;
        }
        match self.around.of_value(self.module, &[name.to_string()])? {
            Meaning::Import(path) if path.len() == 2 && path[0] == "matgrad" => Some(Ident::new(&path[1], name.span())),
            _ => None,
        }
    }
    /// The method of this name that a type has.
    pub(crate) fn method(&self, ty: &syn::Type, name: &str) -> Option<Rc<Helper>> {
        self.method_of(&self.structure(ty)?, name)
    }
    /// The method of this name that a struct has.
    pub(crate) fn method_of(&self, structure: &Structure, name: &str) -> Option<Rc<Helper>> {
        self.around.method(structure.key.clone(), name)
    }
}
