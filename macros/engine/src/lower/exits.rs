//! Whether code may leave the function that it stands in.

use proc_macro2::{Span, TokenStream, TokenTree};
use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{Block, Expr, Stmt};

use super::mentions::LOOKING;

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

/// A way out of a function.
pub(super) enum Exit {
    /// `return None`
    None(Span),
    /// Any other `return`.
    Return(Span),
    /// `?`
    Question(Span),
    /// A macro that is not known.
    Macro(Span),
}

/// The ways out of the function in a piece of code; those out of closures in it are not among them.
pub(super) fn exits(code: &TokenStream) -> Vec<Exit> {
    let mut search = Search(Vec::new());
    search.code(code.clone());
    search.0
}

struct Search(Vec<Exit>);

impl Search {
    fn code(&mut self, code: TokenStream) {
        if let Ok(e) = syn::parse2::<Expr>(code.clone()) {
            return self.visit_expr(&e);
        }
        match syn::parse::Parser::parse2(Block::parse_within, code.clone()) {
            Ok(statements) => statements.iter().for_each(|s| self.visit_stmt(s)),
            Err(_) => self.tokens(code),
        }
    }

    /// What cannot be parsed, token by token.
    fn tokens(&mut self, code: TokenStream) {
        for tree in code {
            match tree {
                TokenTree::Ident(word) if word == "return" => self.0.push(Exit::Return(word.span())),
                TokenTree::Punct(mark) if mark.as_char() == '?' => self.0.push(Exit::Question(mark.span())),
                TokenTree::Punct(mark) if mark.as_char() == '!' => self.0.push(Exit::Macro(mark.span())),
                TokenTree::Group(group) => self.tokens(group.stream()),
                _ => {}
            }
        }
    }
}

impl Visit<'_> for Search {
    fn visit_expr(&mut self, e: &Expr) {
        match e {
            Expr::Closure(_) | Expr::Async(_) => {}
            Expr::Return(e) => {
                let none = e.expr.as_deref().is_some_and(is_none);
                self.0.push(if none { Exit::None(e.return_token.span()) } else { Exit::Return(e.return_token.span()) });
                visit::visit_expr_return(self, e);
            }
            Expr::Try(e) => {
                self.0.push(Exit::Question(e.question_token.span()));
                self.visit_expr(&e.expr);
            }
            Expr::Verbatim(tokens) => self.tokens(tokens.clone()),
            _ => visit::visit_expr(self, e),
        }
    }

    fn visit_stmt(&mut self, statement: &Stmt) {
        match statement {
            Stmt::Item(syn::Item::Macro(item)) if item.ident.is_none() => self.visit_macro(&item.mac),
            // what an item does is its own affair
            Stmt::Item(_) => {}
            _ => visit::visit_stmt(self, statement),
        }
    }

    fn visit_macro(&mut self, mac: &syn::Macro) {
        let known = |names: &[&str]| mac.path.segments.last().is_some_and(|s| names.iter().any(|n| s.ident == n));
        if !known(LOOKING) && !known(HARMLESS) {
            self.0.push(Exit::Macro(mac.path.span()));
        }
        let mut piece = TokenStream::new();
        for tree in mac.tokens.clone() {
            match &tree {
                TokenTree::Punct(p) if [',', ';'].contains(&p.as_char()) => self.code(std::mem::take(&mut piece)),
                _ => piece.extend([tree]),
            }
        }
        self.code(piece);
    }
}

/// `None`, `Option::None`
pub(super) fn is_none(e: &Expr) -> bool {
    matches!(e, Expr::Path(path) if path.path.segments.last().is_some_and(|s| s.ident == "None"))
}

/// A body in which `if c { …; continue; }` is `if c { … } else { rest }`.
pub(super) fn without_continue(body: &Block) -> Block {
    skipped(body, &|e| match e {
        Expr::Continue(e) if e.label.is_none() => Some(None),
        _ => None,
    })
}

/// A body in which `if c { …; return x; }` is `if c { …; x } else { rest }`; what returns `None` stays.
pub(super) fn without_return(body: &Block) -> Block {
    skipped(body, &|e| match e {
        Expr::Return(e) => e.expr.as_deref().filter(|e| !is_none(e)).map(|e| Some(e.clone())),
        _ => None,
    })
}

/// `ends`: whether an expression ends the body, and with what value.
fn skipped(body: &Block, ends: &dyn Fn(&Expr) -> Option<Option<Expr>>) -> Block {
    let mut body = body.clone();
    let at = body.stmts.iter().position(|statement| match statement {
        Stmt::Expr(Expr::If(e), _) if e.else_branch.is_none() => {
            matches!(e.then_branch.stmts.last(), Some(Stmt::Expr(last, _)) if ends(last).is_some())
        }
        _ => false,
    });
    let Some(at) = at else { return body };
    let rest = body.stmts.split_off(at + 1);
    let Some(Stmt::Expr(Expr::If(mut e), _)) = body.stmts.pop() else { return body };
    if let Some(Stmt::Expr(last, _)) = e.then_branch.stmts.pop()
        && let Some(Some(value)) = ends(&last)
    {
        e.then_branch.stmts.push(Stmt::Expr(value, None));
    }
    let mut rest = skipped(&Block { brace_token: body.brace_token, stmts: rest }, ends);
    if let Some(Stmt::Expr(last, _)) = rest.stmts.last_mut()
        && let Some(Some(value)) = ends(last)
    {
        let value = Stmt::Expr(value, None);
        rest.stmts.pop();
        rest.stmts.push(value);
    }
    let otherwise = Expr::Block(syn::ExprBlock { attrs: Vec::new(), label: None, block: rest });
    e.else_branch = Some((<syn::Token![else]>::default(), Box::new(otherwise)));
    body.stmts.push(Stmt::Expr(Expr::If(e), None));
    body
}

/// A statement that leaves an iteration early.
pub(super) fn jump(body: &syn::Block) -> Option<(proc_macro2::Span, &'static str)> {
    /// What was found, and how many loops there are in between: these have their own `continue`.
    struct Jumps(Option<(proc_macro2::Span, &'static str)>, usize);
    impl Visit<'_> for Jumps {
        fn visit_expr(&mut self, e: &syn::Expr) {
            match e {
                syn::Expr::ForLoop(_) | syn::Expr::While(_) | syn::Expr::Loop(_) => {
                    self.1 += 1;
                    visit::visit_expr(self, e);
                    self.1 -= 1;
                }
                syn::Expr::Continue(e) if self.1 > 0 && e.label.is_none() => {}
                syn::Expr::Break(e) if self.1 > 0 && e.label.is_none() => {}
                syn::Expr::Continue(e) => {
                    self.0 = self.0.or(Some((e.continue_token.span(), "`continue` in a loop over active values")));
                }
                syn::Expr::Break(e) => self.0 = self.0.or(Some((e.break_token.span(), "`break` in a loop over active values"))),
                // the companions leave with it, too
                syn::Expr::Return(e) if e.expr.as_deref().is_some_and(is_none) => {}
                syn::Expr::Return(e) => {
                    self.0 = self.0.or(Some((e.return_token.span(), "`return` in a loop over active values")));
                }
                syn::Expr::Closure(_) => {}
                _ => visit::visit_expr(self, e),
            }
        }
    }
    let mut jumps = Jumps(None, 0);
    jumps.visit_block(body);
    jumps.0
}
