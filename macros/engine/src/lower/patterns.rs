//! Patterns, and the names that they bind.

use proc_macro2::Ident;

use super::value::{Binding, Lasts};
use super::{Lowerer, Refusal, Value};
use crate::ir::{Dim, Index};

impl Lowerer<'_> {
    /// Bind the names of a pattern to the parts of a value that companions have no variables for.
    pub(super) fn bind_pattern(&mut self, pattern: &syn::Pat, value: Value, active: bool) -> Result<(), Refusal> {
        match pattern {
            syn::Pat::Ident(ident) if ident.by_ref.is_none() && ident.subpat.is_none() => {
                // a place that is named like what it is a part of would be a part of itself
                if let Value::Place(of) = &value
                    && super::changed::root(of).is_some_and(|name| *name == ident.ident)
                {
                    return Err(self.fence().choice(
                        ident.ident.span(),
                        "a part to be changed under the name of the whole",
                        "give it another name",
                    ));
                }
                // what a variable is called that changes, is no name of the value
                if active
                    && ident.mutability.is_none()
                    && let Some(id) = value.node()
                {
                    self.lets.entry(id).or_insert_with(|| ident.ident.to_string());
                }
                let lasts = Lasts::unless_mutable(ident.mutability.is_some());
                self.bind(&ident.ident.to_string(), Binding { lasts, ..Binding::derived(value, active) });
                Ok(())
            }
            syn::Pat::Type(typed) => self.bind_pattern(&typed.pat, value, active),
            syn::Pat::Paren(inner) => self.bind_pattern(&inner.pat, value, active),
            syn::Pat::Reference(inner) => self.bind_pattern(&inner.pat, value, active),
            syn::Pat::Wild(_) => Ok(()),
            syn::Pat::Tuple(tuple) => match value {
                Value::Tuple(values) if values.len() == tuple.elems.len() => {
                    tuple.elems.iter().zip(values).try_for_each(|(p, v)| self.bind_pattern(p, v, active))
                }
                Value::Code => tuple.elems.iter().try_for_each(|p| self.bind_pattern(p, Value::Code, active)),
                _ => Err(self.fence().pattern(pattern)),
            },
            syn::Pat::Struct(of) => match value {
                Value::Struct(structure, values) if of.rest.is_some() || of.fields.len() == values.len() => {
                    of.fields.iter().try_for_each(|field| {
                        let at = structure.fields.iter().position(|(name, _)| *name == field.member);
                        match at.and_then(|at| values.get(at)) {
                            Some(value) => self.bind_pattern(&field.pat, value.clone(), active),
                            None => Err(self.fence().pattern(pattern)),
                        }
                    })
                }
                _ => Err(self.fence().pattern(pattern)),
            },
            syn::Pat::TupleStruct(of) => match value {
                Value::Struct(_, values) if of.elems.len() == values.len() => {
                    of.elems.iter().zip(values).try_for_each(|(p, v)| self.bind_pattern(p, v, active))
                }
                _ => Err(self.fence().pattern(pattern)),
            },
            syn::Pat::Slice(slice) => match value {
                Value::Tuple(values) if values.len() == slice.elems.len() => {
                    slice.elems.iter().zip(values).try_for_each(|(p, v)| self.bind_pattern(p, v, active))
                }
                Value::List(a, element) if self.list_len(a, element) == Dim::Const(slice.elems.len()) => {
                    slice.elems.iter().enumerate().try_for_each(|(i, p)| {
                        let item = self.list_item(a, element, Index::at(i));
                        self.bind_pattern(p, item, active)
                    })
                }
                _ => Err(self.fence().pattern(pattern)),
            },
            _ => Err(self.fence().pattern(pattern)),
        }
    }
}

/// All names that a pattern binds.
pub(crate) fn pattern_names(pattern: &syn::Pat) -> Vec<Ident> {
    struct Names(Vec<Ident>);
    impl<'a> syn::visit::Visit<'a> for Names {
        fn visit_pat_ident(&mut self, p: &'a syn::PatIdent) {
            self.0.push(p.ident.clone());
            syn::visit::visit_pat_ident(self, p);
        }
    }
    let mut names = Names(Vec::new());
    syn::visit::Visit::visit_pat(&mut names, pattern);
    names.0
}
