//! What there is to know of an operation.

use crate::emit::{Code, Emitter};
#[cfg(feature = "eval")]
use crate::eval::{Inputs, Mat};
use crate::ir::{Attr, Dims, Graph, Mismatch, NodeId, Shape};
use crate::lower::{Call, Lowerer, Refusal, Value};
use crate::print::Text;

/// One operation.
pub struct Record {
    /// Its name, in snake case.
    pub name: &'static str,
    /// How a body spells it.
    pub spellings: &'static [Spelling],
    /// The shape of its value from those of its operands; unifies dimensions that have to agree.
    pub shape: fn(&mut Dims, &Attr, &[Shape]) -> Result<Shape, Mismatch>,
    /// Its differential.
    pub differential: Differential,
    /// Its trace rule: for a node `F` linear in operand `i`, the `H` with `⟨G, F(dX)⟩ = ⟨H, dX⟩`.
    pub transpose: Option<TraceRule>,
    /// Its vec rule: for a node `F` linear in operand `i`, the Jacobian of its part in that operand from that of the operand.
    pub vec: Option<VecRule>,
    /// Its notation, given that of its operands.
    pub notation: fn(&Graph, NodeId, &[Text]) -> Text,
    /// Its value.
    #[cfg(feature = "eval")]
    pub eval: fn(&Inputs<'_>) -> Option<Mat>,
    /// Its code.
    pub emit: fn(&mut Emitter<'_>, NodeId) -> Code,
}

/// From the graph, a node `F` linear in operand `i`, and `G`, to the `H` with `⟨G, F(dX)⟩ = ⟨H, dX⟩`.
pub type TraceRule = fn(&mut Graph, NodeId, usize, NodeId) -> NodeId;

/// From the graph, a node `F` linear in operand `i`, and the `J` with `vec X = J vec Y`, to the `M J` with `vec F(X) = M J vec Y`.
pub type VecRule = fn(&mut Graph, NodeId, usize, NodeId) -> NodeId;

/// The differential `dF` of an operation, linear in the differentials of its operands.
#[derive(Clone, Copy)]
pub enum Differential {
    /// A leaf, or a value whose derivative is zero wherever it exists and that no active value reaches.
    Zero,
    /// Linear in all operands together: `dF(A, B) = F(dA, dB)`.
    Linear,
    /// Linear in each operand: `dF(A, B) = F(dA, B) + F(A, dB)`.
    Multilinear,
    /// A rule: the graph, the node, and for each operand its differential (`None` if it is constant).
    Rule(fn(&mut Graph, NodeId, &[Option<NodeId>]) -> Option<NodeId>),
}

/// The syntactic form of a spelling.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Form {
    /// `x.name(..)` on a scalar.
    ScalarMethod,
    /// `x.name(..)` on a matrix.
    MatrixMethod,
    /// `c.name(..)` on a factorization.
    FactorMethod,
    /// `c.name` of a factorization.
    FactorField,
    /// `matgrad::name(..)`, or `name(..)` where it is imported.
    Function,
    /// `Type::name(..)`.
    Constructor,
}

/// From a call to its value.
pub type Build = fn(&mut Lowerer<'_>, &Call<'_>) -> Result<Value, Refusal>;

/// One way to spell an operation in Rust.
pub struct Spelling {
    /// What it looks like.
    pub form: Form,
    /// The method or function.
    pub name: &'static str,
    /// How many arguments it may have, without the receiver.
    pub arities: &'static [usize],
    /// From the call to the value.
    pub build: Build,
}

impl Spelling {
    /// `x.name()` on a scalar.
    pub const fn scalar(name: &'static str, arities: &'static [usize], build: Build) -> Self {
        Self { form: Form::ScalarMethod, name, arities, build }
    }
    /// `x.name(..)` on a matrix.
    pub const fn matrix(name: &'static str, arities: &'static [usize], build: Build) -> Self {
        Self { form: Form::MatrixMethod, name, arities, build }
    }
    /// `c.name(..)` on a factorization.
    pub const fn factor(name: &'static str, arities: &'static [usize], build: Build) -> Self {
        Self { form: Form::FactorMethod, name, arities, build }
    }
    /// `c.name` of a factorization.
    pub const fn field(name: &'static str, build: Build) -> Self {
        Self { form: Form::FactorField, name, arities: &[0], build }
    }
    /// `matgrad::name(..)`.
    pub const fn function(name: &'static str, arities: &'static [usize], build: Build) -> Self {
        Self { form: Form::Function, name, arities, build }
    }
    /// `Type::name(..)`.
    pub const fn constructor(name: &'static str, arities: &'static [usize], build: Build) -> Self {
        Self { form: Form::Constructor, name, arities, build }
    }
}
