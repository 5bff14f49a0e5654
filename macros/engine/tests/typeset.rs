//! Formulas for typesetters: that they say what the line says, and that typesetters take them.

use matgrad_engine::emit::Report;
use matgrad_engine::generate::{Spelled, Style, generate};
use matgrad_engine::parse::Derivative;
use matgrad_engine::source::Source;
use matgrad_engine::typeset::{Math, Vocabulary, latex_equations, left, read};
use proc_macro2::TokenStream;

/// What is wrong with the typeset forms of a report.
fn complaints(report: &Report) -> Vec<String> {
    let vocabulary = Vocabulary::of(report);
    let lefts = report.rows().into_iter().map(|(line, _)| (left(&line, report), line));
    let rights = report
        .rows()
        .into_iter()
        .map(|(_, line)| line)
        .chain(report.definitions.iter().flat_map(|(a, b)| [a.clone(), b.clone()]));
    let all = lefts.chain(rights.map(|line| (read(&line, &vocabulary), line)));
    let mut found = Vec::new();
    for (math, line) in all {
        let mut say = |what: String| found.push(format!("{what}\n  {line}"));
        if math.plain() != line {
            say(format!("says {}", math.plain()));
        }
        for code in codes(&math).into_iter().filter(|code| code.chars().count() < 2 && !report.code.contains(code)) {
            say(format!("does not know `{code}`"));
        }
        if let Err(error) = latex(&math.latex()) {
            say(format!("{error}\n  {}", math.latex()));
        }
        if let Err(error) = roxmltree::Document::parse(&math.mathml().replace("&#8289;", "")) {
            say(format!("{error}\n  {}", math.mathml()));
        }
    }
    if let Err(error) = latex(&latex_equations(report)) {
        found.push(error);
    }
    found
}

/// Whether another program reads this.
fn latex(text: &str) -> Result<(), String> {
    let text = &text.replace(r"\texttt{", r"\text{"); // it has but one font for text
    let storage = pulldown_latex::Storage::new();
    pulldown_latex::Parser::new(text, &storage).try_for_each(|event| event.map(|_| ()).map_err(|e| e.to_string()))
}

/// What stands in a formula as code.
fn codes(math: &Math) -> Vec<String> {
    match math {
        Math::Code(code) => vec![code.clone()],
        Math::Row(parts) => parts.iter().flat_map(codes).collect(),
        Math::Grid(rows) => rows.iter().flatten().flat_map(codes).collect(),
        Math::Fenced(_, inside, _) | Math::Root(_, inside) => codes(inside),
        Math::Apply(a, b) | Math::Fraction(a, b, _) => [codes(a), codes(b)].concat(),
        Math::Script { base, sub, sup, .. } => {
            [Some(base), sub.as_ref(), sup.as_ref()].into_iter().flatten().flat_map(|m| codes(m)).collect()
        }
        _ => Vec::new(),
    }
}

#[test]
fn formulas_of_random_programs() {
    let (mut wrong, mut reports) = (Vec::new(), 0);
    for seed in 0..150 {
        let mut sample = generate(seed);
        sample.wrt = (0..sample.parameters.len()).collect();
        let Some(function) = Spelled::of(&sample, "f", Style::Run, seed) else { continue };
        let tokens = |text: &str| text.parse::<TokenStream>().expect("tokens");
        for derivative in Derivative::ALL {
            let explained = matgrad_engine::explain_as(derivative, tokens(&function.arguments), tokens(&function.item));
            let Ok(report) = explained else { continue };
            reports += 1;
            wrong.extend(complaints(&report).into_iter().map(|c| format!("seed {seed}, {derivative:?}: {c}")));
        }
    }
    assert!(reports > 600, "{reports}");
    assert!(wrong.is_empty(), "{} are wrong\n{}", wrong.len(), wrong.iter().take(12).cloned().collect::<Vec<_>>().join("\n"));
}

#[test]
fn formulas_from_the_field() {
    let (mut wrong, mut reports) = (Vec::new(), 0);
    for case in include_str!("../../../tests/field/cases.txt").split("\n== ").skip(1) {
        let (name, rest) = case.split_once('\n').expect("a name");
        let source = Source::read(rest.split("\n--\n").next().unwrap_or_default()).expect("Rust");
        for report in source.functions().iter().filter_map(|f| f.report().ok()) {
            reports += 1;
            wrong.extend(complaints(&report).into_iter().map(|c| format!("{name}: {c}")));
        }
    }
    assert!(reports > 50, "{reports}");
    assert!(wrong.is_empty(), "{} are wrong\n{}", wrong.len(), wrong.iter().take(12).cloned().collect::<Vec<_>>().join("\n"));
}

