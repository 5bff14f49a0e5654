//! Structs of the module: made, and taken apart.

use std::rc::Rc;

use quote::{ToTokens, quote};
use syn::{Member, Type};

use super::value::{Binding, Integer};
use super::{Lowerer, Refusal, Value};
use crate::around::Structure;
use crate::ir::{Attr, Kind, NodeId, Variable};
use crate::parse::{NumForm, Tree, Whole, entries_name};

impl Lowerer<'_> {
    /// `Net { w, b: 2.0 * b, ..net }`
    pub(super) fn structure(&mut self, e: &syn::ExprStruct) -> Result<Value, Refusal> {
        let ty = Type::Path(syn::TypePath { qself: e.qself.clone(), path: e.path.clone() });
        let Some(structure) = self.surroundings().structure(&ty) else {
            e.fields.iter().try_for_each(|field| self.expression(&field.expr).map(|_| ()))?;
            return Err(self.fence().syntax(&syn::Expr::Struct(e.clone())));
        };
        let mut values: Vec<Option<Value>> = vec![None; structure.fields.len()];
        for field in &e.fields {
            let value = self.expression(&field.expr)?;
            let value = self.number(value)?;
            if let Some(at) = structure.fields.iter().position(|(member, _)| *member == field.member) {
                values[at] = Some(value);
            }
        }
        let rest = match &e.rest {
            Some(rest) => match self.expression(rest)? {
                Value::Struct(_, values) => values,
                other => return Err(self.fence().expected("a struct of the module", rest, &other)),
            },
            None => Vec::new(),
        };
        self.put_together(structure, values, &rest, e)
    }
    /// `Pair(a, b)`
    pub(super) fn tuple_struct(&mut self, path: &syn::Path, args: &[&syn::Expr]) -> Option<Result<Value, Refusal>> {
        let structure = self.surroundings().structure(&Type::Path(syn::TypePath { qself: None, path: path.clone() }))?;
        if structure.fields.len() != args.len() || !matches!(structure.fields.first(), Some((Member::Unnamed(_), _))) {
            return None;
        }
        let values: Result<Vec<Option<Value>>, Refusal> = args
            .iter()
            .map(|e| {
                let value = self.expression(e)?;
                self.number(value).map(Some)
            })
            .collect();
        Some(values.and_then(|values| self.put_together(structure, values, &[], path)))
    }
    fn put_together(
        &mut self,
        structure: Structure,
        values: Vec<Option<Value>>,
        rest: &[Value],
        e: &impl ToTokens,
    ) -> Result<Value, Refusal> {
        let values = values.into_iter().enumerate().map(|(i, value)| value.or_else(|| rest.get(i).cloned()));
        match values.collect::<Option<Vec<_>>>() {
            Some(values) => Ok(Value::Struct(Rc::new(structure), values)),
            None => Err(self.fence().unfinished_struct(e)),
        }
    }

    /// The parts of parameters are parameters of their own, under names of ours.
    pub(super) fn declare_parts(&mut self) {
        let params = &self.input.signature.params;
        for (i, param) in params.iter().enumerate().filter(|(_, param)| param.part.is_some()) {
            let Some(ty) = &param.kind else { continue };
            match ty.list {
                Some(_) => self.prologue.declare_list(&param.ident, &entries_name(&param.ident), true),
                None => self.prologue.declare_parameter(&param.ident, true, true),
            };
            let shape = self.shape_of_type(ty);
            let id = self.graph.make_shaped(Kind::Param, Attr::Param(i), &[], shape);
            self.spans.insert(id, param.span);
            self.add_sources(shape, Variable::Param(i), ty);
            self.parts.push(id);
        }
        for whole in &self.input.arguments.wholes {
            let Some(value) = self.of_parts(whole) else { continue };
            let name = whole.root.to_string();
            let binding = match self.lookup(&name) {
                Some(binding) => Binding { value, active: true, ..binding.clone() },
                None => {
                    let variable = self.prologue.declare(&name, true);
                    Binding { active: true, by_ref: true, ..Binding::carried(value, variable) }
                }
            };
            self.bind(&name, binding);
        }
    }
    fn of_parts(&mut self, whole: &Whole) -> Option<Value> {
        let nodes = self.parts.clone();
        self.of_tree(whole, &whole.tree, &whole.ty, &nodes)
    }
    fn of_tree(&mut self, whole: &Whole, tree: &Tree, ty: &Type, nodes: &[NodeId]) -> Option<Value> {
        let place = self.surroundings().clone();
        match tree {
            Tree::Part(p) => {
                let id = *nodes.iter().find(|id| self.graph.node(**id).op.attr == Attr::Param(*p))?;
                let kind = self.input.signature.params[*p].kind.as_ref()?;
                Some(match (kind.list, &kind.form) {
                    (Some(list), _) => Value::List(id, list.element),
                    (None, NumForm::Scalar) => Value::Scalar(id),
                    (None, NumForm::Matrix { .. }) => Value::Matrix(id),
                })
            }
            Tree::Kept(access) => {
                let root = &whole.root;
                let code = quote!(#root #access);
                Some(if super::is_integer(&place.plain(ty)) { Value::Int(Integer::code(code)) } else { Value::Code })
            }
            Tree::Struct(_, fields) => {
                let structure = place.structure(ty)?;
                let types = structure.fields.clone();
                let values = fields.iter().zip(&types).map(|((_, tree), (_, ty))| self.of_tree(whole, tree, ty, nodes));
                Some(Value::Struct(Rc::new(structure), values.collect::<Option<_>>()?))
            }
            Tree::Tuple(all) => {
                let Type::Tuple(tuple) = place.plain(ty) else { return None };
                let values = all.iter().zip(&tuple.elems).map(|(tree, ty)| self.of_tree(whole, tree, ty, nodes));
                Some(Value::Tuple(values.collect::<Option<_>>()?))
            }
            Tree::Array(all) => {
                let Type::Array(array) = place.plain(ty) else { return None };
                let values = all.iter().map(|tree| self.of_tree(whole, tree, &array.elem, nodes));
                Some(Value::Tuple(values.collect::<Option<_>>()?))
            }
        }
    }
}
