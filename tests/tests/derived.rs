//! Random programs with all attributes as functions that rustc compiles: first derivatives are what differences of the function say, second ones
//! what differences of its gradient do, and companions agree with each other, those that write to buffers included.
//!
//! `MATGRAD_DERIVED=67 cargo test -p matgrad-tests --test derived -- --nocapture` compiles 201 of them.
#![allow(warnings, clippy::all, clippy::pedantic, reason = "the functions stand as they are generated")]

use std::cell::{Cell, RefCell};

use matgrad::{grad, hessian, hvp, jacobian, jvp, vjp};
use nalgebra::allocator::Allocator;
use nalgebra::*;

thread_local! {
    static NOTES: RefCell<Vec<usize>> = const { RefCell::new(Vec::new()) };
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

include!(concat!(env!("OUT_DIR"), "/derived.rs"));

/// What a parameter is declared to be.
#[derive(Clone, Copy, PartialEq)]
enum Declared {
    Nothing,
    Symmetric,
    Diagonal,
    LowerTriangular,
}

/// What companions give: returned, returned beside others, written to a buffer.
struct Found {
    value: [f64; 2],
    tangents: [f64; 2],
    gradients: [Vec<f64>; 3],
    jacobians: [Vec<f64>; 3],
    /// Of the cotangent 2.
    pulled: Vec<f64>,
    products: [Vec<f64>; 2],
    hessians: [Vec<f64>; 3],
}

struct Program {
    seed: u64,
    /// The parameters, column by column.
    at: &'static [&'static [f64]],
    /// Which one is differentiated by, and its rows.
    parameter: usize,
    rows: usize,
    declared: Declared,
    run: fn(&[Vec<f64>], &[f64]) -> Found,
}

trait Entries {
    fn entries(&self) -> Vec<f64>;
    /// A buffer of this shape.
    fn unwritten(&self) -> Self;
}
impl Entries for f64 {
    fn entries(&self) -> Vec<f64> {
        vec![*self]
    }
    fn unwritten(&self) -> f64 {
        f64::NAN
    }
}
impl<R: Dim, C: Dim> Entries for OMatrix<f64, R, C>
where
    DefaultAllocator: Allocator<R, C>,
{
    fn entries(&self) -> Vec<f64> {
        self.iter().copied().collect()
    }
    fn unwritten(&self) -> Self {
        self.map(|_| f64::NAN)
    }
}

/// Where differences agree with each other: what they say.
fn differences(fine: &[f64], coarse: &[f64]) -> Option<Vec<f64>> {
    let size = fine.iter().fold(1e-6_f64, |m, x| m.max(x.abs()));
    let agree = fine.iter().zip(coarse).all(|(a, b)| (a - b).abs() <= 1e-5 * size);
    agree.then(|| fine.to_vec())
}

fn same(what: &str, found: &[f64], expected: &[f64], tolerance: f64) -> Result<(), String> {
    let size = expected.iter().chain(found).fold(1e-6_f64, |m, x| m.max(x.abs()));
    let right = found.len() == expected.len() && found.iter().zip(expected).all(|(a, b)| (a - b).abs() <= tolerance * size);
    if right { Ok(()) } else { Err(format!("{what}: {found:?} instead of {expected:?}")) }
}

fn inner(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

impl Program {
    /// A direction in which the parameter stays what it is declared.
    fn direction(&self) -> Vec<f64> {
        let (n, len) = (self.rows, self.at[self.parameter].len());
        let raw = |i: usize, j: usize| ((7 * i + 3 * j + 1) as f64 * 0.7).sin();
        let entry = |k: usize| {
            let (i, j) = (k % n, k / n);
            match self.declared {
                Declared::Symmetric => 0.5 * (raw(i, j) + raw(j, i)),
                Declared::Diagonal if i != j => 0.0,
                Declared::LowerTriangular if i < j => 0.0,
                _ => raw(i, j),
            }
        };
        (0..len).map(entry).collect()
    }

    /// The derivative of what is read off, along the direction.
    fn moved(&self, v: &[f64], read: impl Fn(&Found) -> Vec<f64>) -> Option<Vec<f64>> {
        let at = |t: f64| {
            let mut p: Vec<Vec<f64>> = self.at.iter().map(|p| p.to_vec()).collect();
            p[self.parameter].iter_mut().zip(v).for_each(|(x, v)| *x += t * v);
            read(&(self.run)(&p, v))
        };
        let five = |h: f64| -> Vec<f64> {
            let [a, b, c, d] = [h, -h, 2.0 * h, -2.0 * h].map(at);
            (0..a.len()).map(|i| (8.0 * (a[i] - b[i]) - (c[i] - d[i])) / (12.0 * h)).collect()
        };
        differences(&five(2e-4), &five(6e-4))
    }

    /// Whether differences told something.
    fn check(&self) -> Result<bool, String> {
        let v = self.direction();
        let p: Vec<Vec<f64>> = self.at.iter().map(|p| p.to_vec()).collect();
        let found = (self.run)(&p, &v);
        let [gradient, beside, written] = &found.gradients;
        same("the value beside a tangent", &found.value[1..], &found.value[..1], 1e-12)?;
        same("the gradient beside a Hessian", beside, gradient, 1e-12)?;
        same("the gradient in a buffer", written, gradient, 1e-12)?;
        for jacobian in &found.jacobians {
            same("the Jacobian", jacobian, gradient, 1e-9)?;
        }
        for tangent in found.tangents {
            same("the tangent", &[tangent], &[inner(gradient, &v)], 1e-8)?;
        }
        same("the pullback", &found.pulled, &gradient.iter().map(|g| 2.0 * g).collect::<Vec<_>>(), 1e-9)?;
        let [hessian, beside, written] = &found.hessians;
        same("the Hessian beside a gradient", beside, hessian, 1e-12)?;
        same("the Hessian in a buffer", written, hessian, 1e-12)?;
        let n = v.len();
        if !(0..n * n).all(|k| hessian[k] == hessian[k / n + k % n * n] || hessian[k].is_nan()) {
            return Err(format!("the Hessian is not symmetric: {hessian:?}"));
        }
        let [product, written] = &found.products;
        same("the product in a buffer", written, product, 1e-12)?;
        let by_hessian: Vec<f64> = (0..n).map(|r| (0..n).map(|c| hessian[r + c * n] * v[c]).sum()).collect();
        same("the Hessian times the direction", &by_hessian, product, 1e-7)?;
        let (Some(first), Some(second)) = (self.moved(&v, |f| vec![f.value[0]]), self.moved(&v, |f| f.gradients[0].clone()))
        else {
            return Ok(false);
        };
        same("the tangent, by differences", &found.tangents[..1], &first, 1e-5)?;
        // what is left of numbers that cancel is zero
        let size = gradient.iter().chain(&second).fold(0.0_f64, |m, x| m.max(x.abs()));
        let off = product.iter().zip(&second).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
        if off <= 1e-5 * size + 1e-12 { Ok(true) } else { Err(format!("the product: {product:?}, by differences {second:?}")) }
    }
}

#[test]
fn companions_agree_with_differences_and_each_other() {
    let (mut wrong, mut told) = (Vec::new(), 0);
    for program in PROGRAMS {
        match program.check() {
            Ok(tells) => told += usize::from(tells),
            Err(message) => wrong.push(format!("seed {}: {message}", program.seed)),
        }
    }
    println!("{} programs, {told} told by differences", PROGRAMS.len());
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), PROGRAMS.len(), wrong.join("\n"));
    assert!(told * 2 >= PROGRAMS.len(), "{told} of {} are told", PROGRAMS.len());
}
