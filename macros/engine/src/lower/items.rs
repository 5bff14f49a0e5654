//! What a loop or an iterator goes through: how many items there are, and which is item `k`.

use std::collections::HashMap;

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};
use syn::spanned::Spanned;

use super::iterators::is_chain;
use super::operators::bare;
use super::value::{Binding, Integer};
use super::{Lowerer, Refusal, Value};
use crate::ir::{Attr, Block, Dim, Index, Kind, NodeId, OpaqueId, Shape, Source};
use crate::parse::Element;

/// What a loop or an iterator goes through.
#[derive(Clone, Debug)]
pub(super) enum Items {
    /// The entries of a column.
    Entries(NodeId),
    /// The rows of a matrix.
    Rows(NodeId),
    /// The columns of a matrix.
    Columns(NodeId),
    /// The entries of a vector, the rows or the columns of a matrix, the items of a list, to be changed, and how many there are.
    Places(Box<syn::Expr>, Option<&'static str>, Dim),
    /// Those for which a closure says so.
    Filter(Box<Items>, Box<syn::ExprClosure>, HashMap<String, Binding>),
    /// Every so manieth, and how many these are.
    Step(Box<Items>, TokenStream, Dim),
    /// The columns of a matrix, as slices.
    Lists(NodeId),
    /// The stretches of so many entries of a column, each one further than the one before, and how many there are.
    Windows(NodeId, usize, Dim),
    /// `begin..`, so many.
    Range {
        begin: Integer,
        len: Dim,
        /// The range itself, where its bounds do not tell of which integers it is.
        untyped: Option<TokenStream>,
    },
    /// Two side by side, as long as there are both.
    Zip(Box<Items>, Box<Items>),
    /// With their numbers.
    Enumerate(Box<Items>),
    /// What a closure makes of each.
    Map(Box<Items>, Box<syn::ExprClosure>, HashMap<String, Binding>),
    /// The first so many.
    Take(Box<Items>, Dim),
    /// The last first.
    Backward(Box<Items>),
    /// The items of an inactive slice, array or list.
    Given {
        code: TokenStream,
        element: Box<syn::Type>,
        /// Whether an item is a reference.
        by_ref: bool,
        len: Dim,
    },
    /// Without the first so many.
    Skip(Box<Items>, Index, Dim),
}

/// Methods that make an iterator of a matrix.
pub(super) const BEGINS: &[&str] =
    &["iter", "into_iter", "row_iter", "column_iter", "windows", "chunks_exact", "iter_mut", "row_iter_mut", "column_iter_mut"];
/// Methods that make an iterator of an iterator.
const ADAPTERS: &[&str] =
    &["zip", "enumerate", "map", "take", "skip", "copied", "cloned", "by_ref", "iter", "rev", "step_by", "filter"];

impl Lowerer<'_> {
    /// What an expression goes through.
    pub(super) fn items(&mut self, e: &syn::Expr) -> Result<Items, Refusal> {
        match bare(e) {
            syn::Expr::Range(range) => self.range(range),
            syn::Expr::MethodCall(call) if ADAPTERS.iter().chain(BEGINS).any(|n| call.method == n) => self.adapted(call),
            syn::Expr::Reference(inner) if inner.mutability.is_none() => self.items(&inner.expr),
            syn::Expr::Reference(inner) => self.places(&inner.expr, "iter_mut"),
            other => match self.expression(other)? {
                Value::Matrix(a) => Ok(self.entries(a)),
                _ if self.is_given(other) => self.given(other),
                value @ (Value::List(..) | Value::Tuple(_)) => match self.as_list(&value) {
                    Some((a, element)) => Ok(self.list_items(a, element)),
                    None => Err(self.fence().loop_form(other.span(), "going through this beside active values")),
                },
                _ => Err(self.fence().loop_form(other.span(), "going through this beside active values")),
            },
        }
    }

