//! Every program against the figure that is published, or that another system computes, and what they are made of against closed forms.

#![allow(clippy::cast_precision_loss, reason = "small numbers")]

macro_rules! programs {
    ($($name:ident $path:literal)*) => {
        $(
            #[path = $path]
            #[allow(dead_code, reason = "tests call the functions of a program, not `main`")]
            mod $name;
        )*
    };
}

programs! {
    kalman "../kalman.rs"
    lasso "../lasso.rs"
    linear_regression "../linear_regression.rs"
    newton "../newton.rs"
    newton_cg "../newton_cg.rs"
    nonlinear_least_squares "../nonlinear_least_squares.rs"
    notears "../notears.rs"
    softmax_regression "../softmax_regression.rs"
    two_layer_network "../two_layer_network.rs"
}

use matgrad_examples::{Edges, Images, Minimization, Scaling, Table, data_file, r_squared};
use nalgebra::{DMatrix, DVector, Matrix2, dmatrix, dvector};
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

/// Least squares with intercept on the diabetes data: "Multiple R-squared: 0.5177" in R's `summary(lm(y ~ x))` on the data of the package
/// `lars`, 0.51775 with scikit-learn's `LinearRegression().fit(X, y).score(X, y)`.
const LEAST_SQUARES_R_SQUARED: f64 = 0.51775;

/// scikit-learn's `Lasso(alpha=1.0)` on the same data, features standardised: its score, and the number of its weights that are not zero.
const LASSO_R_SQUARED: f64 = 0.51328;
const LASSO_NON_ZERO: usize = 7;

/// The minimum of `Σ cross-entropy + ½ ‖w‖²` on the first 1347 digits, and the share of the others that is read aright, by scikit-learn's
/// `LogisticRegression`.
const SOFTMAX_MINIMUM: f64 = 273.00254;
const SOFTMAX_ACCURACY: f64 = 0.920;

/// The minimum of `Σ log-loss + ½ ‖w‖²` on the standardised breast-cancer data, intercept free, and the share of the rows that are told apart
/// aright, by scikit-learn's `LogisticRegression`.
const LOGISTIC_MINIMUM: f64 = 37.758_946;
const LOGISTIC_ACCURACY: f64 = 0.98770;

/// "NOTEARS … estimates 16 edges with an SHD of 22" on these data [Zheng, Aragam, Ravikumar and Xing 2018, section 5.3].
const NOTEARS_EDGES: usize = 16;
const NOTEARS_DISTANCE: usize = 22;

fn diabetes() -> (Table, DVector<f64>) {
    let table = Table::read(&data_file("diabetes.csv")).expect("the file is well formed");
    table.split_off("target").expect("there is a target")
}

/// Standardised features and a centred target.
fn standardised() -> (DMatrix<f64>, DVector<f64>) {
    let (features, y) = diabetes();
    let x = features.values();
    (Scaling::of(x).standardize(x), y.add_scalar(-y.mean()))
}

fn digits() -> (Images, Images) {
    Images::read(&data_file("digits.csv"), 1347).expect("the file is well formed")
}

#[test]
fn least_squares() {
    let (features, y) = diabetes();
    assert_eq!(features.values().shape(), (442, 10));
    let model = linear_regression::fit(features.values(), &y).expect("it converges");
    let x = linear_regression::with_ones(features.values());
    let r_squared = r_squared(&y, &(&x * &model.coefficients));
    assert!((r_squared - LEAST_SQUARES_R_SQUARED).abs() < 5e-6, "R² is {r_squared}");

    // by orthogonal matrices, not by the normal equations that the program checks itself with
    let exact = x.svd(true, true).solve(&y, 0.0).expect("both factors were asked for");
    let distance = (&model.coefficients - &exact).norm() / exact.norm();
    assert!(distance < 1e-6, "the relative distance is {distance}");
}

#[test]
fn ridge_regression() {
    let (features, y) = diabetes();
    let path = linear_regression::ridge_path(features.values(), &y).expect("it converges");
    let (z, centred) = standardised();
    let svd = z.clone().svd(true, true);
    let (u, vt) = (svd.u.expect("asked for"), svd.v_t.expect("asked for"));
    for point in &path {
        // vᵀ w = s / (s² + n λ) uᵀ y
        let shrunk = svd.singular_values.map(|s| s / (s * s + y.len() as f64 * point.lambda)).component_mul(&u.tr_mul(&centred));
        let exact = vt.tr_mul(&shrunk);
        let distance = (&point.w - &exact).norm() / exact.norm();
        assert!(distance < 1e-4, "the relative distance at {} is {distance}", point.lambda);
        assert!(point.gradient_at_exact < 1e-11, "the gradient at {} is {}", point.lambda, point.gradient_at_exact);
    }
    assert!(path.windows(2).all(|pair| pair[1].w.norm() < pair[0].w.norm() && pair[1].value > pair[0].value));
}

