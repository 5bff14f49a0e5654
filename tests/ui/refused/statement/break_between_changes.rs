use matgrad::grad;

#[grad(x)]
fn f(x: f64, n: usize) -> f64 {
    let mut y = x;
    for i in 0..n {
        y = y.sin();
        if i == 3 {
            break;
        }
        y += x;
    }
    y
}

fn main() {}
