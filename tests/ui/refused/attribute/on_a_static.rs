use matgrad::grad;

#[grad]
static SCALE: f64 = 2.0;

fn main() {
    let _ = SCALE;
}
