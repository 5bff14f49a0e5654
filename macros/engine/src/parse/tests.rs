//! Spellings and what they mean; mistakes and what is said about them.

mod errors;
mod soup;

use quote::ToTokens;
use syn::{Generics, Type, parse_str};

use super::{Arguments, Input, NumForm, NumType, Output, Parsed, Signature, parse, read_type};

fn parsed(arguments: &str, item: &str) -> Parsed {
    parse(arguments.parse().expect("tokens"), item.parse().expect("tokens"))
}

fn input(arguments: &str, item: &str) -> Input {
    parsed(arguments, item).result.unwrap_or_else(|e| panic!("{item}: {e:?}"))
}

fn signature(item: &str) -> Signature {
    parsed("", item).signature.expect("a signature")
}

/// `f64 3×N`, with a `&` for views.
fn shown(ty: Option<&NumType>) -> String {
    match ty {
        None => "-".to_owned(),
        Some(NumType { scalar, form: NumForm::Scalar, .. }) => scalar.to_string(),
        Some(NumType { scalar, form: NumForm::Matrix { rows, cols, view }, .. }) => {
            format!("{scalar} {rows}×{cols}{}", if *view { " &" } else { "" })
        }
    }
}

fn params(item: &str) -> Vec<String> {
    signature(item).params.iter().map(|p| shown(p.kind.as_ref())).collect()
}

