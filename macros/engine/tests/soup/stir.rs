//! Soup, and functions with mistakes in them.

use std::env;

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

use super::check::{expand, is_derived};
use super::corpus::{Annotated, corpus};

/// Steele, Lea & Flood, `SplitMix64`.
struct Random(u64);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % (n.max(1) as u64)).unwrap_or(0)
    }
    fn of<'a, T>(&mut self, choice: &'a [T]) -> &'a T {
        &choice[self.below(choice.len())]
    }
}

/// How many cases are asked for.
fn cases(usual: usize) -> usize {
    env::var("MATGRAD_SOUP").ok().and_then(|n| n.parse().ok()).unwrap_or(usual)
}

/// All tokens, those within brackets too.
fn flat(tokens: TokenStream) -> Vec<TokenTree> {
    let inner = |t: &TokenTree| match t {
        TokenTree::Group(g) => flat(g.stream()),
        _ => Vec::new(),
    };
    tokens.into_iter().flat_map(|t| inner(&t).into_iter().chain([t]).collect::<Vec<_>>()).collect()
}

/// One mistake at the `at`-th token, counted through all brackets.
struct Mistake<'a> {
    at: usize,
    kind: usize,
    spice: &'a TokenTree,
}

impl Mistake<'_> {
    fn made(&mut self, tokens: TokenStream) -> TokenStream {
        let mut made: Vec<TokenTree> = Vec::new();
        let mut held = None;
        for token in tokens {
            let here = self.at == 0;
            self.at = self.at.wrapping_sub(1);
            if here {
                match self.kind {
                    0 => {}
                    1 => made.extend([token.clone(), token]),
                    2 => held = Some(token),
                    3 => made.push(self.spice.clone()),
                    4 => made.extend([self.spice.clone(), token]),
                    5 => made.push(Group::new(Delimiter::None, token.into()).into()),
                    6 => made.push(Group::new(Delimiter::Brace, token.into()).into()),
                    _ => match token {
                        TokenTree::Group(g) => made.extend(g.stream()), // brackets away
                        leaf => made.push(Group::new(Delimiter::Parenthesis, leaf.into()).into()),
                    },
                }
                continue;
            }
            made.push(match token {
                TokenTree::Group(g) => {
                    let mut group = Group::new(g.delimiter(), self.made(g.stream()));
                    group.set_span(g.span());
                    group.into()
                }
                leaf => leaf,
            });
            made.extend(held.take()); // swapped with its neighbour
        }
        made.extend(held);
        made.into_iter().collect()
    }
}

/// Words that mean something to the macro, so that nonsense comes near to sense.
const SPICES: &str = "w x y f64 f32 usize T self Self Some None Option DVector DMatrix SVector Matrix3 OMatrix Dyn Const<3> 0 1 2.5 1e400 1usize \
    -1 'a \"s\" b'c' + - * / % = == < > && || ! & ? . , ; : :: .. => -> # @ |t| (a, b) [i, j] {} () [] as let mut ref if else for in \
    while loop match return break continue move async await unsafe dyn impl fn where const static use crate mod struct exp ln sum map \
    zip_map norm transpose tr_mul dot try_inverse unwrap clone cholesky lu solve rows columns view fixed_view column row powi powf sqrt \
    floor set_row swap determinant trace zeros identity from_element from_diagonal repeat nrows len shape vector![1.0, x] \
    matrix![1.0, 2.0; 3.0, 4.0] stack![x, y] assert!(x) x.y x[0] x[(0, 0)] &x *x &mut x (x) {x} |a, b| a+b symmetric spd r#type _ 18446744073709551615 \
    99999999999999999999 powi(-2147483648) rows(1000000, 2) fixed_rows::<99>(0) pow(4000000000) from_element(1000000000, 1.0) 0.0 1.0e308";

fn spices(corpus: &[Annotated]) -> Vec<TokenTree> {
    let words: TokenStream = SPICES.parse().expect("tokens");
    let items = corpus.iter().step_by(7).flat_map(|a| flat(a.item.clone())).take(4000);
    items.chain(flat(words.clone())).chain(flat(words)).collect()
}

