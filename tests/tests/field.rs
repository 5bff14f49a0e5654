//! Functions as people write them (`tests/field`): those that are accepted give what is right, the others are refused in the words for it.
#![allow(
    missing_docs,
    non_snake_case,
    unused,
    clippy::all,
    clippy::pedantic,
    reason = "the functions stand as they were written"
)]

use proc_macro2::{Delimiter, TokenStream, TokenTree};

type Check = fn() -> (Vec<f64>, Vec<f64>);

/// What the checks are written with.
mod help {
    use nalgebra::{DMatrix, DVector};

    /// The gradient by differences of fourth order.
    pub fn fd(f: impl Fn(&[f64]) -> f64, x: &[f64]) -> Vec<f64> {
        let h = 1e-3;
        let moved = |i: usize, h: f64| {
            let mut p = x.to_vec();
            p[i] += h;
            f(&p)
        };
        let slope = |i: usize| (8.0 * (moved(i, h) - moved(i, -h)) - (moved(i, 2.0 * h) - moved(i, -2.0 * h))) / (12.0 * h);
        (0..x.len()).map(slope).collect()
    }
    pub fn vecd(v: &[f64]) -> DVector<f64> {
        DVector::from_column_slice(v)
    }
    pub fn md(r: usize, c: usize, s: u32) -> DMatrix<f64> {
        DMatrix::from_fn(r, c, |i, j| ((i * 7 + j * 13) as f64 * 0.61 + s as f64).sin())
    }
    pub fn vd(n: usize, s: u32) -> DVector<f64> {
        DVector::from_fn(n, |i, _| (i as f64 * 1.3 + s as f64 * 0.7).cos())
    }
}

include!(concat!(env!("OUT_DIR"), "/field.rs"));

/// The largest difference, by the largest entry; infinite if there is a NaN.
fn distance(found: &[f64], expected: &[f64]) -> f64 {
    let size = expected.iter().fold(1.0_f64, |m, v| m.max(v.abs()));
    let off = |(a, b): (&f64, &f64)| if a == b { 0.0 } else { (a - b).abs() / size };
    let worst = |m: f64, d: f64| if d.is_nan() { f64::INFINITY } else { m.max(d) };
    if found.len() == expected.len() { found.iter().zip(expected).map(off).fold(0.0, worst) } else { f64::INFINITY }
}

#[test]
fn accepted_functions_are_right() {
    let mut complaints = String::new();
    for (name, check) in ACCEPTED {
        let (found, expected) = check();
        if distance(&found, &expected) > 1e-7 {
            complaints += &format!("{name}: found {found:?}, expected {expected:?}\n");
        }
    }
    assert!(complaints.is_empty(), "\n{complaints}");
}

/// The arguments of the attribute of a case, and its function.
fn function(case: &str) -> (TokenStream, TokenStream) {
    let code: TokenStream = case.parse().expect("tokens");
    let mut tokens = code.into_iter().skip_while(|t| !matches!(t, TokenTree::Punct(p) if p.as_char() == '#')).skip(1);
    let Some(TokenTree::Group(attribute)) = tokens.next() else { panic!("an attribute: {case}") };
    let arguments = attribute.stream().into_iter().find_map(|t| match t {
        TokenTree::Group(arguments) => Some(arguments.stream()),
        _ => None,
    });
    let mut item = TokenStream::new();
    for token in tokens {
        let ends = matches!(&token, TokenTree::Group(body) if body.delimiter() == Delimiter::Brace);
        item.extend([token]);
        if ends {
            break;
        }
    }
    (arguments.unwrap_or_default(), item)
}

#[test]
fn the_others_are_refused() {
    let (cases, states) = (include_str!("../field/cases.txt"), include_str!("../field/states.tsv"));
    let cases: Vec<(&str, &str)> = cases.split("\n== ").skip(1).filter_map(|case| case.split_once('\n')).collect();
    let states: Vec<Vec<&str>> = states.lines().skip(1).map(|row| row.split('\t').collect()).collect();
    let names = |of: Vec<&str>| of.join("\n");
    assert_eq!(names(cases.iter().map(|c| c.0).collect()), names(states.iter().map(|s| s[0]).collect()), "a state for each case");
    let mut complaints = String::new();
    for ((name, case), state) in cases.iter().zip(&states).filter(|(_, state)| state[1] == "refused") {
        let (arguments, item) = function(case.split("\n--\n").next().unwrap_or_default());
        match matgrad_engine::explain(arguments, item) {
            Ok(_) => complaints += &format!("{name} is accepted: is its state `right`?\n"),
            Err(errors) => {
                let words: Vec<&str> = errors.as_slice().iter().map(|e| e.message.as_str()).collect();
                if !words.iter().any(|w| w.contains(state[2])) {
                    complaints += &format!("{name} is refused, but not in the words `{}`: {words:?}\n", state[2]);
                }
            }
        }
    }
    assert!(complaints.is_empty(), "\n{complaints}");
}
