//! A formula and how tightly it binds.

use std::fmt;

/// Binding strength, weakest first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Binding {
    Select,
    Sum,
    /// `−a`
    Negative,
    /// `∘`, `⊗`, `×`
    Infix,
    /// `a / b`
    Quotient,
    /// Juxtaposition.
    Product,
    /// Exponents and transposes.
    Postfix,
    Atom,
}

/// A formula.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Text {
    string: String,
    binding: Binding,
    /// Of `A / s` for a matrix `A`: both, so that `c A / s` can be written `(c / s) A`.
    share: Option<Box<(Text, Text)>>,
    /// Of `Aᵀ Bᵀ`: `B A`, so that a sum of such products can be transposed as a whole.
    untransposed: Option<Box<Text>>,
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.string)
    }
}

impl Text {
    fn new(string: impl Into<String>, binding: Binding) -> Self {
        Self { string: string.into(), binding, share: None, untransposed: None }
    }
    /// A name, a number, a function call: needs no brackets anywhere.
    pub fn atom(string: impl Into<String>) -> Self {
        Self::new(string, Binding::Atom)
    }
    /// The user's code: in brackets wherever an operator stands in it.
    pub(super) fn code(string: String) -> Self {
        let mut depth = 0_usize;
        let splits = string.chars().enumerate().any(|(i, c)| {
            match c {
                '(' | '[' | '{' => depth += 1,
                ')' | ']' | '}' => depth = depth.saturating_sub(1),
                _ => {}
            }
            depth == 0 && (c == ' ' || (i == 0 && "-*&!".contains(c)))
        });
        if splits { Self::atom(format!("({string})")) } else { Self::atom(string) }
    }
    /// As it stands.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.string
    }
    /// Whether it needs no brackets anywhere.
    pub(super) fn is_atom(&self) -> bool {
        self.binding == Binding::Atom
    }
    /// Whether it is an alternative, a sum, or begins with a minus sign.
    pub(super) fn is_sum(&self) -> bool {
        self.binding <= Binding::Negative
    }
    /// The `a` of `−a`.
    pub(super) fn opposite(&self) -> Option<Self> {
        let positive = self.string.strip_prefix('−').filter(|_| self.binding == Binding::Negative)?;
        Some(Self::new(positive, Binding::Infix))
    }
    /// Whether it ends with an exponent of its whole.
    pub(super) fn is_superscripted(&self) -> bool {
        self.binding == Binding::Postfix
    }
    fn at_least(&self, binding: Binding) -> String {
        if self.binding >= binding { self.string.clone() } else { format!("({})", self.string) }
    }
    /// In brackets, unless it binds more tightly than a product.
    #[must_use]
    pub fn bracketed(&self) -> String {
        self.at_least(Binding::Postfix)
    }
    /// As a factor: in brackets if it is a sum.
    #[must_use]
    pub fn bracketed_factor(&self) -> String {
        self.at_least(Binding::Product)
    }
    /// `Aᵀ`; `A⁻ᵀ` of `A⁻¹`.
    #[must_use]
    pub fn transposed(&self) -> Self {
        if let Some(base) = self.string.strip_suffix("⁻¹").filter(|_| self.binding == Binding::Postfix) {
            return Self::new(format!("{base}⁻ᵀ"), Binding::Postfix);
        }
        self.superscript("ᵀ")
    }
    /// `A` with something after it, in the superscript.
    #[must_use]
    pub fn superscript(&self, exponent: &str) -> Self {
        Self::new(format!("{}{exponent}", self.at_least(Binding::Atom)), Binding::Postfix)
    }
    /// `a^b`.
    #[must_use]
    pub fn power(base: &Self, exponent: &Self) -> Self {
        Self::new(format!("{}^{}", base.at_least(Binding::Atom), exponent.at_least(Binding::Atom)), Binding::Postfix)
    }
    /// Juxtaposition: `A B C`.
    #[must_use]
    pub fn product(factors: &[Self]) -> Self {
        match factors {
            [one] => one.clone(),
            _ => {
                let factors: Vec<String> = factors.iter().map(|f| f.at_least(Binding::Product)).collect();
                Self::new(factors.join(" "), Binding::Product)
            }
        }
    }
    /// `c A`; `c a / b`.
    pub(super) fn times(&self, c: &Self) -> Self {
        match self.binding {
            Binding::Quotient => Self::new(format!("{} {self}", c.at_least(Binding::Product)), Binding::Quotient),
            _ => Self::product(&[c.clone(), self.clone()]),
        }
    }
    /// With another text in the place of a part of it.
    pub(super) fn with(&self, part: &str, text: &str) -> Self {
        Self::new(self.string.replace(part, text), self.binding)
    }
    /// A product, as it stands.
    pub(super) fn juxtaposed(string: String) -> Self {
        Self::new(string, Binding::Product)
    }
    /// `A / s`, from the notation of `1 / s` and that of `A`; the product of the two where `s` divides something else.
    #[must_use]
    pub fn scaled(s: &Self, a: &Self) -> Self {
        let divisor = s.string.strip_prefix("1 / ").filter(|_| s.binding == Binding::Quotient);
        let Some(divisor) = divisor else { return Self::product(&[s.clone(), a.clone()]) };
        let divisor = Self::atom(divisor);
        Self { share: Some(Box::new((a.clone(), divisor.clone()))), ..Self::quotient(a, &divisor) }
    }
    /// The `A` and `s` of `A / s`.
    pub(super) fn share(&self) -> Option<&(Self, Self)> {
        self.share.as_deref()
    }
    /// With the text that it is the transpose of.
    pub(super) fn transpose_of(self, untransposed: Self) -> Self {
        Self { untransposed: Some(Box::new(untransposed)), ..self }
    }
    /// The text that it is the transpose of, if it is written as a transpose.
    pub(crate) fn untransposed(&self) -> Option<&Self> {
        self.untransposed.as_deref()
    }
    /// `a / b`.
    #[must_use]
    pub fn quotient(a: &Self, b: &Self) -> Self {
        Self::new(format!("{} / {}", a.at_least(Binding::Product), b.at_least(Binding::Postfix)), Binding::Quotient)
    }
    /// `A ∘ B`, with the sign between blanks.
    #[must_use]
    pub fn infix(sign: &str, a: &Self, b: &Self) -> Self {
        Self::infixes(sign, &[a.clone(), b.clone()])
    }
    /// `A ∘ B ∘ C`.
    pub(super) fn infixes(sign: &str, parts: &[Self]) -> Self {
        match parts {
            [one] => one.clone(),
            _ => Self::new(parts.iter().map(Self::bracketed).collect::<Vec<_>>().join(sign), Binding::Infix),
        }
    }
    /// `± a ± b`.
    pub(crate) fn sum_of(terms: &[(bool, Self)]) -> Self {
        let mut string = String::new();
        for (i, (minus, term)) in terms.iter().enumerate() {
            string.push_str(match (i, minus) {
                (0, false) => "",
                (0, true) => "−",
                (_, false) => " + ",
                (_, true) => " − ",
            });
            // a + (b − c) is a + b − c
            let open = !minus && (i == 0 || !term.string.starts_with('−'));
            let needed = if open { Binding::Sum } else { Binding::Infix };
            string.push_str(&term.at_least(needed));
        }
        Self::new(string, if let [(true, _)] = terms { Binding::Negative } else { Binding::Sum })
    }
    /// `x if a < b, else y`.
    pub(super) fn alternative(string: String) -> Self {
        Self::new(string, Binding::Select)
    }
}
