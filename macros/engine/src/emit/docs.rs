//! The documentation of a companion: the derivation on paper, the shapes, the panics.

use std::collections::{BTreeSet, HashMap};

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::head::with_directions;
use super::results::{self, Companion, Like};
use super::wholes;
use crate::Derivation;
use crate::ir::{Dim, NodeId};
use crate::parse::{Derivative, Input, NumForm, Param};
use crate::print::{Names, Printer, dimension_names};

/// The derivation in ordinary notation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// The name of the function.
    pub name: String,
    /// `f` as a formula.
    pub value: String,
    /// `df` in trace form.
    pub differential: String,
    /// The gradients read off, by parameter.
    pub gradients: Vec<(String, String)>,
    /// What else the attribute asks for, and how it came about: the left side of each equation, and the right.
    pub results: Vec<(String, String)>,
    /// What names in the formulas stand for.
    pub definitions: Vec<(String, String)>,
    /// The inferred shapes, by parameter.
    pub shapes: Vec<(String, String)>,
    /// The parameters.
    pub params: Vec<String>,
    /// What stands in formulas as the user's code.
    pub code: Vec<String>,
    /// What dimensions are called.
    pub dims: HashMap<Dim, String>,
}

/// The formulas of a derivation.
#[must_use]
pub fn report(input: &Input, derivation: &Derivation) -> Report {
    let input = &Input { signature: with_directions(&input.signature, &input.arguments), ..input.clone() };
    let names = names(input, derivation);
    let mut printer = Printer::new(&derivation.graph, &names);
    let others = derivation.results.iter().filter(|id| !derivation.gradients.contains(id));
    let derivatives: Vec<_> = derivation.gradients.iter().chain(others).copied().collect();
    let all: Vec<_> = [derivation.value].into_iter().chain(derivatives.iter().copied()).collect();
    printer.recall(&all);
    // names for what recurs within the derivatives; the function prints whole where it can
    printer.share(&derivatives);
    let params = input.arguments.wrt.iter().map(|p| &input.signature.params[*p]);
    let mut gradients = Vec::new();
    let mut differential = String::new();
    for ((param, id), (minus, transposed)) in params.zip(&derivation.gradients).zip(&derivation.differential) {
        let name = param.name();
        let form = format!("{} d{name}", printer.formula(*transposed).bracketed_factor());
        differential.push_str(match (differential.is_empty(), minus) {
            (true, false) => "",
            (true, true) => "−",
            (false, false) => " + ",
            (false, true) => " − ",
        });
        let term = if derivation.graph.shape(*id).is_thin() { form } else { format!("tr({form})") };
        differential.push_str(&term);
        gradients.push((name, printer.formula(*id).to_string()));
    }
    Report {
        name: input.signature.sig.ident.to_string(),
        value: printer.formula(derivation.value).to_string(),
        differential,
        gradients,
        results: results(input, derivation, &printer),
        definitions: printer.definitions(&all).into_iter().map(|(name, text)| (name, text.to_string())).collect(),
        shapes: shapes(input, derivation, &printer),
        params: input.signature.params.iter().map(Param::name).collect(),
        code: derivation.function.opaques.iter().map(|o| o.text.clone()).collect(),
        dims: names.dims.clone(),
    }
}

/// The equations of what is no gradient.
fn results(input: &Input, derivation: &Derivation, printer: &Printer<'_>) -> Vec<(String, String)> {
    let name = input.signature.sig.ident.to_string();
    let param = |p: usize| input.signature.params[p].name();
    let vectorized = |p: usize| {
        let matrix = derivation.parameter(p).is_some_and(|id| !derivation.graph.shape(id).is_thin());
        if matrix { format!("vec({})", param(p)) } else { param(p) }
    };
    let asked = results::asked(&input.arguments);
    let left = |like: Like| match (like, input.arguments.derivative) {
        (Like::Value, _) => differential_of(&name),
        (Like::Param(p), Derivative::Vjp) => format!("∂⟨{COTANGENT}, {name}⟩/∂{}", param(p)),
        (Like::Param(p), _) => format!("d ∂{name}/∂{}", param(p)),
        (Like::Jacobian(p), _) if derivation.parameter(p).is_some_and(|id| derivation.graph.is_scalar(id)) => {
            format!("∂{name}/∂{}", param(p))
        }
        (Like::Jacobian(p), _) if derivation.graph.shape(derivation.value).is_thin() => format!("∂{name}/∂{}", vectorized(p)),
        (Like::Jacobian(p), _) => format!("∂vec({name})/∂{}", vectorized(p)),
        (Like::Block(p, q), _) if p == q && vectorized(p) == param(p) => format!("∂²{name}/∂{}²", param(p)),
        (Like::Block(p, q), _) => format!("∂²{name}/∂{}∂{}", vectorized(p), vectorized(q)),
    };
    if input.arguments.derivative == Derivative::Gradient {
        return Vec::new();
    }
    let formula = |id: &NodeId| printer.formula(*id).to_string();
    let steps = derivation.steps.iter().zip(steps_of(input, &name)).map(|(id, left)| (left, formula(id)));
    steps.chain(asked.into_iter().zip(&derivation.results).map(|(like, id)| (left(like), formula(id)))).collect()
}

