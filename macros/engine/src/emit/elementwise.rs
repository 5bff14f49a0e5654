//! Sums, products and functions: of scalars as expressions, of matrices as operators or as one pass over the entries.

use std::collections::HashMap;

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::code::{Binding, at_end};
use super::{Code, Emitter};
use crate::ir::{Attr, Cmp, Graph, Kind, NodeId, Region};
use crate::ops;

impl Emitter<'_> {
    /// `Σ cᵢ Aᵢ`
    pub(crate) fn sum_of_terms(&mut self, id: NodeId) -> Code {
        let args: Vec<Code> = self.graph().args(id).iter().map(|a| self.code(*a)).collect();
        let terms = self.graph().terms(id);
        if self.graph().is_scalar(id) {
            return self.scalar_sum(self.graph(), &terms, &args, &|a| Some(self.code(a)), &|a| self.is_bound(a));
        }
        if terms.iter().any(|t| self.is_placed(t.1)) {
            return self.accumulated(id, &terms);
        }
        self.matrix_sum(&terms, &args)
    }

    pub(super) fn matrix_sum(&self, terms: &[(f64, NodeId)], args: &[Code]) -> Code {
        if let ([(c, _)], [code]) = (terms, args)
            && *c == 1.0
        {
            return code.clone();
        }
        let mut tokens = TokenStream::new();
        // a positive term first: `b - a`, not `-a + b`
        let mut order: Vec<usize> = (0..terms.len()).collect();
        order.sort_by_key(|i| terms[*i].0 < 0.0);
        for i in order {
            let (c, code) = (terms[i].0, &args[i]);
            let size = self.paths.literal(c.abs());
            let term = if c.abs() == 1.0 {
                code.term()
            } else {
                let operand = code.operand();
                quote!(#operand * #size)
            };
            // put at the end: a sum of sums would be copied as often as it has terms
            tokens.extend(match (tokens.is_empty(), c < 0.0) {
                (true, false) => term,
                (true, true) if c.abs() != 1.0 || code.binding == Binding::Atom => quote!(-#term),
                (true, true) => quote!(-(#term)),
                (false, false) => quote!(+ #term),
                (false, true) => quote!(- #term),
            });
        }
        match terms[..] {
            [(c, _)] if c > 0.0 => Code::matrix_product(tokens),
            _ => Code::matrix_sum(tokens),
        }
    }

    /// `c s`
    pub(super) fn scalar_multiple(&self, c: f64, s: NodeId) -> Code {
        self.scalar_sum(self.graph(), &[(c, s)], &[self.code(s)], &|a| Some(self.code(a)), &|a| self.is_bound(a))
    }

    fn scalar_sum(
        &self,
        g: &Graph,
        terms: &[(f64, NodeId)],
        args: &[Code],
        base_code: &dyn Fn(NodeId) -> Option<Code>,
        bound: &dyn Fn(NodeId) -> bool,
    ) -> Code {
        let mut tokens = TokenStream::new();
        let mut order: Vec<usize> = (0..terms.len()).collect();
        order.sort_by_key(|i| terms[*i].0 < 0.0);
        for i in order {
            let ((c, id), code) = (&terms[i], &args[i]);
            let term = if c.abs() == 1.0 {
                // a - (b + c)
                if *c < 0.0 { code.factor() } else { code.tokens.clone() }
            } else if let (base, Some(-1.0)) = reciprocal(g, *id)
                && let Some(base) = base_code(base).filter(|_| !bound(*id))
            {
                let (size, divisor) = (self.paths.literal(c.abs()), base.divisor());
                quote!(#size / #divisor)
            } else {
                let (size, factor) = (self.paths.literal(c.abs()), code.factor());
                quote!(#size * #factor)
            };
            tokens.extend(match (tokens.is_empty(), *c < 0.0) {
                (true, false) => term,
                (true, true) => quote!(-#term),
                (false, false) => quote!(+ #term),
                (false, true) => quote!(- #term),
            });
        }
        match terms {
            [(c, _)] if *c > 0.0 => Code::product(tokens),
            _ => Code::sum(tokens),
        }
    }

    /// `s A`
    pub(crate) fn scaled(&mut self, id: NodeId) -> Code {
        let (s, a) = (self.graph().args(id)[0], self.arg(id, 1));
        let (share, power) = reciprocal(self.graph(), s);
        let operand = a.operand();
        if power == Some(-1.0) && !self.is_bound(s) {
            let divisor = self.code(share).divisor();
            return Code::matrix_product(quote!(#operand / #divisor));
        }
        let factor = self.code(s).divisor();
        Code::matrix_product(quote!(#operand * #factor))
    }

    /// A scalar as a factor: `1 / n` is written where it is needed.
    pub(super) fn factor(&self, s: NodeId) -> Code {
        match reciprocal(self.graph(), s) {
            (base, Some(-1.0)) if !self.is_bound(s) => {
                let (one, divisor) = (self.paths.literal(1.0), self.code(base).divisor());
                Code::product(quote!(#one / #divisor))
            }
            _ => self.code(s),
        }
    }

    /// `A ∘ B`; of scalars `a * b / c`.
    pub(crate) fn elementwise_product(&mut self, id: NodeId) -> Code {
        let g = self.graph();
        let args = g.args(id).to_vec();
        if g.is_scalar(id) {
            let single = |a: NodeId| !self.is_bound(a);
            return scalar_product(g, &args, &|a| self.code(a), &single, &self.paths.literal(1.0));
        }
        if let Some(product) = self.scaled_by_broadcast(id, &args) {
            return product;
        }
        let mut tokens = self.code(args[0]).receiver();
        for a in &args[1..] {
            let other = self.code(*a).by_ref();
            tokens = quote!(#tokens.component_mul(#other));
        }
        Code::call(tokens)
    }

    /// `A^{∘k}`
    pub(crate) fn power(&mut self, id: NodeId) -> Code {
        let code = self.arg(id, 0);
        let Attr::Real(k) = self.graph().node(id).op.attr else { return Code::unreachable() };
        if self.graph().is_scalar(id) {
            return self.scalar_power(&code, k.0);
        }
        // a matrix that no kernel took in: more than three inputs
        let (entry, receiver) = (self.fresh("entry"), code.receiver());
        let body = self.scalar_power(&Code::scalar(quote!(#entry)), k.0).tokens;
        Code::call(quote!(#receiver.map(|#entry| #body)))
    }

    fn scalar_power(&self, code: &Code, k: f64) -> Code {
        let (tokens, one) = (&code.tokens, self.paths.literal(1.0));
        let call = |name: &str| {
            let function = self.paths.private(name);
            Code::scalar(quote!(#function(#tokens)))
        };
        if k == 2.0 && code.binding == Binding::Atom {
            return Code::product(quote!(#tokens * #tokens));
        }
        if k == -1.0 {
            let divisor = code.divisor();
            return Code::product(quote!(#one / #divisor));
        }
        if k == 0.5 {
            return call("sqrt");
        }
        if k == -0.5 {
            let root = call("sqrt").tokens;
            return Code::product(quote!(#one / #root));
        }
        if k.fract() == 0.0 && k.abs() <= f64::from(i32::MAX) {
            #[allow(clippy::cast_possible_truncation)] // an integer in range
            let exponent = proc_macro2::Literal::i32_unsuffixed(k as i32);
            let function = self.paths.private("powi");
            return Code::scalar(quote!(#function(#tokens, #exponent)));
        }
        let (function, exponent) = (self.paths.private("powf"), self.paths.literal(k));
        Code::scalar(quote!(#function(#tokens, #exponent)))
    }

    /// `σ(x)`, `σ(x, y)`
    pub(crate) fn scalar_function(&mut self, id: NodeId, name: &str) -> Code {
        let args: Vec<Code> = self.graph().args(id).iter().map(|a| self.code(*a)).collect();
        if self.graph().is_scalar(id) {
            return self.function_of(name, &args);
        }
        // a matrix that no kernel took in
        let entries: Vec<Ident> = args.iter().map(|_| self.fresh("entry")).collect();
        let codes: Vec<Code> = entries.iter().map(|e| Code::scalar(quote!(#e))).collect();
        let body = self.function_of(name, &codes).tokens;
        mapped(&args, &entries, &body)
    }

    fn function_of(&self, name: &str, args: &[Code]) -> Code {
        let public = ["relu", "sigmoid", "softplus"].contains(&name);
        let function = if public { self.paths.public(name) } else { self.paths.private(name) };
        let args = args.iter().map(|a| &a.tokens);
        Code::scalar(quote!(#function(#(#args),*)))
    }

    /// `if a < b { x } else { y }`
    pub(crate) fn selection(&mut self, id: NodeId) -> Code {
        let args: Vec<Code> = self.graph().args(id).iter().map(|a| self.code(*a)).collect();
        if self.graph().is_scalar(id) {
            return self.choice(self.graph(), id, &args);
        }
        let entries: Vec<Ident> = args.iter().map(|_| self.fresh("entry")).collect();
        let codes: Vec<Code> = entries.iter().map(|e| Code::scalar(quote!(#e))).collect();
        let body = self.choice(self.graph(), id, &codes).tokens;
        mapped(&args, &entries, &body)
    }

    /// One pass over the entries.
    pub(crate) fn map(&mut self, id: NodeId) -> Code {
        let (matrices, entries, body) = self.kernel(id);
        mapped(&matrices, &entries, &body)
    }

    /// The sum over one pass, without a matrix in between.
    pub(super) fn folded(&mut self, id: NodeId) -> Code {
        let (matrices, entries, body) = self.kernel(id);
        let zero = self.paths.literal(0.0);
        let total = self.local("total", &entries);
        let receiver = matrices[0].receiver();
        Code::scalar(match (&matrices[..], &entries[..]) {
            ([_], [x]) => quote!(#receiver.fold(#zero, |#total, #x| #total + (#body))),
            ([_, b], [x, y]) => {
                let b = b.by_ref();
                quote!(#receiver.zip_fold(#b, #zero, |#total, #x, #y| #total + (#body)))
            }
            _ => {
                let map = mapped(&matrices, &entries, &body).tokens;
                quote!(#map.sum())
            }
        })
    }

    /// The matrices that a kernel reads, the names of their entries, and its body.
    pub(super) fn kernel(&mut self, id: NodeId) -> (Vec<Code>, Vec<Ident>, TokenStream) {
        self.kernel_beside(id, None)
    }

    /// The same, where the entry of one of the matrices is what a reference of that name refers to.
    pub(super) fn kernel_beside(&mut self, id: NodeId, inside: Option<(NodeId, &Ident)>) -> (Vec<Code>, Vec<Ident>, TokenStream) {
        let g = self.graph();
        let Attr::Region(region) = g.node(id).op.attr.clone() else { return (Vec::new(), Vec::new(), TokenStream::new()) };
        let args = g.args(id).to_vec();
        let (mut matrices, mut entries, mut inputs) = (Vec::new(), Vec::new(), Vec::new());
        for a in args {
            let code = self.code(a);
            if g.is_scalar(a) {
                inputs.push(code);
            } else if let Some((_, name)) = inside.filter(|(node, _)| *node == a) {
                inputs.push(Code::scalar(quote!(*#name)));
            } else {
                let beside: Vec<Ident> = entries.iter().chain(inside.map(|(_, name)| name)).cloned().collect();
                let name = self.entry_name(&code, &beside);
                inputs.push(Code::scalar(quote!(#name)));
                matrices.push(code);
                entries.push(name);
            }
        }
        let names = entries.iter().cloned().chain(inside.map(|(_, name)| name.clone())).collect();
        let body = self.region(&region, &inputs, names);
        (matrices, entries, body)
    }

    /// The entry of `m` is called `m`; of an expression, `entry`.
    fn entry_name(&self, code: &Code, beside: &[Ident]) -> Ident {
        let name = syn::parse2::<Ident>(code.tokens.clone()).map(|i| i.to_string()).ok();
        let stem = name.map_or_else(|| "entry".to_owned(), |n| format!("{}_i", n.trim_end_matches("_i")));
        self.local(&stem, beside)
    }

    /// The body of a kernel: an expression, with variables for what it reads twice.
    fn region(&self, region: &Region, inputs: &[Code], mut names: Vec<Ident>) -> TokenStream {
        let g = &region.graph;
        let order = g.reachable(&region.results);
        let mut uses: HashMap<NodeId, usize> = HashMap::new();
        for id in &order {
            for a in g.args(*id) {
                *uses.entry(*a).or_default() += 1;
            }
        }
        let mut codes: HashMap<NodeId, Code> = HashMap::new();
        let mut lets = Vec::new();
        for id in order {
            let args: Vec<Code> = g.args(id).iter().map(|a| codes[a].clone()).collect();
            let code = self.region_node(g, id, &args, inputs, &uses, &codes);
            let again = uses.get(&id).copied().unwrap_or(0) > 1;
            let code = if again && !matches!(g.kind(id), Kind::Param | Kind::Const) {
                let wish = match g.kind(id) {
                    Kind::Lin | Kind::Hadamard | Kind::Pow | Kind::Scale => "u",
                    other => ops::record(other).name,
                };
                let name = self.local(wish, &names);
                names.push(name.clone());
                let tokens = &code.tokens;
                lets.push(quote!(let #name = #tokens;));
                Code::scalar(quote!(#name))
            } else {
                code
            };
            codes.insert(id, code);
        }
        let result = region.results.first().and_then(|r| codes.get(r)).map_or_else(TokenStream::new, |c| c.tokens.clone());
        let end = at_end(&result);
        if lets.is_empty() { result } else { quote!({ #(#lets)* #end }) }
    }

    fn region_node(
        &self,
        g: &Graph,
        id: NodeId,
        args: &[Code],
        inputs: &[Code],
        uses: &HashMap<NodeId, usize>,
        codes: &HashMap<NodeId, Code>,
    ) -> Code {
        match (g.kind(id), &g.node(id).op.attr) {
            (Kind::Param, Attr::Param(i)) => inputs.get(*i).cloned().unwrap_or_else(Code::unreachable),
            (Kind::Const, Attr::Real(value)) => self.constant(value.0),
            (Kind::Lin, _) => {
                let bound = |a: NodeId| uses.get(&a).copied().unwrap_or(0) > 1;
                self.scalar_sum(g, &g.terms(id), args, &|a| codes.get(&a).cloned(), &bound)
            }
            (Kind::Hadamard, _) => {
                let single = |a: NodeId| uses.get(&a).copied().unwrap_or(0) <= 1;
                scalar_product(g, g.args(id), &|a| codes[&a].clone(), &single, &self.paths.literal(1.0))
            }
            (Kind::Pow, Attr::Real(k)) => self.scalar_power(&args[0], k.0),
            (Kind::Select, _) => self.choice(g, id, args),
            (kind, _) => self.function_of(ops::record(kind).name, args),
        }
    }

    /// `if a < b { x } else { y }`, `max(a, b)`, and what they choose of gradients.
    fn choice(&self, g: &Graph, id: NodeId, args: &[Code]) -> Code {
        let Attr::Cmp(cmp) = g.node(id).op.attr else { return Code::unreachable() };
        let operator = match cmp {
            Cmp::Lt => quote!(<),
            Cmp::Le => quote!(<=),
            Cmp::Gt => quote!(>),
            Cmp::Ge => quote!(>=),
            Cmp::Eq => quote!(==),
            Cmp::Ne => quote!(!=),
            Cmp::Max | Cmp::Min => return self.extreme_of_two(g, id, args, cmp == Cmp::Max),
            Cmp::Larger | Cmp::Smaller => {
                let function = self.paths.private(if cmp == Cmp::Larger { "reaches" } else { "is_within" });
                let (a, b, x, y) = (&args[0].tokens, &args[1].tokens, at_end(&args[2].tokens), at_end(&args[3].tokens));
                return Code::sum(quote!(if #function(#a, #b) { #x } else { #y }));
            }
        };
        let (a, b, x, y) = (args[0].divisor(), args[1].divisor(), at_end(&args[2].tokens), at_end(&args[3].tokens));
        Code::sum(quote!(if #a #operator #b { #x } else { #y }))
    }

    /// `max(a, b)` or `min(a, b)`; or `x` where it is `a`, `y` where it is `b`, and half of each where they are equal.
    fn extreme_of_two(&self, g: &Graph, id: NodeId, args: &[Code], largest: bool) -> Code {
        let ids = g.args(id);
        if ids[..2] == ids[2..] {
            return self.function_of(if largest { "max" } else { "min" }, &args[..2]);
        }
        let (a, b, x, y) = (args[0].divisor(), args[1].divisor(), at_end(&args[2].tokens), at_end(&args[3].tokens));
        // beside a NaN the other is chosen; a constant is none
        let clear = g.constant_value(ids[1]).is_some();
        let compared = |strict: bool| match (clear, largest, strict) {
            (true, true, true) => quote!(#a > #b),
            (true, true, false) => quote!(#a >= #b),
            (true, false, true) => quote!(#a < #b),
            (true, false, false) => quote!(#a <= #b),
            (false, ..) => {
                let name = match (largest, strict) {
                    (true, true) => "exceeds",
                    (true, false) => "reaches",
                    (false, true) => "is_below",
                    (false, false) => "is_within",
                };
                let function = self.paths.private(name);
                let (a, b) = (&args[0].tokens, &args[1].tokens);
                quote!(#function(#a, #b))
            }
        };
        let (shared, zero) = (self.paths.private("shared"), self.paths.literal(0.0));
        let is_zero = |i: usize| g.constant_value(ids[i]) == Some(0.0);
        Code::sum(if is_zero(3) {
            let chosen = compared(false);
            quote!(if #chosen { #shared(#x, #a == #b) } else { #zero })
        } else if is_zero(2) {
            let other = compared(true);
            quote!(if #other { #zero } else { #shared(#y, #a == #b) })
        } else {
            let chosen = compared(true);
            quote!(if #chosen { #x } else if #a == #b { #shared(#x, true) + #shared(#y, true) } else { #y })
        })
    }

    /// A constant of the scalar type.
    pub(crate) fn literal(&self, value: f64) -> Code {
        self.constant(value)
    }

    fn constant(&self, value: f64) -> Code {
        let tokens = self.paths.literal(value);
        if value < 0.0 { Code::sum(tokens) } else { Code::scalar(tokens) }
    }
}

/// The base of a power that is a factor, and its exponent.
fn reciprocal(g: &Graph, id: NodeId) -> (NodeId, Option<f64>) {
    match g.node(id).op.attr {
        Attr::Real(k) if g.kind(id) == Kind::Pow => (g.args(id)[0], Some(k.0)),
        _ => (id, None),
    }
}

/// `a * b / c`, reciprocals that nobody else reads being divisions.
fn scalar_product(
    g: &Graph,
    args: &[NodeId],
    code: &dyn Fn(NodeId) -> Code,
    single: &dyn Fn(NodeId) -> bool,
    one: &TokenStream,
) -> Code {
    let (mut above, mut below) = (Vec::new(), Vec::new());
    for a in args {
        match reciprocal(g, *a) {
            (base, Some(-1.0)) if single(*a) => below.push(code(base).divisor()),
            // the square overflows, or vanishes, where the quotient does not
            (base, Some(-2.0)) if single(*a) => below.extend([code(base).divisor(), code(base).divisor()]),
            _ => above.push(code(*a).factor()),
        }
    }
    if above.is_empty() {
        above.push(one.clone());
    }
    let product = above.into_iter().reduce(|a, b| quote!(#a * #b));
    Code::product(quote!(#product #(/ #below)*))
}

/// `a.map(|x| ..)`, `a.zip_map(&b, |x, y| ..)`, `a.zip_zip_map(&b, &c, |x, y, z| ..)`.
fn mapped(matrices: &[Code], entries: &[Ident], body: &TokenStream) -> Code {
    let Some(first) = matrices.first() else { return Code::unreachable() };
    let receiver = first.receiver();
    let others: Vec<TokenStream> = matrices[1..].iter().map(Code::by_ref).collect();
    Code::call(match others.len() {
        0 => quote!(#receiver.map(|#(#entries),*| #body)),
        1 => quote!(#receiver.zip_map(#(#others),*, |#(#entries),*| #body)),
        2 => quote!(#receiver.zip_zip_map(#(#others),*, |#(#entries),*| #body)),
        _ => {
            // four operands of a selection that no kernel took in: two passes
            let (a, b, x, y) = (&entries[0], &entries[1], &entries[2], &entries[3]);
            let (second, third, fourth) = (&others[0], &others[1], &others[2]);
            quote!(#receiver.zip_map(#second, |#a, #b| (#a, #b)).zip_zip_map(#third, #fourth, |(#a, #b), #x, #y| #body))
        }
    })
}
