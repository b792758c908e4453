//! HTML inside a drawing, as some drawing programs write labels. Browsers show it and the engine does not.

use std::collections::HashSet;

use roxmltree::Node;

/// How many of the words that would be lost are told.
const MOST_TOLD: usize = 6;

/// Words in HTML, if nothing that the engine shows in their place says them.
pub(super) fn lost(root: Node<'_, '_>, is_shown: impl Fn(Node<'_, '_>) -> bool) -> Option<String> {
    root.descendants()
        .filter(|node| node.tag_name().name() == "foreignObject" && is_shown(*node))
        // What Illustrator keeps for itself is no HTML.
        .filter(|node| {
            let kind = node.attribute("requiredExtensions");
            kind.is_none_or(|kind| kind.contains("xhtml"))
        })
        .find_map(|html| {
            let instead: Vec<Node<'_, '_>> = html
                .next_siblings()
                .skip(1)
                .filter(|next| next.is_element() && of_switch(html))
                .take(1)
                .collect();
            let mut shown = instead.iter().flat_map(Node::descendants);
            if shown.any(|node| node.tag_name().name() == "image") {
                return None;
            }
            let said: HashSet<&str> = instead.iter().flat_map(|node| words(*node)).collect();
            let lost: Vec<&str> = words(html).filter(|word| !said.contains(word)).collect();
            let told = &lost[..lost.len().min(MOST_TOLD)];
            (!lost.is_empty()).then(|| told.join(" "))
        })
}

/// Whether an element is a choice that shows nothing where HTML can be shown. Where it cannot, a remark about
/// the reader comes in its place, which is no part of the drawing.
pub(super) fn is_remark(node: Node<'_, '_>) -> bool {
    let first = node.first_element_child();
    node.tag_name().name() == "switch"
        && first.is_some_and(|first| {
            first.tag_name().name() == "g"
                && first.first_child().is_none()
                && first
                    .attribute("requiredFeatures")
                    .is_some_and(|features| features.ends_with("#Extensibility"))
        })
}

/// Whether an element is one of those among which a reader chooses.
fn of_switch(node: Node<'_, '_>) -> bool {
    let parent = node.parent_element();
    parent.is_some_and(|parent| parent.tag_name().name() == "switch")
}

fn words<'a>(node: Node<'a, '_>) -> impl Iterator<Item = &'a str> {
    node.descendants()
        .filter(|node| {
            let above = node.parent_element();
            node.is_text() && above.is_none_or(|above| above.tag_name().name() != "style")
        })
        .filter_map(|node| node.text())
        .flat_map(str::split_whitespace)
}
