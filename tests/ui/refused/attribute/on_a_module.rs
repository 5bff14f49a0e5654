use matgrad::grad;

#[grad]
mod losses {
    pub fn square(x: f64) -> f64 {
        x * x
    }
}

fn main() {
    let _ = losses::square(1.0);
}
