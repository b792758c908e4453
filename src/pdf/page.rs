//! The pages of a PDF in order, each with what it inherits from the page tree.

use lopdf::{Dictionary, Document, Object, ObjectId};
use serde::{Deserialize, Serialize};

use super::geometry::{Matrix, Point, Rect};
use super::object::{as_dict, get, get_array, get_int, get_name, number, numbers, resolve};
use super::page_tree;

/// The most coordinates of one annotation that are read.
const MOST_NUMBERS: usize = 20_000;

/// A page.
#[derive(Debug, Clone)]
pub struct Page<'a> {
    /// Its object, unless the tree holds it directly.
    pub id: Option<ObjectId>,
    /// Its own dictionary.
    pub dict: &'a Dictionary,
    /// Its own or inherited resources.
    pub resources: Option<&'a Dictionary>,
    /// The media box, in the page's own units.
    pub media: Rect,
    /// The part of the media box that is shown, in the page's own units.
    pub crop: Rect,
    /// How far it is turned clockwise when it is shown: 0, 90, 180 or 270 degrees.
    pub rotation: u16,
    /// The size of its unit, in points.
    pub unit: f64,
}

/// How a page is shown: its visible part, its rotation and its unit.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Geometry {
    /// The part that is shown, in the page's own units.
    pub crop: Rect,
    /// How far it is turned clockwise when it is shown: 0, 90, 180 or 270 degrees.
    pub rotation: u16,
    /// The size of its unit, in points.
    pub unit: f64,
}

impl Geometry {
    /// The width and height as it is shown, in points.
    pub fn size(&self) -> (f64, f64) {
        let (width, height) = (
            self.crop.width() * self.unit,
            self.crop.height() * self.unit,
        );
        if self.rotation % 180 == 90 {
            (height, width)
        } else {
            (width, height)
        }
    }

    /// The matrix from the page as it is shown, in points from its lower left corner, to its own coordinates.
    pub fn seen_to_own(&self) -> Matrix {
        let scale = 1.0 / self.unit;
        let Rect { x0, y0, x1, y1 } = self.crop;
        Matrix::new(match self.rotation {
            90 => [0.0, scale, -scale, 0.0, x1, y0],
            180 => [-scale, 0.0, 0.0, -scale, x1, y1],
            270 => [0.0, -scale, scale, 0.0, x0, y1],
            _ => [scale, 0.0, 0.0, scale, x0, y0],
        })
    }
}

impl Page<'_> {
    /// How it is shown.
    pub fn geometry(&self) -> Geometry {
        Geometry {
            crop: self.crop,
            rotation: self.rotation,
            unit: self.unit,
        }
    }

    /// The width and height as it is shown, in points.
    pub fn shown_size(&self) -> (f64, f64) {
        self.geometry().size()
    }

    /// The matrix from the page as it is shown, in points from its top left corner with y downwards, to its
    /// user space.
    pub fn from_shown(&self) -> Matrix {
        let crop = &self.crop;
        let upright = match self.rotation {
            90 => Matrix::new([0.0, 1.0, 1.0, 0.0, crop.x0, crop.y0]),
            180 => Matrix::new([-1.0, 0.0, 0.0, 1.0, crop.x1, crop.y0]),
            270 => Matrix::new([0.0, -1.0, -1.0, 0.0, crop.x1, crop.y1]),
            _ => Matrix::new([1.0, 0.0, 0.0, -1.0, crop.x0, crop.y1]),
        };
        let unit = 1.0 / self.unit;
        Matrix::new([unit, 0.0, 0.0, unit, 0.0, 0.0]).then(&upright)
    }

    /// A rectangle of its user space on the page as it is shown, in points from the top left corner with `y`
    /// downwards. `None` if the matrix has no inverse.
    pub fn shown_box(&self, rect: &Rect) -> Option<Rect> {
        Some(self.from_shown().inverse()?.quad(rect).bounds())
    }
}

