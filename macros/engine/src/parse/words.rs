//! Names in messages: the nearest one, and lists of them.

/// The candidate most like `word`, with its position, if it is like it at all.
pub(crate) fn nearest<T: AsRef<str>>(word: &str, candidates: impl IntoIterator<Item = T>) -> Option<(usize, T)> {
    let scored = candidates.into_iter().enumerate().filter_map(|(i, c)| Some((likeness(word, c.as_ref())?, i, c)));
    scored.min_by_key(|(distance, i, _)| (*distance, *i)).map(|(_, i, c)| (i, c))
}

/// `` `a`, `b` and `c` ``
pub(super) fn listed<T: AsRef<str>>(words: impl IntoIterator<Item = T>) -> String {
    let quoted: Vec<_> = words.into_iter().map(|w| format!("`{}`", w.as_ref())).collect();
    match &quoted[..] {
        [all @ .., last] if !all.is_empty() => format!("{} and {last}", all.join(", ")),
        _ => quoted.concat(),
    }
}

/// The number of edits between two words, if it is small beside their length.
fn likeness(a: &str, b: &str) -> Option<usize> {
    if a.eq_ignore_ascii_case(b) {
        return Some(0);
    }
    let (a, b): (Vec<_>, Vec<_>) = (a.chars().collect(), b.chars().collect());
    let longer = a.len().max(b.len());
    let allowed = (longer / 3).max(1).min(longer - 1);
    (a.len().abs_diff(b.len()) <= allowed).then(|| edits(&a, &b)).filter(|d| *d <= allowed)
}

/// Insertions, deletions and replacements from one word to the other.
fn edits(a: &[char], b: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], i + 1);
        for (j, y) in b.iter().enumerate() {
            let replaced = diagonal + usize::from(x != y);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}