    fn entries(&mut self, a: NodeId) -> Items {
        Items::Entries(self.column_of(a))
    }

    /// What a loop changes one by one.
    fn places(&mut self, of: &syn::Expr, name: &str) -> Result<Items, Refusal> {
        let of = self.fixed_place(of)?;
        self.refuse_growing(&of)?;
        let outer = std::mem::replace(&mut self.quiet, true);
        let whole = self.expression(&of);
        self.quiet = outer;
        let (part, len) = match (whole?, name) {
            (Value::Matrix(a), "row_iter_mut") => (Some("row_mut"), self.shape(a).rows),
            (Value::Matrix(a), "column_iter_mut") => (Some("column_mut"), self.shape(a).cols),
            (Value::Matrix(a), "iter_mut") if self.shape(a).is_row() => (None, self.shape(a).cols),
            (Value::Matrix(a), "iter_mut") if self.shape(a).is_thin() => (None, self.shape(a).rows),
            (Value::List(a, element), "iter_mut") => (None, self.list_len(a, element)),
            _ => return Err(self.fence().loop_form(of.span(), "going through this to change it")),
        };
        Ok(Items::Places(Box::new(of), part, len))
    }

    fn adapted(&mut self, call: &syn::ExprMethodCall) -> Result<Items, Refusal> {
        let name = call.method.to_string();
        let chain = is_chain(&call.receiver);
        let args: Vec<&syn::Expr> = call.args.iter().collect();
        let span = call.method.span();
        let straight = |cx: &Self, items: Items| {
            if items.is_filtered() {
                return Err(cx.fence().loop_form(span, "a step after `filter`, or beside it, that counts,"));
            }
            if items.turns() { Err(cx.fence().loop_form(span, "a step after `rev`, or beside it,")) } else { Ok(items) }
        };
        let keeps = matches!(name.as_str(), "map" | "filter" | "iter" | "into_iter" | "copied" | "cloned" | "by_ref");
        let inner = |cx: &mut Self| {
            let items = cx.items(&call.receiver)?;
            if keeps { Ok(Box::new(items)) } else { straight(cx, items).map(Box::new) }
        };
        Ok(match (name.as_str(), &args[..]) {
            ("copied" | "cloned", []) if chain => match *inner(self)? {
                Items::Given { code, element, len, .. } => Items::Given { code, element, by_ref: false, len },
                other => other,
            },
            ("iter" | "into_iter" | "by_ref", []) if chain => *inner(self)?,
            ("iter" | "into_iter" | "row_iter" | "column_iter", []) => match self.expression(&call.receiver)? {
                Value::Matrix(a) if name == "row_iter" => Items::Rows(a),
                Value::Matrix(a) if name == "column_iter" => Items::Columns(a),
                Value::Matrix(a) => self.entries(a),
                _ if name == "iter" && self.is_given(&call.receiver) => match self.given(&call.receiver)? {
                    Items::Given { code, element, len, .. } => Items::Given { code, element, by_ref: true, len },
                    other => other,
                },
                value @ (Value::List(..) | Value::Tuple(_)) if matches!(name.as_str(), "iter" | "into_iter") => {
                    match self.as_list(&value) {
                        Some((a, element)) => self.list_items(a, element),
                        None => {
                            return Err(self.fence().loop_form(call.receiver.span(), "going through this beside active values"));
                        }
                    }
                }
                _ => return Err(self.fence().loop_form(call.receiver.span(), "going through this beside active values")),
            },
            ("iter_mut" | "row_iter_mut" | "column_iter_mut", []) => self.places(&call.receiver, &name)?,
            ("windows" | "chunks_exact", [_]) => {
                let value = self.expression(&call.receiver)?;
                match self.as_list(&value) {
                    Some((a, element)) => self.pieces(call, a, element)?,
                    None => return Err(self.fence().loop_form(call.receiver.span(), "going through this beside active values")),
                }
            }
            ("zip", [other]) => {
                let (first, second) = (inner(self)?, self.items(other)?);
                Items::Zip(first, Box::new(straight(self, second)?))
            }
            ("rev", []) => Items::Backward(inner(self)?),
            ("step_by", [step]) => {
                let inner = inner(self)?;
                let by = self.said_once(step)?;
                let len = self.items_len(&inner)?;
                let len = match (self.graph.dims.resolve(len), by.constant()) {
                    (Dim::Const(n), Some(by)) if by > 0 => Dim::Const(n.div_ceil(by)),
                    _ => {
                        let Some(code) = self.size_code(len) else {
                            return Err(self.fence().loop_form(step.span(), "`step_by` on something of unknown length"));
                        };
                        let usize = self.input.signature.primitive("usize");
                        let by = &by.code;
                        let n = Integer::code(quote!(#usize::div_ceil(#code, #by)));
                        let code = self.carried_integer(step, &n)?;
                        self.graph.dims.derived(Source::Code(code))
                    }
                };
                let by = self.carriable(&by.code)?;
                Items::Step(inner, by, len)
            }
            ("enumerate", []) => Items::Enumerate(inner(self)?),
            ("take", [n]) => Items::Take(inner(self)?, self.size_of(n)?),
            ("skip", [n]) => {
                let (inner, by) = (inner(self)?, self.index(n)?);
                if by.code.is_some() {
                    return Err(self.fence().loop_form(n.span(), "a number of items to skip that is known at run time only"));
                }
                let len = self.items_len(&inner)?;
                let len = self.shorter(len, &by, n)?;
                Items::Skip(inner, by, len)
            }
            ("filter", [f]) => {
                let inner = inner(self)?;
                match self.expression(f)? {
                    Value::Closure(closure, seen) => Items::Filter(inner, closure, seen),
                    _ => return Err(self.fence().loop_form(f.span(), "`filter` of an iterator with anything but a closure")),
                }
            }
            ("map", [f]) => {
                let inner = inner(self)?;
                match self.expression(f)? {
                    Value::Closure(closure, seen) => Items::Map(inner, closure, seen),
                    _ => return Err(self.fence().loop_form(f.span(), "`map` of an iterator with anything but a closure")),
                }
            }
            _ => return Err(self.fence().loop_form(call.method.span(), "this step of an iterator over active values")),
        })
    }

    /// How many there are.
    pub(super) fn items_len(&mut self, items: &Items) -> Result<Dim, Refusal> {
        Ok(match items {
            Items::Entries(a) | Items::Rows(a) => self.shape(*a).rows,
            Items::Columns(a) | Items::Lists(a) => self.shape(*a).cols,
            Items::Range { len, .. }
            | Items::Given { len, .. }
            | Items::Skip(_, _, len)
            | Items::Windows(_, _, len)
            | Items::Places(_, _, len)
            | Items::Step(_, _, len) => *len,
            Items::Enumerate(inner) | Items::Map(inner, ..) | Items::Filter(inner, ..) | Items::Backward(inner) => {
                self.items_len(inner)?
            }
            Items::Zip(a, b) => {
                let parts = vec![self.items_len(a)?, self.items_len(b)?];
                self.graph.dims.derived(Source::Least(parts))
            }
            Items::Take(inner, n) => {
                let parts = vec![self.items_len(inner)?, *n];
                self.graph.dims.derived(Source::Least(parts))
            }
        })
    }

    /// Item `k`.
    pub(super) fn nth_item(&mut self, items: &Items, k: OpaqueId, name: &Ident) -> Result<Value, Refusal> {
        let at = Index { code: Some(k), ..Index::default() };
        self.item_at(items, &at, &Integer { known: Some(at.clone()), code: quote!(#name) })
    }

    /// Integers under names of ours: the closure's own end with it.
    fn frozen(&mut self, value: Value) -> Value {
        match value {
            Value::Int(n) => {
                let (name, code) = (self.prologue.fresh("integer"), &n.code);
                self.prologue.carry(quote!(let #name = #code;), &[name.to_string()], true);
                Value::Int(Integer { code: name.to_token_stream(), ..n })
            }
            Value::Tuple(values) => Value::Tuple(values.into_iter().map(|v| self.frozen(v)).collect()),
            Value::Struct(of, values) => Value::Struct(of, values.into_iter().map(|v| self.frozen(v)).collect()),
            other => other,
        }
    }

    pub(super) fn item_at(&mut self, items: &Items, at: &Index, k: &Integer) -> Result<Value, Refusal> {
        let block = |row: Index, col: Index| Attr::Block(Block { row, col });
        Ok(match items {
            Items::Entries(a) => {
                self.scalar(|g| g.make_shaped(Kind::Slice, block(at.clone(), Index::default()), &[*a], Shape::SCALAR))
            }
            Items::Rows(a) => {
                let shape = Shape::new(Dim::ONE, self.shape(*a).cols);
                self.matrix(|g| g.make_shaped(Kind::Slice, block(at.clone(), Index::default()), &[*a], shape))
            }
            Items::Columns(a) => {
                let shape = Shape::column(self.shape(*a).rows);
                self.matrix(|g| g.make_shaped(Kind::Slice, block(Index::default(), at.clone()), &[*a], shape))
            }
            Items::Places(of, part, _) => {
                let code = &k.code;
                Value::Place(Box::new(match part {
                    Some(part) => {
                        let part = Ident::new(part, of.span());
                        syn::parse_quote_spanned!(of.span()=> (#of).#part(#code))
                    }
                    None => syn::parse_quote_spanned!(of.span()=> (#of)[#code]),
                }))
            }
            Items::Lists(a) => {
                Value::List(self.block_of(*a, Index::default(), at.clone(), |of| Shape::column(of.rows)), Element::Number)
            }
            Items::Windows(a, width, _) => {
                let shape = Shape::column(Dim::Const(*width));
                Value::List(self.block_of(*a, at.clone(), Index::default(), |_| shape), Element::Number)
            }
            Items::Range { begin, untyped: None, .. } => Value::Int(added(begin, k)),
            Items::Range { begin, untyped: Some(range), .. } => {
                let Some(name) = self.lanes.last().and_then(|lane| lane.item.as_ref()) else {
                    return Err(self.fence().loop_form(range.span(), "a range of literals here"));
                };
                Value::Int(Integer { code: name.to_token_stream(), ..added(begin, k) })
            }
            Items::Given { code, element, by_ref, .. } => {
                let index = &k.code;
                match by_ref {
                    true => Value::Given(quote!(&#code[#index]), Box::new(syn::parse_quote!(&#element))),
                    false => Value::Given(quote!(::core::clone::Clone::clone(&#code[#index])), element.clone()),
                }
            }
            Items::Zip(a, b) => Value::Tuple(vec![self.item_at(a, at, k)?, self.item_at(b, at, k)?]),
            Items::Enumerate(inner) => Value::Tuple(vec![Value::Int(k.clone()), self.item_at(inner, at, k)?]),
            Items::Filter(inner, closure, seen) => {
                let value = self.item_at(inner, at, k)?;
                self.let_through(closure, seen.clone(), &value)?;
                value
            }
            Items::Map(inner, closure, seen) => {
                let value = self.item_at(inner, at, k)?;
                let value = self.inline(closure, seen.clone(), vec![value])?;
                self.frozen(value)
            }
            Items::Take(inner, _) | Items::Backward(inner) => self.item_at(inner, at, k)?,
            Items::Step(inner, by, _) => {
                let code = &k.code;
                let letter = k.known.as_ref().and_then(|i| i.code).map(|id| self.prologue.opaques[id.0 as usize].text.clone());
                let text = format!("{} {}", super::readable(by), letter.unwrap_or_else(|| super::readable(code)));
                let product = if is_sum(by) { quote!(((#by) * #code)) } else { quote!((#by * #code)) };
                let (usize, code) = (self.input.signature.primitive("usize"), product);
                let name = self.prologue.bind("index", &usize, &code);
                let id = self.prologue.opaque(super::Opaque::code(name.to_token_stream(), text));
                let at = Index { code: Some(id), ..Index::default() };
                self.item_at(inner, &at, &Integer { known: Some(at.clone()), code: name.to_token_stream() })?
            }
            Items::Skip(inner, by, _) => {
                let next = sum_of(by, at);
                let Some(next) = next else {
                    return Err(self.fence().loop_form(proc_macro2::Span::call_site(), "`skip` of this many"));
                };
                let code = &k.code;
                let base = by.base;
                let shifted = Integer { known: Some(next.clone()), code: quote!((#base + #code)) };
                self.item_at(inner, &next, &shifted)?
            }
        })
    }
}

impl Items {
    /// A range whose item `k` is the item of all, and whose bounds do not tell of which integers it is.
    pub(super) fn untyped_range(&self) -> Option<&TokenStream> {
        match self {
            Self::Range { untyped, .. } => untyped.as_ref(),
            Self::Map(inner, ..) | Self::Filter(inner, ..) | Self::Backward(inner) => inner.untyped_range(),
            _ => None,
        }
    }
    /// The first item of a range of literals.
    pub(super) fn first_of_range(&self) -> Option<usize> {
        match self {
            Self::Range { begin, untyped: Some(_), .. } => begin.constant(),
            Self::Map(inner, ..) | Self::Filter(inner, ..) | Self::Backward(inner) => inner.first_of_range(),
            _ => None,
        }
    }
    /// Whether items are left out after others were counted or put beside them.
    pub(super) fn is_filtered(&self) -> bool {
        match self {
            Self::Filter(..) => true,
            Self::Map(inner, ..)
            | Self::Backward(inner)
            | Self::Enumerate(inner)
            | Self::Take(inner, _)
            | Self::Skip(inner, ..)
            | Self::Step(inner, ..) => inner.is_filtered(),
            Self::Zip(a, b) => a.is_filtered() || b.is_filtered(),
            _ => false,
        }
    }
    /// Whether the last comes first.
    pub(super) fn turns(&self) -> bool {
        match self {
            Self::Backward(_) => true,
            Self::Map(inner, ..) | Self::Filter(inner, ..) => inner.turns(),
            _ => false,
        }
    }
}

/// `a + b`, if at most one of them has code in it.
pub(super) fn sum_of(a: &Index, b: &Index) -> Option<Index> {
    if a.code.is_some() && b.code.is_some() {
        return None;
    }
    let dims = a.dims.iter().chain(&b.dims).copied().collect();
    Some(Index { base: a.base.checked_add(b.base)?, dims, code: a.code.or(b.code) })
}

/// Whether code is more than one operand: `a | 1`, `if wide { 2 } else { 1 }`.
fn is_sum(code: &TokenStream) -> bool {
    use syn::Expr::{Call, Field, Index, Lit, MethodCall, Paren, Path};
    !matches!(syn::parse2(code.clone()), Ok(Call(_) | Field(_) | Index(_) | Lit(_) | MethodCall(_) | Paren(_) | Path(_)))
}

fn added(a: &Integer, b: &Integer) -> Integer {
    let known = a.known.as_ref().zip(b.known.as_ref()).and_then(|(a, b)| sum_of(a, b));
    let (left, right) = (&a.code, &b.code);
    let left = if is_sum(left) { quote!((#left)) } else { quote!(#left) };
    let code = if a.constant() == Some(0) { quote!(#right) } else { quote!((#left + #right)) };
    Integer { known, code }
}
