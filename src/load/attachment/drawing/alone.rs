//! Rewrites a drawing with only what is seen of it: elements, their attributes and lettering.
//! Comments, descriptions, editors' own data, scripts, declarations, entities, ids that nothing
//! refers to and whatever is not shown are left out, wherever they are.

use std::collections::HashMap;

use roxmltree::{Attribute, Document, NS_XML_URI, Node, NodeId};

use super::embedded::{inside, packed};
use super::html::is_remark;
use super::look::{Looks, without_remarks};
use super::shape::SVG;
use crate::load::xml::escaped;

const XLINK: &str = "http://www.w3.org/1999/xlink";
/// Elements that describe the drawing and draw nothing.
const NOTED: [&str; 4] = ["metadata", "desc", "title", "script"];

/// The drawing's text; it begins with `<svg` and the namespace, by which the engine knows it.
pub(super) fn written(document: &Document<'_>, looks: &Looks<'_>) -> String {
    all(document, looks, None).out
}

/// The same with an id for each text, and the text that has each id.
pub(super) fn named(
    document: &Document<'_>,
    looks: &Looks<'_>,
) -> (String, HashMap<String, NodeId>) {
    let writer = all(document, looks, Some(HashMap::new()));
    (writer.out, writer.names.unwrap_or_default())
}

fn all<'a>(
    document: &'a Document<'a>,
    looks: &'a Looks<'a>,
    names: Option<HashMap<String, NodeId>>,
) -> Writer<'a> {
    let root = document.root_element();
    let mut writer = Writer {
        looks,
        drawn: root.tag_name().namespace(),
        names,
        out: String::new(),
    };
    writer.element(root, false);
    writer
}

struct Writer<'a> {
    looks: &'a Looks<'a>,
    /// The namespace of what is drawn; some programs leave it out.
    drawn: Option<&'a str>,
    /// The ids of texts so far, if texts get any.
    names: Option<HashMap<String, NodeId>>,
    out: String,
}

impl Writer<'_> {
    /// Writes an element. With `blank`, its letters become blanks, which keep the place of the rest.
    fn element(&mut self, node: Node<'_, '_>, blank: bool) {
        let name = node.tag_name().name();
        let is_noted = NOTED.contains(&name) || is_remark(node);
        if node.tag_name().namespace() != self.drawn || is_noted {
            return;
        }
        if self.looks.is_unseen(node) {
            self.definitions(node);
            return;
        }
        let hidden = self.looks.is_hidden_lettering(node);
        if hidden && name == "text" {
            return;
        }
        self.out.push('<');
        self.out.push_str(name);
        if node.parent_element().is_none() {
            self.attribute("xmlns", SVG);
            self.attribute("xmlns:xlink", XLINK);
        }
        let name_of_text = (name == "text").then(|| self.name(node)).flatten();
        for attribute in node.attributes() {
            if name_of_text.is_none() || attribute.name() != "id" {
                self.own_attribute(node, &attribute);
            }
        }
        if let Some(id) = name_of_text {
            self.attribute("id", &id);
        }
        self.out.push('>');
        for child in node.children() {
            if child.is_element() {
                self.element(child, blank || hidden);
            } else if let Some(text) = child.text().filter(|_| child.is_text()) {
                if name == "style" {
                    self.out.push_str(&escaped(&without_remarks(text)));
                } else if blank || hidden {
                    self.out.extend(text.chars().map(|_| '\u{a0}'));
                } else {
                    self.out.push_str(&escaped(text));
                }
            }
        }
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push('>');
    }

    /// An id for a text, if texts get any.
    fn name(&mut self, text: Node<'_, '_>) -> Option<String> {
        let names = self.names.as_mut()?;
        let id = format!("text-{}", names.len());
        names.insert(id.clone(), text.id());
        Some(id)
    }

    /// Writes those parts of a hidden element that the rest of the drawing uses.
    fn definitions(&mut self, unseen: Node<'_, '_>) {
        let used = self.looks.referred_from_outside(unseen);
        if used.is_empty() {
            return;
        }
        self.out.push_str("<defs>");
        for node in &used {
            let is_within = |above: Node<'_, '_>| used.contains(&above);
            if !node.ancestors().skip(1).any(is_within) {
                self.element(*node, false);
            }
        }
        self.out.push_str("</defs>");
    }

    fn own_attribute(&mut self, node: Node<'_, '_>, attribute: &Attribute<'_, '_>) {
        let name = attribute.name();
        let value = attribute.value();
        let prefix = match attribute.namespace() {
            None => "",
            Some(XLINK) => "xlink:",
            Some(NS_XML_URI) => "xml:",
            Some(other) if Some(other) == self.drawn => "",
            Some(_) => return,
        };
        let noted = prefix.is_empty()
            && (["data-", "aria-", "on"]
                .iter()
                .any(|it| name.starts_with(it))
                || name == "id" && !self.looks.is_referred(value));
        let linked = name == "href" && node.tag_name().name() == "a";
        let told = prefix == "xlink:" && name != "href";
        if noted || linked || told {
            return;
        }
        let picture = (name == "href").then(|| inside(value)).flatten();
        let picture = picture.map(|(kind, picture)| packed(kind, &picture));
        self.attribute(
            &format!("{prefix}{name}"),
            picture.as_deref().unwrap_or(value),
        );
    }

    fn attribute(&mut self, name: &str, value: &str) {
        self.out.push(' ');
        self.out.push_str(name);
        self.out.push_str("=\"");
        self.out.push_str(&escaped(value));
        self.out.push('"');
    }
}
