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

struct Program {
    seed: u64,
    /// The parameters, column by column, and their rows.
    at: &'static [&'static [f64]],
    rows: &'static [usize],
    symmetric: &'static [usize],
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
    /// The function where entry `i` of a parameter is `t` further, and so is the entry that symmetry holds to it.
    fn moved(&self, parameter: usize, i: usize, t: f64) -> f64 {
        let mut point = self.point();
        point[parameter][i] += t;
        if let Some(other) = self.mirrored(parameter, i) {
            point[parameter][other] += t;
        }
        (self.run)(&point, What::Value).0
    }
    fn mirrored(&self, parameter: usize, i: usize) -> Option<usize> {
        let n = self.rows[parameter];
        let other = i % n * n + i / n;
        (self.symmetric.contains(&parameter) && other != i).then_some(other)
    }
    /// `(8 (f(h) − f(−h)) − (f(2h) − f(−2h))) / 12h`
    fn difference(&self, parameter: usize, i: usize, h: f64) -> f64 {
        let odd = |t: f64| self.moved(parameter, i, t) - self.moved(parameter, i, -t);
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
            let slopes = |i: usize| [2e-4, 2e-5].map(|h| self.difference(*parameter, i, h));
            let slopes: Vec<[f64; 2]> = (0..entries).map(slopes).collect();
            let top = slopes.iter().map(|s| s[0].abs()).fold(value.abs().max(1.0), f64::max);
            for (i, slope) in slopes.iter().enumerate() {
                let other = self.mirrored(*parameter, i);
                for (what, (_, gradients)) in &found {
                    let gradient = &gradients[place];
                    let along = gradient[i] + other.map_or(0.0, |other| gradient[other]);
                    // NaN is below nothing
                    if !slope.iter().any(|s| (along - s).abs() <= 1e-6 * top) {
                        return Err(format!(
                            "{what:?}: by entry {i} of parameter {parameter}: {along}, differences say {slope:?}"
                        ));
                    }
                    if other.is_some_and(|other| (gradient[other] - gradient[i]).abs() > 1e-9 * top) {
                        return Err(format!("{what:?}: by parameter {parameter}: not symmetric"));
                    }
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
