//! A call of a method, a function or a constructor.

use proc_macro2::{Ident, Span, TokenStream};
use quote::ToTokens;

use std::rc::Rc;

use super::places::shared_view;
use super::{Lowerer, Refusal, Value};
use crate::around::Helper;
use crate::ir::{Kind, NodeId};
use crate::ops::{self, Form};
use crate::parse::Element;

/// A call, its receiver evaluated.
pub struct Call<'e> {
    /// The method or function.
    pub name: &'e Ident,
    /// What it is called on.
    pub receiver: Option<Value>,
    /// The expression it is called on.
    pub receiver_expr: Option<&'e syn::Expr>,
    /// Its arguments.
    pub args: Vec<&'e syn::Expr>,
    /// `::<..>` after a method.
    pub generics: Option<&'e syn::AngleBracketedGenericArguments>,
    /// The type a constructor is called on.
    pub of: Option<syn::Path>,
    /// All of it.
    pub tokens: &'e dyn ToTokens,
}

impl Call<'_> {
    /// Where the method or function is named.
    #[must_use]
    pub fn span(&self) -> Span {
        self.name.span()
    }
    /// The number of arguments.
    #[must_use]
    pub fn arity(&self) -> usize {
        self.args.len()
    }
    /// The call as it stands.
    #[must_use]
    pub fn to_tokens(&self) -> TokenStream {
        self.tokens.to_token_stream()
    }
}

