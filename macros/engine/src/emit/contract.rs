//! The contract: what the function takes to be true of its arguments, checked where the companions begin.

use std::collections::HashSet;

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote};

use super::Emitter;
use super::in_place::Output;
use super::paths::Paths;
use super::results::Like;
use crate::ir::{Axis, Source, Variable};
use crate::lower::Function;
use crate::parse::{Input, NumForm, TypeDim};

/// Checks, by where they stand.
#[derive(Default)]
pub(super) struct Contract {
    /// Of parameters, before anything else.
    pub(super) entry: TokenStream,
    /// Of variables that the prologue makes; of everything, where the function may leave before it needs it.
    pub(super) after_prologue: TokenStream,
}

impl Contract {
    /// `outputs`: where derivatives are written to, which has to have their shapes.
    pub(super) fn of(input: &Input, function: &Function, emitter: &Emitter<'_>, paths: &Paths, outputs: &[Output]) -> Self {
        let leaves = function.prologue.iter().any(|s| may_leave(&s.tokens));
        let mut writer = Writer { input, function, emitter, paths, leaves, agreed: HashSet::new(), contract: Self::default() };
        writer.sizes();
        writer.buffers(outputs);
        writer.promises();
        writer.contract
    }

    pub(super) fn is_empty(&self) -> bool {
        self.entry.is_empty() && self.after_prologue.is_empty()
    }
}

struct Writer<'a> {
    input: &'a Input,
    function: &'a Function,
    emitter: &'a Emitter<'a>,
    paths: &'a Paths,
    leaves: bool,
    /// The checks of sizes that are there.
    agreed: HashSet<String>,
    contract: Contract,
}

