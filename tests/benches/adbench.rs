//! How long derivatives of the objectives of `ADBench` take, in times of these: `cargo bench -p matgrad-tests --bench adbench`.
#![allow(missing_docs, clippy::print_stdout)]

use std::hint::black_box;
use std::time::Instant;

use matgrad_tests::adbench::{ba, gmm, hand, lstm};

/// The least seconds of a call, of seven loops of a twentieth of a second or more.
fn seconds<T>(mut call: impl FnMut() -> T) -> f64 {
    let mut run = |count: u32| {
        let start = Instant::now();
        for _ in 0..count {
            black_box(call());
        }
        start.elapsed().as_secs_f64()
    };
    let mut count = 1;
    while run(count) < 0.05 {
        count *= 2;
    }
    (0..7).map(|_| run(count)).fold(f64::INFINITY, f64::min) / f64::from(count)
}

fn report(name: &str, objective: f64, derivative: f64) {
    println!("{name}: objective {:.3e} s, with derivative {:.3e} s, ratio {:.2}", objective, derivative, derivative / objective);
}

fn main() {
    let data = |name: &str| {
        let path = format!("{}/adbench/{name}", env!("CARGO_MANIFEST_DIR"));
        std::fs::read_to_string(path).expect("the file is there")
    };
    for name in ["gmm_1k_d10_K5.txt", "gmm_1k_d2_K5.txt"] {
        let p = gmm::read(&data(name));
        let (alphas, means, icf) = &p.parameters;
        let (x, gamma, m) = (&p.x, p.gamma, p.m);
        let objective = seconds(|| gmm::log_likelihood(black_box(alphas), means, icf, x, gamma, m));
        let gradient = seconds(|| gmm::log_likelihood_value_and_grad(black_box(alphas), means, icf, x, gamma, m));
        report(name, objective, gradient);
    }
    let o = ba::read(&data("ba1.txt"));
    let objective = seconds(|| ba::residual(black_box(&o.camera), &o.point, o.weight, &o.feature));
    let jacobian = seconds(|| ba::residual_value_and_jacobian(black_box(&o.camera), &o.point, o.weight, &o.feature));
    report("ba1.txt, an observation", objective, jacobian);
    let n = lstm::read(&data("lstm_l2_c1024.txt"), 1024);
    let objective = seconds(|| lstm::loss(black_box(&n.main), &n.extra, &n.state, &n.text));
    let gradient = seconds(|| lstm::loss_value_and_grad(black_box(&n.main), &n.extra, &n.state, &n.text));
    report("lstm_l2_c1024.txt", objective, gradient);
    let model = hand::read_model(&data("bones.txt"), &data("vertices.txt"));
    let (points, nearest, theta) = hand::read(&data("hand_simple_small_c100.txt"));
    let h = &model;
    let objective = seconds(|| {
        hand::residual(
            black_box(&theta),
            &h.parents,
            &h.freedom,
            &h.first,
            &h.relative,
            &h.inverse,
            &h.vertices,
            &h.weights,
            &points,
            &nearest,
        )
    });
    let jacobian = seconds(|| {
        hand::residual_value_and_jacobian(
            black_box(&theta),
            &h.parents,
            &h.freedom,
            &h.first,
            &h.relative,
            &h.inverse,
            &h.vertices,
            &h.weights,
            &points,
            &nearest,
        )
    });
    report("hand_simple_small_c100.txt", objective, jacobian);
}
