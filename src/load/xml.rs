//! Reads XML of other programs within limits, and escapes text for XML.

use roxmltree::{Document, Node, ParsingOptions};

/// An element.
pub(super) type Element<'a> = Node<'a, 'a>;

/// How deep elements may be nested, so that recursion is safe.
const MOST_NESTED: usize = 400;
/// The most nodes of one document.
const MOST_NODES: u32 = 12_000_000;

/// Parses a document; `None` if it is not XML, declares entities, or exceeds the limits.
pub(super) fn document(text: &str) -> Option<Document<'_>> {
    if nested(text) > MOST_NESTED {
        return None;
    }
    let options = ParsingOptions {
        allow_dtd: false,
        nodes_limit: MOST_NODES,
        ..ParsingOptions::default()
    };
    Document::parse_with_options(text, options).ok()
}

/// The depth of the deepest element, counted before anything is parsed. Whatever looks like a tag in a
/// comment is counted too.
pub(super) fn nested(text: &str) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    for tag in text.split('<').skip(1) {
        match tag.as_bytes().first() {
            Some(b'/') => depth = depth.saturating_sub(1),
            Some(b'!' | b'?') => {}
            _ if tag.split('>').next().is_some_and(|tag| tag.ends_with('/')) => {}
            _ => depth += 1,
        }
        deepest = deepest.max(depth);
    }
    deepest
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

/// An attribute by its name, in whatever namespace.
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

/// Text escaped for use between tags or in an attribute.
pub(super) fn escaped(words: &str) -> String {
    let mut escaped = String::with_capacity(words.len());
    for letter in words.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            letter => escaped.push(letter),
        }
    }
    escaped
}
