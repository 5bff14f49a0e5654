use matgrad::grad;

#[grad]
use std::f64::consts::PI;

fn main() {
    let _ = PI;
}
