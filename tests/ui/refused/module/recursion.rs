use matgrad::differentiable;

#[differentiable]
mod model {
    use matgrad::grad;

    fn power(x: f64, n: usize) -> f64 {
        if n == 0 { 1.0 } else { x * power(x, n - 1) }
    }
    #[grad(x)]
    fn f(x: f64, n: usize) -> f64 {
        power(x, n)
    }
}

fn main() {}
