//! What cannot be differentiated is refused, in the words for it, once.

use proc_macro2::TokenStream;

/// The messages for a function with this body, differentiated by `x`.
fn messages(body: &str) -> Vec<String> {
    let item = format!("fn f(x: f64, v: &DVector<f64>, m: &DMatrix<f64>, n: usize) -> f64 {{ {body} }}");
    let item: TokenStream = item.parse().expect("tokens");
    let errors = matgrad_engine::explain("x".parse().expect("tokens"), item).err();
    errors.map_or_else(Vec::new, |errors| errors.as_slice().iter().map(|e| e.message.clone()).collect())
}

const REFUSED: &[(&str, &str)] = &[
    ("x.floor()", "`floor` cannot be differentiated"),
    ("x.ceil() + x", "`ceil` cannot be differentiated"),
    ("x.round() * x", "`round` cannot be differentiated"),
    ("x.trunc() + x", "`trunc` cannot be differentiated"),
    ("x.fract() + x", "`fract` cannot be differentiated"),
    ("x.signum() * x", "`signum` cannot be differentiated"),
    ("x.rem_euclid(2.0) + x", "`rem_euclid` cannot be differentiated"),
    ("x.to_bits() as f64 + x", "`to_bits` cannot be differentiated"),
    ("x % 2.0 + x", "`%` cannot be differentiated"),
    ("(x as i32) as f64 + x", "a cast to `i32`"),
    ("x as f32 as f64", "a cast to `f32`"),
    ("(m * x).rank(1e-3) as f64 + x", "`rank` cannot be differentiated"),
    ("(v * x).argmax().0 as f64 * x", "`argmax` cannot be differentiated"),
    ("(v * x).imax() as f64 * x", "`imax` cannot be differentiated"),
    ("(m * x).schur().unpack().0.sum()", "`schur` on a value"),
    ("(m * x).hessenberg().h().sum()", "`hessenberg` on a value"),
    ("(m * x).qr().r().sum()", "`r` on a value"),
    ("(v * x).norml()", "did you mean `norm`?"),
    ("(v * x).tranpsose().sum()", "did you mean `transpose`?"),
    ("(v * x).iter().sum::<f64>()", "`iter` on a value"),
    ("let mut y = v * x; y[0] = 3.0; y.sum()", "assignment"),
    ("let mut y = v * x; y += v; y.sum()", "`+=` on a value"),
    ("let mut y = v * x; y.fill(1.0); y.sum()", "`fill` changes a value"),
    ("let mut y = v * x; y.set_row(0, v); y.sum()", "`set_row` changes a value"),
    ("let mut y = v * x; y.swap((0, 0), (1, 0)); y.sum()", "`swap` changes a value"),
    ("let mut s = x; while n > 3 { s = s * 2.0; } s", "a loop"),
    ("let mut s: f64 = 0.0; for i in 0..n { s += x * v[i]; } s + x", "a loop"),
    ("loop { break x; }", "a loop"),
    ("match n { 0 => x, _ => x * 2.0 }", "`match`"),
    ("if x > 1.0 { x } else { 2.0 * x }", "`if` on values"),
    ("if n > 1 { return x; } x * x", "`if` on values"),
    ("g(x)", "`g` has no known derivative"),
    ("f64::floor(x)", "`floor` cannot be differentiated"),
    ("(v * x).map(|t| t.floor()).sum()", "`floor` cannot be differentiated"),
    ("(m * x)[0]", "a linear index"),
    ("x?", "`?` is supported on"),
    ("let x = 3.0; x * x", "the result does not depend on `x`"),
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

#[test]
fn refused_once() {
    for (body, words) in REFUSED {
        let found = messages(body);
        assert!(matches!(&found[..], [only] if only.contains(words)), "{body}: {found:#?}");
    }
}

#[test]
fn allowed_where_inactive() {
    for body in INACTIVE {
        assert_eq!(messages(body), Vec::<String>::new(), "{body}");
    }
}
