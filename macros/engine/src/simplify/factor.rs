//! Common factors of the terms of a sum.

use std::collections::HashMap;

use crate::ir::{Dim, Graph, Kind, NodeId};

/// `coef · scalar · chain[0] chain[1] ⋯`
struct Term {
    coef: f64,
    scalar: Option<NodeId>,
    chain: Vec<NodeId>,
}

fn taken_apart(g: &Graph, terms: &[(f64, NodeId)]) -> Vec<Term> {
    terms
        .iter()
        .map(|(coef, a)| match g.kind(*a) {
            Kind::Scale => Term { coef: *coef, scalar: Some(g.args(*a)[0]), chain: g.factors(g.args(*a)[1]) },
            _ => Term { coef: *coef, scalar: None, chain: g.factors(*a) },
        })
        .collect()
}

/// The number of common factors at the beginning and at the end, at least one factor being left of each.
fn common(a: &[NodeId], b: &[NodeId]) -> (usize, usize) {
    let room = a.len().min(b.len()) - 1;
    let first = a.iter().zip(b).take(room).take_while(|(x, y)| x == y).count();
    let last = a.iter().rev().zip(b.iter().rev()).take(room - first).take_while(|(x, y)| x == y).count();
    (first, last)
}

/// What two or more terms share: the first and last factors of the chain of `lead`; its scalar too, or each keeps its own.
struct Shared {
    lead: usize,
    first: usize,
    last: usize,
    scalar: bool,
}

/// The pair of terms with most in common.
fn most_in_common(g: &Graph, parts: &[Term]) -> Option<Shared> {
    // only terms that begin or end like another
    let mut ends: HashMap<(bool, NodeId), usize> = HashMap::new();
    let of = |part: &Term| [(false, part.chain[0]), (true, part.chain[part.chain.len() - 1])];
    for end in parts.iter().filter(|p| p.chain.len() > 1).flat_map(of) {
        *ends.entry(end).or_default() += 1;
    }
    let is_like_another = |part: &Term| part.chain.len() > 1 && of(part).iter().any(|end| ends[end] > 1);
    let candidates: Vec<usize> = (0..parts.len()).filter(|i| is_like_another(&parts[*i])).collect();
    let mut best: Option<Shared> = None;
    for (n, i) in candidates.iter().enumerate() {
        for j in &candidates[n + 1..] {
            let (a, b) = (&parts[*i], &parts[*j]);
            let (first, last) = common(&a.chain, &b.chain);
            let scalar = a.scalar == b.scalar;
            let better = best.as_ref().is_none_or(|s| (s.first + s.last, s.scalar) < (first + last, scalar));
            if first + last > 0 && better && (scalar || is_thin(g, a, first, last)) && is_gain(g, a, first, last) {
                best = Some(Shared { lead: *i, first, last, scalar });
            }
        }
    }
    best
}

/// Whether what a term does not share is a vector: then a scalar is as cheap in the sum as before it.
fn is_thin(g: &Graph, term: &Term, first: usize, last: usize) -> bool {
    let own = &term.chain[first..term.chain.len() - last];
    g.shape(own[0]).rows == Dim::ONE || g.shape(own[own.len() - 1]).cols == Dim::ONE
}

/// A vector taken out of a sum of numbers, `uᵀ x + vᵀ x`, saves nothing, and parts what the gradient shares with the value.
fn is_gain(g: &Graph, term: &Term, first: usize, last: usize) -> bool {
    let chain = &term.chain;
    let is_number = g.shape(chain[0]).rows == Dim::ONE && g.shape(chain[chain.len() - 1]).cols == Dim::ONE;
    !is_number || chain[..first].iter().chain(&chain[chain.len() - last..]).any(|f| !g.shape(*f).is_thin())
}

/// `s AB + s AC = s A (B + C)`, for the pair of terms with most in common and all terms that share it.
pub(super) fn common_factors(g: &mut Graph, terms: &[(f64, NodeId)]) -> Option<NodeId> {
    let parts = taken_apart(g, terms);
    let Shared { lead, first, last, scalar } = most_in_common(g, &parts)?;
    let lead_chain = parts[lead].chain.clone();
    let (prefix, suffix) = (&lead_chain[..first], &lead_chain[lead_chain.len() - last..]);
    let mut inner = Vec::new();
    let mut rest = Vec::new();
    for (part, term) in parts.iter().zip(terms) {
        let shares = part.chain.len() > first + last && part.chain.starts_with(prefix) && part.chain.ends_with(suffix);
        let own_scalar = part.scalar.filter(|_| !scalar);
        if shares && if scalar { part.scalar == parts[lead].scalar } else { is_thin(g, part, first, last) } {
            let own = g.matmul(&part.chain[first..part.chain.len() - last]);
            inner.push((part.coef, own_scalar.map_or(own, |s| g.scale(s, own))));
        } else {
            rest.push(*term);
        }
    }
    let coef = common_coefficient(&mut inner);
    let mut chain = prefix.to_vec();
    chain.push(g.lin(&inner));
    chain.extend(suffix);
    let mut product = g.matmul(&chain);
    if let Some(s) = parts[lead].scalar.filter(|_| scalar) {
        product = g.scale(s, product);
    }
    rest.insert(lead.min(rest.len()), (coef, product));
    Some(g.lin(&rest))
}

