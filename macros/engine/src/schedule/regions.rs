//! Loops that run over the same become one, and branches on the same condition; what nobody wants of them goes.

use std::collections::HashMap;
use std::rc::Rc;

use crate::ir::{Attr, Branch, Condition, Dim, Graph, Kind, Loop, NodeId, OpaqueId, Output, Region, Shape};

/// The graph with merged loops and branches, and where the nodes went; what depends on parameter `later` is apart from what does not.
pub(super) fn merge(g: &Graph, roots: &[NodeId], later: Option<usize>) -> (Graph, HashMap<NodeId, NodeId>) {
    let order = g.reachable(roots);
    let mut wanted: HashMap<NodeId, Vec<Output>> = HashMap::new();
    for id in &order {
        if let Attr::Output(output) = g.node(*id).op.attr {
            wanted.entry(g.args(*id)[0]).or_default().push(output);
        }
    }
    let to = Graph::new(g.dims.clone(), g.promises.clone(), None);
    let mut merger = Merger { from: g, to, place: HashMap::new(), wanted, outputs: HashMap::new() };
    let later = g.dependents(|n| matches!(n.op.attr, Attr::Param(p) if Some(p) == later && n.op.kind == Kind::Param));
    let (groups, of) = groups(g, &order, &later);
    // what reads a group waits until all that the group reads is there
    let mut waiting = order;
    while !waiting.is_empty() {
        let mut later = Vec::new();
        let before = waiting.len();
        for id in std::mem::take(&mut waiting) {
            let alone = [id];
            let members = of.get(&id).map_or(&alone[..], |group| &groups[*group]);
            let ready = members.iter().all(|m| g.args(*m).iter().all(|a| merger.is_placed(*a)));
            if merger.is_placed(id) {
                continue;
            }
            if ready { merger.place(members, id) } else { later.push(id) }
        }
        debug_assert!(later.len() < before, "schedule::regions: groups wait for each other");
        if later.len() == before {
            break;
        }
        waiting = later;
    }
    (merger.to, merger.place)
}

/// What has to be the same for loops or branches to be merged.
#[derive(PartialEq, Eq, Hash)]
enum Key {
    Loop(Dim, OpaqueId, Option<bool>, Vec<OpaqueId>),
    Branch(Condition, Vec<NodeId>),
}

/// Loops and branches that can be merged, none of which depends on another of its group.
fn groups(g: &Graph, order: &[NodeId], later: &[bool]) -> (Vec<Vec<NodeId>>, HashMap<NodeId, usize>) {
    // how many of them stand one behind the other, up to a node
    let mut level: HashMap<NodeId, usize> = HashMap::new();
    let mut keys: HashMap<(usize, bool, Key), usize> = HashMap::new();
    let (mut groups, mut of): (Vec<Vec<NodeId>>, HashMap<NodeId, usize>) = (Vec::new(), HashMap::new());
    for id in order {
        let below = g.args(*id).iter().map(|a| level[a]).max().unwrap_or(0);
        let key = match &g.node(*id).op.attr {
            Attr::Loop(l) => {
                let direction = (l.carried > 0).then_some(l.backward);
                Some(Key::Loop(g.dims.resolve(l.count), l.index, direction.filter(|d| *d), l.first.clone()))
            }
            Attr::Branch(b) => {
                let compared = if matches!(b.condition, Condition::Compare(_)) { 2 } else { 0 };
                Some(Key::Branch(b.condition.clone(), g.args(*id)[..compared].to_vec()))
            }
            _ => None,
        };
        level.insert(*id, below + usize::from(key.is_some()));
        if let Some(key) = key {
            let group = *keys.entry((below, later[id.index()], key)).or_insert_with(|| {
                groups.push(Vec::new());
                groups.len() - 1
            });
            groups[group].push(*id);
            of.insert(*id, group);
        }
    }
    (groups, of)
}

