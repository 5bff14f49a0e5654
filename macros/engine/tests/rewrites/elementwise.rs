//! Rows for the rewrites of elementwise products, powers and functions.

use matgrad_engine::ir::{Attr, Cmp, Kind, Shape};

use crate::common::Domain::Positive;
use crate::corpus::{INVERTIBLE, M, Row, SCALAR, SQUARE, identity, of, row};

const FLAT: &str = "elementwise products are flat, constants and scalars outside, powers of one base together";
const CHOSEN: &str = "A ∘ (c ? B : 0) = (c ? A ∘ B : 0): what is not chosen is not computed, were it infinite";
const CHOSEN_DIAGONAL: &str =
    "A ∘ Diag(diag(c ? B : 0)) = Diag(diag(A ∘ (c ? B : 0))): what is not chosen is not computed, were it infinite";
const POWERS: &str = "(c A)ᵏ = cᵏ Aᵏ, (s A)ᵏ = sᵏ Aᵏ, (A ∘ B)ᵏ = Aᵏ ∘ Bᵏ for integers k";
const NESTED: &str = "(Aᵏ)ᵐ = Aᵏᵐ for integers m; √(A²) = |A|";
const NORMS: &str = "‖A‖² and √‖A‖²; |A|² = A²";
const LOGARITHMS: &str = "ln sum(exp(x)) = lse(x), ln(exp(A) 1) = lse_rows(A), ln softmax(x) = log softmax(x)";
const SIZES: &str = "ln |det(A)ᵏ ∏ x| = k ln |det A| + Σ ln |x|";
const SUMS: &str = "ln(Σ cᵢ exp(tᵢ)) shifted by the largest tᵢ + ln cᵢ, for cᵢ > 0";
const OTHER_BASES: &str = "log₂ and log₁₀ of what has a stable logarithm";
const BY_FACTORS: &str = "ln(det(A)) by the factorization, ln(∏ x) by the entries";
const PARITY: &str = "|−A| = |A|, cos(−A) = cos(A), f(−A) = −f(A) for odd f";

