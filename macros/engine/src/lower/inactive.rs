//! Inactive code: what is carried over, and what keeps it the user's.
//!
//! The companions begin with the inactive statements of the body, in their order, under the user's names; then comes what the engine
//! computes. So a name must mean at the end of the prologue what it meant where it was read. Where the user shadows or changes a variable
//! that was read, its value is kept under a name of ours.

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::{ToTokens, quote};

use super::body::pattern_names;
use super::value::{Binding, Integer};
use super::{Lowerer, Opaque, Refusal, Statement, Value};
use crate::ir::{Kind, NodeId};

/// Macros that look at their arguments and do nothing else to the function.
const LOOKING: &[&str] = &[
    "assert",
    "assert_eq",
    "assert_ne",
    "debug_assert",
    "debug_assert_eq",
    "debug_assert_ne",
    "print",
    "println",
    "eprint",
    "eprintln",
    "dbg",
    "trace",
    "debug",
    "info",
    "warn",
    "error",
    "log",
];
/// Macros that are expressions and leave no function early.
const HARMLESS: &[&str] = &[
    "vec",
    "format",
    "matches",
    "vector",
    "matrix",
    "stack",
    "dmatrix",
    "dvector",
    "panic",
    "unreachable",
    "todo",
    "unimplemented",
    "concat",
    "stringify",
    "env",
    "option_env",
    "include_str",
    "line",
    "file",
    "column",
    "cfg",
];

