//! Functions of numbers, in the ways they are spelled: on scalars, and on the entries of matrices in closures.

use super::Speller;
use super::code::{Code, Level};
use crate::ir::{Attr, Cmp, Kind};

/// A constant as a literal.
pub(super) fn literal(value: f64) -> Code {
    let level = if value < 0.0 { Level::Prefix } else { Level::Atom };
    Code::number(format!("{value:?}"), level)
}

/// A receiver whose type no other number tells.
fn typed(a: &Code) -> String {
    let bare = a.text.trim_start_matches('-');
    let is_literal = bare.starts_with(|c: char| c.is_ascii_digit()) && bare.parse::<f64>().is_ok();
    if is_literal && a.level < Level::Atom {
        format!("({}_f64)", a.text)
    } else if is_literal {
        format!("{}_f64", a.text)
    } else {
        a.receiver()
    }
}

fn method(a: &Code, name: &str, arguments: &[&Code]) -> Code {
    let arguments: Vec<&str> = arguments.iter().map(|b| b.text.as_str()).collect();
    Code::number(format!("{}.{name}({})", typed(a), arguments.join(", ")), Level::Atom)
}

impl Speller<'_> {
    /// An operation that is one of numbers; `in_closure` where there may be an `if`.
    pub(super) fn of_numbers(&mut self, kind: Kind, attr: &Attr, args: &[Code], in_closure: bool) -> Option<Code> {
        let a = args.first()?;
        if let Some(name) = method_name(kind) {
            return Some(if self.random.once_in(6) {
                Code::number(format!("f64::{name}({})", a.text), Level::Atom)
            } else {
                method(a, name, &[])
            });
        }
        Some(match (kind, attr) {
            (Kind::Lin, Attr::Coefs(coefs)) => {
                let coefs: Vec<f64> = coefs.iter().map(|c| c.0).collect();
                self.sum_of_numbers(&coefs, args)
            }
            (Kind::Hadamard | Kind::Scale, _) => self.product_of_numbers(args),
            (Kind::Pow, Attr::Real(k)) => self.power(a, k.0),
            (Kind::PowF, _) => method(a, "powf", &[&args[1]]),
            (Kind::Hypot, _) => method(a, "hypot", &[&args[1]]),
            (Kind::Atan2, _) => method(a, "atan2", &[&args[1]]),
            (Kind::Sigmoid, _) => match self.random.below(3) {
                0 => Code::number(format!("1.0 / (1.0 + (-{}).exp())", a.at(Level::Atom)), Level::Product),
                _ => Code::number(format!("matgrad::sigmoid({})", a.text), Level::Atom),
            },
            (Kind::Softplus, _) => match self.random.below(4) {
                0 => Code::number(format!("(1.0 + {}.exp()).ln()", typed(a)), Level::Atom),
                1 => Code::number(format!("{}.exp().ln_1p()", typed(a)), Level::Atom),
                _ => Code::number(format!("matgrad::softplus({})", a.text), Level::Atom),
            },
            (Kind::Relu, _) => Code::number(format!("matgrad::relu({})", a.text), Level::Atom),
            (Kind::Select, Attr::Cmp(cmp)) => return self.selection(*cmp, args, in_closure),
            _ => return None,
        })
    }

    /// `c₁ a₁ + c₂ a₂ + ⋯`
    fn sum_of_numbers(&mut self, coefs: &[f64], args: &[Code]) -> Code {
        if let ([c, one], [a, b]) = (coefs, args)
            && *one == 1.0
            && self.random.once_in(5)
        {
            return method(a, "mul_add", &[&literal(*c), b]);
        }
        let mut sum: Option<Code> = None;
        for (c, a) in coefs.iter().zip(args) {
            let minus = *c < 0.0;
            let term = self.multiple(c.abs(), a);
            sum = Some(match sum {
                None if minus => Code::number(format!("-{}", term.at(Level::Atom)), Level::Prefix),
                None => term,
                Some(sum) => {
                    let sign = if minus { "-" } else { "+" };
                    Code::number(format!("{} {sign} {}", sum.text, term.at(Level::Product)), Level::Sum)
                }
            });
        }
        sum.unwrap_or_else(|| literal(0.0))
    }
    /// `c a`
    fn multiple(&mut self, c: f64, a: &Code) -> Code {
        let text = match self.random.below(3) {
            _ if c == 1.0 => return a.clone(),
            0 => format!("{} * {}", a.at(Level::Product), self.number_of(c).at(Level::Prefix)),
            1 if (1.0 / c).fract() == 0.0 => format!("{} / {}", a.at(Level::Product), self.number_of(1.0 / c).at(Level::Prefix)),
            _ => format!("{} * {}", self.number_of(c).at(Level::Product), a.at(Level::Prefix)),
        };
        Code::number(text, Level::Product)
    }
    fn product_of_numbers(&mut self, args: &[Code]) -> Code {
        let mut text = args[0].at(Level::Product);
        for a in &args[1..] {
            // `1 / b` as a factor divides: what follows the slash binds as it did
            match a.text.strip_prefix("1.0 / ").filter(|_| a.level == Level::Product && !self.random.once_in(4)) {
                Some(below) => text = format!("{text} / {below}"),
                None => text = format!("{text} * {}", a.at(Level::Prefix)),
            }
        }
        Code::number(text, if args.len() > 1 { Level::Product } else { args[0].level })
    }
    /// `aᵏ`
    fn power(&mut self, a: &Code, k: f64) -> Code {
        #[allow(clippy::cast_possible_truncation)] // an exponent
        let whole = (k.fract() == 0.0).then_some(k as i32);
        let repeated = a.level == Level::Atom && a.text.len() < 8;
        match (k, self.random.below(3)) {
            (1.0, 0) => return a.clone(),
            (2.0, 0) if repeated => return Code::number(format!("{0} * {0}", a.text), Level::Product),
            (-1.0, 0) => return method(a, "recip", &[]),
            (-1.0, _) => return Code::number(format!("1.0 / {}", a.at(Level::Prefix)), Level::Product),
            (0.5, 0 | 1) => return method(a, "sqrt", &[]),
            (-0.5, 0) => return Code::number(format!("1.0 / {}.sqrt()", typed(a)), Level::Product),
            _ => {}
        }
        match whole {
            Some(k) if !self.random.once_in(4) => {
                let k = self.constant_exponent(k).unwrap_or_else(|| k.to_string());
                Code::number(format!("{}.powi({k})", typed(a)), Level::Atom)
            }
            _ => method(a, "powf", &[&literal(k)]),
        }
    }
    /// `a ? b` picks `x`, otherwise `y`.
    fn selection(&mut self, cmp: Cmp, args: &[Code], in_closure: bool) -> Option<Code> {
        let [a, b, x, y] = args else { return None };
        let name = match cmp {
            Cmp::Max => Some("max"),
            Cmp::Min => Some("min"),
            _ => None,
        };
        if let Some(name) = name {
            return Some(method(a, name, &[b]));
        }
        if !in_closure {
            return None;
        }
        // `a < b` as `b > a` at times
        let (left, symbol, right) = match cmp {
            Cmp::Lt if self.random.once_in(3) => (b, ">", a),
            Cmp::Ge if self.random.once_in(3) => (b, "<=", a),
            _ => (a, cmp.symbol(), b),
        };
        Some(Code::number(
            format!("(if {} {symbol} {} {{ {} }} else {{ {} }})", left.text, right.text, x.text, y.text),
            Level::Atom,
        ))
    }
}

fn method_name(kind: Kind) -> Option<&'static str> {
    Some(match kind {
        Kind::Exp => "exp",
        Kind::ExpM1 => "exp_m1",
        Kind::Ln => "ln",
        Kind::Ln1p => "ln_1p",
        Kind::Log2 => "log2",
        Kind::Log10 => "log10",
        Kind::Cbrt => "cbrt",
        Kind::Sin => "sin",
        Kind::Cos => "cos",
        Kind::Tan => "tan",
        Kind::Asin => "asin",
        Kind::Acos => "acos",
        Kind::Atan => "atan",
        Kind::Sinh => "sinh",
        Kind::Cosh => "cosh",
        Kind::Tanh => "tanh",
        Kind::Asinh => "asinh",
        Kind::Acosh => "acosh",
        Kind::Atanh => "atanh",
        Kind::Abs => "abs",
        _ => return None,
    })
}
