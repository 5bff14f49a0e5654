//! Changes of a text that leave everything else as it is.

use std::ops::Range;

/// Replacements of parts of a text, none of which overlap.
pub(super) struct Edits<'t> {
    text: &'t str,
    all: Vec<(Range<usize>, String)>,
}

impl<'t> Edits<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, all: Vec::new() }
    }
    /// The blanks before a place, if there is nothing else on its line.
    pub(super) fn indentation(&self, at: usize) -> String {
        let line = self.text[..at].rsplit('\n').next().unwrap_or_default();
        line.chars().take_while(|c| c.is_whitespace()).collect()
    }
    /// Something else in the place of a part. For nothing in the place of whole lines, the lines go.
    pub(super) fn replace_lines(&mut self, range: Range<usize>, instead: &str) {
        let (mut start, mut end) = (range.start, range.end);
        if instead.is_empty() {
            let after = &self.text[end..];
            let blanks = after.len() - after.trim_start_matches([' ', '\t']).len();
            let newline = ["\r\n", "\n"].into_iter().find(|n| after[blanks..].starts_with(n)).map(str::len);
            let indentation = self.indentation(start);
            let alone = self.text[..start].rsplit('\n').next().is_some_and(|line| line == indentation);
            match newline.filter(|_| alone) {
                Some(newline) => (start, end) = (start - indentation.len(), end + blanks + newline),
                None => end += blanks,
            }
        }
        self.all.push((start..end, instead.to_owned()));
    }
    /// Something more behind a place and the comment on its line, and behind what was put there before.
    pub(super) fn insert(&mut self, at: usize, more: &str) {
        let line = self.text[at..].split('\n').next().unwrap_or_default();
        let line = line.strip_suffix('\r').unwrap_or(line);
        let comment = line.trim_start();
        let at = if comment.is_empty() || comment.starts_with("//") { at + line.trim_end().len() } else { at };
        self.all.push((at..at, more.to_owned()));
    }
    /// The text as it is then.
    pub(super) fn applied(mut self) -> String {
        self.all.sort_by_key(|(range, _)| (range.start, range.end)); // stable: what was inserted first stands first
        let mut text = String::with_capacity(2 * self.text.len());
        let ends = if self.text.contains("\r\n") { "\r\n" } else { "\n" };
        let mut at = 0;
        for (range, instead) in &self.all {
            text.push_str(&self.text[at..range.start.max(at)]);
            text.push_str(&if ends == "\n" { instead.clone() } else { instead.replace('\n', ends) });
            at = range.end.max(at);
        }
        text.push_str(&self.text[at..]);
        text
    }
}
