//! Values that live on in the variable of an operand, where the program says that nobody reads that afterwards.

use std::collections::HashSet;

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};

use super::code::Form;
use super::{Code, Emitter};
use crate::ir::{Attr, Kind, NodeId};
use crate::schedule::operands;

impl Emitter<'_> {
    /// A matrix that is made by changing a variable, in the places that change.
    pub(super) fn changed(&mut self, id: NodeId) -> Option<Code> {
        let g = self.graph();
        if g.is_scalar(id) {
            return None;
        }
        if g.kind(id) == Kind::Update {
            let wish = self.program.lets.get(&id).cloned().unwrap_or_else(|| "updated".to_owned());
            let whole = g.args(id)[0];
            let variable = match self.taken_over(id, 0, &wish) {
                Some(variable) => variable,
                None => self.variable_from(&wish, &self.code(whole).cloned()),
            };
            let written = self.block_written(id, &variable.tokens);
            self.statements.push(written);
            return Some(self.lives_in(id, variable));
        }
        let operand = (0..g.args(id).len()).find(|i| self.program.taken.contains(&(id, *i)))?;
        if !matches!(g.kind(id), Kind::Lin | Kind::Map | Kind::Scale | Kind::Hadamard) {
            return None;
        }
        let variable = self.taken_over(id, operand, "changed")?;
        let out = self.local("out", &[]);
        let changes = self.changes_in(id, operand, &out)?;
        let place = &variable.tokens;
        self.statements.push(quote!({ let #out = &mut #place; #changes }));
        Some(self.lives_in(id, variable))
    }

    /// The variable that an operand lives in, or that it is moved into, if it may change; whatever else reads it has been written down then.
    pub(super) fn taken_over(&mut self, id: NodeId, operand: usize, wish: &str) -> Option<Code> {
        let whole = self.graph().args(id)[operand];
        if !self.program.taken.contains(&(id, operand)) || self.kept.contains(&whole) {
            return None;
        }
        let own = self.own.get(&whole).cloned();
        let code = self.code(whole);
        let moved = (self.is_bound(whole) && code.form == Form::Variable)
            || (!self.is_bound(whole) && code.form == Form::Temporary && self.program.uses.get(&whole) == Some(&1));
        if own.is_none() && !moved {
            return None;
        }
        self.settle(whole, id, own.is_some());
        Some(own.unwrap_or_else(|| self.variable_from(wish, &code.tokens)))
    }

    /// A variable of ours that may change.
    fn variable_from(&mut self, wish: &str, start: &TokenStream) -> Code {
        let name = self.fresh(wish);
        self.statements.push(quote!(let mut #name = #start;));
        Code::of(name.to_token_stream(), Form::Variable)
    }

    /// From here on, this is what a node is.
    pub(super) fn lives_in(&mut self, id: NodeId, variable: Code) -> Code {
        self.set_bound(id);
        self.own.insert(id, variable.clone());
        variable
    }

    /// `v[block] = B`
    pub(super) fn block_written(&mut self, id: NodeId, variable: &TokenStream) -> TokenStream {
        let g = self.graph();
        let Attr::Block(at) = g.node(id).op.attr.clone() else { return TokenStream::new() };
        let block = g.args(id)[1];
        let (row, col) = self.corner(&at, g.shape(block));
        let value = self.code(block);
        if value.is_scalar() {
            let value = value.tokens;
            return quote!(#variable[(#row, #col)] = #value;);
        }
        let (rows, cols) = (self.generic_dim(g.shape(block).rows), self.generic_dim(g.shape(block).cols));
        let view = quote!(#variable.generic_view_mut((#row, #col), (#rows, #cols)));
        if let Some(constant) = g.constant_value(block) {
            let constant = self.paths.literal(constant);
            return quote!(#view.fill(#constant););
        }
        let value = value.by_ref();
        quote!(#view.copy_from(#value);)
    }

    /// The statements that make a node of an operand, in the matrix that `out` refers to.
    fn changes_in(&mut self, id: NodeId, operand: usize, out: &Ident) -> Option<TokenStream> {
        let g = self.graph();
        let args = g.args(id).to_vec();
        match g.kind(id) {
            Kind::Lin => {
                let terms = g.terms(id).into_iter().enumerate().filter(|(i, _)| *i != operand);
                Some(terms.map(|(_, (c, term))| self.term_added(id, c, term, out)).collect())
            }
            Kind::Scale => {
                let factor = self.factor(args[0]).tokens;
                Some(quote!(*#out *= #factor;))
            }
            Kind::Hadamard => {
                let other = self.code(args[1 - operand]).by_ref();
                Some(quote!(#out.component_mul_assign(#other);))
            }
            _ => {
                let entry = self.local("entry", std::slice::from_ref(out));
                let (others, entries, body) = self.kernel_beside(id, Some((args[operand], &entry)));
                let others: Vec<TokenStream> = others.iter().map(Code::by_ref).collect();
                match &others[..] {
                    [] => Some(quote!(#out.apply(|#entry| *#entry = #body);)),
                    [a] => Some(quote!(#out.zip_apply(#a, |#entry, #(#entries),*| *#entry = #body);)),
                    [a, b] => Some(quote!(#out.zip_zip_apply(#a, #b, |#entry, #(#entries),*| *#entry = #body);)),
                    _ => None,
                }
            }
        }
    }

    /// `out += c A`, blocks where they belong.
    pub(super) fn term_added(&mut self, id: NodeId, c: f64, term: NodeId, out: &Ident) -> TokenStream {
        if self.is_placed(term) { self.added(out, c, term) } else { self.term_in(id, c, term, out) }
    }

    /// What was read of a variable that is about to change, and is written where it is needed, is written down now. `by`: who changes it; `in_place`:
    /// whether under the name that it has.
    fn settle(&mut self, variable: NodeId, by: NodeId, in_place: bool) {
        let g = self.graph();
        let mut stale: HashSet<NodeId> = HashSet::from([variable]);
        let order = self.program.order.clone();
        for id in &order {
            let reads = |a: &NodeId| stale.contains(a);
            let is_stale = *id != variable && self.is_emitted(*id) && self.is_lazy(*id) && self.reads(*id).iter().any(reads);
            if is_stale {
                stale.insert(*id);
            }
        }
        stale.remove(&variable);
        let in_time = in_place && g.kind(by) == Kind::Update && g.is_scalar(g.args(by)[1]);
        let waits = |emitter: &Self, id: NodeId| {
            let late = |user: &NodeId| !(emitter.is_emitted(*user) || in_time && *user == by);
            self.program.roots.contains(&id) || order.iter().any(|user| late(user) && emitter.reads(*user).contains(&id))
        };
        let waiting: Vec<NodeId> = order.iter().copied().filter(|id| stale.contains(id) && waits(self, *id)).collect();
        for id in waiting {
            self.written_down(id, &stale);
        }
    }

    /// A variable of its own for what is written where it is needed. A block in zeros stays one.
    fn written_down(&mut self, id: NodeId, stale: &HashSet<NodeId>) {
        let g = self.graph();
        if !self.is_emitted(id) || !self.is_lazy(id) {
            return;
        }
        if g.kind(id) == Kind::Place && self.program.uses.get(&id) == Some(&1) {
            for a in g.args(id).iter().filter(|a| stale.contains(a)) {
                self.written_down(*a, stale);
            }
            let code = self.computed_now(id);
            self.set_code(id, code);
            return;
        }
        let code = self.code(id);
        let form = if code.is_scalar() { Form::Scalar } else { Form::Temporary };
        let owned = Code { tokens: code.owned(), form, binding: code.binding };
        let bound = self.bind(id, &owned);
        self.set_code(id, bound);
    }

    /// Whether the code of a node reads others wherever it stands.
    fn is_lazy(&self, id: NodeId) -> bool {
        let kind = self.graph().kind(id);
        if matches!(kind, Kind::Loop | Kind::Branch | Kind::Const) || self.own.contains_key(&id) {
            return false;
        }
        !self.is_bound(id) || matches!(self.code(id).form, Form::View | Form::Reference)
    }

    fn reads(&self, id: NodeId) -> Vec<NodeId> {
        let g = self.graph();
        operands(g, id).into_iter().chain(g.args(id).iter().copied()).collect()
    }
}
