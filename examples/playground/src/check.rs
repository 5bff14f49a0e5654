//! A derivative beside differences: what the companions compute, run by the engine's interpreter, and the function as it was read, moved a little.

use matgrad_engine::Derivation;
use matgrad_engine::eval::{Mat, central_difference_by, evaluate};
use matgrad_engine::parse::{Derivative, Input};
use matgrad_engine::schedule::{Program, schedule};
use matgrad_engine::source::Source;
use serde_json::{Value, json};

use crate::inputs::Inputs;
use crate::random::Random;

/// Sizes and domains are tried until there is something to compare.
const ATTEMPTS: usize = 48;
/// Of differences, relative to an entry.
const STEPS: [f64; 2] = [1e-3, 2.5e-4];

pub fn check(text: &str, index: usize, seed: u32) -> Value {
    let failed = |why: &str| json!({ "error": why });
    let Ok(source) = Source::read(text) else { return failed("the source is no Rust") };
    let Some(function) = source.functions().get(index) else { return failed("there is no such function") };
    let Ok((input, derivation)) = function.derived() else { return failed("the function is refused") };
    let mut random = Random::new(seed);
    let mut why = "no inputs were found at which the function has a value".to_owned();
    for attempt in 0..ATTEMPTS {
        let inputs = Inputs::draw(&input, &derivation, attempt, &mut random);
        let of = |step| Compared { input: &input, derivation: &derivation, inputs: &inputs, step };
        match compared(STEPS.map(of), &mut random) {
            Ok(results) => return described(&input, &inputs, &results),
            Err(error) => why = error,
        }
    }
    failed(&why)
}

/// Near a singular matrix or a kink differences are of no use, and steps of two sizes show it.
fn compared([long, short]: [Compared<'_>; 2], random: &mut Random) -> Result<Vec<Comparison>, String> {
    let again = long.all(&mut random.clone())?;
    let results = short.all(random)?;
    let told = results.iter().zip(&again).all(|(a, b)| is_close(&a.differences, &b.differences, 1e-7));
    if told { Ok(results) } else { Err("differences of two sizes are not the same at these inputs".to_owned()) }
}

/// A derivative, and the same by differences.
struct Comparison {
    name: String,
    derived: Mat,
    differences: Mat,
}

fn described(input: &Input, inputs: &Inputs, results: &[Comparison]) -> Value {
    let matrix = |a: &Mat| {
        let rows = (0..a.rows).map(|r| (0..a.cols).map(|c| a.at(r, c)).collect::<Vec<f64>>());
        json!(rows.collect::<Vec<_>>())
    };
    let parameters = input.signature.params.iter().zip(&inputs.parameters);
    let parameters = parameters.map(|(p, value)| json!({ "name": p.ident.to_string(), "value": matrix(value) }));
    let results = results.iter().map(|r| {
        let largest = if r.derived.shape() == r.differences.shape() { r.derived.sub(&r.differences).max_abs() } else { f64::NAN };
        let agrees = agrees(&r.derived, &r.differences);
        json!({
            "name": r.name, "derived": matrix(&r.derived), "differences": matrix(&r.differences), "largest": largest, "agrees": agrees,
        })
    });
    json!({ "parameters": parameters.collect::<Vec<_>>(), "results": results.collect::<Vec<_>>() })
}

/// Whether two matrices are the same but for what differences get wrong.
fn agrees(derived: &Mat, differences: &Mat) -> bool {
    is_close(derived, differences, 1e-6)
}
fn is_close(a: &Mat, b: &Mat, tolerance: f64) -> bool {
    a.shape() == b.shape() && a.sub(b).max_abs() <= tolerance * b.max_abs().max(1.0)
}

struct Compared<'a> {
    input: &'a Input,
    derivation: &'a Derivation,
    inputs: &'a Inputs,
    step: f64,
}

