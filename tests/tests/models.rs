//! Objective functions as practice has them: statistics, machine learning, robotics, control.
#![allow(missing_docs)]
#![allow(
    clippy::redundant_closure_for_method_calls,
    clippy::clone_on_copy,
    clippy::cast_precision_loss,
    clippy::similar_names,
    clippy::op_ref,
    clippy::toplevel_ref_arg,
    reason = "as users write them"
)]

use matgrad_tests::{cases, matrix, number, positive, vector};
use nalgebra::{DMatrix, DVector, Matrix2, Matrix3, Matrix4, SMatrix, SVector, Vector2, Vector3, Vector4, matrix, stack, vector};

fn spd(n: usize) -> DMatrix<f64> {
    let a = matrix::<DMatrix<f64>>(n, n);
    &a * a.transpose() + DMatrix::identity(n, n)
}

fn labels(n: usize) -> DVector<f64> {
    DVector::from_fn(n, |i, _| f64::from(u8::from(i % 3 == 0)))
}

cases! {
    huber {
        let r = x * w - y;
        r.map(|t| if t.abs() < 0.7 { 0.5 * t * t } else { 0.7 * (t.abs() - 0.35) }).sum() / y.len() as f64
    }
        dynamic(w: DVector<f64> = vector(3); x: DMatrix<f64> = matrix(7, 3), y: DVector<f64> = vector(7)) -> f64;
    elastic_net {
        (x * w - y).norm_squared() / (2.0 * y.len() as f64) + alpha * (0.3 * w.abs().sum() + 0.5 * 0.7 * w.norm_squared())
    }
        dynamic(w: DVector<f64> = vector(3), alpha: f64 = 0.4; x: DMatrix<f64> = matrix(7, 3), y: DVector<f64> = vector(7)) -> f64;
    hinge {
        0.5 * w.norm_squared() + 2.0 * (x * w).add_scalar(*b).component_mul(y).map(|m| (1.0 - m).max(0.0)).sum()
    }
        dynamic(w: DVector<f64> = vector(3), b: f64 = 0.3; x: DMatrix<f64> = matrix(7, 3), y: DVector<f64> = labels(7)) -> f64;
    poisson {
        let eta = x * w;
        eta.map(|t| t.exp()).sum() - y.dot(&eta)
    }
        dynamic(w: DVector<f64> = vector(3); x: DMatrix<f64> = matrix(7, 3), y: DVector<f64> = positive(7, 1)) -> f64;
    logistic_by_labels {
        let p = (x * w).map(|t| 1.0 / (1.0 + (-t).exp()));
        -y.zip_map(&p, |t, p| t * p.ln() + (1.0 - t) * (1.0 - p).ln()).mean()
    }
        dynamic(w: DVector<f64> = vector(3); x: DMatrix<f64> = matrix(7, 3), y: DVector<f64> = labels(7)) -> f64;
    attention {
        let scores = (q * k.transpose()) / (k.ncols() as f64).sqrt();
        ((matgrad::softmax_rows(&scores) * v) - t).norm_squared()
    }
        dynamic(q: DMatrix<f64> = matrix(5, 3), k: DMatrix<f64> = matrix(7, 3), v: DMatrix<f64> = matrix(7, 2); t: DMatrix<f64> = matrix(5, 2)) -> f64;
    layer_norm {
        let centred = x.add_scalar(-x.mean());
        let normed = &centred / (centred.norm_squared() / x.len() as f64 + 1e-5).sqrt();
        normed.component_mul(g).dot(t) + (normed + b).norm()
    }
        dynamic(x: DVector<f64> = vector(5), g: DVector<f64> = vector(5), b: DVector<f64> = vector(5); t: DVector<f64> = vector(5)) -> f64
        fixed(x: SVector<f64, 5> = vector(5), g: SVector<f64, 5> = vector(5), b: SVector<f64, 5> = vector(5); t: SVector<f64, 5> = vector(5)) -> f64;
    cosine_similarity {
        1.0 - a.dot(b) / (a.norm() * b.norm()) + a.normalize().dot(b)
    }
        dynamic(a: DVector<f64> = vector(5), b: DVector<f64> = vector(5)) -> f64;
    matrix_factorization {
        mask.component_mul(&(r - u * v.transpose())).norm_squared() + 0.1 * (u.norm_squared() + v.norm_squared())
    }
        dynamic(u: DMatrix<f64> = matrix(5, 2), v: DMatrix<f64> = matrix(3, 2); r: DMatrix<f64> = matrix(5, 3), mask: DMatrix<f64> = matrix(5, 3)) -> f64;
    variational_autoencoder {
        let z = mu + log_var.map(|t| (0.5 * t).exp()).component_mul(eps);
        let kl = -0.5 * (log_var.add_scalar(1.0) - mu.map(|t| t * t) - log_var.map(|t| t.exp())).sum();
        kl + (w * z - x).norm_squared()
    }
        dynamic(mu: DVector<f64> = vector(3), log_var: DVector<f64> = vector(3), w: DMatrix<f64> = matrix(5, 3); eps: DVector<f64> = vector(3), x: DVector<f64> = vector(5)) -> f64;
    multivariate_gaussian {
        let r = y - m;
        let chol = s.symmetric_part().cholesky().unwrap();
        0.5 * (y.len() as f64 * (2.0 * std::f64::consts::PI).ln() + chol.ln_determinant() + r.dot(&chol.solve(&r)))
    }
        dynamic(m: DVector<f64> = vector(3), s: DMatrix<f64> = spd(3); y: DVector<f64> = vector(3)) -> f64;
    gaussian_process {
        let k = d.map(|t| variance * (-0.5 * t / (length * length)).exp()) + DMatrix::identity(5, 5) * *noise;
        let chol = k.cholesky().unwrap();
        0.5 * y.dot(&chol.solve(y)) + chol.l().diagonal().map(|t| t.ln()).sum()
    }
        dynamic(variance: f64 = 1.3, length: f64 = 0.8, noise: f64 = 0.2; d: DMatrix<f64> = distances(5), y: DVector<f64> = vector(5)) -> f64;
    linear_discriminant {
        (w.transpose() * between * w).to_scalar() / (w.transpose() * within * w).to_scalar()
    }
        dynamic(w: DVector<f64> = vector(3); between: DMatrix<f64> = spd(3), within: DMatrix<f64> = spd(3)) -> f64;
    principal_components {
        (x - x * w * w.transpose()).norm_squared() + (w.transpose() * w - DMatrix::identity(2, 2)).norm_squared()
    }
        dynamic(w: DMatrix<f64> = matrix(3, 2); x: DMatrix<f64> = matrix(7, 3)) -> f64;
    acyclicity {
        w.component_mul(w).exp().trace() - 4.0
    }
        dynamic(w: DMatrix<f64> = matrix(4, 4)) -> f64;
    kullback_leibler_of_gaussians {
        let precision = b.clone().try_inverse().unwrap();
        let shift = n - m;
        0.5 * ((&precision * a).trace() + shift.dot(&(&precision * &shift)) - m.len() as f64 + (b.determinant() / a.determinant()).ln())
    }
        dynamic(m: DVector<f64> = vector(3), a: DMatrix<f64> = spd(3), n: DVector<f64> = vector(3), b: DMatrix<f64> = spd(3)) -> f64;
    kalman_innovation {
        let x = f * x0;
        let p = f * p0 * f.transpose() + DMatrix::identity(3, 3) * q.exp();
        let s = h * &p * h.transpose() + DMatrix::identity(2, 2) * r.exp();
        let nu = z - h * &x;
        let chol = s.cholesky().unwrap();
        let gain = &p * h.transpose() * chol.inverse();
        0.5 * (chol.ln_determinant() + nu.dot(&chol.solve(&nu))) + (x + gain * nu).norm_squared()
    }
        dynamic(q: f64 = -0.3, r: f64 = 0.2; f: DMatrix<f64> = matrix(3, 3), h: DMatrix<f64> = matrix(2, 3), x0: DVector<f64> = vector(3), p0: DMatrix<f64> = spd(3), z: DVector<f64> = vector(2)) -> f64;
    attitude_by_quaternion {
        let (w, x, y, z) = (q[0], q[1], q[2], q[3]);
        let r = Matrix3::new(
            1.0 - 2.0 * (y * y + z * z), 2.0 * (x * y - w * z), 2.0 * (x * z + w * y),
            2.0 * (x * y + w * z), 1.0 - 2.0 * (x * x + z * z), 2.0 * (y * z - w * x),
            2.0 * (x * z - w * y), 2.0 * (y * z + w * x), 1.0 - 2.0 * (x * x + y * y),
        );
        (r.transpose() * g - a).norm_squared() + (r.transpose() * m - b).norm_squared() + (q.norm_squared() - 1.0).powi(2)
    }
        fixed(q: Vector4<f64> = vector(4); g: Vector3<f64> = vector(3), a: Vector3<f64> = vector(3), m: Vector3<f64> = vector(3), b: Vector3<f64> = vector(3)) -> f64
        single(q: Vector4<f32> = vector(4); g: Vector3<f32> = vector(3), a: Vector3<f32> = vector(3), m: Vector3<f32> = vector(3), b: Vector3<f32> = vector(3)) -> f32;
    rotation_by_exponential {
        ((v.cross_matrix()).exp() * p - t).norm_squared()
    }
        fixed(v: Vector3<f64> = vector(3); p: Vector3<f64> = vector(3), t: Vector3<f64> = vector(3)) -> f64;
    two_link_arm {
        let (s1, c1) = th[0].sin_cos();
        let (s12, c12) = (th[0] + th[1]).sin_cos();
        (vector![c1 + 0.7 * c12, s1 + 0.7 * s12] - target).norm()
    }
        fixed(th: Vector2<f64> = vector(2); target: Vector2<f64> = vector(2)) -> f64;
    reprojection {
        let h = k * (r * p + t);
        (h.xy() / h.z - uv).norm_squared()
    }
        fixed(k: Matrix3<f64> = matrix(3, 3), p: Vector3<f64> = vector(3), t: Vector3<f64> = vector(3); r: Matrix3<f64> = matrix(3, 3), uv: Vector2<f64> = vector(2)) -> f64;
    pose_in_homogeneous_coordinates {
        ((pose * p.push(1.0)).xyz() - y).norm_squared()
    }
        fixed(pose: Matrix4<f64> = matrix(4, 4), p: Vector3<f64> = vector(3); y: Vector3<f64> = vector(3)) -> f64;
    predictive_control {
        let x1 = a * x0 + b * u.columns(0, 1);
        let x2 = a * &x1 + b * u.columns(1, 1);
        let x3 = a * &x2 + b * u.columns(2, 1);
        (x1.transpose() * q * &x1).to_scalar() + (x2.transpose() * q * &x2).to_scalar() + (x3.transpose() * q * &x3).to_scalar() + 0.1 * u.norm_squared()
    }
        dynamic(u: DMatrix<f64> = matrix(2, 3); a: DMatrix<f64> = matrix(3, 3), b: DMatrix<f64> = matrix(3, 2), q: DMatrix<f64> = matrix(3, 3), x0: DVector<f64> = vector(3)) -> f64;
    accelerometer_calibration {
        let corrected = SMatrix::<f64, 3, 3>::new(p[0], p[1], p[2], 0.0, p[3], p[4], 0.0, 0.0, p[5]) * (samples - p.fixed_rows::<3>(6) * SMatrix::<f64, 1, 4>::repeat(1.0));
        corrected.row_variance().sum() + (corrected.component_mul(&corrected).row_sum().add_scalar(-1.0)).norm_squared()
    }
        fixed(p: SVector<f64, 9> = vector(9); samples: SMatrix<f64, 3, 4> = matrix(3, 4)) -> f64;
    lagrangian {
        let m = matrix![a[0], a[1]; a[1], a[2]];
        let kkt = stack![m, DMatrix::from_element(2, 1, a[3]); DMatrix::from_element(1, 2, a[3]), 0];
        kkt.lu().solve(b).unwrap().norm_squared() + m.determinant()
    }
        dynamic(a: DVector<f64> = vector(4), b: DVector<f64> = vector(3)) -> f64;
    soft_k_means {
        let d0 = (x - c.column(0)).norm_squared();
        let d1 = (x - c.column(1)).norm_squared();
        -((-d0).exp() + (-d1).exp()).ln()
    }
        dynamic(c: DMatrix<f64> = matrix(3, 2); x: DVector<f64> = vector(3)) -> f64;
    mahalanobis {
        let d = x - y;
        (d.transpose() * m.transpose() * m * d).to_scalar().sqrt() + (m.tr_mul(m) * y).dot(x)
    }
        dynamic(m: DMatrix<f64> = matrix(2, 3), x: DVector<f64> = vector(3), y: DVector<f64> = vector(3)) -> f64
        fixed(m: Matrix2<f64> = matrix(2, 2), x: Vector2<f64> = vector(2), y: Vector2<f64> = vector(2)) -> f64;
    student {
        let r = (y - x * w).component_div(&s.map(|t| t.exp()));
        r.map(|t| (1.0 + t * t / nu).ln()).sum() * (nu + 1.0) / 2.0 + s.sum()
    }
        dynamic(w: DVector<f64> = vector(3), s: DVector<f64> = vector(7), nu: f64 = 3.5; x: DMatrix<f64> = matrix(7, 3), y: DVector<f64> = vector(7)) -> f64;
    temperature {
        let z = logits / t.exp();
        matgrad::log_sum_exp(&z) - z[2] + (number - t).powi(2)
    }
        dynamic(logits: DVector<f64> = vector(5), t: f64 = 0.3; number: f64 = number()) -> f64;
}

/// Squared distances of points on a line.
fn distances(n: u8) -> DMatrix<f64> {
    DMatrix::from_fn(n.into(), n.into(), |i, j| (i as f64 - j as f64).powi(2) * 0.3)
}
