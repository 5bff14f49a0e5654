use matgrad::grad;

#[grad(x)]
const fn f(x: f64) -> f64 {
    x * x
}

fn main() {
    let _: f64 = f_grad(1.0);
}
