use matgrad::grad;

#[grad(x)]
unsafe extern "C" fn f(x: f64, _others: ...) -> f64 {
    x * x
}

fn main() {}
