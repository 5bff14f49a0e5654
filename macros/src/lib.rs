//! The attributes of [`matgrad`](https://docs.rs/matgrad). Depend on `matgrad`, which re-exports them:
//! the code they generate names it.
#![forbid(unsafe_code)]

use matgrad_engine::parse::Derivative;
use proc_macro::TokenStream;

/// Gradient of a scalar function of matrices, derived while the crate compiles.
///
/// `#[grad(w)]` on a function `f` leaves `f` as it is and adds four companions with the parameters of `f`:
///
/// | companion | returns |
/// |---|---|
/// | `f_grad` | the gradient with respect to `w`, in the shape and type of `w` |
/// | `f_value_and_grad` | `(value, gradient)`, with the work shared between the two |
/// | `f_grad_into` | nothing: it writes the gradient to a last parameter `w_gradient: &mut _`, of the type that `f_grad` returns |
/// | `f_value_and_grad_into` | the value, and writes the gradient likewise |
///
/// Where `f` returns an `Option`, so do they. The companions that write allocate nothing for the gradient, and compute it where it is
/// wanted: the buffer's old content is not read. With several parameters there is one buffer for each, in the order named.
///
/// Where only companions are called, `f` counts as used.
///
/// # Arguments
/// * parameter names: what to differentiate by. One name gives a bare gradient, several a tuple in the order
///   named; none named means every parameter of a floating-point type.
/// * `symmetric(p)`, `spd(s)`, `diagonal(d)`, `lower_triangular(l)`, `orthogonal(q)`: promises about parameters, which
///   simplify the result. A *differentiated* parameter so declared gets the gradient `G` in the directions in which it can
///   move, with `df = ⟨G, dX⟩` for those `dX`: symmetric, diagonal, lower triangular, or tangent to the orthogonal
///   matrices (`QᵀG` is skew-symmetric). Checked by `debug_assert!`.
/// * `crate = path`: where `matgrad` is to be found, for crates that re-export it.
///
/// # Errors
/// What cannot be differentiated, or is not supported, is a compile error on the piece at fault; the function itself
/// stays, and the companions stand in as stubs with the promised signatures.
///
/// # Panics
/// A companion panics where the function does, and if the run-time shapes of its arguments do not agree; a buffer has
/// to have the shape of its parameter.
#[proc_macro_attribute]
pub fn grad(arguments: TokenStream, item: TokenStream) -> TokenStream {
    matgrad_engine::grad(arguments.into(), item.into()).into()
}

/// Jacobian of a function of matrices, in closed form.
///
/// `#[jacobian(x)]` on a function `f`, whose result is a number, a vector or a matrix, leaves `f` as it is and adds
///
/// | companion | returns |
/// |---|---|
/// | `f_jacobian` | the matrix with a row for each entry of the result and a column for each entry of `x`, matrices column by column; by a number `x`, the derivative in the shape of the result |
/// | `f_value_and_jacobian` | `(value, jacobian)`, with the work shared between the two |
/// | `f_jacobian_into` | nothing: it writes the Jacobian to a last parameter `x_jacobian: &mut _` |
/// | `f_value_and_jacobian_into` | the value, and writes the Jacobian likewise |
///
/// Where sizes are known to the types, so is that of the Jacobian, `SMatrix`; a product of two const parameters is left to run time.
/// With several parameters there is a Jacobian for each, in a tuple. Arguments, errors and panics are those of [`macro@grad`]. By a parameter that is
/// declared symmetric, diagonal and so on the Jacobian has a column for each entry all the same, and says how the result moves with the part of a change
/// that keeps it so: `J vec(dX) = J vec(½ (dX + dXᵀ))` for a symmetric one.
#[proc_macro_attribute]
pub fn jacobian(arguments: TokenStream, item: TokenStream) -> TokenStream {
    matgrad_engine::expand(Derivative::Jacobian, arguments.into(), item.into()).into()
}

/// Hessian of a scalar function of matrices, in closed form.
///
/// `#[hessian(x)]` on a function `f` leaves `f` as it is and adds
///
/// | companion | returns |
/// |---|---|
/// | `f_hessian` | the matrix with a row and a column for each entry of `x`, a matrix column by column: symmetric to the last bit |
/// | `f_value_grad_and_hessian` | `(value, gradient, hessian)`, with the work shared between the three |
/// | `f_hessian_into` | nothing: it writes the Hessian to a last parameter `x_hessian: &mut _` |
/// | `f_value_grad_and_hessian_into` | the value, and writes to `x_gradient` and `x_hessian` |
///
/// With several parameters `(x, y)` the Hessian comes in blocks, `((xx, xy), (yx, yy))`: `xy` has the rows of `x` and the columns of `y`. By numbers it is
/// a number. Arguments, errors and panics are those of [`macro@grad`]. By a parameter that is declared symmetric, diagonal or triangular, the
/// Hessian is over all entries, of the function of the part of `X` that is so.
#[proc_macro_attribute]
pub fn hessian(arguments: TokenStream, item: TokenStream) -> TokenStream {
    matgrad_engine::expand(Derivative::Hessian, arguments.into(), item.into()).into()
}

