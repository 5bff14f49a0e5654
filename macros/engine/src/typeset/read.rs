//! A line of `print` taken apart.

use std::collections::BTreeSet;

use super::Math;
use super::scripts::{above, below, script};
use crate::emit::Report;

/// What names in formulas may be.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {
    /// Variables, whose differentials are `dx`.
    variables: BTreeSet<String>,
    /// The user's code that is no name, the longest first.
    code: Vec<String>,
}

impl Vocabulary {
    /// Of the formulas of a report.
    #[must_use]
    pub fn of(report: &Report) -> Self {
        let is_name = |text: &str| text.chars().all(is_letter) && text.chars().next().is_some_and(|c| !c.is_numeric());
        let variables = report.params.iter().chain(report.definitions.iter().map(|(name, _)| name)).filter(|name| is_name(name));
        let mut code: Vec<String> = report.code.iter().filter(|text| !text.is_empty() && !is_name(text)).cloned().collect();
        code.retain(|text| text.parse::<f64>().is_err());
        code.sort_by_key(|text| std::cmp::Reverse(text.len()));
        Self { variables: variables.cloned().collect(), code }
    }
}

/// Functions and constants that are set upright wherever they stand.
const UPRIGHT: [&str; 29] = [
    "exp", "ln", "log", "det", "tr", "vec", "diag", "Diag", "blocks", "arg", "max", "min", "sum", "mean", "prod", "sign", "tril",
    "triu", "softmax", "lse", "sin", "cos", "tan", "sinh", "cosh", "tanh", "lim", "amax", "amin",
];
const WORDS: [&str; 5] = ["if", "else", "with", "at", "by"];
/// Nothing is nested more deeply than this.
const DEEPEST: usize = 100;

/// The formula of a line. What the reader does not know stands in it as code.
#[must_use]
pub fn read(line: &str, vocabulary: &Vocabulary) -> Math {
    let mut reader = Reader { line, at: 0, vocabulary, depth: 0 };
    match reader.row(None) {
        Some(row) if reader.at == line.len() => row,
        _ => Math::Code(line.to_owned()),
    }
}

/// The left side of an equation of a report: `f`, `df`, `∂f/∂w`, `d ∂f/∂w`, `∂²f/∂w∂b`, `∂vec(f)/∂vec(X)`.
#[must_use]
pub fn left(line: &str, report: &Report) -> Math {
    let mut vocabulary = Vocabulary::of(report);
    vocabulary.variables.insert(report.name.clone());
    let quotient = |line: &str| match line.split_once("/∂") {
        Some((above, below)) => {
            let part = |text: &str| Box::new(read(text, &vocabulary));
            Math::Fraction(part(above), part(&format!("∂{below}")), "/")
        }
        None => read(line, &vocabulary),
    };
    match line.strip_prefix("d ").filter(|_| report.name != "d") {
        Some(of) => Math::Row(vec![Math::Function("d".to_owned()), Math::Blank, quotient(of)]),
        None => quotient(line),
    }
}

fn is_letter(c: char) -> bool {
    (c.is_alphanumeric() || c == '_' || c == '\u{304}') && above(c).is_none() && below(c).is_none()
}

struct Reader<'l> {
    line: &'l str,
    at: usize,
    vocabulary: &'l Vocabulary,
    depth: usize,
}

