//! CSV files, line by line.

use std::path::Path;

use crate::TableError;

/// The content of a CSV file.
pub struct Records {
    /// The names in its first line.
    pub names: Vec<String>,
    /// The fields of the other lines, as many as there are names, each with the number of its line; empty lines are none, but are counted.
    pub lines: Vec<(u64, csv::StringRecord)>,
}

impl Records {
    pub fn read(path: &Path) -> Result<Self, TableError> {
        let csv_error = |source| TableError::Csv { path: path.to_owned(), source };
        let text = std::fs::read_to_string(path).map_err(|source| TableError::Io { path: path.to_owned(), source })?;
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
        let names: Vec<String> = reader.headers().map_err(csv_error)?.iter().map(|name| name.trim().to_owned()).collect();
        let mut lines = Vec::new();
        for record in reader.records() {
            let record = record.map_err(csv_error)?;
            let line = record.position().map_or(0, |position| line(&text, position));
            if record.len() != names.len() {
                return Err(TableError::Ragged { path: path.to_owned(), line, fields: record.len(), columns: names.len() });
            }
            lines.push((line, record));
        }
        Ok(Self { names, lines })
    }
}

/// The line of a record, whose position is before the empty lines above it.
fn line(text: &str, position: &csv::Position) -> u64 {
    let from = usize::try_from(position.byte()).ok().and_then(|byte| text.get(byte..)).unwrap_or_default();
    let skipped = from.chars().take_while(|c| matches!(c, '\r' | '\n')).filter(|c| *c == '\n');
    skipped.fold(position.line(), |line, _| line + 1)
}