struct Merger<'g> {
    from: &'g Graph,
    to: Graph,
    place: HashMap<NodeId, NodeId>,
    /// The outputs of loops and branches that somebody reads.
    wanted: HashMap<NodeId, Vec<Output>>,
    /// Which output of the merged one an output is.
    outputs: HashMap<(NodeId, Output), Output>,
}

impl Merger<'_> {
    fn is_placed(&self, id: NodeId) -> bool {
        self.place.contains_key(&id)
    }

    fn place(&mut self, members: &[NodeId], id: NodeId) {
        let g = self.from;
        match &g.node(id).op.attr {
            Attr::Loop(_) => self.loops(members),
            Attr::Branch(_) => self.branches(members),
            Attr::Output(output) => {
                let of = g.args(id)[0];
                let output = self.outputs[&(of, *output)];
                let new = self.to.intern(
                    crate::ir::Op { kind: Kind::Output, attr: Attr::Output(output) },
                    &[self.place[&of]],
                    g.shape(id),
                );
                self.place.insert(id, new);
            }
            _ => {
                let args: Vec<NodeId> = g.args(id).iter().map(|a| self.place[a]).collect();
                let new = self.to.intern(g.node(id).op.clone(), &args, g.shape(id));
                self.place.insert(id, new);
            }
        }
    }

    fn loops(&mut self, members: &[NodeId]) {
        let g = self.from;
        let loops: Vec<(NodeId, Rc<Loop>)> = members
            .iter()
            .filter_map(|id| match &g.node(*id).op.attr {
                Attr::Loop(l) => Some((*id, Rc::clone(l))),
                _ => None,
            })
            .collect();
        let mut draft = Draft::default();
        for (id, l) in &loops {
            let args: Vec<NodeId> = g.args(*id).iter().map(|a| self.place[a]).collect();
            let wanted = self.wanted.get(id).cloned().unwrap_or_default();
            for (output, new) in draft.add(&mut self.to, l, &args, &wanted) {
                self.outputs.insert((*id, output), new);
            }
        }
        let Some((_, like)) = loops.first() else { return };
        let backward = loops.iter().any(|(_, l)| l.backward && l.carried > 0);
        let made = draft.finish(&mut self.to, like, backward);
        self.place.extend(members.iter().map(|m| (*m, made)));
    }

    fn branches(&mut self, members: &[NodeId]) {
        let g = self.from;
        let mut operands: Vec<NodeId> = Vec::new();
        let mut sides = [(Graph::default(), Vec::new()), (Graph::default(), Vec::new())];
        let mut condition = None;
        for side in &mut sides {
            side.0.dims.clone_from(&self.to.dims);
        }
        for id in members {
            let Attr::Branch(b) = g.node(*id).op.attr.clone() else { continue };
            condition.get_or_insert(b.condition.clone());
            let args: Vec<NodeId> = g.args(*id).iter().map(|a| self.place[a]).collect();
            let compared = if matches!(b.condition, Condition::Compare(_)) { 2 } else { 0 };
            if operands.is_empty() {
                operands.extend(&args[..compared]);
            }
            let wanted = self.wanted.get(id).cloned().unwrap_or_default();
            let wanted: Vec<usize> = (0..b.then.results.len()).filter(|i| wanted.contains(&Output::Last(*i))).collect();
            let first = sides[0].1.len();
            for ((graph, results), region) in sides.iter_mut().zip([&b.then, &b.otherwise]) {
                let nodes: Vec<NodeId> = wanted.iter().map(|i| region.results[*i]).collect();
                let mut params = vec![NodeId::default(); args.len()];
                for i in region.read_by(&nodes) {
                    params[i] = graph.input(operand(&mut operands, args[i]), self.to.shape(args[i]));
                }
                let place = region.copy_of(graph, &params, &nodes);
                results.extend(nodes.iter().map(|n| place[n]));
            }
            for (at, i) in wanted.iter().enumerate() {
                self.outputs.insert((*id, Output::Last(*i)), Output::Last(first + at));
            }
        }
        let [(then, then_results), (otherwise, otherwise_results)] = sides;
        let Some(condition) = condition else { return };
        let made = Branch {
            condition,
            then: Region { graph: then, results: then_results },
            otherwise: Region { graph: otherwise, results: otherwise_results },
        };
        let made =
            self.to.intern(crate::ir::Op { kind: Kind::Branch, attr: Attr::Branch(Rc::new(made)) }, &operands, Shape::SCALAR);
        self.place.extend(members.iter().map(|m| (*m, made)));
    }
}

