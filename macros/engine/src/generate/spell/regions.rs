//! Loops and branches, statement by statement: `for` with variables that change, `if` with a value.

use std::collections::HashMap;
use std::rc::Rc;

use super::code::{Code, Hold, Level, Side, Type};
use super::{Speller, Style};
use crate::ir::{Attr, Branch, Condition, Dim, Graph, Kind, Loop, NodeId, OpaqueId, Output, Region, Shape};

/// Names of values within a region.
type Names = HashMap<NodeId, String>;

impl Speller<'_> {
    /// A value of a loop or a branch: a variable.
    pub(super) fn output(&mut self, id: NodeId) -> Option<Code> {
        let Attr::Output(output) = self.sample.graph.node(id).op.attr else { return None };
        let of = self.sample.graph.args(id)[0];
        if self.around.is_some() {
            return None; // what stands around statements may end with them
        }
        if !self.outputs.contains_key(&of) {
            let names = self.region_of(of)?;
            self.outputs.insert(of, names);
        }
        let at = match (&self.sample.graph.node(of).op.attr, output) {
            (Attr::Loop(l), Output::Sum(i)) => l.carried + i,
            (_, Output::Sum(i) | Output::Last(i)) => i,
        };
        let (text, shape) = (self.outputs.get(&of)?.get(at)?.clone(), self.sample.graph.shape(id));
        let ty = if self.sample.graph.is_scalar(id) { Type::Number } else { self.plain_type(shape) };
        Some(Code { text, level: Level::Atom, hold: Hold::Variable, ty })
    }

    /// The statements of a loop or a branch, and the names of its values.
    fn region_of(&mut self, of: NodeId) -> Option<Vec<String>> {
        let mut operands = Vec::new();
        for a in self.sample.graph.args(of).to_vec() {
            operands.push(self.operand_of(a)?);
        }
        let (mut lines, attr) = (Vec::new(), self.sample.graph.node(of).op.attr.clone());
        let regions: Vec<&Region> = match &attr {
            Attr::Loop(l) => vec![&l.body],
            Attr::Branch(b) => vec![&b.then, &b.otherwise],
            _ => Vec::new(),
        };
        // a size of one that only the values tell is none inside
        let g = &self.sample.graph;
        let alike =
            |(i, a): (usize, &NodeId)| regions.iter().all(|r| r.param(i).is_none_or(|p| r.graph.is_scalar(p) == g.is_scalar(*a)));
        if !g.args(of).iter().enumerate().all(alike) {
            return None;
        }
        let names = match attr {
            Attr::Loop(l) => self.loop_lines(&l, &operands, &mut lines)?,
            Attr::Branch(b) => self.branch_lines(&b, &operands, &mut lines)?,
            _ => return None,
        };
        self.lines.extend(lines);
        Some(names)
    }

    /// A variable for an operand: of the plain type of its shape, as what is carried keeps its type.
    fn operand_of(&mut self, a: NodeId) -> Option<String> {
        let name = self.fresh("o");
        if self.sample.graph.is_scalar(a) {
            let code = self.number(a)?;
            self.lines.push(format!("let {name} = {};", code.text));
            return Some(name);
        }
        let code = self.matrix(a)?;
        if code.ty != self.plain_type(self.sample.graph.shape(a)) {
            return None;
        }
        self.lines.push(format!("let {name} = {};", code.owned()));
        Some(name)
    }

    /// The type that values of a shape have where nothing else is said.
    fn plain_type(&self, shape: Shape) -> Type {
        let (rows, cols) = (self.sample.size(shape.rows), self.sample.size(shape.cols));
        if self.style != Style::Run {
            return Type::Matrix(Side::fixed(rows), Side::fixed(cols));
        }
        match (rows, cols) {
            (_, 1) => Type::Matrix(Side::run(rows), Side::ONE),
            (1, _) => Type::Matrix(Side::ONE, Side::run(cols)),
            _ => Type::Matrix(Side::run(rows), Side::run(cols)),
        }
    }

    fn loop_lines(&mut self, l: &Rc<Loop>, operands: &[String], lines: &mut Vec<String>) -> Option<Vec<String>> {
        let Dim::Const(count) = l.count else { return None };
        let (k, mut carried, mut sums) = (self.fresh("k"), Vec::new(), Vec::new());
        self.indices.insert(l.index, k.clone());
        let shapes: Vec<Shape> = l.body.results.iter().map(|r| l.body.graph.shape(*r)).collect();
        for (operand, shape) in operands.iter().zip(&shapes).take(l.carried) {
            let name = self.fresh("c");
            let start = if shape.is_scalar() { operand.clone() } else { format!("{operand}.clone()") };
            lines.push(format!("let mut {name} = {start};"));
            carried.push(name);
        }
        for shape in &shapes[l.carried..] {
            let name = self.fresh("s");
            let zero = self.zeros(*shape)?;
            lines.push(format!("let mut {name} = {zero};"));
            sums.push(name);
        }
        lines.push(if l.backward { format!("for {k} in (0..{count}).rev() {{") } else { format!("for {k} in 0..{count} {{") });
        let inside: Vec<String> = carried.iter().chain(&operands[l.carried..]).cloned().collect();
        let results = self.body_lines(&l.body, &inside, lines)?;
        let (next, added) = results.split_at(l.carried);
        for ((sum, value), result) in sums.iter().zip(added).zip(&l.body.results[l.carried..]) {
            let (g, result) = (&l.body.graph, *result);
            match &g.node(result).op.attr {
                _ if g.is_scalar(result) => lines.push(format!("{sum} += {value};")),
                Attr::Block(_) if g.kind(result) == Kind::Place => lines.push(format!("{sum}[{k}] += {value};")),
                _ => lines.push(format!("{sum} += &{value};")),
            }
        }
        // all are made of those before
        let moved: Vec<String> = next.iter().map(|_| self.fresh("n")).collect();
        for ((name, value), shape) in moved.iter().zip(next).zip(&shapes) {
            let value = if shape.is_scalar() { value.clone() } else { format!("{value}.clone()") };
            lines.push(format!("let {name} = {value};"));
        }
        lines.extend(carried.iter().zip(&moved).map(|(c, n)| format!("{c} = {n};")));
        lines.push("}".to_owned());
        Some(carried.into_iter().chain(sums).collect())
    }

    fn branch_lines(&mut self, b: &Rc<Branch>, operands: &[String], lines: &mut Vec<String>) -> Option<Vec<String>> {
        let Condition::Compare(cmp) = b.condition else { return None };
        if b.then.results.len() != 1 {
            return None;
        }
        let name = self.fresh("b");
        lines.push(format!("let {name} = if {} {} {} {{", operands[0], cmp.symbol(), operands[1]));
        for (side, end) in [(&b.then, "} else {"), (&b.otherwise, "};")] {
            let value = self.body_lines(side, operands, lines)?.remove(0);
            let copied = if side.graph.is_scalar(side.results[0]) { value } else { format!("{value}.clone()") };
            lines.push(copied);
            lines.push(end.to_owned());
        }
        Some(vec![name])
    }

    /// A statement for each node of a region; the names of its results, of a place that of what is placed.
    fn body_lines(&mut self, region: &Region, operands: &[String], lines: &mut Vec<String>) -> Option<Vec<String>> {
        let g = &region.graph;
        let mut names = Names::new();
        let mut regions: HashMap<NodeId, Vec<String>> = HashMap::new();
        for id in g.reachable(&region.results) {
            let node = g.node(id).clone();
            let text = match (node.op.kind, &node.op.attr) {
                (Kind::Param, Attr::Param(i)) => {
                    names.insert(id, operands.get(*i)?.clone());
                    continue;
                }
                (Kind::Place, _) => {
                    names.insert(id, names.get(&node.args[0])?.clone());
                    continue;
                }
                (_, Attr::Loop(l)) => {
                    let args: Vec<String> = node.args.iter().map(|a| names.get(a).cloned()).collect::<Option<_>>()?;
                    let made = self.loop_lines(l, &args, lines)?;
                    regions.insert(id, made);
                    continue;
                }
                (_, Attr::Branch(b)) => {
                    let args: Vec<String> = node.args.iter().map(|a| names.get(a).cloned()).collect::<Option<_>>()?;
                    let made = self.branch_lines(b, &args, lines)?;
                    regions.insert(id, made);
                    continue;
                }
                (Kind::Output, Attr::Output(Output::Last(i))) => {
                    names.insert(id, regions.get(&node.args[0])?.get(*i)?.clone());
                    continue;
                }
                (Kind::Update, Attr::Block(at)) => {
                    let (name, k) = (self.fresh("u"), self.indices.get(&at.row.code?)?.clone());
                    lines.push(format!("let mut {name} = {}.clone();", names.get(&node.args[0])?));
                    lines.push(format!("{name}[{k}] = {};", names.get(&node.args[1])?));
                    names.insert(id, name);
                    continue;
                }
                _ => self.statement_of(g, id, &names)?,
            };
            let name = self.fresh("r");
            lines.push(format!("let {name} = {text};"));
            names.insert(id, name);
        }
        region.results.iter().map(|r| names.get(r).cloned()).collect()
    }

    /// One operation on variables.
    fn statement_of(&mut self, g: &Graph, id: NodeId, names: &Names) -> Option<String> {
        let node = g.node(id).clone();
        let args: Vec<&String> = node.args.iter().map(|a| names.get(a)).collect::<Option<_>>()?;
        let scalar = g.is_scalar(id);
        Some(match (node.op.kind, &node.op.attr) {
            (Kind::Const, Attr::Real(c)) => format!("{:?}_f64", c.0),
            (Kind::Lin, Attr::Coefs(coefs)) => {
                let by = if scalar { "" } else { "&" };
                let terms: Vec<String> = coefs.iter().zip(&args).map(|(c, a)| format!("{by}{a} * ({:?})", c.0)).collect();
                terms.join(" + ")
            }
            (Kind::Hadamard, _) if scalar => args.iter().map(|a| a.as_str()).collect::<Vec<_>>().join(" * "),
            (Kind::Hadamard, _) => {
                let first = (*args.first()?).clone();
                args[1..].iter().fold(first, |text, a| format!("{text}.component_mul(&{a})"))
            }
            (Kind::Scale, _) => format!("&{} * {}", args[1], args[0]),
            (Kind::MatMul, _) if !scalar && args.len() == 2 => format!("&{} * &{}", args[0], args[1]),
            (Kind::Transpose, _) => format!("{}.transpose()", args[0]),
            (Kind::NormSq, _) if !g.is_scalar(node.args[0]) => format!("{}.norm_squared()", args[0]),
            (Kind::Sum, _) if !g.is_scalar(node.args[0]) => format!("{}.sum()", args[0]),
            (Kind::NormSq, _) => format!("{0} * {0}", args[0]),
            (Kind::Sum, _) => args[0].clone(),
            (Kind::Pow, Attr::Real(k)) if scalar && k.0 == 2.0 => format!("{0} * {0}", args[0]),
            (Kind::Slice, Attr::Block(at)) if scalar => format!("{}[{}]", args[0], self.indices.get(&at.row.code?)?),
            (Kind::Tanh | Kind::Sin | Kind::Cos | Kind::Atan, _) => {
                let name = crate::ops::record(node.op.kind).name;
                if scalar { format!("{}.{name}()", args[0]) } else { format!("{}.map(|t| t.{name}())", args[0]) }
            }
            _ => return None,
        })
    }

    fn zeros(&mut self, shape: Shape) -> Option<String> {
        if shape.is_scalar() {
            return Some("0.0_f64".to_owned());
        }
        let (rows, cols) = self.plain_type(shape).sides()?;
        let path = self.path_of(rows, cols);
        let sizes: Vec<String> = [rows, cols].into_iter().filter(|s| !s.fixed).map(|s| s.size.to_string()).collect();
        Some(format!("{path}::zeros({})", sizes.join(", ")))
    }
}

/// Indices of loops, by what stands for them.
pub(super) type Indices = HashMap<OpaqueId, String>;
