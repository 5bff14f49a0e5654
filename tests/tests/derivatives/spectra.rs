//! Second derivatives of functions of eigenvalues and singular values, where these are distinct, equal, and nearly so.
//!
//! What is expected is the function in matrix form, differentiated by hand: no eigenvalue is in it.

use matgrad::{hessian, hvp};
use nalgebra::{DMatrix, DVector, Matrix1, Matrix2, Matrix3, Matrix4, OMatrix, SMatrix};

use super::close;

/// `Q Diag(values) Qᵀ` for a `Q` without zeros.
fn with_eigenvalues(values: &[f64]) -> DMatrix<f64> {
    let q = turned(values.len());
    let a = &q * DMatrix::from_diagonal(&DVector::from_column_slice(values)) * q.transpose();
    (&a + a.transpose()) * 0.5
}

/// An orthogonal matrix: the product of two reflections.
fn turned(n: usize) -> DMatrix<f64> {
    let reflection = |of: fn(f64) -> f64| {
        let v = DVector::from_fn(n, |i, _| of(i as f64));
        DMatrix::identity(n, n) - &v * v.transpose() * (2.0 / v.norm_squared())
    };
    reflection(|i| 1.0 + 0.3 * i) * reflection(|i| (i * i + 0.5).sin())
}

fn direction(n: usize, m: usize) -> DMatrix<f64> {
    DMatrix::from_fn(n, m, |i, j| ((3 * i + 7 * j * j + 1) as f64).sin())
}

fn vec(a: &DMatrix<f64>) -> DVector<f64> {
    DVector::from_column_slice(a.as_slice())
}

/// Spectra: distinct, repeated in all ways, and with gaps that are none in some digits.
const SPECTRA: &[&[f64]] = &[
    &[1.0, 1.0],
    &[2.0, 0.5],
    &[1.0, 1.0, 1.0],
    &[1.0, 1.0, 2.0, 2.0],
    &[3.0, 3.0, 3.0, 0.5],
    &[0.5, 1.5, 2.0, 3.0],
    &[1.0, 1.0 + 1e-15, 2.0, 2.0 + 1e-13],
    &[1.0, 1.0 + 1e-12, 2.0, 2.0 + 1e-10],
    &[1.0, 1.0 + 1e-9, 2.0, 2.0 - 1e-8],
    &[1.0, 1.0 + 1e-7, 2.0, 2.0 - 1e-6],
    &[1.0, 1.0 + 1e-5, 2.0, 2.0 - 1e-4],
    &[1.0, 1.0 + 1e-3, 2.0, 2.0 - 1e-2],
];

/// A function of eigenvalues; and how its gradient moves from a symmetric `a` in a symmetric direction `v`.
macro_rules! of_eigenvalues {
    ($($name:ident($lambda:ident) $body:block; ($a:ident, $v:ident) $expected:block $tolerance:literal;)*) => {$(
        #[test]
        fn $name() {
            #[hessian(a)]
            #[hvp(a)]
            fn f(a: &DMatrix<f64>) -> f64 {
                let $lambda = a.symmetric_eigenvalues();
                $body
            }
            #[hessian(a, symmetric(a))]
            #[hvp(a, symmetric(a))]
            fn declared(a: &DMatrix<f64>) -> f64 {
                let $lambda = a.clone().symmetric_eigen().eigenvalues;
                $body
            }
            let matrix_form = |$a: &DMatrix<f64>, $v: &DMatrix<f64>| -> DMatrix<f64> { $expected };
            for spectrum in SPECTRA {
                let n = spectrum.len();
                for a in [with_eigenvalues(spectrum), DMatrix::from_diagonal(&DVector::from_column_slice(spectrum))] {
                    let v = direction(n, n);
                    let symmetric = (&v + v.transpose()) * 0.5;
                    let expected: DMatrix<f64> = matrix_form(&a, &symmetric);
                    println!("{} at {spectrum:?}", stringify!($name));
                    close(&f_hvp(&a, &v), &expected, $tolerance);
                    close(&declared_hvp(&a, &symmetric), &expected, $tolerance);
                    for h in [f_hessian(&a), declared_hessian(&a)] {
                        close(&(&h * vec(&symmetric)), &vec(&expected), $tolerance);
                        assert_eq!(h, h.transpose());
                    }
                }
            }
        }
    )*};
}

