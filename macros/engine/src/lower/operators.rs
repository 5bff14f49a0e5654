//! `+ - * /`, negation, and indexing.

use std::collections::HashSet;

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote};
use syn::spanned::Spanned;

use super::fit::Site;
use super::value::Integer;
use super::{Call, Lowerer, Refusal, Value};
use crate::ir::{Attr, Block, Dim, Graph, Index, Kind, NodeId, Shape};
use crate::ops::Form;

impl Lowerer<'_> {
    /// A chain of binary operators, its left spine as a loop: a sum of a thousand terms is no deep recursion.
    pub(super) fn binary(&mut self, e: &syn::ExprBinary) -> Result<Value, Refusal> {
        let mut spine = vec![e];
        while let syn::Expr::Binary(left) = &*spine[spine.len() - 1].left {
            spine.push(left);
        }
        let first = &spine[spine.len() - 1].left;
        let mut value = self.expression(first);
        let mut complained = if value.is_err() { self.unknown_names(first) } else { HashSet::new() };
        for e in spine.into_iter().rev() {
            value = match (value, self.expression(&e.right)) {
                (Ok(left), Ok(right)) => {
                    let value = self.operation(e, left, right).or_else(|refusal| self.as_code(e, refusal));
                    if value.is_err() {
                        complained = self.unknown_names(e);
                    }
                    value
                }
                (before, Err(refusal)) => Err(self.beside(before.err(), refusal, &mut complained, &e.right)),
                (Err(before), Ok(_)) => Err(before),
            };
        }
        value
    }

    fn operation(&mut self, e: &syn::ExprBinary, left: Value, right: Value) -> Result<Value, Refusal> {
        use Value::{Constant, Int, Matrix, Scalar};
        use syn::BinOp::{Add, Div, Mul, Sub};
        let span = e.op.span();
        let (left, right) = self.settled(e, left, right)?;
        let result = match (e.op, left, right) {
            (Add(_), Scalar(a), Scalar(b)) => self.on_scalars(a, b, Graph::add),
            (Sub(_), Scalar(a), Scalar(b)) => self.on_scalars(a, b, Graph::sub),
            (Mul(_), Scalar(a), Scalar(b)) => self.on_scalars(a, b, |g, a, b| g.hadamard(&[a, b])),
            (Div(_), Scalar(a), Scalar(b)) => self.on_scalars(a, b, Graph::div),
            (Add(_), Matrix(a), Matrix(b)) => {
                self.same_shape(&Site::binary(e, a, b))?;
                Matrix(self.graph.add(a, b))
            }
            (Sub(_), Matrix(a), Matrix(b)) => {
                self.same_shape(&Site::binary(e, a, b))?;
                Matrix(self.graph.sub(a, b))
            }
            (Mul(_) | Div(_), Scalar(s), Matrix(_)) | (Mul(_) | Div(_), Matrix(_), Scalar(s)) if !self.shape(s).is_scalar() => {
                return Err(self.fence().matrix_of_an_entry(span));
            }
            (Mul(_), Scalar(s), Matrix(a)) | (Mul(_), Matrix(a), Scalar(s)) => Matrix(self.scaled(s, a)),
            (Div(_), Matrix(a), Scalar(s)) => {
                let share = self.graph.pow(s, -1.0);
                Matrix(self.scaled(share, a))
            }
            (Mul(_), Matrix(a), Matrix(b)) => self.product(&Site::binary(e, a, b))?,
            (op, Int(a), Int(b)) if !is_comparison(op) => Int(self.integers(e, &a, &b)),
            (op, Constant(a), Constant(b)) if !is_comparison(op) => {
                let code = self.composed(e, &a.code, &b.code);
                Constant(super::value::Constant { text: super::readable(&code), code })
            }
            (_, a, b) => return Err(self.fence().operator(e, &a, &b)),
        };
        if let Some(id) = result.node() {
            self.spans.entry(id).or_insert(span);
        }
        Ok(result)
    }

    /// Sums of constants and dimensions are known; other integers are their code.
    fn integers(&self, e: &syn::ExprBinary, a: &Integer, b: &Integer) -> Integer {
        Integer { known: known(e.op, a, b), code: self.composed(e, &a.code, &b.code) }
    }
    /// An expression as it stands, or of what its operands are where it names what companions have not.
    fn composed(&self, e: &syn::ExprBinary, left: &TokenStream, right: &TokenStream) -> TokenStream {
        let (whole, op) = (e.to_token_stream(), &e.op);
        if self.mentions_derived(&whole) { quote!((#left) #op (#right)) } else { whole }
    }
    /// A constant is what stands on the other side of the operator: an integer or a number.
    fn settled(&mut self, e: &syn::ExprBinary, left: Value, right: Value) -> Result<(Value, Value), Refusal> {
        use Value::{Constant, Int, Matrix, Scalar};
        let shifts = matches!(e.op, syn::BinOp::Shl(_) | syn::BinOp::Shr(_));
        Ok(match (left, right) {
            (Constant(a), Int(b)) => (Int(Integer::code(a.code)), Int(b)),
            (Int(a), Constant(b)) => (Int(a), Int(Integer::code(b.code))),
            (Constant(a), Constant(b)) if shifts => (Int(Integer::code(a.code)), Int(Integer::code(b.code))),
            (a @ Constant(_), b @ (Scalar(_) | Matrix(_))) => (self.number(a)?, b),
            (a @ (Scalar(_) | Matrix(_)), b @ Constant(_)) => (a, self.number(b)?),
            both => both,
        })
    }

    fn on_scalars(&mut self, a: NodeId, b: NodeId, f: impl FnOnce(&mut Graph, NodeId, NodeId) -> NodeId) -> Value {
        let pair = self.spread(vec![a, b]);
        Value::Scalar(f(&mut self.graph, pair[0], pair[1]))
    }

    /// `s A`; for a one-by-one matrix the product of scalars.
    fn scaled(&mut self, s: NodeId, a: NodeId) -> NodeId {
        match self.graph.constant_value(s) {
            Some(c) => self.graph.times(c, a),
            None => self.graph.scale(s, a),
        }
    }

    pub(super) fn unary(&mut self, e: &syn::ExprUnary) -> Result<Value, Refusal> {
        let value = self.expression(&e.expr)?;
        match (e.op, value) {
            (syn::UnOp::Deref(_), Value::Int(n)) => Ok(Value::Int(Integer { code: e.to_token_stream(), ..n })),
            (_, Value::Constant(constant)) => {
                let (op, code) = (&e.op, &constant.code);
                let code = if self.mentions_derived(&e.to_token_stream()) { quote!(#op (#code)) } else { e.to_token_stream() };
                Ok(Value::Constant(super::value::Constant { text: super::readable(&code), code }))
            }
            (syn::UnOp::Deref(_), value) => Ok(value),
            (syn::UnOp::Neg(_), Value::Scalar(a)) => Ok(Value::Scalar(self.graph.neg(a))),
            (syn::UnOp::Neg(_), Value::Matrix(a)) => Ok(Value::Matrix(self.graph.neg(a))),
            (_, Value::Int(_)) => Ok(Value::Int(Integer::code(e.to_token_stream()))),
            (_, other) => Err(self.fence().negation(e, &other)),
        }
    }

    /// `x[i]`, `m[(i, j)]`.
    pub(super) fn indexed(&mut self, e: &syn::ExprIndex) -> Result<Value, Refusal> {
        let carried = bare(&e.expr).to_token_stream().to_string();
        let carried = Some(carried).filter(|name| !self.quiet && self.is_carried(name));
        let outer = self.quiet;
        self.quiet |= carried.is_some();
        let base = self.expression(&e.expr);
        self.quiet = outer;
        let value = self.entry_of(e, base?)?;
        if let Some(name) = carried {
            self.read_before_change(&name, &value, e)?;
        }
        Ok(value)
    }

    fn entry_of(&mut self, e: &syn::ExprIndex, base: Value) -> Result<Value, Refusal> {
        match base {
            Value::Matrix(a) => {
                let shape = self.shape(a);
                let (row, col) = match bare(&e.index) {
                    syn::Expr::Tuple(_) => {
                        let (row, col) = self.pair(&e.index)?;
                        (self.index(row)?, self.index(col)?)
                    }
                    linear if shape.cols == Dim::ONE => (self.index(linear)?, Index::default()),
                    linear if shape.rows == Dim::ONE => (Index::default(), self.index(linear)?),
                    _ => return Err(self.fence().linear_index(e)),
                };
                self.entry(e.index.span(), a, row, col)
            }
            Value::List(a, element) => self.list_index(e, a, element),
            Value::Tuple(values) if matches!(bare(&e.index), syn::Expr::Range(_)) => match self.as_list(&Value::Tuple(values)) {
                Some((a, element)) => self.list_index(e, a, element),
                None => Err(self.fence().not_constant(&e.index)),
            },
            Value::Tuple(values) => {
                let at = self.integer_expression(&e.index)?;
                match at.constant() {
                    Some(i) => values.get(i).cloned().ok_or_else(|| self.fence().not_constant(&e.index)),
                    None => match self.as_list(&Value::Tuple(values)) {
                        Some((a, element)) => self.list_index(e, a, element),
                        None => Err(self.fence().not_constant(&e.index)),
                    },
                }
            }
            other => Err(self.fence().not_indexed(e, &other)),
        }
    }

    pub(super) fn entry(&mut self, span: Span, a: NodeId, row: Index, col: Index) -> Result<Value, Refusal> {
        let shape = self.shape(a);
        let outside = |at: &Index, dim| matches!((at.constant(), dim), (Some(i), Dim::Const(n)) if i >= n);
        if outside(&row, shape.rows) || outside(&col, shape.cols) {
            return Err(self.fence().outside(span, shape));
        }
        Ok(self.scalar(|g| {
            if shape.is_scalar() { a } else { g.make_shaped(Kind::Slice, Attr::Block(Block { row, col }), &[a], Shape::SCALAR) }
        }))
    }

    /// `v.xy()`, `v.zyx()`: nalgebra's names of two or three coordinates.
    pub(super) fn swizzle(&mut self, call: &Call<'_>) -> Result<Option<Value>, Refusal> {
        let places: Option<Vec<usize>> = call.name.to_string().chars().map(|c| "xyz".find(c)).collect();
        let (Some(places @ ([_, _] | [_, _, _])), 0) = (places.as_deref(), call.arity()) else { return Ok(None) };
        let a = self.column_receiver(call)?;
        let entry = |cx: &mut Self, i: &usize| cx.entry(call.span(), a, Index::at(*i), Index::default());
        let entries = places.iter().map(|i| entry(self, i).map(|v| v.node().unwrap_or(a))).collect::<Result<Vec<_>, _>>()?;
        if places.windows(2).all(|p| p[0] + 1 == p[1]) {
            let (row, shape) = (Index::at(places[0]), Shape::column(Dim::Const(places.len())));
            return self.slice(call, row, Index::default(), |_| shape).map(Some);
        }
        self.stack(call, 1, &entries).map(Some)
    }

    /// `v.x`, `m.m12`, `pair.0`.
    pub(super) fn field(&mut self, e: &syn::ExprField) -> Result<Value, Refusal> {
        let base = self.expression(&e.base)?;
        match (&e.member, base) {
            (member, Value::Struct(of, values)) => {
                let at = of.fields.iter().position(|(name, _)| name == member);
                match at.and_then(|at| values.get(at)) {
                    Some(value) => Ok(value.clone()),
                    None => Err(self.fence().no_field(e, &Value::Struct(of, values))),
                }
            }
            (syn::Member::Unnamed(i), Value::Tuple(values)) => {
                let value = values.get(i.index as usize).cloned();
                value.ok_or_else(|| self.fence().no_field(e, &Value::Tuple(values)))
            }
            (syn::Member::Named(name), base @ Value::Factor(_)) => {
                let call = Call {
                    name,
                    receiver: Some(base),
                    receiver_expr: Some(&e.base),
                    args: Vec::new(),
                    generics: None,
                    of: None,
                    tokens: e,
                };
                self.spelled(Form::FactorField, &call)
            }
            (syn::Member::Named(name), Value::Matrix(a)) => {
                let shape = self.shape(a);
                let Some((row, col)) = coordinate(&name.to_string(), shape) else {
                    return Err(self.fence().unknown_coordinate(name));
                };
                self.entry(name.span(), a, Index::at(row), Index::at(col))
            }
            (_, base) => Err(self.fence().no_field(e, &base)),
        }
    }
}

fn is_comparison(op: syn::BinOp) -> bool {
    use syn::BinOp::{And, Eq, Ge, Gt, Le, Lt, Ne, Or};
    matches!(op, And(_) | Or(_) | Eq(_) | Ne(_) | Lt(_) | Le(_) | Gt(_) | Ge(_))
}

fn known(op: syn::BinOp, a: &Integer, b: &Integer) -> Option<Index> {
    let (known_a, known_b) = (a.known.as_ref()?, b.known.as_ref()?);
    let constants = || Some((a.constant()?, b.constant()?));
    match op {
        syn::BinOp::Add(_) if known_a.code.is_none() || known_b.code.is_none() => Some(Index {
            base: known_a.base.checked_add(known_b.base)?,
            dims: known_a.dims.iter().chain(&known_b.dims).copied().collect(),
            code: known_a.code.or(known_b.code),
        }),
        syn::BinOp::Sub(_) => Some(Index { base: known_a.base.checked_sub(b.constant()?)?, ..known_a.clone() }),
        syn::BinOp::Mul(_) => constants().and_then(|(a, b)| a.checked_mul(b)).map(Index::at),
        _ => None,
    }
}

/// Without parentheses.
pub(super) fn bare(e: &syn::Expr) -> &syn::Expr {
    match e {
        syn::Expr::Paren(p) => bare(&p.expr),
        syn::Expr::Group(p) => bare(&p.expr),
        _ => e,
    }
}

/// nalgebra's names of coordinates: `x y z w a b` of a vector, `m11` to `m66` of a matrix.
fn coordinate(name: &str, shape: Shape) -> Option<(usize, usize)> {
    let (Dim::Const(rows), Dim::Const(cols)) = (shape.rows, shape.cols) else { return None };
    let place = if let Some(i) = ["x", "y", "z", "w", "a", "b"].iter().position(|n| *n == name) {
        if cols == 1 {
            (i, 0)
        } else if rows == 1 {
            (0, i)
        } else {
            return None;
        }
    } else {
        let digits: Vec<usize> =
            name.strip_prefix('m')?.chars().map(|c| c.to_digit(10).map(|d| d as usize)).collect::<Option<_>>()?;
        let [row, col] = digits[..] else { return None };
        (row.checked_sub(1)?, col.checked_sub(1)?)
    };
    (place.0 < rows && place.1 < cols).then_some(place)
}
