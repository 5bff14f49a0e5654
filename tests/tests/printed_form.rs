//! Printed gradients, Jacobians and Hessians against the books': no longer, in operations, for nearly all identities of tier 1.
#![allow(missing_docs)]
#![allow(clippy::format_push_string, reason = "a test builds few strings")]

use std::collections::{BTreeSet, HashMap};

use matgrad_engine::parse::Derivative;
use proc_macro2::TokenStream;

/// Rows whose printed form takes more operations than the book's, and why.
const LONGER: &[(&str, &str)] = &[
    ("chol-06", "2 Diag(1 ⊘ diag L) is the diagonal that the lower triangle of 2 L⁻ᵀ is, n divisions for an inverse"),
    ("det-02", "the book's cof(X), printed as det(X) X⁻ᵀ"),
    ("det-03", "det(A X B) X⁻ᵀ needs square A and B"),
    ("det-07", "det(Xᵀ A X) X⁻ᵀ needs a square X"),
    ("det-09", "the book's pseudoinverse, printed as the solution of the normal equations"),
    ("ml-11", "O ∘ O is O for a mask"),
    ("smax-14", "σ(x) − y loses the digits that y σ(−x) keeps"),
];

/// The same of Jacobians and Hessians.
const LONGER_JACOBIANS: &[(&str, &str)] = &[
    ("jac-28", "the matrix of ones, 1 1ᵀ, is one letter in the book"),
    ("mjac-06", "(I + K) (I ⊗ Xᵀ), as the sum of its parts: K moves rows of the sum, or columns of one part"),
];

/// What `explain` prints for a row, symmetric variables being declared as the table declares them.
fn printed(columns: &[&str]) -> Option<(String, Vec<(String, String)>)> {
    let [_, _, _, _, _, variables, _, _, attribute, signature, body] = columns[..] else { panic!("eleven columns") };
    let (name, arguments) = attribute.split_once('(')?;
    let derivative = Derivative::ALL.into_iter().find(|d| d.attribute() == format!("{name}]"))?;
    let mut arguments = arguments.strip_suffix(")]")?.to_owned();
    for (mark, declaration) in [("{sym}", "symmetric"), ("{spd}", "spd"), ("{tril}", "lower_triangular")] {
        for variable in variables.split("; ").filter(|v| v.contains(mark)) {
            let name = variable.split('[').next().unwrap_or_default();
            if !arguments.contains(&format!("({name})")) {
                arguments.push_str(&format!(", {declaration}({name})"));
            }
        }
    }
    let tokens = |code: &str| code.parse::<TokenStream>().expect("tokens");
    let report =
        matgrad_engine::explain_as(derivative, tokens(&arguments), tokens(&format!("fn f{signature} {{ {body} }}"))).ok()?;
    let formula = if derivative == Derivative::Gradient { &report.gradients[0] } else { report.results.last()? };
    Some((formula.1.clone(), report.definitions))
}

/// Operations of a printed formula, those of the definitions that it uses included.
fn operations(formula: &str, definitions: &[(String, String)]) -> usize {
    let definitions: HashMap<&str, &str> = definitions.iter().map(|(n, t)| (n.as_str(), t.as_str())).collect();
    let (mut total, mut pending, mut seen) = (0, vec![formula], BTreeSet::new());
    while let Some(text) = pending.pop() {
        total += own_operations(text);
        for name in text.split(|c: char| !(c.is_alphanumeric() || c == '_')) {
            if let Some(definition) = definitions.get(name)
                && seen.insert(name)
            {
                pending.push(definition);
            }
        }
    }
    total
}