fn inverse(a: &DMatrix<f64>) -> DMatrix<f64> {
    a.clone().try_inverse().expect("invertible")
}

of_eigenvalues! {
    // d 2A
    sum_of_squares(l) { l.norm_squared() }; (_a, v) { v * 2.0 } 1e-9;
    // d 3A²
    sum_of_cubes(l) { l.map(|t| t.powi(3)).sum() }; (a, v) { (a * v + v * a) * 3.0 } 1e-9;
    // d 4A³
    sum_of_fourth_powers(l) { l.component_mul(&l).norm_squared() }; (a, v) { (a * a * v + a * v * a + v * a * a) * 4.0 } 1e-9;
    // d A⁻¹
    logarithm_of_the_determinant(l) { l.map(|t| t.ln()).sum() }; (a, v) { -inverse(a) * v * inverse(a) } 1e-9;
    logarithm_of_the_product(l) { l.product().ln() }; (a, v) { -inverse(a) * v * inverse(a) } 1e-9;
    // d −A⁻²
    sum_of_reciprocals(l) { l.map(|t| 1.0 / t).sum() };
        (a, v) { let b = inverse(a); &b * (v * &b + &b * v) * &b } 1e-9;
    // d det(A) A⁻¹
    product(l) { l.product() };
        (a, v) { let b = inverse(a); (&b * (&b * v).trace() - &b * v * &b) * a.determinant() } 1e-9;
    // d 2 tr(A) I
    square_of_the_trace(l) { l.sum().powi(2) }; (a, v) { DMatrix::identity(a.nrows(), a.nrows()) * (2.0 * v.trace()) } 1e-9;
    // d 2 (A − tr(A)/n I) / n
    variance(l) { l.variance() };
        (a, v) { let n = a.nrows() as f64; (v - DMatrix::identity(a.nrows(), a.nrows()) * (v.trace() / n)) * (2.0 / n) } 1e-9;
    // d A / ‖A‖
    norm(l) { l.norm() }; (a, v) { (v - a * (a.dot(v) / a.norm_squared())) / a.norm() } 1e-9;
    // d (exp(A) + exp(−A)), by the series of sinh
    hyperbolic_cosines(l) { l.map(|t| t.exp() + (-t).exp()).sum() };
        (a, v) {
            let (mut power, mut moved) = (a.clone(), v.clone()); // Aᵏ and its derivative
            let (mut total, mut factor) = (v.clone() * 2.0, 2.0);
            for k in 1..20 {
                for _ in 0..2 {
                    moved = a * &moved + v * &power;
                    power = a * power;
                }
                factor /= f64::from(2 * k * (2 * k + 1));
                total += &moved * factor;
            }
            total
        } 1e-9;
    // with a number that moves too: d (2 tr(A) A² ⋯) of tr(A) tr(A³)
    with_a_number(l) { l.sum() * l.map(|t| t.powi(3)).sum() };
        (a, v) {
            let (n, square) = (a.nrows(), a * a);
            (a * v + v * a) * (3.0 * a.trace()) + &square * (3.0 * v.trace()) + DMatrix::identity(n, n) * (3.0 * square.dot(v))
        } 1e-9;
}

/// As above, the number being of the matrix and not of its eigenvalues.
#[hessian(a)]
#[hvp(a)]
fn beside_the_trace(a: &DMatrix<f64>) -> f64 {
    a.trace() * a.symmetric_eigenvalues().map(|t| t.powi(3)).sum()
}

#[test]
fn beside_a_number() {
    for spectrum in SPECTRA {
        let (a, v) = (with_eigenvalues(spectrum), direction(spectrum.len(), spectrum.len()));
        let (square, symmetric) = (&a * &a, (&v + v.transpose()) * 0.5);
        let expected = (&a * &symmetric + &symmetric * &a) * (3.0 * a.trace())
            + &square * (3.0 * v.trace())
            + DMatrix::identity(a.nrows(), a.nrows()) * (3.0 * square.dot(&v));
        close(&beside_the_trace_hvp(&a, &v), &expected, 1e-9);
    }
}

