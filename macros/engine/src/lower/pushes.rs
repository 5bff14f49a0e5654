//! Lists that grow: `list.push(x)`.
//!
//! What a loop pushes once in each iteration is collected. Where the loop reads the list as well, it has its whole length from the
//! beginning, and the next item is written behind those that are there.

use proc_macro2::{Ident, Span};
use quote::quote;
use syn::spanned::Spanned;
use syn::visit::{self, Visit};

use super::changed::root;
use super::jumps::Own;
use super::lanes::{Effect, Lane, Lanes};
use super::operators::bare;
use super::regions::Hole;
use super::value::{Binding, Integer, Lasts};
use super::{Lowerer, Refusal, Value};
use crate::ir::{Attr, Block, Dim, Index, Kind, NodeId, Shape, Source};
use crate::parse::Element;

/// What a loop pushes to a list in each iteration.
#[derive(Clone, Debug)]
pub(super) struct Pushed {
    name: String,
    value: Value,
    span: Span,
}

/// A list that a loop reads while it grows.
#[derive(Clone, Debug)]
pub(super) struct Growing {
    name: String,
    /// The scope that it is bound in: another list of this name is another.
    scope: usize,
    /// How many items it has so far.
    len: Length,
    pushed: bool,
}

#[derive(Clone, Debug)]
enum Length {
    /// What the number of the iteration tells.
    Told(Integer),
    /// What a variable of ours counts.
    Counted(Ident),
}

/// A list whose pushes are counted: its name, what counts them, and its length in the end.
pub(super) struct Counted {
    counter: Ident,
    total: Dim,
}

