//! The program `linear_regression` against the published figure, and its data reader against broken files.

#[path = "../linear_regression.rs"]
#[allow(dead_code, reason = "the test calls the fit, not `main`")]
mod program;

use std::path::{Path, PathBuf};

use matgrad_examples::{Scaling, Table, r_squared};
use nalgebra::{DVector, dmatrix, dvector};

/// Least squares with intercept on these data: "Multiple R-squared: 0.5177" in R's `summary(lm(y ~ x))` on the data of the package
/// `lars`, 0.51775 with scikit-learn's `LinearRegression().fit(X, y).score(X, y)`.
const PUBLISHED_R_SQUARED: f64 = 0.51775;

fn diabetes() -> (Table, DVector<f64>) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/diabetes.csv");
    let table = Table::read(&path).expect("the file is well formed");
    table.split_off("target").expect("there is a target")
}

#[test]
fn the_fit_reproduces_the_published_figure() {
    let (features, y) = diabetes();
    assert_eq!(features.values().shape(), (442, 10));
    let model = program::fit(features.values(), &y).expect("it converges");
    let prediction = program::with_ones(features.values()) * &model.coefficients;
    let r_squared = r_squared(&y, &prediction);
    assert!((r_squared - PUBLISHED_R_SQUARED).abs() < 5e-6, "R² is {r_squared}");
}

#[test]
fn the_fit_solves_the_normal_equations() {
    let (features, y) = diabetes();
    let model = program::fit(features.values(), &y).expect("it converges");
    let x = program::with_ones(features.values());
    let exact = (x.transpose() * &x).cholesky().expect("the columns are independent").solve(&(x.transpose() * &y));
    let distance = (&model.coefficients - &exact).norm() / exact.norm();
    assert!(distance < 1e-6, "the relative distance is {distance}");
}

#[test]
fn standardised_columns_and_back() {
    let x = dmatrix![1.0, 7.0; 2.0, 7.0; 6.0, 7.0];
    let scaling = Scaling::of(&x);
    let z = scaling.standardize(&x);
    assert!(z.row_mean().norm() < 1e-15);
    assert!((z.column(0).norm_squared() - 3.0).abs() < 1e-14);
    let coefficients = dvector![2.0, -3.0, 5.0];
    let on_z = program::with_ones(&z) * &coefficients;
    let on_x = program::with_ones(&x) * scaling.original(&coefficients);
    assert!((on_z - on_x).norm() < 1e-14);
}

fn message(name: &str, text: &str) -> String {
    let path: PathBuf = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&path, text).expect("the folder for temporary files is writable");
    let outcome = Table::read(&path).and_then(|table| table.split_off("target"));
    let message = outcome.expect_err("the file is broken").to_string();
    assert!(message.starts_with(&path.display().to_string()), "{message}");
    message
}

#[test]
fn messages_say_where_a_file_is_broken() {
    let number = message("number.csv", "a,target\n1,2\n3,four\n");
    assert!(number.ends_with(", line 3, column `target`: `four` is not a finite number"), "{number}");
    let infinite = message("infinite.csv", "a,target\n1e999,2\n");
    assert!(infinite.contains("line 2, column `a`"), "{infinite}");
    let ragged = message("ragged.csv", "a,target\n1,2\n3\n");
    assert!(ragged.contains("line: 3"), "{ragged}");
    let empty = message("empty.csv", "a,target\n");
    assert!(empty.ends_with("there are no numbers below the header"), "{empty}");
    let nameless = message("nameless.csv", "a,b\n1,2\n");
    assert!(nameless.ends_with("there is no column `target`"), "{nameless}");
    let absent = Table::read(Path::new("absent.csv")).expect_err("there is no such file");
    assert!(absent.to_string().starts_with("absent.csv: "), "{absent}");
}
