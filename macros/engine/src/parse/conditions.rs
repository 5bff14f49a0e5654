//! Attributes that decide whether code is there, or what it is: `#[cfg(..)]`, and macros. They reach us unevaluated.

use proc_macro2::TokenStream;
use syn::punctuated::Punctuated;
use syn::visit::{self, Visit};
use syn::{Attribute, Expr, Local, Meta, Pat, Stmt, Token};

/// Attributes that change no value.
const HARMLESS: &[&str] = &[
    "allow",
    "cold",
    "deny",
    "deprecated",
    "doc",
    "expect",
    "forbid",
    "inline",
    "must_use",
    "no_mangle",
    "track_caller",
    "warn",
];

/// Tools whose attributes the compiler leaves alone.
const TOOLS: &[&str] = &["clippy", "diagnostic", "miri", "rust_analyzer", "rustfmt"];

/// The first of these attributes that decides about its code.
pub(crate) fn deciding(attrs: &[Attribute]) -> Option<&Attribute> {
    attrs.iter().find(|a| !is_harmless(&a.meta))
}

fn is_harmless(meta: &Meta) -> bool {
    let path = meta.path();
    let is = |names: &[&str]| path.segments.first().is_some_and(|s| names.iter().any(|n| s.ident == n));
    match path.segments.len() {
        1 if path.is_ident("cfg_attr") => arguments(meta).is_some_and(|all| all.iter().skip(1).all(is_harmless)),
        1 => is(HARMLESS),
        _ => is(TOOLS),
    }
}

/// What stands in the brackets of `#[cfg_attr(condition, attributes)]`.
pub(crate) fn arguments(meta: &Meta) -> Option<Punctuated<Meta, Token![,]>> {
    meta.require_list().ok()?.parse_args_with(Punctuated::parse_terminated).ok()
}

/// The condition of `#[cfg(condition)]`.
pub(crate) fn condition(attr: &Attribute) -> Option<&TokenStream> {
    attr.meta.require_list().ok().filter(|list| list.path.is_ident("cfg")).map(|list| &list.tokens)
}

/// What decides about a statement.
pub(crate) fn of_statement(statement: &Stmt) -> Option<&Attribute> {
    match statement {
        Stmt::Local(local) => of_local(local),
        Stmt::Expr(e, _) => of_leading(e),
        Stmt::Macro(m) => deciding(&m.attrs),
        Stmt::Item(_) => None, // carried over as it is
    }
}

/// What decides about a `let`, or about one of its names.
pub(crate) fn of_local(local: &Local) -> Option<&Attribute> {
    deciding(&local.attrs).or_else(|| of_pattern(&local.pat))
}

/// What decides about an expression that begins with this one: `#[cfg(a)] x + y` stands on `x` to the parser.
pub(crate) fn of_leading(e: &Expr) -> Option<&Attribute> {
    let mut e = e;
    loop {
        if let Some(found) = deciding(attributes(e)) {
            return Some(found);
        }
        e = match e {
            Expr::Assign(e) => &e.left,
            Expr::Binary(e) => &e.left,
            Expr::Cast(e) => &e.expr,
            _ => return None,
        };
    }
}

/// What decides about an expression, or about one of the parts that it has a list of.
pub(crate) fn of_expression(e: &Expr) -> Option<&Attribute> {
    deciding(attributes(e)).or_else(|| match e {
        Expr::Array(e) => first(&e.elems),
        Expr::Tuple(e) => first(&e.elems),
        Expr::Call(e) => first(&e.args),
        Expr::MethodCall(e) => first(&e.args),
        Expr::Struct(e) => e.fields.iter().find_map(|f| deciding(&f.attrs)),
        Expr::Match(e) => e.arms.iter().find_map(|arm| deciding(&arm.attrs).or_else(|| of_pattern(&arm.pat))),
        Expr::Closure(e) => e.inputs.iter().find_map(of_pattern),
        Expr::Let(e) => of_pattern(&e.pat),
        Expr::ForLoop(e) => of_pattern(&e.pat),
        _ => None,
    })
}

fn first(parts: &Punctuated<Expr, Token![,]>) -> Option<&Attribute> {
    parts.iter().find_map(|e| deciding(attributes(e)))
}

/// What decides about a pattern, or a part of it.
fn of_pattern(pattern: &Pat) -> Option<&Attribute> {
    struct Search<'a>(Option<&'a Attribute>);
    impl<'a> Visit<'a> for Search<'a> {
        fn visit_attribute(&mut self, attr: &'a Attribute) {
            if self.0.is_none() {
                self.0 = deciding(std::slice::from_ref(attr));
            }
        }
        fn visit_expr(&mut self, _: &'a Expr) {}
    }
    let mut search = Search(None);
    visit::visit_pat(&mut search, pattern);
    search.0
}

/// The attributes of an expression itself.
fn attributes(e: &Expr) -> &[Attribute] {
    macro_rules! of {
        ($($form:ident)*) => {
            match e {
                $(Expr::$form(e) => &e.attrs,)*
                _ => &[],
            }
        };
    }
    of!(Array Assign Async Await Binary Block Break Call Cast Closure Const Continue Field ForLoop Group If Index Infer Let Lit
        Loop Macro Match MethodCall Paren Path Range RawAddr Reference Repeat Return Struct Try TryBlock Tuple Unary Unsafe While
        Yield)
}
