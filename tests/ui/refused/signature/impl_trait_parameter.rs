use matgrad::grad;

#[grad(x)]
fn f(x: impl Into<f64>) -> f64 {
    x.into()
}

fn main() {
    let _: f64 = f_grad(1.0);
}
