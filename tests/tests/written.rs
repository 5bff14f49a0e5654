//! Functions as people write them: loops, branches, mutation, slices and lists. Each is checked in all companions.
#![allow(
    clippy::all,
    clippy::pedantic,
    missing_docs,
    unused_assignments,
    reason = "written as they are met, not as they ought to be"
)]

#[path = "written/algorithms.rs"]
mod algorithms;
#[path = "written/aliases.rs"]
mod aliases;
#[path = "written/effects.rs"]
mod effects;
#[path = "written/evaluated.rs"]
mod evaluated;
#[path = "written/growing.rs"]
mod growing;
#[path = "written/jumps.rs"]
mod jumps;
#[path = "written/lists.rs"]
mod lists;
#[path = "written/objectives.rs"]
mod objectives;
#[path = "written/point.rs"]
mod point;
#[path = "written/promised.rs"]
mod promised;
#[path = "written/pushed.rs"]
mod pushed;
#[path = "written/second.rs"]
mod second;
#[path = "written/sequences.rs"]
mod sequences;
#[path = "written/sides.rs"]
mod sides;
#[path = "written/stops.rs"]
mod stops;
#[path = "written/together.rs"]
mod together;
