//! The annotated functions of the workspace's own tests and examples.

use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::quote;

/// A function under the attribute.
pub struct Annotated {
    /// Its name.
    pub name: String,
    /// What stands in the attribute.
    pub arguments: TokenStream,
    /// The function.
    pub item: TokenStream,
}

/// All of them. Where the sources of the workspace are not around, a few.
pub fn corpus() -> Vec<Annotated> {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut files = Vec::new();
    for folder in ["tests/tests", "examples"] {
        collect(&workspace.join(folder), &mut files);
    }
    files.sort();
    let mut found = Vec::new();
    for text in files.iter().filter_map(|file| fs::read_to_string(file).ok()).chain([FEW.to_owned()]) {
        if let Ok(tokens) = text.parse::<TokenStream>() {
            annotated(tokens, &mut found);
        }
    }
    found
}

const FEW: &str = "
    #[grad(w)] fn mse(w: &DVector<f64>, x: &DMatrix<f64>, y: &DVector<f64>) -> f64 { (x * w - y).norm_squared() / y.len() as f64 }
    #[grad(a, b)] pub fn gauss<const N: usize>(&self, a: &SMatrix<f64, N, N>, mut b: SVector<f64, N>) -> Option<f64> {
        let s: SMatrix<f64, N, N> = self.s.clone(); assert!(N > 1, \"{}\", N); let c = (a * a.transpose() + s).cholesky()?;
        let u: Vec<f64> = { println!(\"{N}\"); (0..N).map(|i| i as f64).collect() };
        Some(0.5 * b.dot(&c.solve(&b)) + c.ln_determinant() + matgrad::log_sum_exp(&b) + a[(0, 1)].exp().max(u[0]))
    }
    #[grad] fn net<T: RealField + Copy>(x: &Vector3<T>, m: &Matrix3<T>) -> T {
        let (p, q) = (m * x, vector![x.x, x[1], T::zero()]); let h = p.map(|t| if t < T::zero() { t } else { t.tanh() });
        let g = stack![p, q; h, x]; h.zip_map(&q, |a, b| a.powi(2) * b).sum() + g.rows(1, 2).column(0).norm() + m.try_inverse().unwrap().trace()
    }
";

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for path in entries.filter_map(Result::ok).map(|e| e.path()) {
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|e| e == "rs") {
            files.push(path);
        }
    }
}

/// `#[grad(..)] fn … { … }`, at any depth.
fn annotated(tokens: TokenStream, found: &mut Vec<Annotated>) {
    let trees: Vec<TokenTree> = tokens.into_iter().collect();
    for (i, tree) in trees.iter().enumerate() {
        let TokenTree::Group(group) = tree else { continue };
        match attribute(group) {
            Some(arguments) => found.extend(function(arguments, &trees[i + 1..])),
            None => annotated(group.stream(), found),
        }
    }
}

/// The arguments, if this is what stands in `#[grad(..)]`.
fn attribute(group: &proc_macro2::Group) -> Option<TokenStream> {
    let inside: Vec<TokenTree> = group.stream().into_iter().collect();
    let at = inside.iter().position(|t| matches!(t, TokenTree::Ident(i) if i == "grad"))?;
    let path = inside[..at].iter().all(|t| matches!(t, TokenTree::Ident(_) | TokenTree::Punct(_)));
    match &inside[at + 1..] {
        _ if !path || group.delimiter() != Delimiter::Bracket => None,
        [] => Some(quote!()),
        [TokenTree::Group(arguments)] => Some(arguments.stream()),
        _ => None,
    }
}

fn function(arguments: TokenStream, after: &[TokenTree]) -> Option<Annotated> {
    let is_body = |t: &TokenTree| matches!(t, TokenTree::Group(g) if g.delimiter() == Delimiter::Brace);
    let end = after.iter().position(is_body)?;
    let name = after[..end].windows(2).find_map(|w| match w {
        [TokenTree::Ident(word), TokenTree::Ident(name)] if word == "fn" => Some(name.to_string()),
        _ => None,
    })?;
    Some(Annotated { name, arguments, item: after[..=end].iter().cloned().collect() })
}
