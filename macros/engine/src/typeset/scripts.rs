//! Characters that stand above and below the line.

use super::Math;

/// What a superscript character is on the line.
pub(super) fn above(c: char) -> Option<char> {
    const DIGITS: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    let digit = DIGITS.iter().zip('0'..).find(|(above, _)| **above == c).map(|(_, digit)| digit);
    digit.or(match c {
        'ᵀ' => Some('T'),
        '⁻' => Some('−'),
        '⁺' => Some('+'),
        _ => None,
    })
}

/// What a subscript character is on the line.
pub(super) fn below(c: char) -> Option<char> {
    const LETTERS: &str = "ₐaₑeₕhᵢiⱼjₖkₗlₘmₙnₒoₚpᵣrₛsₜtᵤuᵥvₓx₊+₋−";
    if ('₀'..='₉').contains(&c) {
        return char::from_digit(u32::from(c) - u32::from('₀'), 10);
    }
    let mut letters = LETTERS.chars();
    while let (Some(below), Some(letter)) = (letters.next(), letters.next()) {
        if below == c {
            return Some(letter);
        }
    }
    None
}

/// A script: signs, numbers and names.
pub(super) fn script(line: &str) -> Math {
    let mut parts: Vec<Math> = Vec::new();
    for c in line.chars() {
        match (c, parts.last_mut()) {
            ('0'..='9', Some(Math::Number(number))) => number.push(c),
            ('0'..='9', _) => parts.push(Math::Number(c.to_string())),
            ('+' | '−' | 'T', _) => parts.push(Math::Operator(if c == 'T' { '⊤' } else { c }.to_string())),
            (_, Some(Math::Name(name))) => name.push(c),
            _ => parts.push(Math::Name(c.to_string())),
        }
    }
    if parts.len() == 1 { parts.remove(0) } else { Math::Row(parts) }
}
