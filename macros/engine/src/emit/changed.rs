//! Variables made by changing a matrix that nobody else has, instead of from a temporary.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::code::Form;
use super::{Code, Emitter};
use crate::ir::{Kind, NodeId};

impl Emitter<'_> {
    /// A variable for a matrix that several read, where it is better made by changing another that nobody else has.
    pub(super) fn changed_in_place(&mut self, id: NodeId) -> Option<Code> {
        let g = self.graph();
        if g.is_scalar(id) || self.program.uses.get(&id).copied().unwrap_or(0) < 2 {
            return None;
        }
        match g.kind(id) {
            Kind::Lin => self.bind_sum(id),
            Kind::Hadamard => self.bind_product(id),
            Kind::Map => self.bind_map(id),
            _ => None,
        }
    }

    fn bind_changed(&mut self, name: &Ident, start: &TokenStream, changes: &TokenStream) -> Code {
        self.statements.push(quote!(let mut #name = #start; #changes));
        Code::of(quote!(#name), Form::Variable)
    }

    /// A sum: products are added to another product as they are computed, blocks and repeated vectors where they belong.
    fn bind_sum(&mut self, id: NodeId) -> Option<Code> {
        let mut terms = self.graph().terms(id);
        if terms.iter().any(|t| self.is_placed(t.1)) {
            let name = self.name(id);
            let (start, added) = self.accumulation(id, &terms, &name);
            return Some(self.bind_changed(&name, &start, &added));
        }
        let is_product = |emitter: &Self, a: NodeId| emitter.graph().kind(a) == Kind::MatMul && emitter.fits(a, id);
        terms.sort_by_key(|(c, a)| !(*c == 1.0 && is_product(self, *a)));
        let (&(c, first), others) = terms.split_first()?;
        if c != 1.0 || !is_product(self, first) || !others.iter().any(|t| is_product(self, t.1)) {
            return None;
        }
        let added = |emitter: &Self, name: &Ident| -> Option<TokenStream> {
            let each = others.iter().map(|(c, a)| {
                if is_product(emitter, *a) {
                    return emitter.product_in(*a, *c, true, name);
                }
                let operand = emitter.code(*a).operand();
                match c {
                    1.0 => Some(quote!(#name += #operand;)),
                    -1.0 => Some(quote!(#name -= #operand;)),
                    _ => None,
                }
            });
            each.collect()
        };
        added(self, &self.local("sum", &[]))?;
        let name = self.name(id);
        let (start, added) = (self.code(first).tokens, added(self, &name)?);
        Some(self.bind_changed(&name, &start, &added))
    }

    /// An elementwise product in which a factor repeats a vector.
    fn bind_product(&mut self, id: NodeId) -> Option<Code> {
        let args = self.graph().args(id).to_vec();
        let [a, b] = args[..] else { return None };
        if self.is_placed(a) == self.is_placed(b) {
            return None;
        }
        let name = self.name(id);
        let (start, each) = self.scaling(id, &args, &name)?;
        Some(self.bind_changed(&name, &start, &each))
    }

    /// A pass over the entries, in place of an operand that is made for it alone.
    fn bind_map(&mut self, id: NodeId) -> Option<Code> {
        let g = self.graph();
        let inside = g.args(id).iter().copied().find(|a| !g.is_scalar(*a) && self.fits(*a, id))?;
        if g.args(id) == [inside] && self.sums_columns(inside) {
            let (_, entries, body) = self.kernel(id);
            let code = self.sums_of_columns(inside, |sum| quote!({ #(let #entries = #sum;)* #body }));
            return Some(self.bind(id, &code));
        }
        let start = self.code(inside).tokens;
        let entry = self.local("entry", &[]);
        let (others, entries, body) = self.kernel_beside(id, Some((inside, &entry)));
        let others: Vec<TokenStream> = others.iter().map(Code::by_ref).collect();
        let name = self.name(id);
        let pass = match &others[..] {
            [] => quote!(#name.apply(|#entry| *#entry = #body);),
            [a] => quote!(#name.zip_apply(#a, |#entry, #(#entries),*| *#entry = #body);),
            [a, b, ..] => quote!(#name.zip_zip_apply(#a, #b, |#entry, #(#entries),*| *#entry = #body);),
        };
        Some(self.bind_changed(&name, &start, &pass))
    }
}
