//! Loops and iterators: what is done for each `k` is read once, with a symbol for `k`, and then for all of them at once.
//!
//! A *lane* is such a symbol. Nodes of the body that depend on it are made into nodes for all of its values ([`batch`]): a scalar for each
//! `k` is a column, a column or a row for each `k` is a matrix with one row a `k`; `row k of X` is `X`. A sum over `k` of these is a product
//! or a sum of matrices ([`sum`]). What has no such form is refused: it would be another function, or a slower one, to say otherwise.
//!
//! Inactive code in the body stays a loop, in the prologue, and runs as often and in the order as in the function; the numbers in it that
//! the body reads are collected in vectors.

mod batch;
mod effects;
mod once;
mod sum;

use std::collections::HashSet;

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use syn::visit::{self, Visit};

use super::mentions::{How, SIZES, mentions};
use super::value::{Integer, Lasts};
use super::wrapped::{Export, Kept};
use super::{Lowerer, Opaque, Statement};
use crate::ir::{Attr, Block, Condition, Dim, Index, Kind, NodeId, OpaqueId, Shape, Source, Variable};
use crate::parse::{NumForm, NumType, ScalarType, TypeDim};
pub(super) use batch::{Batched, Lanes, all};

/// The symbol `k` of a loop or an iterator that is being read.
#[derive(Clone, Debug)]
pub(super) struct Lane {
    /// `k` as a piece of code.
    pub(super) index: OpaqueId,
    /// The item of a range, under a name of ours, where it is of integers that the range does not tell.
    pub(super) item: Option<Ident>,
    /// The first item of a range that it goes through, where that is of literals.
    pub(super) first_item: usize,
    /// How many there are.
    pub(super) len: Dim,
    /// The names that the loop binds.
    pub(super) names: HashSet<String>,
    /// Scopes of the body are those from here on.
    pub(super) scope: usize,
    /// Statements of the body are those from here on.
    pub(super) statement: usize,
    /// Nodes of the body are those from here on.
    pub(super) node: usize,
    /// Variables from outside that the body changes.
    pub(super) changed: HashSet<String>,
    /// What it does to them.
    pub(super) effects: Vec<Effect>,
    /// Entries of them that it reads before it changes them.
    pub(super) reads: Vec<(String, Block)>,
    /// Whether the last iteration comes first.
    pub(super) backward: bool,
    /// Whether the number of iterations is counted while they are made.
    pub(super) counted: bool,
    /// Whether it stays a loop: the body's variables are what they are in one iteration.
    pub(super) stays: bool,
    /// What it pushes to lists.
    pub(super) pushed: Vec<super::pushes::Pushed>,
    /// What has to hold of an item: without it, it is left out.
    pub(super) conditions: Vec<Passed>,
    /// Numbers of the prologue that have to be kept for every `k`.
    pub(super) collected: Vec<Export>,
}

/// What an item has to be like.
#[derive(Clone, Debug)]
pub(super) struct Passed {
    pub(super) condition: Condition,
    /// What it compares.
    pub(super) compared: Vec<NodeId>,
    /// Pieces of code from here on are read for such items alone.
    pub(super) since: usize,
}

/// A change of a variable, once for every `k`.
#[derive(Clone, Debug)]
pub(super) struct Effect {
    /// The variable.
    pub(super) name: String,
    /// Where: its whole, or a block.
    pub(super) at: Option<(Block, Shape)>,
    /// Whether the value is added to what is there, or replaces it.
    pub(super) adds: bool,
    /// The value.
    pub(super) value: NodeId,
    /// The place that is blamed.
    pub(super) span: Span,
}

