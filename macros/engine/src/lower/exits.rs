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

/// A body in which `if c { …; return x; }` is `if c { …; x } else { rest }`, and so is what else leaves early; what returns `None` stays.
pub(super) fn without_return(body: &Block) -> Block {
    let block = |stmts| Block { brace_token: body.brace_token, stmts };
    let Some(at) = body.stmts.iter().position(|s| leaves_with(s).is_some()) else {
        return block(with_value(body.stmts.clone()));
    };
    let (mut before, rest) = (body.stmts[..at].to_vec(), &body.stmts[at + 1..]);
    before.extend(leaves_with(&body.stmts[at]).map(|leaving| leaving.with_rest(rest)));
    block(before)
}

/// A statement one side of which returns a value.
enum Leaving<'s> {
    Then(&'s syn::ExprIf),
    Otherwise(&'s syn::ExprIf, &'s Block),
    /// `let pattern = value else { …; return x; };`
    Unless(&'s syn::Local, &'s syn::LocalInit, &'s Block),
}

fn leaves_with(statement: &Stmt) -> Option<Leaving<'_>> {
    let block = |e: &'_ Expr| matches!(e, Expr::Block(b) if b.label.is_none() && ends(&b.block));
    match statement {
        // what an attribute decides about is not moved
        Stmt::Expr(Expr::If(syn::ExprIf { attrs, .. }), _) | Stmt::Local(syn::Local { attrs, .. }) if !attrs.is_empty() => None,
        Stmt::Expr(Expr::If(e), _) if ends(&e.then_branch) => Some(Leaving::Then(e)),
        Stmt::Expr(Expr::If(e), _) => match e.else_branch.as_ref().map(|(_, e)| &**e) {
            Some(Expr::Block(otherwise)) if ends(&otherwise.block) => Some(Leaving::Otherwise(e, &otherwise.block)),
            _ => None,
        },
        Stmt::Local(local) => {
            let init = local.init.as_ref()?;
            match init.diverge.as_ref().map(|(_, e)| &**e) {
                Some(e @ Expr::Block(otherwise)) if block(e) => Some(Leaving::Unless(local, init, &otherwise.block)),
                _ => None,
            }
        }
        _ => None,
    }
}

/// Whether a block ends with the return of a value.
fn ends(block: &Block) -> bool {
    matches!(block.stmts.last(), Some(Stmt::Expr(Expr::Return(e), _)) if returned(e).is_some())
}

/// The value that is returned.
fn returned(e: &syn::ExprReturn) -> Option<&Expr> {
    e.expr.as_deref().filter(|value| !is_none(value) && e.attrs.is_empty())
}

impl Leaving<'_> {
    fn with_rest(&self, rest: &[Stmt]) -> Stmt {
        let block = |stmts: Vec<Stmt>| without_return(&Block { brace_token: syn::token::Brace::default(), stmts });
        let e = match self {
            Leaving::Then(e) => {
                let otherwise = e.else_branch.iter().map(|(_, e)| Stmt::Expr((**e).clone(), None));
                let otherwise = block(otherwise.chain(rest.iter().cloned()).collect());
                let (then, condition) = (block(e.then_branch.stmts.clone()), &e.cond);
                syn::parse_quote_spanned!(e.if_token.span=> if #condition #then else #otherwise)
            }
            Leaving::Otherwise(e, otherwise) => {
                let then = block(closed(&e.then_branch).into_iter().chain(rest.iter().cloned()).collect());
                let (otherwise, condition) = (block(otherwise.stmts.clone()), &e.cond);
                syn::parse_quote_spanned!(e.if_token.span=> if #condition #then else #otherwise)
            }
            Leaving::Unless(local, init, otherwise) => {
                let (pattern, value) = (&local.pat, &init.expr);
                let (then, otherwise) = (block(rest.to_vec()), block(otherwise.stmts.clone()));
                syn::parse_quote_spanned!(local.let_token.span=> if let #pattern = #value #then else #otherwise)
            }
        };
        Stmt::Expr(e, None)
    }
}

/// Statements whose last is the value that they return.
fn with_value(mut all: Vec<Stmt>) -> Vec<Stmt> {
    if let Some(Stmt::Expr(Expr::Return(e), _)) = all.last()
        && let Some(value) = returned(e).cloned()
    {
        all.pop();
        all.push(Stmt::Expr(value, None));
    }
    all
}

/// The statements of a block, whose names reach no further.
pub(super) fn closed(block: &Block) -> Vec<Stmt> {
    if block.stmts.iter().any(|s| matches!(s, Stmt::Local(_) | Stmt::Item(_))) {
        return vec![Stmt::Expr(Expr::Block(syn::ExprBlock { attrs: Vec::new(), label: None, block: block.clone() }), None)];
    }
    let mut stmts = block.stmts.clone();
    if let Some(Stmt::Expr(_, semi @ None)) = stmts.last_mut() {
        *semi = Some(<syn::Token![;]>::default());
    }
    stmts
}

/// A statement that leaves an iteration early.
pub(super) fn jump(body: &syn::Block) -> Option<(proc_macro2::Span, &'static str)> {
    /// What was found, and the labels of the loops in between: these have their own jumps.
    struct Jumps(Option<(proc_macro2::Span, &'static str)>, Vec<Option<syn::Lifetime>>);
    impl Jumps {
        fn inside(&self, label: Option<&syn::Lifetime>) -> bool {
            match label {
                None => !self.1.is_empty(),
                Some(_) => self.1.iter().any(|own| own.as_ref() == label),
            }
        }
    }
    impl Visit<'_> for Jumps {
        fn visit_expr(&mut self, e: &syn::Expr) {
            match e {
                syn::Expr::ForLoop(syn::ExprForLoop { label, .. })
                | syn::Expr::While(syn::ExprWhile { label, .. })
                | syn::Expr::Loop(syn::ExprLoop { label, .. }) => {
                    self.1.push(label.as_ref().map(|l| l.name.clone()));
                    visit::visit_expr(self, e);
                    self.1.pop();
                }
                syn::Expr::Continue(e) if self.inside(e.label.as_ref()) => {}
                syn::Expr::Break(e) if self.inside(e.label.as_ref()) => {}
                syn::Expr::Continue(e) => {
                    self.0 = self.0.or(Some((e.continue_token.span(), "`continue` in the middle of an expression")));
                }
                syn::Expr::Break(e) => self.0 = self.0.or(Some((e.break_token.span(), "`break` in the middle of an expression"))),
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
    let mut jumps = Jumps(None, Vec::new());
    jumps.visit_block(body);
    jumps.0
}
