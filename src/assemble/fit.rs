//! Makes the content of a page slightly smaller if some of it is under a strip that page numbers and
//! the like need. The page keeps its size, and the content keeps its proportions and its place at the
//! top. Everything with coordinates on the page moves too: annotations, the targets of links, patterns
//! and the boxes of structure elements.

use std::collections::{BTreeMap, BTreeSet};

use lopdf::{Dictionary, Object};

use super::imported::{Imported, local};
use super::object::{area, number, real, reals, rectangle};
use super::stamp::Strips;
use crate::pdf::geometry::Matrix;
use crate::pdf::{Geometry, Ink};

/// The transformation, in the page's own coordinates, that frees the strips. `None` if they are free.
pub(super) fn needed(ink: &Ink, geometry: &Geometry, strips: Strips) -> Option<Matrix> {
    let (width, height) = geometry.size();
    let (low, high) = ink.extent?;
    let (low, high) = (f64::from(low).max(0.0), f64::from(high).min(height));
    let (foot, head) = (f64::from(strips.foot), f64::from(strips.head));
    let (under_foot, under_head) = (low < foot, high > height - head);
    if !under_foot && !under_head {
        return None;
    }
    let (from_top, to_top) = if under_head {
        (high, height - head)
    } else {
        (height, height)
    };
    let (from_bottom, to_bottom) = if under_foot { (low, foot) } else { (0.0, 0.0) };
    let scale = ((to_top - to_bottom) / (from_top - from_bottom).max(1.0)).clamp(0.3, 1.0);
    let seen = Matrix::new([
        scale,
        0.0,
        0.0,
        scale,
        width / 2.0 * (1.0 - scale),
        to_top - from_top * scale,
    ]);
    let own = geometry.seen_to_own();
    Some(own.inverse()?.then(&seen).then(&own))
}

/// Moves everything that belongs to the pages with their content. `fits` is by page of the section.
pub(super) fn apply(imported: &mut Imported, fits: &BTreeMap<usize, Matrix>) {
    if fits.is_empty() {
        return;
    }
    let mut by_object: BTreeMap<usize, Matrix> = BTreeMap::new();
    for (page, fit) in fits {
        let object = imported.pages[*page].object;
        by_object.insert(object, *fit);
        for annotation in &imported.pages[*page].annotations {
            imported
                .objects
                .change_dict(*annotation, |annotation| move_annotation(annotation, *fit));
        }
        move_patterns(imported, object, *fit);
    }
    for bookmark in &mut imported.bookmarks {
        if let Some(fit) = fits.get(&bookmark.destination.page) {
            move_view(&mut bookmark.destination.view, *fit);
        }
    }
    for link in &mut imported.links {
        if let super::annotation::Lead::Page(destination) = &mut link.lead
            && let Some(fit) = fits.get(&destination.page)
        {
            move_view(&mut destination.view, *fit);
        }
    }
    move_boxes(imported, &by_object);
}

/// Moves the rectangles and points of an annotation.
fn move_annotation(annotation: &mut Dictionary, fit: Matrix) {
    if let Ok(Object::Array(rect)) = annotation.get(b"Rect")
        && let Some(moved) = area(rect).map(|area| fit.quad(&area).bounds())
    {
        annotation.set("Rect", rectangle(&moved));
    }
    for key in [b"QuadPoints".as_slice(), b"Vertices", b"L", b"CL"] {
        if let Ok(Object::Array(points)) = annotation.get_mut(key) {
            move_points(points, fit);
        }
    }
    if let Ok(Object::Array(strokes)) = annotation.get_mut(b"InkList") {
        for stroke in strokes {
            if let Object::Array(points) = stroke {
                move_points(points, fit);
            }
        }
    }
}

fn move_points(points: &mut [Object], fit: Matrix) {
    for point in points.chunks_exact_mut(2) {
        if let (Some(x), Some(y)) = (number(&point[0]), number(&point[1])) {
            let moved = fit.apply(x, y);
            point[0] = real(moved.x);
            point[1] = real(moved.y);
        }
    }
}

/// Moves the place that a destination shows. `fit` scales the same in both directions and does not
/// turn.
pub(super) fn move_view(view: &mut [Object], fit: Matrix) {
    let Some((Object::Name(kind), values)) = view.split_first_mut() else {
        return;
    };
    let (scale, right, up) = (fit.a, fit.e, fit.f);
    let mut shift = |index: usize, by: f64| {
        if let Some(value) = values.get_mut(index)
            && let Some(number) = number(value)
        {
            *value = real(number * scale + by);
        }
    };
    match kind.as_slice() {
        b"XYZ" => {
            shift(0, right);
            shift(1, up);
        }
        b"FitH" | b"FitBH" => shift(0, up),
        b"FitV" | b"FitBV" => shift(0, right),
        b"FitR" => {
            shift(0, right);
            shift(1, up);
            shift(2, right);
            shift(3, up);
        }
        _ => {}
    }
}

