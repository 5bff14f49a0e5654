//! Slices, arrays and `Vec`s of numbers: matrices under another type.
//!
//! A list of numbers is a column; a list of vectors or of arrays is the matrix whose columns these are.

use proc_macro2::{Ident, Span};
use quote::format_ident;
use syn::{GenericArgument, PathArguments, Type};

use super::types::{NumForm, NumType, Reader, TypeDim, Unread, bare, constant, path};

/// How a matrix is spelt that is no type of nalgebra's.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct List {
    /// What the items stand in.
    pub container: Container,
    /// What they are.
    pub element: Element,
}

/// What the items of a list stand in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Container {
    /// `[T]`, behind a reference.
    Slice,
    /// `[T; N]`
    Array,
    /// `Vec<T>`
    Vec,
}

/// What the items of a list are.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Element {
    /// The entries.
    Number,
    /// The columns, as arrays.
    Array,
    /// The columns, as vectors.
    Vector,
}

impl Reader<'_> {
    /// The type of numbers that a type spells, lists of them included.
    pub(super) fn read_listed(self, ty: &Type) -> Result<NumType, Unread> {
        let mut inner = bare(ty);
        while let Type::Reference(reference) = inner {
            if reference.mutability.is_some() {
                return Err(Unread::Mutable);
            }
            inner = bare(&reference.elem);
        }
        let (container, length, item) = match inner {
            Type::Slice(slice) => (Container::Slice, TypeDim::Dyn, &*slice.elem),
            Type::Array(array) => (Container::Array, constant(&array.len).ok_or(Unread::Unknown)?, &*array.elem),
            _ => match (vec_item(inner), path(inner).map_or(Ok(None), |path| self.meaning(path))?) {
                (_, Some(target)) => return self.read_listed(&target),
                (Some(item), None) => (Container::Vec, TypeDim::Dyn, item),
                (None, None) => return self.read(ty),
            },
        };
        let item = bare(item);
        if let Type::Array(array) = item {
            let of = self.read(&array.elem)?;
            let rows = constant(&array.len).ok_or(Unread::Unknown)?;
            let list = Some(List { container, element: Element::Array });
            let form = NumForm::Matrix { rows, cols: length, view: false };
            return if of.form == NumForm::Scalar { Ok(NumType { form, list, ..of }) } else { Err(Unread::Unknown) };
        }
        if matches!(item, Type::Reference(_)) {
            return Err(Unread::Unknown);
        }
        let of = self.read(item)?;
        match of.form.clone() {
            NumForm::Scalar => {
                let form = NumForm::Matrix { rows: length, cols: TypeDim::Const(1), view: false };
                Ok(NumType { form, list: Some(List { container, element: Element::Number }), ..of })
            }
            NumForm::Matrix {
                rows: rows @ (TypeDim::Const(_) | TypeDim::ConstGeneric(_)),
                cols: TypeDim::Const(1),
                view: false,
            } => {
                let form = NumForm::Matrix { rows, cols: length, view: false };
                Ok(NumType { form, list: Some(List { container, element: Element::Vector }), ..of })
            }
            NumForm::Matrix { .. } => Err(Unread::Unknown),
        }
    }
}

/// `T` of `Vec<T>`.
fn vec_item(ty: &Type) -> Option<&Type> {
    let last = path(ty)?.segments.last().filter(|s| s.ident == "Vec")?;
    let PathArguments::AngleBracketed(brackets) = &last.arguments else { return None };
    match brackets.args.first()? {
        GenericArgument::Type(item) if brackets.args.len() == 1 => Some(item),
        _ => None,
    }
}

/// The type of the items of a list, as written.
pub(crate) fn item_type(ty: &Type) -> Option<&Type> {
    match bare(ty) {
        Type::Reference(inner) => item_type(&inner.elem),
        Type::Slice(slice) => Some(&slice.elem),
        Type::Array(array) => Some(&array.elem),
        other => vec_item(other),
    }
}

/// The name of ours under which companions read a list as a matrix.
pub(crate) fn entries_name(list: &Ident) -> Ident {
    let name = list.to_string();
    format_ident!("__{}_entries", name.trim_start_matches("r#"), span = Span::mixed_site())
}
