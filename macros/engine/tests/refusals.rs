//! What cannot be differentiated is refused, in the words for it, once, and on the token at fault.

mod suggestions;

use std::fmt::Write;

use proc_macro2::TokenStream;
use suggestions::mended;

/// What stands around the bodies.
const HEAD: &str =
    "fn f(x: f64, v: &DVector<f64>, m: &DMatrix<f64>, r: &RowDVector<f64>, p: &Vector3<f64>, n: usize, s: &Settings) -> f64";

/// The errors of a function with this body, differentiated by `x`: the code underlined, and the message.
fn errors(body: &str) -> Vec<(String, String)> {
    let item: TokenStream = format!("{HEAD} {{ {body} }}").parse().expect("tokens");
    let errors = matgrad_engine::explain("x".parse().expect("tokens"), item).err();
    let underlined = |e: &matgrad_engine::error::Error| e.span.join(e.end).and_then(|s| s.source_text()).expect("of one file");
    errors.map_or_else(Vec::new, |errors| errors.as_slice().iter().map(|e| (underlined(e), e.message.clone())).collect())
}

/// A body, the code at fault in it, and the words.
const REFUSED: &[(&str, &str, &str)] = &[
    // no derivative worth having
    ("x.floor()", "floor", "`floor` cannot be differentiated"),
    ("x.ceil() + x", "ceil", "`ceil` cannot be differentiated"),
    ("x.round() * x", "round", "`round` cannot be differentiated"),
    ("x.trunc() + x", "trunc", "`trunc` cannot be differentiated"),
    ("x.fract() + x", "fract", "`fract` cannot be differentiated; it jumps"),
    ("x.signum() * x", "signum", "`signum` cannot be differentiated"),
    ("x.rem_euclid(2.0) + x", "rem_euclid", "`rem_euclid` cannot be differentiated; it jumps"),
    ("x.to_bits() as f64 + x", "to_bits", "`to_bits` cannot be differentiated"),
    ("x % 2.0 + x", "%", "`%` cannot be differentiated; it jumps"),
    ("(x as i32) as f64 + x", "as i32", "a cast to `i32` cannot be differentiated"),
    ("x as f32 as f64", "as f32", "a cast to `f32`"),
    ("(m * x).rank(1e-3) as f64 + x", "rank", "`rank` cannot be differentiated"),
    ("(v * x).argmax().0 as f64 * x", "argmax", "`argmax` cannot be differentiated"),
    ("(v * x).imax() as f64 * x", "imax", "`imax` cannot be differentiated"),
    ("f64::floor(x)", "floor", "`floor` cannot be differentiated"),
    ("(v * x).map(|t| t.floor()).sum()", "floor", "`floor` cannot be differentiated"),
    ("(v * x).map(f64::floor).sum()", "floor", "`floor` cannot be differentiated"),
    ("let b = x > 2.0; x", ">", "`>` on values that depend on `x` cannot be differentiated"),
    ("(x == 1.0) as u8 as f64", "==", "`==` on values that depend on `x` cannot be differentiated"),
    ("x.total_cmp(&2.0) as i8 as f64", "total_cmp", "`total_cmp` cannot be differentiated"),
    // no rule
    ("(m * x).schur().unpack().0.sum()", "schur", "`schur` on a value"),
    ("(m * x).hessenberg().h().sum()", "hessenberg", "`hessenberg` on a value"),
    ("(m * x).qr().r().sum()", "r", "`r` of a factorization"),
    ("(m * x).svd(true, true).u.unwrap().sum()", "u", "the vectors have no derivative"),
    ("(m * x).symmetric_eigen().eigenvectors.sum()", "eigenvectors", "the vectors have no derivative"),
    ("(m * x).complex_eigenvalues()[0].re", "complex_eigenvalues", "of a symmetric matrix"),
    ("(m * x).lu().l().sum()", "l", "`l` of a factorization"),
    // near misses
    ("(v * x).norml()", "norml", "did you mean `norm`?"),
    ("(v * x).tranpsose().sum()", "tranpsose", "did you mean `transpose`?"),
    ("(m * x).det()", "det", "write `determinant()`"),
    ("(v * x).tanh().sum()", "tanh", "for each entry `map(|t| t.tanh(..))`"),
    ("x.transpose()", "transpose", "this is a number"),
    ("x.sigmoid()", "sigmoid", "`matgrad::sigmoid(..)`"),
    ("sigmod(x)", "sigmod", "did you mean `matgrad::sigmoid`?"),
    ("matgrad::sigmod(x)", "sigmod", "did you mean `matgrad::sigmoid`?"),
    ("(v * x).iter().map(|t| t.exp()).last().unwrap()", "last", "this step of an iterator"),
    ("(v * x).iter().map(|t| t.exp()).skip_while(|t| *t < 1.0).sum::<f64>()", "skip_while", "this step of an iterator"),
    ("(v * x).iter().rev().zip(v.iter()).map(|(a, b)| a * b).sum::<f64>()", "zip", "a step after `rev`"),
    ("let mut s = 0.0; for i in 0..n { s += x.clamp(v[i], 9.0); } s", "for", "a `clamp` with other bounds, in each iteration"),
    ("let m: i32 = 3; let mut s = 0.0; for i in 0..m { s += x * i as f64; } s", "m", "a range of other integers than `usize`"),
    ("let y = if n > 1 { v * x } else { DVector::from_vec(vec![x]) }; y.sum()", "if", "are not known to have one size"),
    ("if (n > 1) ^ (x > 0.0) { x } else { -x }", "(n > 1) ^ (x > 0.0)", "a condition on active values that is no comparison"),
    (
        "let mut c = 0; let mut s = 0.0; for i in 0..n { if v[i] * x > 0.0 { c += 1; s += x; } } s / c as f64",
        "if",
        "inactive code with effects on one side",
    ),
    (
        "let mut s = 0.0; for i in 0..n { let y = 2.0 + if i == 2 { continue } else { x }; s += y; } s",
        "continue",
        "in the middle of",
    ),
    (
        "let mut s = 0.0; for i in 0..n { if v[i] * x > 0.0 { if i == 2 { continue; } s += x; } s += x * v[i]; } s",
        "if",
        "unless it ends one side",
    ),
    (
        "let mut s = 0.0; for i in 0..n { let a = m * x; s += a.determinant() * v[i] + (&a * v[i]).try_inverse().unwrap()[(0, 0)]; } s",
        "for",
        "a factorization that may fail",
    ),
    ("(v * x).as_slice().as_ptr()", "as_ptr", "is not supported"),
    // change in place
    ("let mut y = v * x; y.fill_with(|| 1.0); y.sum()", "fill_with", "a statement on a value"),
    ("let mut y = v * x; let z = (&mut y, 1); z.0.sum()", "&mut y", "a mutable borrow"),
    (
        "let mut y = v * x; let mut j = 0; for e in y.rows_mut(j, 2).iter_mut() { j += 1; *e *= 2.0; } y.sum()",
        "y.rows_mut(j, 2)",
        "a place whose index may change",
    ),
    ("let y = [x]; y[n]", "n", "an index into a list of one"),
    ("let mut y = v * x; y.gemv(x, m, v, n as f64); y.sum()", "n as f64", "a factor of what is there that is known at run time"),
    // control flow
    (
        "let mut s = x; while s < 3.0 { s = s * 2.0; } s",
        "s < 3.0",
        "a number of iterations that depends on what is differentiated",
    ),
    ("let mut s = x; loop { s = s * 0.5; } s", "loop", "a `loop` that no"),
    ("let mut s = x; loop { s *= 0.5; if s < 1.0 { break; } } s", "s < 1.0", "a number of iterations that depends"),
    (
        "let mut s = x; for i in 0..n { s *= 2.0; if s > 3.0 { break; } s += 1.0; } s",
        "if",
        "a number of iterations that depends on what is differentiated",
    ),
    ("let mut s = x; for i in 0..n { let y = 2.0 + if i == 2 { break } else { x }; s += y; } s", "break", "in the middle of"),
    ("let mut s = x; for i in (0..n).rev() { if i == 3 { break; } s *= 2.0; } s", "for", "a loop that goes backwards"),
    (
        "let mut l = Vec::new(); for i in 0..n { if v[i] * x > 0.0 { l.push(x); } } l[0]",
        "if",
        "a `push` on one side of an `if` that compares active values",
    ),
    ("let mut l = Vec::new(); for i in 0..n { if i > 2 { l.push(v * x); } } l[0].sum()", "v * x", "expected a scalar"),
    (
        "let mut l = Vec::new(); for i in 0..n { if i > 2 { l.push(x); } for e in l.iter_mut() { *e *= 2.0; } } l[0]",
        "l",
        "a change of all items of a list",
    ),
    ("loop { break x; }", "loop", "a loop"),
    ("match n { 0 => x, k if x > 1.0 => x * k as f64, _ => x }", "match", "`match`"),
    (
        "(v * x).map(|t| { println!(\"{t}\"); t }).sum()",
        "println",
        "`println!` of a value computed from `x` is not supported here",
    ),
    ("(v * x).map(|t| { g(n); t }).sum()", "g(n);", "a statement with an effect"),
    ("v.zip_map(&(v * x), |t| t).sum()", "|t|", "this closure takes 1 values and is called with 2"),
    // entries that a closure is given, where they are not what they seem
    ("(v * x).map(|t| v.map(|u| u * t).sum()).sum()", "|u| u * t", "reads the entry of another `map` around it"),
    ("(v * x).map(|t| { let g = |u: f64| u * t; v.map(g).sum() }).sum()", "g", "reads the entry of another `map` around it"),
    ("(v * x).map(|t| v.zip_map(v, |a, b| a * b * t).sum()).sum()", "|a, b| a * b * t", "reads the entry of another `map`"),
    ("(v * x).map(|t| (v * t).norm()).sum()", "*", "a matrix for each entry"),
    ("(v * x).map(|t| (v / t).norm()).sum()", "/", "a matrix for each entry"),
    ("(v * x).map(|t| v.add_scalar(t).norm()).sum()", "add_scalar", "a matrix for each entry"),
    ("(v * x).map(|t| v.scale(t).norm()).sum()", "scale", "a matrix for each entry"),
    ("(v * x).map(|t| v.push(t).norm()).sum()", "push", "a matrix for each entry"),
    ("(v * x).map(|t| vector![t, 1.0].norm()).sum()", "t", "a matrix for each entry"),
    ("(v * x).map(|t| Vector2::new(t, 1.0).norm()).sum()", "new", "a matrix for each entry"),
    ("(v * x).map(|t| DVector::from_element(3, t).norm()).sum()", "from_element", "a matrix for each entry"),
    ("(v * x).map(|t| DVector::from_vec(vec![t, 1.0]).norm()).sum()", "from_vec", "a matrix for each entry"),
    ("unsafe { x }", "unsafe", "an `unsafe` block"),
    ("let y = async { x }; x", "async", "async code"),
    // attributes that decide about code
    ("#[cfg(a)] let y = x * 2.0; #[cfg(not(a))] let y = x * 3.0; y", "cfg", "`if cfg!(a) { a } else { b }` in a `let`"),
    ("#[cfg(a)] let k = 2.0; #[cfg(not(a))] let k = 3.0; x * k", "cfg", "`cfg` decides what `k` is, which a macro cannot see"),
    ("let k = x * 2.0; #[cfg(a)] let k = 3.0; x + k", "cfg", "`cfg` on code that depends on `x`"),
    ("#[cfg(a)] let x = 3.0; x", "cfg", "`cfg` on code that depends on `x`"),
    ("#[cfg(a)] let Point { y, .. } = s.at(); x * y", "cfg", "`cfg` decides what `y` is"),
    ("let Point { #[cfg(a)] y, .. } = s.at(); x * y", "cfg", "`cfg` decides what `y` is"),
    ("#[cfg(a)] let n = 3; x * n", "cfg", "`cfg` decides what `n` is"),
    ("#[cfg(a)] let g = |t: f64| t; g(x)", "cfg", "`cfg` decides what `g` is"),
    ("#[cfg(a)] let g = |t: f64| t; (v * x).map(g).sum()", "cfg", "`cfg` decides what `g` is"),
    ("#[cfg_attr(a, cfg(b))] let y = x * 2.0; x", "cfg_attr", "`cfg_attr` on code that depends on `x`"),
    ("#[tracing::skip] let y = x * 2.0; x", "tracing::skip", "a macro cannot see what it makes of it; remove it"),
    ("#[cfg(a)] { x * 2.0 } #[cfg(not(a))] { x * 3.0 }", "cfg", "`cfg` on code that depends on `x`"),
    ("#[cfg(a)] return x * 2.0;", "cfg", "`cfg` on code that depends on `x`"),
    ("#[cfg(a)] n * x", "cfg", "`cfg` on code that depends on `x`"),
    ("let y = { #[cfg(a)] { x * 2.0 } #[cfg(not(a))] { x } }; y", "cfg", "`cfg` on code that depends on `x`"),
    ("let y = { #[cfg(a)] let t = x; x }; y", "cfg", "`cfg` on code that depends on `x`"),
    ("(v * x).map(|t| { #[cfg(a)] let t = t * 2.0; t }).sum()", "cfg", "`cfg` on code that depends on `x`"),
    ("(v * x).map(|t| { #[cfg(a)] { t } #[cfg(not(a))] { -t } }).sum()", "cfg", "`cfg` on code that depends on `x`"),
    ("let g = |#[cfg(a)] a: f64, #[cfg(not(a))] b: f64| 2.0 * x; g(x)", "cfg", "`cfg` on code that depends on `x`"),
    ("x.powi(#[cfg(a)] 2, #[cfg(not(a))] 3)", "cfg", "`cfg` on code that depends on `x`"),
    ("matgrad::relu(#[cfg(a)] x, #[cfg(not(a))] -x)", "cfg", "`cfg` on code that depends on `x`"),
    ("let t = (#[cfg(a)] 1.0, x, 2.0); t.1", "cfg", "`cfg` on code that depends on `x`"),
    ("let t = [#[cfg(a)] 1.0, x, 2.0]; t[1]", "cfg", "`cfg` on code that depends on `x`"),
    ("vector![#[cfg(a)] x, x * 2.0].sum()", "cfg", "`cfg` on code that depends on `x`"),
    ("Point { #[cfg(a)] y: x, #[cfg(not(a))] y: 2.0 * x }.y", "cfg", "`cfg` on code that depends on `x`"),
    ("match n { #[cfg(a)] 0 => x, _ => x * 2.0 }", "cfg", "`cfg` on code that depends on `x`"),
    // calls
    ("g(x)", "g", "`g` has no known derivative"),
    ("a::g(x)", "g", "`a::g` has no known derivative"),
    ("(v * x).map(g).sum()", "g", "write its body as a closure"),
    ("s.scaled(x)", "scaled", "`scaled` has no known derivative"),
    ("s.dot(&(v * x))", "s", "cannot tell what the parameter `s` is; bind it with nalgebra's own type"),
    ("x * scale", "scale", "bind it before: `let h: f64 = scale;`"),
    ("f64::from(x as f32)", "x as f32", "a conversion of a value that depends on `x`"),
    ("format!(\"{}\", x).len() as f64 * x", "format", "the macro `format!`"),
    ("hypot!(x, x)", "hypot", "the macro `hypot!`"),
    ("x?", "?", "`?` is not supported in a function that returns no `Option`"),
    // types that are not known
    ("let y = g(n); x * y", "y", "annotate its `let`: `let y: f64 = …;`, or `DVector<f64>`"),
    ("let y = g(n); (v * x + y).sum()", "y", "annotate its `let` with nalgebra's own type: `let y: DVector<f64> = …;`"),
    ("let y = g(n); (p * x - y).sum()", "y", "annotate its `let` with nalgebra's own type: `let y: SVector<f64, 3> = …;`"),
    ("let y = g(n); x + y", "y", "annotate its `let`: `let y: f64 = …;`"),
    ("let (y, _) = g(n); x * y", "y", "bind it again: `let y: f64 = y;`"),
    ("let [y, z] = g(n); let (y, k) = (n, 2); x * z", "z", "bind it again: `let z: f64 = z;`"),
    (
        "let Some(y) = g(n) else { panic!() }; (v * x + y).sum()",
        "y",
        "bind it again with nalgebra's own type: `let y: DVector<f64> = y;`",
    ),
    ("let y = g(n); y.dot(&(v * x))", "y", "annotate its `let` with nalgebra's own type: `let y: DVector<f64> = …;`"),
    ("x * s.rate", "s.rate", "bind it before: `let rate: f64 = s.rate;`"),
    ("x * g(n)", "g(n)", "bind it before: `let h: f64 = g(n);`"),
    ("(v * x).dot(&s.weights())", "s.weights()", "bind it before: `let weights: DVector<f64> = s.weights();`"),
    ("(v * x).dot(&s.weights)", "s.weights", "bind it before: `let weights: &DVector<f64> = &s.weights;`"),
    ("(p * x).dot(&s.weights)", "s.weights", "bind it before: `let weights: &SVector<f64, 3> = &s.weights;`"),
    ("(p * x).dot(&s.weights())", "s.weights()", "bind it before: `let weights: SVector<f64, 3> = s.weights();`"),
    ("(&s.map * (v * x)).sum()", "s.map", "bind it before: `let map: &DMatrix<f64> = &s.map;`"),
    ("(&s.map * (p * x)).sum()", "s.map", "bind it before: `let map: &SMatrix<f64, 3, 3> = &s.map;`"),
    ("(v * x + &s.shift).sum()", "s.shift", "bind it before: `let shift: &DVector<f64> = &s.shift;`"),
    // loops in other clothes
    ("let mut s = 0.0; for k in -2..3 { s += (x + f64::from(k)).powi(2); } s", "-2", "a range of other integers than `usize`"),
    ("x.sinc()", "sinc", "t.sin() / t"),
    ("x.erf()", "erf", "none of the functions that numbers have"),
    // shapes
    ("(m * x)[0]", "0", "one index into a matrix"),
    ("(p * x)[3]", "3", "outside of a 3×1 matrix"),
    ("(p * x).rows(1, 3).sum()", "rows", "outside of a 3×1 matrix"),
    ("(p * x).fixed_rows::<4>(0).sum()", "fixed_rows", "outside of a 3×1 matrix"),
    (
        "let y = v * x; (y * v).sum()",
        "*",
        "the shapes in `y * v` do not fit: `y` is l×1 and `v` is l×1; the inner product is `y.dot(&v)`",
    ),
    ("(r + v * x).sum()", "+", "`r` is 1×d and `v * x` is l×1; one is a row"),
    ("(((v * x).transpose() * v) * v).sum()", "*", "is 1×1 and `v` is l×1; a 1×1 matrix is no number; make it one"),
    (
        "(v + p).sum() * (v - vector![x, x]).sum()",
        "-",
        "`v` is 3×1, as `v + p` needs, and `vector![x, x]` is 2×1; both need one shape",
    ),
    (
        "(m * v).dot(p) + (m + m.transpose() * x).trace() + (v + vector![x, x]).sum()",
        "+",
        "`v` is 3×1, as `m + m.transpose() * x` needs, and",
    ),
    ("(stack![v; v] + v * x).sum()", "+", "both need one shape"),
    ("(p * x).trace()", "trace", "`p * x` is 3×1; take a square matrix"),
    ("(v * x + p).cross(&vector![x, x])[0]", "cross", "`vector![x, x]` is 2×1 and has to be 3×1"),
    // results
    ("let x = 3.0; x * x", "x", "the result does not depend on `x`"),
    ("x.exp();", ";", "remove this `;`"),
    ("let y = x;", "}", "no value at its end"),
];

