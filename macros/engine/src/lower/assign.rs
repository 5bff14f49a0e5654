//! Assignments to what depends on a differentiated parameter: a variable is what it was last made.

use proc_macro2::Span;
use syn::spanned::Spanned;

use super::changed::{APPLIES, MUTATORS, assigns, root};
use super::lanes::Effect;
use super::operators::bare;
use super::places::on_place;
use super::value::{Binding, Lasts};
use super::{Lowerer, Refusal, Value};
use crate::ir::{Attr, Block, Dim, Kind, NodeId, Shape};

impl Lowerer<'_> {
    /// An assignment, if it is one to an active variable.
    pub(super) fn assignment(&mut self, e: &syn::Expr) -> Option<Result<(), Refusal>> {
        if let Some(done) = self.assigned_together(e) {
            return Some(done);
        }
        let place = match bare(e) {
            syn::Expr::Assign(e) => &e.left,
            syn::Expr::Binary(e) if assigns(e.op) => &e.left,
            syn::Expr::MethodCall(e) if MUTATORS.iter().chain(APPLIES).any(|m| e.method == m) => &e.receiver,
            _ => return None,
        };
        let name = root(place)?.to_string();
        let binding = self.lookup(&name)?;
        if let Value::Place(of) = &binding.value {
            if let Err(refusal) = self.refuse_hidden(of, place.span()) {
                return Some(Err(refusal));
            }
            return self.assignment(&on_place(e, &of.clone()));
        }
        if !binding.active || binding.lasts != Lasts::Assigned || (self.hidden > 0 && self.scope_of(&name) == 0) {
            return None;
        }
        match self.said_twice(e) {
            Ok(Some(settled)) => self.assignment(&settled),
            Ok(None) => Some(self.assign(e, place, &name)),
            Err(refusal) => Some(Err(refusal)),
        }
    }

    fn assign(&mut self, e: &syn::Expr, place: &syn::Expr, name: &str) -> Result<(), Refusal> {
        if let Some(whole) = self.lookup(name).map(|b| &b.value).filter(|value| value.members().is_some())
            && let Some((steps, part)) = innermost(place, whole).filter(|(steps, _)| !steps.is_empty())
        {
            return self.assign_part(e, name, &steps, &part, place.span());
        }
        match bare(e) {
            syn::Expr::Assign(assign) if is_whole(place) => {
                self.refuse_carried(name, place.span())?;
                let value = self.expression(&assign.right)?;
                self.replace(name, value, assign)
            }
            syn::Expr::Assign(assign) => {
                let at = self.place(place, name)?;
                let value = self.piece(&assign.right, at.1)?;
                self.effect_on(Effect { name: name.to_owned(), at: Some(at), adds: false, value, span: place.span() })
            }
            syn::Expr::Binary(binary) => self.operate(binary, place, name),
            syn::Expr::MethodCall(call) if APPLIES.iter().any(|m| call.method == m) => self.applied(call, place),
            syn::Expr::MethodCall(call) if call.method == "push" => self.push(call, name),
            syn::Expr::MethodCall(call) => self.mutate(call, place, name),
            other => Err(self.fence().syntax(other)),
        }
    }

    /// `x.0 = …`, `x[1] += …`, `s.v.x = …` of a tuple, an array or a struct: the same of a variable that is this part, which is then put back.
    fn assign_part(&mut self, e: &syn::Expr, name: &str, steps: &[usize], part: &syn::Expr, span: Span) -> Result<(), Refusal> {
        self.refuse_carried(name, span)?;
        let scope = self.scope_of(name);
        if self.lanes.last().is_some_and(|lane| scope < lane.scope && !lane.stays) {
            return Err(self.fence().loop_form(span, "an assignment to a part of a tuple or a struct"));
        }
        let mut whole = self.lookup(name).map_or(Value::Unit, |b| b.value.clone());
        let Some(before) = reached(&mut whole, steps).map(|v| v.clone()) else { return Err(self.fence().assigned(span, name)) };
        let before = self.number(before)?;
        let own = self.prologue.fresh("part");
        let binding = Binding { lasts: Lasts::Assigned, ..Binding::derived(before, true) };
        self.bind(&own.to_string(), binding);
        let done = self.assignment(&with_prefix(e, part, &own)).unwrap_or_else(|| Err(self.fence().assigned(span, name)));
        let after = self.scopes.last_mut().and_then(|scope| scope.remove(&own.to_string()));
        done?;
        match (reached(&mut whole, steps), after) {
            (Some(place), Some(binding)) => *place = binding.value,
            _ => return Err(self.fence().assigned(span, name)),
        }
        self.set(name, whole);
        Ok(())
    }

    /// What an entry, a column or a row is replaced with.
    fn piece(&mut self, e: &syn::Expr, shape: Shape) -> Result<NodeId, Refusal> {
        if shape.is_scalar() {
            return self.scalar_expression(e);
        }
        match self.expression(e)? {
            Value::List(a, crate::parse::Element::Number) => Ok(self.column_of(a)),
            value @ Value::Tuple(_) => match self.as_list(&value) {
                Some((a, crate::parse::Element::Number)) => Ok(a),
                _ => Err(self.fence().expected("a vector", e, &value)),
            },
            Value::Matrix(a) => {
                let own = self.shape(a);
                self.unify_at(e.span(), own.rows, shape.rows, "an item is replaced with one of its shape")?;
                self.unify_at(e.span(), own.cols, shape.cols, "an item is replaced with one of its shape")?;
                Ok(a)
            }
            other => Err(self.fence().expected("a vector", e, &other)),
        }
    }

    /// `x = …`
    fn replace(&mut self, name: &str, value: Value, e: &syn::ExprAssign) -> Result<(), Refusal> {
        let fits = match (self.lookup(name).map(|b| &b.value), &value) {
            (Some(Value::Matrix(a)), Value::Matrix(b)) => {
                let (a, b) = (self.shape(*a), self.shape(*b));
                // a variable of run-time size may get another one
                let agree = |a: Dim, b: Dim| !self.graph.dims.is_static(a) || !self.graph.dims.is_static(b) || a == b;
                agree(a.rows, b.rows) && agree(a.cols, b.cols)
            }
            (Some(Value::Scalar(_)), Value::Scalar(_)) => true,
            (Some(Value::Tuple(_)), Value::Tuple(_)) => true,
            (Some(Value::Struct(a, _)), Value::Struct(b, _)) => a.key == b.key,
            (Some(Value::List(_, a)), Value::List(_, b)) => a == b,
            (Some(Value::List(_, element)), Value::Tuple(_)) => {
                let element = *element;
                return match self.as_list(&value).filter(|list| list.1 == element) {
                    Some((a, element)) => {
                        self.set(name, Value::List(a, element));
                        Ok(())
                    }
                    None => Err(self.fence().assigned(e.right.span(), name)),
                };
            }
            _ => false,
        };
        if !fits {
            return Err(self.fence().assigned(e.right.span(), name));
        }
        self.set(name, value);
        Ok(())
    }

    pub(super) fn set(&mut self, name: &str, value: Value) {
        if let Some(binding) = self.scopes.iter_mut().rev().find_map(|scope| scope.get_mut(name)) {
            binding.value = value;
            // the companions' variable, if there is one, is what it was
            binding.variable = None;
        }
    }

    /// `x += …`, `v[i] -= …`, and so on.
    fn operate(&mut self, e: &syn::ExprBinary, place: &syn::Expr, name: &str) -> Result<(), Refusal> {
        use syn::BinOp::{AddAssign, DivAssign, SubAssign};
        match e.op {
            AddAssign(_) => self.add(e, place, name, 1.0),
            SubAssign(_) => self.add(e, place, name, -1.0),
            _ => {
                let factor = self.scalar_expression(&e.right)?;
                let factor = if matches!(e.op, DivAssign(_)) { self.graph.pow(factor, -1.0) } else { factor };
                self.multiply(e, place, name, factor)
            }
        }
    }

    /// `x += c b`
    fn add(&mut self, e: &syn::ExprBinary, place: &syn::Expr, name: &str, c: f64) -> Result<(), Refusal> {
        let at = if is_whole(place) { None } else { Some(self.place(place, name)?) };
        let value = self.expression(&e.right)?;
        let node = match (self.lookup(name).map(|b| b.value.clone()), &at, &value) {
            (Some(Value::Scalar(_)), None, Value::Scalar(id))
            | (Some(Value::Matrix(_) | Value::List(..)), Some(_), Value::Scalar(id)) => *id,
            (Some(Value::List(..) | Value::Matrix(_)), Some((_, shape)), Value::Matrix(_)) if !shape.is_scalar() => {
                let shape = *shape;
                self.piece(&e.right, shape)?
            }
            (Some(Value::Matrix(whole)), None, Value::Matrix(id)) => {
                let (whole, own) = (self.shape(whole), self.shape(*id));
                self.unify_at(e.op.span(), own.rows, whole.rows, "`+=` and `-=` need matrices of one shape")?;
                self.unify_at(e.op.span(), own.cols, whole.cols, "`+=` and `-=` need matrices of one shape")?;
                *id
            }
            (Some(Value::Matrix(_)), None, _) => return Err(self.fence().expected("a matrix or vector", &e.right, &value)),
            (Some(Value::Scalar(_) | Value::Matrix(_)), ..) => return Err(self.fence().expected("a scalar", &e.right, &value)),
            _ => return Err(self.fence().assigned(place.span(), name)),
        };
        let value = self.graph.times(c, node);
        self.effect_on(Effect { name: name.to_owned(), at, adds: true, value, span: e.op.span() })
    }

    /// `x *= s`
    fn multiply(&mut self, e: &syn::ExprBinary, place: &syn::Expr, name: &str, factor: NodeId) -> Result<(), Refusal> {
        if !is_whole(place) {
            let before = self.expression(place)?;
            let at = self.place(place, name)?;
            let value = match before {
                Value::Scalar(before) => self.graph.hadamard(&[before, factor]),
                Value::Matrix(before) => self.graph.scale(factor, before),
                _ => return Err(self.fence().assigned(place.span(), name)),
            };
            return self.effect_on(Effect { name: name.to_owned(), at: Some(at), adds: false, value, span: e.op.span() });
        }
        self.refuse_carried(name, place.span())?;
        let value = match self.lookup(name).map(|b| b.value.clone()) {
            Some(Value::Scalar(a)) => {
                let both = self.spread(vec![a, factor]);
                Value::Scalar(self.graph.hadamard(&both))
            }
            Some(Value::Matrix(a)) => Value::Matrix(self.graph.scale(factor, a)),
            _ => return Err(self.fence().assigned(place.span(), name)),
        };
        self.set(name, value);
        Ok(())
    }

    /// Whether a variable is one that a loop around carries from one iteration to the next.
    pub(super) fn carries(&self, name: &str) -> bool {
        self.lanes.last().is_some_and(|lane| !lane.stays && self.scope_of(name) < lane.scope)
    }
    /// Whether a variable is changed by a loop around what is read, which began after it was bound.
    pub(super) fn is_carried(&self, name: &str) -> bool {
        let scope = self.scope_of(name);
        self.lanes.iter().any(|lane| !lane.stays && scope < lane.scope && lane.changed.contains(name))
    }
    /// Whether it is one that a loop around the innermost one changes, which is read for all of its iterations at once.
    pub(super) fn is_carried_outside(&self, name: &str) -> bool {
        let scope = self.scope_of(name);
        self.lanes.iter().any(|lane| !lane.stays && scope < lane.scope)
    }
    /// In which scope a name is bound; what a closure captured may come from anywhere.
    pub(super) fn scope_of(&self, name: &str) -> usize {
        match self.scopes.iter().rposition(|s| s.contains_key(name)) {
            Some(0) | None => 0,
            Some(i) => self.hidden + i,
        }
    }

    /// An entry of a variable that the loop changes: only if it is the one that the same iteration is about to assign to.
    pub(super) fn read_before_change(&mut self, name: &str, value: &Value, e: &syn::ExprIndex) -> Result<(), Refusal> {
        let block = value.node().and_then(|id| match &self.graph.node(id).op.attr {
            Attr::Block(block) => Some(block.clone()),
            _ => None,
        });
        match (block, self.lanes.last_mut()) {
            (Some(block), Some(lane)) if lane.effects.iter().all(|effect| effect.name != name) => {
                lane.reads.push((name.to_owned(), block));
                Ok(())
            }
            _ => Err(self.fence().carried(name, e.expr.span())),
        }
    }

    /// A change: made here and now, or once for every `k` of the innermost loop that is inside the variable's scope.
    pub(super) fn effect_on(&mut self, effect: Effect) -> Result<(), Refusal> {
        let scope = self.scope_of(&effect.name);
        match self.lanes.last_mut() {
            Some(lane) if scope < lane.scope && !lane.stays => {
                lane.effects.push(effect);
                Ok(())
            }
            _ => self.apply(&effect),
        }
    }

    fn apply(&mut self, effect: &Effect) -> Result<(), Refusal> {
        let Some(before) = self.lookup(&effect.name).map(|b| b.value.clone()) else { return Ok(()) };
        let Some(node) = before.whole() else {
            return Err(self.fence().assigned(effect.span, &effect.name));
        };
        let after = match (&effect.at, effect.adds) {
            (None, true) => {
                let both = self.spread(vec![node, effect.value]);
                self.graph.add(both[0], both[1])
            }
            (None, false) => effect.value,
            (Some((block, shape)), adds) => self.updated(node, block.clone(), *shape, effect.value, adds),
        };
        let value = match before {
            Value::Scalar(_) => Value::Scalar(after),
            Value::List(_, element) => Value::List(after, element),
            _ => Value::Matrix(after),
        };
        self.set(&effect.name, value);
        Ok(())
    }

    /// A matrix with another block, or with something added to a block.
    fn updated(&mut self, whole: NodeId, block: Block, shape: Shape, value: NodeId, adds: bool) -> NodeId {
        let g = &mut self.graph;
        let of = g.shape(whole);
        let covers = block.row.is_zero()
            && block.col.is_zero()
            && g.dims.resolve(of.rows) == g.dims.resolve(shape.rows)
            && g.dims.resolve(of.cols) == g.dims.resolve(shape.cols);
        match (covers, adds) {
            (true, false) => value,
            (true, true) => g.add(whole, value),
            (false, true) => {
                let placed = g.make_shaped(Kind::Place, Attr::Block(block), &[value], of);
                g.add(whole, placed)
            }
            (false, false) if g.constant_value(whole) == Some(0.0) => {
                g.make_shaped(Kind::Place, Attr::Block(block), &[value], of)
            }
            (false, false) => g.make_shaped(Kind::Update, Attr::Block(block), &[whole, value], of),
        }
    }

    pub(super) fn refuse_carried(&self, name: &str, span: Span) -> Result<(), Refusal> {
        if self.carries(name) { Err(self.fence().carried(name, span)) } else { Ok(()) }
    }

    /// A matrix of this shape.
    pub(super) fn fitting(&mut self, e: &syn::Expr, shape: Shape) -> Result<NodeId, Refusal> {
        let value = self.expression(e)?;
        let Value::Matrix(id) = value else {
            return Err(self.fence().expected("a matrix or vector", e, &value));
        };
        let own = self.shape(id);
        self.unify_at(e.span(), own.rows, shape.rows, "the place that is assigned to has another shape")?;
        self.unify_at(e.span(), own.cols, shape.cols, "the place that is assigned to has another shape")?;
        Ok(id)
    }
}

