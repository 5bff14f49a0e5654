//! Variables of the companions as values: one whose code stays whole, and one that may change.

use proc_macro2::{Ident, Span};
use quote::{ToTokens, quote};

use super::prologue::VariableId;
use super::value::{Binding, Constant, Integer};
use super::{Lowerer, Opaque, Value};
use crate::ir::{Attr, Axis, Dim, NodeId, OpaqueId, Shape, Source, Variable};
use crate::parse::{NumForm, NumType, ScalarType, TypeDim};

impl Lowerer<'_> {
    /// A variable whose value has a shape and no formula: it may change, or its code stays whole.
    pub(super) fn as_variable(
        &mut self,
        name: &Ident,
        value: Value,
        ty: Option<NumType>,
        by_ref: bool,
        variable: VariableId,
    ) -> Value {
        match value.node() {
            Some(node) => {
                let shape = self.fresh_shape(self.shape(node));
                let ty = ty.unwrap_or_else(|| self.inferred_type(&value, shape));
                let id = self.variable_opaque(name, shape, Some(ty), by_ref, Some(variable));
                match (self.opaque_value(id, shape), value) {
                    (Value::Scalar(id), Value::Matrix(_)) => Value::Matrix(id),
                    (value, _) => value,
                }
            }
            None => match value {
                Value::Int(_) => Value::Int(Integer::code(quote!(#name))),
                Value::Constant(constant) => Value::Constant(Constant { code: quote!(#name), ..constant }),
                _ => Value::Code,
            },
        }
    }

    /// The type of a number, or of a matrix: what is not static here is not so in its type, whatever turns out to be equal later.
    pub(super) fn inferred_type(&self, value: &Value, shape: Shape) -> NumType {
        let side = |dim: Dim| match (self.graph.dims.resolve(dim), self.graph.dims.generic_name(dim)) {
            (Dim::Const(n), _) => TypeDim::Const(n),
            (_, Some(name)) => TypeDim::ConstGeneric(Ident::new(name, Span::mixed_site())),
            _ => TypeDim::Dyn,
        };
        let form = match value {
            Value::Scalar(_) => NumForm::Scalar,
            _ => NumForm::Matrix { rows: side(shape.rows), cols: side(shape.cols), view: true },
        };
        NumType { scalar: self.input.signature.scalar.clone().unwrap_or(ScalarType::F64), form, list: None }
    }

    /// What a mutable variable holds here and now, and the name of ours that keeps it.
    pub(super) fn snapshot(&mut self, name: &Ident, binding: &Binding) -> (Value, Option<Ident>) {
        match &binding.value {
            value @ (Value::Scalar(node) | Value::Matrix(node)) => {
                let of = self.current_opaque(*node);
                // it may have another size each time
                let shape = self.fresh_shape(self.shape(*node));
                let held = self.prologue.hold(name, of.as_ref());
                let borrowed = of.as_ref().is_some_and(|o| o.by_ref || o.is_view());
                let (ty, by_ref) = of.map_or((None, binding.by_ref), |o| (o.ty.map(owned), false));
                let id = self.variable_opaque(&held, shape, ty, by_ref, None);
                self.prologue.opaques[id.0 as usize].text = name.to_string();
                let value = match (self.opaque_value(id, shape), value) {
                    (Value::Scalar(id), Value::Matrix(_)) => Value::Matrix(id),
                    (value, _) => value,
                };
                (value, Some(held).filter(|_| !borrowed))
            }
            Value::Int(_) => {
                let held = self.prologue.hold(name, None);
                (Value::Int(Integer::code(quote!(#held))), Some(held))
            }
            Value::Constant(_) => {
                let held = self.prologue.hold(name, None);
                (Value::Constant(Constant { code: quote!(#held), text: name.to_string() }), Some(held))
            }
            other => (other.clone(), None),
        }
    }

    /// The piece of code, or the parameter as one, that a node is.
    pub(super) fn current_opaque(&self, node: NodeId) -> Option<Opaque> {
        match self.graph.node(node).op.attr {
            Attr::Opaque(id) => self.prologue.opaques.get(id.0 as usize).cloned(),
            Attr::Param(p) => {
                let param = &self.input.signature.params[p];
                let code = param.ident.to_token_stream();
                Some(Opaque {
                    code,
                    text: param.ident.to_string(),
                    by_ref: param.by_ref,
                    ty: param.kind.clone(),
                    variable: None,
                    is_difference: false,
                })
            }
            _ => None,
        }
    }

    /// The same static dimensions, and run-time ones of which nothing is known.
    pub(super) fn fresh_shape(&mut self, shape: Shape) -> Shape {
        let mut fresh = |dim| if self.graph.dims.is_static(dim) { dim } else { self.graph.dims.dynamic() };
        Shape::new(fresh(shape.rows), fresh(shape.cols))
    }

    /// A variable as a piece of code that tells the dimensions of its value.
    pub(super) fn variable_opaque(
        &mut self,
        name: &Ident,
        shape: Shape,
        ty: Option<NumType>,
        by_ref: bool,
        variable: Option<VariableId>,
    ) -> OpaqueId {
        let (code, text) = (name.to_token_stream(), name.to_string());
        let typed = |declared: fn(&NumForm) -> Option<&TypeDim>| {
            ty.as_ref().and_then(|ty| declared(&ty.form)).is_some_and(|d| !matches!(d, TypeDim::Dyn))
        };
        let rows_typed = typed(|f| if let NumForm::Matrix { rows, .. } = f { Some(rows) } else { None });
        let cols_typed = typed(|f| if let NumForm::Matrix { cols, .. } = f { Some(cols) } else { None });
        let id = self.prologue.opaque(Opaque { code, text, by_ref, ty, variable, is_difference: false });
        for (dim, axis, typed) in [(shape.rows, Axis::Rows, rows_typed), (shape.cols, Axis::Cols, cols_typed)] {
            let source = Source::Variable { variable: Variable::Opaque(id), axis, typed };
            if matches!(self.graph.dims.resolve(dim), Dim::Sym(_)) && (typed || !self.graph.dims.is_static(dim)) {
                self.graph.dims.add_source(dim, source);
            }
        }
        id
    }
}

/// The type of a copy.
fn owned(ty: NumType) -> NumType {
    match ty.form {
        NumForm::Matrix { rows, cols, .. } => NumType { form: NumForm::Matrix { rows, cols, view: false }, ..ty },
        NumForm::Scalar => ty,
    }
}
