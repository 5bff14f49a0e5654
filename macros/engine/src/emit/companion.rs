//! The companions: `f_grad` and `f_value_and_grad`, and `f_grad_into` and `f_value_and_grad_into`, which write gradients where the caller
//! wants them; and likewise those of the other attributes.

use proc_macro2::{Delimiter, Ident, Span, TokenStream, TokenTree};
use quote::quote;

use super::contract::Contract;
use super::head::{buffers, head, inherited, paths, with_directions};
use super::in_place::Output;
use super::names::Names;
use super::paths::Paths;
use super::results::{self, Companion, Like};
use super::{Code, Emitter, docs, existence, lists, panics, wholes};
use crate::ir::NodeId;
use crate::parse::{Derivative, Input, Param};
use crate::schedule::{Program, schedule, schedule_in_two};
use crate::{Derivation, lower};

/// All companions of a function.
pub fn companions(input: &Input, derivation: &Derivation) -> TokenStream {
    let paths = paths(&input.signature, input.arguments.crate_path.as_ref());
    let written = input;
    let input = &Input { signature: with_directions(&input.signature, &input.arguments), ..input.clone() };
    let report = docs::report(written, derivation);
    let writer = Writer { written, input, derivation, report, paths };
    Companion::all(input.arguments.derivative).iter().map(|companion| writer.companion(*companion)).collect()
}

pub(super) struct Writer<'a> {
    /// As the user wrote it.
    written: &'a Input,
    /// With the parameters that companions have beside.
    pub(super) input: &'a Input,
    pub(super) derivation: &'a Derivation,
    /// The derivation in notation, the same for all of them.
    report: docs::Report,
    pub(super) paths: Paths,
}

