//! The prologue: the statements of the body that companions begin with, and what their variables mean.
//!
//! Companions begin with the inactive statements of the body, in their order, under the user's names; then comes what the engine computes.
//! So a name must mean at the end of the prologue what it meant where it was read. Where the user binds a name anew, changes the variable or
//! moves it away, its value is *saved* under a name of ours, unless it turns out that nothing happened to it.

use std::collections::{HashMap, HashSet};

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::quote;

use super::mentions::{How, Mention, mentions};
use super::wrapped::Export;
use super::{Opaque, Statement, Wrapped};
use crate::ir::{Dim, Graph, NodeId, OpaqueId, Source, Variable};

/// A variable of the companions, distinct from later ones of the same name.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct VariableId(u32);

/// The prologue so far.
#[derive(Debug, Default)]
pub struct Prologue {
    /// The statements.
    pub statements: Vec<Statement>,
    /// Pieces of code that nodes refer to.
    pub opaques: Vec<Opaque>,
    /// What has been opened with `?`, `unwrap` or `expect`.
    pub opened: Vec<NodeId>,
    /// The bounds of every `clamp`.
    pub bounds: Vec<(NodeId, NodeId)>,
    /// How each parameter is named at the end.
    pub params: Vec<Ident>,
    /// The types of variables, as far as they are written.
    pub types: HashMap<VariableId, syn::Type>,
    /// Which variable each name means after the statements so far.
    names: HashMap<String, VariableId>,
    /// Variables of types that are copied: numbers and references.
    copied: HashSet<VariableId>,
    /// Under which name of ours a variable is saved.
    saved: HashMap<VariableId, Ident>,
    /// Which variable each parameter is.
    param_variables: Vec<Option<VariableId>>,
    param_names: Vec<Ident>,
    /// What to restore, if statements are taken back.
    undo: Vec<Undo>,
    scopes: Vec<Scope>,
    variables: u32,
    fresh: u32,
}

/// A block of the body that is being read.
#[derive(Debug)]
struct Scope {
    begin: usize,
    variables: u32,
    names: HashMap<String, VariableId>,
    /// Whether a name in it hides one outside.
    hides: bool,
}

#[derive(Debug)]
enum Undo {
    Name(String, Option<VariableId>),
    Opaque(OpaqueId, TokenStream),
    Param(usize, Ident),
    Saved(VariableId),
}

/// A place to return to.
#[derive(Clone, Copy)]
pub struct Mark {
    statements: usize,
    undo: usize,
    opaques: usize,
    opened: usize,
    bounds: usize,
}

impl Mark {
    /// Whether a piece of code was there already.
    pub fn is_after(self, id: OpaqueId) -> bool {
        (id.0 as usize) < self.opaques
    }
}

/// A value under a name of ours.
#[derive(Clone, Debug)]
pub struct Saved {
    /// Our name.
    pub name: Ident,
    /// The user's.
    pub of: Ident,
    /// Whether the variable is of a type that is copied.
    pub copied: bool,
}

impl Prologue {
    /// A name of ours that no name of the user is.
    pub fn fresh(&mut self, stem: &str) -> Ident {
        self.fresh += 1;
        Ident::new(&format!("__{stem}_{}", self.fresh), Span::mixed_site())
    }
    /// A new variable of this name; `copied`: its type is that of a number or a reference.
    pub fn declare(&mut self, name: &str, copied: bool) -> VariableId {
        self.variables += 1;
        let id = VariableId(self.variables);
        if copied {
            self.copied.insert(id);
        }
        let before = self.names.insert(name.to_owned(), id);
        self.undo.push(Undo::Name(name.to_owned(), before));
        id
    }
    /// A new variable for a parameter; `read`: nodes may read it.
    pub fn declare_parameter(&mut self, ident: &Ident, copied: bool, read: bool) -> VariableId {
        let id = self.declare(&ident.to_string(), copied);
        self.params.push(ident.clone());
        self.param_names.push(ident.clone());
        self.param_variables.push(read.then_some(id));
        id
    }
    /// Whether code at the end of the prologue means this variable by this name: none, for a name that is no variable.
    pub fn means(&self, name: &str, variable: Option<VariableId>) -> bool {
        self.names.get(name).copied() == variable
    }
    /// A piece of code that nodes refer to.
    pub fn opaque(&mut self, opaque: Opaque) -> OpaqueId {
        self.opaques.push(opaque);
        OpaqueId(u32::try_from(self.opaques.len() - 1).unwrap_or(u32::MAX))
    }

