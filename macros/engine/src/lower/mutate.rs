//! Methods that change a matrix in place: `v.copy_from(&u)`, `m.ger(1.0, &x, &y, 1.0)` and their kin.

use quote::ToTokens;
use syn::spanned::Spanned;

use super::items::sum_of;
use super::lanes::Effect;
use super::{Lowerer, Refusal, Value};
use crate::ir::{Block, Dim, Index, Kind, NodeId, Shape};

/// What becomes of a part of a matrix.
struct Change {
    /// Where in the part.
    at: Block,
    shape: Shape,
    adds: bool,
    value: NodeId,
}

impl Lowerer<'_> {
    /// `v.copy_from(&u)` and its kin, on a variable or a part of it.
    pub(super) fn mutate(&mut self, call: &syn::ExprMethodCall, place: &syn::Expr, name: &str) -> Result<(), Refusal> {
        let span = call.method.span();
        if self.maps > 0 {
            return Err(self.fence().loop_form(span, "a change of a matrix in a closure that runs once an entry"));
        }
        if !matches!(self.lookup(name).map(|b| &b.value), Some(Value::Matrix(_) | Value::List(..))) {
            return Err(self.fence().assigned(place.span(), name));
        }
        let (block, shape) = self.place(place, name)?;
        for Change { at, shape, adds, value } in self.changes_of(call, place, name, shape)? {
            let Some((row, col)) = sum_of(&block.row, &at.row).zip(sum_of(&block.col, &at.col)) else {
                return Err(self.fence().assigned(place.span(), name));
            };
            let at = Some((Block { row, col }, shape));
            self.effect_on(Effect { name: name.to_owned(), at, adds, value, span })?;
        }
        Ok(())
    }

    fn changes_of(
        &mut self,
        call: &syn::ExprMethodCall,
        place: &syn::Expr,
        name: &str,
        shape: Shape,
    ) -> Result<Vec<Change>, Refusal> {
        let (span, args) = (call.method.span(), call.args.iter().collect::<Vec<_>>());
        let method = call.method.to_string();
        let whole = || Block { row: Index::default(), col: Index::default() };
        let all = |value, adds| Change { at: whole(), shape, adds, value };
        if method.starts_with("swap") {
            return self.exchanged(call, place, name);
        }
        if ["_row", "_column"].iter().any(|line| method.ends_with(line)) {
            return self.line_changed(call, name, shape).map(|change| vec![change]);
        }
        Ok(vec![match (method.as_str(), &args[..]) {
            ("copy_from", [other]) => all(self.fitting(other, shape)?, false),
            ("tr_copy_from", [other]) => {
                let turned = self.fitting(other, Shape::new(shape.cols, shape.rows))?;
                all(self.graph.transpose(turned), false)
            }
            ("copy_from_slice", [other]) => all(self.list_of(other, shape)?, false),
            ("fill", [s]) => {
                let s = self.scalar_expression(s)?;
                all(self.graph.fill(s, shape), false)
            }
            ("add_assign", [other]) => all(self.fitting(other, shape)?, true),
            ("sub_assign", [other]) => {
                let other = self.fitting(other, shape)?;
                all(self.graph.neg(other), true)
            }
            ("component_mul_assign", [other]) => {
                let (before, other) = (self.before(place, name, span)?, self.fitting(other, shape)?);
                all(self.graph.hadamard(&[before, other]), false)
            }
            ("component_div_assign", [other]) => {
                let (before, other) = (self.before(place, name, span)?, self.fitting(other, shape)?);
                let inverse = self.graph.pow(other, -1.0);
                all(self.graph.hadamard(&[before, inverse]), false)
            }
            // y ← a x + b y
            ("axpy", [a, x, b]) => {
                let (a, x) = (self.scalar_expression(a)?, self.fitting(x, shape)?);
                let added = self.graph.scale(a, x);
                self.in_addition(place, name, b, added, shape)?
            }
            ("cmpy", [a, x, y, b]) => {
                let (a, x, y) = (self.scalar_expression(a)?, self.fitting(x, shape)?, self.fitting(y, shape)?);
                let product = self.graph.hadamard(&[x, y]);
                let added = self.graph.scale(a, product);
                self.in_addition(place, name, b, added, shape)?
            }
            ("gemv" | "gemm", [a, x, y, b]) => {
                self.product_beside(place, name, (a, b), &syn::parse_quote!((#x) * (#y)), shape)?
            }
            ("gemv_tr" | "gemm_tr", [a, x, y, b]) => {
                self.product_beside(place, name, (a, b), &syn::parse_quote!((#x).tr_mul(#y)), shape)?
            }
            ("ger", [a, x, y, b]) => {
                self.product_beside(place, name, (a, b), &syn::parse_quote!((#x) * (#y).transpose()), shape)?
            }
            ("neg_mut", []) => {
                let before = self.before(place, name, span)?;
                all(self.graph.neg(before), false)
            }
            ("scale_mut", [s]) => {
                let (before, s) = (self.before(place, name, span)?, self.scalar_expression(s)?);
                all(self.graph.scale(s, before), false)
            }
            ("unscale_mut", [s]) => {
                let (before, s) = (self.before(place, name, span)?, self.scalar_expression(s)?);
                let inverse = self.graph.pow(s, -1.0);
                all(self.graph.scale(inverse, before), false)
            }
            ("add_scalar_mut", [s]) => {
                let s = self.scalar_expression(s)?;
                all(self.graph.fill(s, shape), true)
            }
            ("set_zero", []) => all(self.graph.filled(0.0, shape), false),
            _ => return Err(self.fence().assigned(span, name)),
        }])
    }

    /// `m.set_row(i, &r)`, `m.fill_column(j, s)`
    fn line_changed(&mut self, call: &syn::ExprMethodCall, name: &str, shape: Shape) -> Result<Change, Refusal> {
        let (span, method, args) = (call.method.span(), call.method.to_string(), call.args.iter().collect::<Vec<_>>());
        let [i, value] = args[..] else { return Err(self.fence().assigned(span, name)) };
        let i = self.index(i)?;
        let (at, shape) = if method.ends_with("row") {
            (Block { row: i, col: Index::default() }, Shape::new(Dim::ONE, shape.cols))
        } else {
            (Block { row: Index::default(), col: i }, Shape::column(shape.rows))
        };
        let value = if method.starts_with("fill") {
            let s = self.scalar_expression(value)?;
            self.graph.fill(s, shape)
        } else {
            self.fitting(value, shape)?
        };
        Ok(Change { at, shape, adds: false, value })
    }

    /// `m.swap_rows(i, j)`, `m.swap(a, b)`
    fn exchanged(&mut self, call: &syn::ExprMethodCall, place: &syn::Expr, name: &str) -> Result<Vec<Change>, Refusal> {
        let (span, method, args) = (call.method.span(), call.method.to_string(), call.args.iter().collect::<Vec<_>>());
        self.refuse_carried(name, span)?;
        let [i, j] = args[..] else { return Err(self.fence().assigned(span, name)) };
        let part = |i: &syn::Expr| -> syn::Expr {
            match method.as_str() {
                "swap_rows" => syn::parse_quote_spanned!(span=> (#place).row(#i)),
                "swap_columns" => syn::parse_quote_spanned!(span=> (#place).column(#i)),
                _ => syn::parse_quote_spanned!(span=> (#place)[#i]),
            }
        };
        let mut changes = Vec::new();
        for (to, from) in [(i, j), (j, i)] {
            let (at, shape) = self.part_of(&part(to), place, name)?;
            let value = self.expression(&part(from))?.whole().ok_or_else(|| self.fence().assigned(span, name))?;
            changes.push(Change { at, shape, adds: false, value });
        }
        Ok(changes)
    }

    /// Where a part is in a place.
    fn part_of(&mut self, part: &syn::Expr, place: &syn::Expr, name: &str) -> Result<(Block, Shape), Refusal> {
        let outer = std::mem::replace(&mut self.quiet, true);
        let (whole, part_value) = (self.expression(place), self.expression(part));
        self.quiet = outer;
        let (whole, of) = (whole?.whole(), part_value?.whole());
        match of.map(|id| (id, self.graph.node(id).clone())) {
            Some((id, node)) if node.op.kind == Kind::Slice && node.args.first().copied() == whole => match &node.op.attr {
                crate::ir::Attr::Block(block) => Ok((block.clone(), self.shape(id))),
                _ => Err(self.fence().assigned(part.span(), name)),
            },
            _ => Err(self.fence().assigned(part.span(), name)),
        }
    }

    /// What a place holds, where no loop around changes it for all iterations at once.
    fn before(&mut self, place: &syn::Expr, name: &str, span: proc_macro2::Span) -> Result<NodeId, Refusal> {
        self.refuse_carried(name, span)?;
        let value = self.expression(place)?;
        value.whole().ok_or_else(|| self.fence().assigned(place.span(), name))
    }

    /// `a f(x, y) + b y`
    fn product_beside(
        &mut self,
        place: &syn::Expr,
        name: &str,
        (a, b): (&syn::Expr, &syn::Expr),
        product: &syn::Expr,
        shape: Shape,
    ) -> Result<Change, Refusal> {
        let (a, product) = (self.scalar_expression(a)?, self.fitting(product, shape)?);
        let added = self.graph.scale(a, product);
        self.in_addition(place, name, b, added, shape)
    }

    /// `… + b y`, where `b` is a number that is known: at zero, what is there is not read.
    fn in_addition(
        &mut self,
        place: &syn::Expr,
        name: &str,
        b: &syn::Expr,
        added: NodeId,
        shape: Shape,
    ) -> Result<Change, Refusal> {
        let factor = self.scalar_expression(b)?;
        let at = Block { row: Index::default(), col: Index::default() };
        let known = self.graph.constant_value(factor);
        if known == Some(1.0) {
            return Ok(Change { at, shape, adds: true, value: added });
        }
        if known == Some(0.0) {
            return Ok(Change { at, shape, adds: false, value: added });
        }
        let before = self.before(place, name, b.span())?;
        if known.is_none() {
            return Err(self.fence().loop_form(b.span(), "a factor of what is there that is known at run time only"));
        }
        let before = self.graph.scale(factor, before);
        Ok(Change { at, shape, adds: false, value: self.graph.add(added, before) })
    }

    /// A list as a column of this shape.
    fn list_of(&mut self, e: &syn::Expr, shape: Shape) -> Result<NodeId, Refusal> {
        let value = self.expression(e)?;
        let Some((a, crate::parse::Element::Number)) = self.as_list(&value) else {
            return Err(self.fence().expected("a slice of numbers", e, &value));
        };
        let column = self.column_of(a);
        let own = self.shape(column);
        self.unify_at(e.span(), own.rows, shape.rows, "the place that is assigned to has another length")?;
        Ok(column)
    }

    /// `v.apply(|e| *e = f(*e))`: a loop over its entries.
    pub(super) fn applied(&mut self, call: &syn::ExprMethodCall, place: &syn::Expr) -> Result<(), Refusal> {
        let span = call.method.span();
        let args: Vec<&syn::Expr> = call.args.iter().collect();
        let (others, Some(syn::Expr::Closure(closure))) =
            (&args[..args.len().saturating_sub(1)], args.last().map(|e| super::operators::bare(e)))
        else {
            return Err(self.fence().loop_form(span, "`apply` with anything but a closure"));
        };
        let (pattern, body) = (&closure.inputs, &closure.body);
        let outer = std::mem::replace(&mut self.quiet, true);
        let whole = self.expression(place);
        self.quiet = outer;
        let shape = whole?.whole().map(|id| self.shape(id));
        let thin = shape.is_some_and(Shape::is_thin);
        if let ([other], Some(shape)) = (others, shape) {
            if !super::effects::is_pure(&other.to_token_stream()) {
                return Err(self.effects_at(other.span()));
            }
            self.fitting(other, shape)?; // the method does not stop where the shorter one ends
        }
        let patterns: Vec<&syn::Pat> = pattern.iter().collect();
        let e: syn::ExprForLoop = match (&patterns[..], others, thin) {
            ([v], [], true) => syn::parse_quote_spanned!(span=> for #v in (#place).iter_mut() { #body; }),
            ([v, w], [other], true) => {
                syn::parse_quote_spanned!(span=> for (#v, &#w) in (#place).iter_mut().zip((#other).iter()) { #body; })
            }
            ([v], [], false) => {
                let (i, j) = (self.prologue.fresh("i"), self.prologue.fresh("j"));
                syn::parse_quote_spanned! {span=>
                    for #j in 0..(#place).ncols() {
                        for #i in 0..(#place).nrows() {
                            let #v = &mut (#place)[(#i, #j)];
                            #body;
                        }
                    }
                }
            }
            _ => return Err(self.fence().loop_form(span, &format!("`{}` of a matrix", call.method.to_token_stream()))),
        };
        self.for_loop(&e)
    }
}
