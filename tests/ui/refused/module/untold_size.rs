#[matgrad::differentiable]
mod model {
    use matgrad::grad;
    use nalgebra::SVector;

    fn ones<const N: usize>(x: f64) -> f64 {
        x * SVector::<f64, N>::from_element(1.0).sum()
    }
    #[grad(x)]
    pub fn f(x: f64) -> f64 {
        ones::<3>(x) + ones(x) as f64
    }
}

fn main() {}
