//! Broken files are refused with their name, the line and the column.

use std::path::{Path, PathBuf};

use matgrad_examples::{Edges, Images, Table, TableError};

/// A file with this text.
fn file(name: &str, text: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&path, text).expect("the folder for temporary files is writable");
    path
}

/// What is said of a file after its name.
fn complaint<T>(name: &str, text: &str, read: impl Fn(&Path) -> Result<T, TableError>) -> String {
    let path = file(name, text);
    let message = read(&path).err().expect("the file is broken").to_string();
    let rest = message.strip_prefix(&path.display().to_string());
    rest.unwrap_or_else(|| panic!("no file in: {message}")).to_owned()
}

#[test]
fn tables() {
    let read = |path: &Path| Table::read(path).and_then(|table| table.split_off("target"));
    let number = complaint("number.csv", "a,target\n1,2\n3,four\n", read);
    assert_eq!(number, ", line 3, column `target`: `four` is not a finite number");
    let infinite = complaint("infinite.csv", "a,target\n1e999,2\n", read);
    assert_eq!(infinite, ", line 2, column `a`: `1e999` is not a finite number");
    let ragged = complaint("ragged.csv", "a,target\n1,2\n\n3\n", read);
    assert_eq!(ragged, ", line 4: there are 1 fields, but 2 columns");
    let empty = complaint("empty.csv", "a,target\n", read);
    assert_eq!(empty, ": there are no numbers below the header");
    let nameless = complaint("nameless.csv", "a,b\n1,2\n", read);
    assert_eq!(nameless, ": there is no column `target`");
    let absent = Table::read(Path::new("absent.csv")).expect_err("there is no such file");
    assert!(absent.to_string().starts_with("absent.csv: "), "{absent}");
}

#[test]
fn classes() {
    let read = |path: &Path| Images::read(path, 1);
    let half = complaint("half.csv", "p0,digit\n1,2\n\n1,2.5\n", read);
    assert_eq!(half, ", line 4, column `digit`: `2.5` is not one of the classes 0 to 9");
    let ten = complaint("ten.csv", "p0,digit\n1,10\n", read);
    assert_eq!(ten, ", line 2, column `digit`: `10` is not one of the classes 0 to 9");
    let alone = complaint("alone.csv", "p0,digit\n1,1\n", read);
    assert_eq!(alone, ": of 1 rows, 1 to learn from are too few or leave none to test");
    let (train, test) = read(&file("fine.csv", "p0,digit\n16,9\n8,0\n")).expect("the file is well formed");
    assert_eq!((train.digits, test.digits), (vec![9], vec![0]));
    assert_eq!((train.pixels[0], test.pixels[0]), (1.0, 0.5));
}

#[test]
fn logarithms() {
    let zero = complaint("zero.csv", "a,b\n1,2\n1,0\n", |path| Table::read(path)?.require_positive());
    assert_eq!(zero, ", line 3, column `b`: `0` is not positive");
}

#[test]
fn edges() {
    let names = ["PKA".to_owned(), "PKC".to_owned()];
    let read = |path: &Path| Edges::read(path, &names);
    let unknown = complaint("unknown.csv", "cause,effect\nPKA,PKC\nPKA,PKB\n", read);
    assert_eq!(unknown, ", line 3, column `effect`: there is no node `PKB`");
    let three = complaint("three.csv", "cause,effect,weight\nPKA,PKC,1\n", read);
    assert_eq!(three, ", line 1: edges have two columns, from where and to where, not 3");
    let known = read(&file("known.csv", "cause,effect\nPKC,PKA\n")).expect("the file is well formed");
    assert_eq!(known.iter().collect::<Vec<_>>(), [(1, 0)]);
}
