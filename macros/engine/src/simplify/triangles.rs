//! Which nodes are triangular matrices, by their form.

use crate::ir::{Graph, Kind, NodeId, Part};

/// Whether all of a node outside this part is zero, whatever the values of its parameters.
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
        match g.kind(id) {
            Kind::Identity | Kind::DiagMat => {}
            Kind::LowerTriangle | Kind::CholL if part == Part::Lower => {}
            Kind::UpperTriangle if part == Part::Upper => {}
            Kind::Tri if crate::ops::triangular::part_read(g, id) == Some(part) => {}
            Kind::Transpose => stack.push((args[0], part.transposed())),
            Kind::Lin | Kind::Lu | Kind::Inv | Kind::LowerTriangle | Kind::UpperTriangle => {
                stack.extend(args.iter().map(|a| (*a, part)));
            }
            Kind::Scale => stack.push((args[1], part)),
            Kind::MatMul if args.iter().all(|a| g.shape(*a).rows == g.shape(*a).cols) => {
                stack.extend(args.iter().map(|a| (*a, part)));
            }
            _ => return false,
        }
    }
    true
}