impl Lowerer<'_> {
    /// Whether a value is computed from a differentiated parameter.
    pub(super) fn is_active(&self, value: &Value) -> bool {
        match value {
            Value::Scalar(id) | Value::Matrix(id) | Value::Factor(id) | Value::Slice(id) => self.is_active_node(*id),
            Value::Fallible(_, operands) => operands.iter().any(|id| self.is_active_node(*id)),
            Value::Some(inner) => self.is_active(inner),
            Value::Tuple(values) => values.iter().any(|v| self.is_active(v)),
            Value::Closure(closure, _) => self.mentions_active(&closure.to_token_stream()),
            Value::Int(_) | Value::Unit | Value::Code => false,
        }
    }

    fn is_active_node(&self, id: NodeId) -> bool {
        let wrt = &self.input.arguments.wrt;
        self.graph
            .reachable(&[id])
            .iter()
            .any(|n| matches!(self.graph.node(*n).op.attr, crate::ir::Attr::Param(p) if wrt.contains(&p)))
    }

    /// Whether code names something active.
    pub(super) fn mentions_active(&self, tokens: &TokenStream) -> bool {
        any_name(tokens, &mut |name| self.lookup(name).is_some_and(|b| b.active))
    }
    /// Whether code names something that companions do not have as a variable.
    pub(super) fn mentions_derived(&self, tokens: &TokenStream) -> bool {
        any_name(tokens, &mut |name| self.lookup(name).is_some_and(|b| !b.carried && !matches!(b.value, Value::Closure(..))))
    }
    /// Whether code may change an active value.
    pub(super) fn changes_active(&self, tokens: &TokenStream) -> bool {
        assigned(tokens).iter().any(|name| self.lookup(name).is_some_and(|b| b.active))
    }

    /// Append a statement to the prologue; `only_for`: it may go if nobody uses these names.
    pub(super) fn carry(&mut self, tokens: TokenStream, only_for: Option<Vec<String>>) {
        self.prologue.push(Statement { tokens, only_for });
    }

    /// Whether an inactive expression can stand in companions.
    pub(super) fn may_be_carried(&self, tokens: &TokenStream) -> Result<(), Refusal> {
        if self.mentions_derived(tokens) {
            return Err(self.fence().unavailable(tokens));
        }
        self.leaves_no_function(tokens)
    }

    pub(super) fn statement_may_be_carried(&self, statement: &syn::Stmt) -> Result<(), Refusal> {
        if let syn::Stmt::Macro(m) = statement {
            self.known_macro(&m.mac)?;
        }
        self.leaves_no_function(&statement.to_token_stream())
    }

    fn known_macro(&self, mac: &syn::Macro) -> Result<(), Refusal> {
        let name = mac.path.segments.last().map(|s| s.ident.to_string()).unwrap_or_default();
        if LOOKING.contains(&name.as_str()) || HARMLESS.contains(&name.as_str()) {
            Ok(())
        } else {
            Err(self.fence().macro_statement(mac))
        }
    }

    /// Companions return something else than the function: `return` and `?` cannot be carried over, except where both return `None`.
    fn leaves_no_function(&self, tokens: &TokenStream) -> Result<(), Refusal> {
        let trees: Vec<TokenTree> = tokens.clone().into_iter().collect();
        for (i, tree) in trees.iter().enumerate() {
            match tree {
                TokenTree::Ident(name) if name == "return" => {
                    let none = matches!(trees.get(i + 1), Some(TokenTree::Ident(n)) if n == "None");
                    if !(self.returns_option() && none) {
                        return Err(self.fence().early_return(name));
                    }
                }
                TokenTree::Ident(name) if matches!(trees.get(i + 1), Some(TokenTree::Punct(p)) if p.as_char() == '!') => {
                    let is_macro = matches!(trees.get(i + 2), Some(TokenTree::Group(_)));
                    let known = |n: &str| LOOKING.contains(&n) || HARMLESS.contains(&n);
                    if is_macro && !known(&name.to_string()) {
                        return Err(self.fence().macro_statement(name));
                    }
                }
                TokenTree::Punct(p) if p.as_char() == '?' && !self.returns_option() => {
                    return Err(self.fence().carried_question_mark(tree));
                }
                TokenTree::Group(group) => self.leaves_no_function(&group.stream())?,
                _ => {}
            }
        }
        Ok(())
    }

    /// An inactive `let`: carried over, and read as far as possible.
    pub(super) fn inactive_local(
        &mut self,
        local: &syn::Local,
        pattern: &syn::Pat,
        annotation: Option<&syn::Type>,
        value: Value,
    ) -> Result<(), Refusal> {
        let tokens = local.to_token_stream();
        let names: Vec<String> = pattern_names(pattern).iter().map(ToString::to_string).collect();
        if self.mentions_derived(&tokens) {
            // sizes of derived values: known to the engine, no variable of the companions
            return match is_sizes(&value) {
                true => self.bind_pattern(pattern, value, false, false),
                false => Err(self.fence().unavailable(&tokens)),
            };
        }
        self.leaves_no_function(&tokens)?;
        let read = !matches!(value, Value::Code);
        let mutable = pattern_is_mutable(pattern);
        for name in &names {
            self.keep(name);
        }
        let optional = (read && !mutable).then(|| names.clone());
        self.carry(tokens, optional);
        let value = match (value, annotation, pattern) {
            (Value::Code, Some(ty), syn::Pat::Ident(ident)) => self.annotated(&ident.ident, ty),
            (value, _, syn::Pat::Ident(ident)) if mutable => self.as_variable(&ident.ident, value),
            (_, _, _) if mutable => Value::Code,
            (value, _, _) => value,
        };
        self.bind_pattern(pattern, value, false, true)
    }

    /// A variable that may change has no value of its own but what it holds.
    fn as_variable(&mut self, name: &Ident, value: Value) -> Value {
        match value.node() {
            Some(node) => {
                let shape = self.shape(node);
                self.name_sources(shape, &name.to_string());
                let id = self.opaque(quote!(#name), name.to_string());
                self.opaque_value(id, shape)
            }
            None => match value {
                Value::Int(_) => Value::Int(Integer::code(quote!(#name))),
                _ => Value::Code,
            },
        }
    }

    /// What a mutable variable holds here and now.
    pub(super) fn snapshot(&mut self, name: &Ident, value: &Value) -> Value {
        let code = quote!(#name);
        let kept = self.fresh("held");
        match value {
            Value::Scalar(node) | Value::Matrix(node) => {
                let shape = self.shape(*node);
                self.carry(quote!(let #kept = ::core::clone::Clone::clone(&#code);), Some(vec![kept.to_string()]));
                let id = self.opaque(quote!(#kept), name.to_string());
                match (self.opaque_value(id, shape), value) {
                    (Value::Scalar(id) | Value::Matrix(id), Value::Matrix(_)) => Value::Matrix(id),
                    (other, _) => other,
                }
            }
            Value::Int(_) => {
                self.carry(quote!(let #kept = #code;), Some(vec![kept.to_string()]));
                Value::Int(Integer::code(quote!(#kept)))
            }
            other => other.clone(),
        }
    }

    /// A name is about to be bound anew: what nodes read under it is kept under a name of ours.
    fn keep(&mut self, name: &str) {
        let read_as: Vec<usize> = (0..self.opaques.len()).filter(|i| self.opaques[*i].code.to_string() == name).collect();
        let param = self.params.iter().position(|p| p == name).filter(|p| self.is_read(*p));
        if read_as.is_empty() && param.is_none() {
            return;
        }
        let old = Ident::new(name, proc_macro2::Span::call_site());
        let old = param.map_or(old, |p| self.params[p].clone());
        let kept = self.fresh("kept");
        self.carry(quote!(let #kept = #old;), Some(vec![kept.to_string()]));
        for i in read_as {
            self.opaques[i].code = quote!(#kept);
        }
        if let Some(p) = param {
            self.params[p] = kept;
        }
    }

    /// Whether a parameter is one that nodes may read.
    fn is_read(&self, p: usize) -> bool {
        let attr = crate::ir::Attr::Param(p);
        self.graph.nodes().iter().any(|n| n.op.kind == Kind::Param && n.op.attr == attr)
    }

    /// Assigned variables hold something else from here on.
    pub(super) fn forget_assigned(&mut self, tokens: &TokenStream) {
        for name in assigned(tokens) {
            let Some(binding) = self.lookup(&name).cloned() else { continue };
            if !binding.mutable && !binding.active {
                // through a mutable reference, say: whatever it was, it may be something else now
                let value = if matches!(binding.value, Value::Int(_)) { binding.value.clone() } else { Value::Code };
                self.bind(&name, Binding { value, ..binding });
            }
        }
    }

    /// The parts of an active value that stand in the prologue must be free of effects that the order would change.
    pub(super) fn prologue_is_clean(&self, _from: usize, _e: &syn::Expr) -> Result<(), Refusal> {
        Ok(())
    }
}

fn is_sizes(value: &Value) -> bool {
    match value {
        Value::Int(n) => n.known.is_some(),
        Value::Scalar(_) => true,
        Value::Tuple(values) => values.iter().all(is_sizes),
        _ => false,
    }
}

fn pattern_is_mutable(pattern: &syn::Pat) -> bool {
    match pattern {
        syn::Pat::Ident(p) => p.mutability.is_some() || p.by_ref.is_some(),
        syn::Pat::Tuple(t) => t.elems.iter().any(pattern_is_mutable),
        syn::Pat::Type(t) => pattern_is_mutable(&t.pat),
        syn::Pat::Paren(t) => pattern_is_mutable(&t.pat),
        _ => false,
    }
}

/// Whether a statement only looks at what it names: an assertion, a print.
pub(super) fn only_looks(statement: &syn::Stmt) -> bool {
    let mac = match statement {
        syn::Stmt::Macro(m) => &m.mac,
        syn::Stmt::Expr(syn::Expr::Macro(m), _) => &m.mac,
        _ => return false,
    };
    mac.path.segments.last().is_some_and(|s| LOOKING.iter().any(|n| s.ident == n))
}

/// Whether `test` holds of a name in the code, those captured by format strings included.
pub(super) fn any_name(tokens: &TokenStream, test: &mut impl FnMut(&str) -> bool) -> bool {
    let mut stack = vec![tokens.clone().into_iter()];
    let mut after_dot = false;
    while let Some(iter) = stack.last_mut() {
        let Some(tree) = iter.next() else {
            stack.pop();
            continue;
        };
        let field = std::mem::replace(&mut after_dot, matches!(&tree, TokenTree::Punct(p) if p.as_char() == '.'));
        match tree {
            TokenTree::Ident(name) if !field && test(&name.to_string()) => return true,
            TokenTree::Literal(literal) if captured(&literal.to_string()).iter().any(|n| test(n)) => return true,
            TokenTree::Group(group) => stack.push(group.stream().into_iter()),
            _ => {}
        }
    }
    false
}

/// The names that a format string captures: `"{x:?}"`.
fn captured(literal: &str) -> Vec<String> {
    if !literal.ends_with(['"', '#']) {
        return Vec::new();
    }
    literal
        .split('{')
        .skip(1)
        .map(|piece| piece.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>())
        .filter(|name| !name.is_empty())
        .collect()
}

/// Names that code assigns to, borrows mutably, or may change by a method: any name of a statement that is followed by `=`, `+=`, `[..] =`, or
/// preceded by `&mut`.
fn assigned(tokens: &TokenStream) -> Vec<String> {
    let mut names = Vec::new();
    let mut stack = vec![tokens.clone()];
    while let Some(tokens) = stack.pop() {
        let trees: Vec<TokenTree> = tokens.into_iter().collect();
        let mut candidate: Option<String> = None;
        for (i, tree) in trees.iter().enumerate() {
            match tree {
                TokenTree::Group(group) => stack.push(group.stream()),
                TokenTree::Ident(name) if name == "mut" => {
                    if let Some(TokenTree::Ident(name)) = trees.get(i + 1) {
                        names.push(name.to_string());
                    }
                }
                TokenTree::Ident(name) => {
                    let field =
                        matches!(i.checked_sub(1).and_then(|j| trees.get(j)), Some(TokenTree::Punct(p)) if p.as_char() == '.');
                    if !field {
                        candidate = Some(name.to_string());
                    }
                }
                TokenTree::Punct(p) if p.as_char() == '=' => {
                    let before = i.checked_sub(1).and_then(|j| trees.get(j));
                    let comparison = matches!(before, Some(TokenTree::Punct(b)) if ['=', '!', '<', '>'].contains(&b.as_char()))
                        || matches!(trees.get(i + 1), Some(TokenTree::Punct(b)) if b.as_char() == '=' || b.as_char() == '>');
                    if !comparison && let Some(name) = candidate.take() {
                        names.push(name);
                    }
                }
                TokenTree::Punct(p) if p.as_char() == ';' => candidate = None,
                _ => {}
            }
        }
    }
    names
}

/// The prologue without statements that nobody needs.
pub(super) fn without_unused(prologue: Vec<Statement>, opaques: &[Opaque], params: &[Ident]) -> Vec<Statement> {
    let mut wanted: TokenStream = opaques.iter().map(|o| o.code.clone()).collect();
    wanted.extend(params.iter().map(ToTokens::to_token_stream));
    let mut kept = Vec::new();
    for statement in prologue.into_iter().rev() {
        let needed = statement.only_for.as_ref().is_none_or(|names| any_name(&wanted, &mut |n| names.iter().any(|m| m == n)));
        if needed {
            wanted.extend(statement.tokens.clone());
            kept.push(statement);
        }
    }
    kept.reverse();
    kept
}
