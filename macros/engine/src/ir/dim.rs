//! Dimensions: numbers, symbols, and which symbols are equal.

/// A number of rows or columns.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Dim {
    /// Known to the macro.
    Const(usize),
    /// A type-level or run-time dimension.
    Sym(DimId),
}

impl Dim {
    /// One row, or one column.
    pub const ONE: Self = Self::Const(1);
}

/// A symbol of one [`Dims`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct DimId(u32);

/// Rows or columns.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Axis {
    /// `nrows`
    Rows,
    /// `ncols`
    Cols,
}

/// A variable of the companions.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Variable {
    /// The parameter of this number.
    Param(usize),
    /// A piece of inactive code.
    Opaque(super::OpaqueId),
}

/// Where a program can read a dimension off.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Source {
    /// The rows or columns of a variable.
    Variable {
        /// Which.
        variable: Variable,
        /// Which side.
        axis: Axis,
        /// Whether the variable's type holds the dimension (`Const<N>`, `D`) rather than its value.
        typed: bool,
    },
    /// The sum of other dimensions (block matrices).
    Sum(Vec<Dim>),
    /// The product of other dimensions (Kronecker products, `vec`).
    Product(Vec<Dim>),
    /// The smallest of other dimensions (singular values).
    Least(Vec<Dim>),
    /// A piece of inactive integer code.
    Code(super::OpaqueId),
}

#[derive(Clone, Debug)]
struct Entry {
    same_as: Option<Dim>,
    generic: Option<String>,
    /// Whether it is the name of a constant, which may be a number or another constant, for all that the macro sees.
    constant: bool,
    sources: Vec<Source>,
}

/// Two dimensions that the function takes to be equal and that are not.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Mismatch(pub Dim, pub Dim);

/// What is known of the dimensions of one function.
#[derive(Clone, Debug, Default)]
pub struct Dims {
    entries: Vec<Entry>,
    /// Sources of dimensions that turned out to be numbers.
    fixed: Vec<(usize, Source)>,
}

