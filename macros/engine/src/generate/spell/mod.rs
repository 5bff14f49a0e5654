//! A sample as a function that a user of nalgebra could have written.
//!
//! What a sample says as a graph, [`Spelled`] says as text: operators and methods, references and clones, `let`s and nested
//! expressions, closures, constructors, taken at random from the ways there are. Its types are run-time ones, or fixed ones, or have a
//! const parameter. Read back by the engine, or compiled by rustc, it is the same function at the sample's parameters.
//!
//! ```text
//! code         expressions, how they bind, their types; types: their names
//! around       constants, attributes, effects, scopes, captures, borrows
//! numbers      operations on numbers; kernels: closures over the entries of matrices
//! regions      loops and branches
//! matrices, products, reductions, linear_algebra: the rest
//! ```

mod around;
mod code;
mod kernels;
mod linear_algebra;
mod matrices;
mod numbers;
mod products;
mod reductions;
mod regions;
mod types;

use std::collections::HashMap;

use super::Sample;
use super::random::Random;
use crate::eval::{Mat, evaluate_missing};
use crate::ir::{Attr, Kind, NodeId};

use around::{Around, is_whole};
use code::{Code, Hold, Level, Side, Type};

/// The types of a spelled function.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Style {
    /// `DMatrix`, `DVector`.
    Run,
    /// `SMatrix`, `Vector3`.
    Fixed,
    /// `SMatrix<f64, N, 3>`, one size being a parameter.
    Generic,
}

/// A parameter of a spelled function.
#[derive(Clone, Debug)]
pub struct Parameter {
    /// Its name.
    pub name: String,
    /// Its type, without the `&`.
    pub ty: String,
    /// Whether it is taken by reference.
    pub by_ref: bool,
    /// Whether it is square by its type, as far as that says.
    is_square: bool,
    /// What it is where the sample is looked at.
    pub value: Mat,
    /// Its number in the sample, if it is one of the parameters there.
    pub of: Option<usize>,
}

/// A sample as a function in Rust.
#[derive(Clone, Debug)]
pub struct Spelled {
    /// What stands between the brackets of the attribute.
    pub arguments: String,
    /// The item: `fn name(..) -> .. { .. }`.
    pub item: String,
    /// Its parameters, in order.
    pub parameters: Vec<Parameter>,
    /// Those differentiated by, by their place in `parameters`, in order.
    pub wrt: Vec<usize>,
    /// Whether it returns an `Option`.
    pub optional: bool,
    /// Constants of the `impl` that it has to stand in, if there are any.
    pub constants: Vec<String>,
}

impl Spelled {
    /// A sample as a function of this name; `None` if it has something in it that there is no spelling for.
    #[must_use]
    pub fn of(sample: &Sample, name: &str, style: Style, seed: u64) -> Option<Self> {
        Speller::new(sample, style, seed, None)?.function(name)
    }
    /// The same with what stands around the mathematics in functions as they are written: see [`around`].
    #[must_use]
    pub fn surrounded(sample: &Sample, name: &str, style: Style, seed: u64) -> Option<Self> {
        Speller::new(sample, style, seed, Some(Around::new(seed)))?.function(name)
    }
}

/// A function in the making.
struct Speller<'s> {
    sample: &'s Sample,
    random: Random,
    style: Style,
    /// The size that is called `N`.
    generic: Option<usize>,
    values: Vec<Option<Mat>>,
    uses: Vec<usize>,
    /// Values that have a name.
    named: HashMap<NodeId, Code>,
    lines: Vec<String>,
    /// What comes after the statement that is being written.
    after: Vec<String>,
    around: Option<Around>,
    names: usize,
    parameters: Vec<Parameter>,
    /// The variables that loops and branches leave, and those that count iterations.
    outputs: HashMap<NodeId, Vec<String>>,
    indices: regions::Indices,
    /// Whether what is spelled is the operand of an operator, whose other operand tells its scalar type.
    is_operand: bool,
    optional: bool,
}

