//! Rewrites of operations of matrices on numbers and vectors: a `1 × 1` matrix is a number, and so is what is made of it.

use super::{Rewrite, pull_out};
use crate::ir::{Attr, Graph, Kind, NodeId};

/// What `F(s)` is, for a number `s`.
macro_rules! of_number {
    ($rule:ident, $name:literal, |$g:ident, $s:ident| $result:expr) => {
        pub(super) const $rule: Rewrite = Rewrite {
            name: $name,
            apply: |$g, _, a, _| {
                let $s = a[0];
                $g.is_scalar($s).then(|| $result)
            },
        };
    };
}

// and NaN of what is not finite, as 0 s is
of_number!(SOFTMAX, "softmax(s) = 1 + 0 s", |g, s| {
    let one = g.filled(1.0, g.shape(s));
    g.lin(&[(1.0, one), (0.0, s)])
});
of_number!(LOG_SOFTMAX, "ln softmax(s) = 0 s", |g, s| g.times(0.0, s));
of_number!(LOG_SUM_EXP, "lse(s) = s", |g, s| s);
of_number!(PRODUCT, "the product of one entry is the entry", |g, s| s);
of_number!(LN_PRODUCT, "the logarithm of the product of one entry is that of the entry", |g, s| g.unary(Kind::Ln, s));
of_number!(PRODUCTS_OF_OTHERS, "the product of no entries is 1", |g, s| g.filled(1.0, g.shape(s)));
pub(super) const OTHERS_TANGENT: &[Rewrite] = &[
    Rewrite { name: "T(A, c E) = c T(A, E)", apply: |g, op, a, shape| pull_out(g, op, a, shape, 1) },
    Rewrite { name: "the product of no entries does not move", apply: |g, _, a, _| g.is_scalar(a[0]).then(|| g.constant(0.0)) },
];
of_number!(EXPONENTIAL, "the exponential of a number is elementwise", |g, s| g.unary(Kind::Exp, s));
of_number!(EIGENVALUES, "the eigenvalue of a number is the number", |g, s| factored(g, s));
of_number!(EIGENVECTORS, "the eigenvector of a number is 1", |g, s| g.filled(1.0, g.shape(s)));
of_number!(CHOLESKY, "chol(s) = √s", |g, s| {
    let s = factored(g, s);
    g.pow(s, 0.5)
});
of_number!(LN_DETERMINANT, "ln|det s| = ln|s|", |g, s| {
    let number = factored(g, s);
    let size = if g.kind(s) == Kind::Chol { number } else { g.unary(Kind::Abs, number) };
    g.unary(Kind::Ln, size)
});

/// nalgebra's singular vectors of a vector are matrices in their types: none is needed.
pub(super) const SINGULAR_VALUES: Rewrite = Rewrite {
    name: "the singular value of a vector is its norm",
    apply: |g, _, a, _| {
        let v = factored(g, a[0]);
        g.shape(v).is_thin().then(|| g.unary(Kind::Norm, v))
    },
};

pub(super) const EXTREME: Rewrite = Rewrite {
    name: "the extreme of one entry is the entry, or its size",
    apply: |g, op, a, _| {
        let Attr::Extreme(which, _) = op.attr else { return None };
        let of = g.is_scalar(a[0]).then_some(a[0])?;
        Some(if which.is_of_sizes() { g.unary(Kind::Abs, of) } else { of })
    },
};

/// The only entry is the extreme one: `pick(s, t) = t`, `place(s, t) = t`.
pub(super) const AT_EXTREME: Rewrite = Rewrite {
    name: "the extreme of one entry is the entry",
    apply: |g, _, a, _| a.iter().all(|s| g.is_scalar(*s)).then(|| a[1]),
};

pub(super) const FRECHET: Rewrite = Rewrite {
    name: "L(s, e) = exp(s) e for numbers",
    apply: |g, _, a, _| {
        g.is_scalar(a[0]).then(|| {
            let exp = g.unary(Kind::Exp, a[0]);
            g.hadamard(&[exp, a[1]])
        })
    },
};

pub(super) const RESHAPE: Rewrite =
    Rewrite { name: "a number in a shape of one entry", apply: |g, _, a, shape| g.is_scalar(a[0]).then(|| g.fill(a[0], shape)) };

pub(super) const KRONECKER: Rewrite = Rewrite {
    name: "s ⊗ A = A ⊗ s = s A",
    apply: |g, _, a, _| {
        let (s, other) = if g.is_scalar(a[0]) { (a[0], a[1]) } else { (a[1], a[0]) };
        g.is_scalar(s).then(|| g.scale(s, other))
    },
};

/// The number that a factorization is of.
fn factored(g: &Graph, factorization: NodeId) -> NodeId {
    g.args(factorization).first().copied().unwrap_or(factorization)
}
