//! The command as it is called: what it prints, what it writes, how it ends.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A folder of its own for each test.
fn folder(test: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("cargo-matgrad-{test}"));
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("a folder for the test");
    folder
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cargo-matgrad"));
    command.arg("matgrad").args(arguments).current_dir(folder).output().expect("the command runs")
}

fn words(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

const MODEL: &str = "use matgrad::grad;
use nalgebra::{DMatrix, DVector};

/// Mean squared error.
#[grad(w)]
pub fn mse(w: &DVector<f64>, x: &DMatrix<f64>, y: &DVector<f64>) -> f64 {
    (x * w - y).norm_squared() / y.len() as f64
}
";

#[test]
fn explains_all_functions() {
    let folder = folder("explain");
    std::fs::write(folder.join("model.rs"), MODEL).unwrap();
    let output = run(&folder, &["explain", "model.rs"]);
    assert!(output.status.success());
    let expected = "model.rs:5: mse, #[grad(w)]
  mse     = ‖x w − y‖² / n
  d mse   = (2 / n) (x w − y)ᵀ x dw
  ∂mse/∂w = (2 / n) xᵀ (x w − y)
  w: p, x: n×p, y: n

";
    assert_eq!(words(&output.stdout), expected);
}

#[test]
fn explains_in_other_formats() {
    let folder = folder("formats");
    std::fs::write(folder.join("model.rs"), MODEL).unwrap();
    let aligned = r"\begin{aligned}
  \mathit{mse} &= \frac{\lVert x\,w - y\rVert^2}{n} \\
  \operatorname{d}\,\mathit{mse} &= \frac{2}{n}\,(x\,w - y)^\top \,x\,\mathrm{d}w \\
  \frac{\partial \mathit{mse}}{\partial w} &= \frac{2}{n}\,x^\top \,(x\,w - y)
\end{aligned}";
    let latex = words(&run(&folder, &["explain", "--format", "latex", "model.rs"]).stdout);
    assert_eq!(latex, format!("% model.rs:5: mse, #[grad(w)]\n\\[\n{aligned}\n\\]\n\n"));
    let markdown = words(&run(&folder, &["explain", "--format", "markdown", "model.rs"]).stdout);
    let shapes = "Shapes: `w` p, `x` n×p, `y` n.";
    assert_eq!(markdown, format!("## `mse`\n\nmodel.rs:5, `#[grad(w)]`\n\n$$\n{aligned}\n$$\n\n{shapes}\n\n"));
}

#[test]
fn emits_what_then_is_fresh() {
    let folder = folder("emit");
    std::fs::write(folder.join("model.rs"), MODEL).unwrap();
    assert!(run(&folder, &["emit", "model.rs", "-o", "model_grad.rs"]).status.success());
    let written = std::fs::read_to_string(folder.join("model_grad.rs")).unwrap();
    assert_eq!(words(&run(&folder, &["emit", "model.rs"]).stdout), written);
    let begin = "// Written by `cargo matgrad emit` from `model.rs`: that is the file to change.
use nalgebra::{DMatrix, DVector};

/// Mean squared error.
#[allow(dead_code, reason = \"its companions may be all that is called\")]
pub fn mse(w: &DVector<f64>, x: &DMatrix<f64>, y: &DVector<f64>) -> f64 {
    (x * w - y).norm_squared() / y.len() as f64
}

/// Gradient of `mse` with respect to `w`.
///
/// ```text
/// mse     = ‖x w − y‖² / n
/// d mse   = (2 / n) (x w − y)ᵀ x dw
/// ∂mse/∂w = (2 / n) xᵀ (x w − y)
/// ```
";
    assert!(written.starts_with(begin), "{written}");
    assert!(written.contains("    x.tr_mul(&(x * w - y)) * (2.0 / (x.nrows() as f64))\n}\n"), "{written}");
    assert!(run(&folder, &["emit", "model.rs", "-o", "model_grad.rs", "--check"]).status.success());
    // the file has not changed since: `--check` writes nothing
    std::fs::write(folder.join("model.rs"), MODEL.replace("/ y.len()", "/ 2.0 / y.len()")).unwrap();
    let stale = run(&folder, &["emit", "model.rs", "-o", "model_grad.rs", "--check"]);
    assert_eq!(stale.status.code(), Some(1));
    assert_eq!(words(&stale.stderr), "error: model_grad.rs:7: stale; run `cargo matgrad emit model.rs -o model_grad.rs`\n");
    assert_eq!(std::fs::read_to_string(folder.join("model_grad.rs")).unwrap(), written);
    std::fs::remove_file(folder.join("model_grad.rs")).unwrap();
    assert_eq!(run(&folder, &["emit", "model.rs", "-o", "model_grad.rs", "--check"]).status.code(), Some(1));
}

#[test]
fn mistakes_have_a_place() {
    let folder = folder("mistakes");
    let fails = |text: &[u8], expected: &str| {
        std::fs::write(folder.join("model.rs"), text).unwrap();
        for command in [&["explain", "model.rs"][..], &["emit", "model.rs", "-o", "out.rs"]] {
            let output = run(&folder, command);
            assert_eq!(output.status.code(), Some(1));
            assert_eq!(words(&output.stderr), expected);
            assert!(output.stdout.is_empty() && !folder.join("out.rs").exists());
        }
    };
    let floor = "#[matgrad::grad]\n#[matgrad::jvp]\nfn f(x: f64) -> f64 {\n\tlet ä = x; ä.floor()\n}\n";
    let message = "error: model.rs:4:15: `floor` cannot be differentiated; its derivative is zero almost everywhere: bind it to a `let` that \
                   does not depend on `x`\n  |\n4 | \tlet ä = x; ä.floor()\n  | \t             ^^^^^\n";
    fails(floor.as_bytes(), message);
    fails(b"fn f() {}\n", "error: model.rs: no function in this file has an attribute of matgrad; put `#[grad]` on one\n");
    fails(b"// a\n// b \xff\n", "error: model.rs:2:6: this is no UTF-8\n");
}

#[test]
fn what_is_no_rust_has_a_place() {
    let folder = folder("no-rust");
    std::fs::write(folder.join("model.rs"), "fn f() {\n  let = 3;\n}\n").unwrap();
    let output = run(&folder, &["explain", "model.rs"]);
    let said = words(&output.stderr);
    // the words between are syn's
    assert!(said.starts_with("error: model.rs:2:7: expected one of"), "{said}");
    assert!(said.ends_with("\n  |\n2 |   let = 3;\n  |       ^\n"), "{said}");
}

#[test]
fn files_that_cannot_be() {
    let folder = folder("files");
    let missing = run(&folder, &["explain", "none.rs"]);
    assert_eq!(missing.status.code(), Some(1));
    assert!(words(&missing.stderr).starts_with("error: none.rs: "), "{}", words(&missing.stderr));
    std::fs::write(folder.join("model.rs"), MODEL).unwrap();
    let itself = run(&folder, &["emit", "model.rs", "-o", "model.rs"]);
    assert_eq!(words(&itself.stderr), "error: model.rs: this is the file that is read; write to another\n");
    assert_eq!(std::fs::read_to_string(folder.join("model.rs")).unwrap(), MODEL);
    assert_eq!(run(&folder, &["emit", "model.rs", "--check"]).status.code(), Some(2));
    assert_eq!(run(&folder, &["explain"]).status.code(), Some(2));
}
