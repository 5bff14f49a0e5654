//! From the body of a function to the graph of what it computes.
//!
//! Every expression is read as mathematics as far as it goes. What does not depend on a differentiated parameter needs no reading: where
//! it cannot be read it is *carried over*, as a statement of the companions' prologue, in the order of the function. What does depend on one
//! and cannot be read is refused, in `fence`.

mod arguments;
mod assign;
mod body;
mod calls;
mod changed;
mod closures;
mod constants;
mod effects;
mod exits;
mod expressions;
mod fence;
mod fit;
mod generators;
mod given;
mod helpers;
mod inactive;
mod items;
mod iterators;
mod jumps;
mod lanes;
mod listed;
mod lists;
mod loops;
mod macros;
mod mentions;
mod mutate;
mod observed;
mod operators;
mod patterns;
mod places;
mod powers;
mod prologue;
mod pruned;
mod pushes;
mod ranges;
mod regions;
mod said;
mod stops;
mod structs;
mod together;
mod typed;
mod value;
mod variables;
mod wrapped;

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use proc_macro2::{Ident, Span, TokenStream};
use quote::ToTokens;

use crate::around::{Helper, Place};
pub use crate::error::Error as Refusal;
use crate::error::Errors;
use crate::ir::{Attr, Axis, Dim, Graph, Kind, NodeId, Shape, Source, Variable};
use crate::parse::{Input, NumForm, NumType, Output, ScalarType, TypeDim, entries_name};
pub use calls::Call;
pub(crate) use expressions::readable;
pub use fence::Fence;
use inactive::Carried;
use operators::bare;
pub(crate) use patterns::pattern_names;
use prologue::Prologue;
pub use prologue::{Saved, VariableId};
pub(crate) use regions::missing;
use value::{Binding, Lasts};
pub use value::{Integer, Value};
pub use wrapped::{Parts, Wrapped};

/// A function as mathematics, and what of its code is carried over.
#[derive(Debug)]
pub struct Function {
    /// What it computes, as the user wrote it: no rewrite was applied.
    pub graph: Graph,
    /// Its value.
    pub result: NodeId,
    /// What it opens with `?`, `unwrap` or `expect`: its companions do so too.
    pub opened: Vec<NodeId>,
    /// The lower and upper bounds of every `clamp`, which panics if they are not in order.
    pub bounds: Vec<(NodeId, NodeId)>,
    /// Statements that companions begin with.
    pub prologue: Vec<Statement>,
    /// Pieces of inactive code that nodes refer to.
    pub opaques: Vec<Opaque>,
    /// How each parameter is to be named after the prologue.
    pub params: Vec<Ident>,
    /// The parts of parameters, read or not.
    pub parts: Vec<NodeId>,
    /// Names that the user gave to values.
    pub lets: HashMap<NodeId, String>,
    /// Where nodes come from.
    pub spans: HashMap<NodeId, Span>,
}

impl Function {
    /// Its value, and what it panics on.
    #[must_use]
    pub fn roots(&self) -> Vec<NodeId> {
        let mut all = roots(self.result, &self.opened, &self.bounds);
        all.extend(&self.parts);
        all
    }
}

fn roots(result: NodeId, opened: &[NodeId], bounds: &[(NodeId, NodeId)]) -> Vec<NodeId> {
    [result].into_iter().chain(opened.iter().copied()).chain(bounds.iter().flat_map(|b| [b.0, b.1])).collect()
}

/// A statement of the prologue.
#[derive(Clone, Debug)]
pub struct Statement {
    /// The code.
    pub tokens: TokenStream,
    /// The names it binds.
    pub binds: Vec<String>,
    /// Whether it may go if nobody uses these names.
    pub optional: bool,
    /// Whether it is none of the user's.
    pub ours: bool,
    /// The variable that it saves from what comes after.
    pub saves: Option<Saved>,
    /// What it is made of, if it is a block.
    pub block: Option<Wrapped>,
    /// What it is made of, if it is a `let` of ours.
    pub parts: Option<Parts>,
}

/// A piece of inactive code.
#[derive(Clone, Debug)]
pub struct Opaque {
    /// What stands for it in an expression: a variable, a literal.
    pub code: TokenStream,
    /// How it reads in a formula.
    pub text: String,
    /// Whether the code is a reference to the value.
    pub by_ref: bool,
    /// Its type, if that is known.
    pub ty: Option<NumType>,
    /// The variable that it is the name of.
    pub variable: Option<VariableId>,
    /// Whether it is the length of a range, which may end before it begins: 0 then.
    pub is_difference: bool,
}

