//! The prologue: the statements of the body that companions begin with, and what their variables mean.
//!
//! Companions begin with the inactive statements of the body, in their order, under the user's names; then comes what the engine computes.
//! So a name must mean at the end of the prologue what it meant where it was read. Where the user binds a name anew, changes the variable or
//! moves it away, its value is *saved* under a name of ours, unless it turns out that nothing happened to it.

use std::collections::{HashMap, HashSet};

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use super::effects::is_pure;
use super::mentions::{How, mentions};
use super::wrapped::{Export, Repeated, Runs};
use super::{Opaque, Parts, Statement, Wrapped};
use crate::ir::{NodeId, OpaqueId};
use crate::parse::NumType;

/// A variable of the companions, distinct from later ones of the same name.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct VariableId(u32);

/// The prologue so far.
#[derive(Clone, Debug, Default)]
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
    /// Under which name of ours a helper's parameter was passed.
    pub passed: HashMap<VariableId, Ident>,
    /// Which variable each name means after the statements so far.
    names: HashMap<String, VariableId>,
    /// Variables of types that are copied: numbers and references.
    copied: HashSet<VariableId>,
    /// What variables borrow from.
    lenders: HashMap<VariableId, Vec<String>>,
    /// Under which name of ours a variable is saved.
    saved: HashMap<VariableId, Ident>,
    /// Which variable each parameter is.
    param_variables: Vec<Option<VariableId>>,
    pub(super) param_names: Vec<Ident>,
    /// What to restore, if statements are taken back.
    undo: Vec<Undo>,
    scopes: Vec<Scope>,
    variables: u32,
    fresh: u32,
}

/// A block of the body that is being read.
#[derive(Clone, Debug)]
struct Scope {
    begin: usize,
    variables: u32,
    names: HashMap<String, VariableId>,
    /// Whether a name in it hides one outside.
    hides: bool,
}

