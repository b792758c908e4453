//! Elements of WordprocessingML, whichever of its two sets of namespaces a file uses.

pub(super) use crate::load::xml::{
    Element, anywhere, at, attribute, child, elements, relationship,
};

/// Groups of namespaces, which use the same names for different elements.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Family {
    /// Text: `w:`.
    Word,
    /// Equations: `m:`.
    Math,
    /// Drawings, charts, shapes, and everything else.
    Other,
}

/// The family of an element.
pub(super) fn family(node: Element<'_>) -> Family {
    match node.tag_name().namespace() {
        Some(
            "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
            | "http://purl.oclc.org/ooxml/wordprocessingml/main",
        ) => Family::Word,
        Some(
            "http://schemas.openxmlformats.org/officeDocument/2006/math"
            | "http://purl.oclc.org/ooxml/officeDocument/math",
        ) => Family::Math,
        _ => Family::Other,
    }
}

/// The name of an element of text; empty for any other.
pub(super) fn word<'a>(node: Element<'a>) -> &'a str {
    match family(node) {
        Family::Word => node.tag_name().name(),
        Family::Math | Family::Other => "",
    }
}

/// The `w:val` of the child with this name.
pub(super) fn value<'a>(node: Element<'a>, name: &str) -> Option<&'a str> {
    attribute(child(node, name)?, "val")
}

/// Whether the child with this name turns a property on; `None` if there is no such child.
pub(super) fn switch(node: Element<'_>, name: &str) -> Option<bool> {
    let found = child(node, name)?;
    Some(!matches!(
        attribute(found, "val"),
        Some("0" | "false" | "off" | "none")
    ))
}
