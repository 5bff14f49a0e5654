//! Random programs: functions that nobody thought of, to be differentiated and compared with differences.
//!
//! A seed makes a [`Sample`]: a well-typed function of one to about forty operations with a scalar result, as a body would have been
//! read, and the values of its parameters. It is made step by step at these values, so that every partial function meets its domain
//! and no step stands at a kink. [`check`] differentiates a sample, simplifies and schedules it, and compares all with differences of
//! the function as it stands; [`shrink`] makes a sample that fails smaller; [`Sample::listing`] writes it down, as code that makes it again.
//!
//! ```text
//! random         numbers that a seed determines
//! builder        a program in the making: graph and values; domain: operands of partial functions
//! arithmetic, structure, elementwise, linear_algebra, spectral: the steps
//! check          the oracle; shrink, listing: what to do about a failure
//! spell          a sample as a function in Rust, for rustc
//! ```

mod arithmetic;
mod builder;
mod check;
mod differences;
mod domain;
mod elementwise;
mod linear_algebra;
mod listing;
mod random;
mod regions;
mod sample;
mod shrink;
mod special;
mod spectral;
mod spell;
mod structure;

pub use check::{Failure, Outcome, check};
pub use sample::Sample;
pub use shrink::{shrink, shrink_by};
pub use special::{check_value, resized, specialized};
pub use spell::{Parameter, Spelled, Style};

use builder::Builder;

use crate::eval::Mat;
use crate::ir::{Kind, NodeId, Promises, Shape};

/// A step of a program: a new value, if there are operands for it.
type Step = fn(&mut Builder) -> Option<NodeId>;

/// All steps, as often as they are to be taken.
const STEPS: &[(usize, Step)] = &[
    (6, arithmetic::sum_of_terms),
    (2, arithmetic::add_scalar),
    (1, arithmetic::symmetric_part),
    (3, arithmetic::scale),
    (2, arithmetic::unscale),
    (1, arithmetic::normalize),
    (5, arithmetic::elementwise_product),
    (2, arithmetic::elementwise_quotient),
    (4, arithmetic::power),
    (8, arithmetic::product),
    (1, arithmetic::matrix_power),
    (3, arithmetic::dot),
    (2, arithmetic::quadratic_form),
    (3, arithmetic::sums_along),
    (2, arithmetic::kronecker),
    (1, arithmetic::cross),
    (1, arithmetic::cross_matrix),
    (1, arithmetic::inactive),
    (3, structure::transpose),
    (3, structure::part),
    (2, structure::from_diagonal),
    (3, structure::slice),
    (2, structure::update),
    (3, structure::stack),
    (2, structure::reshape),
    (4, structure::reduction),
    (2, structure::trace),
    (9, elementwise::function),
    (2, elementwise::function_of_two),
    (2, elementwise::logistic),
    (2, elementwise::by_parts),
    (3, elementwise::choice),
    (2, elementwise::guarded),
    (3, elementwise::softmax),
    (1, elementwise::softmax_by_hand),
    (2, linear_algebra::inverse),
    (2, linear_algebra::solve),
    (1, linear_algebra::mahalanobis),
    (2, linear_algebra::determinant),
    (2, linear_algebra::cholesky_factor),
    (2, linear_algebra::exponential),
    (2, spectral::triangular_solve),
    (1, spectral::eigen),
    (1, spectral::singular),
    (1, spectral::pseudo_inverse),
];

/// The program of this seed.
#[must_use]
pub fn generate(seed: u64) -> Sample {
    generate_with(seed, &[])
}

/// The program of this seed that has loops and branches among its steps.
#[must_use]
pub fn generate_with_regions(seed: u64) -> Sample {
    generate_with(seed ^ 0x0010_0095_0000_0000, &[regions::looped, regions::branched])
}

/// A program with steps beside the usual ones, taken again and again.
fn generate_with(seed: u64, others: &[Step]) -> Sample {
    let mut b = Builder::new(seed);
    let wrt = parameters(&mut b);
    let most = 1 + b.random.below(40);
    let wanted = 1 + b.random.below(most);
    for _ in 0..4 * wanted {
        if b.operations() >= wanted {
            break;
        }
        let step = if !others.is_empty() && b.random.once_in(3) { b.random.of(others) } else { any_step(&mut b) };
        if let Some(made) = step(&mut b) {
            b.offer(made);
        }
    }
    let root = result(&mut b);
    b.finish(root, wrt).compact()
}

