//! The Kronecker product, and its trace rules: `tr(Gᵀ (dA ⊗ B))` and `tr(Gᵀ (A ⊗ dB))` as linear forms in dA and dB.
//!
//! With A m×n and B p×q, G is mp×nq, and its block (i, j), the p×q entries from (i p, j q), is where `A ⊗ B` holds `Aᵢⱼ B`. No product
//! is formed for these: both read G once.

use nalgebra::allocator::Allocator;
use nalgebra::storage::Storage;
use nalgebra::{DefaultAllocator, Dim, Matrix, OMatrix, RealField};

use super::same_dim;

/// The gradient for A: `⟨G, dA ⊗ B⟩ = ⟨Ā, dA⟩`, `Āᵢⱼ = ⟨block(i, j) of G, B⟩`, of the shape `r`×`c` of A.
///
/// # Panics
/// If G is not rp×cq.
#[must_use]
pub fn kron_tr_left<T, R, C, R1, C1, S1, R2, C2, S2>(
    r: R,
    c: C,
    g: &Matrix<T, R1, C1, S1>,
    b: &Matrix<T, R2, C2, S2>,
) -> OMatrix<T, R, C>
where
    T: RealField + Copy,
    R: Dim,
    C: Dim,
    R1: Dim,
    C1: Dim,
    S1: Storage<T, R1, C1>,
    R2: Dim,
    C2: Dim,
    S2: Storage<T, R2, C2>,
    DefaultAllocator: Allocator<R, C>,
{
    let (p, q) = b.shape();
    same_dim("g.nrows()", g.nrows(), "r * b.nrows()", r.value() * p);
    same_dim("g.ncols()", g.ncols(), "c * b.ncols()", c.value() * q);
    let b = b.view((0, 0), (p, q));
    OMatrix::from_fn_generic(r, c, |i, j| g.view((i * p, j * q), (p, q)).dot(&b))
}

/// The gradient for B: `⟨G, A ⊗ dB⟩ = ⟨B̄, dB⟩`, `B̄ = Σᵢⱼ Aᵢⱼ · block(i, j) of G`, of the shape `r`×`c` of B.
///
/// # Panics
/// If G is not mr×nc.
#[must_use]
pub fn kron_tr_right<T, R, C, R1, C1, S1, R2, C2, S2>(
    r: R,
    c: C,
    g: &Matrix<T, R1, C1, S1>,
    a: &Matrix<T, R2, C2, S2>,
) -> OMatrix<T, R, C>
where
    T: RealField + Copy,
    R: Dim,
    C: Dim,
    R1: Dim,
    C1: Dim,
    S1: Storage<T, R1, C1>,
    R2: Dim,
    C2: Dim,
    S2: Storage<T, R2, C2>,
    DefaultAllocator: Allocator<R, C>,
{
    let (p, q) = (r.value(), c.value());
    same_dim("g.nrows()", g.nrows(), "a.nrows() * r", a.nrows() * p);
    same_dim("g.ncols()", g.ncols(), "a.ncols() * c", a.ncols() * q);
    let mut sum = OMatrix::zeros_generic(r, c);
    for j in 0..a.ncols() {
        for i in 0..a.nrows() {
            let weight = a[(i, j)];
            let block = g.view((i * p, j * q), (p, q));
            sum.view_mut((0, 0), (p, q)).zip_apply(&block, |s, t| *s += weight * t);
        }
    }
    sum
}

/// `A ⊗ B`, of the shape `r`×`c`: nalgebra's for sizes of any kind.
///
/// # Panics
/// If that is not its shape.
#[must_use]
pub fn kronecker<T, R, C, R1, C1, S1, R2, C2, S2>(
    r: R,
    c: C,
    a: &Matrix<T, R1, C1, S1>,
    b: &Matrix<T, R2, C2, S2>,
) -> OMatrix<T, R, C>
where
    T: RealField + Copy,
    R: Dim,
    C: Dim,
    R1: Dim,
    C1: Dim,
    S1: Storage<T, R1, C1>,
    R2: Dim,
    C2: Dim,
    S2: Storage<T, R2, C2>,
    DefaultAllocator: Allocator<R, C>,
{
    let (p, q) = b.shape();
    same_dim("r", r.value(), "a.nrows() * b.nrows()", a.nrows() * p);
    same_dim("c", c.value(), "a.ncols() * b.ncols()", a.ncols() * q);
    OMatrix::from_fn_generic(r, c, |i, j| a[(i / p, j / q)] * b[(i % p, j % q)])
}
