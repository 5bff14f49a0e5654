//! Loops and branches.
use super::{Code, Emitter};
use crate::ir::NodeId;
impl Emitter<'_> {
    pub(crate) fn repeated(&mut self, _id: NodeId) -> Code { Code::unreachable() }
    pub(crate) fn branched(&mut self, _id: NodeId) -> Code { Code::unreachable() }
    pub(crate) fn output_of(&mut self, _id: NodeId) -> Code { Code::unreachable() }
}
