//! Loops that stay loops, and branches: the nodes that are made while a body is read, as a region of their own.
//!
//! A body is read like any other code, in the one graph, with a leaf of its own (a *hole*) for each variable that it changes. What depends on the
//! holes, or on the number of the iteration, is the region; everything else stands outside, and is computed once. A variable that a
//! loop only adds to is a sum; any other is carried from one iteration to the next. ([`branches`] does likewise for the sides of an `if`, [`cut`]
//! makes the region.)

mod branches;
mod cut;
mod found;
mod sides;
pub(crate) use found::missing;

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use proc_macro2::Span;

use super::lanes::{Batched, Lane, Lanes};
use super::value::Lasts;
use super::{Lowerer, Refusal, Value};
use crate::ir::{Attr, Block, Dim, Index, Kind, Loop, NodeId, Output, Shape};

/// Holes have the numbers of parameters from here on.
const HOLES: usize = 1 << 24;

/// A variable that a body changes.
pub(super) struct Hole {
    name: String,
    /// What it is before.
    before: Value,
    /// Its numbers and matrices, and the leaves that stand for them in the body.
    parts: Vec<(NodeId, NodeId)>,
}

impl Hole {
    /// A variable of one matrix: what it is before, and the leaf that stands for it.
    pub(super) fn of(name: String, before: Value, part: (NodeId, NodeId)) -> Self {
        Self { name, before, parts: vec![part] }
    }
}

/// The numbers and matrices of a value.
fn parts(value: &Value, all: &mut Vec<NodeId>) -> bool {
    match value {
        Value::Scalar(id) | Value::Matrix(id) | Value::List(id, _) => {
            all.push(*id);
            true
        }
        Value::Tuple(values) => values.iter().all(|v| parts(v, all)),
        // what is inactive in a struct stays
        Value::Struct(_, values) => values.iter().all(|v| parts(v, all) || matches!(v, Value::Int(_) | Value::Code)),
        _ => false,
    }
}

/// A value with others in place of its numbers and matrices.
fn with_parts(value: &Value, all: &mut impl Iterator<Item = NodeId>) -> Value {
    match value {
        Value::Scalar(id) => Value::Scalar(all.next().unwrap_or(*id)),
        Value::Matrix(id) => Value::Matrix(all.next().unwrap_or(*id)),
        Value::List(id, element) => Value::List(all.next().unwrap_or(*id), *element),
        Value::Tuple(values) | Value::Struct(_, values) => {
            value.with_members(values.iter().map(|v| with_parts(v, all)).collect())
        }
        other => other.clone(),
    }
}

