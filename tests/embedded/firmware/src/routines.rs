//! What is measured: functions that stay functions, found in the binary by their names.

use matgrad_embedded::Case;

/// The overhead of a call.
#[inline(never)]
pub fn nothing<C: Case<f32>>(_: &C, _: &mut C::Gradient) -> f32 {
    0.0
}

macro_rules! routines {
    ($($module:ident: $case:ident,)*) => {$(
        pub mod $module {
            use matgrad_embedded::{Case, $case};

            #[inline(never)]
            pub fn generated(case: &$case<f32>, gradient: &mut <$case<f32> as Case<f32>>::Gradient) -> f32 {
                case.generated(gradient)
            }

            #[inline(never)]
            pub fn by_hand(case: &$case<f32>, gradient: &mut <$case<f32> as Case<f32>>::Gradient) -> f32 {
                case.by_hand(gradient)
            }
        }
    )*};
}

routines! {
    ridge: Ridge,
    attitude: Attitude,
    calibration: Calibration,
    network: Network,
    control: Control,
    rollout: Rollout,
    filter: Filter,
}
