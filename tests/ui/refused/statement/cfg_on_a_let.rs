use matgrad::grad;

#[grad(x)]
fn f(x: f64) -> f64 {
    #[cfg(debug_assertions)]
    let y = x * 2.0;
    #[cfg(not(debug_assertions))]
    let y = x * 3.0;
    y
}

fn main() {
    let _: f64 = f_grad(1.0);
}
