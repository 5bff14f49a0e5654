//! Sums, scalings and elementwise products by operators and methods; structure.

use super::code::{Code, Level, Side, Type};
use super::{Speller, Style};
use crate::ir::{Attr, Index, Kind, NodeId};

impl Speller<'_> {
    /// A sum, a scaling or an elementwise product of matrices, by operators and methods.
    pub(super) fn arithmetic(&mut self, id: NodeId) -> Option<Code> {
        if self.random.once_in(3) {
            return self.kernel(id);
        }
        let node = self.sample.graph.node(id).clone();
        match (node.op.kind, &node.op.attr) {
            (Kind::Lin, Attr::Coefs(coefs)) => {
                let coefs: Vec<f64> = coefs.iter().map(|c| c.0).collect();
                self.sum_of_matrices(&coefs, &node.args)
            }
            (Kind::Scale, _) => self.scaled(node.args[0], node.args[1]),
            (Kind::Hadamard, _) => self.elementwise_product(&node.args),
            (Kind::Abs, _) => {
                let a = self.matrix(node.args[0])?;
                Some(Code::atom(format!("{}.abs()", a.receiver()), a.ty))
            }
            _ => None,
        }
    }

    fn sum_of_matrices(&mut self, coefs: &[f64], args: &[NodeId]) -> Option<Code> {
        let mut sum: Option<Code> = None;
        for (c, a) in coefs.iter().zip(args) {
            let spread = (self.sample.graph.kind(*a) == Kind::Fill && !self.is_named(*a)).then(|| self.sample.graph.args(*a)[0]);
            sum = Some(match (sum, spread) {
                // A + s 1
                (Some(sum), Some(s)) if !self.random.once_in(4) => {
                    let s = self.number(s)?;
                    let s = self.of_numbers(Kind::Lin, &Attr::Coefs(vec![crate::ir::Real(*c)]), &[s], false)?;
                    Code::atom(format!("{}.add_scalar({})", sum.receiver(), s.text), sum.ty)
                }
                (Some(sum), _) => {
                    let a = if c.abs() == 1.0 { self.operand(*a)? } else { self.matrix(*a)? };
                    let term = self.multiple_of(c.abs(), &a);
                    let sign = if *c < 0.0 { "-" } else { "+" };
                    let text = format!("{} {sign} {}", sum.operand(Level::Sum), term.operand(Level::Product));
                    Code::new(text, Level::Sum, sum.ty.and(term.ty))
                }
                (None, _) => {
                    let a = self.matrix(*a)?;
                    let term = self.multiple_of(c.abs(), &a);
                    if *c < 0.0 { Code::new(format!("-{}", term.operand(Level::Prefix)), Level::Prefix, term.ty) } else { term }
                }
            });
        }
        sum
    }
    /// `c A`
    fn multiple_of(&mut self, c: f64, a: &Code) -> Code {
        let (text, level) = match self.random.below(5) {
            _ if c == 1.0 => return a.clone(),
            0 => (format!("{c:?} * {}", a.operand(Level::Prefix)), Level::Product),
            1 if (1.0 / c).fract() == 0.0 => (format!("{} / {:?}", a.operand(Level::Product), 1.0 / c), Level::Product),
            2 => (format!("{}.scale({c:?})", a.receiver()), Level::Atom),
            3 if (1.0 / c).is_finite() => (format!("{}.unscale({:?})", a.receiver(), 1.0 / c), Level::Atom),
            _ => (format!("{} * {c:?}", a.operand(Level::Product)), Level::Product),
        };
        Code::new(text, level, a.ty)
    }
    /// `s A`, `A / t`
    fn scaled(&mut self, s: NodeId, a: NodeId) -> Option<Code> {
        let g = &self.sample.graph;
        let share = (g.kind(s) == Kind::Pow && self.uses(s) == 1 && !self.is_named(s)).then(|| g.node(s).clone());
        let below = share.filter(|n| matches!(n.op.attr, Attr::Real(k) if k.0 == -1.0)).map(|n| n.args[0]);
        if let Some(below) = below.filter(|_| !self.random.once_in(4)) {
            if self.sample.graph.kind(below) == Kind::Norm
                && self.sample.graph.args(below) == [a]
                && !self.is_named(below)
                && self.random.once_in(2)
            {
                let a = self.matrix(a)?;
                return Some(Code::atom(format!("{}.normalize()", a.receiver()), a.ty));
            }
            let (below, a) = (self.number(below)?, self.matrix(a)?);
            return Some(if self.random.once_in(3) {
                Code::atom(format!("{}.unscale({})", a.receiver(), below.text), a.ty)
            } else {
                Code::new(format!("{} / {}", a.operand(Level::Product), below.at(Level::Prefix)), Level::Product, a.ty)
            });
        }
        let (s, a) = (self.number(s)?, self.matrix(a)?);
        Some(match self.random.below(3) {
            0 => Code::atom(format!("{}.scale({})", a.receiver(), s.text), a.ty),
            1 => Code::new(format!("{} * {}", s.at(Level::Product), a.operand(Level::Prefix)), Level::Product, a.ty),
            _ => Code::new(format!("{} * {}", a.operand(Level::Product), s.at(Level::Prefix)), Level::Product, a.ty),
        })
    }
    /// `A ∘ B`, `A ⊘ B`
    fn elementwise_product(&mut self, args: &[NodeId]) -> Option<Code> {
        let mut product = self.matrix(args[0])?;
        for factor in &args[1..] {
            let g = &self.sample.graph;
            let node = g.node(*factor).clone();
            let free = self.uses(*factor) == 1 && !self.is_named(*factor);
            let is_share = free && node.op.kind == Kind::Pow && matches!(node.op.attr, Attr::Real(k) if k.0 == -1.0);
            let (name, other) = if is_share && !self.random.once_in(4) {
                ("component_div", self.matrix(node.args[0])?)
            } else if node.op.kind == Kind::Fill && free {
                let s = self.number(node.args[0])?;
                product = Code::new(
                    format!("{} * {}", product.operand(Level::Product), s.at(Level::Prefix)),
                    Level::Product,
                    product.ty,
                );
                continue;
            } else {
                ("component_mul", self.matrix(*factor)?)
            };
            product = Code::atom(format!("{}.{name}({})", product.receiver(), other.argument()), product.ty.and(other.ty));
        }
        Some(product)
    }

    /// Entries moved about, and matrices of constants.
    pub(super) fn structure(&mut self, id: NodeId) -> Option<Code> {
        let node = self.sample.graph.node(id).clone();
        let (rows, cols) = self.size(id);
        match node.op.kind {
            Kind::Identity => {
                let (r, c) = (self.side(rows), self.side(cols));
                let (path, sizes) = (self.path_of(r, c), self.sizes(r, c));
                Some(Code::atom(format!("{path}::identity({})", sizes.join(", ")), Type::Matrix(r, c)))
            }
            Kind::Fill => self.filled(node.args[0], rows, cols),
            Kind::Transpose => {
                let a = self.matrix(node.args[0])?;
                let (r, c) = a.ty.sides()?;
                Some(Code::atom(format!("{}.transpose()", a.receiver()), Type::Matrix(c, r)))
            }
            Kind::Diagonal => {
                let a = self.matrix(node.args[0])?;
                let (r, c) = a.ty.sides()?;
                (!self.has_generic(a.ty)).then(|| {
                    Code::atom(format!("{}.diagonal()", a.receiver()), Type::Matrix(if r.fixed { r } else { c }, Side::ONE))
                })
            }
            Kind::DiagMat => {
                let v = self.matrix(node.args[0])?;
                let (r, c) = v.ty.sides()?;
                if c != Side::ONE {
                    return None;
                }
                let path = self.path_of(r, r);
                Some(Code::atom(format!("{path}::from_diagonal({})", v.argument()), Type::Matrix(r, r)))
            }
            Kind::LowerTriangle | Kind::UpperTriangle => {
                let a = self.matrix(node.args[0])?;
                let name = if node.op.kind == Kind::LowerTriangle { "lower_triangle" } else { "upper_triangle" };
                Some(Code::atom(format!("{}.{name}()", a.receiver()), a.ty))
            }
            Kind::Slice => self.slice(id),
            Kind::Update => self.update(id),
            Kind::Stack => self.stack(id),
            Kind::Reshape => {
                let a = self.matrix(node.args[0])?;
                if self.has_generic(a.ty) {
                    return None;
                }
                let a = if a.is_view() { Code::atom(a.owned(), a.ty) } else { a };
                let Type::Matrix(r, c) = self.matrix_type(rows, cols) else { return None };
                let path = self.path_of(r, c);
                let mut sizes: Vec<String> = if r.fixed == c.fixed { self.sizes(r, c) } else { Vec::new() };
                sizes.push(format!("{}.as_slice()", a.receiver()));
                Some(Code::atom(format!("{path}::from_column_slice({})", sizes.join(", ")), Type::Matrix(r, c)))
            }
            _ => None,
        }
    }
    /// `s 1 1ᵀ`
    pub(super) fn filled(&mut self, s: NodeId, rows: usize, cols: usize) -> Option<Code> {
        let s = self.number(s)?;
        let Type::Matrix(r, c) = self.matrix_type(rows, cols) else { return None };
        let (path, mut arguments) = (self.path_of(r, c), self.sizes(r, c));
        let name = match self.random.below(3) {
            _ if s.text == "0.0" && !self.random.once_in(4) => "zeros",
            0 => "repeat",
            _ => "from_element",
        };
        if name != "zeros" {
            arguments.push(s.text);
        }
        Some(Code::atom(format!("{path}::{name}({})", arguments.join(", ")), Type::Matrix(r, c)))
    }

    /// A block or an entry.
    fn slice(&mut self, id: NodeId) -> Option<Code> {
        let (Attr::Block(block), args) = (&self.sample.graph.node(id).op.attr, self.sample.graph.args(id).to_vec()) else {
            return None;
        };
        let (row, col) = (block.row.clone(), block.col.clone());
        let (row, col) = (self.position(&row)?, self.position(&col)?);
        let a = self.matrix(args[0])?;
        let (r, c) = a.ty.sides()?;
        let (rows, cols) = self.size(id);
        let of = a.receiver();
        if self.sample.graph.is_scalar(id) {
            // entries have names where they stand without gaps
            let gaps = a.is_view() && c != Side::ONE;
            let c = if gaps { Side::run(c.size) } else { c };
            return Some(self.entry_of(&of, (r, c), (row, col)));
        }
        let whole = |side: Side, n: usize, at: usize| at == 0 && side.size == n;
        let (i, j) = (self.index(row), self.index(col));
        let fixed = self.style != Style::Run || self.random.once_in(8);
        let (n, m) = (self.fixed(rows), self.fixed(cols));
        if cols == 1 && whole(r, rows, row) && !self.random.once_in(4) {
            return Some(Code::view(format!("{of}.column({j})"), &a, Type::Matrix(r, Side::ONE)));
        }
        if rows == 1 && whole(c, cols, col) && !self.random.once_in(4) {
            return Some(Code::view(format!("{of}.row({i})"), &a, Type::Matrix(Side::ONE, c)));
        }
        let (run_rows, run_cols) = (Side::run(rows), Side::run(cols));
        if whole(r, rows, row) && !self.random.once_in(4) {
            return Some(if fixed {
                Code::view(format!("{of}.fixed_columns::<{m}>({j})"), &a, Type::Matrix(r, Side::fixed(cols)))
            } else {
                let count = self.count(cols);
                Code::view(format!("{of}.columns({j}, {count})"), &a, Type::Matrix(r, run_cols))
            });
        }
        if whole(c, cols, col) && !self.random.once_in(4) {
            return Some(if fixed {
                Code::view(format!("{of}.fixed_rows::<{n}>({i})"), &a, Type::Matrix(Side::fixed(rows), c))
            } else {
                let count = self.count(rows);
                Code::view(format!("{of}.rows({i}, {count})"), &a, Type::Matrix(run_rows, c))
            });
        }
        Some(if fixed {
            Code::view(format!("{of}.fixed_view::<{n}, {m}>({i}, {j})"), &a, Type::Matrix(Side::fixed(rows), Side::fixed(cols)))
        } else {
            let (n, m) = (self.count(rows), self.count(cols));
            Code::view(format!("{of}.view(({i}, {j}), ({n}, {m}))"), &a, Type::Matrix(run_rows, run_cols))
        })
    }
    /// `{ let mut v = a.clone(); v[i] = s; v }`
    fn update(&mut self, id: NodeId) -> Option<Code> {
        let node = self.sample.graph.node(id).clone();
        let Attr::Block(block) = node.op.attr else { return None };
        let (row, col) = (self.position(&block.row)?, self.position(&block.col)?);
        let (rows, cols) = self.size(node.args[1]);
        let a = self.matrix(node.args[0])?;
        let (r, c) = a.ty.sides()?;
        let name = self.fresh("changed");
        let (i, j) = (self.index(row), self.index(col));
        let change = if (rows, cols) == (1, 1) {
            let place = self.entry_of(&name, (r, c), (row, col)).text;
            let value = self.number(node.args[1])?.text;
            format!("{place} = {value}")
        } else {
            let part = self.matrix(node.args[1])?;
            let (pr, pc) = part.ty.sides()?;
            // rustc knows rows and columns of a fixed matrix as such only
            if (rows == 1 && pc.fixed != c.fixed) || (cols == 1 && pr.fixed != r.fixed) {
                return None;
            }
            match rows {
                1 => format!("{name}.set_row({i}, {})", part.argument()),
                _ => format!("{name}.set_column({j}, {})", part.argument()),
            }
        };
        Some(Code::atom(format!("{{ let mut {name} = {}; {change}; {name} }}", a.owned()), a.ty))
    }

    /// `x[i]`, `m[(i, j)]`, `v.x`
    fn entry_of(&mut self, of: &str, (r, c): (Side, Side), (row, col): (usize, usize)) -> Code {
        let named = r.fixed && c.fixed && self.generic != Some(r.size) && self.generic != Some(c.size);
        let (i, j) = (self.index(row), self.index(col));
        let linear = if c == Side::ONE { Some(&i) } else { (r == Side::ONE).then_some(&j) };
        let coordinate =
            ["x", "y", "z", "w", "a", "b"].get(row.max(col)).filter(|_| named && linear.is_some() && r.size.max(c.size) <= 6);
        let text = match (self.random.below(3), linear, coordinate) {
            (0, _, Some(name)) => format!("{of}.{name}"),
            (0, None, _) if named && r.size.max(c.size) <= 6 => format!("{of}.m{}{}", row + 1, col + 1),
            (1 | 2, Some(at), _) => format!("{of}[{at}]"),
            _ => format!("{of}[({i}, {j})]"),
        };
        Code::number(text, Level::Atom)
    }
    /// A position, as a number.
    fn position(&self, index: &Index) -> Option<usize> {
        let dims: usize = index.dims.iter().map(|d| self.sample.size(*d)).sum();
        let code = match index.code {
            Some(id) => self.sample.integers.iter().find(|i| i.0 == id)?.1,
            None => 0,
        };
        Some(index.base + dims + code)
    }
    /// A position, as code: a number, a sum, a difference of sizes.
    fn index(&mut self, at: usize) -> String {
        if let Some(code) = self.constant_integer(at) {
            return code;
        }
        match self.random.below(6) {
            0 if at > 0 => format!("{} + 1", at - 1),
            1 => {
                let n = self.count(at + 1);
                if n.contains('(') { format!("{n} - 1") } else { at.to_string() }
            }
            2 => {
                let name = self.fresh("i");
                self.line(format!("let {name} = {at};"));
                name
            }
            _ => at.to_string(),
        }
    }

    /// `stack![..]`, `from_columns`, `from_rows`
    fn stack(&mut self, id: NodeId) -> Option<Code> {
        let (Attr::Grid(width), args) = (&self.sample.graph.node(id).op.attr, self.sample.graph.args(id).to_vec()) else {
            return None;
        };
        let width = *width;
        if self.generic.is_some() {
            return None;
        }
        if args.iter().all(|a| self.sample.graph.is_scalar(*a)) {
            return self.stack_of_numbers(id, width, &args);
        }
        let zero = |s: &Self, a: NodeId| {
            let g = &s.sample.graph;
            g.kind(a) == Kind::Fill && g.constant_value(g.args(a)[0]) == Some(0.0) && !s.is_named(a)
        };
        let mut blocks: Vec<Option<Code>> = Vec::new();
        for a in &args {
            blocks.push(if zero(self, *a) { None } else { Some(self.matrix(*a)?) });
        }
        let told = |line: Vec<&Option<Code>>| line.iter().any(|b| b.is_some());
        let rows_told = blocks.chunks(width).all(|line| told(line.iter().collect()));
        let cols_told = (0..width).all(|c| told(blocks.iter().skip(c).step_by(width).collect()));
        if !rows_told || !cols_told {
            return None;
        }
        let (rows, cols) = self.size(id);
        let first = blocks[0].as_ref().and_then(|b| b.ty.sides());
        let same = blocks.iter().all(|b| b.as_ref().is_some_and(|b| b.ty.sides() == first));
        if let (true, Some((r, c)), true) = (same, first, self.random.once_in(2)) {
            let list: Vec<String> = blocks.iter().flatten().map(Code::owned).collect();
            let fixed = self.style != Style::Run;
            if c == Side::ONE && width == blocks.len() {
                let path = self.path_of(r, if fixed { Side::fixed(width) } else { Side::run(width) });
                let ty = Type::Matrix(r, if fixed { Side::fixed(width) } else { Side::run(width) });
                return Some(Code::atom(format!("{path}::from_columns(&[{}])", list.join(", ")), ty));
            }
            if r == Side::ONE && width == 1 {
                let n = if fixed { Side::fixed(blocks.len()) } else { Side::run(blocks.len()) };
                let path = self.path_of(n, c);
                return Some(Code::atom(format!("{path}::from_rows(&[{}])", list.join(", ")), Type::Matrix(n, c)));
            }
        }
        let lines: Vec<String> = blocks
            .chunks(width)
            .map(|line| {
                // what a view of a temporary borrows ends with the macro
                let spelled = |b: &Code| if b.is_view() { b.owned() } else { b.operand(Level::Sum) };
                line.iter().map(|b| b.as_ref().map_or("0".to_owned(), spelled)).collect::<Vec<_>>().join(", ")
            })
            .collect();
        // a side is in the type where the blocks along it have theirs there
        let fixed = |line: &mut dyn Iterator<Item = &Option<Code>>, of: fn((Side, Side)) -> Side| {
            line.flatten().any(|b| b.ty.sides().is_some_and(|s| of(s).fixed))
        };
        let r = Side { size: rows, fixed: blocks.chunks(width).all(|line| fixed(&mut line.iter(), |s| s.0)) };
        let c = Side { size: cols, fixed: (0..width).all(|c| fixed(&mut blocks.iter().skip(c).step_by(width), |s| s.1)) };
        Some(Code::atom(format!("stack![{}]", lines.join("; ")), Type::Matrix(r, c)))
    }
    fn stack_of_numbers(&mut self, id: NodeId, width: usize, args: &[NodeId]) -> Option<Code> {
        let entries = args.iter().map(|a| self.number(*a)).collect::<Option<Vec<_>>>()?;
        let (rows, cols) = self.size(id);
        let (r, c) = (Side::fixed(rows), Side::fixed(cols));
        let texts: Vec<String> = entries.iter().map(|e| e.text.clone()).collect();
        let text = match self.random.below(3) {
            0 if width == 1 => format!("vector![{}]", texts.join(", ")),
            1 if rows.max(cols) <= 6 => {
                let path = self.path_of(r, c);
                format!("{path}::new({})", texts.join(", "))
            }
            _ => format!("matrix![{}]", texts.chunks(width).map(|l| l.join(", ")).collect::<Vec<_>>().join("; ")),
        };
        Some(Code::atom(text, Type::Matrix(r, c)))
    }
}
