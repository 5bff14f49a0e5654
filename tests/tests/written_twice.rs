//! Functions of textbooks as loops: the formulas of the same function with matrices, its values and its gradients.

use matgrad_engine::explain;
use matgrad_tests::written_twice::ALL;

fn formulas(attribute: &str, parameters: &str, body: &str) -> (String, Vec<(String, String)>) {
    let item = format!("fn f({parameters}) -> f64 {body}");
    let report = explain(attribute.parse().expect("Rust"), item.parse().expect("Rust"));
    let report =
        report.unwrap_or_else(|errors| panic!("{body}: {:?}", errors.as_slice().iter().map(|e| &e.message).collect::<Vec<_>>()));
    (report.value, report.gradients)
}

#[test]
fn loops_print_as_matrices() {
    let mut wrong = Vec::new();
    for twice in ALL {
        let [by_loop, by_matrices] = twice.bodies.map(|body| formulas(twice.attribute, twice.parameters, body));
        if (by_loop == by_matrices) != twice.apart.is_empty() {
            wrong.push(format!("{}\n    {by_loop:?}\n    {by_matrices:?}", twice.name));
        }
    }
    let raised = ALL.iter().filter(|t| t.apart.is_empty()).count();
    assert!(wrong.is_empty(), "{} of {} are to print alike; others than said:\n{}", raised, ALL.len(), wrong.join("\n"));
    assert!(ALL.len() >= 40);
}

#[test]
fn loops_have_the_values_and_gradients_of_matrices() {
    for twice in ALL {
        for (n, p) in [(7, 3), (1, 1), (2, 5)] {
            let [by_loop, by_matrices] = (twice.values)(n, p);
            assert_eq!(by_loop.len(), by_matrices.len());
            let size = by_matrices.iter().fold(1.0_f64, |most, v| most.max(v.abs()));
            for (a, b) in by_loop.iter().zip(&by_matrices) {
                assert!((a - b).abs() <= 1e-12 * size, "{}, {n} × {p}: {a} and {b}", twice.name);
            }
        }
    }
}
