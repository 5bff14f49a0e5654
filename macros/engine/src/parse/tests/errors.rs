//! Mistakes: where the error stands, and what it says.

use super::parsed;

/// The errors, each as `place: message`.
fn check(arguments: &str, item: &str, expected: &[&str]) {
    let parsed = parsed(arguments, item);
    let errors = parsed.result.err().unwrap_or_else(|| panic!("no error: #[grad({arguments})] {item}"));
    assert_eq!(errors.as_slice().len(), expected.len(), "#[grad({arguments})] {item}: {errors:#?}");
    for (error, expected) in errors.as_slice().iter().zip(expected) {
        let (place, message) = expected.split_once(": ").expect("place: message");
        assert_eq!(error.message, message, "#[grad({arguments})] {item}");
        // Known where proc-macro2 has the feature `span-locations`.
        if let Some(text) = error.span.join(error.end).and_then(|span| span.source_text()) {
            assert_eq!(text, place, "#[grad({arguments})] {item}: {message}");
        }
    }
}

/// Errors in the arguments of one function.
fn arguments(table: &[(&str, &[&str])]) {
    let item = "fn f(n: usize, w: &DVector<f64>, bias: f64, p: &DMatrix<f64>, r: SMatrix<f64, 2, 3>) -> f64 { bias }";
    for (written, expected) in table {
        check(written, item, expected);
    }
}

/// Errors in what one attribute stands on.
fn items(written: &str, table: &[(&str, &[&str])]) {
    for (item, expected) in table {
        check(written, item, expected);
    }
}

#[test]
fn names() {
    arguments(&[
        ("ww", &["ww: no parameter `ww`; did you mean `w`?"]),
        ("W", &["W: no parameter `W`; did you mean `w`?"]),
        ("bais, w", &["bais: no parameter `bais`; the parameters are `n`, `w`, `bias`, `p` and `r`"]),
        ("bia, w", &["bia: no parameter `bia`; did you mean `bias`?"]),
        ("x", &["x: no parameter `x`; the parameters are `n`, `w`, `bias`, `p` and `r`"]),
        ("ww, w", &["ww: no parameter `ww`; did you mean `w`?"]),
        ("w, w", &["w: `w` is named twice; remove one of them"]),
        ("w, n", &["n: `n` is not of a floating-point type and cannot be differentiated; leave it out of the attribute"]),
        ("self", &["self: `self` is not supported here; pass the field to differentiate by as a parameter"]),
        (
            "x, q",
            &[
                "x: no parameter `x`; the parameters are `n`, `w`, `bias`, `p` and `r`",
                "q: no parameter `q`; the parameters are `n`, `w`, `bias`, `p` and `r`",
            ],
        ),
    ]);
    check("y", "fn f(x: f64) -> f64 { x }", &["y: no parameter `y`; the only one is `x`"]);
    check("y", "fn f(&self) -> f64 { 1.0 }", &["y: no parameter `y`; `f` has none"]);
    check(
        "a",
        "fn f([a, b]: [f64; 2]) -> f64 { a }",
        &["a: `a` is part of a pattern, which is not supported; name the parameter and destructure it in the body"],
    );
}

#[test]
fn a_misspelt_name_still_gives_the_stubs() {
    let parsed = parsed("bia, zzz, w", "fn f(w: f64, bias: f64) -> f64 { w }");
    assert_eq!(parsed.arguments.wrt, [1, 0]);
    assert!(parsed.signature.is_some() && parsed.result.is_err());
}

#[test]
fn grammar() {
    let known =
        "parameter names, `symmetric(p)`, `spd(p)`, `diagonal(p)`, `lower_triangular(p)`, `orthogonal(p)` and `crate = path`";
    arguments(&[
        ("w,, bias", &[",: there is nothing before this `,`; remove it"]),
        (",", &[",: there is nothing before this `,`; remove it"]),
        ("w bias", &["bias: there is no `,` after `w`; put one there"]),
        ("&w", &["&: this is not a parameter name; if the parameter is meant, write `w`"]),
        ("\"w\"", &["\"w\": this is not a parameter name; if the parameter is meant, write `w`"]),
        ("wrt(w)", &[&format!("wrt: no argument `wrt`; the arguments are {known}")]),
        ("wrt = w", &[&format!("wrt: no argument `wrt`; the arguments are {known}")]),
        ("symetric(p)", &["symetric: no argument `symetric`; did you mean `symmetric`?"]),
        ("crates = m", &["crates: no argument `crates`; did you mean `crate`?"]),
        ("crate", &["crate: `crate` has no path; write `crate = path::to::matgrad`"]),
        ("crate = a::(b) c", &["a: this is not a path; write `crate = path::to::matgrad`"]),
        ("crate = (m)", &["(m): this is not a path; write `crate = path::to::matgrad`"]),
        ("w, crate =", &["=: this is not a path; write `crate = path::to::matgrad`"]),
        ("crate = \"m\"", &["\"m\": this is not a path; write `crate = path::to::matgrad`"]),
        ("crate = m, crate = n", &["crate: `crate` is given twice; remove one of them"]),
    ]);
}