#[derive(Clone, Debug)]
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
    /// What the variable borrows from.
    pub lenders: Vec<String>,
    /// Whether the variable is a reference and its type, where a copy of what it refers to is saved.
    pub borrowed: Option<(bool, Option<NumType>)>,
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
    /// A new variable for a parameter that nodes read as a matrix, under a name of ours.
    pub fn declare_list(&mut self, ident: &Ident, entries: &Ident, copied: bool) -> VariableId {
        let id = self.declare(&ident.to_string(), copied);
        self.params.push(entries.clone());
        self.param_names.push(entries.clone());
        self.param_variables.push(None);
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
        self.statements[since.statements..].iter().any(|s| !s.optional)
    }
    /// Whether code of the user's has been added since, constants apart: what it does would happen twice.
    pub fn has_carried(&self, since: Mark) -> bool {
        let ours = |n: &String| n.starts_with("__constant_") || n.starts_with("__held_");
        self.statements[since.statements..].iter().any(|s| !(s.ours && s.optional && s.binds.iter().all(ours)))
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
    /// Whether a variable of this name was there before the block.
    pub fn is_outer(&self, name: &str) -> bool {
        self.scopes.last().is_some_and(|scope| scope.names.contains_key(name))
    }
    /// End a block. If it hides names, or does more than to name numbers, its statements stay in brackets, so that what has to end there
    /// ends there; what they compute gets names of ours.
    pub fn leave(&mut self) {
        let Some(scope) = self.scopes.pop() else { return };
        if !(scope.hides || self.statements[scope.begin..].iter().any(|s| !s.optional)) || self.statements.len() == scope.begin {
            return;
        }
        let statements = self.statements.split_off(scope.begin);
        // how often a loop ran is ours, too
        let own =
            statements.iter().filter(|s| s.ours || s.binds.iter().any(|n| n.starts_with("__count_"))).flat_map(|s| &s.binds);
        let mut exports: Vec<Export> = own.map(|name| Export::same(name)).collect();
        for i in 0..self.opaques.len() {
            // what is borrowed is copied where it is read
            let inside = self.opaques[i].variable.is_some_and(|v| v.0 > scope.variables) && !self.is_borrowed(i);
            if inside && self.opaques[i].variable.is_some_and(|v| self.means(&self.opaques[i].code.to_string(), Some(v))) {
                let outside = self.fresh("inner");
                exports.push(Export { inside: self.opaques[i].owned(), outside: outside.clone(), kept: None });
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
        self.statements.push(Wrapped { statements, exports, runs: Runs::Once }.into_statement());
    }
    /// End the body of a loop: what in it is the same each time stands before it.
    pub fn leave_loop(&mut self, repeated: Repeated, varying: &HashSet<String>, exports: Vec<Export>) {
        let statements = self.leave_side();
        let (inside, outside): (Vec<_>, Vec<_>) =
            statements.into_iter().partition(|s| !s.optional || s.binds.iter().any(|n| varying.contains(n)));
        self.statements.extend(outside);
        self.statements.push(Wrapped { statements: inside, exports, runs: Runs::Again(repeated) }.into_statement());
    }

    /// End one side of a branch: its statements, which stand nowhere now.
    pub fn leave_side(&mut self) -> Vec<Statement> {
        let Some(scope) = self.scopes.pop() else { return Vec::new() };
        let statements = self.statements.split_off(scope.begin);
        for (name, id) in &scope.names {
            let before = self.names.insert(name.clone(), *id);
            self.undo.push(Undo::Name(name.clone(), before));
        }
        for name in self.names.keys().filter(|n| !scope.names.contains_key(*n)).cloned().collect::<Vec<_>>() {
            let before = self.names.remove(&name);
            self.undo.push(Undo::Name(name, before));
        }
        statements
    }

    /// A statement of the user's that binds these names; `optional`: it may go if nobody uses them.
    pub fn carry(&mut self, tokens: TokenStream, binds: &[String], optional: bool) {
        self.save_moved(&tokens);
        self.statements.push(Statement::carried(tokens, binds.to_vec(), optional));
    }

    /// Save what code may move away.
    fn save_moved(&mut self, tokens: &TokenStream) {
        for mention in mentions(tokens).into_iter().filter(|m| matches!(m.how, How::Moved | How::Called)) {
            if self.names.get(&mention.name).is_some_and(|v| !self.copied.contains(v)) {
                self.save(&mention.name);
            }
        }
    }

    /// What bound this name last is ours, and there for its value alone.
    pub fn owns(&mut self, name: &Ident) {
        let name = name.to_string();
        if let Some(statement) = self.statements.last_mut().filter(|s| s.binds == [name]) {
            (statement.optional, statement.ours) = (true, true);
        }
    }
    /// A counter of iterations, at nothing.
    pub fn count(&mut self, name: &Ident, ty: &TokenStream) {
        // not one of ours, which do not change
        self.statements.push(Statement::carried(quote!(let mut #name: #ty = 0;), vec![name.to_string()], true));
    }
    /// What a loop keeps of an iteration is kept here.
    pub fn complete(&mut self) {
        self.statements.push(Statement::carried(TokenStream::new(), vec![super::wrapped::COMPLETE.to_owned()], false));
    }

    /// A variable of ours.
    pub fn bind(&mut self, stem: &str, ty: &TokenStream, code: &TokenStream) -> Ident {
        let name = self.fresh(stem);
        self.bind_as(&name, ty.clone(), code.clone());
        name
    }
    /// The same, of what is at its end before anything else begins: the temporaries of a condition.
    pub fn bind_alone(&mut self, stem: &str, ty: &TokenStream, code: &TokenStream) -> Ident {
        let name = self.bind(stem, ty, code);
        if let Some(last) = self.statements.last_mut() {
            last.parts = None;
        }
        name
    }
    /// A variable of ours of this name.
    pub fn bind_as(&mut self, name: &Ident, ty: TokenStream, code: TokenStream) {
        let pure = is_pure(&code);
        let statement = Statement::of_ours(name, Parts { pattern: quote!(#name), ty, code }, pure);
        self.save_moved(&statement.tokens);
        self.statements.push(statement);
    }

    /// Values that were evaluated in one expression since then: where the temporaries of one could be noticed by another, they stay in one
    /// statement. Whether that can be.
    pub fn join(&mut self, since: Mark) -> bool {
        let all = &self.statements[since.statements..];
        let Some(first) = all.iter().position(Statement::is_piece) else { return true };
        if all.iter().skip(first + 1).all(|s| s.optional) {
            return true;
        }
        let Some(joined) = Statement::joined(&all[first..]) else { return false };
        self.statements.truncate(since.statements + first);
        self.statements.push(joined);
        true
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
        let value = if copied { quote!(#of) } else { quote!(::core::clone::Clone::clone(&#of)) };
        self.push_saved(Saved { name: saved.clone(), of, copied, lenders: Vec::new(), borrowed: None }, &value);
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

    /// Whether a piece of code is a variable that borrows from others.
    fn is_borrowed(&self, i: usize) -> bool {
        let opaque = &self.opaques[i];
        (opaque.by_ref || opaque.is_view()) && opaque.variable.is_some_and(|v| self.lenders.contains_key(&v))
    }

    /// What a variable that may change holds here and now, under a name of ours; `read`: how it is read where it is borrowed.
    pub fn hold(&mut self, of: &Ident, read: Option<&Opaque>) -> Ident {
        let variable = self.names.get(&of.to_string()).copied();
        self.hold_variable(of, variable, read)
    }
    /// What a variable holds before the loop whose body is being read, under a name of ours.
    pub fn hold_before(&mut self, of: &Ident, variable: VariableId) -> Ident {
        let held = self.hold_variable(of, Some(variable), None);
        if let (Some(statement), Some(scope)) = (self.statements.pop(), self.scopes.last_mut()) {
            self.statements.insert(scope.begin, statement);
            scope.begin += 1;
        }
        held
    }
    fn hold_variable(&mut self, of: &Ident, variable: Option<VariableId>, read: Option<&Opaque>) -> Ident {
        let held = self.fresh("held");
        let copied = variable.is_some_and(|v| self.copied.contains(&v));
        let borrowed = read.filter(|o| o.by_ref || o.is_view());
        let value = match borrowed {
            Some(opaque) => Opaque { code: quote!(#of), ..opaque.clone() }.owned(),
            None if copied => quote!(#of),
            None => quote!(::core::clone::Clone::clone(&#of)),
        };
        let lenders = variable.and_then(|v| self.lenders.get(&v).cloned()).unwrap_or_default();
        let borrowed = borrowed.map(|o| (o.by_ref, o.ty.clone()));
        self.push_saved(Saved { name: held.clone(), of: of.clone(), copied, lenders, borrowed }, &value);
        held
    }

    /// A variable borrows from others.
    pub fn lend(&mut self, variable: VariableId, lenders: Vec<String>) {
        if !lenders.is_empty() {
            self.lenders.insert(variable, lenders);
        }
    }
    /// Whose changes a reader of this name could see: those that it borrows from, and itself, if it may change or go.
    pub fn lenders(&self, name: &str, mutable: bool) -> Vec<String> {
        let Some(variable) = self.names.get(name) else { return Vec::new() };
        let own = (mutable || !self.copied.contains(variable)).then(|| name.to_owned());
        own.into_iter().chain(self.lenders.get(variable).into_iter().flatten().cloned()).collect()
    }

    fn push_saved(&mut self, saved: Saved, value: &TokenStream) {
        let name = saved.name.clone();
        let statement = Statement::of_ours(&name, Parts { pattern: quote!(#name), ty: quote!(_), code: value.clone() }, true);
        self.statements.push(Statement { tokens: quote!(let #name = #value;), saves: Some(saved), ..statement });
    }
}

/// A name of the user's.
pub fn ident(name: &str) -> Ident {
    match name.strip_prefix("r#") {
        Some(raw) => Ident::new_raw(raw, Span::call_site()),
        None => Ident::new(name, Span::call_site()),
    }
}
