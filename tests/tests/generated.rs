//! Random programs of the engine as functions that rustc compiles: values are those of the interpreter, and gradients what differences
//! of the function itself say.
//!
//! A complaint names its seed: `Spelled::of(&generate(seed), ..)` of the engine makes the function again, and it stands in the build's
//! `generated.rs` as `f<seed>`.
#![allow(warnings, clippy::all, clippy::pedantic, reason = "the functions stand as they are generated")]

use std::cell::{Cell, RefCell};

use matgrad::grad;
use nalgebra::*;

thread_local! {
    /// What has been called, in order.
    static NOTES: RefCell<Vec<usize>> = const { RefCell::new(Vec::new()) };
    /// Whether there is a guard.
    static IS_HELD: Cell<bool> = const { Cell::new(false) };
}

/// Remembers that it was called.
fn note(k: usize) -> usize {
    NOTES.with_borrow_mut(|notes| notes.push(k));
    k
}

/// A value that only one may hold.
struct Guard(f64);
fn held(value: f64) -> Guard {
    assert!(!IS_HELD.replace(true), "the guard before is still there");
    Guard(value)
}
impl std::ops::Deref for Guard {
    type Target = f64;
    fn deref(&self) -> &f64 {
        &self.0
    }
}
impl Drop for Guard {
    fn drop(&mut self) {
        IS_HELD.set(false);
    }
}

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
    /// Whether it ends, with its own value, whatever the parameters are.
    ends: bool,
    /// Whether a matrix in it has zeros by its form, which nothing is multiplied by.
    zeros: bool,
    /// Whether its value depends on the signs of zeros.
    signs: bool,
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
        NOTES.take();
        let value = (self.run)(&point, What::Value).0;
        let notes = NOTES.take();
        let companions = [What::Gradient, What::Both, What::GradientInPlace, What::BothInPlace];
        let found = companions.map(|what| (what, (self.run)(&point, what), NOTES.take()));
        for (what, _, noted) in &found {
            if *noted != notes {
                return Err(format!("the function does {notes:?}, {what:?} does {noted:?}"));
            }
        }
        let close = |a: f64, b: f64| (a - b).abs() <= 1e-9 * a.abs().max(1.0);
        if let Some(expected) = self.value.filter(|expected| !close(value, *expected)) {
            return Err(format!("the function is {value}, the interpreter says {expected}"));
        }
        for (what, (with_gradient, _), _) in &found {
            let has_value = matches!(what, What::Both | What::BothInPlace);
            if has_value && !close(value, *with_gradient) {
                return Err(format!("the function is {value}, {what:?} says {with_gradient}"));
            }
        }
        for (place, parameter) in self.wrt.iter().enumerate() {
            let entries = point[*parameter].len();
            if found.iter().any(|(_, (_, gradients), _)| gradients[place].len() != entries) {
                return Err(format!("a gradient by parameter {parameter} has not {entries} entries"));
            }
            let gradients = found.each_ref().map(|(what, (_, gradients), _)| (what, self.matrix(*parameter, &gradients[place])));
            let directions = self.directions(*parameter);
            let slopes = directions.iter().map(|d| [2e-4, 2e-5].map(|h| self.difference(*parameter, d, h)));
            let slopes: Vec<[f64; 2]> = slopes.collect();
            let top = slopes.iter().map(|s| s[0].abs()).fold(value.abs().max(1.0), f64::max);
            for (what, gradient) in &gradients {
                for (i, (direction, slope)) in directions.iter().zip(&slopes).enumerate() {
                    let along = gradient.dot(direction);
                    // two differences that are far apart tell nothing; NaN is below nothing
                    let told = (slope[0] - slope[1]).abs() <= 0.1 * top;
                    if told && !slope.iter().any(|s| (along - s).abs() <= 1e-6 * top) {
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

/// What the arguments of a function can be that differences cannot look at.
const SPECIAL: [f64; 9] = [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 0.0, -0.0, 1.0, 1e-310, 1e200, -1e200];

/// What running a function or companion comes to: its value, or a panic.
fn outcome(program: &Program, point: &[Vec<f64>], what: What) -> Option<f64> {
    std::panic::catch_unwind(|| (program.run)(point, what).0).ok()
}

impl Program {
    /// Points with one special entry, or nothing else, in a parameter that is declared to be nothing.
    fn special_points(&self) -> Vec<(f64, Vec<Vec<f64>>)> {
        let free = (0..self.at.len()).filter(|p| self.declared[*p] == Declared::Nothing && !self.at[*p].is_empty());
        let places = free.flat_map(|p| [(p, None), (p, Some(self.seed as usize % self.at[p].len()))]);
        let point = |(p, place): (usize, Option<usize>), special: f64| {
            let mut point = self.point();
            match place {
                Some(i) => point[p][i] = special,
                None => point[p].fill(special),
            }
            (special, point)
        };
        places.flat_map(|at| SPECIAL.map(|special| point(at, special))).collect()
    }

    /// How many values at special points are those of the function, and how many are given up.
    fn check_special(&self) -> Result<[usize; 2], String> {
        let (mut same, mut given_up) = (0, 0);
        for (special, point) in self.special_points() {
            let expected = outcome(self, &point, What::Value);
            for what in [What::Gradient, What::Both, What::GradientInPlace, What::BothInPlace] {
                let found = outcome(self, &point, what);
                let is_same = match (expected, found) {
                    (None, None) => true,
                    (Some(_), Some(_)) if matches!(what, What::Gradient | What::GradientInPlace) => true,
                    (Some(a), Some(b)) => a == b || (a.is_nan() && b.is_nan()) || (a - b).abs() <= 1e-7 * a.abs().max(1.0),
                    _ => false,
                };
                // infinities are regrouped, what is huge overflows or loses its digits, and denormal divisors have no reciprocal
                let is_wide = special.is_infinite()
                    || special.abs() > 1e100
                    || (special != 0.0 && special.abs() < 1e-300)
                    || (special.is_nan() && self.zeros)
                    || (special == 0.0 && self.signs);
                match is_same {
                    true => same += 1,
                    false if is_wide => given_up += 1,
                    false => return Err(format!("at {special}, {point:?}: the function is {expected:?}, {what:?} {found:?}")),
                }
            }
        }
        Ok([same, given_up])
    }
}

#[test]
fn companions_have_the_functions_value_at_special_numbers() {
    std::panic::set_hook(Box::new(|_| ()));
    let (mut complaints, mut counts) = (Vec::new(), [0, 0]);
    for program in PROGRAMS.iter().filter(|p| p.ends) {
        match program.check_special() {
            Ok(more) => counts = [counts[0] + more[0], counts[1] + more[1]],
            Err(message) => complaints.push(format!("seed {}: {message}", program.seed)),
        }
    }
    let _ = std::panic::take_hook();
    println!("{} values are the functions', {} are given up", counts[0], counts[1]);
    assert!(complaints.is_empty(), "{} of {}:\n{}", complaints.len(), PROGRAMS.len(), complaints.join("\n"));
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