fn any_step(b: &mut Builder) -> Step {
    let total: usize = STEPS.iter().map(|s| s.0).sum();
    let mut at = b.random.below(total);
    for (weight, step) in STEPS {
        if at < *weight {
            return *step;
        }
        at -= weight;
    }
    unreachable!("a number below the sum of the weights falls to one of them")
}

/// One to three parameters; the numbers of those to differentiate by.
fn parameters(b: &mut Builder) -> Vec<usize> {
    let count = 1 + b.random.below(3);
    for i in 0..count {
        let (rows, cols) = (b.length(), b.length());
        let size = match b.random.below(8) {
            0 => (1, 1),
            1 | 2 => (rows, 1),
            3 => (1, cols),
            4 => (rows, rows),
            5 if rows < 7 => {
                match b.random.below(6) {
                    0 if rows > 1 => promised_parameter(b, rows),
                    _ => symmetric_parameter(b, rows),
                }
                continue;
            }
            _ => (rows, cols),
        };
        let shape = if size == (1, 1) && i > 0 { Shape::SCALAR } else { b.shape_of(size) };
        let value = Mat::from_fn(size.0, size.1, |_, _| b.random.between(-1.6, 1.6));
        let id = b.parameter(shape, value);
        b.offer(id);
    }
    let wanted: Vec<usize> = (0..count).filter(|_| !b.random.once_in(3)).collect();
    if wanted.is_empty() { vec![count - 1] } else { wanted }
}

fn symmetric_parameter(b: &mut Builder, n: usize) {
    let side = b.dim(n);
    let root = Mat::from_fn(n, n, |_, _| b.random.between(-1.0, 1.0));
    let spd = b.random.once_in(2);
    let value = if spd { root.mul(&root.transpose()).add(&Mat::identity(n)) } else { root.add(&root.transpose()) };
    let id = b.parameter(Shape::new(side, side), value);
    let declared_spd = spd && b.random.once_in(2);
    b.declare_symmetric(declared_spd);
    b.offer(id);
}

/// A parameter declared diagonal, lower triangular or orthogonal.
fn promised_parameter(b: &mut Builder, n: usize) {
    let side = b.dim(n);
    let raw = Mat::from_fn(n, n, |_, _| b.random.of(&[-1.0, 1.0]) * b.random.between(0.5, 1.5));
    let (value, list): (Mat, fn(&mut Promises) -> &mut Vec<usize>) = match b.random.below(3) {
        0 => (Mat::from_fn(n, n, |r, c| if r == c { raw.at(r, c) } else { 0.0 }), |p| &mut p.diagonal),
        1 => (Mat::from_fn(n, n, |r, c| if r >= c { raw.at(r, c) } else { 0.0 }), |p| &mut p.lower_triangular),
        _ => (reflection(&raw, 0).mul(&reflection(&raw, 1)), |p| &mut p.orthogonal),
    };
    let id = b.parameter(Shape::new(side, side), value);
    b.declare(list);
    b.offer(id);
}

/// `I − 2 v vᵀ / vᵀv` for a column of a matrix.
fn reflection(of: &Mat, column: usize) -> Mat {
    let v = Mat::from_fn(of.rows, 1, |r, _| of.at(r, column));
    Mat::identity(of.rows).sub(&v.mul(&v.transpose()).scaled(2.0 / v.inner(&v)))
}

/// The scalar in which the last values end.
fn result(b: &mut Builder) -> NodeId {
    let mut open: Vec<NodeId> = b.unused().to_vec();
    open.reverse();
    open.truncate(3);
    if open.is_empty() {
        open.push(b.any());
    }
    let mut terms: Vec<(f64, NodeId)> = Vec::new();
    for a in open {
        let scalar = (0..4).find_map(|_| b.reduced(a)).or_else(|| b.op(Kind::Sum, &[a]));
        if let Some(scalar) = scalar.and_then(|s| b.offer(s)) {
            let coef = if terms.is_empty() { 1.0 } else { b.random.of(&arithmetic::LITERALS) };
            terms.push((coef, scalar));
        }
    }
    match terms[..] {
        [(_, one)] => Some(one),
        _ => b.lin(&terms),
    }
    .or_else(|| {
        let a = b.any();
        b.op(Kind::Sum, &[a])
    })
    .unwrap_or_else(|| unreachable!("values are of moderate size, and so are their sums"))
}
