//! Gradients as they are computed: the same formulas, arranged so that nothing infinite meets a zero, and no power of a norm overflows where the
//! vector over its norm does not.

use std::collections::{HashMap, HashSet};

use crate::ir::{Attr, Cmp, Graph, Kind, NodeId, Op, Real, Region, Shape};

/// The gradients, for the program; `value`: what the function itself computes, which stays as it is.
pub fn arranged(g: &mut Graph, value: &[NodeId], gradients: &[NodeId]) -> Vec<NodeId> {
    let kept = g.reachable(value);
    let mut ends = Ends::of(g, &kept);
    let kept: HashSet<NodeId> = kept.into_iter().collect();
    ends.steep = g.reachable(gradients).into_iter().filter(|id| !kept.contains(id) && is_steep_output(g, *id)).collect();
    // what is arranged stays so
    let rewriter = g.rewriter.take();
    let mut place: HashMap<NodeId, NodeId> = HashMap::new();
    // whether a root is at fault
    let mut infinite: HashMap<NodeId, bool> = HashMap::new();
    for id in g.reachable(gradients) {
        if kept.contains(&id) {
            place.insert(id, id);
            continue;
        }
        let args: Vec<NodeId> = g.args(id).iter().map(|a| place[a]).collect();
        let (op, shape) = (g.node(id).op.clone(), g.shape(id));
        let made = g.intern(op, &args, shape);
        let passes_on =
            matches!(g.kind(made), Kind::Hadamard | Kind::Scale | Kind::Lin | Kind::Select | Kind::Transpose | Kind::Fill);
        let by_root = |a: &NodeId| infinite.get(a).copied().or_else(|| ends.infinite(g, *a));
        let by_root = if passes_on { args.iter().filter_map(by_root).reduce(|a, b| a || b) } else { None };
        let new =
            guarded(g, &ends, &infinite, made).or_else(|| paired(g, made)).or_else(|| divided_in_turn(g, made)).unwrap_or(made);
        if let Some(by_root) = by_root {
            infinite.extend([(made, by_root), (new, by_root)]);
        }
        place.insert(id, new);
    }
    g.rewriter = rewriter;
    gradients.iter().map(|id| place[id]).collect()
}

/// Whether the slope of a function among these nodes is infinite somewhere: there, a factor of zero has to stand beside it.
pub(super) fn may_be_steep(g: &Graph, nodes: &[NodeId]) -> bool {
    let nodes = g.reachable(nodes);
    let ends = Ends::of(&mut g.clone(), &nodes);
    let inside = |region: &Region| may_be_steep(&region.graph, &region.results);
    let regions = |id: &NodeId| match &g.node(*id).op.attr {
        Attr::Loop(l) => inside(&l.body),
        Attr::Branch(b) => inside(&b.then) || inside(&b.otherwise),
        _ => false,
    };
    !(ends.roots.is_empty() && ends.logarithms.is_empty() && ends.powers.is_empty()) || nodes.iter().any(regions)
}

/// Where the slopes of functions are infinite: at the zeros of these.
struct Ends {
    /// Functions that are finite there: roots, `asin`, `acos`, `acosh`.
    roots: HashSet<NodeId>,
    /// Logarithms.
    logarithms: HashSet<NodeId>,
    /// The bases of powers with exponents that are not constants, `exp(y ln x)` among them.
    powers: HashSet<NodeId>,
    /// Tangents of loops and branches in which a slope may be infinite.
    steep: HashSet<NodeId>,
}

/// Whether a node is a value of a loop or a branch in which something is divided by what may be 0.
fn is_steep_output(g: &Graph, id: NodeId) -> bool {
    fn divides(region: &Region) -> bool {
        let g = &region.graph;
        g.reachable(&region.results).into_iter().any(|n| match &g.node(n).op.attr {
            Attr::Real(k) => g.kind(n) == Kind::Pow && k.0 < 0.0 && !is_positive(g, g.args(n)[0]),
            Attr::Loop(l) => divides(&l.body),
            Attr::Branch(b) => divides(&b.then) || divides(&b.otherwise),
            _ => false,
        })
    }
    g.kind(id) == Kind::Output
        && match &g.node(g.args(id)[0]).op.attr {
            Attr::Loop(l) => divides(&l.body),
            Attr::Branch(b) => divides(&b.then) || divides(&b.otherwise),
            _ => false,
        }
}

