//! Drawings (SVG): their size and lettering, and what of them the typesetting engine cannot set.

use std::ops::Range;

use bytes::Bytes;
use roxmltree::{Document, Node};

use super::picture;
use crate::load::xml::nested;
use crate::model::ImageFormat;

/// Pieces of lettering taken from one drawing; a map with more is no use as a list.
const MOST_LETTERING: usize = 400;
/// How deep groups may be nested in each other.
const MOST_NESTED: usize = 200;
/// How many effects (blurs, shadows, lighting) there may be: each is worked out dot by dot.
const MOST_EFFECTS: usize = 100;
/// How often a turbulence may be laid over itself.
const MOST_OCTAVES: f64 = 8.0;

/// What is known of a drawing.
#[derive(Debug)]
pub(super) struct Drawing {
    /// Its file in the pack: without what its maker noted in it, and without what it does not show.
    pub(super) bytes: Bytes,
    /// Its width and height, or those of its view box.
    pub(super) size: (f64, f64),
    pub(super) lettering: Vec<String>,
}

/// Why a drawing cannot be set.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// It is no drawing that anybody could read.
    Damaged,
    /// Its groups are nested too deep.
    TooDeep,
    /// It has effects that take too long.
    TooMuch,
    /// It shows an image that is a file of its own.
    ImageOutside(String),
    /// An image inside it is none that can be set.
    ImageInside,
}

/// Reads a drawing.
///
/// # Errors
/// When it cannot be set.
pub(super) fn drawing(bytes: &Bytes) -> Result<Drawing, Fault> {
    let text = std::str::from_utf8(bytes).map_err(|_| Fault::Damaged)?;
    let text = text.trim_start_matches('\u{feff}');
    if nested(text) > MOST_NESTED {
        return Err(Fault::TooDeep);
    }
    let options = roxmltree::ParsingOptions {
        allow_dtd: true,
        nodes_limit: 2_000_000,
        ..roxmltree::ParsingOptions::default()
    };
    let document = Document::parse_with_options(text, options).map_err(|_| Fault::Damaged)?;
    let root = document.root_element();
    if root.tag_name().name() != "svg" {
        return Err(Fault::Damaged);
    }
    hold_effects(root)?;
    hold_images(root)?;
    // The engine reads it with the same library.
    usvg::Tree::from_str(text, &usvg::Options::default()).map_err(|_| Fault::Damaged)?;
    Ok(Drawing {
        size: size(root),
        lettering: lettering(root),
        bytes: alone(text, &document).map_or_else(|| bytes.clone(), Bytes::from),
    })
}

fn hold_effects(root: Node<'_, '_>) -> Result<(), Fault> {
    let mut effects = 0;
    for node in root.descendants() {
        let name = node.tag_name().name();
        if !name.starts_with("fe") {
            continue;
        }
        effects += 1;
        let octaves = node.attribute("numOctaves").map_or(1.0, |octaves| {
            octaves.trim().parse::<f64>().unwrap_or(f64::INFINITY)
        });
        if effects > MOST_EFFECTS || octaves > MOST_OCTAVES {
            return Err(Fault::TooMuch);
        }
    }
    Ok(())
}

/// Refuses images of other files, and those inside that are not to be set as they are.
fn hold_images(root: Node<'_, '_>) -> Result<(), Fault> {
    let images = root
        .descendants()
        .filter(|node| matches!(node.tag_name().name(), "image" | "feImage"));
    for node in images {
        let address = node
            .attributes()
            .find(|attribute| attribute.name() == "href")
            .map_or("", |attribute| attribute.value().trim());
        if address.is_empty() || address.starts_with('#') {
            continue;
        }
        if !address.starts_with("data:") {
            return Err(Fault::ImageOutside(address.chars().take(80).collect()));
        }
        inside(address).ok_or(Fault::ImageInside)?;
    }
    Ok(())
}

