//! The variables that a piece of code mentions from around it, and what it does to them.

use std::collections::HashSet;

use proc_macro2::{TokenStream, TokenTree};
use syn::visit::{self, Visit};
use syn::{Block, Expr, Pat, Stmt};

use super::operators::bare;
use super::patterns::pattern_names;

/// A variable in code.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(super) struct Mention {
    /// Its name.
    pub(super) name: String,
    /// What happens to it.
    pub(super) how: How,
    /// The member of it that this happens to: `n` of `net.n`.
    pub(super) way: Vec<String>,
}

/// What code does to a variable.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(super) enum How {
    /// Asks for its size: `x.len()`.
    Sized,
    /// Compares or prints it, reads a field or an entry.
    Looked,
    /// Borrows it: `&x`, `x.norm()`.
    Borrowed,
    /// Calls it, or a method of it that may do anything.
    Called,
    /// Assigns to it or borrows it mutably.
    Changed,
    /// Uses it by value.
    Moved,
}

/// Macros that look at their arguments and do nothing else to the function.
pub(super) const LOOKING: &[&str] = &[
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

/// Methods that ask for sizes.
pub(super) const SIZES: &[&str] = &["len", "nrows", "ncols", "shape", "is_empty", "is_square"];

/// Methods of vectors, matrices, slices and the like that take `&self`.
pub(super) const BORROWING: &[&str] = &[
    "all",
    "any",
    "as_ref",
    "as_slice",
    "as_str",
    "clone",
    "clone_owned",
    "column",
    "column_iter",
    "columns",
    "component_mul",
    "contains",
    "cross",
    "determinant",
    "dot",
    "first",
    "get",
    "is_finite",
    "is_nan",
    "is_none",
    "is_some",
    "iter",
    "last",
    "lp_norm",
    "map",
    "max",
    "mean",
    "min",
    "norm",
    "norm_squared",
    "row",
    "row_iter",
    "rows",
    "sum",
    "to_owned",
    "to_string",
    "to_vec",
    "trace",
    "transpose",
    "variance",
    "view",
];

/// What a piece of code, statements or an expression, mentions. Variables of its own are not among them.
pub(super) fn mentions(tokens: &TokenStream) -> HashSet<Mention> {
    let mut search = Search { own: vec![HashSet::new()], found: HashSet::new() };
    search.tokens(tokens, How::Moved);
    search.found
}

struct Search {
    /// Variables of the code itself, by scope.
    own: Vec<HashSet<String>>,
    found: HashSet<Mention>,
}

impl Search {
    /// Tokens as statements, or failing that every name in them.
    fn tokens(&mut self, tokens: &TokenStream, how: How) {
        if let Ok(e) = syn::parse2::<Expr>(tokens.clone()) {
            return self.place(&e, how);
        }
        match syn::parse::Parser::parse2(Block::parse_within, tokens.clone()) {
            Ok(statements) => statements.iter().for_each(|s| self.visit_stmt(s)),
            Err(_) => self.names(tokens),
        }
    }

    fn names(&mut self, tokens: &TokenStream) {
        for tree in tokens.clone() {
            match tree {
                TokenTree::Ident(name) => self.found(name.to_string(), How::Moved),
                TokenTree::Group(group) => self.names(&group.stream()),
                TokenTree::Literal(literal) => self.captured(&literal.to_string()),
                TokenTree::Punct(_) => {}
            }
        }
    }

    /// The names that a format string captures: `"{x:?}"`.
    fn captured(&mut self, literal: &str) {
        if literal.ends_with(['"', '#']) {
            for piece in literal.split('{').skip(1) {
                let name: String = piece.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                self.found(name, How::Looked);
            }
        }
    }

    fn found(&mut self, name: String, how: How) {
        if !self.own.iter().any(|scope| scope.contains(&name)) {
            self.found.insert(Mention { name, how, way: Vec::new() });
        }
    }
    fn found_in(&mut self, (name, way): (String, Vec<String>), how: How) {
        if !self.own.iter().any(|scope| scope.contains(&name)) {
            self.found.insert(Mention { name, how, way });
        }
    }

    fn bind(&mut self, pattern: &Pat) {
        let names = pattern_names(pattern);
        if let Some(scope) = self.own.last_mut() {
            scope.extend(names.iter().map(ToString::to_string));
        }
    }

    fn scope(&mut self, inside: impl FnOnce(&mut Self)) {
        self.own.push(HashSet::new());
        inside(self);
        self.own.pop();
    }

    /// An expression of which this is done with the variable at its root.
    fn place(&mut self, e: &Expr, how: How) {
        match bare(e) {
            Expr::Path(path) => {
                if let Some(name) = path.path.get_ident() {
                    self.found(name.to_string(), how);
                }
            }
            Expr::Tuple(e) if how == How::Changed => e.elems.iter().for_each(|e| self.place(e, how)),
            Expr::Array(e) if how == How::Changed => e.elems.iter().for_each(|e| self.place(e, how)),
            Expr::Call(e) if how == How::Changed => e.args.iter().for_each(|e| self.place(e, how)),
            Expr::Struct(e) if how == How::Changed => e.fields.iter().for_each(|field| self.place(&field.expr, how)),
            whole @ Expr::Field(e) => {
                let how = if matches!(how, How::Moved | How::Borrowed | How::Sized) { How::Looked } else { how };
                match member(whole) {
                    Some(member) => self.found_in(member, how),
                    None => self.place(&e.base, how),
                }
            }
            Expr::Index(e) => {
                self.place(&e.expr, if how == How::Changed { how } else { How::Looked });
                self.visit_expr(&e.index);
            }
            Expr::Unary(e) if matches!(e.op, syn::UnOp::Deref(_)) => {
                self.place(&e.expr, if how == How::Moved { How::Looked } else { how });
            }
            other => self.visit_expr(other),
        }
    }

    fn closure(&mut self, e: &syn::ExprClosure) {
        let outside = e.capture.is_some().then(|| std::mem::take(&mut self.found));
        self.scope(|s| {
            e.inputs.iter().for_each(|p| s.bind(p));
            s.visit_expr(&e.body);
        });
        if let Some(outside) = outside {
            let moved = std::mem::replace(&mut self.found, outside);
            self.found
                .extend(moved.into_iter().map(|m| if m.how == How::Changed { m } else { Mention { how: How::Moved, ..m } }));
        }
    }

    fn macro_arguments(&mut self, mac: &syn::Macro) {
        let looks = mac.path.segments.last().is_some_and(|s| LOOKING.iter().any(|n| s.ident == n));
        let mut piece = TokenStream::new();
        for tree in mac.tokens.clone() {
            match &tree {
                TokenTree::Punct(p) if [',', ';'].contains(&p.as_char()) => {
                    self.tokens(&std::mem::take(&mut piece), if looks { How::Looked } else { How::Moved });
                }
                TokenTree::Literal(literal) => {
                    self.captured(&literal.to_string());
                    piece.extend([tree]);
                }
                _ => piece.extend([tree]),
            }
        }
        self.tokens(&piece, if looks { How::Looked } else { How::Moved });
    }
}

impl Visit<'_> for Search {
    fn visit_expr(&mut self, e: &Expr) {
        match e {
            Expr::Path(_) | Expr::Field(_) | Expr::Index(_) | Expr::Paren(_) | Expr::Group(_) => self.place(e, How::Moved),
            Expr::Unary(inner) if matches!(inner.op, syn::UnOp::Deref(_)) => self.place(e, How::Moved),
            Expr::Reference(e) => self.place(&e.expr, if e.mutability.is_some() { How::Changed } else { How::Borrowed }),
            Expr::MethodCall(e) => {
                let is = |names: &[&str]| names.iter().any(|n| e.method == n);
                let how = match () {
                    () if e.args.is_empty() && is(SIZES) => How::Sized,
                    () if is(BORROWING) => How::Borrowed,
                    () => How::Called,
                };
                self.place(&e.receiver, how);
                e.args.iter().for_each(|a| self.visit_expr(a));
            }
            Expr::Call(e) => {
                self.place(&e.func, How::Called);
                e.args.iter().for_each(|a| self.visit_expr(a));
            }
            Expr::Assign(e) => {
                self.place(&e.left, How::Changed);
                self.visit_expr(&e.right);
            }
            Expr::Binary(e) => {
                let (left, right) = sides(e.op);
                self.place(&e.left, left);
                self.place(&e.right, right);
            }
            Expr::Closure(e) => self.closure(e),
            Expr::If(e) => {
                self.scope(|s| {
                    s.visit_expr(&e.cond);
                    s.visit_block(&e.then_branch);
                });
                e.else_branch.iter().for_each(|(_, e)| self.visit_expr(e));
            }
            Expr::While(e) => self.scope(|s| {
                s.visit_expr(&e.cond);
                s.visit_block(&e.body);
            }),
            Expr::Let(e) => {
                self.visit_expr(&e.expr);
                self.bind(&e.pat);
            }
            Expr::ForLoop(e) => {
                self.visit_expr(&e.expr);
                self.scope(|s| {
                    s.bind(&e.pat);
                    s.visit_block(&e.body);
                });
            }
            Expr::Match(e) => {
                self.visit_expr(&e.expr);
                for arm in &e.arms {
                    self.scope(|s| {
                        s.bind(&arm.pat);
                        arm.guard.iter().for_each(|(_, guard)| s.visit_expr(guard));
                        s.visit_expr(&arm.body);
                    });
                }
            }
            Expr::Macro(e) => self.macro_arguments(&e.mac),
            Expr::Verbatim(tokens) => self.names(tokens),
            _ => visit::visit_expr(self, e),
        }
    }

    fn visit_block(&mut self, block: &Block) {
        self.scope(|s| block.stmts.iter().for_each(|statement| s.visit_stmt(statement)));
    }

    fn visit_stmt(&mut self, statement: &Stmt) {
        match statement {
            Stmt::Local(local) => {
                if let Some(init) = &local.init {
                    self.visit_expr(&init.expr);
                    init.diverge.iter().for_each(|(_, e)| self.visit_expr(e));
                }
                self.bind(&local.pat);
            }
            // an item sees no variables
            Stmt::Item(syn::Item::Macro(m)) => self.macro_arguments(&m.mac),
            Stmt::Item(_) => {}
            Stmt::Expr(e, _) => self.visit_expr(e),
            Stmt::Macro(m) => self.macro_arguments(&m.mac),
        }
    }

    fn visit_macro(&mut self, mac: &syn::Macro) {
        self.macro_arguments(mac);
    }
    fn visit_type(&mut self, _: &syn::Type) {}
    fn visit_pat(&mut self, _: &Pat) {}
}

