//! The arguments of a call, each as what the operation expects.
#![allow(clippy::wrong_self_convention, reason = "`from_slice` is the user's spelling")]
#![allow(clippy::missing_errors_doc, reason = "every error is a refusal of the fence")]

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote};

use super::fit::Site;
use super::operators::bare;
use super::value::Integer;
use super::{Call, Lowerer, Opaque, Refusal, Value};
use crate::ir::{Attr, Axis, Block, Dim, Index, Kind, NodeId, Shape, Source, Variable};
use crate::parse::Element;

impl Lowerer<'_> {
    /// A number, a vector or a matrix.
    ///
    /// # Errors
    /// If the argument is none.
    pub fn numeric_argument(&mut self, call: &Call<'_>, i: usize) -> Result<Value, Refusal> {
        match self.numeric(call.args[i])? {
            value @ (Value::Scalar(_) | Value::Matrix(_)) => Ok(value),
            other => Err(self.fence().expected("a number, a vector or a matrix", call.args[i], &other)),
        }
    }

    /// What a method is called on.
    pub fn receiver(&mut self, call: &Call<'_>) -> Result<NodeId, Refusal> {
        call.receiver.as_ref().and_then(Value::node).ok_or_else(|| self.fence().method_on_code(call))
    }
    /// A square matrix that a method is called on.
    pub fn square_receiver(&mut self, call: &Call<'_>) -> Result<NodeId, Refusal> {
        let a = self.receiver(call)?;
        let shape = self.shape(a);
        self.unify(call, &[a], shape.rows, shape.cols)?;
        Ok(a)
    }
    /// A column vector that a method is called on.
    pub fn column_receiver(&mut self, call: &Call<'_>) -> Result<NodeId, Refusal> {
        let a = self.receiver(call)?;
        if self.shape(a).cols == Dim::ONE { Ok(a) } else { Err(self.fence().unknown_method(call)) }
    }
    /// The entries of a vector of `N`.
    pub fn coordinates<const N: usize>(&mut self, call: &Call<'_>, a: NodeId) -> Result<[NodeId; N], Refusal> {
        self.unify_shape(call, 0, a, Shape::column(Dim::Const(N)))?;
        let mut coordinates = [a; N];
        for (i, coordinate) in coordinates.iter_mut().enumerate() {
            if let Value::Scalar(id) = self.entry(call.span(), a, Index::at(i), Index::default())? {
                *coordinate = id;
            }
        }
        Ok(coordinates)
    }
    /// A factorization that a method is called on.
    pub fn any_factor_receiver(&mut self, call: &Call<'_>) -> Result<NodeId, Refusal> {
        match call.receiver {
            Some(Value::Factor(f)) => Ok(f),
            _ => Err(self.fence().method_on_code(call)),
        }
    }
    /// A factorization of this kind that a method is called on.
    pub fn factor_receiver(&mut self, call: &Call<'_>, kind: Kind) -> Result<NodeId, Refusal> {
        let f = self.any_factor_receiver(call)?;
        if self.graph.kind(f) == kind { Ok(f) } else { Err(self.fence().unknown_method(call)) }
    }
    /// A matrix argument.
    pub fn matrix_argument(&mut self, call: &Call<'_>, i: usize) -> Result<NodeId, Refusal> {
        match self.expression(call.args[i])? {
            Value::Matrix(id) => Ok(id),
            other => Err(self.fence().argument(call, call.args[i], &other)),
        }
    }
    /// A scalar argument.
    pub fn scalar_argument(&mut self, call: &Call<'_>, i: usize) -> Result<NodeId, Refusal> {
        let s = self.scalar_expression(call.args[i])?;
        let makes_matrix = call.of.is_some() || matches!(call.receiver, Some(Value::Matrix(_)));
        if makes_matrix && !self.shape(s).is_scalar() {
            return Err(self.fence().matrix_of_an_entry(call.span()));
        }
        Ok(s)
    }
    /// An expression where no integer can stand.
    pub(super) fn numeric(&mut self, e: &syn::Expr) -> Result<Value, Refusal> {
        let value = self.expression(e)?;
        self.number(value)
    }
    /// An expression of the scalar type.
    pub(super) fn scalar_expression(&mut self, e: &syn::Expr) -> Result<NodeId, Refusal> {
        match self.numeric(e)? {
            Value::Scalar(id) => Ok(id),
            other => Err(self.fence().expected("a scalar", e, &other)),
        }
    }
    /// The receiver and all arguments of a call on a scalar, spread to one shape.
    pub fn scalars(&mut self, call: &Call<'_>) -> Result<Vec<NodeId>, Refusal> {
        let mut nodes = vec![self.receiver(call)?];
        for i in 0..call.arity() {
            nodes.push(self.scalar_argument(call, i)?);
        }
        Ok(self.spread(nodes))
    }
    /// Scalars to the shape of the first that is not `1 × 1`: the matrix that a closure runs over.
    pub fn spread(&mut self, nodes: Vec<NodeId>) -> Vec<NodeId> {
        let shape = nodes.iter().map(|n| self.shape(*n)).find(|s| !s.is_scalar());
        let Some(shape) = shape else { return nodes };
        nodes.into_iter().map(|n| if self.graph.is_scalar(n) { self.graph.fill(n, shape) } else { n }).collect()
    }
    /// The receiver and the one argument, of one shape.
    pub fn same_shape_pair(&mut self, call: &Call<'_>) -> Result<(NodeId, NodeId), Refusal> {
        let (a, b) = (self.receiver(call)?, self.matrix_argument(call, 0)?);
        self.same_shape(&Site::call(call, &[a, b]))?;
        Ok((a, b))
    }

    pub(super) fn unify_at(&mut self, span: Span, a: Dim, b: Dim, needs: &str) -> Result<Dim, Refusal> {
        self.graph.dims.unify(a, b).map_err(|mismatch| self.fence().dimensions(span, mismatch, needs))
    }

    /// An integer expression.
    pub(super) fn integer_expression(&mut self, e: &syn::Expr) -> Result<Integer, Refusal> {
        match self.expression(e)? {
            Value::Int(n) => Ok(n),
            Value::Constant(constant) => Ok(Integer::code(constant.code)),
            Value::Code => Ok(Integer::code(e.to_token_stream())),
            other => Err(self.fence().expected("an integer", e, &other)),
        }
    }
    /// An integer argument, if the macro knows its value.
    pub fn known_integer(&mut self, call: &Call<'_>, i: usize) -> Result<Option<i64>, Refusal> {
        let (negative, digits) = match bare(call.args[i]) {
            syn::Expr::Unary(u) if matches!(u.op, syn::UnOp::Neg(_)) => (true, &*u.expr),
            digits => (false, digits),
        };
        let n = self.integer_expression(digits)?.constant().and_then(|n| i64::try_from(n).ok());
        Ok(n.map(|n| if negative { -n } else { n }))
    }
    /// An `i32` argument that is known when the program runs, as a number of the function's type.
    pub fn integer_as_exponent(&mut self, call: &Call<'_>, i: usize) -> Result<NodeId, Refusal> {
        let n = self.integer_argument(call, i)?;
        let exponent = crate::emit::paths(&self.input.signature, self.input.arguments.crate_path.as_ref()).exponent(&n);
        match self.bind_scalar("exponent", &exponent, super::readable(&n))? {
            Value::Scalar(id) => Ok(id),
            other => Err(self.fence().expected("a scalar", call.args[i], &other)),
        }
    }
    /// The code of an integer argument that is known when the program runs.
    pub(super) fn integer_argument(&mut self, call: &Call<'_>, i: usize) -> Result<TokenStream, Refusal> {
        let n = self.integer_expression(call.args[i])?;
        match self.carriable(&n.code) {
            Err(_) if self.mentions_derived(&n.code) => Err(self.fence().size_of_active(call.args[i])),
            code => code,
        }
    }
    /// A position.
    pub fn index_argument(&mut self, call: &Call<'_>, i: usize) -> Result<Index, Refusal> {
        self.index(call.args[i])
    }
    pub(super) fn index(&mut self, e: &syn::Expr) -> Result<Index, Refusal> {
        let n = self.integer_expression(e)?;
        match n.known {
            Some(index) => Ok(index),
            None => Ok(Index { code: Some(self.carried_integer(e, &n)?), ..Index::default() }),
        }
    }
    /// A pair of positions.
    pub fn index_pair(&mut self, call: &Call<'_>, i: usize) -> Result<(Index, Index), Refusal> {
        let (a, b) = self.pair(call.args[i])?;
        Ok((self.index(a)?, self.index(b)?))
    }
    /// A run-time size.
    pub fn size_argument(&mut self, call: &Call<'_>, i: usize) -> Result<Dim, Refusal> {
        self.size(call.args[i])
    }
    /// A pair of run-time sizes.
    pub fn size_pair(&mut self, call: &Call<'_>, i: usize) -> Result<(Dim, Dim), Refusal> {
        let (a, b) = self.pair(call.args[i])?;
        Ok((self.size(a)?, self.size(b)?))
    }
    pub(super) fn pair<'e>(&self, e: &'e syn::Expr) -> Result<(&'e syn::Expr, &'e syn::Expr), Refusal> {
        match e {
            syn::Expr::Tuple(t) if t.elems.len() == 2 => Ok((&t.elems[0], &t.elems[1])),
            syn::Expr::Paren(p) => self.pair(&p.expr),
            syn::Expr::Group(p) => self.pair(&p.expr),
            _ => Err(self.fence().expected_pair(e)),
        }
    }
    /// A dimension that the program knows at run time, even where it is a literal: a `DVector` of three entries is dynamic.
    fn size(&mut self, e: &syn::Expr) -> Result<Dim, Refusal> {
        let n = self.integer_expression(e)?;
        match n.known.as_ref().map(|i| (i.base, &i.dims[..], i.code)) {
            Some((0, [dim], None)) if matches!(dim, Dim::Sym(_)) && !self.graph.dims.is_static(*dim) => Ok(*dim),
            Some((base, [], None)) => {
                let literal = proc_macro2::Literal::usize_unsuffixed(base).into_token_stream();
                let code = self.prologue.opaque(Opaque::code(literal, base.to_string()));
                Ok(self.graph.dims.derived(Source::Code(code)))
            }
            _ => {
                let code = match self.said_before(&n) {
                    Some(code) => code,
                    None => self.carried_integer(e, &n)?,
                };
                Ok(self.graph.dims.derived(Source::Code(code)))
            }
        }
    }
    /// Generic argument `i` of a method, as a size.
    pub fn generic_size(&mut self, call: &Call<'_>, i: usize) -> Result<Dim, Refusal> {
        let argument = call.generics.and_then(|g| g.args.iter().nth(i));
        let dim = argument.and_then(|a| self.generic_dim(&a.to_token_stream()));
        dim.ok_or_else(|| self.fence().missing_generics(call))
    }
    fn generic_dim(&mut self, tokens: &proc_macro2::TokenStream) -> Option<Dim> {
        let argument = syn::parse2::<syn::GenericArgument>(tokens.clone()).ok()?;
        crate::parse::number(&argument).map(|dim| self.type_dim(&dim))
    }
    /// A dimension as an integer; `code` tells it where that can be carried over.
    pub(super) fn dimension(&self, dim: Dim, code: TokenStream) -> Integer {
        let code = if self.mentions_derived(&code) { self.size_code(dim).unwrap_or(code) } else { code };
        Integer::dim(self.graph.dims.resolve(dim), code)
    }
    /// A dimension as code in the prologue, if something there tells it.
    pub(super) fn size_code(&self, dim: Dim) -> Option<TokenStream> {
        let dims = &self.graph.dims;
        if let Dim::Const(n) = dims.resolve(dim) {
            return Some(proc_macro2::Literal::usize_unsuffixed(n).into_token_stream());
        }
        let all = |parts: &[Dim]| parts.iter().map(|d| self.size_code(*d)).collect::<Option<Vec<_>>>();
        dims.sources(dim).iter().find_map(|source| match source {
            Source::Variable { variable, axis, .. } => {
                let name = match variable {
                    Variable::Param(p) => self.prologue.params[*p].to_token_stream(),
                    Variable::Opaque(id) => self.prologue.opaques[id.0 as usize].code.clone(),
                };
                Some(if *axis == Axis::Rows { quote!(#name.nrows()) } else { quote!(#name.ncols()) })
            }
            Source::Code(id) => Some(self.prologue.opaques[id.0 as usize].code.clone()),
            Source::Sum(parts) => all(parts).map(|parts| quote!((#(#parts)+*))),
            Source::Product(parts) => {
                let product = all(parts)?.into_iter().reduce(|a, b| quote!(#a * #b));
                Some(quote!((#product)))
            }
            Source::Least(parts) => all(parts)?.into_iter().reduce(|a, b| quote!(::core::cmp::Ord::min(#a, #b))),
        })
    }

    /// The elements of an array argument: `&[a, b]`.
    pub fn array_argument(&mut self, call: &Call<'_>, i: usize) -> Result<Vec<NodeId>, Refusal> {
        match self.expression(call.args[i])? {
            Value::Tuple(values) if !values.is_empty() => values
                .into_iter()
                .map(|v| {
                    let v = self.number(v)?;
                    v.node().ok_or_else(|| self.fence().expected("a matrix or vector", call.args[i], &v))
                })
                .collect(),
            other => Err(self.fence().expected("an array of vectors", call.args[i], &other)),
        }
    }

    /// The shape of `Type::name(rows, cols, ..)`, the last `own` arguments not being sizes.
    pub fn constructed_shape(&mut self, call: &Call<'_>, own: usize) -> Result<Shape, Refusal> {
        let form = call.of.as_ref().and_then(|of| self.constructor_type(of));
        let Some(ty) = form else {
            return Err(self.fence().unknown_constructor(call));
        };
        let crate::parse::NumForm::Matrix { rows, cols, .. } = &ty.form else {
            return Err(self.fence().unknown_constructor(call));
        };
        let mut sizes = 0..call.arity().saturating_sub(own);
        let mut read = |cx: &mut Self, dim: &crate::parse::TypeDim| match dim {
            crate::parse::TypeDim::Dyn => match sizes.next() {
                Some(i) => cx.size(call.args[i]),
                None => Err(cx.fence().unknown_constructor(call)),
            },
            _ => Ok(cx.type_dim(dim)),
        };
        let shape = Shape::new(read(self, rows)?, read(self, cols)?);
        if sizes.next().is_some() {
            return Err(self.fence().unknown_constructor(call));
        }
        Ok(shape)
    }
    /// The type before `::name(..)`, its scalar filled in where the path leaves it out.
    pub(super) fn constructor_type(&self, of: &syn::Path) -> Option<crate::parse::NumType> {
        let mut path = of.clone();
        let scalar: syn::Type = self.scalar_type();
        let last = path.segments.last_mut()?;
        match &mut last.arguments {
            syn::PathArguments::None => last.arguments = syn::PathArguments::AngleBracketed(syn::parse_quote!(<#scalar>)),
            syn::PathArguments::AngleBracketed(list) => {
                for argument in &mut list.args {
                    if matches!(argument, syn::GenericArgument::Type(syn::Type::Infer(_))) {
                        *argument = syn::GenericArgument::Type(scalar.clone());
                        break;
                    }
                }
            }
            syn::PathArguments::Parenthesized(_) => return None,
        }
        let ty = syn::Type::Path(syn::TypePath { qself: None, path });
        self.input.signature.read_type(&ty)
    }
    pub(super) fn scalar_type(&self) -> syn::Type {
        use crate::parse::ScalarType;
        let code = match &self.input.signature.scalar {
            Some(ScalarType::Generic(t)) => quote!(#t),
            Some(ScalarType::F32) => self.input.signature.primitive("f32"),
            _ => self.input.signature.primitive("f64"),
        };
        syn::parse_quote!(#code)
    }

    /// A block of the receiver.
    pub fn slice(
        &mut self,
        call: &Call<'_>,
        row: Index,
        col: Index,
        shape: impl FnOnce(Shape) -> Shape,
    ) -> Result<Value, Refusal> {
        let a = self.receiver(call)?;
        let whole = self.shape(a);
        let shape = shape(whole);
        if self.exceeds(&row, shape.rows, whole.rows) || self.exceeds(&col, shape.cols, whole.cols) {
            return Err(self.fence().outside(call.span(), whole));
        }
        Ok(self.matrix(|g| g.make_shaped(Kind::Slice, Attr::Block(Block { row, col }), &[a], shape)))
    }
    /// Whether a block that begins at `at` is known to end outside.
    fn exceeds(&self, at: &Index, count: Dim, length: Dim) -> bool {
        let count = match self.graph.dims.resolve(count) {
            Dim::Const(n) => Some(n),
            sym @ Dim::Sym(_) => self.graph.dims.sources(sym).iter().find_map(|source| match source {
                Source::Code(id) => self.prologue.opaques.get(id.0 as usize)?.text.parse().ok(), // a literal
                _ => None,
            }),
        };
        let end = at.constant().and_then(|begin| begin.checked_add(count?));
        matches!((end, self.graph.dims.resolve(length)), (Some(end), Dim::Const(length)) if end > length)
    }
    /// A block matrix, `width` blocks a row.
    pub fn stack(&mut self, call: &Call<'_>, width: usize, blocks: &[NodeId]) -> Result<Value, Refusal> {
        let elements = match call.args.first().map(|e| plain(e)) {
            Some(syn::Expr::Array(array)) => array.elems.iter().collect(),
            _ => call.args.clone(),
        };
        let written = elements.into_iter().map(ToTokens::to_token_stream).zip(blocks.iter().copied());
        self.stacked(&Site { span: call.span(), whole: call.to_tokens(), operands: written.collect() }, width, blocks)
    }

    /// `DVector::from_column_slice(m.as_slice())`: the entries of `m`, column by column.
    pub(super) fn from_slice(
        &mut self,
        of: &syn::Path,
        name: &syn::Ident,
        args: &[&syn::Expr],
    ) -> Result<Option<Value>, Refusal> {
        let begins = ["from_slice", "from_columns", "from"].iter().any(|n| name == n);
        if !(begins || ["from_column_slice", "from_vec", "from_row_slice"].iter().any(|n| name == n)) || args.is_empty() {
            return Ok(None);
        }
        if begins {
            return self.from_list(of, name, args);
        }
        let Some(last) = args.last() else { return Ok(None) };
        let given = self.expression(last)?;
        let Some(ty) = self.constructor_type(of) else { return Ok(None) };
        let a = match given {
            Value::List(a, Element::Number) => a,
            Value::Tuple(entries) => return self.from_entries(name, &ty, &args[..args.len() - 1], last, entries).map(Some),
            _ => return Ok(None),
        };
        let crate::parse::NumForm::Matrix { rows, cols, .. } = &ty.form else { return Ok(None) };
        let source = self.shape(a);
        let len = self.graph.dims.derived(Source::Product(vec![source.rows, source.cols]));
        let mut sizes = args[..args.len() - 1].iter();
        let mut dims = Vec::new();
        for dim in [rows, cols] {
            dims.push(match (dim, sizes.next()) {
                (crate::parse::TypeDim::Dyn, Some(e)) => self.size(e)?,
                (crate::parse::TypeDim::Dyn, None) => len,
                (other, None) => self.type_dim(&other.clone()),
                (_, Some(_)) => return Ok(None),
            });
        }
        let shape = Shape::new(dims[0], dims[1]);
        let own = self.graph.dims.derived(Source::Product(vec![shape.rows, shape.cols]));
        self.unify_at(name.span(), len, own, "the new shape needs as many entries")?;
        if name == "from_row_slice" && !shape.is_thin() {
            let turned = Shape::new(shape.cols, shape.rows);
            return Ok(Some(self.matrix(|g| {
                let by_rows = g.make_shaped(Kind::Reshape, Attr::None, &[a], turned);
                g.transpose(by_rows)
            })));
        }
        if self.shape(a) == shape {
            return Ok(Some(Value::Matrix(a)));
        }
        Ok(Some(self.matrix(|g| g.make_shaped(Kind::Reshape, Attr::None, &[a], shape))))
    }
}

impl Lowerer<'_> {
    /// `DVectorView::from_slice(x, n)`, `DMatrix::from_columns(&x)`, `Vector3::from(x)`.
    fn from_list(&mut self, of: &syn::Path, name: &syn::Ident, args: &[&syn::Expr]) -> Result<Option<Value>, Refusal> {
        let first = args[0];
        if !self.mentions_active(&first.to_token_stream()) {
            return Ok(None);
        }
        let Some(ty) = self.constructor_type(of) else { return Ok(None) };
        let crate::parse::NumForm::Matrix { rows, cols, .. } = &ty.form else { return Ok(None) };
        let value = self.expression(first)?;
        let Some((a, element)) = self.as_list(&value) else { return Ok(None) };
        let mut sizes = args[1..].iter();
        let mut side = |cx: &mut Self, dim: &crate::parse::TypeDim| match (dim, sizes.next()) {
            (crate::parse::TypeDim::Dyn, Some(e)) => cx.size_of(e).map(Some),
            (crate::parse::TypeDim::Dyn, None) => Ok(None),
            (other, _) => Ok(Some(cx.type_dim(&other.clone()))),
        };
        let (from_slice, span) = (name == "from_slice", name.span());
        // of what is not numbers one after the other, the columns are the items
        let own = match (from_slice, element) {
            (true, Element::Number) => {
                let (Some(r), Some(c)) = (side(self, rows)?, side(self, cols)?) else { return Ok(None) };
                let len = match (self.graph.dims.resolve(r), self.graph.dims.resolve(c)) {
                    (r, Dim::ONE) => r,
                    (Dim::ONE, c) => c,
                    (r, c) => self.graph.dims.derived(Source::Product(vec![r, c])),
                };
                let column = self.column_of(a);
                let part = self.block_of(column, Index::default(), Index::default(), |_| Shape::column(len));
                let shape = Shape::new(r, c);
                if self.shape(part) == shape { part } else { self.graph.make_shaped(Kind::Reshape, Attr::None, &[part], shape) }
            }
            (true, _) => return Ok(None),
            (false, Element::Number) if name == "from" => self.column_of(a),
            (false, Element::Vector | Element::Array) => a,
            (false, Element::Number) => return Ok(None),
        };
        if !from_slice {
            let shape = self.shape(own);
            for (dim, own) in [(rows, shape.rows), (cols, shape.cols)] {
                if !matches!(dim, crate::parse::TypeDim::Dyn) {
                    let dim = self.type_dim(&dim.clone());
                    self.unify_at(span, own, dim, "the type has as many rows and columns")?;
                }
            }
        }
        Ok(Some(Value::Matrix(own)))
    }
}

/// Without parentheses and `&`.
fn plain(e: &syn::Expr) -> &syn::Expr {
    match bare(e) {
        syn::Expr::Reference(inner) => plain(&inner.expr),
        other => other,
    }
}