impl Lowerer<'_> {
    pub(super) fn method_call(&mut self, e: &syn::ExprMethodCall) -> Result<Value, Refusal> {
        if let Some(value) = self.iterator_end(e) {
            return value;
        }
        // a part to be changed, as what it is now
        if let Some(shared) = shared_view(&e.method.to_string()) {
            let method = Ident::new(shared, e.method.span());
            return self.method_call(&syn::ExprMethodCall { method, ..e.clone() });
        }
        let sized = e.args.is_empty() && super::mentions::SIZES.iter().any(|n| e.method == n);
        let outer = self.quiet;
        self.quiet |= sized;
        let receiver = self.expression(&e.receiver);
        self.quiet = outer;
        let receiver = match receiver {
            Ok(receiver) => receiver,
            Err(refusal) => {
                let mut complained = self.unknown_names(&e.receiver);
                return Err(e.args.iter().fold(refusal, |before, argument| match self.expression(argument) {
                    Ok(_) => before,
                    Err(refusal) => self.beside(Some(before), refusal, &mut complained, argument),
                }));
            }
        };
        let name = e.method.to_string();
        if let Some(helper) = self.method_around(&receiver, e) {
            let args: Vec<&syn::Expr> = std::iter::once(&*e.receiver).chain(&e.args).collect();
            return self.call_helper(&helper, None, &args, e);
        }
        if let Some(value) = self.list_method(&name, &receiver, e)? {
            return Ok(value);
        }
        if let Some(value) = self.transparent_method(&name, &receiver, e)? {
            return Ok(value);
        }
        let call = Call {
            name: &e.method,
            receiver: Some(receiver.clone()),
            receiver_expr: Some(&e.receiver),
            args: e.args.iter().collect(),
            generics: e.turbofish.as_ref(),
            of: None,
            tokens: e,
        };
        match receiver {
            Value::Scalar(_) => self.spelled(Form::ScalarMethod, &call),
            Value::Matrix(_) => match self.closure_method(&name, &call)? {
                Some(value) => Ok(value),
                None => match self.swizzle(&call)? {
                    Some(value) => Ok(value),
                    None => self.spelled(Form::MatrixMethod, &call),
                },
            },
            Value::Factor(_) => self.spelled(Form::FactorMethod, &call),
            Value::Fallible(..) => Err(self.fence().unopened_option(&call)),
            Value::Constant(_) => self.method_of_constant(call),
            _ => Err(self.fence().method_on_code(&call)),
        }
    }

    /// Build what the table says of a spelling.
    pub(super) fn spelled(&mut self, form: Form, call: &Call<'_>) -> Result<Value, Refusal> {
        let name = call.name.to_string();
        let known = ops::ALL
            .iter()
            .flat_map(|kind| ops::record(*kind).spellings)
            .find(|s| s.form == form && s.name == name && s.arities.contains(&call.arity()));
        let Some(spelling) = known else {
            return Err(self.fence().unknown_call(form, call));
        };
        let value = (spelling.build)(self, call)?;
        if let Some(id) = value.node() {
            self.spans.entry(id).or_insert_with(|| call.span());
        }
        Ok(value)
    }

    /// Methods that change the type and not the value, and those that ask for sizes.
    fn transparent_method(&mut self, name: &str, receiver: &Value, e: &syn::ExprMethodCall) -> Result<Option<Value>, Refusal> {
        if name == "unwrap" || name == "expect" {
            return self.open(receiver, name, e).map(Some);
        }
        if !e.args.is_empty() {
            return Ok(None);
        }
        let size = |cx: &mut Self, id: NodeId| {
            let shape = cx.shape(id);
            let code = e.to_token_stream();
            match name {
                "nrows" => Some(Value::Int(cx.dimension(shape.rows, code))),
                "ncols" => Some(Value::Int(cx.dimension(shape.cols, code))),
                "len" => {
                    let len = cx.graph.dims.derived(crate::ir::Source::Product(vec![shape.rows, shape.cols]));
                    Some(Value::Int(cx.dimension(len, code)))
                }
                "shape" => {
                    let receiver = &e.receiver;
                    let (rows, cols) = (quote::quote!(#receiver.nrows()), quote::quote!(#receiver.ncols()));
                    Some(Value::Tuple(vec![
                        Value::Int(cx.dimension(shape.rows, rows)),
                        Value::Int(cx.dimension(shape.cols, cols)),
                    ]))
                }
                _ => None,
            }
        };
        Ok(match (receiver, name) {
            (
                Value::Scalar(_) | Value::Matrix(_) | Value::Factor(_) | Value::Int(_) | Value::Tuple(_) | Value::Struct(..),
                "clone",
            ) => Some(receiver.clone()),
            (Value::Scalar(_), "into" | "to_owned" | "borrow" | "as_ref") => None,
            (Value::Matrix(_), "into_owned" | "clone_owned" | "to_owned" | "as_view") => Some(receiver.clone()),
            (Value::Matrix(id), "to_scalar" | "into_scalar" | "as_scalar") => {
                self.unify_receiver(e, *id, crate::ir::Shape::SCALAR)?;
                Some(Value::Scalar(*id))
            }
            (Value::Item(_), "copied" | "cloned") => Some(receiver.clone()),
            (Value::Fallible(Kind::PseudoInverse, _), "ok") => Some(receiver.clone()),
            (Value::Matrix(id), "as_slice") => Some(Value::List(*id, Element::Number)),
            (Value::Matrix(id), _) => size(self, *id),
            _ => None,
        })
    }

    /// `?`, `unwrap()` or `expect(..)` on what may not exist.
    fn open(&mut self, receiver: &Value, name: &str, e: &syn::ExprMethodCall) -> Result<Value, Refusal> {
        use crate::ir::Fail;
        let fail = match (name, e.args.first()) {
            ("expect", Some(message)) => {
                if self.mentions_active(&message.to_token_stream()) {
                    return Err(self.fence().active_message(message));
                }
                Fail::Expect(self.message(message)?)
            }
            _ => Fail::Unwrap,
        };
        self.opened(receiver, fail).ok_or_else(|| self.fence().nothing_to_open(&e.method))
    }

    /// A message of `expect`, evaluated in the prologue if there is something to evaluate.
    fn message(&mut self, e: &syn::Expr) -> Result<crate::ir::OpaqueId, Refusal> {
        let code = e.to_token_stream();
        if matches!(e, syn::Expr::Lit(_)) {
            return Ok(self.prologue.opaque(super::Opaque::code(code, String::new())));
        }
        // what is made here and borrowed would end with its statement, or its block
        if let syn::Expr::Reference(syn::ExprReference { mutability: None, expr, .. }) = super::operators::bare(e)
            && matches!(**expr, syn::Expr::Macro(_) | syn::Expr::Call(_) | syn::Expr::MethodCall(_))
        {
            let code = self.carriable(&expr.to_token_stream())?;
            let name = self.prologue.bind("message", &quote::quote!(_), &code);
            return Ok(self.prologue.opaque(super::Opaque::code(quote::quote!(&#name), String::new())));
        }
        let code = self.carriable(&code)?;
        let name = self.prologue.bind("message", &quote::quote!(&str), &code);
        Ok(self.prologue.opaque(super::Opaque::code(name.to_token_stream(), String::new())))
    }

    pub(super) fn opened(&mut self, receiver: &Value, fail: crate::ir::Fail) -> Option<Value> {
        let attr = crate::ir::Attr::Fail(fail);
        let (kind, operands) = match receiver {
            Value::Fallible(kind, operands) => (*kind, operands),
            Value::Some(inner) => return Some((**inner).clone()),
            Value::Item(inner) if !matches!(attr, crate::ir::Attr::Fail(crate::ir::Fail::Question)) => {
                return Some((**inner).clone());
            }
            _ => return None,
        };
        // the right-hand side of a solution is no operand of the inverse
        let own = if kind == Kind::PseudoInverse { 2 } else { 1 };
        let opened = self.graph.make(kind, attr, &operands[..own]);
        self.prologue.opened.push(opened);
        Some(match operands.get(own) {
            Some(b) => self.matrix(|g| g.matmul(&[opened, *b])),
            None if kind == Kind::Chol => Value::Factor(opened),
            None => Value::Matrix(opened),
        })
    }

    pub(super) fn function_call(&mut self, e: &syn::ExprCall) -> Result<Value, Refusal> {
        let syn::Expr::Path(path) = &*e.func else {
            return Err(self.fence().unknown_callee(e));
        };
        let Some(last) = path.path.segments.last() else {
            return Err(self.fence().unknown_callee(e));
        };
        let args: Vec<&syn::Expr> = e.args.iter().collect();
        let before: Vec<String> = path.path.segments.iter().rev().skip(1).map(|s| s.ident.to_string()).collect();
        if last.ident == "Some" && args.len() == 1 && before.first().is_none_or(|of| of == "Option") {
            let inner = self.expression(args[0])?;
            return Ok(Value::Some(Box::new(inner)));
        }
        if before.is_empty() {
            self.not_decided(&last.ident)?;
            if let Some(Value::Closure(closure, seen)) = self.lookup(&last.ident.to_string()).map(|b| b.value.clone()) {
                return self.apply_closure(&closure, seen, &args);
            }
        }
        if self.lookup(&last.ident.to_string()).is_none() || !before.is_empty() {
            if let Some(value) = self.tuple_struct(&path.path, &args) {
                return value;
            }
            if let Some(helper) = self.surroundings().function(&path.path) {
                return self.call_helper(&helper, Some(&last.arguments), &args, e);
            }
        }
        if before.is_empty()
            && self.lookup(&last.ident.to_string()).is_none()
            && let Some(name) = self.surroundings().imported(&last.ident)
        {
            let call = Call { name: &name, receiver: None, receiver_expr: None, args, generics: None, of: None, tokens: e };
            return self.spelled(Form::Function, &call);
        }
        if before.is_empty() {
            self.arguments_first(&args)?;
            return Err(self.fence().unknown_function(e, &last.ident));
        }
        if self.is_matgrad(&path.path) {
            let call = Call { name: &last.ident, receiver: None, receiver_expr: None, args, generics: None, of: None, tokens: e };
            return self.spelled(Form::Function, &call);
        }
        if let Some(value) = self.scalar_path_call(&before[0], e, &last.ident.to_string())? {
            return Ok(value);
        }
        if is_scalar_name(&before[0], self) && !args.is_empty() {
            let receiver = self.numeric(args[0])?;
            let call = Call {
                name: &last.ident,
                receiver: Some(receiver),
                receiver_expr: Some(args[0]),
                args: args[1..].to_vec(),
                generics: None,
                of: None,
                tokens: e,
            };
            return match call.receiver {
                Some(Value::Scalar(_)) => self.spelled(Form::ScalarMethod, &call),
                _ => Err(self.fence().unknown_function(e, &last.ident)),
            };
        }
        let of = prefix(&path.path);
        if self.surroundings().is_own(&of) {
            self.arguments_first(&args)?;
            return Err(self.fence().unknown_function(e, &last.ident));
        }
        if let Some(value) = self.generated(&of, &last.ident, &args) {
            return value;
        }
        if let Some(value) = self.from_slice(&of, &last.ident, &args)? {
            return Ok(value);
        }
        let call = Call { name: &last.ident, receiver: None, receiver_expr: None, args, generics: None, of: Some(of), tokens: e };
        if constructs_matrix(&call) {
            self.spelled(Form::Constructor, &call)
        } else {
            self.arguments_first(&call.args)?;
            Err(self.fence().unknown_function(e, &last.ident))
        }
    }

    /// The method of the module that a call means.
    pub(super) fn method_around(&self, receiver: &Value, e: &syn::ExprMethodCall) -> Option<Rc<Helper>> {
        match receiver {
            Value::Struct(of, _) => self.surroundings().method_of(of, &e.method.to_string()),
            Value::Code => self.surroundings().method(&self.written_type(&e.receiver)?, &e.method.to_string()),
            _ => None,
        }
    }

    /// The errors in the arguments of a call that is about to be refused: they are nearer to the mistake.
    fn arguments_first(&mut self, args: &[&syn::Expr]) -> Result<(), Refusal> {
        args.iter().try_for_each(|e| self.expression(e).map(|_| ()))
    }
    /// Whether a path begins with the name of this crate.
    fn is_matgrad(&self, path: &syn::Path) -> bool {
        let names = |path: &syn::Path| -> Vec<String> {
            let names = path.segments.iter().map(|s| s.ident.to_string());
            names.filter(|n| !["crate", "self", "super"].contains(&n.as_str())).collect()
        };
        let mut of = names(path);
        of.pop();
        let root = self.input.arguments.crate_path.as_ref().map(names);
        of == ["matgrad"] || root.is_some_and(|root| !of.is_empty() && root.ends_with(&of))
    }
}

/// `f64`, `f32`, the type parameter, and the traits whose methods scalars have.
pub(super) fn is_scalar_name(name: &str, cx: &Lowerer<'_>) -> bool {
    use crate::parse::ScalarType;
    let generic = matches!(&cx.input.signature.scalar, Some(ScalarType::Generic(t)) if t == name);
    generic || ["f64", "f32", "RealField", "ComplexField"].contains(&name)
}

/// Whether a call may be one of nalgebra's constructors.
fn constructs_matrix(call: &Call<'_>) -> bool {
    let known =
        ops::ALL.iter().flat_map(|k| ops::record(*k).spellings).any(|s| s.form == Form::Constructor && call.name == s.name);
    known
        && call.of.as_ref().and_then(|of| of.segments.last()).is_some_and(|s| crate::parse::is_matrix_name(&s.ident.to_string()))
}

/// A path without its last segment.
fn prefix(path: &syn::Path) -> syn::Path {
    let n = path.segments.len().saturating_sub(1);
    syn::Path { leading_colon: path.leading_colon, segments: path.segments.iter().take(n).cloned().collect() }
}