pub fn products(rows: &mut Vec<Row>) {
    rows.extend([
        row(FLAT, &[M, M, M], |b, x| {
            let inner = b.g.hadamard(&[x[0], x[1]]);
            b.g.hadamard(&[x[2], inner])
        }),
        row(FLAT, &[M, M, SCALAR], |b, x| {
            let (twice, scaled) = (b.g.times(2.0, x[0]), b.g.scale(x[2], x[1]));
            b.g.hadamard(&[twice, scaled])
        }),
        row(FLAT, &[M], |b, x| {
            let cube = b.g.pow(x[0], 3.0);
            let share = b.g.pow(x[0], -1.0);
            b.g.hadamard(&[cube, x[0], share])
        }),
        row(FLAT, &[(3, 5, Positive)], |b, x| {
            let root = b.g.pow(x[0], 0.5);
            b.g.hadamard(&[x[0], root])
        }),
        row(FLAT, &[M, SCALAR], |b, x| {
            let fill = b.g.fill(x[1], b.g.shape(x[0]));
            b.g.hadamard(&[x[0], fill])
        }),
        row(FLAT, &[M], |b, x| {
            let (column, row) = (b.shape(3, 1), b.shape(1, 5));
            let (column, row) = (b.g.filled(1.0, column), b.g.filled(1.0, row));
            let ones = b.g.matmul(&[column, row]);
            b.g.hadamard(&[x[0], ones])
        }),
        row(FLAT, &[M], |b, x| {
            let zero = b.g.filled(0.0, b.g.shape(x[0]));
            b.g.hadamard(&[x[0], zero])
        }),
        row("I ∘ A = Diag(diag A)", &[SQUARE], |b, x| {
            let identity = identity(b, 5);
            b.g.hadamard(&[x[0], identity])
        }),
        row(CHOSEN, &[M, M, M], |b, x| {
            let zero = b.g.filled(0.0, b.g.shape(x[0]));
            let chosen = b.g.make(Kind::Select, Attr::Cmp(Cmp::Lt), &[x[0], x[1], x[2], zero]);
            b.g.hadamard(&[x[1], chosen])
        }),
        row(CHOSEN, &[M, M, M], |b, x| {
            let zero = b.g.filled(0.0, b.g.shape(x[0]));
            let chosen = b.g.make(Kind::Select, Attr::Cmp(Cmp::Lt), &[x[0], x[1], zero, x[2]]);
            b.g.hadamard(&[chosen, x[1], x[0]])
        }),
        row(CHOSEN_DIAGONAL, &[SQUARE, SQUARE, SQUARE], |b, x| {
            let zero = b.g.filled(0.0, b.g.shape(x[0]));
            let choice = b.g.make(Kind::Select, Attr::Cmp(Cmp::Lt), &[x[0], x[1], x[2], zero]);
            let diagonal = of(b, Kind::Diagonal, choice);
            let placed = of(b, Kind::DiagMat, diagonal);
            b.g.hadamard(&[x[1], placed])
        }),
        row("A ∘ (Σ (c ? B : 0)) = Σ (c ? A ∘ B : 0): as above, where comparisons differ", &[M, M, M], |b, x| {
            let zero = b.g.filled(0.0, b.g.shape(x[0]));
            let first = b.g.make(Kind::Select, Attr::Cmp(Cmp::Lt), &[x[0], x[1], x[2], zero]);
            let second = b.g.make(Kind::Select, Attr::Cmp(Cmp::Lt), &[x[0], x[2], zero, x[1]]);
            let both = b.g.lin(&[(2.0, first), (-1.0, second)]);
            b.g.hadamard(&[x[1], both])
        }),
        row("sinh(t) / cosh(t) = tanh(t)", &[M, M], |b, x| {
            let (sinh, cosh) = (of(b, Kind::Sinh, x[0]), of(b, Kind::Cosh, x[0]));
            let share = b.g.pow(cosh, -3.0);
            b.g.hadamard(&[sinh, share, x[1]])
        }),
        row("√(c ‖A‖²) = √c ‖A‖ for a number c > 0, and a size c", &[M], |b, x| {
            let (square, n) = (of(b, Kind::NormSq, x[0]), b.g.dim(b.g.shape(x[0]).cols));
            let (square, share) = (b.g.times(3.0, square), b.g.pow(n, -1.0));
            let mean = b.g.hadamard(&[square, share]);
            b.g.pow(mean, 0.5)
        }),
        row("exp(t) σ(−t) = σ(t)", &[M, M], |b, x| {
            let (exp, minus) = (of(b, Kind::Exp, x[0]), b.g.neg(x[0]));
            let sigma = of(b, Kind::Sigmoid, minus);
            b.g.hadamard(&[exp, sigma, x[1]])
        }),
        row("A⁰ = 1, A¹ = A, constants", &[M], |b, x| b.g.pow(x[0], 0.0)),
        row("A⁰ = 1, A¹ = A, constants", &[M], |b, x| b.g.pow(x[0], 1.0)),
        row("A⁰ = 1, A¹ = A, constants", &[M], |b, x| {
            let constant = b.g.filled(-2.0, b.g.shape(x[0]));
            let cube = b.g.pow(constant, 3.0);
            b.g.add(x[0], cube)
        }),
        row(POWERS, &[M], |b, x| {
            let a = b.g.times(-2.0, x[0]);
            b.g.pow(a, 3.0)
        }),
        row(POWERS, &[M, SCALAR], |b, x| {
            let a = b.g.scale(x[1], x[0]);
            b.g.pow(a, -2.0)
        }),
        row(POWERS, &[SCALAR], |b, x| {
            let shape = b.shape(3, 5);
            let a = b.g.fill(x[0], shape);
            b.g.pow(a, 3.0)
        }),
        row(POWERS, &[M, M], |b, x| {
            let a = b.g.hadamard(&[x[0], x[1]]);
            b.g.pow(a, -1.0)
        }),
        row(NESTED, &[(3, 5, Positive)], |b, x| {
            let root = b.g.pow(x[0], 0.5);
            b.g.pow(root, -3.0)
        }),
        row(NESTED, &[M], |b, x| {
            let square = b.g.pow(x[0], 2.0);
            b.g.pow(square, 0.5)
        }),
        row(NORMS, &[M], |b, x| {
            let norm = of(b, Kind::Norm, x[0]);
            b.g.pow(norm, 2.0)
        }),
        row(NORMS, &[M], |b, x| {
            let square = of(b, Kind::NormSq, x[0]);
            b.g.pow(square, 0.5)
        }),
        row(NORMS, &[M], |b, x| {
            let size = of(b, Kind::Abs, x[0]);
            b.g.pow(size, 2.0)
        }),
        row("1 / (1 + exp(t)) = σ(−t)", &[M], |b, x| {
            let (one, exp) = (b.g.filled(1.0, b.g.shape(x[0])), of(b, Kind::Exp, x[0]));
            let total = b.g.add(one, exp);
            b.g.pow(total, -1.0)
        }),
        row("a ? b: x, x is x", &[M, M, M], |b, x| b.g.make(Kind::Select, Attr::Cmp(Cmp::Ge), &[x[0], x[1], x[2], x[2]])),
        row("a ? b: c x, 0 is c (a ? b: x, 0)", &[M, M], |b, x| {
            let (zero, twice) = (b.g.filled(0.0, b.g.shape(x[0])), b.g.times(2.0, x[0]));
            b.g.make(Kind::Select, Attr::Cmp(Cmp::Ge), &[x[0], x[1], twice, zero])
        }),
        row("a ? b: c x, 0 is c (a ? b: x, 0)", &[M, M, SCALAR], |b, x| {
            let (zero, scaled) = (b.g.filled(0.0, b.g.shape(x[0])), b.g.scale(x[2], x[0]));
            b.g.make(Kind::Select, Attr::Cmp(Cmp::Ge), &[x[0], x[1], zero, scaled])
        }),
    ]);
}

