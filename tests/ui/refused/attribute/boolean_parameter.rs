use matgrad::grad;

#[grad(x, positive)]
fn f(x: f64, positive: bool) -> f64 {
    if positive { x } else { -x }
}

fn main() {}
