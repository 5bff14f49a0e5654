//! Functions of numbers, and of the entries of a vector.

use matgrad_tests::{number, vector};
use nalgebra::{DVector, SVector, Vector3};

textbook! {
    /// ∇ (x₁² + 3 x₂ + sin x₃) = (2 x₁, 3, cos x₃)
    entries [x] (x: &SVector<f64, 3> = vector(3)) { x: "(2 x₁, 3, cos(x₃))" }
        index { x[0] * x[0] + 3.0 * x[1] + x[2].sin() }
        power { x[0].powi(2) + 3.0 * x[1] + x[2].sin() }
        pair { x[(0, 0)].powi(2) + 3.0 * x[(1, 0)] + x[(2, 0)].sin() };

    named_entries [x] (x: &Vector3<f64> = vector(3)) { x: "(2 x₁, 3, cos(x₃))" }
        coordinates { x.x.powi(2) + 3.0 * x.y + x.z.sin() };

    /// of a vector whose length is not known, by unit vectors
    entries_of_many [x] (x: &DVector<f64> = vector(5)) { x: "2 x₁ e₁ + 3 e₂ + cos(x₃) e₃" }
        index { x[0].powi(2) + 3.0 * x[1] + x[2].sin() };

    /// (2 x − 4, 4 y + 2)
    paraboloid [x, y] (x: f64 = number(), y: f64 = number()) { x: "2 x − 4", y: "4 y + 2" }
        product { x * x + 2.0 * y * y - 4.0 * x + 2.0 * y + 5.0 }
        power { x.powi(2) + 2.0 * y.powi(2) - 4.0 * x + 2.0 * y + 5.0 }
        horner { x * (x - 4.0) + 2.0 * y * (y + 1.0) + 5.0 };

    /// (2 x + y, x + 2 y)
    form [x, y] (x: f64 = number(), y: f64 = number()) { x: "2 x + y", y: "x + 2 y" }
        product { x * x + x * y + y * y }
        power { x.powi(2) + x * y + y.powi(2) };

    /// (2 x + y, x − 2 y)
    indefinite_form [x, y] (x: f64 = number(), y: f64 = number()) { x: "2 x + y", y: "x − 2 y" }
        product { x * x + x * y - y * y }
        power { x.powi(2) + x * y - y.powi(2) };

    /// (−4 cos x sin x (cos² x + cos² y), −4 cos y sin y (cos² x + cos² y))
    cosines [x, y] (x: f64 = number(), y: f64 = number())
        { x: "−4 r cos(x) sin(x)", y: "−4 r cos(y) sin(y)"; r: "cos(x)² + cos(y)²" }
        power { (x.cos().powi(2) + y.cos().powi(2)).powi(2) }
        named { let r = x.cos().powi(2) + y.cos().powi(2); r * r };

    /// ((1 + 2 x²) exp(x² + y²), 2 x y exp(x² + y²))
    bell [x, y] (x: f64 = number(), y: f64 = number())
        { x: "r (2 x² + 1)", y: "2 x y r"; r: "exp(x² + y²)" }
        product { x * (x * x + y * y).exp() }
        power { x * (x.powi(2) + y.powi(2)).exp() };
}
