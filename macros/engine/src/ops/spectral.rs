//! Eigenvalues of symmetric matrices, singular values, and the pseudoinverse.
//!
//! [`EIGEN`] and [`SVD`] are factorizations: they stand for the matrix that they take apart. Where an eigenvalue is repeated, or a singular
//! value is repeated or zero, vectors do not move smoothly, and how they move is no finite number. Gradients that are differentiated in turn
//! have no need of that: see [`spectra`](super::spectra).

use super::helpers::{op, square, total, tr};
use super::{Differential, Record, Spelling};
#[cfg(feature = "eval")]
use crate::eval::Mat;
use crate::ir::{Dim, Dims, Graph, Kind, Mismatch, NodeId, Shape, Source};
use crate::lower::{Call, Lowerer, Refusal, Value};

/// `A`, symmetric, taken apart into `Q Diag(λ) Qᵀ`.
pub static EIGEN: Record = Record {
    name: "eigen",
    spellings: &[Spelling::matrix("symmetric_eigen", &[0], |cx, call| Ok(Value::Factor(eigen(cx, call)?)))],
    shape: square,
    differential: Differential::Linear,
    transpose: None,
    vec: None,
    notation: |_, _, a| a[0].clone(),
    #[cfg(feature = "eval")]
    eval: |i| Some(i.arg(0).clone()),
    emit: |e, id| e.factorization(id, "symmetric_eigen"),
};

fn eigen(cx: &mut Lowerer<'_>, call: &Call<'_>) -> Result<NodeId, Refusal> {
    let a = cx.square_receiver(call)?;
    Ok(cx.graph_mut().unary(Kind::Eigen, a))
}

// dλ = diag(Qᵀ dA Q), for symmetric dA                                              [Magnus & Neudecker, ch. 8]
/// `λ`, in nalgebra's order; spelled `symmetric_eigenvalues`, `symmetric_eigen().eigenvalues`.
pub static EIGEN_VALUES: Record = Record {
    name: "eigenvalues",
    spellings: &[
        Spelling::matrix("symmetric_eigenvalues", &[0], |cx, call| {
            let f = eigen(cx, call)?;
            Ok(cx.matrix(|g| op(g, Kind::EigenValues, &[f])))
        }),
        Spelling::field("eigenvalues", |cx, call| {
            let f = cx.factor_receiver(call, Kind::Eigen)?;
            Ok(cx.matrix(|g| op(g, Kind::EigenValues, &[f])))
        }),
    ],
    shape: |_, _, s| Ok(Shape::column(s[0].rows)),
    differential: Differential::Rule(|g, id, d| {
        let q = op(g, Kind::EigenVectors, &[g.args(id)[0]]);
        let turned = tr(g, q);
        let inner = g.matmul(&[turned, d[0]?, q]);
        Some(op(g, Kind::Diagonal, &[inner]))
    }),
    transpose: None,
    vec: None,
    notation: |_, _, a| super::helpers::function("λ", a),
    #[cfg(feature = "eval")]
    eval: |i| Some(i.arg(0).symmetric_eigen().0),
    emit: |e, id| e.factor_field(id, "eigenvalues"),
};

// dQ = Q (F ∘ (Qᵀ dA Q)), Fᵢⱼ = 1 / (λⱼ − λᵢ) off the diagonal, for symmetric dA       [Magnus & Neudecker, ch. 8]
/// `Q`, one eigenvector a column. No spelling: where eigenvalues meet there is no derivative, and no sign of that at run time.
pub static EIGEN_VECTORS: Record = Record {
    name: "eigenvectors",
    spellings: &[],
    shape: square,
    differential: Differential::Rule(|g, id, d| {
        let lambda = op(g, Kind::EigenValues, &[g.args(id)[0]]);
        let shares = shares(g, lambda);
        let (da, da_t, turned) = (d[0]?, tr(g, d[0]?), tr(g, id));
        let da = g.lin(&[(0.5, da), (0.5, da_t)]);
        let inner = g.matmul(&[turned, da, id]);
        let inner = g.hadamard(&[shares, inner]);
        Some(g.matmul(&[id, inner]))
    }),
    transpose: None,
    vec: None,
    notation: |_, _, a| super::helpers::function("Q", a),
    #[cfg(feature = "eval")]
    eval: |i| Some(i.arg(0).symmetric_eigen().1),
    emit: |e, id| e.factor_field(id, "eigenvectors"),
};

/// `Fᵢⱼ = 1 / (vⱼ − vᵢ)` off the diagonal, infinite where values meet; 0 on it.
fn shares(g: &mut Graph, v: NodeId) -> NodeId {
    let n = g.shape(v).rows;
    let ones = g.filled(1.0, Shape::new(Dim::ONE, n));
    let down = g.matmul(&[v, ones]);
    let across = tr(g, down);
    let identity = g.identity(n);
    let gaps = g.lin(&[(1.0, across), (-1.0, down), (1.0, identity)]);
    let shares = g.pow(gaps, -1.0);
    g.sub(shares, identity)
}

