//! Functions and methods that stand around the function: read where they are called.
//!
//! A call is a block that first binds the parameters: `{ let p = a; …body… }`, where the body sees its own names and the constants of its
//! module, and nothing of the caller. What an argument that is inactive computes is a variable of the companions, so that inactive
//! code of the body can be carried over.

use std::collections::HashMap;
use std::rc::Rc;

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{ToTokens, quote};
use syn::spanned::Spanned;

use super::changed::{changed, root};
use super::effects::is_pure;
use super::exits::without_return;
use super::mentions::mentions;
use super::operators::bare;
use super::patterns::pattern_names;
use super::value::{Binding, Integer, Lasts};
use super::{Lowerer, Refusal, Value};
use crate::around::{Helper, Place, Substitution, items_of};
use crate::ir::Dim;
use crate::parse::{Input, NumForm, NumType, Output, Param, ScalarType, Signature, TypeDim, has_bound};

/// What a parameter stands for.
struct Argument {
    /// A name of ours in the caller.
    name: Ident,
    binding: Binding,
    /// The place of the caller's that it changes: it is what the parameter is at the end.
    place: Option<syn::Expr>,
}

/// What names of ours begin with that show what they hold.
pub(super) const SHOWN: &str = "shown_";

/// A helper as a function without a receiver and without parameters of types.
struct Settled {
    input: Input,
    params: Vec<(syn::Pat, syn::Type)>,
}

