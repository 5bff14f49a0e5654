//! The matrix exponential and its Fréchet derivative.
//!
//! `exp(X + E) = exp(X) + L(X, E) + o(‖E‖)`. L is linear in E, and its adjoint is L at the transpose: `⟨G, L(X, E)⟩ = ⟨L(Xᵀ, G), E⟩`,
//! so that one function serves forward and reverse mode.
//!
//! Scaling and squaring of a Padé approximant, differentiated step by step [Al-Mohy & Higham 2009, Computing the Fréchet derivative of
//! the matrix exponential, SIAM J. Matrix Anal. Appl. 30, algorithm 6.4].

use nalgebra::allocator::Allocator;
use nalgebra::storage::Storage;
use nalgebra::{DefaultAllocator, DimMin, LU, Matrix, OMatrix, RealField};

use super::lit;
use super::scalar::is_nan;

/// `exp(X)`, n×n, by nalgebra where it has it. An infinite or NaN entry makes all entries NaN.
///
/// # Panics
/// If `x` is not square.
#[must_use]
pub fn matrix_exp<T, D, S>(x: &Matrix<T, D, D, S>) -> OMatrix<T, D, D>
where
    T: RealField + Copy,
    D: DimMin<D, Output = D>,
    S: Storage<T, D, D>,
    DefaultAllocator: Allocator<D, D> + Allocator<D>,
{
    assert!(x.is_square(), "the matrix is not square");
    let x = x.clone_owned();
    // nalgebra 0.35 has its exponential with `std` only, takes powers of |X| up to the 27th, and squares 2⁶⁴ times when they overflow.
    #[cfg(feature = "std")]
    if !x.is_empty() && one_norm(&x).powi(27).is_finite() {
        return x.exp();
    }
    exp_and_frechet(&x, &x).0
}

/// `L(X, E) = d/dt exp(X + t E)` at t = 0; all n×n. An infinite or NaN entry of X makes all entries NaN.
///
/// Costs about three times the exponential, 40n³ to 60n³ flops and a dozen n×n temporaries, and no 2n×2n matrix.
///
/// # Panics
/// If `x` is not square, or `e` has another shape.
#[must_use]
pub fn exp_frechet<T, D, S1, S2>(x: &Matrix<T, D, D, S1>, e: &Matrix<T, D, D, S2>) -> OMatrix<T, D, D>
where
    T: RealField + Copy,
    D: DimMin<D, Output = D>,
    S1: Storage<T, D, D>,
    S2: Storage<T, D, D>,
    DefaultAllocator: Allocator<D, D> + Allocator<D>,
{
    exp_and_frechet(x, e).1
}

/// `exp(X)` and `L(X, E)` together, at the cost of the latter.
///
/// # Panics
/// If `x` is not square, or `e` has another shape.
#[must_use]
pub fn exp_and_frechet<T, D, S1, S2>(x: &Matrix<T, D, D, S1>, e: &Matrix<T, D, D, S2>) -> (OMatrix<T, D, D>, OMatrix<T, D, D>)
where
    T: RealField + Copy,
    D: DimMin<D, Output = D>,
    S1: Storage<T, D, D>,
    S2: Storage<T, D, D>,
    DefaultAllocator: Allocator<D, D> + Allocator<D>,
{
    assert!(x.is_square() && x.shape() == e.shape(), "the matrices are not square and of one shape");
    let mut x = x.clone_owned();
    let mut e = e.clone_owned();
    let norm = one_norm(&x);
    if x.is_empty() || !norm.is_finite() {
        return (nan_like(&x), nan_like(&x));
    }
    let (degree, squarings) = plan(norm);
    for _ in 0..squarings {
        x *= lit::<T>(0.5);
        e *= lit::<T>(0.5);
    }
    let pade = if degree == 13 { pade_13(&x, &e) } else { pade_low(&x, &e, degree) };
    let (mut r, mut l) = pade.quotient();
    // exp(2Y) = exp(Y)², hence L(2Y, 2E) = exp(Y) L(Y, E) + L(Y, E) exp(Y).
    for _ in 0..squarings {
        l = &r * &l + &l * &r;
        r = &r * &r;
    }
    (r, l)
}