#[test]
fn lasso_path() {
    let (x, y) = standardised();
    let w = lasso::lasso(&x, &y, 1.0, DVector::zeros(10)).expect("it converges");
    let r_squared = r_squared(&y, &(&x * &w));
    assert!((r_squared - LASSO_R_SQUARED).abs() < 5e-6, "R² is {r_squared}");
    assert_eq!(w.iter().filter(|w| **w != 0.0).count(), LASSO_NON_ZERO);

    // the minimum of a convex function: xᵀ (y − x w) / n is λ sign(w) where w ≠ 0, and at most λ elsewhere
    for lasso::Fit { lambda, w } in lasso::lasso_path(&x, &y).expect("it converges") {
        let slope = x.tr_mul(&(&y - &x * &w)) / y.len() as f64;
        for (slope, w) in slope.iter().zip(&w) {
            let fits = if *w == 0.0 {
                slope.abs() <= lambda * (1.0 + 1e-6)
            } else {
                (slope - lambda * w.signum()).abs() < 1e-6 * lambda
            };
            assert!(fits, "at {lambda}: slope {slope}, weight {w}");
        }
    }
    assert_eq!(lasso::soft_threshold(&dvector![3.0, -3.0, 0.5, -0.5, 0.0], 1.0), dvector![2.0, -2.0, 0.0, 0.0, 0.0]);
}

#[test]
fn softmax() {
    let (train, test) = digits();
    let model = softmax_regression::fit(&train).expect("it converges");
    assert!((model.objective - SOFTMAX_MINIMUM).abs() < 1e-5, "the minimum is {}", model.objective);
    let accuracy = test.accuracy(&model.scores(&test.pixels));
    assert!((accuracy - SOFTMAX_ACCURACY).abs() < 5e-4, "the accuracy is {accuracy}");
}

#[test]
fn newtons_method() {
    let table = Table::read(&data_file("breast_cancer.csv")).expect("the file is well formed");
    let (features, classes) = table.split_off_classes("target", 2).expect("there is a target");
    assert_eq!(features.values().shape(), (569, 30));
    let y = DVector::from_iterator(classes.len(), classes.iter().map(|class| *class as f64));
    let problem = newton::Problem::new(features.values(), y);
    let model = problem.minimize(|_| {}).expect("the objective is convex");
    let last = model.steps.last().expect("there is a step");
    assert!((last.value - LOGISTIC_MINIMUM).abs() < 1e-6, "the minimum is {}", last.value);
    let accuracy = problem.accuracy(&model.w);
    assert!((accuracy - LOGISTIC_ACCURACY).abs() < 5e-6, "the accuracy is {accuracy}");

    // near the minimum each gradient is at most a constant times the square of the one before, and much smaller than it
    let near: Vec<f64> = model.steps.iter().map(|step| step.gradient).filter(|gradient| *gradient < 1.0).collect();
    assert!(near.len() >= 4, "{near:?}");
    assert!(near.windows(2).all(|pair| pair[1] < 0.1 * pair[0].powi(2)), "{near:?}");
}

#[test]
fn newtons_method_by_conjugate_gradients() {
    let (train, test) = digits();
    let mut steps = 0;
    let model = newton_cg::Problem::new(&train).minimize(|_| steps += 1).expect("the objective is convex");
    assert!((model.value - SOFTMAX_MINIMUM).abs() < 1e-5, "the minimum is {}", model.value);
    let accuracy = test.accuracy(&model.point.scores(&test.pixels));
    assert!((accuracy - SOFTMAX_ACCURACY).abs() < 5e-4, "the accuracy is {accuracy}");
    // far fewer steps than a first-order method, and fewer products than parameters
    assert!(steps <= 15 && model.products < 650, "{steps} steps, {} products", model.products);
}