/// Directional derivative of a function of matrices: how its result moves when its parameters do.
///
/// `#[jvp(w)]` on a function `f`, whose result is a number, a vector or a matrix, leaves `f` as it is and adds
///
/// | companion | returns |
/// |---|---|
/// | `f_jvp` | `(value, tangent)`; its last parameter `w_tangent` says how `w` moves, in the shape of `w`: a number by value, a matrix by `&` |
/// | `f_jvp_into` | the value, and writes the tangent to a last parameter `tangent: &mut _` |
///
/// With several parameters there is one tangent for each, in the order named. Arguments, errors and panics are those of [`macro@grad`]. A
/// parameter that is declared symmetric, diagonal and so on moves as far as it stays so: of its tangent, the symmetric part counts.
#[proc_macro_attribute]
pub fn jvp(arguments: TokenStream, item: TokenStream) -> TokenStream {
    matgrad_engine::expand(Derivative::Jvp, arguments.into(), item.into()).into()
}

/// Hessian of a scalar function times a direction, without the Hessian.
///
/// `#[hvp(w)]` on a function `f` leaves `f` as it is and adds
///
/// | companion | returns |
/// |---|---|
/// | `f_hvp` | `∂²f/∂w² · w_direction`, in the shape and type of `w`; its last parameter `w_direction` is a number by value, a matrix by `&` |
/// | `f_hvp_into` | nothing: it writes the product to a last parameter `w_product: &mut _` |
///
/// It costs a small multiple of the gradient. With several parameters there is one direction for each, and the result is a tuple, the rows of the Hessian
/// of all of them times all directions. Arguments, errors and panics are those of [`macro@grad`].
#[proc_macro_attribute]
pub fn hvp(arguments: TokenStream, item: TokenStream) -> TokenStream {
    matgrad_engine::expand(Derivative::Hvp, arguments.into(), item.into()).into()
}

/// Pullback of a function of matrices: from a cotangent of its result to the gradients of `⟨cotangent, f⟩`.
///
/// `#[vjp(w)]` on a function `f`, whose result is a number, a vector or a matrix, leaves `f` as it is and adds `f_vjp`, which returns
/// `(value, pullback)`. The pullback is a closure that may be called any number of times, with a cotangent of the type of the result, a number by value and
/// a matrix by `&`; it returns what `f_grad` would, in the shape and type of `w`, for several parameters a tuple. What does not depend on the
/// cotangent is computed once, before. The closure owns what was computed, borrows what `f_vjp` borrows, and needs no heap where sizes are fixed.
///
/// Arguments and errors are those of [`macro@grad`]. The closure panics if the shape of its argument is not that of the result.
#[proc_macro_attribute]
pub fn vjp(arguments: TokenStream, item: TokenStream) -> TokenStream {
    matgrad_engine::expand(Derivative::Vjp, arguments.into(), item.into()).into()
}

/// A function as crates of optimisers ask for it.
///
/// `#[problem(w, basin)]` on a function `fit`, whose result is a number, leaves `fit` as it is and adds
///
/// | | |
/// |---|---|
/// | `fit_grad` and the others of [`macro@grad`] | unless `#[grad]` stands below |
/// | `FitProblem` | a struct that holds the parameters of `fit`, by reference where `fit` takes a reference, those that are optimised by value |
/// | `FitProblem::new(w, ..)` | with all parameters in the order of `fit`; at `w` the optimisation starts |
/// | `start()`, `unpacked(&[_])` | parameters as the list of numbers that optimisers know, matrices by their columns, and back |
/// | `value_and_gradient(&[_])` | computed once for a point, however often value and gradient are asked for in a row |
///
/// and for each crate that is named its traits on that struct; the crate has to be a dependency.
///
/// | argument | of a number | of a vector or matrix |
/// |---|---|---|
/// | `argmin` | `CostFunction`, `Gradient`, on `Vec` | `Operator`, `Jacobian` |
/// | `basin` | `CostFunction`, `Gradient`, on `DVector` | `Residual`, `Jacobian` |
/// | `levenberg_marquardt(path)` | | `LeastSquaresProblem`, on the nalgebra at `path`, the version that the crate knows |
///
/// With `#[hessian]` below it, and one parameter, there is `Hessian`; with `#[hvp]`, basin's `HessianProduct`. Of a vector or matrix the companions are those of
/// [`macro@jacobian`], and the function is `value_and_jacobian`. The other arguments are those of the derivative; attributes below have to name the same
/// parameters. Where `fit` returns an `Option`, the traits' functions fail where it is `None`.
///
/// # Errors
/// Those of [`macro@grad`]; and what a struct cannot hold: generic functions, methods, `impl` and `&mut` parameters.
#[proc_macro_attribute]
pub fn problem(arguments: TokenStream, item: TokenStream) -> TokenStream {
    matgrad_engine::problem(arguments.into(), item.into()).into()
}

/// A module whose functions see what stands around them.
///
/// An attribute on a function sees the tokens of that function. On `mod model { … }`, `#[differentiable]` sees all of the module, and the attributes of
/// derivatives inside it know its type aliases, constants, structs and their fields, imports under other names, and helpers: a function or method
/// of the module that is called with active values is read where it is called. Everything in the module stays as it is.
///
/// # Errors
/// Those of the attributes inside, each on its function; the companions of the others are whole. Recursion is refused. A module without braces,
/// `mod model;`, has its items in another file, which no attribute sees.
#[proc_macro_attribute]
pub fn differentiable(arguments: TokenStream, item: TokenStream) -> TokenStream {
    matgrad_engine::differentiable(arguments.into(), item.into()).into()
}