fn report(function: &str) -> Report {
    let source = Source::read(function).expect("Rust");
    source.functions()[0].report().unwrap_or_else(|e| panic!("{:?}", e.as_slice()))
}

#[test]
fn latex_of_least_squares() {
    let report = report(
        "#[grad(w)] fn mse(w: &DVector<f64>, x: &DMatrix<f64>, y: &DVector<f64>) -> f64 { (x * w - y).norm_squared() / y.len() as f64 }",
    );
    let expected = r"\begin{aligned}
  \mathit{mse} &= \frac{\lVert x\,w - y\rVert^2}{n} \\
  \operatorname{d}\,\mathit{mse} &= \frac{2}{n}\,(x\,w - y)^\top \,x\,\mathrm{d}w \\
  \frac{\partial \mathit{mse}}{\partial w} &= \frac{2}{n}\,x^\top \,(x\,w - y)
\end{aligned}";
    assert_eq!(latex_equations(&report), expected);
}

#[test]
fn latex_and_mathml_of_forms() {
    let vocabulary = Vocabulary::of(&report("#[grad(x)] fn f(x: f64, a_b: f64) -> f64 { x * a_b }"));
    let check = |line: &str, latex: &str, mathml: &str| {
        let math = read(line, &vocabulary);
        assert_eq!((math.plain().as_str(), math.latex().as_str()), (line, latex));
        assert_eq!(math.mathml(), format!("<mrow>{mathml}</mrow>"), "{line}");
    };
    check("x⁻ᵀ", r"x^{-\top}", "<msup><mi>x</mi><mrow><mo>−</mo><mo>⊤</mo></mrow></msup>");
    check("xₖ₊₁²", "x_{k+1}^2", "<msubsup><mi>x</mi><mrow><mi>k</mi><mo>+</mo><mn>1</mn></mrow><mn>2</mn></msubsup>");
    check("a_b", r"\mathit{a\_b}", "<mi>a_b</mi>");
    check("√(x / 2)", r"\sqrt{\frac{x}{2}}", "<msqrt><mrow><mfrac><mi>x</mi><mn>2</mn></mfrac></mrow></msqrt>");
    check(
        "σ(x)",
        r"\sigma (x)",
        "<mrow><mi mathvariant=\"normal\">σ</mi><mo>&#8289;</mo><mrow><mo form=\"prefix\" fence=\"true\" stretchy=\"false\">(</mo><mrow><mi>x</mi></mrow><mo form=\"postfix\" fence=\"true\" stretchy=\"false\">)</mo></mrow></mrow>",
    );
    check("1e⁻9", "10^{-9}", "<msup><mn>10</mn><mn>−9</mn></msup>");
    check("x < 2", "x < 2", "<mi>x</mi><mspace width=\"0.2em\"/><mo>&lt;</mo><mspace width=\"0.2em\"/><mn>2</mn>");
    check(
        "[x, 1; 0, x]",
        r"\begin{bmatrix} x & 1 \\ 0 & x \end{bmatrix}",
        "<mrow><mo fence=\"true\">[</mo><mtable><mtr><mtd><mrow><mi>x</mi></mrow></mtd><mtd><mrow><mn>1</mn></mrow></mtd></mtr>\
         <mtr><mtd><mrow><mn>0</mn></mrow></mtd><mtd><mrow><mi>x</mi></mrow></mtd></mtr></mtable><mo fence=\"true\">]</mo></mrow>",
    );
}

#[test]
fn what_is_no_formula_stays_a_line() {
    let vocabulary = Vocabulary::default();
    for line in [
        "(x", "x)", "‖x", "[a, b", "⟨", "^", "√", "x^", "/", " / ", "a / ", "Σ_(", "_(", "|", "ln|", "((((", "x if", "d",
        "\u{304}",
    ] {
        assert_eq!(read(line, &vocabulary).plain(), line);
    }
    let deep = format!("{}x{}", "(".repeat(500), ")".repeat(500));
    assert_eq!(read(&deep, &vocabulary), Math::Code(deep.clone()));
}
