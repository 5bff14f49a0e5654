//! The pages about the examples say what is so. With `UPDATE_PAGES=1` the blocks of `from_formula_to_code.md` are written anew.

use std::collections::HashMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use quote::ToTokens;

fn page(name: &str) -> (PathBuf, String) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    let text = std::fs::read_to_string(&path).expect("the page is there");
    (path, text)
}

/// The blocks of the page on the two-layer network, by the comments that stand above them.
fn blocks() -> HashMap<String, String> {
    let source = include_str!("../two_layer_network.rs");
    let file = syn::parse_file(source).expect("the program is Rust");
    let find = |items: Vec<syn::Item>, name: &str| {
        let function = items.into_iter().find_map(|item| match item {
            syn::Item::Fn(function) if function.sig.ident == name => Some(function),
            _ => None,
        });
        function.unwrap_or_else(|| panic!("there is no function `{name}`"))
    };
    let mut loss = find(file.items, "loss");
    let attribute = loss.attrs.iter().find(|a| a.path().is_ident("grad")).expect("it is differentiated");
    let arguments = attribute.meta.require_list().expect("it names parameters").tokens.clone();
    loss.attrs.clear();

    let report = matgrad_engine::explain(arguments.clone(), loss.to_token_stream()).expect("it can be differentiated");
    let expansion = matgrad_engine::grad(arguments, loss.to_token_stream());
    let expansion: syn::File = syn::parse2(expansion).expect("the expansion is Rust");
    let mut companion = find(expansion.items, "loss_value_and_grad");
    companion.attrs.clear();

    // the program's own lines, attribute included
    let (_, written) = source.split_once("\n#[grad(").expect("it is differentiated");
    let (written, _) = written.split_once("\n}\n").expect("a function ends");
    let written = format!("#[grad({written}\n}}");
    HashMap::from([
        ("function loss".to_owned(), fenced("rust,ignore", &written)),
        ("equations".to_owned(), fenced("text", &report.equations().join("\n"))),
        ("expansion loss_value_and_grad".to_owned(), fenced("rust,ignore", &shortened(companion))),
    ])
}

fn fenced(language: &str, text: &str) -> String {
    format!("```{language}\n{}\n```\n", text.trim_end())
}

/// A function as it would be written with the names of nalgebra and of the runtime in scope.
fn shortened(function: syn::ItemFn) -> String {
    let format =
        |item: syn::ItemFn| prettyplease::unparse(&syn::File { shebang: None, attrs: Vec::new(), items: vec![item.into()] });
    let mut text = format(function);
    for prefix in ["::matgrad::__private::nalgebra::", "::matgrad::__private::", "::matgrad::"] {
        text = text.replace(prefix, "");
    }
    format(syn::parse_str(&text).expect("paths without their beginnings are paths"))
}

#[test]
fn from_formula_to_code() {
    let (path, text) = page("from_formula_to_code.md");
    let mut blocks = blocks();
    let mut expected = String::new();
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        writeln!(expected, "{line}").expect("a string takes all");
        let Some(name) = line.strip_prefix("<!-- ").and_then(|rest| rest.strip_suffix(" -->")) else { continue };
        let block = blocks.remove(name).unwrap_or_else(|| panic!("nothing is known of `{name}`"));
        writeln!(expected, "\n{block}").expect("a string takes all");
        lines.next_if_eq(&"");
        if lines.next_if(|line| line.starts_with("```")).is_some() {
            lines.by_ref().find(|line| *line == "```");
            lines.next_if_eq(&"");
        }
    }
    assert!(blocks.is_empty(), "the page does not show {:?}", blocks.keys());
    if std::env::var_os("UPDATE_PAGES").is_some() {
        std::fs::write(path, expected).expect("the page can be written");
    } else {
        assert_eq!(text, expected, "UPDATE_PAGES=1 writes the blocks anew");
    }
}

/// A program, which `cargo test` builds.
fn program(name: &str) -> PathBuf {
    let test = std::env::current_exe().expect("a test is a file");
    let folder = test.parent().and_then(Path::parent).expect("a test is in `deps`, beside `examples`");
    let file = folder.join("examples").join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    assert!(file.exists(), "{} is not built; `cargo test` without `--test` or `cargo build --examples` does", file.display());
    file
}

fn run(name: &str, arguments: &[&str]) -> Output {
    Command::new(program(name)).args(arguments).output().expect("a program runs")
}

const PROGRAMS: [&str; 9] = [
    "kalman",
    "lasso",
    "linear_regression",
    "newton",
    "newton_cg",
    "nonlinear_least_squares",
    "notears",
    "softmax_regression",
    "two_layer_network",
];

/// Those that read no file.
const WITHOUT_FILE: [&str; 2] = ["kalman", "nonlinear_least_squares"];

