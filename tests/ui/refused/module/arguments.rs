#[matgrad::differentiable(w)]
mod model {}

fn main() {}
