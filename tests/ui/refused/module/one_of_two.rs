#[matgrad::differentiable]
mod model {
    use matgrad::grad;

    fn floor(x: f64) -> f64 {
        x.floor()
    }
    #[grad(x)]
    pub fn broken(x: f64) -> f64 {
        floor(x)
    }
    #[grad(x)]
    pub fn whole(x: f64) -> f64 {
        x * x
    }
}

fn main() {
    assert_eq!(model::whole_grad(3.0), 6.0);
    let _: f64 = model::broken_grad(3.0);
}
