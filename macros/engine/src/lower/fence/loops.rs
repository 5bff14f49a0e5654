//! Loops, iterators and assignments.

use proc_macro2::Span;

use super::{Fence, Refusal};

impl Fence<'_> {
    pub(in crate::lower) fn loop_form(&self, span: Span, what: &str) -> Refusal {
        Refusal::new(span, format!("{what} is not supported; write what depends on {} with operations of matrices", self.wrt()))
    }
    /// `if` and `match` that are not read; `instead`: what to do.
    pub(in crate::lower) fn choice(&self, span: Span, what: &str, instead: &str) -> Refusal {
        Refusal::new(span, format!("{what} is not supported; {instead}"))
    }
    pub(in crate::lower) fn counted_by_active(&self, span: Span) -> Refusal {
        let what = "a number of iterations that depends on what is differentiated";
        self.choice(span, what, "let it run so many times as is known before: `for _ in 0..n`")
    }
    pub(in crate::lower) fn other_sizes(&self, span: Span) -> Refusal {
        let message = "the sides of this `if` are not known to have one size, and values of other sizes are not supported; \
                       let both have one, or say before that they have: `assert_eq!(a.len(), b.len());`";
        Refusal::new(span, message)
    }
    pub(in crate::lower) fn carried(&self, name: &str, span: Span) -> Refusal {
        let name = if name.contains(' ') { name.to_owned() } else { format!("`{name}`") };
        Refusal::new(
            span,
            format!(
                "how {name} changes from one iteration to the next is not followed here; carry numbers, vectors, matrices and lists of them: `s = …`, `s += …`, `s[i] = …`"
            ),
        )
    }
    pub(in crate::lower) fn no_matrix_form(&self, span: Span) -> Refusal {
        Refusal::new(
            span,
            format!(
                "what is done here once an iteration has no form as one matrix that is known; write what depends on {} with operations of matrices",
                self.wrt()
            ),
        )
    }
    pub(in crate::lower) fn assigned(&self, span: Span, name: &str) -> Refusal {
        Refusal::new(span, format!("this assignment to `{name}` is not supported; bind its new value with `let`"))
    }
}