impl<'s> Speller<'s> {
    fn new(sample: &'s Sample, style: Style, seed: u64, around: Option<Around>) -> Option<Self> {
        let mut values = Vec::new();
        evaluate_missing(&sample.graph, &[sample.root], &sample.environment(), &mut values).ok()?;
        let mut uses = vec![0; sample.graph.nodes().len()];
        for id in sample.graph.reachable(&[sample.root]) {
            for a in sample.graph.args(id) {
                uses[a.index()] += 1;
            }
        }
        let mut random = Random::new(seed ^ 0x5be1_1ed0);
        let g = &sample.graph;
        let shown = g.reachable(&[sample.root]).into_iter().filter(|id| g.kind(*id) == Kind::Param);
        let shown = shown.filter_map(|id| values[id.index()].as_ref());
        let sizes: Vec<usize> = shown.flat_map(|p: &Mat| [p.rows, p.cols]).filter(|n| *n > 1).collect();
        let generic = if style == Style::Generic { Some(*sizes.get(random.below(sizes.len()))?) } else { None };
        let mut speller = Self {
            sample,
            random,
            style,
            generic,
            values,
            uses,
            named: HashMap::new(),
            lines: Vec::new(),
            after: Vec::new(),
            around,
            names: 0,
            parameters: Vec::new(),
            outputs: HashMap::new(),
            indices: HashMap::new(),
            is_operand: false,
            optional: false,
        };
        speller.declare();
        Some(speller)
    }

    fn function(mut self, name: &str) -> Option<Spelled> {
        let result = self.number(self.sample.root)?;
        let spelled = self.finish(name, &result);
        (!spelled.wrt.is_empty()).then_some(spelled)
    }

    /// The parameters, inactive code among them.
    fn declare(&mut self) {
        let g = &self.sample.graph;
        for id in g.reachable(&[self.sample.root]) {
            let (value, of) = match (g.kind(id), &g.node(id).op.attr) {
                (Kind::Param, Attr::Param(p)) => (&self.sample.parameters[*p], Some(*p)),
                (Kind::Opaque, Attr::Opaque(opaque)) => {
                    let Some((_, value)) = self.sample.opaques.iter().find(|o| o.0 == *opaque) else { continue };
                    (value, None)
                }
                _ => continue,
            };
            let name = match of {
                Some(p) => format!("p{p}"),
                None => self.fresh("h"),
            };
            let ty = if g.is_scalar(id) { Type::Number } else { self.matrix_type(value.rows, value.cols) };
            let by_ref = ty != Type::Number && !self.random.once_in(6);
            let ty_name = self.name_of(ty);
            let is_square = ty.sides().is_some_and(|(r, c)| r == c);
            self.parameters.push(Parameter { name: name.clone(), ty: ty_name, is_square, by_ref, value: value.clone(), of });
            let hold = if by_ref { Hold::Reference } else { Hold::Variable };
            self.named.insert(id, Code { text: name, level: Level::Atom, hold, ty });
        }
        self.parameters.sort_by_key(|p| p.of.unwrap_or(usize::MAX));
    }

    fn finish(self, name: &str, result: &Code) -> Spelled {
        let wrt: Vec<usize> =
            (0..self.parameters.len()).filter(|i| self.parameters[*i].of.is_some_and(|p| self.sample.wrt.contains(&p))).collect();
        let mut arguments: Vec<String> = wrt.iter().map(|i| self.parameters[*i].name.clone()).collect();
        for parameter in &self.parameters {
            let Some(p) = parameter.of.filter(|_| parameter.is_square) else { continue };
            let promises = &self.sample.graph.promises;
            let declarations = [
                ("spd", &self.sample.spd),
                ("diagonal", &promises.diagonal),
                ("symmetric", &promises.symmetric),
                ("lower_triangular", &promises.lower_triangular),
                ("orthogonal", &promises.orthogonal),
            ];
            if let Some((name, _)) = declarations.iter().find(|d| d.1.contains(&p)) {
                arguments.push(format!("{name}({})", parameter.name));
            }
        }
        let signature: Vec<String> =
            self.parameters.iter().map(|p| format!("{}: {}{}", p.name, if p.by_ref { "&" } else { "" }, p.ty)).collect();
        let generics = if self.generic.is_some() { "<const N: usize>" } else { "" };
        let (ty, result) =
            if self.optional { ("Option<f64>", format!("Some({})", result.text)) } else { ("f64", result.text.clone()) };
        let mut body = String::new();
        for line in &self.lines {
            body.push_str("    ");
            body.push_str(line);
            body.push('\n');
        }
        let item = format!("fn {name}{generics}({}) -> {ty} {{\n{body}    {result}\n}}", signature.join(", "));
        let constants = self.around.map_or_else(Vec::new, |around| around.constants);
        Spelled { arguments: arguments.join(", "), item, parameters: self.parameters, wrt, optional: self.optional, constants }
    }

