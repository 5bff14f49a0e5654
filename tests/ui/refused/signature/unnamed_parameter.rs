use matgrad::grad;

#[grad]
fn f([x, y]: [f64; 2], _: f64) -> f64 {
    x * y
}

fn main() {}