impl Lowerer<'_> {
    /// The names that hold something else for each `k` of the innermost lane, its own and what is computed from them.
    pub(super) fn lane_names(&self, lane: &Lane) -> HashSet<String> {
        let mut names = lane.names.clone();
        let statements = &self.prologue.statements[lane.statement.min(self.prologue.statements.len())..];
        // variables of ours do not change, whoever reads them
        let own: HashSet<&String> = self.prologue.statements.iter().filter(|s| s.ours).flat_map(|s| &s.binds).collect();
        for statement in statements {
            // variables of the body's own, and what a call may give anew each time
            if !statement.ours || calls(&statement.tokens) {
                names.extend(statement.binds.iter().cloned());
            }
            if !statement.optional {
                names.extend(statement.binds.iter().cloned());
                names.extend(touched(&statement.tokens).into_iter().filter(|name| !own.contains(name)));
            }
        }
        loop {
            let before = names.len();
            for statement in statements {
                if mentions(&statement.tokens).iter().any(|m| names.contains(&m.name)) {
                    names.extend(statement.binds.iter().cloned());
                }
            }
            if names.len() == before {
                return names;
            }
        }
    }

    pub(super) fn varies(&self, names: &HashSet<String>, id: OpaqueId) -> bool {
        mentions(&self.prologue.opaques[id.0 as usize].code).iter().any(|m| names.contains(&m.name))
    }

    /// The variable of the loop at hand that has this value already.
    pub(in crate::lower) fn said_before(&self, n: &Integer) -> Option<OpaqueId> {
        let statements = self.prologue.statements.get(self.lanes.last()?.statement..)?;
        let names: Vec<String> = mentions(&n.code).into_iter().map(|m| m.name).collect();
        if !names.iter().all(|name| self.lookup(name).is_none_or(|b| b.lasts == Lasts::Always)) {
            return None;
        }
        let (same, usize) = (n.code.to_string(), self.input.signature.primitive("usize").to_string());
        let is_it = |s: &Statement| s.parts.as_ref().is_some_and(|p| p.code.to_string() == same && p.ty.to_string() == usize);
        let at = statements.iter().position(is_it)?;
        let [bound] = &statements[at].binds[..] else { return None };
        if statements[at..].iter().any(|s| s.binds.iter().any(|name| names.contains(name))) {
            return None;
        }
        let known = self.prologue.opaques.iter().rposition(|o| o.code.to_string() == *bound)?;
        Some(OpaqueId(u32::try_from(known).ok()?))
    }

    /// Whether a dimension depends on such a name.
    pub(super) fn dim_varies(&self, names: &HashSet<String>, dim: Dim) -> bool {
        let dims = &self.graph.dims;
        matches!(dims.resolve(dim), Dim::Sym(_))
            && dims.sources(dim).iter().all(|source| match source {
                Source::Code(id) | Source::Variable { variable: Variable::Opaque(id), .. } => self.varies(names, *id),
                Source::Sum(parts) | Source::Product(parts) | Source::Least(parts) => {
                    parts.iter().any(|d| self.dim_varies(names, *d))
                }
                Source::Variable { .. } => false,
            })
            && !dims.is_static(dim)
            && !dims.sources(dim).is_empty()
    }

    /// Whether a dimension depends on such a name, or has to agree with something that does.
    pub(in crate::lower) fn is_told_inside(&self, names: &HashSet<String>, dim: Dim) -> bool {
        self.dim_varies(names, dim) || !self.told_inside(names, dim).is_empty()
    }

    /// Pieces of code that depend on such a name and tell a dimension.
    pub(in crate::lower) fn told_inside(&self, names: &HashSet<String>, dim: Dim) -> Vec<OpaqueId> {
        let code = |source: Source| if let Source::Code(id) = source { Some(id) } else { None };
        self.graph.dims.sources(dim).into_iter().filter_map(code).filter(|id| self.varies(names, *id)).collect()
    }

    /// A number of the prologue, or a column, for every `k`: a vector, or the rows of a matrix, that the loop of the prologue fills.
    pub(super) fn collect(&mut self, lane: &mut Lane, id: OpaqueId, shape: Shape) -> Option<NodeId> {
        let Opaque { code, text, by_ref, .. } = self.prologue.opaques[id.0 as usize].clone();
        let rows = !shape.is_scalar();
        let across = if rows { shape.rows } else { Dim::ONE };
        let kept = match (lane.counted, rows) {
            (true, true) => return None,
            (true, false) => {
                let (root, scalar) = (self.root(), self.scalar_type());
                Kept::Pushed(quote!(#root::__private::Vec::<#scalar>), quote!(#root::__private::nalgebra::DVector::from_vec))
            }
            (false, true) => Kept::Rows(self.zeros(lane.len, across)?),
            (false, false) => Kept::Numbers(self.zeros(lane.len, across)?),
        };
        let outside = self.prologue.fresh("collected");
        let inside = if by_ref && !rows { quote!(*#code) } else { code };
        lane.collected.push(Export { inside, outside: outside.clone(), kept: Some(kept) });
        let scalar = self.input.signature.scalar.clone().unwrap_or(ScalarType::F64);
        let form = NumForm::Matrix { rows: self.side(lane.len), cols: self.side(across), view: false };
        let opaque = Opaque {
            code: quote!(#outside),
            text: in_brackets(&text),
            by_ref: false,
            ty: Some(NumType { scalar, form, list: None }),
            variable: None,
            is_difference: false,
        };
        let id = self.prologue.opaque(opaque);
        Some(self.graph.make_shaped(Kind::Opaque, Attr::Opaque(id), &[], Shape::new(lane.len, across)))
    }

    /// Whether the number of an iteration is an index of what is read in it, and so of one type, whatever else it is used for.
    pub(super) fn is_index(&self, lane: &Lane) -> bool {
        let code = Some(lane.index);
        self.graph.nodes()[lane.node..]
            .iter()
            .any(|n| matches!(&n.op.attr, Attr::Block(at) if [&at.row, &at.col].iter().any(|i| i.code == code)))
    }

    /// A value of the prologue for every `k`: a list that the loop of the prologue fills, and the statement that reads item `k`.
    pub(super) fn keep_each(&self, lane: &mut Lane, name: &str, outside: &Ident) -> TokenStream {
        // a name of ours has a hygiene of its own
        let name = if name.starts_with("__") { Ident::new(name, Span::mixed_site()) } else { super::prologue::ident(name) };
        let root = self.root();
        let kept = Kept::Pushed(quote!(#root::__private::Vec), TokenStream::new());
        let inside = quote!(::core::clone::Clone::clone(&#name));
        lane.collected.push(Export { inside, outside: outside.clone(), kept: Some(kept) });
        let index = &self.prologue.opaques[lane.index.0 as usize].code;
        let index = if lane.backward { quote!(#outside.len() - 1 - #index) } else { index.clone() };
        quote!(let #name = ::core::clone::Clone::clone(&#outside[#index]);)
    }

    fn side(&self, dim: Dim) -> TypeDim {
        match (self.graph.dims.resolve(dim), self.graph.dims.generic_name(dim)) {
            (Dim::Const(n), _) => TypeDim::Const(n),
            (_, Some(name)) => TypeDim::ConstGeneric(Ident::new(name, Span::mixed_site())),
            _ => TypeDim::Dyn,
        }
    }

    /// A new matrix of the prologue for [`Self::collect`] to fill.
    fn zeros(&self, rows: Dim, cols: Dim) -> Option<TokenStream> {
        let (scalar, root) = (self.scalar_type(), self.root());
        let side = |dim: Dim| match (self.graph.dims.resolve(dim), self.graph.dims.generic_name(dim)) {
            (Dim::Const(n), _) => Some(quote!(#root::__private::nalgebra::Const::<#n>)),
            (_, Some(name)) => {
                let name = super::prologue::ident(name);
                Some(quote!(#root::__private::nalgebra::Const::<#name>))
            }
            _ => {
                let len = self.size_code(dim)?;
                Some(quote!(#root::__private::nalgebra::Dyn(#len)))
            }
        };
        let (rows, cols) = (side(rows)?, side(cols)?);
        Some(quote!(#root::__private::nalgebra::OMatrix::<#scalar, _, _>::zeros_generic(#rows, #cols)))
    }

    pub(super) fn root(&self) -> TokenStream {
        self.input.arguments.crate_path.as_ref().map_or_else(|| quote!(::matgrad), |path| quote!(#path))
    }

    /// Whether a node holds a piece of code that is another one for each `k`.
    pub(super) fn attr_varies(&self, names: &HashSet<String>, id: NodeId) -> bool {
        match &self.graph.node(id).op.attr {
            Attr::Opaque(code) => self.varies(names, *code),
            Attr::Block(block) => [&block.row, &block.col].iter().any(|i| self.index_varies(names, i)),
            Attr::Dim(dim) => self.dim_varies(names, *dim),
            attr @ (Attr::Loop(_) | Attr::Branch(_)) => {
                attr.codes().iter().any(|c| self.varies(names, *c)) || attr.all_dims().iter().any(|d| self.dim_varies(names, *d))
            }
            _ => false,
        }
    }

    fn index_varies(&self, names: &HashSet<String>, index: &Index) -> bool {
        index.code.is_some_and(|c| self.varies(names, c)) || index.dims.iter().any(|d| self.dim_varies(names, *d))
    }

    /// The block's first position, if it is `k` plus something that is the same for each `k`; none if it does not depend on `k`.
    ///
    /// # Errors
    /// If it depends on `k` in another way.
    pub(super) fn lane_position(&self, lane: &Lane, names: &HashSet<String>, index: &Index) -> Result<Option<Index>, ()> {
        if !self.index_varies(names, index) {
            return Ok(None);
        }
        if index.code != Some(lane.index) || index.dims.iter().any(|d| self.dim_varies(names, *d)) {
            return Err(());
        }
        Ok(Some(Index { code: None, ..index.clone() }))
    }
}

/// A number as a formula shows it where it stands for a vector: without its cast.
fn in_brackets(text: &str) -> String {
    let bare = text.rsplit_once(" as ").map_or(text, |(bare, _)| bare);
    if bare.contains(' ') && !bare.starts_with('(') { format!("({bare})") } else { bare.to_owned() }
}

/// The names that a statement binds, and those of what it may change.
fn touched(statement: &TokenStream) -> HashSet<String> {
    let changed =
        mentions(statement).into_iter().filter(|m| matches!(m.how, How::Called | How::Changed | How::Moved)).map(|m| m.name);
    let bound = match syn::parse2::<syn::Stmt>(statement.clone()) {
        Ok(syn::Stmt::Local(local)) => super::patterns::pattern_names(&local.pat).iter().map(ToString::to_string).collect(),
        _ => Vec::new(),
    };
    changed.chain(bound).collect()
}

/// Whether code calls anything but a size.
fn calls(code: &TokenStream) -> bool {
    struct Calls(bool);
    impl Visit<'_> for Calls {
        fn visit_expr(&mut self, e: &syn::Expr) {
            self.0 |= match e {
                syn::Expr::MethodCall(e) => !(e.args.is_empty() && SIZES.iter().any(|n| e.method == n)),
                syn::Expr::Call(_) | syn::Expr::Macro(_) | syn::Expr::Verbatim(_) => true,
                _ => false,
            };
            visit::visit_expr(self, e);
        }
    }
    let mut search = Calls(false);
    match syn::parse2::<syn::Stmt>(code.clone()) {
        Ok(statement) => search.visit_stmt(&statement),
        Err(_) => search.0 = true,
    }
    search.0
}
