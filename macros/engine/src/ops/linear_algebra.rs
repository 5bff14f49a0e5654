//! Determinants, inverses, and the factorizations they share.
//!
//! A factorization is a value: [`LU`] and [`CHOL`] stand for the matrix they factor (and have its differential), and everything that
//! uses one names it as its operand, so that value and gradient share it.

use super::helpers::{op, square, square_to_scalar, tr};
use super::{Differential, Record, Spelling};
#[cfg(feature = "eval")]
use crate::eval::Mat;
use crate::ir::{Attr, Graph, Kind, NodeId, Part};
use crate::lower::{Call, Lowerer, Refusal, Value};
use crate::print::Text;

/// `A`, factored into `P L U`; spelled `lu`, and `full_piv_lu`, `qr`, `col_piv_qr` to solve with.
pub static LU: Record = Record {
    name: "lu",
    spellings: &[
        Spelling::matrix("lu", &[0], factored),
        Spelling::matrix("full_piv_lu", &[0], factored),
        Spelling::matrix("qr", &[0], factored),
        Spelling::matrix("col_piv_qr", &[0], factored),
    ],
    shape: square,
    differential: Differential::Linear,
    transpose: None,
    vec: None,
    notation: |_, _, a| a[0].clone(),
    #[cfg(feature = "eval")]
    eval: |i| Some(i.arg(0).clone()),
    emit: |e, id| e.factorization(id, "lu"),
};

fn factored(cx: &mut Lowerer<'_>, call: &Call<'_>) -> Result<Value, Refusal> {
    let a = cx.square_receiver(call)?;
    let lu = cx.graph_mut().unary(Kind::Lu, a);
    Ok(Value::Factor(lu))
}

/// `A`, symmetric positive definite, factored into `L Lᵀ`.
pub static CHOL: Record = Record {
    name: "cholesky",
    spellings: &[Spelling::matrix("cholesky", &[0], |cx, call| {
        let a = cx.square_receiver(call)?;
        Ok(Value::fallible(Kind::Chol, vec![a]))
    })],
    shape: square,
    differential: Differential::Linear,
    transpose: None,
    vec: None,
    notation: |_, _, a| a[0].clone(),
    #[cfg(feature = "eval")]
    eval: |i| i.arg(0).cholesky().map(|_| i.arg(0).clone()),
    emit: |e, id| e.fallible_call(id, "cholesky"),
};

// dA⁻¹ = −A⁻¹ dA A⁻¹
/// `A⁻¹`; spelled `try_inverse`, and with a right-hand side `lu().solve(&b)`, `cholesky().solve(&b)`.
pub static INV: Record = Record {
    name: "inverse",
    spellings: &[
        Spelling::matrix("try_inverse", &[0], |cx, call| {
            let a = cx.square_receiver(call)?;
            let lu = cx.graph_mut().unary(Kind::Lu, a);
            Ok(Value::fallible(Kind::Inv, vec![lu]))
        }),
        Spelling::factor("try_inverse", &[0], |cx, call| {
            let f = cx.factor_receiver(call, Kind::Lu)?;
            Ok(Value::fallible(Kind::Inv, vec![f]))
        }),
        Spelling::factor("inverse", &[0], |cx, call| {
            let f = cx.factor_receiver(call, Kind::Chol)?;
            Ok(cx.matrix(|g| op(g, Kind::Inv, &[f])))
        }),
        Spelling::factor("solve", &[1], |cx, call| {
            let (f, b) = (cx.any_factor_receiver(call)?, cx.matrix_argument(call, 0)?);
            let (sf, sb) = (cx.shape(f), cx.shape(b));
            cx.unify(call, &[f, b], sf.rows, sb.rows)?;
            match cx.graph().kind(f) {
                Kind::Lu => return Ok(Value::fallible(Kind::Inv, vec![f, b])),
                Kind::Chol => {}
                _ => return Err(cx.fence().unknown_method(call)),
            }
            Ok(cx.matrix(|g| {
                let inverse = op(g, Kind::Inv, &[f]);
                g.matmul(&[inverse, b])
            }))
        }),
    ],
    shape: square,
    differential: Differential::Rule(|g, id, d| {
        let product = g.matmul(&[id, d[0]?, id]);
        Some(g.neg(product))
    }),
    transpose: None,
    vec: None,
    notation: |_, _, a| a[0].superscript("⁻¹"),
    #[cfg(feature = "eval")]
    eval: |i| i.arg(0).inverse(),
    emit: |e, id| e.inverse(id),
};

// d det A = tr(cof(A)ᵀ dA), cof(A) = det(A) A⁻ᵀ                                    [Magnus & Neudecker, ch. 8]
/// `det A`; spelled `determinant`.
pub static DET: Record = Record {
    name: "det",
    spellings: &[
        Spelling::matrix("determinant", &[0], |cx, call| {
            let a = cx.square_receiver(call)?;
            Ok(cx.scalar(|g| {
                let lu = g.unary(Kind::Lu, a);
                g.unary(Kind::Det, lu)
            }))
        }),
        Spelling::factor("determinant", &[0], |cx, call| {
            let f = cx.any_factor_receiver(call)?;
            Ok(cx.scalar(|g| g.unary(Kind::Det, f)))
        }),
    ],
    shape: square_to_scalar,
    differential: Differential::Rule(|g, id, d| {
        let f = g.args(id)[0];
        // a Cholesky factorization is there, and will do, unless the slope is differentiated in turn
        let divides = g.kind(f) == Kind::Chol && !g.twice;
        let slope = if divides { scaled_inverse(g, f, id) } else { op(g, Kind::Cofactor, &[f]) };
        Some(g.inner(slope, d[0]?))
    }),
    transpose: None,
    vec: None,
    notation: |_, _, a| super::helpers::function("det", a),
    #[cfg(feature = "eval")]
    eval: |i| Some(Mat::scalar(i.arg(0).det())),
    emit: |e, id| e.factor_scalar(id, "determinant"),
};

