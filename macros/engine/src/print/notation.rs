//! Notation that several records share, and that takes more than a line.

use super::Text;
use crate::ir::{Attr, Graph, Kind, NodeId};

/// Nobody reads more terms than these.
const READ: usize = 50;

/// A number as one writes it: `2`, `0.5`, `1/3`, `π`, `1e−9`.
#[must_use]
pub fn number(value: f64) -> Text {
    let text = match value.abs() {
        v if v == std::f64::consts::PI => "π".to_owned(),
        v if v == std::f64::consts::TAU => "2π".to_owned(),
        v if v == 1.0 / 3.0 => "(1/3)".to_owned(),
        v if v == 2.0 / 3.0 => "(2/3)".to_owned(),
        v if v != 0.0 && !(1e-4..1e7).contains(&v) => format!("{v:e}").replace('-', "⁻"),
        v => rounded(v).to_string(),
    };
    if value.is_sign_negative() && value != 0.0 { Text::sum_of(&[(true, Text::atom(text))]) } else { Text::atom(text) }
}

/// Without the last digits, which constants that the macro computed have wrong: `0.6` of `2.6 − 2`.
fn rounded(value: f64) -> f64 {
    format!("{value:.12e}").parse().unwrap_or(value)
}

/// `c₁ A₁ + c₂ A₂ − ⋯`
#[must_use]
pub fn sum(terms: &[(f64, NodeId)], args: &[Text]) -> Text {
    let mut parts: Vec<(bool, Text)> = terms.iter().zip(args).map(|((c, _), a)| signed(*c, a)).collect();
    // A + Aᵀ rather than Aᵀ + A, in a sum that somebody reads
    for i in 1..parts.len().min(READ) {
        let turned = parts[i].1.transposed();
        if let Some(j) = (0..i).find(|j| parts[*j].0 == parts[i].0 && parts[*j].1 == turned) {
            parts.swap(i, j);
        }
    }
    // a − b rather than −b + a
    if let Some(first) = parts.iter().position(|(minus, _)| !minus) {
        parts[..=first].rotate_right(1);
    }
    if let [(false, one)] = &parts[..] {
        return one.clone();
    }
    // (A B + B A)ᵀ rather than Bᵀ Aᵀ + Aᵀ Bᵀ
    let untransposed: Option<Vec<(bool, Text)>> =
        parts.iter().map(|(minus, t)| t.untransposed().map(|u| (*minus, u.clone()))).collect();
    match untransposed {
        Some(terms) if terms.len() > 1 => {
            let whole = Text::sum_of(&terms);
            whole.transposed().transpose_of(whole)
        }
        _ => Text::sum_of(&parts),
    }
}

/// `|c| A` and whether the sign is minus.
fn signed(c: f64, a: &Text) -> (bool, Text) {
    let (minus, size) = (c < 0.0, c.abs());
    if size == 1.0 {
        // a − 4 rather than a + (−4)
        return a.opposite().map_or_else(|| (minus, a.clone()), |positive| (!minus, positive));
    }
    if a.as_str() == "1" {
        return (minus, number(size));
    }
    (minus, scaled(size, a))
}

/// `2 A`, `2 a / b`, `(2 / n) A`.
fn scaled(c: f64, a: &Text) -> Text {
    if let Some((body, divisor)) = a.share() {
        return Text::product(&[Text::quotient(&number(c), divisor), body.clone()]);
    }
    // not of (1 / n − a) A, where the bracket is a sum
    if let Some(rest) = a.as_str().strip_prefix("(1 / ").filter(|rest| !a.is_sum() && is_one_term(rest)) {
        return Text::juxtaposed(format!("({} / {rest}", number(c)));
    }
    if let Some(rest) = a.as_str().strip_prefix("1 / ").filter(|_| !a.is_sum()) {
        return Text::quotient(&number(c), &Text::atom(rest));
    }
    a.times(&number(c))
}

/// Whether there is no sum before the bracket that closes.
fn is_one_term(rest: &str) -> bool {
    let mut depth = 0;
    for (at, c) in rest.char_indices() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' if depth == 0 => return true,
            ')' | ']' => depth -= 1,
            ' ' if depth == 0 && [" + ", " − "].iter().any(|sign| rest[at..].starts_with(sign)) => return false,
            _ => {}
        }
    }
    true
}

/// `s A`, `A / s`; `det(X)² X⁻ᵀ` for `det(X)` times a matrix of cofactors.
#[must_use]
pub fn scaling(g: &Graph, id: NodeId, args: &[Text]) -> Text {
    let (s, a) = (g.args(id)[0], g.args(id)[1]);
    let (base, k) = match g.node(s).op.attr {
        Attr::Real(k) if g.kind(s) == Kind::Pow => (g.args(s)[0], k.0),
        _ => (s, 1.0),
    };
    let same = g.kind(a) == Kind::Cofactor && g.kind(base) == Kind::Det && g.args(base) == g.args(a);
    match args[1].as_str().split_once(") ").filter(|_| same && k > 0.0) {
        Some((det, inverse)) => Text::product(&[power(true, &Text::atom(format!("{det})")), k + 1.0), Text::atom(inverse)]),
        None => Text::scaled(&args[0], &args[1]),
    }
}

