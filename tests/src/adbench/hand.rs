//! A hand: points of its skin against points that were measured, by the angles of its joints.

use matgrad::jacobian;
use nalgebra::{DMatrix, DVector, Matrix3, Matrix4};

/// From the skin to the measured points. `theta` is a rotation, a translation, and then the four angles of each finger.
#[jacobian(theta)]
pub fn residual(
    theta: &DVector<f64>,
    parents: &[usize],
    freedom: &[usize],
    first: &[usize],
    relative: &DMatrix<f64>,
    inverse: &DMatrix<f64>,
    vertices: &DMatrix<f64>,
    weights: &DMatrix<f64>,
    points: &DMatrix<f64>,
    nearest: &[usize],
) -> DVector<f64> {
    let mut absolute = DMatrix::<f64>::zeros(4, 4 * parents.len());
    let mut skin = DMatrix::<f64>::zeros(3, vertices.ncols());
    for b in 0..parents.len() {
        let mut pose = Matrix4::identity();
        if freedom[b] > 0 {
            let (s, c) = (theta[first[b]].sin(), theta[first[b]].cos());
            pose = Matrix4::new(1.0, 0.0, 0.0, 0.0, 0.0, c, -s, 0.0, 0.0, s, c, 0.0, 0.0, 0.0, 0.0, 1.0);
        }
        if freedom[b] > 1 {
            let (s, c) = (theta[first[b] + 1].sin(), theta[first[b] + 1].cos());
            pose = Matrix4::new(c, -s, 0.0, 0.0, s, c, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 1.0) * pose;
        }
        let mut transform = relative.fixed_view::<4, 4>(0, 4 * b) * pose;
        if b > 0 {
            transform = absolute.fixed_view::<4, 4>(0, 4 * parents[b]) * transform;
        }
        for c in 0..4 {
            absolute.set_column(4 * b + c, &transform.column(c));
        }
        let moved = (transform * inverse.fixed_view::<4, 4>(0, 4 * b)).fixed_rows::<3>(0) * vertices;
        let weight = DVector::from_element(3, 1.0) * weights.row(b);
        skin += moved.component_mul(&weight);
    }
    let rotation = theta.rows(0, 3);
    let angle = rotation.norm();
    let axis = rotation / angle;
    let (s, c) = (angle.sin(), angle.cos());
    let cross = Matrix3::new(0.0, -axis[2], axis[1], axis[2], 0.0, -axis[0], -axis[1], axis[0], 0.0);
    let turn = Matrix3::identity() * c + cross * s + &axis * axis.transpose() * (1.0 - c);
    let placed = turn * skin + theta.rows(3, 3) * DVector::from_element(vertices.ncols(), 1.0).transpose();
    let mut error = DVector::<f64>::zeros(3 * nearest.len());
    for i in 0..nearest.len() {
        for r in 0..3 {
            error[3 * i + r] = points[(r, i)] - placed[(r, nearest[i])];
        }
    }
    error
}

/// A skeleton and its skin.
pub struct Model {
    /// Of each bone, what it hangs on.
    pub parents: Vec<usize>,
    /// How many angles each bone has.
    pub freedom: Vec<usize>,
    /// Which is the first.
    pub first: Vec<usize>,
    /// Where each bone is, seen from there: matrices of four columns, side by side.
    pub relative: DMatrix<f64>,
    /// From the skin at rest to each bone.
    pub inverse: DMatrix<f64>,
    /// The skin at rest.
    pub vertices: DMatrix<f64>,
    /// How much each bone moves each point of the skin.
    pub weights: DMatrix<f64>,
}

/// Reads a model.
///
/// # Panics
/// If the texts are none.
#[must_use]
pub fn read_model(bones: &str, vertices: &str) -> Model {
    let (mut parents, mut relative, mut inverse) = (Vec::new(), Vec::<f64>::new(), Vec::<f64>::new());
    for line in bones.lines() {
        let parts: Vec<&str> = line.trim().split(':').collect();
        if parts.len() < 34 {
            continue;
        }
        // row by row there, column by column here
        let at = |from: usize, i: usize| parts[from + i % 4 * 4 + i / 4].parse::<f64>().expect("a number");
        parents.push(parts[1].parse().unwrap_or(0)); // the first hangs on nothing
        relative.extend((0..16).map(|i| at(2, i)));
        inverse.extend((0..16).map(|i| at(18, i)));
    }
    let lines: Vec<Vec<&str>> =
        vertices.lines().map(|l| l.trim().split(':').collect()).filter(|l: &Vec<&str>| l.len() >= 9).collect();
    let (mut skin, mut weights) = (DMatrix::from_element(4, lines.len(), 1.0), DMatrix::zeros(parents.len(), lines.len()));
    for (i, line) in lines.iter().enumerate() {
        for r in 0..3 {
            skin[(r, i)] = line[r].parse().expect("a number");
        }
        for pair in line[9..].chunks_exact(2).take(line[8].parse().expect("a count")) {
            weights[(pair[0].parse::<usize>().expect("a bone"), i)] = pair[1].parse().expect("a number");
        }
    }
    let side_by_side = |m: Vec<f64>| DMatrix::from_column_slice(4, m.len() / 4, &m);
    let (relative, inverse) = (side_by_side(relative), side_by_side(inverse));
    // the bones of a finger: two angles, one, one, none
    let freedom = (0..parents.len()).map(|b| if b < 2 { 0 } else { [2, 1, 1, 0][(b - 2) % 4] }).collect();
    let first = (0..parents.len()).map(|b| 6 + b.saturating_sub(2) / 4 * 4 + [0, 2, 3, 0][(b + 2) % 4]).collect();
    Model { parents, freedom, first, relative, inverse, vertices: skin, weights }
}

/// An instance: the points, the points of the skin that they belong to, the angles.
///
/// # Panics
/// If the text is none.
#[must_use]
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "sizes and numbers of points")]
pub fn read(text: &str) -> (DMatrix<f64>, Vec<usize>, DVector<f64>) {
    let all = super::numbers(text);
    let n = all[0] as usize;
    let lines = DMatrix::from_column_slice(4, n, &all[2..2 + 4 * n]);
    let nearest = lines.row(0).iter().map(|i| *i as usize).collect();
    (lines.rows(1, 3).into_owned(), nearest, DVector::from_column_slice(&all[2 + 4 * n..]))
}
