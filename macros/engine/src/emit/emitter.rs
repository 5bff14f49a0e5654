//! The emitter: nodes to code, in the order of the program.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};

use super::Code;
use super::code::Form;
use super::in_place::Output;
use super::names::Names;
use super::paths::Paths;
use super::regions::{Input, Sum};
use super::scoped::bound_in_loops;
use crate::ir::{Graph, Kind, NodeId};
use crate::lower::{Function, Opaque};
use crate::ops;
use crate::ops::algebra::broadcast;
use crate::parse::{NumForm, NumType, Signature};
use crate::schedule::{Program, is_free, operands};

/// Expressions of more operations have a variable, whoever reads them: a compiler nests as deep as they do.
const LONGEST: usize = 48;

/// Writes one program.
pub struct Emitter<'a> {
    pub(super) program: &'a Program,
    pub(super) function: &'a Function,
    pub(super) signature: &'a Signature,
    pub(super) paths: &'a Paths,
    pub(super) option: bool,
    pub(super) names: Names,
    codes: HashMap<NodeId, Code>,
    pub(super) statements: Vec<TokenStream>,
    bound: HashSet<NodeId>,
    /// How many operations there are in the expression of a node; a variable is none.
    lengths: HashMap<NodeId, usize>,
    /// Variables that nodes to come have already.
    ready: HashMap<NodeId, Code>,
    /// Where nodes are computed, instead of in variables.
    pub(super) outputs: Vec<Output>,
    /// What a closure keeps, to be read each time it is called.
    pub(super) kept: HashSet<NodeId>,
    /// Whether all that may not exist has been asked for.
    pub(super) exists: bool,
    /// In a region: what its parameters are outside.
    inputs: Option<Vec<Input>>,
    /// Values that live in variables that may change: the variable.
    pub(super) own: HashMap<NodeId, Code>,
    /// In a region: what is added to sums outside as soon as it can be.
    pub(super) accumulators: Vec<(NodeId, Sum)>,
    /// Values of loops and branches that are added to a sum inside of these.
    pub(super) targets: HashMap<NodeId, Sum>,
    /// The names that loops bind, and those of the loops around.
    pub(super) of_loops: Rc<HashSet<String>>,
    pub(super) within: HashSet<String>,
}

impl<'a> Emitter<'a> {
    /// For the companions of `function`.
    pub fn new(
        program: &'a Program,
        function: &'a Function,
        signature: &'a Signature,
        paths: &'a Paths,
        option: bool,
        taken: TokenStream,
    ) -> Self {
        Self {
            program,
            function,
            signature,
            paths,
            option,
            names: Names::new([taken]),
            codes: HashMap::new(),
            statements: Vec::new(),
            bound: HashSet::new(),
            lengths: HashMap::new(),
            ready: HashMap::new(),
            outputs: Vec::new(),
            kept: HashSet::new(),
            exists: false,
            inputs: None,
            own: HashMap::new(),
            accumulators: Vec::new(),
            targets: HashMap::new(),
            of_loops: Rc::new(bound_in_loops(&program.graph, function)),
            within: HashSet::new(),
        }
    }

    /// For a region of this program; `taken`: names that it has beside.
    pub(super) fn inside<'i>(&'i self, program: &'i Program, inputs: Vec<Input>, taken: &TokenStream) -> Emitter<'i> {
        Emitter {
            program,
            function: self.function,
            signature: self.signature,
            paths: self.paths,
            option: self.option,
            names: self.names.with(taken.clone()),
            codes: HashMap::new(),
            statements: Vec::new(),
            bound: HashSet::new(),
            lengths: HashMap::new(),
            ready: HashMap::new(),
            outputs: Vec::new(),
            kept: HashSet::new(),
            exists: self.exists,
            inputs: Some(inputs),
            own: HashMap::new(),
            accumulators: Vec::new(),
            targets: HashMap::new(),
            of_loops: Rc::clone(&self.of_loops),
            within: self.within.clone(),
        }
    }

