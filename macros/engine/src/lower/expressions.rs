//! Expressions: one arm a form of syntax.

use std::collections::HashSet;

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};
use syn::spanned::Spanned;

use super::mentions::mentions;
use super::value::{Constant, Integer, Lasts};
use super::{Lowerer, Opaque, Refusal, Value};
use crate::ir::{Index, Kind, Shape};
use crate::parse::{ScalarType, conditions};

/// Deeper nesting is refused: rustc's own limits are not far.
const DEPTH: usize = 128;

impl Lowerer<'_> {
    /// The value of an expression. Inactive code that cannot be read has the value [`Value::Code`].
    pub(super) fn expression(&mut self, e: &syn::Expr) -> Result<Value, Refusal> {
        if self.depth >= DEPTH {
            return Err(self.fence().too_deep(e));
        }
        self.depth += 1;
        let mark = self.prologue.mark();
        let value = self.read(e);
        self.depth -= 1;
        let value = match value {
            Ok(value) => value,
            Err(refusal) => {
                if !self.mentions_active(&e.to_token_stream()) {
                    self.rewind(mark); // the whole is carried over, not its parts
                }
                self.as_code(e, refusal)?
            }
        };
        match value {
            Value::Code => self.typed(e),
            value => Ok(value),
        }
    }

    /// Code that could not be read, if nothing active is in it.
    pub(super) fn as_code(&mut self, e: &impl ToTokens, refusal: Refusal) -> Result<Value, Refusal> {
        if self.mentions_active(&e.to_token_stream()) { Err(refusal) } else { Ok(Value::Code) }
    }

    fn read(&mut self, e: &syn::Expr) -> Result<Value, Refusal> {
        if let Some(attr) = conditions::of_expression(e) {
            return Err(self.fence().decided(attr));
        }
        match e {
            syn::Expr::Lit(literal) => self.literal(literal),
            syn::Expr::Path(path) => self.path(path),
            syn::Expr::Paren(inner) => self.expression(&inner.expr),
            syn::Expr::Group(inner) => self.expression(&inner.expr),
            syn::Expr::Reference(inner) if inner.mutability.is_none() => self.expression(&inner.expr),
            syn::Expr::Unary(e) => self.unary(e),
            syn::Expr::Binary(e) => self.binary(e),
            syn::Expr::MethodCall(e) => self.method_call(e),
            syn::Expr::Call(e) => self.function_call(e),
            syn::Expr::Index(e) => self.indexed(e),
            syn::Expr::Field(e) => self.field(e),
            syn::Expr::Cast(e) => self.cast(e),
            syn::Expr::Macro(e) => self.macro_call(e),
            syn::Expr::Try(e) => {
                self.asked = matches!(super::bare(&e.expr), syn::Expr::Call(_) | syn::Expr::MethodCall(_));
                let value = self.expression(&e.expr)?;
                if self.hidden > 0 && !self.together {
                    return Err(self.fence().question_mark_of_a_closure(e.question_token.span()));
                }
                if !self.returns_option() {
                    return Err(self.fence().carried_question_mark(e.question_token.span()));
                }
                let opened = self.opened(&value, crate::ir::Fail::Question).ok_or_else(|| self.fence().question_mark(e))?;
                self.leave_in_time(e);
                Ok(opened)
            }
            syn::Expr::Block(e) if e.label.is_none() => self.block(&e.block),
            syn::Expr::Tuple(e) => {
                let values = self.side_by_side(&e.elems)?;
                Ok(if values.is_empty() { Value::Unit } else { Value::Tuple(values) })
            }
            syn::Expr::Struct(e) => self.structure(e),
            syn::Expr::Repeat(e) => self.copies(&e.expr, &e.len),
            syn::Expr::Array(e) => Ok(Value::Tuple(self.side_by_side(&e.elems)?)),
            syn::Expr::Closure(e) => {
                let seen = self.captured(e);
                Ok(Value::Closure(Box::new(e.clone()), seen))
            }
            syn::Expr::If(e) if self.maps == 0 => self.branch(e),
            syn::Expr::Match(e) if self.maps == 0 => self.matched(e),
            syn::Expr::If(e) => self.selection(e),
            _ => Err(self.fence().syntax(e)),
        }
    }

    /// The values of expressions that stand side by side; the errors of all, but for those that follow from another.
    pub(super) fn side_by_side<'e>(&mut self, all: impl IntoIterator<Item = &'e syn::Expr>) -> Result<Vec<Value>, Refusal> {
        let mut values = Ok(Vec::new());
        let mut complained = HashSet::new();
        for e in all {
            values = match (values, self.expression(e)) {
                (Ok(mut values), Ok(value)) => {
                    values.push(value);
                    Ok(values)
                }
                (Err(before), Ok(_)) => Err(before),
                (before, Err(refusal)) => Err(self.beside(before.err(), refusal, &mut complained, e)),
            };
        }
        values
    }
    /// An error in code, and those in what stands beside it; `complained`: the names of which nothing is known that have had one.
    pub(super) fn beside(
        &self,
        before: Option<Refusal>,
        refusal: Refusal,
        complained: &mut HashSet<String>,
        code: &impl ToTokens,
    ) -> Refusal {
        let names = self.unknown_names(code);
        let follows = !complained.is_disjoint(&names);
        complained.extend(names);
        match before {
            None => refusal,
            Some(before) if follows => before,
            Some(before) => before.and(refusal),
        }
    }
    /// The names in code of which nothing is known.
    pub(super) fn unknown_names(&self, code: &impl ToTokens) -> HashSet<String> {
        let names = mentions(&code.to_token_stream()).into_iter().map(|m| m.name);
        names.filter(|name| self.lookup(name).is_none_or(|b| matches!(b.value, Value::Code))).collect()
    }

    fn literal(&mut self, literal: &syn::ExprLit) -> Result<Value, Refusal> {
        match &literal.lit {
            syn::Lit::Float(f) if !self.is_own_suffix(f.suffix()) => Ok(Value::Code),
            syn::Lit::Float(f) => match f.base10_parse::<f64>() {
                Ok(value) if value.is_finite() => Ok(self.scalar(|g| g.constant(value))),
                _ => Err(self.fence().literal(literal)),
            },
            syn::Lit::Int(n) if matches!(n.suffix(), "f64" | "f32") => match n.base10_parse::<f64>() {
                _ if !self.is_own_suffix(n.suffix()) => Ok(Value::Code),
                Ok(value) => Ok(self.scalar(|g| g.constant(value))),
                Err(_) => Err(self.fence().literal(literal)),
            },
            syn::Lit::Int(n) => {
                let known = n.base10_parse::<usize>().ok().map(Index::at);
                Ok(Value::Int(Integer { known, code: literal.to_token_stream() }))
            }
            _ => Ok(Value::Code),
        }
    }

    /// Whether literals with this suffix are numbers of the function's type, or become such without rounding.
    fn is_own_suffix(&self, suffix: &str) -> bool {
        let single = matches!(self.input.signature.scalar, Some(ScalarType::F32));
        suffix.is_empty() || (suffix == "f32") == single
    }

    fn path(&mut self, path: &syn::ExprPath) -> Result<Value, Refusal> {
        let Some(name) = path.path.get_ident() else {
            return self.constant_path(path);
        };
        let Some(binding) = self.lookup(&name.to_string()) else {
            return self.constant_path(path);
        };
        if let Some(attr) = &binding.decided {
            return Err(self.fence().decided_name(attr, name, &self.scalar_type().to_token_stream().to_string()));
        }
        if let Value::Place(of) = &binding.value {
            let of = of.clone();
            self.refuse_hidden(&of, name.span())?;
            return self.expression(&of);
        }
        if !self.quiet && self.is_carried(&name.to_string()) {
            return Err(self.fence().carried(&name.to_string(), name.span()));
        }
        if binding.lasts != Lasts::Always && !binding.active {
            let binding = binding.clone();
            return Ok(self.snapshot(name, &binding).0);
        }
        let value = binding.value.clone();
        if self.quiet { Ok(value) } else { self.so_far(path, value) }
    }

    /// `PI` and its kin by value; any other constant by name, as a scalar.
    fn constant_path(&mut self, whole: &syn::ExprPath) -> Result<Value, Refusal> {
        let path = &whole.path;
        let names: Vec<String> = path.segments.iter().map(|s| s.ident.to_string()).collect();
        let last = names.last().cloned().unwrap_or_default();
        let rounded = names.iter().any(|n| n == "f32") && !self.is_own_suffix("f32");
        if let Some(value) = mathematical_constant(&names).filter(|_| !rounded && whole.qself.is_none()) {
            return Ok(self.scalar(|g| g.constant(value)));
        }
        let is_constant = last.chars().any(char::is_alphabetic)
            && last.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_');
        let is_own = |name: &Ident| self.input.signature.is_own_const(name) || self.graph.dims.has_constant(&last);
        if path.get_ident().is_some_and(is_own) {
            let dim = self.graph.dims.generic(&last);
            return Ok(Value::Int(Integer::dim(dim, path.to_token_stream())));
        }
        if !is_constant {
            return Err(self.fence().unknown_name(path));
        }
        Ok(Value::Constant(Constant { code: whole.to_token_stream(), text: last }))
    }

    /// A value where only a number can stand: a constant is of the scalar type there, or rustc says that it is not.
    pub(super) fn number(&mut self, value: Value) -> Result<Value, Refusal> {
        match value {
            Value::Constant(Constant { code, text }) => {
                let code = self.carriable(&code)?;
                self.bind_scalar("constant", &code, text)
            }
            other => Ok(other),
        }
    }

    /// Code of the scalar type, evaluated in the prologue.
    #[allow(clippy::unnecessary_wraps, reason = "the value of an expression")]
    pub(super) fn bind_scalar(&mut self, stem: &str, code: &TokenStream, text: String) -> Result<Value, Refusal> {
        let ty = self.scalar_type().to_token_stream();
        let name = self.prologue.bind(stem, &ty, code);
        let id = self.prologue.opaque(Opaque::code(name.to_token_stream(), text));
        Ok(self.opaque_value(id, Shape::SCALAR))
    }

    pub(super) fn opaque_value(&mut self, id: crate::ir::OpaqueId, shape: Shape) -> Value {
        let node = self.graph.make_shaped(Kind::Opaque, crate::ir::Attr::Opaque(id), &[], shape);
        if shape.is_scalar() { Value::Scalar(node) } else { Value::Matrix(node) }
    }

    fn cast(&mut self, e: &syn::ExprCast) -> Result<Value, Refusal> {
        let to_scalar = super::constants::is_float(&e.ty);
        let value = self.expression(&e.expr)?;
        let whole = self.cast_code(e, &value);
        match value {
            Value::Int(n) if to_scalar => self.integer_as_scalar(e, &n, &whole),
            // what any type of integers can hold stays what it is
            Value::Int(Integer { known: Some(index), .. }) if index.constant().is_some_and(|n| n < 128) => {
                Ok(Value::Int(Integer { known: Some(index), code: whole }))
            }
            Value::Scalar(id) if to_scalar && self.is_scalar_type(&e.ty) => Ok(Value::Scalar(id)),
            Value::Constant(_) | Value::Code if to_scalar && self.is_scalar_type(&e.ty) => self.carried_scalar(&whole),
            Value::Int(_) | Value::Constant(_) => Ok(Value::Int(Integer::code(whole))),
            Value::Code if super::is_integer(&e.ty) => Ok(Value::Int(Integer::code(whole))),
            _ => Err(self.fence().cast(e)),
        }
    }

    /// A cast as it stands, or of what is cast where it names what companions have not.
    fn cast_code(&self, e: &syn::ExprCast, value: &Value) -> TokenStream {
        let ty = &e.ty;
        match value {
            Value::Int(Integer { code, .. }) | Value::Constant(Constant { code, .. })
                if self.mentions_derived(&e.expr.to_token_stream()) =>
            {
                quote!((#code) as #ty)
            }
            _ => e.to_token_stream(),
        }
    }

    fn is_scalar_type(&self, ty: &syn::Type) -> bool {
        crate::parse::primitive(&self.scalar_type()) == crate::parse::primitive(ty)
    }

    fn integer_as_scalar(&mut self, e: &syn::ExprCast, n: &Integer, whole: &TokenStream) -> Result<Value, Refusal> {
        if !self.is_scalar_type(&e.ty) {
            return Err(self.fence().cast(e));
        }
        match &n.known {
            Some(index) if index.code.is_none() => Ok(self.scalar(|g| super::constants::count(g, index))),
            _ => self.carried_scalar(whole),
        }
    }

    /// A scalar that is evaluated in the prologue.
    pub(super) fn carried_scalar(&mut self, code: &TokenStream) -> Result<Value, Refusal> {
        // a formula has no types
        let text = readable(code);
        let text = text.strip_suffix(" as f64").or_else(|| text.strip_suffix(" as f32")).map_or(text.clone(), str::to_owned);
        let code = self.carriable(code)?;
        self.bind_scalar("inactive", &code, text)
    }

    /// An integer that is evaluated in the prologue.
    pub(super) fn carried_integer(&mut self, e: &syn::Expr, n: &Integer) -> Result<crate::ir::OpaqueId, Refusal> {
        let text = readable(&n.code);
        let code = match self.carriable(&n.code) {
            Err(_) if self.mentions_derived(&n.code) => return Err(self.fence().size_of_active(e)),
            code => code?,
        };
        let name = self.prologue.bind("index", &self.input.signature.primitive("usize"), &code);
        Ok(self.prologue.opaque(Opaque::code(name.to_token_stream(), text)))
    }
}

/// Code as a formula shows it.
pub(crate) fn readable(code: &TokenStream) -> String {
    let text = code.to_string();
    let text = text.replace(" ! [", "![").replace(" ! (", "!(").replace(" , ", ", ").replace(" ;", ";").replace(" [", "[");
    let text = text.replace(" . ", ".").replace(" (", "(").replace("( ", "(").replace(" )", ")").replace("& ", "&");
    generics_closed(&without_ours(&text.replace(" :: ", "::").replace(":: <", "::<")))
}

/// What names of ours stand for: `self`, where a method is read, and what was passed to it.
fn without_ours(text: &str) -> String {
    let mut pieces = text.split("__self_");
    let mut said = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        said.push_str("self");
        said.push_str(piece.trim_start_matches(|c: char| c.is_ascii_digit()));
    }
    let mut pieces = said.split(concat!("__", "shown_"));
    let mut shown = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let end = piece.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(piece.len());
        let name = piece[..end].trim_end_matches(|c: char| c.is_ascii_digit()).trim_end_matches('_');
        shown.push_str(name);
        shown.push_str(&piece[end..]);
    }
    shown
}