/// Degree of the approximant and number of squarings for a matrix of this 1-norm: the largest norms at which the backward error of
/// the derivative stays below 2⁻⁵³ [Al-Mohy & Higham 2009, table 6.1].
fn plan<T: RealField + Copy>(mut norm: T) -> (usize, usize) {
    for (degree, bound) in [(3, 1.08e-2), (5, 2.00e-1), (7, 7.83e-1), (9, 1.78)] {
        if norm <= lit(bound) {
            return (degree, 0);
        }
    }
    let mut squarings = 0;
    while norm > lit(4.74) {
        norm *= lit(0.5);
        squarings += 1;
    }
    (13, squarings)
}

/// The approximant `exp(X) ≈ (V − U)⁻¹ (V + U)`, U its odd and V its even part, with the derivatives of both.
struct Pade<M> {
    u: M,
    v: M,
    du: M,
    dv: M,
}

impl<T, D> Pade<OMatrix<T, D, D>>
where
    T: RealField + Copy,
    D: DimMin<D, Output = D>,
    DefaultAllocator: Allocator<D, D> + Allocator<D>,
{
    /// R and dR, from one factorization: `(V − U) R = V + U`, hence `(V − U) dR = dV + dU + (dU − dV) R`.
    fn quotient(self) -> (OMatrix<T, D, D>, OMatrix<T, D, D>) {
        let Self { u, v, du, dv } = self;
        let denominator = LU::new(&v - &u);
        let mut r = u + v;
        // The bounds on the norm keep the denominator well conditioned: no pivot is zero.
        denominator.solve_mut(&mut r);
        let mut dr = &du + &dv + (du - dv) * &r;
        denominator.solve_mut(&mut dr);
        (r, dr)
    }
}

/// Degrees 3, 5, 7 and 9: `U = X Σ b₂ₖ₊₁ X²ᵏ`, `V = Σ b₂ₖ X²ᵏ`, with `d(X²ᵏ⁺²) = d(X²) X²ᵏ + X² d(X²ᵏ)`.
fn pade_low<T, D>(x: &OMatrix<T, D, D>, e: &OMatrix<T, D, D>, degree: usize) -> Pade<OMatrix<T, D, D>>
where
    T: RealField + Copy,
    D: DimMin<D, Output = D>,
    DefaultAllocator: Allocator<D, D> + Allocator<D>,
{
    let b: &[f64] = match degree {
        3 => &const { coefficients::<4>() },
        5 => &const { coefficients::<6>() },
        7 => &const { coefficients::<8>() },
        _ => &const { coefficients::<10>() },
    };
    let identity = identity_like(x);
    let x2 = x * x;
    let m2 = x * e + e * x;
    let mut power = x2.clone_owned();
    let mut d_power = m2.clone_owned();
    let mut odd = &identity * lit::<T>(b[1]) + &power * lit::<T>(b[3]);
    let mut v = identity * lit::<T>(b[0]) + &power * lit::<T>(b[2]);
    let mut d_odd = &d_power * lit::<T>(b[3]);
    let mut dv = &d_power * lit::<T>(b[2]);
    for pair in b[4..].chunks_exact(2) {
        d_power = &m2 * &power + &x2 * d_power;
        power = &x2 * power;
        let (even_factor, odd_factor) = (lit::<T>(pair[0]), lit::<T>(pair[1]));
        odd += &power * odd_factor;
        v += &power * even_factor;
        d_odd += &d_power * odd_factor;
        dv += &d_power * even_factor;
    }
    Pade { u: x * &odd, v, du: x * d_odd + e * odd, dv }
}

