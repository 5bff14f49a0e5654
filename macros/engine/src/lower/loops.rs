//! `for` loops over active values.

use std::collections::HashSet;

use proc_macro2::{Ident, Span};
use quote::{ToTokens, quote};
use syn::spanned::Spanned;
use syn::visit::{self, Visit};

use super::body::pattern_names;
use super::changed::{APPLIES, MUTATORS, assigns, borrowed_mutably, root};
use super::exits::without_continue;
use super::items::Items;
use super::lanes::{Batched, Effect, Lane, Lanes};
use super::stops::{Turns, stop};
use super::value::{Binding, Integer};
use super::wrapped::Repeated;
use super::{Lowerer, Opaque, Refusal, Value};
use crate::ir::{Attr, Block, Dim, Index, Shape, Source};

impl Lowerer<'_> {
    /// A loop that changes active variables.
    pub(super) fn for_loop(&mut self, e: &syn::ExprForLoop) -> Result<(), Refusal> {
        if let Some(label) = &e.label {
            return Err(self.fence().loop_form(label.span(), "a labelled loop"));
        }
        self.refuse_in_maps(e.for_token.span())?;
        let e = &syn::ExprForLoop { body: without_continue(&e.body), ..e.clone() };
        if let Some(items) = listed_items(&e.expr) {
            return self.unrolled(e, items);
        }
        if let Some(inside) = self.filtered(e)? {
            return self.for_loop(&inside);
        }
        if e.body.stmts.iter().any(|s| stop(s).is_some()) {
            let items = self.items(&e.expr)?;
            return self.counted(Some(&items), None, Some(&e.pat), &e.body, e.for_token.span());
        }
        if let Some((span, word)) = jump(&e.body) {
            return Err(self.fence().loop_form(span, word));
        }
        // first for all iterations at once; what has no such form stays a loop
        let before = self.clone();
        match self.raised(e) {
            Ok(()) => Ok(()),
            Err(_) => {
                *self = before;
                self.stays(e)
            }
        }
    }

    /// A loop over an array that is written out: its body, again and again.
    fn unrolled(&mut self, e: &syn::ExprForLoop, items: (Vec<syn::Expr>, bool)) -> Result<(), Refusal> {
        if let Some((span, word)) = jump(&e.body) {
            return Err(self.fence().loop_form(span, word));
        }
        let (pattern, statements, span) = (&e.pat, &e.body.stmts, e.for_token.span());
        let (reference, items) = (items.1.then(|| quote!(&)), items.0);
        // all are evaluated before the first iteration; a block for each
        let names: Vec<Ident> = items.iter().map(|_| self.prologue.fresh("item")).collect();
        let block: syn::Block = syn::parse_quote_spanned!(span=> { #(let #names = #items;)* });
        self.scopes.push(std::collections::HashMap::new());
        let read = block.stmts.iter().try_for_each(|statement| self.statement(statement));
        let read = names.iter().fold(read, |read, name| {
            read?;
            let block: syn::Block = syn::parse_quote_spanned!(span=> {
                let #pattern = #reference #name;
                #(#statements)*
            });
            self.block(&block).map(|_| ())
        });
        self.scopes.pop();
        read
    }

    /// A loop over some of the items, as one over all of them.
    fn filtered(&mut self, e: &syn::ExprForLoop) -> Result<Option<syn::ExprForLoop>, Refusal> {
        let syn::Expr::MethodCall(call) = super::operators::bare(&e.expr) else { return Ok(None) };
        let span = call.method.span();
        let (inner, condition) = match (call.method == "filter", call.args.first().map(super::operators::bare)) {
            (true, Some(syn::Expr::Closure(closure))) if closure.inputs.len() == 1 => (&call.receiver, closure),
            (true, _) => return Err(self.fence().loop_form(span, "`filter` of an iterator with anything but a closure")),
            (false, _) => return Ok(None),
        };
        let (pattern, body, label) = (&e.pat, &e.body, &e.label);
        let (looked, holds) = (&condition.inputs[0], &condition.body);
        let item = self.prologue.fresh("item");
        Ok(Some(syn::parse_quote_spanned! {span=>
            #label for #item in #inner {
                let #looked = &#item;
                if #holds {
                    let #pattern = #item;
                    #body
                }
            }
        }))
    }

    /// `items.for_each(|item| …)`
    pub(super) fn for_each(&mut self, e: &syn::ExprMethodCall) -> Result<(), Refusal> {
        match e.args.first().map(super::operators::bare) {
            Some(syn::Expr::Closure(closure)) if e.args.len() == 1 && closure.inputs.len() == 1 => {
                let (items, pattern, body) = (&e.receiver, &closure.inputs[0], &closure.body);
                self.for_loop(&syn::parse_quote_spanned!(e.method.span()=> for #pattern in #items { #body; }))
            }
            _ => Err(self.fence().loop_form(e.method.span(), "`for_each` with anything but a closure")),
        }
    }

    /// A loop that is a form of matrices.
    fn raised(&mut self, e: &syn::ExprForLoop) -> Result<(), Refusal> {
        let (items, changed, span) = (self.items(&e.expr)?, self.changed_wholes(changed_by_loop(e)), e.for_token.span());
        self.lane(
            &items,
            changed,
            false,
            |cx, value| {
                cx.loop_variable(&e.pat, value)?;
                // a list that is read while it grows is carried
                if cx.open_lists(&e.body, span)? > 0 {
                    return Err(cx.fence().no_matrix_form(span));
                }
                for statement in &e.body.stmts {
                    cx.statement(statement)?;
                }
                Ok(())
            },
            |cx, lane, ()| {
                cx.leave_loop(lane, span)?;
                cx.leave_pushes(lane)
            },
        )
    }

    /// A loop that stays one.
    fn stays(&mut self, e: &syn::ExprForLoop) -> Result<(), Refusal> {
        let (items, changed, span) = (self.items(&e.expr)?, self.changed_wholes(changed_by_loop(e)), e.for_token.span());
        let backward = items.turns();
        self.lane(
            &items,
            changed.clone(),
            true,
            |cx, value| {
                cx.loop_variable(&e.pat, value)?;
                let grown = cx.open_lists(&e.body, span)?;
                if grown > 0 && backward {
                    return Err(cx.fence().loop_form(span, "a list that grows in a loop that goes backwards"));
                }
                let holes = cx.open_holes(&changed, span)?;
                for statement in &e.body.stmts {
                    cx.statement(statement)?;
                }
                cx.close_lists(grown);
                Ok(holes)
            },
            |cx, lane, holes| cx.leave_region(lane, holes, backward, span),
        )
    }

    /// In a closure of `map`, where numbers stand for those of all entries, nothing goes through anything.
    pub(super) fn refuse_in_maps(&mut self, span: proc_macro2::Span) -> Result<(), Refusal> {
        if self.maps == 0 {
            self.repeats = span;
            return Ok(());
        }
        Err(self.fence().loop_form(span, "a loop or an iterator in a closure that runs once an entry"))
    }

    /// Read something once for all items: `enter` gets the item, `leave` what it gave and the lane.
    pub(super) fn lane<T, R>(
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
    pub(super) fn lane_of<T, R>(
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
        self.scopes.push(std::collections::HashMap::new());
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
        // an index is of one type, whatever else it is used for
        let indexes = |node: &crate::ir::Node| matches!(&node.op.attr, Attr::Block(at) if [&at.row, &at.col].iter().any(|i| i.code == Some(code)));
        let first = match &item {
            Some(item) if self.graph.nodes()[nodes..].iter().any(indexes) => {
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

    /// The variable of a loop: of integers a variable of the companions, too, of anything else a value.
    pub(super) fn loop_variable(&mut self, pattern: &syn::Pat, value: Value) -> Result<(), Refusal> {
        let value = match (pattern, value) {
            (syn::Pat::Ident(name), Value::Int(n)) if name.by_ref.is_none() && name.subpat.is_none() => {
                self.integer_variable(&name.ident, n);
                return Ok(());
            }
            (pattern, Value::Given(code, ty)) => {
                self.given_variable(pattern, &code, &ty);
                return Ok(());
            }
            (syn::Pat::Tuple(tuple), Value::Tuple(values)) if tuple.elems.len() == values.len() => {
                return tuple.elems.iter().zip(values).try_for_each(|(p, v)| self.loop_variable(p, v));
            }
            (_, value) => value,
        };
        let active = self.is_active(&value);
        self.bind_pattern(pattern, value, active)
    }

    fn integer_variable(&mut self, name: &Ident, n: Integer) {
        let (code, text) = (&n.code, name.to_string());
        self.prologue.carry(quote!(let #name = #code;), std::slice::from_ref(&text), true);
        let variable = Some(self.prologue.declare(&text, true));
        let value = Value::Int(Integer { code: name.to_token_stream(), ..n });
        self.bind(&text, Binding { variable, ..Binding::derived(value, false) });
    }

    /// What a loop did to the variables around it.
    fn leave_loop(&mut self, lane: &mut Lane, span: proc_macro2::Span) -> Result<(), Refusal> {
        let effects = std::mem::take(&mut lane.effects);
        for (i, effect) in effects.iter().enumerate() {
            let others = effects.iter().enumerate().filter(|(j, other)| *j != i && other.name == effect.name);
            if !effect.adds && others.count() > 0 {
                return Err(self
                    .fence()
                    .loop_form(effect.span, "a second change of a variable that is assigned to in the same loop"));
            }
        }
        for (name, block) in std::mem::take(&mut lane.reads) {
            let own =
                |effect: &&Effect| effect.name == name && !effect.adds && effect.at.as_ref().is_some_and(|(at, _)| *at == block);
            if !effects.iter().any(|effect| own(&effect)) || effects.iter().any(|effect| effect.name == name && !own(&effect)) {
                return Err(self.fence().carried(&name, span));
            }
        }
        let mut seen = Batched::new(self, lane);
        for effect in effects {
            let span = effect.span;
            let Some(whole) = self.over_all(lane, &mut seen, effect) else {
                return Err(self.fence().no_matrix_form(span));
            };
            self.effect_on(whole)?;
        }
        Ok(())
    }

    /// A change that a loop makes for each `k`, as one.
    fn over_all(&mut self, lane: &mut Lane, seen: &mut Batched, effect: Effect) -> Option<Effect> {
        let (row, col) = match &effect.at {
            Some((block, _)) => (self.moves(lane, seen, &block.row)?, self.moves(lane, seen, &block.col)?),
            None => (None, None),
        };
        match (row, col, &effect.at) {
            (None, None, _) if effect.adds => {
                let value = self.sum_over(lane, seen, effect.value)?;
                Some(Effect { value, ..effect })
            }
            // assigned to again and again
            (None, None, _) => None,
            (row, col, Some((block, shape))) => {
                let (value, block, shape) = self.spread_block(lane, seen, &effect, (row, col), block, *shape)?;
                Some(Effect { value, at: Some((block, shape)), ..effect })
            }
            _ => None,
        }
    }

    /// Where a position begins if it moves with `k`; none inside if it does not, none outside if it moves in another way.
    #[allow(clippy::option_option, reason = "both are said above")]
    fn moves(&self, lane: &Lane, seen: &Batched, index: &Index) -> Option<Option<Index>> {
        self.lane_position(lane, seen.names(), index).ok()
    }

    /// The block that all `k` fill together, and its entries.
    fn spread_block(
        &mut self,
        lane: &mut Lane,
        seen: &mut Batched,
        effect: &Effect,
        (row, col): (Option<Index>, Option<Index>),
        block: &Block,
        shape: Shape,
    ) -> Option<(crate::ir::NodeId, Block, Shape)> {
        let lanes = self.batch(lane, seen, effect.value)?;
        let lanes = match lanes {
            Lanes::Same(a) => {
                let all = super::lanes::all(&mut self.graph, lane.len, lanes);
                if self.shape(a).is_scalar() {
                    Lanes::Scalar(all)
                } else if shape.rows == Dim::ONE {
                    Lanes::Row(all)
                } else {
                    Lanes::Column(all)
                }
            }
            other => other,
        };
        match (row, col, lanes) {
            (Some(row), None, Lanes::Scalar(all) | Lanes::Row(all)) if shape.rows == Dim::ONE => {
                let block = Block { row, col: block.col.clone() };
                Some((all, block, Shape::new(lane.len, shape.cols)))
            }
            (None, Some(col), Lanes::Scalar(all) | Lanes::Column(all)) if shape.cols == Dim::ONE => {
                let turned = self.graph.transpose(all);
                let block = Block { row: block.row.clone(), col };
                Some((turned, block, Shape::new(shape.rows, lane.len)))
            }
            // the diagonal: what is off it stays
            (Some(row), Some(col), Lanes::Scalar(all)) if effect.adds => {
                let square = self.graph.unary(crate::ir::Kind::DiagMat, all);
                Some((square, Block { row, col }, Shape::new(lane.len, lane.len)))
            }
            _ => None,
        }
    }
}

/// The variables from around a block that it changes.
pub(super) fn changed_in(body: &syn::Block) -> HashSet<String> {
    changed_by(&syn::Expr::Block(syn::ExprBlock { attrs: Vec::new(), label: None, block: body.clone() }))
}

/// The variables from around a loop that it changes.
fn changed_by_loop(e: &syn::ExprForLoop) -> HashSet<String> {
    let mut changed = changed_in(&e.body);
    changed.extend(borrowed_mutably(&e.expr).into_iter().map(|name| name.to_string()));
    changed
}

/// The variables from around an expression that it changes.
pub(super) fn changed_by(e: &syn::Expr) -> HashSet<String> {
    struct Changes(HashSet<String>, HashSet<String>);
    impl Changes {
        fn change(&mut self, place: &syn::Expr) {
            self.0.extend(root(place).map(ToString::to_string));
        }
    }
    impl Visit<'_> for Changes {
        fn visit_expr_assign(&mut self, e: &syn::ExprAssign) {
            self.change(&e.left);
            visit::visit_expr_assign(self, e);
        }
        fn visit_expr_binary(&mut self, e: &syn::ExprBinary) {
            if assigns(e.op) {
                self.change(&e.left);
            }
            visit::visit_expr_binary(self, e);
        }
        fn visit_expr_method_call(&mut self, e: &syn::ExprMethodCall) {
            if MUTATORS.iter().chain(APPLIES).any(|m| e.method == m) {
                self.change(&e.receiver);
            }
            visit::visit_expr_method_call(self, e);
        }
        fn visit_expr_for_loop(&mut self, e: &syn::ExprForLoop) {
            self.0.extend(borrowed_mutably(&e.expr).into_iter().map(|name| name.to_string()));
            visit::visit_expr_for_loop(self, e);
        }
        fn visit_local(&mut self, local: &syn::Local) {
            // what borrows it may change it
            self.0.extend(local.init.iter().flat_map(|init| borrowed_mutably(&init.expr)).map(|name| name.to_string()));
            self.1.extend(pattern_names(&local.pat).iter().map(ToString::to_string));
            visit::visit_local(self, local);
        }
    }
    let mut changes = Changes(HashSet::new(), HashSet::new());
    changes.visit_expr(e);
    changes.0
}

/// The items of an array that is written out, and whether the loop goes through references to them.
fn listed_items(e: &syn::Expr) -> Option<(Vec<syn::Expr>, bool)> {
    /// More would be a lot of code.
    const ITEMS: usize = 16;
    match super::operators::bare(e) {
        syn::Expr::Array(array) if array.elems.len() <= ITEMS => Some((array.elems.iter().cloned().collect(), false)),
        syn::Expr::Reference(e) if e.mutability.is_none() => listed_items(&e.expr).map(|(items, _)| (items, true)),
        syn::Expr::MethodCall(e) if e.method == "iter" && e.args.is_empty() => {
            listed_items(&e.receiver).map(|(items, _)| (items, true))
        }
        syn::Expr::MethodCall(e) if e.method == "into_iter" && e.args.is_empty() => listed_items(&e.receiver),
        _ => None,
    }
}

/// `a + b` for `a += b`.
pub(super) fn operated(e: &syn::ExprBinary) -> syn::Expr {
    use syn::BinOp::{AddAssign, DivAssign, MulAssign, SubAssign};
    let (a, b) = (&e.left, &e.right);
    match e.op {
        AddAssign(_) => syn::parse_quote!(#a + (#b)),
        SubAssign(_) => syn::parse_quote!(#a - (#b)),
        MulAssign(_) => syn::parse_quote!(#a * (#b)),
        DivAssign(_) => syn::parse_quote!(#a / (#b)),
        _ => syn::Expr::Binary(e.clone()),
    }
}

/// A statement that leaves an iteration early.
pub(super) fn jump(body: &syn::Block) -> Option<(proc_macro2::Span, &'static str)> {
    /// What was found, and how many loops there are in between: these have their own `continue`.
    struct Jumps(Option<(proc_macro2::Span, &'static str)>, usize);
    impl Visit<'_> for Jumps {
        fn visit_expr(&mut self, e: &syn::Expr) {
            match e {
                syn::Expr::ForLoop(_) | syn::Expr::While(_) | syn::Expr::Loop(_) => {
                    self.1 += 1;
                    visit::visit_expr(self, e);
                    self.1 -= 1;
                }
                syn::Expr::Continue(e) if self.1 > 0 && e.label.is_none() => {}
                syn::Expr::Break(e) if self.1 > 0 && e.label.is_none() => {}
                syn::Expr::Continue(e) => {
                    self.0 = self.0.or(Some((e.continue_token.span(), "`continue` in a loop over active values")));
                }
                syn::Expr::Break(e) => self.0 = self.0.or(Some((e.break_token.span(), "`break` in a loop over active values"))),
                syn::Expr::Return(e) => {
                    self.0 = self.0.or(Some((e.return_token.span(), "`return` in a loop over active values")));
                }
                syn::Expr::Closure(_) => {}
                _ => visit::visit_expr(self, e),
            }
        }
    }
    let mut jumps = Jumps(None, 0);
    jumps.visit_block(body);
    jumps.0
}
