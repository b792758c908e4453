//! Elements of WordprocessingML, whichever of its two sets of namespaces a file uses.

use roxmltree::Node;

/// An element.
pub(super) type Element<'a> = Node<'a, 'a>;

/// The families of elements that can be taken for each other by their names.
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

/// The elements in an element.
pub(super) fn elements(node: Element<'_>) -> impl Iterator<Item = Element<'_>> {
    node.children().filter(Node::is_element)
}

/// The first element of a name in an element.
pub(super) fn child<'a>(node: Element<'a>, name: &str) -> Option<Element<'a>> {
    elements(node).find(|child| child.tag_name().name() == name)
}

/// The element at the end of a path of names.
pub(super) fn at<'a>(node: Element<'a>, path: &[&str]) -> Option<Element<'a>> {
    path.iter().try_fold(node, |node, name| child(node, name))
}

/// The first element of a name anywhere in an element.
pub(super) fn anywhere<'a>(node: Element<'a>, name: &str) -> Option<Element<'a>> {
    node.descendants()
        .find(|inner| inner.tag_name().name() == name)
}

/// An attribute by its name alone.
pub(super) fn attribute<'a>(node: Element<'a>, name: &str) -> Option<&'a str> {
    node.attributes()
        .find(|attribute| attribute.name() == name)
        .map(|attribute| attribute.value())
}

/// An attribute that names a relationship: `r:id`, `r:embed`.
pub(super) fn relationship<'a>(node: Element<'a>, name: &str) -> Option<&'a str> {
    node.attributes()
        .find(|attribute| {
            attribute.name() == name
                && attribute
                    .namespace()
                    .is_some_and(|space| space.ends_with("/relationships"))
        })
        .map(|attribute| attribute.value())
}

/// The value of the element of a name in an element: `w:val`.
pub(super) fn value<'a>(node: Element<'a>, name: &str) -> Option<&'a str> {
    attribute(child(node, name)?, "val")
}

/// What the element of a name in an element switches; nothing where it is not there.
pub(super) fn switch(node: Element<'_>, name: &str) -> Option<bool> {
    let found = child(node, name)?;
    Some(!matches!(
        attribute(found, "val"),
        Some("0" | "false" | "off" | "none")
    ))
}
