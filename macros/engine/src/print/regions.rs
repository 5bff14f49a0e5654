//! Loops and branches in formulas: `Σₖ …`, and `xₖ₊₁ = …` beside it.

use std::collections::HashMap;

use super::{Names, Printer, Text};
use crate::ir::{Attr, Branch, Condition, Graph, Kind, Loop, NodeId, OpaqueId, Output, Region};

impl Printer<'_> {
    /// A value of a loop or a branch; `args`: the operands of that.
    pub(super) fn value_of(&self, of: NodeId, output: Output, args: &[Text]) -> Text {
        match &self.graph.node(of).op.attr {
            Attr::Loop(l) => match output {
                Output::Last(i) => Text::atom(format!("{}{}", l.names[i], self.end(l))),
                Output::Sum(_) => match kept(l, output) {
                    // all states of the loop go by the name of each
                    Some(i) => Text::atom(l.names[i].clone()),
                    None => {
                        let body = self.inside(&l.body, &self.in_loop(of, l, args), l.result(output));
                        Text::atom(format!("Σ{} ({body})", self.index(l)))
                    }
                },
            },
            Attr::Branch(b) => {
                let (Output::Last(i) | Output::Sum(i)) = output;
                let params: Vec<String> = args.iter().map(bracketed).collect();
                let sides = [&b.then, &b.otherwise].map(|side| self.inside(side, &params, side.results[i]));
                let [then, otherwise] = sides;
                Text::alternative(format!("{then} if {}, else {otherwise}", self.condition(b, args)))
            }
            _ => Text::atom("?"),
        }
    }

    /// `x₀ = …` and `xₖ₊₁ = …` for what loops carry.
    pub(super) fn recurrences(&self, roots: &[NodeId], text: &dyn Fn(NodeId) -> Text) -> Vec<(String, Text)> {
        let mut all: Vec<(String, Text)> = Vec::new();
        for id in self.graph.reachable(roots) {
            let Attr::Loop(l) = &self.graph.node(id).op.attr else { continue };
            let args: Vec<Text> = self.graph.args(id).iter().map(|a| text(*a)).collect();
            let params = self.in_loop(id, l, &args);
            for i in 0..l.carried {
                let name = &l.names[i];
                let start = format!("{name}{}", if l.backward { subscript(&self.dim(l.count)) } else { "₀".to_owned() });
                let next = format!("{name}{}{}", self.index(l), if l.backward { "" } else { "₊₁" });
                let body = self.inside(&l.body, &params, l.result(Output::Last(i)));
                for line in [(start, args[i].clone()), (next, body)] {
                    if !all.iter().any(|known| known.0 == line.0 && known.1.as_str() == line.1.as_str()) {
                        all.push(line);
                    }
                }
            }
        }
        all
    }

    /// What the operands of a loop are called in its body.
    fn in_loop(&self, id: NodeId, l: &Loop, args: &[Text]) -> Vec<String> {
        let mut params: Vec<String> = args.iter().map(bracketed).collect();
        for (i, operand) in self.graph.args(id).iter().enumerate().skip(l.carried) {
            if let Some(value) = self.kept_value(*operand).filter(|_| reads_each(l, i)) {
                params[i] = format!("{KEPT}{value}");
            }
        }
        for (param, name) in params.iter_mut().zip(&l.names) {
            *param = format!("{name}{}{}", self.index(l), if l.backward { "₊₁" } else { "" });
        }
        params
    }

    /// What a loop keeps of each iteration, if it is no carried value.
    fn kept_value(&self, operand: NodeId) -> Option<String> {
        let Attr::Output(output @ Output::Sum(_)) = self.graph.node(operand).op.attr else { return None };
        let of = self.graph.args(operand)[0];
        let Attr::Loop(l) = &self.graph.node(of).op.attr else { return None };
        let value = placed(l, output).filter(|_| kept(l, output).is_none())?;
        let args: Vec<Text> = self.graph.args(of).iter().map(|a| self.formula(*a)).collect();
        Some(bracketed(&self.inside(&l.body, &self.in_loop(of, l, &args), value)))
    }

    fn inside(&self, region: &Region, params: &[String], result: NodeId) -> Text {
        let names = Names { params: params.to_vec(), lets: HashMap::new(), ..self.names.clone() };
        let text = Printer::new(&region.graph, &names).formula(result);
        // the state of an iteration, read off all of them
        region.graph.reachable(&[result]).into_iter().filter_map(|id| state(&region.graph, id)).fold(text, |text, (i, code)| {
            let (name, k) = (&params[i], self.names.opaques.get(&code).cloned().unwrap_or_default());
            // a number of inactive code has its own index
            let short = match short(&k) {
                _ if name.starts_with(KEPT) => name.trim_start_matches(KEPT).to_owned(),
                _ if name.ends_with(']') => name.clone(),
                Some(k) if name.ends_with(char::is_alphanumeric) && !name.ends_with('ₖ') => format!("{name}{k}"),
                _ => format!("{name}[{k}]"),
            };
            text.with(&format!("{name}[·, {k}]"), &short).with(&format!("{name}[{k}]"), &short)
        })
    }

    fn condition(&self, b: &Branch, args: &[Text]) -> String {
        match &b.condition {
            Condition::Code(code) => self.names.opaques.get(code).cloned().unwrap_or_else(|| "?".to_owned()),
            Condition::Compare(cmp) => {
                let symbol = match cmp.symbol() {
                    "<=" => "≤",
                    ">=" => "≥",
                    "==" => "=",
                    "!=" => "≠",
                    other => other,
                };
                format!("{} {symbol} {}", args[0], args[1])
            }
        }
    }

    /// The number of the iteration, as a subscript.
    fn index(&self, l: &Loop) -> String {
        subscript(self.names.opaques.get(&l.index).map_or("k", String::as_str))
    }

    /// Where a loop ends.
    fn end(&self, l: &Loop) -> String {
        if l.backward { "₀".to_owned() } else { subscript(&self.dim(l.count)) }
    }
}

