//! The adjoint of the cross matrix.

use matgrad::__private::axial;
use nalgebra::{Matrix3, Vector3};

/// `⟨M, [a]×⟩ = ⟨axial(M), a⟩`, by nalgebra's own cross matrix.
#[test]
fn is_the_adjoint_of_the_cross_matrix() {
    let m = Matrix3::new(1.0, 2.0, -3.0, 5.0, 7.0, 11.0, -13.0, 17.0, 19.0);
    for a in [Vector3::x(), Vector3::y(), Vector3::new(0.5, -2.0, 4.0)] {
        let off: f64 = m.dot(&a.cross_matrix()) - axial(&m).dot(&a);
        assert!(off.abs() < 1e-12);
        assert!((axial(&a.cross_matrix()) - a * 2.0).norm() < 1e-12);
    }
}
