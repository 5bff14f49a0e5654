//! The scalar functions: each is the one of its name, kinks are where the policy puts them.
#![allow(clippy::float_cmp, reason = "these results are exact")]

use matgrad::__private as m;

#[test]
fn each_is_the_one_of_its_name() {
    macro_rules! same {
        ($t:expr; $($name:ident)*) => {$( assert_eq!(m::$name($t), $t.$name(), stringify!($name)); )*};
    }
    same!(0.3_f64; exp exp_m1 ln ln_1p log2 log10 sqrt cbrt recip sin cos tan asin acos atan sinh cosh tanh asinh atanh abs);
    same!(0.3_f32; exp exp_m1 ln ln_1p log2 log10 sqrt cbrt recip sin cos tan asin acos atan sinh cosh tanh asinh atanh abs);
    same!(-2.5_f64; exp exp_m1 cbrt recip sin cos tan atan sinh cosh tanh asinh abs);
    assert_eq!(m::acosh(1.7_f64), 1.7_f64.acosh());
    assert_eq!(m::powi(-1.5_f32, 3), -3.375);
    assert_eq!(m::powf(2.0_f64, 0.5), 2.0_f64.powf(0.5));
    assert_eq!(m::hypot(3e200, 4e200), 3e200_f64.hypot(4e200));
    assert_eq!(m::atan2(1.0_f32, -1.0), 1.0_f32.atan2(-1.0));
    assert_eq!(m::lit::<f32>(0.1), 0.1_f32);
    assert_eq!(m::lit::<f64>(0.1), 0.1);
    assert_eq!(m::count::<f64>(7), 7.0);
    assert_eq!(m::count::<f32>(16_777_217), 16_777_216.0);
}

#[test]
fn kinks_follow_the_policy() {
    assert_eq!((m::sign(-3.0), m::sign(0.0), m::sign(2.0_f32)), (-1.0, 0.0, 1.0));
    assert!(m::sign(f64::NAN).is_nan());
    assert_eq!((m::safe_recip(0.0), m::safe_recip(-0.0), m::safe_recip(4.0_f32)), (0.0, 0.0, 0.25));
    assert!(m::safe_recip(f64::NAN).is_nan());
}

#[test]
fn the_first_of_equals_and_numbers_before_nan() {
    assert_eq!((m::max(1.0, 2.0), m::max(2.0, 1.0)), (2.0, 2.0));
    assert_eq!((m::min(1.0_f32, 2.0), m::min(2.0_f32, 1.0)), (1.0, 1.0));
    assert!(m::max(0.0_f64, -0.0).is_sign_positive() && m::max(-0.0_f64, 0.0).is_sign_negative());
    assert!(m::min(0.0_f64, -0.0).is_sign_positive() && m::min(-0.0_f64, 0.0).is_sign_negative());
    assert_eq!((m::max(f64::NAN, 1.0), m::max(1.0, f64::NAN)), (1.0, 1.0));
    assert_eq!((m::min(f64::NAN, 1.0), m::min(1.0, f64::NAN)), (1.0, 1.0));
}
