//! What several records share.

use crate::ir::{Attr, Dims, Graph, Kind, Mismatch, NodeId, Shape};
use crate::print::Text;

/// All operands have one shape, and so has the result.
pub fn same_shape(dims: &mut Dims, _: &Attr, shapes: &[Shape]) -> Result<Shape, Mismatch> {
    let mut shape = shapes.first().copied().unwrap_or(Shape::SCALAR);
    for other in shapes {
        shape = Shape::new(dims.unify(shape.rows, other.rows)?, dims.unify(shape.cols, other.cols)?);
    }
    Ok(shape)
}

/// A scalar, whatever the operands.
#[allow(clippy::unnecessary_wraps)] // the type of a shape rule
pub fn scalar(_: &mut Dims, _: &Attr, _: &[Shape]) -> Result<Shape, Mismatch> {
    Ok(Shape::SCALAR)
}

/// A square matrix, and a result of its shape.
pub fn square(dims: &mut Dims, _: &Attr, shapes: &[Shape]) -> Result<Shape, Mismatch> {
    let n = dims.unify(shapes[0].rows, shapes[0].cols)?;
    Ok(Shape::new(n, n))
}

/// A square matrix, and a scalar result.
pub fn square_to_scalar(dims: &mut Dims, _: &Attr, shapes: &[Shape]) -> Result<Shape, Mismatch> {
    dims.unify(shapes[0].rows, shapes[0].cols)?;
    Ok(Shape::SCALAR)
}

/// Nodes of this operation are made with their shape.
#[allow(clippy::unnecessary_wraps)] // the type of a shape rule
pub fn given(_: &mut Dims, _: &Attr, shapes: &[Shape]) -> Result<Shape, Mismatch> {
    Ok(shapes.first().copied().unwrap_or(Shape::SCALAR))
}

/// `name(a, b)`.
pub fn function(name: &str, args: &[Text]) -> Text {
    let args: Vec<&str> = args.iter().map(Text::as_str).collect();
    Text::atom(format!("{name}({})", args.join(", ")))
}

/// `Aᵀ` unless it is scalar.
pub fn tr(g: &mut Graph, id: NodeId) -> NodeId {
    g.transpose(id)
}

/// Sum of the parts that are there.
pub fn total(g: &mut Graph, parts: &[Option<NodeId>]) -> Option<NodeId> {
    let terms: Vec<(f64, NodeId)> = parts.iter().flatten().map(|p| (1.0, *p)).collect();
    (!terms.is_empty()).then(|| g.lin(&terms))
}

/// `σ'(X) ∘ dX`: the differential of an elementwise function whose derivative is `slope`.
pub fn chain(g: &mut Graph, slope: NodeId, dx: NodeId) -> NodeId {
    g.hadamard(&[slope, dx])
}

/// An operation of several operands without attribute.
pub fn op(g: &mut Graph, kind: Kind, args: &[NodeId]) -> NodeId {
    g.make(kind, Attr::None, args)
}
