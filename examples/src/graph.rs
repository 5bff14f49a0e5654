//! Pictures of directed graphs.

use std::error::Error;
use std::f64::consts::TAU;
use std::path::Path;

use plotters::coord::Shift;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

use crate::Edges;

type Area<'a> = DrawingArea<SVGBackend<'a>, Shift>;

const SAME: RGBColor = RGBColor(0, 120, 60);
const REVERSED: RGBColor = RGBColor(220, 130, 0);
const ONLY_HERE: RGBColor = RGBColor(180, 180, 180);

/// Draws two graphs of the same nodes side by side, their nodes on circles: green are edges that both have, orange those that the other has
/// the other way round, grey all others.
///
/// # Errors
/// If the file cannot be written.
pub fn draw_graphs(file: &Path, names: &[String], left: (&str, &Edges), right: (&str, &Edges)) -> Result<(), Box<dyn Error>> {
    let area = SVGBackend::new(file, (1000, 560)).into_drawing_area();
    area.fill(&WHITE)?;
    let (key, graphs) = (area.margin(520, 0, 0, 0), area.margin(0, 40, 0, 0));
    for ((graph, other), place) in [(left, right), (right, left)].into_iter().zip(graphs.split_evenly((1, 2))) {
        let caption = format!("{}: {} edges", graph.0, graph.1.count());
        draw_graph(&place.titled(&caption, ("sans-serif", 20))?, names, graph.1, other.1)?;
    }
    let meanings =
        [(SAME, "in both graphs"), (REVERSED, "in the other graph the other way round"), (ONLY_HERE, "in this graph alone")];
    for ((color, meaning), x) in meanings.into_iter().zip([160, 340, 660]) {
        key.draw(&PathElement::new([(x, 14), (x + 30, 14)], color.stroke_width(3)))?;
        key.draw(&Text::new(meaning, (x + 38, 7), ("sans-serif", 14)))?;
    }
    area.present()?;
    Ok(())
}

fn draw_graph(area: &Area<'_>, names: &[String], edges: &Edges, other: &Edges) -> Result<(), Box<dyn Error>> {
    let (width, height) = area.dim_in_pixel();
    let center = (f64::from(width) / 2.0, f64::from(height) / 2.0);
    let radius = center.0.min(center.1) - 40.0;
    let mut turns = (0_u32..).map(|i| TAU * f64::from(i) / f64::from(u32::try_from(names.len()).unwrap_or(u32::MAX)));
    let places: Vec<(f64, f64)> =
        names.iter().zip(&mut turns).map(|(_, t)| (center.0 + radius * t.sin(), center.1 - radius * t.cos())).collect();
    for (from, to) in edges.iter() {
        let color = match (other.contains(from, to), other.contains(to, from)) {
            (true, _) => SAME,
            (false, true) => REVERSED,
            (false, false) => ONLY_HERE,
        };
        arrow(area, places[from], places[to], color)?;
    }
    let style = TextStyle::from(("sans-serif", 14).into_font()).pos(Pos::new(HPos::Center, VPos::Center));
    for (name, place) in names.iter().zip(places) {
        area.draw(&Circle::new(pixel(place), NODE, WHITE.filled()))?;
        area.draw(&Circle::new(pixel(place), NODE, BLACK.stroke_width(1)))?;
        area.draw(&Text::new(name.as_str(), pixel(place), style.clone()))?;
    }
    Ok(())
}

/// The radius of a node.
const NODE: i32 = 30;

/// An arrow from the rim of one node to that of the other.
fn arrow(area: &Area<'_>, from: (f64, f64), to: (f64, f64), color: RGBColor) -> Result<(), Box<dyn Error>> {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let length = dx.hypot(dy);
    // `along` from the first node, `across` to the right
    let at = |along: f64, across: f64| {
        let (x, y) = (dx / length, dy / length);
        pixel((from.0 + along * x - across * y, from.1 + along * y + across * x))
    };
    let (start, tip) = (f64::from(NODE), length - f64::from(NODE));
    area.draw(&PathElement::new([at(start, 0.0), at(tip - 10.0, 0.0)], color.stroke_width(2)))?;
    area.draw(&Polygon::new([at(tip, 0.0), at(tip - 12.0, 6.0), at(tip - 12.0, -6.0)], color.filled()))?;
    Ok(())
}

#[allow(clippy::cast_possible_truncation, reason = "within a picture")]
fn pixel((x, y): (f64, f64)) -> (i32, i32) {
    (x.round() as i32, y.round() as i32)
}
