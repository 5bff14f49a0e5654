//! What was measured, and what must not be in the binary.

use crate::binary::{Binary, Function};
use crate::expected;

/// Of one function, one way to its gradient, at one level of optimization.
pub struct Measured {
    pub level: &'static str,
    pub case: &'static str,
    /// `generated` or `by-hand`.
    pub way: &'static str,
    /// Executed in a call.
    pub instructions: u32,
    /// Bytes of code and constants, without those of `libm` and of the compiler's own functions.
    pub flash: u32,
    /// Bytes at most, what is called included.
    pub stack: u32,
}

const WAYS: [&str; 2] = ["generated", "by-hand"];

/// Largest relative error of single precision, by the largest entry.
const TOLERANCE: f64 = 1e-4;

/// Functions on doubles that the compiler calls where the hardware has none, and conversions from and to doubles.
const DOUBLES: [&str; 11] = [
    "__aeabi_d",
    "__aeabi_f2d",
    "__aeabi_i2d",
    "__aeabi_ui2d",
    "__aeabi_l2d",
    "__aeabi_ul2d",
    "__aeabi_cd",
    "__adddf3",
    "__muldf3",
    "__divdf3",
    "__extendsfdf2",
];

/// Functions that allocate.
const ALLOCATORS: [&str; 5] = ["__rust_alloc", "__rust_realloc", "__rg_alloc", "malloc", "alloc::alloc"];

/// What must not be anywhere in the binary.
pub fn complaints_of_binary(level: &str, binary: &Binary) -> Vec<String> {
    let mut complaints = Vec::new();
    for function in binary.functions() {
        if DOUBLES.iter().any(|d| function.name.starts_with(d)) {
            complaints.push(format!("opt-level {level}: `{}` computes in double precision", function.name));
        }
        if ALLOCATORS.iter().any(|a| function.name.contains(a)) {
            complaints.push(format!("opt-level {level}: `{}` allocates", function.name));
        }
    }
    // a check that finds no panic anywhere could not find one
    if !binary.functions().any(is_panic) {
        complaints.push(format!("opt-level {level}: the binary has no `core::panicking` at all, so that nothing was checked"));
    }
    complaints
}

fn is_panic(function: &Function) -> bool {
    function.name.contains("core::panicking") || function.name.contains("rust_begin_unwind")
}

/// Not of the gradient's own: whoever takes a hyperbolic tangent has it, and has it once.
fn is_shared(function: &Function) -> bool {
    ["libm::", "compiler_builtins::", "__aeabi_", "mem"].iter().any(|prefix| function.name.starts_with(prefix))
}

/// Reads the output of the firmware, compares it with the host's numbers, and adds what the binary tells.
pub fn measure(level: &'static str, output: &str, binary: &Binary, complaints: &mut Vec<String>) -> Vec<Measured> {
    let mut all = Vec::new();
    for expected in expected::all() {
        for way in WAYS {
            let what = format!("opt-level {level}, {} {way}", expected.name);
            let Some(line) = output.lines().find(|l| l.starts_with(&format!("{} {way} ", expected.name))) else {
                complaints.push(format!("{what}: the firmware did not print it; its output is:\n{output}"));
                continue;
            };
            let field = |name: &str| line.split(' ').find_map(|f| f.strip_prefix(name)?.strip_prefix('=')).unwrap_or_default();
            let number = |text: &str| text.parse::<f64>().unwrap_or(f64::NAN);
            let gradient: Vec<f64> = field("gradient").split_terminator(',').map(number).collect();
            let norm = |v: &[f64]| v.iter().map(|t| t * t).sum::<f64>().sqrt();
            let checks = [
                ("value", off(&[number(field("value"))], &[expected.value])),
                ("norm of the gradient", off(&[number(field("norm"))], &[norm(&expected.gradient)])),
                ("gradient", off(&gradient, &expected.gradient)),
            ];
            // a NaN is no agreement
            for (of, error) in checks.into_iter().filter(|(_, error)| error.is_nan() || *error > TOLERANCE) {
                complaints.push(format!("{what}: the {of} is off by {error:.1e}"));
            }
            let routine = format!("routines::{}::{}", expected.name, way.replace('-', "_"));
            let Some(start) = binary.find(&routine) else {
                complaints.push(format!("{what}: `{routine}` is not in the binary"));
                continue;
            };
            let reachable = binary.reachable(start);
            if way == "generated" {
                complaints.extend(reachable.iter().filter(|f| is_panic(f)).map(|f| format!("{what} may panic in `{}`", f.name)));
            }
            let indirect = reachable.iter().flat_map(|f| f.indirect.iter().map(|code| (&f.name, code)));
            complaints.extend(
                indirect.map(|(name, code)| format!("{what}: `{name}` jumps to where `{code}` says, which is not followed")),
            );
            let stack = binary.depth(start);
            if stack.is_none() {
                complaints.push(format!("{what} is recursive: its stack has no bound"));
            }
            all.push(Measured {
                level,
                case: expected.name,
                way,
                instructions: field("instructions").parse().unwrap_or(u32::MAX),
                flash: reachable.iter().filter(|f| !is_shared(f)).map(|f| f.size).sum(),
                stack: stack.unwrap_or(u32::MAX),
            });
        }
    }
    all
}

/// Relative distance, by the largest entry.
fn off(found: &[f64], expected: &[f64]) -> f64 {
    if found.len() != expected.len() {
        return f64::NAN;
    }
    let size = expected.iter().fold(0.0_f64, |m, t| m.max(t.abs()));
    found.iter().zip(expected).map(|(a, b)| (a - b).abs() / size).fold(0.0, |m, e| if e.is_nan() || e > m { e } else { m })
}