impl Lowerer<'_> {
    /// `list.push(x)`
    pub(super) fn push(&mut self, call: &syn::ExprMethodCall, name: &str) -> Result<(), Refusal> {
        let span = call.method.span();
        let [item] = &call.args.iter().collect::<Vec<_>>()[..] else { return Err(self.fence().assigned(span, name)) };
        let value = self.expression(item).and_then(|value| self.number(value))?;
        if let Some(i) = self.growing.iter().rposition(|g| g.name == name && g.scope == self.scope_of(name)) {
            let Value::Scalar(value) = value else { return Err(self.fence().expected("a scalar", item, &value)) };
            let (at, counter) = match self.growing[i].len.clone() {
                Length::Told(_) if std::mem::replace(&mut self.growing[i].pushed, true) => {
                    return Err(self.fence().loop_form(span, "a second `push` to a list that the loop reads"));
                }
                Length::Told(len) => (len.known.unwrap_or_default(), None),
                Length::Counted(counter) => (self.index(&syn::parse_quote!(#counter))?, Some(counter)),
            };
            let at = Some((Block { row: at, col: Index::default() }, Shape::SCALAR));
            self.effect_on(Effect { name: name.to_owned(), at, adds: false, value, span })?;
            return match counter {
                Some(counter) => self.statement(&syn::parse_quote!(#counter += 1;)),
                None => Ok(()),
            };
        }
        let scope = self.scope_of(name);
        let outer = self.lanes.len().checked_sub(2).and_then(|i| self.lanes.get(i));
        if outer.is_some_and(|lane| scope < lane.scope) {
            return Err(self.fence().loop_form(span, "a `push` in a loop within a loop"));
        }
        match self.lanes.last_mut() {
            Some(lane) if scope < lane.scope => {
                if lane.pushed.iter().any(|p| p.name == name) {
                    return Err(self.fence().loop_form(span, "a second `push` to one list in a loop"));
                }
                lane.pushed.push(Pushed { name: name.to_owned(), value, span });
                Ok(())
            }
            _ => {
                let list = self.lookup(name).map_or(Value::Unit, |b| b.value.clone());
                let longer = match list {
                    Value::Tuple(mut values) => {
                        values.push(value);
                        Value::Tuple(values)
                    }
                    Value::List(..) => {
                        let one = self.as_list(&Value::Tuple(vec![value]));
                        self.appended(&list, one, name, span)?
                    }
                    _ => return Err(self.fence().assigned(span, name)),
                };
                self.set(name, longer);
                Ok(())
            }
        }
    }

    /// One list after another.
    fn appended(&mut self, list: &Value, more: Option<(NodeId, Element)>, name: &str, span: Span) -> Result<Value, Refusal> {
        let Some((more, element)) = more else { return Err(self.fence().assigned(span, name)) };
        let first = match list {
            Value::Tuple(values) if values.is_empty() => return Ok(Value::List(more, element)),
            other => self.as_list(other).filter(|first| first.1 == element).map(|first| first.0),
        };
        let Some(first) = first else { return Err(self.fence().assigned(span, name)) };
        let (parts, width) = match element {
            Element::Number => (vec![self.column_of(first), self.column_of(more)], 1),
            Element::Array | Element::Vector => (vec![first, more], 2),
        };
        match self.graph.try_make(Kind::Stack, Attr::Grid(width), &parts) {
            Ok(all) => Ok(Value::List(all, element)),
            Err(_) => Err(self.fence().assigned(span, name)),
        }
    }

    /// What a loop pushed, for all iterations at once.
    pub(super) fn leave_pushes(&mut self, lane: &mut Lane) -> Result<(), Refusal> {
        for pushed in std::mem::take(&mut lane.pushed) {
            let (value, element) = self.pushed_item(&pushed)?;
            let (all, element) = match self.all_values(lane, &value, pushed.span)? {
                Lanes::Scalar(all) => (all, Element::Number),
                Lanes::Column(all) => (self.graph.transpose(all), element),
                _ => return Err(self.fence().loop_form(pushed.span, "a `push` of rows")),
            };
            self.append(&pushed, (all, element))?;
        }
        Ok(())
    }

    /// Lists of zeros, to each of which a loop that stays one adds an item in each iteration: as variables that it changes.
    pub(super) fn pushes_as_holes(&mut self, lane: &mut Lane) -> Result<Vec<(Pushed, Hole)>, Refusal> {
        let mut holes = Vec::new();
        for pushed in std::mem::take(&mut lane.pushed) {
            let (value, element) = self.pushed_item(&pushed)?;
            let Some(item) = value.node() else { return Err(self.fence().assigned(pushed.span, &pushed.name)) };
            let at = Index { code: Some(lane.index), ..Index::default() };
            let shape = self.shape(item);
            let (element, whole, block) = if shape.is_scalar() {
                (Element::Number, Shape::column(lane.len), Block { row: at, col: Index::default() })
            } else if shape.is_column() {
                (element, Shape::new(shape.rows, lane.len), Block { row: Index::default(), col: at })
            } else {
                return Err(self.fence().loop_form(pushed.span, "a `push` of what is no number, vector or array of numbers"));
            };
            let zero = self.graph.filled(0.0, whole);
            let leaf = self.hole(zero);
            let placed = self.graph.make_shaped(Kind::Place, Attr::Block(block), &[item], whole);
            let next = self.graph.add(leaf, placed);
            let name = self.prologue.fresh("pushed").to_string();
            let list = Value::List(next, element);
            self.bind(&name, Binding { lasts: Lasts::Assigned, ..Binding::derived(list.clone(), true) });
            holes.push((pushed, Hole::of(name, Value::List(zero, element), (zero, leaf))));
        }
        Ok(holes)
    }

    /// What became of these.
    pub(super) fn pushed_all(&mut self, pushed: &[Pushed], names: &[String]) -> Result<(), Refusal> {
        for (pushed, name) in pushed.iter().zip(names) {
            let list = self.lookup(name).map_or(Value::Unit, |b| b.value.clone());
            if let Value::List(all, element) = list {
                self.append(pushed, (all, element))?;
            }
        }
        Ok(())
    }

    fn pushed_item(&mut self, pushed: &Pushed) -> Result<(Value, Element), Refusal> {
        match &pushed.value {
            value @ (Value::Tuple(_) | Value::List(..)) => match self.as_list(value) {
                Some((a, Element::Number)) => Ok((Value::Matrix(self.column_of(a)), Element::Array)),
                _ => Err(self.fence().loop_form(pushed.span, "a `push` of what is no number, vector or array of numbers")),
            },
            value => Ok((value.clone(), Element::Vector)),
        }
    }

    fn append(&mut self, pushed: &Pushed, more: (NodeId, Element)) -> Result<(), Refusal> {
        let list = self.lookup(&pushed.name).map_or(Value::Unit, |b| b.value.clone());
        let longer = self.appended(&list, Some(more), &pushed.name, pushed.span)?;
        self.set(&pushed.name, longer);
        Ok(())
    }

    /// Lists that a body pushes to; where it reads them, too, they get their whole length. How many lists of the second kind there are.
    pub(super) fn open_lists(&mut self, body: &syn::Block, span: Span) -> Result<usize, Refusal> {
        let Some((len, index)) = self.lanes.last().map(|lane| (lane.len, lane.index)) else { return Ok(0) };
        let mut opened = 0;
        for name in pushed_in(body) {
            let growing = |b: &super::Binding| b.active && b.lasts == Lasts::Assigned;
            let Some(list) = self.lookup(&name).filter(|b| growing(b)).map(|b| b.value.clone()) else { continue };
            if !reads(body, &name) || self.is_growing(&name) {
                continue;
            }
            let before = self.items_before(&list, &name, span)?;
            let (from, whole) = match before.map(|a| self.graph.dims.resolve(self.shape(a).rows)) {
                None => (Index::default(), len),
                Some(Dim::Const(n)) => {
                    let whole = match self.graph.dims.resolve(len) {
                        Dim::Const(m) => Dim::Const(n + m),
                        sym @ Dim::Sym(_) => self.graph.dims.derived(Source::Sum(vec![Dim::Const(n), sym])),
                    };
                    (Index::at(n), whole)
                }
                Some(dim) => (Index::default().after(dim), self.graph.dims.derived(Source::Sum(vec![dim, len]))),
            };
            self.lengthened(&name, before, whole);
            let k = self.prologue.opaques[index.0 as usize].code.clone();
            let (base, known) = (from.base, Index { code: Some(index), ..from.clone() });
            let code = match before.and_then(|a| self.size_code(self.shape(a).rows)) {
                Some(size) => quote!((#size + #k)),
                None => quote!((#base + #k)),
            };
            let scope = self.scope_of(&name);
            let len = Length::Told(Integer { known: Some(known), code });
            self.growing.push(Growing { name, scope, len, pushed: false });
            opened += 1;
        }
        Ok(opened)
    }

    fn is_growing(&self, name: &str) -> bool {
        self.growing.iter().any(|g| g.name == name && g.scope == self.scope_of(name))
    }

    /// The column of the items that a list has before a loop.
    fn items_before(&mut self, list: &Value, name: &str, span: Span) -> Result<Option<NodeId>, Refusal> {
        match list {
            Value::Tuple(values) if values.is_empty() => Ok(None),
            other => match self.as_list(other) {
                Some((a, Element::Number)) => Ok(Some(self.column_of(a))),
                _ => Err(self.fence().carried(name, span)),
            },
        }
    }

    /// A list gets its whole length, zeros behind what it has.
    fn lengthened(&mut self, name: &str, before: Option<NodeId>, whole: Dim) {
        let all = match before {
            None => self.graph.filled(0.0, Shape::column(whole)),
            Some(a) => {
                let block = Block { row: Index::default(), col: Index::default() };
                self.graph.make_shaped(Kind::Place, Attr::Block(block), &[a], Shape::column(whole))
            }
        };
        self.set(name, Value::List(all, Element::Number));
    }

    /// Lists that a loop pushes to now and then, or in loops inside: how often, the inactive code counts, and it runs first.
    pub(super) fn open_counted(&mut self, body: &syn::Block, span: Span) -> Result<Vec<Counted>, Refusal> {
        let mut opened = Vec::new();
        for name in pushed_now_and_then(body) {
            let growing = |b: &super::Binding| b.active && b.lasts == Lasts::Assigned;
            let Some(list) = self.lookup(&name).filter(|b| growing(b)).map(|b| b.value.clone()) else { continue };
            if self.is_growing(&name) || !matches!(list, Value::Tuple(_) | Value::List(..)) {
                continue;
            }
            let before = self.items_before(&list, &name, span)?;
            let size = match before.map(|a| self.shape(a).rows) {
                None => Some(quote!(0)),
                Some(dim) => self.size_code(dim),
            };
            let Some(size) = size else { return Err(self.fence().carried(&name, span)) };
            let (counter, usize) = (self.free_name("pushed"), self.input.signature.primitive("usize"));
            let text = counter.to_string();
            self.flags.push((text.clone(), Own::Pushed));
            self.prologue.carry(quote!(let mut #counter: #usize = #size;), std::slice::from_ref(&text), false);
            let variable = self.prologue.declare(&text, true);
            let code = Value::Int(Integer::code(quote!(#counter)));
            self.bind(&text, Binding { lasts: Lasts::Assigned, ..Binding::carried(code, variable) });
            let total = self.graph.dims.dynamic();
            self.lengthened(&name, before, total);
            let scope = self.scope_of(&name);
            self.growing.push(Growing { name, scope, len: Length::Counted(counter.clone()), pushed: false });
            opened.push(Counted { counter, total });
        }
        Ok(opened)
    }

    /// These lists have their length.
    pub(super) fn close_counted(&mut self, opened: Vec<Counted>) -> Result<(), Refusal> {
        self.close_lists(opened.len());
        for Counted { counter, total } in opened {
            let e: syn::Expr = syn::parse_quote!(#counter);
            let n = self.integer_expression(&e)?;
            let code = self.carried_integer(&e, &n)?;
            self.graph.dims.add_source(total, Source::Code(code));
        }
        Ok(())
    }

    /// The last so many lists have their length.
    pub(super) fn close_lists(&mut self, opened: usize) {
        self.growing.truncate(self.growing.len().saturating_sub(opened));
    }

    /// The items that a list has so far, of one that has its whole length from the beginning.
    pub(super) fn so_far(&mut self, path: &syn::ExprPath, value: Value) -> Result<Value, Refusal> {
        let e = syn::Expr::Path(path.clone());
        let (Value::List(all, element), Some(len)) = (&value, self.growing_len(&e)) else { return Ok(value) };
        let (all, element) = (*all, *element);
        let len = self.size_of_integer(&e, &len)?;
        Ok(Value::List(self.block_of(all, Index::default(), Index::default(), |_| Shape::column(len)), element))
    }

    /// A list that has its whole length from the beginning is not changed as a whole.
    pub(super) fn refuse_growing(&self, e: &syn::Expr) -> Result<(), Refusal> {
        match bare(e) {
            syn::Expr::Path(path) if path.path.get_ident().is_some_and(|name| self.is_growing(&name.to_string())) => {
                Err(self.fence().choice(
                    path.span(),
                    "a change of all items of a list in the loop that pushes to it",
                    "change items by their index, or all of them after the loop",
                ))
            }
            _ => Ok(()),
        }
    }

    /// How many items a list has that grows while it is read.
    pub(super) fn growing_len(&mut self, e: &syn::Expr) -> Option<Integer> {
        let name = root(e).filter(|_| matches!(bare(e), syn::Expr::Path(_)))?;
        let scope = self.scope_of(&name.to_string());
        let growing = self.growing.iter().rfind(|g| *name == g.name && g.scope == scope)?;
        let len = match &growing.len {
            Length::Counted(counter) => {
                let counter: syn::Expr = syn::parse_quote!(#counter);
                let at = self.index(&counter).ok()?;
                let code = self.prologue.opaques[at.code?.0 as usize].code.clone();
                return Some(Integer { known: Some(at), code });
            }
            Length::Told(len) if !growing.pushed => return Some(len.clone()),
            Length::Told(len) => len,
        };
        let known = len.known.clone().map(|index| Index { base: index.base + 1, ..index });
        let code = &len.code;
        Some(Integer { known, code: quote!((#code + 1)) })
    }
}

/// `Vec::new()` and its kin, for what is differentiated.
pub(super) fn empty_list(e: &syn::Expr) -> Option<Value> {
    let empty = match bare(e) {
        syn::Expr::Call(call) => match &*call.func {
            syn::Expr::Path(path) => {
                let names: Vec<String> = path.path.segments.iter().rev().take(2).map(|s| s.ident.to_string()).collect();
                matches!((&names[..], call.args.len()), ([new, vec], 0) if new == "new" && vec == "Vec")
                    || matches!((&names[..], call.args.len()), ([new, vec], 1) if new == "with_capacity" && vec == "Vec")
            }
            _ => false,
        },
        syn::Expr::Macro(e) => e.mac.path.is_ident("vec") && e.mac.tokens.is_empty(),
        _ => false,
    };
    empty.then(|| Value::Tuple(Vec::new()))
}

/// The lists that a body pushes to, once in each iteration.
fn pushed_in(body: &syn::Block) -> Vec<String> {
    let pushes = body.stmts.iter().filter_map(|statement| match statement {
        syn::Stmt::Expr(syn::Expr::MethodCall(call), _) if call.method == "push" => root(&call.receiver).map(ToString::to_string),
        _ => None,
    });
    pushes.collect()
}

/// The lists that a body pushes to otherwise than once in each iteration.
fn pushed_now_and_then(body: &syn::Block) -> Vec<String> {
    struct Pushes(Vec<String>);
    impl Visit<'_> for Pushes {
        fn visit_expr_method_call(&mut self, e: &syn::ExprMethodCall) {
            if e.method == "push" {
                self.0.extend(root(&e.receiver).map(ToString::to_string));
            }
            visit::visit_expr_method_call(self, e);
        }
    }
    let mut all = Pushes(Vec::new());
    all.visit_block(body);
    let (mut all, once) = (all.0, pushed_in(body));
    all.sort();
    let mut names = all.clone();
    names.dedup();
    names.retain(|name| all.iter().filter(|other| *other == name).count() > 1 || !once.contains(name));
    names
}

/// Whether a body does more with a list than to push to it.
fn reads(body: &syn::Block, name: &str) -> bool {
    struct Reads<'a>(&'a str, bool);
    impl Visit<'_> for Reads<'_> {
        fn visit_expr_method_call(&mut self, e: &syn::ExprMethodCall) {
            if e.method == "push" && matches!(bare(&e.receiver), syn::Expr::Path(path) if path.path.is_ident(self.0)) {
                e.args.iter().for_each(|argument| self.visit_expr(argument));
            } else {
                visit::visit_expr_method_call(self, e);
            }
        }
        fn visit_expr_path(&mut self, e: &syn::ExprPath) {
            self.1 |= e.path.is_ident(self.0);
        }
        fn visit_macro(&mut self, mac: &syn::Macro) {
            self.1 |= super::mentions::mentions(&mac.tokens).iter().any(|m| m.name == self.0);
        }
    }
    let mut search = Reads(name, false);
    search.visit_block(body);
    search.1
}