#[test]
fn declarations() {
    arguments(&[
        ("symmetric", &["symmetric: `symmetric` names no parameter; write `symmetric(p)`"]),
        ("symmetric()", &["symmetric: `symmetric` names no parameter; write `symmetric(p)` or remove it"]),
        ("symmetric(&p)", &["&: this is not a parameter name; write `symmetric(p)`"]),
        ("symmetric(p p)", &["p: there is no `,` after `p`; put one there"]),
        ("symmetric(p, p)", &["p: `p` is declared `symmetric` twice; remove one of them"]),
        ("spd(pp)", &["pp: no parameter `pp`; did you mean `p`?"]),
        (
            "spd(bias)",
            &["bias: `bias` is a number, not a matrix, and cannot be symmetric positive definite; remove the declaration"],
        ),
        ("symmetric(w)", &["w: `w` is Dyn×1 by its type and cannot be symmetric; make it square or remove the declaration"]),
        ("symmetric(r)", &["r: `r` is 2×3 by its type and cannot be symmetric; make it square or remove the declaration"]),
        (
            "w, symmetric(n)",
            &["n: `n` is not of a floating-point type and cannot be differentiated; leave it out of the attribute"],
        ),
        ("diagonal(w)", &["w: `w` is Dyn×1 by its type and cannot be diagonal; make it square or remove the declaration"]),
        (
            "lower_triangular(bias)",
            &["bias: `bias` is a number, not a matrix, and cannot be lower triangular; remove the declaration"],
        ),
        ("w, orthogonal(p, p)", &["p: `p` is declared `orthogonal` twice; remove one of them"]),
        (
            "w, orthogonal(p), diagonal(p)",
            &["p: `p` is declared orthogonal and more, which only diagonal matrices of ±1 are; remove a declaration"],
        ),
    ]);
}

#[test]
fn types() {
    items(
        "x",
        &[
            (
                "fn f(x: &Weights) -> f64 { 1.0 }",
                &[
                    "Weights: the type of `x` is not known, since the macro sees only how it is spelt; if `Weights` is an alias, spell what it stands for, such as `&DVector<f64>`; if it is a struct, take its field",
                ],
            ),
            (
                "fn f(x: &mut f64) -> f64 { 1.0 }",
                &["&mut: `x` is mutable, and differentiating by it is not supported; take it by `&` or by value"],
            ),
            (
                "fn f(x: DVectorViewMut<'_, f64>) -> f64 { 1.0 }",
                &["DVectorViewMut: `x` is mutable, and differentiating by it is not supported; take it by `&` or by value"],
            ),
            (
                "fn f(x: &&f64) -> f64 { 1.0 }",
                &["&&f64: `x` is a reference to a reference, which is not supported; take it by one `&`"],
            ),
            (
                "fn f(x: DVector<Complex<f64>>) -> f64 { 1.0 }",
                &["x: `x` is complex, which is not supported; take real and imaginary parts as parameters of their own"],
            ),
            (
                "fn f<T: Scalar>(x: DVector<T>) -> f64 { 1.0 }",
                &["T: `T` is not known as a floating-point type; add the bound `T: nalgebra::RealField + Copy`"],
            ),
            (
                "fn f(x: SVector<f64, { N + 1 }>) -> f64 { 1.0 }",
                &["{ N + 1 }: this dimension of `x` is not supported; write a number, a const parameter, `Const<N>` or `Dyn`"],
            ),
            (
                "fn f(x: impl Into<f64>) -> f64 { 1.0 }",
                &[
                    "impl Into<f64>: the type of `x` is not known, since the macro sees only how it is spelt; name one of nalgebra's, such as `&DVector<f64>`",
                ],
            ),
            (
                "fn f(x: impl Fn(f64) -> f64) -> f64 { 1.0 }",
                &["impl Fn(f64) -> f64: `x` is a function, by which there is no derivative; leave it out of the attribute"],
            ),
            (
                "fn f<F>(x: &F) -> f64 where F: Fn(f64) -> f64 { 1.0 }",
                &["F: `x` is a function, by which there is no derivative; leave it out of the attribute"],
            ),
            (
                "fn f(x: f32, y: f64) -> f64 { y }",
                &["f32: `x` is of `f32` and the result of `f64`, which is not supported; use one of the two"],
            ),
            ("fn f<T: RealField>(x: T) -> T { x }", &["T: `T` without `Copy` is not supported; add the bound `T: Copy`"]),
            (
                "fn f(#[cfg(a)] x: f64) -> f64 { x }",
                &["cfg: `cfg` on a parameter is not supported; put it on the function, once for each case"],
            ),
            (
                "fn f<#[cfg(a)] const N: usize>(x: SVector<f64, N>) -> f64 { x.sum() }",
                &["cfg: `cfg` on a generic parameter is not supported; put it on the function, once for each case"],
            ),
        ],
    );
    // One mistake, one error, however often the type is met.
    check(
        "x, y",
        "fn f<T: Scalar>(x: DVector<T>, y: T) -> f64 { 1.0 }",
        &["T: `T` is not known as a floating-point type; add the bound `T: nalgebra::RealField + Copy`"],
    );
    check(
        "x, symmetric(x)",
        "fn f(x: Weights) -> f64 { 1.0 }",
        &[
            "Weights: the type of `x` is not known, since the macro sees only how it is spelt; if `Weights` is an alias, spell what it stands for, such as `&DVector<f64>`; if it is a struct, take its field",
        ],
    );
    check(
        "y, x",
        "fn f(x: f32, y: f64) -> Alias { y }",
        &["f32: `x` is of `f32` and `y` of `f64`, which is not supported; use one of the two"],
    );
}