/// `X`, taken apart into `U Diag(σ) Vᵀ` with `min(m, n)` columns in `U` and `V`.
pub static SVD: Record = Record {
    name: "svd",
    spellings: &[Spelling::matrix("svd", &[2], |cx, call| {
        let both = call.args.iter().all(|a| matches!(a, syn::Expr::Lit(l) if matches!(&l.lit, syn::Lit::Bool(b) if b.value)));
        if !both {
            return Err(cx.fence().unknown_method(call));
        }
        let a = cx.receiver(call)?;
        Ok(Value::Factor(cx.graph_mut().unary(Kind::Svd, a)))
    })],
    shape: super::helpers::given,
    differential: Differential::Linear,
    transpose: None,
    vec: None,
    notation: |_, _, a| a[0].clone(),
    #[cfg(feature = "eval")]
    eval: |i| Some(i.arg(0).clone()),
    emit: |e, id| e.factorization(id, "svd"),
};

fn smaller(dims: &mut Dims, shape: Shape) -> Dim {
    dims.derived(Source::Least(vec![shape.rows, shape.cols]))
}

// dσ = diag(Uᵀ dX V)                                                          [Magnus & Neudecker, ch. 8]
/// `σ`, the largest first; spelled `singular_values`, `svd(true, true).singular_values`.
pub static SINGULAR_VALUES: Record = Record {
    name: "singular_values",
    spellings: &[
        Spelling::matrix("singular_values", &[0], |cx, call| {
            let a = cx.receiver(call)?;
            Ok(cx.matrix(|g| {
                let f = g.unary(Kind::Svd, a);
                op(g, Kind::SingularValues, &[f])
            }))
        }),
        Spelling::field("singular_values", |cx, call| {
            let f = cx.factor_receiver(call, Kind::Svd)?;
            Ok(cx.matrix(|g| op(g, Kind::SingularValues, &[f])))
        }),
    ],
    shape: |dims, _, s| Ok(Shape::column(smaller(dims, s[0]))),
    differential: Differential::Rule(|g, id, d| {
        let f = g.args(id)[0];
        let (u, v_t) = (op(g, Kind::LeftVectors, &[f]), op(g, Kind::RightVectors, &[f]));
        let inner = turned(g, u, v_t, d[0]?);
        Some(op(g, Kind::Diagonal, &[inner]))
    }),
    transpose: None,
    vec: None,
    notation: |_, _, a| super::helpers::function("sv", a),
    #[cfg(feature = "eval")]
    eval: |i| Some(i.arg(0).svd().1),
    emit: |e, id| e.factor_field(id, "singular_values"),
};

/// `Uᵀ dX V`
fn turned(g: &mut Graph, u: NodeId, v_t: NodeId, dx: NodeId) -> NodeId {
    let (u_t, v) = (tr(g, u), tr(g, v_t));
    g.matmul(&[u_t, dx, v])
}

// dU = U (F ∘ (M S + S Mᵀ)) + (I − U Uᵀ) dX V S⁻¹, M = Uᵀ dX V, S = Diag(σ), Fᵢⱼ = 1 / (σⱼ² − σᵢ²)    [Townsend 2016]
/// `U`, m×min(m, n). No spelling, as [`EIGEN_VECTORS`].
pub static LEFT_VECTORS: Record = Record {
    name: "left_vectors",
    spellings: &[],
    shape: |dims: &mut Dims, _, s: &[Shape]| -> Result<Shape, Mismatch> { Ok(Shape::new(s[0].rows, smaller(dims, s[0]))) },
    differential: Differential::Rule(|g, id, d| {
        let (f, u) = (g.args(id)[0], id);
        let v_t = op(g, Kind::RightVectors, &[f]);
        let m = turned(g, u, v_t, d[0]?);
        let v = tr(g, v_t);
        let moved = g.matmul(&[d[0]?, v]);
        vectors_move(g, f, u, m, moved)
    }),
    transpose: None,
    vec: None,
    notation: |_, _, a| super::helpers::function("U", a),
    #[cfg(feature = "eval")]
    eval: |i| Some(i.arg(0).svd().0),
    emit: |e, id| e.factor_field(id, "u"),
};

// dV = V (F ∘ (Mᵀ S + S M)) + (I − V Vᵀ) dXᵀ U S⁻¹
/// `Vᵀ`, min(m, n)×n. No spelling, as [`EIGEN_VECTORS`].
pub static RIGHT_VECTORS: Record = Record {
    name: "right_vectors",
    spellings: &[],
    shape: |dims: &mut Dims, _, s: &[Shape]| -> Result<Shape, Mismatch> { Ok(Shape::new(smaller(dims, s[0]), s[0].cols)) },
    differential: Differential::Rule(|g, id, d| {
        let (f, v_t) = (g.args(id)[0], id);
        let u = op(g, Kind::LeftVectors, &[f]);
        let m = turned(g, u, v_t, d[0]?);
        let (v, m_t, dx_t) = (tr(g, v_t), tr(g, m), tr(g, d[0]?));
        let moved = g.matmul(&[dx_t, u]);
        let dv = vectors_move(g, f, v, m_t, moved)?;
        Some(tr(g, dv))
    }),
    transpose: None,
    vec: None,
    notation: |_, _, a| super::helpers::function("Vᵀ", a),
    #[cfg(feature = "eval")]
    eval: |i| Some(i.arg(0).svd().2),
    emit: |e, id| e.factor_field(id, "v_t"),
};

