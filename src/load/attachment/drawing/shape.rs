//! Numbers in the attributes of a drawing: its size, and where things are.

use roxmltree::Node;

/// The namespace of drawings.
pub(super) const SVG: &str = "http://www.w3.org/2000/svg";

/// The numbers of an attribute.
pub(super) fn numbers(node: Node<'_, '_>, name: &str) -> Vec<f64> {
    node.attribute(name)
        .unwrap_or("")
        .split([' ', ',', '\n', '\t'])
        .filter_map(|number| number.parse().ok())
        .collect()
}

/// The width and height of a drawing, or those of its view box.
pub(super) fn size(root: Node<'_, '_>) -> (f64, f64) {
    let view = numbers(root, "viewBox");
    let length = |name| root.attribute(name).and_then(length_in_pixels);
    match (length("width"), length("height"), view.as_slice()) {
        (Some(width), Some(height), _) => (width, height),
        (_, _, [_, _, width, height]) => (*width, *height),
        // The size of an image that has none, in CSS.
        _ => (300.0, 150.0),
    }
}

fn length_in_pixels(written: &str) -> Option<f64> {
    let written = written.trim();
    let figures = written.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
    let unit = match &written[figures.len()..] {
        "" | "px" => 1.0,
        "pt" => 96.0 / 72.0,
        "pc" => 16.0,
        "mm" => 96.0 / 25.4,
        "cm" => 96.0 / 2.54,
        "in" => 96.0,
        _ => return None,
    };
    figures
        .trim()
        .parse::<f64>()
        .ok()
        .map(|number| number * unit)
}
