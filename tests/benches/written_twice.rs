//! How long loops take beside the same functions with matrices: `cargo bench -p matgrad-tests --bench written_twice`.
#![allow(missing_docs, clippy::print_stdout)]

use matgrad_tests::written_twice::ALL;

fn main() {
    let mut worst = Vec::new();
    for twice in ALL {
        // two tries: a loop that is not slower is not slower once
        let ratio = |[by_loop, by_matrices]: [f64; 2]| by_loop / by_matrices;
        let times = (twice.seconds)(200, 20);
        let again = (twice.seconds)(200, 20);
        let least = ratio(times).min(ratio(again));
        println!("{:28} {:.2e} s {:.2e} s {least:.2} {}", twice.name, times[0], times[1], twice.apart);
        if least > 1.05 {
            worst.push(twice.name);
        }
    }
    println!("{} of {} loops take more than 1.05 times the time of matrices: {}", worst.len(), ALL.len(), worst.join(", "));
}