impl Writer<'_> {
    fn companion(&self, companion: Companion) -> TokenStream {
        let (derivation, sig, arguments) = (self.derivation, &self.input.signature, &self.input.arguments);
        let value = companion.with_value.then_some(derivation.value);
        let (gradients, results) = derivation.computed.split_at(derivation.gradients.len());
        let gradients = gradients.iter().filter(|_| companion.with_gradients);
        let roots: Vec<NodeId> = value.into_iter().chain(gradients.chain(results).copied()).collect();
        // a pullback does not fail: all that may not exist is asked for with the value
        let asked = if arguments.derivative == Derivative::Vjp { &roots[..1] } else { &roots };
        let opened = existence::unneeded(derivation, asked);
        let bounds = panics::bounds(derivation);
        let needed: Vec<_> = roots.iter().copied().chain(opened.iter().map(|o| o.root)).collect();
        let inside =
            (!companion.with_value && panics::reads_inside(&derivation.graph, derivation.value)).then_some(derivation.value);
        let roots: Vec<_> = needed.iter().copied().chain(bounds.iter().flat_map(|b| b.roots)).chain(inside).collect();
        let vjp = arguments.derivative == Derivative::Vjp;
        let program = if vjp {
            // the cotangent comes last
            schedule_in_two(&derivation.graph, &roots, &derivation.lets, sig.params.len() - 1)
        } else {
            schedule(&derivation.graph, &roots, &derivation.lets)
        };
        let buffers = buffers(sig, companion, arguments);
        let outputs = self.outputs(&program, companion, &buffers);
        let numbers = outputs.iter().filter_map(|o| Some(lists::written(o.numbers()?, &o.buffer, &self.paths)));
        let as_matrices: TokenStream = numbers.collect();
        let contract = Contract::of(self.input, &derivation.function, &self.emitter(&program), &self.paths, &outputs);
        let pulled = vjp.then(|| self.pulled_back(&program, companion));
        let (statements, codes, end, owns) = match pulled {
            Some((statements, codes, end, owns)) => (statements, codes, Some(end), owns),
            None => {
                let (statements, codes) = self.emitter(&program).with_outputs(outputs).run();
                (statements, codes, None, false)
            }
        };
        let ranges = panics::ranges(derivation, &needed, &self.emitter(&program));
        let bounds = bounds.iter().zip(codes[needed.len()..].chunks(2)).map(|(b, codes)| b.check(codes, &self.emitter(&program)));
        let existing = opened.iter().zip(&codes[needed.len() - opened.len()..]);
        let existing = existing.map(|(o, code)| o.statement(&derivation.graph, &derivation.function, code));
        let result = if let Some(end) = end {
            end
        } else if companion.into {
            self.written(&program, &codes, companion, &buffers)
        } else {
            self.returned(&program, &statements, &codes, companion)
        };
        let prologue: Vec<_> = derivation.function.prologue.iter().map(|s: &lower::Statement| &s.tokens).collect();
        let Contract { entry, after_prologue } = &contract;
        let prologue = quote!(#(#prologue)*);
        let body = quote! {
            #entry
            #prologue
            #after_prologue
            #as_matrices
            #(#statements)*
            #(#existing)*
            #ranges
            #(#bounds)*
            #result
        };
        let wholes = self.wholes_written(companion, &buffers);
        let lists = self.lists(&quote!(#body #wholes), &prologue);
        let docs = docs::documentation(self.written, &self.report, companion, !contract.is_empty(), &buffers);
        let (attrs, head) = (inherited(&sig.attrs), head(sig, companion, arguments, owns, &buffers, &self.paths));
        let caller = (!contract.is_empty() && !sig.attrs.iter().any(|a| a.path().is_ident("track_caller")))
            .then(|| quote!(#[track_caller]));
        quote! {
            #docs
            #attrs
            #caller
            #[allow(unused, non_snake_case, clippy::all, clippy::pedantic, clippy::nursery, clippy::restriction, reason = "generated by matgrad: every parameter of the function is one of the companion, names are the user's")]
            #head {
                #lists
                #wholes
                #body
            }
        }
    }

    /// The lists that a body reads as matrices.
    fn lists(&self, body: &TokenStream, prologue: &TokenStream) -> TokenStream {
        let cotangent = usize::from(self.input.arguments.derivative == Derivative::Vjp);
        let params = &self.input.signature.params;
        let params = &params[..params.len() - cotangent];
        let read = params.iter().filter_map(|param| {
            let keeps = param.by_ref || !mentions(prologue, &param.ident.to_string());
            lists::read(param, keeps, &self.paths).filter(|(name, _)| mentions(body, &name.to_string()))
        });
        let lists: TokenStream = read.map(|(_, statement)| statement).collect();
        let is_read = |param: &&Param| [body, &lists].iter().any(|code| mentions(code, &param.ident.to_string()));
        let parts: TokenStream = params.iter().filter(is_read).filter_map(wholes::read).collect();
        quote!(#parts #lists)
    }

    /// The places in structs that derivatives are written to.
    fn wholes_written(&self, companion: Companion, buffers: &[Ident]) -> TokenStream {
        let (arguments, signature) = (&self.input.arguments, &self.input.signature);
        let likes = results::likes(companion, arguments);
        let of_params = likes.iter().zip(buffers).filter_map(|(like, buffer)| match like {
            Like::Param(p) => Some((*p, buffer.clone())),
            _ => None,
        });
        let of_params: Vec<(usize, Ident)> = of_params.collect();
        let suffix = results::suffix(arguments.derivative);
        let written = arguments.wholes.iter().filter(|_| !of_params.is_empty());
        // named as in the head, which knows the written signature
        written.map(|whole| wholes::written(whole, &wholes::beside(whole, suffix, signature), &of_params)).collect()
    }

    pub(super) fn option(&self) -> bool {
        self.input.signature.value_type().is_some_and(|v| v.1)
    }

    pub(super) fn emitter<'e>(&'e self, program: &'e Program) -> Emitter<'e> {
        let (sig, function) = (&self.input.signature, &self.derivation.function);
        Emitter::new(program, function, sig, &self.paths, self.option(), self.taken())
    }

    /// What a companion writes, and where to.
    fn outputs(&self, program: &Program, companion: Companion, buffers: &[Ident]) -> Vec<Output> {
        let likes = results::likes(companion, &self.input.arguments);
        let roots = program.roots.iter().skip(usize::from(companion.with_value)).zip(likes);
        let outputs = roots.zip(buffers).map(|((root, like), buffer)| Output {
            node: *root,
            like,
            ty: results::num_type(like, &self.input.signature),
            buffer: buffer.clone(),
        });
        outputs.collect()
    }

    /// All names of the function, and those of the results: no variable of ours has one of them.
    pub(super) fn taken(&self) -> TokenStream {
        let (sig, body) = (&self.input.signature.sig, &self.input.body);
        let kept = &self.derivation.function.params;
        let params = sig.inputs.iter();
        let carried = self.derivation.function.prologue.iter().map(|s| &s.tokens);
        let _ = body;
        let generics = &sig.generics;
        quote!(#(#params)* #(#kept)* #(#carried)* #generics value gradient jacobian hessian tangent product)
    }

    /// The end of a companion that returns its gradients.
    fn returned(&self, program: &Program, statements: &[TokenStream], codes: &[Code], companion: Companion) -> TokenStream {
        let (value, first) = (self.value(program, codes, companion), usize::from(companion.with_value));
        let shapes = self.emitter(program);
        let mut copied: Vec<bool> = program.roots.iter().take(first).map(|root| shapes.is_copied(*root)).collect();
        let mut parts: Vec<TokenStream> = value.into_iter().collect();
        let likes = results::likes(companion, &self.input.arguments);
        for ((root, code), like) in program.roots.iter().zip(codes).skip(first).zip(likes) {
            copied.push(shapes.is_copied(*root));
            parts.push(self.declared(&shapes, *root, like, code));
        }
        let mut names = Names::new([self.taken(), quote!(#(#statements)* #(#parts)*)]);
        let early = without_moved(&mut parts, &copied, "gradient", &mut names);
        let derivatives = parts.split_off(first);
        let groups = results::grouped(companion, &self.input.arguments, derivatives, &results::put_together);
        let named: Vec<Ident> = self.group_names(companion).iter().map(|n| Ident::new(n, Span::mixed_site())).collect();
        let v = Ident::new("value", Span::mixed_site());
        let (before, last) = match parts.first() {
            // the value first: it may read what the derivatives consume
            Some(value) => (quote!(#early let #v = #value; #(let #named = #groups;)*), quote!((#v, #(#named),*))),
            None if ends_early(&groups[0]) => {
                (quote!(#early #(let #named = #groups;)*), results::tuple(&named.iter().map(|n| quote!(#n)).collect::<Vec<_>>()))
            }
            None => (early, results::tuple(&groups)),
        };
        let last = if self.option() { quote!(::core::option::Option::Some(#last)) } else { last };
        quote!(#before #last)
    }

    /// The end of a companion that writes its gradients: what is no statement yet, and the value.
    fn written(&self, program: &Program, codes: &[Code], companion: Companion, buffers: &[Ident]) -> TokenStream {
        let outputs = self.outputs(program, companion, buffers);
        let emitter = self.emitter(program).with_outputs(outputs.clone());
        let codes_of_gradients = codes.iter().skip(usize::from(companion.with_value));
        let left = outputs.iter().zip(codes_of_gradients).filter(|(output, _)| !emitter.is_written(output));
        let writes: TokenStream = left.map(|(output, code)| self.stored(&emitter, output, code)).collect();
        let value = self.value(program, codes, companion);
        let v = Ident::new("value", Span::mixed_site());
        let (before, last) = match value {
            Some(value) if !writes.is_empty() || ends_early(&value) => (quote!(let #v = #value; #writes), quote!(#v)),
            Some(value) => (writes, value),
            None if self.option() => (writes, quote!(())),
            None => (writes, TokenStream::new()),
        };
        let last = if self.option() { quote!(::core::option::Option::Some(#last)) } else { last };
        quote!(#before #last)
    }

    fn stored(&self, shapes: &Emitter<'_>, output: &Output, code: &Code) -> TokenStream {
        let (Some(_), Some(ty)) = (output.list(), &output.ty) else { return output.stored(code) };
        let as_it_is = !code.is_scalar() && !shapes.is_declared_otherwise(output.node, ty);
        let matrix = if as_it_is {
            code.by_ref()
        } else {
            let matrix = shapes.in_declared_shape(output.node, ty, code);
            quote!(&#matrix)
        };
        lists::stored(&output.buffer, &matrix, &self.paths)
    }

    fn group_names(&self, companion: Companion) -> Vec<&'static str> {
        let last = match self.input.arguments.derivative {
            Derivative::Gradient | Derivative::Vjp => "gradient",
            Derivative::Jacobian => "jacobian",
            Derivative::Hessian => "hessian",
            Derivative::Jvp => "tangent",
            Derivative::Hvp => "product",
        };
        companion.with_gradients.then_some("gradient").into_iter().chain([last]).collect()
    }

    /// A result in the type that it is promised in.
    pub(super) fn declared(&self, shapes: &Emitter<'_>, root: NodeId, like: Like, code: &Code) -> TokenStream {
        match results::num_type(like, &self.input.signature) {
            Some(ty) => {
                let matrix = shapes.in_declared_shape(root, &ty, code);
                ty.list.map_or(matrix.clone(), |list| lists::made(list, &matrix, &self.paths))
            }
            None => code.tokens.clone(),
        }
    }

    /// The value in the type that the function declares.
    fn value(&self, program: &Program, codes: &[Code], companion: Companion) -> Option<TokenStream> {
        let (root, code) = program.roots.first().zip(codes.first()).filter(|_| companion.with_value)?;
        Some(self.declared(&self.emitter(program), *root, Like::Value, code))
    }
}

/// In a tuple, a variable that stands alone is moved, as is one that is made a list, and nothing after it can read it: what would is cloned, or
/// bound before.
pub(super) fn without_moved(parts: &mut [TokenStream], copied: &[bool], wish: &str, names: &mut Names) -> TokenStream {
    let mut early = TokenStream::new();
    for i in 0..parts.len() {
        let Some((moved, list)) = moved_by(&parts[i]).filter(|_| !copied[i]) else { continue };
        let (part, later) = parts[i..].split_first_mut().unwrap_or_else(|| unreachable!("there is a part `i`"));
        for other in later.iter_mut().filter(|other| mentions(other, &moved.to_string())) {
            if moved_by(other).is_some() {
                *part = list.as_ref().map_or_else(|| quote!(#moved.clone()), |function| quote!(#function(#moved.clone())));
            } else {
                let name = names.fresh(wish);
                let bound = std::mem::replace(other, quote!(#name));
                early.extend(quote!(let #name = #bound;));
            }
        }
    }
    early
}

/// The variable that an expression moves: itself, or the argument of the function that makes a list of it.
fn moved_by(part: &TokenStream) -> Option<(Ident, Option<TokenStream>)> {
    // a path and its argument, at most: to read a long sum as such a call would take long, and more stack than there is
    let trees: Vec<TokenTree> = part.clone().into_iter().take(LONGEST_CALL).collect();
    match &trees[..] {
        [TokenTree::Ident(variable)] => Some((variable.clone(), None)),
        [path @ .., TokenTree::Group(arguments)]
            if trees.len() < LONGEST_CALL && arguments.delimiter() == Delimiter::Parenthesis =>
        {
            let path: TokenStream = path.iter().cloned().collect();
            let path = syn::parse2::<syn::ExprPath>(path).ok()?;
            let variable = syn::parse2::<Ident>(arguments.stream()).ok()?;
            Some((variable, Some(quote!(#path))))
        }
        _ => None,
    }
}

/// More tokens than the path of a function of ours has, with its arguments.
const LONGEST_CALL: usize = 64;

pub(super) fn mentions(code: &TokenStream, name: &str) -> bool {
    code.clone().into_iter().any(|tree| match tree {
        TokenTree::Ident(ident) => ident == name,
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
