//! The host's results in `f64`.

use matgrad_embedded::{Attitude, Calibration, Case, Control, Filter, Network, Ridge, Rollout};

/// What a function gives.
pub struct Expected {
    /// Its name.
    pub name: &'static str,
    /// Its value.
    pub value: f64,
    /// Its gradient, entry by entry.
    pub gradient: Vec<f64>,
}

/// Of all functions.
pub fn all() -> Vec<Expected> {
    vec![
        of::<Ridge<f64>>(),
        of::<Attitude<f64>>(),
        of::<Calibration<f64>>(),
        of::<Network<f64>>(),
        of::<Control<f64>>(),
        of::<Rollout<f64>>(),
        of::<Filter<f64>>(),
    ]
}

fn of<C: Case<f64>>() -> Expected {
    let (case, mut gradient) = (C::sample(), C::stale());
    let value = case.generated(&mut gradient);
    Expected { name: C::NAME, value, gradient: C::entries(&gradient).collect() }
}