/// The same operations where they are nobody's business.
const INACTIVE: &[&str] = &[
    "let s: f64 = v[0].floor(); x * s",
    "let s: f64 = v[0] % 2.0; x * s",
    "let k = v[0] as i32; let s: f64 = f64::from(k); x * s",
    "let r: f64 = m.rank(1e-3) as f64; x * r",
    "let s: f64 = v.iter().sum(); x * s",
    "let s: f64 = match n { 0 => 1.0, _ => 2.0 }; x * s",
    "let mut s: f64 = 0.0; for i in 0..n { s += v[i]; } x * s",
    "let mut y: DVector<f64> = v.clone(); y[0] = 3.0; y.fill(1.0); (y * x).sum()",
    "let s: f64 = if n > 1 { 1.0 } else { 2.0 }; x * s",
    "let s: f64 = g(n); x * s",
];

/// Bodies with several mistakes: all of them, each once, and nothing that follows from them.
const SEVERAL: &[(&str, &[&str])] = &[
    ("x.floor() + x.ceil() * x.round()", &["floor", "ceil", "round"]),
    ("let y = x.floor(); let z = x as i32; y * f64::from(z) + x.fract()", &["floor", "as i32"]),
    ("let y = x.floor(); let z = x as i32; x.fract()", &["floor", "as i32", "fract"]),
    ("g(x.floor())", &["floor"]),
    ("x.floor().max(x.ceil()).hypot(g(x))", &["floor", "ceil", "g"]),
    ("let (a, b) = (x.floor(), x.ceil()); a * b", &["floor", "ceil"]),
    ("DVector::from_row_slice(&[x.floor(), x.ceil()]).sum()", &["floor", "ceil"]),
    ("let mut y = v * x; y.fill_with(|| 1.0); y.resize_mut(2); y.sum()", &["fill_with", "resize_mut"]),
    ("let y = g(n); let z = x * y; z + x / y + y * x.floor()", &["y"]),
    ("let y = g(n); x * y + x / y", &["y"]),
    ("let y = g(x); let z = g(y); z + y * x", &["g"]),
    ("(v * x).norml() + (m * x).trase() + 1.0", &["norml", "trase"]),
];