impl Compared<'_> {
    fn all(&self, random: &mut Random) -> Result<Vec<Comparison>, String> {
        let program = self.program();
        let mut found = self.run(&program, &self.inputs.parameters)?.into_iter();
        let value = found.next().ok_or("no value")?;
        let expected = self.value(&self.inputs.parameters).ok_or("the function has no value at these inputs")?;
        let close = value.shape() == expected.shape() && value.sub(&expected).max_abs() <= 1e-9 * expected.max_abs().max(1.0);
        if !close {
            return Err(format!("the value is {expected:?}, and the companion's is {value:?}"));
        }
        let mut results = Vec::new();
        let gradients: Vec<Mat> = found.by_ref().take(self.derivation.gradients.len()).collect();
        for (p, gradient) in self.wrt().zip(gradients) {
            results.push(self.gradient(p, &gradient, &|m| self.scalar(m), random)?);
        }
        let rest: Vec<Mat> = found.collect();
        results.extend(self.others(rest, &program, random)?);
        let finite = |m: &Mat| m.max_abs().is_finite();
        if results.iter().all(|r| finite(&r.derived) && finite(&r.differences)) {
            Ok(results)
        } else {
            Err("the derivative is not finite at these inputs".to_owned())
        }
    }

    fn wrt(&self) -> impl Iterator<Item = usize> + '_ {
        self.input.arguments.wrt.iter().copied()
    }
    fn name(&self, p: usize) -> String {
        self.input.signature.params[p].ident.to_string()
    }
    fn function(&self) -> String {
        self.input.signature.sig.ident.to_string()
    }

    /// What a companion with all results computes: the value, gradients, results.
    fn program(&self) -> Program {
        let (d, n) = (self.derivation, self.derivation.gradients.len());
        let results = if self.input.arguments.derivative == Derivative::Gradient { &d.computed[..n] } else { &d.computed[..] };
        let roots: Vec<_> = std::iter::once(d.value).chain(results.iter().copied()).collect();
        schedule(&d.graph, &roots, &d.lets)
    }
    fn run(&self, program: &Program, parameters: &[Mat]) -> Result<Vec<Mat>, String> {
        let environment = self.inputs.environment(&program.graph, parameters);
        evaluate(&program.graph, &program.roots, &environment).map_err(|e| format!("only rustc can run this function: {e}"))
    }
    /// The function as it was read.
    fn value(&self, parameters: &[Mat]) -> Option<Mat> {
        let function = &self.derivation.function;
        evaluate(&function.graph, &[function.result], &self.inputs.environment(&function.graph, parameters)).ok()?.pop()
    }
    fn scalar(&self, parameters: &[Mat]) -> Option<f64> {
        self.value(parameters).map(|v| v.at(0, 0))
    }

    /// By entries; where a parameter is declared to be something, along directions in which it stays so.
    fn gradient(
        &self,
        p: usize,
        gradient: &Mat,
        f: &dyn Fn(&[Mat]) -> Option<f64>,
        random: &mut Random,
    ) -> Result<Comparison, String> {
        let name = format!("∂{}/∂{}", self.function(), self.name(p));
        let missing = || "the function has no value nearby".to_owned();
        if !self.is_declared(p) {
            let differences = central_difference_by(f, &self.inputs.parameters, p, self.step).ok_or_else(missing)?;
            return Ok(Comparison { name, derived: gradient.clone(), differences });
        }
        let directions: Vec<Mat> = (0..5).map(|_| self.direction(p, random)).collect();
        let along = |d: &Mat| self.along(&[(p, d)], &|m| Some(Mat::scalar(f(m)?)));
        let differences: Option<Vec<f64>> = directions.iter().map(|d| Some(along(d)?.at(0, 0))).collect();
        let derived = directions.iter().map(|d| gradient.inner(d)).collect();
        Ok(Comparison {
            name: format!("⟨{name}, D⟩ for 5 directions D"),
            derived: Mat::from_column_major(5, 1, derived),
            differences: Mat::from_column_major(5, 1, differences.ok_or_else(missing)?),
        })
    }
    fn is_declared(&self, p: usize) -> bool {
        self.input.arguments.symmetric.contains(&p) || self.derivation.graph.promises.hold(p)
    }
    /// A direction in which a parameter stays what it is declared to be.
    fn direction(&self, p: usize, random: &mut Random) -> Mat {
        let (at, promises) = (&self.inputs.parameters[p], &self.derivation.graph.promises);
        let free = random.matrix(at.rows, at.cols, -1.0, 1.0);
        let part = |holds: fn(usize, usize) -> bool| {
            Mat::from_fn(at.rows, at.cols, |r, c| if holds(r, c) { free.at(r, c) } else { 0.0 })
        };
        if promises.orthogonal.contains(&p) {
            at.mul(&free.sub(&free.transpose()))
        } else if promises.diagonal.contains(&p) {
            part(|r, c| r == c)
        } else if promises.lower_triangular.contains(&p) {
            part(|r, c| r >= c)
        } else if self.input.arguments.symmetric.contains(&p) {
            free.add(&free.transpose())
        } else {
            free
        }
    }
    /// How a matrix moves when parameters do.
    fn along(&self, moves: &[(usize, &Mat)], f: &dyn Fn(&[Mat]) -> Option<Mat>) -> Option<Mat> {
        let at = |t: f64| {
            let mut parameters = self.inputs.parameters.clone();
            for (p, d) in moves {
                parameters[*p] = parameters[*p].add(&d.scaled(t));
            }
            f(&parameters)
        };
        let shape = at(0.0)?.shape();
        let entry = |r: usize, c: usize| {
            let of = |m: &[Mat]| at(m[0].at(0, 0)).map(|v| v.at(r, c));
            central_difference_by(of, &[Mat::scalar(0.0)], 0, self.step).map(|d| d.at(0, 0))
        };
        let mut entries = Vec::new();
        for c in 0..shape.1 {
            for r in 0..shape.0 {
                entries.push(entry(r, c)?);
            }
        }
        Some(Mat::from_column_major(shape.0, shape.1, entries))
    }
    /// A Jacobian by its columns; by a parameter that is declared to be something, its products with directions in which it stays so.
    fn columns(
        &self,
        name: String,
        p: usize,
        derived: Mat,
        f: &dyn Fn(&[Mat]) -> Option<Mat>,
        random: &mut Random,
    ) -> Result<Comparison, String> {
        let declared = self.is_declared(p);
        let directions = if declared { (0..3).map(|_| self.direction(p, random)).collect() } else { self.units(p) };
        let columns: Option<Vec<Mat>> = directions.iter().map(|d| self.along(&[(p, d)], f)).collect();
        let columns = columns.ok_or("the function has no value nearby")?;
        if !declared {
            let differences = beside(columns, derived.shape());
            return Ok(Comparison { name, derived, differences });
        }
        let along = |d: &Mat| derived.mul(&Mat::from_column_major(d.data.len(), 1, d.data.clone()));
        let shape = (derived.rows, directions.len());
        Ok(Comparison {
            name: format!("{name} vec(D) for 3 directions D"),
            derived: beside(directions.iter().map(along).collect(), shape),
            differences: beside(columns, shape),
        })
    }
    /// Unit matrices, column by column.
    fn units(&self, p: usize) -> Vec<Mat> {
        let at = &self.inputs.parameters[p];
        let unit = |i: usize| Mat::from_fn(at.rows, at.cols, |r, c| if r + c * at.rows == i { 1.0 } else { 0.0 });
        (0..at.data.len()).map(unit).collect()
    }

    fn others(&self, found: Vec<Mat>, program: &Program, random: &mut Random) -> Result<Vec<Comparison>, String> {
        let missing = || "the function has no value nearby".to_owned();
        let params = self.input.signature.params.len();
        let function = self.function();
        let wrt: Vec<usize> = self.wrt().collect();
        let value = |m: &[Mat]| self.value(m);
        let gradient = |i: usize| move |m: &[Mat]| self.run(program, m).ok().map(|all| all[1 + i].clone());
        let mut results = Vec::new();
        match self.input.arguments.derivative {
            Derivative::Gradient => {}
            Derivative::Jacobian => {
                for (p, derived) in wrt.into_iter().zip(found) {
                    let name = format!("∂{function}/∂{}", self.name(p));
                    results.push(self.columns(name, p, derived, &value, random)?);
                }
            }
            Derivative::Hessian => {
                for (k, derived) in found.into_iter().enumerate() {
                    let (i, q) = (k / wrt.len(), wrt[k % wrt.len()]);
                    let name = format!("∂²{function}/∂{}∂{}", self.name(wrt[i]), self.name(q));
                    results.push(self.columns(name, q, derived, &gradient(i), random)?);
                }
            }
            Derivative::Jvp | Derivative::Hvp => {
                let moves: Vec<(usize, &Mat)> =
                    wrt.iter().enumerate().map(|(k, p)| (*p, &self.inputs.parameters[params + k])).collect();
                for (i, derived) in found.into_iter().enumerate() {
                    let second = self.input.arguments.derivative == Derivative::Hvp;
                    let differences = if second { self.along(&moves, &gradient(i)) } else { self.along(&moves, &value) };
                    let name = if second { format!("d ∂{function}/∂{}", self.name(wrt[i])) } else { format!("d {function}") };
                    results.push(Comparison { name, derived, differences: differences.ok_or_else(missing)? });
                }
            }
            Derivative::Vjp => {
                let product = |m: &[Mat]| Some(self.value(m)?.inner(m.last()?));
                for (p, derived) in wrt.into_iter().zip(found) {
                    let mut result = self.gradient(p, &derived, &product, random)?;
                    result.name = format!("∂⟨ȳ, {function}⟩/∂{}", self.name(p));
                    results.push(result);
                }
            }
        }
        Ok(results)
    }
}

/// Columns `vec(a)`, `vec(b)`, …; one by a number keeps its shape.
fn beside(columns: Vec<Mat>, shape: (usize, usize)) -> Mat {
    if let [one] = &columns[..]
        && one.shape() == shape
    {
        return one.clone();
    }
    let rows = columns.first().map_or(0, |c| c.data.len());
    let count = columns.len();
    Mat::from_column_major(rows, count, columns.into_iter().flat_map(|c| c.data).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_agrees() {
        let of = |data: &[f64]| Mat::from_column_major(data.len(), 1, data.to_vec());
        assert!(agrees(&of(&[1.0, 1000.0]), &of(&[1.0, 1000.0005])));
        for wrong in [&[1.0, 1000.01][..], &[1.0, -1000.0], &[1.0, f64::NAN], &[1.0], &[1.0, 1000.0, 0.0]] {
            assert!(!agrees(&of(wrong), &of(&[1.0, 1000.0])), "{wrong:?}");
        }
        assert!(!agrees(&of(&[1.0, 2.0]), &Mat::from_row_major(1, 2, &[1.0, 2.0])));
    }
}