/// `c A + c B = c (A + B)`: the factor `c` taken out, if all terms have it up to sign; the first term is positive then.
fn common_coefficient(terms: &mut [(f64, NodeId)]) -> f64 {
    let c = terms[0].0;
    if c == 0.0 || terms.iter().any(|t| t.0.abs() != c.abs()) {
        return 1.0;
    }
    for term in terms {
        term.0 /= c;
    }
    c
}

/// `s A + t A = (s + t) A`, with 1 for the scalar of a bare `A`.
pub(super) fn common_matrix(g: &mut Graph, terms: &[(f64, NodeId)]) -> Option<NodeId> {
    let parts: Vec<(Option<NodeId>, NodeId)> = terms
        .iter()
        .map(|(_, a)| if g.kind(*a) == Kind::Scale { (Some(g.args(*a)[0]), g.args(*a)[1]) } else { (None, *a) })
        .collect();
    // how often each stands there, and whether with a scalar
    let mut twins: HashMap<NodeId, (usize, bool)> = HashMap::new();
    for (scalar, a) in &parts {
        let (count, scaled) = twins.entry(*a).or_default();
        (*count, *scaled) = (*count + 1, *scaled || scalar.is_some());
    }
    let lead = parts.iter().position(|p| twins.get(&p.1).is_some_and(|(count, scaled)| *count > 1 && *scaled))?;
    let matrix = parts[lead].1;
    let mut scalars = Vec::new();
    let mut rest = Vec::new();
    for ((scalar, a), term) in parts.iter().zip(terms) {
        if *a == matrix {
            scalars.push(match scalar {
                Some(s) => (term.0, *s),
                None => (term.0, g.constant(1.0)),
            });
        } else {
            rest.push(*term);
        }
    }
    let scalar = g.lin(&scalars);
    rest.insert(lead.min(rest.len()), (1.0, g.scale(scalar, matrix)));
    Some(g.lin(&rest))
}

/// `s A + s B = s (A + B)`, where all terms have the scalar.
pub(super) fn common_scalar(g: &mut Graph, terms: &[(f64, NodeId)]) -> Option<NodeId> {
    let scalar = |g: &Graph, a: NodeId| (g.kind(a) == Kind::Scale).then(|| g.args(a)[0]);
    let common = scalar(g, terms.first()?.1)?;
    if terms.len() < 2 || terms.iter().any(|t| scalar(g, t.1) != Some(common)) {
        return None;
    }
    let inner: Vec<(f64, NodeId)> = terms.iter().map(|(c, a)| (*c, g.args(*a)[1])).collect();
    let sum = g.lin(&inner);
    Some(g.scale(common, sum))
}

/// `A ∘ K + B ∘ K = (A + B) ∘ K`, and `K + B ∘ K = (1 + B) ∘ K`, for a `K` that takes computing.
pub(super) fn common_entries(g: &mut Graph, terms: &[(f64, NodeId)]) -> Option<NodeId> {
    let factors = |g: &Graph, a: NodeId| if g.kind(a) == Kind::Hadamard { g.args(a).to_vec() } else { vec![a] };
    let parts: Vec<Vec<NodeId>> = terms.iter().map(|t| factors(g, t.1)).collect();
    let mut holders: HashMap<NodeId, usize> = HashMap::new();
    for part in &parts {
        let own = part.iter().enumerate().filter(|(i, factor)| !part[..*i].contains(factor));
        for (_, factor) in own {
            *holders.entry(*factor).or_default() += 1;
        }
    }
    let shared = |k: &NodeId| !g.args(*k).is_empty() && g.kind(*k) != Kind::Fill && holders.get(k).is_some_and(|n| *n > 1);
    let product = |p: &Vec<NodeId>| p.len() > 1;
    let common = parts.iter().filter(|p| product(p)).flatten().copied().find(shared)?;
    let (mut inner, mut rest) = (Vec::new(), Vec::new());
    for (part, term) in parts.iter().zip(terms) {
        if !part.contains(&common) {
            rest.push(*term);
            continue;
        }
        // √x √x is two factors
        let at = part.iter().position(|f| *f == common);
        let others: Vec<NodeId> = part.iter().enumerate().filter(|(i, _)| Some(*i) != at).map(|(_, f)| *f).collect();
        let others = if others.is_empty() { g.filled(1.0, g.shape(common)) } else { g.hadamard(&others) };
        inner.push((term.0, others));
    }
    let inner = g.lin(&inner);
    rest.push((1.0, g.hadamard(&[inner, common])));
    Some(g.lin(&rest))
}
