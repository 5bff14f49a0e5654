//! Random programs as Rust: read back by the engine they are the same functions, and have the same gradients.
//!
//! `tests/tests/generated.rs` sends some of them through rustc.
#![allow(missing_docs)]

use std::collections::BTreeMap;

use matgrad_engine::diff::{self, ScalarFunction};
use matgrad_engine::eval::{Environment, EvalError, Mat, evaluate};
use matgrad_engine::generate::{Sample, Spelled, Style, generate};
use matgrad_engine::ir::OpaqueId;
use matgrad_engine::{Derivation, derive, parse, simplify};
use proc_macro2::TokenStream;

const STYLES: [Style; 3] = [Style::Run, Style::Fixed, Style::Generic];

#[test]
fn spelled_programs_are_read_as_what_they_are() {
    let programs = std::env::var("MATGRAD_PROGRAMS").ok().and_then(|n| n.parse().ok()).unwrap_or(500);
    let (mut complaints, mut spelled, mut carried) = (Vec::new(), 0, 0);
    for seed in 0..programs {
        let mut sample = generate(seed);
        // what is inactive is carried over, and its value is nobody's here
        sample.wrt = (0..sample.parameters.len()).collect();
        for style in STYLES {
            let Some(function) = Spelled::of(&sample, "f", style, seed) else { continue };
            spelled += 1;
            match check(&sample, &function) {
                Ok(Read::Right) => {}
                Ok(Read::Carried) => carried += 1,
                Err(message) => {
                    let text = format!("#[grad({})]\n{}", function.arguments, function.item);
                    complaints.push(format!("seed {seed}, {style:?}: {message}\n{text}"));
                }
            }
        }
    }
    println!("{programs} programs, spelled in {spelled} ways; {carried} have inactive code");
    let some: Vec<String> = complaints.iter().take(10).cloned().collect();
    assert!(complaints.is_empty(), "{} of {spelled} are not what they are:\n{}", complaints.len(), some.join("\n\n"));
    assert!(spelled > programs * 3 / 2, "{spelled} spellings of {programs} programs");
    assert!(carried * 4 < spelled, "{carried} of {spelled} have inactive code");
}

enum Read {
    Right,
    /// Inactive code is carried over, and has no value here.
    Carried,
}

/// Whether a run-time size is one.
fn has_one_entry(sample: &Sample) -> bool {
    sample.sizes.iter().any(|(_, n)| *n == 1)
}

fn check(sample: &Sample, function: &Spelled) -> Result<Read, String> {
    let tokens = |text: &str| text.parse::<TokenStream>().map_err(|e| e.to_string());
    let derived = parse::parse(tokens(&function.arguments)?, tokens(&function.item)?).result.and_then(|input| derive(&input));
    let expected = direct(sample, function).map_err(|e| e.to_string())?;
    let derivation = match derived {
        Ok(derivation) => derivation,
        // that the result does not depend on a parameter is an error
        Err(_) if expected[1..].iter().any(|g| g.max_abs() < 1e-12) => return Ok(Read::Right),
        // a vector of one entry that plays row and column: types do not tell that it has one
        Err(errors) if errors.as_slice().iter().any(|e| e.message.contains("do not fit")) && has_one_entry(sample) => {
            return Ok(Read::Carried);
        }
        Err(errors) => return Err(errors.as_slice().iter().map(|e| e.message.as_str()).collect::<Vec<_>>().join("; ")),
    };
    let environment = environment(&derivation, function);
    let mut roots = vec![derivation.value];
    roots.extend(&derivation.gradients);
    let found = match evaluate(&derivation.graph, &roots, &environment) {
        Ok(found) => found,
        Err(_) if !derivation.function.opaques.is_empty() => return Ok(Read::Carried),
        Err(error) => return Err(error.to_string()),
    };
    let magnitude = expected.iter().map(Mat::max_abs).fold(1.0, f64::max);
    for (i, (found, expected)) in found.iter().zip(&expected).enumerate() {
        let off = if found.shape() == expected.shape() { found.sub(expected).max_abs() } else { f64::NAN };
        if off.is_nan() || off > 1e-7 * magnitude {
            let what = if i == 0 { "the value".to_owned() } else { format!("gradient {i}") };
            return Err(format!("{what} is {:?}, not {:?}", found.data, expected.data));
        }
    }
    Ok(Read::Right)
}

