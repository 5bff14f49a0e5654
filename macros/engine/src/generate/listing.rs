//! A sample as code that makes it again.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::Sample;
use crate::ir::{Attr, Dim, Index, Kind};

impl Sample {
    /// The sample as Rust: what a failure prints, and what stands in the list of past failures.
    #[must_use]
    pub fn listing(&self) -> String {
        let mut out = String::from("let mut s = Sample::new();\n");
        let mut names: BTreeMap<Dim, String> = BTreeMap::new();
        for id in self.graph.reachable(&[self.root]) {
            let node = self.graph.node(id);
            let shape = self.graph.shape(id);
            let mut mentioned = vec![shape.rows, shape.cols];
            match &node.op.attr {
                Attr::Dim(dim) | Attr::Divisor(dim) => mentioned.push(*dim),
                Attr::Block(block) => mentioned.extend(block.row.dims.iter().chain(&block.col.dims)),
                _ => {}
            }
            for dim in mentioned.into_iter().map(|d| self.graph.dims.resolve(d)) {
                if matches!(dim, Dim::Sym(_)) && !names.contains_key(&dim) {
                    let name = format!("n{}", names.len());
                    let _ = writeln!(out, "let {name} = s.dim({});", self.size(dim));
                    names.insert(dim, name);
                }
            }
            let spelled = |dim: Dim| match self.graph.dims.resolve(dim) {
                Dim::Const(1) => "Dim::ONE".to_owned(),
                Dim::Const(n) => format!("Dim::Const({n})"),
                symbol @ Dim::Sym(_) => names.get(&symbol).cloned().unwrap_or_default(),
            };
            let sides = format!("({}, {})", spelled(shape.rows), spelled(shape.cols));
            let args: Vec<String> = node.args.iter().map(|a| format!("v{}", a.index())).collect();
            let name = format!("v{}", id.index());
            match (&node.op.kind, &node.op.attr) {
                (Kind::Param, Attr::Param(p)) => {
                    let _ = writeln!(out, "let {name} = s.parameter({sides}, &{:?}); // {p}", self.parameters[*p].data);
                }
                (kind, attr) => {
                    let attr = attribute(attr, &spelled);
                    let _ = writeln!(out, "let {name} = s.node(Kind::{kind:?}, {attr}, &[{}], {sides});", args.join(", "));
                }
            }
        }
        for (what, list) in [("wrt", &self.wrt), ("symmetric", &self.symmetric), ("spd", &self.spd)] {
            if !list.is_empty() {
                let _ = writeln!(out, "s.{what} = vec!{list:?};");
            }
        }
        let promises = &self.graph.promises;
        let lists = [
            ("diagonal", &promises.diagonal),
            ("lower_triangular", &promises.lower_triangular),
            ("orthogonal", &promises.orthogonal),
        ];
        for (what, list) in lists.into_iter().filter(|l| !l.1.is_empty()) {
            let _ = writeln!(out, "s.graph.promises.{what} = vec!{list:?};");
        }
        for (id, value) in &self.opaques {
            let (rows, cols) = value.shape();
            let _ = writeln!(out, "// {id:?}: {rows}×{cols} {:?}", value.data);
        }
        for (id, value) in &self.integers {
            let _ = writeln!(out, "// {id:?}: {value}");
        }
        out
    }
}

fn attribute(attr: &Attr, spelled: &impl Fn(Dim) -> String) -> String {
    let index = |i: &Index| match (&i.dims[..], &i.code) {
        ([], None) => format!("Index::at({})", i.base),
        (dims, code) => {
            let dims: Vec<String> = dims.iter().map(|d| spelled(*d)).collect();
            format!("Index {{ base: {}, dims: vec![{}], code: {code:?} }}", i.base, dims.join(", "))
        }
    };
    match attr {
        Attr::None => "Attr::None".to_owned(),
        Attr::Real(value) => format!("Attr::Real(Real({:?}))", value.0),
        Attr::Coefs(coefs) => {
            let coefs: Vec<String> = coefs.iter().map(|c| format!("Real({:?})", c.0)).collect();
            format!("Attr::Coefs(vec![{}])", coefs.join(", "))
        }
        Attr::Dim(dim) => format!("Attr::Dim({})", spelled(*dim)),
        Attr::Divisor(dim) => format!("Attr::Divisor({})", spelled(*dim)),
        Attr::Block(block) => format!("Attr::Block(Block {{ row: {}, col: {} }})", index(&block.row), index(&block.col)),
        Attr::Cmp(cmp) => format!("Attr::Cmp(Cmp::{cmp:?})"),
        Attr::Extreme(which, ties) => format!("Attr::Extreme(Extreme::{which:?}, Ties::{ties:?})"),
        Attr::Part(part) => format!("Attr::Part(Part::{part:?})"),
        Attr::Fail(fail) => format!("Attr::Fail(Fail::{fail:?})"),
        other => format!("Attr::{other:?}"),
    }
}