impl Lowerer<'_> {
    pub(super) fn surroundings(&self) -> &Place {
        &self.input.signature.place
    }

    /// Whether a statement is a call that is read, for what it changes.
    pub(super) fn calls_helper(&self, e: &syn::Expr) -> bool {
        match bare(e) {
            _ if !self.mentions_active(&e.to_token_stream()) => false,
            syn::Expr::Call(e) => {
                matches!(&*e.func, syn::Expr::Path(path) if self.surroundings().function(&path.path).is_some()
                    && path.path.get_ident().is_none_or(|name| self.lookup(&name.to_string()).is_none()))
            }
            syn::Expr::MethodCall(e) => {
                self.value_at(&e.receiver).is_some_and(|receiver| self.method_around(&receiver, e).is_some())
            }
            _ => false,
        }
    }
    /// What a place holds, where that is a struct.
    pub(super) fn value_at(&self, place: &syn::Expr) -> Option<Value> {
        match bare(place) {
            syn::Expr::Path(path) => self.lookup(&path.path.get_ident()?.to_string()).map(|b| b.value.clone()),
            syn::Expr::Field(e) => match self.value_at(&e.base)? {
                Value::Struct(of, values) => {
                    let at = of.fields.iter().position(|(name, _)| *name == e.member)?;
                    values.get(at).cloned()
                }
                Value::Tuple(values) => match &e.member {
                    syn::Member::Unnamed(i) => values.get(i.index as usize).cloned(),
                    syn::Member::Named(_) => None,
                },
                _ => None,
            },
            syn::Expr::Index(e) => match (self.value_at(&e.expr)?, bare(&e.index)) {
                (Value::Tuple(values), syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Int(n), .. })) => {
                    values.get(n.base10_parse::<usize>().ok()?).cloned()
                }
                _ => None,
            },
            syn::Expr::Reference(e) => self.value_at(&e.expr),
            syn::Expr::Unary(e) if matches!(e.op, syn::UnOp::Deref(_)) => self.value_at(&e.expr),
            _ => None,
        }
    }

    /// A call of a function or method that stands around.
    pub(super) fn call_helper(
        &mut self,
        helper: &Rc<Helper>,
        turbofish: Option<&syn::PathArguments>,
        args: &[&syn::Expr],
        call: &dyn ToTokens,
    ) -> Result<Value, Refusal> {
        let tokens = call.to_token_stream();
        if !self.mentions_active(&tokens) {
            return Ok(Value::Code);
        }
        if self.within.iter().any(|outer| Rc::ptr_eq(outer, helper)) {
            return Err(self.fence().recursion(&tokens, &helper.name));
        }
        let receives = helper.sig.inputs.len();
        if receives != args.len() || helper.sig.asyncness.is_some() || helper.sig.variadic.is_some() {
            return Err(self.fence().helper_arity(&tokens, &helper.name, receives));
        }
        let mut this = self.prologue.fresh("self");
        if let Some(receiver) = helper.sig.receiver() {
            this.set_span(this.span().located_at(receiver.self_token.span));
        }
        let typed = typed_inputs(helper, &this);
        let mut arguments = Vec::new();
        for ((pattern, ty), e) in typed.iter().zip(args) {
            let is_self = matches!(pattern, syn::Pat::Ident(p) if p.ident == this);
            let name = if is_self { this.clone() } else { self.prologue.fresh("argument") };
            arguments.push(self.argument(name, ty, e)?);
        }
        let settled = self.specialized(helper, &typed, turbofish, &this, &arguments, &tokens)?;
        let together = std::mem::take(&mut self.asked) && (self.within.is_empty() || self.together);
        let together = together && self.returns_option() && self.maps == 0;
        let together = std::mem::replace(&mut self.together, together);
        let places: Vec<syn::Expr> = arguments.iter().filter_map(|a| a.place.clone()).collect();
        self.within.push(helper.clone());
        let called = self.seen_from(&settled.input, |cx| cx.called(&settled, arguments));
        self.within.pop();
        self.together = together;
        let (value, after) = called?;
        for (place, value) in places.into_iter().zip(after) {
            self.put_back(&place, value)?;
        }
        Ok(value)
    }
    /// What a helper made of a place that was lent to it.
    fn put_back(&mut self, place: &syn::Expr, value: Value) -> Result<(), Refusal> {
        let name = self.prologue.fresh("after");
        self.bind(&name.to_string(), Binding::derived(value, true));
        self.assignment(&syn::parse_quote!(#place = #name)).unwrap_or_else(|| Err(self.fence().mutable_argument(place)))
    }

    /// What a helper is called with, evaluated where it is called.
    fn argument(&mut self, name: Ident, ty: &syn::Type, e: &syn::Expr) -> Result<Argument, Refusal> {
        let closure = self.as_closure(e);
        let e = closure.as_ref().unwrap_or(e);
        if matches!(ty, syn::Type::Reference(r) if r.mutability.is_some()) {
            return self.lent(name, e);
        }
        if let Some(binding) = self.as_it_is_now(e)? {
            return Ok(Argument { name, binding, place: None });
        }
        let local: syn::Local = if is_plain(ty) && self.is_known_here(ty) {
            local(quote!(let #name: #ty = #e;))
        } else {
            local(quote!(let #name = #e;))
        }
        .ok_or_else(|| self.fence().unknown_value(e))?;
        self.statement(&syn::Stmt::Local(local))?;
        if is_pure(&e.to_token_stream()) {
            self.prologue.owns(&name);
        }
        let mut binding = self.lookup(&name.to_string()).cloned().ok_or_else(|| self.fence().unknown_value(e))?;
        if let Value::Tuple(_) | Value::Struct(..) = binding.value {
            binding.value = self.passed(binding.value);
        }
        Ok(Argument { name, binding, place: None })
    }
    /// An inactive matrix or list that may change later: a copy of what it is now.
    fn as_it_is_now(&mut self, e: &syn::Expr) -> Result<Option<Binding>, Refusal> {
        if self.mentions_active(&e.to_token_stream()) || !is_pure(&e.to_token_stream()) || !self.may_change(e) {
            return Ok(None);
        }
        let mark = self.prologue.mark();
        match self.expression(e)? {
            value @ (Value::Matrix(_) | Value::List(..)) => Ok(Some(Binding::derived(value, false))),
            _ => {
                self.rewind(mark);
                Ok(None)
            }
        }
    }
    /// A helper by its name, as the closure that calls it.
    fn as_closure(&self, e: &syn::Expr) -> Option<syn::Expr> {
        let syn::Expr::Path(path) = bare(e) else { return None };
        path.path.get_ident().is_none_or(|name| self.lookup(&name.to_string()).is_none()).then_some(())?;
        let helper = self.surroundings().function(&path.path)?;
        let names = (0..helper.sig.inputs.len()).map(|i| Ident::new(&format!("__given_{i}"), proc_macro2::Span::mixed_site()));
        let names: Vec<Ident> = names.collect();
        Some(syn::parse_quote!(|#(#names),*| #path(#(#names),*)))
    }
    /// A place that a helper may change: what it is before.
    fn lent(&mut self, name: Ident, e: &syn::Expr) -> Result<Argument, Refusal> {
        let place = match bare(e) {
            syn::Expr::Reference(inner) if inner.mutability.is_some() => &inner.expr,
            other => other,
        };
        let changes =
            root(place).and_then(|name| self.lookup(&name.to_string())).is_some_and(|b| b.active && b.lasts == Lasts::Assigned);
        if !changes || !is_pure(&place.to_token_stream()) {
            return Err(self.fence().mutable_argument(e));
        }
        let value = self.expression(place)?;
        let value = self.number(value)?;
        let binding = Binding { lasts: Lasts::Assigned, ..Binding::derived(value, true) };
        Ok(Argument { name, binding, place: Some(place.clone()) })
    }
    /// A value whose integers are variables of ours, which mean the same inside.
    fn passed(&mut self, value: Value) -> Value {
        match &value {
            Value::Int(n) if n.constant().is_none() => match self.carriable(&n.code) {
                Ok(code) => {
                    let stem: String =
                        super::readable(&n.code).chars().map(|c| if c.is_alphanumeric() { c } else { '_' }).collect();
                    let name = self.prologue.bind(&format!("{SHOWN}{stem}"), &quote!(_), &code);
                    Value::Int(Integer { code: quote!(#name), ..n.clone() })
                }
                Err(_) => value,
            },
            Value::Tuple(values) | Value::Struct(_, values) => {
                let values = values.iter().map(|v| self.passed(v.clone())).collect();
                value.with_members(values)
            }
            _ => value,
        }
    }
    /// Whether a type of a helper means the same where it is called.
    fn is_known_here(&self, ty: &syn::Type) -> bool {
        self.within.is_empty() && self.input.signature.read_type(ty).is_some() || crate::parse::primitive(ty).is_some()
    }

    /// Types and sizes of a helper as its arguments tell them.
    fn specialized(
        &self,
        helper: &Helper,
        params: &[(syn::Pat, syn::Type)],
        turbofish: Option<&syn::PathArguments>,
        this: &Ident,
        arguments: &[Argument],
        call: &TokenStream,
    ) -> Result<Settled, Refusal> {
        let place = self.surroundings().of_helper(helper);
        let generics = helper.of.iter().map(|(generics, _)| generics).chain([&helper.sig.generics]);
        let generics: Vec<&syn::Generics> = generics.collect();
        let mut with = turbofish.map_or_else(Substitution::default, |of| Substitution::of_arguments(&helper.sig.generics, of));
        let typed = Signature::of_types(all_of(&generics), params, place.clone());
        for (param, argument) in typed.params.iter().zip(arguments) {
            self.infer(&generics, param, &argument.binding.value, &mut with);
        }
        for generics in &generics {
            for param in generics.type_params().filter(|p| has_bound(generics, &p.ident, &["RealField"])) {
                if !with.contains(&param.ident) {
                    with.insert(&param.ident, self.scalar_type().to_token_stream());
                }
            }
            let untold = generics.const_params().find(|p| !with.contains(&p.ident));
            if let Some(param) = untold {
                return Err(self.fence().untold_parameter(call, &helper.name, &param.ident));
            }
        }
        with.insert(&"self", quote!(#this));
        if let Some(syn::Type::Path(ty)) = place.own_type() {
            let mut path = ty.path.clone();
            path.segments.iter_mut().for_each(|s| s.arguments = syn::PathArguments::None);
            with.insert(&"Self", quote!(#path));
        }
        let mut sig = helper.sig.clone();
        sig.generics = syn::Generics::default();
        sig.inputs = syn::punctuated::Punctuated::new();
        let unread = || self.fence().unread_helper(call, &helper.name);
        let sig = with.applied(&sig).ok_or_else(unread)?;
        let body = with.applied(&helper.body).ok_or_else(unread)?;
        let params: Option<Vec<_>> = params.iter().map(|(p, ty)| Some((p.clone(), with.applied(ty)?))).collect();
        let place = place.without(&items_of(&body));
        let mut signature = Signature::of_helper(sig, place);
        signature.params.clone_from(&self.input.signature.params);
        signature.scalar.clone_from(&self.input.signature.scalar);
        let input = Input { signature, body, arguments: self.input.arguments.clone() };
        Ok(Settled { input, params: params.ok_or_else(unread)? })
    }

    /// The parameters of types that an argument tells.
    fn infer(&self, generics: &[&syn::Generics], param: &Param, value: &Value, with: &mut Substitution) {
        let Some(NumType { scalar, form, .. }) = &param.kind else { return };
        let own = |name: &Ident| {
            generics.iter().any(|g| g.type_params().any(|p| p.ident == *name) || g.const_params().any(|p| p.ident == *name))
        };
        if let ScalarType::Generic(name) = scalar
            && own(name)
            && !with.contains(name)
        {
            with.insert(name, self.scalar_type().to_token_stream());
        }
        let (NumForm::Matrix { rows, cols, .. }, Some(id)) = (form, value.whole()) else { return };
        let shape = self.shape(id);
        for (declared, dim) in [(rows, shape.rows), (cols, shape.cols)] {
            if let TypeDim::ConstGeneric(name) = declared
                && own(name)
                && !with.contains(name)
                && let Some(size) = self.static_size(dim)
            {
                with.insert(name, size);
            }
        }
    }
    /// A size as a type says it.
    fn static_size(&self, dim: Dim) -> Option<TokenStream> {
        match (self.graph.dims.resolve(dim), self.graph.dims.generic_name(dim)) {
            (Dim::Const(n), _) => Some(Literal::usize_unsuffixed(n).to_token_stream()),
            (_, Some(name)) => Some(Ident::new(name, proc_macro2::Span::call_site()).to_token_stream()),
            _ => None,
        }
    }

    /// The body of a helper, seen from inside.
    fn called(&mut self, settled: &Settled, arguments: Vec<Argument>) -> Result<(Value, Vec<Value>), Refusal> {
        let names = settled.params.iter().zip(&arguments).filter(|(_, a)| a.binding.active);
        let active = names.flat_map(|((pattern, _), _)| pattern_names(pattern)).map(|name| name.to_string());
        let body = with_value(&without_return(&settled.input.body));
        let changed = std::mem::replace(&mut self.changed, changed(&body, active, &self.home.mutating()));
        let lent = settled.params.iter().zip(&arguments).filter(|(_, a)| a.place.is_some());
        let lent: Vec<String> = lent.flat_map(|((pattern, _), _)| pattern_names(pattern)).map(|name| name.to_string()).collect();
        let constants = self.constants_here();
        let outside = std::mem::replace(&mut self.scopes, vec![constants, HashMap::new()]);
        let hidden = self.hidden;
        self.hidden += outside.len();
        self.prologue.enter();
        let value = self.called_inside(settled, arguments, &body);
        let after = lent.iter().map(|name| self.lookup(name).map_or(Value::Code, |b| b.value.clone())).collect();
        self.prologue.leave();
        self.scopes = outside;
        self.hidden = hidden;
        self.changed = changed;
        Ok((value?, after))
    }
    fn called_inside(&mut self, settled: &Settled, arguments: Vec<Argument>, body: &syn::Block) -> Result<Value, Refusal> {
        for ((pattern, ty), argument) in settled.params.iter().zip(arguments) {
            self.bind_argument(pattern, ty, argument)?;
        }
        let value = self.block(body)?;
        let value = self.number_of(value, &settled.input.signature)?;
        self.fits(&value, &settled.input, body)?;
        Ok(self.outside(value))
    }

    fn bind_argument(&mut self, pattern: &syn::Pat, ty: &syn::Type, argument: Argument) -> Result<(), Refusal> {
        let Argument { name, binding, place } = argument;
        if place.is_some() {
            let syn::Pat::Ident(of) = pattern else { return Err(self.fence().pattern(pattern)) };
            self.bind(&of.ident.to_string(), binding);
            return Ok(());
        }
        if binding.active || binding.variable.is_none() {
            let active = binding.active;
            return self.bind_pattern(pattern, binding.value, active);
        }
        let names: Vec<String> = pattern_names(pattern).iter().map(ToString::to_string).collect();
        self.bind(&name.to_string(), binding.clone());
        if names == [name.to_string()] {
            if let Some(variable) = binding.variable {
                self.prologue.types.insert(variable, ty.clone());
            }
            return Ok(());
        }
        self.hide_or_save(&names);
        let lenders = self.lenders(&name.to_token_stream());
        self.prologue.carry(quote!(let #pattern = #name;), &names, true);
        self.bind_passed(pattern, binding.value, ty, binding.by_ref, lenders);
        if let syn::Pat::Ident(syn::PatIdent { ident, mutability: None, .. }) = pattern
            && let Some(variable) = self.lookup(&ident.to_string()).and_then(|b| b.variable)
        {
            self.prologue.passed.insert(variable, name);
        }
        Ok(())
    }
    /// Code with the parameters of helpers under the names of ours that they are passed by: these may stand before a loop.
    pub(super) fn by_arguments(&self, code: TokenStream) -> TokenStream {
        let mut with = Substitution::default();
        for mention in mentions(&code) {
            let passed = self.lookup(&mention.name).and_then(|b| self.prologue.passed.get(&b.variable?));
            if let Some(name) = passed {
                with.insert(&mention.name, name.to_token_stream());
            }
        }
        with.tokens(code)
    }

    /// A value that is not called after a name of the helper.
    fn outside(&mut self, value: Value) -> Value {
        match value {
            Value::Int(n) if n.constant().is_none() => match self.carriable(&n.code) {
                Ok(code) => {
                    let name = self.prologue.bind("index", &quote!(_), &code);
                    Value::Int(Integer { code: quote!(#name), ..n })
                }
                Err(_) => Value::Int(n),
            },
            Value::Tuple(values) => Value::Tuple(values.into_iter().map(|v| self.outside(v)).collect()),
            Value::Struct(of, values) => Value::Struct(of, values.into_iter().map(|v| self.outside(v)).collect()),
            other => other,
        }
    }
    /// A constant at the end of a function is of the type that this declares.
    fn number_of(&mut self, value: Value, signature: &Signature) -> Result<Value, Refusal> {
        let scalar = matches!(&signature.output, Output::Num { ty, .. } if ty.form == NumForm::Scalar);
        if scalar { self.number(value) } else { Ok(value) }
    }
    /// A value has the shape that the type of the result says.
    fn fits(&mut self, value: &Value, input: &Input, body: &syn::Block) -> Result<(), Refusal> {
        let (Output::Num { ty, .. }, Some(id)) = (&input.signature.output, value.whole()) else { return Ok(()) };
        let (NumForm::Matrix { .. }, Some(last)) = (&ty.form, body.stmts.last()) else { return Ok(()) };
        let (declared, shape) = (self.shape_of_type(&ty.clone()), self.shape(id));
        self.unify_at(last.span(), shape.rows, declared.rows, "the signature gives the shape of the result")?;
        self.unify_at(last.span(), shape.cols, declared.cols, "the signature gives the shape of the result")?;
        Ok(())
    }

    /// The constants of the module that code is read in; of another module than the function's, those whose value is written there.
    fn constants_here(&mut self) -> HashMap<String, Binding> {
        if self.surroundings().is_beside(&self.home) {
            return self.constants.clone();
        }
        let mut known = HashMap::new();
        for (name, constant) in self.surroundings().constants() {
            let literal = matches!(&*constant.expr, syn::Expr::Lit(_));
            let value = if literal && crate::parse::primitive(&constant.ty).is_some() {
                self.expression(&constant.expr).ok()
            } else {
                None
            };
            let value = match value {
                Some(value @ (Value::Scalar(_) | Value::Int(_))) => value,
                _ => Value::Code,
            };
            known.insert(name.to_string(), Binding::derived(value, false));
        }
        known
    }

    /// The constants of the module have their names all over the function.
    pub(super) fn declare_surroundings(&mut self) {
        let constants = self.surroundings().constants();
        let statements: Vec<syn::Stmt> =
            constants.into_iter().map(|(_, constant)| syn::Stmt::Item(syn::Item::Const((*constant).clone()))).collect();
        self.declare_constants(&statements);
        self.constants = self.scopes.last().cloned().unwrap_or_default();
    }

    /// A name in code of another module that means something else, or nothing, where the function stands.
    pub(super) fn stranger(&self, code: &TokenStream) -> Option<Ident> {
        struct Paths(Vec<syn::Path>);
        impl<'a> syn::visit::Visit<'a> for Paths {
            fn visit_path(&mut self, path: &'a syn::Path) {
                self.0.push(path.clone());
                syn::visit::visit_path(self, path);
            }
            fn visit_item_use(&mut self, item: &'a syn::ItemUse) {
                self.0.push(syn::Path::from(Ident::new("super", item.use_token.span)));
            }
        }
        if self.surroundings().is_beside(&self.home) {
            return None;
        }
        let mut paths = Paths(Vec::new());
        match syn::parse::Parser::parse2(syn::Block::parse_within, code.clone()) {
            Ok(statements) => statements.iter().for_each(|s| syn::visit::Visit::visit_stmt(&mut paths, s)),
            Err(_) => match syn::parse2::<syn::Expr>(code.clone()) {
                Ok(e) => syn::visit::Visit::visit_expr(&mut paths, &e),
                Err(_) => return Some(Ident::new("code", code.clone().into_iter().next()?.span())),
            },
        }
        let own: std::collections::HashSet<String> = mentions(code).into_iter().map(|m| m.name).collect();
        let strange = |path: &syn::Path| {
            let first = path.segments.first()?;
            let name = first.ident.to_string();
            let variable = path.segments.len() == 1
                && (self.lookup(&name).is_some() || !own.contains(&name) && !is_called(code, &first.ident));
            let everywhere = path.leading_colon.is_some() || EVERYWHERE.iter().any(|known| name == *known);
            let same = path.segments.len() > 1 && self.surroundings().is_outside(&name) && self.home.is_outside(&name);
            (!variable && !everywhere && !same).then(|| first.ident.clone())
        };
        paths.0.iter().find_map(strange)
    }

    /// Read what another function is made of.
    fn seen_from<T>(&mut self, input: &Input, read: impl FnOnce(&mut Lowerer<'_>) -> T) -> T {
        let outer = self.input;
        let mut inner = std::mem::replace(self, Self::blank(outer)).with(input);
        let result = read(&mut inner);
        *self = inner.with(outer);
        result
    }
}

/// Names that mean the same in all modules.
const EVERYWHERE: &[&str] = &[
    "std", "core", "alloc", "f64", "f32", "usize", "u8", "u16", "u32", "u64", "u128", "isize", "i8", "i16", "i32", "i64", "i128",
    "bool", "char", "str", "Some", "None", "Option", "Vec", "String",
];

/// Whether code calls a function of this name, or names a type.
fn is_called(code: &TokenStream, name: &Ident) -> bool {
    let mut trees = code.clone().into_iter().peekable();
    while let Some(tree) = trees.next() {
        match &tree {
            proc_macro2::TokenTree::Ident(ident) if ident == name => {
                let call = matches!(trees.peek(), Some(proc_macro2::TokenTree::Group(g)) if g.delimiter() != proc_macro2::Delimiter::Bracket);
                if call || name.to_string().starts_with(char::is_uppercase) {
                    return true;
                }
            }
            proc_macro2::TokenTree::Group(group) if is_called(&group.stream(), name) => return true,
            _ => {}
        }
    }
    false
}

/// A `let` of ours.
fn local(tokens: TokenStream) -> Option<syn::Local> {
    match syn::parse2::<syn::Stmt>(tokens) {
        Ok(syn::Stmt::Local(local)) => Some(local),
        _ => None,
    }
}

/// The parameters of a helper, `self` among them under a name of ours.
fn typed_inputs(helper: &Helper, this: &Ident) -> Vec<(syn::Pat, syn::Type)> {
    let one = |input: &syn::FnArg| match input {
        syn::FnArg::Typed(typed) => ((*typed.pat).clone(), (*typed.ty).clone()),
        syn::FnArg::Receiver(receiver) => {
            let of = helper.of.as_ref().map_or_else(|| syn::Type::Verbatim(quote!(Self)), |(_, ty)| (**ty).clone());
            let mutability = receiver.mutability.filter(|_| receiver.reference.is_none());
            let pattern: syn::Pat =
                syn::Pat::Ident(syn::PatIdent { attrs: Vec::new(), by_ref: None, mutability, ident: this.clone(), subpat: None });
            let ty = match (&receiver.reference, receiver.mutability) {
                (Some(_), Some(_)) => syn::parse_quote!(&mut #of),
                (Some(_), None) => syn::parse_quote!(&#of),
                (None, _) => of,
            };
            (pattern, ty)
        }
    };
    helper.sig.inputs.iter().map(one).collect()
}

/// The parameters of several items, together.
fn all_of(generics: &[&syn::Generics]) -> syn::Generics {
    let mut all = syn::Generics::default();
    for one in generics {
        all.params.extend(one.params.iter().cloned());
        if let Some(clause) = &one.where_clause {
            all.make_where_clause().predicates.extend(clause.predicates.iter().cloned());
        }
    }
    all
}

/// Whether a type can be written in another function: it has no names of the helper's own.
fn is_plain(ty: &syn::Type) -> bool {
    struct Search(bool);
    impl syn::visit::Visit<'_> for Search {
        fn visit_lifetime(&mut self, _: &syn::Lifetime) {
            self.0 = false;
        }
        fn visit_type_impl_trait(&mut self, _: &syn::TypeImplTrait) {
            self.0 = false;
        }
    }
    let mut search = Search(true);
    syn::visit::Visit::visit_type(&mut search, ty);
    search.0
}

/// A body that ends with its value, not with `return`.
fn with_value(body: &syn::Block) -> syn::Block {
    let mut body = body.clone();
    if let Some(syn::Stmt::Expr(syn::Expr::Return(last), _)) = body.stmts.last()
        && let Some(value) = last.expr.as_deref().cloned()
    {
        body.stmts.pop();
        body.stmts.push(syn::Stmt::Expr(value, None));
    }
    body
}
