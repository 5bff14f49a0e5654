//! Which nodes are triangular or diagonal matrices, by their form; and rewrites of what stands for them.

use super::Rewrite;
use crate::ir::{Attr, Graph, Kind, NodeId, Part};
use crate::ops::triangular::part_read;

/// Whether all of a node outside this part is zero, whatever the values of its parameters (those declared so being so).
///
/// A loop over the nodes that it depends on, not a recursion: its depth is the user's.
#[must_use]
pub fn is_part(g: &Graph, id: NodeId, part: Part) -> bool {
    // every node on the stack has to have this part
    let mut stack = vec![(id, part)];
    let mut steps = 0;
    while let Some((id, part)) = stack.pop() {
        steps += 1;
        if steps > 64 {
            return false; // not worth the search: a triangle that is read is never wrong
        }
        let args = g.args(id);
        let is_square = |a: &NodeId| g.shape(*a).rows == g.shape(*a).cols;
        match g.kind(id) {
            Kind::Identity | Kind::DiagMat => {}
            Kind::Param => match g.node(id).op.attr {
                Attr::Param(p) if g.promises.diagonal.contains(&p) => {}
                Attr::Param(p) if part == Part::Lower && g.promises.lower_triangular.contains(&p) => {}
                _ => return false,
            },
            Kind::LowerTriangle | Kind::CholL if part == Part::Lower => {}
            Kind::UpperTriangle if part == Part::Upper => {}
            Kind::Tri if matches!(part_read(g, id), Some(read) if read == part || read == Part::Diagonal) => {}
            Kind::Transpose => stack.push((args[0], part.transposed())),
            Kind::Lin | Kind::Lu | Kind::Inv | Kind::LowerTriangle | Kind::UpperTriangle => {
                stack.extend(args.iter().map(|a| (*a, part)));
            }
            Kind::Scale => stack.push((args[1], part)),
            Kind::MatMul if args.iter().all(is_square) => stack.extend(args.iter().map(|a| (*a, part))),
            // one factor is zero there
            Kind::Hadamard if args.iter().any(|a| matches!(g.kind(*a), Kind::DiagMat | Kind::Param) && is_part(g, *a, part)) => {}
            _ => return false,
        }
    }
    true
}

pub(super) const LU: &[Rewrite] = &[Rewrite {
    name: "a triangular matrix needs no factorization",
    apply: |g, _, a, _| {
        let part = [Part::Diagonal, Part::Lower, Part::Upper].into_iter().find(|part| is_part(g, a[0], *part))?;
        Some(g.make(Kind::Tri, Attr::Part(part), a))
    },
}];

pub(super) const TRI: &[Rewrite] = &[
    Rewrite {
        name: "the triangle of tril(A) is that of A",
        apply: |g, op, a, _| {
            let same = match op.attr {
                Attr::Part(Part::Lower) => Kind::LowerTriangle,
                Attr::Part(Part::Upper) => Kind::UpperTriangle,
                _ => return None,
            };
            (g.kind(a[0]) == same).then(|| {
                let inner = g.args(a[0])[0];
                g.make(op.kind, op.attr.clone(), &[inner])
            })
        },
    },
    Rewrite {
        name: "the triangle of a diagonal matrix is its diagonal",
        apply: |g, op, a, _| {
            (op.attr != Attr::Part(Part::Diagonal) && is_part(g, a[0], Part::Diagonal))
                .then(|| g.make(op.kind, Attr::Part(Part::Diagonal), a))
        },
    },
];

pub(super) const DETERMINANT: Rewrite = Rewrite {
    name: "det(L) = ∏ lᵢᵢ, ln|det L| = Σ ln|lᵢᵢ| for triangular L",
    apply: |g, op, a, _| {
        if g.kind(a[0]) != Kind::Tri {
            return None;
        }
        let diagonal = g.unary(Kind::Diagonal, g.args(a[0])[0]);
        if op.kind == Kind::Det {
            return Some(g.unary(Kind::Product, diagonal));
        }
        let sizes = g.unary(Kind::Abs, diagonal);
        let logarithms = g.unary(Kind::Ln, sizes);
        Some(g.sum(logarithms))
    },
};

pub(super) const TRIANGLE: Rewrite = Rewrite {
    name: "tril(L) = L for lower triangular L",
    apply: |g, op, a, _| {
        let part = if op.kind == Kind::LowerTriangle { Part::Lower } else { Part::Upper };
        is_part(g, a[0], part).then(|| a[0])
    },
};

pub(super) const DIAG_OF_DIAG: Rewrite = Rewrite {
    name: "Diag(diag D) = D for diagonal D",
    apply: |g, _, a, _| {
        let inner = *g.args(a[0]).first()?;
        (g.kind(a[0]) == Kind::Diagonal && is_part(g, inner, Part::Diagonal)).then_some(inner)
    },
};