    /// A name that nothing has.
    fn fresh(&mut self, stem: &str) -> String {
        self.names += 1;
        format!("{stem}{}", self.names)
    }
    fn line(&mut self, line: impl std::fmt::Display + AsRef<str>) {
        let attribute = if line.as_ref().starts_with("let ") { self.attribute() } else { "" };
        self.lines.push(format!("{attribute}{line}"));
        let aside = self.aside();
        self.lines.extend(aside);
    }
    fn uses(&self, id: NodeId) -> usize {
        self.uses[id.index()]
    }
    fn is_named(&self, id: NodeId) -> bool {
        self.named.contains_key(&id)
    }
    /// The rows and columns of a node.
    fn size(&self, id: NodeId) -> (usize, usize) {
        self.values[id.index()].as_ref().map_or((0, 0), Mat::shape)
    }

    /// The value of a node, whatever it is.
    fn value(&mut self, id: NodeId) -> Option<Code> {
        if let Some(code) = self.named.get(&id) {
            return Some(code.clone());
        }
        let mut code = self.spell(id)?;
        if self.sample.graph.is_scalar(id) {
            code = self.as_number(code);
        }
        let is_literal = self.sample.graph.args(id).is_empty() && code.ty == Type::Number;
        let long = code.text.len() > 90;
        if is_literal || !(self.uses(id) > 1 || long || self.random.once_in(4)) {
            return Some(code);
        }
        let bound = self.bound(&code);
        self.named.insert(id, bound.clone());
        Some(bound)
    }
    /// A variable of this value.
    fn bound(&mut self, code: &Code) -> Code {
        if code.is_variable() {
            return code.clone();
        }
        let stem = if code.ty == Type::Number { "t" } else { "v" };
        let name = self.fresh(stem);
        let text = if code.hold == Hold::PassingView { &code.owned() } else { &code.text };
        let mut hold = if code.hold == Hold::View { Hold::ViewVariable } else { Hold::Variable };
        let typed = is_whole(code);
        let copied = typed.then(|| self.of_a_copy(text)).flatten();
        let text = copied.as_ref().unwrap_or(text);
        let scoped = typed.then(|| self.in_scope(code, text)).flatten();
        let (text, level) = scoped.as_ref().map_or((text, code.level), |text| (text, Level::Sum));
        match self.random.below(6) {
            0 if typed => {
                let ty = self.name_of(code.ty);
                self.line(format!("let {name}: {ty} = {text};"));
            }
            1 if typed && code.ty != Type::Number => {
                let text = if level < Level::Prefix { format!("({text})") } else { text.clone() };
                self.line(format!("let {name} = &{text};"));
                hold = Hold::Reference;
            }
            2 if typed => self.line(format!("let {name} = {{ let inner = {text}; inner }};")),
            _ => self.line(format!("let {name} = {text};")),
        }
        let after = std::mem::take(&mut self.after);
        self.lines.extend(after);
        Code { text: name, level: Level::Atom, hold, ty: code.ty }
    }
    /// A scalar, as a number.
    fn number(&mut self, id: NodeId) -> Option<Code> {
        let code = self.value(id)?;
        let code = self.as_number(code);
        (code.ty == Type::Number).then_some(code)
    }
    fn as_number(&mut self, code: Code) -> Code {
        let Type::Matrix(rows, cols) = code.ty else { return code };
        let fixed = rows == Side::ONE && cols == Side::ONE;
        let a = code.receiver();
        let text = match self.random.below(5) {
            0 => format!("{a}.sum()"),
            1 if fixed => format!("{a}.to_scalar()"),
            2 if fixed => format!("{a}.x"),
            3 if rows == Side::ONE || cols == Side::ONE => format!("{a}[0]"),
            _ => format!("{a}[(0, 0)]"),
        };
        Code::number(text, Level::Atom)
    }
    /// A matrix that stands beside an operator, where it may leave its scalar type to the other operand.
    fn operand(&mut self, id: NodeId) -> Option<Code> {
        let is_constant = matches!(self.sample.graph.kind(id), Kind::Identity | Kind::Fill);
        if !is_constant || self.uses(id) > 1 || self.is_named(id) {
            return self.matrix(id);
        }
        self.is_operand = true;
        let code = self.structure(id);
        self.is_operand = false;
        code
    }
    /// A matrix.
    fn matrix(&mut self, id: NodeId) -> Option<Code> {
        let code = self.value(id)?;
        match code.ty {
            Type::Matrix(..) => Some(code),
            Type::Number => Some(Code::atom(format!("Matrix1::new({})", code.text), Type::Matrix(Side::ONE, Side::ONE))),
            Type::Factor(_) => None,
        }
    }

