//! Casts, indices, ranges, sizes, exponents, and what is computed from constants.

use matgrad::grad;
use matgrad_tests::{check, matrix, vector};
use nalgebra::{DMatrix, DVector, RealField, SVector, Vector3, vector};

const LEN: usize = 3;
const OTHER: usize = 2;
const ORDER: i32 = 3;
const BYTE: u8 = 5;
const SCALE: f64 = 1.75;
static COUNT: u32 = 7;
static SHIFT: f64 = 0.5;

mod sizes {
    pub const ROWS: usize = 2;
    pub const RATE: f64 = -0.25;
}

struct Model<const N: usize>;

trait Sized3 {
    const SIZE: usize;
}

impl<const N: usize> Sized3 for Model<N> {
    const SIZE: usize = 3;
}

/// Checks functions of `x`: their bodies, and where.
macro_rules! verify {
    ($($name:ident($x:ident: $ty:ty = $at:expr) $body:block)*) => {$(
        mod $name {
            use super::*;
            #[grad]
            fn f($x: $ty) -> f64 $body
            #[test]
            fn agrees() {
                let at = $at;
                check(&at, |at| f(at), f_grad(&at), f_value_and_grad(&at));
            }
        }
    )*};
}

verify! {
    cast(x: &DVector<f64> = vector(4)) { x.norm_squared() / LEN as f64 }
    cast_of_a_sum(x: &DVector<f64> = vector(4)) { x.norm_squared() / (LEN + OTHER) as f64 }
    cast_of_constant_and_literal(x: &DVector<f64> = vector(4)) { x.norm_squared() / (LEN - 1) as f64 * (2 * OTHER) as f64 }
    cast_of_constant_and_size(x: &DVector<f64> = vector(4)) { x.norm_squared() / (x.len() - LEN) as f64 }
    cast_of_a_static(x: &DVector<f64> = vector(4)) { x.norm_squared() / f64::from(COUNT) + x.sum() * (COUNT as f64) }
    cast_of_a_shift(x: &DVector<f64> = vector(4)) { x.norm_squared() / (1_usize << OTHER) as f64 + x.sum() * (LEN % OTHER) as f64 }
    cast_of_a_method(x: &DVector<f64> = vector(4)) { x.norm_squared() / (LEN.pow(2) as f64) * LEN.min(2) as f64 }
    cast_of_a_cast(x: &DVector<f64> = vector(4)) { x.norm_squared() / f64::from(LEN as u8) + x.sum() * (ORDER as usize as f64) }
    cast_of_a_negative(x: &DVector<f64> = vector(4)) { x.norm_squared() * (-ORDER) as f64 + x.sum() * -LEN_AS_NUMBER }
    cast_of_a_path(x: &DVector<f64> = vector(4)) { x.norm_squared() / sizes::ROWS as f64 + x.sum() * self::sizes::RATE }
    cast_of_a_limit(x: &DVector<f64> = vector(4)) { x.norm_squared() / u8::MAX as f64 + x.sum() * (i8::MIN as f64) + x[0] * u16::BITS as f64 }
    cast_of_a_number(x: &DVector<f64> = vector(4)) { x.norm_squared() * SCALE as f64 + x.sum() * std::f32::consts::PI as f64 }
    limits_of_numbers(x: &DVector<f64> = vector(4)) { (x.norm_squared() + f64::EPSILON).sqrt() + x.sum() * f64::DIGITS as f64 }
    trait_constant(x: &DVector<f64> = vector(4)) { x.norm_squared() / <Model<3> as Sized3>::SIZE as f64 }
    bound_first(x: &DVector<f64> = vector(4)) { let n = LEN; let s = SCALE; x.norm_squared() / n as f64 * s + x[n] * s }
    bound_by_reference(x: &DVector<f64> = vector(4)) { let n = &LEN; let s = &SCALE; x.norm_squared() / *n as f64 * s + x[*n] * *s }
    bound_by_a_pattern(x: &DVector<f64> = vector(4)) { let (n, s) = (LEN, SCALE); x.norm_squared() / n as f64 * s }
    bound_mutably(x: &DVector<f64> = vector(4)) { let mut n = LEN; let a = x[n]; n -= 1; let mut s = SCALE; let b = x[n] * s; s += 1.0; a * b * s + n as f64 * x[0] }
    annotated(x: &DVector<f64> = vector(4)) { let n: usize = LEN; let s: f64 = SCALE; x.norm_squared() / n as f64 * s }
    computed(x: &DVector<f64> = vector(4)) { let n = LEN * OTHER - 1; let s = SCALE * SHIFT + 2.0; x.norm_squared() / n as f64 * s }
    computed_of_two(x: &DVector<f64> = vector(4)) { let n = LEN * OTHER; let s = SCALE / SHIFT; x.norm_squared() / n as f64 * s }
    index(x: &DVector<f64> = vector(4)) { x[LEN] * x[OTHER - 1] * x[sizes::ROWS] + x[LEN - OTHER] }
    index_of_a_cast(x: &DVector<f64> = vector(4)) { x[ORDER as usize] * x[(BYTE - 4) as usize] }
    index_pair(x: &DMatrix<f64> = matrix(4, 3)) { x[(LEN, OTHER)] * x[(OTHER, sizes::ROWS)] }
    index_of_an_array(x: &DVector<f64> = vector(4)) { let a = [2.0, 3.0, 5.0, 7.0]; let w = a[3]; x.sum() * w }
    blocks(x: &DMatrix<f64> = matrix(5, 4)) { x.rows(OTHER, LEN).norm_squared() * x.columns(1, OTHER).sum() + x.row(LEN).sum() * x.column(OTHER).norm() }
    views(x: &DMatrix<f64> = matrix(5, 4)) { x.view((OTHER, 1), (LEN, OTHER)).norm_squared() * x.fixed_view::<LEN, OTHER>(1, OTHER).sum() }
    fixed(x: &DMatrix<f64> = matrix(5, 4)) { x.fixed_rows::<LEN>(OTHER).norm_squared() * x.fixed_columns::<{ OTHER }>(1).sum() }
    sizes_of_constructors(x: &DVector<f64> = vector(3)) {
        let a = DVector::from_element(LEN, SCALE);
        let b = DMatrix::identity(LEN, LEN) * SHIFT + DMatrix::from_element(LEN, LEN, 0.25);
        (b * x + a).norm_squared() + DVector::zeros(LEN).dot(x)
    }
    active_in_constructors(x: &DVector<f64> = vector(3)) { DVector::from_element(LEN, x[OTHER]).norm_squared() * x.sum() }
    powi(x: &DVector<f64> = vector(3)) { x.map(|t| t.powi(ORDER)).sum() * x[0].powi(-ORDER) + x[1].powi(ORDER - 3) * x[2].powi(LEN as i32 - 2) }
    powf(x: &DVector<f64> = vector(3)) { x.map(|t| (t + 3.0).powf(SCALE)).sum() }
    in_closures(x: &DVector<f64> = vector(3)) { x.map(|t| t * SCALE / LEN as f64 + SHIFT).sum() + x.map(|_| SCALE).dot(x) }
    arguments_of_closures(x: &DVector<f64> = vector(4)) { let at = |i, c| x[i] * c; at(LEN, SCALE) * at(OTHER, SHIFT) + { let share = |k: usize| x.sum() / k as f64; share(LEN) } }
    choices(x: &DVector<f64> = vector(4)) { x.map(|t| if t > SHIFT { SCALE * t } else { SHIFT }).sum() * x.map(|t| t.max(SHIFT).clamp(SHIFT, SCALE) * t).sum() }
    macros(x: &DVector<f64> = vector(3)) { vector![SCALE, SHIFT, 1.0].dot(x) * x[0] }
    slices(x: &DVector<f64> = vector(3)) { Vector3::new(SCALE, x[1], SHIFT).norm_squared() }
    functions(x: &DVector<f64> = vector(3)) { f64::max(x[0], SHIFT) * f64::powi(x[1], ORDER) + f64::mul_add(x[0], SCALE, SHIFT) }
    local(x: &DVector<f64> = vector(4)) {
        const HALF: f64 = 0.5;
        const N: usize = 3;
        const K: i32 = 2;
        x.norm_squared() * HALF / N as f64 + x[N].powi(K) + x.rows(0, N).sum() * HALF
    }
    local_after_use(x: &DVector<f64> = vector(4)) {
        let y = x * HALF;
        const HALF: f64 = 0.5;
        const N: usize = M + 1;
        const M: usize = 2;
        y[N] * y.norm() / (N + M) as f64
    }
    local_of_types(x: &Vector3<f64> = Vector3::new(0.3, -0.8, 0.5)) {
        const G: Vector3<f64> = Vector3::new(0.0, 0.0, -9.81);
        static UNIT: SVector<f64, 3> = SVector::<f64, 3>::new(1.0, 2.0, 2.0);
        const NEGATIVE: i32 = -2;
        x.dot(&G) * x.dot(&UNIT) + x[0].powi(NEGATIVE)
    }
    local_use(x: &DVector<f64> = vector(4)) { use sizes::ROWS as SIZE; x.norm_squared() / SIZE as f64 + x[SIZE] }
}

