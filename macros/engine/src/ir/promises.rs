//! What is promised about parameters.

/// What parameters are promised to be, each by its number: declarations that rewrites may rely on.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Promises {
    /// `A = Aᵀ`; diagonal ones among them.
    pub symmetric: Vec<usize>,
    /// Zero off the diagonal.
    pub diagonal: Vec<usize>,
    /// Zero above the diagonal.
    pub lower_triangular: Vec<usize>,
    /// `AᵀA = AAᵀ = I`.
    pub orthogonal: Vec<usize>,
}

impl Promises {
    /// Whether anything is promised of a parameter: it is square then.
    #[must_use]
    pub fn hold(&self, parameter: usize) -> bool {
        [&self.symmetric, &self.diagonal, &self.lower_triangular, &self.orthogonal].iter().any(|list| list.contains(&parameter))
    }
}