impl Dims {
    fn push(&mut self, generic: Option<String>) -> Dim {
        self.entries.push(Entry { same_as: None, generic, constant: false, sources: Vec::new() });
        Dim::Sym(DimId(u32::try_from(self.entries.len() - 1).unwrap_or(u32::MAX)))
    }
    /// Whether a dimension is one of these.
    #[must_use]
    pub fn holds(&self, dim: Dim) -> bool {
        match dim {
            Dim::Const(_) => true,
            Dim::Sym(id) => (id.0 as usize) < self.entries.len(),
        }
    }
    /// A run-time dimension of which nothing is known yet.
    pub fn dynamic(&mut self) -> Dim {
        self.push(None)
    }
    /// The type-level dimension of this name.
    pub fn generic(&mut self, name: &str) -> Dim {
        let known = self.entries.iter().position(|e| e.generic.as_deref() == Some(name));
        match known {
            Some(i) => self.resolve(Dim::Sym(DimId(u32::try_from(i).unwrap_or(u32::MAX)))),
            None => self.push(Some(name.to_owned())),
        }
    }
    /// The dimension that is the constant of this name: rustc knows its value.
    pub fn constant(&mut self, name: &str) -> Dim {
        let dim = self.generic(name);
        self.entries.iter_mut().filter(|e| e.generic.as_deref() == Some(name)).for_each(|e| e.constant = true);
        dim
    }
    /// Whether a dimension is the constant of this name.
    #[must_use]
    pub fn has_constant(&self, name: &str) -> bool {
        self.entries.iter().any(|e| e.constant && e.generic.as_deref() == Some(name))
    }
    /// A dimension computed from others; a number where they are numbers.
    pub fn derived(&mut self, source: Source) -> Dim {
        let source = match source {
            Source::Product(parts) => Source::Product(self.factors(&parts)),
            other => other,
        };
        match &source {
            Source::Sum(parts) => {
                if let Some(n) = constant(parts).map(|c| c.iter().sum()) {
                    return Dim::Const(n);
                }
            }
            Source::Product(parts) => {
                if let Some(n) = constant(parts).map(|c| c.iter().product()) {
                    return Dim::Const(n);
                }
                if let [one] = parts.iter().filter(|d| **d != Dim::ONE).collect::<Vec<_>>()[..] {
                    return *one;
                }
            }
            Source::Least(parts) => {
                if let Some(n) = constant(parts).and_then(|c| c.into_iter().min()) {
                    return Dim::Const(n);
                }
                if parts.contains(&Dim::ONE) {
                    return Dim::ONE;
                }
                if let [first, rest @ ..] = &parts[..]
                    && rest.iter().all(|d| self.resolve(*d) == self.resolve(*first))
                {
                    return self.resolve(*first);
                }
            }
            Source::Variable { .. } | Source::Code(_) => {}
        }
        let known = self.entries.iter().position(|e| e.sources.contains(&source));
        if let Some(i) = known {
            return self.resolve(Dim::Sym(DimId(u32::try_from(i).unwrap_or(u32::MAX))));
        }
        let dim = self.dynamic();
        self.add_source(dim, source);
        dim
    }
    /// The factors of a product in one order, products among them taken apart: equal products are equal lists.
    fn factors(&self, parts: &[Dim]) -> Vec<Dim> {
        // where sizes are 1, a dimension may be a product of itself: none is taken apart twice
        let (mut number, mut symbols, mut apart) = (1, Vec::new(), Vec::new());
        let mut pending = parts.to_vec();
        while let Some(part) = pending.pop() {
            match self.resolve(part) {
                Dim::Const(n) => number *= n,
                symbol @ Dim::Sym(id) => {
                    let product = self.entries[id.0 as usize].sources.iter().find_map(|s| match s {
                        Source::Product(parts) => Some(parts),
                        _ => None,
                    });
                    match product {
                        Some(parts) if !apart.contains(&symbol) => {
                            apart.push(symbol);
                            pending.extend(parts);
                        }
                        _ => symbols.push(symbol),
                    }
                }
            }
        }
        symbols.sort_unstable();
        if number != 1 || symbols.is_empty() {
            symbols.insert(0, Dim::Const(number));
        }
        symbols
    }
    /// Note that `dim` can be read off `source`.
    pub fn add_source(&mut self, dim: Dim, source: Source) {
        match self.resolve(dim) {
            Dim::Const(n) => self.fixed.push((n, source)),
            Dim::Sym(id) => self.entries[id.0 as usize].sources.push(source),
        }
    }
    /// The representative of all dimensions equal to `dim`.
    #[must_use]
    pub fn resolve(&self, mut dim: Dim) -> Dim {
        while let Dim::Sym(id) = dim {
            match self.entries[id.0 as usize].same_as {
                Some(next) => dim = next,
                None => break,
            }
        }
        dim
    }
    /// A dimension, and those that it was taken to be equal to, one after the other.
    pub fn chain(&self, dim: Dim) -> impl Iterator<Item = Dim> + '_ {
        std::iter::successors(Some(dim), |dim| match dim {
            Dim::Sym(id) => self.entries[id.0 as usize].same_as,
            Dim::Const(_) => None,
        })
    }
    /// Whether `whole` is a sum of `part` and more.
    fn is_part(&self, part: Dim, whole: Dim) -> bool {
        self.sources(whole).iter().any(|source| match source {
            Source::Sum(parts) => parts.len() > 1 && parts.iter().any(|p| self.resolve(*p) == part),
            _ => false,
        })
    }
    /// Take `a` and `b` to be equal.
    ///
    /// # Errors
    /// If both are known at compile time and differ, or one is the other and more.
    pub fn unify(&mut self, a: Dim, b: Dim) -> Result<Dim, Mismatch> {
        let (a, b) = (self.resolve(a), self.resolve(b));
        let (from, to) = match (a, b) {
            _ if a == b => return Ok(a),
            // n = n + m has no solution but an empty one
            (Dim::Sym(_), Dim::Sym(_)) if self.is_part(a, b) || self.is_part(b, a) => return Err(Mismatch(a, b)),
            (Dim::Const(_), Dim::Const(_)) => return Err(Mismatch(a, b)),
            // rustc accepts the function only if a constant is what it meets
            (Dim::Sym(x), Dim::Sym(y)) if self.is_constant(x) && self.is_constant(y) => (x.max(y), Dim::Sym(x.min(y))),
            (Dim::Sym(x), Dim::Const(_)) if self.is_constant(x) => (x, b),
            (Dim::Const(_), Dim::Sym(y)) if self.is_constant(y) => (y, a),
            (Dim::Sym(x), Dim::Sym(y)) => match (&self.entries[x.0 as usize].generic, &self.entries[y.0 as usize].generic) {
                (Some(_), Some(_)) => return Err(Mismatch(a, b)),
                (None, Some(_)) => (x, b),
                (Some(_), None) => (y, a),
                (None, None) => (x.max(y), Dim::Sym(x.min(y))),
            },
            (Dim::Sym(x), Dim::Const(_)) if self.entries[x.0 as usize].generic.is_none() => (x, b),
            (Dim::Const(_), Dim::Sym(y)) if self.entries[y.0 as usize].generic.is_none() => (y, a),
            _ => return Err(Mismatch(a, b)),
        };
        let sources = std::mem::take(&mut self.entries[from.0 as usize].sources);
        self.entries[from.0 as usize].same_as = Some(to);
        for source in sources {
            self.add_source(to, source);
        }
        Ok(to)
    }
    fn is_constant(&self, id: DimId) -> bool {
        self.entries[id.0 as usize].constant
    }
    /// The name of a type-level dimension.
    #[must_use]
    pub fn generic_name(&self, dim: Dim) -> Option<&str> {
        match self.resolve(dim) {
            Dim::Sym(id) => self.entries[id.0 as usize].generic.as_deref(),
            Dim::Const(_) => None,
        }
    }
    /// Whether types hold this dimension.
    #[must_use]
    pub fn is_static(&self, dim: Dim) -> bool {
        matches!(self.resolve(dim), Dim::Const(_)) || self.generic_name(dim).is_some()
    }
    /// Where this dimension can be read off.
    #[must_use]
    pub fn sources(&self, dim: Dim) -> Vec<Source> {
        match self.resolve(dim) {
            Dim::Sym(id) => self.entries[id.0 as usize].sources.clone(),
            Dim::Const(n) => self.fixed.iter().filter(|(m, _)| *m == n).map(|(_, s)| s.clone()).collect(),
        }
    }
    /// Forget the sources that do not pass the test.
    pub fn retain_sources(&mut self, mut test: impl FnMut(&Source) -> bool) {
        self.fixed.retain(|(_, source)| test(source));
        for entry in &mut self.entries {
            entry.sources.retain(&mut test);
        }
    }
    /// All distinct symbols.
    pub fn symbols(&self) -> impl Iterator<Item = Dim> + '_ {
        (0..self.entries.len()).map(|i| Dim::Sym(DimId(u32::try_from(i).unwrap_or(u32::MAX)))).filter(|d| self.resolve(*d) == *d)
    }
    /// Run-time sizes that have to be a known number: `(number, source)`.
    pub fn fixed(&self) -> impl Iterator<Item = (usize, &Source)> + '_ {
        self.fixed.iter().map(|(n, s)| (*n, s))
    }
}

fn constant(parts: &[Dim]) -> Option<Vec<usize>> {
    parts
        .iter()
        .map(|d| match d {
            Dim::Const(n) => Some(*n),
            Dim::Sym(_) => None,
        })
        .collect()
}
