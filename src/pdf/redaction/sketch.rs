//! What viewers draw of a note that brings no appearance along: its shape, in its colours.

use lopdf::{Dictionary, Document, Object};

use super::surfaces::{Surface, SurfaceKind};
use crate::pdf::content::Ink;
use crate::pdf::content::color::Rgb;
use crate::pdf::content::write::write_number;
use crate::pdf::drawn::Note;
use crate::pdf::geometry::{Point, Rect};
use crate::pdf::object::{get, get_array, get_dict, get_number, number, resolve};

/// Numbers read of one note.
const MOST: usize = 8_000;
/// A note that lets more through than this does not hide what is below.
const OPAQUE: f64 = 0.7;
/// How far the handles of a quarter of a circle reach, as a share of its radius.
const CIRCLE: f64 = 0.5523;

/// What is drawn of a note, and the surface that it makes; nothing where it shows nothing.
pub(super) fn sketch(
    doc: &Document,
    note: &Dictionary,
    subtype: &[u8],
    rect: Rect,
    order: usize,
) -> Option<(Note, Surface)> {
    let ink = |key: &[u8]| get_array(doc, note, key).and_then(|values| color(doc, values));
    let (line, inner) = (ink(b"C"), ink(b"IC"));
    let black = Some([0.0; 3]);
    let (paths, fill, stroke): (Vec<Path>, _, _) = match subtype {
        b"Highlight" => (quads(doc, note, rect), line, None),
        b"FreeText" => (vec![rectangle(&rect)], line, None),
        b"Square" => (vec![rectangle(&rect)], inner, line),
        b"Circle" => (vec![ellipse(&rect)], inner, line),
        b"Polygon" => (
            vec![polygon(points(doc, note, b"Vertices"), true)],
            inner,
            line,
        ),
        b"PolyLine" => (
            vec![polygon(points(doc, note, b"Vertices"), false)],
            None,
            line.or(black),
        ),
        b"Line" => (
            vec![polygon(points(doc, note, b"L"), false)],
            None,
            line.or(black),
        ),
        b"Ink" => {
            let strokes = get_array(doc, note, b"InkList").unwrap_or_default();
            let strokes =
                strokes
                    .iter()
                    .take(500)
                    .filter_map(|stroke| match resolve(doc, stroke) {
                        Object::Array(values) => Some(polygon(pairs(doc, values), false)),
                        _ => None,
                    });
            (strokes.collect(), None, line.or(black))
        }
        _ => return None,
    };
    let width = width(doc, note);
    let bounds = paths
        .iter()
        .flat_map(|path| &path.points)
        .fold(Rect::NOWHERE, |bounds, point| {
            bounds.union(&Rect::between(*point, *point))
        })
        .grow(if stroke.is_some() { width / 2.0 } else { 0.0 });
    let alpha = get_number(doc, note, b"CA").unwrap_or(1.0);
    if bounds.x0 >= bounds.x1 || alpha < OPAQUE || (fill.is_none() && stroke.is_none()) {
        return None;
    }
    let mut content = Vec::new();
    for (color, operator) in [(fill, "rg"), (stroke, "RG")] {
        if let Some(color) = color {
            numbers(&mut content, color.map(f64::from).as_slice());
            content.extend(operator.bytes());
            content.push(b'\n');
        }
    }
    numbers(&mut content, &[width]);
    content.extend(b"w\n");
    for path in &paths {
        path.write(&mut content);
        content.extend(match (fill.is_some(), stroke.is_some()) {
            (true, true) => b"B\n".as_slice(),
            (true, false) => b"f\n",
            _ => b"S\n",
        });
    }
    let marker = subtype == b"Highlight";
    let surface = Surface {
        order,
        parts: if marker {
            paths.iter().map(Path::bounds).collect()
        } else {
            vec![bounds]
        },
        bounds,
        ink: Ink {
            color: fill.or(stroke),
            alpha: alpha as f32,
            normal: !marker,
        },
        kind: if matches!(subtype, b"Highlight" | b"FreeText")
            || (subtype == b"Square" && fill.is_some())
        {
            SurfaceKind::Shape
        } else {
            SurfaceKind::Vague
        },
    };
    let note = Note {
        form: None,
        content,
        multiplies: marker,
    };
    Some((note, surface))
}

/// A path in user space of the page.
struct Path {
    points: Vec<Point>,
    /// Whether the points after the first are those of curves.
    curved: bool,
    closed: bool,
}

