pub struct Net {
    pub w: f64,
}

#[matgrad::differentiable]
mod model {
    use super::Net;
    use matgrad::grad;

    #[grad(net)]
    pub fn f(net: &Net, x: f64) -> f64 {
        net.w * x
    }
}

fn main() {}