/// `Σₖ tr((k A)³)`, in a loop, and with a branch.
#[hessian(a)]
#[hvp(a)]
fn in_a_loop(a: &DMatrix<f64>) -> f64 {
    let mut total = 0.0;
    for k in 0..3 {
        let b = a * f64::from(k);
        total += b.symmetric_eigenvalues().map(|t| t.powi(3)).sum();
    }
    total * total
}

#[hvp(a)]
fn in_a_branch(a: &DMatrix<f64>, cubes: bool) -> f64 {
    let l = a.symmetric_eigenvalues();
    let t = if cubes { l.map(|t| t.powi(3)).sum() } else { l.max() };
    2.0 * t
}

#[test]
fn in_loops_and_branches() {
    for spectrum in SPECTRA {
        let (a, v) = (with_eigenvalues(spectrum), direction(spectrum.len(), spectrum.len()));
        let v = (&v + v.transpose()) * 0.5;
        // 81 tr(A³)²
        let (cube, square) = ((&a * &a * &a).trace(), &a * &a);
        let expected = (&square * (3.0 * square.dot(&v)) + (&a * &v + &v * &a) * cube) * (162.0 * 3.0);
        close(&in_a_loop_hvp(&a, &v), &expected, 1e-9);
        close(&(in_a_loop_hessian(&a) * vec(&v)), &vec(&expected), 1e-9);
        close(&in_a_branch_hvp(&a, true, &v), &((&a * &v + &v * &a) * 6.0), 1e-9);
    }
    let a = with_eigenvalues(&[1.0, 1.0]);
    assert!(!in_a_branch_hvp(&a, false, &direction(2, 2)).iter().any(|x| x.is_finite()));
}

/// What is done with the eigenvalues is not seen where they are taken.
#[test]
fn eigenvalues_that_leave_a_branch() {
    #[hvp(a)]
    fn f(a: &DMatrix<f64>, shifted: bool) -> f64 {
        let l = if shifted { a.symmetric_eigenvalues().add_scalar(1.0) } else { a.symmetric_eigenvalues() };
        l.map(|t| t.powi(3)).sum()
    }
    let v = direction(2, 2);
    let v = (&v + v.transpose()) * 0.5;
    let a = with_eigenvalues(&[1.0, 2.0]);
    close(&f_hvp(&a, false, &v), &((&a * &v + &v * &a) * 3.0), 1e-12);
    close(&f_hvp(&a, true, &v), &((&a * &v + &v * &a + &v * 2.0) * 3.0), 1e-12);
    assert!(!f_hvp(&with_eigenvalues(&[1.0, 1.0]), true, &v).iter().any(|x| x.is_finite()));
}

#[hessian(a)]
#[hvp(a)]
fn cubes_of_four(a: &Matrix4<f64>) -> f64 {
    a.symmetric_eigenvalues().map(|t| t.powi(3)).sum()
}

#[hvp(a)]
fn single(a: &Matrix2<f32>) -> f32 {
    a.symmetric_eigenvalues().map(|t| t.ln()).sum()
}

#[hessian(a)]
fn of_one(a: Matrix1<f64>) -> f64 {
    a.symmetric_eigenvalues().map(|t| t.powi(3)).sum() + a.singular_values().map(|t| t.powi(2)).sum()
}

#[hvp(a)]
fn general<T: nalgebra::RealField + Copy>(a: &Matrix3<T>) -> T {
    a.symmetric_eigenvalues().map(|t| t.powi(3)).sum()
}

