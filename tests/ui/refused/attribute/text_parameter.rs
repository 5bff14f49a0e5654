use matgrad::grad;

#[grad(name)]
fn f(x: f64, name: &str) -> f64 {
    println!("{name}");
    x
}

fn main() {}
