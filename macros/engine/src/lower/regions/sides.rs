//! One side of a branch: what it makes of variables, and its inactive code.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote};

use super::parts;
use crate::lower::jumps::Own;
use crate::lower::mentions::mentions;
use crate::lower::pruned::replaced;
use crate::lower::wrapped::{Export, Runs};
use crate::lower::{Lowerer, Refusal, Statement, Value, Wrapped};
use crate::parse::{NumForm, ScalarType};

impl Lowerer<'_> {
    /// One side of a branch: its value, and what it makes of variables from outside.
    pub(super) fn one_side(
        &mut self,
        read: impl FnOnce(&mut Self) -> Result<Value, Refusal>,
        on: Option<&TokenStream>,
        span: Span,
    ) -> Result<(Value, BTreeMap<String, Value>), Refusal> {
        let before = self.scopes.clone();
        let effects = self.lanes.last().map_or(0, |lane| lane.effects.len() + lane.reads.len());
        let pushed = self.lanes.last().map_or(0, |lane| lane.pushed.len());
        let (opaques, opened, bounds) = (self.prologue.opaques.len(), self.prologue.opened.len(), self.prologue.bounds.len());
        self.prologue.enter();
        let value = read(self);
        let statements = self.prologue.leave_side();
        let value = value.and_then(|value| self.number(value))?;
        if self.prologue.opened.len() > opened || self.prologue.bounds.len() > bounds {
            return Err(self.fence().choice(
                span,
                "a factorization that may fail, or a `clamp`, on one side of an `if`",
                "compute it before the `if`",
            ));
        }
        if self.lanes.last().map_or(0, |lane| lane.pushed.len()) > pushed {
            return Err(self.fence().choice(
                span,
                "a `push` on one side of an `if`",
                "push in each iteration what the `if` chooses",
            ));
        }
        // what a loop does for all iterations at once, it does not on one side alone
        if self.lanes.last().map_or(0, |lane| lane.effects.len() + lane.reads.len()) > effects {
            return Err(self.fence().no_matrix_form(span));
        }
        if statements.iter().any(|s| !s.optional) {
            self.run_on(on, opaques, statements, span)?;
        } else {
            self.stated_where_read(opaques, &statements, span)?;
        }
        let mut changed = BTreeMap::new();
        for (scope, old) in self.scopes.iter().zip(&before) {
            for (name, binding) in scope {
                let (mut now, mut then) = (Vec::new(), Vec::new());
                let known = old.get(name).is_some_and(|b| parts(&b.value, &mut then));
                if known && binding.active && (!parts(&binding.value, &mut now) || now != then) {
                    changed.insert(name.clone(), binding.value.clone());
                }
            }
        }
        Ok((value, changed))
    }

    /// Inactive code with effects runs on its side, before everything else; what nodes read of it is kept.
    fn run_on(&mut self, on: Option<&TokenStream>, since: usize, statements: Vec<Statement>, span: Span) -> Result<(), Refusal> {
        let Some(on) = on else {
            return Err(self.effects_of_a_comparison(&statements, span));
        };
        let bound: BTreeSet<&String> = statements.iter().flat_map(|s| &s.binds).collect();
        let is_bound = |code: &TokenStream| mentions(code).iter().any(|m| bound.contains(&m.name));
        // what stands outside reads nothing of it
        if self.prologue.opaques[..since].iter().any(|o| is_bound(&o.code))
            || self.prologue.params.iter().any(|p| bound.contains(&p.to_string()))
        {
            return Err(self.fence().choice(
                span,
                "inactive code on one side of an `if` that moves what is read outside of it",
                "let it work on a clone",
            ));
        }
        let mut exports: Vec<Export> = Vec::new();
        for i in since..self.prologue.opaques.len() {
            let mut names: Vec<String> = mentions(&self.prologue.opaques[i].code).into_iter().map(|m| m.name).collect();
            names.retain(|name| bound.contains(name));
            names.sort();
            for name in names {
                self.kept_of_side(i, &name, &statements, &mut exports, span)?;
            }
        }
        self.prologue.statements.push(Wrapped { statements, exports, runs: Runs::If(on.clone()) }.into_statement());
        Ok(())
    }

    fn effects_of_a_comparison(&self, statements: &[Statement], span: Span) -> Refusal {
        let sets = |own: Own| {
            let is_set = |name: &String| statements.iter().any(|s| mentions(&s.tokens).iter().any(|m| m.name == *name));
            self.flags.iter().any(|flag| flag.1 == own && is_set(&flag.0))
        };
        let (what, instead) = if sets(Own::Stop) {
            return self.fence().counted_by_active(span);
        } else if sets(Own::Left) {
            (
                "a `continue` in an `if` that compares active values, unless it ends one side",
                "let what follows stand in an `else`",
            )
        } else if sets(Own::Pushed) {
            ("a `push` on one side of an `if` that compares active values", "push in each iteration what the `if` chooses")
        } else {
            (
                "inactive code with effects on one side of an `if` that compares active values",
                "let it stand before the `if`, or in one on inactive values",
            )
        };
        self.fence().choice(span, what, instead)
    }

    /// Piece of code `i` reads `name` of one side: it leaves the side, as the default of its type, or as nothing, where the side does not run.
    fn kept_of_side(
        &mut self,
        i: usize,
        name: &str,
        statements: &[Statement],
        exports: &mut Vec<Export>,
        span: Span,
    ) -> Result<(), Refusal> {
        let opaque = self.prologue.opaques[i].clone();
        let Some(inside) = named(&opaque.code, name) else { return Ok(()) };
        let alone = opaque.code.to_string() == name;
        let generic = matches!(self.input.signature.scalar, Some(ScalarType::Generic(_)));
        let defaults = self.has_default(name, statements, generic);
        let (value, defaults) = match &opaque.ty {
            _ if defaults => (quote!(#inside), true),
            Some(ty) if alone => (opaque.owned(), !generic && ty.form == NumForm::Scalar),
            _ => (quote!(::core::clone::Clone::clone(&#inside)), false),
        };
        let value = if defaults { value } else { quote!(::core::option::Option::Some(#value)) };
        let known = exports.iter().find(|e| e.inside.to_string() == value.to_string()).map(|e| e.outside.clone());
        let outside = known.unwrap_or_else(|| {
            let outside = self.prologue.fresh("side");
            exports.push(Export { inside: value, outside: outside.clone(), kept: None });
            outside
        });
        let code = if defaults {
            replaced(&opaque.code, &inside, &outside)
        } else if syn::parse2::<syn::Expr>(opaque.code.clone()).is_ok() {
            let (code, missing) = (&opaque.code, super::missing());
            quote!(({ let #inside = if let ::core::option::Option::Some(value) = &#outside { ::core::clone::Clone::clone(value) } else { #missing }; #code }))
        } else {
            return Err(self.fence().choice(
                span,
                "a loop over values of an unknown type on one side of an `if`",
                "compute what it gives before the `if`",
            ));
        };
        let opaque = &mut self.prologue.opaques[i];
        (opaque.code, opaque.variable) = (code, None);
        opaque.by_ref &= !alone;
        Ok(())
    }

    /// Whether what these statements bind under a name of ours is of a type that has a default.
    fn has_default(&self, name: &str, statements: &[Statement], generic: bool) -> bool {
        let Some(statement) = statements.iter().rev().find(|s| s.ours && s.binds.iter().any(|n| n == name)) else { return false };
        match (&statement.block, &statement.parts) {
            (Some(Wrapped { runs: Runs::If(_), .. }), _) => true,
            (Some(Wrapped { runs: Runs::Again(_), .. }), _) => !generic,
            (None, None) => name.starts_with("__condition"),
            (Some(_), _) => false,
            (None, Some(parts)) => {
                let ty = parts.ty.to_string();
                // what tells sizes is missed where the side does not run
                !generic && ty == self.scalar_type().to_token_stream().to_string()
            }
        }
    }

    /// Code that was read on one side of a branch runs there: with the statements that it takes, in brackets.
    pub(in crate::lower) fn stated_where_read(
        &mut self,
        since: usize,
        statements: &[Statement],
        span: Span,
    ) -> Result<(), Refusal> {
        if statements.iter().any(|s| !s.optional) {
            return Err(self.fence().choice(
                span,
                "inactive code with effects where an item is let through",
                "write the loop out, with an `if` in it",
            ));
        }
        let mut held = BTreeMap::new();
        for i in since..self.prologue.opaques.len() {
            let code = self.prologue.opaques[i].code.clone();
            let mut wanted: HashSet<String> = mentions(&code).into_iter().map(|m| m.name).collect();
            let mut kept: Vec<TokenStream> = Vec::new();
            for statement in statements.iter().rev() {
                if statement.binds.iter().any(|n| wanted.contains(n)) {
                    if statement.block.as_ref().is_some_and(|block| matches!(block.runs, Runs::Again(_))) {
                        return Err(self.fence().choice(
                            span,
                            "a loop over inactive values on one side of an `if`",
                            "compute what it gives before the `if`",
                        ));
                    }
                    wanted.extend(mentions(&statement.tokens).into_iter().map(|m| m.name));
                    kept.push(statement.tokens.clone());
                }
            }
            kept.reverse();
            if !kept.is_empty() {
                let own = |name: &String| statements.iter().any(|s| s.binds.contains(name));
                let mut outside: Vec<String> = wanted.into_iter().filter(|name| !own(name)).collect();
                outside.sort();
                // it runs after everything that changes these
                let mut stated = quote!({ #(#kept)* #code });
                let outside: Vec<Ident> = outside.iter().filter_map(|name| named(&stated, name)).collect();
                for name in outside {
                    if let Some(now) = self.held_now(&name, &mut held) {
                        stated = replaced(&stated, &name, &now);
                    }
                }
                self.prologue.opaques[i].code = quote!((#stated)); // brackets, as `0..{ … } {` is none
                self.prologue.opaques[i].variable = None;
            }
        }
        Ok(())
    }

    /// The name of ours under which a variable of the user's keeps what it is now.
    fn held_now(&mut self, variable: &Ident, held: &mut BTreeMap<String, Ident>) -> Option<Ident> {
        let name = variable.to_string();
        if let Some(known) = held.get(&name) {
            return Some(known.clone());
        }
        let binding = self.lookup(&name).filter(|b| !b.active && !name.starts_with("__"))?;
        binding.variable.filter(|v| self.prologue.means(&name, Some(*v)))?;
        let now = self.prologue.hold(variable, None);
        held.insert(name, now.clone());
        Some(now)
    }
}

/// A name as it stands in code.
pub(super) fn named(code: &TokenStream, name: &str) -> Option<Ident> {
    code.clone().into_iter().find_map(|tree| match tree {
        TokenTree::Ident(ident) => (ident == *name).then_some(ident),
        TokenTree::Group(group) => named(&group.stream(), name),
        _ => None,
    })
}
