//! Running text of a composed part as HTML, and its footnotes.

use std::fmt::Write as _;

use super::blocks::{Setter, blank};
use super::markup;
use crate::compose::filled;
use crate::compose::part::{Inline, plain};

/// The longest word in a cell that is never broken over lines; longer ones, such as addresses, get places
/// where a line may break.
pub(super) const LONG_WORD: usize = 18;

/// How deep mark-up may be nested; whatever is deeper keeps its words and loses its mark-up.
const MAX_DEPTH: usize = 32;

impl<'p> Setter<'p, '_, '_> {
    /// Running text.
    pub(super) fn inlines(&mut self, content: &'p [Inline]) {
        self.inlines_at(content, 0);
    }

    fn inlines_at(&mut self, content: &'p [Inline], depth: usize) {
        if depth > MAX_DEPTH {
            self.words(&plain(content));
            return;
        }
        for inline in content {
            match inline {
                Inline::Text { text } => self.words(text),
                Inline::Strong { content } => self.wrapped("strong", content, depth),
                Inline::Emphasis { content } => self.wrapped("em", content, depth),
                Inline::Struck { content } => self.wrapped("s", content, depth),
                Inline::Code { text } => {
                    self.out.push_str("<code>");
                    self.words(text);
                    self.out.push_str("</code>");
                }
                Inline::Web { url, content } => {
                    let address = markup::web_address(url);
                    self.link(address, content, depth);
                }
                Inline::Go { anchor, content } => {
                    let id = self.shared.documents.get(anchor);
                    let address = id.map(|id| format!("#{id}"));
                    self.link(address, content, depth);
                }
                Inline::Page { anchor, words } => self.page_number(anchor, words),
                Inline::Note { label } | Inline::NoteAgain { label } => self.note_reference(label),
                Inline::Lang { lang, content } => {
                    let lang = self.shared.lang_attribute(Some(lang));
                    if lang.is_empty() {
                        self.inlines_at(content, depth + 1);
                    } else {
                        let _ = write!(self.out, "<span{lang}>");
                        self.inlines_at(content, depth + 1);
                        self.out.push_str("</span>");
                    }
                }
                Inline::Keep { content } => self.inlines_at(content, depth + 1),
                Inline::Image(figure) => {
                    self.image(figure);
                }
                Inline::Break => self.out.push_str("<br>\n"),
                Inline::PageMark { label, .. } => {
                    // It is between two words, in place of their space.
                    if !self.out.ends_with(['>', ' ', '\n']) {
                        self.out.push(' ');
                    }
                    self.page_mark(label, "span");
                }
            }
        }
    }

    fn wrapped(&mut self, tag: &str, content: &'p [Inline], depth: usize) {
        let _ = write!(self.out, "<{tag}>");
        self.inlines_at(content, depth + 1);
        let _ = write!(self.out, "</{tag}>");
    }

    fn link(&mut self, address: Option<String>, content: &'p [Inline], depth: usize) {
        let Some(address) = address.filter(|_| !self.in_link && !blank(content)) else {
            self.inlines_at(content, depth + 1);
            return;
        };
        self.out.push_str("<a");
        markup::pair(&mut self.out, "href", &address);
        self.out.push('>');
        self.in_link = true;
        // A telephone number is not broken over lines.
        self.telephone = address.starts_with("tel:");
        self.inlines_at(content, depth + 1);
        self.telephone = false;
        self.in_link = false;
        self.out.push_str("</a>");
    }

    /// A page number; nothing if the pack has no page numbers yet.
    fn page_number(&mut self, anchor: &str, words: &str) {
        let places = self.shared.numbers.places();
        if places.contains_key(anchor) {
            markup::text(&mut self.out, &filled(anchor, words, places));
        }
    }

    /// Words: a telephone number is not broken over lines, a heading in capitals is set in sentence case,
    /// and long words in a cell get places where a line may break.
    pub(super) fn words(&mut self, words: &str) {
        if let (Some(opens), Some(spellings)) = (&mut self.calm, &self.spellings) {
            let calm = spellings.sentence_case(words, opens);
            markup::text(&mut self.out, &calm);
        } else if self.telephone {
            markup::text(&mut self.out, &unbroken(words));
        } else if self.in_link && is_address(words) {
            self.address(words);
        } else if self.in_cell {
            self.breakable(words);
        } else {
            markup::text(&mut self.out, words);
        }
    }