impl Ends {
    fn of(g: &mut Graph, nodes: &[NodeId]) -> Self {
        let mut ends = Self { roots: HashSet::new(), logarithms: HashSet::new(), powers: HashSet::new(), steep: HashSet::new() };
        for id in nodes {
            let Some(x) = g.args(*id).first().copied() else { continue };
            match (g.kind(*id), &g.node(*id).op.attr) {
                (Kind::Pow, Attr::Real(k)) if k.0 > 0.0 && k.0 < 1.0 => drop(ends.roots.insert(x)),
                (Kind::Cbrt, _) => drop(ends.roots.insert(*id)),
                (Kind::Asin | Kind::Acos, _) => {
                    let (square, one) = (g.pow(x, 2.0), g.filled(1.0, g.shape(x)));
                    ends.roots.insert(g.sub(one, square));
                }
                (Kind::Acosh, _) => {
                    let one = g.filled(1.0, g.shape(x));
                    ends.roots.insert(g.sub(x, one));
                }
                (Kind::Ln | Kind::Log2 | Kind::Log10, _) => drop(ends.logarithms.insert(x)),
                (Kind::Ln1p, _) => {
                    let one = g.filled(1.0, g.shape(x));
                    ends.logarithms.insert(g.add(one, x));
                }
                (Kind::PowF, _) => drop(ends.powers.insert(x)),
                (Kind::Exp, _) => ends.powers.extend(logarithm_in(g, x)),
                _ => {}
            }
        }
        for zeros in [&mut ends.roots, &mut ends.logarithms, &mut ends.powers] {
            with_factors(g, zeros);
        }
        ends
    }

    /// Whether a factor is infinite where a function has its end; and if so, whether that is a root.
    fn infinite(&self, g: &Graph, id: NodeId) -> Option<bool> {
        if self.steep.contains(&id) {
            return Some(true);
        }
        let x = g.args(id).first().filter(|x| !is_positive(g, **x))?;
        match (g.kind(id), &g.node(id).op.attr) {
            (Kind::Pow, Attr::Real(k)) if k.0 < 0.0 => {
                let of_root = self.roots.contains(x);
                (of_root || self.logarithms.contains(x) || self.powers.contains(x)).then_some(of_root)
            }
            (Kind::PowF | Kind::Ln, _) => self.powers.contains(x).then_some(false),
            _ => None,
        }
    }
}

/// `x` of `y ln x`, or of a sum of such.
fn logarithm_in(g: &Graph, id: NodeId) -> Option<NodeId> {
    let args = g.args(id);
    match g.kind(id) {
        Kind::Ln => args.first().copied(),
        Kind::Lin => args.iter().find_map(|a| if g.kind(*a) == Kind::Lin { None } else { logarithm_in(g, *a) }),
        Kind::Hadamard | Kind::Scale => args.iter().find(|a| g.kind(**a) == Kind::Ln).map(|ln| g.args(*ln)[0]),
        _ => None,
    }
}

/// A product is zero where a factor is: `1 / (s x)` may be written `(1 / s) (1 / x)`.
fn with_factors(g: &Graph, zeros: &mut HashSet<NodeId>) {
    let mut open: Vec<NodeId> = zeros.iter().copied().collect();
    while let Some(id) = open.pop() {
        let factors = match (g.kind(id), &g.node(id).op.attr) {
            (Kind::Hadamard | Kind::Scale | Kind::Fill, _) => g.args(id),
            (Kind::Pow, Attr::Real(k)) if k.0 > 0.0 => g.args(id),
            _ => continue,
        };
        open.extend(factors.iter().filter(|a| !is_positive(g, **a) && zeros.insert(**a)));
    }
}

/// Whether a number is never zero, by its form.
fn is_positive(g: &Graph, id: NodeId) -> bool {
    match g.kind(id) {
        Kind::Const | Kind::Fill => g.constant_value(id).is_some_and(|v| v > 0.0),
        Kind::Dim => true,
        _ => false,
    }
}

/// `0 · ∞ = 0`: a factor of zero is what reaches a function that is not chosen, or has no weight; there the function does not count.
fn guarded(g: &mut Graph, ends: &Ends, infinite: &HashMap<NodeId, bool>, id: NodeId) -> Option<NodeId> {
    let args = g.args(id).to_vec();
    let end = |g: &Graph, a: NodeId| infinite.get(&a).copied().or_else(|| ends.infinite(g, a));
    let size = match g.kind(id) {
        Kind::Hadamard => {
            if let Some(ln) = args.iter().find(|a| g.kind(**a) == Kind::Ln && end(g, **a).is_some()) {
                // xʸ ln x is 0 where x is, were it 0⁰
                g.args(*ln)[0]
            } else {
                let (finite, rest): (Vec<NodeId>, Vec<NodeId>) = args.iter().partition(|a| end(g, **a).is_none());
                if rest.is_empty() || finite.iter().all(|a| is_positive(g, *a)) {
                    return None;
                }
                product(g, &finite, g.shape(id))
            }
        }
        // of a vector, each entry
        Kind::MatMul => return guarded_inner(g, ends, infinite, id),
        Kind::Scale if end(g, args[0]) == Some(true) || (end(g, args[0]).is_some() && is_chosen(g, args[1])) => args[1],
        Kind::Scale if end(g, args[1]).is_some() && !is_still_size(g, args[0]) => {
            let shape = g.shape(id);
            g.fill(args[0], shape)
        }
        _ => return None,
    };
    let shape = g.shape(id);
    let zero = g.filled(0.0, shape);
    Some(g.intern(Op { kind: Kind::Select, attr: Attr::Cmp(Cmp::Eq) }, &[size, zero, zero, id], shape))
}

