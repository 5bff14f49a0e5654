#[matgrad::differentiable]
mod model {
    pub mod inner {
        pub struct Net {
            w: f64,
        }
    }
    use inner::Net;
    use matgrad::grad;

    #[grad(net)]
    pub fn f(net: &Net, x: f64) -> f64 {
        x * x
    }
}

fn main() {}
