//! The pipeline up to the mathematics: lower, simplify, differentiate.

use std::collections::HashMap;

use quote::quote;

use crate::diff::{self, ScalarFunction};
use crate::error::{Error, Errors};
use crate::ir::{Attr, Axis, Graph, Kind, NodeId, Pass, Shape, Source, Variable};
use crate::parse::{Derivative, Input, NumForm, Output, ScalarType, TypeDim, Whole, entries_name};
use crate::{emit, lower, ops, simplify};

/// A function and its derivatives, in mathematics.
#[derive(Debug)]
pub struct Derivation {
    /// The function as it was read.
    pub function: lower::Function,
    /// The simplified function, and its derivatives.
    pub graph: Graph,
    /// Its value.
    pub value: NodeId,
    /// Its gradients, in the order asked for, where they are asked for or were needed.
    pub gradients: Vec<NodeId>,
    /// What the attribute asks for: gradients, Jacobians, the blocks of a Hessian row by row, a tangent.
    pub results: Vec<NodeId>,
    /// The gradients, and then the results, as the program computes them: right at zeros too, and for numbers of any size.
    pub computed: Vec<NodeId>,
    /// How the results came about: `dF`, by the differentials of parameters.
    pub steps: Vec<NodeId>,
    /// `df = Σ ± tr(Hᵢ dXᵢ)` as the derivation shows it: whether the sign is minus, and `Hᵢ = ± Gᵢᵀ`.
    pub differential: Vec<(bool, NodeId)>,
    /// What the function opens with `?`, `unwrap` or `expect`, needed or not.
    pub opened: Vec<NodeId>,
    /// The lower and upper bounds of every `clamp`, which panics if they are not in order.
    pub bounds: Vec<(NodeId, NodeId)>,
    /// Names that the user gave to values.
    pub lets: HashMap<NodeId, String>,
}

impl Derivation {
    /// The node of a parameter, if anything reads it.
    #[must_use]
    pub fn parameter(&self, i: usize) -> Option<NodeId> {
        parameter(&self.graph, i)
    }
}

/// Lower, simplify, differentiate.
///
/// # Errors
/// What cannot be differentiated, or is not supported.
pub fn derive(input: &Input) -> Result<Derivation, Errors> {
    let mut function = lower::lower(input)?;
    let roots = function.roots();
    let (mut graph, place) = simplify::rebuild(&function.graph, &roots, &input.arguments.spd);
    graph.moved.clone_from(&input.arguments.wrt);
    graph.twice = matches!(input.arguments.derivative, Derivative::Hessian | Derivative::Hvp);
    let value = place[&function.result];
    let mut deriver = Deriver { input, graph, place, value, without_rule: Vec::new(), errors: Errors::default() };
    deriver.supported()?;
    let found = deriver.results(&mut function);
    deriver.complain(&function);
    let Deriver { mut graph, place, errors, .. } = deriver;
    let all = found.gradients.iter().chain(&found.results).copied();
    let errors = if errors.is_empty() && overflows(&graph, all.chain(roots.iter().map(|r| place[r])), input) {
        let message = "the constants of this function, multiplied out, are no finite numbers; scale its values";
        Error::new(input.signature.sig.ident.span(), message).into()
    } else {
        errors
    };
    let differential = found.gradients.iter().map(|gradient| signed_transpose(&mut graph, *gradient)).collect();
    let lets = function.lets.iter().filter_map(|(id, name)| Some((*place.get(id)?, name.clone()))).collect();
    let opened: Vec<NodeId> = function.opened.iter().map(|id| place[id]).collect();
    let bounds = function.bounds.iter().map(|(low, high)| (place[low], place[high])).collect();
    let Found { gradients, results, steps } = found;
    let kept: Vec<NodeId> = roots.iter().map(|r| place[r]).collect();
    let computed = diff::arranged(&mut graph, &kept, &[&gradients[..], &results[..]].concat());
    errors.barrier(Derivation { function, graph, value, gradients, results, computed, steps, differential, opened, bounds, lets })
}

/// What an attribute asks for.
#[derive(Default)]
struct Found {
    gradients: Vec<NodeId>,
    results: Vec<NodeId>,
    steps: Vec<NodeId>,
}

struct Deriver<'i> {
    input: &'i Input,
    graph: Graph,
    place: HashMap<NodeId, NodeId>,
    value: NodeId,
    without_rule: Vec<NodeId>,
    errors: Errors,
}