impl Writer<'_> {
    /// The sizes that have to agree.
    fn sizes(&mut self) {
        let dims = &self.emitter.graph().dims;
        let run_time = |s: &Source| !matches!(s, Source::Variable { typed: true, .. });
        for dim in dims.symbols() {
            // those of loops are checked there
            let mut sources: Vec<Source> = dims.sources(dim).into_iter().filter(|s| self.emitter.is_told(s)).collect();
            sources.dedup();
            sources.sort_by_key(|s| !is_param(s));
            if let Some(first) = sources.first().cloned() {
                for other in sources[1..].iter().filter(|s| run_time(s) || run_time(&first)) {
                    self.agree(other, &first);
                }
            }
        }
        for (n, source) in dims.fixed().filter(|(_, s)| run_time(s) && self.emitter.is_told(s)) {
            self.is_known(source, n);
        }
    }

    fn agree(&mut self, a: &Source, b: &Source) {
        let entry = is_param(a) && is_param(b) && !self.leaves;
        let ((name_a, size_a), (name_b, size_b)) = (self.described(a, entry), self.described(b, entry));
        let same = self.paths.private("same_dim");
        let check = quote!(#same(#name_a, #size_a, #name_b, #size_b););
        // sizes that are code may be the same code
        if self.agreed.insert(check.to_string()) {
            self.add(entry, check);
        }
    }

    fn is_known(&mut self, source: &Source, n: usize) {
        let entry = is_param(source) && !self.leaves;
        let (name, size) = self.described(source, entry);
        let n = proc_macro2::Literal::usize_unsuffixed(n);
        if size.to_string() != n.to_string() {
            let known = self.paths.private("known_dim");
            self.add(entry, quote!(#known(#name, #size, #n);));
        }
    }

    /// A buffer has the shape of its parameter or of what it is for, where the type does not say so.
    fn buffers(&mut self, outputs: &[Output]) {
        for Output { node, like, ty, buffer } in outputs {
            let called = self.called(*like, buffer);
            let Some(NumForm::Matrix { rows, cols, .. }) = ty.as_ref().map(|ty| &ty.form) else { continue };
            let shape = self.emitter.graph().shape(*node);
            for (dim, size, method) in [(rows, shape.rows, "nrows"), (cols, shape.cols, "ncols")] {
                if !matches!(dim, TypeDim::Dyn | TypeDim::TypeGeneric(_)) {
                    continue;
                }
                if ty.as_ref().is_some_and(|ty| ty.list.is_some()) {
                    let (same, of_buffer, size) =
                        (self.paths.private("same_dim"), format!("{called}.len()"), self.emitter.size(size));
                    let needed = match like {
                        Like::Param(p) => format!("{}.len()", self.input.signature.params[*p].name()),
                        _ => "the entries that it needs".to_owned(),
                    };
                    self.add(false, quote!(#same(#of_buffer, #buffer.len(), #needed, #size);));
                    continue;
                }
                let (same, method_name) = (self.paths.private("same_dim"), Ident::new(method, Span::call_site()));
                let of_buffer = format!("{called}.{method}()");
                if let Like::Param(p) = like {
                    let param = &self.input.signature.params[*p];
                    let (ident, of_param) = (&param.ident, format!("{}.{method}()", param.name()));
                    self.add(true, quote!(#same(#of_buffer, #buffer.#method_name(), #of_param, #ident.#method_name());));
                } else {
                    let (needed, size) = (
                        format!("the {} that it needs", if method == "nrows" { "rows" } else { "columns" }),
                        self.emitter.size(size),
                    );
                    self.add(false, quote!(#same(#of_buffer, #buffer.#method_name(), #needed, #size);));
                }
            }
        }
    }

    /// A buffer, as its caller calls it.
    fn called(&self, like: Like, buffer: &Ident) -> String {
        let Like::Param(p) = like else { return buffer.to_string() };
        let whole = self.input.arguments.wholes.iter().find(|whole| whole.tree.parts().contains(&p));
        match (whole, &self.input.signature.params[p].part) {
            (Some(whole), Some(part)) => {
                let suffix = super::results::suffix(self.input.arguments.derivative);
                let into = super::wholes::beside(whole, suffix, &self.input.signature);
                part.name.replacen(&whole.root.to_string(), &into.to_string(), 1)
            }
            _ => buffer.to_string(),
        }
    }

    /// Promises of the attribute, checked in debug builds.
    fn promises(&mut self) {
        let arguments = &self.input.arguments;
        let undiagonal: Vec<usize> = arguments.symmetric.iter().filter(|p| !arguments.diagonal.contains(p)).copied().collect();
        let checks = [
            ("debug_symmetric", &undiagonal),
            ("debug_diagonal", &arguments.diagonal),
            ("debug_lower_triangular", &arguments.lower_triangular),
            ("debug_orthogonal", &arguments.orthogonal),
        ];
        for (check, p) in checks.into_iter().flat_map(|(check, list)| list.iter().map(move |p| (check, p))) {
            let check = self.paths.private(check);
            let param = &self.input.signature.params[*p];
            let name = if self.leaves { &self.function.params[*p] } else { &param.ident };
            let text = param.ident.to_string();
            let value = if param.by_ref { quote!(#name) } else { quote!(&#name) };
            self.add(!self.leaves, quote!(#check(#text, #value);));
        }
    }

    fn add(&mut self, entry: bool, statement: TokenStream) {
        let statement = where_it_is_found(statement);
        if entry { self.contract.entry.extend(statement) } else { self.contract.after_prologue.extend(statement) }
    }

    /// What a source is called, and its code at entry or after the prologue.
    fn described(&self, source: &Source, entry: bool) -> (String, TokenStream) {
        let code = self.emitter.source_size(source);
        let (variable, method) = match source {
            Source::Variable { variable, axis: Axis::Rows, .. } => (variable, quote!(nrows())),
            Source::Variable { variable, axis: Axis::Cols, .. } => (variable, quote!(ncols())),
            Source::Code(c) => return (self.function.opaques[c.0 as usize].text.clone(), code),
            Source::Sum(_) | Source::Product(_) | Source::Least(_) => {
                let text = crate::lower::readable(&code);
                let inside = text.strip_prefix('(').and_then(|t| t.strip_suffix(')'));
                return (inside.unwrap_or(&text).to_owned(), code);
            }
        };
        let (text, ident) = match variable {
            Variable::Param(p) => {
                let param = &self.input.signature.params[*p];
                if param.kind.as_ref().is_some_and(|ty| ty.list.is_some()) {
                    return (format!("{}.len()", param.name()), code);
                }
                (param.name(), param.ident.to_token_stream())
            }
            Variable::Opaque(id) => (self.function.opaques[id.0 as usize].text.clone(), TokenStream::new()),
        };
        (format!("{text}.{}", method.to_string().replace(' ', "")), if entry { quote!(#ident.#method) } else { code })
    }
}

/// A check of what an `if let` or a `match` finds, where it finds it: `'unless: { …{ let Some(w) = w else { break 'unless }; w }… }`.
pub(super) fn where_it_is_found(check: TokenStream) -> TokenStream {
    let leave = syn::Lifetime::new("'unless", Span::mixed_site());
    let missing = crate::lower::missing();
    let (left, found) = replaced(check, &missing.to_string(), &quote!(break #leave));
    if found { quote!(#leave: { #left }) } else { left }
}

/// Code with other code in place of groups that say no more than this.
fn replaced(tokens: TokenStream, what: &str, with: &TokenStream) -> (TokenStream, bool) {
    use proc_macro2::{Group, TokenTree};
    let mut any = false;
    let trees = tokens.into_iter().map(|tree| match tree {
        TokenTree::Group(group) => {
            let (inner, found) =
                if group.stream().to_string() == what { (with.clone(), true) } else { replaced(group.stream(), what, with) };
            any |= found;
            let mut new = Group::new(group.delimiter(), inner);
            new.set_span(group.span());
            TokenTree::Group(new)
        }
        other => other,
    });
    let tokens = trees.collect();
    (tokens, any)
}

fn is_param(source: &Source) -> bool {
    matches!(source, Source::Variable { variable: Variable::Param(_), .. })
}

/// Whether code may leave the function.
fn may_leave(tokens: &TokenStream) -> bool {
    use proc_macro2::TokenTree;
    tokens.clone().into_iter().any(|tree| match tree {
        TokenTree::Ident(name) => name == "return",
        TokenTree::Punct(p) => p.as_char() == '?',
        TokenTree::Group(group) => may_leave(&group.stream()),
        TokenTree::Literal(_) => false,
    })
}