#[test]
fn certified_parameters() {
    for (reference, residual) in nonlinear_least_squares::PROBLEMS {
        for start in reference.starts {
            let fit = nonlinear_least_squares::fit(&reference, residual, start, 200).expect("it converges");
            let digits = |value: f64, certified: f64| ((value - certified) / certified).abs() < 1e-8;
            for (estimate, certified) in fit.parameters.iter().zip(reference.parameters) {
                assert!(digits(*estimate, *certified), "{} from {start:?}: {estimate} for {certified}", reference.name);
            }
            for (estimate, certified) in fit.deviations.iter().zip(reference.deviations) {
                assert!(digits(*estimate, *certified), "{} from {start:?}: ± {estimate} for {certified}", reference.name);
            }
            assert!(digits(fit.residual, reference.residual), "{}: {} for {}", reference.name, fit.residual, reference.residual);
        }
    }
    let impatient = nonlinear_least_squares::PROBLEMS[2];
    let stopped = nonlinear_least_squares::fit(&impatient.0, impatient.1, impatient.0.starts[0], 1);
    assert!(stopped.err().is_some_and(|error| error.starts_with("MGH09: the fit did not converge")));
}

#[test]
fn network() {
    let (train, test) = digits();
    let training = two_layer_network::Training { hidden: 64, epochs: 60, batch: 16, rate: 2.0, seed: 1 };
    let mut epochs = 0;
    let network = two_layer_network::fit(&train, &training, |epoch, _| epochs = epoch);
    assert_eq!(epochs, training.epochs);
    let scores = network.scores(&test.pixels);
    let accuracy = test.accuracy(&scores);
    assert!(accuracy >= 0.93, "the accuracy is {accuracy}");
    let confusion = test.confusion(&scores);
    assert_eq!(confusion.sum(), test.digits.len());
    assert_eq!(confusion.row_sum_tr().sum(), confusion.column_sum().sum());
    let threes = test.digits.iter().filter(|digit| **digit == 3).count();
    assert_eq!(confusion.row(3).sum(), threes);
}

#[test]
fn proteins() {
    let table = Table::read(&data_file("sachs.csv")).expect("the file is well formed");
    let consensus = Edges::read(&data_file("sachs_consensus_edges.csv"), table.names()).expect("the file is well formed");
    let x = notears::centred_logarithms(&table).expect("all numbers are positive");
    let settings = notears::Settings { lambda: 0.03, threshold: 0.3, tolerance: 1e-8 };
    let mut rounds = Vec::new();
    let w = notears::learn(&x, &settings, |round| rounds.push(round.h)).expect("it converges");
    let learned = Edges::of(&w, settings.threshold);
    assert_eq!((learned.count(), learned.distance(&consensus)), (NOTEARS_EDGES, NOTEARS_DISTANCE));
    assert!(rounds.last().is_some_and(|h| *h <= settings.tolerance), "{rounds:?}");

    // no path returns to where it began: the adjacency matrix is nilpotent
    let adjacency = w.map(|weight| u64::from(weight.abs() > settings.threshold));
    let longest = (0..w.nrows()).fold(adjacency.clone(), |paths, _| paths * &adjacency);
    assert_eq!(longest.sum(), 0);

    let shortened = notears::shortened(&x);
    let loss = |x: &DMatrix<f64>| (x - x * &w).norm_squared() / x.nrows() as f64;
    assert!((loss(&x) - loss(&shortened)).abs() < 1e-10 * loss(&x));
}

#[test]
fn distances_of_graphs() {
    let edges = |list: &[(usize, usize)]| list.iter().copied().collect::<Edges>();
    let graph = edges(&[(0, 1), (1, 2), (2, 3)]);
    assert_eq!(graph.distance(&graph), 0);
    assert_eq!(graph.distance(&edges(&[(0, 1), (2, 1), (2, 3)])), 1, "turned");
    assert_eq!(graph.distance(&edges(&[(0, 1), (1, 2)])), 1, "missing");
    assert_eq!(graph.distance(&edges(&[(0, 1), (1, 2), (2, 3), (0, 3)])), 1, "too many");
    assert_eq!(graph.distance(&edges(&[(3, 2), (0, 3)])), 4);
    assert_eq!(Edges::of(&dmatrix![0.0, -0.5; 0.2, 0.0], 0.3), edges(&[(0, 1)]));
}