#[test]
fn types_are_known_by_their_spelling() {
    let table = [
        ("f64", "f64"),
        ("&'a f32", "f32"),
        ("(((f64)))", "f64"),
        ("core::primitive::f64", "f64"),
        ("T", "T"),
        ("S", "S"),
        ("DVector<f64>", "f64 Dyn×1"),
        ("&nalgebra::DVector<f64>", "f64 Dyn×1"),
        ("RowDVector<f32>", "f32 1×Dyn"),
        ("::nalgebra::DMatrix<T>", "T Dyn×Dyn"),
        ("SVector<f64, 7>", "f64 7×1"),
        ("SVector<f64, N>", "f64 N×1"),
        ("RowSVector<f64, { N }>", "f64 1×N"),
        ("na::SMatrix<f64, 3, N>", "f64 3×N"),
        ("SMatrix<f64, { 5 }, 2usize>", "f64 5×2"),
        ("Vector1<f64>", "f64 1×1"),
        ("Vector6<f64>", "f64 6×1"),
        ("RowVector3<f64>", "f64 1×3"),
        ("Matrix1<f64>", "f64 1×1"),
        ("Matrix4<f64>", "f64 4×4"),
        ("Matrix2x3<f64>", "f64 2×3"),
        ("Matrix6x1<f64>", "f64 6×1"),
        ("Matrix3xX<f64>", "f64 3×Dyn"),
        ("MatrixXx2<f64>", "f64 Dyn×2"),
        ("OMatrix<T, R, C>", "T R×C"),
        ("OMatrix<T, Const<3>, nalgebra::Dyn>", "T 3×Dyn"),
        ("OMatrix<f64, U2, U127>", "f64 2×127"),
        ("OMatrix<f64, Const<N>, Const<{ 4 }>>", "f64 N×4"),
        ("OVector<T, D>", "T D×1"),
        ("RowOVector<T, U5>", "T 1×5"),
        ("Matrix<f64, U2, U3, ArrayStorage<f64, 2, 3>>", "f64 2×3"),
        ("Matrix<f64, Dyn, U3, VecStorage<f64, Dyn, U3>>", "f64 Dyn×3"),
        ("Matrix<f64, R, C, S>", "f64 R×C &"),
        ("Matrix<f64, R, C, ViewStorage<'a, f64, R, C, U1, R>>", "f64 R×C &"),
        ("SquareMatrix<f64, D, S>", "f64 D×D &"),
        ("Vector<T, Const<3>, S>", "T 3×1 &"),
        ("RowVector<T, Const<3>, S>", "T 1×3 &"),
        ("DMatrixView<'_, f64>", "f64 Dyn×Dyn &"),
        ("DMatrixView<'_, f64, Dyn, Dyn>", "f64 Dyn×Dyn &"),
        ("DVectorView<'a, f64>", "f64 Dyn×1 &"),
        ("MatrixView<'_, T, R, U3, Dyn, Dyn>", "T R×3 &"),
        ("VectorView<'_, T, D>", "T D×1 &"),
        ("SMatrixView<'_, f64, 3, N>", "f64 3×N &"),
        ("SVectorView<'_, f64, 3>", "f64 3×1 &"),
        ("MatrixView3<'_, f64>", "f64 3×3 &"),
        ("MatrixView3x2<'_, f64>", "f64 3×2 &"),
        ("MatrixView3xX<'_, f64>", "f64 3×Dyn &"),
        ("MatrixViewXx3<'_, f64>", "f64 Dyn×3 &"),
        ("VectorView3<'_, f64>", "f64 3×1 &"),
        // From around the function.
        ("DVector<Real>", "Real Dyn×1"),
        ("SVector<Real, LEN>", "Real LEN×1"),
        ("OMatrix<f64, Rows, Cols>", "f64 Rows×Cols"),
        // None of ours.
        ("&mut f64", "-"),
        ("usize", "-"),
        ("Real", "-"),
        ("Self", "-"),
        ("U", "-"),
        ("<T as ComplexField>::RealField", "-"),
        ("T::RealField", "-"),
        ("DVector<T::RealField>", "-"),
        ("DVector<Self>", "-"),
        ("DVector<U>", "-"),
        ("DVector<V>", "-"),
        ("DVector<i32>", "-"),
        ("DVector<Complex<f64>>", "-"),
        ("DVector<_>", "-"),
        ("DVector", "-"),
        ("SVector<f64, { N + 1 }>", "-"),
        ("SVector<f64, _>", "-"),
        ("SVector<f64, 99999999999999999999999>", "-"),
        ("SVector<f64, -1>", "-"),
        ("SVector<f64, Self::N>", "-"),
        ("OMatrix<f64, DimSum<A, B>, C>", "-"),
        ("Matrix<f64, 3, 3>", "-"),
        ("Matrix3x3<f64>", "-"),
        ("Matrix7<f64>", "-"),
        ("MatrixXxX<f64>", "-"),
        ("RowVectorView<'_, f64, D>", "-"),
        ("DMatrixViewMut<'_, f64>", "-"),
        ("VectorViewMut3<'_, f64>", "-"),
        ("Matrix<f64, R, C, ViewStorageMut<'a, f64, R, C, U1, R>>", "-"),
        ("Vec<f64>", "-"),
        ("[f64; 3]", "-"),
        ("(f64, f64)", "-"),
        ("Point3<f64>", "-"),
        ("fn(f64) -> f64", "-"),
    ];
    let item: syn::ItemFn =
        parse_str("fn f<T: na::RealField + Copy, S, U: ComplexField, V, D: Dim, R, C, const N: usize>() where S: RealField {}")
            .expect("a function");
    for (spelling, meaning) in table {
        let ty: Type = parse_str(spelling).unwrap_or_else(|e| panic!("{spelling}: {e}"));
        assert_eq!(shown(read_type(&ty, &item.sig.generics).as_ref()), meaning, "{spelling}");
    }
}

#[test]
fn a_type_parameter_may_be_called_like_a_dimension() {
    let generics: Generics = parse_str("<U3: Dim>").expect("generics");
    let ty = parse_str("OVector<f64, U3>").expect("a type");
    let expected = NumForm::Matrix {
        rows: super::TypeDim::TypeGeneric(quote::format_ident!("U3")),
        cols: super::TypeDim::Const(1),
        view: false,
    };
    assert_eq!(read_type(&ty, &generics).expect("a vector").form, expected);
}