impl Opaque {
    /// Code that is no variable of the user's.
    fn code(code: TokenStream, text: String) -> Self {
        Self { code, text, by_ref: false, ty: None, variable: None, is_difference: false }
    }
}

/// Read a body.
///
/// # Errors
/// What cannot be read and depends on a differentiated parameter.
pub fn lower(input: &Input) -> Result<Function, Errors> {
    let mut lowerer = Lowerer::new(input);
    let result = lowerer.function_body();
    match result {
        Some(result) if lowerer.errors.is_empty() => {
            let opened = std::mem::take(&mut lowerer.prologue.opened);
            let bounds = std::mem::take(&mut lowerer.prologue.bounds);
            let roots = roots(result, &opened, &bounds);
            if let Some(span) = lowerer.leaf_left(&roots) {
                lowerer.errors.push(lowerer.fence().loop_form(span, "what is read here of a loop, after it,"));
                return Err(lowerer.errors);
            }
            lowerer.prologue.prune(&mut lowerer.graph, &roots);
            Ok(Function {
                graph: lowerer.graph,
                result,
                opened,
                bounds,
                prologue: lowerer.prologue.statements,
                opaques: lowerer.prologue.opaques,
                params: lowerer.prologue.params,
                parts: lowerer.parts,
                lets: lowerer.lets,
                spans: lowerer.spans,
            })
        }
        _ => Err(lowerer.errors),
    }
}

/// What is known while a body is read.
#[derive(Clone)]
pub struct Lowerer<'i> {
    input: &'i Input,
    graph: Graph,
    scopes: Vec<HashMap<String, Binding>>,
    prologue: Prologue,
    lets: HashMap<NodeId, String>,
    spans: HashMap<NodeId, Span>,
    errors: Errors,
    /// Names that a refused statement binds, or that were complained of.
    refused: HashSet<String>,
    /// Run-time dimensions that turned out to be known, and the expression that needs it.
    pins: HashMap<Dim, String>,
    /// Statements on active values, as assertions and prints say them again.
    sources: Vec<observed::Source>,
    depth: usize,
    /// Closures of `map` and its kin around what is read.
    maps: usize,
    /// Loops and iterators around what is read.
    lanes: Vec<lanes::Lane>,
    /// Where the last loop or iterator stands.
    repeats: Span,
    /// Variables that are changed by something active.
    changed: HashSet<String>,
    /// How many scopes are out of sight, in a closure that is read where it is called.
    hidden: usize,
    /// A variable is read for its place or its size.
    quiet: bool,
    /// How many leaves stand for variables that loops change.
    holes: usize,
    /// Lists that loops read while they grow.
    growing: Vec<pushes::Growing>,
    /// Nodes that one side of a branch made.
    conditional: Vec<std::ops::Range<usize>>,
    /// Variables that take the place of what is read as something else.
    flags: Vec<(String, jumps::Own)>,
    /// Where the function stands.
    home: Place,
    /// The constants of its module.
    constants: HashMap<String, Binding>,
    /// The helpers that are being read, the innermost last.
    within: Vec<Rc<Helper>>,
    /// The parts of parameters.
    parts: Vec<NodeId>,
    /// A `?` stands behind what is read.
    asked: bool,
    /// A helper that is `None` makes the function `None`.
    together: bool,
}

impl<'i> Lowerer<'i> {
    fn new(input: &'i Input) -> Self {
        let mut lowerer = Self::blank(input);
        lowerer.graph = Graph::new(crate::ir::Dims::default(), input.arguments.promises(), None);
        let active = input.arguments.names(&input.signature).into_iter();
        lowerer.changed = changed::changed(&input.body, active, &input.signature.place.mutating());
        lowerer.declare_surroundings();
        let patterns = input.signature.sig.inputs.iter().filter_map(|a| match a {
            syn::FnArg::Typed(typed) => Some(&*typed.pat),
            syn::FnArg::Receiver(_) => None,
        });
        for (i, pattern) in patterns.enumerate() {
            lowerer.declare_parameter(i, pattern);
        }
        lowerer.declare_parts();
        lowerer
    }

