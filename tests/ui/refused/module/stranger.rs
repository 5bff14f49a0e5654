#[matgrad::differentiable]
mod model {
    use matgrad::grad;

    mod inner {
        fn count(n: usize) -> f64 {
            n as f64
        }
        pub fn scaled(x: f64, n: usize) -> f64 {
            let k: f64 = count(n + 1);
            x * k
        }
    }
    fn count(n: usize) -> f64 {
        -(n as f64)
    }
    #[grad(x)]
    pub fn f(x: f64, n: usize) -> f64 {
        inner::scaled(x, n) + count(n)
    }
}

fn main() {}