/// The pages of a document in order. Broken trees are walked as far as possible. They are exactly the pages
/// that [`page_tree::pages`] finds.
pub fn pages(doc: &Document) -> Vec<Page<'_>> {
    let mut found = Vec::new();
    page_tree::walk(doc, page_tree::root(doc), |id, dict, inherited| {
        let inherited = |key: &[u8]| {
            let (_, value) = inherited.iter().find(|(name, _)| *name == key)?;
            Some(*value)
        };
        found.push(page(doc, id, dict, &inherited));
    });
    found
}

/// A page by its own dictionary and what it inherits.
fn page<'a>(
    doc: &'a Document,
    id: Option<ObjectId>,
    dict: &'a Dictionary,
    inherited: &dyn Fn(&[u8]) -> Option<&'a Object>,
) -> Page<'a> {
    let entry = |key: &[u8]| {
        get(doc, dict, key).or_else(|| inherited(key).map(|value| resolve(doc, value)))
    };
    // The media box that readers use if a page has none.
    let letter = Rect {
        x0: 0.0,
        y0: 0.0,
        x1: 612.0,
        y1: 792.0,
    };
    let sheet = |key: &[u8]| {
        let rect = rect(doc, entry(key)?)?;
        (rect.width() > 1.0 && rect.height() > 1.0).then_some(rect)
    };
    let media = sheet(b"MediaBox").unwrap_or(letter);
    let crop = sheet(b"CropBox")
        .map(|crop| crop.intersect(&media))
        .filter(|crop| !crop.is_empty())
        .unwrap_or(media);
    let turned = entry(b"Rotate").and_then(number).unwrap_or(0.0) as i64;
    // Viewers leave a page as it is that is turned by something else.
    let rotation = match turned.rem_euclid(360) {
        90 => 90,
        180 => 180,
        270 => 270,
        _ => 0,
    };
    Page {
        id,
        dict,
        resources: entry(b"Resources").and_then(as_dict),
        media,
        crop,
        rotation,
        unit: entry(b"UserUnit")
            .and_then(number)
            .filter(|unit| (0.01..=10_000.0).contains(unit))
            .unwrap_or(1.0),
    }
}

/// The rectangle that four numbers are, unless it is empty.
pub(crate) fn rect(doc: &Document, object: &Object) -> Option<Rect> {
    let rect = corners(doc, object)?;
    (!rect.is_empty() && rect.width() < 1e6 && rect.height() < 1e6).then_some(rect)
}

/// A rectangle of any size, from two opposite corners.
fn corners(doc: &Document, object: &Object) -> Option<Rect> {
    let [x0, y0, x1, y1] = numbers::<4>(doc, object)?;
    Some(Rect {
        x0: x0.min(x1),
        y0: y0.min(y1),
        x1: x0.max(x1),
        y1: y0.max(y1),
    })
}

/// The place of an annotation on its page; it may have no area.
pub(crate) fn place(doc: &Document, annotation: &Dictionary) -> Option<Rect> {
    let told = annotation.get(b"Rect").ok();
    let told = told.and_then(|rect| corners(doc, rect));
    let is_point = |rect: &Rect| rect.width() <= 0.0 && rect.height() <= 0.0;
    match told {
        Some(rect) if !is_point(&rect) => Some(rect),
        // A drawing without a look of its own is where its points are, whatever it says.
        told => drawn_at(doc, annotation).or(told),
    }
}

/// The rectangle around the points of a line, a polygon or a drawing by hand that readers draw themselves.
fn drawn_at(doc: &Document, annotation: &Dictionary) -> Option<Rect> {
    if annotation.has(b"AP") {
        return None;
    }
    let key: &[u8] = match get_name(doc, annotation, b"Subtype")? {
        b"Line" => b"L",
        b"Polygon" | b"PolyLine" => b"Vertices",
        b"Ink" => b"InkList",
        _ => return None,
    };
    let listed = get_array(doc, annotation, key)?;
    let flat = listed.iter().flat_map(|entry| match resolve(doc, entry) {
        Object::Array(stroke) => stroke.as_slice(),
        _ => std::slice::from_ref(entry),
    });
    let numbers: Vec<f64> = flat
        .take(MOST_NUMBERS)
        .filter_map(|value| number(resolve(doc, value)))
        .collect();
    let around = numbers.chunks_exact(2).fold(Rect::NOWHERE, |around, at| {
        let point = Point { x: at[0], y: at[1] };
        around.union(&Rect::between(point, point))
    });
    (around.x0 <= around.x1).then_some(around)
}