    /// Nothing is known yet.
    fn blank(input: &'i Input) -> Self {
        Self {
            input,
            graph: Graph::new(crate::ir::Dims::default(), crate::ir::Promises::default(), None),
            scopes: vec![HashMap::new()],
            prologue: Prologue::default(),
            lets: HashMap::new(),
            spans: HashMap::new(),
            errors: Errors::default(),
            refused: HashSet::new(),
            pins: HashMap::new(),
            sources: Vec::new(),
            depth: 0,
            maps: 0,
            lanes: Vec::new(),
            repeats: Span::call_site(),
            changed: HashSet::new(),
            hidden: 0,
            quiet: false,
            holes: 0,
            growing: Vec::new(),
            conditional: Vec::new(),
            flags: Vec::new(),
            home: input.signature.place.clone(),
            constants: HashMap::new(),
            within: Vec::new(),
            parts: Vec::new(),
            asked: false,
            together: false,
        }
    }
    /// The same, while another function is read.
    fn with(self, input: &Input) -> Lowerer<'_> {
        let Self { graph, scopes, prologue, lets, spans, errors, refused, pins, sources, depth, maps, lanes, repeats, .. } = self;
        let Self { changed, hidden, quiet, holes, growing, conditional, flags, home, constants, within, .. } = self;
        let Self { parts, asked, together, .. } = self;
        Lowerer {
            input,
            graph,
            scopes,
            prologue,
            lets,
            spans,
            errors,
            refused,
            pins,
            sources,
            depth,
            maps,
            lanes,
            repeats,
            changed,
            hidden,
            quiet,
            holes,
            growing,
            conditional,
            flags,
            home,
            constants,
            within,
            parts,
            asked,
            together,
        }
    }

    fn declare_parameter(&mut self, i: usize, pattern: &syn::Pat) {
        let param = &self.input.signature.params[i];
        let mutable = matches!(pattern, syn::Pat::Ident(p) if p.mutability.is_some());
        let active = self.input.arguments.wrt.contains(&i) || (mutable && self.changed.contains(&param.ident.to_string()));
        // a list that inactive code may change is code
        let stays = |ty: &&NumType| active || !mutable || ty.list.is_none();
        let kind = param.kind.as_ref().filter(|ty| self.is_own_scalar(&ty.scalar)).filter(stays);
        // what is behind `&mut` may change
        let shared = param.by_ref && !matches!(&param.ty, syn::Type::Reference(r) if r.mutability.is_some());
        let copied = shared || matches!(&param.kind, Some(ty) if ty.form == NumForm::Scalar) || is_integer(&param.ty);
        let list = kind.and_then(|ty| ty.list);
        let variable = match list {
            Some(_) => self.prologue.declare_list(&param.ident, &entries_name(&param.ident), copied),
            None => self.prologue.declare_parameter(&param.ident, copied, kind.is_some() && param.pat_ok),
        };
        self.prologue.types.insert(variable, param.ty.clone());
        if !param.pat_ok {
            return self.bind_carried(pattern, Value::Code, Some(&param.ty), &Carried::default());
        }
        let value = match kind {
            Some(ty) => {
                let shape = self.shape_of_type(ty);
                let id = self.graph.make_shaped(Kind::Param, Attr::Param(i), &[], shape);
                self.spans.insert(id, param.ident.span());
                self.add_sources(shape, Variable::Param(i), ty);
                if self.graph.promises.hold(i) {
                    let _ = self.graph.dims.unify(shape.rows, shape.cols); // parse checked what is known
                }
                match (ty.list, &ty.form) {
                    (Some(list), _) => Value::List(id, list.element),
                    (None, NumForm::Scalar) => Value::Scalar(id),
                    (None, NumForm::Matrix { .. }) => Value::Matrix(id),
                }
            }
            None if is_integer(&param.ty) => Value::Int(Integer::code(param.ident.to_token_stream())),
            None => Value::Code,
        };
        let lasts = Lasts::unless_mutable(mutable);
        let binding = Binding { active, lasts, by_ref: param.by_ref, ..Binding::carried(value, variable) };
        self.bind(&param.ident.to_string(), binding);
    }

    /// Whether this is the one floating-point type that the function computes in.
    fn is_own_scalar(&self, scalar: &ScalarType) -> bool {
        self.input.signature.scalar.as_ref().is_none_or(|own| own == scalar)
    }

    fn type_dim(&mut self, dim: &TypeDim) -> Dim {
        match dim {
            TypeDim::Const(n) => Dim::Const(*n),
            TypeDim::Dyn => self.graph.dims.dynamic(),
            TypeDim::ConstGeneric(name) if self.input.signature.is_own_const(name) => self.graph.dims.generic(&name.to_string()),
            TypeDim::ConstGeneric(name) => self.graph.dims.constant(&name.to_string()),
            TypeDim::TypeGeneric(name) => self.graph.dims.generic(&name.to_string()),
        }
    }

    fn shape_of_type(&mut self, ty: &NumType) -> Shape {
        match &ty.form {
            NumForm::Scalar => Shape::SCALAR,
            NumForm::Matrix { rows, cols, .. } => Shape::new(self.type_dim(rows), self.type_dim(cols)),
        }
    }

    /// The variable of type `ty` tells the dimensions of `shape`.
    fn add_sources(&mut self, shape: Shape, variable: Variable, ty: &NumType) {
        let NumForm::Matrix { rows, cols, .. } = &ty.form else { return };
        for (dim, axis, declared) in [(shape.rows, Axis::Rows, rows), (shape.cols, Axis::Cols, cols)] {
            // a number needs no source
            if !matches!(declared, TypeDim::Const(_)) {
                let typed = !matches!(declared, TypeDim::Dyn);
                self.graph.dims.add_source(dim, Source::Variable { variable, axis, typed });
            }
        }
    }

    /// Where a leaf that stood for a variable of a loop is read after the loop.
    fn leaf_left(&self, roots: &[NodeId]) -> Option<Span> {
        let params = self.input.signature.params.len();
        let left = |id: &NodeId| matches!(self.graph.node(*id).op.attr, Attr::Param(p) if p >= params);
        self.graph.reachable(roots).iter().any(left).then_some(self.repeats)
    }

    /// The graph built so far.
    #[must_use]
    pub fn graph(&self) -> &Graph {
        &self.graph
    }
    /// The graph, to add to.
    pub fn graph_mut(&mut self) -> &mut Graph {
        &mut self.graph
    }
    /// A matrix value.
    pub fn matrix(&mut self, build: impl FnOnce(&mut Graph) -> NodeId) -> Value {
        Value::Matrix(build(&mut self.graph))
    }
    /// A scalar value.
    pub fn scalar(&mut self, build: impl FnOnce(&mut Graph) -> NodeId) -> Value {
        Value::Scalar(build(&mut self.graph))
    }
    /// The shape of a node.
    #[must_use]
    pub fn shape(&self, id: NodeId) -> Shape {
        self.graph.shape(id)
    }
    /// `clamp` of a primitive number panics unless `low ≤ high`; of constants that is known, and of generic numbers it does not.
    pub fn in_order(&mut self, low: NodeId, high: NodeId) {
        let known = self.graph.constant_value(low).zip(self.graph.constant_value(high)).is_some_and(|(low, high)| low <= high);
        if !known && !matches!(self.input.signature.scalar, Some(ScalarType::Generic(_))) {
            self.prologue.bounds.push((low, high));
        }
    }
    /// The catalogue of refusals.
    #[must_use]
    pub fn fence(&self) -> Fence<'_> {
        Fence::new(self)
    }
    /// Whether the function returns an `Option`.
    fn returns_option(&self) -> bool {
        matches!(self.input.signature.output, Output::Num { option: true, .. })
    }

    fn bind(&mut self, name: &str, binding: Binding) {
        self.refused.remove(name);
        self.hide_places(name);
        if let Some(scope) = self.scopes.last_mut() {
            scope.insert(name.to_owned(), binding);
        }
    }
    fn lookup(&self, name: &str) -> Option<&Binding> {
        self.scopes.iter().rev().find_map(|scope| scope.get(name))
    }
}

/// Whether a type is an integer, by reference or by value.
pub(crate) fn is_integer(ty: &syn::Type) -> bool {
    match ty {
        syn::Type::Reference(r) => is_integer(&r.elem),
        syn::Type::Paren(p) => is_integer(&p.elem),
        syn::Type::Group(p) => is_integer(&p.elem),
        syn::Type::Path(_) => crate::parse::primitive(ty).is_some_and(|i| {
            ["usize", "u8", "u16", "u32", "u64", "u128", "isize", "i8", "i16", "i32", "i64", "i128"].iter().any(|n| i == n)
        }),
        _ => false,
    }
}