    /// An address: where it is too long for its line, it is broken after a sign and not within a word.
    fn address(&mut self, words: &str) {
        for piece in words.split_inclusive(['@', '/', '.', '-', '_', '?', '&', '=']) {
            markup::text(&mut self.out, piece);
            self.out.push_str("<wbr>");
        }
        self.out.truncate(self.out.len() - "<wbr>".len());
    }

    fn breakable(&mut self, words: &str) {
        let mut run = 0;
        let mut from = 0;
        for (at, character) in words.char_indices() {
            if character.is_whitespace() {
                run = 0;
                continue;
            }
            if run == LONG_WORD {
                markup::text(&mut self.out, &words[from..at]);
                self.out.push_str("<wbr>");
                from = at;
                run = 0;
            }
            run += 1;
        }
        markup::text(&mut self.out, &words[from..]);
    }

    fn note_reference(&mut self, label: &str) {
        let Some(&number) = self.note_numbers.get(label) else {
            return;
        };
        if self.in_link {
            let _ = write!(self.out, "<sup>{number}</sup>");
            return;
        }
        let Some((_, id)) = self.notes.get(number - 1) else {
            return;
        };
        let Some(count) = self.note_references.get_mut(number - 1) else {
            return;
        };
        *count += 1;
        let reference = reference_id(id, *count);
        let label = format!("{} {number}", self.shared.words.footnote());
        self.out.push_str("<sup class=\"note-ref\"><a");
        markup::pair(&mut self.out, "id", &reference);
        markup::pair(&mut self.out, "href", &format!("#{id}"));
        self.out.push_str(" role=\"doc-noteref\"");
        markup::pair(&mut self.out, "aria-label", &label);
        let _ = write!(self.out, ">{number}</a></sup>");
    }

    /// The document's footnotes under a heading of their own.
    pub(super) fn endnotes(&mut self, level: u8) {
        if self.notes.is_empty() {
            return;
        }
        let level = level.saturating_add(1).min(6);
        let heading = self.shared.ids.claim(&format!("{}-footnotes", self.prefix));
        self.out.push_str("<div class=\"footnotes\">\n");
        let _ = writeln!(
            self.out,
            "<h{level} id=\"{heading}\">{}</h{level}>\n<ol>",
            markup::escaped(self.shared.words.footnotes())
        );
        for index in 0..self.notes.len() {
            let Some((note, id)) = self.notes.get(index).cloned() else {
                continue;
            };
            self.out.push_str("<li");
            markup::pair(&mut self.out, "id", &id);
            self.out.push('>');
            self.bare(&note.blocks, false);
            let count = self.note_references.get(index).copied().unwrap_or(0);
            for reference in 1..=count {
                let words = match count {
                    1 => format!("{}, {}", self.shared.words.back_to_text(), index + 1),
                    _ => format!(
                        "{}, {}.{reference}",
                        self.shared.words.back_to_text(),
                        index + 1
                    ),
                };
                self.out
                    .push_str(" <a class=\"note-back\" role=\"doc-backlink\"");
                markup::pair(
                    &mut self.out,
                    "href",
                    &format!("#{}", reference_id(&id, reference)),
                );
                markup::pair(&mut self.out, "aria-label", &words);
                self.out.push_str(">↑</a>");
            }
            self.out.push_str("</li>\n");
        }
        self.out.push_str("</ol>\n</div>\n");
    }
}

fn reference_id(note: &str, reference: usize) -> String {
    match reference {
        1 => format!("{note}-ref"),
        _ => format!("{note}-ref-{reference}"),
    }
}

/// Whether words are an address of e-mail or on the web.
fn is_address(words: &str) -> bool {
    !words.is_empty()
        && !words.contains(char::is_whitespace)
        && (words.contains('@') || words.starts_with("www.") || words.contains("://"))
}

/// A telephone number or a time as one unbroken word.
pub(super) fn unbroken(words: &str) -> String {
    words
        .chars()
        .map(|character| match character {
            ' ' => '\u{a0}',
            '-' => '\u{2011}',
            _ => character,
        })
        .collect()
}