impl Lowerer<'_> {
    /// Leaves in place of the active ones of these variables, as far as they are bound outside of the loop.
    pub(super) fn open_holes(&mut self, changed: &HashSet<String>, span: Span) -> Result<Vec<Hole>, Refusal> {
        let mut names: Vec<&String> = changed.iter().collect();
        names.sort();
        let mut holes = Vec::new();
        for name in names {
            let Some(binding) = self.lookup(name).filter(|b| b.active && b.lasts == Lasts::Assigned) else { continue };
            if matches!(binding.value, Value::Place(_)) {
                continue;
            }
            let (before, mut all) = (binding.value.clone(), Vec::new());
            // a loop around this one, that is read for all of its iterations at once, knows nothing of it
            if !parts(&before, &mut all) || self.is_carried_outside(name) {
                return Err(self.fence().carried(name, span));
            }
            let mut opened = Vec::new();
            for part in all {
                let leaf = self.hole(part);
                opened.push((part, leaf));
            }
            let value = with_parts(&before, &mut opened.iter().map(|p| p.1));
            self.set(name, value);
            holes.push(Hole { name: name.clone(), before, parts: opened });
        }
        Ok(holes)
    }

    /// A leaf for a value that a loop changes.
    pub(super) fn hole(&mut self, before: NodeId) -> NodeId {
        self.holes += 1;
        let shape = self.shape(before);
        self.graph.make_shaped(Kind::Param, Attr::Param(HOLES + self.holes), &[], shape)
    }

    /// `Σₖ Fₖ`, one after the other.
    pub(super) fn sum_in_turn(&mut self, lane: &mut Lane, addend: NodeId, span: Span) -> Result<NodeId, Refusal> {
        let shape = self.shape(addend);
        let zero = self.graph.filled(0.0, shape);
        let leaf = self.hole(zero);
        let next = self.graph.add(leaf, addend);
        self.folded_in_turn(lane, (zero, leaf), next, false, span)
    }

    /// What a value becomes in the end; `state`: what it is at first, and the leaf that stands for it.
    pub(super) fn folded_in_turn(
        &mut self,
        lane: &mut Lane,
        state: (NodeId, NodeId),
        next: NodeId,
        backward: bool,
        span: Span,
    ) -> Result<NodeId, Refusal> {
        let (old, new) = (self.shape(state.1), self.shape(next));
        self.unify_at(span, new.rows, old.rows, "what a loop carries keeps its shape")?;
        self.unify_at(span, new.cols, old.cols, "what a loop carries keeps its shape")?;
        let hole = Hole { name: "s".to_owned(), before: Value::Matrix(state.0), parts: vec![state] };
        let made = self.repeated(lane, &[hole], &[state], &[next], backward, span)?;
        Ok(made[0])
    }

    /// Numbers, rows or columns, one after the other, as the rows of a matrix.
    pub(super) fn collected_in_turn(&mut self, lane: &mut Lane, value: NodeId, span: Span) -> Result<Lanes, Refusal> {
        let shape = self.shape(value);
        if !shape.is_thin() {
            return Err(self.fence().no_matrix_form(span));
        }
        let row = if shape.rows == Dim::ONE { value } else { self.graph.transpose(value) };
        let across = self.shape(row).cols;
        let block = Block { row: Index { code: Some(lane.index), ..Index::default() }, col: Index::default() };
        let placed = self.graph.make_shaped(Kind::Place, Attr::Block(block), &[row], Shape::new(lane.len, across));
        let all = self.sum_in_turn(lane, placed, span)?;
        Ok(if shape.is_scalar() {
            Lanes::Scalar(all)
        } else if shape.rows == Dim::ONE {
            Lanes::Row(all)
        } else {
            Lanes::Column(all)
        })
    }

    /// The loop that a body was, from what it made of the holes.
    pub(super) fn leave_region(
        &mut self,
        lane: &mut Lane,
        mut holes: Vec<Hole>,
        backward: bool,
        span: Span,
    ) -> Result<(), Refusal> {
        let (pushed, lists): (Vec<_>, Vec<_>) = self.pushes_as_holes(lane)?.into_iter().unzip();
        let names: Vec<String> = lists.iter().map(|hole: &Hole| hole.name.clone()).collect();
        holes.extend(lists);
        self.close_holes(lane, &holes, backward, span)?;
        self.pushed_all(&pushed, &names)
    }

    fn close_holes(&mut self, lane: &mut Lane, holes: &[Hole], backward: bool, span: Span) -> Result<(), Refusal> {
        let mut next = Vec::new();
        for hole in holes {
            let mut after = Vec::new();
            let value = self.lookup(&hole.name).map_or(Value::Unit, |b| b.value.clone());
            if !parts(&value, &mut after) || after.len() != hole.parts.len() {
                return Err(self.fence().assigned(span, &hole.name));
            }
            for ((_, leaf), after) in hole.parts.iter().zip(&after) {
                let (old, new) = (self.shape(*leaf), self.shape(*after));
                self.unify_at(span, new.rows, old.rows, "a variable that a loop carries keeps its shape")?;
                self.unify_at(span, new.cols, old.cols, "a variable that a loop carries keeps its shape")?;
            }
            next.extend(after);
        }
        let all: Vec<(NodeId, NodeId)> = holes.iter().flat_map(|h| h.parts.iter().copied()).collect();
        let made = self.repeated(lane, holes, &all, &next, backward, span)?;
        let mut made = made.into_iter();
        for hole in holes {
            let value = with_parts(&hole.before, &mut made);
            self.set(&hole.name, value);
        }
        Ok(())
    }

    /// What variables are after a loop: `all`: what they are before, and their leaves; `next`: what an iteration makes of these.
    fn repeated(
        &mut self,
        lane: &mut Lane,
        holes: &[Hole],
        all: &[(NodeId, NodeId)],
        next: &[NodeId],
        backward: bool,
        span: Span,
    ) -> Result<Vec<NodeId>, Refusal> {
        let mut fates: Vec<Fate> = Vec::new();
        for (i, (_, leaf)) in all.iter().enumerate() {
            let alone = || next.iter().enumerate().all(|(j, n)| j == i || !self.graph.reachable(&[*n]).contains(leaf));
            let fate = if next[i] == *leaf {
                Fate::Stays
            } else {
                match self.addends(next[i], *leaf).filter(|_| alone()) {
                    Some(terms) => Fate::Sum(terms),
                    None => Fate::Carried,
                }
            };
            fates.push(fate);
        }
        let mut fates = self.collected_entries(lane, all, next, fates);
        let raised = self.raised_terms(lane, all, &mut fates);
        let sums: Vec<NodeId> = fates
            .iter()
            .filter_map(|f| match f {
                Fate::Sum(terms) => Some(terms.clone()),
                _ => None,
            })
            .map(|terms| self.graph.lin(&terms))
            .collect();
        let is_carried = |i: &usize| matches!(fates[*i], Fate::Carried);
        let carried: Vec<usize> = (0..all.len()).filter(is_carried).collect();
        let results: Vec<NodeId> = carried.iter().map(|i| next[*i]).chain(sums).collect();
        let inits: Vec<(NodeId, NodeId)> = carried.iter().map(|i| all[*i]).collect();
        let still: HashMap<NodeId, NodeId> = (0..all.len()).filter(|i| !is_carried(i)).map(|i| (all[i].1, all[i].0)).collect();
        let mut names = Vec::new();
        for hole in holes {
            let plain = hole.name.trim_start_matches("r#").to_owned();
            names.extend(std::iter::repeat_n(plain, hole.parts.len()));
        }
        let names = carried.iter().map(|i| names[*i].clone()).collect();
        let plus = |cx: &mut Self, value: NodeId, i: usize| match &raised[i][..] {
            [] => value,
            terms => cx.graph.lin(&[&[(1.0, value)], terms].concat()),
        };
        if results.is_empty() {
            return Ok((0..all.len()).map(|i| plus(self, all[i].0, i)).collect());
        }
        let (body, args, first) = self.cut_loop(lane, &results, &inits, &still, span)?;
        let made = Loop { body, carried: carried.len(), count: lane.len, index: lane.index, backward, first, names };
        let made = self.graph.make_shaped(Kind::Loop, Attr::Loop(Rc::new(made)), &args, Shape::SCALAR);
        self.spans.insert(made, span);
        let (mut last, mut sum) = (0, 0);
        let mut values = Vec::new();
        for (i, (fate, (before, _))) in fates.iter().zip(all).enumerate() {
            let value = match fate {
                Fate::Stays => *before,
                Fate::Carried => {
                    last += 1;
                    self.graph.output(made, Output::Last(last - 1))
                }
                Fate::Sum(_) => {
                    sum += 1;
                    let total = self.graph.output(made, Output::Sum(sum - 1));
                    self.graph.add(*before, total)
                }
            };
            values.push(plus(self, value, i));
        }
        Ok(values)
    }

    /// Of what is added up, the terms that have a form without a loop, added up; others stay. A loop that has to run anyhow keeps all.
    fn raised_terms(&mut self, lane: &mut Lane, all: &[(NodeId, NodeId)], fates: &mut [Fate]) -> Vec<Vec<(f64, NodeId)>> {
        let mut raised = vec![Vec::new(); fates.len()];
        if fates.iter().any(|fate| matches!(fate, Fate::Carried)) {
            return raised;
        }
        let mut seen = Batched::new(self, lane);
        for (fate, raised) in fates.iter_mut().zip(&mut raised) {
            let Fate::Sum(terms) = fate else { continue };
            let mut given = std::mem::take(terms);
            given.reverse();
            while let Some((c, term)) = given.pop() {
                if self.graph.kind(term) == Kind::Lin {
                    given.extend(self.graph.terms(term).into_iter().rev().map(|(d, inner)| (c * d, inner)));
                    continue;
                }
                let reads_them = self.graph.reachable(&[term]).into_iter().any(|id| all.iter().any(|(_, leaf)| *leaf == id));
                let total = if reads_them { None } else { self.sum_over(lane, &mut seen, term) };
                match total {
                    Some(total) => raised.push((c, total)),
                    None => terms.push((c, term)),
                }
            }
            if terms.is_empty() {
                *fate = Fate::Stays;
            }
        }
        raised
    }

    /// The terms that `node` adds to `leaf`, if it is no more than a sum with it.
    fn addends(&self, node: NodeId, leaf: NodeId) -> Option<Vec<(f64, NodeId)>> {
        if node == leaf {
            return Some(Vec::new());
        }
        if self.graph.kind(node) != Kind::Lin {
            return None;
        }
        let depends = |id: NodeId| self.graph.reachable(&[id]).contains(&leaf);
        let (own, mut rest): (Vec<_>, Vec<_>) = self.graph.terms(node).into_iter().partition(|t| depends(t.1));
        match own[..] {
            [(1.0, inner)] => {
                let mut terms = self.addends(inner, leaf)?;
                terms.append(&mut rest);
                Some(terms)
            }
            _ => None,
        }
    }

    /// A matrix of zeros, each entry of which is assigned to in one iteration alone, is a sum of blocks.
    fn collected_entries(&mut self, lane: &Lane, all: &[(NodeId, NodeId)], next: &[NodeId], mut fates: Vec<Fate>) -> Vec<Fate> {
        let names = self.lane_names(lane);
        for (i, (before, leaf)) in all.iter().copied().enumerate() {
            let node = self.graph.node(next[i]).clone();
            let (Kind::Update, Attr::Block(at), [whole, value]) = (node.op.kind, &node.op.attr, &node.args[..]) else { continue };
            let part = self.shape(*value);
            // the block moves on, and is no longer than a step: no two overlap
            let apart = [(&at.row, part.rows), (&at.col, part.cols)]
                .iter()
                .any(|(index, length)| *length == Dim::ONE && matches!(self.lane_position(lane, &names, index), Ok(Some(_))));
            let mut others = (0..next.len()).filter(|j| *j != i).map(|j| next[j]).chain([*value]);
            let free = others.all(|o| !self.graph.reachable(&[o]).contains(&leaf));
            if *whole == leaf && apart && free && self.graph.constant_value(before) == Some(0.0) {
                let placed = self.graph.make_shaped(Kind::Place, Attr::Block(at.clone()), &[*value], node.shape);
                fates[i] = Fate::Sum(vec![(1.0, placed)]);
            }
        }
        fates
    }
}

/// What becomes of a variable.
#[derive(Clone)]
enum Fate {
    /// Nothing.
    Stays,
    /// It is added to.
    Sum(Vec<(f64, NodeId)>),
    /// The next value is made of the one before.
    Carried,
}
