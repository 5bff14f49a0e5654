//! Types, known by their spelling.

use std::fmt;

use proc_macro2::Span;
use syn::spanned::Spanned;
use syn::{
    Expr, GenericArgument, GenericParam, Generics, Ident, Lit, Path, PathArguments, Stmt, Type, TypeParamBound, WherePredicate,
};

use super::aliases::{self, Side, Storage};
use super::lists::List;
use crate::around::Place;

/// A floating-point type.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ScalarType {
    /// `f32`
    F32,
    /// `f64`
    F64,
    /// `T: RealField`, of the function or of the `impl` around it.
    Generic(Ident),
}

/// A type of numbers that can be differentiated.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NumType {
    /// The type of its entries.
    pub scalar: ScalarType,
    /// What it is made of them.
    pub form: NumForm,
    /// How it is spelt, if not as a type of nalgebra's.
    pub list: Option<List>,
}

/// A number or a matrix of them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum NumForm {
    /// The scalar itself.
    Scalar,
    /// A matrix; vectors have one column, row vectors one row.
    Matrix {
        /// Its rows.
        rows: TypeDim,
        /// Its columns.
        cols: TypeDim,
        /// Whether the entries may be borrowed: a view, or a matrix of any storage.
        view: bool,
    },
}

/// A dimension, as a type says it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum TypeDim {
    /// `3`, `Const<3>`, `U3`
    Const(usize),
    /// `Dyn`
    Dyn,
    /// `N`, `Const<N>`: a const parameter or a constant.
    ConstGeneric(Ident),
    /// `D: Dim`
    TypeGeneric(Ident),
}

/// Why a type is none of ours.
#[derive(Clone, Debug)]
pub(super) enum Unread {
    /// `&mut T`, a mutable view.
    Mutable,
    /// Integers, complex numbers, text, and matrices of them.
    NotReal,
    /// A type parameter without `RealField`.
    Unbounded(Ident),
    /// One of nalgebra's names, with arguments beyond us.
    Dimension(Span),
    /// Anything else.
    Unknown,
}

/// Reads types in the scope of one function.
#[derive(Clone, Copy)]
pub(super) struct Reader<'a> {
    /// The parameters and bounds of the function.
    pub(super) generics: &'a Generics,
    /// Type parameters from around the function that are known to be scalars.
    pub(super) scalars: &'a [Ident],
    /// What `_` stands for, as a scalar.
    pub(super) inferred: Option<&'a ScalarType>,
    /// What stands around the function.
    pub(super) place: Option<&'a Place>,
}

/// The type of numbers that a type spells, behind references and parentheses.
#[must_use]
pub fn read_type(ty: &Type, generics: &Generics) -> Option<NumType> {
    Reader { generics, scalars: &[], inferred: None, place: None }.read(ty).ok()
}

/// The primitive type that a type is, by its name or as `core::primitive::f64`.
pub(crate) fn primitive(ty: &Type) -> Option<&Ident> {
    let path = path(bare(ty))?;
    let names: Vec<&Ident> = path.segments.iter().filter(|s| s.arguments.is_none()).map(|s| &s.ident).collect();
    match names[..] {
        [name] if path.segments.len() == 1 => Some(name),
        [root, module, name] if module == "primitive" && (root == "core" || root == "std") => Some(name),
        _ => None,
    }
}

/// The type inside parentheses and the invisible brackets of declarative macros.
pub(super) fn bare(mut ty: &Type) -> &Type {
    loop {
        match ty {
            Type::Paren(inner) => ty = &inner.elem,
            Type::Group(inner) => ty = &inner.elem,
            _ => return ty,
        }
    }
}