pub fn functions(rows: &mut Vec<Row>) {
    rows.extend([
        row("ln(1 + exp(t)) = softplus(t)", &[M], |b, x| {
            let (one, exp) = (b.g.filled(1.0, b.g.shape(x[0])), of(b, Kind::Exp, x[0]));
            let total = b.g.add(exp, one);
            of(b, Kind::Ln, total)
        }),
        row("ln(1 + exp(t)) = softplus(t)", &[M], |b, x| {
            let exp = of(b, Kind::Exp, x[0]);
            of(b, Kind::Ln1p, exp)
        }),
        row("ln(cosh(t)) is one function", &[M], |b, x| {
            let cosh = of(b, Kind::Cosh, x[0]);
            of(b, Kind::Ln, cosh)
        }),
        row(SUMS, &[M, M], |b, x| {
            let (first, second) = (of(b, Kind::Exp, x[0]), of(b, Kind::Exp, x[1]));
            let total = b.g.lin(&[(2.0, first), (0.5, second)]);
            of(b, Kind::Ln, total)
        }),
        row(SUMS, &[M, M], |b, x| {
            let (first, second) = (of(b, Kind::Exp, x[0]), of(b, Kind::Exp, x[1]));
            let total = b.g.add(first, second);
            of(b, Kind::Ln1p, total)
        }),
        row(SUMS, &[M, SCALAR], |b, x| {
            let (first, second) = (of(b, Kind::Exp, x[0]), of(b, Kind::Exp, x[1]));
            let (first, one) = (b.g.sum(first), b.g.constant(3.0));
            let total = b.g.lin(&[(1.0, first), (2.0, second), (1.0, one)]);
            of(b, Kind::Ln, total)
        }),
        row(OTHER_BASES, &[M, M], |b, x| {
            let (first, second) = (of(b, Kind::Exp, x[0]), of(b, Kind::Exp, x[1]));
            let total = b.g.add(first, second);
            of(b, Kind::Log2, total)
        }),
        row(OTHER_BASES, &[M], |b, x| {
            let cosh = of(b, Kind::Cosh, x[0]);
            of(b, Kind::Log10, cosh)
        }),
        row(BY_FACTORS, &[INVERTIBLE], |b, x| {
            let lu = of(b, Kind::Lu, x[0]);
            let det = of(b, Kind::Det, lu);
            of(b, Kind::Ln, det)
        }),
        row(BY_FACTORS, &[(5, 1, Positive)], |b, x| {
            let product = of(b, Kind::Product, x[0]);
            of(b, Kind::Ln, product)
        }),
        row("ln σ(t) = −softplus(−t)", &[M], |b, x| {
            let sigma = of(b, Kind::Sigmoid, x[0]);
            of(b, Kind::Ln, sigma)
        }),
        row(LOGARITHMS, &[M], |b, x| {
            let (exp, ones) = (of(b, Kind::Exp, x[0]), b.g.filled(1.0, Shape::column(b.g.shape(x[0]).cols)));
            let sums = b.g.matmul(&[exp, ones]);
            of(b, Kind::Ln, sums)
        }),
        row(LOGARITHMS, &[M], |b, x| {
            let exp = of(b, Kind::Exp, x[0]);
            let sum = b.g.sum(exp);
            of(b, Kind::Ln, sum)
        }),
        row(LOGARITHMS, &[M], |b, x| {
            let p = of(b, Kind::Softmax, x[0]);
            of(b, Kind::Ln, p)
        }),
        row(LOGARITHMS, &[M], |b, x| {
            let p = of(b, Kind::SoftmaxRows, x[0]);
            of(b, Kind::Ln, p)
        }),
        row(SIZES, &[INVERTIBLE], |b, x| {
            let lu = of(b, Kind::Lu, x[0]);
            let det = of(b, Kind::Det, lu);
            let size = of(b, Kind::Abs, det);
            of(b, Kind::Ln, size)
        }),
        row(SIZES, &[INVERTIBLE, M], |b, x| {
            let lu = of(b, Kind::Lu, x[0]);
            let (det, product) = (of(b, Kind::Det, lu), of(b, Kind::Product, x[1]));
            let power = b.g.pow(det, -2.0);
            let both = b.g.hadamard(&[power, product]);
            let size = of(b, Kind::Abs, both);
            of(b, Kind::Ln, size)
        }),
        row("sign(x) / |x| = 1 / x", &[M, M], |b, x| {
            let (sign, size) = (of(b, Kind::Sign, x[0]), of(b, Kind::Abs, x[0]));
            let share = b.g.pow(size, -1.0);
            b.g.hadamard(&[sign, share, x[1]])
        }),
        row("sign(x)² = 1, where sign(0) is 1", &[M], |b, x| {
            let sign = of(b, Kind::Side, x[0]);
            b.g.pow(sign, 2.0)
        }),
    ]);
    macro_rules! parity {
        ($($kind:ident)*) => {
            $(rows.push(row(PARITY, &[M], |b, x| {
                let minus = b.g.times(-2.0, x[0]);
                of(b, Kind::$kind, minus)
            }));)*
        };
    }
    parity!(Abs Cos Side Sign Sin Tanh);
}