impl Path {
    fn bounds(&self) -> Rect {
        self.points.iter().fold(Rect::NOWHERE, |bounds, point| {
            bounds.union(&Rect::between(*point, *point))
        })
    }

    fn write(&self, out: &mut Vec<u8>) {
        let Some((first, rest)) = self.points.split_first() else {
            return;
        };
        numbers(out, &[first.x, first.y]);
        out.extend(b"m\n");
        let (step, operator) = if self.curved {
            (3, b"c\n")
        } else {
            (1, b"l\n")
        };
        for points in rest.chunks_exact(step) {
            for point in points {
                numbers(out, &[point.x, point.y]);
            }
            out.extend(operator);
        }
        if self.closed {
            out.extend(b"h\n");
        }
    }
}

fn numbers(out: &mut Vec<u8>, values: &[f64]) {
    for value in values {
        write_number(out, *value);
        out.push(b' ');
    }
}

fn rectangle(rect: &Rect) -> Path {
    polygon(rect.quad().0.to_vec(), true)
}

fn polygon(points: Vec<Point>, closed: bool) -> Path {
    Path {
        points,
        curved: false,
        closed,
    }
}

fn ellipse(rect: &Rect) -> Path {
    let middle = rect.centre();
    let (rx, ry) = (rect.width() / 2.0, rect.height() / 2.0);
    let at = |x: f64, y: f64| Point {
        x: middle.x + x * rx,
        y: middle.y + y * ry,
    };
    let k = CIRCLE;
    let points = vec![
        at(1.0, 0.0),
        at(1.0, k),
        at(k, 1.0),
        at(0.0, 1.0),
        at(-k, 1.0),
        at(-1.0, k),
        at(-1.0, 0.0),
        at(-1.0, -k),
        at(-k, -1.0),
        at(0.0, -1.0),
        at(k, -1.0),
        at(1.0, -k),
        at(1.0, 0.0),
    ];
    Path {
        points,
        curved: true,
        closed: true,
    }
}

fn points(doc: &Document, note: &Dictionary, key: &[u8]) -> Vec<Point> {
    pairs(doc, get_array(doc, note, key).unwrap_or_default())
}

fn pairs(doc: &Document, values: &[Object]) -> Vec<Point> {
    let values: Vec<f64> = values
        .iter()
        .take(MOST)
        .filter_map(|value| number(resolve(doc, value)))
        .collect();
    values
        .chunks_exact(2)
        .map(|pair| Point {
            x: pair[0],
            y: pair[1],
        })
        .collect()
}

/// The stretches that a note marks: its quadrilaterals, or else its rectangle.
fn quads(doc: &Document, note: &Dictionary, rect: Rect) -> Vec<Path> {
    let marked: Vec<Path> = points(doc, note, b"QuadPoints")
        .chunks_exact(4)
        // programs give the upper corners first, and then the lower ones from the left too
        .map(|quad| polygon(vec![quad[0], quad[1], quad[3], quad[2]], true))
        .collect();
    if marked.is_empty() {
        vec![rectangle(&rect)]
    } else {
        marked
    }
}

/// The same stretches as rectangles around them.
pub(super) fn marked(doc: &Document, note: &Dictionary, rect: Rect) -> Vec<Rect> {
    quads(doc, note, rect).iter().map(Path::bounds).collect()
}

/// How wide a note's lines are.
fn width(doc: &Document, note: &Dictionary) -> f64 {
    let style = get_dict(doc, note, b"BS").and_then(|style| get_number(doc, style, b"W"));
    let border = || match get(doc, note, b"Border") {
        Some(Object::Array(border)) => border.get(2).and_then(|w| number(resolve(doc, w))),
        _ => None,
    };
    style.or_else(border).unwrap_or(1.0).clamp(0.0, 200.0)
}

fn color(doc: &Document, values: &[Object]) -> Option<Rgb> {
    let values: Vec<f32> = values
        .iter()
        .filter_map(|value| number(resolve(doc, value)))
        .map(|value| value.clamp(0.0, 1.0) as f32)
        .collect();
    match values.as_slice() {
        [gray] => Some([*gray; 3]),
        [r, g, b] => Some([*r, *g, *b]),
        [c, m, y, k] => Some([c, m, y].map(|ink| (1.0 - ink) * (1.0 - k))),
        _ => None,
    }
}