/// The number of an operand, that is added if it is none yet.
fn operand(operands: &mut Vec<NodeId>, a: NodeId) -> usize {
    operands.iter().position(|o| *o == a).unwrap_or_else(|| {
        operands.push(a);
        operands.len() - 1
    })
}

/// A loop that grows. Its carried values have the parameters of its body from `CARRIED` on, until all are known.
#[derive(Default)]
struct Draft {
    body: Graph,
    operands: Vec<NodeId>,
    carried: Vec<Carried>,
    sums: Vec<NodeId>,
}

struct Carried {
    first: NodeId,
    param: NodeId,
    next: NodeId,
    name: String,
}

/// Parameters of carried values, in a body that is being made, have numbers from here on.
const CARRIED: usize = 1 << 20;

impl Draft {
    /// The part of a loop that is wanted: which outputs of this loop its outputs are.
    fn add(&mut self, g: &mut Graph, l: &Loop, args: &[NodeId], wanted: &[Output]) -> Vec<(Output, Output)> {
        if self.body.nodes().is_empty() {
            self.body.dims.clone_from(&g.dims);
        }
        let live = live(l, wanted);
        // carried values that begin alike may be the same ones: tried, and given up where they go on in other ways
        let mut same: HashMap<usize, usize> = HashMap::new();
        for i in &live {
            let free = |j: &usize| !same.values().any(|s| s == j);
            if let Some(j) = (0..self.carried.len()).filter(free).find(|j| self.carried[*j].first == args[*i]) {
                same.insert(*i, j);
            }
        }
        loop {
            let kept = self.body.clone();
            let (operands, known) = (self.operands.clone(), self.carried.len());
            let place = self.copy(g, l, args, wanted, &live, &same);
            let differ = |(i, j): (&usize, &usize)| place[&l.body.results[*i]] != self.carried[*j].next;
            let other: Vec<usize> = same.iter().filter(|(i, j)| differ((i, j))).map(|(i, _)| *i).collect();
            if other.is_empty() {
                return self.outputs(l, args, wanted, &live, &same, &place);
            }
            for i in other {
                same.remove(&i);
            }
            (self.body, self.operands) = (kept, operands);
            self.carried.truncate(known);
        }
    }

    fn copy(
        &mut self,
        g: &mut Graph,
        l: &Loop,
        args: &[NodeId],
        wanted: &[Output],
        live: &[usize],
        same: &HashMap<usize, usize>,
    ) -> HashMap<NodeId, NodeId> {
        let nodes: Vec<NodeId> = live.iter().map(|i| l.body.results[*i]).chain(wanted.iter().map(|o| l.result(*o))).collect();
        let mut params = vec![NodeId::default(); args.len()];
        let mut new = self.carried.len();
        for i in live {
            params[*i] = match same.get(i) {
                Some(j) => self.carried[*j].param,
                None => {
                    new += 1;
                    self.body.input(CARRIED + new - 1, g.shape(args[*i]))
                }
            };
        }
        for i in l.body.read_by(&nodes).into_iter().filter(|i| *i >= l.carried) {
            params[i] = self.body.input(operand(&mut self.operands, args[i]), g.shape(args[i]));
        }
        l.body.copy_of(&mut self.body, &params, &nodes)
    }

