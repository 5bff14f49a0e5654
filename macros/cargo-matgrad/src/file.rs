//! A file of source, and what is wrong with it.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use matgrad_engine::error::{Error, Errors};
use matgrad_engine::source::{Source, place};

/// Why a command did not do what it was asked: lines for the terminal.
#[derive(Debug)]
pub struct Failure(pub String);

impl Failure {
    /// That something could not be read or written.
    pub fn of(what: &Path, error: &std::io::Error) -> Self {
        Self(format!("error: {}: {error}", what.display()))
    }
}

/// A file that was read.
pub struct File {
    pub path: PathBuf,
    pub text: String,
    pub source: Source,
}

impl File {
    pub fn read(path: &Path) -> Result<Self, Failure> {
        let bytes = std::fs::read(path).map_err(|e| Failure::of(path, &e))?;
        let text = String::from_utf8(bytes).map_err(|e| {
            let before = String::from_utf8_lossy(&e.as_bytes()[..e.utf8_error().valid_up_to()]).into_owned();
            let at = place(&before, before.len());
            Failure(format!("error: {}:{}:{}: this is no UTF-8", path.display(), at.line, at.column))
        })?;
        let source = Source::read(&text).map_err(|errors| {
            let listed = errors.as_slice().iter().map(|e| complaint(path, &text, e.span.byte_range(), &e.message));
            Failure(listed.collect())
        })?;
        Ok(Self { path: path.to_owned(), text, source })
    }
    /// Errors, each with its place and its line, as rustc shows them; once, where several attributes of a function complain of the same.
    pub fn complaints(&self, errors: &Errors) -> String {
        let complaint = |e: &Error| complaint(&self.path, &self.text, self.source.range(e), &e.message);
        let mut all: Vec<String> = Vec::new();
        for complaint in errors.as_slice().iter().map(complaint) {
            if !all.contains(&complaint) {
                all.push(complaint);
            }
        }
        all.concat()
    }
    /// That there is nothing to do.
    pub fn without_functions(&self) -> Failure {
        let path = self.path.display();
        Failure(format!("error: {path}: no function in this file has an attribute of matgrad; put `#[grad]` on one"))
    }
}

fn complaint(path: &Path, text: &str, range: std::ops::Range<usize>, message: &str) -> String {
    let (start, end) = (place(text, range.start), place(text, range.end));
    let line = text.lines().nth(start.line - 1).unwrap_or_default();
    let margin = " ".repeat(start.line.to_string().len());
    let length = line.chars().count();
    let until = if end.line == start.line { end.column } else { length + 1 };
    // tabs stay tabs, so that the mark stands below what it means
    let before: String = line.chars().take(start.column - 1).map(|c| if c == '\t' { c } else { ' ' }).collect();
    let mark = "^".repeat(until.saturating_sub(start.column).max(1));
    let mut out = String::new();
    let _ = writeln!(out, "error: {}:{}:{}: {message}", path.display(), start.line, start.column);
    let _ = writeln!(out, "{margin} |\n{} | {line}\n{margin} | {before}{mark}\n", start.line);
    out
}