/// Gives the page moved copies of its patterns, which are fixed to the page and not to what is drawn
/// with them.
fn move_patterns(imported: &mut Imported, page: usize, fit: Matrix) {
    let objects = &mut imported.objects;
    let Some(Object::Dictionary(dict)) = objects.get(page) else {
        return;
    };
    let mut resources = objects.dictionary(dict.get(b"Resources").ok());
    let patterns = objects.dictionary(resources.get(b"Pattern").ok());
    if patterns.is_empty() {
        return;
    }
    let mut moved = Dictionary::new();
    for (name, entry) in &patterns {
        let mut pattern = match entry {
            Object::Reference((number, 0)) => match objects.get(*number as usize) {
                Some(pattern) => pattern,
                None => continue,
            },
            direct => direct.clone(),
        };
        let dict = match &mut pattern {
            Object::Dictionary(dict) => dict,
            Object::Stream(stream) => &mut stream.dict,
            _ => continue,
        };
        let own = match dict.get(b"Matrix") {
            Ok(Object::Array(array)) => array.iter().map(number).collect::<Option<Vec<f64>>>(),
            _ => None,
        };
        let own = own
            .and_then(|values| values.try_into().ok())
            .map_or(Matrix::IDENTITY, Matrix::new);
        dict.set("Matrix", reals(own.then(&fit).numbers()));
        moved.set(name.clone(), local(objects.push(pattern)));
    }
    resources.set("Pattern", moved);
    objects.change_dict(page, |dict| dict.set("Resources", resources));
}

/// Moves the boxes that structure elements of the pages have, such as figures and tables. Attributes
/// that several elements share are moved once.
fn move_boxes(imported: &mut Imported, fits: &BTreeMap<usize, Matrix>) {
    let mut moved: BTreeSet<usize> = BTreeSet::new();
    for element in &imported.tags.elements {
        let mut elsewhere: Vec<(usize, Matrix)> = Vec::new();
        imported.objects.change_with(*element, b"A", |dict| {
            let fit = match dict.get(b"Pg") {
                Ok(Object::Reference((page, 0))) => fits.get(&(*page as usize)).copied(),
                _ => None,
            };
            let (Some(fit), Ok(attributes)) = (fit, dict.get_mut(b"A")) else {
                return;
            };
            let listed = match attributes {
                Object::Array(list) => list.as_mut_slice(),
                one => std::slice::from_mut(one),
            };
            for entry in listed {
                match entry {
                    Object::Reference((number, 0)) => elsewhere.push((*number as usize, fit)),
                    entry => move_box(entry, fit),
                }
            }
        });
        for (place, fit) in elsewhere {
            if moved.insert(place) {
                imported
                    .objects
                    .change(place, |attributes| move_box(attributes, fit));
            }
        }
    }
}

fn move_box(attributes: &mut Object, fit: Matrix) {
    if let Object::Dictionary(dict) = attributes
        && let Ok(Object::Array(values)) = dict.get(b"BBox")
        && let Some(moved) = area(values).map(|area| fit.quad(&area).bounds())
    {
        dict.set("BBox", rectangle(&moved));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pdf::geometry::Rect;

    fn geometry() -> Geometry {
        Geometry {
            crop: Rect {
                x0: 0.0,
                y0: 0.0,
                x1: 600.0,
                y1: 800.0,
            },
            rotation: 0,
            unit: 1.0,
        }
    }

    fn ink(low: f32, high: f32) -> Ink {
        Ink {
            extent: Some((low, high)),
            ..Ink::default()
        }
    }

    #[test]
    fn a_free_margin_is_left_alone() {
        let strips = Strips {
            foot: 40.0,
            head: 0.0,
        };
        assert_eq!(needed(&ink(41.0, 800.0), &geometry(), strips), None);
        assert_eq!(needed(&Ink::default(), &geometry(), strips), None);
    }

    #[test]
    fn the_lowest_ink_comes_to_lie_on_the_strip() {
        let strips = Strips {
            foot: 40.0,
            head: 0.0,
        };
        let fit = needed(&ink(10.0, 700.0), &geometry(), strips).unwrap();
        assert!((fit.apply(300.0, 10.0).y - 40.0).abs() < 0.01);
        assert!((fit.apply(300.0, 800.0).y - 800.0).abs() < 0.01);
        assert!((fit.apply(300.0, 400.0).x - 300.0).abs() < 0.01);
    }

    #[test]
    fn foot_and_head_are_freed_together() {
        let strips = Strips {
            foot: 40.0,
            head: 50.0,
        };
        let fit = needed(&ink(0.0, 790.0), &geometry(), strips).unwrap();
        assert!((fit.apply(0.0, 0.0).y - 40.0).abs() < 0.01);
        assert!((fit.apply(0.0, 790.0).y - 750.0).abs() < 0.01);
    }
}
