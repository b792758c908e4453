//! Which elements of a drawing can be seen, judged by their attributes, their own styles and the
//! drawing's style sheets, as far as simple selectors go.

use std::collections::{HashMap, HashSet};

use roxmltree::{Document, Node, NodeId};

use super::shape::{numbers, size};

/// The elements that hold lettering.
const LETTERED: [&str; 3] = ["text", "tspan", "textPath"];

/// How the elements of a drawing look.
pub(super) struct Looks<'d> {
    root: Node<'d, 'd>,
    /// The rules of its style sheets, the later ones winning.
    rules: Vec<Rule>,
    /// How often something in it refers to each name.
    referred: HashMap<String, usize>,
    /// The texts that something opaque lies over.
    covered: HashSet<NodeId>,
}

/// A property that a selector of one element sets.
struct Rule {
    /// The name of the element; empty for any.
    element: String,
    class: Option<String>,
    id: Option<String>,
    property: String,
    value: String,
}

impl<'d> Looks<'d> {
    pub(super) fn of(document: &'d Document<'d>) -> Self {
        let mut sheets = String::new();
        let styles = document
            .descendants()
            .filter(|node| node.tag_name().name() == "style");
        for text in styles.flat_map(|style| style.children().filter_map(|child| child.text())) {
            sheets.push_str(&without_remarks(text));
        }
        Self {
            root: document.root_element(),
            rules: rules(&sheets),
            referred: references(document.root()),
            covered: HashSet::new(),
        }
    }

    /// Marks texts as covered.
    pub(super) fn cover<'n>(&mut self, texts: impl Iterator<Item = &'n NodeId>) {
        self.covered.extend(texts);
    }

    /// Whether something in the drawing refers to this name.
    pub(super) fn is_referred(&self, id: &str) -> bool {
        self.referred.contains_key(id)
    }

    /// Those inside an element with an id that something outside the element refers to.
    pub(super) fn referred_from_outside<'n>(&self, element: Node<'n, 'n>) -> Vec<Node<'n, 'n>> {
        let is_named =
            |node: &Node<'_, '_>| node.attribute("id").is_some_and(|id| self.is_referred(id));
        let named: Vec<_> = element.descendants().skip(1).filter(is_named).collect();
        if named.is_empty() {
            return named;
        }
        let inside = references(element);
        let from_outside = |node: &Node<'_, '_>| {
            let id = node.attribute("id").unwrap_or_default();
            self.referred.get(id) > inside.get(id)
        };
        named.into_iter().filter(from_outside).collect()
    }

    /// Whether an element is hidden with everything in it.
    pub(super) fn is_unseen(&self, node: Node<'_, '_>) -> bool {
        self.own(node, "display").as_deref() == Some("none")
            || self
                .own(node, "opacity")
                .is_some_and(|value| is_nothing(&value))
    }

    /// Whether an element is lettering that nobody sees: hidden, covered, without ink, beside the
    /// drawing, or defined and never used.
    pub(super) fn is_hidden_lettering(&self, node: Node<'_, '_>) -> bool {
        if !LETTERED.contains(&node.tag_name().name()) {
            return false;
        }
        let unused = || {
            node.ancestors()
                .any(|above| above.tag_name().name() == "defs")
                && !node
                    .ancestors()
                    .any(|above| above.attribute("id").is_some_and(|id| self.is_referred(id)))
        };
        let is_text = node.tag_name().name() == "text";
        let cuts = || {
            node.ancestors()
                .any(|above| above.tag_name().name() == "clipPath")
        };
        self.covered.contains(&node.id())
            || self.is_without_ink(node) && !cuts()
            || is_text && (unused() || self.is_beside(node))
    }

    /// Whether letters leave no ink, and none inside is an exception.
    fn is_without_ink(&self, node: Node<'_, '_>) -> bool {
        let parts = || node.descendants().skip(1).filter(Node::is_element);
        let without = |property: &str, is: &dyn Fn(&str) -> bool| {
            self.inherited(node, property)
                .is_some_and(|value| is(&value))
                && !parts().any(|part| self.own(part, property).is_some_and(|value| !is(&value)))
        };
        let filled = without("fill", &|value| matches!(value, "none" | "transparent"))
            || without("fill-opacity", &is_nothing);
        let stroked = self
            .inherited(node, "stroke")
            .is_some_and(|value| value != "none")
            || parts().any(|part| self.own(part, "stroke").is_some());
        without("visibility", &|value| {
            matches!(value, "hidden" | "collapse")
        }) || without("font-size", &is_nothing)
            || filled && !stroked
    }

    fn inherited(&self, node: Node<'_, '_>, property: &str) -> Option<String> {
        node.ancestors().find_map(|above| self.own(above, property))
    }

    /// A property that the element itself has, by its style, a style sheet or an attribute.
    fn own(&self, node: Node<'_, '_>, property: &str) -> Option<String> {
        let styled = |style: &str| {
            let mut said = declarations(style).filter(|(name, _)| name == property);
            said.next_back().map(|(_, value)| value)
        };
        let by_sheet = || {
            let of_it = |rule: &&Rule| rule.property == property && rule.selects(node);
            self.rules
                .iter()
                .rfind(of_it)
                .map(|rule| rule.value.clone())
        };
        node.attribute("style")
            .and_then(styled)
            .or_else(by_sheet)
            .or_else(|| node.attribute(property).map(|it| it.trim().to_owned()))
    }

    /// Whether a text that nothing moves is to the right of the drawing, above it, or far below.
    fn is_beside(&self, text: Node<'_, '_>) -> bool {
        let root = self.root;
        let own = text.ancestors().take_while(|above| above.id() != root.id());
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
        // The tops of large letters may still be seen if their baseline is below the drawing.
        *x > left + width || *y > top + 2.0 * height || *y < top
    }
}