#[test]
fn the_corpus_is_derived() {
    let corpus = corpus();
    let derived = corpus.iter().filter(|a| is_derived(&expand(&a.arguments, &a.item))).count();
    assert!(derived * 10 > corpus.len() * 8, "{derived} of {}", corpus.len());
}

#[test]
fn functions_with_mistakes_have_an_answer() {
    let (corpus, mut random) = (corpus(), Random(1));
    let spices = spices(&corpus);
    let mut derived = 0;
    for _ in 0..cases(1000) {
        let chosen = random.of(&corpus);
        let (mut item, mut arguments) = (chosen.item.clone(), chosen.arguments.clone());
        for _ in 0..=random.below(3) {
            let length = flat(item.clone()).len();
            let mut mistake = Mistake { at: random.below(length), kind: random.below(8), spice: random.of(&spices) };
            item = mistake.made(item);
        }
        if random.below(20) == 0 {
            let length = flat(arguments.clone()).len();
            let mut mistake = Mistake { at: random.below(length), kind: random.below(8), spice: random.of(&spices) };
            arguments = mistake.made(arguments);
        }
        derived += usize::from(is_derived(&expand(&arguments, &item)));
    }
    assert!(derived > 0, "some of them are still functions");
}

#[test]
fn exchanged_names_have_an_answer() {
    let (corpus, mut random) = (corpus(), Random(2));
    for _ in 0..cases(1000) {
        let chosen = random.of(&corpus);
        let words: Vec<TokenTree> =
            flat(chosen.item.clone()).into_iter().filter(|t| matches!(t, TokenTree::Ident(_) | TokenTree::Literal(_))).collect();
        let (from, to) = (random.of(&words).to_string(), random.of(&words).clone());
        expand(&chosen.arguments, &exchanged(chosen.item.clone(), &from, &to));
    }
}

/// Every `from` replaced.
fn exchanged(tokens: TokenStream, from: &str, to: &TokenTree) -> TokenStream {
    let exchange = |token| match token {
        TokenTree::Group(g) => Group::new(g.delimiter(), exchanged(g.stream(), from, to)).into(),
        TokenTree::Punct(p) => p.into(),
        word if word.to_string() == from => to.clone(),
        word => word,
    };
    tokens.into_iter().map(exchange).collect()
}

#[test]
fn soup_has_an_answer() {
    let (corpus, mut random) = (corpus(), Random(3));
    let spices = spices(&corpus);
    let heads = [
        "fn f(w: &DVector<f64>, x: &DMatrix<f64>, y: f64) -> f64",
        "fn f<T: RealField + Copy, const N: usize>(w: &SVector<T, N>, x: T) -> Option<T>",
        "fn f(&self, w: f64, y: &Matrix3<f32>) -> f64",
    ];
    for _ in 0..cases(1000) {
        let mut item: TokenStream = random.of(&heads).parse().expect("tokens");
        item.extend([TokenTree::from(Group::new(Delimiter::Brace, soup(&spices, 0, &mut random)))]);
        if random.below(10) == 0 {
            item = soup(&spices, 0, &mut random);
        }
        let arguments = if random.below(10) == 0 { soup(&spices, 2, &mut random) } else { "w".parse().expect("tokens") };
        expand(&arguments, &item);
    }
}

fn soup(spices: &[TokenTree], depth: usize, random: &mut Random) -> TokenStream {
    let mut soup = Vec::new();
    for _ in 0..random.below(12) {
        let delimiters = [Delimiter::Parenthesis, Delimiter::Brace, Delimiter::Bracket, Delimiter::None];
        if depth < 4 && random.below(6) == 0 {
            let delimiter = *random.of(&delimiters);
            soup.push(Group::new(delimiter, self::soup(spices, depth + 1, random)).into());
        } else {
            soup.push(random.of(spices).clone());
        }
    }
    soup.into_iter().collect()
}
