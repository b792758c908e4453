//! What is needed to print a PDF: the size of each page, and whether anything on it has colour.
//!
//! This depends on what the pages paint. A picture counts by its colour space. One in red, green and blue
//! that shows only greys counts as colour, as a printer would count it.

use lopdf::{Document, LoadOptions};
use rayon::prelude::*;

use super::content::color::{Rgb, Space};
use super::content::{self, ImageMark, Interpreter, MarkKind, PageContent};
use super::object::{as_dict, get, get_array, get_name};
use super::page::{Page, pages};

/// The largest difference between red, green and blue in a grey.
const CHROMA: f32 = 0.03;

/// A page as a printer sees it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Leaf {
    /// Its width and height as it is shown, in points.
    pub size: (f64, f64),
    /// Whether anything on it has colour.
    pub colour: bool,
}

/// The pages of a PDF in order, opened with a password if it needs one. `None` if it cannot be opened.
pub fn leaves(pdf: &[u8], password: Option<&str>) -> Option<Vec<Leaf>> {
    let options = LoadOptions {
        password: password.map(str::to_owned),
        ..LoadOptions::default()
    };
    let doc = Document::load_mem_with_options(pdf, options).ok()?;
    let pages = pages(&doc);
    let leaf = |page: &Page<'_>| Leaf {
        size: page.shown_size(),
        colour: has_colour(&doc, page),
    };
    Some(pages.par_iter().map(leaf).collect())
}

fn has_colour(doc: &Document, page: &Page<'_>) -> bool {
    let mut interpreter = Interpreter::new(doc);
    if shows_colour(doc, &interpreter.page(page)) {
        return true;
    }
    let annotations = get_array(doc, page.dict, b"Annots").unwrap_or_default();
    annotations
        .iter()
        .filter_map(|annotation| as_dict(super::object::resolve(doc, annotation)))
        .filter(|annotation| !matches!(get_name(doc, annotation, b"Subtype"), Some(b"Popup")))
        .any(|annotation| shows_colour(doc, &interpreter.annotation(page, annotation)))
}

fn shows_colour(doc: &Document, content: &PageContent) -> bool {
    let mut marks = content.marks.iter();
    marks.any(|mark| {
        let shown = !content.is_hidden(mark) && !mark.visible().is_empty();
        shown
            && match &mark.kind {
                MarkKind::Text(run) => [run.fill, run.stroke].into_iter().flatten().any(is_colour),
                MarkKind::Path(path) => [path.fill, path.stroke]
                    .into_iter()
                    .flatten()
                    .any(is_colour),
                MarkKind::Image(image) => picture_has_colour(doc, image),
                // Its colours are not read. Shadings are hardly ever grey.
                MarkKind::Shading(_) => true,
            }
    })
}

fn is_no_grey([red, green, blue]: Rgb) -> bool {
    red.max(green).max(blue) - red.min(green).min(blue) > CHROMA
}

fn is_colour(ink: content::Ink) -> bool {
    // The colours of a pattern are not known, and seldom grey.
    ink.alpha > 0.0 && ink.color.is_none_or(is_no_grey)
}

fn picture_has_colour(doc: &Document, image: &ImageMark) -> bool {
    let object = image.id.and_then(|id| doc.get_object(id).ok());
    let Some(Ok(stream)) = object.map(lopdf::Object::as_stream) else {
        // An inline picture is small, and usually a stencil.
        return is_colour(image.ink);
    };
    let is_stencil = get(doc, &stream.dict, b"ImageMask");
    if is_stencil.and_then(|mask| mask.as_bool().ok()) == Some(true) {
        return is_colour(image.ink);
    }
    // A JPEG 2000 picture need not have a colour space here.
    let space = get(doc, &stream.dict, b"ColorSpace");
    space.is_none_or(|space| has_colours(&Space::read(doc, space, None)))
}

/// Whether a space has colours that are not grey.
fn has_colours(space: &Space) -> bool {
    match space {
        Space::Gray => false,
        Space::Indexed(base, table) => {
            let width = base.components().max(1);
            let mut entries = table.chunks_exact(width);
            entries.any(|entry| {
                let values: Vec<f64> = entry.iter().map(|&byte| f64::from(byte) / 255.0).collect();
                base.rgb(&base.of_samples(&values)).is_none_or(is_no_grey)
            })
        }
        Space::Tint { components: 1, .. } => space.rgb(&[1.0]).is_some_and(is_no_grey),
        Space::Rgb | Space::Cmyk | Space::Lab | Space::Tint { .. } | Space::Pattern => true,
    }
}
