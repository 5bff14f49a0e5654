//! Slices, arrays and `Vec`s of what is differentiated: columns, and matrices whose columns are the items.

use quote::{ToTokens, quote};
use syn::spanned::Spanned;
use syn::visit::{self, Visit};

use super::changed::root;
use super::effects::is_pure;
use super::items::{Items, sum_of};
use super::operators::bare;
use super::value::Integer;
use super::{Lowerer, Refusal, Value};
use crate::ir::{Attr, Block, Dim, Index, Kind, NodeId, Shape, Source};
use crate::parse::Element;

impl Lowerer<'_> {
    /// A list as a matrix, and what its items are; the parts of an array side by side.
    pub(super) fn as_list(&mut self, value: &Value) -> Option<(NodeId, Element)> {
        let values = match value {
            Value::List(a, element) => return Some((*a, *element)),
            Value::Tuple(values) if !values.is_empty() => values,
            _ => return None,
        };
        let (mut nodes, mut elements) = (Vec::new(), Vec::new());
        for value in values {
            let number = self.number(value.clone()).ok()?;
            let (node, element) = match number {
                Value::Scalar(id) if self.shape(id).is_scalar() => (id, Element::Number),
                Value::Matrix(id) if self.shape(id).is_column() => (id, Element::Vector),
                other => match self.as_list(&other)? {
                    (id, Element::Number) => (self.column_of(id), Element::Array),
                    _ => return None,
                },
            };
            nodes.push(node);
            elements.push(element);
        }
        if elements.iter().any(|e| *e != elements[0]) {
            return None;
        }
        let width = if elements[0] == Element::Number { 1 } else { nodes.len() };
        let stacked = match nodes[..] {
            [one] => one,
            _ => self.graph.try_make(Kind::Stack, Attr::Grid(width), &nodes).ok()?,
        };
        Some((stacked, elements[0]))
    }

    /// The entries of a matrix, column by column, as one column.
    pub(super) fn column_of(&mut self, a: NodeId) -> NodeId {
        let shape = self.shape(a);
        if shape.cols == Dim::ONE {
            return a;
        }
        if shape.rows == Dim::ONE {
            return self.graph.transpose(a);
        }
        let len = self.graph.dims.derived(Source::Product(vec![shape.rows, shape.cols]));
        self.graph.make_shaped(Kind::Reshape, Attr::None, &[a], Shape::column(len))
    }

    /// How many items a list has.
    pub(super) fn list_len(&mut self, a: NodeId, element: Element) -> Dim {
        match element {
            Element::Number => {
                let column = self.column_of(a);
                self.shape(column).rows
            }
            Element::Array | Element::Vector => self.shape(a).cols,
        }
    }

    /// What a loop goes through in a list.
    pub(super) fn list_items(&mut self, a: NodeId, element: Element) -> Items {
        match element {
            Element::Number => Items::Entries(self.column_of(a)),
            Element::Vector => Items::Columns(a),
            Element::Array => Items::Lists(a),
        }
    }

    /// `list[i]`, `list[i..j]`
    pub(super) fn list_index(&mut self, e: &syn::ExprIndex, a: NodeId, element: Element) -> Result<Value, Refusal> {
        if let syn::Expr::Range(range) = bare(&e.index) {
            return self.part(range, &e.expr, a, element);
        }
        let at = self.index(&e.index)?;
        let len = self.list_len(a, element);
        if matches!((at.constant(), len), (Some(i), Dim::Const(n)) if i >= n) {
            return Err(self.fence().outside(e.index.span(), Shape::column(len)));
        }
        // there, companions would look at no index
        if len == Dim::ONE && at.constant().is_none() {
            return Err(self.fence().choice(
                e.index.span(),
                "an index into a list of one that is known at run time only",
                "write `[0]`",
            ));
        }
        Ok(self.list_item(a, element, at))
    }

    /// Item `at` of a list.
    pub(super) fn list_item(&mut self, a: NodeId, element: Element, at: Index) -> Value {
        match element {
            Element::Number => {
                let column = self.column_of(a);
                Value::Scalar(self.block_of(column, at, Index::default(), |_| Shape::SCALAR))
            }
            Element::Vector => Value::Matrix(self.block_of(a, Index::default(), at, |of| Shape::column(of.rows))),
            Element::Array => Value::List(self.block_of(a, Index::default(), at, |of| Shape::column(of.rows)), Element::Number),
        }
    }

    /// A block, of the whole where the matrix is a block itself.
    pub(super) fn block_of(&mut self, a: NodeId, row: Index, col: Index, shape: impl FnOnce(Shape) -> Shape) -> NodeId {
        let shape = shape(self.shape(a));
        let node = self.graph.node(a).clone();
        let whole = match (node.op.kind, &node.op.attr) {
            (Kind::Slice, Attr::Block(outer)) => {
                sum_of(&outer.row, &row).zip(sum_of(&outer.col, &col)).map(|(row, col)| (node.args[0], row, col))
            }
            _ => None,
        };
        let (of, row, col) = whole.unwrap_or((a, row, col));
        if self.shape(of) == shape && (shape.is_scalar() || (row.is_zero() && col.is_zero())) {
            return of;
        }
        self.graph.make_shaped(Kind::Slice, Attr::Block(Block { row, col }), &[of], shape)
    }

    /// `list[i..j]`
    fn part(&mut self, range: &syn::ExprRange, list: &syn::Expr, a: NodeId, element: Element) -> Result<Value, Refusal> {
        let mut range = range.clone();
        self.refuse_effects(list)?;
        range.start.get_or_insert_with(|| Box::new(syn::parse_quote!(0)));
        if range.end.is_none() {
            range.end = Some(Box::new(syn::parse_quote!(#list.len())));
            range.limits = syn::RangeLimits::HalfOpen(<syn::Token![..]>::default());
        }
        let start = range.start.clone();
        let Items::Range { begin, len, .. } = self.range(&range)? else {
            return Err(self.fence().loop_form(list.span(), "this part of a list"));
        };
        let at = match (&begin.known, start) {
            (Some(index), _) => index.clone(),
            (None, Some(start)) => Index { code: Some(self.carried_integer(&start, &begin)?), ..Index::default() },
            (None, None) => Index::default(),
        };
        Ok(match element {
            Element::Number => {
                let column = self.column_of(a);
                Value::List(self.block_of(column, at, Index::default(), |_| Shape::column(len)), element)
            }
            _ => Value::List(self.block_of(a, Index::default(), at, |of| Shape::new(of.rows, len)), element),
        })
    }

    /// Methods of lists; none, if it is not one of them.
    pub(super) fn list_method(
        &mut self,
        name: &str,
        receiver: &Value,
        e: &syn::ExprMethodCall,
    ) -> Result<Option<Value>, Refusal> {
        if !matches!(receiver, Value::List(..) | Value::Tuple(_)) {
            return Ok(None);
        }
        let args: Vec<&syn::Expr> = e.args.iter().collect();
        let list = &*e.receiver;
        match (name, &args[..]) {
            ("clone" | "to_vec" | "to_owned" | "as_slice" | "as_ref" | "into_boxed_slice" | "copied" | "borrow", []) => {
                return Ok(Some(receiver.clone()));
            }
            ("len", []) => {
                if let Some(len) = self.growing_len(list) {
                    return Ok(Some(Value::Int(len)));
                }
                let code = e.to_token_stream();
                return Ok(Some(Value::Int(match receiver {
                    Value::Tuple(values) => {
                        let n = values.len();
                        let known = Some(Index::at(n));
                        Integer { known, code: proc_macro2::Literal::usize_unsuffixed(n).into_token_stream() }
                    }
                    _ => {
                        let Some((a, element)) = self.as_list(receiver) else { return Ok(None) };
                        let len = self.list_len(a, element);
                        self.dimension(len, code)
                    }
                })));
            }
            _ => {}
        }
        if let ("last", []) | ("split_at", [_]) = (name, &args[..]) {
            self.refuse_effects(list)?;
            if let Some(i) = args.first().filter(|i| !is_pure(&i.to_token_stream())) {
                return Err(self.effects_at(i.span()));
            }
        }
        let read = |cx: &mut Self, e: syn::Expr| cx.expression(&e);
        let span = e.method.span();
        Ok(match (name, &args[..]) {
            // a vector, or another list of these numbers
            ("into", []) => match self.as_list(receiver) {
                Some((a, Element::Number)) => Some(Value::Matrix(self.column_of(a))),
                _ => None,
            },
            ("first", []) => Some(Value::Item(Box::new(read(self, syn::parse_quote_spanned!(span=> #list[0]))?))),
            ("last", []) => Some(Value::Item(Box::new(read(self, syn::parse_quote_spanned!(span=> #list[#list.len() - 1]))?))),
            ("get", [i]) if !matches!(bare(i), syn::Expr::Range(_)) => {
                Some(Value::Item(Box::new(read(self, syn::parse_quote_spanned!(span=> #list[#i]))?)))
            }
            ("split_at", [i]) => {
                let head = read(self, syn::parse_quote_spanned!(span=> #list[..#i]))?;
                let tail = read(self, syn::parse_quote_spanned!(span=> #list[#i..]))?;
                Some(Value::Tuple(vec![head, tail]))
            }
            ("concat", []) => match self.as_list(receiver) {
                Some((a, Element::Array)) => Some(Value::List(self.column_of(a), Element::Number)),
                _ => None,
            },
            _ => None,
        })
    }

    /// `list.windows(n)`, `list.chunks_exact(n)`
    pub(super) fn pieces(&mut self, call: &syn::ExprMethodCall, a: NodeId, element: Element) -> Result<Items, Refusal> {
        let span = call.method.span();
        let [n] = &call.args.iter().collect::<Vec<_>>()[..] else {
            return Err(self.fence().loop_form(span, "this step of an iterator over active values"));
        };
        let Some(width) = self.integer_expression(n)?.constant().filter(|n| *n > 0) else {
            return Err(self.fence().loop_form(n.span(), "pieces of a length that is known at run time only"));
        };
        if element != Element::Number {
            return Err(self.fence().loop_form(span, "pieces of a list of vectors"));
        }
        let (column, list) = (self.column_of(a), &call.receiver);
        let len = self.shape(column).rows;
        let known = match self.graph.dims.resolve(len) {
            Dim::Const(n) => Some(n),
            Dim::Sym(_) => None,
        };
        if call.method == "windows" {
            let less = proc_macro2::Literal::usize_unsuffixed(width - 1);
            let usize = self.input.signature.primitive("usize");
            let count = match (known, self.size_code(len)) {
                (Some(known), _) => Dim::Const(known.saturating_sub(width - 1)),
                (None, Some(len)) => self.difference(n, &len, &less.to_token_stream())?,
                (None, None) => self.size_of(&syn::parse_quote!(#usize::saturating_sub(#list.len(), #less)))?,
            };
            return Ok(Items::Windows(column, width, count));
        }
        let count = match (known, self.size_code(len)) {
            (Some(known), _) => Dim::Const(known / width),
            (None, Some(len)) => {
                let code = self.carried_integer(n, &Integer::code(quote!(#len / (#n))))?;
                self.graph.dims.derived(Source::Code(code))
            }
            (None, None) => self.size_of(&syn::parse_quote!(#list.len() / (#n)))?,
        };
        let whole = known.map_or_else(
            || self.graph.dims.derived(Source::Product(vec![Dim::Const(width), count])),
            |n| Dim::Const(n / width * width),
        );
        let part = self.block_of(column, Index::default(), Index::default(), |_| Shape::column(whole));
        let shape = Shape::new(Dim::Const(width), count);
        Ok(Items::Lists(self.graph.make_shaped(Kind::Reshape, Attr::None, &[part], shape)))
    }

    /// An array that is changed, as one column where its entries are reached by an index that is known at run time only.
    pub(super) fn indexed_at_run_time(&mut self, pattern: &syn::Pat, value: Value) -> Value {
        let name = match pattern {
            syn::Pat::Ident(p) => &p.ident,
            syn::Pat::Type(typed) => match &*typed.pat {
                syn::Pat::Ident(p) => &p.ident,
                _ => return value,
            },
            _ => return value,
        };
        if !matches!(value, Value::Tuple(_)) || !is_reached_by_index(&self.input.body, name) {
            return value;
        }
        self.as_list(&value).map_or(value, |(a, element)| Value::List(a, element))
    }
}

/// Whether anything reads or changes a list of this name but by literals.
fn is_reached_by_index(body: &syn::Block, name: &syn::Ident) -> bool {
    struct Search<'a>(&'a syn::Ident, bool);
    impl Visit<'_> for Search<'_> {
        fn visit_expr_index(&mut self, e: &syn::ExprIndex) {
            let literal = matches!(bare(&e.index), syn::Expr::Lit(_));
            self.1 |= !literal && root(&e.expr).is_some_and(|name| name == self.0);
            visit::visit_expr_index(self, e);
        }
        fn visit_expr_method_call(&mut self, e: &syn::ExprMethodCall) {
            let changes = ["iter_mut", "swap", "fill", "copy_from_slice", "extend", "resize"];
            self.1 |= changes.iter().any(|n| e.method == n) && root(&e.receiver).is_some_and(|name| name == self.0);
            visit::visit_expr_method_call(self, e);
        }
    }
    let mut search = Search(name, false);
    search.visit_block(body);
    search.1
}
