//! A network of two layers as a struct, and one of layers that are structs.

use matgrad::differentiable;
use nalgebra::{DMatrix, RowDVector};

use super::differences::{check, numbers, samples};

#[differentiable]
pub mod model {
    use matgrad::{grad, hvp, jvp, vjp};
    use nalgebra::{DMatrix, DVector, RowDVector};

    #[derive(Clone, Debug, PartialEq)]
    pub struct Net {
        pub w1: DMatrix<f64>,
        pub b1: RowDVector<f64>,
        pub w2: DMatrix<f64>,
        pub b2: RowDVector<f64>,
        /// No number of the model.
        pub epochs: usize,
        pub name: String,
    }

    const DECAY: f64 = 1e-2;

    fn affine(x: &DMatrix<f64>, w: &DMatrix<f64>, b: &RowDVector<f64>) -> DMatrix<f64> {
        let ones = DVector::from_element(x.nrows(), 1.0);
        x * w + ones * b
    }

    impl Net {
        fn scores(&self, x: &DMatrix<f64>) -> DMatrix<f64> {
            let hidden = affine(x, &self.w1, &self.b1).map(|t| t.tanh());
            affine(&hidden, &self.w2, &self.b2)
        }
        fn penalty(&self) -> f64 {
            DECAY * (self.w1.norm_squared() + self.w2.norm_squared())
        }
        #[grad(self)]
        #[jvp(self)]
        #[hvp(self)]
        pub fn cross_entropy(&self, x: &DMatrix<f64>, y: &DMatrix<f64>) -> f64 {
            -matgrad::log_softmax_rows(&self.scores(x)).component_mul(y).sum() / x.nrows() as f64 + self.penalty()
        }
    }

    #[grad(net)]
    pub fn squared(net: &Net, x: &DMatrix<f64>, y: &DMatrix<f64>) -> f64 {
        (net.scores(x) - y).norm_squared() / net.epochs as f64
    }
    #[vjp(net)]
    pub fn scores(net: &Net, x: &DMatrix<f64>) -> DMatrix<f64> {
        net.scores(x)
    }

    #[derive(Clone, Debug)]
    pub struct Layer<const I: usize, const O: usize> {
        pub w: nalgebra::SMatrix<f64, O, I>,
        pub b: nalgebra::SVector<f64, O>,
    }
    #[derive(Clone, Debug)]
    pub struct Deep {
        pub first: Layer<2, 3>,
        pub rest: [Layer<3, 3>; 2],
        pub slope: f64,
    }
    impl Deep {
        fn value(&self, x: &nalgebra::Vector2<f64>) -> f64 {
            let mut h = (self.first.w * x + self.first.b).map(|t| if t > 0.0 { t } else { self.slope * t });
            for layer in &self.rest {
                h = (layer.w * h + layer.b).map(|t| t.tanh());
            }
            h.sum()
        }
    }
    #[grad(net, x)]
    pub fn deep(net: &Deep, x: &nalgebra::Vector2<f64>) -> f64 {
        net.value(x)
    }
}

numbers!(model::Net { w1, b1, w2, b2 });
numbers!(model::Layer<2, 3> { w, b });
numbers!(model::Layer<3, 3> { w, b });
numbers!(model::Deep { first, rest, slope });

fn net() -> model::Net {
    let mut s = samples(40).into_iter();
    let mut next = |n: usize| s.by_ref().take(n).collect::<Vec<f64>>();
    model::Net {
        w1: DMatrix::from_vec(3, 4, next(12)),
        b1: RowDVector::from_vec(next(4)),
        w2: DMatrix::from_vec(4, 2, next(8)),
        b2: RowDVector::from_vec(next(2)),
        epochs: 7,
        name: "net".to_owned(),
    }
}
fn data() -> (DMatrix<f64>, DMatrix<f64>) {
    let x = DMatrix::from_fn(5, 3, |i, j| ((i * 3 + j) as f64).cos());
    (x, DMatrix::from_fn(5, 2, |i, j| f64::from(u8::from(i % 2 == j))))
}