const LEN_AS_NUMBER: f64 = LEN as f64;

impl<const N: usize> Model<N> {
    const SIZE: usize = N + 1;
    const RATE: f64 = 0.125;

    #[grad(x)]
    fn mean(&self, x: &SVector<f64, N>) -> f64 {
        x.norm_squared() / N as f64 + x[N - 1] * Self::RATE / Self::SIZE as f64
    }

    #[grad(x)]
    fn of_a_list(x: &DVector<f64>) -> f64 {
        x.rows(0, N).norm_squared() / Self::SIZE as f64 + x[Self::SIZE - 1] * N as f64
    }
}

#[test]
fn parameters_and_constants_of_an_impl() {
    let (model, x) = (Model::<3>, Vector3::new(0.5, -1.5, 2.0));
    check(&x, |x| model.mean(x), model.mean_grad(&x), model.mean_value_and_grad(&x));
    let x = vector(5);
    check(&x, Model::<3>::of_a_list, Model::<3>::of_a_list_grad(&x), Model::<3>::of_a_list_value_and_grad(&x));
}

#[grad(x)]
fn run_time_exponents(x: &DVector<f64>, k: i32, n: usize) -> f64 {
    x.map(|t| t.powi(k)).sum() * x[0].powi(k - 1) + x.norm_squared().powi(n as i32) * f64::powi(x[1], -k)
}

#[test]
fn exponents_that_are_known_at_run_time() {
    let x = DVector::from_vec(vec![0.7, -1.2, 1.5]);
    for (k, n) in [(3, 2), (2, 0), (1, 1), (-2, 3), (0, 1)] {
        let both = run_time_exponents_value_and_grad(&x, k, n);
        check(&x, |x| run_time_exponents(x, k, n), run_time_exponents_grad(&x, k, n), both);
    }
}

#[grad(x)]
fn generic<T: RealField + Copy>(x: &DVector<T>, k: i32) -> T {
    let n: T = nalgebra::convert(LEN as f64);
    x.map(|t| t.powi(k)).sum() / n + x[OTHER] * T::from_usize(LEN).unwrap()
}

#[test]
fn generic_scalars() {
    let x: DVector<f64> = vector(3);
    check(&x, |x| generic(x, 3), generic_grad(&x, 3), generic_value_and_grad(&x, 3));
}

#[grad(t)]
fn single(t: f32, k: i32) -> f32 {
    t.powi(k) / LEN as f32 + t * BYTE as f32
}

#[test]
fn single_precision() {
    let t = 0.75_f32;
    check(&t, |t| single(*t, 5), single_grad(t, 5), single_value_and_grad(t, 5));
}
