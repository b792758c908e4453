//! A first pass over the text, for what only the whole text shows: which lists number the paper's
//! paragraphs, which headings are the targets of links, and what language it is in.

use std::collections::{BTreeMap, BTreeSet};

use super::field::Lead;
use super::node::{Element, attribute, child, value, word};
use super::numbering::{Label, Numbering, Shape, next_label};
use super::styles::{Styles, outline};
use crate::prose::LinkTarget;

/// What is known of the whole text.
#[derive(Debug, Default)]
pub(super) struct Survey {
    /// The bookmarks in headings, each with the first bookmark of its heading, which names it.
    names: BTreeMap<String, String>,
    /// Lists with numbers such as 3.4, which number paragraphs rather than points.
    outlined: BTreeSet<u32>,
    /// Lists of plain numbers that continue across headings, which do the same.
    straight: BTreeSet<u32>,
    /// Whether any paragraph is marked as a heading, and does not only look like one.
    pub(super) has_headings: bool,
    /// The highest level of heading that is used.
    pub(super) highest: u8,
    lang: String,
}

impl Survey {
    /// Surveys the text.
    pub(super) fn of(body: Element<'_>, styles: &Styles, mut numbering: Numbering) -> Self {
        let mut survey = Self {
            lang: language(styles.lang().unwrap_or("en")).to_owned(),
            highest: 9,
            ..Self::default()
        };
        let mut begun = BTreeSet::new();
        let mut interrupted = BTreeSet::new();
        let wanted = wanted_names(body);
        for node in body.descendants().filter(|node| word(*node) == "p") {
            let properties = child(node, "pPr");
            let style = properties.and_then(|properties| value(properties, "pStyle"));
            let look = styles.paragraph(style);
            let label = next_label(&mut numbering, properties, &look);
            let heading = properties.and_then(outline).unwrap_or(look.heading);
            if let Some(level) = heading {
                survey.has_headings = true;
                survey.highest = survey.highest.min(level);
                survey.heading_names(node, &wanted);
                interrupted.extend(begun.iter().copied());
            }
            let Some(label) = label else { continue };
            match label.shape {
                Shape::Dotted => {
                    survey.outlined.insert(label.scheme);
                }
                // One that begins again after a heading is a list of its own.
                Shape::Number(number, _) if label.level == 0 && heading.is_none() => {
                    if number == 1 {
                        interrupted.remove(&label.scheme);
                    }
                    if interrupted.contains(&label.scheme) {
                        survey.straight.insert(label.scheme);
                    }
                    begun.insert(label.scheme);
                }
                _ => {}
            }
        }
        survey
    }

    fn heading_names(&mut self, node: Element<'_>, wanted: &BTreeSet<&str>) {
        let mut names = bookmarks(node).filter(|name| wanted.contains(name));
        if let Some(first) = names.next() {
            for name in std::iter::once(first).chain(names) {
                self.names
                    .entry(name.to_owned())
                    .or_insert_with(|| first.to_owned());
            }
        }
    }

    /// The target of a link; `None` if a pack cannot link to it.
    pub(super) fn target(&self, lead: &Lead) -> Option<LinkTarget> {
        match lead {
            Lead::Outside(address) => {
                let lower = address.trim().to_ascii_lowercase();
                ["http://", "https://", "mailto:", "tel:"]
                    .iter()
                    .any(|scheme| lower.starts_with(scheme))
                    .then(|| LinkTarget::Web(address.trim().to_owned()))
            }
            Lead::Mark(name) => self.heading(name).map(LinkTarget::Here),
        }
    }

    /// The name of the heading that a bookmark stands in.
    pub(super) fn heading(&self, bookmark: &str) -> Option<String> {
        self.names.get(bookmark).cloned()
    }

    /// The name that links use for a heading.
    pub(super) fn name(&self, node: Element<'_>) -> Option<String> {
        bookmarks(node)
            .find(|name| self.names.get(*name).is_some_and(|first| first == name))
            .map(ToOwned::to_owned)
    }

    /// Whether a label is a paragraph's number rather than a point's in a list.
    pub(super) fn numbers_paragraphs(&self, label: &Label) -> bool {
        match label.shape {
            Shape::Dotted => true,
            Shape::Number(..) => {
                self.outlined.contains(&label.scheme)
                    || label.level == 0 && self.straight.contains(&label.scheme)
            }
            Shape::Bullet | Shape::Other => false,
        }
    }

    /// The language of a run where it is not the document's own.
    pub(super) fn foreign(&self, lang: Option<&str>) -> Option<String> {
        let lang = lang?;
        let known = lang.len() <= 20
            && language(lang).len() >= 2
            && lang
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        (known && language(lang) != self.lang).then(|| lang.to_owned())
    }
}

/// The language itself, without country or script.
fn language(tag: &str) -> &str {
    tag.split('-').next().unwrap_or(tag)
}

/// The names of the bookmarks that begin in a paragraph.
fn bookmarks<'a>(node: Element<'a>) -> impl Iterator<Item = &'a str> {
    node.descendants()
        .filter(|inner| word(*inner) == "bookmarkStart")
        .filter_map(|mark| attribute(mark, "name"))
}

/// The bookmarks that something other than a table of contents refers to.
fn wanted_names<'a>(body: Element<'a>) -> BTreeSet<&'a str> {
    let mut wanted = BTreeSet::new();
    for node in body.descendants() {
        match word(node) {
            "hyperlink" => wanted.extend(attribute(node, "anchor")),
            "instrText" => wanted.extend(node.text().unwrap_or("").split([' ', '"'])),
            "fldSimple" => wanted.extend(attribute(node, "instr").unwrap_or("").split([' ', '"'])),
            _ => {}
        }
    }
    wanted.retain(|name| !name.is_empty() && !name.starts_with("_Toc"));
    wanted
}
