//! From leaves to roots.

use std::collections::HashMap;

use super::regions::{self, Outputs};
use super::sizes::Sizes;
use super::{Environment, EvalError, Inputs, Mat};
use crate::ir::{Attr, Dim, Graph, Kind, Node, NodeId, Output};
use crate::ops;

/// The values of `roots`.
///
/// # Errors
/// If a leaf or a size is missing, if sizes contradict each other, if an operation has no value at its operands, or if a value has
/// another shape than its node.
pub fn evaluate(graph: &Graph, roots: &[NodeId], environment: &Environment) -> Result<Vec<Mat>, EvalError> {
    let mut values = Vec::new();
    evaluate_missing(graph, roots, environment, &mut values)?;
    Ok(roots.iter().map(|id| operand(&values, *id).clone()).collect())
}

/// The values of `roots` and of all that they depend on, by node; those given already are kept.
///
/// # Errors
/// Those of [`evaluate`].
pub fn evaluate_missing(
    graph: &Graph,
    roots: &[NodeId],
    environment: &Environment,
    values: &mut Vec<Option<Mat>>,
) -> Result<(), EvalError> {
    let sizes = Sizes::of(graph, environment)?;
    values.resize(graph.nodes().len(), None);
    let mut several: HashMap<NodeId, Outputs> = HashMap::new();
    for id in graph.reachable(roots) {
        if matches!(graph.kind(id), Kind::Loop | Kind::Branch) {
            let args: Vec<&Mat> = graph.args(id).iter().map(|a| operand(values, *a)).collect();
            several.insert(id, regions::outputs(graph, id, &args, &sizes, environment)?);
            values[id.index()] = Some(Mat::scalar(0.0)); // its values are nodes of their own
        } else if values[id.index()].is_none() {
            values[id.index()] = Some(match graph.node(id).op.attr {
                Attr::Output(output) => {
                    of_several(graph, id, several.get(&graph.args(id)[0]).unwrap_or(&Vec::new()), output, &sizes)?
                }
                _ => value(graph, id, values, &sizes, environment)?,
            });
        }
    }
    Ok(())
}

/// The values of results of a region.
pub(super) fn evaluate_inside(graph: &Graph, results: &[NodeId], environment: &Environment) -> Result<Vec<Mat>, EvalError> {
    evaluate(graph, results, environment)
}

/// One of the values of a loop or a branch.
fn of_several(graph: &Graph, id: NodeId, all: &Outputs, output: Output, sizes: &Sizes<'_>) -> Result<Mat, EvalError> {
    let (node, kind) = (graph.node(id), Kind::Output);
    let found = all.iter().find(|(which, _)| *which == output).map(|(_, value)| value.clone());
    let found = found.ok_or(EvalError::Undefined { node: id, kind })?;
    let size = |dim: Dim| sizes.get(dim).ok_or(EvalError::UnknownSize { node: id, kind, dim: graph.dims.resolve(dim) });
    let claimed = (size(node.shape.rows)?, size(node.shape.cols)?);
    if found.shape() == claimed { Ok(found) } else { Err(EvalError::Shape { node: id, kind, claimed, found: found.shape() }) }
}

fn operand(values: &[Option<Mat>], id: NodeId) -> &Mat {
    values[id.index()].as_ref().unwrap_or_else(|| unreachable!("ir::Graph keeps operands before users"))
}

/// The value of one node, given those of its operands.
fn value(
    graph: &Graph,
    id: NodeId,
    values: &[Option<Mat>],
    sizes: &Sizes<'_>,
    environment: &Environment,
) -> Result<Mat, EvalError> {
    let node = graph.node(id);
    let kind = node.op.kind;
    let size = |dim: Dim| sizes.get(dim).ok_or(EvalError::UnknownSize { node: id, kind, dim: graph.dims.resolve(dim) });
    let claimed = (size(node.shape.rows)?, size(node.shape.cols)?);
    for dim in node.op.attr.dims() {
        size(dim)?;
    }
    check_given(id, node, environment)?;
    let args = node.args.iter().map(|a| operand(values, *a)).collect();
    let inputs = Inputs { node, args, shape: claimed, sizes, environment };
    let value = (ops::record(kind).eval)(&inputs).ok_or(EvalError::Undefined { node: id, kind })?;
    if value.shape() == claimed { Ok(value) } else { Err(EvalError::Shape { node: id, kind, claimed, found: value.shape() }) }
}

