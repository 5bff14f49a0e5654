#[matgrad::differentiable]
mod model {
    use matgrad::grad;

    fn noted(x: f64, calls: &mut usize) -> f64 {
        *calls += 1;
        x * x
    }
    #[grad(x)]
    pub fn f(x: f64) -> f64 {
        let mut calls = 0;
        noted(x, &mut calls) * calls as f64
    }
}

fn main() {}