/// Operators, functions, exponents, and juxtapositions.
fn own_operations(text: &str) -> usize {
    let chars: Vec<char> = text.chars().collect();
    let is_name = |c: char| c.is_alphanumeric() || c == '_';
    let mut count = 0;
    for (i, c) in chars.iter().enumerate() {
        let (before, after) = (i.checked_sub(1).map(|j| chars[j]), chars.get(i + 1).copied());
        count += match c {
            // an elementwise power is one operation
            '∘' if before == Some('^') => 0,
            '+' | '−' | '∘' | '⊘' | '⊗' | '×' | '/' | '√' | 'ᵀ' => 1,
            '⁻' if after == Some('¹') => 1,
            // the transpose is counted by itself, the inverse here
            '⁻' if after == Some('ᵀ') => 1,
            '²' | '³' | '⁴' | '⁵' | '⁶' | '⁷' | '⁸' | '⁹' if before != Some('‖') => 1,
            '^' => 1,
            '(' if before.is_some_and(is_name) => 1,
            // an opening bar
            '‖' | '|' if chars[..i].iter().filter(|d| *d == c).count() % 2 == 0 => 1,
            // a blank between two operands is a product
            ' ' => {
                let ends = before.is_some_and(|b| is_name(b) || ")]ᵀ¹²³⁴⁵⁶⁷⁸⁹‖|₀₁₂₃₄₅₆₇₈₉".contains(b));
                let begins = after.is_some_and(|a| is_name(a) || "(√‖|[".contains(a));
                usize::from(ends && begins)
            }
            _ => 0,
        };
    }
    count
}

/// Operations of a formula of the table.
fn book_operations(text: &str) -> usize {
    const LEAVES: &[&str] = &["I", "ones", "zeros", "E", "K", "diagsel"];
    let chars: Vec<char> = text.chars().collect();
    let mut count = text.matches(".T").count() + text.matches("**").count();
    let single = text.replace("**", "^").replace(".T", "");
    count += single.chars().filter(|c| "+-*/".contains(*c)).count();
    for (i, c) in chars.iter().enumerate() {
        if *c == '(' {
            let name: String = chars[..i]
                .iter()
                .rev()
                .take_while(|c| c.is_alphanumeric() || **c == '_')
                .collect::<Vec<_>>()
                .into_iter()
                .rev()
                .collect();
            count += match name.as_str() {
                "" => 0,
                // A⁻¹ b is an inverse and a product
                "solve" => 2,
                // A ∘ B ∘ C
                "had" => arguments(&chars[i..]) - 1,
                name if LEAVES.contains(&name) => 0,
                _ => 1,
            };
        }
    }
    count
}

/// The number of arguments of a call, from its opening bracket.
fn arguments(chars: &[char]) -> usize {
    let (mut depth, mut commas) = (0, 0);
    for c in chars {
        match c {
            '(' => depth += 1,
            ')' if depth == 1 => break,
            ')' => depth -= 1,
            ',' if depth == 1 => commas += 1,
            _ => {}
        }
    }
    commas + 1
}

#[test]
fn formulas_are_as_short_as_the_books() {
    compare(&["grad"], LONGER);
}

#[test]
fn jacobians_and_hessians_are_as_short_as_the_books() {
    compare(&["jac", "hess"], LONGER_JACOBIANS);
}

/// The rows of tier 1 of these kinds; `longer`: those that are known to be longer, and why.
fn compare(kinds: &[&str], longer_rows: &[(&str, &str)]) {
    let table = include_str!("../identities/spelled.tsv");
    let known: HashMap<&str, &str> = longer_rows.iter().copied().collect();
    let (mut rows, mut longer, mut report) = (0, BTreeSet::new(), String::new());
    for line in table.lines().skip(1) {
        let columns: Vec<&str> = line.split('\t').collect();
        if !kinds.contains(&columns[1]) || columns[2] != "1" {
            continue;
        }
        rows += 1;
        let (formula, definitions) = printed(&columns).expect("the row is accepted");
        let (ours, book) = (operations(&formula, &definitions), book_operations(columns[7]));
        if ours > book {
            longer.insert(columns[0]);
            let definitions: Vec<String> = definitions.iter().map(|(n, t)| format!("{n} = {t}")).collect();
            report.push_str(&format!(
                "{}: {ours} > {book}\n    ours {formula}   [{}]\n    book {}\n",
                columns[0],
                definitions.join("; "),
                columns[7]
            ));
        }
    }
    println!("{} of {rows} rows of tier 1 are longer than the book's\n{report}", longer.len());
    let unknown: Vec<&&str> = longer.iter().filter(|id| !known.contains_key(**id)).collect();
    assert!(unknown.is_empty(), "longer than the book's: {unknown:?}\n{report}");
    let shorter_now: Vec<&&str> = known.keys().filter(|id| !longer.contains(**id)).collect();
    assert!(shorter_now.is_empty(), "no longer longer: {shorter_now:?}");
    assert!(longer.len() * 20 <= rows, "{} of {rows}", longer.len());
}
