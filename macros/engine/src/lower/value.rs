//! What an expression stands for.

use std::collections::HashMap;
use std::rc::Rc;

use proc_macro2::{Ident, TokenStream};

use crate::around::Structure;
use crate::ir::{Dim, Index, Kind, NodeId};
use crate::parse::Element;

/// The value of an expression.
#[derive(Clone, Debug)]
pub enum Value {
    /// Of the floating-point type. Inside the closure of `map` the node is the matrix of all its values.
    Scalar(NodeId),
    /// One of nalgebra's matrices.
    Matrix(NodeId),
    /// A factorization, by its node.
    Factor(NodeId),
    /// An `Option` that `?`, `unwrap` or `expect` has to open: what it holds.
    Fallible(Kind, Vec<NodeId>),
    /// `Some(..)`.
    Some(Box<Value>),
    /// An item that is there unless the function panics: `x.first()`, to be opened with `unwrap` or `expect`.
    Item(Box<Value>),
    /// An integer.
    Int(Integer),
    /// A constant, or an expression of constants: a number of the function's type or an integer, as what stands around it tells.
    Constant(Constant),
    /// A tuple or an array.
    Tuple(Vec<Value>),
    /// A struct of the module: its fields in their order.
    Struct(Rc<Structure>, Vec<Value>),
    /// A closure, with the variables that it sees.
    Closure(Box<syn::ExprClosure>, HashMap<String, Binding>),
    /// A slice, an array or a `Vec`: the entries of a matrix, column by column, or its columns.
    List(NodeId, Element),
    /// Another name of a place.
    Place(Box<syn::Expr>),
    /// An item of inactive code, by its code and its type: a loop variable of the companions.
    Given(TokenStream, Box<syn::Type>),
    /// `()`
    Unit,
    /// Inactive code of which nothing is known.
    Code,
}

impl Value {
    /// What may not exist.
    #[must_use]
    pub fn fallible(kind: Kind, operands: Vec<NodeId>) -> Self {
        Self::Fallible(kind, operands)
    }
    /// What it is made of, if it is a tuple, an array or a struct.
    #[must_use]
    pub fn members(&self) -> Option<&[Value]> {
        match self {
            Self::Tuple(values) | Self::Struct(_, values) => Some(values),
            _ => None,
        }
    }
    /// The same made of others.
    #[must_use]
    pub fn with_members(&self, values: Vec<Value>) -> Self {
        match self {
            Self::Struct(of, _) => Self::Struct(of.clone(), values),
            _ => Self::Tuple(values),
        }
    }
    /// Its node, if it is a number, a matrix or a list.
    #[must_use]
    pub fn whole(&self) -> Option<NodeId> {
        match self {
            Self::List(id, _) => Some(*id),
            other => other.node(),
        }
    }
    /// Its node, if it is a number or a matrix.
    #[must_use]
    pub fn node(&self) -> Option<NodeId> {
        match self {
            Self::Scalar(id) | Self::Matrix(id) => Some(*id),
            _ => None,
        }
    }
}

/// An integer: inactive, whatever it is computed from.
#[derive(Clone, Debug)]
pub struct Integer {
    /// As a constant plus dimensions, if it is that.
    pub known: Option<Index>,
    /// The code, as long as it can be carried over.
    pub code: TokenStream,
}

impl Integer {
    /// Known to be no more than its code.
    #[must_use]
    pub fn code(code: TokenStream) -> Self {
        Self { known: None, code }
    }
    /// A dimension.
    #[must_use]
    pub fn dim(dim: Dim, code: TokenStream) -> Self {
        Self { known: Some(Index::default().after(dim)), code }
    }
    /// The constant, if it is one.
    #[must_use]
    pub fn constant(&self) -> Option<usize> {
        self.known.as_ref().and_then(Index::constant)
    }
}

/// Code of a type that is not seen: a constant from outside of the function.
#[derive(Clone, Debug)]
pub struct Constant {
    /// The code, as long as it can be carried over.
    pub code: TokenStream,
    /// How it reads in a formula.
    pub text: String,
}

/// How long a variable is what it is: what changes is copied where it is read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Lasts {
    /// As long as it has its name.
    Always,
    /// Until it is assigned to.
    Assigned,
    /// As long as what it borrows from.
    Borrowed,
}

impl Lasts {
    /// Of a variable that borrows nothing.
    #[must_use]
    pub fn unless_mutable(mutable: bool) -> Self {
        if mutable { Self::Assigned } else { Self::Always }
    }
}

/// What a name stands for.
#[derive(Clone, Debug)]
pub struct Binding {
    /// Its value.
    pub value: Value,
    /// Whether it depends on a differentiated parameter.
    pub active: bool,
    /// How long it is what it is.
    pub lasts: Lasts,
    /// Whether it is a reference, as far as it shows.
    pub by_ref: bool,
    /// The companions' variable of this name, if they have one: it can be used in code that is carried over.
    pub variable: Option<super::VariableId>,
    /// What a closure captured of it, under a name of ours.
    pub held: Option<Ident>,
    /// The attribute that decides whether the name means this.
    pub decided: Option<Rc<syn::Attribute>>,
    /// The statement that bound it, if that can be said again.
    pub source: Option<usize>,
}

impl Binding {
    /// Of a value that companions have no variable for.
    #[must_use]
    pub fn derived(value: Value, active: bool) -> Self {
        Self { value, active, lasts: Lasts::Always, by_ref: false, variable: None, source: None, held: None, decided: None }
    }
    /// Of a variable that companions have as well.
    #[must_use]
    pub fn carried(value: Value, variable: super::VariableId) -> Self {
        Self { variable: Some(variable), ..Self::derived(value, false) }
    }
}
