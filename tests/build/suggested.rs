//! Functions that the macro refuses for a type that it does not see, each with the `let` that the refusal suggests, for rustc to compile.

use std::fmt::Write;

use crate::suggestions::mended;

/// The head of the functions; `S`: their scalar.
const HEAD: &str =
    "pub fn f(x: S, v: &DVector<S>, m: &DMatrix<S>, r: &RowDVector<S>, p: &Vector3<S>, n: usize, s: &Settings) -> S";

/// What stands around a function, its scalar, and its body.
const REFUSED: &[(&str, &str, &str)] = &[
    (NUMBER, "f64", "let y = g(n); x * y"),
    (NUMBER, "f32", "let y = g(n); x * y"),
    (NUMBER, "f64", "let y = g(n); x + y"),
    (NUMBER, "f64", "let mut y = g(n); y += 1.0; x * y"),
    (NUMBER, "f64", "x * g(n)"),
    (NUMBER, "f64", "x * (g(n) + 1.0)"),
    (NUMBER, "f64", "x.max(g(n)) + (v * x).map(|t| t * g(n)).sum()"),
    (NUMBER, "f32", "(v * x).norm() / g(n)"),
    (NUMBER, "f64", "if x > g(n) { x * x } else { x }"),
    (NUMBER, "f64", "let mut t = 0.0; for i in 0..v.len() { t += x * v[i] * g(i); } t"),
    (PAIR, "f64", "let (y, _) = g(n); x * y"),
    (PAIR, "f64", "let (y, z) = g(n); let (k, l) = (y * 2.0, z); x * y"),
    (LIST, "f64", "let [y, z] = g(n); let (y, k) = (n, 2); x * z"),
    (PERHAPS, "f64", "let Some(y) = g(n) else { panic!() }; (v * x + y).sum()"),
    (PERHAPS, "f32", "let Some(y) = g(n) else { panic!() }; (v * x + y).sum()"),
    (VECTOR, "f64", "let y = g(n); (v * x + y).sum()"),
    (VECTOR, "f32", "let y = g(n); (v * x + y).sum()"),
    (VECTOR, "f64", "let y = g(n); y.dot(&(v * x))"),
    (VECTOR, "f64", "(v * x).dot(&g(n))"),
    (VECTOR, "f64", "(v * x - g(n)).norm()"),
    (FIXED, "f64", "let y = g(n); (p * x - y).sum()"),
    (FIXED, "f32", "(p * x).dot(&g(n))"),
    (FIELDS, "f64", "x * s.rate"),
    (FIELDS, "f32", "x * s.rate"),
    (FIELDS, "f64", "x * s.inner.rate"),
    (FIELDS, "f64", "x * s.rates[n]"),
    (FIELDS, "f64", "x * s.rate()"),
    (FIELDS, "f64", "(v * x).dot(&s.weights())"),
    (FIELDS, "f64", "(v * x).dot(&s.weights)"),
    (FIELDS, "f32", "(v * x).dot(&s.weights)"),
    (FIELDS, "f64", "(p * x).dot(&s.three)"),
    (FIELDS, "f64", "(p * x).dot(&s.three())"),
    (FIELDS, "f64", "(&s.map * (v * x)).sum()"),
    (FIELDS, "f64", "(&s.small * (p * x)).sum()"),
    (FIELDS, "f64", "(v * x + &s.weights).sum()"),
    (FIELDS, "f64", "(v * x).component_mul(&s.weights).sum()"),
    (NUMBER, "f64", "x * RATES[1]"),
    (NUMBER, "f64", "x * limit"),
    (NUMBER, "f64", "let k = 2.0; #[cfg(any())] let k = 3.0; x * k"),
];

const NUMBER: &str = "pub struct Settings; pub fn settings() -> Settings { Settings } const RATES: [S; 2] = [1.0, 2.0]; \
                      #[allow(non_upper_case_globals)] const limit: S = 2.5; fn g(n: usize) -> S { n as S }";
const PAIR: &str = "pub struct Settings; pub fn settings() -> Settings { Settings } fn g(n: usize) -> (S, S) { (n as S, 2.0) }";
const LIST: &str = "pub struct Settings; pub fn settings() -> Settings { Settings } fn g(n: usize) -> [S; 2] { [n as S, 2.0] }";
const PERHAPS: &str = "pub struct Settings; pub fn settings() -> Settings { Settings } fn g(n: usize) -> Option<DVector<S>> { Some(DVector::from_element(3, n as S)) }";
const VECTOR: &str = "pub struct Settings; pub fn settings() -> Settings { Settings } fn g(n: usize) -> DVector<S> { DVector::from_element(3, n as S) }";
const FIXED: &str =
    "pub struct Settings; pub fn settings() -> Settings { Settings } fn g(n: usize) -> Vector3<S> { Vector3::repeat(n as S) }";
const FIELDS: &str = "pub struct Inner { rate: S } \
    pub struct Settings { rate: S, inner: Inner, rates: Vec<S>, weights: DVector<S>, three: Vector3<S>, map: DMatrix<S>, small: Matrix3<S> } \
    impl Settings { fn rate(&self) -> S { self.rate } fn weights(&self) -> DVector<S> { self.weights.clone() } fn three(&self) -> Vector3<S> { self.three } } \
    pub fn settings() -> Settings { Settings { rate: 0.5, inner: Inner { rate: 0.25 }, rates: vec![1.0, 2.0, 4.0], \
    weights: DVector::from_element(3, 0.5), three: Vector3::repeat(0.5), map: DMatrix::from_element(3, 3, 2.0), small: Matrix3::repeat(2.0) } }";

/// A module for each, and `check`, which calls them all.
pub fn module() -> String {
    println!("cargo::rerun-if-changed=../macros/engine/tests/suggestions/mod.rs");
    let (mut modules, mut calls) = (String::new(), String::new());
    for (i, (around, scalar, body)) in REFUSED.iter().enumerate() {
        let head = HEAD.replace('S', scalar).replace(&format!("{scalar}ettings"), "Settings");
        let (attribute, item) = ("x".parse().expect("tokens"), format!("{head} {{ {body} }}").parse().expect("tokens"));
        let errors = matgrad_engine::explain(attribute, item).err();
        let messages: Vec<String> =
            errors.map_or_else(Vec::new, |errors| errors.as_slice().iter().map(|e| e.message.clone()).collect());
        let body = messages
            .iter()
            .find_map(|m| mended(body, m))
            .unwrap_or_else(|| panic!("no `let` is suggested: {body}: {messages:?}"));
        let _ = writeln!(
            modules,
            "mod s{i} {{ use matgrad::grad; use nalgebra::*; type S = {scalar}; {around}\n#[grad(x)]\n{head} {{ {body} }} }}"
        );
        let _ = writeln!(
            calls,
            "{{ let (v, m, r, p) = (DVector::from_element(3, 0.5), DMatrix::from_element(3, 3, 0.5), RowDVector::from_element(3, 0.5), Vector3::repeat(0.5)); \
             let s = s{i}::settings(); let (value, slope) = s{i}::f_value_and_grad(0.75, &v, &m, &r, &p, 2, &s); \
             same(s{i}::f(0.75, &v, &m, &r, &p, 2, &s).into(), value.into()); assert!(f64::from(slope) != 0.0); }}"
        );
    }
    format!("{modules}\nfn check(same: impl Fn(f64, f64)) {{ {calls} }}\n")
}
