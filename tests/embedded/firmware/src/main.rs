//! Runs the cost functions of `matgrad-embedded`, and prints a line for each function and each way to its gradient:
//!
//! ```text
//! ridge generated instructions=… value=… norm=… gradient=…,…,
//! ```
#![no_std]
#![no_main]

mod routines;

use core::hint::black_box;

use cortex_m::Peripherals;
use cortex_m::peripheral::SYST;
use cortex_m::peripheral::syst::SystClkSource;
use cortex_m_rt::entry;
use cortex_m_semihosting::{debug, hprint, hprintln};
use matgrad_embedded::{Attitude, Calibration, Case, Control, Filter, Network, Ridge, Rollout};

/// Calls that are measured together: the clock ticks once in several instructions.
const CALLS: u32 = 256;
/// Instructions to a tick: under `-icount shift=0` an instruction takes a nanosecond, and the board's clock runs at 25 MHz.
const INSTRUCTIONS: u32 = 40;
/// The timer has 24 bits, and counts down.
const RELOAD: u32 = 0x00ff_ffff;

/// Ticks that the calls take.
fn ticks(mut call: impl FnMut()) -> u32 {
    let start = SYST::get_current();
    for _ in 0..CALLS {
        call();
    }
    start.wrapping_sub(SYST::get_current()) & RELOAD
}

/// Calls a routine, measures it, and prints what it gives.
fn report<C: Case<f32>>(way: &str, routine: fn(&C, &mut C::Gradient) -> f32, nothing: fn(&C, &mut C::Gradient) -> f32) {
    let (case, mut gradient) = (C::sample(), C::stale());
    let mut of = |routine: fn(&C, &mut C::Gradient) -> f32| {
        ticks(|| {
            black_box(black_box(routine)(black_box(&case), black_box(&mut gradient)));
        })
    };
    let instructions = (of(routine) - of(nothing)) * INSTRUCTIONS / CALLS;
    let mut gradient = C::stale();
    let value = routine(&case, &mut gradient);
    let norm = matgrad::__private::sqrt(C::entries(&gradient).map(|g| g * g).sum::<f32>());
    hprint!("{} {} instructions={} value={:e} norm={:e} gradient=", C::NAME, way, instructions, value, norm);
    for g in C::entries(&gradient) {
        hprint!("{:e},", g);
    }
    hprintln!();
}

fn report_both<C: Case<f32>>(generated: fn(&C, &mut C::Gradient) -> f32, by_hand: fn(&C, &mut C::Gradient) -> f32) {
    report("generated", generated, routines::nothing);
    report("by-hand", by_hand, routines::nothing);
}

#[entry]
fn main() -> ! {
    if let Some(mut peripherals) = Peripherals::take() {
        peripherals.SYST.set_clock_source(SystClkSource::Core);
        peripherals.SYST.set_reload(RELOAD);
        peripherals.SYST.clear_current();
        peripherals.SYST.enable_counter();
    }
    report_both::<Ridge<f32>>(routines::ridge::generated, routines::ridge::by_hand);
    report_both::<Attitude<f32>>(routines::attitude::generated, routines::attitude::by_hand);
    report_both::<Calibration<f32>>(routines::calibration::generated, routines::calibration::by_hand);
    report_both::<Network<f32>>(routines::network::generated, routines::network::by_hand);
    report_both::<Control<f32>>(routines::control::generated, routines::control::by_hand);
    report_both::<Rollout<f32>>(routines::rollout::generated, routines::rollout::by_hand);
    report_both::<Filter<f32>>(routines::filter::generated, routines::filter::by_hand);
    debug::exit(debug::EXIT_SUCCESS);
    loop {
        cortex_m::asm::wfi();
    }
}

#[panic_handler]
fn panic(info: &core::panic::PanicInfo<'_>) -> ! {
    hprintln!("{}", info);
    debug::exit(debug::EXIT_FAILURE);
    loop {
        cortex_m::asm::wfi();
    }
}