    /// A matrix that is square by its type.
    fn square(&mut self, id: NodeId) -> Option<Code> {
        let a = self.matrix(id)?;
        a.ty.sides().is_some_and(|(r, c)| r == c).then_some(a)
    }

    /// The operation of a node.
    fn spell(&mut self, id: NodeId) -> Option<Code> {
        let node = self.sample.graph.node(id).clone();
        if let Some(code) = self.idiom(id) {
            return Some(code);
        }
        match node.op.kind {
            Kind::Const => match node.op.attr {
                Attr::Real(value) => Some(self.number_of(value.0)),
                _ => None,
            },
            Kind::Dim => self.dimension(id),
            Kind::Output => self.output(id),
            kind if self.sample.graph.is_scalar(id) && crate::ops::algebra::is_elementwise(kind) => {
                if let Some((a, low, high)) = self.clamped(id) {
                    let (a, low, high) = (self.number(a)?, self.number(low)?, self.number(high)?);
                    return Some(Code::number(format!("{}.clamp({}, {})", a.receiver(), low.text, high.text), Level::Atom));
                }
                let args = node.args.iter().map(|a| self.number(*a)).collect::<Option<Vec<_>>>()?;
                self.of_numbers(kind, &node.op.attr, &args, false)
            }
            Kind::Lin | Kind::Scale | Kind::Hadamard | Kind::Abs => self.arithmetic(id).or_else(|| self.kernel(id)),
            kind if crate::ops::algebra::is_elementwise(kind) => self.kernel(id),
            Kind::MatMul | Kind::Kron | Kind::Cross => self.product(id),
            Kind::Identity
            | Kind::Fill
            | Kind::Transpose
            | Kind::Diagonal
            | Kind::DiagMat
            | Kind::Slice
            | Kind::Stack
            | Kind::Reshape
            | Kind::LowerTriangle
            | Kind::UpperTriangle => self.structure(id),
            Kind::Sum
            | Kind::Trace
            | Kind::NormSq
            | Kind::Norm
            | Kind::LpNorm
            | Kind::Product
            | Kind::Extreme
            | Kind::Softmax
            | Kind::LogSoftmax
            | Kind::LogSumExp
            | Kind::SoftmaxRows
            | Kind::LogSoftmaxRows
            | Kind::LogSumExpRows => self.reduction(id),
            _ => self.algebra(id),
        }
    }
}