/// A variable, and the members on the way to one of its own: `net.layers[0].n`.
fn member(e: &Expr) -> Option<(String, Vec<String>)> {
    match bare(e) {
        Expr::Path(path) => Some((path.path.get_ident()?.to_string(), Vec::new())),
        Expr::Field(e) => {
            let (name, mut way) = member(&e.base)?;
            way.push(match &e.member {
                syn::Member::Named(name) => name.to_string(),
                syn::Member::Unnamed(i) => i.index.to_string(),
            });
            Some((name, way))
        }
        Expr::Index(e) => match bare(&e.index) {
            Expr::Lit(syn::ExprLit { lit: syn::Lit::Int(n), .. }) => {
                let (name, mut way) = member(&e.expr)?;
                way.push(n.base10_digits().to_owned());
                Some((name, way))
            }
            _ => None,
        },
        _ => None,
    }
}

/// What a binary operator does to its operands.
fn sides(op: syn::BinOp) -> (How, How) {
    use syn::BinOp::{Add, And, BitAnd, BitOr, BitXor, Div, Eq, Ge, Gt, Le, Lt, Mul, Ne, Or, Rem, Shl, Shr, Sub};
    match op {
        Eq(_) | Ne(_) | Lt(_) | Le(_) | Gt(_) | Ge(_) | And(_) | Or(_) => (How::Looked, How::Looked),
        Add(_) | Sub(_) | Mul(_) | Div(_) | Rem(_) | BitAnd(_) | BitOr(_) | BitXor(_) | Shl(_) | Shr(_) => {
            (How::Moved, How::Moved)
        }
        _ => (How::Changed, How::Moved),
    }
}
