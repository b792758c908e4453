//! The pages of a PDF in order, each with what it inherits from the page tree.

use std::collections::HashSet;

use lopdf::{Dictionary, Document, Object, ObjectId};

use super::geometry::{Matrix, Rect};
use super::object::{as_dict, get, get_array, get_int, get_name, numbers, resolve, target};

/// More pages than any pack has; a tree that yields more is a trap.
const MOST_PAGES: usize = 50_000;
/// Nodes visited at most, so that a tree whose nodes share children ends.
const MOST_NODES: usize = 200_000;

/// A page.
#[derive(Debug, Clone)]
pub struct Page<'a> {
    /// Its object, unless the tree holds it directly.
    pub id: Option<ObjectId>,
    /// Its own dictionary.
    pub dict: &'a Dictionary,
    /// Its resources, its own or inherited.
    pub resources: Option<&'a Dictionary>,
    /// The medium, in points.
    pub media: Rect,
    /// The part of the medium that is shown, in points.
    pub crop: Rect,
    /// Turned clockwise by 0, 90, 180 or 270 degrees when shown.
    pub rotation: u16,
}

impl Page<'_> {
    /// Width and height as the page is shown, in points.
    pub fn shown_size(&self) -> (f64, f64) {
        if self.rotation % 180 == 90 {
            (self.crop.height(), self.crop.width())
        } else {
            (self.crop.width(), self.crop.height())
        }
    }

    /// From the page as it is shown, measured in points from its top left corner with y downwards,
    /// to its user space.
    pub fn from_shown(&self) -> Matrix {
        let crop = &self.crop;
        match self.rotation {
            90 => Matrix::new([0.0, 1.0, 1.0, 0.0, crop.x0, crop.y0]),
            180 => Matrix::new([-1.0, 0.0, 0.0, 1.0, crop.x1, crop.y0]),
            270 => Matrix::new([0.0, -1.0, -1.0, 0.0, crop.x1, crop.y1]),
            _ => Matrix::new([1.0, 0.0, 0.0, -1.0, crop.x0, crop.y1]),
        }
    }

    /// A rectangle of its user space on the page as it is shown: points from the top left corner,
    /// `y` downwards. `None` where there is no way back.
    pub fn shown_box(&self, rect: &Rect) -> Option<Rect> {
        Some(self.from_shown().inverse()?.quad(rect).bounds())
    }
}

#[derive(Clone, Copy, Default)]
struct Inherited<'a> {
    resources: Option<&'a Dictionary>,
    media: Option<&'a Object>,
    crop: Option<&'a Object>,
    rotate: Option<i64>,
}

impl<'a> Inherited<'a> {
    fn with(mut self, doc: &'a Document, node: &'a Dictionary) -> Self {
        if let Some(found) = get(doc, node, b"Resources").and_then(as_dict) {
            self.resources = Some(found);
        }
        if let Some(found) = get(doc, node, b"MediaBox") {
            self.media = Some(found);
        }
        if let Some(found) = get(doc, node, b"CropBox") {
            self.crop = Some(found);
        }
        if let Some(found) = get_int(doc, node, b"Rotate") {
            self.rotate = Some(found);
        }
        self
    }
}

/// The pages of a document in order. Broken trees are walked as far as they lead.
pub fn pages(doc: &Document) -> Vec<Page<'_>> {
    let mut found = Vec::new();
    let Some(root) = doc.catalog().ok().and_then(|c| c.get(b"Pages").ok()) else {
        return found;
    };
    let mut seen: HashSet<ObjectId> = HashSet::new();
    let mut stack = vec![(root, Inherited::default())];
    let mut nodes = 0;
    while let Some((object, inherited)) = stack.pop() {
        nodes += 1;
        if nodes > MOST_NODES || found.len() >= MOST_PAGES {
            break;
        }
        let id = target(doc, object);
        let Some(node) = as_dict(resolve(doc, object)) else {
            continue;
        };
        let inherited = inherited.with(doc, node);
        let kids = get_array(doc, node, b"Kids");
        let is_page = get_name(doc, node, b"Type") == Some(b"Page");
        match kids {
            Some(kids) if !is_page || !node.has(b"Contents") => {
                if id.is_some_and(|id| !seen.insert(id)) {
                    continue;
                }
                stack.extend(kids.iter().rev().map(|kid| (kid, inherited)));
            }
            _ if get_name(doc, node, b"Type") == Some(b"Pages") && !node.has(b"Contents") => {}
            _ => found.push(page(doc, id, node, inherited)),
        }
    }
    found
}

fn page<'a>(
    doc: &'a Document,
    id: Option<ObjectId>,
    dict: &'a Dictionary,
    inherited: Inherited<'a>,
) -> Page<'a> {
    let a4 = Rect {
        x0: 0.0,
        y0: 0.0,
        x1: 595.276,
        y1: 841.89,
    };
    let media = inherited
        .media
        .and_then(|object| rect(doc, object))
        .unwrap_or(a4);
    let crop = inherited
        .crop
        .and_then(|object| rect(doc, object))
        .map(|crop| crop.intersect(&media))
        .filter(|crop| !crop.is_empty())
        .unwrap_or(media);
    let rotation = match inherited.rotate.unwrap_or(0).rem_euclid(360) {
        45..135 => 90,
        135..225 => 180,
        225..315 => 270,
        _ => 0,
    };
    Page {
        id,
        dict,
        resources: inherited.resources,
        media,
        crop,
        rotation,
    }
}

/// A rectangle that an array of four numbers gives, unless it is empty.
pub(crate) fn rect(doc: &Document, object: &Object) -> Option<Rect> {
    let [x0, y0, x1, y1] = numbers::<4>(doc, object)?;
    let rect = Rect {
        x0: x0.min(x1),
        y0: y0.min(y1),
        x1: x0.max(x1),
        y1: y0.max(y1),
    };
    (!rect.is_empty() && rect.width() < 1e6 && rect.height() < 1e6).then_some(rect)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn turned(rotation: u16) -> Matrix {
        let dict = Dictionary::new();
        let crop = Rect {
            x0: 10.0,
            y0: 20.0,
            x1: 110.0,
            y1: 220.0,
        };
        Page {
            id: None,
            dict: &dict,
            resources: None,
            media: crop,
            crop,
            rotation,
        }
        .from_shown()
    }

    #[test]
    fn the_shown_top_left_is_found_at_every_rotation() {
        for (rotation, x, y) in [
            (0, 10.0, 220.0),
            (90, 10.0, 20.0),
            (180, 110.0, 20.0),
            (270, 110.0, 220.0),
        ] {
            let corner = turned(rotation).apply(0.0, 0.0);
            assert_eq!((corner.x, corner.y), (x, y), "rotation {rotation}");
        }
    }

    #[test]
    fn rightwards_as_shown_is_upwards_on_a_page_turned_by_90() {
        let point = turned(90).apply(5.0, 0.0);
        assert_eq!((point.x, point.y), (10.0, 25.0));
        let point = turned(270).apply(5.0, 0.0);
        assert_eq!((point.x, point.y), (110.0, 215.0));
    }
}
