//! Common factors of the terms of a sum.

use crate::ir::{Graph, Kind, NodeId};

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

/// `s AB + s AC = s A (B + C)`, for the pair of terms with most in common and all terms that share it.
pub(super) fn common_factors(g: &mut Graph, terms: &[(f64, NodeId)]) -> Option<NodeId> {
    let parts = taken_apart(g, terms);
    let candidates: Vec<usize> = (0..parts.len()).filter(|i| parts[*i].chain.len() > 1).collect();
    let mut best: Option<(usize, usize, usize)> = None;
    for (n, i) in candidates.iter().enumerate() {
        for j in &candidates[n + 1..] {
            if parts[*i].scalar == parts[*j].scalar {
                let (first, last) = common(&parts[*i].chain, &parts[*j].chain);
                if first + last > best.map_or(0, |b| b.1 + b.2) {
                    best = Some((*i, first, last));
                }
            }
        }
    }
    let (lead, first, last) = best?;
    let lead_chain = parts[lead].chain.clone();
    let (prefix, suffix) = (&lead_chain[..first], &lead_chain[lead_chain.len() - last..]);
    let shares = |t: &Term| {
        t.scalar == parts[lead].scalar && t.chain.len() > first + last && t.chain.starts_with(prefix) && t.chain.ends_with(suffix)
    };
    let mut inner = Vec::new();
    let mut rest = Vec::new();
    for (part, term) in parts.iter().zip(terms) {
        if shares(part) {
            inner.push((part.coef, g.matmul(&part.chain[first..part.chain.len() - last])));
        } else {
            rest.push(*term);
        }
    }
    let coef = common_coefficient(&mut inner);
    let mut chain = prefix.to_vec();
    chain.push(g.lin(&inner));
    chain.extend(suffix);
    let mut product = g.matmul(&chain);
    if let Some(s) = parts[lead].scalar {
        product = g.scale(s, product);
    }
    rest.insert(lead.min(rest.len()), (coef, product));
    Some(g.lin(&rest))
}

/// `c A + c B = c (A + B)`: the factor `c` taken out, if all terms have it up to sign; the first term is positive then.
fn common_coefficient(terms: &mut [(f64, NodeId)]) -> f64 {
    let c = terms[0].0;
    if terms.iter().any(|t| t.0.abs() != c.abs()) {
        return 1.0;
    }
    terms.iter_mut().for_each(|t| t.0 /= c);
    c
}

/// `s A + t A = (s + t) A`, with 1 for the scalar of a bare `A`.
pub(super) fn common_matrix(g: &mut Graph, terms: &[(f64, NodeId)]) -> Option<NodeId> {
    let parts: Vec<(Option<NodeId>, NodeId)> = terms
        .iter()
        .map(|(_, a)| if g.kind(*a) == Kind::Scale { (Some(g.args(*a)[0]), g.args(*a)[1]) } else { (None, *a) })
        .collect();
    let lead = (0..parts.len()).find(|i| {
        let twins = parts.iter().filter(|p| p.1 == parts[*i].1);
        twins.clone().count() > 1 && twins.clone().any(|p| p.0.is_some())
    })?;
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

/// `A ∘ K + B ∘ K = (A + B) ∘ K`, and `K + B ∘ K = (1 + B) ∘ K`, for a `K` that takes computing.
pub(super) fn common_entries(g: &mut Graph, terms: &[(f64, NodeId)]) -> Option<NodeId> {
    let factors = |g: &Graph, a: NodeId| if g.kind(a) == Kind::Hadamard { g.args(a).to_vec() } else { vec![a] };
    let parts: Vec<Vec<NodeId>> = terms.iter().map(|t| factors(g, t.1)).collect();
    let shared =
        |k: &NodeId| !g.args(*k).is_empty() && g.kind(*k) != Kind::Fill && parts.iter().filter(|p| p.contains(k)).count() > 1;
    let product = |p: &Vec<NodeId>| p.len() > 1;
    let common = parts.iter().filter(|p| product(p)).flatten().copied().find(shared)?;
    let (mut inner, mut rest) = (Vec::new(), Vec::new());
    for (part, term) in parts.iter().zip(terms) {
        if !part.contains(&common) {
            rest.push(*term);
            continue;
        }
        let others: Vec<NodeId> = part.iter().copied().filter(|f| *f != common).collect();
        let others = if others.is_empty() { g.filled(1.0, g.shape(common)) } else { g.hadamard(&others) };
        inner.push((term.0, others));
    }
    let inner = g.lin(&inner);
    rest.push((1.0, g.hadamard(&[inner, common])));
    Some(g.lin(&rest))
}
