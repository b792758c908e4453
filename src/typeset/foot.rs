//! The strip along an edge of the page that is left free for what the pack prints there: page numbers,
//! markings and notices.

/// The distance from the edge of the page to what is printed there, in points, as printers cannot
/// print at the edge itself.
pub const EDGE: f32 = 20.0;
/// The free space between that and the page's own words, in points.
pub const GAP: f32 = 4.0;

/// The height of a box around text of `size` points.
pub fn box_height(size: f32) -> f32 {
    size * 1.7
}

/// The height of the whole strip, for text of `size` points.
pub fn strip(size: f32) -> f32 {
    EDGE + box_height(size) + GAP
}
