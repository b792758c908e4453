//! The strip along an edge of the page that stays free for what the pack prints there: page number,
//! marking, notices.

/// From the edge of the page to what is printed there, in points: what printers can reach.
pub const EDGE: f32 = 20.0;
/// Free space between that and the page's own words, in points.
pub const GAP: f32 = 4.0;

/// Height of a boxed text above its lower edge, for letters of `size` points.
pub fn box_height(size: f32) -> f32 {
    size * 1.7
}

/// Height of the whole strip for letters of `size` points.
pub fn strip(size: f32) -> f32 {
    EDGE + box_height(size) + GAP
}