/// Value and gradients of the sample as it is.
fn direct(sample: &Sample, function: &Spelled) -> Result<Vec<Mat>, EvalError> {
    let (mut g, place) = simplify::rebuild(&sample.graph, &[sample.root], &sample.spd);
    let value = place[&sample.root];
    let scalar = ScalarFunction::new(&g, value).expect("a scalar");
    let wrt: Vec<usize> = function.wrt.iter().filter_map(|i| function.parameters[*i].of).collect();
    let found = diff::gradient(&mut g, scalar, &wrt);
    let mut values = evaluate(&g, &[value], &sample.environment())?;
    for (p, gradient) in wrt.iter().zip(found.by) {
        values.push(match gradient {
            Some(id) => evaluate(&g, &[id], &sample.environment())?.remove(0),
            None => Mat::zeros(sample.parameters[*p].rows, sample.parameters[*p].cols),
        });
    }
    Ok(values)
}

/// The parameters, and the inactive integers: numbers, sizes, sizes less one.
fn environment(derivation: &Derivation, function: &Spelled) -> Environment {
    let mut environment = Environment::of_parameters(function.parameters.iter().map(|p| p.value.clone()));
    let mut sizes: BTreeMap<String, usize> = BTreeMap::new();
    for p in &function.parameters {
        sizes.insert(format!("{}.nrows()", p.name), p.value.rows);
        sizes.insert(format!("{}.ncols()", p.name), p.value.cols);
        sizes.insert(format!("{}.len()", p.name), p.value.data.len());
    }
    for (id, opaque) in (0..).zip(&derivation.function.opaques) {
        let code: String = opaque.code.to_string().split_whitespace().collect();
        let (code, less) = code.strip_suffix("-1").map_or((code.as_str(), 0), |code| (code, 1));
        if let Some(size) = sizes.get(code).copied().or_else(|| code.parse().ok()) {
            environment = environment.with_integer(OpaqueId(id), size - less);
        }
    }
    environment
}

#[test]
fn what_stands_around_is_accepted() {
    let programs = std::env::var("MATGRAD_PROGRAMS").ok().and_then(|n| n.parse().ok()).unwrap_or(300);
    let (mut complaints, mut spelled) = (Vec::new(), 0);
    for seed in 0..programs {
        let sample = generate(seed);
        for style in STYLES {
            let Some(plain) = Spelled::of(&sample, "f", style, seed) else { continue };
            let Some(function) = Spelled::surrounded(&sample, "f", style, seed) else { continue };
            spelled += 1;
            let read = |f: &Spelled| {
                let [arguments, item] = [&f.arguments, &f.item].map(|text| text.parse::<TokenStream>().expect("tokens"));
                parse::parse(arguments, item).result.and_then(|input| derive(&input))
            };
            if let (Ok(_), Err(errors)) = (read(&plain), read(&function)) {
                let messages: Vec<&str> = errors.as_slice().iter().map(|e| e.message.as_str()).collect();
                // a derivative that is 0, as that of a variance of one entry, which one of the spellings shows
                let vanishes = |values: &[Mat]| values[1..].iter().all(|g| g.max_abs() < 1e-12);
                if messages.iter().all(|m| m.contains("does not depend on"))
                    && direct(&sample, &plain).is_ok_and(|v| vanishes(&v))
                {
                    continue;
                }
                let message = messages.join("; ");
                complaints.push(format!("seed {seed}, {style:?}: {message}\n#[grad({})]\n{}", function.arguments, function.item));
            }
        }
    }
    let some: Vec<String> = complaints.iter().take(10).cloned().collect();
    assert!(complaints.is_empty(), "{} of {spelled} are refused:\n{}", complaints.len(), some.join("\n\n"));
    assert!(spelled > programs * 3 / 2, "{spelled} spellings of {programs} programs");
}