/// The image that an address holds itself, as it goes into a pack, and what it is.
fn inside(address: &str) -> Option<(&'static str, Bytes)> {
    let (head, data) = address.trim().strip_prefix("data:")?.split_once(',')?;
    let (format, kind) = match head.split(';').next().map(str::trim) {
        Some("image/png") => (ImageFormat::Png, "image/png"),
        Some("image/jpeg" | "image/jpg") => (ImageFormat::Jpeg, "image/jpeg"),
        _ => return None,
    };
    let picture = picture::picture(format, &unpacked(data)?.into(), true).ok()?;
    let whole = !picture.was_cmyk && picture.scaled_from.is_none();
    whole.then_some((kind, picture.bytes))
}

/// The address that holds a picture.
fn packed(kind: &str, picture: &[u8]) -> String {
    use base64::Engine as _;
    let data = base64::engine::general_purpose::STANDARD.encode(picture);
    format!("data:{kind};base64,{data}")
}

/// What is written in base64, white space left out.
fn unpacked(data: &str) -> Option<Vec<u8>> {
    use base64::Engine as _;
    let data: String = data.split_ascii_whitespace().collect();
    base64::engine::general_purpose::STANDARD.decode(data).ok()
}

/// The numbers of an attribute.
fn numbers(node: Node<'_, '_>, name: &str) -> Vec<f64> {
    node.attribute(name)
        .unwrap_or("")
        .split([' ', ',', '\n', '\t'])
        .filter_map(|number| number.parse().ok())
        .collect()
}

fn size(root: Node<'_, '_>) -> (f64, f64) {
    let view = numbers(root, "viewBox");
    let length = |name| root.attribute(name).and_then(length_in_pixels);
    match (length("width"), length("height"), view.as_slice()) {
        (Some(width), Some(height), _) => (width, height),
        (_, _, [_, _, width, height]) => (*width, *height),
        // The size of an image that says nothing, by CSS.
        _ => (300.0, 150.0),
    }
}

/// The drawing's text without comments, descriptions, editors' own data, scripts and what is not
/// shown; nothing where it has all its text from elsewhere, so that places in it mean little.
fn alone(text: &str, document: &Document<'_>) -> Option<Vec<u8>> {
    const NOTED: [&str; 4] = ["metadata", "desc", "title", "script"];
    if text.contains("<!ENTITY") {
        return None;
    }
    let root = document.root_element();
    let drawn = document.root_element().tag_name().namespace();
    let mut out: Vec<(Range<usize>, String)> = Vec::new();
    for node in document.descendants() {
        let foreign = node.is_element() && node.tag_name().namespace() != drawn;
        let noted = node.is_element() && NOTED.contains(&node.tag_name().name());
        if node.is_comment()
            || node.is_pi()
            || foreign
            || noted
            || is_unseen(node)
            || !is_lettered(root, node)
        {
            out.push((node.range(), String::new()));
            continue;
        }
        let editors = node.attributes().filter(|attribute| {
            attribute.namespace().is_some_and(|namespace| {
                Some(namespace) != drawn
                    && namespace != "http://www.w3.org/1999/xlink"
                    && namespace != roxmltree::NS_XML_URI
            }) || attribute.name().starts_with("data-")
                || attribute.name().starts_with("aria-")
        });
        out.extend(editors.map(|attribute| (attribute.range(), String::new())));
        let links = node.attributes().filter(|it| it.name() == "href");
        out.extend(links.filter_map(|link| {
            let (kind, picture) = inside(link.value())?;
            Some((link.range_value(), packed(kind, &picture)))
        }));
    }
    out.sort_by_key(|(range, _)| range.start);
    let mut kept = Vec::with_capacity(text.len());
    let mut at = 0;
    for (range, instead) in out {
        if range.start >= at {
            kept.extend(text.as_bytes().get(at..range.start)?);
            kept.extend(instead.bytes());
        }
        at = at.max(range.end);
    }
    kept.extend(text.as_bytes().get(at..)?);
    Some(kept)
}

