//! Random programs of the engine as functions that rustc compiles: values are those of the interpreter, and gradients what differences
//! of the function itself say.
//!
//! A complaint names its seed: `Spelled::of(&generate(seed), ..)` of the engine makes the function again, and it stands in the build's
//! `generated.rs` as `f<seed>`.
#![allow(warnings, clippy::all, clippy::pedantic, reason = "the functions stand as they are generated")]

use matgrad::grad;
use nalgebra::*;

include!(concat!(env!("OUT_DIR"), "/generated.rs"));

/// What to run.
#[derive(Clone, Copy, Debug)]
enum What {
    Value,
    Gradient,
    Both,
    GradientInPlace,
    BothInPlace,
}

/// What a parameter is declared to be.
#[derive(Clone, Copy, PartialEq)]
enum Declared {
    Nothing,
    Symmetric,
    Diagonal,
    LowerTriangular,
    Orthogonal,
}

struct Program {
    seed: u64,
    /// The parameters, column by column, and their rows.
    at: &'static [&'static [f64]],
    rows: &'static [usize],
    declared: &'static [Declared],
    wrt: &'static [usize],
    /// What the interpreter says, if it has to agree.
    value: Option<f64>,
    run: fn(&[Vec<f64>], What) -> (f64, Vec<Vec<f64>>),
}

trait Entries {
    fn entries(&self) -> Vec<f64>;
}
impl Entries for f64 {
    fn entries(&self) -> Vec<f64> {
        vec![*self]
    }
}
impl<R: Dim, C: Dim, S: RawStorage<f64, R, C>> Entries for Matrix<f64, R, C, S> {
    fn entries(&self) -> Vec<f64> {
        self.iter().copied().collect()
    }
}

impl Program {
    fn point(&self) -> Vec<Vec<f64>> {
        self.at.iter().map(|p| p.to_vec()).collect()
    }
    /// The directions in which a parameter stays what it is declared.
    fn directions(&self, parameter: usize) -> Vec<DMatrix<f64>> {
        let value = self.matrix(parameter, self.at[parameter]);
        let (n, m) = value.shape();
        let unit = |r: usize, c: usize| {
            let mut unit = DMatrix::zeros(n, m);
            unit[(r, c)] = 1.0;
            unit
        };
        let places = (0..m).flat_map(|c| (0..n).map(move |r| (r, c)));
        match self.declared[parameter] {
            Declared::Nothing => places.map(|(r, c)| unit(r, c)).collect(),
            Declared::Symmetric => places.filter(|(r, c)| r >= c).map(|(r, c)| unit(r, c) + unit(c, r)).collect(),
            Declared::Diagonal => places.filter(|(r, c)| r == c).map(|(r, c)| unit(r, c)).collect(),
            Declared::LowerTriangular => places.filter(|(r, c)| r >= c).map(|(r, c)| unit(r, c)).collect(),
            Declared::Orthogonal => places.filter(|(r, c)| r > c).map(|(r, c)| &value * (unit(r, c) - unit(c, r))).collect(),
        }
    }
    fn matrix(&self, parameter: usize, entries: &[f64]) -> DMatrix<f64> {
        let rows = self.rows[parameter];
        DMatrix::from_column_slice(rows, entries.len() / rows, entries)
    }
    /// How far a gradient is from those directions.
    fn departs(&self, parameter: usize, gradient: &DMatrix<f64>) -> f64 {
        match self.declared[parameter] {
            Declared::Nothing => 0.0,
            Declared::Symmetric => (gradient - gradient.transpose()).amax(),
            Declared::Diagonal => (gradient - DMatrix::from_diagonal(&gradient.diagonal())).amax(),
            Declared::LowerTriangular => (gradient - gradient.lower_triangle()).amax(),
            Declared::Orthogonal => {
                let turned = self.matrix(parameter, self.at[parameter]).tr_mul(gradient);
                (&turned + turned.transpose()).amax()
            }
        }
    }
    /// `(8 (f(h) − f(−h)) − (f(2h) − f(−2h))) / 12h`, `f` along a direction of a parameter.
    fn difference(&self, parameter: usize, direction: &DMatrix<f64>, h: f64) -> f64 {
        let moved = |t: f64| {
            let mut point = self.point();
            point[parameter].iter_mut().zip(direction.iter()).for_each(|(x, d)| *x += t * d);
            (self.run)(&point, What::Value).0
        };
        let odd = |t: f64| moved(t) - moved(-t);
        (8.0 * odd(h) - odd(2.0 * h)) / (12.0 * h)
    }

    fn check(&self) -> Result<(), String> {
        let point = self.point();
        let value = (self.run)(&point, What::Value).0;
        let companions = [What::Gradient, What::Both, What::GradientInPlace, What::BothInPlace];
        let found = companions.map(|what| (what, (self.run)(&point, what)));
        let close = |a: f64, b: f64| (a - b).abs() <= 1e-9 * a.abs().max(1.0);
        if let Some(expected) = self.value.filter(|expected| !close(value, *expected)) {
            return Err(format!("the function is {value}, the interpreter says {expected}"));
        }
        for (what, (with_gradient, _)) in &found {
            let has_value = matches!(what, What::Both | What::BothInPlace);
            if has_value && !close(value, *with_gradient) {
                return Err(format!("the function is {value}, {what:?} says {with_gradient}"));
            }
        }
        for (place, parameter) in self.wrt.iter().enumerate() {
            let entries = point[*parameter].len();
            if found.iter().any(|(_, (_, gradients))| gradients[place].len() != entries) {
                return Err(format!("a gradient by parameter {parameter} has not {entries} entries"));
            }
            let gradients = found.each_ref().map(|(what, (_, gradients))| (what, self.matrix(*parameter, &gradients[place])));
            let directions = self.directions(*parameter);
            let slopes = directions.iter().map(|d| [2e-4, 2e-5].map(|h| self.difference(*parameter, d, h)));
            let slopes: Vec<[f64; 2]> = slopes.collect();
            let top = slopes.iter().map(|s| s[0].abs()).fold(value.abs().max(1.0), f64::max);
            for (what, gradient) in &gradients {
                for (i, (direction, slope)) in directions.iter().zip(&slopes).enumerate() {
                    let along = gradient.dot(direction);
                    // NaN is below nothing
                    if !slope.iter().any(|s| (along - s).abs() <= 1e-6 * top) {
                        return Err(format!(
                            "{what:?}: by parameter {parameter}, direction {i}: {along}, differences say {slope:?}"
                        ));
                    }
                }
                if !(self.departs(*parameter, gradient) <= 1e-9 * top) {
                    return Err(format!("{what:?}: along the gradient by parameter {parameter} it is not what it is declared"));
                }
            }
        }
        Ok(())
    }
}

#[test]
fn generated_functions_have_the_gradients_that_differences_say() {
    let mut complaints = Vec::new();
    for program in PROGRAMS {
        let outcome = std::panic::catch_unwind(|| program.check());
        match outcome {
            Ok(Ok(())) => {}
            Ok(Err(message)) => complaints.push(format!("seed {}: {message}", program.seed)),
            Err(_) => complaints.push(format!("seed {}: it panics", program.seed)),
        }
    }
    assert!(PROGRAMS.len() >= 300, "{} programs", PROGRAMS.len());
    assert!(complaints.is_empty(), "{} of {}:\n{}", complaints.len(), PROGRAMS.len(), complaints.join("\n"));
}