#[test]
fn none_named() {
    items(
        "",
        &[
            ("fn f(&self) -> f64 { 1.0 }", &["f: `f` has no parameter to differentiate by; add one"]),
            (
                "fn f(w: &Weights, n: usize) -> f64 { 1.0 }",
                &[
                    "Weights: the type of `w` is not known, since the macro sees only how it is spelt; if `Weights` is an alias, spell what it stands for, such as `&DVector<f64>`; if it is a struct, take its field",
                ],
            ),
            (
                "fn f(n: usize, z: &DVector<Complex<f64>>) -> f64 { 1.0 }",
                &["Complex: `z` is complex, which is not supported; take real and imaginary parts as parameters of their own"],
            ),
            (
                "fn f(z: Complex64) -> f64 { 1.0 }",
                &["Complex64: `z` is complex, which is not supported; take real and imaginary parts as parameters of their own"],
            ),
            (
                "fn f<T>(g: impl Fn(T) -> T, x: T) -> T { x }",
                &["T: `T` is not known as a floating-point type; add the bound `T: nalgebra::RealField + Copy`"],
            ),
            (
                "fn f<T: Copy>(x: &DVector<T>) -> T { x[0] }",
                &["T: `T` is not known as a floating-point type; add the bound `T: nalgebra::RealField + Copy`"],
            ),
            (
                "fn f(x: SVector<f64, { N + 1 }>) -> f64 { 1.0 }",
                &["{ N + 1 }: this dimension of `x` is not supported; write a number, a const parameter, `Const<N>` or `Dyn`"],
            ),
            (
                "fn f(x: &[Vec<f64>]) -> f64 { 1.0 }",
                &[
                    "[Vec<f64>]: the type of `x` is not known, since the macro sees only how it is spelt; take a list of numbers, or of arrays or vectors whose length is in their type, such as `&[f64]` or `&[[f64; 3]]`",
                ],
            ),
            (
                "fn f<F: FnMut()>(g: impl Fn(f64) -> f64, h: &dyn Fn(f64) -> f64, k: fn(f64) -> f64, l: F, n: usize) -> f64 { 1.0 }",
                &["f: no parameter of `f` is of a floating-point type; add the one to differentiate by, for example `x: f64`"],
            ),
            (
                "fn f(x: f64, _: f64) -> f64 { 1.0 }",
                &[
                    "_: this parameter has no name; name it and destructure it in the body, or name the parameters to differentiate by in the \
             attribute",
                ],
            ),
            (
                "fn f(x: f64, out: &mut DVector<f64>) -> f64 { 1.0 }",
                &[
                    "out: `out` is mutable, and differentiating by it is not supported; name the parameters to differentiate by in the attribute",
                ],
            ),
        ],
    );
}

