//! Names of variables: the user's own where there is one, ours where there is none, never one that is taken.

use std::collections::{BTreeSet, HashMap};

use proc_macro2::{Ident, Span, TokenStream, TokenTree};

use crate::ir::Kind;
use crate::ops;

/// The names of one companion.
#[derive(Clone)]
pub struct Names {
    taken: BTreeSet<String>,
    /// By the names before their numbers: up to where all numbers are taken.
    counted: HashMap<String, usize>,
}

impl Names {
    /// With all names in these tokens taken.
    pub fn new(tokens: impl IntoIterator<Item = TokenStream>) -> Self {
        let mut taken = BTreeSet::new();
        let mut stack: Vec<TokenStream> = tokens.into_iter().collect();
        while let Some(tokens) = stack.pop() {
            for tree in tokens {
                match tree {
                    TokenTree::Ident(name) => {
                        taken.insert(name.to_string());
                    }
                    TokenTree::Group(group) => stack.push(group.stream()),
                    _ => {}
                }
            }
        }
        Self { taken, counted: HashMap::new() }
    }
    /// These, and those in some tokens.
    pub fn with(&self, tokens: TokenStream) -> Self {
        let mut all = Self::new([tokens]);
        all.taken.extend(self.taken.iter().cloned());
        all.counted.clone_from(&self.counted);
        all
    }
    /// A fresh name like this one. It has the hygiene of `macro_rules!` locals: no name of the user can meet it.
    pub fn fresh(&mut self, wish: &str) -> Ident {
        let (stem, from) = self.begin(wish);
        let (name, number) = free(&stem, from, |name| self.taken.contains(name));
        self.taken.insert(name.to_string());
        self.counted.insert(stem, number + 1);
        name
    }
    /// A name like this one that is neither taken nor among `beside`, and stays free.
    pub fn local(&self, wish: &str, beside: &[Ident]) -> Ident {
        let (stem, from) = self.begin(wish);
        free(&stem, from, |name| self.taken.contains(name) || beside.iter().any(|b| b == name)).0
    }
    /// The name that a wish stands for, no keyword, and the first number that may be free.
    fn begin(&self, wish: &str) -> (String, usize) {
        let stem = wish.trim_start_matches("r#");
        let stem = if syn::parse_str::<Ident>(stem).is_ok() { stem.to_owned() } else { format!("{stem}_") };
        let from = self.counted.get(&stem).copied().unwrap_or(1);
        (stem, from)
    }
    /// A name for the value of an operation.
    pub fn for_kind(&mut self, kind: Kind) -> Ident {
        self.fresh(match kind {
            Kind::Lu => "lu",
            Kind::Chol => "cholesky",
            Kind::MatMul => "product",
            Kind::Map | Kind::Lin | Kind::Scale | Kind::Hadamard => "t",
            Kind::Transpose => "transposed",
            Kind::Dim => "n",
            Kind::Pow => "power",
            Kind::LeftVectors => "u",
            Kind::RightVectors => "v_t",
            other => ops::record(other).name,
        })
    }
}

/// The first name like this one that is not taken, and its number: the name itself is the first.
fn free(stem: &str, from: usize, taken: impl Fn(&str) -> bool) -> (Ident, usize) {
    let numbered = (from..).map(|i| (if i == 1 { stem.to_owned() } else { format!("{stem}_{i}") }, i));
    let (name, number) = numbered.into_iter().find(|(name, _)| !taken(name)).unwrap_or_else(|| (stem.to_owned(), from));
    (Ident::new(&name, Span::mixed_site()), number)
}