#[test]
fn of_fixed_sizes() {
    let v = Matrix4::from_iterator(direction(4, 4).iter().copied());
    let symmetric = (v + v.transpose()) * 0.5;
    // H vec(V) = 6 vec(V) at I, for symmetric V
    close(&cubes_of_four_hvp(&Matrix4::identity(), &v), &(symmetric * 6.0), 1e-14);
    let h = cubes_of_four_hessian(&Matrix4::identity());
    assert_eq!(h, h.transpose());
    let entries = SMatrix::<f64, 16, 1>::from_column_slice(symmetric.as_slice());
    close(&(h * entries), &(entries * 6.0), 1e-14);
    let pairs = Matrix4::from_diagonal(&[1.0, 2.0, 1.0, 2.0].into());
    close(&cubes_of_four_hvp(&pairs, &v), &((pairs * symmetric + symmetric * pairs) * 3.0), 1e-14);
    let (a, v) = (Matrix2::identity() * 2.0, Matrix2::new(1.0, 0.5, 0.5, -2.0));
    close(&single_hvp(&a, &v), &(v * -0.25), 1e-6);
    close(&general_hvp(&Matrix3::<f64>::identity(), &Matrix3::identity()), &(Matrix3::identity() * 6.0), 1e-14);
    close(&general_hvp(&Matrix3::<f32>::identity(), &Matrix3::identity()), &(Matrix3::<f32>::identity() * 6.0), 1e-6);
    close(&of_one_hessian(Matrix1::new(3.0)), &Matrix1::new(20.0), 1e-14);
    // of a matrix whose eigenvalues are 0, 0, 3, as rounded
    let ones = Matrix3::from_element(1.0);
    close(&general_hvp(&ones, &Matrix3::identity()), &(ones * 6.0), 1e-12);
    close(&general_hvp(&Matrix3::<f64>::zeros(), &Matrix3::identity()), &Matrix3::<f64>::zeros(), 0.0);
}

/// Functions that care for the order of eigenvalues: no finite number where two that they tell apart meet; elsewhere as differences say.
macro_rules! not_smooth {
    ($($name:ident($a:ident) $body:block;)*) => {$(
        #[test]
        fn $name() {
            #[matgrad::grad($a)]
            #[hessian($a)]
            #[hvp($a)]
            fn f($a: &DMatrix<f64>) -> f64 $body
            for spectrum in [&[1.0, 1.0, 1.0][..], &[2.0, 2.0], &[0.0, 0.0, 0.0]] {
                let n = spectrum.len();
                for a in [with_eigenvalues(spectrum), DMatrix::from_diagonal(&DVector::from_column_slice(spectrum))] {
                    let moved = f_hvp(&a, &direction(n, n));
                    assert!(!moved.iter().any(|x| x.is_finite()), "{moved}");
                    let h = f_hessian(&a);
                    assert!(!h.iter().any(|x| x.is_finite()), "{h}");
                }
            }
            let (a, v) = (with_eigenvalues(&[0.5, 1.5, 4.0, 3.0]), direction(4, 4));
            let v = (&v + v.transpose()) * 0.5;
            let step = 1e-4;
            let expected = (f_grad(&(&a + &v * step)) - f_grad(&(&a - &v * step))) / (2.0 * step);
            close(&f_hvp(&a, &v), &expected, 1e-6);
            close(&(f_hessian(&a) * vec(&v)), &vec(&expected), 1e-6);
        }
    )*};
}

not_smooth! {
    the_largest(a) { a.symmetric_eigenvalues().max() };
    one_of_them(a) { a.symmetric_eigenvalues()[0] };
    the_spread(a) { let l = a.symmetric_eigenvalues(); l.max() - l.min() };
    weighted(a) { let l = a.symmetric_eigenvalues(); l.dot(&DVector::from_fn(l.len(), |i, _| 1.0 + i as f64)) };
    // slopes that are the same where eigenvalues are, and do not go along when these change places
    with_weights_that_move(a) { let l = a.symmetric_eigenvalues(); l.dot(&a.diagonal().map(|t| 1.0 + (t - t).sin())) + l.dot(&a.diagonal()) };
    the_largest_singular_value(a) { a.singular_values()[0] };
    the_largest_singular_value_by_max(a) { a.singular_values().max() };
}

