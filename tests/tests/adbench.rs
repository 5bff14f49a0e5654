//! `ADBench`'s objectives and their derivatives, against its reference values, up to 1e-8.
#![allow(clippy::float_cmp, reason = "exactly what is read")]

use matgrad_tests::adbench::{ba, distance, gmm, hand, lstm, numbers};

/// The value, and the gradient.
fn expected(text: &str) -> (f64, Vec<f64>) {
    let all = numbers(text);
    (all[0], all[1..].to_vec())
}

#[track_caller]
fn close(found: &[f64], expected: &[f64]) {
    let apart = distance(found, expected);
    assert!(apart <= 1e-8, "{apart:e} apart");
}

#[test]
fn a_mixture_of_gaussians() {
    let instances = [
        (include_str!("../adbench/gmm_test.txt"), include_str!("../adbench/gmm_test.grad.csv")),
        (include_str!("../adbench/gmm_1k_d2_K5.txt"), include_str!("../adbench/gmm_1k_d2_K5.grad.csv")),
    ];
    for (data, reference) in instances {
        let (problem, (value, gradient)) = (gmm::read(data), expected(reference));
        let (alphas, means, icf) = &problem.parameters;
        let constant = gmm::constant(means.nrows(), means.ncols(), problem.x.ncols(), problem.gamma, problem.m);
        let (found, (by_alphas, by_means, by_icf)) =
            gmm::log_likelihood_value_and_grad(alphas, means, icf, &problem.x, problem.gamma, problem.m);
        close(&[found + constant], &[value]);
        close(&[by_alphas.as_slice(), by_means.as_slice(), by_icf.as_slice()].concat(), &gradient);
    }
}

#[test]
fn bundle_adjustment() {
    for (data, reference) in [
        (include_str!("../adbench/ba1.txt"), include_str!("../adbench/ba1.grad.csv")),
        (include_str!("../adbench/ba_test.txt"), include_str!("../adbench/ba_test.grad.csv")),
    ] {
        let (o, (value, gradient)) = (ba::read(data), expected(reference));
        let (e, (by_camera, by_point, by_weight)) = ba::residual_value_and_jacobian(&o.camera, &o.point, o.weight, &o.feature);
        close(&[0.5 * e.norm_squared()], &[value]);
        let parts = [by_camera.tr_mul(&e).as_slice(), by_point.tr_mul(&e).as_slice(), &[by_weight.dot(&e)]].concat();
        close(&parts, &gradient);
    }
}

#[test]
fn the_jacobian_of_an_observation() {
    let reference: serde_json::Value = serde_json::from_str(include_str!("../adbench/ba1.json")).expect("the file is JSON");
    let o = ba::read(include_str!("../adbench/ba1.txt"));
    let (by_camera, by_point, by_weight) = ba::residual_jacobian(&o.camera, &o.point, o.weight, &o.feature);
    for row in 0..3 {
        let expected: Vec<f64> = (0..15).map(|i| reference["jacobian_block_3x15"][row][i].as_f64().expect("a number")).collect();
        let found: Vec<f64> =
            by_camera.row(row).iter().chain(by_point.row(row).iter()).copied().chain([by_weight[row]]).collect();
        close(&found, &expected);
    }
}

#[test]
fn long_short_term_memory() {
    let data = include_str!("../adbench/lstm_l2_c1024.txt");
    for (letters, reference) in
        [(16, include_str!("../adbench/lstm_l2_c16.grad.csv")), (1024, include_str!("../adbench/lstm_l2_c1024.grad.csv"))]
    {
        let (network, (value, gradient)) = (lstm::read(data, letters), expected(reference));
        let (found, (by_main, by_extra)) =
            lstm::loss_value_and_grad(&network.main, &network.extra, &network.state, &network.text);
        close(&[found], &[value]);
        close(&[by_main.as_slice(), by_extra.as_slice()].concat(), &gradient);
        // gradients of this network are small: relative to the largest, too
        let most = gradient.iter().fold(0.0_f64, |most, g| most.max(g.abs()));
        let scaled = |g: &[f64]| g.iter().map(|g| g / most).collect::<Vec<_>>();
        close(&scaled(&[by_main.as_slice(), by_extra.as_slice()].concat()), &scaled(&gradient));
    }
}

#[test]
fn a_hand() {
    let model = hand::read_model(include_str!("../adbench/bones.txt"), include_str!("../adbench/vertices.txt"));
    for (data, reference) in [
        (include_str!("../adbench/hand_test.txt"), include_str!("../adbench/hand_test.grad.csv")),
        (include_str!("../adbench/hand_simple_small_c100.txt"), include_str!("../adbench/hand_simple_small_c100.grad.csv")),
    ] {
        let ((points, nearest, theta), (value, gradient)) = (hand::read(data), expected(reference));
        let (e, jacobian) = hand::residual_value_and_jacobian(
            &theta,
            &model.parents,
            &model.freedom,
            &model.first,
            &model.relative,
            &model.inverse,
            &model.vertices,
            &model.weights,
            &points,
            &nearest,
        );
        close(&[0.5 * e.norm_squared()], &[value]);
        close(jacobian.tr_mul(&e).as_slice(), &gradient);
    }
    let reference: serde_json::Value = serde_json::from_str(include_str!("../adbench/hand_test.json")).expect("the file is JSON");
    let (points, nearest, theta) = hand::read(include_str!("../adbench/hand_test.txt"));
    let found = hand::residual_jacobian(
        &theta,
        &model.parents,
        &model.freedom,
        &model.first,
        &model.relative,
        &model.inverse,
        &model.vertices,
        &model.weights,
        &points,
        &nearest,
    );
    let expected: Vec<f64> =
        reference["jacobian_colmajor"].as_array().expect("a list").iter().map(|v| v.as_f64().expect("a number")).collect();
    close(found.as_slice(), &expected);
}
