//! A file of source: the annotated functions in it, their derivations, and the same file with their companions written out.
//!
//! ```text
//! text ──read──▶ Source ──functions──▶ Annotated ──report──▶ formulas
//!                                          │
//!                                     written_out──▶ text without attributes, with companions
//! ```
//!
//! Macros expand what rustc gives them; a tool has a text. Functions that a macro of the file makes are not in it.

mod edits;
mod find;
mod formatted;
mod imports;
mod place;

use std::ops::Range;

use proc_macro2::{Span, TokenStream};

use crate::around::Place as Standing;
use crate::emit::{self, Report};
use crate::error::{Error, Errors};
use crate::parse::depth::too_deep;
use crate::parse::{self, Derivative, Input};
use crate::problem::Problem;
use crate::{Derivation, derive};
use edits::Edits;
use formatted::Owner;
pub use place::{Place, place};

/// A file that rustc would parse.
#[derive(Debug)]
pub struct Source {
    /// As it was given.
    text: String,
    /// What stands before the first token that Rust sees.
    skipped: usize,
    file: syn::File,
    functions: Vec<Annotated>,
}

/// One of our attributes and the function that it stands on.
#[derive(Clone, Debug)]
pub struct Annotated {
    /// What it asks for.
    pub derivative: Derivative,
    /// The arguments of the attribute.
    pub arguments: TokenStream,
    /// The function as the macro would see it, without this attribute and those that were expanded before.
    pub item: TokenStream,
    /// The arguments of a `#[problem]`.
    problem: Option<TokenStream>,
    /// The `c` of `#[cfg_attr(c, grad)]`.
    condition: Option<TokenStream>,
    /// The first and the last token of the attribute.
    span: (Span, Span),
    /// Where the attribute stands, and what is left of it without us.
    attribute: (Range<usize>, String),
    /// Where the item stands, its attributes included.
    whole: Range<usize>,
    owner: Owner,
    /// What a `#[differentiable]` module shows of what stands around it.
    place: Standing,
}

impl Source {
    /// Reads a file.
    ///
    /// # Errors
    /// If it is no Rust.
    pub fn read(text: &str) -> Result<Self, Errors> {
        let (skipped, rust) = without_prefix(text);
        let tokens: TokenStream = rust.parse().map_err(|e: proc_macro2::LexError| Error::new(e.span(), e.to_string()))?;
        if let Some(span) = too_deep(&tokens) {
            return Err(Error::new(span, "code nested this deeply is not supported; bind a part to a `let`").into());
        }
        let file = syn::parse2(tokens)?;
        let functions = find::annotated(&file);
        Ok(Self { text: text.to_owned(), skipped, file, functions })
    }
    /// The annotated functions in the order of the file, once for each attribute.
    #[must_use]
    pub fn functions(&self) -> &[Annotated] {
        &self.functions
    }
    /// Where an attribute stands in the text.
    #[must_use]
    pub fn attribute(&self, function: &Annotated) -> Range<usize> {
        self.shifted(function.attribute.0.clone())
    }
    /// Where the tokens of an error stand in the text: from the first to behind the last.
    #[must_use]
    pub fn range(&self, error: &Error) -> Range<usize> {
        let (start, end) = (error.span.byte_range(), error.end.byte_range());
        self.shifted(start.start..end.end.max(start.end))
    }
    /// The same file without our attributes and imports of them, and with the companions behind each function.
    ///
    /// # Errors
    /// Those of all attributes.
    pub fn written_out(&self) -> Result<String, Errors> {
        let mut errors = Errors::default();
        let mut edits = Edits::new(&self.text);
        let mut used = None;
        for function in &self.functions {
            let companions = match function.code() {
                Ok(companions) => companions,
                Err(found) => {
                    found.as_slice().iter().for_each(|e| errors.push(e.clone()));
                    continue;
                }
            };
            let whole = self.shifted(function.whole.clone());
            let indentation = edits.indentation(whole.start);
            // the function counts as used, as it does where the macro runs; once, however many attributes it has
            let first = used.replace(whole.end) != Some(whole.end);
            let instead = [first.then(emit::counts_as_used_text), Some(function.attribute.1.clone()).filter(|a| !a.is_empty())];
            let instead: Vec<String> = instead.into_iter().flatten().collect();
            let instead = instead.join(&format!("\n{indentation}"));
            edits.replace_lines(self.shifted(function.attribute.0.clone()), &instead);
            match formatted::companions(&companions, function.owner, function.condition.as_ref(), &indentation) {
                Ok(text) => edits.insert(whole.end, &format!("\n\n{text}")),
                Err(error) => errors.push(error),
            }
        }
        for range in find::shown(&self.file) {
            edits.replace_lines(self.shifted(range), "");
        }
        for (range, instead) in imports::without_ours(&self.file) {
            edits.replace_lines(self.shifted(range), &instead);
        }
        errors.barrier(())?;
        Ok(edits.applied())
    }
    fn shifted(&self, range: Range<usize>) -> Range<usize> {
        range.start + self.skipped..range.end + self.skipped
    }
}

impl Annotated {
    /// The name of the function, if it is one.
    #[must_use]
    pub fn name(&self) -> Option<String> {
        parse::parse_in(&self.place, self.derivative, self.arguments.clone(), self.item.clone())
            .signature
            .map(|s| s.sig.ident.to_string())
    }
    /// What the companions document.
    ///
    /// # Errors
    /// Those of the attribute.
    pub fn report(&self) -> Result<Report, Errors> {
        let (input, derivation) = self.derived()?;
        Ok(emit::report(&input, &derivation))
    }
    /// The companions, formatted.
    ///
    /// # Errors
    /// Those of the attribute.
    pub fn companions(&self) -> Result<String, Errors> {
        Ok(formatted::companions(&self.code()?, self.owner, None, "")?)
    }
    /// The function, and its derivatives in mathematics. Errors that have no place of their own are put on the attribute's.
    ///
    /// # Errors
    /// Those of the attribute.
    pub fn derived(&self) -> Result<(Input, Derivation), Errors> {
        self.placed(self.derivation())
    }
    fn placed<T>(&self, result: Result<T, Errors>) -> Result<T, Errors> {
        result.map_err(|errors| {
            let mut placed = Errors::default();
            for mut error in errors.as_slice().iter().cloned() {
                if error.span.byte_range().is_empty() {
                    (error.span, error.end) = self.span;
                }
                placed.push(error);
            }
            placed
        })
    }
    /// What the macro puts behind the function.
    fn code(&self) -> Result<TokenStream, Errors> {
        match &self.problem {
            Some(arguments) => self.placed(Problem::read_in(&self.place, arguments.clone(), &self.item).code()),
            None => self.derived().map(|(input, derivation)| emit::companions(&input, &derivation)),
        }
    }
    fn derivation(&self) -> Result<(Input, Derivation), Errors> {
        let input = parse::parse_in(&self.place, self.derivative, self.arguments.clone(), self.item.clone()).result?;
        let derivation = derive(&input)?;
        Ok((input, derivation))
    }
}

/// How much of a text is a byte order mark, and the text without it; a line that names an interpreter is blank to Rust.
fn without_prefix(text: &str) -> (usize, String) {
    let rust = text.strip_prefix('\u{feff}').unwrap_or(text);
    let skipped = text.len() - rust.len();
    let shebang = rust.starts_with("#!") && !rust[2..].trim_start().starts_with('[');
    let line = if shebang { rust.find('\n').unwrap_or(rust.len()) } else { 0 };
    (skipped, format!("{}{}", " ".repeat(line), &rust[line..]))
}
