//! Pieces of Rust, and what one has to know of them to put them together.

/// How a value is held: what may be done with the text without moving it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Hold {
    /// An expression that makes it.
    Made,
    /// An expression that borrows it from a variable.
    View,
    /// An expression that borrows it from another, which is gone at the end of the statement.
    PassingView,
    /// A variable that owns it.
    Variable,
    /// A variable that is a view.
    ViewVariable,
    /// A variable that is a reference.
    Reference,
}

/// How tightly an expression binds.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Level {
    /// `a + b`
    Sum,
    /// `a * b`
    Product,
    /// `-a`, `&a`
    Prefix,
    /// `a.f()`
    Atom,
}

/// One side of a matrix type.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Side {
    /// How many rows or columns there are.
    pub(super) size: usize,
    /// Whether the type says so.
    pub(super) fixed: bool,
}

impl Side {
    pub(super) const ONE: Self = Self::fixed(1);

    pub(super) const fn fixed(size: usize) -> Self {
        Self { size, fixed: true }
    }
    pub(super) const fn run(size: usize) -> Self {
        Self { size, fixed: false }
    }
    /// Of a value computed entry by entry from values of these sides.
    pub(super) fn and(self, other: Self) -> Self {
        Self { size: self.size, fixed: self.fixed || other.fixed }
    }
}

/// The type of a value.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Type {
    /// `f64`
    Number,
    /// A matrix.
    Matrix(Side, Side),
    /// A factorization of a square matrix.
    Factor(Side),
}

impl Type {
    /// Of a value computed entry by entry.
    pub(super) fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Matrix(r, c), Self::Matrix(p, q)) => Self::Matrix(r.and(p), c.and(q)),
            _ => self,
        }
    }
    /// Of a factorization of a matrix of this type.
    pub(super) fn factor(self) -> Option<Self> {
        self.sides().map(|(rows, _)| Self::Factor(rows))
    }
    /// The sides of the matrix that is factored.
    pub(super) fn factored(self) -> Option<Side> {
        match self {
            Self::Factor(side) => Some(side),
            _ => None,
        }
    }
    pub(super) fn sides(self) -> Option<(Side, Side)> {
        match self {
            Self::Matrix(rows, cols) => Some((rows, cols)),
            _ => None,
        }
    }
}

/// An expression.
#[derive(Clone, Debug)]
pub(super) struct Code {
    pub(super) text: String,
    pub(super) level: Level,
    pub(super) hold: Hold,
    pub(super) ty: Type,
}

impl Code {
    pub(super) fn new(text: impl Into<String>, level: Level, ty: Type) -> Self {
        Self { text: text.into(), level, hold: Hold::Made, ty }
    }
    pub(super) fn atom(text: impl Into<String>, ty: Type) -> Self {
        Self::new(text, Level::Atom, ty)
    }
    pub(super) fn number(text: impl Into<String>, level: Level) -> Self {
        Self::new(text, level, Type::Number)
    }
    /// A view into a matrix.
    pub(super) fn view(text: impl Into<String>, of: &Self, ty: Type) -> Self {
        let lasts = of.is_variable() || of.hold == Hold::View;
        Self { hold: if lasts { Hold::View } else { Hold::PassingView }, ..Self::atom(text, ty) }
    }
    /// Whether it is in the storage of another.
    pub(super) fn is_view(&self) -> bool {
        matches!(self.hold, Hold::View | Hold::PassingView | Hold::ViewVariable)
    }
    pub(super) fn is_variable(&self) -> bool {
        matches!(self.hold, Hold::Variable | Hold::ViewVariable | Hold::Reference)
    }

    /// In brackets, unless it binds as tightly as this.
    pub(super) fn at(&self, level: Level) -> String {
        if self.level >= level { self.text.clone() } else { format!("({})", self.text) }
    }
    /// As what a method is called on.
    pub(super) fn receiver(&self) -> String {
        self.at(Level::Atom)
    }
    /// As the operand of an operator that does not move it.
    pub(super) fn operand(&self, level: Level) -> String {
        match (self.ty, self.hold) {
            (Type::Matrix(..), Hold::Variable | Hold::ViewVariable) => format!("&{}", self.text),
            _ => self.at(level),
        }
    }
    /// As an argument by reference.
    pub(super) fn argument(&self) -> String {
        match self.hold {
            Hold::Reference => self.text.clone(),
            _ => format!("&{}", self.at(Level::Prefix)),
        }
    }
    /// As a matrix that nobody else has.
    pub(super) fn owned(&self) -> String {
        match self.hold {
            Hold::Made => self.receiver(),
            Hold::View | Hold::PassingView => format!("{}.into_owned()", self.text),
            Hold::ViewVariable => format!("{}.clone_owned()", self.text),
            Hold::Variable | Hold::Reference => format!("{}.clone()", self.text),
        }
    }
}