/// `xᵀ y` by its terms, of which those with a factor of zero are zero.
fn guarded_inner(g: &mut Graph, ends: &Ends, infinite: &HashMap<NodeId, bool>, id: NodeId) -> Option<NodeId> {
    let [row, column] = g.args(id)[..] else { return None };
    if !g.is_scalar(id) {
        return None;
    }
    let (shape, transpose) = (g.shape(column), Op { kind: Kind::Transpose, attr: Attr::None });
    let upright = if g.kind(row) == Kind::Transpose { g.args(row)[0] } else { g.intern(transpose, &[row], shape) };
    let each = product(g, &[upright, column], shape);
    let each = guarded(g, ends, infinite, each)?;
    Some(g.intern(Op { kind: Kind::Sum, attr: Attr::None }, &[each], Shape::SCALAR))
}

/// Whether entries of a matrix may be zero because something else was chosen there.
fn is_chosen(g: &Graph, id: NodeId) -> bool {
    match g.kind(id) {
        Kind::Select => true,
        Kind::Hadamard | Kind::Scale => g.args(id).iter().any(|a| g.kind(*a) == Kind::Select),
        _ => false,
    }
}

/// A number made of sizes, which is not zero.
fn is_still_size(g: &Graph, id: NodeId) -> bool {
    g.reachable(&[id]).into_iter().all(|n| matches!(g.kind(n), Kind::Dim | Kind::Const | Kind::Pow | Kind::Hadamard))
}

fn product(g: &mut Graph, factors: &[NodeId], shape: Shape) -> NodeId {
    match factors {
        [] => g.filled(1.0, shape),
        [one] => *one,
        _ => g.intern(Op { kind: Kind::Hadamard, attr: Attr::None }, factors, shape),
    }
}

/// `(s / ‖x‖²) x = (s / ‖x‖) (x / ‖x‖)`, if a product has two divisors, one of which is the norm of its vector.
fn paired(g: &mut Graph, id: NodeId) -> Option<NodeId> {
    let [s, x] = g.args(id)[..] else { return None };
    if g.kind(id) != Kind::Scale || divisors(g, s, 4) < 2 {
        return None;
    }
    let shape = g.shape(id);
    let (rest, share) = without_norm(g, s, x)?;
    let unit = g.intern(Op { kind: Kind::Scale, attr: Attr::None }, &[share, x], shape);
    Some(g.intern(Op { kind: Kind::Scale, attr: Attr::None }, &[rest, unit], shape))
}

/// How many numbers a scalar is divided by, at most.
fn divisors(g: &Graph, s: NodeId, depth: usize) -> usize {
    let args = g.args(s);
    match (g.kind(s), &g.node(s).op.attr) {
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // a small number
        (Kind::Pow, Attr::Real(k)) if k.0 < 0.0 => (-k.0).ceil() as usize,
        (Kind::SafeRecip, _) => 1,
        _ if depth == 0 => 0,
        (Kind::Hadamard, _) => args.iter().map(|a| divisors(g, *a, depth - 1)).sum(),
        (Kind::Lin | Kind::Select, _) => args.iter().map(|a| divisors(g, *a, depth - 1)).max().unwrap_or(0),
        _ => 0,
    }
}