/// The numbers of the members on the way to a place, as far as tuples, arrays and structs go, and the place that is reached by them.
fn innermost(place: &syn::Expr, whole: &Value) -> Option<(Vec<usize>, syn::Expr)> {
    let (base, way) = match bare(place) {
        syn::Expr::Path(_) => return Some((Vec::new(), place.clone())),
        syn::Expr::Index(e) => (&e.expr, None),
        syn::Expr::Field(e) => (&e.base, Some(&e.member)),
        syn::Expr::MethodCall(e) => (&e.receiver, None),
        syn::Expr::Unary(e) if matches!(e.op, syn::UnOp::Deref(_)) => (&e.expr, None),
        _ => return None,
    };
    let (mut steps, reached_by) = innermost(base, whole)?;
    // the base is no member itself: what is behind it is none either
    let is_member = bare(base) == bare(&reached_by);
    let mut value = whole;
    for step in &steps {
        value = value.members()?.get(*step)?;
    }
    let step = match (bare(place), way, value) {
        (_, Some(syn::Member::Unnamed(i)), Value::Tuple(_)) => Some(i.index as usize),
        (_, Some(member), Value::Struct(of, _)) => of.fields.iter().position(|(name, _)| name == member),
        (syn::Expr::Index(e), None, Value::Tuple(_)) => match bare(&e.index) {
            syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Int(n), .. }) => n.base10_parse().ok(),
            _ => None,
        },
        _ => None,
    };
    match step.filter(|_| is_member) {
        Some(step) => {
            steps.push(step);
            Some((steps, place.clone()))
        }
        None => Some((steps, reached_by)),
    }
}
/// The member that is reached by these steps.
fn reached<'v>(whole: &'v mut Value, steps: &[usize]) -> Option<&'v mut Value> {
    steps.iter().try_fold(whole, |value, step| match value {
        Value::Tuple(parts) | Value::Struct(_, parts) => parts.get_mut(*step),
        _ => None,
    })
}
/// An assignment with a variable in place of the beginning of what is assigned to; what is read stays.
fn with_prefix(e: &syn::Expr, prefix: &syn::Expr, name: &proc_macro2::Ident) -> syn::Expr {
    fn place(of: &syn::Expr, prefix: &syn::Expr, name: &proc_macro2::Ident) -> syn::Expr {
        if bare(of) == bare(prefix) {
            return syn::parse_quote!(#name);
        }
        match bare(of) {
            syn::Expr::Index(e) => syn::Expr::Index(syn::ExprIndex { expr: Box::new(place(&e.expr, prefix, name)), ..e.clone() }),
            syn::Expr::Field(e) => syn::Expr::Field(syn::ExprField { base: Box::new(place(&e.base, prefix, name)), ..e.clone() }),
            syn::Expr::MethodCall(e) => {
                syn::Expr::MethodCall(syn::ExprMethodCall { receiver: Box::new(place(&e.receiver, prefix, name)), ..e.clone() })
            }
            syn::Expr::Unary(e) => syn::Expr::Unary(syn::ExprUnary { expr: Box::new(place(&e.expr, prefix, name)), ..e.clone() }),
            other => other.clone(),
        }
    }
    match bare(e) {
        syn::Expr::Assign(e) => syn::Expr::Assign(syn::ExprAssign { left: Box::new(place(&e.left, prefix, name)), ..e.clone() }),
        syn::Expr::Binary(e) => syn::Expr::Binary(syn::ExprBinary { left: Box::new(place(&e.left, prefix, name)), ..e.clone() }),
        other => place(other, prefix, name),
    }
}
/// Whether a place is a variable itself.
fn is_whole(place: &syn::Expr) -> bool {
    match bare(place) {
        syn::Expr::Path(_) => true,
        syn::Expr::Unary(e) if matches!(e.op, syn::UnOp::Deref(_)) => is_whole(&e.expr),
        _ => false,
    }
}
