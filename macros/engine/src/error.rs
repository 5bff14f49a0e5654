//! Errors: collected within a phase, emitted together.

use proc_macro2::{Span, TokenStream};

/// One thing that the user has to change: what is wrong, and one way out.
#[derive(Clone, Debug)]
pub struct Error {
    /// The smallest piece of code at fault.
    pub span: Span,
    /// Lower case, no full stop: fact; cure.
    pub message: String,
}

impl Error {
    /// At a place.
    pub fn new(span: Span, message: impl Into<String>) -> Self {
        Self { span, message: message.into() }
    }
    /// On the tokens themselves, first to last.
    pub fn on(tokens: &impl quote::ToTokens, message: impl Into<String>) -> Self {
        let error = syn::Error::new_spanned(tokens, "");
        Self::new(error.span(), message)
    }
}

/// The errors of a phase, in the order of discovery.
#[derive(Debug, Default)]
pub struct Errors(Vec<Error>);

impl Errors {
    /// Note an error.
    pub fn push(&mut self, error: Error) {
        self.0.push(error);
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
        self.0.iter().map(|e| syn::Error::new(e.span, format!("matgrad: {}", e.message)).to_compile_error()).collect()
    }
}

impl From<Error> for Errors {
    fn from(error: Error) -> Self {
        Self(vec![error])
    }
}

impl From<syn::Error> for Errors {
    fn from(error: syn::Error) -> Self {
        Self(error.into_iter().map(|e| Error::new(e.span(), e.to_string())).collect())
    }
}
