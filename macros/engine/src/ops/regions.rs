//! Loops and branches: a graph inside a node. They have several values; each of these is a node of its own, [`OUTPUT`].

use super::helpers::given;
use super::{Differential, Record};
use crate::diff::regions;
use crate::ir::Attr;
use crate::print::Text;

// cₖ₊₁ = F(k, cₖ, A), s = Σₖ S(k, cₖ, A):  ċₖ₊₁ = dF, ṡ = Σₖ dS
/// What is done again and again: values that are carried on, and sums. Spelled `for`, where it has no form as one matrix.
pub static LOOP: Record = Record {
    name: "iterated",
    spellings: &[],
    shape: given,
    differential: Differential::Rule(regions::tangent),
    transpose: None, // `regions::cotangents`: of all values together
    vec: None,       // `regions::jacobian`
    notation: |_, _, _| Text::atom("?"),
    #[cfg(feature = "eval")]
    eval: |_| None, // `eval::regions`: it has several values
    emit: |e, id| e.repeated(id),
};

// F = A if c, B if not:  dF = dA if c, dB if not
/// What is done in one case, and in the other. Spelled `if`.
pub static BRANCH: Record = Record {
    name: "chosen",
    spellings: &[],
    shape: given,
    differential: Differential::Rule(regions::tangent),
    transpose: None,
    vec: None,
    notation: |_, _, _| Text::atom("?"),
    #[cfg(feature = "eval")]
    eval: |_| None,
    emit: |e, id| e.branched(id),
};

// the outputs of a tangent are the tangents of the outputs
/// One value of a loop or a branch.
pub static OUTPUT: Record = Record {
    name: "result",
    spellings: &[],
    shape: given,
    differential: Differential::Rule(|g, id, d| {
        let (of, Attr::Output(output)) = (d[0]?, g.node(id).op.attr.clone()) else { return None };
        Some(g.output(of, output))
    }),
    transpose: None,
    vec: None,
    notation: |_, _, _| Text::atom("?"), // the printer opens the region
    #[cfg(feature = "eval")]
    eval: |_| None,
    emit: |e, id| e.output_of(id),
};