impl Deriver<'_> {
    fn wrt(&self) -> &[usize] {
        &self.input.arguments.wrt
    }

    /// Whether the result is one that has this derivative.
    fn supported(&self) -> Result<(), Errors> {
        let ty = self.input.signature.value_type().map(|(ty, _)| ty);
        let derivative = self.input.arguments.derivative;
        if derivative.of_numbers() && !self.graph.is_scalar(self.value) {
            let attribute = derivative.attribute();
            let message = match derivative {
                Derivative::Gradient => format!(
                    "`{attribute}` needs a function that returns a number; the derivative of a vector or matrix is a Jacobian: \
                     write `#[jacobian]`, or reduce the result, with `sum`, `norm_squared` or `dot`"
                ),
                Derivative::Hvp => format!(
                    "`{attribute}` needs a function that returns a number; for a vector or matrix, write `#[jvp]`, or reduce the \
                     result, with `sum`, `norm_squared` or `dot`"
                ),
                _ => format!(
                    "`{attribute}` needs a function that returns a number; for the first derivative of a vector or matrix write \
                     `#[jacobian]`, or reduce the result, with `sum`, `norm_squared` or `dot`"
                ),
            };
            return Err(Error::on(&quote!(#ty), message).into());
        }
        let needs_type = matches!(derivative, Derivative::Jacobian | Derivative::Vjp);
        if needs_type && self.input.signature.output == Output::Unknown {
            let message = "the type of the result is not known, since the macro sees only how it is spelt, and its entries are needed; \
                           spell one of nalgebra's, such as `DVector<f64>`";
            return Err(Error::on(&quote!(#ty), message).into());
        }
        let turns = |p: &&usize| self.input.arguments.orthogonal.contains(p);
        if let Some(p) = self.wrt().iter().find(turns).filter(|_| matches!(derivative, Derivative::Hessian | Derivative::Hvp)) {
            let ident = &self.input.signature.params[*p].ident;
            let message = format!(
                "second derivatives by an orthogonal matrix are not supported, since the directions in which `{ident}` can move turn with it; \
                 remove the declaration, or name the other parameters alone"
            );
            return Err(Error::new(ident.span(), message).into());
        }
        Ok(())
    }

    fn results(&mut self, function: &mut lower::Function) -> Found {
        match self.input.arguments.derivative {
            Derivative::Gradient => {
                let gradients = self.gradients();
                Found { results: gradients.clone(), gradients, steps: Vec::new() }
            }
            Derivative::Jvp => {
                let moves = self.directions(function);
                let value = self.value;
                self.depends();
                let tangent = self.tangents(&[value], &moves);
                Found { results: tangent, ..Found::default() }
            }
            Derivative::Hvp => {
                let gradients = self.gradients();
                let moves = self.directions(function);
                let sided = self.sided_gradients();
                let results = self.tangents(&sided, &moves);
                Found { gradients, results, steps: Vec::new() }
            }
            Derivative::Jacobian => self.jacobians(),
            Derivative::Hessian => self.hessian(),
            Derivative::Vjp => {
                let name = emit::cotangent(&self.input.signature);
                function.params.push(match &self.input.signature.output {
                    Output::Num { ty, .. } if ty.list.is_some() => entries_name(&name),
                    _ => name,
                });
                let number = self.input.signature.params.len();
                let shape = self.graph.shape(self.value);
                let seed = self.graph.make_shaped(Kind::Param, Attr::Param(number), &[], shape);
                let found = diff::pullback(&mut self.graph, &[(self.value, seed)], &self.input.arguments.wrt);
                self.without_rule.extend(found.without_rule);
                Found { results: self.read_off(&found.by), ..Found::default() }
            }
        }
    }

    fn jacobians(&mut self) -> Found {
        let mut found = Found::default();
        for p in self.wrt().to_vec() {
            let jacobian = parameter(&self.graph, p).map(|id| diff::jacobian(&mut self.graph, self.value, p, id));
            if let Some(jacobian) = &jacobian {
                self.without_rule.extend(&jacobian.without_rule);
                found.steps.extend(jacobian.differential);
            }
            match jacobian.and_then(|j| j.node) {
                Some(node) => found.results.push(node),
                None if self.without_rule.is_empty() => self.independent(p),
                None => {}
            }
        }
        if self.wrt().len() > 1 {
            found.steps.clear(); // the parts of one differential
        }
        found
    }

    /// Blocks above the diagonal are computed; those below are their transposes.
    fn hessian(&mut self) -> Found {
        let gradients = self.gradients();
        let wrt = self.wrt().to_vec();
        if gradients.len() < wrt.len() {
            return Found { gradients, ..Found::default() };
        }
        let (n, mut blocks, mut steps) = (wrt.len(), HashMap::new(), Vec::new());
        for (i, gradient) in self.sided_gradients().iter().enumerate() {
            for (j, p) in wrt.iter().enumerate().skip(i) {
                let Some(id) = parameter(&self.graph, *p) else { continue };
                let block = diff::hessian_block(&mut self.graph, *gradient, *p, id);
                self.without_rule.extend(block.without_rule);
                steps.extend(block.differential.filter(|_| n == 1));
                let Some(node) = block.node else { continue };
                let node = if i == j { diff::mirrored(&mut self.graph, node) } else { node };
                blocks.insert((i, j), node);
                if i != j {
                    let turned = self.graph.transpose(node);
                    blocks.insert((j, i), turned);
                }
            }
        }
        let results = (0..n * n).filter_map(|k| blocks.get(&(k / n, k % n)).copied()).collect();
        Found { gradients, results, steps }
    }

    /// The gradients; a parameter on which the function does not depend is an error.
    fn gradients(&mut self) -> Vec<NodeId> {
        let Some(scalar) = ScalarFunction::new(&self.graph, self.value) else { return Vec::new() };
        let found = diff::gradient(&mut self.graph, scalar, &self.input.arguments.wrt);
        self.without_rule.extend(found.without_rule);
        self.read_off(&found.by)
    }

    /// The gradients once more, to be differentiated in turn: the same but at kinks.
    fn sided_gradients(&mut self) -> Vec<NodeId> {
        let Some(scalar) = ScalarFunction::new(&self.graph, self.value) else { return Vec::new() };
        self.graph.pass = Pass::Inner;
        let found = diff::gradient(&mut self.graph, scalar, &self.input.arguments.wrt);
        self.graph.pass = Pass::Outer;
        let by: Vec<_> = found.by.into_iter().zip(self.wrt().to_vec()).collect();
        by.into_iter().filter_map(|(gradient, p)| gradient.or_else(|| self.zero_of(p))).collect()
    }

    fn read_off(&mut self, by: &[Option<NodeId>]) -> Vec<NodeId> {
        let wrt = self.wrt().to_vec();
        let found = |whole: &Whole| whole.tree.parts().iter().any(|p| wrt.iter().zip(by).any(|(q, by)| p == q && by.is_some()));
        let partly: Vec<usize> = self.input.arguments.wholes.iter().filter(|w| found(w)).flat_map(|w| w.tree.parts()).collect();
        let mut gradients = Vec::new();
        for (gradient, p) in by.iter().zip(&wrt) {
            match gradient {
                Some(gradient) => gradients.push(*gradient),
                None if self.without_rule.is_empty() && partly.contains(p) => gradients.extend(self.zero_of(*p)),
                None if self.without_rule.is_empty() => self.independent(*p),
                None => {}
            }
        }
        gradients
    }
    /// The derivative by a part of a parameter on which nothing depends.
    fn zero_of(&mut self, p: usize) -> Option<NodeId> {
        self.input.signature.params[p].part.as_ref()?;
        let id = parameter(&self.graph, p)?;
        let shape = self.graph.shape(id);
        Some(self.graph.filled(0.0, shape))
    }

    /// A parameter on which the function does not depend is an error; a part of one has the derivative 0, if there are others.
    fn independent(&mut self, p: usize) {
        let param = &self.input.signature.params[p];
        let whole = self.input.arguments.wholes.iter().find(|whole| whole.tree.parts().contains(&p));
        if whole.is_some_and(|whole| whole.tree.parts().first() != Some(&p)) {
            return; // said of the first
        }
        let ident = whole.map_or(&param.ident, |whole| &whole.root);
        let message = format!(
            "the result does not depend on `{ident}`; its derivative is zero: name the parameters to differentiate by in the attribute, \
             without `{ident}`"
        );
        // where it is asked for
        let asked = self.input.arguments.asked.iter().find(|name| *name == ident);
        self.errors.push(Error::new(asked.unwrap_or(ident).span(), message));
    }

    /// A parameter on which the function does not depend is an error.
    fn depends(&mut self) {
        let reachable = self.graph.reachable(&[self.value]);
        let is_read = |p: &usize| parameter(&self.graph, *p).is_some_and(|id| reachable.contains(&id));
        let partly = |p: &usize| {
            self.input.arguments.wholes.iter().map(|w| w.tree.parts()).any(|w| w.contains(p) && w.iter().any(is_read))
        };
        let unread: Vec<usize> = self.wrt().iter().filter(|p| !is_read(p) && !partly(p)).copied().collect();
        for p in unread {
            self.independent(p);
        }
    }

    /// The parameters that say where the others move: nodes of the shapes of these.
    fn directions(&mut self, function: &mut lower::Function) -> Vec<(usize, NodeId)> {
        let first = self.input.signature.params.len();
        let wrt = self.wrt().to_vec();
        let mut moves = Vec::new();
        for (k, (p, name)) in wrt.into_iter().zip(emit::directions(&self.input.signature, &self.input.arguments)).enumerate() {
            let listed = self.input.signature.params[p].kind.as_ref().is_some_and(|ty| ty.list.is_some());
            function.params.push(if listed { entries_name(&name) } else { name });
            let Some(id) = parameter(&self.graph, p) else { continue };
            let shape = self.graph.shape(id);
            let number = first + k;
            self.add_sources(p, number, shape);
            moves.push((p, self.graph.make_shaped(Kind::Param, Attr::Param(number), &[], shape)));
        }
        moves
    }

    /// Run-time sizes of parameter `number` have to be those of `p`.
    fn add_sources(&mut self, p: usize, number: usize, shape: Shape) {
        let kind = self.input.signature.params[p].kind.as_ref().map(|ty| &ty.form);
        let Some(NumForm::Matrix { rows, cols, .. }) = kind else { return };
        for (dim, axis, declared) in [(shape.rows, Axis::Rows, rows), (shape.cols, Axis::Cols, cols)] {
            if matches!(declared, TypeDim::Dyn | TypeDim::TypeGeneric(_)) {
                let variable = Variable::Param(number);
                self.graph.dims.add_source(dim, Source::Variable { variable, axis, typed: false });
            }
        }
    }

    /// How nodes move; those that do not move by 0.
    fn tangents(&mut self, nodes: &[NodeId], moves: &[(usize, NodeId)]) -> Vec<NodeId> {
        let found = diff::tangents(&mut self.graph, nodes, moves);
        self.without_rule.extend(found.without_rule);
        let tangents = found.of.into_iter().zip(nodes);
        tangents.map(|(tangent, id)| tangent.unwrap_or_else(|| self.graph.filled(0.0, self.graph.shape(*id)))).collect()
    }

    /// Nodes that a parameter reaches and that have no differential.
    fn complain(&mut self, function: &lower::Function) {
        for id in std::mem::take(&mut self.without_rule) {
            let origin = function.spans.iter().find(|(old, _)| self.place.get(old) == Some(&id));
            let span = origin.map_or_else(|| self.input.signature.sig.ident.span(), |(_, span)| *span);
            let name = ops::record(self.graph.kind(id)).name;
            self.errors.push(Error::new(span, format!("the derivative of `{name}` is not supported here")));
        }
    }
}

/// The node of a parameter, if anything reads it.
fn parameter(g: &Graph, i: usize) -> Option<NodeId> {
    let attr = Attr::Param(i);
    let at = g.nodes().iter().position(|n| n.op.kind == Kind::Param && n.op.attr == attr)?;
    g.id_at(at)
}

/// Whether a constant below these nodes is no finite number of the function's type.
fn overflows(g: &Graph, roots: impl Iterator<Item = NodeId>, input: &Input) -> bool {
    let largest = if input.signature.scalar == Some(ScalarType::F32) { f64::from(f32::MAX) } else { f64::MAX };
    let fits = |c: &crate::ir::Real| c.0.abs() <= largest;
    g.reachable(&roots.collect::<Vec<_>>()).iter().any(|id| match &g.node(*id).op.attr {
        Attr::Real(c) => !fits(c),
        Attr::Coefs(all) => !all.iter().all(fits),
        Attr::Region(region) => overflows(&region.graph, region.results.iter().copied(), input),
        Attr::Loop(l) => overflows(&l.body.graph, l.body.results.iter().copied(), input),
        Attr::Branch(b) => [&b.then, &b.otherwise].iter().any(|side| overflows(&side.graph, side.results.iter().copied(), input)),
        _ => false,
    })
}

/// `± Gᵀ`, the sign being that of a `G` that is one term.
fn signed_transpose(g: &mut Graph, gradient: NodeId) -> (bool, NodeId) {
    let transposed = g.transpose(gradient);
    match g.terms(transposed)[..] {
        [(c, _)] if c < 0.0 => (true, g.neg(transposed)),
        _ => (false, transposed),
    }
}