/// Whether an annotation has the flag that nobody is to see it (PDF 32000-1, 12.5.3).
pub(crate) fn is_hidden(doc: &Document, annotation: &Dictionary) -> bool {
    const HIDDEN: i64 = 1 << 1;
    get_int(doc, annotation, b"F").is_some_and(|flags| flags & HIDDEN != 0)
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
            unit: 1.0,
        }
        .from_shown()
    }

    #[test]
    fn a_branch_that_hangs_in_the_tree_twice_has_its_pages_twice_for_everybody() {
        use lopdf::dictionary;
        let mut doc = Document::with_version("1.7");
        let page = doc.add_object(dictionary! { "Type" => "Page" });
        let own = doc.add_object(dictionary! {
            "Type" => "Page", "MediaBox" => vec![0.into(), 0.into(), 50.into(), 60.into()], "Rotate" => 0,
            "Resources" => Object::Null,
        });
        let branch = doc.add_object(dictionary! {
            "Type" => "Pages", "Kids" => vec![page.into(), own.into()], "Rotate" => -270,
        });
        let tree = doc.add_object(dictionary! {
            "Type" => "Pages", "Kids" => vec![branch.into(), branch.into(), Object::Null],
            "MediaBox" => vec![0.into(), 0.into(), 30.into(), 40.into()],
            "Resources" => dictionary! { "Font" => dictionary! {} },
        });
        let catalog = doc.add_object(dictionary! { "Type" => "Catalog", "Pages" => tree });
        doc.trailer.set("Root", catalog);

        let pages = pages(&doc);
        let merged = page_tree::pages(&doc);
        assert!(
            pages
                .iter()
                .map(|page| page.id)
                .eq(merged.iter().map(|page| page.id))
        );
        assert_eq!(pages.len(), 4);
        let seen: Vec<_> = pages
            .iter()
            .map(|page| (page.media.x1, page.media.y1, page.rotation))
            .collect();
        assert_eq!(seen[..2], [(30.0, 40.0, 90), (50.0, 60.0, 0)]);
        for (page, merged) in pages.iter().zip(&merged) {
            assert!(page.resources.is_some_and(|own| own.has(b"Font")));
            let own = merged.dict.get(b"Resources").and_then(Object::as_dict);
            assert!(own.is_ok_and(|own| own.has(b"Font")));
        }
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
    fn the_foot_as_seen_is_found_at_every_rotation() {
        let crop = Rect {
            x0: 10.0,
            y0: 20.0,
            x1: 110.0,
            y1: 220.0,
        };
        // The lower left corner as seen, and a step to the right along the foot.
        for (rotation, origin, step) in [
            (0, (10.0, 20.0), (11.0, 20.0)),
            (90, (110.0, 20.0), (110.0, 21.0)),
            (180, (110.0, 220.0), (109.0, 220.0)),
            (270, (10.0, 220.0), (10.0, 219.0)),
        ] {
            let geometry = Geometry {
                crop,
                rotation,
                unit: 1.0,
            };
            let matrix = geometry.seen_to_own();
            let at = |x, y| {
                let point = matrix.apply(x, y);
                (point.x, point.y)
            };
            assert_eq!(at(0.0, 0.0), origin, "{rotation}");
            assert_eq!(at(1.0, 0.0), step, "{rotation}");
            let (x1, y1) = geometry.size();
            let seen = Rect {
                x0: 0.0,
                y0: 0.0,
                x1,
                y1,
            };
            assert_eq!(matrix.quad(&seen).bounds(), crop, "{rotation}");
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
