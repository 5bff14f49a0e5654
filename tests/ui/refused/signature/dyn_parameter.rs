use matgrad::grad;

#[grad(x)]
fn f(x: &dyn std::ops::Index<usize, Output = f64>) -> f64 {
    x[0] * x[1]
}

fn main() {}
