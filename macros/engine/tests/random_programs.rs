//! Random programs: their gradients are what differences say, simplified and scheduled.
//!
//! `MATGRAD_PROGRAMS=1000000 cargo test -p matgrad-engine --test random_programs -- --nocapture` tries more of them, those from the seed
//! `MATGRAD_SEED` on.
#![allow(missing_docs)]

#[path = "random_programs/regressions.rs"]
mod regressions;

use std::collections::{BTreeMap, BTreeSet};
use std::thread;

use matgrad_engine::generate::{
    Outcome, Sample, check, check_value, generate, generate_with_regions, resized, shrink, shrink_by, specialized,
};
use matgrad_engine::ir::Kind;
use matgrad_engine::ops;

/// What a thread found.
#[derive(Default)]
struct Tally {
    right: usize,
    unreliable: usize,
    worst: f64,
    wrong: Vec<u64>,
    /// In how many programs each operation is.
    used: BTreeMap<Kind, u64>,
}

impl Tally {
    fn of(seeds: impl Iterator<Item = u64>, made: fn(u64) -> Option<Sample>, check: fn(&Sample) -> Outcome) -> Self {
        let mut tally = Self::default();
        for seed in seeds {
            let Some(sample) = made(seed) else { continue };
            let kinds: BTreeSet<Kind> = sample.graph.nodes().iter().map(|n| n.op.kind).collect();
            for kind in kinds {
                *tally.used.entry(kind).or_default() += 1;
            }
            match check(&sample) {
                Outcome::Right(error) => {
                    tally.right += 1;
                    tally.worst = tally.worst.max(error);
                }
                Outcome::Unreliable => tally.unreliable += 1,
                Outcome::Wrong(_) => tally.wrong.push(seed),
            }
        }
        tally
    }
    fn and(mut self, other: Self) -> Self {
        self.right += other.right;
        self.unreliable += other.unreliable;
        self.worst = self.worst.max(other.worst);
        self.wrong.extend(other.wrong);
        for (kind, count) in other.used {
            *self.used.entry(kind).or_default() += count;
        }
        self
    }
}

#[test]
fn gradients_are_what_differences_say() {
    let programs = number("MATGRAD_PROGRAMS", 10_000);
    let Tally { right, unreliable, worst, wrong, used } = tally(programs, |seed| Some(generate(seed)), check);
    println!("{programs} programs: {right} right, the worst off by {worst:.1e}; {unreliable} not told by differences");
    let mut rarest: Vec<(u64, Kind)> =
        ops::ALL.iter().filter(|k| !NOT_SPELLED.contains(k)).map(|k| (used.get(k).copied().unwrap_or(0), *k)).collect();
    rarest.sort_unstable();
    let share: Vec<String> = rarest.iter().map(|(count, kind)| format!("{kind:?} {count}")).collect();
    println!("programs with each operation, the rarest first: {}", share.join(", "));
    let listings: Vec<String> = wrong.iter().take(3).map(|seed| explain(*seed)).collect();
    assert!(wrong.is_empty(), "{} of {programs} programs are wrong: {wrong:?}\n{}", wrong.len(), listings.join("\n"));
    assert!(unreliable as u64 * 100 <= programs, "{unreliable} of {programs} programs are not told by differences");
    assert!(programs < 1000 || rarest[0].0 * 500 >= programs, "{:?} is in {} of {programs} programs", rarest[0].1, rarest[0].0);
}

#[test]
fn gradients_through_loops_and_branches_are_what_differences_say() {
    let programs = number("MATGRAD_PROGRAMS", 5_000);
    let Tally { right, unreliable, worst, wrong, used } = tally(programs, |seed| Some(generate_with_regions(seed)), check);
    let count = |kind| used.get(&kind).copied().unwrap_or(0);
    println!(
        "{programs} programs: {right} right, the worst off by {worst:.1e}; {unreliable} not told by differences; loops in {}, branches in {}",
        count(Kind::Loop),
        count(Kind::Branch)
    );
    let listings = wrong.iter().take(3).filter_map(|seed| {
        shrink(&generate_with_regions(*seed)).map(|(sample, failure)| format!("// seed {seed}: {failure}\n{}", sample.listing()))
    });
    let listings: Vec<String> = listings.collect();
    assert!(wrong.is_empty(), "{} of {programs} programs are wrong: {wrong:?}\n{}", wrong.len(), listings.join("\n"));
    assert!(unreliable as u64 * 50 <= programs, "{unreliable} of {programs} programs are not told by differences");
    assert!(programs < 1000 || (count(Kind::Loop) * 2 >= programs && count(Kind::Branch) * 10 >= programs));
}