/// `A^{∘k}`; of scalars `x²`, `1 / x`, `√x`.
#[must_use]
pub fn power(scalar: bool, a: &Text, k: f64) -> Text {
    let one = Text::atom("1");
    if k == 0.5 {
        return Text::atom(format!("√{}", if a.as_str().chars().count() == 1 { a.to_string() } else { format!("({a})") }));
    }
    if k < 0.0 {
        return if scalar {
            Text::quotient(&one, &power(scalar, a, -k))
        } else {
            Text::infix(" ⊘ ", &one, &power(scalar, a, -k))
        };
    }
    if k == 1.0 {
        return a.clone();
    }
    if k == 2.0 && !scalar && !a.as_str().ends_with(')') {
        return Text::infix(" ∘ ", a, a);
    }
    // (‖A‖²)² = ‖A‖⁴
    let (a, k) = match a.as_str().strip_suffix("‖²") {
        Some(norm) if scalar && a.is_superscripted() => (&Text::atom(format!("{norm}‖")), 2.0 * k),
        _ => (a, k),
    };
    let exponent =
        if k.fract() == 0.0 && k < 1e6 { superscript_digits(&k.to_string()) } else { format!("^{}", number(k).bracketed()) };
    // x² of a vector is elementwise, and so written only where it cannot be read as a matrix power
    a.superscript(&if scalar { exponent } else { format!("^∘{k}") })
}

fn superscript_digits(digits: &str) -> String {
    const DIGITS: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    digits.chars().filter_map(|c| c.to_digit(10)).map(|d| DIGITS[d as usize]).collect()
}

/// The base and exponent of a factor that stands in the denominator.
fn denominator(g: &Graph, id: NodeId) -> Option<(NodeId, f64)> {
    let op = &g.node(id).op;
    match op.attr {
        Attr::Real(k) if op.kind == Kind::Pow && k.0 < 0.0 => Some((g.args(id)[0], -k.0)),
        _ if op.kind == Kind::SafeRecip => Some((g.args(id)[0], 1.0)),
        _ => None,
    }
}

/// `A ∘ B ⊘ C`; of scalars `a b / c`.
#[must_use]
pub fn elementwise_product(g: &Graph, id: NodeId, args: &[Text]) -> Text {
    let scalar = g.is_scalar(id);
    if let Some(mean) = mean(g, id, args) {
        return mean;
    }
    let (mut above, mut below) = (Vec::new(), Vec::<(NodeId, f64, Text)>::new());
    for (a, text) in g.args(id).iter().zip(args) {
        match denominator(g, *a) {
            Some((base, k)) => below.push((base, k, reciprocal(text))),
            None => above.push(text.clone()),
        }
    }
    let below = with_powers_together(scalar, below);
    if !scalar {
        let above = if above.is_empty() { vec![Text::atom("1")] } else { above };
        let product = Text::infixes(" ∘ ", &above);
        return below.iter().fold(product, |a, b| Text::infix(" ⊘ ", &a, b));
    }
    // numbers and names before functions, as one writes x exp(x)
    above.sort_by_key(|t| (t.is_sum(), t.as_str().ends_with(')')));
    let above = if above.is_empty() { Text::atom("1") } else { Text::product(&above) };
    if below.is_empty() { above } else { Text::quotient(&above, &Text::product(&below)) }
}

/// `mean(x)` for `sum(x) / n`.
fn mean(g: &Graph, id: NodeId, args: &[Text]) -> Option<Text> {
    let [a, b] = g.args(id)[..] else { return None };
    let (total, share, text) = if g.kind(a) == Kind::Sum { (a, b, &args[0]) } else { (b, a, &args[1]) };
    let (n, k) = denominator(g, share)?;
    let (Kind::Sum, Some(n)) = (g.kind(total), g.node(n).op.attr.counted()) else { return None };
    let shape = g.shape(g.args(total)[0]);
    let entries = if shape.is_column() { shape.rows } else { shape.cols };
    let all = shape.is_thin() && g.dims.resolve(n) == entries && k == 1.0;
    text.as_str().strip_prefix("sum(").filter(|_| all).map(|rest| Text::atom(format!("mean({rest}")))
}

/// `‖x‖³` for `‖x‖² ‖x‖`, of which one factor may be the reciprocal that is 0 at 0.
fn with_powers_together(scalar: bool, factors: Vec<(NodeId, f64, Text)>) -> Vec<Text> {
    let mut together: Vec<(NodeId, f64, Text)> = Vec::new();
    for (base, k, text) in factors {
        match together.iter_mut().find(|f| f.0 == base && (f.1 == 1.0 || k == 1.0)) {
            Some(known) => {
                let single = if k == 1.0 { &text } else { &known.2 };
                *known = (base, known.1 + k, power(scalar, single, known.1 + k));
            }
            None => together.push((base, k, text)),
        }
    }
    together.into_iter().map(|f| f.2).collect()
}

