//! Headings and the numbers before them, with the ids by which links reach both.

use std::fmt::Write as _;

use super::blocks::{Section, Setter, blank};
use super::ids::{anchor_number, slug};
use super::markup;
use crate::compose::part::{Inline, Tone, plain};
use crate::prose::capitals::in_capitals;

impl<'p> Setter<'p, '_, '_> {
    pub(super) fn heading(
        &mut self,
        level: u8,
        anchor: Option<&str>,
        content: &'p [Inline],
        number: Option<&'p str>,
        lang: &str,
    ) {
        let words = plain(content);
        if words.trim().is_empty() && number.is_none() {
            // An empty heading tells nobody anything; an image in it still does.
            if !blank(content) {
                self.paragraph(content, None, Tone::Body, lang);
            }
            return;
        }
        let calm = in_capitals(&words) && self.spellings.is_some();
        let words = if calm {
            self.sentence_case(&words)
        } else {
            words
        };
        self.calm = calm.then_some(true);
        self.last_heading = markup::clean(words.trim());
        if self.nested > 0 {
            let _ = write!(self.out, "<p class=\"run-in\"{lang}><strong>");
            self.number(number);
            self.inlines(content);
            self.calm = None;
            self.out.push_str("</strong></p>\n");
            return;
        }
        let on_page = self.ladder.step(level.saturating_sub(1).max(1));
        let given = anchor.and_then(|anchor| self.shared.documents.get(anchor).cloned());
        let id = given.unwrap_or_else(|| {
            let name = number.map_or_else(|| slug(&words), anchor_number);
            self.shared.ids.claim(&format!("{}-{name}", self.prefix))
        });
        if level <= 2 {
            let title = match number {
                Some(number) => format!("{} {}", number, self.last_heading),
                None => self.last_heading.clone(),
            };
            let id = id.clone();
            self.sections.push(Section { title, id });
        }
        let _ = write!(self.out, "<h{on_page}{lang}");
        markup::pair(&mut self.out, "id", &id);
        self.out.push('>');
        self.number(number);
        self.inlines(content);
        self.calm = None;
        let _ = writeln!(self.out, "</h{on_page}>");
    }

    /// A heading in large print: one in capitals is set in sentence case.
    fn sentence_case(&self, words: &str) -> String {
        match &self.spellings {
            Some(spellings) if in_capitals(words) => spellings.sentence_case(words, &mut true),
            _ => words.to_owned(),
        }
    }

    pub(super) fn number(&mut self, number: Option<&str>) {
        if let Some(number) = number {
            self.out.push_str("<span class=\"number\">");
            markup::text(&mut self.out, number);
            self.out.push_str("</span> ");
        }
    }
}