#[test]
fn by_the_network() {
    let (net, (x, y)) = (net(), data());
    check(&net, |net| net.cross_entropy(&x, &y), net.cross_entropy_value_and_grad(&x, &y));
    check(&net, |net| model::squared(net, &x, &y), model::squared_value_and_grad(&net, &x, &y));
    // what is no number is copied
    let gradient = net.cross_entropy_grad(&x, &y);
    assert_eq!((gradient.epochs, gradient.name.as_str()), (7, "net"));
}

#[test]
fn into_a_network() {
    let (net, (x, y)) = (net(), data());
    let mut gradient = model::Net { epochs: 0, name: String::new(), ..net.clone() };
    let value = net.cross_entropy_value_and_grad_into(&x, &y, &mut gradient);
    assert_eq!((value, gradient.clone()), net.cross_entropy_value_and_grad(&x, &y));
    gradient.b1.fill(f64::NAN);
    net.cross_entropy_grad_into(&x, &y, &mut gradient);
    assert_eq!(gradient, net.cross_entropy_grad(&x, &y));
    let mut small = model::Net { b1: RowDVector::zeros(3), ..net.clone() };
    let text = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| net.cross_entropy_grad_into(&x, &y, &mut small)));
    let text = text.unwrap_err().downcast::<String>().unwrap();
    assert!(text.contains("self_gradient.b1") && text.contains("self.b1"), "{text}");
}

#[test]
fn along_a_network() {
    let (at, (x, y)) = (net(), data());
    let direction = model::Net { w1: at.w1.map(f64::sin), b1: at.b1.map(f64::cos), w2: at.w2.map(f64::exp), ..at.clone() };
    let along = |t: f64| model::Net {
        w1: &at.w1 + &direction.w1 * t,
        b1: &at.b1 + &direction.b1 * t,
        w2: &at.w2 + &direction.w2 * t,
        b2: &at.b2 + &direction.b2 * t,
        ..at.clone()
    };
    let (value, slope) = at.cross_entropy_jvp(&x, &y, &direction);
    check(&0.0, |t| along(*t).cross_entropy(&x, &y), (value, slope));
    // the Hessian times a direction is how the gradient moves
    use super::differences::Numbers;
    let product = at.cross_entropy_hvp(&x, &y, &direction).numbers();
    for (i, p) in product.into_iter().enumerate() {
        let entry = |t: f64| along(t).cross_entropy_grad(&x, &y).numbers()[i];
        check(&0.0, |t| entry(*t), (entry(0.0), p));
    }
}

#[test]
fn pulled_back_to_a_network() {
    let (at, (x, y)) = (net(), data());
    let (value, pullback) = model::scores_vjp(&at, &x);
    assert!((value - model::scores(&at, &x)).amax() < 1e-14);
    check(&at, |net| model::scores(net, &x).dot(&y), (model::scores(&at, &x).dot(&y), pullback(&y)));
}

#[test]
fn by_layers_of_an_array() {
    let s = samples(40);
    let layer = |k: usize| model::Layer::<3, 3> {
        w: nalgebra::SMatrix::from_column_slice(&s[k..k + 9]),
        b: nalgebra::SVector::from_column_slice(&s[k + 9..k + 12]),
    };
    let first = model::Layer::<2, 3> {
        w: nalgebra::SMatrix::from_column_slice(&s[..6]),
        b: nalgebra::SVector::from_column_slice(&s[6..9]),
    };
    let net = model::Deep { first, rest: [layer(9), layer(21)], slope: 0.1 };
    let x = nalgebra::Vector2::new(0.4, -0.9);
    let both = (net, x);
    check(&both, |(net, x)| model::deep(net, x), model::deep_value_and_grad(&both.0, &both.1));
}
