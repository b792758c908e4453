//! What stands at the head and the foot of a Word file's pages and behind their words. No pack prints
//! it, for it has heads and feet of its own; but it may say that the paper is a draft, or that it is not
//! for the public.

use super::node::{Element, attribute, word};
use super::{Package, Relationships};
use crate::load::xml;

/// The most lines that are looked at.
const MOST_LINES: usize = 64;
/// The most characters of a line.
const MOST_LETTERS: usize = 200;
/// Words that a line about a draft has at most: "Draft version 3 for comment".
const MOST_WORDS: usize = 6;

/// The lines of heads, feet and watermarks, each once.
pub(super) fn lines(
    package: &Package<'_>,
    leads: &Relationships,
    body: Element<'_>,
) -> Vec<String> {
    let mut lines = Vec::new();
    watermarks(body, &mut lines);
    for lead in leads.values() {
        if lead.external || !matches!(lead.kind.as_str(), "header" | "footer") {
            continue;
        }
        let Some(Ok(text)) = package.text(&lead.target) else {
            continue;
        };
        if let Some(document) = xml::document(&text) {
            let root = document.root_element();
            watermarks(root, &mut lines);
            for paragraph in root.descendants().filter(|node| word(*node) == "p") {
                for line in words_of(paragraph).split('\t') {
                    add(line, &mut lines);
                }
            }
        }
    }
    lines
}

/// Whether a line says that the paper is a draft.
pub(super) fn is_draft(line: &str) -> bool {
    let words = || line.split(|letter: char| !letter.is_alphanumeric());
    words().any(|word| matches!(word.to_lowercase().as_str(), "draft" | "drafft"))
        && words().filter(|word| !word.is_empty()).count() <= MOST_WORDS
}

/// The words of drawings of letters, which is how Word makes a watermark.
fn watermarks(root: Element<'_>, lines: &mut Vec<String>) {
    let drawn = root
        .descendants()
        .filter(|node| node.tag_name().name() == "textpath")
        .filter_map(|node| attribute(node, "string"));
    for line in drawn {
        add(line, lines);
    }
}

/// The words of a paragraph itself, and not those of boxes in it, which are paragraphs of their own.
fn words_of(paragraph: Element<'_>) -> String {
    let is_own = |node: &Element<'_>| {
        node.ancestors().skip(1).find(|above| word(*above) == "p") == Some(paragraph)
    };
    let mut words = String::new();
    for node in paragraph.descendants().filter(is_own) {
        match word(node) {
            "t" => words.push_str(node.text().unwrap_or("")),
            "tab" | "br" | "cr" | "ptab" => words.push('\t'),
            _ => {}
        }
    }
    words
}

fn add(line: &str, lines: &mut Vec<String>) {
    let line: String = line.trim().chars().take(MOST_LETTERS).collect();
    if !line.is_empty() && lines.len() < MOST_LINES && !lines.contains(&line) {
        lines.push(line);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drafts_say_so_in_few_words() {
        for line in [
            "DRAFT",
            "Draft v3",
            "Final draft – not for circulation",
            "DRAFFT",
        ] {
            assert!(is_draft(line), "{line}");
        }
        for line in [
            "Draughty homes",
            "Draft Local Plan for consultation, as agreed in March 2026",
            "Housing Board",
        ] {
            assert!(!is_draft(line), "{line}");
        }
    }
}