/// `dW` for the vectors `W` on one side: `m` is `Wᵀ moved`, and `moved` is `dX` times the vectors on the other side.
#[allow(clippy::many_single_char_names)] // the letters of the equation
fn vectors_move(g: &mut Graph, f: NodeId, w: NodeId, m: NodeId, moved: NodeId) -> Option<NodeId> {
    let sigma = op(g, Kind::SingularValues, &[f]);
    let squares = g.pow(sigma, 2.0);
    let shares = shares(g, squares);
    let (s, m_t) = (op(g, Kind::DiagMat, &[sigma]), tr(g, m));
    let (first, second) = (g.matmul(&[m, s]), g.matmul(&[s, m_t]));
    let both = g.add(first, second);
    let turn = g.hadamard(&[shares, both]);
    let within = g.matmul(&[w, turn]);
    let recip = g.pow(sigma, -1.0);
    let recip = op(g, Kind::DiagMat, &[recip]);
    let (out, projected) = (g.matmul(&[moved, recip]), g.matmul(&[w, m, recip]));
    let without = g.sub(out, projected);
    total(g, &[Some(within), Some(without)])
}

// dX⁺ = −X⁺ dX X⁺ + X⁺ X⁺ᵀ dXᵀ (I − X X⁺) + (I − X⁺ X) dXᵀ X⁺ᵀ X⁺, while the rank stays          [Golub & Pereyra 1973]
/// `X⁺`, singular values up to `eps` taken to be zero; spelled `pseudo_inverse`, `svd(true, true).solve(&b, eps)`.
pub static PSEUDO_INVERSE: Record = Record {
    name: "pseudo_inverse",
    spellings: &[
        Spelling::matrix("pseudo_inverse", &[1], |cx, call| {
            let (a, eps) = (cx.receiver(call)?, cx.scalar_argument(call, 0)?);
            Ok(Value::fallible(Kind::PseudoInverse, vec![a, eps]))
        }),
        Spelling::factor("pseudo_inverse", &[1], |cx, call| {
            let (a, eps) = (taken_apart(cx, call)?, cx.scalar_argument(call, 0)?);
            Ok(Value::fallible(Kind::PseudoInverse, vec![a, eps]))
        }),
        // X⁺ b
        Spelling::factor("solve", &[2], |cx, call| {
            let (a, b, eps) = (taken_apart(cx, call)?, cx.matrix_argument(call, 0)?, cx.scalar_argument(call, 1)?);
            let (sa, sb) = (cx.shape(a), cx.shape(b));
            cx.unify(call, &[a, b], sa.rows, sb.rows)?;
            Ok(Value::fallible(Kind::PseudoInverse, vec![a, eps, b]))
        }),
    ],
    shape: |_, _, s| Ok(s[0].transposed()),
    differential: Differential::Rule(|g, id, d| {
        let (x, p, dx) = (g.args(id)[0], id, d[0]?);
        let (p_t, dx_t) = (tr(g, p), tr(g, dx));
        let shape = g.shape(x);
        let first = g.matmul(&[p, dx, p]);
        let (rows, cols) = (g.identity(shape.rows), g.identity(shape.cols));
        let (xp, px) = (g.matmul(&[x, p]), g.matmul(&[p, x]));
        let (left, right) = (g.sub(rows, xp), g.sub(cols, px));
        let (second, third) = (g.matmul(&[p, p_t, dx_t, left]), g.matmul(&[right, dx_t, p_t, p]));
        Some(g.lin(&[(-1.0, first), (1.0, second), (1.0, third)]))
    }),
    transpose: None,
    vec: None,
    notation: |_, _, a| a[0].superscript("⁺"),
    #[cfg(feature = "eval")]
    eval: |i| (i.scalar(1) >= 0.0).then(|| pseudo_inverse(i.arg(0), i.scalar(1))),
    emit: |e, id| e.pseudo_inverse(id),
};

/// The matrix that `svd` was called on.
fn taken_apart(cx: &mut Lowerer<'_>, call: &Call<'_>) -> Result<NodeId, Refusal> {
    let f = cx.factor_receiver(call, Kind::Svd)?;
    Ok(cx.graph().args(f)[0])
}

#[cfg(feature = "eval")]
fn pseudo_inverse(x: &Mat, eps: f64) -> Mat {
    let (u, sigma, v_t) = x.svd();
    let shares = sigma.map(|s| if s > eps { 1.0 / s } else { 0.0 });
    let scaled = Mat::from_fn(u.rows, u.cols, |r, c| u.at(r, c) * shares.at(c, 0));
    scaled.mul(&v_t).transpose()
}
