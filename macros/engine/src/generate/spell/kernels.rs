//! Elementwise operations on matrices, as closures: `map`, `zip_map`, `zip_zip_map`.

use super::Speller;
use super::code::{Code, Level};
use crate::ir::{Attr, Cmp, Kind, NodeId};
use crate::ops::algebra::is_elementwise;

/// The arguments of a closure, by their nodes.
#[derive(Default)]
struct Entries(Vec<(NodeId, Code)>);

/// The names of a closure's arguments.
const NAMES: [&str; 3] = ["x", "y", "z"];
/// Operations nest this deep in a closure.
const DEPTH: usize = 4;

impl Speller<'_> {
    /// An elementwise operation as a closure over the entries of at most three matrices.
    pub(super) fn kernel(&mut self, id: NodeId) -> Option<Code> {
        let mut nested = None;
        for depth in [DEPTH, 1] {
            let mut entries = Entries::default();
            if let Some(body) = self.entry(id, &mut entries, depth, true)
                && !entries.0.is_empty()
            {
                nested = Some((body, entries.0));
                break;
            }
        }
        let (body, entries) = nested?;
        let matrices: Vec<&Code> = entries.iter().map(|e| &e.1).collect();
        let ty = matrices[0].ty;
        if matrices.iter().any(|m| m.ty != ty) {
            return None; // nalgebra zips matrices of one type
        }
        let name = ["map", "zip_map", "zip_zip_map"][matrices.len() - 1];
        let closure = self.closure(&NAMES[..matrices.len()], &body);
        let mut arguments: Vec<String> = matrices[1..].iter().map(|m| m.argument()).collect();
        arguments.push(closure);
        Some(Code::atom(format!("{}.{name}({})", matrices[0].receiver(), arguments.join(", ")), ty))
    }

    fn closure(&mut self, names: &[&str], body: &Code) -> String {
        if let [x] = names {
            for path in ["f64::", "matgrad::"] {
                let function = body.text.strip_prefix(path).and_then(|t| t.strip_suffix(&format!("({x})")));
                if let Some(function) = function.filter(|f| f.chars().all(|c| c.is_alphanumeric() || c == '_')) {
                    return format!("{path}{function}");
                }
            }
        }
        let typed: Vec<String> = names.iter().map(|n| format!("{n}: f64")).collect();
        if let Some(name) = self.capturing(&typed.join(", "), body) {
            return name;
        }
        match self.random.below(8) {
            0 => format!("|{}| {{ {} }}", names.join(", "), body.text),
            1 => format!("|{}| {}", typed.join(", "), body.text),
            2 => format!("|{}| {{ let t = {}; t }}", names.join(", "), body.text),
            3 => {
                let name = self.fresh("f");
                self.line(format!("let {name} = |{}| {};", typed.join(", "), body.text));
                name
            }
            _ => format!("|{}| {}", names.join(", "), body.text),
        }
    }

    /// The entry of a node, in terms of those of other matrices.
    fn entry(&mut self, id: NodeId, entries: &mut Entries, depth: usize, outermost: bool) -> Option<Code> {
        if let Some(i) = entries.0.iter().position(|e| e.0 == id) {
            return Some(Code::number(NAMES[i], Level::Atom));
        }
        let g = &self.sample.graph;
        let node = g.node(id).clone();
        if node.op.kind == Kind::Fill {
            return self.captured(node.args[0]);
        }
        let opens = outermost || (self.uses(id) == 1 && !self.is_named(id) && depth > 0 && !self.random.once_in(4));
        if opens && is_elementwise(node.op.kind) {
            if let Some((a, low, high)) = self.clamped(id) {
                let args = [a, low, high].map(|a| self.entry(a, entries, depth - 1, false));
                let [Some(a), Some(low), Some(high)] = args else { return None };
                return Some(Code::number(format!("{}.clamp({}, {})", a.receiver(), low.text, high.text), Level::Atom));
            }
            let mut args = Vec::new();
            for (i, a) in node.args.iter().enumerate() {
                // the scalar of `s A` is the same for every entry
                let of_all = node.op.kind == Kind::Scale && i == 0;
                args.push(if of_all { self.captured(*a)? } else { self.entry(*a, entries, depth.saturating_sub(1), false)? });
            }
            return self.of_numbers(node.op.kind, &node.op.attr, &args, true);
        }
        if entries.0.len() == NAMES.len() {
            return None;
        }
        let matrix = self.matrix(id)?;
        entries.0.push((id, matrix));
        Some(Code::number(NAMES[entries.0.len() - 1], Level::Atom))
    }

    /// A scalar that a closure captures.
    fn captured(&mut self, id: NodeId) -> Option<Code> {
        let code = self.number(id)?;
        // the names of a closure's arguments hide no variable: those are not of one letter from the end of the alphabet
        if code.text.len() > 20 { Some(self.bound(&code)) } else { Some(code) }
    }

    /// `clamp(a, low, high)`, as it is read.
    pub(super) fn clamped(&self, id: NodeId) -> Option<(NodeId, NodeId, NodeId)> {
        let g = &self.sample.graph;
        let of = |id: NodeId, cmp: Cmp| (g.kind(id) == Kind::Select && g.node(id).op.attr == Attr::Cmp(cmp)).then(|| g.args(id));
        let [raised, high, above, within] = *of(id, Cmp::Gt)? else { return None };
        let [a, low, below, kept] = *of(raised, Cmp::Lt)? else { return None };
        let is = raised == within && high == above && low == below && a == kept && self.uses(raised) == 2;
        is.then_some((a, low, high))
    }
}
