//! Pictures, as SVG files.

use std::error::Error;
use std::path::Path;

use nalgebra::DMatrix;
use plotters::prelude::*;

/// A line through points, and its name.
#[derive(Clone, Debug, PartialEq)]
pub struct Curve {
    /// What the legend calls it.
    pub name: String,
    /// Its points, from left to right.
    pub points: Vec<(f64, f64)>,
}

/// What is written at a picture of curves.
#[derive(Clone, Copy, Debug)]
pub struct Labels<'a> {
    /// Above it.
    pub title: &'a str,
    /// Below the axis of abscissas.
    pub x: &'a str,
    /// Beside the axis of ordinates.
    pub y: &'a str,
}

/// Draws curves over one pair of axes.
///
/// # Errors
/// If there is no point, or the file cannot be written.
pub fn draw_curves(file: &Path, labels: Labels<'_>, curves: &[Curve]) -> Result<(), Box<dyn Error>> {
    let points = || curves.iter().flat_map(|curve| &curve.points);
    let (Some(xs), Some(ys)) = (range(points().map(|p| p.0), 0.0), range(points().map(|p| p.1), 0.05)) else {
        return Err("there is nothing to draw".into());
    };
    // the legend stands right of the last point
    let with_legend = xs.start..xs.end + 0.22 * (xs.end - xs.start);
    let area = SVGBackend::new(file, (900, 560)).into_drawing_area();
    area.fill(&WHITE)?;
    let mut chart = ChartBuilder::on(&area)
        .caption(labels.title, ("sans-serif", 20))
        .margin(12)
        .x_label_area_size(44)
        .y_label_area_size(64)
        .build_cartesian_2d(with_legend, ys)?;
    chart.configure_mesh().x_desc(labels.x).y_desc(labels.y).light_line_style(BLACK.mix(0.04)).draw()?;
    for (i, curve) in curves.iter().enumerate() {
        let color = Palette99::pick(i).to_rgba();
        chart
            .draw_series(LineSeries::new(curve.points.iter().copied(), color.stroke_width(2)))?
            .label(&curve.name)
            .legend(move |(x, y)| PathElement::new([(x, y), (x + 18, y)], color.stroke_width(2)));
    }
    chart.configure_series_labels().position(SeriesLabelPosition::MiddleRight).background_style(WHITE.mix(0.8)).draw()?;
    area.present()?;
    Ok(())
}

/// From the smallest to the largest value, and `margin` of their distance on either side.
fn range(values: impl Iterator<Item = f64>, margin: f64) -> Option<std::ops::Range<f64>> {
    let (low, high) = values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), v| (low.min(v), high.max(v)));
    let width = if high > low { high - low } else { 1.0 };
    low.is_finite().then_some(low - margin * width..high + margin * width)
}

/// Draws matrices of one size as images side by side, five to a row: blue for positive entries, red for negative ones, the darker the
/// larger.
///
/// # Errors
/// If the file cannot be written.
pub fn draw_images(file: &Path, title: &str, images: &[(String, DMatrix<f64>)]) -> Result<(), Box<dyn Error>> {
    let rows = images.len().div_ceil(5);
    let area = SVGBackend::new(file, (900, 40 + 190 * u32::try_from(rows)?)).into_drawing_area();
    area.fill(&WHITE)?;
    let largest = images.iter().map(|(_, image)| image.amax()).fold(f64::MIN_POSITIVE, f64::max);
    for ((name, image), place) in images.iter().zip(area.titled(title, ("sans-serif", 20))?.split_evenly((rows, 5))) {
        let (height, width) = (i32::try_from(image.nrows())?, i32::try_from(image.ncols())?);
        let mut chart =
            ChartBuilder::on(&place).caption(name, ("sans-serif", 16)).margin(6).build_cartesian_2d(0..width, height..0)?;
        // column by column, as the entries are stored
        let pixels = (0..width).flat_map(|j| (0..height).map(move |i| (i, j))).zip(image);
        chart.draw_series(pixels.map(|((i, j), entry)| {
            let color = if *entry > 0.0 { &BLUE } else { &RED };
            Rectangle::new([(j, i), (j + 1, i + 1)], color.mix(entry.abs() / largest).filled())
        }))?;
    }
    area.present()?;
    Ok(())
}
