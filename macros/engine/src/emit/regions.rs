//! Loops and branches: a program inside a statement.

use std::rc::Rc;

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};

use super::code::{Form, at_end};
use super::companion::without_moved;
use super::scoped::bound_in;
use super::{Code, Emitter};
use crate::ir::{Attr, Branch, Condition, Dim, Index, Kind, Loop, NodeId, OpaqueId, Output, Region, Shape};
use crate::schedule::{Inside, changed_operands, schedule_region};

/// What a region reads from outside.
#[derive(Clone)]
pub(super) struct Input {
    pub(super) code: Code,
    /// Whether its columns may have gaps between their entries.
    pub(super) gaps: bool,
    /// Whether its entries are in one piece.
    pub(super) contiguous: bool,
}

/// What terms are added to.
#[derive(Clone)]
pub(super) struct Sum {
    /// A variable, or what a reference refers to.
    place: TokenStream,
    /// How often.
    coefficient: f64,
    /// Zero before the loop with this index, which alone adds to it.
    only: Option<OpaqueId>,
}

impl Sum {
    fn of(place: TokenStream) -> Self {
        Self { place, coefficient: 1.0, only: None }
    }
}

impl Emitter<'_> {
    /// A loop: its values are variables from here on.
    pub(crate) fn repeated(&mut self, id: NodeId) -> Code {
        let Attr::Loop(l) = self.graph().node(id).op.attr.clone() else { return Code::unreachable() };
        let carried: Vec<Option<Code>> = (0..l.carried).map(|i| self.carried_over(id, &l, i)).collect();
        let inputs = self.inputs(id);
        let mut begun = TokenStream::new();
        let carried: Vec<Code> = carried
            .into_iter()
            .enumerate()
            .map(|(i, known)| known.unwrap_or_else(|| self.carried_from(id, &l, i, &mut begun)))
            .collect();
        let sums: Vec<Sum> = (0..l.sums()).map(|i| self.sum_of(id, &l, i, &mut begun)).collect();
        let places: Vec<TokenStream> = carried.iter().map(|c| c.tokens.clone()).collect();
        let body = self.iteration(&l, inputs, &places, &sums);
        let (index, count) = (self.function.opaques[l.index.0 as usize].code.clone(), self.size(l.count));
        let range = if l.backward { quote!((0..#count).rev()) } else { quote!(0..#count) };
        self.statements.push(quote!(#begun for #index in #range { #body }));
        let sums = sums.into_iter().map(|sum| Code::of(sum.place, Form::Variable));
        for (output, code) in l.outputs().zip(carried.into_iter().chain(sums)) {
            self.name_output(id, output, code, true);
        }
        Code::of(TokenStream::new(), Form::Factor)
    }

    /// The variable of a carried value that is there already: what it begins with lives in it, or the caller wants it there in the end.
    fn carried_over(&mut self, id: NodeId, l: &Loop, i: usize) -> Option<Code> {
        let first = self.graph().args(id)[i];
        if self.graph().is_scalar(first) {
            return None;
        }
        let buffer = self.output_node(id, Output::Last(i)).and_then(|node| self.output(node));
        match buffer {
            Some(buffer) => {
                let start = self.code(first).by_ref();
                self.statements.push(quote!(#buffer.copy_from(#start);));
                Some(Code::of(quote!((*#buffer)), Form::View))
            }
            None => self.taken_over(id, i, &spelled(&l.names[i])),
        }
    }

    /// A variable for a carried value.
    fn carried_from(&mut self, id: NodeId, l: &Loop, i: usize, begun: &mut TokenStream) -> Code {
        let (name, first) = (self.fresh(&spelled(&l.names[i])), self.graph().args(id)[i]);
        let (start, scalar) = (self.code(first).cloned(), self.graph().is_scalar(first));
        let ty = self.number(scalar);
        begun.extend(quote!(let mut #name #ty = #start;));
        Code::of(name.to_token_stream(), if scalar { Form::Scalar } else { Form::Variable })
    }

    /// What a sum is added to: what its only reader adds it to, a buffer of the caller's, or a variable.
    fn sum_of(&mut self, id: NodeId, l: &Loop, i: usize, begun: &mut TokenStream) -> Sum {
        let (node, shape) = (self.output_node(id, Output::Sum(i)), l.body.graph.shape(l.result(Output::Sum(i))));
        if let Some(target) = node.and_then(|node| self.targets.get(&node)) {
            return target.clone();
        }
        let zero = self.zero(shape);
        if let Some(buffer) = node.and_then(|node| self.output(node)) {
            let zero = self.paths.literal(0.0);
            begun.extend(quote!(#buffer.fill(#zero);));
            return Sum::of(quote!((*#buffer)));
        }
        let (name, ty) = (self.fresh("total"), self.number(shape.is_scalar()));
        begun.extend(quote!(let mut #name #ty = #zero;));
        Sum { only: Some(l.index), ..Sum::of(name.to_token_stream()) }
    }

    /// What is done each time.
    fn iteration(&mut self, l: &Rc<Loop>, mut inputs: Vec<Input>, carried: &[TokenStream], sums: &[Sum]) -> TokenStream {
        for (input, place) in inputs.iter_mut().zip(carried) {
            let scalar = input.code.is_scalar();
            let form = if scalar { Form::Scalar } else { Form::View };
            *input = Input { code: Code::of(place.clone(), form), gaps: false, contiguous: true };
        }
        let (owned, added): (Vec<usize>, Vec<usize>) = ((0..l.carried).collect(), (l.carried..l.body.results.len()).collect());
        let program = schedule_region(&l.body, Inside { owned: &owned, added: &added });
        let first = l.first.iter().map(|code| self.function.opaques[code.0 as usize].code.clone());
        let first: TokenStream = first.collect();
        let index = &self.function.opaques[l.index.0 as usize].code;
        let mut inside = self.inside(&program, inputs, &quote!(#index #first));
        inside.may_change(&carried.iter().cloned().enumerate().collect::<Vec<_>>());
        let bound = bound_in(l, self.function);
        inside.within.extend(bound.iter().cloned());
        let checks = inside.agreement(&bound);
        let (next, added) = inside.program.roots.split_at(l.carried);
        let added: Vec<(NodeId, Sum)> = added.iter().copied().zip(sums.iter().cloned()).collect();
        let next: Vec<(NodeId, TokenStream)> = next.iter().copied().zip(carried.iter().cloned()).collect();
        let (end, _) = inside.run_to_end(&added, &next, &[]);
        let statements = inside.statements;
        quote!(#first #checks #(#statements)* #end)
    }

    /// Values that may be changed where they are: parameters of the region, by their numbers, and the variables.
    fn may_change(&mut self, places: &[(usize, TokenStream)]) {
        let g = self.graph();
        for (i, place) in places {
            let is_it = |id: &NodeId| g.kind(*id) == Kind::Param && g.node(*id).op.attr == Attr::Param(*i);
            if let Some(id) = self.program.order.iter().copied().find(is_it).filter(|id| !g.is_scalar(*id)) {
                self.own.insert(id, Code::of(place.clone(), Form::View));
            }
        }
    }

    /// The statements of a region, what is added to sums among them; those that say what variables are afterwards, and the values that are wanted beside.
    fn run_to_end(
        &mut self,
        added: &[(NodeId, Sum)],
        next: &[(NodeId, TokenStream)],
        wanted: &[NodeId],
    ) -> (TokenStream, Vec<TokenStream>) {
        for (root, sum) in added {
            self.aim(*root, sum);
        }
        self.run_inside();
        let deferred: Vec<NodeId> = self.accumulators.iter().map(|a| a.0).collect();
        for (root, sum) in added.iter().filter(|(root, _)| !deferred.contains(root)) {
            self.accumulate(*root, sum);
        }
        let lives_there = |root: &NodeId, place: &TokenStream| {
            self.own.get(root).is_some_and(|own| own.tokens.to_string() == place.to_string())
        };
        let moved: Vec<&(NodeId, TokenStream)> = next.iter().filter(|(root, place)| !lives_there(root, place)).collect();
        let roots: Vec<NodeId> = moved.iter().map(|m| m.0).chain(wanted.iter().copied()).collect();
        let value = |root: &NodeId| {
            let code = self.code(*root);
            let again = self.program.roots.iter().filter(|other| *other == root).count() > 1;
            if again { code.cloned() } else { code.owned() }
        };
        let (mut values, copied): (Vec<_>, Vec<_>) = roots.iter().map(|r| (value(r), self.is_copied(*r))).unzip();
        let mut early = without_moved(&mut values, &copied, "next", &mut self.names);
        let mut wanted = values.split_off(moved.len());
        // these read what variables are before the assignment
        for value in wanted.iter_mut().filter(|value| !moved.is_empty() && syn::parse2::<Ident>((*value).clone()).is_err()) {
            let name = self.fresh("chosen");
            let before = std::mem::replace(value, name.to_token_stream());
            early.extend(quote!(let #name = #before;));
        }
        let places: Vec<&TokenStream> = moved.iter().map(|(_, place)| place).collect();
        let end = match (&places[..], &values[..]) {
            ([], _) => early,
            ([one], [value]) => quote!(#early #one = #value;),
            _ => quote!(#early (#(#places),*) = (#(#values),*);),
        };
        (end, wanted)
    }

    /// A branch: its values are variables from here on, or are in variables that there are.
    pub(crate) fn branched(&mut self, id: NodeId) -> Code {
        let Attr::Branch(b) = self.graph().node(id).op.attr.clone() else { return Code::unreachable() };
        let ends: Vec<End> = self.ends(id, &b);
        let inputs = self.inputs(id);
        let condition = match &b.condition {
            Condition::Code(code) => self.function.opaques[code.0 as usize].code.clone(),
            Condition::Compare(cmp) => {
                let (x, y) = (&inputs[0].code.tokens, &inputs[1].code.tokens);
                let symbol: TokenStream = cmp.symbol().parse().unwrap_or_default();
                quote!(#x #symbol #y)
            }
        };
        let (then, otherwise) = (self.side(&b.then, &inputs, &ends), self.side(&b.otherwise, &inputs, &ends));
        let values = ends.iter().filter(|end| matches!(end, End::Value));
        let names: Vec<Ident> = values.map(|_| self.fresh("chosen")).collect();
        self.statements.push(match &names[..] {
            [] if otherwise.is_empty() => quote!(if #condition { #then }),
            [] if then.is_empty() => quote!(if !(#condition) { #otherwise }),
            [] => quote!(if #condition { #then } else { #otherwise }),
            [one] => quote!(let #one = if #condition { #then } else { #otherwise };),
            _ => quote!(let (#(#names),*) = if #condition { #then } else { #otherwise };),
        });
        let mut chosen = names.iter();
        for (i, end) in ends.iter().enumerate() {
            let (code, changes) = match end {
                End::Value => (Code::of(chosen.next().to_token_stream(), Form::Variable), false),
                End::There(_, variable) => (variable.clone(), true),
                End::Added(sum) => (Code::of(sum.place.clone(), Form::View), false),
            };
            self.name_output(id, Output::Last(i), code, changes);
        }
        Code::of(TokenStream::new(), Form::Factor)
    }

    /// Where the results of a branch are wanted.
    fn ends(&mut self, id: NodeId, b: &Branch) -> Vec<End> {
        let changed = changed_operands(b);
        (0..b.then.results.len())
            .map(|i| {
                let node = self.output_node(id, Output::Last(i));
                if let Some(target) = node.and_then(|node| self.targets.get(&node)) {
                    return End::Added(target.clone());
                }
                let operand = changed.iter().find(|(_, result)| *result == i).map(|(operand, _)| *operand);
                match operand.and_then(|operand| Some((operand, self.taken_over(id, operand, "chosen")?))) {
                    Some((operand, variable)) => End::There(operand, variable),
                    None => End::Value,
                }
            })
            .collect()
    }

    fn side(&self, region: &Region, inputs: &[Input], ends: &[End]) -> TokenStream {
        let (mut places, mut sums) = (Vec::new(), Vec::new());
        for (i, end) in ends.iter().enumerate() {
            match end {
                End::There(operand, variable) => places.push((*operand, i, variable.tokens.clone())),
                End::Added(sum) => sums.push((i, sum.clone())),
                End::Value => {}
            }
        }
        let owned: Vec<usize> = places.iter().map(|p| p.0).collect();
        let added: Vec<usize> = sums.iter().map(|s| s.0).collect();
        let program = schedule_region(region, Inside { owned: &owned, added: &added });
        let mut inputs = inputs.to_vec();
        for (operand, _, place) in &places {
            inputs[*operand] = Input { code: Code::of(place.clone(), Form::View), gaps: false, contiguous: true };
        }
        let mut inside = self.inside(&program, inputs, &TokenStream::new());
        inside.may_change(&places.iter().map(|(operand, _, place)| (*operand, place.clone())).collect::<Vec<_>>());
        let roots = inside.program.roots.clone();
        let sums: Vec<(NodeId, Sum)> = sums.into_iter().map(|(i, sum)| (roots[i], sum)).collect();
        let next: Vec<(NodeId, TokenStream)> = places.into_iter().map(|(_, i, place)| (roots[i], place)).collect();
        let wanted: Vec<NodeId> =
            roots.iter().zip(ends).filter(|(_, end)| matches!(end, End::Value)).map(|(root, _)| *root).collect();
        let (end, values) = inside.run_to_end(&sums, &next, &wanted);
        let statements = inside.statements;
        match &values[..] {
            [] => quote!(#(#statements)* #end),
            [one] => {
                let one = at_end(one);
                quote!(#(#statements)* #end #one)
            }
            _ => quote!(#(#statements)* #end (#(#values),*)),
        }
    }

    /// A value of a loop or a branch: a variable.
    pub(crate) fn output_of(&mut self, id: NodeId) -> Code {
        self.take_ready(id).unwrap_or_else(Code::unreachable)
    }

    /// The node of a value of a loop or a branch, if anything reads it.
    fn output_node(&self, of: NodeId, output: Output) -> Option<NodeId> {
        let g = self.graph();
        let is_it = |id: &NodeId| g.node(*id).op.attr == Attr::Output(output) && g.args(*id) == [of];
        self.program.order.iter().copied().find(is_it)
    }

    /// The code of a value; whether it is a variable that may change.
    fn name_output(&mut self, of: NodeId, output: Output, code: Code, changes: bool) {
        let Some(id) = self.output_node(of, output) else { return };
        if self.graph().is_scalar(id) {
            self.set_ready(id, Code::of(code.tokens, Form::Scalar));
            return;
        }
        if let Some(buffer) = self.output(id) {
            let there = quote!((*#buffer));
            if code.tokens.to_string() != there.to_string() {
                let value = code.by_ref();
                self.statements.push(quote!(#buffer.copy_from(#value);));
            }
            self.set_ready(id, Code::of(there, Form::View));
            return;
        }
        if changes {
            self.own.insert(id, code.clone());
        }
        self.set_ready(id, code);
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

    /// What is added to a sum in pieces, or as it is computed: in loops and branches inside, and where its terms are.
    fn aim(&mut self, root: NodeId, sum: &Sum) {
        let g = self.graph();
        let alone = |id: NodeId| self.program.uses.get(&id) == Some(&1);
        if !alone(root) || g.is_scalar(root) || !matches!(g.kind(root), Kind::Lin | Kind::Place | Kind::MatMul | Kind::Output) {
            return;
        }
        let mut aimed = false;
        for (c, term) in g.terms(root) {
            let is_sum = match &g.node(term).op.attr {
                Attr::Output(Output::Sum(_)) => true,
                Attr::Output(Output::Last(_)) => g.kind(g.args(term)[0]) == Kind::Branch,
                _ => false,
            };
            if is_sum && alone(term) {
                aimed = true;
                self.targets.insert(term, Sum { place: sum.place.clone(), coefficient: c * sum.coefficient, only: None });
            }
        }
        if aimed || g.kind(root) != Kind::Output {
            self.accumulators.push((root, sum.clone()));
        }
    }

    /// `sum += c A`
    pub(super) fn accumulate(&mut self, root: NodeId, sum: &Sum) {
        let (g, place) = (self.graph(), &sum.place);
        if g.is_scalar(root) {
            let value = self.code(root).tokens;
            self.statements.push(quote!(#place += #value;));
            return;
        }
        let deferred = self.accumulators.iter().any(|a| a.0 == root);
        let mut terms = if deferred { g.terms(root) } else { vec![(1.0, root)] };
        terms.retain(|(_, term)| !self.targets.contains_key(term));
        let out = self.local("out", &[]);
        let mut added = TokenStream::new();
        for (c, term) in terms {
            let (c, own) = (c * sum.coefficient, deferred && term == root);
            let placed = self.is_placed(term) || (own && g.kind(term) == Kind::Place);
            let product = if own && !placed { self.product_in(root, c, true, &out) } else { None };
            if own && !placed && product.is_none() {
                let code = self.computed_now(root);
                self.set_code(root, code);
            }
            added.extend(match product {
                Some(product) => product,
                None if placed && own && sum.only.is_some_and(|index| self.moves_with(term, index)) => {
                    self.assigned(c, term, &out)
                }
                None if placed => self.added(&out, c, term),
                None if crate::simplify::is_zero(g, term) => TokenStream::new(),
                None => self.term_in(root, c, term, &out),
            });
        }
        if !added.is_empty() {
            self.statements.push(quote!({ let #out = &mut #place; #added }));
        }
    }
}

impl Emitter<'_> {
    /// Whether a block is at another place in each iteration.
    fn moves_with(&self, placed: NodeId, index: OpaqueId) -> bool {
        let moves = |at: &Index| at.code == Some(index) && at.dims.is_empty();
        let (g, Attr::Block(at)) = (self.graph(), &self.graph().node(placed).op.attr) else { return false };
        let block = g.shape(g.args(placed)[0]);
        g.kind(placed) == Kind::Place
            && ((moves(&at.row) && block.rows == Dim::ONE) || (moves(&at.col) && block.cols == Dim::ONE))
    }
}

/// Where a result of a branch is wanted.
enum End {
    /// In a variable of its own.
    Value,
    /// In the variable of an operand.
    There(usize, Code),
    /// Added to a sum.
    Added(Sum),
}

/// The name of a carried value: lints may forbid letters that formulas are written with.
fn spelled(name: &str) -> String {
    name.replace('λ', "adjoint_").replace('J', "jacobian_")
}