/// Degree 13, in the scheme of six products: `U = X (X⁶ W₁ + W₂)`, `V = X⁶ Z₁ + Z₂`, with the W and Z linear in I, X², X⁴, X⁶.
fn pade_13<T, D>(x: &OMatrix<T, D, D>, e: &OMatrix<T, D, D>) -> Pade<OMatrix<T, D, D>>
where
    T: RealField + Copy,
    D: DimMin<D, Output = D>,
    DefaultAllocator: Allocator<D, D> + Allocator<D>,
{
    let b = |k: usize| lit::<T>(const { coefficients::<14>() }[k]);
    let identity = identity_like(x);
    let x2 = x * x;
    let m2 = x * e + e * x;
    let x4 = &x2 * &x2;
    let m4 = &x2 * &m2 + &m2 * &x2;
    let x6 = &x2 * &x4;
    let m6 = &x4 * &m2 + &m4 * &x2;

    let w1 = &x6 * b(13) + &x4 * b(11) + &x2 * b(9);
    let w2 = &x6 * b(7) + &x4 * b(5) + &x2 * b(3) + &identity * b(1);
    let z1 = &x6 * b(12) + &x4 * b(10) + &x2 * b(8);
    let z2 = &x6 * b(6) + &x4 * b(4) + &x2 * b(2) + identity * b(0);
    let dw1 = &m6 * b(13) + &m4 * b(11) + &m2 * b(9);
    let dw2 = &m6 * b(7) + &m4 * b(5) + &m2 * b(3);
    let dz1 = &m6 * b(12) + &m4 * b(10) + &m2 * b(8);
    let dz2 = &m6 * b(6) + &m4 * b(4) + &m2 * b(2);

    let w = &x6 * &w1 + w2;
    let dw = &x6 * dw1 + &m6 * w1 + dw2;
    Pade { u: x * &w, v: &x6 * &z1 + z2, du: x * dw + e * w, dv: x6 * dz1 + m6 * z1 + dz2 }
}

/// The Padé coefficients of degree N − 1, `bₖ ∝ (2q − k)! / ((q − k)! k!)` with q the degree, divided by b₀ so that they stay in the
/// range of `f32`. The integers are exact; only the division rounds.
#[expect(clippy::cast_precision_loss, reason = "all integers here are exact in `f64`")]
const fn coefficients<const N: usize>() -> [f64; N] {
    let degree = N - 1;
    let mut integers = [1; N];
    let mut k = degree;
    while k > 0 {
        let factor = ((2 * degree + 1 - k) * k) as u64;
        integers[k - 1] = integers[k] * factor / (degree + 1 - k) as u64;
        k -= 1;
    }
    let mut b = [1.0; N];
    let mut i = 1;
    while i < N {
        b[i] = integers[i] as f64 / integers[0] as f64;
        i += 1;
    }
    b
}

/// The largest column sum of magnitudes; NaN if there is one, infinite if an entry is.
fn one_norm<T, D>(x: &OMatrix<T, D, D>) -> T
where
    T: RealField + Copy,
    D: DimMin<D, Output = D>,
    DefaultAllocator: Allocator<D, D>,
{
    x.column_iter().map(|column| column.iter().fold(T::zero(), |sum, t| sum + t.abs())).fold(T::zero(), larger)
}

/// The maximum, which unlike `max` lets NaN win.
fn larger<T: RealField + Copy>(a: T, b: T) -> T {
    if a >= b || is_nan(a) { a } else { b }
}

fn identity_like<T, D>(x: &OMatrix<T, D, D>) -> OMatrix<T, D, D>
where
    T: RealField + Copy,
    D: DimMin<D, Output = D>,
    DefaultAllocator: Allocator<D, D>,
{
    let (rows, columns) = x.shape_generic();
    OMatrix::identity_generic(rows, columns)
}

fn nan_like<T, D>(x: &OMatrix<T, D, D>) -> OMatrix<T, D, D>
where
    T: RealField + Copy,
    D: DimMin<D, Output = D>,
    DefaultAllocator: Allocator<D, D>,
{
    let (rows, columns) = x.shape_generic();
    OMatrix::from_element_generic(rows, columns, T::zero() / T::zero())
}
