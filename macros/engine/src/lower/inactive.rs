//! Inactive code: what is carried over, and as what it is read.

use std::rc::Rc;

use proc_macro2::{Delimiter, Group, Ident, TokenStream, TokenTree};
use quote::{ToTokens, quote};

use super::effects::is_pure;
use super::exits::{Exit, exits};
use super::mentions::{How, LOOKING, Mention, mentions};
use super::operators::bare;
use super::patterns::pattern_names;
use super::prologue::{Mark, VariableId, ident};
use super::value::{Binding, Integer, Lasts};
use super::{Lowerer, Refusal, Value};
use crate::ir::{NodeId, Source, Variable};
use crate::parse::{Element, NumForm};

impl Lowerer<'_> {
    /// Whether a value is computed from a differentiated parameter.
    pub(super) fn is_active(&self, value: &Value) -> bool {
        match value {
            Value::Scalar(id) | Value::Matrix(id) | Value::Factor(id) | Value::List(id, _) => self.is_active_node(*id),
            Value::Fallible(_, operands) => operands.iter().any(|id| self.is_active_node(*id)),
            Value::Some(inner) | Value::Item(inner) => self.is_active(inner),
            Value::Tuple(values) | Value::Struct(_, values) => values.iter().any(|v| self.is_active(v)),
            Value::Closure(closure, seen) => mentions(&closure.to_token_stream())
                .iter()
                .any(|m| m.how != How::Sized && seen.get(&m.name).is_some_and(|b| b.active)),
            Value::Place(_) => true,
            Value::Int(_) | Value::Constant(_) | Value::Unit | Value::Code | Value::Given(..) => false,
        }
    }

    fn is_active_node(&self, id: NodeId) -> bool {
        self.graph.depends_on(id, &self.input.arguments.wrt)
    }

    /// Whether code reads something active; sizes are not.
    pub(super) fn mentions_active(&self, tokens: &TokenStream) -> bool {
        mentions(tokens).iter().any(|m| self.is_active_mention(m))
    }
    fn is_active_mention(&self, mention: &Mention) -> bool {
        mention.how != How::Sized
            && self.lookup(&mention.name).is_some_and(|b| b.active && !is_inactive_at(&b.value, &mention.way))
    }
    /// Whether code names something that companions do not have under this name.
    pub(super) fn mentions_derived(&self, tokens: &TokenStream) -> bool {
        mentions(tokens).iter().any(|m| !self.is_available(&m.name))
    }
    fn is_available(&self, name: &str) -> bool {
        match self.lookup(name) {
            Some(binding) => binding.held.is_none() && binding.variable.is_some() && self.prologue.means(name, binding.variable),
            None => self.prologue.means(name, None),
        }
    }

    /// Whether an assertion or a print does no more than that: it calls nothing that could remember what it sees.
    pub(super) fn only_looks(&self, statement: &syn::Stmt) -> bool {
        let mac = match statement {
            syn::Stmt::Macro(m) => &m.mac,
            syn::Stmt::Expr(syn::Expr::Macro(m), _) => &m.mac,
            _ => return false,
        };
        mac.path.segments.last().is_some_and(|s| LOOKING.iter().any(|n| s.ident == n))
            && mentions(&mac.to_token_stream()).iter().all(|m| match (m.how, self.lookup(&m.name)) {
                (How::Changed, _) => false,
                (How::Sized | How::Looked, _) | (_, None) => true,
                (How::Called, Some(b)) => b.lasts != Lasts::Assigned && !matches!(b.value, Value::Code),
                (How::Borrowed | How::Moved, Some(b)) => !matches!(b.value, Value::Code),
            })
    }

    /// An inactive expression as it can stand in companions: where a name in it means something else by now, with its value from before.
    pub(super) fn carriable(&self, tokens: &TokenStream) -> Result<TokenStream, Refusal> {
        let tokens = &if self.mentions_derived(tokens) { self.with_members(tokens.clone()) } else { tokens.clone() };
        let (mut names, mut values) = (Vec::new(), Vec::new());
        let mut missing: Vec<String> =
            mentions(tokens).into_iter().map(|m| m.name).filter(|name| !self.is_available(name)).collect();
        missing.sort();
        missing.dedup();
        for name in missing {
            let Some(value) = self.kept(&name) else { return Err(self.fence().unavailable(tokens)) };
            names.push(ident(&name));
            values.push(value);
        }
        self.leaves_no_function(tokens)?;
        Ok(if names.is_empty() { tokens.clone() } else { quote!({ #(let #names = #values;)* #tokens }) })
    }

    /// The value that a variable had where the code that is read was written.
    fn kept(&self, name: &str) -> Option<TokenStream> {
        let binding = self.lookup(name).filter(|b| !b.active)?;
        let (held, variable) = (binding.held.clone(), binding.variable?);
        let kept = held.or_else(|| self.prologue.saved(variable))?;
        Some(if self.prologue.is_copied(variable) { quote!(#kept) } else { quote!(::core::clone::Clone::clone(&#kept)) })
    }

    /// Companions return something else than the function: `return` and `?` cannot be carried over, except where both return `None`.
    pub(super) fn leaves_no_function(&self, tokens: &TokenStream) -> Result<(), Refusal> {
        if let Some(name) = self.stranger(tokens) {
            return Err(self.fence().stranger(&name));
        }
        for exit in exits(tokens) {
            match exit {
                Exit::None(span) | Exit::Question(span) if self.hidden > 0 && !self.together => {
                    return Err(self.fence().question_mark_of_a_closure(span));
                }
                Exit::None(_) | Exit::Question(_) if self.returns_option() => {}
                Exit::None(span) | Exit::Return(span) => return Err(self.fence().early_return(span)),
                Exit::Question(span) => return Err(self.fence().carried_question_mark(span)),
                Exit::Macro(span) => return Err(self.fence().macro_statement(span)),
            }
        }
        Ok(())
    }

    /// Back to a place in the prologue.
    pub(super) fn rewind(&mut self, to: Mark) {
        self.prologue.rewind(to);
        self.graph.dims.retain_sources(|s| match s {
            Source::Variable { variable: Variable::Opaque(id), .. } | Source::Code(id) => to.is_after(*id),
            _ => true,
        });
    }

    /// An inactive `let`: carried over, and read as far as possible. Its initializer was read from `mark` on.
    pub(super) fn inactive_local(&mut self, local: &syn::Local, value: Value, mark: Mark) -> Result<(), Refusal> {
        let (pattern, annotation) = match &local.pat {
            syn::Pat::Type(typed) => (&*typed.pat, Some(&*typed.ty)),
            pattern => (pattern, None),
        };
        let mut tokens = local.to_token_stream();
        let derived = self.mentions_derived(&tokens);
        if derived {
            tokens = self.with_sizes(local.to_token_stream());
            if self.mentions_derived(&tokens) {
                return self.sizes(pattern, value, &tokens);
            }
        }
        self.leaves_no_function(&tokens)?;
        // what was carried over of the initializer stands in the `let` itself, and happens once
        let plain = value.node().is_some() || matches!(value, Value::Int(_) | Value::Constant(_) | Value::Code);
        let effects = local.init.as_ref().is_some_and(|init| !is_pure(&init.expr.to_token_stream()));
        let whole = self.prologue.has_effects(mark) || (plain && self.prologue.grew(mark)) || (effects && holds_code(&value));
        if whole {
            self.rewind(mark);
            if derived {
                tokens = self.with_sizes(local.to_token_stream());
            }
        }
        let lenders = local.init.as_ref().map_or_else(Vec::new, |init| self.lenders(&init.expr.to_token_stream()));
        let names: Vec<String> = pattern_names(pattern).iter().map(ToString::to_string).collect();
        // what is evaluated for its value alone may go
        let harmless = local.init.as_ref().is_some_and(|init| {
            let code = init.expr.to_token_stream();
            is_pure(&code) && !super::closures::may_panic(&code)
        });
        let optional = (!matches!(value, Value::Code) && !whole || harmless) && !pattern_is_mutable(pattern);
        self.hide_or_save(&names);
        self.prologue.carry(tokens, &names, optional);
        let by_ref = local.init.as_ref().is_some_and(|init| self.is_reference(&init.expr));
        // what the initializer is of, as far as it is written somewhere
        let told = local.init.as_ref().filter(|_| annotation.is_none()).and_then(|init| self.written_type(&init.expr));
        self.bind_carried(pattern, value, annotation, &Carried { whole, by_ref, lenders });
        if let (syn::Pat::Ident(pattern), Some(ty)) = (pattern, told)
            && let Some(variable) = self.lookup(&pattern.ident.to_string()).and_then(|b| b.variable)
        {
            self.prologue.types.entry(variable).or_insert(ty);
        }
        Ok(())
    }

    /// A `let` that an attribute decides about, carried over as it is: what its names mean is known to the compiler alone.
    pub(super) fn decided_local(&mut self, local: &syn::Local, attr: &syn::Attribute) -> Result<(), Refusal> {
        let (tokens, names) = (local.to_token_stream(), pattern_names(&local.pat));
        let names: Vec<String> = names.iter().map(ToString::to_string).collect();
        // where the attribute takes it away, the names mean what they meant before
        let derived = |name: &String| self.lookup(name).is_some_and(|b| b.active || !self.is_available(name));
        if self.mentions_active(&tokens) || self.mentions_derived(&tokens) || names.iter().any(derived) {
            return Err(self.fence().decided(attr));
        }
        self.leaves_no_function(&tokens)?;
        self.hide_or_save(&names);
        self.prologue.carry(tokens, &names, false);
        let decided = Some(Rc::new(attr.clone()));
        for name in names {
            let variable = self.prologue.declare(&name, false);
            self.bind(&name, Binding { decided: decided.clone(), ..Binding::carried(Value::Code, variable) });
        }
        Ok(())
    }

    /// The attribute that decides what a name means refuses its use in what is differentiated.
    pub(super) fn not_decided(&self, name: &Ident) -> Result<(), Refusal> {
        match self.lookup(&name.to_string()).and_then(|b| b.decided.as_deref()) {
            Some(attr) => Err(self.fence().decided_name(attr, name, "_")),
            None => Ok(()),
        }
    }

    /// Names are about to be bound: in a block they may hide others, otherwise they shadow them.
    pub(super) fn hide_or_save(&mut self, names: &[String]) {
        for name in names {
            let (inner, outer) = match self.scopes.split_last() {
                Some((inner, outer)) => (inner.contains_key(name), outer.iter().rev().find_map(|s| s.get(name))),
                None => (false, None),
            };
            let hides = !inner && outer.is_some_and(|b| b.variable.is_some() && self.prologue.means(name, b.variable));
            // a name of the caller's is out of sight, and means afterwards what it meant before
            let hides = hides || (!self.within.is_empty() && !inner && self.prologue.is_outer(name));
            if hides { self.prologue.hide() } else { self.prologue.save(name) }
        }
    }

    /// The variables that a value computed by this code may borrow from, as far as they can change or go.
    pub(super) fn lenders(&self, code: &TokenStream) -> Vec<String> {
        let mut lenders: Vec<String> = mentions(code)
            .iter()
            .filter(|m| m.how != How::Sized)
            .flat_map(|m| self.prologue.lenders(&m.name, self.lookup(&m.name).is_some_and(|b| b.lasts == Lasts::Assigned)))
            .collect();
        let receiver = self.input.signature.sig.receiver().is_some_and(|r| r.mutability.is_some() || r.reference.is_none());
        if receiver && mentions(code).iter().any(|m| m.name == "self") {
            lenders.push("self".to_owned());
        }
        lenders.sort();
        lenders.dedup();
        lenders
    }

    /// Code with the sizes of values that companions have not under their names, as they can be read off something else.
    pub(super) fn with_sizes(&mut self, code: TokenStream) -> TokenStream {
        let mut trees: std::collections::VecDeque<TokenTree> = code.into_iter().collect();
        let mut with = TokenStream::new();
        while let Some(tree) = trees.pop_front() {
            match (&tree, trees.front(), trees.get(1), trees.get(2)) {
                (
                    TokenTree::Ident(name),
                    Some(TokenTree::Punct(dot)),
                    Some(TokenTree::Ident(method)),
                    Some(TokenTree::Group(args)),
                ) if dot.as_char() == '.' && args.stream().is_empty() && args.delimiter() == Delimiter::Parenthesis => {
                    match self.derived_size(&name.to_string(), &method.to_string()) {
                        Some(size) => {
                            trees.drain(..3);
                            let usize = self.input.signature.primitive("usize");
                            let name = self.prologue.bind("size", &usize, &size);
                            with.extend(quote!(#name));
                        }
                        None => with.extend([tree]),
                    }
                }
                (TokenTree::Group(group), ..) => {
                    let mut inside = Group::new(group.delimiter(), self.with_sizes(group.stream()));
                    inside.set_span(group.span());
                    with.extend([TokenTree::Group(inside)]);
                }
                _ => with.extend([tree]),
            }
        }
        with
    }
    /// Code with the integers in structs that companions have not under their names.
    fn with_members(&self, code: TokenStream) -> TokenStream {
        let mut trees: std::collections::VecDeque<TokenTree> = code.into_iter().collect();
        let mut with = TokenStream::new();
        while let Some(tree) = trees.pop_front() {
            match &tree {
                TokenTree::Ident(name) => match self.integer_member(&name.to_string(), &trees) {
                    Some((code, taken)) => {
                        trees.drain(..taken);
                        with.extend(quote!((#code)));
                    }
                    None => with.extend([tree]),
                },
                TokenTree::Group(group) => {
                    let mut inside = Group::new(group.delimiter(), self.with_members(group.stream()));
                    inside.set_span(group.span());
                    with.extend([TokenTree::Group(inside)]);
                }
                _ => with.extend([tree]),
            }
        }
        with
    }
    /// The integer that a variable and the tokens behind it say, and how many of these tokens.
    fn integer_member(&self, name: &str, behind: &std::collections::VecDeque<TokenTree>) -> Option<(TokenStream, usize)> {
        let binding = self.lookup(name).filter(|_| !self.is_available(name))?;
        let (mut value, mut taken) = (&binding.value, 0);
        while let Value::Struct(of, values) = value {
            let (TokenTree::Punct(dot), TokenTree::Ident(field)) = (behind.get(taken)?, behind.get(taken + 1)?) else {
                return None;
            };
            let at = of.fields.iter().position(|(member, _)| matches!(member, syn::Member::Named(name) if name == field))?;
            (value, taken) = (values.get(at).filter(|_| dot.as_char() == '.')?, taken + 2);
        }
        match value {
            Value::Int(n) if taken > 0 => Some((n.code.clone(), taken)),
            _ => None,
        }
    }
    /// The size that a method of a matrix or list asks for, where companions have no variable of that name.
    fn derived_size(&self, name: &str, method: &str) -> Option<TokenStream> {
        let binding = self.lookup(name).filter(|_| !self.is_available(name))?;
        let shape = self.graph.shape(binding.value.whole()?);
        let of = |dim| self.size_code(dim);
        match (method, &binding.value) {
            ("nrows", Value::Matrix(_)) => of(shape.rows),
            ("ncols", Value::Matrix(_)) => of(shape.cols),
            ("len", Value::List(_, Element::Number)) => of(shape.rows),
            ("len", Value::List(..)) => of(shape.cols),
            ("len", Value::Matrix(_)) => {
                let (rows, cols) = (of(shape.rows)?, of(shape.cols)?);
                Some(quote!(#rows * #cols))
            }
            _ => None,
        }
    }

    /// Sizes of derived values: known to the engine; variables of the companions if they can be read off something else.
    fn sizes(&mut self, pattern: &syn::Pat, value: Value, tokens: &TokenStream) -> Result<(), Refusal> {
        if let (syn::Pat::Ident(pattern), Value::Int(Integer { known: Some(index), .. })) = (pattern, &value)
            && pattern.mutability.is_none()
            && let Some(code) = match (&index.dims[..], index.base, index.code) {
                ([dim], 0, None) => self.size_code(*dim),
                ([], base, Some(id)) => {
                    let code = &self.prologue.opaques[id.0 as usize].code;
                    Some(if base == 0 { code.clone() } else { quote!(#base + #code) })
                }
                _ => None,
            }
        {
            let name = &pattern.ident;
            let names = [name.to_string()];
            self.hide_or_save(&names);
            let usize = self.input.signature.primitive("usize");
            self.prologue.carry(quote!(let #name: #usize = #code;), &names, true);
            self.bind_carried(&syn::Pat::Ident(pattern.clone()), value, None, &Carried::default());
            return Ok(());
        }
        if is_read(&value) { self.bind_pattern(pattern, value, false) } else { Err(self.fence().unavailable(tokens)) }
    }

    /// Bind the names of a pattern that the companions bind as well.
    pub(super) fn bind_carried(&mut self, pattern: &syn::Pat, value: Value, annotation: Option<&syn::Type>, carried: &Carried) {
        match (pattern, annotation, value) {
            (syn::Pat::Ident(pattern), _, value) if pattern.by_ref.is_none() && pattern.subpat.is_none() => {
                let name = pattern.ident.to_string();
                let mutable = pattern.mutability.is_some();
                let by_ref = carried.by_ref || matches!(annotation, Some(syn::Type::Reference(_)));
                let shared = carried.by_ref || annotation.is_some_and(is_shared);
                let copied = shared || matches!(value, Value::Scalar(_) | Value::Int(_)) || annotation.is_some_and(is_number);
                let variable = self.prologue.declare(&name, copied);
                if let Some(ty) = annotation {
                    self.prologue.types.insert(variable, ty.clone());
                }
                let value = match (value, annotation) {
                    (Value::Code | Value::Constant(_), Some(ty)) => self.annotated(&pattern.ident, ty, variable),
                    (value, annotation) if mutable || carried.whole => {
                        let ty = annotation.and_then(|ty| self.input.signature.read_type(ty));
                        self.as_variable(&pattern.ident, value, ty, by_ref, variable)
                    }
                    (Value::Int(n), _) => Value::Int(own_integer(n, &pattern.ident)),
                    (value, _) => value,
                };
                let borrows = self.lend(variable, &value, carried);
                let lasts = if borrows && !mutable { Lasts::Borrowed } else { Lasts::unless_mutable(mutable) };
                self.bind(&name, Binding { lasts, by_ref, ..Binding::carried(value, variable) });
            }
            (syn::Pat::Type(typed), _, value) => self.bind_carried(&typed.pat, value, Some(&typed.ty), carried),
            (syn::Pat::Paren(inner), ty, value) => self.bind_carried(&inner.pat, value, ty, carried),
            (syn::Pat::Tuple(patterns), Some(syn::Type::Tuple(types)), _) if patterns.elems.len() == types.elems.len() => {
                let carried = Carried { lenders: carried.lenders.clone(), ..Carried::default() };
                for (pattern, ty) in patterns.elems.iter().zip(&types.elems) {
                    self.bind_carried(pattern, Value::Code, Some(ty), &carried);
                }
            }
            (syn::Pat::Tuple(patterns), _, Value::Tuple(values)) if patterns.elems.len() == values.len() => {
                for (pattern, value) in patterns.elems.iter().zip(values) {
                    self.bind_carried(pattern, value, None, carried);
                }
            }
            (pattern, ..) => {
                for name in pattern_names(pattern) {
                    let variable = self.prologue.declare(&name.to_string(), false);
                    self.lend(variable, &Value::Code, carried);
                    self.bind(&name.to_string(), Binding::carried(Value::Code, variable));
                }
            }
        }
    }

    /// Bind the names of a pattern to what companions have a variable for, of this type.
    pub(super) fn bind_passed(&mut self, pattern: &syn::Pat, value: Value, ty: &syn::Type, by_ref: bool, lenders: Vec<String>) {
        let carried = Carried { whole: false, by_ref, lenders };
        match value {
            Value::Code | Value::Constant(_) => self.bind_carried(pattern, value, Some(ty), &carried),
            value => self.bind_carried(pattern, value, None, &carried),
        }
    }

    /// Note what a variable may borrow from. Whether its value is read, and is a reference or a view or may be one.
    fn lend(&mut self, variable: VariableId, value: &Value, carried: &Carried) -> bool {
        let own = value.node().and_then(|node| self.current_opaque(node)).filter(|o| o.variable == Some(variable));
        let borrows = !carried.lenders.is_empty() && own.is_some_and(|o| o.by_ref || o.is_view());
        if borrows || matches!(value, Value::Code | Value::Int(_)) {
            self.prologue.lend(variable, carried.lenders.clone());
        }
        borrows
    }

    /// What an annotation says of inactive code.
    pub(super) fn annotated(&mut self, name: &Ident, annotation: &syn::Type, variable: VariableId) -> Value {
        if super::is_integer(annotation) {
            return Value::Int(Integer::code(quote!(#name)));
        }
        let ty = self.input.signature.read_type(annotation);
        let Some(ty) = ty.filter(|ty| self.is_own_scalar(&ty.scalar) && !is_nested_reference(annotation)) else {
            return Value::Code;
        };
        let by_ref = matches!(annotation, syn::Type::Reference(_));
        let shape = self.shape_of_type(&ty);
        let form = ty.form.clone();
        let id = self.variable_opaque(name, shape, Some(ty), by_ref, Some(variable));
        match (self.opaque_value(id, shape), form) {
            (Value::Scalar(id), NumForm::Matrix { .. }) => Value::Matrix(id),
            (value, _) => value,
        }
    }

    /// Whether an initializer is a reference, as far as it shows.
    fn is_reference(&self, e: &syn::Expr) -> bool {
        match bare(e) {
            syn::Expr::Reference(r) => r.mutability.is_none(),
            syn::Expr::Path(path) => {
                path.path.get_ident().and_then(|name| self.lookup(&name.to_string())).is_some_and(|b| b.by_ref)
            }
            syn::Expr::Block(e) => {
                matches!(e.block.stmts.last(), Some(syn::Stmt::Expr(e, None)) if matches!(bare(e), syn::Expr::Reference(_)))
            }
            _ => false,
        }
    }
}

/// How a `let` is carried over.
#[derive(Clone, Default)]
pub(super) struct Carried {
    /// Its value has no formula but its name: the statement holds more than was read.
    whole: bool,
    /// It is a reference.
    by_ref: bool,
    /// What it may borrow from.
    lenders: Vec<String>,
}

/// An integer that has a variable: its code is the variable's name.
fn own_integer(n: Integer, name: &Ident) -> Integer {
    Integer { code: name.to_token_stream(), ..n }
}

/// Whether a member of a value is inactive, whatever the others are.
fn is_inactive_at(value: &Value, way: &[String]) -> bool {
    let reached = way.iter().try_fold(value, |value, step| match value {
        Value::Struct(of, values) => {
            let named = |member: &syn::Member| match member {
                syn::Member::Named(name) => name == step.as_str(),
                syn::Member::Unnamed(i) => i.index.to_string() == *step,
            };
            values.get(of.fields.iter().position(|(member, _)| named(member))?)
        }
        Value::Tuple(values) => values.get(step.parse::<usize>().ok()?),
        _ => None,
    });
    !way.is_empty() && matches!(reached, Some(Value::Int(_) | Value::Code | Value::Constant(_)))
}

/// Whether a value is known by its code alone, in part.
fn holds_code(value: &Value) -> bool {
    match value {
        Value::Int(n) => n.known.is_none(),
        Value::Constant(_) => true,
        Value::Tuple(values) | Value::Struct(_, values) => values.iter().any(holds_code),
        Value::Some(inner) => holds_code(inner),
        _ => false,
    }
}

/// Whether a value is known without its code.
fn is_read(value: &Value) -> bool {
    match value {
        Value::Int(n) => n.known.is_some(),
        Value::Scalar(_) | Value::Matrix(_) | Value::Closure(..) => true,
        Value::Tuple(values) | Value::Struct(_, values) => values.iter().all(is_read),
        _ => false,
    }
}

fn is_number(ty: &syn::Type) -> bool {
    super::is_integer(ty) || super::constants::is_float(ty)
}

fn is_shared(ty: &syn::Type) -> bool {
    matches!(ty, syn::Type::Reference(r) if r.mutability.is_none())
}

fn is_nested_reference(ty: &syn::Type) -> bool {
    matches!(ty, syn::Type::Reference(outer) if matches!(*outer.elem, syn::Type::Reference(_)))
}

fn pattern_is_mutable(pattern: &syn::Pat) -> bool {
    struct Search(bool);
    impl syn::visit::Visit<'_> for Search {
        fn visit_pat_ident(&mut self, p: &syn::PatIdent) {
            self.0 |= p.mutability.is_some() || p.by_ref.is_some();
        }
    }
    let mut search = Search(false);
    syn::visit::Visit::visit_pat(&mut search, pattern);
    search.0
}
