use matgrad::grad;

#[grad(x)]
fn f(x: f64) -> Box<f64> {
    Box::new(x * x)
}

fn main() {}