#[test]
fn parameters_of_a_surrounding_impl_are_taken_on_trust() {
    assert_eq!(params("fn f(&self, t: T, x: &SVector<T, N>) -> T { t }"), ["T", "T N×1"]);
    assert_eq!(params("fn f(t: T) -> DVector<T> { t }"), ["T"]);
    assert_eq!(params("fn f(t: T, u: U, x: DVector<T>) -> T where U: RealField { t }"), ["T", "U", "T Dyn×1"]);
    assert_eq!(params("fn f(t: T, x: f64) -> T { t }"), ["-", "f64"]);
    assert_eq!(params("fn f<T>(t: T, x: DVector<T>) -> f64 { t }"), ["-", "-"]);
}

#[test]
fn parameters_keep_their_order_and_form() {
    let item =
        "fn f(&self, mut a: f64, b: &DVector<f64>, (c, d): (f64, f64), e: &mut f64, _: f64, ref g: f64, h: &&f64) -> f64 { a }";
    let signature = signature(item);
    assert!(signature.receiver);
    let shape = |p: &super::Param| (p.pat_ok, p.by_ref, p.kind.is_some());
    let expected = [
        (true, false, true),
        (true, true, true),
        (false, false, false),
        (true, true, false),
        (false, false, true),
        (false, false, true),
        (true, true, false),
    ];
    assert_eq!(signature.params.iter().map(shape).collect::<Vec<_>>(), expected);
    assert_eq!(signature.params[1].value_type().to_token_stream().to_string(), "DVector < f64 >");
    assert_eq!(signature.params[2].ident, "__matgrad_param_2");
    assert!(!self::signature("fn f(x: f64) -> f64 { x }").receiver);
}

#[test]
fn results() {
    let table = [
        ("-> f64", "f64", false),
        ("-> (f64)", "f64", false),
        ("-> Option<f64>", "f64", true),
        ("-> core::option::Option<DVector<f64>>", "f64 Dyn×1", true),
        ("-> DMatrix<f64>", "f64 Dyn×Dyn", false),
    ];
    for (written, meaning, in_option) in table {
        let signature = signature(&format!("fn f(x: f64) {written} {{ x }}"));
        let Output::Num { ty, option } = &signature.output else { panic!("{written}") };
        assert_eq!((shown(Some(ty)).as_str(), *option), (meaning, in_option), "{written}");
        assert_eq!(signature.value_type().expect("a type").1, in_option);
    }
    for written in ["", "-> ()", "-> Loss", "-> Option<Loss>", "-> Option<Option<f64>>", "-> Result<f64, E>", "-> (f64, f64)"] {
        assert_eq!(signature(&format!("fn f(x: f64) {written} {{ x }}")).output, Output::Unknown, "{written}");
    }
}

#[test]
fn arguments_are_positions() {
    let item = "fn f(n: usize, w: &DVector<f64>, b: f64, p: &DMatrix<f64>, q: SMatrix<f32, N, N>) -> f64 { b }";
    let table = [
        ("w", "[1] symmetric [] spd []"),
        ("b, w", "[2, 1] symmetric [] spd []"),
        ("w, b,", "[1, 2] symmetric [] spd []"),
        ("w, symmetric(p)", "[1] symmetric [3] spd []"),
        ("spd(p,), w", "[1] symmetric [3] spd [3]"),
        ("spd(p), w, symmetric(q, p)", "[1] symmetric [4, 3] spd [3]"),
        ("w, spd(p), crate = ::my::matgrad", "[1] symmetric [3] spd [3]"),
        ("p, crate = crate::matgrad,", "[3] symmetric [] spd []"),
    ];
    for (written, meaning) in table {
        let Arguments { wrt, symmetric, spd, crate_path, .. } = input(written, item).arguments;
        assert_eq!(format!("{wrt:?} symmetric {symmetric:?} spd {spd:?}"), meaning, "{written}");
        assert_eq!(crate_path.is_some(), written.contains("crate"), "{written}");
    }
}