/// Of two eigenvalues the largest and the smallest are all.
#[test]
fn the_trace_by_extremes() {
    #[hvp(a)]
    fn f(a: &Matrix2<f64>) -> f64 {
        let l = a.symmetric_eigenvalues();
        (l.max() + l.min()).powi(2) + l[0].max(l[1]) + l[0].min(l[1])
    }
    for a in [Matrix2::identity(), Matrix2::zeros(), Matrix2::new(1.0, 0.5, 0.5, -2.0)] {
        close(&f_hvp(&a, &Matrix2::new(1.0, 2.0, 2.0, 0.5)), &(Matrix2::identity() * 3.0), 1e-14);
    }
}

/// Equal eigenvalues that the function does not tell apart: `2 Σⱼ (q ⋅ V qⱼ)² / (λ − λⱼ)` along `V`.
#[test]
fn beside_what_is_repeated() {
    #[hvp(a)]
    fn largest(a: &DMatrix<f64>) -> f64 {
        a.symmetric_eigenvalues().max()
    }
    let (a, v) = (with_eigenvalues(&[1.0, 1.0, 3.0]), direction(3, 3));
    let v = (&v + v.transpose()) * 0.5;
    let q = turned(3);
    let along = |j: usize| (q.column(2).transpose() * &v * q.column(j))[0];
    let expected = 2.0 * (along(0).powi(2) + along(1).powi(2)) / 2.0;
    close(&largest_hvp(&a, &v).dot(&v), &expected, 1e-12);
}

/// A function of singular values; and how its gradient moves from `x` along `v`.
macro_rules! of_singular_values {
    ($($name:ident($sigma:ident) $body:block; ($x:ident, $v:ident) $expected:block $tolerance:literal [$($at:expr),* $(,)?];)*) => {$(
        #[test]
        fn $name() {
            #[hessian(x)]
            #[hvp(x)]
            fn f(x: &DMatrix<f64>) -> f64 {
                let $sigma = x.singular_values();
                $body
            }
            let matrix_form = |$x: &DMatrix<f64>, $v: &DMatrix<f64>| -> DMatrix<f64> { $expected };
            $(
                let x: DMatrix<f64> = $at;
                let v = direction(x.nrows(), x.ncols());
                let expected: DMatrix<f64> = matrix_form(&x, &v);
                println!("{} at {x}", stringify!($name));
                close(&f_hvp(&x, &v), &expected, $tolerance);
                let h = f_hessian(&x);
                close(&(&h * vec(&v)), &vec(&expected), $tolerance);
                assert_eq!(h, h.transpose());
            )*
        }
    )*};
}

/// `U Diag(values) Vᵀ`, of `n` rows and `m` columns.
fn with_singular_values(n: usize, m: usize, values: &[f64]) -> DMatrix<f64> {
    let k = n.min(m);
    let (u, v) = (turned(n), turned(m).map(|x| -x));
    u.columns(0, k) * DMatrix::from_diagonal(&DVector::from_column_slice(values)) * v.columns(0, k).transpose()
}

/// How the orthogonal factor of the polar decomposition of a tall `x` moves: `dX = dQ P + Q dP` with a symmetric `P`, a Sylvester equation, by components.
fn polar_tangent(x: &DMatrix<f64>, v: &DMatrix<f64>) -> DMatrix<f64> {
    if x.nrows() < x.ncols() {
        return polar_tangent(&x.transpose(), &v.transpose()).transpose();
    }
    let (n, gram) = (x.ncols(), x.transpose() * x);
    let mut p = gram.clone();
    for _ in 0..60 {
        p = (&p + inverse(&p) * &gram) * 0.5; // Heron, for the root of XᵀX
    }
    let q = x * inverse(&p);
    // P E + E P = XᵀV + VᵀX
    let identity = DMatrix::<f64>::identity(n, n);
    let sylvester: OMatrix<f64, nalgebra::Dyn, nalgebra::Dyn> = identity.kronecker(&p) + p.kronecker(&identity);
    let right = x.transpose() * v + v.transpose() * x;
    let moved = sylvester.lu().solve(&vec(&right)).expect("definite");
    let moved = DMatrix::from_column_slice(n, n, moved.as_slice());
    (v - q * moved) * inverse(&p)
}

