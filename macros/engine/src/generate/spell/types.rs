//! The names of types, and sizes as they are spelled.

use super::code::{Code, Level, Side, Type};
use super::{Speller, Style};
use crate::ir::NodeId;

impl Speller<'_> {
    /// A side of this size, as this function has it.
    pub(super) fn side(&self, size: usize) -> Side {
        if self.style == Style::Run { Side::run(size) } else { Side::fixed(size) }
    }
    /// A matrix type of this size: vectors are vectors, mostly.
    pub(super) fn matrix_type(&mut self, rows: usize, cols: usize) -> Type {
        let (mut r, mut c) = (self.side(rows), self.side(cols));
        let plain = self.random.once_in(12);
        if cols == 1 && !plain {
            c = Side::ONE;
        } else if rows == 1 && !plain {
            r = Side::ONE;
        }
        Type::Matrix(r, c)
    }
    /// A fixed size, as it is spelled in a type.
    pub(super) fn fixed(&self, size: usize) -> String {
        if self.generic == Some(size) { "N".to_owned() } else { size.to_string() }
    }
    fn is_generic(&self, side: Side) -> bool {
        self.generic == Some(side.size)
    }
    /// Whether one of these sides is a const parameter.
    pub(super) fn has_generic(&self, ty: Type) -> bool {
        ty.sides().is_some_and(|(r, c)| self.is_generic(r) || self.is_generic(c))
    }

    /// A type, in a signature or an annotation.
    pub(super) fn name_of(&mut self, ty: Type) -> String {
        match ty {
            Type::Number => "f64".to_owned(),
            Type::Factor(_) => "_".to_owned(),
            Type::Matrix(rows, cols) => {
                let (name, generics) = self.spelled_type(rows, cols);
                if generics.is_empty() { format!("{name}<f64>") } else { format!("{name}<f64, {generics}>") }
            }
        }
    }
    /// A type, before `::new`; without its scalar at times, where that is an operand's.
    pub(super) fn path_of(&mut self, rows: Side, cols: Side) -> String {
        let (name, generics) = self.spelled_type(rows, cols);
        let short = self.is_operand && self.random.once_in(2);
        match (generics.is_empty(), short) {
            (true, false) => format!("{name}::<f64>"),
            (true, true) => name,
            (false, true) => format!("{name}::<_, {generics}>"),
            (false, false) => format!("{name}::<f64, {generics}>"),
        }
    }
    /// The name of a type, and its generic arguments after the scalar.
    fn spelled_type(&mut self, rows: Side, cols: Side) -> (String, String) {
        let (n, m) = (self.fixed(rows.size), self.fixed(cols.size));
        let named = |side: Side| (1..=6).contains(&side.size) && self.generic != Some(side.size);
        let alias = named(rows) && named(cols) && !self.random.once_in(3);
        let (name, generics) = match (rows.fixed, cols.fixed) {
            (false, false) => ("DMatrix".to_owned(), String::new()),
            (false, true) if cols.size == 1 => ("DVector".to_owned(), String::new()),
            (true, false) if rows.size == 1 => ("RowDVector".to_owned(), String::new()),
            (true, true) if alias && cols.size == 1 && rows.size == 1 => ("Matrix1".to_owned(), String::new()),
            (true, true) if alias && cols.size == 1 => (format!("Vector{n}"), String::new()),
            (true, true) if alias && rows.size == 1 => (format!("RowVector{m}"), String::new()),
            (true, true) if alias && rows == cols => (format!("Matrix{n}"), String::new()),
            (true, true) if alias => (format!("Matrix{n}x{m}"), String::new()),
            (true, true) if cols.size == 1 && !self.random.once_in(4) => ("SVector".to_owned(), n),
            (true, true) if rows.size == 1 && !self.random.once_in(4) => ("RowSVector".to_owned(), m),
            (true, true) => ("SMatrix".to_owned(), format!("{n}, {m}")),
            (true, false) => ("OMatrix".to_owned(), format!("Const<{n}>, Dyn")),
            (false, true) => ("OMatrix".to_owned(), format!("Dyn, Const<{m}>")),
        };
        (name, generics)
    }

    /// The run-time sizes that a constructor of this type asks for.
    pub(super) fn sizes(&mut self, rows: Side, cols: Side) -> Vec<String> {
        [rows, cols].into_iter().filter(|s| !s.fixed).map(|s| self.count(s.size)).collect()
    }
    /// A size, as a number or as that of something that has it.
    pub(super) fn count(&mut self, size: usize) -> String {
        if self.random.once_in(2)
            && let Some(known) = self.known_size(size)
        {
            return known;
        }
        if self.generic == Some(size) {
            return "N".to_owned();
        }
        self.constant_integer(size).unwrap_or_else(|| size.to_string())
    }
    /// `p.nrows()` of a parameter.
    fn known_size(&mut self, size: usize) -> Option<String> {
        let matrices = self.parameters.iter().filter(|p| p.ty != "f64");
        let mut known: Vec<String> = Vec::new();
        for p in matrices {
            if p.value.rows == size {
                known.push(format!("{}.nrows()", p.name));
            }
            if p.value.cols == size {
                known.push(format!("{}.ncols()", p.name));
            }
            if p.value.cols.min(p.value.rows) == 1 && p.value.data.len() == size {
                known.push(format!("{}.len()", p.name));
            }
        }
        if known.is_empty() { None } else { Some(known.swap_remove(self.random.below(known.len()))) }
    }
    /// A dimension as a number.
    pub(super) fn dimension(&mut self, id: NodeId) -> Option<Code> {
        let dim = self.sample.graph.node(id).op.attr.counted()?;
        let size = self.sample.size(dim);
        if let Some(known) = self.known_size(size).filter(|_| !self.random.once_in(4)) {
            return Some(Code::atom(format!("({known} as f64)"), Type::Number));
        }
        if self.generic == Some(size) {
            return Some(Code::atom("(N as f64)", Type::Number));
        }
        Some(Code::number(format!("{size}.0"), Level::Atom))
    }
}
