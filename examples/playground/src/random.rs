//! Numbers that a seed draws: `xorshift64*`.

use matgrad_engine::eval::Mat;

#[derive(Clone)]
pub struct Random(u64);

impl Random {
    pub fn new(seed: u32) -> Self {
        let mut random = Self(u64::from(seed).wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
        for _ in 0..8 {
            random.number(); // seeds that are close draw numbers that are not
        }
        random
    }
    /// Between 0 and 1.
    pub fn number(&mut self) -> f64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let bits = self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 32;
        f64::from(u32::try_from(bits).unwrap_or(0)) / f64::from(u32::MAX)
    }
    pub fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.number()
    }
    /// Below `n`.
    pub fn below(&mut self, n: usize) -> usize {
        (0..n).rev().find(|k| self.number() * (fraction(*k) + 1.0) < 1.0).unwrap_or(0)
    }
    pub fn matrix(&mut self, rows: usize, cols: usize, low: f64, high: f64) -> Mat {
        Mat::from_fn(rows, cols, |_, _| self.between(low, high))
    }
}

/// A small number.
pub fn fraction(n: usize) -> f64 {
    f64::from(u32::try_from(n).unwrap_or(u32::MAX))
}
