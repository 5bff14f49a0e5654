//! `MathML`, as browsers read it.

use super::Math;

impl Math {
    /// As an element of `MathML`, to be put into a `<math>`.
    #[must_use]
    pub fn mathml(&self) -> String {
        match self {
            Self::Row(parts) => {
                let parts: String = parts.iter().map(|part| part.bracketed_fraction().unwrap_or(part).mathml()).collect();
                format!("<mrow>{parts}</mrow>")
            }
            // invisible times: what a screen reader says between two factors, and a thin space for the eye
            Self::Blank => "<mspace width=\"0.2em\"/>".to_owned(),
            Self::Name(name) => format!("<mi>{}</mi>", escaped(name)),
            Self::Differential(name) => format!("<mrow><mi mathvariant=\"normal\">d</mi><mi>{}</mi></mrow>", escaped(name)),
            Self::Function(name) if name == "Σ" || name == "∏" => {
                format!("<mo largeop=\"true\" movablelimits=\"false\">{}</mo>", if name == "Σ" { '∑' } else { '∏' })
            }
            Self::Function(name) => format!("<mi mathvariant=\"normal\">{}</mi>", escaped(name)),
            Self::Number(number) => match number.split_once('e') {
                Some((digits, exponent)) => {
                    let exponent = exponent.replace('⁻', "−");
                    let power = format!("<msup><mn>10</mn><mn>{exponent}</mn></msup>");
                    if digits == "1" { power } else { format!("<mrow><mn>{digits}</mn><mo>·</mo>{power}</mrow>") }
                }
                None => format!("<mn>{number}</mn>"),
            },
            Self::Operator(sign) if sign == "," || sign == ";" => format!("<mo separator=\"true\" rspace=\"0.3em\">{sign}</mo>"),
            Self::Operator(sign) => format!("<mo>{}</mo>", escaped(sign)),
            Self::Word(word) => format!("<mtext>&#160;{word}&#160;</mtext>"),
            Self::Code(code) => format!("<mtext class=\"code\">{}</mtext>", escaped(code)),
            Self::Fenced(open, inside, close) => {
                let stretchy = inside.is_tall();
                let fence = |form: &str, bracket: &char| {
                    format!("<mo form=\"{form}\" fence=\"true\" stretchy=\"{stretchy}\">{bracket}</mo>")
                };
                format!("<mrow>{}{}{}</mrow>", fence("prefix", open), inside.mathml(), fence("postfix", close))
            }
            Self::Apply(name, arguments) => format!("<mrow>{}<mo>&#8289;</mo>{}</mrow>", name.mathml(), arguments.mathml()),
            Self::Script { base, sub, sup, .. } => {
                let (base, script) = (base.mathml(), |s: &Self| s.unbracketed().mathml());
                match (sub, sup) {
                    (Some(sub), Some(sup)) => format!("<msubsup>{base}{}{}</msubsup>", script(sub), script(sup)),
                    (Some(sub), None) => format!("<msub>{base}{}</msub>", script(sub)),
                    (None, Some(sup)) => format!("<msup>{base}{}</msup>", script(sup)),
                    (None, None) => base,
                }
            }
            Self::Fraction(above, below, _) => {
                format!("<mfrac>{}{}</mfrac>", above.unbracketed().mathml(), below.unbracketed().mathml())
            }
            Self::Root('∛', inside) => format!("<mroot>{}<mn>3</mn></mroot>", inside.unbracketed().mathml()),
            Self::Root(_, inside) => format!("<msqrt>{}</msqrt>", inside.unbracketed().mathml()),
            Self::Grid(rows) => {
                let cell = |cell: &Self| format!("<mtd>{}</mtd>", cell.mathml());
                let row = |row: &Vec<Self>| format!("<mtr>{}</mtr>", row.iter().map(cell).collect::<String>());
                let table: String = rows.iter().map(row).collect();
                format!("<mrow><mo fence=\"true\">[</mo><mtable>{table}</mtable><mo fence=\"true\">]</mo></mrow>")
            }
        }
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
