//! Extreme entries, and what is placed where they are.

use proc_macro2::TokenStream;
use quote::quote;

use super::code::Form;
use super::{Code, Emitter};
use crate::ir::{Attr, Dim, Extreme, NodeId, Ties};

impl Emitter<'_> {
    /// The largest or smallest entry, or the size of it.
    pub(crate) fn extreme(&mut self, id: NodeId) -> Code {
        let of = self.arg(id, 0);
        let entry = self.entry_at_extreme(id, &of, &of);
        if !self.is_of_sizes(id) {
            return Code::scalar(entry);
        }
        let abs = self.paths.private("abs");
        Code::scalar(quote!(#abs(#entry)))
    }

    /// The mean of the entries where another matrix has its extreme, or one of them.
    pub(crate) fn pick(&mut self, id: NodeId) -> Code {
        let (of, from) = (self.arg(id, 0), self.arg(id, 1));
        if self.is_shared(id) {
            let (picked, find, of, from) = (self.sharing("picked", id), self.finder(id), of.by_ref(), from.by_ref());
            return Code::scalar(quote!(#picked(#of, #find, #from)));
        }
        Code::scalar(self.entry_at_extreme(id, &of, &from))
    }

    /// Equal shares of a scalar where another matrix has its extreme, or all of it at one place.
    pub(crate) fn place_extreme(&mut self, id: NodeId) -> Code {
        let shape = self.graph().shape(id);
        let (find, of, value) = (self.finder(id), self.arg(id, 0).by_ref(), self.arg(id, 1).tokens);
        if self.is_shared(id) {
            let placed = self.sharing("placed", id);
            return Code::of(quote!(#placed(#of, #find, #value)), Form::Temporary);
        }
        let place = self.paths.private("place_at");
        let (rows, cols) = (self.generic_dim(shape.rows), self.generic_dim(shape.cols));
        let (row, col) = (self.fresh("row"), self.fresh("col"));
        Code::of(quote!({ let (#row, #col) = #find(#of); #place(#rows, #cols, #row, #col, #value) }), Form::Temporary)
    }

    fn entry_at_extreme(&mut self, id: NodeId, of: &Code, from: &Code) -> TokenStream {
        let shape = self.graph().shape(self.graph().args(id)[0]);
        let (find, of) = (self.finder(id), of.by_ref());
        if [shape.rows, shape.cols].iter().all(|d| matches!(d, Dim::Const(n) if *n > 0)) {
            let from = self.variable("whole", from).receiver();
            return quote!(#from[#find(#of)]);
        }
        let (entry, from) = (self.paths.private("entry_or_zero"), from.by_ref());
        quote!(#entry(#from, #find(#of)))
    }

    fn is_shared(&self, id: NodeId) -> bool {
        matches!(self.graph().node(id).op.attr, Attr::Extreme(_, Ties::Shared))
    }

    fn is_of_sizes(&self, id: NodeId) -> bool {
        matches!(self.graph().node(id).op.attr, Attr::Extreme(which, _) if which.is_of_sizes())
    }

    /// The function that finds an extreme entry.
    fn finder(&self, id: NodeId) -> TokenStream {
        self.paths.private(match self.graph().node(id).op.attr {
            Attr::Extreme(Extreme::Min, _) => "arg_min",
            Attr::Extreme(Extreme::AbsMax, _) => "arg_amax",
            Attr::Extreme(Extreme::AbsMin, _) => "arg_amin",
            _ => "arg_max",
        })
    }

    /// A function of all entries that attain an extreme.
    fn sharing(&self, name: &str, id: NodeId) -> TokenStream {
        self.paths.private(&if self.is_of_sizes(id) { format!("{name}_by_size") } else { name.to_owned() })
    }
}
