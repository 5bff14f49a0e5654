//! Which derivative an attribute asks for.

/// The attributes.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub enum Derivative {
    /// `#[grad]`
    #[default]
    Gradient,
    /// `#[jacobian]`
    Jacobian,
    /// `#[hessian]`
    Hessian,
    /// `#[jvp]`
    Jvp,
    /// `#[vjp]`
    Vjp,
    /// `#[hvp]`
    Hvp,
}

impl Derivative {
    /// All of them.
    pub const ALL: [Self; 6] = [Self::Gradient, Self::Jacobian, Self::Hessian, Self::Jvp, Self::Vjp, Self::Hvp];

    /// As it is written.
    #[must_use]
    pub fn attribute(self) -> &'static str {
        match self {
            Self::Gradient => "#[grad]",
            Self::Jacobian => "#[jacobian]",
            Self::Hessian => "#[hessian]",
            Self::Jvp => "#[jvp]",
            Self::Vjp => "#[vjp]",
            Self::Hvp => "#[hvp]",
        }
    }
    /// Whether it is one of a number only.
    #[must_use]
    pub fn of_numbers(self) -> bool {
        matches!(self, Self::Gradient | Self::Hessian | Self::Hvp)
    }
    /// What a parameter is called along which the function moves: `w_tangent`.
    #[must_use]
    pub fn direction(self) -> Option<&'static str> {
        match self {
            Self::Jvp => Some("tangent"),
            Self::Hvp => Some("direction"),
            _ => None,
        }
    }
}