    /// The statements of a region.
    pub(super) fn run_inside(&mut self) {
        for id in &self.program.order {
            match self.accumulators.iter().find(|a| a.0 == *id).cloned() {
                Some((root, sum)) => self.accumulate(root, &sum),
                None => {
                    let code = self.emitted(*id);
                    self.set_code(*id, code);
                }
            }
        }
    }
    /// What has been left for later, now.
    pub(super) fn computed_now(&mut self, id: NodeId) -> Code {
        (ops::record(self.graph().kind(id)).emit)(self, id)
    }
    pub(super) fn set_ready(&mut self, id: NodeId, code: Code) {
        self.bound.insert(id);
        self.ready.insert(id, code);
    }
    pub(super) fn take_ready(&mut self, id: NodeId) -> Option<Code> {
        self.ready.remove(&id)
    }
    /// Whether there is code for a node already.
    pub(super) fn is_emitted(&self, id: NodeId) -> bool {
        self.codes.contains_key(&id)
    }
    /// What a parameter of a region is outside.
    pub(super) fn input(&self, i: usize) -> Option<&Input> {
        self.inputs.as_ref()?.get(i)
    }

    /// The statements, and the codes of the roots.
    pub fn run(mut self) -> (Vec<TokenStream>, Vec<Code>) {
        for id in &self.program.order {
            let code = self.emitted(*id);
            self.set_code(*id, code);
        }
        let roots = self.program.roots.iter().map(|root| self.code(*root)).collect();
        (self.statements, roots)
    }

    /// The code of a node, after the statements that it needs.
    pub(super) fn emitted(&mut self, id: NodeId) -> Code {
        // a value of a loop or a branch is where it is wanted; one that came along with another is a variable yet
        if self.graph().kind(id) == Kind::Output && self.ready.contains_key(&id) {
            return self.computed(id);
        }
        if let Some(buffer) = self.output(id) {
            return self.computed_in(id, &buffer);
        }
        let changed = self.changed(id).or_else(|| self.changed_in_place(id));
        changed.unwrap_or_else(|| self.computed(id))
    }
    pub(super) fn set_code(&mut self, id: NodeId, code: Code) {
        self.codes.insert(id, code);
    }

    /// The expression of a node, or the variable that is bound to it.
    fn computed(&mut self, id: NodeId) -> Code {
        let code = (ops::record(self.graph().kind(id)).emit)(self, id);
        let length = 1 + self.graph().args(id).iter().filter_map(|a| self.lengths.get(a)).sum::<usize>();
        let is_long = length > LONGEST && matches!(code.form, Form::Scalar | Form::Temporary);
        if self.needs_variable(id, &code) || (is_long && !self.is_bound(id)) {
            return self.bind(id, &code);
        }
        self.lengths.insert(id, length);
        code
    }

    /// Read more than once and more than a name; or a factorization.
    fn needs_variable(&self, id: NodeId, code: &Code) -> bool {
        if self.bound.contains(&id) {
            return false;
        }
        let kind = self.graph().kind(id);
        // their values are variables
        if matches!(kind, Kind::Loop | Kind::Branch) {
            return false;
        }
        if is_free(self.graph(), id) && kind != Kind::Dim && code.form != Form::Temporary {
            return false;
        }
        // an entry of a parameter is as good as a variable
        let read_again = self.is_captured(id) || self.is_read_again(id);
        if kind == Kind::Slice && code.is_scalar() && is_free(self.graph(), self.graph().args(id)[0]) && !read_again {
            return false;
        }
        // 1 / n is written where it is needed
        if kind == Kind::Pow && code.is_scalar() && self.graph().kind(self.graph().args(id)[0]) == Kind::Dim && !read_again {
            return false;
        }
        let uses = self.program.uses.get(&id).copied().unwrap_or(0);
        // a triangle is its matrix, which has a variable if it needs one
        if kind == Kind::Tri {
            return uses > 1 && matches!(code.form, Form::Temporary | Form::TemporaryView);
        }
        // ones that say that a vector is repeated, or its entries summed, are not written out
        if kind == Kind::Fill
            && self.users(id).all(|user| broadcast(self.graph(), user).is_some() || !operands(self.graph(), user).contains(&id))
        {
            return false;
        }
        let is_literal = kind == Kind::Const;
        let captured = (code.is_scalar() && self.is_captured(id)) || (!is_literal && self.is_read_again(id));
        ops::is_factorization(kind) || (uses > 1 && !is_literal) || captured
    }