#[test]
fn all_mistakes_in_one_build() {
    for (body, places) in SEVERAL {
        let found = errors(body);
        let underlined: Vec<&str> = found.iter().map(|(place, _)| place.as_str()).collect();
        assert_eq!(underlined, *places, "{body}: {found:#?}");
    }
}

#[test]
fn refused_once() {
    let mut wrong = String::new();
    for (body, place, words) in REFUSED {
        let found = errors(body);
        if !matches!(&found[..], [(underlined, message)] if underlined == place && message.contains(words)) {
            let _ = writeln!(wrong, "{body}\n    {place}: {words}\n    {found:?}");
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn allowed_where_inactive() {
    for body in INACTIVE {
        assert_eq!(errors(body), Vec::new(), "{body}");
    }
}

/// Each suggestion of a `let`, put into the source as it is said, makes the function one that is accepted.
#[test]
fn suggested_lets_are_accepted() {
    let mut tried = 0;
    for (body, ..) in REFUSED {
        let found = errors(body);
        for (_, message) in &found {
            let Some(mended) = mended(body, message) else { continue };
            assert_eq!(errors(&mended), Vec::new(), "{body}\n{message}\n{mended}");
            tried += 1;
        }
    }
    assert!(tried >= 14, "{tried}");
}

/// Constants that are no numbers, or become none: whatever is said of them, it is said.
#[test]
fn constants_that_are_no_numbers_end() {
    for constant in ["f64::NAN", "f64::INFINITY", "(f64::INFINITY - f64::INFINITY)", "(0.0 * f64::INFINITY)", "f64::MAX * 2.0"] {
        for body in [
            "(v * x).add_scalar(C).sum()",
            "x + C",
            "x * C - x * C",
            "(v * x).scale(C).norm()",
            "(v * x).map(|t| t * C + C).sum()",
        ] {
            errors(&body.replace('C', constant));
        }
    }
}

/// In a function that returns an `Option`: what leaves a closure does not leave the function.
#[test]
fn ways_out_of_closures() {
    let closures = [
        "let h = |a: &DMatrix<f64>| { let i = a.clone().try_inverse()?; Some(i.trace()) }; let y: f64 = h(w).unwrap(); Some(y)",
        "let h = |a: &DMatrix<f64>| { let i = a.clone().try_inverse()?; Some(i.trace()) }; let y = h(w); Some(w.trace())",
        "let h = |a: f64| { let k: f64 = s?; Some(a * k) }; Some(h(w.trace()).unwrap())",
        "let h = |a: f64| { let Some(k) = s else { return None }; let k: f64 = k; Some(a * k) }; Some(h(w.trace()).unwrap())",
        "let h = |a: &DMatrix<f64>| { let Some(i) = a.clone().try_inverse() else { return None }; Some(i.trace()) }; h(w)",
        "Some(w.map(|t| { let k: f64 = s?; Some(t * k) }).map(|t| t.unwrap()).sum())",
    ];
    for body in closures {
        let item: TokenStream =
            format!("fn f(w: &DMatrix<f64>, s: Option<f64>) -> Option<f64> {{ {body} }}").parse().expect("tokens");
        let Err(found) = matgrad_engine::explain("w".parse().expect("tokens"), item) else { panic!("accepted: {body}") };
        let messages: Vec<&String> = found.as_slice().iter().map(|e| &e.message).collect();
        assert!(messages.iter().any(|m| m.contains("leaves a closure and not the function")), "{body}: {messages:?}");
    }
}

/// A name in the attribute that the result does not depend on: the error stands there.
#[test]
fn what_the_result_does_not_depend_on_is_pointed_at_in_the_attribute() {
    let item: TokenStream = "fn f(a: f64, b: f64) -> f64 { a * 2.0 }".parse().expect("tokens");
    let arguments: TokenStream = "a, b".parse().expect("tokens");
    let place = arguments.clone().into_iter().last().map(|t| t.span().byte_range());
    let Err(found) = matgrad_engine::explain(arguments, item) else { panic!("an error") };
    assert_eq!(found.as_slice().len(), 1);
    assert_eq!(Some(found.as_slice()[0].span.byte_range()), place);
}

/// What a place is written with, and what is said twice, has one meaning and no effect.
#[test]
fn places_that_cannot_be_said_again() {
    let bodies = [
        (
            "let mut y = x.clone(); let i = 0; let v = &mut y[i]; for i in 1..3 { *v += x[i]; } y.sum()",
            "after `i` was bound again",
        ),
        ("let mut y = x.clone(); let v = &mut y; let y = 2.0; *v *= y; v.sum()", "after `y` was bound again"),
        ("let mut y = x.clone(); y[next()] += x[next()]; y.sum()", "bind it before: `let i = …;`"),
    ];
    for (body, expected) in bodies {
        let item: TokenStream = format!("fn f(x: &DVector<f64>) -> f64 {{ {body} }}").parse().expect("tokens");
        let Err(found) = matgrad_engine::explain("x".parse().expect("tokens"), item) else { panic!("accepted: {body}") };
        let messages: Vec<&String> = found.as_slice().iter().map(|e| &e.message).collect();
        assert!(messages.iter().any(|m| m.contains(expected)), "{body}: {messages:?}");
    }
    for body in ["let (a, b) = x.split_at(next()); a[0] * b[0]", "*y[next()].last().unwrap() * x[0]"] {
        let item: TokenStream = format!("fn f(x: &[f64], y: &[[f64; 2]]) -> f64 {{ {body} }}").parse().expect("tokens");
        let Err(found) = matgrad_engine::explain("x, y".parse().expect("tokens"), item) else { panic!("accepted: {body}") };
        let messages: Vec<&String> = found.as_slice().iter().map(|e| &e.message).collect();
        assert!(messages.iter().any(|m| m.contains("bind it before: `let i = …;`")), "{body}: {messages:?}");
    }
}