/// What an environment variable says.
fn number(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).ok().and_then(|n| n.parse().ok()).unwrap_or(otherwise)
}

/// Checks of so many programs, in all threads.
fn tally(programs: u64, made: fn(u64) -> Option<Sample>, check: fn(&Sample) -> Outcome) -> Tally {
    let first = number("MATGRAD_SEED", 0);
    let threads = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        let share = |t: usize| (first + t as u64..first + programs).step_by(threads);
        let workers: Vec<_> = (0..threads).map(|t| scope.spawn(move || Tally::of(share(t), made, check))).collect();
        workers.into_iter().map(|w| w.join().expect("a check catches panics")).fold(Tally::default(), Tally::and)
    })
}

#[test]
fn values_are_the_functions_at_special_numbers() {
    special("special numbers", |seed| specialized(&generate(seed), seed));
}

#[test]
fn values_are_the_functions_where_sizes_are_0_and_1() {
    special("sizes of 0 and 1", |seed| resized(&generate(seed), seed));
}

/// Values where numbers or sizes are special; what is not told is where the function panics, and what the README gives up.
fn special(what: &str, made: fn(u64) -> Option<Sample>) {
    let programs = number("MATGRAD_PROGRAMS", 10_000);
    let Tally { right, unreliable, wrong, .. } = tally(programs, made, check_value);
    println!(
        "{programs} programs at {what}: {right} have the value of the function, {unreliable} do not tell, {} are wrong",
        wrong.len()
    );
    let listings = wrong.iter().take(3).filter_map(|seed| {
        let (sample, failure) = shrink_by(&made(*seed)?, check_value)?;
        Some(format!("// seed {seed}: {failure}\n{}", sample.listing()))
    });
    let listings: Vec<String> = listings.collect();
    assert!(wrong.is_empty(), "{} of {programs} programs are wrong: {wrong:?}\n{}", wrong.len(), listings.join("\n"));
    assert!(right as u64 * 5 >= programs, "{right} of {programs} programs tell something");
}

/// The smallest program found that fails like this one.
fn explain(seed: u64) -> String {
    match shrink(&generate(seed)) {
        Some((sample, failure)) => format!("// seed {seed}: {failure}\n{}", sample.listing()),
        None => format!("// seed {seed} does not fail twice"),
    }
}

/// Operations that no body spells: differentiation makes them, rewrites, and the schedule.
const NOT_SPELLED: &[Kind] = &[
    Kind::Delta,
    Kind::KronTrLeft,
    Kind::KronTrRight,
    Kind::Place,
    Kind::ProductsOfOthers,
    Kind::OthersTangent,
    Kind::ProductsButTwo,
    Kind::Pick,
    Kind::PlaceExtreme,
    Kind::Sign,
    Kind::Side,
    Kind::Still,
    Kind::SafeRecip,
    Kind::Limit,
    Kind::Cofactor,
    Kind::CofactorTangent,
    Kind::CofactorColumns,
    Kind::ExpFrechet,
    Kind::WithEigenvalues,
    Kind::WithSingularValues,
    Kind::DividedDifferences,
    Kind::Map,
    Kind::Rows,
    Kind::FrechetColumns,
    Kind::Mirror,
    Kind::Ratio,
    Kind::LnProduct,
    Kind::LogAddExp,
    Kind::Share,
    Kind::LnCosh,
    Kind::Turn,
    Kind::LnOfDet,
    // `generate_with_regions` has them
    Kind::Loop,
    Kind::Branch,
    Kind::Output,
];

#[test]
fn every_operation_is_tried() {
    let mut tried = BTreeSet::new();
    for sample in (0..2000).map(generate) {
        tried.extend(sample.graph.nodes().iter().map(|n| n.op.kind));
    }
    let missing: Vec<&Kind> = ops::ALL.iter().filter(|k| !NOT_SPELLED.contains(k) && !tried.contains(k)).collect();
    assert!(missing.is_empty(), "`generate` has no step for {missing:?}");
    let needless: Vec<&Kind> = NOT_SPELLED.iter().filter(|k| tried.contains(k)).collect();
    assert!(needless.is_empty(), "{needless:?} is spelled");
}

#[test]
fn a_seed_makes_one_program() {
    for seed in 0..50 {
        assert_eq!(generate(seed).listing(), generate(seed).listing());
    }
}

#[test]
fn past_failures_stay_right() {
    for (name, sample) in regressions::all() {
        match check(&sample) {
            Outcome::Right(_) => {}
            Outcome::Unreliable => panic!("{name}: differences do not tell\n{}", sample.listing()),
            Outcome::Wrong(failure) => panic!("{name}: {failure}\n{}", sample.listing()),
        }
    }
}