/// The constants with formulas, which a test compares with the macro's.
const FORMULAS: [&str; 6] = ["GRADIENT", "GRADIENTS", "PREDICTION", "HESSIAN", "PRODUCTS", "JACOBIAN"];

/// Whether two lines say the same. Approximately: where one has a number, the other has one that is near; `·` is none.
fn same(line: &str, other: &str, approximately: bool) -> bool {
    let number = |word: &str| if word == "·" { Some(0.0) } else { word.parse::<f64>().ok() };
    let near = |word: &str, other: &str| match (number(word), number(other)) {
        (Some(x), Some(y)) => (x - y).abs() <= if word.contains('.') { 0.01 } else { 3.0 },
        _ => word == other,
    };
    let (words, others) = (line.split_whitespace(), other.split_whitespace());
    let count = words.clone().count() == others.clone().count();
    line.trim_end() == other.trim_end() || (approximately && count && words.zip(others).all(|(word, other)| near(word, other)))
}

/// Checks that a program prints the lines of a block; `…` stands for any number of lines.
fn check_output(block: &str, approximately: bool) -> String {
    let mut shown = block.lines();
    let command = shown.next().and_then(|line| line.strip_prefix("$ cargo run --release --example ")).expect("a command");
    let mut words = command.split_whitespace().filter(|word| *word != "--");
    let name = words.next().expect("the name of an example");
    let output = run(name, &words.collect::<Vec<_>>());
    let printed = String::from_utf8(output.stdout).expect("text");
    assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
    let mut lines = printed.lines();
    let mut skipping = false;
    for line in shown {
        if line == "…" {
            skipping = true;
            continue;
        }
        let found = if skipping {
            lines.any(|other| same(line, other, approximately))
        } else {
            lines.next().is_some_and(|other| same(line, other, approximately))
        };
        assert!(found, "{name} does not print `{line}` there, but\n{printed}");
        skipping = false;
    }
    name.to_owned()
}

#[test]
fn programs_print_what_the_index_shows() {
    let (_, text) = page("README.md");
    let mut shown: Vec<String> = Vec::new();
    for block in text.split("\n```console").skip(1) {
        let (mode, rest) = block.split_once('\n').expect("a block has lines");
        let (block, _) = rest.split_once("\n```").expect("a block ends");
        shown.push(check_output(block, mode.trim() == "approximately"));
    }
    shown.sort_unstable();
    assert_eq!(shown, PROGRAMS);
}

#[test]
fn index_shows_what_is_derived() {
    let (_, text) = page("README.md");
    for name in PROGRAMS {
        let (_, source) = page(&format!("{name}.rs"));
        let file = syn::parse_file(&source).expect("the program is Rust");
        let constants = file.items.into_iter().filter_map(|item| match item {
            syn::Item::Const(constant) => Some(constant),
            _ => None,
        });
        let formulas = constants.filter(|constant| FORMULAS.iter().any(|name| constant.ident.to_string().ends_with(name)));
        let mut count = 0;
        for formula in formulas {
            let value = formula.expr;
            let literal: syn::LitStr = syn::parse_quote!(#value);
            for line in literal.value().lines() {
                assert!(text.lines().any(|other| other.trim() == line.trim()), "the index does not show `{line}` of {name}");
            }
            count += 1;
        }
        assert!(count > 0, "{name} has no formula");
    }
}

#[test]
fn help_and_mistakes() {
    for name in PROGRAMS {
        let help = run(name, &["--help"]);
        assert_eq!(help.status.code(), Some(0), "{name}");
        assert!(String::from_utf8_lossy(&help.stdout).contains("Usage:"), "{name}");
        let unknown = run(name, &["--no-such-option"]);
        assert_eq!(unknown.status.code(), Some(2), "{name}");
    }
    let broken = Path::new(env!("CARGO_TARGET_TMPDIR")).join("broken.csv");
    std::fs::write(&broken, "a,digit,target\n1,2,3\n1,x,3\n").expect("the folder for temporary files is writable");
    let broken = broken.to_str().expect("a path in UTF-8");
    for name in PROGRAMS.into_iter().filter(|name| !WITHOUT_FILE.contains(name)) {
        let output = run(name, &[broken]);
        assert_eq!(output.status.code(), Some(1), "{name}");
        let message = String::from_utf8_lossy(&output.stderr);
        assert_eq!(message.trim(), format!("error: {broken}, line 3, column `digit`: `x` is not a finite number"), "{name}");
        let absent = run(name, &["absent.csv"]);
        assert_eq!(absent.status.code(), Some(1), "{name}");
        assert!(String::from_utf8_lossy(&absent.stderr).starts_with("error: absent.csv: "), "{name}");
    }
}
