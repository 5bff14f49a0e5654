use matgrad::grad;

#[grad(x)]
fn f(x: f64) -> f64 {
    let mut y = x;
    loop {
        y = 0.5 * (y + x / y);
        if (y * y - x).abs() < 1e-12 {
            break;
        }
    }
    y
}

fn main() {}
