//! The operations: one record each, its equation above it.
//!
//! A [`Record`] holds all that the rest of the engine knows of an operation: how it is spelled in Rust, what shape it has, its
//! differential, its trace rule and its vec rule where it is linear, its notation, its interpreter and how it is emitted. To add an operation,
//! write its record in the file of its family and its line in the table below.

pub mod algebra;
mod cofactors;
mod elementwise;
mod entry_products;
mod extremes;
mod flat;
mod helpers;
pub(crate) use flat::is_flat_at_zero;
pub(crate) use helpers::function;
mod leaves;
mod linear_algebra;
mod matrix_functions;
mod products;
mod record;
mod reductions;
mod regions;
pub(crate) mod rows;
mod selection;
mod softmax;
mod spectra;
mod spectral;
mod stable;
mod structure;
pub(crate) mod triangular;

pub use record::{Build, Differential, Form, Record, Spelling};

macro_rules! operations {
    ($($kind:ident => $record:path,)*) => {
        /// The operations of the table.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        #[allow(missing_docs)] // each is documented at its record
        pub enum Kind { $($kind,)* }

        /// All operations.
        pub const ALL: &[Kind] = &[$(Kind::$kind,)*];

        /// What is known of an operation.
        #[must_use]
        pub fn record(kind: Kind) -> &'static Record {
            match kind { $(Kind::$kind => &$record,)* }
        }
    };
}

operations! {
    // leaves
    Param => leaves::PARAM,
    Const => leaves::CONST,
    Opaque => leaves::OPAQUE,
    Dim => leaves::DIM,
    Delta => leaves::DELTA,
    Identity => leaves::IDENTITY,
    Fill => leaves::FILL,
    // arithmetic
    Lin => algebra::LIN,
    Scale => algebra::SCALE,
    Ratio => algebra::RATIO,
    Hadamard => algebra::HADAMARD,
    Pow => algebra::POW,
    // products
    MatMul => products::MATMUL,
    Kron => products::KRON,
    KronTrLeft => products::KRON_TR_LEFT,
    KronTrRight => products::KRON_TR_RIGHT,
    Cross => products::CROSS,
    CrossMatrix => products::CROSS_MATRIX,
    Axial => products::AXIAL,
    // structure
    Transpose => structure::TRANSPOSE,
    Diagonal => structure::DIAGONAL,
    DiagMat => structure::DIAG_MAT,
    Slice => structure::SLICE,
    Place => structure::PLACE,
    Update => structure::UPDATE,
    Stack => structure::STACK,
    Reshape => structure::RESHAPE,
    LowerTriangle => structure::LOWER_TRIANGLE,
    UpperTriangle => structure::UPPER_TRIANGLE,
    // reductions
    Sum => reductions::SUM,
    Trace => reductions::TRACE,
    NormSq => reductions::NORM_SQ,
    Norm => reductions::NORM,
    LpNorm => reductions::LP_NORM,
    Product => entry_products::PRODUCT,
    LnProduct => stable::LN_PRODUCT,
    ProductsOfOthers => entry_products::PRODUCTS_OF_OTHERS,
    OthersTangent => entry_products::OTHERS_TANGENT,
    Extreme => extremes::EXTREME,
    Pick => extremes::PICK,
    PlaceExtreme => extremes::PLACE_EXTREME,
    // elementwise
    Exp => elementwise::EXP,
    ExpM1 => elementwise::EXP_M1,
    Ln => elementwise::LN,
    Ln1p => elementwise::LN_1P,
    Log2 => elementwise::LOG2,
    Log10 => elementwise::LOG10,
    Cbrt => elementwise::CBRT,
    Sin => elementwise::SIN,
    Cos => elementwise::COS,
    Tan => elementwise::TAN,
    Asin => elementwise::ASIN,
    Acos => elementwise::ACOS,
    Atan => elementwise::ATAN,
    Sinh => elementwise::SINH,
    Cosh => elementwise::COSH,
    Tanh => elementwise::TANH,
    Asinh => elementwise::ASINH,
    Acosh => elementwise::ACOSH,
    Atanh => elementwise::ATANH,
    Sigmoid => elementwise::SIGMOID,
    Softplus => elementwise::SOFTPLUS,
    LogAddExp => stable::LOG_ADD_EXP,
    Share => stable::SHARE,
    LnCosh => stable::LN_COSH,
    Turn => stable::TURN,
    Abs => selection::ABS,
    Sign => selection::SIGN,
    Side => selection::SIDE,
    Still => selection::STILL,
    SafeRecip => selection::SAFE_RECIP,
    Limit => selection::LIMIT,
    PowF => selection::POWF,
    Hypot => selection::HYPOT,
    Atan2 => selection::ATAN2,
    Relu => selection::RELU,
    Select => selection::SELECT,
    // softmax family
    Softmax => softmax::SOFTMAX,
    LogSoftmax => softmax::LOG_SOFTMAX,
    LogSumExp => softmax::LOG_SUM_EXP,
    SoftmaxRows => softmax::SOFTMAX_ROWS,
    LogSoftmaxRows => softmax::LOG_SOFTMAX_ROWS,
    LogSumExpRows => softmax::LOG_SUM_EXP_ROWS,
    // linear algebra
    Lu => linear_algebra::LU,
    Chol => linear_algebra::CHOL,
    Tri => triangular::TRI,
    Inv => linear_algebra::INV,
    Det => linear_algebra::DET,
    Cofactor => cofactors::COFACTOR,
    CofactorTangent => cofactors::COFACTOR_TANGENT,
    LnDet => linear_algebra::LN_DET,
    LnOfDet => linear_algebra::LN_OF_DET,
    CholL => linear_algebra::CHOL_L,
    ExpMatrix => matrix_functions::EXP_MATRIX,
    ExpFrechet => matrix_functions::EXP_FRECHET,
    Eigen => spectral::EIGEN,
    EigenValues => spectral::EIGEN_VALUES,
    EigenVectors => spectral::EIGEN_VECTORS,
    Svd => spectral::SVD,
    SingularValues => spectral::SINGULAR_VALUES,
    LeftVectors => spectral::LEFT_VECTORS,
    RightVectors => spectral::RIGHT_VECTORS,
    PseudoInverse => spectral::PSEUDO_INVERSE,
    WithEigenvalues => spectra::WITH_EIGENVALUES,
    WithSingularValues => spectra::WITH_SINGULAR_VALUES,
    DividedDifferences => spectra::DIVIDED_DIFFERENCES,
    // structure of Jacobians
    Rows => rows::ROWS,
    FrechetColumns => rows::FRECHET_COLUMNS,
    CofactorColumns => cofactors::COFACTOR_COLUMNS,
    ProductsButTwo => entry_products::PRODUCTS_BUT_TWO,
    Mirror => rows::MIRROR,
    // regions
    Loop => regions::LOOP,
    Branch => regions::BRANCH,
    Output => regions::OUTPUT,
    // kernels
    Map => algebra::MAP,
}

/// Whether a node stands for a factorization of its operand, and for its operand in formulas.
#[must_use]
pub fn is_factorization(kind: Kind) -> bool {
    matches!(kind, Kind::Lu | Kind::Chol | Kind::Eigen | Kind::Svd)
}
