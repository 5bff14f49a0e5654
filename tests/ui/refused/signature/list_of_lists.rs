use matgrad::grad;

#[grad(w)]
fn f(w: &[Vec<f64>]) -> f64 {
    w[0][0]
}

fn main() {}
