//! A network of long short-term memory that reads a text letter by letter; its weight matrices are diagonal.

use matgrad::grad;
use nalgebra::DMatrix;

/// How badly each letter is foretold by those before. A layer has two columns of `main`, the weights of its four gates one under the other, and
/// their biases; of `state`, what it shows and what it remembers.
#[grad(main, extra)]
pub fn loss(main: &DMatrix<f64>, extra: &DMatrix<f64>, state: &DMatrix<f64>, text: &DMatrix<f64>) -> f64 {
    let (b, layers) = (extra.nrows(), state.ncols() / 2);
    let mut memory = state.clone();
    let mut total = 0.0;
    for t in 0..text.ncols() - 1 {
        let mut input = text.column(t).component_mul(&extra.column(0));
        for i in 0..layers {
            let weight = main.column(2 * i);
            let bias = main.column(2 * i + 1);
            let shown = memory.column(2 * i).into_owned();
            let forget = (input.component_mul(&weight.rows(0, b)) + bias.rows(0, b)).map(matgrad::sigmoid);
            let ingate = (shown.component_mul(&weight.rows(b, b)) + bias.rows(b, b)).map(matgrad::sigmoid);
            let outgate = (input.component_mul(&weight.rows(2 * b, b)) + bias.rows(2 * b, b)).map(matgrad::sigmoid);
            let change = (shown.component_mul(&weight.rows(3 * b, b)) + bias.rows(3 * b, b)).map(|s| s.tanh());
            let cell = memory.column(2 * i + 1).component_mul(&forget) + ingate.component_mul(&change);
            input = outgate.component_mul(&cell.map(|s| s.tanh()));
            memory.set_column(2 * i, &input);
            memory.set_column(2 * i + 1, &cell);
        }
        let foretold = input.component_mul(&extra.column(1)) + extra.column(2);
        let normalizer = (foretold.map(|s| s.exp()).sum() + 2.0).ln();
        total += text.column(t + 1).dot(&foretold.add_scalar(-normalizer));
    }
    -total / ((text.ncols() - 1) * b) as f64
}

/// An instance.
pub struct Network {
    /// Weights and biases of the layers.
    pub main: DMatrix<f64>,
    /// Weights of what goes in, and weights and biases of what comes out.
    pub extra: DMatrix<f64>,
    /// What is shown and remembered at first.
    pub state: DMatrix<f64>,
    /// The letters.
    pub text: DMatrix<f64>,
}

/// Reads an instance; `letters`: how many of its text at most.
///
/// # Panics
/// If the text is none.
#[must_use]
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "sizes")]
pub fn read(text: &str, letters: usize) -> Network {
    let all = super::numbers(text);
    let (layers, count, b) = (all[0] as usize, (all[1] as usize).min(letters), all[2] as usize);
    let mut rest = &all[3..];
    let mut take = |rows: usize, cols: usize| {
        let (these, others) = rest.split_at(rows * cols);
        rest = others;
        DMatrix::from_column_slice(rows, cols, these)
    };
    Network { main: take(4 * b, 2 * layers), extra: take(b, 3), state: take(b, 2 * layers), text: take(b, count) }
}