/// What only the environment knows has to be there.
fn check_given(id: NodeId, node: &Node, environment: &Environment) -> Result<(), EvalError> {
    let kind = node.op.kind;
    if matches!(kind, Kind::Param | Kind::Opaque | Kind::Delta) && environment.leaf(node).is_none() {
        return Err(EvalError::MissingLeaf { node: id, kind, which: format!("{:?}", node.op.attr) });
    }
    let mut codes = node.op.attr.positions().into_iter().filter_map(|index| index.code);
    match codes.find(|code| !environment.integers.contains_key(code)) {
        Some(code) => Err(EvalError::MissingInteger { node: id, kind, code }),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use super::*;
    use crate::ir::{Block, Extreme, Index, OpaqueId, Real, Region, Shape, Source, Ties};

    fn parameter(g: &mut Graph, index: usize, shape: Shape) -> NodeId {
        g.make_shaped(Kind::Param, Attr::Param(index), &[], shape)
    }

    fn value_of(g: &Graph, root: NodeId, environment: &Environment) -> Mat {
        evaluate(g, &[root], environment).unwrap().remove(0)
    }

    fn column(values: &[f64]) -> Mat {
        Mat::from_column_major(values.len(), 1, values.to_vec())
    }

    /// `X w`, with `X: n × p` and `w: p`.
    fn product(g: &mut Graph) -> NodeId {
        let (rows, cols) = (g.dims.dynamic(), g.dims.dynamic());
        let x = parameter(g, 0, Shape::new(rows, cols));
        let w = parameter(g, 1, Shape::column(cols));
        g.matmul(&[x, w])
    }

    fn product_environment() -> Environment {
        Environment::of_parameters([Mat::from_row_major(2, 3, &[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]), column(&[1.0, 0.0, -1.0])])
    }

    #[test]
    fn the_mean_square_of_a_linear_model() {
        let mut g = Graph::default();
        let m = product(&mut g);
        let n = g.shape(m).rows;
        let y = g.make_shaped(Kind::Opaque, Attr::Opaque(OpaqueId(0)), &[], Shape::column(n));
        let residual = g.sub(m, y);
        let squares = g.unary(Kind::NormSq, residual);
        let n = g.dim(n);
        let mean = g.div(squares, n);
        let environment = product_environment().with_opaque(OpaqueId(0), column(&[1.0, -3.0]));
        let values = evaluate(&g, &[m, mean], &environment).unwrap();
        assert_eq!(values, [column(&[-2.0, -2.0]), Mat::scalar(5.0)]);
    }

    #[test]
    fn blocks_begin_where_indices_say() {
        let mut g = Graph::default();
        let n = g.dims.dynamic();
        let a = parameter(&mut g, 0, Shape::column(n));
        let b = parameter(&mut g, 1, Shape::column(Dim::Const(5)));
        let tall = g.make(Kind::Stack, Attr::Grid(1), &[a, b]);
        let row = Index { base: 1, dims: vec![n], code: Some(OpaqueId(3)) };
        let block = Attr::Block(Block { row, col: Index::default() });
        let slice = g.make_shaped(Kind::Slice, block, &[tall], Shape::column(Dim::Const(2)));
        let environment = Environment::of_parameters([column(&[1.0, 2.0, 3.0]), column(&[4.0, 5.0, 6.0, 7.0, 8.0])]);
        let error = evaluate(&g, &[slice], &environment).unwrap_err();
        assert!(matches!(error, EvalError::MissingInteger { code: OpaqueId(3), .. }));
        assert_eq!(value_of(&g, slice, &environment.clone().with_integer(OpaqueId(3), 2)), column(&[7.0, 8.0]));
        // outside
        let error = evaluate(&g, &[slice], &environment.with_integer(OpaqueId(3), 3)).unwrap_err();
        assert!(matches!(error, EvalError::Undefined { kind: Kind::Slice, .. }));
    }

    #[test]
    fn extreme_entries_share_or_one_of_them_counts() {
        let shape = Shape::column(Dim::Const(5));
        let values = [column(&[-3.0, 2.0, 0.5, 2.0, -0.5]), column(&[10.0, 11.0, 12.0, 13.0, 14.0])];
        for (which, shared, one) in
            [(Extreme::Max, 12.0, 11.0), (Extreme::Min, 10.0, 10.0), (Extreme::AbsMax, 10.0, 10.0), (Extreme::AbsMin, 13.0, 14.0)]
        {
            for (ties, expected) in [(Ties::Shared, shared), (Ties::One, one)] {
                let mut g = Graph::default();
                let (a, y) = (parameter(&mut g, 0, shape), parameter(&mut g, 1, shape));
                let pick = g.make(Kind::Pick, Attr::Extreme(which, ties), &[a, y]);
                assert_eq!(value_of(&g, pick, &Environment::of_parameters(values.clone())), Mat::scalar(expected));
            }
        }
    }

    #[test]
    fn a_kernel_is_its_region_at_every_entry() {
        // s exp(x)
        let mut body = Graph::default();
        let (s, x) = (parameter(&mut body, 0, Shape::SCALAR), parameter(&mut body, 1, Shape::SCALAR));
        let exp = body.unary(Kind::Exp, x);
        let result = body.hadamard(&[s, exp]);
        let region = Attr::Region(Rc::new(Region { graph: body, results: vec![result] }));
        let mut g = Graph::default();
        let m = product(&mut g);
        let scale = parameter(&mut g, 2, Shape::SCALAR);
        let map = g.make(Kind::Map, region, &[scale, m]);
        let environment = product_environment().with_parameter(2, Mat::scalar(3.0));
        assert_eq!(value_of(&g, map, &environment), column(&[3.0 * (-2f64).exp(); 2]));
    }

    #[test]
    fn deltas_are_found_by_the_node_they_belong_to() {
        let mut g = Graph::default();
        let m = product(&mut g);
        let shape = g.shape(m);
        let delta = g.make_shaped(Kind::Delta, Attr::Of(m), &[], shape);
        let sum = g.add(m, delta);
        let environment = product_environment().with_delta(m, column(&[0.5, 0.25]));
        assert_eq!(value_of(&g, sum, &environment), column(&[-1.5, -1.75]));
    }

    #[test]
    fn what_is_missing_is_named() {
        let mut g = Graph::default();
        let m = product(&mut g);
        let error = evaluate(&g, &[m], &Environment::of_parameters([Mat::zeros(2, 3)])).unwrap_err();
        assert_eq!(error.to_string(), "node 1 (Param): Param(1) has no value");
        let free = g.dims.derived(Source::Code(OpaqueId(9)));
        let ones = g.filled(1.0, Shape::column(free));
        let error = evaluate(&g, &[ones], &Environment::new()).unwrap_err();
        assert!(matches!(error, EvalError::UnknownSize { kind: Kind::Fill, .. }), "{error}");
        assert_eq!(value_of(&g, ones, &Environment::new().with_size(free, 4)), column(&[1.0; 4]));
        assert_eq!(value_of(&g, ones, &Environment::new().with_integer(OpaqueId(9), 2)), column(&[1.0; 2]));
    }

    #[test]
    fn a_wrong_shape_is_told() {
        let mut g = Graph::default();
        let m = product(&mut g);
        let wrong = g.make_shaped(Kind::Transpose, Attr::None, &[m], Shape::column(Dim::Const(2)));
        let error = evaluate(&g, &[wrong], &product_environment()).unwrap_err();
        assert_eq!(error.to_string(), "node 3 (Transpose) is 2×1, but its value is 1×2");
    }

    #[test]
    fn what_does_not_exist_has_no_value() {
        let mut g = Graph::default();
        let a = parameter(&mut g, 0, Shape::new(Dim::Const(2), Dim::Const(2)));
        let inverse = g.unary(Kind::Inv, a);
        let error = evaluate(&g, &[inverse], &Environment::of_parameters([Mat::zeros(2, 2)])).unwrap_err();
        assert_eq!(error.to_string(), "node 1 (Inv) has no value at its operands");
    }

    #[test]
    fn only_what_is_asked_for_is_evaluated() {
        let mut g = Graph::default();
        let half = g.make_shaped(Kind::Const, Attr::Real(Real(0.5)), &[], Shape::SCALAR);
        parameter(&mut g, 0, Shape::SCALAR);
        assert_eq!(value_of(&g, half, &Environment::new()), Mat::scalar(0.5));
    }
}
