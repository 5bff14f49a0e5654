//! `if let` and `match` on inactive values: one side runs, and names what the pattern finds.

use std::collections::HashMap;

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::spanned::Spanned;

use crate::lower::inactive::Carried;
use crate::lower::operators::bare;
use crate::lower::patterns::pattern_names;
use crate::lower::value::Binding;
use crate::lower::{Lowerer, Refusal, Value};

impl Lowerer<'_> {
    /// `if let pattern = of { … } else { … }`
    pub(in crate::lower) fn if_let(&mut self, e: &syn::ExprIf, found: &syn::ExprLet) -> Result<Value, Refusal> {
        let of = self.looked_into(&found.expr, e.if_token.span)?;
        let pattern = &found.pat;
        let holds = without_names(pattern);
        let (condition, compared) = self.condition(&syn::parse_quote!((match #of { #holds => true, _ => false })))?;
        let otherwise = e.else_branch.as_ref().map(|(_, e)| &**e);
        self.branched(
            condition,
            &compared,
            e.if_token.span,
            |cx| cx.with_found(pattern, &of, |cx| cx.block(&e.then_branch)),
            |cx| match otherwise.map(bare) {
                None => Ok(Value::Unit),
                Some(syn::Expr::Block(e)) => cx.block(&e.block),
                Some(other) => cx.expression(other),
            },
        )
    }

    /// `match of { … }`
    pub(in crate::lower) fn matched(&mut self, e: &syn::ExprMatch) -> Result<Value, Refusal> {
        let guards = e.arms.iter().filter_map(|arm| arm.guard.as_ref());
        let refused = guards.into_iter().any(|(_, guard)| self.mentions_active(&guard.to_token_stream()))
            || e.arms.iter().any(|arm| !arm.attrs.is_empty())
            || e.arms.last().is_none_or(|arm| arm.guard.is_some());
        let is_active = self.mentions_active(&e.expr.to_token_stream()) && self.size_without_active(&e.expr).is_none();
        if refused || is_active {
            return Err(self.fence().syntax(&syn::Expr::Match(e.clone())));
        }
        let of = self.looked_into(&e.expr, e.match_token.span)?;
        self.arms(&of, &e.arms, e.match_token.span)
    }

    fn arms(&mut self, of: &syn::Expr, arms: &[syn::Arm], span: proc_macro2::Span) -> Result<Value, Refusal> {
        let Some((arm, rest)) = arms.split_first() else { return Ok(Value::Unit) };
        let body = |cx: &mut Self| {
            cx.with_found(&arm.pat, of, |cx| {
                if cx.is_effect(&arm.body) {
                    cx.statement(&syn::Stmt::Expr((*arm.body).clone(), Some(<syn::Token![;]>::default())))?;
                    return Ok(Value::Unit);
                }
                cx.expression(&arm.body)
            })
        };
        if rest.is_empty() {
            return body(self);
        }
        let pattern = if arm.guard.is_some() { arm.pat.clone() } else { without_names(&arm.pat) };
        let guard = arm.guard.as_ref().map(|(_, guard)| quote!(if #guard));
        let (condition, compared) = self.condition(&syn::parse_quote!((match #of { #pattern #guard => true, _ => false })))?;
        self.branched(condition, &compared, span, body, |cx| cx.arms(of, rest, span))
    }

    /// What a pattern is held against, as an expression that can be read twice.
    fn looked_into(&mut self, e: &syn::Expr, span: proc_macro2::Span) -> Result<syn::Expr, Refusal> {
        let mut tokens = e.to_token_stream();
        if self.mentions_active(&tokens) || self.mentions_derived(&tokens) {
            tokens = self.size_without_active(e).ok_or_else(|| {
                self.fence().choice(
                    span,
                    "a pattern held against what is differentiated",
                    "open it with `?`, `unwrap` or `expect`",
                )
            })?;
        }
        if is_place(e) {
            return Ok(bare(e).clone());
        }
        let (name, code) = (self.prologue.fresh("found"), self.carriable(&tokens)?);
        let text = name.to_string();
        self.prologue.carry(quote!(let #name = #code;), std::slice::from_ref(&text), crate::lower::effects::is_pure(&tokens));
        let variable = self.prologue.declare(&text, false);
        if let Some(ty) = self.written_type(e) {
            self.prologue.types.insert(variable, ty);
        }
        self.bind(&text, Binding::carried(Value::Code, variable));
        Ok(syn::parse_quote_spanned!(e.span()=> #name))
    }

    /// With the names of a pattern, which is known to fit.
    fn with_found(
        &mut self,
        pattern: &syn::Pat,
        of: &syn::Expr,
        read: impl FnOnce(&mut Self) -> Result<Value, Refusal>,
    ) -> Result<Value, Refusal> {
        let names: Vec<String> = pattern_names(pattern).iter().map(ToString::to_string).filter(|n| is_binding(n)).collect();
        self.scopes.push(HashMap::new());
        if !names.is_empty() {
            let ty = self.written_type(of);
            let code = self.carriable(&of.to_token_stream())?;
            self.hide_or_save(&names);
            let or_else = (!is_irrefutable(pattern)).then(missing).map(|missing| quote!(else { #missing }));
            self.prologue.carry(quote!(let #pattern = #code #or_else;), &names, true);
            self.bind_found(pattern, ty.as_ref());
        }
        let value = read(self);
        self.scopes.pop();
        value
    }

    fn bind_found(&mut self, pattern: &syn::Pat, ty: Option<&syn::Type>) {
        match (pattern, ty) {
            (syn::Pat::TupleStruct(of), Some(_)) if self.surroundings().variant(&of.path).is_some() => {
                let types = self.surroundings().variant(&of.path).unwrap_or_default();
                let by_ref = matches!(ty, Some(syn::Type::Reference(_)));
                for (p, (_, ty)) in of.elems.iter().zip(&types) {
                    let ty = if by_ref { syn::parse_quote!(&#ty) } else { ty.clone() };
                    self.bind_found(p, Some(&ty));
                }
            }
            (syn::Pat::Struct(of), Some(_)) if self.surroundings().variant(&of.path).is_some() => {
                let types = self.surroundings().variant(&of.path).unwrap_or_default();
                let by_ref = matches!(ty, Some(syn::Type::Reference(_)));
                for field in &of.fields {
                    let found = types.iter().find(|(member, _)| *member == field.member).map(|(_, ty)| ty);
                    let ty: Option<syn::Type> = found.map(|ty| if by_ref { syn::parse_quote!(&#ty) } else { ty.clone() });
                    self.bind_found(&field.pat, ty.as_ref());
                }
            }
            (syn::Pat::TupleStruct(some), Some(ty)) if some.elems.len() == 1 => match inside_option(ty) {
                Some(inner) => self.bind_found(&some.elems[0], Some(&inner)),
                None => self.bind_found(&some.elems[0], None),
            },
            (syn::Pat::Reference(inner), Some(syn::Type::Reference(of))) => self.bind_found(&inner.pat, Some(&of.elem)),
            (syn::Pat::Paren(inner), ty) => self.bind_found(&inner.pat, ty),
            (syn::Pat::TupleStruct(other), None) => other.elems.iter().for_each(|p| self.bind_found(p, None)),
            (syn::Pat::Wild(_) | syn::Pat::Rest(_) | syn::Pat::Lit(_) | syn::Pat::Path(_) | syn::Pat::Range(_), _) => {}
            (pattern, ty) => self.bind_carried(pattern, Value::Code, ty, &Carried::default()),
        }
    }
}

/// What stands where a pattern does not fit that is known to.
pub(crate) fn missing() -> TokenStream {
    quote!(::core::unreachable!())
}

/// `T` of `Option<T>`, `&T` of `&Option<T>`.
fn inside_option(ty: &syn::Type) -> Option<syn::Type> {
    match ty {
        syn::Type::Reference(reference) => {
            let inner = inside_option(&reference.elem)?;
            Some(syn::parse_quote!(&#inner))
        }
        syn::Type::Path(path) => {
            let last = path.path.segments.last().filter(|s| s.ident == "Option")?;
            let syn::PathArguments::AngleBracketed(brackets) = &last.arguments else { return None };
            match brackets.args.first()? {
                syn::GenericArgument::Type(inner) => Some(inner.clone()),
                _ => None,
            }
        }
        _ => None,
    }
}

/// Whether an expression is a variable, a field, or what one refers to.
fn is_place(e: &syn::Expr) -> bool {
    match bare(e) {
        syn::Expr::Path(_) => true,
        syn::Expr::Field(e) => is_place(&e.base),
        syn::Expr::Unary(e) if matches!(e.op, syn::UnOp::Deref(_)) => is_place(&e.expr),
        syn::Expr::Tuple(e) => e.elems.iter().all(is_place),
        _ => false,
    }
}

/// A name in capitals is a constant, or a variant.
fn is_binding(name: &str) -> bool {
    !name.starts_with(char::is_uppercase)
}

/// Whether a pattern fits every value.
fn is_irrefutable(pattern: &syn::Pat) -> bool {
    match pattern {
        syn::Pat::Ident(p) => is_binding(&p.ident.to_string()) && p.subpat.is_none(),
        syn::Pat::Wild(_) => true,
        syn::Pat::Tuple(p) => p.elems.iter().all(is_irrefutable),
        syn::Pat::Reference(p) => is_irrefutable(&p.pat),
        syn::Pat::Paren(p) => is_irrefutable(&p.pat),
        _ => false,
    }
}

/// A pattern that fits the same values, and moves nothing.
fn without_names(pattern: &syn::Pat) -> syn::Pat {
    let all = |patterns: &syn::punctuated::Punctuated<syn::Pat, syn::Token![,]>| patterns.iter().map(without_names).collect();
    match pattern {
        syn::Pat::Ident(p) if is_binding(&p.ident.to_string()) => match &p.subpat {
            Some((_, inner)) => without_names(inner),
            None => syn::parse_quote!(_),
        },
        syn::Pat::TupleStruct(p) => syn::Pat::TupleStruct(syn::PatTupleStruct { elems: all(&p.elems), ..p.clone() }),
        syn::Pat::Tuple(p) => syn::Pat::Tuple(syn::PatTuple { elems: all(&p.elems), ..p.clone() }),
        syn::Pat::Slice(p) => syn::Pat::Slice(syn::PatSlice { elems: all(&p.elems), ..p.clone() }),
        syn::Pat::Reference(p) => syn::Pat::Reference(syn::PatReference { pat: Box::new(without_names(&p.pat)), ..p.clone() }),
        syn::Pat::Paren(p) => without_names(&p.pat),
        syn::Pat::Or(p) => syn::Pat::Or(syn::PatOr { cases: p.cases.iter().map(without_names).collect(), ..p.clone() }),
        syn::Pat::Struct(p) => {
            let fields = p.fields.iter().map(|field| syn::FieldPat {
                colon_token: Some(<syn::Token![:]>::default()),
                pat: Box::new(without_names(&field.pat)),
                ..field.clone()
            });
            syn::Pat::Struct(syn::PatStruct { fields: fields.collect(), ..p.clone() })
        }
        other => other.clone(),
    }
}