#[test]
fn noise_of_a_drive() {
    const STEPS: u32 = 400;
    let mut random = ChaCha8Rng::seed_from_u64(1);
    let drive = kalman::Drive::simulate(&kalman::TRUTH, STEPS, &mut random);
    let estimate = kalman::fit(&drive.measured, &kalman::START).expect("it converges");
    let errors = kalman::standard_errors(&estimate, STEPS, 10, &mut random, || {}).expect("it converges");
    for ((estimated, truth), error) in estimate.covariances().iter().zip(kalman::TRUTH.covariances()).zip(errors) {
        assert!((estimated - truth).abs() < 3.0 * error, "{estimated} ± {error} for {truth}");
        // an error that says something
        assert!(error < 1.0, "{error}");
    }
}

/// The gradient through all steps of the filter, against differences of its likelihood.
#[test]
fn gradient_through_the_filter() {
    let mut random = ChaCha8Rng::seed_from_u64(2);
    let drive = kalman::Drive::simulate(&kalman::TRUTH, 50, &mut random);
    let (_, gradient) = kalman::likelihood(&kalman::START, &drive.measured).expect("covariances are regular");
    let value = |noise: &kalman::Noise| kalman::likelihood(noise, &drive.measured).expect("covariances are regular").0;
    for (i, j) in [(0, 0), (1, 0), (1, 1)] {
        let along = |motion: f64, measurement: f64| {
            let mut noise = kalman::START;
            noise.lq[(i, j)] += motion;
            noise.lr[(i, j)] += measurement;
            value(&noise)
        };
        let h = 1e-5;
        let by_lq = (along(h, 0.0) - along(-h, 0.0)) / (2.0 * h);
        let by_lr = (along(0.0, h) - along(0.0, -h)) / (2.0 * h);
        assert!((gradient.lq[(i, j)] - by_lq).abs() < 1e-8, "{} against {by_lq}", gradient.lq[(i, j)]);
        assert!((gradient.lr[(i, j)] - by_lr).abs() < 1e-8, "{} against {by_lr}", gradient.lr[(i, j)]);
    }
    assert_eq!(gradient.lq.upper_triangle(), Matrix2::from_diagonal(&gradient.lq.diagonal()));
}

#[test]
fn standardised_columns_and_back() {
    let x = dmatrix![1.0, 7.0; 2.0, 7.0; 6.0, 7.0];
    let scaling = Scaling::of(&x);
    let z = scaling.standardize(&x);
    assert!(z.row_mean().norm() < 1e-15);
    assert!((z.column(0).norm_squared() - 3.0).abs() < 1e-14);
    let coefficients = dvector![2.0, -3.0, 5.0];
    let on_z = linear_regression::with_ones(&z) * &coefficients;
    let on_x = linear_regression::with_ones(&x) * scaling.original(&coefficients);
    assert!((on_z - on_x).norm() < 1e-14);
}

#[test]
fn minimisation_within_bounds() {
    // (x₁ − 3)² + (x₂ + 1)² + x₁ x₂, which is least at (14, −10) / 3 without bounds, and at (3, 0) with x₂ ≥ 0
    let f = |x: &DVector<f64>| {
        let (a, b) = (x[0] - 3.0, x[1] + 1.0);
        (a * a + b * b + x[0] * x[1], dvector![2.0 * a + x[1], 2.0 * b + x[0]])
    };
    let free = Minimization::until_gradient(1e-8).run(dvector![0.0, 0.0], f).expect("it converges");
    assert!((free.point - dvector![14.0, -10.0] / 3.0).norm() < 1e-8);
    let exact = Minimization::until_gradient(0.0).run(dvector![0.0, 0.0], f);
    assert!(exact.map_or_else(|e| e.to_string().contains("no progress"), |minimum| minimum.gradient == 0.0));
    let bounds = (dvector![f64::NEG_INFINITY, 0.0], dvector![f64::INFINITY, 5.0]);
    let bounded =
        Minimization::until_gradient(1e-10).between(bounds.0, bounds.1).run(dvector![0.0, 2.0], f).expect("it converges");
    assert!((&bounded.point - dvector![3.0, 0.0]).norm() < 1e-9);
    assert!(bounded.gradient < 1e-9 && (bounded.value - 1.0).abs() < 1e-12);

    let endless = Minimization::until_gradient(1e-10).run(dvector![0.0], |x| (-x[0], dvector![-1.0]));
    assert!(endless.expect_err("there is no minimum").to_string().starts_with("the minimisation did not converge"));
}
