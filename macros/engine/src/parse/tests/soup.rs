//! Whatever the tokens, an answer and no panic.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

use super::super::{Parsed, parse};

const ARGUMENTS: [&str; 3] = ["w, b", "symmetric(p), spd(s,), w, crate = ::a::b", "r#type, self, x = 3, &'a"];

const ITEMS: [&str; 4] = [
    "/// Doc.\n#[inline] pub(crate) fn f<'a, T: RealField + Copy, const N: usize>(&mut self, w: &'a SVector<T, N>, mut b: T, \
     (p, q): (f64, [i32; 3])) -> Option<T> where T: Copy { let y: DVector<_> = w * b; Some(y.sum()) }",
    "fn f(p: OMatrix<f64, Const<{ N }>, U3>, s: MatrixView3x2<'_, f32>, r#type: Matrix<f64, R, C, S>) -> f64 { p[(0, 1)] }",
    "unsafe extern \"C\" fn f(w: f64, args: ...) -> &'static dyn Fn(f64) -> f64;",
    "impl<T> A for B<T> { const X: f64 = 1.0; fn f(&self) -> f64 { |x| x? } }",
];

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
}

/// Deletes, doubles, swaps, wraps and replaces tokens, about one in `rarity`, at every depth.
fn stirred(tokens: TokenStream, spices: &[TokenTree], rarity: usize, random: &mut Random) -> TokenStream {
    let mut stirred: Vec<TokenTree> = Vec::new();
    for token in tokens {
        let token = match token {
            TokenTree::Group(g) => {
                let delimiters = [Delimiter::Parenthesis, Delimiter::Brace, Delimiter::Bracket, Delimiter::None];
                let delimiter = if random.below(rarity) == 0 { delimiters[random.below(4)] } else { g.delimiter() };
                Group::new(delimiter, self::stirred(g.stream(), spices, rarity, random)).into()
            }
            leaf => leaf,
        };
        let spice = spices[random.below(spices.len())].clone();
        match random.below(rarity * 6) {
            0 => {}
            1 => stirred.extend([token.clone(), token]),
            2 => stirred.insert(stirred.len().saturating_sub(1), token),
            3 => stirred.push(Group::new(Delimiter::None, token.into()).into()),
            4 => stirred.push(spice),
            5 => stirred.extend([token, spice]),
            _ => stirred.push(token),
        }
    }
    stirred.into_iter().collect()
}

/// All tokens, those within brackets too.
fn flat(tokens: TokenStream) -> Vec<TokenTree> {
    let inner = |t: &TokenTree| match t {
        TokenTree::Group(g) => flat(g.stream()),
        _ => Vec::new(),
    };
    tokens.into_iter().flat_map(|t| inner(&t).into_iter().chain([t]).collect::<Vec<_>>()).collect()
}

#[test]
fn stirred_tokens_have_an_answer() {
    let tokens = |text: &str| text.parse::<TokenStream>().expect("tokens");
    let spices: Vec<_> = ARGUMENTS.iter().chain(&ITEMS).flat_map(|text| flat(tokens(text))).collect();
    let mut random = Random(1);
    let mut inputs = 0;
    for round in 0..4000 {
        let rarity = [3, 12, 40][round % 3];
        let item = stirred(tokens(ITEMS[random.below(4)]), &spices, rarity, &mut random);
        let arguments = stirred(tokens(ARGUMENTS[random.below(3)]), &spices, rarity, &mut random);
        let written = item.to_string();
        let Parsed { item, signature, arguments, result } = parse(arguments, item);
        assert_eq!(item.to_string(), written);
        assert!(result.as_ref().err().is_none_or(|errors| !errors.is_empty()));
        let params = signature.as_ref().map_or(0, |s| s.params.len());
        assert!(arguments.wrt.iter().chain(&arguments.symmetric).chain(&arguments.spd).all(|i| *i < params));
        inputs += usize::from(result.is_ok());
    }
    assert!(inputs > 0, "some of the soup is still a function");
}

#[test]
fn deep_tokens_are_refused() {
    let nested = |depth: usize| {
        let mut tokens: TokenStream = "x".parse().expect("tokens");
        for _ in 0..depth {
            tokens = TokenTree::Group(Group::new(Delimiter::Parenthesis, tokens)).into();
        }
        quote::quote! { fn f(x: f64) -> f64 { #tokens } }
    };
    assert!(parse(TokenStream::new(), nested(99)).result.is_ok());
    let errors = parse(TokenStream::new(), nested(10_000)).result.expect_err("too deep");
    assert_eq!(errors.as_slice()[0].message, "code nested this deeply is not supported; bind a part to a `let`");
    let path = nested(10_000);
    assert!(parse(quote::quote!(crate = #path), nested(1)).result.is_err());
    assert!(parse(nested(10_000), nested(1)).result.is_err());
}