/// The `x` of `1 / x`, or of `1 ⊘ x`.
fn reciprocal(text: &Text) -> Text {
    let inner = text.as_str().strip_prefix("1 / ").or_else(|| text.as_str().strip_prefix("1 ⊘ "));
    inner.map_or_else(|| text.clone(), |x| Text::atom(x.to_owned()))
}

/// `A B C`; `(C B A)ᵀ` where every factor of three or more is transposed; `A (B c)ᵀ` for `A cᵀ Bᵀ`; `A²` for `A A`.
#[must_use]
pub fn matrix_product(g: &Graph, id: NodeId, args: &[Text]) -> Text {
    let factors = g.args(id);
    let is_transpose = |f: &NodeId| g.kind(*f) == Kind::Transpose;
    let turned = |f: &NodeId, text: &Text| match text.untransposed() {
        _ if is_transpose(f) => Some(untransposed(text)),
        Some(inner) => Some(inner.clone()),
        None => crate::simplify::is_symmetric(g, *f).then(|| text.clone()),
    };
    let transposes = factors.iter().zip(args).filter(|(f, text)| is_transpose(f) || text.untransposed().is_some()).count();
    let whole: Option<Vec<Text>> = factors.iter().zip(args).rev().map(|(f, text)| turned(f, text)).collect();
    if let Some(whole) = whole.filter(|_| transposes > 0) {
        let whole = chain(&whole);
        let written = if transposes > 2 { whole.transposed() } else { chain(args) };
        return written.transpose_of(whole);
    }
    // a row and what it is multiplied by is a column, transposed
    let row = factors.iter().position(|f| is_transpose(f) && g.shape(*f).is_row());
    let Some(row) = row.filter(|i| *i > 0) else { return chain(args) };
    let run = factors[row..].iter().take_while(|f| is_transpose(f)).count();
    if run < 2 {
        return chain(args);
    }
    let column = chain(&args[row..row + run].iter().rev().map(untransposed).collect::<Vec<_>>()).transposed();
    let parts: Vec<Text> = args[..row].iter().cloned().chain([column]).chain(args[row + run..].iter().cloned()).collect();
    chain(&parts)
}

/// Factors side by side, equal neighbours as a power.
fn chain(factors: &[Text]) -> Text {
    let mut powers: Vec<(Text, usize)> = Vec::new();
    for factor in factors {
        match powers.last_mut() {
            Some((last, times)) if last == factor => *times += 1,
            _ => powers.push((factor.clone(), 1)),
        }
    }
    let parts: Vec<Text> =
        powers.into_iter().map(|(f, n)| if n > 1 { f.superscript(&superscript_digits(&n.to_string())) } else { f }).collect();
    Text::product(&parts)
}

fn untransposed(text: &Text) -> Text {
    let s = text.as_str();
    let inner = s.strip_suffix("⁻ᵀ").map(|b| format!("{b}⁻¹")).or_else(|| s.strip_suffix('ᵀ').map(str::to_owned));
    inner.map_or_else(|| text.clone(), Text::atom)
}

/// `[A B; C D]`; `(a, b, c)` for a column of scalars.
#[must_use]
pub fn block_matrix(g: &Graph, id: NodeId, args: &[Text]) -> Text {
    let Attr::Grid(width) = g.node(id).op.attr else { return Text::atom("?") };
    let lines: Vec<String> = args.chunks(width).map(|l| l.iter().map(Text::as_str).collect::<Vec<_>>().join(", ")).collect();
    if width == 1 && g.args(id).iter().all(|a| g.is_scalar(*a)) {
        return Text::atom(format!("({})", lines.join(", ")));
    }
    Text::atom(format!("[{}]", lines.join("; ")))
}

/// `max(a, b)`, `min(a, b)`, `[a < b] x`, `x if a < b else y`.
#[must_use]
pub fn selection(g: &Graph, id: NodeId, args: &[Text]) -> Text {
    let Attr::Cmp(cmp) = g.node(id).op.attr else { return Text::atom("?") };
    let ids = g.args(id);
    let symbol = match cmp.symbol() {
        "<=" => "≤",
        ">=" => "≥",
        "==" => "=",
        "!=" => "≠",
        other => other,
    };
    if ids[2] == ids[0] && ids[3] == ids[1] {
        match symbol {
            "≥" | ">" => return crate::ops::function("max", &args[..2]),
            "≤" | "<" => return crate::ops::function("min", &args[..2]),
            _ => {}
        }
    }
    let condition = format!("[{} {symbol} {}]", args[0], args[1]);
    if args[3].as_str() == "0" {
        let bracket = Text::atom(condition);
        return match (args[2].as_str(), g.is_scalar(id)) {
            ("1", _) => bracket,
            (_, true) => Text::product(&[bracket, args[2].clone()]),
            _ => Text::infix(" ∘ ", &bracket, &args[2]),
        };
    }
    Text::alternative(format!("{} if {} {symbol} {}, else {}", args[2], args[0], args[1], args[3]))
}
