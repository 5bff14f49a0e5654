//! Layers and losses of neural networks.

use matgrad_tests::{matrix, vector};
use nalgebra::{DMatrix, DVector};

use crate::symmetric;

textbook! {
    /// ∂ tr(YᵀMY) = Wᵀ ((2 M Y) ∘ σ′(WX)), Y = σ(WX), with σ′(t) = σ(t) σ(−t)
    logistic_layer
        [x, symmetric(m)]
        (x: &DMatrix<f64> = matrix(3, 2), w: &DMatrix<f64> = matrix(5, 3), m: &DMatrix<f64> = symmetric(5))
        { x: "2 wᵀ (y ∘ (m y) ∘ σ(−w x))"; y: "σ(w x)" }
        function { let y = (w * x).map(matgrad::sigmoid); (y.transpose() * m * y).trace() }
        closure { let y = (w * x).map(|t| 1.0 / (1.0 + (-t).exp())); (y.transpose() * m * &y).trace() };

    /// with tanh′ = 1 − tanh²
    tanh_layer
        [x, symmetric(m)]
        (x: &DMatrix<f64> = matrix(3, 2), w: &DMatrix<f64> = matrix(5, 3), m: &DMatrix<f64> = symmetric(5))
        { x: "2 wᵀ ((m y) ∘ (1 − y ∘ y))"; y: "tanh(w x)" }
        path { let y = (w * x).map(f64::tanh); (y.transpose() * m * &y).trace() }
        closure { let y = (w * x).map(|t| t.tanh()); y.dot(&(m * &y)) };

    /// ∂ (−yᵀ log softmax(Wx)) = (sum(y) softmax(Wx) − y) xᵀ
    cross_entropy
        [w]
        (w: &DMatrix<f64> = matrix(5, 3), x: &DVector<f64> = vector(3), y: &DVector<f64> = vector(5))
        { w: "(sum(y) softmax(w x) − y) xᵀ" }
        dot { -y.dot(&matgrad::log_softmax(&(w * x))) }
        transposed { -(y.transpose() * matgrad::log_softmax(&(w * x))).to_scalar() }
        component_mul { -y.component_mul(&matgrad::log_softmax(&(w * x))).sum() }
        log_of_softmax { -y.dot(&matgrad::softmax(&(w * x)).map(|t| t.ln())) }
        log_sum_exp { let z = w * x; y.sum() * matgrad::log_sum_exp(&z) - y.dot(&z) }
        by_hand { let e = (w * x).map(f64::exp); let p = &e / e.sum(); -y.dot(&p.map(f64::ln)) };

    /// the same for n rows, and their mean: (1/n) Xᵀ (softmax(XW) ∘ (Y 1 1ᵀ) − Y)
    cross_entropy_of_rows
        [w]
        (w: &DMatrix<f64> = matrix(3, 5), x: &DMatrix<f64> = matrix(7, 3), y: &DMatrix<f64> = matrix(7, 5))
        { w: "xᵀ (softmax_rows(x w) ∘ (y 1 1ᵀ) − y) / m" }
        dot { -y.dot(&matgrad::log_softmax_rows(&(x * w))) / x.nrows() as f64 }
        component_mul { -y.component_mul(&matgrad::log_softmax_rows(&(x * w))).sum() / y.nrows() as f64 };

    /// (softmax(Wx) − y) xᵀ for the one-hot y of a label
    cross_entropy_of_label
        [w]
        (w: &DMatrix<f64> = matrix(5, 3), x: &DVector<f64> = vector(3), label: usize = 2)
        { w: "(softmax(w x) − e[label]) xᵀ" }
        index { -matgrad::log_softmax(&(w * x))[label] }
        log_sum_exp { let z = w * x; matgrad::log_sum_exp(&z) - z[label] };

    /// W₂: δ hᵀ, W₁: (h ∘ (1 − h) ∘ (W₂ᵀ δ)) xᵀ, δ = softmax(W₂ h) − y
    two_layers
        [w1, w2]
        (
            w1: &DMatrix<f64> = matrix(5, 3),
            w2: &DMatrix<f64> = matrix(7, 5),
            x: &DVector<f64> = vector(3),
            y: &DVector<f64> = vector(7)
        )
        {
            w1: "(h ∘ (w2ᵀ r) ∘ σ(−w1 x)) xᵀ", w2: "r hᵀ";
            h: "σ(w1 x)", r: "sum(y) softmax(w2 h) − y"
        }
        function { let h = (w1 * x).map(matgrad::sigmoid); -y.dot(&matgrad::log_softmax(&(w2 * h))) }
        closure { let h = (w1 * x).map(|t| 1.0 / (1.0 + (-t).exp())); -y.dot(&matgrad::log_softmax(&(w2 * h))) };

    /// without a name of the user's for the inner layer
    two_layers_in_a_line
        [w1, w2]
        (
            w1: &DMatrix<f64> = matrix(5, 3),
            w2: &DMatrix<f64> = matrix(7, 5),
            x: &DVector<f64> = vector(3),
            y: &DVector<f64> = vector(7)
        )
        {
            w1: "(r ∘ (w2ᵀ s) ∘ σ(−w1 x)) xᵀ", w2: "s rᵀ";
            r: "σ(w1 x)", s: "sum(y) softmax(w2 r) − y"
        }
        function { -y.dot(&matgrad::log_softmax(&(w2 * (w1 * x).map(matgrad::sigmoid)))) };

    /// ∂ (Σ softplus(z) − yᵀz) = Xᵀ (σ(Xw) − y), z = Xw
    logistic_regression
        [w]
        (w: &DVector<f64> = vector(3), x: &DMatrix<f64> = matrix(5, 3), y: &DVector<f64> = vector(5))
        { w: "xᵀ (σ(x w) − y)" }
        function { let z = x * w; z.map(matgrad::softplus).sum() - y.dot(&z) }
        closure { let z = x * w; z.map(|t| (1.0 + t.exp()).ln()).sum() - y.dot(&z) }
        zipped { (x * w).zip_map(y, |z, y| (1.0 + z.exp()).ln() - y * z).sum() };
}
