//! Statements: bindings, shadowing, blocks.

use matgrad_tests::{cases, matrix, number, positive, vector};
use nalgebra::{DMatrix, DVector, SMatrix, SVector, Vector3};

cases! {
    bindings {
        let scores = a * x;
        let squares: DVector<f64> = scores.component_mul(&scores);
        let (total, largest): (f64, f64) = (squares.sum(), scores.norm());
        total / (1.0 + largest)
    }
        dynamic(x: DVector<f64> = vector(3), a: DMatrix<f64> = matrix(5, 3)) -> f64;
    shadowed_parameters {
        let x = a * x;
        let x = x.map(f64::sin);
        let a = a.transpose() * &x;
        a.norm_squared() + x.sum()
    }
        dynamic(x: DVector<f64> = vector(3), a: DMatrix<f64> = matrix(5, 3)) -> f64
        fixed(x: SVector<f64, 3> = vector(3), a: SMatrix<f64, 5, 3> = matrix(5, 3)) -> f64;
    clones_of_parameters {
        let x = x.clone();
        let y = y.clone_owned();
        let both = x.clone() + y.clone();
        both.dot(&x) + y.sum()
    }
        dynamic(x: DVector<f64> = vector(3), y: DVector<f64> = vector(3)) -> f64
        fixed(x: SVector<f64, 3> = vector(3), y: SVector<f64, 3> = vector(3)) -> f64
        inactive(x: DVector<f64> = vector(3); y: DVector<f64> = vector(3)) -> f64;
    references {
        let r = &x;
        let s = &(a * *r);
        let t = &r.norm();
        (s * *t).sum() + *t
    }
        dynamic(x: DVector<f64> = vector(3), a: DMatrix<f64> = matrix(5, 3)) -> f64;
    blocks {
        let scores = {
            let product = a * x;
            let shifted = product.add_scalar(1.0);
            shifted.component_mul(&product)
        };
        let total = {
            let product = scores.norm_squared();
            {
                let product = product * 2.0;
                product + scores[0]
            }
        };
        total.sqrt()
    }
        dynamic(x: DVector<f64> = vector(3), a: DMatrix<f64> = positive(5, 3)) -> f64;
    returned_at_the_end {
        let n = x.norm();
        return n * n.sin();
    }
        dynamic(x: DVector<f64> = vector(3)) -> f64;
    returned_without_semicolon {
        return (x.norm() * 2.0).exp()
    }
        dynamic(x: DVector<f64> = vector(3)) -> f64;
    tuples {
        let pair = (x.norm(), (a * x, 2.0));
        let (n, (y, two)) = pair.clone();
        n * y.sum() * two + pair.0 + pair.1.0[1]
    }
        dynamic(x: DVector<f64> = vector(3), a: DMatrix<f64> = matrix(5, 3)) -> f64;
    arrays {
        let parts = [x.norm(), x.sum(), 0.5];
        parts[0] * parts[1] + parts[2] * parts[0]
    }
        dynamic(x: DVector<f64> = vector(3)) -> f64;
    parentheses {
        ((((a) * (x)) - ((y))).norm_squared()) * -(x.sum()) - (-(x.norm())) + -(-(-x)).sum()
    }
        dynamic(x: DVector<f64> = vector(3), a: DMatrix<f64> = matrix(5, 3), y: DVector<f64> = vector(5)) -> f64;
    one_gradient_for_two_parameters {
        (x + y).norm_squared()
    }
        dynamic(x: DVector<f64> = vector(3), y: DVector<f64> = vector(3)) -> f64
        fixed(x: SVector<f64, 3> = vector(3), y: SVector<f64, 3> = vector(3)) -> f64
        scalars(x: Vector3<f64> = vector(3), y: Vector3<f64> = vector(3)) -> f64;
    the_value_is_a_gradient {
        s * t
    }
        scalars(s: f64 = number(), t: f64 = number()) -> f64
        single(s: f32 = number(), t: f32 = number()) -> f32;
    a_parameter_is_a_gradient {
        x.dot(y)
    }
        dynamic(x: DVector<f64> = vector(3), y: DVector<f64> = vector(3)) -> f64
        fixed(x: SVector<f64, 3> = vector(3), y: SVector<f64, 3> = vector(3)) -> f64
        inactive(x: SVector<f32, 3> = vector(3); y: SVector<f32, 3> = vector(3)) -> f32;
    constants_of_every_form {
        x.norm_squared() * 2e-1 + x.sum() * 1_000.5 / 3f64 - s * 0.1 * core::f64::consts::FRAC_PI_3 + 7.0 * std::f64::consts::E
    }
        dynamic(x: DVector<f64> = vector(3), s: f64 = number()) -> f64;
    a_long_sum {
        x[0] + x[1] * 2.0 - x[2] + x[0] * x[1] - x[1] * x[2] + x[0] * x[2] - x[0] / (2.0 + x[1]) + 1.0 - x[2] * x[2] * x[2] + x[0]
    }
        dynamic(x: DVector<f64> = vector(3)) -> f64
        fixed(x: Vector3<f64> = vector(3)) -> f64;
}

cases! {
    gradients_that_share {
        let y = x.map(f64::exp);
        (x - a * &y).norm_squared() + (a * y).sum() * s
    }
        dynamic(x: DVector<f64> = vector(3), a: DMatrix<f64> = matrix(3, 3), s: f64 = number()) -> f64
        fixed(x: SVector<f64, 3> = vector(3), a: SMatrix<f64, 3, 3> = matrix(3, 3), s: f64 = number()) -> f64;
    gradients_of_each_other {
        (a - b).norm_squared() + (a - c * 2.0).norm_squared()
    }
        dynamic(a: DMatrix<f64> = matrix(3, 2), b: DMatrix<f64> = matrix(3, 2), c: DMatrix<f64> = matrix(3, 2)) -> f64;
}
