//! What stands around the mathematics of a function as people write them: constants in the place of integers and numbers, attributes,
//! statements with effects, scopes whose guards end with them, closures that capture what changes later, borrows of such.
//!
//! The meaning is the same. Two functions stand beside the spelled ones: `note(k)` remembers that it was called, and companions have to
//! call it as often, in the order of the function; `held(x)` gives a guard that holds `x` and panics if there is one already.

use super::code::{Code, Hold, Level, Type};
use super::numbers::literal;
use super::{Random, Speller};

/// What is put around a function, and what of it is there already.
pub(super) struct Around {
    pub(super) random: Random,
    /// Constants of the `impl` that the function is in: `const K1: usize = 3;`.
    pub(super) constants: Vec<String>,
    notes: usize,
}

impl Around {
    pub(super) fn new(seed: u64) -> Self {
        Self { random: Random::new(seed ^ 0xa707_0d5e), constants: Vec::new(), notes: 0 }
    }
}

impl Speller<'_> {
    /// One of `0..n` to choose by, once in so many times; never without surroundings.
    fn choice(&mut self, once_in: usize, n: usize) -> Option<usize> {
        let around = self.around.as_mut()?;
        around.random.once_in(once_in).then(|| around.random.below(n))
    }

    /// An integer as a constant, a cast, a variable.
    pub(super) fn constant_integer(&mut self, value: usize) -> Option<String> {
        let choice = self.choice(4, 6)?;
        let name = self.fresh("K");
        Some(match choice {
            0 => self.own_constant(&name, "usize", &value.to_string()),
            1 => self.constant(&name, "usize", &value.to_string()),
            2 => format!("({} as usize)", self.constant(&name, "u8", &value.to_string())),
            3 => format!("({value}_i32 as usize)"),
            4 => format!("(u8::MAX as usize - {})", 255_usize.checked_sub(value)?),
            _ => {
                let name = name.to_lowercase();
                self.line(format!("let {name}: usize = {value};"));
                name
            }
        })
    }
    /// The exponent of `powi`.
    pub(super) fn constant_exponent(&mut self, value: i32) -> Option<String> {
        let choice = self.choice(3, 5)?;
        let name = self.fresh("K");
        Some(match choice {
            0 => self.own_constant(&name, "i32", &value.to_string()),
            1 => self.constant(&name, "i32", &value.to_string()),
            2 if value >= 0 => format!("{} as i32", self.constant(&name, "usize", &value.to_string())),
            3 => format!("{value}_i64 as i32"),
            _ => {
                let name = name.to_lowercase();
                self.line(format!("let {name} = {value};"));
                name
            }
        })
    }
    /// A number as a constant, a cast of one, an integer's or a variable.
    pub(super) fn constant_number(&mut self, value: f64) -> Option<Code> {
        let choice = self.choice(4, 8)?;
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // asked for
        let whole = (value.fract() == 0.0 && (0.0..100.0).contains(&value)).then_some(value as usize);
        let name = self.fresh("K");
        let text = format!("{value:?}");
        Some(match (choice, whole) {
            (0, Some(n)) => Code::number(format!("({} as f64)", self.own_constant(&name, "usize", &n.to_string())), Level::Atom),
            (1, Some(n)) => Code::number(format!("({} as f64)", self.constant(&name, "i64", &n.to_string())), Level::Atom),
            (2, Some(n)) => Code::number(format!("(u8::MAX as f64 - {}.0)", 255 - n), Level::Atom),
            (3, Some(n)) => Code::number(format!("f64::from({n}_u8)"), Level::Atom),
            (0 | 1, None) => Code::number(self.own_constant(&name, "f64", &text), Level::Atom),
            (2, None) => Code::number(format!("(f64::MAX / f64::MAX * {text})"), Level::Atom),
            (4, _) => Code::number(self.constant(&name, "f64", &text), Level::Atom),
            (5, _) => {
                let name = name.to_lowercase();
                self.line(format!("let mut {name} = 100.0;"));
                self.line(format!("{name} = {text};"));
                Code::number(name, Level::Atom)
            }
            _ => {
                let name = name.to_lowercase();
                self.line(format!("let {name}: f64 = {text};"));
                Code::number(name, Level::Atom)
            }
        })
    }
    /// A constant of the body.
    fn constant(&mut self, name: &str, ty: &str, value: &str) -> String {
        self.line(format!("const {name}: {ty} = {value};"));
        name.to_owned()
    }
    /// A constant of the `impl`.
    fn own_constant(&mut self, name: &str, ty: &str, value: &str) -> String {
        if let Some(around) = &mut self.around {
            around.constants.push(format!("const {name}: {ty} = {value};"));
        }
        format!("Self::{name}")
    }

    /// A call that is remembered.
    fn note(&mut self) -> String {
        let Some(around) = &mut self.around else { return String::new() };
        around.notes += 1;
        format!("note({})", around.notes)
    }
    /// A statement that does not matter to the value.
    pub(super) fn aside(&mut self) -> Option<String> {
        let choice = self.choice(4, 11)?;
        let note = self.note();
        let name = self.fresh("aside");
        Some(match choice {
            0 => format!("{note};"),
            1 => format!("#[cfg(any())] let {name} = nobody::knows();"),
            2 => format!("#[cfg(not(any()))] {note};"),
            3 => format!("{{ let {name} = held(2.0); {note}; }}"),
            4 => format!("let _ = held({note} as f64);"),
            5 => format!("if {note} == 0 {{ panic!(\"{name}\") }}"),
            6 => format!("#[allow(unused)] const {}: usize = 3;", name.to_uppercase()),
            7 => format!("let mut {name} = 0; for k in 0..3 {{ {name} += k; {note}; }} assert_eq!({name}, 3);"),
            8 => format!("let {name}: f64 = *held(3.0); assert!({name} > 2.0, \"{{}}\", {note});"),
            9 => format!("#[cfg(any())] {{ {note}; }}"),
            _ => format!("let {name} = {{ let inner = held(1.0); {note} + (*inner as usize) }}; let _ = {name};"),
        })
    }
    /// An attribute in front of a `let`.
    pub(super) fn attribute(&mut self) -> &'static str {
        const ATTRIBUTES: [&str; 4] =
            ["#[allow(unused_variables)] ", "#[rustfmt::skip] ", "#[cfg_attr(any(), allow(unused))] ", "#[warn(clippy::all)] "];
        self.choice(8, ATTRIBUTES.len()).map_or("", |i| ATTRIBUTES[i])
    }

    /// The same value, in a block of its own.
    pub(super) fn in_scope(&mut self, code: &Code, text: &str) -> Option<String> {
        let choice = self.choice(3, 6)?;
        // 1 is no matrix: it stands where a number may
        let factor = Code { text: text.to_owned(), ..code.clone() }.at(Level::Product);
        let note = self.note();
        Some(match choice {
            0 => format!("{{ let guard = held(1.0); let one: f64 = *guard; {factor} * one }}"),
            1 => format!("{{ let one: f64 = *held(1.0); {note}; {factor} * one }}"),
            2 => format!("{{ {note}; {text} }}"),
            3 => format!("{{ let one = 1.0; {{ let one = one * 1.0; {factor} * one }} }}"),
            4 => format!("{{ #[allow(unused)] let guard = held(5.0); let inner = {text}; {note}; inner }}"),
            _ => format!("{{ let one = {{ let guard = held(1.0); {note}; *guard * 1.0 }}; let one: f64 = one; {factor} * one }}"),
        })
    }
    /// The same value, of a copy of an inactive matrix that changes after it was read.
    pub(super) fn of_a_copy(&mut self, text: &str) -> Option<String> {
        let choice = self.choice(2, 3)?;
        let inactive = |p: &&super::Parameter| p.ty != "f64" && p.of.is_none_or(|of| !self.sample.wrt.contains(&of));
        let copied = self.parameters.iter().filter(inactive).find(|p| words(text).any(|word| word == p.name))?.clone();
        let kept = self.fresh("kept");
        self.line(format!("let mut {kept} = {}.clone();", copied.name));
        let seen = match (copied.by_ref, choice) {
            (true, _) => {
                let seen = self.fresh("seen");
                self.line(format!("let {seen} = &{kept};"));
                seen
            }
            (false, _) => kept.clone(),
        };
        self.after.push(format!("{kept}.fill(77.0);"));
        if choice == 0 {
            self.after.push(format!("assert!({kept}.iter().all(|e| *e == 77.0));"));
        }
        Some(replaced(text, &copied.name, &seen))
    }
    /// A closure by name, which captures what changes afterwards.
    pub(super) fn capturing(&mut self, parameters: &str, body: &Code) -> Option<String> {
        let choice = self.choice(2, 6)?;
        // a closure that moves takes matrices with it, which are read elsewhere
        let choice = if self.reads_variables(&body.text) { 3 + choice % 2 } else { choice };
        let (name, one) = (self.fresh("f"), self.fresh("one"));
        let factor = body.at(Level::Product);
        let (before, closure, after) = match choice {
            0 => (format!("let mut {one} = 1.0;"), format!("move |{parameters}| {factor} * {one}"), format!("{one} = 100.0;")),
            1 => (
                format!("let mut {one} = Vector2::new(1.0, 2.0);"),
                format!("move |{parameters}| {factor} * {one}.x"),
                format!("{one}.fill(9.0); assert_eq!({one}.x, 9.0);"),
            ),
            2 => (
                format!("let mut {one} = 0; let {one}s: [f64; 2] = [1.0, 2.0];"),
                format!("move |{parameters}| {factor} * {one}s[{one}]"),
                format!("{one} = 1; assert_eq!({one}, 1);"),
            ),
            3 => (
                format!("let mut {one} = 3.0; {one} -= 2.0;"),
                format!("|{parameters}| {factor} * {one}"),
                format!("let {name} = {name};"),
            ),
            4 => (
                format!("let {one}: f64 = 1.0;"),
                format!("|{parameters}| {{ let inner = {}; inner * {one} }}", body.text),
                format!("let {one} = 100.0; assert!({one} > 1.0);"),
            ),
            _ => (
                format!("let mut {one}: usize = 1;"),
                format!("move |#[allow(unused)] {parameters}| {factor} * ({one} as f64)"),
                format!("{one} += 1; assert_eq!({one}, 2);"),
            ),
        };
        for line in [before, format!("let {name} = {closure};"), after] {
            self.line(line);
        }
        Some(name)
    }
    /// Whether code names variables that own matrices.
    fn reads_variables(&self, text: &str) -> bool {
        let owners = self.named.values().filter(|c| c.hold == Hold::Variable && c.ty != Type::Number);
        owners.into_iter().any(|owner| words(text).any(|word| word == owner.text))
    }
    /// A literal, or what stands in its place.
    pub(super) fn number_of(&mut self, value: f64) -> Code {
        self.constant_number(value).unwrap_or_else(|| literal(value))
    }
}

/// Whether a value may stand in a block: it borrows from nothing.
pub(super) fn is_whole(code: &Code) -> bool {
    code.hold == Hold::Made && code.ty.factored().is_none() && matches!(code.ty, Type::Number | Type::Matrix(..))
}

/// The words of a piece of code.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '_')
}

/// Code with another name for a variable.
fn replaced(text: &str, name: &str, by: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(name) {
        let is_word = |c: char| c.is_alphanumeric() || c == '_';
        let whole = !rest[..at].ends_with(is_word) && !rest[at + name.len()..].starts_with(is_word);
        out.push_str(&rest[..at]);
        out.push_str(if whole { by } else { name });
        rest = &rest[at + name.len()..];
    }
    out + rest
}