    /// This place.
    pub fn mark(&self) -> Mark {
        let (statements, undo) = (self.statements.len(), self.undo.len());
        Mark { statements, undo, opaques: self.opaques.len(), opened: self.opened.len(), bounds: self.bounds.len() }
    }
    /// Whether statements have been added since.
    pub fn grew(&self, since: Mark) -> bool {
        self.statements.len() > since.statements
    }
    /// Whether statements have been added since that have to stand.
    pub fn has_effects(&self, since: Mark) -> bool {
        self.statements[since.statements..].iter().any(|s| s.only_for.is_none())
    }
    /// Whether code of the user's has been added since, constants apart: what it does would happen twice.
    pub fn has_carried(&self, since: Mark) -> bool {
        self.statements[since.statements..].iter().any(|s| {
            let ours = s
                .only_for
                .as_ref()
                .is_some_and(|names| names.iter().all(|n| n.starts_with("__constant_") || n.starts_with("__held_")));
            !ours
        })
    }
    /// Back to a place, as if nothing had been read since.
    pub fn rewind(&mut self, to: Mark) {
        self.statements.truncate(to.statements);
        self.opened.truncate(to.opened);
        self.bounds.truncate(to.bounds);
        for undo in self.undo.drain(to.undo..).rev() {
            match undo {
                Undo::Name(name, Some(id)) => drop(self.names.insert(name, id)),
                Undo::Name(name, None) => drop(self.names.remove(&name)),
                Undo::Opaque(id, code) => self.opaques[id.0 as usize].code = code,
                Undo::Param(i, ident) => self.params[i] = ident,
                Undo::Saved(variable) => drop(self.saved.remove(&variable)),
            }
        }
    }

    /// Begin a block.
    pub fn enter(&mut self) {
        let (begin, names) = (self.statements.len(), self.names.clone());
        self.scopes.push(Scope { begin, variables: self.variables, names, hides: false });
    }
    /// A name of the block hides one outside.
    pub fn hide(&mut self) {
        if let Some(scope) = self.scopes.last_mut() {
            scope.hides = true;
        }
    }
    /// End a block. If it hides names, its statements stay in brackets, and what they compute gets names of ours.
    pub fn leave(&mut self) {
        let Some(scope) = self.scopes.pop().filter(|s| s.hides && self.statements.len() > s.begin) else { return };
        let statements = self.statements.split_off(scope.begin);
        let own = statements.iter().flat_map(|s| s.only_for.iter().flatten());
        let mut exports: Vec<Export> = own.filter(|n| n.starts_with("__")).map(|name| Export::same(name)).collect();
        for i in 0..self.opaques.len() {
            let inside = self.opaques[i].variable.is_some_and(|v| v.0 > scope.variables);
            if inside && self.opaques[i].variable.is_some_and(|v| self.means(&self.opaques[i].code.to_string(), Some(v))) {
                let outside = self.fresh("inner");
                exports.push(Export { inside: self.opaques[i].owned(), outside: outside.clone() });
                self.opaques[i].by_ref = false;
                self.replace_opaque(i, &outside);
            }
        }
        for (name, id) in &scope.names {
            let before = self.names.insert(name.clone(), *id);
            self.undo.push(Undo::Name(name.clone(), before));
        }
        for name in self.names.keys().filter(|n| !scope.names.contains_key(*n)).cloned().collect::<Vec<_>>() {
            let before = self.names.remove(&name);
            self.undo.push(Undo::Name(name, before));
        }
        self.statements.push(Wrapped { statements, exports }.into_statement());
    }

    /// A statement of the user's that binds these names; `optional`: it may go if nobody uses them.
    pub fn carry(&mut self, tokens: TokenStream, binds: &[String], optional: bool) {
        for mention in mentions(&tokens).into_iter().filter(|m| matches!(m.how, How::Moved | How::Called)) {
            if self.names.get(&mention.name).is_some_and(|v| !self.copied.contains(v)) {
                self.save(&mention.name);
            }
        }
        self.statements.push(Statement { tokens, only_for: optional.then(|| binds.to_vec()), saves: None, block: None });
    }

