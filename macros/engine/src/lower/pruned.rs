//! The prologue without what nobody reads, and without copies of what does not change.

use std::collections::HashSet;

use proc_macro2::{Ident, TokenStream, TokenTree};

use super::mentions::{How, Mention, mentions};
use super::observed::is_question;
use super::prologue::{Prologue, Saved};
use super::{Statement, patterns};
use crate::ir::{Attr, Dim, Graph, NodeId, OpaqueId, Source, Variable};

impl Prologue {
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
            // a `?` in front of what has effects
            let in_time = is_question(&statement) && kept.iter().any(|later| !later.optional);
            if !in_time && statement.optional && statement.binds.iter().all(|n| !wanted.contains(n)) {
                continue;
            }
            let statement = statement.pruned(&wanted);
            if let Some(saved) = &statement.saves
                && kept.iter().all(|later| later.leaves(saved))
                && !(saved.borrowed.is_some() && kept.iter().any(|later| later.reads(&saved.name)))
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
        let (mut used, mut read) = (HashSet::new(), HashSet::new());
        let mut dims: Vec<Dim> = Vec::new();
        for id in graph.reachable(roots) {
            let shape = graph.shape(id);
            dims.extend([shape.rows, shape.cols]);
            match &graph.node(id).op.attr {
                Attr::Param(p) => drop(read.insert(*p)),
                attr => {
                    used.extend(attr.codes());
                    dims.extend(attr.all_dims());
                }
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
            if let Some((by_ref, ty)) = saved.borrowed.clone().filter(|_| saved.name == opaque.code.to_string()) {
                (opaque.by_ref, opaque.ty) = (by_ref, ty);
            }
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
        let gone = |m: &Mention| saved.lenders.contains(&m.name) && !matches!(m.how, How::Sized | How::Looked | How::Borrowed);
        if self.saves.is_none() && mentions(&self.tokens).iter().any(gone) {
            return false;
        }
        // a statement of ours only reads
        let changes = self.saves.is_none() && mentions(&self.tokens).iter().any(|m| saved.of == m.name && !harmless(m));
        !changes && !binds(&self.tokens, &saved.of)
    }
}

impl Statement {
    fn reads(&self, name: &Ident) -> bool {
        mentions(&self.tokens).iter().any(|m| *name == m.name)
    }
}

/// Whether a statement binds a variable of this name.
fn binds(statement: &TokenStream, name: &Ident) -> bool {
    match syn::parse2::<syn::Stmt>(statement.clone()) {
        Ok(syn::Stmt::Local(local)) => patterns::pattern_names(&local.pat).contains(name),
        _ => false,
    }
}

/// Code with one variable's name for another: what stands behind a dot is a field or a method.
pub(super) fn replaced(code: &TokenStream, name: &Ident, to: &Ident) -> TokenStream {
    let mut dots = 0;
    let tree = |tree| {
        let behind_a_dot = std::mem::take(&mut dots) == 1;
        match tree {
            TokenTree::Ident(ident) if ident == *name && !behind_a_dot => TokenTree::Ident(to.clone()),
            TokenTree::Group(group) => {
                let mut new = proc_macro2::Group::new(group.delimiter(), replaced(&group.stream(), name, to));
                new.set_span(group.span());
                TokenTree::Group(new)
            }
            TokenTree::Punct(point) if point.as_char() == '.' => {
                dots = if behind_a_dot { 2 } else { 1 };
                TokenTree::Punct(point)
            }
            other => other,
        }
    };
    code.clone().into_iter().map(tree).collect()
}