    /// The nodes that are written with this one.
    fn users(&self, id: NodeId) -> impl Iterator<Item = NodeId> {
        self.program.readers(id).iter().copied().filter(move |user| self.graph().args(*user).contains(&id))
    }

    /// Whether a variable of ours may be consumed: everybody else who reads it is done, in a variable that is no view into it.
    pub(super) fn is_last_reader(&self, id: NodeId, variable: NodeId) -> bool {
        if self.kept.contains(&variable)
            || !self.is_bound(variable)
            || self.code(variable).form != Form::Variable
            || self.program.roots.contains(&variable)
        {
            return false;
        }
        // what is no variable is done when its readers are
        let (mut seen, mut open) = (HashSet::from([id]), vec![variable]);
        while let Some(read) = open.pop() {
            for user in self.program.readers(read).iter().filter(|user| !self.is_done(**user)) {
                if !seen.insert(*user) {
                    continue;
                }
                if !self.codes.contains_key(user) || self.program.roots.contains(user) {
                    return false;
                }
                open.push(*user);
            }
        }
        true
    }

    fn is_done(&self, id: NodeId) -> bool {
        self.is_bound(id) && self.codes.get(&id).is_some_and(|c| matches!(c.form, Form::Variable | Form::Scalar))
    }

    /// A scalar that a kernel reads for every entry is computed before.
    fn is_captured(&self, id: NodeId) -> bool {
        self.users(id).any(|user| self.graph().kind(user) == Kind::Map)
    }

    /// What a loop or a branch reads is computed before.
    fn is_read_again(&self, id: NodeId) -> bool {
        self.users(id).any(|user| matches!(self.graph().kind(user), Kind::Loop | Kind::Branch))
    }

    /// The name of the variable for a node.
    pub(super) fn name(&mut self, id: NodeId) -> Ident {
        self.bound.insert(id);
        match self.program.lets.get(&id) {
            Some(name) => self.names.fresh(name),
            None => self.names.for_kind(self.graph().kind(id)),
        }
    }

