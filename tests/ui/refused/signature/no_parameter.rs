use matgrad::grad;

#[grad]
fn f() -> f64 {
    1.0
}

fn main() {}
