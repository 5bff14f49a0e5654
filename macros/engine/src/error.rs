//! Errors: collected within a phase, emitted together.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

/// One thing that the user has to change: what is wrong, and one way out.
#[derive(Clone, Debug)]
pub struct Error {
    /// The smallest piece of code at fault: where it begins.
    pub span: Span,
    /// Its last token.
    pub end: Span,
    /// Lower case, no full stop: fact; cure.
    pub message: String,
    /// Others in the same expression.
    beside: Vec<Error>,
}

impl Error {
    /// At a place.
    pub fn new(span: Span, message: impl Into<String>) -> Self {
        Self { span, end: span, message: message.into(), beside: Vec::new() }
    }
    /// On the tokens themselves, first to last.
    pub fn on(tokens: &impl quote::ToTokens, message: impl Into<String>) -> Self {
        let mut spans = tokens.to_token_stream().into_iter().map(|tree| tree.span());
        let span = spans.next().unwrap_or_else(Span::call_site);
        Self { span, end: spans.last().unwrap_or(span), message: message.into(), beside: Vec::new() }
    }
    /// Both.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        self.beside.push(other);
        self
    }
    fn to_tokens(&self) -> TokenStream {
        let ends = [Ident::new("begin", self.span), Ident::new("end", self.end)];
        syn::Error::new_spanned(quote!(#(#ends)*), format!("matgrad: {}", self.message)).to_compile_error()
    }
}

/// The errors of a phase, in the order of discovery.
#[derive(Clone, Debug, Default)]
pub struct Errors(Vec<Error>);

impl Errors {
    /// Note an error.
    pub fn push(&mut self, mut error: Error) {
        let beside = std::mem::take(&mut error.beside);
        self.0.push(error);
        for other in beside {
            self.push(other);
        }
    }
    /// Note the error of a result, if it is one.
    pub fn keep<T>(&mut self, result: Result<T, Error>) -> Option<T> {
        result.map_err(|e| self.push(e)).ok()
    }
    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
    /// All of them.
    #[must_use]
    pub fn as_slice(&self) -> &[Error] {
        &self.0
    }
    /// The value, if the phase was clean.
    ///
    /// # Errors
    /// Itself, if there are errors.
    pub fn barrier<T>(self, value: T) -> Result<T, Self> {
        if self.is_empty() { Ok(value) } else { Err(self) }
    }
    /// One `compile_error!` each.
    #[must_use]
    pub fn to_tokens(&self) -> TokenStream {
        self.0.iter().map(Error::to_tokens).collect()
    }
}

impl From<Error> for Errors {
    fn from(error: Error) -> Self {
        let mut errors = Self::default();
        errors.push(error);
        errors
    }
}

impl From<syn::Error> for Errors {
    fn from(error: syn::Error) -> Self {
        Self(error.into_iter().map(|e| Error::new(e.span(), e.to_string())).collect())
    }
}
