//! Value and gradients come from one program, in which nothing is computed twice: operations counted.
#![allow(clippy::format_push_string, reason = "a test builds few strings")]

use matgrad_engine::ir::{Kind, NodeId};
use matgrad_engine::schedule::{Program, schedule};
use matgrad_engine::{derive, parse};

/// The program of `f_value_and_grad`.
fn program(attribute: &str, function: &str) -> Program {
    let tokens = |code: &str| code.parse::<proc_macro2::TokenStream>().expect("the row is Rust");
    let input = parse::parse(tokens(attribute), tokens(function)).result.expect("the row is accepted");
    let derivation = derive(&input).expect("the row is differentiated");
    let roots: Vec<NodeId> = [derivation.value].into_iter().chain(derivation.gradients.iter().copied()).collect();
    schedule(&derivation.graph, &roots, &derivation.lets)
}

/// How many operations of these kinds the program computes.
fn count(program: &Program, kinds: &[Kind]) -> usize {
    program.order.iter().filter(|id| kinds.contains(&program.graph.kind(**id))).count()
}

#[test]
fn a_gaussian_is_factored_once() {
    let program = program(
        "m, s",
        "fn nll(m: &DVector<f64>, s: &DMatrix<f64>, y: &DVector<f64>) -> Option<f64> {
            let r = y - m;
            let c = s.clone().cholesky()?;
            Some(0.5 * (c.ln_determinant() + r.dot(&c.solve(&r))))
        }",
    );
    assert_eq!(count(&program, &[Kind::Chol, Kind::Lu]), 1);
    // S⁻¹ r once, its outer product once
    assert_eq!(count(&program, &[Kind::MatMul]), 3, "S⁻¹ r, rᵀ (S⁻¹ r), (S⁻¹ r) (S⁻¹ r)ᵀ");
}

#[test]
fn a_gaussian_spelled_three_ways_is_factored_once() {
    // cholesky for the determinant, an inverse for the quadratic form: one matrix, one factorization
    let program = program(
        "s",
        "fn nll(s: &DMatrix<f64>, r: &DVector<f64>) -> f64 {
            0.5 * s.clone().cholesky().unwrap().ln_determinant() + 0.5 * (r.transpose() * s.clone().try_inverse().unwrap() * r).to_scalar()
        }",
    );
    assert_eq!(count(&program, &[Kind::Chol, Kind::Lu]), 1);
}

#[test]
fn the_determinant_of_a_product_that_is_solved_with_needs_no_other_factorization() {
    let of = |body: &str| {
        program("x", &format!("fn f(x: &DMatrix<f64>, a: &SMatrix<f64, 5, 5>, y: &DVector<f64>) -> f64 {{ {body} }}"))
    };
    let both = of("let s = x * a; matgrad::ln_det(&s) + y.dot(&s.lu().solve(y).unwrap())");
    assert_eq!(count(&both, &[Kind::Chol, Kind::Lu]), 1);
    // alone it is a sum, of which the gradient holds one term
    let alone = of("matgrad::ln_det(&(x * a))");
    assert_eq!(count(&alone, &[Kind::MatMul]), 0);
}

#[test]
fn declared_spd_is_factored_by_cholesky_alone() {
    let program = program(
        "s, spd(s)",
        "fn nll(s: &DMatrix<f64>, r: &DVector<f64>) -> f64 { s.determinant().ln() + r.dot(&s.clone().lu().solve(r).unwrap()) }",
    );
    assert_eq!((count(&program, &[Kind::Chol]), count(&program, &[Kind::Lu])), (1, 0));
}

#[test]
fn a_logistic_loss_multiplies_x_and_w_once() {
    let program = program(
        "w",
        "fn loss(w: &DVector<f64>, x: &DMatrix<f64>, y: &DVector<f64>) -> f64 { (-y.component_mul(&(x * w))).map(|m| (1.0 + m.exp()).ln()).sum() }",
    );
    assert_eq!(count(&program, &[Kind::MatMul]), 2, "x w, and xᵀ times the elementwise part");
    assert_eq!(count(&program, &[Kind::Map]), 3, "the margin, the loss over it, the part of the gradient");
}

#[test]
fn a_network_computes_its_layers_once() {
    let program = program(
        "w1, w2",
        "fn loss(w1: &DMatrix<f64>, w2: &DMatrix<f64>, x: &DMatrix<f64>, y: &DMatrix<f64>) -> f64 {
            (w2 * (w1 * x).map(|v| v.tanh()) - y).norm_squared()
        }",
    );
    assert_eq!(count(&program, &[Kind::MatMul]), 5, "two forward, w2ᵀ r, and two outer products");
}

#[test]
fn a_quadratic_form_and_its_gradient_share_a_product() {
    let program =
        program("x, symmetric(a)", "fn form(x: &DVector<f64>, a: &DMatrix<f64>) -> f64 { (x.transpose() * a * x).to_scalar() }");
    assert_eq!(count(&program, &[Kind::MatMul]), 2, "a x, and xᵀ (a x)");
}

#[test]
fn vectors_come_first() {
    // A (B (C x)): no product of two matrices
    let program = program(
        "x",
        "fn f(x: &DVector<f64>, a: &DMatrix<f64>, b: &DMatrix<f64>, c: &DMatrix<f64>) -> f64 { (a * b * c * x).norm_squared() }",
    );
    for id in program.order.iter().filter(|id| program.graph.kind(**id) == Kind::MatMul) {
        assert!(program.graph.shape(*id).is_thin(), "a matrix is formed");
    }
    assert_eq!(count(&program, &[Kind::MatMul]), 6);
}

#[test]
fn a_trace_of_a_product_is_a_sum_over_entries() {
    let program = program("x", "fn f(x: &DMatrix<f64>, a: &DMatrix<f64>) -> f64 { (a * x).trace() }");
    assert_eq!(count(&program, &[Kind::MatMul, Kind::Trace]), 0);
}

#[test]
fn a_roll_out_stays_linear_in_its_length() {
    let steps = |n: usize| {
        let mut body = String::from("let s0 = x.clone();");
        for i in 1..=n {
            body.push_str(&format!("let s{i} = a * &s{};", i - 1));
        }
        let function = format!("fn cost(x: &DVector<f64>, a: &DMatrix<f64>) -> f64 {{ {body} s{n}.norm_squared() }}");
        count(&program("x, a", &function), &[Kind::MatMul])
    };
    // forward n, backward n, and an outer product for each step
    assert!(steps(40) <= 3 * 40 + 8, "{} products for 40 steps", steps(40));
    assert!(steps(80) <= 2 * steps(40) + 8, "{} products for 80 steps, {} for 40", steps(80), steps(40));
}

#[test]
fn an_activation_and_its_derivative_read_one_sum() {
    // σ'(a) = σ(a) σ(−a)
    let program = program(
        "w, b",
        "fn f(w: &DVector<f64>, b: &DVector<f64>, x: &DMatrix<f64>, y: &DVector<f64>) -> f64 {
            y.dot(&(x * w + b).map(matgrad::sigmoid))
        }",
    );
    let products = program.order.iter().filter(|id| program.graph.kind(**id) == Kind::MatMul);
    let reads: Vec<usize> = products.map(|id| program.uses[id]).collect();
    assert_eq!(reads, [1, 1, 1], "x w in the sum, the value, the gradient by w");
}
