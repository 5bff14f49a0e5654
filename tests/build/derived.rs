//! Random programs of the engine with all attributes: each a function of one parameter that is differentiated, and a function that runs its companions.

use std::env;
use std::fmt::Write;

use matgrad_engine::explain_as;
use matgrad_engine::generate::{Outcome, Sample, Spelled, Style, check, generate};
use matgrad_engine::parse::Derivative;

use super::generated::{construction, generic_size, passed};

/// How many functions there are of each style, if `MATGRAD_DERIVED` does not say; `MATGRAD_SEED` says where the seeds begin.
const EACH: usize = 8;
/// Operations in a function, at most: what rustc takes for one grows with them.
const OPERATIONS: usize = 16;

pub fn module() -> String {
    println!("cargo::rerun-if-env-changed=MATGRAD_DERIVED");
    let each = env::var("MATGRAD_DERIVED").ok().and_then(|n| n.parse().ok()).unwrap_or(EACH);
    let start: u64 = env::var("MATGRAD_SEED").ok().and_then(|n| n.parse().ok()).unwrap_or(0);
    let (mut functions, mut rows) = (String::new(), String::new());
    for (style, first) in [(Style::Run, 300_000), (Style::Fixed, 400_000), (Style::Generic, 500_000)] {
        let programs =
            (start + first..).map(|seed| (seed, generate(seed))).filter(|(_, s)| (3..=OPERATIONS).contains(&s.operations()));
        let programs = programs.filter(|(_, s)| matches!(check(s), Outcome::Right(_)));
        let spelled = programs.filter_map(|(seed, s)| {
            let spell = if seed % 2 == 0 { Spelled::of } else { Spelled::surrounded };
            Some((seed, One::of(spell(&s, &format!("f{seed}"), style, seed)?, &s)?))
        });
        for (seed, one) in spelled.filter(|(_, one)| one.is_accepted()).take(each) {
            one.write(&mut functions, &mut rows, seed);
        }
    }
    format!("{functions}\nconst PROGRAMS: &[Program] = &[\n{rows}];\n")
}

/// A function, differentiated by one of its parameters.
struct One {
    function: Spelled,
    /// Which one.
    parameter: usize,
    /// The arguments of the attributes.
    arguments: String,
    /// What it is declared to be.
    declared: &'static str,
}

impl One {
    fn of(function: Spelled, sample: &Sample) -> Option<Self> {
        let parameter = *function.wrt.first()?;
        let of = function.parameters[parameter].of?;
        let promises = &sample.graph.promises;
        // second derivatives by it are refused
        if promises.orthogonal.contains(&of) {
            return None;
        }
        let declarations = function.arguments.split(", ").filter(|argument| argument.contains('('));
        let name = function.parameters[parameter].name.clone();
        let arguments = std::iter::once(name.as_str()).chain(declarations).collect::<Vec<_>>().join(", ");
        let declared = match of {
            _ if promises.diagonal.contains(&of) => "Diagonal",
            _ if sample.symmetric.contains(&of) => "Symmetric",
            _ if promises.lower_triangular.contains(&of) => "LowerTriangular",
            _ => "Nothing",
        };
        Some(Self { function, parameter, arguments, declared })
    }

    /// Whether the result depends on it, as the macro reads it; any other refusal is for rustc to show.
    fn is_accepted(&self) -> bool {
        let tokens = |text: &str| text.parse().unwrap_or_else(|e| panic!("{e}: {text}"));
        match explain_as(Derivative::Hessian, tokens(&self.arguments), tokens(&self.function.item)) {
            Ok(_) => true,
            Err(errors) => !["its derivative is zero", "do not fit"]
                .iter()
                .any(|expected| errors.as_slice().iter().all(|e| e.message.contains(expected))),
        }
    }

    fn write(&self, functions: &mut String, rows: &mut String, seed: u64) {
        let Spelled { item, parameters, optional, constants, .. } = &self.function;
        let attributes: Vec<String> = ["grad", "jacobian", "hessian", "jvp", "vjp", "hvp"]
            .iter()
            .map(|name| format!("#[{name}({})]", self.arguments))
            .collect();
        let attributes = attributes.join("\n");
        let _ = if constants.is_empty() {
            writeln!(functions, "{attributes}\n{item}")
        } else {
            writeln!(functions, "struct S{seed};\nimpl S{seed} {{\n{}\n{attributes}\n{item}\n}}", constants.join("\n"))
        };
        let f = if constants.is_empty() { format!("f{seed}") } else { format!("S{seed}::f{seed}") };
        let open = if *optional { ".expect(\"a value\")" } else { "" };
        let size = generic_size(&self.function).to_string();
        let mut values = String::new();
        for (i, p) in parameters.iter().enumerate() {
            let ty = p.ty.replace('N', &size);
            let _ = writeln!(values, "    let {}: {ty} = {};", p.name, construction(&ty, &p.value, &format!("p[{i}]")));
        }
        let p = &parameters[self.parameter];
        let ty = p.ty.replace('N', &size);
        let _ = writeln!(values, "    let along: {ty} = {};", construction(&ty, &p.value, "v"));
        let along = if ty == "f64" { "along" } else { "&along" };
        let args = passed(parameters);
        let _ = writeln!(
            functions,
            "fn run{seed}(p: &[Vec<f64>], v: &[f64]) -> Found {{
{values}    let value = {f}({args}){open};
    let gradient = {f}_grad({args}){open};
    let jacobian = {f}_jacobian({args}){open};
    let (_, jacobian_beside) = {f}_value_and_jacobian({args}){open};
    let mut jacobian_written = jacobian.unwritten();
    let _ = {f}_jacobian_into({args}, &mut jacobian_written);
    let (value_beside, tangent) = {f}_jvp({args}, {along}){open};
    let mut tangent_written = f64::NAN;
    let _ = {f}_jvp_into({args}, {along}, &mut tangent_written);
    let (_, pullback) = {f}_vjp({args}){open};
    let pulled = pullback(2.0);
    let product = {f}_hvp({args}, {along}){open};
    let mut product_written = product.unwritten();
    let _ = {f}_hvp_into({args}, {along}, &mut product_written);
    let hessian = {f}_hessian({args}){open};
    let (_, gradient_beside, hessian_beside) = {f}_value_grad_and_hessian({args}){open};
    let (mut gradient_written, mut hessian_written) = (gradient.unwritten(), hessian.unwritten());
    let _ = {f}_value_grad_and_hessian_into({args}, &mut gradient_written, &mut hessian_written);
    Found {{
        value: [value, value_beside],
        tangents: [tangent, tangent_written],
        gradients: [&gradient, &gradient_beside, &gradient_written].map(|g| g.entries()),
        jacobians: [&jacobian, &jacobian_beside, &jacobian_written].map(|j| j.entries()),
        pulled: pulled.entries(),
        products: [&product, &product_written].map(|p| p.entries()),
        hessians: [&hessian, &hessian_beside, &hessian_written].map(|h| h.entries()),
    }}
}}"
        );
        let at: Vec<String> = parameters.iter().map(|p| format!("&{:?}", p.value.data)).collect();
        let _ = writeln!(
            rows,
            "    Program {{ seed: {seed}, at: &[{}], parameter: {}, rows: {}, declared: Declared::{}, run: run{seed} }},",
            at.join(", "),
            self.parameter,
            p.value.rows,
            self.declared
        );
    }
}