impl Reader<'_> {
    pub(super) fn read(self, ty: &Type) -> Result<NumType, Unread> {
        let mut ty = bare(ty);
        while let Type::Reference(inner) = ty {
            if inner.mutability.is_some() {
                return Err(Unread::Mutable);
            }
            ty = bare(&inner.elem);
        }
        match (path(ty), ty) {
            (Some(path), _) => match self.meaning(path)? {
                Some(target) => self.read(&target),
                None => self.path(path),
            },
            (None, Type::Infer(_)) => self.inferred.map(|s| NumType::scalar(s.clone())).ok_or(Unread::Unknown),
            (None, _) => Err(Unread::Unknown),
        }
    }

    /// What an alias stands for; a type of the user's own is none of ours, whatever it is called.
    pub(super) fn meaning(self, path: &Path) -> Result<Option<Type>, Unread> {
        let Some(place) = self.place.filter(|place| place.is_seen()) else { return Ok(None) };
        if path.get_ident().is_some_and(|name| self.generics.type_params().any(|p| p.ident == *name)) {
            return Ok(None);
        }
        match place.alias(path) {
            Some(target) => Ok(Some(target)),
            None if place.is_own(path) => Err(Unread::Unknown),
            None => Ok(None),
        }
    }

    fn path(self, path: &Path) -> Result<NumType, Unread> {
        let last = path.segments.last().ok_or(Unread::Unknown)?;
        let PathArguments::AngleBracketed(brackets) = &last.arguments else {
            return self.scalar_path(path, false).map(NumType::scalar);
        };
        let Some(layout) = aliases::layout(&last.ident.to_string()) else {
            return Err(if last.ident == "Complex" { Unread::NotReal } else { Unread::Unknown });
        };
        let arguments: Vec<_> =
            brackets.args.iter().filter(|a| matches!(a, GenericArgument::Type(_) | GenericArgument::Const(_))).collect();
        let [GenericArgument::Type(scalar), arguments @ ..] = &arguments[..] else { return Err(Unread::Unknown) };
        let scalar = self.scalar(scalar)?;
        let view = match layout.storage {
            Storage::Owned => false,
            Storage::View => true,
            Storage::ViewMut => return Err(Unread::Mutable),
            Storage::Argument(i) => is_view(arguments.get(i).ok_or(Unread::Unknown)?)?,
        };
        let side = |side| self.side(side, arguments);
        Ok(NumType { scalar, form: NumForm::Matrix { rows: side(layout.rows)?, cols: side(layout.cols)?, view }, list: None })
    }

    /// The type of a matrix's entries.
    fn scalar(self, ty: &Type) -> Result<ScalarType, Unread> {
        let ty = bare(ty);
        match path(ty) {
            Some(path) => match self.meaning(path)? {
                Some(target) => self.scalar(&target),
                None => self.scalar_path(path, true),
            },
            None if matches!(ty, Type::Infer(_)) => self.inferred.cloned().ok_or(Unread::Unknown),
            None => Err(Unread::Unknown),
        }
    }

    /// A scalar by its path. Names from around the function are `trusted` where only a scalar can stand.
    fn scalar_path(self, path: &Path, trusted: bool) -> Result<ScalarType, Unread> {
        let last = path.segments.last().ok_or(Unread::Unknown)?;
        match last.ident.to_string().as_str() {
            "Complex" => return Err(Unread::NotReal),
            _ if !last.arguments.is_none() => return Err(Unread::Unknown),
            "f32" => return Ok(ScalarType::F32),
            "f64" => return Ok(ScalarType::F64),
            name if is_other_primitive(name) => return Err(Unread::NotReal),
            _ => {}
        }
        let name = path.get_ident().filter(|i| *i != "Self").ok_or(Unread::Unknown)?;
        let bounded = has_bound(self.generics, name, &["RealField"]);
        match self.generics.type_params().find(|p| p.ident == *name) {
            Some(own) if !bounded => Err(Unread::Unbounded(own.ident.clone())),
            None if !bounded && !trusted && !self.scalars.contains(name) => Err(Unread::Unknown),
            _ => Ok(ScalarType::Generic(name.clone())),
        }
    }

    fn side(self, side: Side, arguments: &[&GenericArgument]) -> Result<TypeDim, Unread> {
        match side {
            Side::Fixed(n) => Ok(TypeDim::Const(n)),
            Side::Dynamic => Ok(TypeDim::Dyn),
            Side::Number(i) => numbered(arguments.get(i).ok_or(Unread::Unknown)?),
            Side::Level(i) => self.level(arguments.get(i).ok_or(Unread::Unknown)?),
        }
    }

    /// A dimension that is a type.
    fn level(self, argument: &GenericArgument) -> Result<TypeDim, Unread> {
        let unread = || Unread::Dimension(argument.span());
        let GenericArgument::Type(ty) = argument else { return Err(unread()) };
        let path = path(bare(ty)).ok_or_else(unread)?;
        let last = path.segments.last().ok_or_else(unread)?;
        if let Some(own) = path.get_ident().filter(|i| self.generics.type_params().any(|p| p.ident == **i)) {
            return Ok(TypeDim::TypeGeneric(own.clone()));
        }
        let name = last.ident.to_string();
        let numbered = name.strip_prefix('U').filter(|n| !n.starts_with(['0', '+'])).and_then(|n| n.parse().ok());
        match (&last.arguments, numbered) {
            (PathArguments::AngleBracketed(brackets), _) if name == "Const" && brackets.args.len() == 1 => {
                self::numbered(&brackets.args[0])
            }
            (PathArguments::None, _) if name == "Dyn" || name == "Dynamic" => Ok(TypeDim::Dyn),
            (PathArguments::None, Some(n)) if n <= 127 => Ok(TypeDim::Const(n)),
            _ => path.get_ident().filter(|i| *i != "Self").cloned().map(TypeDim::TypeGeneric).ok_or_else(unread),
        }
    }
}

