//! A body that is read once, with a symbol for the number of the iteration.

use std::collections::{HashMap, HashSet};

use proc_macro2::Span;
use quote::{ToTokens, quote};

use super::{Batched, Lane, Lanes};
use crate::ir::{Index, Source};
use crate::lower::items::Items;
use crate::lower::stops::Turns;
use crate::lower::value::{Binding, Integer};
use crate::lower::wrapped::Repeated;
use crate::lower::{Lowerer, Opaque, Refusal, Value};

impl Lowerer<'_> {
    /// In a closure of `map`, where numbers stand for those of all entries, nothing goes through anything.
    pub(in crate::lower) fn refuse_in_maps(&mut self, span: Span) -> Result<(), Refusal> {
        if self.maps == 0 {
            self.repeats = span;
            return Ok(());
        }
        Err(self.fence().loop_form(span, "a loop or an iterator in a closure that runs once an entry"))
    }

    /// Read something once for all items: `enter` gets the item, `leave` what it gave and the lane.
    pub(in crate::lower) fn lane<T, R>(
        &mut self,
        items: &Items,
        changed: HashSet<String>,
        stays: bool,
        enter: impl FnOnce(&mut Self, Value) -> Result<T, Refusal>,
        leave: impl FnOnce(&mut Self, &mut Lane, T) -> Result<R, Refusal>,
    ) -> Result<R, Refusal> {
        let turns = Turns { items: Some(items), count: None, header: None };
        self.lane_of(&turns, changed, stays, |cx, value| enter(cx, value.unwrap_or(Value::Unit)), leave)
    }

    /// Read something once for all iterations.
    pub(in crate::lower) fn lane_of<T, R>(
        &mut self,
        turns: &Turns<'_>,
        changed: HashSet<String>,
        stays: bool,
        enter: impl FnOnce(&mut Self, Option<Value>) -> Result<T, Refusal>,
        leave: impl FnOnce(&mut Self, &mut Lane, T) -> Result<R, Refusal>,
    ) -> Result<R, Refusal> {
        let items = turns.items;
        let all = items.map(|items| self.items_len(items)).transpose()?;
        let len = match (&turns.count, all) {
            (None, Some(all)) => all,
            (None, None) => return Err(self.fence().loop_form(Span::call_site(), "this loop")),
            (Some(count), _) => {
                let code = self.prologue.opaque(Opaque::code(count.to_token_stream(), "n".to_owned()));
                self.graph.dims.derived(Source::Code(code))
            }
        };
        let (untyped, backward) = (items.and_then(Items::untyped_range), items.is_some_and(Items::turns));
        let index = self.prologue.fresh("k");
        self.prologue.enter();
        let statement = self.prologue.statements.len();
        let variable = self.prologue.declare(&index.to_string(), true);
        let code = self.prologue.opaque(Opaque::code(index.to_token_stream(), self.letter()));
        let item = untyped.map(|_| self.prologue.fresh("item"));
        let names = item.iter().chain([&index]).map(ToString::to_string).collect();
        let nodes = self.graph.nodes().len();
        let (opened, bounds) = (self.prologue.opened.len(), self.prologue.bounds.len());
        self.scopes.push(HashMap::new());
        let number = Integer { known: Some(Index { code: Some(code), ..Index::default() }), code: index.to_token_stream() };
        self.bind(&index.to_string(), Binding::carried(Value::Int(number), variable));
        let lane = Lane {
            index: code,
            item: item.clone(),
            first_item: items.and_then(Items::first_of_range).unwrap_or(0),
            len,
            names,
            scope: self.hidden + self.scopes.len() - 1,
            statement,
            node: nodes,
            changed,
            effects: Vec::new(),
            reads: Vec::new(),
            stays,
            counted: turns.count.is_some(),
            backward,
            pushed: Vec::new(),
            conditions: Vec::new(),
            collected: Vec::new(),
        };
        self.lanes.push(lane);
        let value = items.map(|items| self.nth_item(items, code, &index)).transpose();
        let read = value.and_then(|value| enter(self, value));
        self.scopes.pop();
        let Some(mut lane) = self.lanes.pop() else { return Err(self.fence().loop_form(index.span(), "this loop")) };
        let read = read.and_then(|read| self.nothing_to_check_each_time(&mut lane, opened, bounds).map(|()| read));
        let result = read.and_then(|read| leave(self, &mut lane, read));
        let Some(count) = self.size_code(all.unwrap_or(len)) else {
            self.prologue.leave();
            return Err(self.fence().loop_form(index.span(), "a loop over a number of items that companions cannot tell"));
        };
        let header = match (untyped, &item, &turns.header) {
            (_, _, Some(header)) => header.clone(),
            (Some(range), Some(item), _) if backward => {
                quote!(for (#index, #item) in ::core::iter::Iterator::rev(::core::iter::Iterator::enumerate(#range)))
            }
            (Some(range), Some(item), _) => quote!(for (#index, #item) in ::core::iter::Iterator::enumerate(#range)),
            _ if backward => quote!(for #index in ::core::iter::Iterator::rev(0..#count)),
            _ => quote!(for #index in 0..#count),
        };
        let first = match &item {
            Some(item) if self.is_index(&lane) => {
                let usize = self.input.signature.primitive("usize");
                quote!(let _: #usize = #item;)
            }
            _ if turns.header.is_some() => {
                let count = &turns.count;
                quote!(let #index = #count;)
            }
            _ => quote!(),
        };
        let varying = self.lane_names(&lane);
        self.prologue.leave_loop(
            Repeated { header, index, first, counted: turns.count.clone() },
            &varying,
            std::mem::take(&mut lane.collected),
        );
        result
    }

    /// What formulas call the number of an iteration.
    fn letter(&self) -> String {
        ["k", "j", "i", "h", "l"].get(self.lanes.len()).map_or_else(|| format!("k{}", self.lanes.len()), |k| (*k).to_owned())
    }

    /// What may fail, and bounds that may be out of order, are looked at once: they have to be the same each time.
    fn nothing_to_check_each_time(&mut self, lane: &mut Lane, opened: usize, bounds: usize) -> Result<(), Refusal> {
        let pairs = self.prologue.bounds[bounds..].iter().flat_map(|(a, b)| [*a, *b]);
        let checked: Vec<_> = self.prologue.opened[opened..].iter().copied().chain(pairs).collect();
        let mut seen = Batched::new(self, lane);
        for id in checked {
            if !matches!(self.batch(lane, &mut seen, id), Some(Lanes::Same(_))) {
                let span = self.spans.get(&id).copied().unwrap_or(self.repeats);
                return Err(self
                    .fence()
                    .loop_form(span, "a factorization that may fail, or a `clamp` with other bounds, in each iteration"));
            }
        }
        Ok(())
    }
}