#[test]
fn results() {
    let unnamed = "a result of unnamed type is not supported; spell the type, for example `f64`";
    let not_real = "a result that is not of a floating-point type cannot be differentiated; return for example `f64`";
    items(
        "x",
        &[
            ("fn f(x: f64) { }", &["f: `f` returns nothing to differentiate; return the value"]),
            ("fn f(x: f64) -> () { }", &["(): `f` returns nothing to differentiate; return the value"]),
            ("fn f(x: f64) -> ! { loop {} }", &["!: `f` returns nothing to differentiate; return the value"]),
            ("fn f(x: f64) -> Option<()> { None }", &["(): `f` returns nothing to differentiate; return the value"]),
            (
                "fn f(x: f64) -> (f64, f64) { (x, x) }",
                &["(f64, f64): several results are not supported; write a function for each"],
            ),
            ("fn f(x: &f64) -> &f64 { x }", &["f64: a reference as result is not supported; return the value"]),
            ("fn f(x: f64) -> Result<f64, E> { Ok(x) }", &["Result: `Result` is not supported; return an `Option`"]),
            ("fn f(x: f64) -> impl Into<f64> { x }", &[&format!("impl Into<f64>: {unnamed}")]),
            ("fn f(x: f64) -> usize { 1 }", &[&format!("usize: {not_real}")]),
            ("fn f(x: f64) -> DVector<Complex<f64>> { 1 }", &[&format!("DVector: {not_real}")]),
        ],
    );
}

#[test]
fn kinds_of_function() {
    items(
        "",
        &[
            ("const fn f(x: f64) -> f64 { x }", &["const: `const` functions are not supported; remove `const`"]),
            (
                "async fn f(x: f64) -> f64 { x }",
                &["async: `async` functions are not supported; wait outside and pass the values in"],
            ),
            (
                "unsafe extern \"C\" fn f(x: f64) -> f64 { x }",
                &[
                    "unsafe: `unsafe` functions are not supported; put the unsafe part into a function of its own",
                    "extern: `extern` functions are not supported; put the attribute on a Rust function and call it from this one",
                ],
            ),
            (
                "fn f(x: f64) -> f64;",
                &[";: a function without a body has nothing to differentiate; put the attribute on one that has a body"],
            ),
        ],
    );
    let variadic = "unsafe extern \"C\" fn f(x: f64, args: ...) -> f64 { x }";
    let errors = parsed("", variadic).result.expect_err("refused");
    assert!(errors.as_slice().iter().any(|e| e.message == "variadic functions are not supported; pass a slice"));
}

#[test]
fn not_on_a_function() {
    let inside = |kind: &str, cure: &str| format!("the attribute goes on a function, not on {kind}; {cure}");
    let computes = "put it on the function that computes with it";
    items(
        "",
        &[
            ("impl A { fn f() {} }", &[&format!("impl: {}", inside("an `impl` block", "put it on the methods inside"))]),
            ("unsafe impl A for B {}", &[&format!("impl: {}", inside("an `impl` block", "put it on the methods inside"))]),
            ("pub trait A {}", &[&format!("trait: {}", inside("a `trait`", "put it on the methods inside that have a body"))]),
            ("mod a {}", &[&format!("mod: {}", inside("a `mod`", "put it on the functions inside"))]),
            ("/// Doc.\npub(crate) struct A;", &[&format!("struct: {}", inside("a `struct`", computes))]),
            ("const A: f64 = 1.0;", &[&format!("const: {}", inside("a `const`", computes))]),
            ("macro_rules! m { () => {} }", &[&format!("macro_rules: {}", inside("a `macro_rules`", computes))]),
            ("let f = |x| x;", &[&format!("let: {}", inside("a `let`", "make a function of the expression"))]),
            ("|x| x", &["|: the attribute goes on a function; move it there"]),
        ],
    );
    assert!(parsed("w", "").result.is_err());
    assert!(parsed("w", "struct A;").signature.is_none());
}

#[test]
fn all_at_once() {
    check(
        "ww, nn(x), symmetric(r)",
        "async fn f(w: f64, n: i32, r: Matrix2x3<f64>) { }",
        &[
            "nn: no argument `nn`; the arguments are parameter names, `symmetric(p)`, `spd(p)`, `diagonal(p)`, `lower_triangular(p)`, `orthogonal(p)` and `crate = path`",
            "ww: no parameter `ww`; did you mean `w`?",
            "r: `r` is 2×3 by its type and cannot be symmetric; make it square or remove the declaration",
            "async: `async` functions are not supported; wait outside and pass the values in",
            "f: `f` returns nothing to differentiate; return the value",
        ],
    );
}
