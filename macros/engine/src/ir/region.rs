//! Graphs inside nodes: bodies of kernels, of loops, of branches.

use std::collections::HashMap;

use super::{Attr, Cmp, Dim, Graph, Kind, NodeId, OpaqueId};

/// A graph inside a node. Its `Param(i)` is operand `i` of the node; its other leaves are constants, and inactive code, which means the same
/// inside as outside.
#[derive(Clone, Debug)]
pub struct Region {
    /// The body.
    pub graph: Graph,
    /// What the body yields.
    pub results: Vec<NodeId>,
}

impl PartialEq for Region {
    fn eq(&self, other: &Self) -> bool {
        self.results == other.results && self.graph.nodes() == other.graph.nodes()
    }
}
impl Eq for Region {}
impl std::hash::Hash for Region {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.results.hash(state);
        self.graph.nodes().hash(state);
    }
}

impl Region {
    /// The body once more, in `g`, with these nodes for its parameters: where its nodes went.
    pub fn copy(&self, g: &mut Graph, params: &[NodeId]) -> HashMap<NodeId, NodeId> {
        self.copy_of(g, params, &self.results)
    }

    /// What some nodes of the body need, once more.
    pub fn copy_of(&self, g: &mut Graph, params: &[NodeId], nodes: &[NodeId]) -> HashMap<NodeId, NodeId> {
        self.copy_above(g, params, nodes, HashMap::new())
    }

    /// What some nodes of the body need, once more, above some of which it is known what they are.
    pub fn copy_above(
        &self,
        g: &mut Graph,
        params: &[NodeId],
        nodes: &[NodeId],
        mut place: HashMap<NodeId, NodeId>,
    ) -> HashMap<NodeId, NodeId> {
        for id in self.graph.reachable_above(nodes, |id| place.contains_key(&id)) {
            let node = self.graph.node(id);
            let new = match node.op.attr {
                Attr::Param(i) if node.op.kind == Kind::Param => params[i],
                Attr::Dim(dim) => g.dim(dim),
                Attr::Divisor(dim) => g.divisor(dim),
                _ => {
                    let args: Vec<NodeId> = node.args.iter().map(|a| place[a]).collect();
                    g.make_shaped(node.op.kind, node.op.attr.clone(), &args, self.graph.shape(id))
                }
            };
            place.insert(id, new);
        }
        place
    }

    /// Its parameter of this number, if anything reads it.
    #[must_use]
    pub fn param(&self, i: usize) -> Option<NodeId> {
        let attr = Attr::Param(i);
        let at = self.graph.nodes().iter().position(|n| n.op.kind == Kind::Param && n.op.attr == attr)?;
        self.graph.id_at(at)
    }

    /// The numbers of the parameters that some nodes of the body depend on.
    #[must_use]
    pub fn read_by(&self, nodes: &[NodeId]) -> Vec<usize> {
        let param = |id: NodeId| match self.graph.node(id).op.attr {
            Attr::Param(i) if self.graph.kind(id) == Kind::Param => Some(i),
            _ => None,
        };
        self.graph.reachable(nodes).into_iter().filter_map(param).collect()
    }

    /// Which of the results depend on one of these parameters.
    #[must_use]
    pub fn moved_by(&self, params: &[bool]) -> Vec<bool> {
        let is_seed = |attr: &Attr| matches!(attr, Attr::Param(i) if params.get(*i) == Some(&true));
        let moved = self.graph.dependents(|node| node.op.kind == Kind::Param && is_seed(&node.op.attr));
        self.results.iter().map(|r| moved[r.index()]).collect()
    }
}

/// What is done again and again. Operands: what the carried values are at first, and then what the body reads.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Loop {
    /// One iteration. `Param(i)` is the `i`-th carried value, and after these the operands that are read; results are what is carried on, and
    /// then what is added up.
    pub body: Region,
    /// How many values are carried from one iteration to the next.
    pub carried: usize,
    /// How many iterations there are.
    pub count: Dim,
    /// The number of the iteration, from 0 on.
    pub index: OpaqueId,
    /// Whether the last one comes first.
    pub backward: bool,
    /// Inactive statements that an iteration begins with, in their order.
    pub first: Vec<OpaqueId>,
    /// What formulas call the carried values.
    pub names: Vec<String>,
}

/// What is done in one case, and in the other. Operands are what the sides read; a comparison is one of the first two.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Branch {
    /// Which case it is.
    pub condition: Condition,
    /// If it holds; `Param(i)` is operand `i` of the node.
    pub then: Region,
    /// If it does not.
    pub otherwise: Region,
}

/// When the first side of a [`Branch`] is taken.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Condition {
    /// If a piece of inactive code is true.
    Code(OpaqueId),
    /// If the first two operands compare so.
    Compare(Cmp),
}

/// One of the values of a loop or a branch.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Output {
    /// What a carried value is in the end; of a branch, a result of the side that is taken.
    Last(usize),
    /// A result of the body, added up over all iterations.
    Sum(usize),
}

