//! The README's table of operations holds every spelling there is.

use matgrad_engine::ops::{ALL, record};

/// Named in the table as kin of others, or nalgebra's names over complex numbers for what the table has.
const KIN: &[&str] =
    &["adjoint", "ad_mul", "dotc", "hermitian_part", "camax", "camin", "unpack", "neg", "row_mean_tr", "row_variance_tr"];

#[test]
fn the_table_holds_every_spelling() {
    let readme = include_str!("../../README.md");
    let start = readme.find("## What a body may contain").unwrap();
    let end = readme[start..].find("Not yet:").unwrap() + start;
    let words: Vec<&str> = readme[start..end].split(|c: char| !c.is_alphanumeric() && c != '_').collect();
    let missing: Vec<&str> = ALL
        .iter()
        .flat_map(|kind| record(*kind).spellings)
        .map(|s| s.name)
        .filter(|name| !KIN.contains(name) && !words.contains(name))
        .filter(|name| !(name.starts_with("tr_solve") || name.starts_with("ad_solve") || name.ends_with("_unchecked")))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}
