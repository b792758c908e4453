//! What stands at the head and the foot of the pages of an OpenDocument text, as the paragraphs of one
//! head of a Word file: all that is asked of them is whether they mark the paper as a draft or as not for
//! the public.

use super::written::escaped;
use crate::load::open_document::words;
use crate::load::xml::{Element, attribute};

/// The most paragraphs that are passed on.
const MOST: usize = 256;

/// The paragraphs of every head and foot that is shown, in the XML of a Word file.
pub(super) fn written(styles: Element<'_>) -> String {
    let is = |node: &Element<'_>, name: &str| node.tag_name().name().starts_with(name);
    styles
        .descendants()
        .filter(|node| node.tag_name().name() == "master-page")
        .flat_map(|page| page.children())
        .filter(|node| is(node, "header") || is(node, "footer"))
        .filter(|node| attribute(*node, "display") != Some("false"))
        .flat_map(|part| part.descendants())
        .filter(|node| matches!(node.tag_name().name(), "p" | "h"))
        .take(MOST)
        .map(|paragraph| {
            let said = escaped(&words(paragraph));
            format!("<w:p><w:r><w:t>{said}</w:t></w:r></w:p>")
        })
        .collect()
}