impl<'l> Reader<'l> {
    fn rest(&self) -> &'l str {
        &self.line[self.at..]
    }
    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }
    fn take(&mut self, length: usize) -> &'l str {
        let taken = &self.rest()[..length];
        self.at += length;
        taken
    }
    /// The characters from here on that belong together.
    fn run(&mut self, belongs: impl Fn(char) -> bool) -> &'l str {
        let rest = self.rest();
        self.take(rest.find(|c| !belongs(c)).unwrap_or(rest.len()))
    }

    /// All up to a closing bracket, which is not taken, or to the end.
    fn row(&mut self, close: Option<char>) -> Option<Math> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return None;
        }
        let mut parts: Vec<Math> = Vec::new();
        while let Some(c) = self.peek() {
            let operand = matches!(parts.last(), None | Some(Math::Blank | Math::Operator(_)));
            if close == Some(c) && !(operand && (c == '‖' || c == '|') && !parts.is_empty()) {
                break;
            }
            let part = self.part(c, operand, parts.last())?;
            match (part, parts.last()) {
                // what is next to a name is its argument
                (part @ Math::Fenced('(' | '|', ..), Some(Math::Name(_) | Math::Function(_) | Math::Script { .. })) => {
                    let function = parts.pop()?;
                    parts.push(self.scripted(Math::Apply(Box::new(upright(function)), Box::new(part))));
                }
                (part, _) => {
                    let part = self.scripted(part);
                    parts.push(part);
                }
            }
        }
        self.depth -= 1;
        Some(Math::Row(fractions(parts)))
    }

    fn part(&mut self, c: char, operand: bool, last: Option<&Math>) -> Option<Math> {
        if let Some(code) = self.code(last) {
            return Some(code);
        }
        let after_name = matches!(last, Some(Math::Function(_)));
        Some(match c {
            ' ' => {
                self.take(1);
                Math::Blank
            }
            '0'..='9' => self.number(),
            '√' | '∛' => {
                self.take(c.len_utf8());
                let next = self.peek()?;
                let inside = self.part(next, true, None)?;
                Math::Root(c, Box::new(inside))
            }
            '(' => self.fenced(c, ')')?,
            '⟨' if self.rest().contains('⟩') => self.fenced(c, '⟩')?,
            '‖' if operand => self.fenced(c, c)?,
            '|' if operand || after_name => self.fenced(c, c)?,
            '[' => self.bracket(last)?,
            'Σ' | '∏' => Math::Function(self.take(c.len_utf8()).to_owned()),
            _ if is_letter(c) => self.name(),
            '.' if self.rest().starts_with("..") => Math::Operator(self.take(2).to_owned()),
            '+' | '−' | '∘' | '⊘' | '⊗' | '×' | '/' | ',' | ';' | '<' | '>' | '≤' | '≥' | '=' | '≠' | '·' | '∂' | '⟨' => {
                Math::Operator(self.take(c.len_utf8()).to_owned())
            }
            _ => Math::Code(self.take(c.len_utf8()).to_owned()),
        })
    }

    /// A piece of the user's code, if one begins here.
    fn code(&mut self, last: Option<&Math>) -> Option<Math> {
        let inside_name = |next: Option<char>, c: char| next.is_some_and(is_letter) && is_letter(c);
        let behind_letter = matches!(last, Some(Math::Name(_) | Math::Number(_) | Math::Function(_)));
        let code = self.vocabulary.code.iter().find(|code| {
            let rest = self.rest();
            let ends = |last: char| inside_name(rest[code.len()..].chars().next(), last);
            rest.starts_with(&code[..])
                && !code.chars().next_back().is_some_and(ends)
                && !(behind_letter && code.starts_with(is_letter))
        })?;
        self.at += code.len();
        Some(Math::Code(code.clone()))
    }

    fn number(&mut self) -> Math {
        let start = self.at;
        self.run(|c| c.is_ascii_digit());
        let mut rest = self.rest().chars();
        if rest.next() == Some('.') && rest.next().is_some_and(|c| c.is_ascii_digit()) {
            self.take(1);
            self.run(|c| c.is_ascii_digit());
        }
        if let Some(exponent) = self.rest().strip_prefix('e') {
            let digits = exponent.trim_start_matches('⁻');
            if digits.starts_with(|c: char| c.is_ascii_digit()) {
                self.take(1 + exponent.len() - digits.len());
                self.run(|c| c.is_ascii_digit());
            }
        }
        Math::Number(self.line[start..self.at].to_owned())
    }

    fn name(&mut self) -> Math {
        let start = self.at;
        let name = self.run(is_letter);
        // `x.len()`: the size of something of ours
        while self.rest().strip_prefix('.').is_some_and(|rest| rest.starts_with(is_letter)) {
            self.take(1);
            self.run(is_letter);
            if self.rest().starts_with("()") {
                self.take(2);
            }
        }
        if self.at > start + name.len() {
            return Math::Code(self.line[start..self.at].to_owned());
        }
        let variables = &self.vocabulary.variables;
        if variables.contains(name) {
            return Math::Name(name.to_owned());
        }
        if let Some(of) = name.strip_prefix('d').filter(|of| variables.contains(*of)) {
            return Math::Differential(of.to_owned());
        }
        if WORDS.contains(&name) {
            return Math::Word(name.to_owned());
        }
        if UPRIGHT.contains(&name) { Math::Function(name.to_owned()) } else { Math::Name(name.to_owned()) }
    }

    fn fenced(&mut self, open: char, close: char) -> Option<Math> {
        self.take(open.len_utf8());
        let inside = self.row(Some(close))?;
        (self.peek() == Some(close)).then(|| self.take(close.len_utf8()))?;
        Some(Math::Fenced(open, Box::new(inside), close))
    }

    /// `[a, b; c, d]`; `[a < b]`; the `[k]` of `x[k]`.
    fn bracket(&mut self, last: Option<&Math>) -> Option<Math> {
        let fenced = self.fenced('[', ']')?;
        let Math::Fenced(_, inside, _) = &fenced else { return None };
        let Math::Row(parts) = &**inside else { return None };
        let is = |part: &Math, sign: &str| matches!(part, Math::Operator(s) if s == sign);
        let index = !matches!(last, None | Some(Math::Blank | Math::Operator(_)));
        if index || !parts.iter().any(|p| is(p, ",") || is(p, ";")) {
            return Some(fenced);
        }
        let mut rows = vec![vec![Vec::new()]];
        for part in parts {
            let row = rows.last_mut()?;
            match part {
                _ if is(part, ";") => rows.push(vec![Vec::new()]),
                _ if is(part, ",") => row.push(Vec::new()),
                Math::Blank if row.last().is_some_and(Vec::is_empty) => {}
                _ => row.last_mut()?.push(part.clone()),
            }
        }
        Some(Math::Grid(rows.into_iter().map(|row| row.into_iter().map(Math::Row).collect()).collect()))
    }

    /// With the scripts that follow.
    fn scripted(&mut self, base: Math) -> Math {
        if matches!(base, Math::Blank | Math::Word(_)) {
            return base;
        }
        let start = self.at;
        let (mut sub, mut sup) = (None, None);
        loop {
            let before = self.at;
            match self.peek() {
                Some(c) if below(c).is_some() && sub.is_none() => {
                    let line: String = self.run(|c| below(c).is_some()).chars().filter_map(below).collect();
                    sub = Some(Box::new(script(&line)));
                }
                Some(c) if above(c).is_some() && sup.is_none() => {
                    let line: String = self.run(|c| above(c).is_some()).chars().filter_map(above).collect();
                    sup = Some(Box::new(script(&line)));
                }
                Some('^') if sup.is_none() => {
                    self.take(1);
                    let exponent = self.exponent();
                    sup = exponent.map(Box::new);
                }
                Some('_') if sub.is_none() && self.rest().starts_with("_(") => {
                    self.take(1);
                    sub = self.fenced('(', ')').map(Box::new);
                }
                Some('×') if matches!(base, Math::Fenced('[', ..)) => {
                    self.take('×'.len_utf8());
                    sub = Some(Box::new(Math::Operator("×".to_owned())));
                }
                _ => {}
            }
            if self.at == before {
                break;
            }
        }
        let plain = self.line[start..self.at].to_owned();
        if plain.is_empty() {
            return base;
        }
        // xᵀ₂⁸: one above the other
        self.scripted(Math::Script { base: Box::new(base), sub, sup, plain })
    }

    /// What follows `^`.
    fn exponent(&mut self) -> Option<Math> {
        let mut parts = Vec::new();
        if self.peek() == Some('∘') {
            parts.push(Math::Operator(self.take('∘'.len_utf8()).to_owned()));
        }
        let next = self.peek()?;
        parts.push(self.part(next, true, None)?);
        Some(Math::Row(parts))
    }
}

