//! The table, the limits, and the comparison with what is written by hand.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use crate::measured::Measured;

/// How much more a generated gradient may need than one by hand.
const INSTRUCTIONS: f64 = 1.05;
const FLASH: f64 = 1.1;
/// How much more than recorded anything may need: compilers differ.
const SLACK: f64 = 1.1;

const BEGIN: &str = "<!-- tests/embedded/run --write: -->\n";
const END: &str = "<!-- end of the table -->";

/// Both ways to each gradient.
fn pairs(all: &[Measured]) -> impl Iterator<Item = (&Measured, &Measured)> {
    all.iter().filter(|m| m.way == "generated").filter_map(|generated| {
        let by_hand = all.iter().find(|m| m.way == "by-hand" && m.case == generated.case && m.level == generated.level)?;
        Some((generated, by_hand))
    })
}

/// Where the generated code needs more than that by hand.
pub fn comparisons(all: &[Measured]) -> Vec<String> {
    let mut complaints = Vec::new();
    for (generated, by_hand) in pairs(all) {
        let figures = [
            ("instructions", generated.instructions, by_hand.instructions, INSTRUCTIONS),
            ("bytes of flash", generated.flash, by_hand.flash, FLASH),
        ];
        for (what, found, yardstick, factor) in figures {
            let ratio = f64::from(found) / f64::from(yardstick);
            if ratio > factor {
                complaints.push(format!(
                    "opt-level {}, {}: {found} {what} are {ratio:.2} times the {yardstick} by hand; {factor} are allowed",
                    generated.level, generated.case
                ));
            }
        }
    }
    complaints
}

/// Checks the recorded limits, or records them.
pub fn limits(all: &[Measured], path: &Path, record: bool) -> Vec<String> {
    let generated = || all.iter().filter(|m| m.way == "generated");
    if record {
        let mut text = "level\tcase\tinstructions\tflash\tstack\n".to_owned();
        for m in generated() {
            let _ = writeln!(text, "{}\t{}\t{}\t{}\t{}", m.level, m.case, m.instructions, m.flash, m.stack);
        }
        return fs::write(path, text).err().map(|e| format!("{}: {e}", path.display())).into_iter().collect();
    }
    let recorded = fs::read_to_string(path).unwrap_or_default();
    let mut complaints = Vec::new();
    for m in generated() {
        let rows = recorded.lines().map(|l| l.split('\t').collect::<Vec<_>>());
        let row = rows.filter_map(|row| <[&str; 5]>::try_from(row).ok()).find(|row| row[0] == m.level && row[1] == m.case);
        let Some([_, _, figures @ ..]) = row else {
            complaints
                .push(format!("opt-level {}, {}: no limit is recorded; `tests/embedded/run --record` does", m.level, m.case));
            continue;
        };
        for ((what, found), limit) in
            [("instructions", m.instructions), ("flash", m.flash), ("stack", m.stack)].iter().zip(figures)
        {
            let limit = limit.parse().unwrap_or(0.0) * SLACK;
            if f64::from(*found) > limit {
                complaints.push(format!(
                    "opt-level {}, {}: {what} {found} is more than the recorded limit, {limit:.0}",
                    m.level, m.case
                ));
            }
        }
    }
    complaints
}

/// The table of the README.
pub fn table(all: &[Measured]) -> String {
    let mut text = "| `opt-level` | function | instructions | by hand | flash | by hand | stack | by hand |\n|---|---|--:|--:|--:|--:|--:|--:|\n".to_owned();
    for (g, h) in pairs(all) {
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} | {} | {} | {} | {} |",
            g.level, g.case, g.instructions, h.instructions, g.flash, h.flash, g.stack, h.stack
        );
    }
    text
}

/// Puts the table into the README. Its figures are of one compiler, and so they are not checked against another's: that there is a
/// table of these functions is.
pub fn readme(all: &[Measured], path: &Path, write: bool) -> Vec<String> {
    let text = fs::read_to_string(path).unwrap_or_default();
    let Some((before, (old, after))) = text.split_once(BEGIN).and_then(|(before, rest)| Some((before, rest.split_once(END)?)))
    else {
        return vec![format!("{}: the place of the table is not marked by `{}` and `{END}`", path.display(), BEGIN.trim_end())];
    };
    if write {
        let text = format!("{before}{BEGIN}\n{}\n{END}{after}", table(all));
        return fs::write(path, text).err().map(|e| format!("{}: {e}", path.display())).into_iter().collect();
    }
    let missing = pairs(all).filter(|(g, _)| !old.contains(&format!("| {} | {} |", g.level, g.case)));
    missing.map(|(g, _)| format!("{}: the table has no row for {} at opt-level {}", path.display(), g.case, g.level)).collect()
}