impl Rule {
    fn selects(&self, node: Node<'_, '_>) -> bool {
        let is_class = |class: &String| {
            node.attribute("class")
                .is_some_and(|own| own.split_whitespace().any(|own| own == class))
        };
        (self.element.is_empty() || self.element == node.tag_name().name())
            && self.class.as_ref().is_none_or(is_class)
            && self
                .id
                .as_deref()
                .is_none_or(|id| node.attribute("id") == Some(id))
    }
}

/// Whether a number, length or percentage is zero or less.
fn is_nothing(value: &str) -> bool {
    value
        .trim_end_matches(|letter: char| letter.is_ascii_alphabetic() || letter == '%')
        .trim()
        .parse::<f64>()
        .is_ok_and(|number| number <= 0.0)
}

/// A style sheet without its comments.
pub(super) fn without_remarks(sheet: &str) -> String {
    let mut kept = String::with_capacity(sheet.len());
    let mut rest = sheet;
    while let Some((before, after)) = rest.split_once("/*") {
        kept.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    kept.push_str(rest);
    kept
}

/// How often each name follows a `#` in the attributes and style sheets of an element.
fn references(element: Node<'_, '_>) -> HashMap<String, usize> {
    let ends = |letter: char| letter.is_whitespace() || ")\"',;{}:>+~[.".contains(letter);
    let mut referred = HashMap::new();
    let mut refer = |text: &str| {
        for after in text.split('#').skip(1) {
            if let Some(name) = after.split(ends).next() {
                *referred.entry(name.to_owned()).or_default() += 1;
            }
        }
    };
    for node in element.descendants() {
        for attribute in node.attributes() {
            refer(attribute.value());
        }
        if node.tag_name().name() == "style" {
            node.children()
                .filter_map(|child| child.text())
                .for_each(&mut refer);
        }
    }
    referred
}

fn declarations(style: &str) -> impl DoubleEndedIterator<Item = (String, String)> {
    style.split(';').filter_map(|declaration| {
        let (name, value) = declaration.split_once(':')?;
        let value = value.trim().trim_end_matches("!important").trim();
        Some((name.trim().to_lowercase(), value.to_lowercase()))
    })
}

/// The rules of a style sheet with simple selectors; those for some media only (`@media`) are left out.
fn rules(sheet: &str) -> Vec<Rule> {
    let mut rules = Vec::new();
    let mut rest = sheet;
    while let Some((before, after)) = rest.split_once('{') {
        let selectors = before.rsplit(';').next().unwrap_or_default().trim();
        if selectors.starts_with('@') {
            rest = after_block(after);
            continue;
        }
        let (style, after) = after.split_once('}').unwrap_or((after, ""));
        rest = after;
        for selector in selectors.split(',').map(str::trim) {
            let begins = |letter: char| matches!(letter, '.' | '#');
            let (element, named) =
                selector.split_at(selector.find(begins).unwrap_or(selector.len()));
            let element = element.trim_matches('*');
            let name = named.get(1..).unwrap_or_default();
            let is_plain = |letter: char| letter.is_alphanumeric() || "-_".contains(letter);
            if selector.is_empty() || !element.chars().chain(name.chars()).all(is_plain) {
                continue;
            }
            for (property, value) in declarations(style) {
                rules.push(Rule {
                    element: element.to_owned(),
                    class: named.starts_with('.').then(|| name.to_owned()),
                    id: named.starts_with('#').then(|| name.to_owned()),
                    property,
                    value,
                });
            }
        }
    }
    rules
}

/// What comes after a block that has been opened, and all blocks inside it.
fn after_block(sheet: &str) -> &str {
    let mut depth = 1;
    for (at, letter) in sheet.char_indices() {
        match letter {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return &sheet[at + 1..];
        }
    }
    ""
}
