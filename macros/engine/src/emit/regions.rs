//! Loops and branches: a program inside a statement.

use std::collections::HashMap;
use std::rc::Rc;

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};

use super::code::Form;
use super::{Code, Emitter};
use crate::ir::{Attr, Condition, Kind, Loop, NodeId, Output, Region, Shape};
use crate::schedule::{Program, schedule};

/// What a region reads from outside.
#[derive(Clone)]
pub(super) struct Input {
    pub(super) code: Code,
    /// Whether its columns may have gaps between their entries.
    pub(super) gaps: bool,
    /// Whether its entries are in one piece.
    pub(super) contiguous: bool,
}

impl Emitter<'_> {
    /// A loop: its values are variables from here on.
    pub(crate) fn repeated(&mut self, id: NodeId) -> Code {
        let Attr::Loop(l) = self.graph().node(id).op.attr.clone() else { return Code::unreachable() };
        let inputs = self.inputs(id);
        let (mut begun, mut carried) = (TokenStream::new(), Vec::new());
        let args = self.graph().args(id).to_vec();
        for (i, first) in args.iter().take(l.carried).enumerate() {
            // lints may forbid letters that formulas are written with
            let name = self.fresh(&l.names[i].replace('λ', "adjoint_").replace('J', "jacobian_"));
            let start = self.code(*first).cloned();
            let ty = self.number(self.graph().is_scalar(*first));
            begun.extend(quote!(let mut #name #ty = #start;));
            carried.push(name);
        }
        let mut sums = Vec::new();
        for i in 0..l.sums() {
            let (name, shape) = (self.fresh("total"), l.body.graph.shape(l.result(Output::Sum(i))));
            let zero = self.zero(shape);
            let ty = self.number(shape.is_scalar());
            begun.extend(quote!(let mut #name #ty = #zero;));
            sums.push(name);
        }
        let body = self.iteration(&l, inputs, &carried, &sums);
        let (index, count) = (self.function.opaques[l.index.0 as usize].code.clone(), self.size(l.count));
        let range = if l.backward { quote!((0..#count).rev()) } else { quote!(0..#count) };
        self.statements.push(quote!(#begun for #index in #range { #body }));
        for (output, name) in l.outputs().zip(carried.into_iter().chain(sums)) {
            self.name_output(id, output, &name);
        }
        Code::of(TokenStream::new(), Form::Factor)
    }

    /// What is done each time.
    fn iteration(&mut self, l: &Rc<Loop>, mut inputs: Vec<Input>, carried: &[Ident], sums: &[Ident]) -> TokenStream {
        for (input, name) in inputs.iter_mut().zip(carried) {
            let scalar = input.code.is_scalar();
            let form = if scalar { Form::Scalar } else { Form::View };
            *input = Input { code: Code::of(name.to_token_stream(), form), gaps: false, contiguous: true };
        }
        let program = program(&l.body);
        let first = l.first.iter().map(|code| self.function.opaques[code.0 as usize].code.clone());
        let first: TokenStream = first.collect();
        let index = &self.function.opaques[l.index.0 as usize].code;
        let mut inside = self.inside(&program, inputs, &quote!(#index #first));
        let (next, added) = inside.program.roots.split_at(l.carried);
        let (next, added) = (next.to_vec(), added.to_vec());
        inside.accumulators = added.iter().copied().filter(|root| inside.adds_in_place(*root)).collect();
        inside.run_inside();
        for (root, sum) in added.iter().zip(sums) {
            inside.accumulate(*root, sum);
        }
        let values: Vec<TokenStream> = next
            .iter()
            .enumerate()
            .map(|(i, root)| {
                let again = next.iter().skip(i + 1).any(|other| other == root) || added.contains(root);
                let code = inside.code(*root);
                if again { code.cloned() } else { code.owned() }
            })
            .collect();
        let assigned = match (carried, &values[..]) {
            ([], _) => TokenStream::new(),
            ([one], [value]) => quote!(#one = #value;),
            _ => quote!((#(#carried),*) = (#(#values),*);),
        };
        let statements = inside.statements;
        quote!(#first #(#statements)* #assigned)
    }

    /// A branch: its values are variables from here on.
    pub(crate) fn branched(&mut self, id: NodeId) -> Code {
        let Attr::Branch(b) = self.graph().node(id).op.attr.clone() else { return Code::unreachable() };
        let inputs = self.inputs(id);
        let condition = match &b.condition {
            Condition::Code(code) => self.function.opaques[code.0 as usize].code.clone(),
            Condition::Compare(cmp) => {
                let (x, y) = (&inputs[0].code.tokens, &inputs[1].code.tokens);
                let symbol: TokenStream = cmp.symbol().parse().unwrap_or_default();
                quote!(#x #symbol #y)
            }
        };
        let (then, otherwise) = (self.side(&b.then, &inputs), self.side(&b.otherwise, &inputs));
        let names: Vec<Ident> = (0..b.then.results.len()).map(|_| self.fresh("chosen")).collect();
        let pattern = match &names[..] {
            [one] => quote!(#one),
            _ => quote!((#(#names),*)),
        };
        self.statements.push(quote!(let #pattern = if #condition { #then } else { #otherwise };));
        for (i, name) in names.into_iter().enumerate() {
            self.name_output(id, Output::Last(i), &name);
        }
        Code::of(TokenStream::new(), Form::Factor)
    }

    fn side(&self, region: &Region, inputs: &[Input]) -> TokenStream {
        let program = program(region);
        let mut inside = self.inside(&program, inputs.to_vec(), &TokenStream::new());
        inside.run_inside();
        let roots = inside.program.roots.clone();
        let values: Vec<TokenStream> = roots
            .iter()
            .enumerate()
            .map(|(i, root)| {
                let again = roots.iter().skip(i + 1).any(|other| other == root);
                if again { inside.code(*root).cloned() } else { inside.code(*root).owned() }
            })
            .collect();
        let statements = inside.statements;
        match &values[..] {
            [one] => quote!(#(#statements)* #one),
            _ => quote!(#(#statements)* (#(#values),*)),
        }
    }

    /// A value of a loop or a branch: a variable.
    pub(crate) fn output_of(&mut self, id: NodeId) -> Code {
        self.take_ready(id).unwrap_or_else(Code::unreachable)
    }

    fn name_output(&mut self, of: NodeId, output: Output, name: &Ident) {
        let g = self.graph();
        let is_it = |id: &NodeId| g.node(*id).op.attr == Attr::Output(output) && g.args(*id) == [of];
        let Some(id) = self.program.order.iter().copied().find(is_it) else { return };
        let form = if g.is_scalar(id) { Form::Scalar } else { Form::Variable };
        self.set_ready(id, Code::of(name.to_token_stream(), form));
    }

    /// The operands of a loop or a branch, as its region reads them.
    fn inputs(&mut self, id: NodeId) -> Vec<Input> {
        let args = self.graph().args(id).to_vec();
        args.into_iter()
            .map(|a| {
                let code = self.code(a);
                let (gaps, contiguous) = (self.may_have_gaps(a), self.is_contiguous(a, &code));
                let form = match code.form {
                    Form::Variable | Form::Temporary | Form::TemporaryView => Form::View, // nobody inside may consume it
                    form => form,
                };
                Input { code: Code { form, ..code }, gaps, contiguous }
            })
            .collect()
    }

    /// The type of a number, that a literal does not tell.
    fn number(&self, scalar: bool) -> TokenStream {
        let ty = self.paths.scalar_type();
        if scalar { quote!(: #ty) } else { TokenStream::new() }
    }

    /// A matrix of zeros, or the number.
    fn zero(&self, shape: Shape) -> TokenStream {
        let (zero, scalar) = (self.paths.literal(0.0), self.paths.scalar_type());
        if shape.is_scalar() {
            return zero;
        }
        let (matrix, rows, cols) = (self.paths.nalgebra("OMatrix"), self.generic_dim(shape.rows), self.generic_dim(shape.cols));
        quote!(#matrix::<#scalar, _, _>::from_element_generic(#rows, #cols, #zero))
    }

    /// Whether a sum grows by its terms, without a matrix for what is added.
    fn adds_in_place(&self, root: NodeId) -> bool {
        let g = self.graph();
        let alone = self.program.uses.get(&root) == Some(&1);
        alone && !g.is_scalar(root) && matches!(g.kind(root), Kind::Lin | Kind::Place | Kind::MatMul)
    }

    /// `sum += A`
    fn accumulate(&mut self, root: NodeId, sum: &Ident) {
        let g = self.graph();
        if g.is_scalar(root) {
            let value = self.code(root).tokens;
            self.statements.push(quote!(#sum += #value;));
            return;
        }
        let out = self.local("out", std::slice::from_ref(sum));
        let mut added = TokenStream::new();
        if self.accumulators.contains(&root) {
            for (c, term) in g.terms(root) {
                let own = term == root;
                let term = if g.kind(term) == Kind::Place && (own || self.is_placed(term)) {
                    self.added(&out, c, term)
                } else if own {
                    match self.product_in(root, 1.0, true, &out) {
                        Some(product) => product,
                        None => {
                            let operand = self.computed_now(root).operand();
                            quote!(*#out += #operand;)
                        }
                    }
                } else if self.is_placed(term) {
                    self.added(&out, c, term)
                } else {
                    self.term_in(root, c, term, &out)
                };
                added.extend(term);
            }
        } else {
            let operand = self.code(root).operand();
            added = quote!(*#out += #operand;);
        }
        self.statements.push(quote!({ let #out = &mut #sum; #added }));
    }
}

/// The program of a region.
fn program(region: &Region) -> Program {
    schedule(&region.graph, &region.results, &HashMap::new())
}