/// `SVector::<f64, 3>::zeros` for `SVector::< f64, 3 >::zeros`.
fn generics_closed(text: &str) -> String {
    let mut pieces = text.split("::< ");
    let mut closed = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        closed.push_str("::<");
        closed.push_str(&piece.replacen(" >:: ", ">::", 1).replacen(" >", ">", 1));
    }
    closed
}

/// `std::f64::consts::PI` and its kin.
fn mathematical_constant(path: &[String]) -> Option<f64> {
    use std::f64::consts as c;
    let path: Vec<&str> = path.iter().map(String::as_str).collect();
    let (["std" | "core", "f64" | "f32", "consts", name] | ["f64" | "f32", "consts", name]) = path[..] else { return None };
    Some(match name {
        "PI" => c::PI,
        "TAU" => c::TAU,
        "E" => c::E,
        "LN_2" => c::LN_2,
        "LN_10" => c::LN_10,
        "LOG2_E" => c::LOG2_E,
        "LOG10_E" => c::LOG10_E,
        "LOG2_10" => c::LOG2_10,
        "LOG10_2" => c::LOG10_2,
        "SQRT_2" => c::SQRT_2,
        "FRAC_1_SQRT_2" => c::FRAC_1_SQRT_2,
        "FRAC_PI_2" => c::FRAC_PI_2,
        "FRAC_PI_3" => c::FRAC_PI_3,
        "FRAC_PI_4" => c::FRAC_PI_4,
        "FRAC_PI_6" => c::FRAC_PI_6,
        "FRAC_PI_8" => c::FRAC_PI_8,
        "FRAC_1_PI" => c::FRAC_1_PI,
        "FRAC_2_PI" => c::FRAC_2_PI,
        "FRAC_2_SQRT_PI" => c::FRAC_2_SQRT_PI,
        _ => return None,
    })
}
