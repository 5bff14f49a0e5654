//! Whether evaluating a piece of code does more than to compute a value.

use proc_macro2::TokenStream;
use syn::visit::{self, Visit};
use syn::{Expr, Stmt};

use super::mentions::{BORROWING, SIZES};

/// Methods of numbers and of iterators over borrowed data that only compute.
const COMPUTING: &[&str] = &[
    "abs",
    "abs_diff",
    "ceil",
    "checked_add",
    "checked_div",
    "checked_mul",
    "checked_sub",
    "clamp",
    "copied",
    "count_ones",
    "cos",
    "div_ceil",
    "enumerate",
    "exp",
    "floor",
    "ilog2",
    "into",
    "is_power_of_two",
    "is_sign_negative",
    "isqrt",
    "leading_zeros",
    "ln",
    "next_power_of_two",
    "pow",
    "powf",
    "powi",
    "rem_euclid",
    "rev",
    "round",
    "saturating_add",
    "saturating_sub",
    "signum",
    "sin",
    "sqrt",
    "trailing_zeros",
    "trunc",
    "wrapping_add",
    "wrapping_mul",
    "wrapping_sub",
    "zip",
];

/// Whether code certainly has no effect, and leaves no temporary whose end could be noticed.
pub(super) fn is_pure(code: &TokenStream) -> bool {
    let Ok(e) = syn::parse2::<Expr>(code.clone()) else { return false };
    let mut search = Search(true);
    search.visit_expr(&e);
    search.0
}

struct Search(bool);

impl Visit<'_> for Search {
    fn visit_expr(&mut self, e: &Expr) {
        self.0 &= match e {
            Expr::MethodCall(call) => [SIZES, BORROWING, COMPUTING].iter().any(|names| names.iter().any(|n| call.method == n)),
            Expr::Call(call) => converts(&call.func),
            Expr::Binary(e) => !is_assignment(e.op),
            Expr::Reference(e) => e.mutability.is_none(),
            Expr::Array(_)
            | Expr::Block(_)
            | Expr::Cast(_)
            | Expr::Closure(_)
            | Expr::Field(_)
            | Expr::Group(_)
            | Expr::If(_)
            | Expr::Index(_)
            | Expr::Let(_)
            | Expr::Lit(_)
            | Expr::Match(_)
            | Expr::Paren(_)
            | Expr::Path(_)
            | Expr::Range(_)
            | Expr::Repeat(_)
            | Expr::Tuple(_)
            | Expr::Unary(_) => true,
            _ => false,
        };
        visit::visit_expr(self, e);
    }

    fn visit_stmt(&mut self, statement: &Stmt) {
        self.0 &= matches!(statement, Stmt::Local(_) | Stmt::Expr(..));
        visit::visit_stmt(self, statement);
    }
}

/// Whether a function is of a primitive type, a conversion to the scalar type, or ours.
fn converts(function: &Expr) -> bool {
    let Expr::Path(path) = function else { return false };
    let mut names = path.path.segments.iter().rev().map(|s| s.ident.to_string());
    let (Some(last), Some(of)) = (names.next(), names.next()) else { return false };
    let primitive = matches!(
        of.as_str(),
        "f64" | "f32" | "usize" | "u8" | "u16" | "u32" | "u64" | "u128" | "isize" | "i8" | "i16" | "i32" | "i64" | "i128"
    );
    let conversion = matches!(
        last.as_str(),
        "convert" | "from_f64" | "from_f32" | "from_usize" | "from_i32" | "from_u32" | "from_subset" | "one" | "zero"
    );
    primitive || conversion || of == "__private"
}

fn is_assignment(op: syn::BinOp) -> bool {
    use syn::BinOp::{
        AddAssign, BitAndAssign, BitOrAssign, BitXorAssign, DivAssign, MulAssign, RemAssign, ShlAssign, ShrAssign, SubAssign,
    };
    matches!(
        op,
        AddAssign(_)
            | SubAssign(_)
            | MulAssign(_)
            | DivAssign(_)
            | RemAssign(_)
            | BitXorAssign(_)
            | BitAndAssign(_)
            | BitOrAssign(_)
            | ShlAssign(_)
            | ShrAssign(_)
    )
}