/// The left sides of the steps on the way to a Jacobian or a Hessian.
fn steps_of(input: &Input, name: &str) -> Vec<String> {
    match input.arguments.derivative {
        Derivative::Jacobian => vec![differential_of(name)],
        Derivative::Hessian => {
            let wrt = input.arguments.wrt.iter().map(|p| input.signature.params[*p].name());
            wrt.map(|param| format!("d ∂{name}/∂{param}")).collect()
        }
        _ => Vec::new(),
    }
}

fn differential_of(name: &str) -> String {
    format!("d{}{name}", if name.chars().count() > 1 { " " } else { "" })
}

/// How a cotangent reads in a formula.
const COTANGENT: &str = "ȳ";

fn shapes(input: &Input, derivation: &Derivation, printer: &Printer<'_>) -> Vec<(String, String)> {
    let mut shapes = Vec::new();
    for (i, param) in input.signature.params.iter().enumerate() {
        let Some(id) = derivation.parameter(i) else { continue };
        if matches!(&param.kind, Some(ty) if matches!(ty.form, NumForm::Matrix { .. })) {
            let shape = derivation.graph.shape(id);
            let text = match shape {
                s if s.is_column() => printer.dim(s.rows),
                s => format!("{}×{}", printer.dim(s.rows), printer.dim(s.cols)),
            };
            shapes.push((param.name(), text));
        }
    }
    shapes
}

/// The names that formulas use: the user's for values, letters for dimensions.
fn names(input: &Input, derivation: &Derivation) -> Names {
    let mut params: Vec<String> = input.signature.params.iter().map(Param::name).collect();
    if input.arguments.derivative.direction().is_some() {
        // where parameters move is their differential
        let first = params.len() - input.arguments.wrt.len();
        for (k, p) in input.arguments.wrt.iter().enumerate() {
            params[first + k] = format!("d{}", params[*p]);
        }
    }
    if input.arguments.derivative == Derivative::Vjp {
        params.pop();
        params.push(COTANGENT.to_owned());
    }
    let function = &derivation.function;
    let opaques: HashMap<_, _> = function
        .opaques
        .iter()
        .enumerate()
        .map(|(i, o)| (crate::ir::OpaqueId(u32::try_from(i).unwrap_or(u32::MAX)), o.text.clone()))
        .collect();
    let taken: BTreeSet<String> = params.iter().cloned().chain(opaques.values().cloned()).collect();
    let nodes = (0..params.len()).filter_map(|i| derivation.parameter(i));
    let dims = dimension_names(&derivation.graph, nodes, &taken, |id| opaques.get(&id).cloned());
    let mut lets = derivation.lets.clone();
    lets.retain(|_, name| input.signature.sig.ident != *name);
    Names { params, opaques, dims, lets }
}

/// What a companion returns, in a phrase.
fn summary(derivative: Derivative, companion: Companion) -> &'static str {
    match (derivative, companion.with_value) {
        (Derivative::Gradient, true) => "Value and gradient",
        (Derivative::Gradient, false) => "Gradient",
        (Derivative::Jacobian, true) => "Value and Jacobian",
        (Derivative::Jacobian, false) => "Jacobian",
        (Derivative::Hessian, true) => "Value, gradient and Hessian",
        (Derivative::Hessian, false) => "Hessian",
        (Derivative::Jvp, _) => "Value and directional derivative",
        (Derivative::Vjp, _) => "Value and pullback",
        (Derivative::Hvp, _) => "Hessian times a direction",
    }
}

