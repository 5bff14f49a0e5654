//! Statements: `let`, blocks, the result.

use std::collections::{HashMap, HashSet};

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::spanned::Spanned;

use super::changed::{APPLIES, MUTATORS, assigns, changed_by, root};
use super::exits::{is_none, without_return};
use super::mentions::{How, LOOKING, mentions};
use super::patterns::pattern_names;
use super::pushes::empty_list;
use super::together::replaced_place;
use super::value::{Binding, Integer, Lasts};
use super::{Lowerer, Refusal, Value};
use crate::ir::NodeId;
use crate::parse::{NumForm, Output, conditions};

impl Lowerer<'_> {
    /// The value of the function; none if there is an error.
    pub(super) fn function_body(&mut self) -> Option<NodeId> {
        let block = &without_return(&self.input.body);
        let (result, before) = match block.stmts.split_last() {
            Some((syn::Stmt::Expr(e, Some(semicolon)), before)) if !matches!(e, syn::Expr::Return(_)) && is_value(e) => {
                self.errors.push(self.fence().lost_result(*semicolon));
                (None, before)
            }
            Some((syn::Stmt::Expr(syn::Expr::Return(r), _), before)) => (r.expr.as_deref(), before),
            Some((syn::Stmt::Expr(e, None), before)) => (Some(e), before),
            _ => (None, &block.stmts[..]),
        };
        self.declare_constants(before);
        let mut decided = false;
        for statement in before {
            // an error in one statement does not hide those of others; statements of which one is there are one mistake
            let again = std::mem::replace(&mut decided, conditions::of_statement(statement).is_some()) && decided;
            if let Err(refusal) = self.statement(statement) {
                if !again || self.errors.is_empty() {
                    self.refuse(&statement.to_token_stream(), refusal);
                }
                self.poison(statement);
            }
        }
        let Some(e) = result else {
            if self.errors.is_empty() {
                self.errors.push(self.fence().no_result(block));
            }
            return None;
        };
        if let Some(attr) = block.stmts.last().and_then(decided_value) {
            // with what stands before it, it is one choice
            if self.errors.is_empty() {
                self.errors.push(self.fence().decided(attr));
            }
            return None;
        }
        let value = self.one_expression(e).and_then(|value| self.result(value, e));
        value.map_err(|refusal| self.refuse(&e.to_token_stream(), refusal)).ok()
    }

    /// Note an error, unless it follows from another: what the code names was refused before.
    fn refuse(&mut self, code: &TokenStream, refusal: Refusal) {
        let names: Vec<String> = mentions(code).into_iter().map(|m| m.name).collect();
        if !names.iter().any(|name| self.refused.contains(name)) {
            self.errors.push(refusal);
        }
        // what is not known is complained of once
        let unknown = |name: &String| self.lookup(name).is_some_and(|b| matches!(b.value, Value::Code));
        self.refused.extend(names.into_iter().filter(unknown).collect::<Vec<_>>());
    }

    /// The result, opened and checked against the signature.
    fn result(&mut self, value: Value, e: &syn::Expr) -> Result<NodeId, Refusal> {
        let value = match value {
            Value::Some(inner) if self.returns_option() => *inner,
            // the tail `a.try_inverse()` of a function that returns an `Option`
            Value::Fallible(..) if self.returns_option() => {
                self.opened(&value, crate::ir::Fail::Question).ok_or_else(|| self.fence().unknown_value(e))?
            }
            _ if self.returns_option() => return Err(self.fence().not_some(e)),
            other => other,
        };
        let listed = matches!(&self.input.signature.output, Output::Num { ty, .. } if ty.list.is_some());
        let node = if listed { self.as_list(&value).map(|(a, _)| a) } else { value.node() };
        let Some(id) = node else {
            return Err(match value {
                Value::Code => self.fence().inactive_result(e),
                other => self.fence().expected("a scalar", e, &other),
            });
        };
        let (Output::Num { ty, .. }, shape) = (&self.input.signature.output, self.shape(id)) else {
            return Ok(id);
        };
        let declared = match &ty.form {
            NumForm::Scalar => crate::ir::Shape::SCALAR,
            NumForm::Matrix { .. } => self.shape_of_type(&ty.clone()),
        };
        self.unify_at(e.span(), shape.rows, declared.rows, "the signature gives the shape of the result")?;
        self.unify_at(e.span(), shape.cols, declared.cols, "the signature gives the shape of the result")?;
        Ok(id)
    }

    /// A block in the middle of an expression.
    pub(super) fn block(&mut self, block: &syn::Block) -> Result<Value, Refusal> {
        self.scopes.push(HashMap::new());
        self.prologue.enter();
        let value = self.block_statements(block);
        self.scopes.pop();
        self.prologue.leave();
        value
    }

    fn block_statements(&mut self, block: &syn::Block) -> Result<Value, Refusal> {
        let Some((last, before)) = block.stmts.split_last() else { return Ok(Value::Unit) };
        self.declare_constants(before);
        for statement in before {
            self.statement(statement)?;
        }
        match last {
            syn::Stmt::Expr(e, None) => match conditions::of_leading(e) {
                Some(attr) => Err(self.fence().decided(attr)),
                None if self.is_effect(e) => {
                    self.statement(last)?;
                    Ok(Value::Unit)
                }
                None => self.one_expression(e),
            },
            other => {
                self.statement(other)?;
                Ok(Value::Unit)
            }
        }
    }

    pub(super) fn statement(&mut self, statement: &syn::Stmt) -> Result<(), Refusal> {
        match statement {
            syn::Stmt::Local(local) => match conditions::of_local(local) {
                Some(attr) => self.decided_local(local, attr),
                None => self.local(local),
            },
            syn::Stmt::Item(item) => self.item(item),
            syn::Stmt::Expr(syn::Expr::Return(e), _) => Err(self.fence().early_return(e.return_token.span())),
            syn::Stmt::Expr(e, _) if bare_macro(e) => self.effect(statement),
            syn::Stmt::Expr(syn::Expr::ForLoop(e), _) if self.is_active_loop(e) => self.for_loop(e),
            syn::Stmt::Expr(syn::Expr::While(e), _) if self.mentions_active(&e.to_token_stream()) => self.while_loop(e),
            syn::Stmt::Expr(syn::Expr::Loop(e), _) if self.mentions_active(&e.to_token_stream()) => self.endless(e),
            syn::Stmt::Expr(e @ (syn::Expr::If(_) | syn::Expr::Match(_)), _) if self.maps == 0 && self.changes_active(e) => {
                match self.expression(e)? {
                    Value::Unit => Ok(()),
                    _ => Err(self.fence().effect(statement)),
                }
            }
            syn::Stmt::Expr(e @ syn::Expr::Block(block), _)
                if block.label.is_none() && self.maps == 0 && self.changes_active(e) =>
            {
                match self.block(&block.block)? {
                    Value::Unit => Ok(()),
                    _ => Err(self.fence().effect(statement)),
                }
            }
            syn::Stmt::Expr(syn::Expr::MethodCall(e), _)
                if e.method == "for_each" && self.mentions_active(&e.to_token_stream()) =>
            {
                self.for_each(e)
            }
            syn::Stmt::Expr(e, _) if self.calls_helper(e) => self.one_expression(e).map(|_| ()),
            syn::Stmt::Expr(e, _) => self.assignment(e).unwrap_or_else(|| self.effect(statement)),
            syn::Stmt::Macro(_) => self.effect(statement),
        }
    }

    /// `use` and `const` inside the body.
    fn item(&mut self, item: &syn::Item) -> Result<(), Refusal> {
        match item {
            item if !self.surroundings().is_beside(&self.home) => Err(self.fence().item(item)),
            // beside the companions' own it would stand three times
            syn::Item::Impl(block) if !self.is_local_type(&block.self_ty) => Err(self.fence().item(item)),
            syn::Item::Use(_)
            | syn::Item::Const(_)
            | syn::Item::Static(_)
            | syn::Item::Fn(_)
            | syn::Item::Type(_)
            | syn::Item::Struct(_)
            | syn::Item::Enum(_)
            | syn::Item::Impl(_) => {
                self.prologue.carry(item.to_token_stream(), &[], false);
                Ok(())
            }
            _ => Err(self.fence().item(item)),
        }
    }

    /// Whether a type is declared in the body.
    fn is_local_type(&self, ty: &syn::Type) -> bool {
        let syn::Type::Path(path) = ty else { return false };
        self.input.body.stmts.iter().any(|statement| match statement {
            syn::Stmt::Item(syn::Item::Struct(item)) => path.path.is_ident(&item.ident),
            syn::Stmt::Item(syn::Item::Enum(item)) => path.path.is_ident(&item.ident),
            _ => false,
        })
    }

    /// A statement for its effect: carried over, if that changes nothing that is differentiated.
    fn effect(&mut self, statement: &syn::Stmt) -> Result<(), Refusal> {
        let tokens = statement.to_token_stream();
        if self.mentions_derived(&tokens)
            && self.only_looks(statement)
            && let Some(again) = self.observed(statement)
        {
            self.leaves_no_function(&again)?;
            self.prologue.carry(again, &[], false);
            return Ok(());
        }
        if !self.mentions_active(&tokens) && self.mentions_derived(&tokens) {
            let with_sizes = self.with_sizes(tokens.clone());
            if !self.mentions_derived(&with_sizes) {
                self.leaves_no_function(&with_sizes)?;
                self.prologue.carry(with_sizes, &[], false);
                self.sizes_agree(statement);
                return Ok(());
            }
            return Err(self.fence().repeated_effect(statement));
        }
        if self.mentions_derived(&tokens) || (self.mentions_active(&tokens) && !self.only_looks(statement)) {
            return Err(match conditions::of_statement(statement) {
                Some(attr) => self.fence().decided(attr),
                None => self.fence().effect(statement),
            });
        }
        self.leaves_no_function(&tokens)?;
        self.prologue.carry(tokens, &[], false);
        self.sizes_agree(statement);
        Ok(())
    }

    /// An expression that is a statement of its own.
    fn one_expression(&mut self, e: &syn::Expr) -> Result<Value, Refusal> {
        let mark = self.prologue.mark();
        let value = self.expression(e)?;
        self.joined(mark, e)?;
        Ok(value)
    }
    /// What an expression carries over is evaluated together where that can be noticed.
    fn joined(&mut self, since: super::prologue::Mark, e: &syn::Expr) -> Result<(), Refusal> {
        if self.prologue.join(since) { Ok(()) } else { Err(self.fence().apart(e)) }
    }

    /// After `assert_eq!(x.nrows(), y.len())` these are one size.
    fn sizes_agree(&mut self, statement: &syn::Stmt) {
        let (syn::Stmt::Macro(syn::StmtMacro { mac, .. }) | syn::Stmt::Expr(syn::Expr::Macro(syn::ExprMacro { mac, .. }), _)) =
            statement
        else {
            return;
        };
        let parser = syn::punctuated::Punctuated::<syn::Expr, syn::Token![,]>::parse_terminated;
        let (true, true, Ok(args)) = (mac.path.is_ident("assert_eq"), self.lanes.is_empty(), mac.parse_body_with(parser)) else {
            return;
        };
        let mark = self.prologue.mark();
        let mut size = |e: &syn::Expr| match self.expression(e) {
            Ok(Value::Int(Integer { known: Some(index), .. })) if index.base == 0 && index.code.is_none() => match index.dims[..]
            {
                [dim] => Some(dim),
                _ => None,
            },
            _ => None,
        };
        if let (Some(a), Some(b)) = (args.first().and_then(&mut size), args.iter().nth(1).and_then(&mut size)) {
            // if they are not, the assertion says so first
            let _ = self.graph.dims.unify(a, b);
        }
        self.rewind(mark);
    }

    fn local(&mut self, local: &syn::Local) -> Result<(), Refusal> {
        if let Some(opened) = opened_at_once(local).filter(|_| self.mentions_active(&local.to_token_stream())) {
            return self.local(&opened);
        }
        if let Some(placed) = self.place_of(local) {
            return placed;
        }
        let mark = self.prologue.mark();
        let Some(init) = local.init.as_ref().filter(|init| init.diverge.is_none()) else {
            // `let y;`, `let … else`
            if self.mentions_active(&local.to_token_stream()) {
                return Err(self.fence().let_else(local));
            }
            return self.inactive_local(local, Value::Code, mark);
        };
        let empty = empty_list(&init.expr).filter(|_| self.changes(&local.pat));
        let value = match (empty, replaced_place(&init.expr).filter(|of| self.is_active_place(of.0))) {
            (Some(empty), _) => empty,
            (None, Some((place, with))) => self.replaced_value(place, with)?,
            (None, None) => self.expression(&init.expr)?,
        };
        // `let mut best = f64::INFINITY;`
        let value = if self.changes(&local.pat) { self.number(value)? } else { value };
        let value = if self.changes(&local.pat) { self.indexed_at_run_time(&local.pat, value) } else { value };
        let changes = self.changes(&local.pat)
            && (value.node().is_some() || matches!(value, Value::Tuple(_) | Value::Struct(..) | Value::List(..)));
        let active = changes
            || self.is_active(&value)
            || (self.mentions_active(&init.expr.to_token_stream()) && !is_known_inactive(&value));
        if active {
            self.joined(mark, &init.expr)?;
            let source = self.source(local, mark);
            self.bind_pattern(&local.pat, value, true)?;
            self.note_source(local, source);
            Ok(())
        } else {
            self.inactive_local(local, value, mark)
        }
    }

    /// Whether a `let` binds a variable that the body changes to something active.
    fn changes(&self, pattern: &syn::Pat) -> bool {
        match pattern {
            syn::Pat::Ident(p) => p.mutability.is_some() && self.changed.contains(&p.ident.to_string()),
            syn::Pat::Type(typed) => self.changes(&typed.pat),
            syn::Pat::Tuple(tuple) => tuple.elems.iter().any(|p| self.changes(p)),
            _ => false,
        }
    }

    /// Whether an expression is there for what it does, and has no value.
    pub(super) fn is_effect(&self, e: &syn::Expr) -> bool {
        match e {
            syn::Expr::Assign(_) | syn::Expr::ForLoop(_) | syn::Expr::While(_) | syn::Expr::Loop(_) => true,
            syn::Expr::Binary(e) => assigns(e.op),
            syn::Expr::Macro(e) => e.mac.path.segments.last().is_some_and(|s| LOOKING.iter().any(|n| s.ident == n)),
            syn::Expr::MethodCall(call) if call.method == "for_each" => self.mentions_active(&e.to_token_stream()),
            syn::Expr::MethodCall(call) => {
                MUTATORS.iter().chain(APPLIES).any(|m| call.method == m)
                    && root(&call.receiver).is_some_and(|name| self.lookup(&name.to_string()).is_some_and(|b| b.active))
            }
            _ => false,
        }
    }

    /// Whether a loop does something with active values.
    fn is_active_loop(&self, e: &syn::ExprForLoop) -> bool {
        self.mentions_active(&e.to_token_stream())
    }

    /// Whether an expression changes active variables.
    fn changes_active(&self, e: &syn::Expr) -> bool {
        self.changed_wholes(changed_by(e, &self.home.mutating()))
            .into_iter()
            .any(|name| self.lookup(&name).is_some_and(|b| b.active && b.lasts == Lasts::Assigned))
    }

    /// The names of a statement that was refused are active code of which nothing is known: no second error for each use.
    fn poison(&mut self, statement: &syn::Stmt) {
        let names: Vec<String> = match statement {
            syn::Stmt::Local(local) => pattern_names(&local.pat).iter().map(ToString::to_string).collect(),
            // what it would have changed
            other => {
                let changed = mentions(&other.to_token_stream()).into_iter().filter(|m| m.how == How::Changed);
                let mut changed: HashSet<String> = changed.map(|m| m.name).collect();
                if let syn::Stmt::Expr(e, _) = other {
                    changed.extend(changed_by(e, &self.home.mutating()));
                }
                let grows = |b: &Binding| matches!(b.value, Value::Tuple(_) | Value::List(..));
                changed.into_iter().filter(|name| self.lookup(name).is_some_and(|b| !b.active || grows(b))).collect()
            }
        };
        for name in names {
            self.bind(&name, Binding::derived(Value::Code, true));
            self.refused.insert(name);
        }
    }
}

