//! A piece of code and what may be done with it.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::quote;

/// How an expression can be used.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Form {
    /// A number.
    Scalar,
    /// A reference to a matrix.
    Reference,
    /// A variable that owns a matrix.
    Variable,
    /// A variable that is a view into another.
    View,
    /// An owned matrix that nobody else has.
    Temporary,
    /// A view that nobody else has.
    TemporaryView,
    /// A factorization, by variable.
    Factor,
}

/// Code of one value.
#[derive(Clone, Debug)]
pub struct Code {
    /// The expression.
    pub tokens: TokenStream,
    /// What it is.
    pub form: Form,
    /// How tightly it binds.
    pub binding: Binding,
}

/// Binding strength of Rust expressions, weakest first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Binding {
    /// A sum, a cast, a conditional.
    Sum,
    /// A product or quotient.
    Product,
    /// A name, a literal, a call.
    Atom,
}

/// An expression as the end of a block, where one that begins with a block would be two: `if c { x } else { y } - z`.
pub fn at_end(expression: &TokenStream) -> TokenStream {
    let block = match expression.clone().into_iter().next() {
        Some(TokenTree::Group(group)) => group.delimiter() == Delimiter::Brace,
        Some(TokenTree::Ident(word)) => word == "if",
        _ => false,
    };
    let is_one = || syn::parse2::<syn::Block>(quote!({ #expression })).is_ok_and(|b| b.stmts.len() == 1);
    if block && !is_one() { quote!((#expression)) } else { expression.clone() }
}

impl Code {
    /// A scalar that needs no brackets.
    pub fn scalar(tokens: TokenStream) -> Self {
        Self { tokens, form: Form::Scalar, binding: Binding::Atom }
    }
    /// A product of scalars.
    pub fn product(tokens: TokenStream) -> Self {
        Self { tokens, form: Form::Scalar, binding: Binding::Product }
    }
    /// A sum of scalars.
    pub fn sum(tokens: TokenStream) -> Self {
        Self { tokens, form: Form::Scalar, binding: Binding::Sum }
    }
    /// A fresh matrix, from a call.
    pub fn call(tokens: TokenStream) -> Self {
        Self { tokens, form: Form::Temporary, binding: Binding::Atom }
    }
    /// A fresh matrix, from `*` or `/`.
    pub fn matrix_product(tokens: TokenStream) -> Self {
        Self { tokens, form: Form::Temporary, binding: Binding::Product }
    }
    /// A fresh matrix, from `+` or `-`.
    pub fn matrix_sum(tokens: TokenStream) -> Self {
        Self { tokens, form: Form::Temporary, binding: Binding::Sum }
    }
    /// Of another form.
    pub fn of(tokens: TokenStream, form: Form) -> Self {
        Self { tokens, form, binding: Binding::Atom }
    }
    /// For leaves that no program has.
    pub fn unreachable() -> Self {
        Self::scalar(quote!(::core::unreachable!("matgrad: a differential is left in the program, which is a bug of matgrad")))
    }
    /// Whether it is a scalar.
    pub fn is_scalar(&self) -> bool {
        self.form == Form::Scalar
    }
    /// To call a method on.
    pub fn receiver(&self) -> TokenStream {
        let tokens = &self.tokens;
        if self.binding < Binding::Atom { quote!((#tokens)) } else { tokens.clone() }
    }
    /// As a reference.
    pub fn by_ref(&self) -> TokenStream {
        let tokens = &self.tokens;
        match self.form {
            Form::Reference => tokens.clone(),
            _ if self.binding < Binding::Atom => quote!(&(#tokens)),
            _ => quote!(&#tokens),
        }
    }
    /// As an operand of `*` between matrices: by value if nobody else has it, otherwise by reference.
    pub fn operand(&self) -> TokenStream {
        match self.form {
            Form::Temporary | Form::TemporaryView => self.receiver(),
            _ => self.by_ref(),
        }
    }
    /// As a term of a sum of matrices.
    pub fn term(&self) -> TokenStream {
        match self.form {
            Form::Temporary | Form::TemporaryView if self.binding >= Binding::Product => self.tokens.clone(),
            _ => self.operand(),
        }
    }
    /// As a factor of a product of scalars, or after a minus sign.
    pub fn factor(&self) -> TokenStream {
        let tokens = &self.tokens;
        if self.binding == Binding::Sum { quote!((#tokens)) } else { tokens.clone() }
    }
    /// As what a product of scalars is divided by.
    pub fn divisor(&self) -> TokenStream {
        let tokens = &self.tokens;
        if self.binding == Binding::Atom { tokens.clone() } else { quote!((#tokens)) }
    }
    /// As a matrix to change, whoever reads this one.
    pub fn cloned(&self) -> TokenStream {
        let tokens = &self.tokens;
        if self.form == Form::Variable { quote!(#tokens.clone()) } else { self.owned() }
    }
    /// As an owned matrix.
    pub fn owned(&self) -> TokenStream {
        match self.form {
            Form::Reference | Form::View => {
                let receiver = self.receiver();
                quote!(#receiver.clone_owned())
            }
            Form::TemporaryView => {
                let receiver = self.receiver();
                quote!(#receiver.into_owned())
            }
            _ => self.tokens.clone(),
        }
    }
}
