//! Programs that went wrong once, as small as they could be made: what [`Sample::listing`] printed.

use matgrad_engine::generate::Sample;
use matgrad_engine::ir::{Attr, Block, Cmp, Dim, Index, Kind, Real};

type Regression = (&'static str, Sample);

pub fn all() -> Vec<Regression> {
    vec![
        ("a guarded function, used twice", guarded_and_used_twice()),
        ("a guarded function, used by products and sums", guarded_and_multiplied()),
        ("a guarded function under two guards", guarded_by_two()),
        ("a guarded function, a part of it used", guarded_and_sliced()),
        ("a product with a number, of a size that one side knows", product_with_a_number()),
        ("a guarded power, its exponents the identity", guarded_power()),
        ("blocks with a common coefficient of zero", blocks_of_nothing()),
    ]
}

/// `sum([r (0 x), r (0 x); r (0 x), r (0 x)])`
fn blocks_of_nothing() -> Sample {
    let mut s = Sample::new();
    let (n0, n1, n2) = (s.dim(3), s.dim(2), s.dim(4));
    let v0 = s.parameter((n0, n1), &[-311.0, -109.5, -12.0, 387.0, -171.0, -26.0]);
    let v1 = s.node(Kind::Lin, Attr::Coefs(vec![Real(0.0)]), &[v0], (n0, n1));
    let v2 = s.parameter((Dim::ONE, n0), &[1.0, 1.0, 1.0]);
    let v3 = s.node(Kind::MatMul, Attr::None, &[v2, v1], (Dim::ONE, n1));
    let v4 = s.node(Kind::Stack, Attr::Grid(2), &[v3, v3, v3, v3], (Dim::Const(2), n2));
    s.node(Kind::Sum, Attr::None, &[v4], (Dim::ONE, Dim::ONE));
    s.wrt = vec![0];
    s
}

/// `Σ tanh(y) ∘ y`, `y = x ≤ c ? 0 : acosh(x)`
fn guarded_and_used_twice() -> Sample {
    let mut s = Sample::new();
    let n0 = s.dim(2);
    let v0 = s.parameter((n0, n0), &[-1.0, -1.0, 1.0, -1.0]);
    let v1 = s.parameter((n0, n0), &[1.2, 1.2, 1.2, 1.2]);
    let v2 = s.node(Kind::Acosh, Attr::None, &[v0], (n0, n0));
    let v3 = s.node(Kind::Const, Attr::Real(Real(0.0)), &[], (Dim::ONE, Dim::ONE));
    let v4 = s.node(Kind::Fill, Attr::None, &[v3], (n0, n0));
    let v5 = s.node(Kind::Select, Attr::Cmp(Cmp::Le), &[v0, v1, v4, v2], (n0, n0));
    let v6 = s.node(Kind::Tanh, Attr::None, &[v5], (n0, n0));
    let v7 = s.node(Kind::Hadamard, Attr::None, &[v6, v5], (n0, n0));
    s.node(Kind::Sum, Attr::None, &[v7], (Dim::ONE, Dim::ONE));
    s.wrt = vec![0];
    s
}

/// `sum(y) + t sum(y ∘ z)`, `y = x ≤ c ? 0 : acosh(x)`
fn guarded_and_multiplied() -> Sample {
    let mut s = Sample::new();
    let n0 = s.dim(3);
    let v0 = s.parameter((n0, Dim::ONE), &[0.7, 0.7, 0.8]);
    let v1 = s.parameter((n0, Dim::ONE), &[1.0, 1.0, 1.0]);
    let v2 = s.node(Kind::Acosh, Attr::None, &[v0], (n0, Dim::ONE));
    let v3 = s.node(Kind::Const, Attr::Real(Real(0.0)), &[], (Dim::ONE, Dim::ONE));
    let v4 = s.node(Kind::Fill, Attr::None, &[v3], (n0, Dim::ONE));
    let v5 = s.node(Kind::Select, Attr::Cmp(Cmp::Le), &[v0, v1, v4, v2], (n0, Dim::ONE));
    let v6 = s.parameter((n0, Dim::ONE), &[0.5, 0.0, 1.0]);
    let v7 = s.node(Kind::Hadamard, Attr::None, &[v5, v6], (n0, Dim::ONE));
    let v8 = s.node(Kind::Sum, Attr::None, &[v5], (Dim::ONE, Dim::ONE));
    let v9 = s.parameter((Dim::ONE, Dim::ONE), &[0.5]);
    let v10 = s.node(Kind::Sum, Attr::None, &[v7], (Dim::ONE, Dim::ONE));
    let v11 = s.node(Kind::Hadamard, Attr::None, &[v10, v9], (Dim::ONE, Dim::ONE));
    s.node(Kind::Lin, Attr::Coefs(vec![Real(1.0), Real(1.0)]), &[v8, v11], (Dim::ONE, Dim::ONE));
    s.wrt = vec![0];
    s
}

/// `atan ‖c < x ? acosh(x) : a‖² + tr(x > c ? acosh(x) : b)`
fn guarded_by_two() -> Sample {
    let mut s = Sample::new();
    let n0 = s.dim(2);
    let v0 = s.parameter((n0, n0), &[-0.5, 0.0, 1.5, 0.0]);
    let v1 = s.parameter((n0, n0), &[0.0, 0.5, -0.5, 2.0]);
    let v2 = s.parameter((n0, n0), &[1.0, 1.0, 1.0, 1.0]);
    let v3 = s.node(Kind::Acosh, Attr::None, &[v1], (n0, n0));
    let v4 = s.node(Kind::Select, Attr::Cmp(Cmp::Lt), &[v2, v1, v3, v0], (n0, n0));
    let v5 = s.node(Kind::NormSq, Attr::None, &[v4], (Dim::ONE, Dim::ONE));
    let v6 = s.node(Kind::Atan, Attr::None, &[v5], (Dim::ONE, Dim::ONE));
    let v7 = s.parameter((n0, n0), &[0.0, -0.5, -0.5, 0.5]);
    let v8 = s.node(Kind::Select, Attr::Cmp(Cmp::Gt), &[v1, v2, v3, v7], (n0, n0));
    let v9 = s.node(Kind::Trace, Attr::None, &[v8], (Dim::ONE, Dim::ONE));
    s.node(Kind::Lin, Attr::Coefs(vec![Real(1.0), Real(1.5)]), &[v9, v6], (Dim::ONE, Dim::ONE));
    s.wrt = vec![1];
    s
}

/// `1 / sum(y (y ∘ z)₀)`, `y = x ≤ c ? 0 : acosh(x)`
fn guarded_and_sliced() -> Sample {
    let mut s = Sample::new();
    let n0 = s.dim(1);
    let v0 = s.parameter((Dim::Const(2), n0), &[-0.5, 1.0]);
    let v1 = s.parameter((Dim::Const(2), n0), &[2.5, 0.5]);
    let v2 = s.parameter((Dim::Const(2), n0), &[1.0, 1.0]);
    let v3 = s.node(Kind::Acosh, Attr::None, &[v1], (Dim::Const(2), n0));
    let v4 = s.node(Kind::Const, Attr::Real(Real(0.0)), &[], (Dim::ONE, Dim::ONE));
    let v5 = s.node(Kind::Fill, Attr::None, &[v4], (Dim::Const(2), n0));
    let v6 = s.node(Kind::Select, Attr::Cmp(Cmp::Le), &[v1, v2, v5, v3], (Dim::Const(2), n0));
    let v7 = s.node(Kind::Hadamard, Attr::None, &[v6, v0], (Dim::Const(2), n0));
    let v8 = s.node(Kind::Slice, Attr::Block(Block { row: Index::at(0), col: Index::at(0) }), &[v7], (n0, n0));
    let v9 = s.node(Kind::MatMul, Attr::None, &[v6, v8], (Dim::Const(2), n0));
    let v10 = s.node(Kind::Sum, Attr::None, &[v9], (Dim::ONE, Dim::ONE));
    s.node(Kind::Pow, Attr::Real(Real(-1.0)), &[v10], (Dim::ONE, Dim::ONE));
    s.wrt = vec![1];
    s
}

/// `zᵀ (s ⊗ y)`: the product with a number has three rows, and of `y` nobody says so.
fn product_with_a_number() -> Sample {
    let mut s = Sample::new();
    let n0 = s.dim(3);
    let v0 = s.parameter((n0, Dim::ONE), &[0.5, 1.0, -1.0]);
    let v1 = s.parameter((Dim::ONE, Dim::ONE), &[0.5]);
    let v2 = s.node(Kind::Kron, Attr::None, &[v1, v0], (Dim::Const(3), Dim::ONE));
    let v3 = s.parameter((Dim::ONE, Dim::Const(3)), &[1.5, -1.0, 2.0]);
    s.node(Kind::MatMul, Attr::None, &[v3, v2], (Dim::ONE, Dim::ONE));
    s.wrt = vec![0, 1, 2];
    s
}

/// `Σ (x > c ? x^I : 0)`, entry by entry
fn guarded_power() -> Sample {
    let mut s = Sample::new();
    let n0 = s.dim(2);
    let v0 = s.parameter((n0, n0), &[0.7, -0.5, 0.0, 1.5]);
    let v1 = s.node(Kind::Identity, Attr::None, &[], (n0, n0));
    let v2 = s.parameter((n0, n0), &[0.2, 0.2, 0.2, 0.2]);
    let v3 = s.node(Kind::PowF, Attr::None, &[v0, v1], (n0, n0));
    let v4 = s.parameter((n0, n0), &[0.0, 0.0, 0.0, 0.0]);
    let v5 = s.node(Kind::Select, Attr::Cmp(Cmp::Gt), &[v0, v2, v3, v4], (n0, n0));
    s.node(Kind::Sum, Attr::None, &[v5], (Dim::ONE, Dim::ONE));
    s.wrt = vec![0];
    s
}
