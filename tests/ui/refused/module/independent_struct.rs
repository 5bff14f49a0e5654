#[matgrad::differentiable]
mod model {
    use matgrad::grad;

    pub struct Net {
        pub w: f64,
        pub b: f64,
    }
    #[grad(net, x)]
    pub fn f(net: &Net, x: f64) -> f64 {
        let _ = net;
        x * x
    }
}

fn main() {}