/// `s ‖x‖` and `1 / ‖x‖`, for an `s` that is divided by the norm.
fn without_norm(g: &mut Graph, s: NodeId, x: NodeId) -> Option<(NodeId, NodeId)> {
    // sums of sums stay as they are
    if g.kind(s) == Kind::Lin && g.args(s).iter().all(|t| g.kind(*t) != Kind::Lin) {
        let (attr, terms) = (g.node(s).op.attr.clone(), g.args(s).to_vec());
        let parts: Vec<(NodeId, NodeId)> = terms.into_iter().map(|t| without_norm(g, t, x)).collect::<Option<_>>()?;
        let rests: Vec<NodeId> = parts.iter().map(|p| p.0).collect();
        // the one that is 0 at 0
        let share = parts.iter().map(|p| p.1).find(|share| g.kind(*share) == Kind::SafeRecip).unwrap_or(parts[0].1);
        return Some((g.intern(Op { kind: Kind::Lin, attr }, &rests, Shape::SCALAR), share));
    }
    if let [a, b, x_branch, y_branch] = g.args(s)[..]
        && g.kind(s) == Kind::Select
    {
        let (kept, zero) = if g.constant_value(x_branch) == Some(0.0) { (3, x_branch) } else { (2, y_branch) };
        let branch = g.args(s)[kept];
        if g.constant_value(zero) != Some(0.0) || g.kind(branch) == Kind::Select {
            return None;
        }
        let (rest, share) = without_norm(g, branch, x)?;
        let (attr, mut args) = (g.node(s).op.attr.clone(), vec![a, b, zero, zero]);
        args[kept] = rest;
        return Some((g.intern(Op { kind: Kind::Select, attr }, &args, Shape::SCALAR), share));
    }
    let (above, mut below) = quotient(g, s);
    let of_x = |f: &NodeId| {
        let base = g.args(*f)[0];
        let inverse = g.kind(*f) == Kind::SafeRecip || g.node(*f).op.attr == Attr::Real(Real(-1.0));
        inverse && g.kind(base) == Kind::Norm && g.args(base)[0] == x
    };
    let at = below.iter().position(of_x)?;
    let share = below.remove(at);
    Some((in_turn(g, above, below, Shape::SCALAR), share))
}

/// The factors of a product: those it is multiplied by, and the reciprocals of those it is divided by, one by one: a power of a norm overflows, or of what is
/// about as large, and one of a sum of squares.
fn quotient(g: &mut Graph, s: NodeId) -> (Vec<NodeId>, Vec<NodeId>) {
    let shape = g.shape(s);
    let (mut above, mut below) = (Vec::new(), Vec::new());
    let factors = if g.kind(s) == Kind::Hadamard { g.args(s).to_vec() } else { vec![s] };
    for f in factors {
        match (g.kind(f), g.node(f).op.attr.clone()) {
            (Kind::Pow, Attr::Real(k)) if (-8.0..-1.0).contains(&k.0) && (2.0 * k.0).fract() == 0.0 => {
                let base = g.args(f)[0];
                let mut power = |k: f64| g.intern(Op { kind: Kind::Pow, attr: Attr::Real(Real(k)) }, &[base], shape);
                if k.0.fract() != 0.0 {
                    below.push(power(-0.5));
                }
                let share = power(-1.0);
                #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // a small number
                below.extend(std::iter::repeat_n(share, -k.0 as usize));
            }
            (Kind::Pow, Attr::Real(k)) if k.0 < 0.0 => below.push(f),
            (Kind::SafeRecip, _) => below.push(f),
            _ => above.push(f),
        }
    }
    (above, below)
}

/// `x₁ (xᵀ dx) / ‖x‖³ = x₁ / ‖x‖ · xᵀ dx / ‖x‖ / ‖x‖`, `x y / r^1.5 = x / √r · y / r`.
fn divided_in_turn(g: &mut Graph, s: NodeId) -> Option<NodeId> {
    if g.kind(s) != Kind::Hadamard {
        return None;
    }
    let of_root = |f: &NodeId| matches!(g.node(*f).op.attr, Attr::Real(k) if g.kind(*f) == Kind::Pow && k.0 < -1.0 && k.0.fract().abs() == 0.5);
    let of_norm = |f: &NodeId| g.args(*f).first().is_some_and(|x| g.kind(*x) == Kind::Norm);
    let norms = g.is_scalar(s) && divisors(g, s, 1) > 1 && g.args(s).iter().any(of_norm);
    if !norms && !g.args(s).iter().any(of_root) {
        return None;
    }
    let roots = g.args(s).iter().any(of_root);
    let (above, below) = quotient(g, s);
    (roots || above.len() > 1).then(|| in_turn(g, above, below, g.shape(s)))
}

/// `a / p · b / q ⋯`: where there are several factors, each is divided before the next comes, as their product may overflow.
fn in_turn(g: &mut Graph, mut above: Vec<NodeId>, below: Vec<NodeId>, shape: Shape) -> NodeId {
    if above.len() < 2 {
        above.extend(below);
        return product(g, &above, shape);
    }
    let (mut above, mut below) = (above.into_iter(), below.into_iter());
    let mut total = above.next();
    while let Some(factor) = below.next().or_else(|| above.next()) {
        let next = above.next();
        let factors: Vec<NodeId> = total.into_iter().chain([factor]).collect();
        let quotient = product(g, &factors, shape);
        total = Some(next.map_or(quotient, |next| product(g, &[quotient, next], shape)));
    }
    total.unwrap_or_else(|| g.filled(1.0, shape))
}