/// `det(A) A⁻ᵀ`, of an invertible `A`.
fn scaled_inverse(g: &mut Graph, f: NodeId, det: NodeId) -> NodeId {
    let inverse = op(g, Kind::Inv, &[f]);
    let inverse = tr(g, inverse);
    g.scale(det, inverse)
}

// d ln |det A| = tr(A⁻¹ dA)                                                         [Magnus & Neudecker, ch. 8]
/// `ln |det A|`; spelled `cholesky().ln_determinant()`, `matgrad::ln_det`.
pub static LN_DET: Record = Record {
    name: "ln_det",
    spellings: &[
        Spelling::factor("ln_determinant", &[0], |cx, call| {
            let f = cx.factor_receiver(call, Kind::Chol)?;
            Ok(cx.scalar(|g| g.unary(Kind::LnDet, f)))
        }),
        Spelling::function("ln_det", &[1], |cx, call| {
            let a = cx.matrix_argument(call, 0)?;
            let shape = cx.shape(a);
            cx.unify(call, &[a], shape.rows, shape.cols)?;
            Ok(cx.scalar(|g| {
                let lu = g.unary(Kind::Lu, a);
                g.unary(Kind::LnDet, lu)
            }))
        }),
    ],
    shape: square_to_scalar,
    differential: Differential::Rule(|g, id, d| {
        let inverse = op(g, Kind::Inv, &[g.args(id)[0]]);
        let slope = tr(g, inverse);
        Some(g.inner(slope, d[0]?))
    }),
    transpose: None,
    vec: None,
    notation: |g, id, a| {
        let bars = g.kind(g.args(id)[0]) == Kind::Lu;
        Text::atom(if bars { format!("ln|det {}|", a[0].bracketed()) } else { format!("ln det {}", a[0].bracketed()) })
    },
    #[cfg(feature = "eval")]
    eval: |i| Some(Mat::scalar(i.arg(0).det().abs().ln())),
    emit: |e, id| e.factor_scalar(id, "ln_det"),
};

/// `ln det A`, no number where the determinant is negative, by the same factorization; spelled `determinant().ln()`.
pub static LN_OF_DET: Record = Record {
    name: "ln_of_det",
    spellings: &[],
    shape: square_to_scalar,
    differential: LN_DET.differential,
    transpose: None,
    vec: None,
    notation: |_, _, a| super::helpers::function("ln", &[super::helpers::function("det", a)]),
    #[cfg(feature = "eval")]
    eval: |i| Some(Mat::scalar(i.arg(0).det().ln())),
    emit: |e, id| e.factor_scalar(id, "ln_of_det"),
};

// dL = L Φ(L⁻¹ dA L⁻ᵀ), Φ(M) = tril(M) − ½ Diag(diag M), for symmetric dA              [Murray 2016, arXiv:1602.07527]
/// The lower Cholesky factor; spelled `cholesky().l()`, `cholesky().unpack()`.
///
/// `A` is symmetric where this is called, and so is `dA`: its symmetric part stands for it.
pub static CHOL_L: Record = Record {
    name: "chol_l",
    spellings: &[Spelling::factor("l", &[0], lower_factor), Spelling::factor("unpack", &[0], lower_factor)],
    shape: square,
    differential: Differential::Rule(|g, id, d| {
        let turned = tr(g, d[0]?);
        let da = g.lin(&[(0.5, d[0]?), (0.5, turned)]);
        let triangle = g.make(Kind::Tri, Attr::Part(Part::Lower), &[id]);
        let inverse = op(g, Kind::Inv, &[triangle]);
        let inverse_t = tr(g, inverse);
        let inner = g.matmul(&[inverse, da, inverse_t]);
        let tril = op(g, Kind::LowerTriangle, &[inner]);
        let diag = op(g, Kind::Diagonal, &[inner]);
        let diag = op(g, Kind::DiagMat, &[diag]);
        let phi = g.lin(&[(1.0, tril), (-0.5, diag)]);
        Some(g.matmul(&[id, phi]))
    }),
    transpose: None,
    vec: None,
    notation: |_, _, a| super::helpers::function("chol", a),
    #[cfg(feature = "eval")]
    eval: |i| i.arg(0).cholesky(),
    emit: |e, id| e.factor_method(id, "l"),
};

fn lower_factor(cx: &mut Lowerer<'_>, call: &Call<'_>) -> Result<Value, Refusal> {
    let f = cx.factor_receiver(call, Kind::Chol)?;
    Ok(cx.matrix(|g| op(g, Kind::CholL, &[f])))
}
