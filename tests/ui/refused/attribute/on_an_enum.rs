use matgrad::grad;

#[grad]
enum Loss {
    Squared,
    Logistic,
}

fn main() {
    let _ = [Loss::Squared, Loss::Logistic];
}