impl Loop {
    /// The result of the body behind an output.
    #[must_use]
    pub fn result(&self, output: Output) -> NodeId {
        match output {
            Output::Last(i) => self.body.results[i],
            Output::Sum(i) => self.body.results[self.carried + i],
        }
    }
    /// How many sums there are.
    #[must_use]
    pub fn sums(&self) -> usize {
        self.body.results.len() - self.carried
    }
    /// All its values.
    pub fn outputs(&self) -> impl Iterator<Item = Output> + use<> {
        (0..self.carried).map(Output::Last).chain((0..self.sums()).map(Output::Sum))
    }
    /// Which operands change with those that are marked: carried values may depend on others of the iteration before.
    #[must_use]
    pub fn moved_by(&self, operands: &[bool]) -> Vec<bool> {
        let mut moved = operands.to_vec();
        loop {
            let results = self.body.moved_by(&moved);
            let news: Vec<usize> = (0..self.carried).filter(|i| results[*i] && !moved[*i]).collect();
            if news.is_empty() {
                return moved;
            }
            for i in news {
                moved[i] = true;
            }
        }
    }
}

impl Attr {
    /// The pieces of code that it holds, those of its regions among them.
    #[must_use]
    pub fn codes(&self) -> Vec<OpaqueId> {
        let inside = |r: &Region| -> Vec<OpaqueId> { r.graph.nodes().iter().flat_map(|n| n.op.attr.codes()).collect() };
        match self {
            Self::Opaque(id) | Self::Fail(super::Fail::Expect(id)) => vec![*id],
            Self::Block(block) => [block.row.code, block.col.code].into_iter().flatten().collect(),
            Self::Loop(l) => inside(&l.body).into_iter().chain(l.first.iter().copied()).filter(|id| *id != l.index).collect(),
            Self::Branch(b) => {
                let condition = match b.condition {
                    Condition::Code(code) => Some(code),
                    Condition::Compare(_) => None,
                };
                inside(&b.then).into_iter().chain(inside(&b.otherwise)).chain(condition).collect()
            }
            _ => Vec::new(),
        }
    }
    /// The dimensions that it holds, and those of its regions.
    #[must_use]
    pub fn all_dims(&self) -> Vec<Dim> {
        let inside = |r: &Region| -> Vec<Dim> {
            let of = |n: &super::Node| n.op.attr.all_dims().into_iter().chain([n.shape.rows, n.shape.cols]).collect::<Vec<_>>();
            r.graph.nodes().iter().flat_map(of).collect()
        };
        match self {
            Self::Loop(l) => inside(&l.body).into_iter().chain([l.count]).collect(),
            Self::Branch(b) => inside(&b.then).into_iter().chain(inside(&b.otherwise)).collect(),
            own => own.dims(),
        }
    }
}

impl Graph {
    /// A region that knows the dimensions of this graph, and whose dimensions this graph knows.
    pub fn region(&mut self, build: impl FnOnce(&mut Graph) -> Vec<NodeId>) -> Region {
        self.region_promised(super::Promises::default(), build)
    }
    /// The same, where something is promised of its parameters.
    pub fn region_promised(&mut self, promises: super::Promises, build: impl FnOnce(&mut Graph) -> Vec<NodeId>) -> Region {
        let mut inside = Graph::new(std::mem::take(&mut self.dims), promises, self.rewriter);
        inside.keeps_domain = self.keeps_domain;
        (inside.twice, inside.pass) = (self.twice, self.pass);
        let results = build(&mut inside);
        self.dims.clone_from(&inside.dims);
        Region { graph: inside, results }
    }
    /// What is promised of the parameters of a region with these operands; `fixed`: those that are the same in each iteration.
    #[must_use]
    pub fn promised(&self, operands: &[NodeId], fixed: std::ops::Range<usize>) -> super::Promises {
        let of = |list: &[usize]| {
            let is_it = |i: &usize| {
                let node = self.node(operands[*i]);
                node.op.kind == Kind::Param && matches!(node.op.attr, Attr::Param(p) if list.contains(&p))
            };
            fixed.clone().filter(|i| *i < operands.len()).filter(is_it).collect()
        };
        let own = &self.promises;
        super::Promises {
            symmetric: of(&own.symmetric),
            diagonal: of(&own.diagonal),
            lower_triangular: of(&own.lower_triangular),
            orthogonal: of(&own.orthogonal),
        }
    }
    /// A parameter of a region.
    pub fn input(&mut self, i: usize, shape: super::Shape) -> NodeId {
        self.make_shaped(Kind::Param, Attr::Param(i), &[], shape)
    }
    /// The parameters of a region, of these shapes.
    pub fn inputs(&mut self, shapes: &[super::Shape]) -> Vec<NodeId> {
        shapes.iter().enumerate().map(|(i, shape)| self.input(i, *shape)).collect()
    }
    /// A value of a loop or a branch.
    pub fn output(&mut self, of: NodeId, output: Output) -> NodeId {
        let shape = match &self.node(of).op.attr {
            Attr::Loop(l) => l.body.graph.shape(l.result(output)),
            Attr::Branch(b) => match output {
                Output::Last(i) | Output::Sum(i) => b.then.graph.shape(b.then.results[i]),
            },
            _ => super::Shape::SCALAR,
        };
        self.make_shaped(Kind::Output, Attr::Output(output), &[of], shape)
    }
}
