use matgrad::grad;

#[grad(x, name = "g")]
fn f(x: f64) -> f64 {
    x * x
}

fn main() {}