of_singular_values! {
    // d 2X, at matrices of any rank
    sum_of_squares_of_singular_values(s) { s.norm_squared() }; (_x, v) { v * 2.0 } 1e-9 [
        with_singular_values(5, 3, &[3.0, 2.0, 1.0]), with_singular_values(3, 5, &[2.0, 2.0, 1.0]),
        with_singular_values(4, 4, &[2.0, 2.0, 1.0, 1.0]), with_singular_values(4, 4, &[2.0, 1.0, 0.0, 0.0]),
        with_singular_values(5, 3, &[2.0, 2.0, 0.0]), DMatrix::zeros(3, 2), DMatrix::zeros(2, 2), DMatrix::identity(3, 3),
        with_singular_values(5, 3, &[2.0, 1.0, 1e-9]), with_singular_values(4, 4, &[2.0, 1.0, 1e-8, 1e-9]),
    ];
    // d 4 X XᵀX
    sum_of_fourth_powers_of_singular_values(s) { s.map(|t| t.powi(4)).sum() };
        (x, v) { (v * x.transpose() * x + x * v.transpose() * x + x * x.transpose() * v) * 4.0 } 1e-9 [
        with_singular_values(5, 3, &[3.0, 2.0, 1.0]), with_singular_values(3, 5, &[2.0, 2.0, 1.0]),
        with_singular_values(4, 4, &[2.0, 2.0, 1.0, 1.0]), with_singular_values(4, 4, &[2.0, 1.0, 0.0, 0.0]),
        with_singular_values(5, 3, &[2.0, 2.0, 0.0]), DMatrix::identity(3, 3), with_singular_values(3, 2, &[1.0 + 1e-9, 1.0]),
    ];
    // the polar factor
    nuclear_norm(s) { s.sum() }; (x, v) { polar_tangent(x, v) } 1e-9 [
        DMatrix::identity(2, 2) * 2.0, DMatrix::identity(4, 4), with_singular_values(5, 3, &[3.0, 2.0, 1.0]),
        with_singular_values(5, 3, &[2.0, 2.0, 2.0]), with_singular_values(3, 5, &[2.0, 2.0, 1.0]),
        with_singular_values(4, 4, &[2.0, 2.0, 1.0, 1.0]), with_singular_values(4, 4, &[2.0, 2.0 - 1e-9, 1.0, 1.0 + 1e-6]),
    ];
    // d X⁻ᵀ
    logarithm_of_the_size_of_the_determinant(s) { s.map(|t| t.ln()).sum() };
        (x, v) { -(inverse(x) * v * inverse(x)).transpose() } 1e-9 [
        DMatrix::identity(3, 3) * -2.0, with_singular_values(4, 4, &[2.0, 2.0, 1.0, 1.0]), with_singular_values(2, 2, &[2.0, 0.5]),
    ];
    // d X / ‖X‖
    norm_of_singular_values(s) { s.norm() }; (x, v) { (v - x * (x.dot(v) / x.norm_squared())) / x.norm() } 1e-9 [
        DMatrix::identity(3, 3), with_singular_values(5, 3, &[2.0, 2.0, 0.0]), with_singular_values(3, 5, &[3.0, 2.0, 1.0]),
    ];
}

/// `d U Vᵀ = (V − Vᵀ) / 4` at `2 I`.
#[test]
fn the_nuclear_norm_at_twice_the_identity() {
    #[hessian(x)]
    fn f(x: &Matrix2<f64>) -> f64 {
        x.singular_values().sum()
    }
    let h = f_hessian(&(Matrix2::identity() * 2.0));
    let mut expected = SMatrix::<f64, 4, 4>::zeros();
    for (i, j, value) in [(1, 1, 0.25), (2, 2, 0.25), (1, 2, -0.25), (2, 1, -0.25)] {
        expected[(i, j)] = value;
    }
    close(&h, &expected, 1e-14);
    // where a singular value is zero the norm has no derivative, let alone a second
    for x in [Matrix2::zeros(), Matrix2::new(1.0, 2.0, 2.0, 4.0)] {
        assert!(!f_hessian(&x).iter().any(|x| x.is_finite()));
    }
}