#[test]
fn none_named_is_every_floating_point_parameter() {
    let item = "fn f<F: Fn(f64) -> f64>(n: usize, w: &DVector<f64>, s: &[f64], b: f64, g: F) -> f64 { b }";
    assert_eq!(input("", item).arguments.wrt, [1, 2, 3]);
    assert_eq!(input("symmetric(p)", "fn f(p: &DMatrix<f64>, x: f64) -> f64 { x }").arguments.wrt, [0, 1]);
}

#[test]
fn the_scalar_is_that_of_what_is_differentiated() {
    let scalar = |arguments: &str, item: &str| input(arguments, item).signature.scalar.map(|s| s.to_string());
    assert_eq!(scalar("w", "fn f(k: f32, w: f64) -> f64 { w }").as_deref(), Some("f64"));
    assert_eq!(scalar("w", "fn f(k: f32, w: f64) -> Alias { w }").as_deref(), Some("f64"));
    assert_eq!(scalar("", "fn f<T: RealField + Copy>(w: T) -> T { w }").as_deref(), Some("T"));
    let signature = input("", "fn f(w: &DVector<f32>) -> f32 { w }").signature;
    assert_eq!(shown(signature.read_type(&parse_str("DVector<_>").expect("a type")).as_ref()), "f32 Dyn×1");
    assert_eq!(shown(signature.read_type(&parse_str("_").expect("a type")).as_ref()), "f32");
    let signature = input("", "fn f(&self, w: &DVector<T>) -> T { w }").signature;
    assert_eq!(shown(signature.read_type(&parse_str("T").expect("a type")).as_ref()), "T");
}

#[test]
fn functions_of_every_kind_are_read() {
    let items = [
        "/// Doc.\n#[must_use] #[inline] pub(crate) fn f<'a>(x: &'a f64) -> f64 { *x }",
        "fn f(self: Box<Self>, #[allow(unused)] x: f64) -> f64 { x }",
        "fn f(&mut self, x: f64,) -> f64 where Self: Sized { x }",
        "fn f(x: f64) -> f64 { #![allow(unused)] x }",
        "fn r#fn(r#type: f64) -> f64 { r#type }",
        "fn f(x: impl Into<f64>, g: &dyn Fn(f64) -> f64, y: f64) -> f64 { y }",
    ];
    for item in items {
        let parsed = parsed("", item);
        assert_eq!(parsed.item.to_string(), item.parse::<proc_macro2::TokenStream>().expect("tokens").to_string());
        assert!(parsed.result.is_ok(), "{item}: {:?}", parsed.result);
    }
    assert_eq!(input("", items[0]).signature.attrs.len(), 3);
    assert_eq!(input("", items[3]).signature.attrs.len(), 1);
    assert_eq!(input("r#type", items[4]).arguments.wrt, [0]);
}

#[test]
fn invisible_brackets_are_looked_through() {
    use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
    let wrap = |tokens: TokenStream| TokenStream::from(TokenTree::Group(Group::new(Delimiter::None, tokens)));
    let ty = wrap(quote::quote!(&DVector<f64>));
    let item = wrap(wrap(quote::quote! { fn f(w: #ty) -> f64 { w.sum() } }));
    assert_eq!(parse(wrap(quote::quote!(w)), item).result.expect("an input").arguments.wrt, [0]);
}

#[test]
fn a_half_typed_body_leaves_the_signature() {
    for body in ["{ let y = x. }", "{ x * }", "{ let y = ; y }", "{ f(x }", ""] {
        let Ok(item) = format!("pub fn f(w: f64, x: &DVector<f64>) -> f64 {body}").parse() else { continue };
        let parsed = parse("x".parse().expect("tokens"), item);
        assert!(parsed.result.is_err(), "{body}");
        assert_eq!(parsed.signature.expect("a signature").params.len(), 2, "{body}");
        assert_eq!(parsed.arguments.wrt, [1], "{body}");
    }
}
