//! Styles and lists of an OpenDocument text, written as Word's.

use std::collections::BTreeMap;

use super::written::escaped;
use crate::load::xml::{Element, attribute, child, elements};

/// How many levels a list has in Word.
pub(super) const LEVELS: usize = 9;
/// The indent of each level of a list, in twentieths of a point.
pub(super) const STEP: usize = 720;

/// A style of paragraphs or of words.
#[derive(Debug, Default)]
struct Style {
    of_words: bool,
    name: String,
    parent: Option<String>,
    list: Option<String>,
    /// The level of headings, from 1.
    level: Option<u8>,
    look: String,
}

/// All styles of a text.
#[derive(Debug, Default)]
pub(super) struct Styles {
    styles: BTreeMap<String, Style>,
    /// The levels of each list, written.
    lists: BTreeMap<String, String>,
    /// The levels of the numbers of headings, written; empty if headings have none.
    outline: String,
    /// The levels of headings that have numbers.
    numbered: Vec<u8>,
    lang: Option<String>,
    /// The styles of hidden sections.
    unseen: Vec<String>,
}

impl Styles {
    /// Reads the styles of both files.
    pub(super) fn read(common: Option<Element<'_>>, content: Element<'_>) -> Self {
        let mut read = Self::default();
        let roots = common.into_iter().chain([content]);
        let groups = roots
            .flat_map(elements)
            .filter(|group| matches!(group.tag_name().name(), "styles" | "automatic-styles"));
        for node in groups.flat_map(elements) {
            match node.tag_name().name() {
                "style" => read.style(node),
                "default-style" if attribute(node, "family") == Some("paragraph") => {
                    read.lang = child(node, "text-properties").and_then(language);
                }
                "list-style" => {
                    if let Some(name) = attribute(node, "name") {
                        let levels = elements(node).filter_map(level).collect();
                        read.lists.insert(name.to_owned(), levels);
                    }
                }
                "outline-style" => {
                    let counted = |node: &Element<'_>| {
                        attribute(*node, "num-format").is_some_and(|format| !format.is_empty())
                    };
                    let at = |node: Element<'_>| attribute(node, "level")?.parse::<u8>().ok();
                    read.numbered = elements(node).filter(counted).filter_map(at).collect();
                    read.outline = elements(node).filter(counted).filter_map(level).collect();
                }
                _ => {}
            }
        }
        read
    }

    fn style(&mut self, node: Element<'_>) {
        let (Some(name), Some(family)) = (attribute(node, "name"), attribute(node, "family"))
        else {
            return;
        };
        if family == "section" {
            let unseen =
                child(node, "section-properties").and_then(|section| attribute(section, "display"));
            if unseen == Some("none") {
                self.unseen.push(name.to_owned());
            }
            return;
        }
        if !matches!(family, "paragraph" | "text") {
            return;
        }
        let text = child(node, "text-properties");
        let said = |name: &str| text.and_then(|text| attribute(text, name));
        let mut look = String::new();
        if let Some(weight) = said("font-weight") {
            look.push_str(
                if weight == "bold" || weight >= "600" && weight.len() == 3 {
                    "<w:b/>"
                } else {
                    r#"<w:b w:val="0"/>"#
                },
            );
        }
        if let Some(style) = said("font-style") {
            look.push_str(if style == "normal" {
                r#"<w:i w:val="0"/>"#
            } else {
                "<w:i/>"
            });
        }
        if said("text-line-through-style").is_some_and(|style| style != "none") {
            look.push_str("<w:strike/>");
        }
        if let Some(line) = said("text-underline-style") {
            look.push_str(if line == "none" {
                r#"<w:u w:val="none"/>"#
            } else {
                r#"<w:u w:val="single"/>"#
            });
        }
        if said("display").is_some_and(|display| display == "none") {
            look.push_str("<w:vanish/>");
        }
        if let Some(lang) = text.and_then(language) {
            look.push_str(&format!(r#"<w:lang w:val="{}"/>"#, escaped(&lang)));
        }
        let shown = attribute(node, "display-name").unwrap_or(name);
        let style = Style {
            of_words: family == "text",
            name: word_name(shown),
            parent: attribute(node, "parent-style-name").map(ToOwned::to_owned),
            list: attribute(node, "list-style-name").map(ToOwned::to_owned),
            level: attribute(node, "default-outline-level").and_then(|level| level.parse().ok()),
            look,
        };
        self.styles.insert(name.to_owned(), style);
    }

    /// The list that a style puts its paragraphs into.
    pub(super) fn list_of(&self, style: &str) -> Option<&str> {
        let mut style = self.styles.get(style)?;
        for _ in 0..20 {
            if let Some(list) = style.list.as_deref() {
                return Some(list).filter(|list| !list.is_empty());
            }
            style = self.styles.get(style.parent.as_deref()?)?;
        }
        None
    }

    /// Whether headings of a level have numbers.
    pub(super) fn numbers_headings(&self, level: u8) -> bool {
        self.numbered.contains(&level)
    }

    /// Whether a section of a style is hidden.
    pub(super) fn hides_section(&self, style: &str) -> bool {
        self.unseen.iter().any(|unseen| unseen == style)
    }

    /// The levels of a list as Word writes them; those of headings where it has no name.
    pub(super) fn levels(&self, list: &str) -> &str {
        match list {
            "" => &self.outline,
            list => self.lists.get(list).map_or("", String::as_str),
        }
    }

    /// The styles as Word writes them.
    pub(super) fn written(&self) -> String {
        let lang = self.lang.as_deref().unwrap_or("en-GB");
        let mut all = format!(
            r#"<w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="{}"/></w:rPr></w:rPrDefault></w:docDefaults>"#,
            escaped(lang)
        );
        for (id, style) in &self.styles {
            let kind = if style.of_words {
                "character"
            } else {
                "paragraph"
            };
            let parent = style.parent.as_deref().filter(|parent| *parent != id);
            let parent = parent.map_or(String::new(), |parent| {
                format!(r#"<w:basedOn w:val="{}"/>"#, escaped(parent))
            });
            let level = style
                .level
                .filter(|level| (1..=9).contains(level))
                .map_or(String::new(), |level| {
                    format!(r#"<w:pPr><w:outlineLvl w:val="{}"/></w:pPr>"#, level - 1)
                });
            all.push_str(&format!(
                r#"<w:style w:type="{kind}" w:styleId="{}"><w:name w:val="{}"/>{parent}{level}<w:rPr>{}</w:rPr></w:style>"#,
                escaped(id),
                escaped(&style.name),
                style.look
            ));
        }
        all
    }
}

/// A style's name as Word calls it.
fn word_name(name: &str) -> String {
    let lower = name.to_lowercase();
    match lower.as_str() {
        "quotations" => "quote".to_owned(),
        "contents heading" => "toc heading".to_owned(),
        _ => lower,
    }
}

fn language(text: Element<'_>) -> Option<String> {
    let lang = attribute(text, "language").filter(|lang| !matches!(*lang, "none" | "zxx"))?;
    Some(
        match attribute(text, "country").filter(|country| *country != "none") {
            Some(country) => format!("{lang}-{country}"),
            None => lang.to_owned(),
        },
    )
}

/// A level of a list.
fn level(node: Element<'_>) -> Option<String> {
    let at: usize = attribute(node, "level")?.parse().ok()?;
    if !(1..=LEVELS).contains(&at) {
        return None;
    }
    let name = node.tag_name().name();
    let ends = |which| escaped(attribute(node, which).unwrap_or(""));
    let (prefix, suffix) = (ends("num-prefix"), ends("num-suffix"));
    let (format, text) = if name.contains("bullet") || name.contains("image") {
        ("bullet", "•".to_owned())
    } else {
        let format = match attribute(node, "num-format").unwrap_or("") {
            "1" => "decimal",
            "a" => "lowerLetter",
            "A" => "upperLetter",
            "i" => "lowerRoman",
            "I" => "upperRoman",
            _ => "none",
        };
        let shown: usize = attribute(node, "display-levels")
            .and_then(|count| count.parse().ok())
            .unwrap_or(1);
        let numbers: Vec<String> = (at + 1 - shown.clamp(1, at)..=at)
            .map(|level| format!("%{level}"))
            .collect();
        let own = if format == "none" {
            String::new()
        } else {
            numbers.join(".")
        };
        // Newer programs write the whole format: "%1%.%2%".
        let text = match attribute(node, "num-list-format") {
            Some(whole) => escaped(&numbers_of(whole)),
            None => format!("{prefix}{own}{suffix}"),
        };
        (format, text)
    };
    let start = attribute(node, "start-value")
        .and_then(|start| start.parse::<u32>().ok())
        .unwrap_or(1);
    Some(format!(
        r#"<w:lvl w:ilvl="{}"><w:start w:val="{start}"/><w:numFmt w:val="{format}"/><w:lvlText w:val="{text}"/><w:pPr><w:ind w:left="{}"/></w:pPr></w:lvl>"#,
        at - 1,
        at * STEP
    ))
}

/// `%1%.%2%` as Word writes it: `%1.%2`.
fn numbers_of(format: &str) -> String {
    let mut made = String::new();
    let mut rest = format;
    while let Some(at) = rest.find('%') {
        made.push_str(&rest[..at]);
        let digits = rest[at + 1..]
            .bytes()
            .take_while(u8::is_ascii_digit)
            .count();
        made.push_str(&rest[at..at + 1 + digits]);
        rest = &rest[at + 1 + digits..];
        rest = rest
            .strip_prefix('%')
            .filter(|_| digits > 0)
            .unwrap_or(rest);
    }
    made + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_word_writes_them() {
        assert_eq!(numbers_of("%1%.%2%)"), "%1.%2)");
        assert_eq!(numbers_of("Appendix %1%"), "Appendix %1");
        assert_eq!(numbers_of("5%"), "5%");
    }
}