/// Which entry stands where.
fn layout(input: &Input) -> Vec<String> {
    let several = input.arguments.wrt.len() > 1;
    let line = match input.arguments.derivative {
        Derivative::Jacobian => {
            "Rows are entries of the result, columns entries of the parameter, matrices by their columns; by a number, the result keeps its shape."
        }
        Derivative::Hessian if several => {
            "A block for each pair of parameters, `((aa, ab), (ba, bb))`: rows are entries of the first, columns of the second, matrices by their columns."
        }
        Derivative::Hessian => "Rows and columns are entries of the parameter, a matrix by its columns.",
        Derivative::Vjp => "The pullback takes a cotangent, in the shape of the result, to the gradient of their inner product.",
        Derivative::Gradient | Derivative::Jvp | Derivative::Hvp => return Vec::new(),
    };
    vec![line.to_owned(), String::new()]
}

/// A derivation of more lines is not read by anybody.
const LEGIBLE: usize = 40;

/// `#[doc]` of a companion.
pub(super) fn documentation(
    input: &Input,
    report: &Report,
    companion: Companion,
    checked: bool,
    buffers: &[Ident],
) -> TokenStream {
    let wrt: Vec<String> = input.arguments.names(&input.signature).iter().map(|name| format!("`{name}`")).collect();
    let what = summary(input.arguments.derivative, companion);
    let suffix = results::suffix(input.arguments.derivative);
    let of_wholes = input.arguments.wholes.iter().map(|whole| wholes::beside(whole, suffix, &input.signature).to_string());
    let own = buffers.iter().map(ToString::to_string).filter(|b| !b.starts_with("__"));
    let buffers: Vec<String> =
        if buffers.is_empty() { Vec::new() } else { own.chain(of_wholes).map(|b| format!("`{b}`")).collect() };
    let place = if buffers.is_empty() { String::new() } else { format!(", written to {}", buffers.join(", ")) };
    let mut lines = vec![format!("{what} of `{}` with respect to {}{place}.", report.name, wrt.join(", ")), String::new()];
    if !buffers.is_empty() {
        let undefined = if input.signature.value_type().is_some_and(|v| v.1) {
            "; what it holds after a `None` is not specified"
        } else {
            ""
        };
        lines.extend([format!("What a buffer holds before does not matter{undefined}."), String::new()]);
    }
    lines.extend(layout(input));
    lines.push("```text".to_owned());
    let equations = report.equations();
    if equations.len() <= LEGIBLE {
        lines.extend(equations);
    } else {
        lines.push(format!("the derivation takes {} lines and is left out", equations.len()));
    }
    lines.push("```".to_owned());
    if !report.shapes.is_empty() {
        let shapes: Vec<String> = report.shapes.iter().map(|(name, shape)| format!("`{name}` {shape}")).collect();
        lines.push(String::new());
        lines.push(format!("Shapes: {}.", shapes.join(", ")));
    }
    if checked {
        lines.extend([
            String::new(),
            "# Panics".to_owned(),
            "If the shapes do not agree, and where the function itself panics.".to_owned(),
        ]);
    }
    let lines = lines.iter().map(|l| format!(" {l}"));
    quote!(#(#[doc = #lines])*)
}

impl Report {
    /// The derivation, a line each: `f`, `df`, the gradients, then what names stand for.
    #[must_use]
    pub fn equations(&self) -> Vec<String> {
        let rows = self.rows();
        let width = rows.iter().map(|r| r.0.chars().count()).max().unwrap_or(0);
        let mut lines: Vec<String> =
            rows.iter().map(|(left, right)| format!("{left}{} = {right}", " ".repeat(width - left.chars().count()))).collect();
        for (i, (name, text)) in self.definitions.iter().enumerate() {
            lines.push(format!("{}{name} = {text}", if i == 0 { "where " } else { "      " }));
        }
        lines
    }
    /// The left and right sides of `f`, `df` and the derivatives.
    #[must_use]
    pub fn rows(&self) -> Vec<(String, String)> {
        let mut rows = vec![(self.name.clone(), self.value.clone())];
        if !self.differential.is_empty() {
            rows.push((differential_of(&self.name), self.differential.clone()));
        }
        rows.extend(self.gradients.iter().map(|(p, g)| (format!("∂{}/∂{p}", self.name), g.clone())));
        rows.extend(self.results.iter().cloned());
        rows
    }
}