/// Sizes of active values are no active values.
fn is_known_inactive(value: &Value) -> bool {
    match value {
        Value::Int(_) | Value::Unit => true,
        Value::Tuple(values) | Value::Struct(_, values) => values.iter().all(is_known_inactive),
        _ => false,
    }
}

/// `let Some(x) = a else { return None };` as `let x = a?;`, and with `panic!("text")` as `let x = a.expect("text");`.
fn opened_at_once(local: &syn::Local) -> Option<syn::Local> {
    let pattern = if let syn::Pat::Type(typed) = &local.pat { &*typed.pat } else { &local.pat };
    let syn::Pat::TupleStruct(some) = pattern else { return None };
    let init = local.init.as_ref()?;
    let (value, otherwise) = (&init.expr, &init.diverge.as_ref()?.1);
    if some.path.segments.last().is_none_or(|s| s.ident != "Some") || some.elems.len() != 1 {
        return None;
    }
    let syn::Expr::Block(block) = &**otherwise else { return None };
    let [syn::Stmt::Expr(last, _)] = &block.block.stmts[..] else { return None };
    let opened: syn::Expr = match last {
        syn::Expr::Return(e) if e.expr.as_deref().is_some_and(is_none) => syn::parse_quote!(#value?),
        syn::Expr::Macro(e) if e.mac.path.is_ident("panic") => {
            let text: syn::LitStr = e.mac.parse_body().ok()?;
            if text.value().contains(['{', '}']) {
                return None;
            }
            syn::parse_quote!(#value.expect(#text))
        }
        _ => return None,
    };
    let init = syn::LocalInit { eq_token: init.eq_token, expr: Box::new(opened), diverge: None };
    Some(syn::Local { pat: some.elems.first()?.clone(), init: Some(init), ..local.clone() })
}

/// What decides about the value at the end of a function.
fn decided_value(last: &syn::Stmt) -> Option<&syn::Attribute> {
    match last {
        syn::Stmt::Expr(e @ syn::Expr::Return(_), _) | syn::Stmt::Expr(e, None) => conditions::of_leading(e),
        _ => None,
    }
}

/// Whether an expression looks like one that is there for its value.
fn is_value(e: &syn::Expr) -> bool {
    use syn::Expr::{Binary, Call, Index, MethodCall, Paren, Path, Unary};
    match e {
        Binary(e) => matches!(e.op, syn::BinOp::Add(_) | syn::BinOp::Sub(_) | syn::BinOp::Mul(_) | syn::BinOp::Div(_)),
        other => matches!(other, Call(_) | Index(_) | MethodCall(_) | Paren(_) | Path(_) | Unary(_)),
    }
}

fn bare_macro(e: &syn::Expr) -> bool {
    matches!(e, syn::Expr::Macro(_))
}
