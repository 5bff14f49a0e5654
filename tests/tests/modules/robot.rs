//! A planar arm of three links: forward kinematics as helpers, inverse kinematics by Newton's method.

use matgrad::differentiable;
use nalgebra::{Vector2, Vector3};

use super::differences::check;

#[differentiable]
pub mod arm {
    use matgrad::{grad, hessian, jacobian};
    use nalgebra::{Vector2, Vector3};

    pub type Joints = Vector3<f64>;
    pub const LINKS: usize = 3;

    pub struct Arm {
        pub lengths: [f64; LINKS],
        pub base: Vector2<f64>,
    }
    impl Arm {
        fn link(&self, i: usize, angle: f64) -> Vector2<f64> {
            Vector2::new(angle.cos(), angle.sin()) * self.lengths[i]
        }
        fn tip(&self, q: &Joints) -> Vector2<f64> {
            let mut p = self.base;
            let mut angle = 0.0;
            for i in 0..LINKS {
                angle += q[i];
                p += self.link(i, angle);
            }
            p
        }
        #[jacobian(q)]
        pub fn position(&self, q: &Joints) -> Vector2<f64> {
            self.tip(q)
        }
        #[grad(q)]
        #[hessian(q)]
        pub fn cost(&self, q: &Joints, target: &Vector2<f64>) -> f64 {
            0.5 * (self.tip(q) - target).norm_squared() + 1e-3 * q.norm_squared()
        }
    }
}

fn arm() -> arm::Arm {
    arm::Arm { lengths: [1.0, 0.7, 0.4], base: Vector2::new(0.1, -0.2) }
}

#[test]
fn jacobian_of_the_tip() {
    // the textbook's: column j is the sum over the links from j on of lᵢ (−sin, cos)
    let (arm, q) = (arm(), Vector3::new(0.3, -0.8, 1.1));
    let jacobian = arm.position_jacobian(&q);
    let angles = [q[0], q[0] + q[1], q[0] + q[1] + q[2]];
    for j in 0..3 {
        let column: Vector2<f64> = (j..3).map(|i| Vector2::new(-angles[i].sin(), angles[i].cos()) * arm.lengths[i]).sum();
        assert!((jacobian.column(j) - column).norm() < 1e-14);
    }
}

#[test]
fn reaches_its_target() {
    let (arm, target) = (arm(), Vector2::new(0.9, 0.9));
    let mut q = Vector3::new(0.4, 0.5, 0.4);
    check(&q, |q| arm.cost(q, &target), arm.cost_value_and_grad(&q, &target));
    for _ in 0..20 {
        let (_, gradient, hessian) = arm.cost_value_grad_and_hessian(&q, &target);
        let spectrum = hessian.symmetric_eigen();
        let step = spectrum.eigenvectors.tr_mul(&gradient).component_div(&spectrum.eigenvalues.map(|l| l.abs().max(1e-3)));
        q -= spectrum.eigenvectors * step;
    }
    assert!((arm.position(&q) - target).norm() < 5e-3 && arm.cost_grad(&q, &target).norm() < 1e-10);
}
