//! The companions: `f_grad` and `f_value_and_grad`.

use proc_macro2::{Delimiter, Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, format_ident, quote};

use super::contract::Contract;
use super::names::Names;
use super::paths::Paths;
use super::{Code, Emitter, docs, existence};
use crate::parse::{Input, NumForm, NumType, Param, ScalarType, Signature, TypeDim};
use crate::schedule::{Program, schedule};
use crate::{Derivation, lower};

/// All companions of a function.
pub fn companions(input: &Input, derivation: &Derivation) -> TokenStream {
    let writer = Writer { input, derivation, paths: paths(&input.signature, input.arguments.crate_path.as_ref()) };
    let gradients = &derivation.gradients;
    let value_and_gradients: Vec<_> = [derivation.value].into_iter().chain(gradients.iter().copied()).collect();
    let gradient = writer.companion("grad", gradients, false);
    let both = writer.companion("value_and_grad", &value_and_gradients, true);
    quote!(#gradient #both)
}

pub(super) fn paths(signature: &Signature, root: Option<&syn::Path>) -> Paths {
    let root = root.map_or_else(|| quote!(::matgrad), |path| quote!(#path));
    Paths { root, scalar: signature.scalar.clone().unwrap_or(ScalarType::F64) }
}

/// The signature of a companion: the function's, with another name and result.
pub(super) fn signature(of: &Signature, name: &str, output: &TokenStream) -> TokenStream {
    let mut sig = of.sig.clone();
    sig.ident = format_ident!("{}_{name}", of.sig.ident, span = of.sig.ident.span());
    sig.output = syn::ReturnType::Default;
    let (vis, where_clause) = (&of.vis, sig.generics.where_clause.take());
    quote!(#vis #sig -> #output #where_clause)
}

/// The type of a companion's result.
pub(super) fn output(signature: &Signature, wrt: &[usize], with_value: bool, paths: &Paths) -> TokenStream {
    let gradients: Vec<TokenStream> = wrt.iter().map(|p| gradient_type(&signature.params[*p], paths)).collect();
    let gradients = if let [one] = &gradients[..] { one.clone() } else { quote!((#(#gradients),*)) };
    let (value, option) = match signature.value_type() {
        Some((ty, option)) => (quote!(#ty), option),
        None => (paths.scalar_type(), false),
    };
    let all = if with_value { quote!((#value, #gradients)) } else { gradients };
    if option { quote!(::core::option::Option<#all>) } else { all }
}

/// The parameter's own type, owned.
fn gradient_type(param: &Param, paths: &Paths) -> TokenStream {
    match &param.kind {
        Some(NumType { form: NumForm::Matrix { rows, cols, view: true }, scalar }) => {
            let matrix = paths.nalgebra("OMatrix");
            let dim = |d: &TypeDim| match d {
                TypeDim::Const(n) => {
                    let (constant, n) = (paths.nalgebra("Const"), proc_macro2::Literal::usize_unsuffixed(*n));
                    quote!(#constant<#n>)
                }
                TypeDim::Dyn => paths.nalgebra("Dyn"),
                TypeDim::ConstGeneric(name) => {
                    let constant = paths.nalgebra("Const");
                    quote!(#constant<#name>)
                }
                TypeDim::TypeGeneric(name) => quote!(#name),
            };
            let (scalar, rows, cols) = (Ident::new(&scalar.to_string(), Span::call_site()), dim(rows), dim(cols));
            quote!(#matrix<#scalar, #rows, #cols>)
        }
        _ => {
            let ty = param.value_type();
            quote!(#ty)
        }
    }
}

/// Attributes of the function that its companions need as well.
pub(super) fn inherited(attrs: &[syn::Attribute]) -> TokenStream {
    let wanted = ["cfg", "allow", "inline", "deprecated", "track_caller"];
    let wanted = attrs.iter().filter(|a| wanted.iter().any(|w| a.path().is_ident(w)));
    // inner ones stand before the companion
    wanted.map(|a| syn::Attribute { style: syn::AttrStyle::Outer, ..a.clone() }.to_token_stream()).collect()
}

struct Writer<'a> {
    input: &'a Input,
    derivation: &'a Derivation,
    paths: Paths,
}

impl Writer<'_> {
    fn companion(&self, name: &str, roots: &[crate::ir::NodeId], with_value: bool) -> TokenStream {
        let (derivation, sig) = (self.derivation, &self.input.signature);
        let opened = existence::unneeded(derivation, roots);
        let roots: Vec<_> = roots.iter().copied().chain(opened.iter().map(|o| o.root)).collect();
        let program = schedule(&derivation.graph, &roots, &derivation.lets);
        let option = sig.value_type().is_some_and(|v| v.1);
        let emitter = Emitter::new(&program, &derivation.function, sig, &self.paths, option, self.taken());
        let contract = Contract::of(self.input, &derivation.function, &emitter, &self.paths);
        let (statements, codes) = Emitter::new(&program, &derivation.function, sig, &self.paths, option, self.taken()).run();
        let existing = opened.iter().zip(&codes[roots.len() - opened.len()..]);
        let existing = existing.map(|(o, code)| o.statement(&derivation.graph, &derivation.function, code));
        let result = self.result(&program, &statements, &codes, with_value);
        let prologue = self.derivation.function.prologue.iter().map(|s: &lower::Statement| &s.tokens);
        let Contract { entry, after_prologue } = &contract;
        let docs = docs::documentation(self.input, derivation, with_value, !contract.is_empty());
        let (attrs, output) = (inherited(&sig.attrs), output(sig, &self.input.arguments.wrt, with_value, &self.paths));
        let head = signature(sig, name, &output);
        let caller = (!contract.is_empty() && !sig.attrs.iter().any(|a| a.path().is_ident("track_caller")))
            .then(|| quote!(#[track_caller]));
        quote! {
            #docs
            #attrs
            #caller
            #[allow(unused, non_snake_case, clippy::all, clippy::pedantic, clippy::nursery, clippy::restriction, reason = "generated by matgrad: every parameter of the function is one of the companion, names are the user's")]
            #head {
                #entry
                #(#prologue)*
                #after_prologue
                #(#statements)*
                #(#existing)*
                #result
            }
        }
    }

    /// All names of the function, and those of the results: no variable of ours has one of them.
    fn taken(&self) -> TokenStream {
        let (sig, body) = (&self.input.signature.sig, &self.input.body);
        let kept = &self.derivation.function.params;
        let params = sig.inputs.iter();
        let carried = self.derivation.function.prologue.iter().map(|s| &s.tokens);
        let _ = body;
        let generics = &sig.generics;
        quote!(#(#params)* #(#kept)* #(#carried)* #generics value gradient)
    }

    fn result(&self, program: &Program, statements: &[TokenStream], codes: &[Code], with_value: bool) -> TokenStream {
        let sig = &self.input.signature;
        let option = sig.value_type().is_some_and(|v| v.1);
        let shapes = Emitter::new(program, &self.derivation.function, sig, &self.paths, option, TokenStream::new());
        let (mut roots, mut codes) = (program.roots.iter(), codes.iter());
        let mut value = None;
        if with_value {
            let (Some(root), Some(code)) = (roots.next(), codes.next()) else { return TokenStream::new() };
            value = Some(match &sig.output {
                crate::parse::Output::Num { ty, .. } => shapes.in_declared_shape(*root, ty, code),
                crate::parse::Output::Unknown => code.tokens.clone(),
            });
        }
        let (mut gradients, mut copied) = (Vec::new(), Vec::new());
        for ((root, code), p) in roots.zip(codes).zip(&self.input.arguments.wrt) {
            copied.push(shapes.is_copied(*root));
            gradients.push(match &sig.params[*p].kind {
                Some(ty) => shapes.in_declared_shape(*root, ty, code),
                None => code.tokens.clone(),
            });
        }
        let mut names = Names::new([self.taken(), quote!(#(#statements)* #(#gradients)*)]);
        let early = without_moved(&mut gradients, &copied, &mut names);
        let gradients = if let [one] = &gradients[..] { one.clone() } else { quote!((#(#gradients),*)) };
        let (v, g) = (Ident::new("value", Span::mixed_site()), Ident::new("gradient", Span::mixed_site()));
        let (before, last) = match value {
            // the value first: it may read what the gradient consumes
            Some(value) => (quote!(let #v = #value; #early let #g = #gradients;), quote!((#v, #g))),
            None if ends_early(&gradients) => (quote!(#early let #g = #gradients;), quote!(#g)),
            None => (early, gradients),
        };
        let last = if option { quote!(::core::option::Option::Some(#last)) } else { last };
        quote!(#before #last)
    }
}

/// In a tuple, a variable that stands alone is moved, and nothing after it can read it: what would is cloned, or bound before.
fn without_moved(parts: &mut [TokenStream], copied: &[bool], names: &mut Names) -> TokenStream {
    let mut early = TokenStream::new();
    for i in 0..parts.len() {
        let Some(moved) = syn::parse2::<Ident>(parts[i].clone()).ok().filter(|_| !copied[i]) else { continue };
        let (part, later) = parts[i..].split_first_mut().unwrap_or_else(|| unreachable!("there is a part `i`"));
        for other in later.iter_mut().filter(|other| mentions(other, &moved)) {
            if syn::parse2::<Ident>(other.clone()).is_ok() {
                *part = quote!(#moved.clone());
            } else {
                let name = names.fresh("gradient");
                let bound = std::mem::replace(other, quote!(#name));
                early.extend(quote!(let #name = #bound;));
            }
        }
    }
    early
}

fn mentions(code: &TokenStream, name: &Ident) -> bool {
    code.clone().into_iter().any(|tree| match tree {
        TokenTree::Ident(ident) => ident == *name,
        TokenTree::Group(group) => mentions(&group.stream(), name),
        _ => false,
    })
}

/// Whether an expression, read as a statement, would end with its first block.
fn ends_early(expression: &TokenStream) -> bool {
    match expression.clone().into_iter().next() {
        Some(TokenTree::Group(group)) => group.delimiter() == Delimiter::Brace,
        Some(TokenTree::Ident(word)) => word == "if",
        _ => false,
    }
}