    /// A variable of ours.
    pub fn bind(&mut self, stem: &str, ty: &TokenStream, code: &TokenStream) -> Ident {
        let name = self.fresh(stem);
        self.carry(quote!(let #name: #ty = #code;), &[name.to_string()], true);
        name
    }

    /// A variable is about to be bound anew or moved away: what nodes read under its name is saved under a name of ours.
    pub fn save(&mut self, name: &str) {
        let Some(variable) = self.names.get(name).copied() else { return };
        let opaques: Vec<usize> = (0..self.opaques.len()).filter(|i| self.opaques[*i].variable == Some(variable)).collect();
        let param = self.param_variables.iter().position(|v| *v == Some(variable));
        let copied = self.copied.contains(&variable);
        let of = match (param, opaques.first()) {
            _ if self.saved.contains_key(&variable) => return,
            (Some(p), _) => self.params[p].clone(),
            (None, Some(_)) => ident(name),
            (None, None) if copied => ident(name),
            (None, None) => return,
        };
        let saved = self.fresh("saved");
        self.push_saved(&saved, of, copied);
        self.saved.insert(variable, saved.clone());
        self.undo.push(Undo::Saved(variable));
        for i in opaques {
            self.replace_opaque(i, &saved);
        }
        if let Some(p) = param {
            let before = std::mem::replace(&mut self.params[p], saved);
            self.undo.push(Undo::Param(p, before));
        }
    }

    /// The name of ours under which a variable is saved.
    pub fn saved(&self, variable: VariableId) -> Option<Ident> {
        self.saved.get(&variable).cloned()
    }
    /// Whether a variable is of a type that is copied.
    pub fn is_copied(&self, variable: VariableId) -> bool {
        self.copied.contains(&variable)
    }

    fn replace_opaque(&mut self, i: usize, name: &Ident) {
        let id = OpaqueId(u32::try_from(i).unwrap_or(u32::MAX));
        let before = std::mem::replace(&mut self.opaques[i].code, quote!(#name));
        self.undo.push(Undo::Opaque(id, before));
    }

    /// What a variable that may change holds here and now, under a name of ours.
    pub fn hold(&mut self, of: &Ident) -> Ident {
        let held = self.fresh("held");
        let copied = self.names.get(&of.to_string()).is_some_and(|v| self.copied.contains(v));
        self.push_saved(&held, of.clone(), copied);
        held
    }

    fn push_saved(&mut self, name: &Ident, of: Ident, copied: bool) {
        let value = if copied { quote!(#of) } else { quote!(::core::clone::Clone::clone(&#of)) };
        self.statements.push(Statement {
            tokens: quote!(let #name = #value;),
            only_for: Some(vec![name.to_string()]),
            saves: Some(Saved { name: name.clone(), of, copied }),
            block: None,
        });
    }

    /// Without what the roots do not need.
    pub fn prune(&mut self, graph: &mut Graph, roots: &[NodeId]) {
        let (used, read) = self.used(graph, roots);
        graph.dims.retain_sources(|s| match s {
            Source::Variable { variable: Variable::Opaque(id), .. } | Source::Code(id) => used.contains(id),
            _ => true,
        });
        for p in (0..self.params.len()).filter(|p| !read.contains(p)) {
            self.params[p] = self.param_names[p].clone();
        }
        let mut wanted: HashSet<String> = read.iter().map(|p| self.params[*p].to_string()).collect();
        for id in used {
            wanted.extend(mentions(&self.opaques[id.0 as usize].code).into_iter().map(|m| m.name));
        }
        let mut kept: Vec<Statement> = Vec::new();
        for statement in std::mem::take(&mut self.statements).into_iter().rev() {
            if statement.only_for.as_ref().is_some_and(|names| names.iter().all(|n| !wanted.contains(n))) {
                continue;
            }
            let statement = statement.pruned(&wanted);
            if let Some(saved) = &statement.saves
                && kept.iter().all(|later| later.leaves(saved))
            {
                wanted.insert(saved.of.to_string());
                self.rename(saved, &mut kept);
                continue;
            }
            wanted.extend(mentions(&statement.tokens).into_iter().map(|m| m.name));
            kept.push(statement);
        }
        kept.reverse();
        self.statements = kept;
    }

    /// The pieces of code, and the parameters, that nodes or their dimensions are computed from.
    #[allow(clippy::unused_self, reason = "a question to the prologue")]
    fn used(&self, graph: &Graph, roots: &[NodeId]) -> (HashSet<OpaqueId>, HashSet<usize>) {
        use crate::ir::{Attr, Fail};
        let (mut used, mut read) = (HashSet::new(), HashSet::new());
        let mut dims: Vec<Dim> = Vec::new();
        for id in graph.reachable(roots) {
            let shape = graph.shape(id);
            dims.extend([shape.rows, shape.cols]);
            match &graph.node(id).op.attr {
                Attr::Opaque(id) | Attr::Fail(Fail::Expect(id)) => drop(used.insert(*id)),
                Attr::Param(p) => drop(read.insert(*p)),
                Attr::Dim(dim) | Attr::Divisor(dim) => dims.push(*dim),
                Attr::Block(block) => {
                    used.extend([block.row.code, block.col.code].into_iter().flatten());
                    dims.extend(block.row.dims.iter().chain(&block.col.dims));
                }
                _ => {}
            }
        }
        let mut seen = HashSet::new();
        while let Some(dim) = dims.pop() {
            if !seen.insert(graph.dims.resolve(dim)) {
                continue;
            }
            for source in graph.dims.sources(dim) {
                match source {
                    Source::Variable { variable: Variable::Opaque(id), .. } | Source::Code(id) => drop(used.insert(id)),
                    Source::Sum(parts) | Source::Product(parts) | Source::Least(parts) => dims.extend(parts),
                    Source::Variable { variable: Variable::Param(p), .. } => drop(read.insert(p)),
                }
            }
        }
        (used, read)
    }

    /// Nothing happened to a variable that was saved: it keeps its name.
    fn rename(&mut self, saved: &Saved, later: &mut [Statement]) {
        let to = &saved.of;
        for opaque in &mut self.opaques {
            opaque.code = replaced(&opaque.code, &saved.name, to);
        }
        for param in self.params.iter_mut().filter(|p| **p == saved.name) {
            *param = to.clone();
        }
        for statement in later {
            statement.tokens = replaced(&statement.tokens, &saved.name, to);
        }
    }
}

impl Statement {
    /// Whether a variable is the same after this statement.
    fn leaves(&self, saved: &Saved) -> bool {
        let harmless = |m: &Mention| match m.how {
            How::Sized | How::Looked | How::Borrowed => true,
            How::Moved | How::Called => saved.copied,
            How::Changed => false,
        };
        // a statement of ours only reads
        let changes = self.saves.is_none() && mentions(&self.tokens).iter().any(|m| saved.of == m.name && !harmless(m));
        !changes && !binds(&self.tokens, &saved.of)
    }
}

/// Whether a statement binds a variable of this name.
fn binds(statement: &TokenStream, name: &Ident) -> bool {
    match syn::parse2::<syn::Stmt>(statement.clone()) {
        Ok(syn::Stmt::Local(local)) => super::body::pattern_names(&local.pat).contains(name),
        _ => false,
    }
}

/// Code with one name for another.
fn replaced(code: &TokenStream, name: &Ident, to: &Ident) -> TokenStream {
    let tree = |tree| match tree {
        TokenTree::Ident(ident) if ident == *name => TokenTree::Ident(to.clone()),
        TokenTree::Group(group) => {
            let mut new = proc_macro2::Group::new(group.delimiter(), replaced(&group.stream(), name, to));
            new.set_span(group.span());
            TokenTree::Group(new)
        }
        other => other,
    };
    code.clone().into_iter().map(tree).collect()
}

/// A name of the user's.
pub fn ident(name: &str) -> Ident {
    match name.strip_prefix("r#") {
        Some(raw) => Ident::new_raw(raw, Span::call_site()),
        None => Ident::new(name, Span::call_site()),
    }
}
