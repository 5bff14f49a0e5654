//! `continue`, `break` and labels, as `if` and `else`.
//!
//! What follows a jump stands in the other side of the `if` that it ends. Where there is no such side, the jump sets a flag of ours, and what
//! follows asks for that. A `break` between changes waits until the end of the iteration.

use std::collections::HashSet;

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::visit::{self, Visit};
use syn::{Block, Expr, Stmt};

use super::Lowerer;
use super::exits::closed;
use super::mentions::mentions;
use super::patterns::pattern_names;
use super::stops::stop;

impl Lowerer<'_> {
    /// A body whose jumps are `if condition { …; break; }` among its own statements, as far as they can be that.
    pub(super) fn straightened(&mut self, body: &Block, label: Option<&syn::Label>) -> Block {
        let label = label.map(|l| l.name.ident.to_string());
        let mut straight =
            Straight { left: self.free_name("left"), stop: self.free_name("stop"), label, asked: false, stops: false };
        let mut inside: Vec<Stmt> = Vec::new();
        for (i, statement) in body.stmts.iter().enumerate() {
            let (before, after) = (&body.stmts[..i], &body.stmts[i + 1..]);
            let stays = !straight.jumps(statement) || (stop(statement).is_some() && self.may_end(before, statement, after));
            if !stays {
                inside.extend(straight.statements(&body.stmts[i..]));
                break;
            }
            inside.push(statement.clone());
        }
        let Straight { left, stop, asked, stops, .. } = straight;
        if !asked {
            unset(&left, &mut inside);
        }
        let mut stmts: Vec<Stmt> = Vec::new();
        stmts.extend(asked.then(|| -> Stmt { syn::parse_quote!(let mut #left = false;) }));
        stmts.extend(stops.then(|| -> Stmt { syn::parse_quote!(let mut #stop = false;) }));
        stmts.extend(inside);
        stmts.extend(stops.then(|| -> Stmt { syn::parse_quote!(if #stop { break; }) }));
        self.flags.extend([(left.to_string(), Own::Left), (stop.to_string(), Own::Stop)]);
        Block { brace_token: body.brace_token, stmts }
    }

    /// Whether `if … { break; }` may end the iteration where it stands: all changes of active values are before it, or all after it.
    fn may_end(&self, before: &[Stmt], statement: &Stmt, after: &[Stmt]) -> bool {
        let any = |all: &[Stmt]| all.iter().any(|s| self.changes_something(s));
        !(self.changes_something(statement) || any(before) && any(after))
    }

    /// A name that the function does not have.
    pub(super) fn free_name(&self, wish: &str) -> Ident {
        fn names(code: TokenStream, all: &mut HashSet<String>) {
            for tree in code {
                match tree {
                    TokenTree::Ident(name) => drop(all.insert(name.to_string())),
                    TokenTree::Group(group) => names(group.stream(), all),
                    _ => {}
                }
            }
        }
        let mut taken: HashSet<String> = self.flags.iter().map(|flag| flag.0.clone()).collect();
        names(self.input.body.to_token_stream(), &mut taken);
        names(self.input.signature.sig.to_token_stream(), &mut taken);
        let mut tries = std::iter::once(wish.to_owned()).chain((2..).map(|n| format!("{wish}_{n}")));
        let name = tries.find(|name| !taken.contains(name)).unwrap_or_else(|| wish.to_owned());
        Ident::new(&name, Span::call_site())
    }
}

/// What a variable is there for that no function has.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Own {
    /// Leaves out the rest of an iteration.
    Left,
    /// Ends a loop.
    Stop,
    /// Counts what is pushed.
    Pushed,
    /// Holds a value on the way to its place.
    Held,
}

struct Straight {
    /// Whether the rest of an iteration is left out, and whether the loop ends with it.
    left: Ident,
    stop: Ident,
    label: Option<String>,
    /// Whether anything asks the first.
    asked: bool,
    /// Whether anything sets the second.
    stops: bool,
}

impl Straight {
    /// Statements without jumps.
    fn statements(&mut self, all: &[Stmt]) -> Vec<Stmt> {
        let mut done = Vec::new();
        for (i, statement) in all.iter().enumerate() {
            if !self.jumps(statement) {
                done.push(statement.clone());
                continue;
            }
            done.extend(self.with_rest(statement, &all[i + 1..]));
            break;
        }
        done
    }

    /// A statement with a jump in it, and what follows it.
    fn with_rest(&mut self, statement: &Stmt, rest: &[Stmt]) -> Vec<Stmt> {
        match statement {
            Stmt::Expr(e, _) if self.is_jump(e) => self.jump(e),
            Stmt::Expr(Expr::If(e), _) if e.attrs.is_empty() && self.ends(&e.then_branch) => {
                let mut otherwise: Vec<Stmt> = e.else_branch.iter().map(|(_, e)| Stmt::Expr((**e).clone(), None)).collect();
                otherwise.extend(rest.iter().cloned());
                let (then, otherwise) = (self.statements(&e.then_branch.stmts), self.statements(&otherwise));
                vec![either(e, then, otherwise)]
            }
            Stmt::Expr(Expr::If(e), _) if e.attrs.is_empty() && self.otherwise_ends(e) => {
                let Some((_, otherwise)) = &e.else_branch else { return Vec::new() };
                let otherwise = self.statements(&[Stmt::Expr((**otherwise).clone(), None)]);
                let mut then = closed(&e.then_branch);
                then.extend(self.statements(rest));
                vec![either(e, then, otherwise)]
            }
            Stmt::Expr(e, semi) => {
                let Some(e) = self.inside(e) else { return unchanged(statement, rest) };
                let mut done = vec![Stmt::Expr(e, *semi)];
                let rest = self.statements(rest);
                if !rest.is_empty() {
                    self.asked = true;
                    let left = &self.left;
                    done.push(syn::parse_quote!(if !#left { #(#rest)* }));
                }
                done
            }
            Stmt::Local(local) => self.local(local, rest).unwrap_or_else(|| unchanged(statement, rest)),
            _ => unchanged(statement, rest),
        }
    }

    /// An expression with jumps in its blocks, without them; none, if there are others.
    fn inside(&mut self, e: &Expr) -> Option<Expr> {
        let block = |stmts: Vec<Stmt>| Block { brace_token: syn::token::Brace::default(), stmts };
        Some(match e {
            Expr::Block(b) if b.label.is_none() => {
                Expr::Block(syn::ExprBlock { block: block(self.statements(&b.block.stmts)), ..b.clone() })
            }
            Expr::If(e) => {
                let then_branch = block(self.statements(&e.then_branch.stmts));
                let else_branch = match &e.else_branch {
                    Some((token, e)) => Some((*token, Box::new(self.inside(e)?))),
                    None => None,
                };
                Expr::If(syn::ExprIf { then_branch, else_branch, ..e.clone() })
            }
            Expr::Match(e) => {
                let mut e = e.clone();
                for arm in &mut e.arms {
                    let body = Stmt::Expr((*arm.body).clone(), None);
                    if self.jumps(&body) {
                        let stmts = self.statements(&[body]);
                        *arm.body = Expr::Block(syn::ExprBlock { attrs: Vec::new(), label: None, block: block(stmts) });
                        arm.comma = Some(<syn::Token![,]>::default());
                    }
                }
                Expr::Match(e)
            }
            Expr::ForLoop(_) | Expr::While(_) | Expr::Loop(_) => {
                let mut e = e.clone();
                self.asked = true;
                each_block(&mut e, &mut |stmts| self.out(stmts));
                e
            }
            _ => return None,
        })
    }

    /// `let y = match … { …, None => continue };`, `let Some(y) = … else { continue };`, and what follows.
    fn local(&mut self, local: &syn::Local, rest: &[Stmt]) -> Option<Vec<Stmt>> {
        let init = local.init.as_ref().filter(|_| local.attrs.is_empty())?;
        let (pattern, value) = (&local.pat, &init.expr);
        if let Some((_, otherwise)) = &init.diverge {
            let otherwise = self.statements(&[Stmt::Expr((**otherwise).clone(), None)]);
            let rest = self.statements(rest);
            return Some(vec![syn::parse_quote!(if let #pattern = #value { #(#rest)* } else { #(#otherwise)* })]);
        }
        let with_value = |value: &Expr, rest: &[Stmt]| -> Vec<Stmt> {
            let bound: Stmt = syn::parse_quote!(let #pattern = #value;);
            std::iter::once(bound).chain(rest.iter().cloned()).collect()
        };
        match &**value {
            Expr::If(e) => {
                let then = Expr::Block(syn::ExprBlock { attrs: Vec::new(), label: None, block: e.then_branch.clone() });
                let otherwise = &e.else_branch.as_ref()?.1;
                let (then, otherwise) = if self.ends(&e.then_branch) {
                    (self.statements(&e.then_branch.stmts), self.statements(&with_value(otherwise, rest)))
                } else if self.otherwise_ends(e) {
                    let otherwise = self.statements(&[Stmt::Expr((**otherwise).clone(), None)]);
                    (self.statements(&with_value(&then, rest)), otherwise)
                } else {
                    return None;
                };
                Some(vec![either(e, then, otherwise)])
            }
            Expr::Match(e) => {
                let mut e = e.clone();
                let goes_on = |arm: &&mut syn::Arm| !self.jumps(&Stmt::Expr((*arm.body).clone(), None));
                let mut others: Vec<&mut syn::Arm> = e.arms.iter_mut().filter(goes_on).collect();
                let [arm] = &mut others[..] else { return None };
                // names of the arm do not reach what follows
                let names: Vec<String> = pattern_names(&arm.pat).iter().map(ToString::to_string).collect();
                let own: Vec<String> = pattern_names(pattern).iter().map(ToString::to_string).collect();
                let read = rest.iter().flat_map(|s| mentions(&s.to_token_stream())).map(|m| m.name);
                if read.into_iter().any(|name| names.contains(&name) && !own.contains(&name)) {
                    return None;
                }
                let inside = with_value(&arm.body, rest);
                *arm.body = syn::parse_quote!({ #(#inside)* });
                arm.comma = Some(<syn::Token![,]>::default());
                Some(vec![Stmt::Expr(self.inside(&Expr::Match(e))?, None)])
            }
            _ => None,
        }
    }

    /// What a jump does instead.
    fn jump(&mut self, e: &Expr) -> Vec<Stmt> {
        let (left, stop) = (&self.left, &self.stop);
        let mut done: Vec<Stmt> = vec![syn::parse_quote!(#left = true;)];
        if matches!(e, Expr::Break(_)) {
            self.stops = true;
            done.push(syn::parse_quote!(#stop = true;));
        }
        done
    }

    /// Whether an expression is a jump of this loop.
    fn is_jump(&self, e: &Expr) -> bool {
        match e {
            // what an attribute decides about is not moved
            Expr::Continue(syn::ExprContinue { attrs, .. }) | Expr::Break(syn::ExprBreak { attrs, .. }) if !attrs.is_empty() => {
                false
            }
            Expr::Continue(e) => e.label.as_ref().is_none_or(|l| self.is_own(l)),
            Expr::Break(e) => e.expr.is_none() && e.label.as_ref().is_none_or(|l| self.is_own(l)),
            _ => false,
        }
    }
    fn is_own(&self, label: &syn::Lifetime) -> bool {
        self.label.as_ref().is_some_and(|own| label.ident == own)
    }

    /// Whether a block ends with a jump, whatever happens in it.
    fn ends(&self, block: &Block) -> bool {
        matches!(block.stmts.last(), Some(Stmt::Expr(e, _)) if self.is_jump(e))
    }
    fn otherwise_ends(&self, e: &syn::ExprIf) -> bool {
        let ends = |e: &Expr| matches!(e, Expr::Block(b) if b.label.is_none() && self.ends(&b.block));
        e.else_branch.as_ref().is_some_and(|(_, e)| ends(e)) && !e.then_branch.stmts.iter().any(|s| self.jumps(s))
    }

    /// Whether a statement has a jump of this loop in it.
    fn jumps(&self, statement: &Stmt) -> bool {
        let mut search = Jumps { straight: self, depth: 0, found: false };
        search.visit_stmt(statement);
        search.found
    }
}

struct Jumps<'s> {
    straight: &'s Straight,
    /// Loops in between: jumps without a label are theirs.
    depth: usize,
    found: bool,
}

impl Visit<'_> for Jumps<'_> {
    fn visit_expr(&mut self, e: &Expr) {
        match e {
            e if is_loop(e) => {
                self.depth += 1;
                visit::visit_expr(self, e);
                self.depth -= 1;
            }
            Expr::Closure(_) | Expr::Async(_) => {}
            Expr::Continue(syn::ExprContinue { label, .. }) | Expr::Break(syn::ExprBreak { label, .. }) => {
                self.found |= self.straight.is_jump(e) && (label.is_some() || self.depth == 0);
                visit::visit_expr(self, e);
            }
            _ => visit::visit_expr(self, e),
        }
    }
    fn visit_item(&mut self, _: &syn::Item) {}
}

impl Straight {
    /// Jumps out of inner loops set flags, and leave these.
    fn out(&mut self, inside: &mut Vec<Stmt>) {
        for mut statement in std::mem::take(inside) {
            if !self.jumps_out(&statement) {
                inside.push(statement);
                continue;
            }
            let Stmt::Expr(e, _) = &mut statement else {
                inside.push(statement);
                continue;
            };
            if self.is_jump(e) {
                inside.extend(self.jump(e));
                inside.push(syn::parse_quote!(break;));
                continue;
            }
            let is_loop = is_loop(e);
            each_block(e, &mut |stmts| self.out(stmts));
            inside.push(statement);
            if is_loop {
                let left = &self.left;
                inside.push(syn::parse_quote!(if #left { break; }));
            }
        }
    }

    /// Whether a statement of an inner loop has a jump of this loop in it.
    fn jumps_out(&self, statement: &Stmt) -> bool {
        let mut search = Jumps { straight: self, depth: 1, found: false };
        search.visit_stmt(statement);
        search.found
    }
}

fn unchanged(statement: &Stmt, rest: &[Stmt]) -> Vec<Stmt> {
    std::iter::once(statement).chain(rest).cloned().collect()
}

fn is_loop(e: &Expr) -> bool {
    matches!(e, Expr::ForLoop(_) | Expr::While(_) | Expr::Loop(_))
}

/// The blocks of a statement.
fn each_block(e: &mut Expr, f: &mut dyn FnMut(&mut Vec<Stmt>)) {
    match e {
        Expr::Block(e) => f(&mut e.block.stmts),
        Expr::ForLoop(e) => f(&mut e.body.stmts),
        Expr::While(e) => f(&mut e.body.stmts),
        Expr::Loop(e) => f(&mut e.body.stmts),
        Expr::If(e) => {
            f(&mut e.then_branch.stmts);
            if let Some((_, otherwise)) = &mut e.else_branch {
                each_block(otherwise, f);
            }
        }
        Expr::Match(e) => {
            for arm in &mut e.arms {
                if !matches!(&*arm.body, Expr::Block(b) if b.label.is_none()) {
                    let body = &arm.body;
                    *arm.body = syn::parse_quote!({ #body });
                    arm.comma = Some(<syn::Token![,]>::default());
                }
                each_block(&mut arm.body, f);
            }
        }
        _ => {}
    }
}

/// Nobody asks this flag: nobody sets it.
fn unset(flag: &Ident, all: &mut Vec<Stmt>) {
    let sets =
        |s: &Stmt| matches!(s, Stmt::Expr(Expr::Assign(e), _) if matches!(&*e.left, Expr::Path(p) if p.path.is_ident(flag)));
    all.retain(|s| !sets(s));
    for statement in all {
        if let Stmt::Expr(e, _) = statement {
            each_block(e, &mut |stmts| unset(flag, stmts));
        }
    }
}

/// `if condition { then } else { otherwise }`
fn either(e: &syn::ExprIf, then: Vec<Stmt>, otherwise: Vec<Stmt>) -> Stmt {
    let block = |stmts| Block { brace_token: e.then_branch.brace_token, stmts };
    let otherwise = Expr::Block(syn::ExprBlock { attrs: Vec::new(), label: None, block: block(otherwise) });
    let else_branch = Some((<syn::Token![else]>::default(), Box::new(otherwise)));
    Stmt::Expr(Expr::If(syn::ExprIf { then_branch: block(then), else_branch, ..e.clone() }), None)
}
