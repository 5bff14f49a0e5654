//! The documentation of a companion: the derivation on paper, the shapes, the panics.

use std::collections::{BTreeSet, HashMap};

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::Derivation;
use crate::parse::{Input, NumForm};
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
    /// What names in the formulas stand for.
    pub definitions: Vec<(String, String)>,
    /// The inferred shapes, by parameter.
    pub shapes: Vec<(String, String)>,
}

/// The formulas of a derivation.
#[must_use]
pub fn report(input: &Input, derivation: &Derivation) -> Report {
    let names = names(input, derivation);
    let mut printer = Printer::new(&derivation.graph, &names);
    let all: Vec<_> = [derivation.value].into_iter().chain(derivation.gradients.iter().copied()).collect();
    printer.recall(&all);
    // names for what recurs within the gradients; the function prints whole where it can
    printer.share(&derivation.gradients);
    let params = input.arguments.wrt.iter().map(|p| &input.signature.params[*p]);
    let mut gradients = Vec::new();
    let mut differential = String::new();
    for ((param, id), (minus, transposed)) in params.zip(&derivation.gradients).zip(&derivation.differential) {
        let name = param.ident.to_string();
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
        definitions: printer.definitions(&all).into_iter().map(|(name, text)| (name, text.to_string())).collect(),
        shapes: shapes(input, derivation, &printer),
    }
}

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
            shapes.push((param.ident.to_string(), text));
        }
    }
    shapes
}

/// The names that formulas use: the user's for values, letters for dimensions.
fn names(input: &Input, derivation: &Derivation) -> Names {
    let params: Vec<String> = input.signature.params.iter().map(|p| p.ident.to_string()).collect();
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

/// A derivation of more lines is not read by anybody.
const LEGIBLE: usize = 40;

/// `#[doc]` of a companion.
pub(super) fn documentation(
    input: &Input,
    derivation: &Derivation,
    with_value: bool,
    checked: bool,
    buffers: &[Ident],
) -> TokenStream {
    let report = report(input, derivation);
    let wrt: Vec<String> = report.gradients.iter().map(|g| format!("`{}`", g.0)).collect();
    let what = if with_value { "Value and gradient" } else { "Gradient" };
    let buffers: Vec<String> = buffers.iter().map(|b| format!("`{b}`")).collect();
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
        let differential = format!("d{}{}", if self.name.chars().count() > 1 { " " } else { "" }, self.name);
        let mut rows = vec![(self.name.clone(), self.value.clone()), (differential, self.differential.clone())];
        rows.extend(self.gradients.iter().map(|(p, g)| (format!("∂{}/∂{p}", self.name), g.clone())));
        let width = rows.iter().map(|r| r.0.chars().count()).max().unwrap_or(0);
        let mut lines: Vec<String> =
            rows.iter().map(|(left, right)| format!("{left}{} = {right}", " ".repeat(width - left.chars().count()))).collect();
        for (i, (name, text)) in self.definitions.iter().enumerate() {
            lines.push(format!("{}{name} = {text}", if i == 0 { "where " } else { "      " }));
        }
        lines
    }
}
