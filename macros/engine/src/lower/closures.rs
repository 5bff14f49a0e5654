//! Closures: elementwise functions, and functions of the user's own that are read where they are called.

use std::collections::HashMap;

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use super::effects::is_pure;
use super::fit::Site;
use super::mentions::mentions;
use super::operators::bare;
use super::value::{Binding, Lasts};
use super::{Call, Lowerer, Refusal, Value};
use crate::ir::{Cmp, Graph, Kind, NodeId};
use crate::ops;

impl Lowerer<'_> {
    /// `map` and its kin: the closure is read with its arguments standing for all entries at once.
    pub(super) fn closure_method(&mut self, name: &str, call: &Call<'_>) -> Result<Option<Value>, Refusal> {
        let others = match (name, call.arity()) {
            ("map" | "map_diagonal", 1) => 0,
            ("zip_map", 2) => 1,
            ("zip_zip_map", 3) => 2,
            _ => return Ok(None),
        };
        let mut entries = vec![match name {
            "map_diagonal" => {
                let a = self.square_receiver(call)?;
                self.graph.unary(Kind::Diagonal, a)
            }
            _ => self.receiver(call)?,
        }];
        for i in 0..others {
            let other = self.matrix_argument(call, i)?;
            entries.push(other);
            self.same_shape(&Site::call(call, &entries).of(&[0, i + 1]))?;
        }
        let shape = self.shape(entries[0]);
        let function = call.args[others];
        let values: Vec<Value> = entries.into_iter().map(Value::Scalar).collect();
        if self.maps > 0 && self.reads_entry(function) {
            return Err(self.fence().entry_of_the_outer(function));
        }
        let value = match bare(function) {
            syn::Expr::Path(path) => self.mapped(|cx| cx.function_path(path, &values, call))?,
            _ => match self.expression(function)? {
                Value::Closure(closure, seen) => self.mapped(|cx| cx.inline(&closure, seen, values))?,
                other => return Err(self.fence().expected("a closure", function, &other)),
            },
        };
        match self.number(value)? {
            Value::Scalar(id) => Ok(Some(self.matrix(|g| if g.is_scalar(id) { g.fill(id, shape) } else { id }))),
            other => Err(self.fence().expected("a closure of scalars", function, &other)),
        }
    }

    /// Whether code within the closure of a `map` reads what that is given for each entry: by name, or by a closure that does.
    fn reads_entry(&self, code: &syn::Expr) -> bool {
        fn reads(graph: &Graph, code: &TokenStream, lookup: &dyn Fn(&str) -> Option<Binding>) -> bool {
            mentions(code).iter().filter_map(|m| lookup(&m.name)).any(|binding| match binding.value {
                Value::Scalar(id) => !graph.is_scalar(id),
                Value::Closure(closure, seen) => reads(graph, &closure.to_token_stream(), &|name| seen.get(name).cloned()),
                _ => false,
            })
        }
        reads(&self.graph, &code.to_token_stream(), &|name| self.lookup(name).cloned())
    }

    /// Read what runs once an entry.
    fn mapped<T>(&mut self, read: impl FnOnce(&mut Self) -> T) -> T {
        self.maps += 1;
        let value = read(self);
        self.maps -= 1;
        value
    }

    /// `x.map(f64::exp)`, `x.map(matgrad::sigmoid)`, or a closure by name.
    fn function_path(&mut self, path: &syn::ExprPath, values: &[Value], call: &Call<'_>) -> Result<Value, Refusal> {
        path.path.get_ident().map_or(Ok(()), |name| self.not_decided(name))?;
        if let Some(name) = path.path.get_ident()
            && let Some(Value::Closure(closure, seen)) = self.lookup(&name.to_string()).map(|b| b.value.clone())
        {
            return self.inline(&closure, seen, values.to_vec());
        }
        let unknown = self.fence().unknown_function_path(path);
        let Some(last) = path.path.segments.last().filter(|_| {
            path.path.segments.len() > 1
                || self.surroundings().function(&path.path).is_some()
                || self.surroundings().imported(&path.path.segments[0].ident).is_some()
        }) else {
            return Err(unknown);
        };
        // read as a call on names that nobody else has
        self.scopes.push(HashMap::new());
        let names: Vec<syn::Ident> = (0..values.len()).map(|_| self.prologue.fresh("entry")).collect();
        for (name, value) in names.iter().zip(values) {
            self.bind(&name.to_string(), Binding::derived(value.clone(), true));
        }
        let e: syn::Expr = syn::parse_quote_spanned!(last.ident.span()=> #path(#(#names),*));
        let value = self.expression(&e);
        self.scopes.pop();
        let _ = call;
        match value {
            Ok(Value::Scalar(id)) => Ok(Value::Scalar(id)),
            _ => Err(unknown),
        }
    }

    /// What a closure sees: a variable that may change, as it is where the closure is made. Without `move` it cannot change later.
    pub(super) fn captured(&mut self, closure: &syn::ExprClosure) -> HashMap<String, Binding> {
        let mut seen: HashMap<String, Binding> =
            self.scopes.iter().flat_map(|s| s.iter().map(|(k, v)| (k.clone(), v.clone()))).collect();
        let mut names: Vec<String> = mentions(&closure.to_token_stream()).into_iter().map(|m| m.name).collect();
        names.sort();
        names.dedup();
        for name in names {
            if let Some(binding) = seen.get_mut(&name).filter(|b| b.lasts != Lasts::Always && !b.active) {
                let (value, held) = self.snapshot(&super::prologue::ident(&name), &binding.clone());
                // without a name of ours, code may read it only where it cannot have changed
                let variable =
                    binding.variable.filter(|_| held.is_some() || binding.lasts != Lasts::Assigned || closure.capture.is_none());
                *binding = Binding { value, held, variable, lasts: Lasts::Always, ..binding.clone() };
            }
        }
        seen
    }

    pub(super) fn apply_closure(
        &mut self,
        closure: &syn::ExprClosure,
        seen: HashMap<String, Binding>,
        args: &[&syn::Expr],
    ) -> Result<Value, Refusal> {
        let values = args.iter().map(|a| self.expression(a)).collect::<Result<Vec<_>, _>>()?;
        self.inline(closure, seen, values)
    }

    /// The body of a closure, with its parameters bound, in the scope where it was written.
    pub(super) fn inline(
        &mut self,
        closure: &syn::ExprClosure,
        seen: HashMap<String, Binding>,
        values: Vec<Value>,
    ) -> Result<Value, Refusal> {
        if closure.asyncness.is_some() {
            return Err(self.fence().async_closure(closure));
        }
        if closure.inputs.len() != values.len() {
            return Err(self.fence().closure_arity(closure, values.len()));
        }
        let outside = std::mem::replace(&mut self.scopes, vec![seen, HashMap::new()]);
        let hidden = self.hidden;
        self.hidden += outside.len();
        let mark = self.prologue.mark();
        let mut result = Ok(());
        for (pattern, value) in closure.inputs.iter().zip(values) {
            result = result.and_then(|()| {
                if self.lanes.is_empty() { self.bind_pattern(pattern, value, true) } else { self.loop_variable(pattern, value) }
            });
        }
        let value = result.and_then(|()| self.expression(&closure.body));
        self.scopes = outside;
        self.hidden = hidden;
        let value = value?;
        // statements of a closure run once an entry: they cannot be moved out
        if self.prologue.has_effects(mark) {
            return Err(self.fence().closure_statement(closure));
        }
        Ok(value)
    }

    /// `if a < b { x } else { y }` between scalars, inside a closure.
    pub(super) fn selection(&mut self, e: &syn::ExprIf) -> Result<Value, Refusal> {
        let Some((_, otherwise)) = &e.else_branch else {
            return Err(self.fence().branch(e));
        };
        // outside a closure one branch runs, and may do what the other must not
        if self.maps == 0 || !self.is_condition(&e.cond) {
            return Err(self.fence().branch(e));
        }
        let x = self.block(&e.then_branch).and_then(|x| self.number(x))?;
        let y = self.numeric(otherwise)?;
        let (Value::Scalar(x), Value::Scalar(y)) = (x, y) else {
            return Err(self.fence().branch(e));
        };
        self.chosen(&e.cond, x, y, e).map(Value::Scalar)
    }

    /// Whether a condition is made of comparisons and of code that is carried over.
    fn is_condition(&self, e: &syn::Expr) -> bool {
        match bare(e) {
            syn::Expr::Binary(e) if matches!(e.op, syn::BinOp::And(_) | syn::BinOp::Or(_)) => {
                self.is_condition(&e.left) && self.is_condition(&e.right)
            }
            syn::Expr::Binary(e) => comparison(e.op).is_some(),
            syn::Expr::Unary(e) if matches!(e.op, syn::UnOp::Not(_)) => self.is_condition(&e.expr),
            syn::Expr::Let(_) => false,
            other => self.is_flag(other),
        }
    }
    /// Whether a condition is the same for all entries, and may be evaluated before; a number of a generic type is not made of it.
    fn is_flag(&self, e: &syn::Expr) -> bool {
        let code = e.to_token_stream();
        let generic = matches!(self.input.signature.scalar, Some(crate::parse::ScalarType::Generic(_)));
        !generic && !self.mentions_active(&code) && is_pure(&code) && !may_panic(&code)
    }
    /// `[flag] > 0.5`, evaluated before.
    fn flag(&mut self, e: &syn::Expr) -> Result<(Cmp, Value, Value), Refusal> {
        let code = e.to_token_stream();
        let text = format!("[{}]", super::readable(&code));
        let code = self.carriable(&code)?;
        let holds = self.bind_scalar("inactive", &quote!(if #code { 1.0 } else { 0.0 }), text)?;
        Ok((Cmp::Gt, holds, self.scalar(|g| g.constant(0.5))))
    }

    /// `x` where a condition holds, `y` elsewhere:
    /// `a && b ? x : y = a ? (b ? x : y) : y`, `a || b ? x : y = a ? x : (b ? x : y)`, `!a ? x : y = a ? y : x`.
    fn chosen(&mut self, condition: &syn::Expr, x: NodeId, y: NodeId, of: &syn::ExprIf) -> Result<NodeId, Refusal> {
        let (cmp, a, b) = match bare(condition) {
            // together, as the function evaluates them
            syn::Expr::Binary(e) if matches!(e.op, syn::BinOp::And(_) | syn::BinOp::Or(_)) && self.is_flag(condition) => {
                self.flag(condition)?
            }
            syn::Expr::Binary(e) if matches!(e.op, syn::BinOp::And(_)) => {
                let both = self.chosen(&e.right, x, y, of)?;
                return self.chosen(&e.left, both, y, of);
            }
            syn::Expr::Binary(e) if matches!(e.op, syn::BinOp::Or(_)) => {
                let other = self.chosen(&e.right, x, y, of)?;
                return self.chosen(&e.left, x, other, of);
            }
            syn::Expr::Unary(e) if matches!(e.op, syn::UnOp::Not(_)) => return self.chosen(&e.expr, y, x, of),
            syn::Expr::Binary(e) => {
                let Some(cmp) = comparison(e.op) else { return Err(self.fence().branch(of)) };
                // integers, and what is no number, are compared before
                let is_number = matches!(self.expression(&e.left)?, Value::Scalar(_) | Value::Constant(_));
                if !is_number && self.is_flag(condition) {
                    self.flag(condition)?
                } else {
                    (cmp, self.numeric(&e.left)?, self.numeric(&e.right)?)
                }
            }
            _ => self.flag(condition)?,
        };
        let (Value::Scalar(a), Value::Scalar(b)) = (a, b) else {
            return Err(self.fence().branch(of));
        };
        let [a, b, x, y] = self.spread(vec![a, b, x, y])[..] else {
            return Err(self.fence().branch(of));
        };
        Ok(select(&mut self.graph, cmp, [a, b, x, y]))
    }
}

pub(super) fn select(g: &mut Graph, cmp: Cmp, args: [NodeId; 4]) -> NodeId {
    debug_assert_eq!(ops::record(Kind::Select).name, "select");
    g.make(Kind::Select, crate::ir::Attr::Cmp(cmp), &args)
}

/// Whether code that has no effect may panic, which it does only where the closure is called: an index, a quotient of integers.
pub(super) fn may_panic(code: &TokenStream) -> bool {
    struct Search(bool);
    impl syn::visit::Visit<'_> for Search {
        fn visit_expr(&mut self, e: &syn::Expr) {
            self.0 |= match e {
                syn::Expr::Index(_) => true,
                syn::Expr::Binary(e) => comparison(e.op).is_none() && !matches!(e.op, syn::BinOp::And(_) | syn::BinOp::Or(_)),
                _ => false,
            };
            syn::visit::visit_expr(self, e);
        }
    }
    let mut search = Search(true);
    if let Ok(e) = syn::parse2::<syn::Expr>(code.clone()) {
        search.0 = false;
        syn::visit::Visit::visit_expr(&mut search, &e);
    }
    search.0
}

fn comparison(op: syn::BinOp) -> Option<Cmp> {
    Some(match op {
        syn::BinOp::Lt(_) => Cmp::Lt,
        syn::BinOp::Le(_) => Cmp::Le,
        syn::BinOp::Gt(_) => Cmp::Gt,
        syn::BinOp::Ge(_) => Cmp::Ge,
        syn::BinOp::Eq(_) => Cmp::Eq,
        syn::BinOp::Ne(_) => Cmp::Ne,
        _ => return None,
    })
}
