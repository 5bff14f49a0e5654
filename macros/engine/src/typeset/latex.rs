//! `LaTeX`, for `amsmath`.

use super::{Math, Vocabulary, read};
use crate::emit::Report;

/// The rows of an `aligned` environment: the derivation, and below it what names stand for.
#[must_use]
pub fn equations(report: &Report) -> String {
    let vocabulary = Vocabulary::of(report);
    let latex = |line: &str| read(line, &vocabulary).latex();
    let rows = report
        .rows()
        .into_iter()
        .map(|(left, right)| format!("{} &= {}", super::read::left(&left, report).latex(), latex(&right)));
    let definitions =
        report.definitions.iter().enumerate().map(|(i, (name, text))| {
            format!("{}{} &= {}", if i == 0 { "\\text{where } " } else { "" }, latex(name), latex(text))
        });
    let rows: Vec<String> = rows.chain(definitions).collect();
    format!("\\begin{{aligned}}\n  {}\n\\end{{aligned}}", rows.join(" \\\\\n  "))
}

impl Math {
    /// As `LaTeX`.
    #[must_use]
    pub fn latex(&self) -> String {
        match self {
            Self::Row(parts) => row(parts),
            Self::Blank => r"\,".to_owned(),
            Self::Name(name) => variable(name),
            Self::Differential(name) => format!(r"\mathrm{{d}}{}", variable(name)),
            Self::Function(name) => function(name),
            Self::Number(number) => match number.split_once('e') {
                Some((digits, exponent)) => {
                    let power = format!("10^{{{}}}", exponent.replace('⁻', "-"));
                    if digits == "1" { power } else { format!(r"{digits} \cdot {power}") }
                }
                None => number.clone(),
            },
            Self::Operator(sign) => operator(sign),
            Self::Word(word) => format!(r"\text{{ {word} }}"),
            Self::Code(code) => format!(r"\texttt{{{}}}", escaped(code)),
            Self::Fenced(open, inside, close) => {
                let (open, close) = (fence(*open, true), fence(*close, false));
                let gap = |bracket: &str| if bracket.starts_with('\\') { " " } else { "" };
                if inside.is_tall() {
                    format!(r"\left{open}{}{}\right{close}{}", gap(open), inside.latex(), gap(close))
                } else {
                    format!("{open}{}{}{close}{}", gap(open), inside.latex(), gap(close))
                }
            }
            Self::Apply(name, arguments) => format!("{}{}", name.latex(), arguments.latex()),
            Self::Script { base, sub, sup, .. } => {
                let part = |mark: char, script: &Option<Box<Self>>| {
                    let text = script.as_ref().map(|s| s.unbracketed().latex())?;
                    let text = text.trim();
                    Some(if text.len() == 1 || text == r"\top" { format!("{mark}{text}") } else { format!("{mark}{{{text}}}") })
                };
                let text = base.latex();
                let alone =
                    matches!(**base, Self::Name(_) | Self::Number(_) | Self::Function(_) | Self::Fenced(..) | Self::Apply(..));
                let text = if alone { text.trim_end().to_owned() } else { format!("{{{text}}}") };
                let scripts: String = [part('_', sub), part('^', sup)].into_iter().flatten().collect();
                format!("{text}{scripts}{}", if scripts.ends_with("top") { " " } else { "" })
            }
            Self::Fraction(above, below, _) => {
                format!(r"\frac{{{}}}{{{}}}", above.unbracketed().latex(), below.unbracketed().latex())
            }
            Self::Root(sign, inside) => {
                format!(r"\sqrt{}{{{}}}", if *sign == '∛' { "[3]" } else { "" }, inside.unbracketed().latex())
            }
            Self::Grid(rows) => {
                let line = |row: &Vec<Self>| row.iter().map(Self::latex).collect::<Vec<_>>().join(" & ");
                let rows: Vec<String> = rows.iter().map(line).collect();
                format!(r"\begin{{bmatrix}} {} \end{{bmatrix}}", rows.join(r" \\ "))
            }
        }
    }
}