/// Whether a type parameter has one of these bounds, by the last segments of their paths.
pub(crate) fn has_bound(generics: &Generics, name: &Ident, traits: &[&str]) -> bool {
    let inline = generics.params.iter().filter_map(|p| match p {
        GenericParam::Type(p) if p.ident == *name => Some(&p.bounds),
        _ => None,
    });
    let clauses = generics.where_clause.iter().flat_map(|w| &w.predicates).filter_map(|p| match p {
        WherePredicate::Type(p) if path(bare(&p.bounded_ty)).is_some_and(|b| b.is_ident(name)) => Some(&p.bounds),
        _ => None,
    });
    inline.chain(clauses).flatten().any(|bound| match bound {
        TypeParamBound::Trait(t) => t.path.segments.last().is_some_and(|s| traits.iter().any(|t| s.ident == t)),
        _ => false,
    })
}

/// The path of a type that is one, and no projection.
pub(super) fn path(ty: &Type) -> Option<&Path> {
    match ty {
        Type::Path(ty) if ty.qself.is_none() => Some(&ty.path),
        _ => None,
    }
}

/// A dimension that is a number, or why it is none.
fn numbered(argument: &GenericArgument) -> Result<TypeDim, Unread> {
    number(argument).ok_or(Unread::Dimension(argument.span()))
}

/// A dimension that is a number: `3`, `N`, `{ 3 }`, `{ N }`.
pub(crate) fn number(argument: &GenericArgument) -> Option<TypeDim> {
    let read = match argument {
        GenericArgument::Type(ty) => path(bare(ty)).and_then(Path::get_ident).cloned().map(TypeDim::ConstGeneric),
        GenericArgument::Const(expr) => constant(expr),
        _ => None,
    };
    read.filter(|d| *d != TypeDim::ConstGeneric(Ident::new("Self", Span::call_site())))
}

pub(super) fn constant(mut expr: &Expr) -> Option<TypeDim> {
    loop {
        match expr {
            Expr::Lit(lit) => match &lit.lit {
                Lit::Int(n) => return n.base10_parse().ok().map(TypeDim::Const),
                _ => return None,
            },
            Expr::Path(p) if p.qself.is_none() => return p.path.get_ident().cloned().map(TypeDim::ConstGeneric),
            Expr::Paren(inner) => expr = &inner.expr,
            Expr::Group(inner) => expr = &inner.expr,
            Expr::Block(block) => match &block.block.stmts[..] {
                [Stmt::Expr(inner, None)] => expr = inner,
                _ => return None,
            },
            _ => return None,
        }
    }
}

/// Whether a matrix of this storage may borrow its entries.
fn is_view(storage: &GenericArgument) -> Result<bool, Unread> {
    let GenericArgument::Type(ty) = storage else { return Err(Unread::Unknown) };
    let name = path(bare(ty)).and_then(|p| p.segments.last()).map(|s| s.ident.to_string());
    match name.as_deref() {
        Some("ArrayStorage" | "VecStorage" | "Owned") => Ok(false),
        Some("ViewStorageMut") => Err(Unread::Mutable),
        _ => Ok(true),
    }
}

fn is_other_primitive(name: &str) -> bool {
    const OTHERS: [&str; 20] = [
        "i8",
        "i16",
        "i32",
        "i64",
        "i128",
        "isize",
        "u8",
        "u16",
        "u32",
        "u64",
        "u128",
        "usize",
        "f16",
        "f128",
        "bool",
        "char",
        "str",
        "String",
        "Complex32",
        "Complex64",
    ];
    OTHERS.contains(&name)
}

impl NumType {
    /// The type of its own entries, not of borrowed ones.
    pub(crate) fn owned(mut self) -> Self {
        if let NumForm::Matrix { view, .. } = &mut self.form {
            *view = false;
        }
        self
    }
    fn scalar(scalar: ScalarType) -> Self {
        Self { scalar, form: NumForm::Scalar, list: None }
    }
}

impl fmt::Display for ScalarType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::F32 => f.write_str("f32"),
            Self::F64 => f.write_str("f64"),
            Self::Generic(name) => name.fmt(f),
        }
    }
}

impl fmt::Display for TypeDim {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Const(n) => n.fmt(f),
            Self::Dyn => f.write_str("Dyn"),
            Self::ConstGeneric(name) | Self::TypeGeneric(name) => name.fmt(f),
        }
    }
}
