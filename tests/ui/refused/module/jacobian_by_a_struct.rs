#[matgrad::differentiable]
mod model {
    use matgrad::jacobian;
    use nalgebra::Vector2;

    pub struct Pair {
        pub a: f64,
        pub v: Vector2<f64>,
    }
    #[jacobian(p)]
    pub fn f(p: &Pair) -> Vector2<f64> {
        p.v * p.a
    }
}

fn main() {}