/// Before the formula of what a loop kept of each iteration, where the name of all of them would stand.
const KEPT: char = '\u{2}';

/// A sum that keeps the states of a carried value: which.
fn kept(l: &Loop, output: Output) -> Option<usize> {
    let value = placed(l, output)?;
    match l.body.graph.node(value).op.attr {
        Attr::Param(i) if l.body.graph.kind(value) == Kind::Param && i < l.carried => Some(i),
        _ => None,
    }
}

/// A sum that keeps a value of each iteration: which.
fn placed(l: &Loop, output: Output) -> Option<NodeId> {
    let (g, id) = (&l.body.graph, l.result(output));
    let Attr::Block(at) = &g.node(id).op.attr else { return None };
    let mut value = *g.args(id).first()?;
    while matches!(g.kind(value), Kind::Reshape) {
        value = g.args(value)[0];
    }
    let moves = at.row.code == Some(l.index) || at.col.code == Some(l.index);
    (g.kind(id) == Kind::Place && moves).then_some(value)
}

/// Whether each iteration of a loop reads what belongs to it of an operand, and nothing else.
fn reads_each(l: &Loop, operand: usize) -> bool {
    let g = &l.body.graph;
    let Some(param) = l.body.param(operand) else { return false };
    let mut readers = g.reachable(&l.body.results).into_iter().filter(|id| g.args(*id).contains(&param));
    readers.all(|id| state(g, id) == Some((operand, l.index)))
}

/// A column or entry of a parameter, by a piece of code.
fn state(g: &Graph, id: NodeId) -> Option<(usize, OpaqueId)> {
    let Attr::Block(at) = &g.node(id).op.attr else { return None };
    let whole = *g.args(id).first()?;
    match (&g.node(whole).op.attr, at.row.code.or(at.col.code)) {
        (Attr::Param(i), Some(code)) if g.kind(id) == Kind::Slice => Some((*i, code)),
        _ => None,
    }
}

fn bracketed(text: &Text) -> String {
    if text.is_atom() { text.to_string() } else { format!("({text})") }
}

/// A number or a letter as a subscript; `_name` for what has none.
fn subscript(text: &str) -> String {
    short(text).unwrap_or_else(|| format!("_{text}"))
}

/// A number or a letter as a subscript.
fn short(text: &str) -> Option<String> {
    let letter = |c: char| {
        Some(match c {
            '0'..='9' => char::from_u32(u32::from('₀') + (u32::from(c) - u32::from('0')))?,
            'a' => 'ₐ',
            'e' => 'ₑ',
            'h' => 'ₕ',
            'i' => 'ᵢ',
            'j' => 'ⱼ',
            'k' => 'ₖ',
            'l' => 'ₗ',
            'm' => 'ₘ',
            'n' => 'ₙ',
            'o' => 'ₒ',
            'p' => 'ₚ',
            'r' => 'ᵣ',
            's' => 'ₛ',
            't' => 'ₜ',
            'u' => 'ᵤ',
            'v' => 'ᵥ',
            'x' => 'ₓ',
            _ => return None,
        })
    };
    let short: Option<String> = text.chars().map(letter).collect();
    short.filter(|s| s.chars().count() <= 3)
}
