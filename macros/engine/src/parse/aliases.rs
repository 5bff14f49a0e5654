//! nalgebra's names for matrix types, and what their arguments mean.

/// The shape that a name stands for, in terms of its generic arguments after the scalar.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Layout {
    pub(super) rows: Side,
    pub(super) cols: Side,
    pub(super) storage: Storage,
}

/// Where a dimension comes from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Side {
    /// The name itself.
    Fixed(usize),
    /// Run time.
    Dynamic,
    /// An argument that is a number: `3`, `N`.
    Number(usize),
    /// An argument that is a type: `Const<3>`, `U3`, `Dyn`, `D`.
    Level(usize),
}

/// Who holds the entries.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Storage {
    Owned,
    View,
    ViewMut,
    /// An argument says it.
    Argument(usize),
}

/// Whether a name is one of nalgebra's matrix types.
pub(crate) fn is_matrix_name(name: &str) -> bool {
    layout(name).is_some()
}

/// The layout behind the last segment of a path.
pub(super) fn layout(name: &str) -> Option<Layout> {
    let (family, storage, size) = parts(name);
    let (rows, cols) = if size.is_empty() { open(family)? } else { sized(family, size)? };
    let generic = matches!(family, "Matrix" | "SquareMatrix" | "Vector" | "RowVector") && size.is_empty();
    let storage = match storage {
        // `Matrix<T, R, C, S>`: the storage follows the dimensions.
        Storage::Owned if generic => Storage::Argument(if family == "Matrix" { 2 } else { 1 }),
        Storage::Owned => Storage::Owned,
        _ if has_views(family) => storage,
        _ => return None,
    };
    Some(Layout { rows, cols, storage })
}

/// `MatrixViewMut2x3` is `Matrix`, mutable view, `2x3`.
fn parts(name: &str) -> (&str, Storage, &str) {
    if let Some((family, rest)) = name.split_once("View") {
        return match rest.strip_prefix("Mut") {
            Some(size) => (family, Storage::ViewMut, size),
            None => (family, Storage::View, rest),
        };
    }
    let digit = name.find(|c: char| c.is_ascii_digit());
    let size = name.find("Xx").into_iter().chain(digit).min().unwrap_or(name.len());
    (&name[..size], Storage::Owned, &name[size..])
}

/// Rows and columns of a name without a size in it.
fn open(family: &str) -> Option<(Side, Side)> {
    use Side::{Dynamic, Fixed, Level, Number};
    Some(match family {
        "DVector" => (Dynamic, Fixed(1)),
        "RowDVector" => (Fixed(1), Dynamic),
        "DMatrix" => (Dynamic, Dynamic),
        "SVector" => (Number(0), Fixed(1)),
        "RowSVector" => (Fixed(1), Number(0)),
        "SMatrix" => (Number(0), Number(1)),
        "OVector" | "Vector" => (Level(0), Fixed(1)),
        "RowOVector" | "RowVector" => (Fixed(1), Level(0)),
        "OMatrix" | "Matrix" => (Level(0), Level(1)),
        "SquareMatrix" => (Level(0), Level(0)),
        _ => return None,
    })
}

/// Rows and columns of `Vector3`, `RowVector3`, `Matrix3`, `Matrix2x3`, `Matrix3xX`, `MatrixXx3`.
fn sized(family: &str, size: &str) -> Option<(Side, Side)> {
    let one = Side::Fixed(1);
    match (family, size.split_once('x')) {
        ("Vector", None) => Some((side(size)?, one)),
        ("RowVector", None) => Some((one, side(size)?)),
        ("Matrix", None) => Some((side(size)?, side(size)?)),
        ("Matrix", Some((rows, cols))) if rows != cols => {
            let either = |s: &str| if s == "X" { Some(Side::Dynamic) } else { side(s) };
            Some((either(rows)?, either(cols)?))
        }
        _ => None,
    }
}

/// nalgebra's names go up to 6.
fn side(size: &str) -> Option<Side> {
    let index = ["1", "2", "3", "4", "5", "6"].iter().position(|n| *n == size)?;
    Some(Side::Fixed(index + 1))
}

fn has_views(family: &str) -> bool {
    matches!(family, "DMatrix" | "DVector" | "SMatrix" | "SVector" | "Matrix" | "Vector")
}