    /// A variable for the value of a node.
    pub(super) fn bind(&mut self, id: NodeId, code: &Code) -> Code {
        let (name, tokens) = (self.name(id), &code.tokens);
        self.statements.push(quote!(let #name = #tokens;));
        let form = match code.form {
            Form::Scalar => Form::Scalar,
            Form::Reference => Form::Reference,
            Form::View | Form::TemporaryView => Form::View,
            Form::Variable | Form::Temporary => Form::Variable,
            Form::Factor => Form::Factor,
        };
        Code::of(quote!(#name), form)
    }

    /// The program's graph.
    pub fn graph(&self) -> &'a Graph {
        &self.program.graph
    }
    /// The code of a node that was emitted.
    pub(super) fn code(&self, id: NodeId) -> Code {
        self.codes.get(&id).cloned().unwrap_or_else(Code::unreachable)
    }
    /// The code of operand `i`.
    pub(super) fn arg(&self, id: NodeId, i: usize) -> Code {
        self.code(self.graph().args(id)[i])
    }
    pub(super) fn operand(&self, id: NodeId, i: usize) -> Code {
        self.code(operands(self.graph(), id)[i])
    }
    pub(super) fn set_bound(&mut self, id: NodeId) {
        self.bound.insert(id);
    }
    /// Whether a node is a variable of ours.
    pub(super) fn is_bound(&self, id: NodeId) -> bool {
        self.bound.contains(&id)
    }
    /// A name for within a closure: free, and free again after it; `beside`: names that the closure has.
    pub(super) fn local(&self, wish: &str, beside: &[Ident]) -> Ident {
        self.names.local(wish, beside)
    }
    pub(super) fn fresh(&mut self, wish: &str) -> Ident {
        self.names.fresh(wish)
    }
    /// Code as a variable, for where an expression will not do.
    pub(super) fn variable(&mut self, wish: &str, code: &Code) -> Code {
        if code.binding == super::code::Binding::Atom && !matches!(code.form, Form::Temporary | Form::TemporaryView) {
            return code.clone();
        }
        let name = self.fresh(wish);
        let tokens = &code.tokens;
        self.statements.push(quote!(let #name = #tokens;));
        let form = if code.is_scalar() { Form::Scalar } else { Form::Variable };
        Code::of(quote!(#name), form)
    }

    /// A parameter.
    pub(crate) fn parameter(&self, id: NodeId) -> Code {
        let crate::ir::Attr::Param(i) = self.graph().node(id).op.attr else { return Code::unreachable() };
        if self.inputs.is_some() {
            return self.input(i).map_or_else(Code::unreachable, |input| input.code.clone());
        }
        let (name, param) = (&self.function.params[i], &self.signature.params[i]);
        match &param.kind {
            Some(ty) if matches!(ty.form, NumForm::Scalar) => {
                Code::scalar(if param.by_ref { quote!((*#name)) } else { quote!(#name) })
            }
            Some(_) if self.graph().is_scalar(id) => Code::scalar(quote!(#name[(0, 0)])),
            Some(ty) => {
                let form = match &ty.form {
                    _ if ty.list.is_some() => Form::View,
                    _ if param.by_ref => Form::Reference,
                    NumForm::Matrix { view: true, .. } => Form::View,
                    _ => Form::Variable,
                };
                self.in_static_shape(id, ty, Code::of(quote!(#name), form))
            }
            None => Code::unreachable(),
        }
    }

    /// A piece of inactive code.
    pub(crate) fn opaque(&self, id: NodeId) -> Code {
        let crate::ir::Attr::Opaque(o) = self.graph().node(id).op.attr else { return Code::unreachable() };
        let Opaque { code, by_ref, ty, .. } = &self.function.opaques[o.0 as usize];
        let form = match ty {
            _ if *by_ref => Form::Reference,
            Some(NumType { form: NumForm::Matrix { view: false, .. }, .. }) => Form::Variable,
            _ => Form::View, // owned or not, it can be used like a view
        };
        match ty {
            Some(ty) if matches!(ty.form, NumForm::Matrix { .. }) => {
                if self.graph().is_scalar(id) {
                    return Code::scalar(quote!(#code[(0, 0)]));
                }
                self.in_static_shape(id, ty, Code::of(code.clone(), form))
            }
            _ if !self.graph().is_scalar(id) => Code::of(code.clone(), form),
            _ if *by_ref => Code::scalar(quote!((*#code))),
            _ => Code::scalar(code.clone()),
        }
    }

    /// `receiver.name(&arg)`.
    pub(crate) fn method(&mut self, id: NodeId, name: &str) -> Code {
        let receiver = self.as_matrix(&self.arg(id, 0)).receiver();
        let rest = self.references(id, 1);
        let method = Ident::new(name, proc_macro2::Span::call_site());
        self.result(id, quote!(#receiver.#method(#(#rest),*)))
    }
    /// `matgrad::__private::name(&a, &b)`.
    pub(crate) fn call(&mut self, id: NodeId, name: &str) -> Code {
        let (function, args) = (self.paths.private(name), self.references(id, 0));
        self.result(id, quote!(#function(#(#args),*)))
    }
    /// `matgrad::name(&a)`.
    pub(crate) fn runtime_function(&mut self, id: NodeId, name: &str) -> Code {
        let (function, args) = (self.paths.public(name), self.references(id, 0));
        self.result(id, quote!(#function(#(#args),*)))
    }
    /// `softmax(x)` or `log_sum_exp(x)`; both at once, with the same exponentials, where both are needed.
    pub(crate) fn softmax_or_log_sum_exp(&mut self, id: NodeId, name: &str) -> Code {
        if let Some(code) = self.ready.remove(&id) {
            return code;
        }
        let (g, x) = (self.graph(), self.graph().args(id)[0]);
        let of_x = |kind: Kind| self.program.order.iter().copied().find(|n| g.kind(*n) == kind && g.args(*n)[0] == x);
        let (Some(lse), Some(p)) = (of_x(Kind::LogSumExp), of_x(Kind::Softmax)) else { return self.runtime_function(id, name) };
        if g.is_scalar(x) {
            return self.runtime_function(id, name);
        }
        let names = (self.fresh("log_sum_exp"), self.fresh("softmax"));
        let (function, x) = (self.paths.private("log_sum_exp_and_softmax"), self.code(x).by_ref());
        let ((a, b), codes) =
            (&names, (Code::scalar(names.0.to_token_stream()), Code::of(names.1.to_token_stream(), Form::Variable)));
        self.statements.push(quote!(let (#a, #b) = #function(#x);));
        self.bound.extend([lse, p]);
        let (own, other) = if id == lse { (codes.0, (p, codes.1)) } else { (codes.1, (lse, codes.0)) };
        self.ready.insert(other.0, other.1);
        own
    }
    /// `matgrad::__private::name(rows, cols, &a, &b)`, the dimensions being those of the result.
    pub(crate) fn call_shaped(&mut self, id: NodeId, name: &str) -> Code {
        let (function, args) = (self.paths.private(name), self.references(id, 0));
        let shape = self.graph().shape(id);
        let (rows, cols) = (self.generic_dim(shape.rows), self.generic_dim(shape.cols));
        self.result(id, quote!(#function(#rows, #cols, #(#args),*)))
    }

    /// Operands from `first` on by reference, numbers as matrices.
    pub(super) fn references(&self, id: NodeId, first: usize) -> Vec<TokenStream> {
        self.graph().args(id)[first..].iter().map(|a| self.as_matrix(&self.code(*a)).by_ref()).collect()
    }

    pub(super) fn result(&self, id: NodeId, tokens: TokenStream) -> Code {
        match self.graph().kind(id) {
            kind if ops::is_factorization(kind) => Code::of(tokens, Form::Factor),
            _ if self.graph().is_scalar(id) && !self.is_matrix_call(id) => Code::scalar(tokens),
            _ if self.graph().is_scalar(id) => Code::scalar(quote!(#tokens[(0, 0)])),
            _ => Code::call(tokens),
        }
    }

    /// Operations whose code yields a matrix even where it is `1 × 1`.
    fn is_matrix_call(&self, id: NodeId) -> bool {
        use Kind::{
            Axial, CholL, Cofactor, CofactorColumns, CofactorTangent, Cross, CrossMatrix, Diagonal, ExpFrechet, ExpMatrix,
            FrechetColumns, Inv, Kron, KronTrLeft, KronTrRight, LogSumExpRows, LowerTriangle, Mirror, OthersTangent,
            ProductsButTwo, Reshape, Rows, UpperTriangle,
        };
        matches!(
            self.graph().kind(id),
            Axial
                | Cofactor
                | CofactorColumns
                | CofactorTangent
                | CholL
                | Cross
                | CrossMatrix
                | Diagonal
                | ExpFrechet
                | FrechetColumns
                | Mirror
                | OthersTangent
                | ProductsButTwo
                | Rows
                | ExpMatrix
                | Inv
                | Kron
                | KronTrLeft
                | KronTrRight
                | LogSumExpRows
                | LowerTriangle
                | Reshape
                | UpperTriangle
        )
    }
}