/// Factors side by side; what stands between operators spaces itself.
fn row(parts: &[Math]) -> String {
    let mut out = String::new();
    for (i, part) in parts.iter().enumerate() {
        let wide = |part: Option<&Math>| matches!(part, None | Some(Math::Operator(_) | Math::Word(_)));
        match part {
            Math::Blank if wide(i.checked_sub(1).and_then(|i| parts.get(i))) || wide(parts.get(i + 1)) => out.push(' '),
            _ => out.push_str(&part.bracketed_fraction().unwrap_or(part).latex()),
        }
    }
    out.split("  ").collect::<Vec<_>>().join(" ").trim().to_owned()
}

/// `x`, `\mathit{scores}`, `\lambda_\mathit{s2}` by its letters.
fn variable(name: &str) -> String {
    if name == "ȳ" {
        return r"\bar{y}".to_owned();
    }
    let mut letters = name.chars();
    if let (Some(letter), None) = (letters.next(), letters.next()) {
        return if letter.is_ascii() { letter.to_string() } else { other(letter) };
    }
    let mut out = String::new();
    let mut run = String::new();
    let close = |run: &mut String, out: &mut String| {
        if !run.is_empty() {
            out.extend([r"\mathit{", &escaped(run), "}"]);
            run.clear();
        }
    };
    for letter in name.chars() {
        if letter.is_ascii() {
            run.push(letter);
        } else {
            close(&mut run, &mut out);
            out.push_str(&other(letter));
        }
    }
    close(&mut run, &mut out);
    out
}

fn other(letter: char) -> String {
    greek(letter).map_or_else(|| format!(r"\text{{{letter}}}"), str::to_owned)
}

fn function(name: &str) -> String {
    match name {
        "exp" | "ln" | "log" | "det" | "arg" | "max" | "min" | "sin" | "cos" | "tan" | "sinh" | "cosh" | "tanh" | "lim" => {
            format!(r"\{name} ")
        }
        "Σ" => r"\sum ".to_owned(),
        "∏" => r"\prod ".to_owned(),
        _ => match name.chars().next().and_then(greek).filter(|_| name.chars().count() == 1) {
            Some(letter) => letter.to_owned(),
            None => format!(r"\operatorname{{{}}}", escaped(name)),
        },
    }
}

fn greek(letter: char) -> Option<&'static str> {
    Some(match letter {
        'α' => r"\alpha ",
        'β' => r"\beta ",
        'γ' => r"\gamma ",
        'δ' => r"\delta ",
        'ε' => r"\varepsilon ",
        'η' => r"\eta ",
        'θ' => r"\theta ",
        'κ' => r"\kappa ",
        'λ' => r"\lambda ",
        'μ' => r"\mu ",
        'ν' => r"\nu ",
        'π' => r"\pi ",
        'ρ' => r"\rho ",
        'σ' => r"\sigma ",
        'τ' => r"\tau ",
        'φ' => r"\varphi ",
        'χ' => r"\chi ",
        'ψ' => r"\psi ",
        'ω' => r"\omega ",
        _ => return None,
    })
}

fn operator(sign: &str) -> String {
    let command = match sign {
        "−" => "-",
        "∘" => r"\circ ",
        "⊘" => r"\oslash ",
        "⊗" => r"\otimes ",
        "×" => r"\times ",
        "≤" => r"\le ",
        "≥" => r"\ge ",
        "≠" => r"\ne ",
        "·" => r"\cdot ",
        "∂" => r"\partial ",
        "⊤" => r"\top ",
        "⟨" => r"\langle ",
        other => other,
    };
    command.to_owned()
}

fn fence(bracket: char, open: bool) -> &'static str {
    match bracket {
        '(' => "(",
        ')' => ")",
        '[' => "[",
        ']' => "]",
        '‖' if open => r"\lVert",
        '‖' => r"\rVert",
        '|' if open => r"\lvert",
        '|' => r"\rvert",
        '⟨' => r"\langle",
        '⟩' => r"\rangle",
        _ => ".",
    }
}

fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '\\' => out.push_str(r"\textbackslash{}"),
            '~' => out.push_str(r"\textasciitilde{}"),
            '^' => out.push_str(r"\textasciicircum{}"),
            '{' | '}' | '_' | '&' | '%' | '$' | '#' => out.extend(['\\', c]),
            _ => out.push(c),
        }
    }
    out
}