/// Whether an element itself says that it is not shown.
fn is_unseen(node: Node<'_, '_>) -> bool {
    let styled = |style: &str| {
        style.split(';').any(|rule| {
            rule.split_once(':')
                .is_some_and(|(name, value)| name.trim() == "display" && value.trim() == "none")
        })
    };
    node.attribute("display") == Some("none") || node.attribute("style").is_some_and(styled)
}

/// Whether an element is anything but a text that nobody sees: hidden, beside the drawing, or
/// defined and never used.
fn is_lettered(root: Node<'_, '_>, node: Node<'_, '_>) -> bool {
    if !node.is_element() || node.tag_name().name() != "text" {
        return true;
    }
    let shown = |node: Node<'_, '_>| node.attribute("visibility").map(|it| it != "hidden");
    let hidden = node.ancestors().find_map(shown) == Some(false)
        && !node.descendants().any(|part| shown(part) == Some(true));
    let unused = node
        .ancestors()
        .any(|above| above.tag_name().name() == "defs")
        && !node.ancestors().any(|above| {
            above
                .attribute("id")
                .is_some_and(|id| is_used(root, above, id))
        });
    !hidden && !unused && !is_beside(root, node)
}

/// Whether something else in a drawing refers to an element.
fn is_used(root: Node<'_, '_>, element: Node<'_, '_>, id: &str) -> bool {
    let refers = |value: &str| {
        value
            .match_indices(id)
            .any(|(at, _)| value[..at].ends_with('#'))
    };
    root.descendants()
        .filter(|node| !node.ancestors().any(|above| above == element))
        .any(|node| {
            node.attributes().any(|it| refers(it.value()))
                || node.is_text() && node.text().is_some_and(refers)
        })
}

/// Whether a text that nothing moves stands right of the drawing, above it, or far below.
fn is_beside(root: Node<'_, '_>, text: Node<'_, '_>) -> bool {
    let own = text.ancestors().take_while(|above| *above != root);
    let moved = own.chain(text.descendants()).any(|node| {
        ["transform", "style", "dx", "dy", "class"]
            .iter()
            .any(|name| node.has_attribute(*name))
            || node.tag_name().name() == "svg"
    });
    let (x, y) = (numbers(text, "x"), numbers(text, "y"));
    let parted = text
        .descendants()
        .skip(1)
        .any(|part| part.has_attribute("x") || part.has_attribute("y"));
    let ([x], [y]) = (x.as_slice(), y.as_slice()) else {
        return false;
    };
    let anchored = text
        .ancestors()
        .any(|above| above.has_attribute("text-anchor"));
    if moved || parted || anchored {
        return false;
    }
    let view = numbers(root, "viewBox");
    let (left, top, width, height) = match view.as_slice() {
        [left, top, width, height] => (*left, *top, *width, *height),
        _ => {
            let (width, height) = size(root);
            (0.0, 0.0, width, height)
        }
    };
    // the tops of large letters may still be seen where their line is below the drawing
    *x > left + width || *y > top + 2.0 * height || *y < top
}

/// The texts that a drawing shows, in its own order; what is only defined there is not shown.
fn lettering(root: Node<'_, '_>) -> Vec<String> {
    const DEFINED: [&str; 4] = ["defs", "symbol", "clipPath", "mask"];
    root.descendants()
        .filter(|node| node.has_tag_name((root.tag_name().namespace().unwrap_or(""), "text")))
        .filter(|text| is_lettered(root, *text))
        .filter(|text| {
            !text.ancestors().any(|above| {
                DEFINED.contains(&above.tag_name().name())
                    || is_unseen(above)
                    || above.attribute("visibility") == Some("hidden")
            })
        })
        .filter_map(|text| {
            let pieces: Vec<&str> = text
                .descendants()
                .filter(Node::is_text)
                .filter_map(|piece| piece.text())
                .flat_map(str::split_whitespace)
                .collect();
            (!pieces.is_empty()).then(|| pieces.join(" "))
        })
        .take(MOST_LETTERING)
        .collect()
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
