//! Gradients by differences: they know no rule of ours, and so cannot share its mistake.

use super::Mat;

/// Relative to an entry.
const STEP: f64 = 1e-3;

/// The gradient of `f` with respect to its argument `wrt`: `∂f/∂Xᵢⱼ` at `(i, j)`, entries independent. `None` where `f` has no value
/// nearby.
///
/// Good to about ten digits where `f` and its derivatives are of moderate size.
///
/// # Panics
/// If there is no argument `wrt`.
#[must_use]
pub fn central_difference(f: impl Fn(&[Mat]) -> Option<f64>, at: &[Mat], wrt: usize) -> Option<Mat> {
    central_difference_by(f, at, wrt, STEP)
}

/// The same by steps of another relative size. Where two sizes give two gradients, differences do not tell.
///
/// # Panics
/// If there is no argument `wrt`.
#[must_use]
pub fn central_difference_by(f: impl Fn(&[Mat]) -> Option<f64>, at: &[Mat], wrt: usize, step: f64) -> Option<Mat> {
    let mut gradient = Mat::zeros(at[wrt].rows, at[wrt].cols);
    for (r, c, x) in at[wrt].entries() {
        gradient.set(r, c, derivative(&f, at, wrt, &[(r, c)], step * x.abs().max(1.0))?);
    }
    Some(gradient)
}

/// The symmetric gradient of `f` with respect to its argument `wrt`, a symmetric matrix that stays one: the `G = Gᵀ` with
/// `df = ⟨G, dX⟩` for every symmetric `dX`. `None` where `f` has no value nearby.
///
/// # Panics
/// If there is no argument `wrt`, or if it is not square.
#[must_use]
pub fn central_difference_symmetric(f: impl Fn(&[Mat]) -> Option<f64>, at: &[Mat], wrt: usize) -> Option<Mat> {
    let n = at[wrt].rows;
    assert_eq!(n, at[wrt].cols, "a symmetric matrix is square");
    let mut gradient = Mat::zeros(n, n);
    for (r, c, x) in at[wrt].entries().filter(|(r, c, _)| r >= c) {
        if r == c {
            gradient.set(r, r, derivative(&f, at, wrt, &[(r, r)], STEP * x.abs().max(1.0))?);
        } else {
            // dX = eᵣ e꜀ᵀ + e꜀ eᵣᵀ: ⟨G, dX⟩ = 2 Gᵣ꜀
            let both = derivative(&f, at, wrt, &[(r, c), (c, r)], STEP * x.abs().max(1.0))?;
            gradient.set(r, c, 0.5 * both);
            gradient.set(c, r, 0.5 * both);
        }
    }
    Some(gradient)
}

/// `f′ = (8 (f(h) − f(−h)) − (f(2h) − f(−2h))) / 12h + O(h⁴)`, all of `entries` moved by as much.
fn derivative(f: &impl Fn(&[Mat]) -> Option<f64>, at: &[Mat], wrt: usize, entries: &[(usize, usize)], step: f64) -> Option<f64> {
    let x = at[wrt].at(entries[0].0, entries[0].1);
    let h = (x + step) - x; // as far as x really moves
    let moved = |t: f64| {
        let mut at = at.to_vec();
        for (r, c) in entries {
            let entry = at[wrt].at(*r, *c);
            at[wrt].set(*r, *c, entry + t);
        }
        f(&at)
    };
    let (near, far) = (moved(h)? - moved(-h)?, moved(2.0 * h)? - moved(-2.0 * h)?);
    Some((8.0 * near - far) / (12.0 * h))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn assert_close(a: &Mat, b: &Mat) {
        assert!(a.sub(b).max_abs() <= 1e-10 * b.max_abs().max(1.0), "{a:?}\n{b:?}");
    }

    #[test]
    fn gradient_of_a_bilinear_form() {
        // f = xᵀ A y: ∂f/∂A = x yᵀ, ∂f/∂x = A y
        let x = Mat::from_column_major(2, 1, vec![0.3, -4.0]);
        let a = Mat::from_row_major(2, 3, &[1.0, 2.0, -3.0, 0.4, 5.0, 600.0]);
        let y = Mat::from_column_major(3, 1, vec![-0.7, 0.2, 0.9]);
        let f = |m: &[Mat]| Some(m[0].transpose().mul(&m[1]).mul(&m[2]).at(0, 0));
        let at = [x.clone(), a.clone(), y.clone()];
        assert_close(&central_difference(f, &at, 1).unwrap(), &x.mul(&y.transpose()));
        assert_close(&central_difference(f, &at, 0).unwrap(), &a.mul(&y));
    }

    #[test]
    fn gradient_of_a_smooth_function() {
        let x = Mat::from_row_major(2, 2, &[0.1, -2.0, 3.0, 0.0]);
        let f = |m: &[Mat]| Some(m[0].map(f64::sin).data.iter().sum());
        assert_close(&central_difference(f, std::slice::from_ref(&x), 0).unwrap(), &x.map(f64::cos));
    }

    #[test]
    fn a_function_without_a_value_has_no_gradient() {
        let f = |m: &[Mat]| m[0].cholesky().map(|l| l.at(0, 0));
        assert_eq!(central_difference(f, &[Mat::scalar(1e-4)], 0), None);
    }

    #[test]
    fn the_symmetric_gradient_of_the_determinant() {
        // df = tr(cof(X)ᵀ dX), and cof(X) is symmetric with X
        let x = Mat::from_row_major(3, 3, &[2.0, 0.5, -1.0, 0.5, 3.0, 0.7, -1.0, 0.7, 1.5]);
        let gradient = central_difference_symmetric(|m| Some(m[0].det()), std::slice::from_ref(&x), 0).unwrap();
        assert_close(&gradient, &x.cofactor());
    }

    #[test]
    fn the_symmetric_gradient_is_the_symmetric_part() {
        // f = X₁₀ alone: the halves of its gradient lie on both sides
        let x = Mat::identity(2);
        let gradient = central_difference_symmetric(|m| Some(m[0].at(1, 0)), &[x], 0).unwrap();
        assert_close(&gradient, &Mat::from_row_major(2, 2, &[0.0, 0.5, 0.5, 0.0]));
    }
}
