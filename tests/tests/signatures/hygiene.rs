//! Names: whatever is in scope, and whatever the user calls things.

use matgrad_tests::{check, matrix, spd, vector};

mod shadowed {
    #![allow(non_camel_case_types, dead_code, clippy::upper_case_acronyms)]
    use ::matgrad::grad;
    use ::nalgebra::{DMatrix, DVector};

    // everything that generated code might name without care
    mod std {}
    mod core {}
    mod alloc {}
    mod nalgebra {}
    mod matgrad {}
    struct Some;
    struct None;
    struct Ok;
    struct Err;
    struct Vec;
    struct Box;
    struct String;
    struct Dyn;
    struct Const;
    struct OMatrix;
    struct Matrix1;
    trait Clone {}
    trait Into {}
    trait Iterator {}
    trait RealField {}
    fn drop() {}
    fn exp() {}
    fn sqrt() {}
    fn same_dim() {}

    #[allow(unused_macros)]
    macro_rules! panic {
        () => {};
    }
    #[allow(unused_macros)]
    macro_rules! assert {
        () => {};
    }
    #[allow(unused_macros)]
    macro_rules! vec {
        () => {};
    }

    #[grad(w, x)]
    pub fn loss(w: &DVector<f64>, x: &DMatrix<f64>, y: &DVector<f64>) -> f64 {
        let scores = x * w;
        let regular = x.tr_mul(x).lu().solve(w).unwrap();
        (y.component_mul(&scores)).map(|m| (1.0 + (-m).exp()).ln()).sum() / y.len() as f64 + regular.norm() + w[0] + x.max()
    }

    #[grad(x)]
    pub fn maybe(x: &DMatrix<f64>) -> ::core::option::Option<f64> {
        let inverse = x.clone().try_inverse()?;
        ::core::option::Option::Some(inverse.sum())
    }

    #[grad(x)]
    pub fn sliced(x: &DVector<f64>, y: &DVector<f64>) -> f64 {
        x.map(f64::sin).dot(y) + x.rows(1, 2).sum() + (x * y.transpose() + DMatrix::identity(4, 4)).determinant()
    }
}

#[test]
fn shadowed_names() {
    let (w, x, y): (nalgebra::DVector<f64>, nalgebra::DMatrix<f64>, _) = (vector(3), matrix(5, 3), vector(5));
    let (gradient, both) = (shadowed::loss_grad(&w, &x, &y), shadowed::loss_value_and_grad(&w, &x, &y));
    check(&(w, x), |(w, x)| shadowed::loss(w, x, &y), gradient, both);
    let s = spd(3);
    check(&s, |s| shadowed::maybe(s).unwrap(), shadowed::maybe_grad(&s).unwrap(), shadowed::maybe_value_and_grad(&s).unwrap());
    let (x, y) = (vector(4), vector(4));
    check(&x, |x| shadowed::sliced(x, &y), shadowed::sliced_grad(&x, &y), shadowed::sliced_value_and_grad(&x, &y));
}

mod aliased {
    #![allow(non_camel_case_types)]
    use matgrad::grad;
    use nalgebra::DVector;

    // a function in this scope may not mean `f64` by `f64`; the engine writes only what the user wrote
    pub type real = f64;
    pub type usize = u8;

    #[grad(x)]
    pub fn f(x: &DVector<f64>) -> f64 {
        x.map(|t| t * 2.0).norm_squared() / x.len() as f64 + x.rows(0, 2).sum()
    }

    pub fn count() -> usize {
        3
    }
}

#[test]
fn aliased_primitives() {
    let x = vector(usize::from(aliased::count()));
    let _: aliased::real = aliased::f(&x);
    check(&x, aliased::f, aliased::f_grad(&x), aliased::f_value_and_grad(&x));
}

#[matgrad::grad(value, gradient)]
fn names_of_results(value: &nalgebra::DVector<f64>, gradient: &nalgebra::DMatrix<f64>) -> f64 {
    let product = gradient * value;
    let t = product.map(f64::sin);
    let n = t.norm_squared();
    let lu = n + product.sum();
    lu * n
}

#[test]
fn names_of_the_generated_code_as_parameters() {
    let at: (nalgebra::DVector<f64>, nalgebra::DMatrix<f64>) = (vector(3), matrix(5, 3));
    let (v, g) = at.clone();
    check(&at, |(v, g)| names_of_results(v, g), names_of_results_grad(&v, &g), names_of_results_value_and_grad(&v, &g));
}

#[matgrad::grad]
fn names_of_variables(t: &nalgebra::DVector<f64>, n: &nalgebra::DMatrix<f64>, entry: f64, u: f64) -> f64 {
    let cholesky = (n.tr_mul(n)) * t;
    let product = cholesky.map(|entry| entry * u + (entry * u).exp());
    let total = cholesky.component_mul(&product).sum() * entry;
    let whole = 3.0 * total + t.dot(&product);
    whole
}

#[test]
fn names_of_the_generated_code_as_variables() {
    let at: (nalgebra::DVector<f64>, nalgebra::DMatrix<f64>, f64, f64) = (vector(3), matrix(5, 3), 0.3, 0.4);
    let (t, n, e, u) = at.clone();
    let (gradient, both) = (names_of_variables_grad(&t, &n, e, u), names_of_variables_value_and_grad(&t, &n, e, u));
    check(&at, |(t, n, e, u)| names_of_variables(t, n, *e, *u), gradient, both);
}

#[matgrad::grad(r#type, r#fn)]
fn raw(r#type: &nalgebra::DVector<f64>, r#fn: f64) -> f64 {
    let r#match = r#type * r#fn;
    r#match.norm_squared() + r#type.sum()
}

#[test]
fn raw_identifiers() {
    let (x, t): (nalgebra::DVector<f64>, f64) = (vector(3), 0.3);
    let (gradient, both) = (raw_grad(&x, t), raw_value_and_grad(&x, t));
    check(&(x, t), |(x, t)| raw(x, *t), gradient, both);
}

#[matgrad::grad(größe, λ)]
fn unicode(größe: &nalgebra::DVector<f64>, λ: f64) -> f64 {
    let σ = größe.map(|ω| (ω * λ).tanh());
    σ.norm_squared()
}

#[test]
fn letters_of_other_alphabets() {
    let (x, t): (nalgebra::DVector<f64>, f64) = (vector(3), 0.3);
    let (gradient, both) = (unicode_grad(&x, t), unicode_value_and_grad(&x, t));
    check(&(x, t), |(x, t)| unicode(x, *t), gradient, both);
}

macro_rules! by_macro {
    ($name:ident, $x:ident, $ty:ty, $body:expr) => {
        #[matgrad::grad($x)]
        fn $name($x: $ty) -> f64 {
            $body
        }
    };
}

by_macro!(by_macro_rules, x, &nalgebra::DVector<f64>, x.norm_squared() + x.sum() * 2.0);

#[test]
fn functions_made_by_macro_rules() {
    let x = vector(3);
    check(&x, by_macro_rules, by_macro_rules_grad(&x), by_macro_rules_value_and_grad(&x));
}

#[matgrad::grad(x)]
fn names_of_results_as_variables(x: &nalgebra::DVector<f64>) -> f64 {
    let value = x.norm();
    let gradient = value.sin();
    gradient * value * gradient
}

#[test]
fn variables_named_like_the_results() {
    let x = vector(3);
    let (gradient, both) = (names_of_results_as_variables_grad(&x), names_of_results_as_variables_value_and_grad(&x));
    check(&x, names_of_results_as_variables, gradient, both);
}