/// What is applied to something is a function.
fn upright(function: Math) -> Math {
    match function {
        Math::Name(name) => Math::Function(name),
        Math::Script { base, sub, sup, plain } => Math::Script { base: Box::new(upright(*base)), sub, sup, plain },
        other => other,
    }
}

/// `a b / c` is a fraction: the product before the bar, the one factor behind it.
fn fractions(parts: Vec<Math>) -> Vec<Math> {
    let is_bar = |part: &Math| matches!(part, Math::Operator(sign) if sign == "/");
    let mut done: Vec<Math> = Vec::new();
    let mut parts = parts.into_iter().peekable();
    while let Some(part) = parts.next() {
        if !is_bar(&part) {
            done.push(part);
            continue;
        }
        let spaced = done.last() == Some(&Math::Blank) && parts.peek() == Some(&Math::Blank);
        let behind = done.len() - usize::from(spaced);
        let start = done[..behind].iter().rposition(|p| matches!(p, Math::Operator(_) | Math::Word(_))).map_or(0, |at| at + 1);
        let start = start + usize::from(done.get(start) == Some(&Math::Blank));
        let following = if spaced { parts.clone().nth(1) } else { parts.peek().cloned() };
        let Some(below) = following.filter(|b| start < behind && !matches!(b, Math::Blank | Math::Operator(_))) else {
            done.push(part);
            continue;
        };
        done.truncate(behind);
        let above = done.split_off(start);
        if spaced {
            parts.next();
        }
        parts.next();
        done.push(Math::Fraction(Box::new(Math::Row(above)), Box::new(below), if spaced { " / " } else { "/" }));
    }
    done
}
