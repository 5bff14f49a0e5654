//! Problems of nonlinear regression with certified solutions.

/// A data set of the Statistical Reference Datasets of the National Institute of Standards and Technology, nonlinear regression
/// (<https://www.itl.nist.gov/div898/strd/nls/nls_main.shtml>), whose solution was found in 128-bit arithmetic and is certified to 11 digits.
#[derive(Clone, Copy, Debug)]
pub struct Reference {
    /// Its name there.
    pub name: &'static str,
    /// The predictor.
    pub x: &'static [f64],
    /// The response.
    pub y: &'static [f64],
    /// Two starts, the first far from the solution, the second near to it.
    pub starts: [&'static [f64]; 2],
    /// The certified parameters.
    pub parameters: &'static [f64],
    /// The certified standard deviations of the parameters.
    pub deviations: &'static [f64],
    /// The certified residual sum of squares.
    pub residual: f64,
}

/// `y = b₁ (1 − exp(−b₂ x))`: monomolecular adsorption in dentistry [Misra 1978]. Lower level of difficulty.
pub const MISRA1A: Reference = Reference {
    name: "Misra1a",
    x: &[77.6, 114.9, 141.1, 190.8, 239.9, 289.0, 332.8, 378.4, 434.8, 477.3, 536.8, 593.1, 689.1, 760.0],
    y: &[10.07, 14.73, 17.94, 23.93, 29.61, 35.18, 40.02, 44.82, 50.76, 55.05, 61.01, 66.40, 75.47, 81.78],
    starts: [&[500.0, 0.0001], &[250.0, 0.0005]],
    parameters: &[2.389_421_291_8e2, 5.501_564_318_1e-4],
    deviations: &[2.707_007_524_1, 7.266_868_843_6e-6],
    residual: 1.245_513_889_4e-1,
};

/// `y = (b₁ + b₂ x + b₃ x² + b₄ x³) / (1 + b₅ x + b₆ x² + b₇ x³)`: electron mobility over the logarithm of the density, in semiconductors
/// [Thurber 1979]. Higher level of difficulty.
pub const THURBER: Reference = Reference {
    name: "Thurber",
    x: &[
        -3.067, -2.981, -2.921, -2.912, -2.840, -2.797, -2.702, -2.699, -2.633, -2.481, -2.363, -2.322, -1.501, -1.460, -1.274,
        -1.212, -1.100, -1.046, -0.915, -0.714, -0.566, -0.545, -0.400, -0.309, -0.109, -0.103, 0.010, 0.119, 0.377, 0.790,
        0.963, 1.006, 1.115, 1.572, 1.841, 2.047, 2.200,
    ],
    y: &[
        80.574, 84.248, 87.264, 87.195, 89.076, 89.608, 89.868, 90.101, 92.405, 95.854, 100.696, 101.060, 401.672, 390.724,
        567.534, 635.316, 733.054, 759.087, 894.206, 990.785, 1090.109, 1080.914, 1122.643, 1178.351, 1260.531, 1273.514,
        1288.339, 1327.543, 1353.863, 1414.509, 1425.208, 1421.384, 1442.962, 1464.350, 1468.705, 1447.894, 1457.628,
    ],
    starts: [&[1000.0, 1000.0, 400.0, 40.0, 0.7, 0.3, 0.03], &[1300.0, 1500.0, 500.0, 75.0, 1.0, 0.4, 0.05]],
    parameters: &[
        1.288_139_680_0e3,
        1.491_079_253_5e3,
        5.832_383_687_7e2,
        7.541_664_429_1e1,
        9.662_950_286_4e-1,
        3.979_728_579_7e-1,
        4.972_729_734_9e-2,
    ],
    deviations: &[
        4.664_796_334_4,
        3.957_115_608_6e1,
        2.869_869_610_2e1,
        5.567_537_027_0,
        3.133_334_068_7e-2,
        1.498_492_819_8e-2,
        6.584_234_462_3e-3,
    ],
    residual: 5.642_708_239_7e3,
};

/// `y = b₁ (x² + b₂ x) / (x² + b₃ x + b₄)`: generated data [Kowalik and Osborne 1978; Moré, Garbow and Hillstrom 1981, problem 15], "found
/// to be difficult for some very good algorithms". Higher level of difficulty.
pub const MGH09: Reference = Reference {
    name: "MGH09",
    x: &[4.0, 2.0, 1.0, 0.5, 0.25, 0.167, 0.125, 0.1, 0.0833, 0.0714, 0.0625],
    y: &[0.1957, 0.1947, 0.1735, 0.16, 0.0844, 0.0627, 0.0456, 0.0342, 0.0323, 0.0235, 0.0246],
    starts: [&[25.0, 39.0, 41.5, 39.0], &[0.25, 0.39, 0.415, 0.39]],
    parameters: &[1.928_069_345_8e-1, 1.912_823_287_3e-1, 1.230_565_069_3e-1, 1.360_623_306_8e-1],
    deviations: &[1.143_531_222_7e-2, 1.963_322_091_1e-1, 8.084_203_123_2e-2, 9.002_554_230_8e-2],
    residual: 3.075_056_038_5e-4,
};
