//! What generated code names: absolute paths, all of them.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use crate::parse::ScalarType;

/// The paths of one expansion.
#[derive(Clone)]
pub struct Paths {
    /// `matgrad`, or where it is re-exported.
    pub root: TokenStream,
    /// The scalar type of the function.
    pub scalar: ScalarType,
    /// It as code.
    pub spelt: TokenStream,
}

impl Paths {
    /// `matgrad::name`: a public function of the runtime.
    pub fn public(&self, name: &str) -> TokenStream {
        let (root, name) = (&self.root, Ident::new(name, Span::call_site()));
        quote!(#root::#name)
    }
    /// `matgrad::__private::name`: a function for generated code.
    pub fn private(&self, name: &str) -> TokenStream {
        let (root, name) = (&self.root, Ident::new(name, Span::call_site()));
        quote!(#root::__private::#name)
    }
    /// `nalgebra::name`, through the runtime: users need not name it.
    pub fn nalgebra(&self, name: &str) -> TokenStream {
        let (root, name) = (&self.root, Ident::new(name, Span::call_site()));
        quote!(#root::__private::nalgebra::#name)
    }
    /// A constant of the scalar type: no literal of another width.
    pub fn literal(&self, value: f64) -> TokenStream {
        let size = proc_macro2::Literal::f64_unsuffixed(value.abs());
        let literal = match &self.scalar {
            ScalarType::F64 => quote!(#size),
            ScalarType::F32 => {
                #[allow(clippy::cast_possible_truncation)] // the function computes in f32
                let size = proc_macro2::Literal::f32_suffixed(value.abs() as f32);
                quote!(#size)
            }
            ScalarType::Generic(t) => {
                let lit = self.private("lit");
                quote!(#lit::<#t>(#size))
            }
        };
        if value.is_sign_negative() && value != 0.0 { quote!(-#literal) } else { literal }
    }
    /// The scalar type.
    pub fn scalar_type(&self) -> TokenStream {
        self.spelt.clone()
    }
    /// An `i32` as a number of the scalar type.
    pub fn exponent(&self, n: &TokenStream) -> TokenStream {
        let (exponent, scalar) = (self.private("exponent"), &self.spelt);
        quote!(#exponent::<#scalar>(#n))
    }
    /// An integer as a number of the scalar type.
    pub fn count(&self, size: &TokenStream) -> TokenStream {
        match &self.scalar {
            ScalarType::F64 | ScalarType::F32 => {
                let scalar = &self.spelt;
                quote!(#size as #scalar)
            }
            ScalarType::Generic(t) => {
                let count = self.private("count");
                quote!(#count::<#t>(#size))
            }
        }
    }
}