    fn outputs(
        &mut self,
        l: &Loop,
        args: &[NodeId],
        wanted: &[Output],
        live: &[usize],
        same: &HashMap<usize, usize>,
        place: &HashMap<NodeId, NodeId>,
    ) -> Vec<(Output, Output)> {
        let mut at: HashMap<usize, usize> = same.clone();
        for i in live {
            if !same.contains_key(i) {
                at.insert(*i, self.carried.len());
                let number = CARRIED + self.carried.len();
                let shape = self.body.shape(place[&l.body.results[*i]]);
                let attr = Attr::Param(number);
                let param = self.body.nodes().iter().position(|n| n.op.attr == attr).and_then(|at| self.body.id_at(at));
                let param = param.unwrap_or_else(|| self.body.input(number, shape));
                let next = place[&l.body.results[*i]];
                self.carried.push(Carried { first: args[*i], param, next, name: l.names[*i].clone() });
            }
        }
        let sum = |sums: &mut Vec<NodeId>, node: NodeId| {
            sums.iter().position(|s| *s == node).unwrap_or_else(|| {
                sums.push(node);
                sums.len() - 1
            })
        };
        wanted
            .iter()
            .map(|output| match output {
                Output::Last(i) => (*output, Output::Last(at[i])),
                Output::Sum(_) => (*output, Output::Sum(sum(&mut self.sums, place[&l.result(*output)]))),
            })
            .collect()
    }

    /// The loop: carried values first.
    fn finish(self, g: &mut Graph, like: &Loop, backward: bool) -> NodeId {
        let Self { body, operands, carried, sums } = self;
        let args: Vec<NodeId> = carried.iter().map(|c| c.first).chain(operands.iter().copied()).collect();
        let draft = Region { graph: body, results: carried.iter().map(|c| c.next).chain(sums).collect() };
        let mut graph = Graph::new(g.dims.clone(), crate::ir::Promises::default(), None);
        let shapes: Vec<Shape> = args.iter().map(|a| g.shape(*a)).collect();
        let mut place: HashMap<NodeId, NodeId> = HashMap::new();
        for id in draft.graph.reachable(&draft.results) {
            let node = draft.graph.node(id);
            let new = match node.op.attr {
                Attr::Param(i) if node.op.kind == Kind::Param => {
                    let i = if i >= CARRIED { i - CARRIED } else { carried.len() + i };
                    graph.input(i, shapes[i])
                }
                _ => {
                    let args: Vec<NodeId> = node.args.iter().map(|a| place[a]).collect();
                    graph.intern(node.op.clone(), &args, draft.graph.shape(id))
                }
            };
            place.insert(id, new);
        }
        let results = draft.results.iter().map(|r| place[r]).collect();
        let names = carried.iter().map(|c| c.name.clone()).collect();
        let made = Loop {
            body: Region { graph, results },
            carried: carried.len(),
            backward: backward && !carried.is_empty(),
            names,
            ..like.clone()
        };
        g.intern(crate::ir::Op { kind: Kind::Loop, attr: Attr::Loop(Rc::new(made)) }, &args, Shape::SCALAR)
    }
}

/// The carried values that outputs need.
fn live(l: &Loop, wanted: &[Output]) -> Vec<usize> {
    let mut live: Vec<usize> = wanted.iter().filter_map(|o| if let Output::Last(i) = o { Some(*i) } else { None }).collect();
    loop {
        let nodes: Vec<NodeId> = live.iter().map(|i| l.body.results[*i]).chain(wanted.iter().map(|o| l.result(*o))).collect();
        let read = l.body.read_by(&nodes);
        let news: Vec<usize> = (0..l.carried).filter(|i| read.contains(i) && !live.contains(i)).collect();
        if news.is_empty() {
            live.sort_unstable();
            return live;
        }
        live.extend(news);
    }
}
