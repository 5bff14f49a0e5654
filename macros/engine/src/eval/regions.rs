//! Loops and branches, iteration by iteration.

use super::evaluate::evaluate_inside;
use super::sizes::Sizes;
use super::{Environment, EvalError, Mat};
use crate::ir::{Attr, Branch, Condition, Graph, Loop, NodeId, Output, Region};

/// The values of a loop or a branch, by output.
pub(super) type Outputs = Vec<(Output, Mat)>;

/// All values of a loop or a branch, given those of its operands.
pub(super) fn outputs(
    graph: &Graph,
    id: NodeId,
    args: &[&Mat],
    sizes: &Sizes<'_>,
    environment: &Environment,
) -> Result<Outputs, EvalError> {
    let undefined = || EvalError::Undefined { node: id, kind: graph.kind(id) };
    let args: Vec<Mat> = args.iter().map(|a| (*a).clone()).collect();
    match &graph.node(id).op.attr {
        Attr::Loop(l) => {
            let count = sizes.get(l.count).ok_or_else(undefined)?;
            iterated(l, args, count, sizes, environment)
        }
        Attr::Branch(b) => chosen(b, &args, sizes, environment).ok_or_else(undefined)?,
        _ => Err(undefined()),
    }
}

fn iterated(
    l: &Loop,
    mut args: Vec<Mat>,
    count: usize,
    sizes: &Sizes<'_>,
    environment: &Environment,
) -> Result<Outputs, EvalError> {
    let mut sums: Vec<Option<Mat>> = vec![None; l.sums()];
    for step in 0..count {
        let k = if l.backward { count - 1 - step } else { step };
        let inside = environment.clone().with_integer(l.index, k);
        let mut results = run(&l.body, &args, sizes, &inside)?;
        let parts = results.split_off(l.carried);
        args.splice(..l.carried, results);
        for (sum, part) in sums.iter_mut().zip(parts) {
            *sum = Some(match sum.take() {
                Some(sum) => Mat::from_fn(part.rows, part.cols, |r, c| sum.at(r, c) + part.at(r, c)),
                None => part,
            });
        }
    }
    let mut outputs: Outputs = args.into_iter().take(l.carried).enumerate().map(|(i, a)| (Output::Last(i), a)).collect();
    for (i, sum) in sums.into_iter().enumerate() {
        let shape = l.body.graph.shape(l.result(Output::Sum(i)));
        let empty = || Some(Mat::zeros(sizes.get(shape.rows)?, sizes.get(shape.cols)?));
        outputs.extend(sum.or_else(empty).map(|sum| (Output::Sum(i), sum)));
    }
    Ok(outputs)
}

fn chosen(b: &Branch, args: &[Mat], sizes: &Sizes<'_>, environment: &Environment) -> Option<Result<Outputs, EvalError>> {
    let holds = match b.condition {
        Condition::Code(code) => *environment.integers.get(&code)? != 0,
        Condition::Compare(cmp) => cmp.holds(args[0].at(0, 0), args[1].at(0, 0)),
    };
    let side = if holds { &b.then } else { &b.otherwise };
    let results = run(side, args, sizes, environment);
    Some(results.map(|all| all.into_iter().enumerate().map(|(i, a)| (Output::Last(i), a)).collect()))
}

fn run(region: &Region, args: &[Mat], sizes: &Sizes<'_>, environment: &Environment) -> Result<Vec<Mat>, EvalError> {
    let mut inside = Environment::of_parameters(args.iter().cloned());
    inside.opaques.clone_from(&environment.opaques);
    inside.integers.clone_from(&environment.integers);
    // a region may be older than some of the dimensions outside
    inside.sizes = sizes.all().into_iter().filter(|(dim, _)| region.graph.dims.holds(*dim)).collect();
    evaluate_inside(&region.graph, &region.results, &inside)
}
