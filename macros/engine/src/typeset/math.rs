//! A formula as a tree of what stands beside, above and below what.

/// A formula, or a part of one.
#[derive(Clone, PartialEq, Debug)]
pub enum Math {
    /// One after the other.
    Row(Vec<Math>),
    /// What separates factors.
    Blank,
    /// A variable.
    Name(String),
    /// `dx`: the differential of the variable.
    Differential(String),
    /// `exp`, `det`: what is set upright.
    Function(String),
    /// `2`, `0.5`, `1e⁻9`.
    Number(String),
    /// `+`, `∘`, `≤`, `,`.
    Operator(String),
    /// `if`, `else`, `with`, `at`.
    Word(String),
    /// The user's.
    Code(String),
    /// In brackets.
    Fenced(char, Box<Math>, char),
    /// `f(x)`
    Apply(Box<Math>, Box<Math>),
    /// With a subscript, an exponent, or both.
    Script {
        /// What has them.
        base: Box<Math>,
        /// Below.
        sub: Option<Box<Math>>,
        /// Above.
        sup: Option<Box<Math>>,
        /// Both, as they stand in a line.
        plain: String,
    },
    /// `a / b`, and what stands between.
    Fraction(Box<Math>, Box<Math>, &'static str),
    /// `√x`, `∛x`
    Root(char, Box<Math>),
    /// `[a, b; c, d]`
    Grid(Vec<Vec<Math>>),
}

impl Math {
    /// The line that it was.
    #[must_use]
    pub fn plain(&self) -> String {
        match self {
            Self::Row(parts) => parts.iter().map(Self::plain).collect(),
            Self::Blank => " ".to_owned(),
            Self::Name(text)
            | Self::Function(text)
            | Self::Number(text)
            | Self::Operator(text)
            | Self::Word(text)
            | Self::Code(text) => text.clone(),
            Self::Differential(name) => format!("d{name}"),
            Self::Fenced(open, inside, close) => format!("{open}{}{close}", inside.plain()),
            Self::Apply(function, arguments) => format!("{}{}", function.plain(), arguments.plain()),
            Self::Script { base, plain, .. } => format!("{}{plain}", base.plain()),
            Self::Fraction(above, below, sign) => format!("{}{sign}{}", above.plain(), below.plain()),
            Self::Root(sign, inside) => format!("{sign}{}", inside.plain()),
            Self::Grid(rows) => {
                let line = |row: &Vec<Self>| row.iter().map(Self::plain).collect::<Vec<_>>().join(", ");
                format!("[{}]", rows.iter().map(line).collect::<Vec<_>>().join("; "))
            }
        }
    }
    /// Without round brackets that lines need and typesetters do not: of all that stands over a fraction bar, or below a root.
    pub(super) fn unbracketed(&self) -> &Self {
        match self {
            Self::Fenced('(', inside, ')') if !inside.is_list() => inside,
            Self::Row(parts) => match &parts[..] {
                [one] => one.unbracketed(),
                _ => self,
            },
            _ => self,
        }
    }
    /// `(2 / n)` is a fraction without the brackets.
    pub(super) fn bracketed_fraction(&self) -> Option<&Self> {
        match self {
            Self::Fenced('(', inside, ')') => match &**inside {
                Self::Row(parts) => parts.first().filter(|one| parts.len() == 1 && matches!(one, Self::Fraction(..))),
                _ => None,
            },
            _ => None,
        }
    }
    fn is_list(&self) -> bool {
        matches!(self, Self::Row(parts) if parts.iter().any(|p| matches!(p, Self::Operator(sign) if sign == "," || sign == ";")))
    }
    /// Whether brackets around it have to grow.
    pub(super) fn is_tall(&self) -> bool {
        match self {
            Self::Fraction(..) | Self::Grid(_) | Self::Root(..) => true,
            Self::Row(parts) => parts.iter().any(Self::is_tall),
            Self::Fenced(_, inside, _) => inside.is_tall(),
            Self::Apply(a, b) => a.is_tall() || b.is_tall(),
            Self::Script { base, .. } => base.is_tall() || matches!(**base, Self::Function(ref f) if f == "Σ" || f == "∏"),
            _ => false,
        }
    }
}
