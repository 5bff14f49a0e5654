use matgrad::grad;

#[grad(x)]
fn f(x: &[f64], n: usize) -> f64 {
    let mut kept = Vec::new();
    for i in 0..n {
        if i % 2 == 0 {
            kept.push(x[i]);
        }
    }
    kept.iter().sum()
}

fn main() {}
