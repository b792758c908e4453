//! Drawings (SVG): their size and lettering, and anything in them that the typesetting engine
//! cannot set.

mod alone;
mod covered;
mod effects;
mod embedded;
mod html;
mod look;
mod shape;

use bytes::Bytes;
use roxmltree::{Document, Node};

use self::embedded::inside;
use self::look::Looks;
use self::shape::{SVG, size};
use crate::load::xml::nested;

/// Pieces of lettering taken from one drawing; a map with more is no use as a list.
const MOST_LETTERING: usize = 400;
/// How deep groups may be nested in each other.
const MOST_NESTED: usize = 200;

/// What is known of a drawing.
#[derive(Debug)]
pub(super) struct Drawing {
    /// Its file in the pack, without metadata and without what it does not show.
    pub(super) bytes: Bytes,
    /// Its width and height, or those of its view box.
    pub(super) size: (f64, f64),
    pub(super) lettering: Vec<String>,
}

/// Why a drawing cannot be set.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// It cannot be read as a drawing.
    Damaged,
    /// Its groups are nested too deep.
    TooDeep,
    /// It has effects that take too long.
    TooMuch,
    /// It shows an image that is a separate file.
    ImageOutside(String),
    /// An image embedded in it cannot be set.
    ImageInside,
    /// It has words in HTML.
    Html(String),
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
    if !effects::as_written_can_be_set(root) {
        return Err(Fault::TooMuch);
    }
    hold_images(root)?;
    let mut looks = Looks::of(&document);
    let (named, texts) = alone::named(&document, &looks);
    // The engine reads it with the same library.
    let tree = covered::tree(&named).ok_or(Fault::Damaged)?;
    if !effects::as_used_can_be_set(&tree) {
        return Err(Fault::TooMuch);
    }
    looks.cover(
        covered::covered(&tree)
            .iter()
            .filter_map(|id| texts.get(id)),
    );
    let is_shown = |node: Node<'_, '_>| !is_only_defined(node, &looks);
    if let Some(words) = html::lost(root, is_shown) {
        return Err(Fault::Html(words));
    }
    Ok(Drawing {
        size: size(root),
        lettering: lettering(root, &looks),
        bytes: if texts.is_empty() {
            named.into()
        } else {
            alone::written(&document, &looks).into()
        },
    })
}

/// Refuses images in other files, and embedded ones that cannot be set as they are.
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

/// Whether an element is defined for others, or not shown.
fn is_only_defined(node: Node<'_, '_>, looks: &Looks<'_>) -> bool {
    const DEFINED: [&str; 4] = ["defs", "symbol", "clipPath", "mask"];
    node.ancestors().any(|above| {
        DEFINED.contains(&above.tag_name().name())
            || looks.is_unseen(above)
            || html::is_remark(above)
    })
}

/// The texts that a drawing shows, in its order, without those that are only defined.
fn lettering(root: Node<'_, '_>, looks: &Looks<'_>) -> Vec<String> {
    root.descendants()
        .filter(|node| node.has_tag_name("text") || node.has_tag_name((SVG, "text")))
        .filter(|text| !looks.is_hidden_lettering(*text))
        .filter(|text| !is_only_defined(*text, looks))
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
