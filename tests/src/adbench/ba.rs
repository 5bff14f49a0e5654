//! Bundle adjustment: what a camera sees of a point, and what it should.

use matgrad::jacobian;
use nalgebra::{SVector, Vector2, Vector3};

/// The residual of an observation. A camera is a rotation, a centre, a focal length, a principal point and two coefficients of distortion.
#[jacobian(camera, point, weight)]
pub fn residual(camera: &SVector<f64, 11>, point: &Vector3<f64>, weight: f64, feature: &Vector2<f64>) -> Vector3<f64> {
    let rotation = camera.fixed_rows::<3>(0);
    let x = point - camera.fixed_rows::<3>(3);
    let angle = rotation.norm();
    let turned = if angle != 0.0 {
        let axis = rotation / angle;
        let (sin, cos) = (angle.sin(), angle.cos());
        x * cos + axis.cross(&x) * sin + axis * (axis.dot(&x) * (1.0 - cos))
    } else {
        x + rotation.cross(&x)
    };
    let seen = turned.fixed_rows::<2>(0) / turned[2];
    let squared = seen.norm_squared();
    let distortion = 1.0 + camera[9] * squared + camera[10] * squared * squared;
    let projected = seen * (distortion * camera[6]) + camera.fixed_rows::<2>(7);
    let error = (projected - feature) * weight;
    Vector3::new(error[0], error[1], 1.0 - weight * weight)
}

/// An observation.
pub struct Observation {
    /// Who sees.
    pub camera: SVector<f64, 11>,
    /// What.
    pub point: Vector3<f64>,
    /// How much it counts.
    pub weight: f64,
    /// Where.
    pub feature: Vector2<f64>,
}

/// Reads the observation that an instance repeats.
///
/// # Panics
/// If the text is none.
#[must_use]
pub fn read(text: &str) -> Observation {
    let all = super::numbers(text);
    let all = &all[3..];
    Observation {
        camera: SVector::from_column_slice(&all[..11]),
        point: Vector3::from_column_slice(&all[11..14]),
        weight: all[14],
        feature: Vector2::from_column_slice(&all[15..17]),
    }
}
