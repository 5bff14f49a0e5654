//! More than one function: modules with helpers, constants, aliases and structs, each checked against differences of the function itself.
#![allow(missing_docs, dead_code, unused_imports, clippy::all, clippy::pedantic, reason = "modules as they are met")]

#[path = "modules/differences.rs"]
mod differences;
#[path = "modules/gaussian_process.rs"]
mod gaussian_process;
#[path = "modules/helpers.rs"]
mod helpers;
#[path = "modules/hostile.rs"]
mod hostile;
#[path = "modules/members.rs"]
mod members;
#[path = "modules/names.rs"]
mod names;
#[path = "modules/network.rs"]
mod network;
#[path = "modules/robot.rs"]
mod robot;
#[path = "modules/series.rs"]
mod series;
#[path = "modules/state.rs"]
mod state;
#[path = "modules/wholes.rs"]
mod wholes;
