#[matgrad::differentiable]
mod model {
    use matgrad::grad;

    #[cfg(debug_assertions)]
    fn scale(x: f64) -> f64 {
        2.0 * x
    }
    #[cfg(not(debug_assertions))]
    fn scale(x: f64) -> f64 {
        3.0 * x
    }
    #[grad(x)]
    pub fn f(x: f64) -> f64 {
        scale(x)
    }
}

fn main() {}
