//! What a loop does to variables around it, for all iterations at once.

use proc_macro2::Span;

use super::{Batched, Effect, Lane, Lanes};
use crate::ir::{Block, Dim, Index, Shape};
use crate::lower::{Lowerer, Refusal};

impl Lowerer<'_> {
    /// What a loop did to the variables around it.
    pub(in crate::lower) fn leave_loop(&mut self, lane: &mut Lane, span: Span) -> Result<(), Refusal> {
        let effects = std::mem::take(&mut lane.effects);
        for (i, effect) in effects.iter().enumerate() {
            let others = effects.iter().enumerate().filter(|(j, other)| *j != i && other.name == effect.name);
            if !effect.adds && others.count() > 0 {
                return Err(self
                    .fence()
                    .loop_form(effect.span, "a second change of a variable that is assigned to in the same loop"));
            }
        }
        for (name, block) in std::mem::take(&mut lane.reads) {
            let own =
                |effect: &&Effect| effect.name == name && !effect.adds && effect.at.as_ref().is_some_and(|(at, _)| *at == block);
            if !effects.iter().any(|effect| own(&effect)) || effects.iter().any(|effect| effect.name == name && !own(&effect)) {
                return Err(self.fence().carried(&name, span));
            }
        }
        let mut seen = Batched::new(self, lane);
        for effect in effects {
            let span = effect.span;
            let Some(whole) = self.over_all(lane, &mut seen, effect) else {
                return Err(self.fence().no_matrix_form(span));
            };
            self.effect_on(whole)?;
        }
        Ok(())
    }

    /// A change that a loop makes for each `k`, as one.
    fn over_all(&mut self, lane: &mut Lane, seen: &mut Batched, effect: Effect) -> Option<Effect> {
        let (row, col) = match &effect.at {
            Some((block, _)) => (self.moves(lane, seen, &block.row)?, self.moves(lane, seen, &block.col)?),
            None => (None, None),
        };
        match (row, col, &effect.at) {
            (None, None, _) if effect.adds => {
                let value = self.sum_over(lane, seen, effect.value)?;
                Some(Effect { value, ..effect })
            }
            // assigned to again and again
            (None, None, _) => None,
            (row, col, Some((block, shape))) => {
                let (value, block, shape) = self.spread_block(lane, seen, &effect, (row, col), block, *shape)?;
                Some(Effect { value, at: Some((block, shape)), ..effect })
            }
            _ => None,
        }
    }

    /// Where a position begins if it moves with `k`; none inside if it does not, none outside if it moves in another way.
    #[allow(clippy::option_option, reason = "both are said above")]
    fn moves(&self, lane: &Lane, seen: &Batched, index: &Index) -> Option<Option<Index>> {
        self.lane_position(lane, seen.names(), index).ok()
    }

    /// The block that all `k` fill together, and its entries.
    fn spread_block(
        &mut self,
        lane: &mut Lane,
        seen: &mut Batched,
        effect: &Effect,
        (row, col): (Option<Index>, Option<Index>),
        block: &Block,
        shape: Shape,
    ) -> Option<(crate::ir::NodeId, Block, Shape)> {
        let lanes = self.batch(lane, seen, effect.value)?;
        let lanes = match lanes {
            Lanes::Same(a) => {
                let all = super::all(&mut self.graph, lane.len, lanes);
                if self.shape(a).is_scalar() {
                    Lanes::Scalar(all)
                } else if shape.rows == Dim::ONE {
                    Lanes::Row(all)
                } else {
                    Lanes::Column(all)
                }
            }
            other => other,
        };
        match (row, col, lanes) {
            (Some(row), None, Lanes::Scalar(all) | Lanes::Row(all)) if shape.rows == Dim::ONE => {
                let block = Block { row, col: block.col.clone() };
                Some((all, block, Shape::new(lane.len, shape.cols)))
            }
            (None, Some(col), Lanes::Scalar(all) | Lanes::Column(all)) if shape.cols == Dim::ONE => {
                let turned = self.graph.transpose(all);
                let block = Block { row: block.row.clone(), col };
                Some((turned, block, Shape::new(shape.rows, lane.len)))
            }
            // the diagonal: what is off it stays
            (Some(row), Some(col), Lanes::Scalar(all)) if effect.adds => {
                let square = self.graph.unary(crate::ir::Kind::DiagMat, all);
                Some((square, Block { row, col }, Shape::new(lane.len, lane.len)))
            }
            _ => None,
        }
    }
}
