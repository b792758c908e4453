//! What all documents of one page share: its words, its ids, the printed pack's pages.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::ids::Ids;
use super::markup;
use super::numbers::Numbers;
use super::options::Options;
use crate::compose::part::Part;
use crate::compose::words::Words;

/// The composed parts by their keys.
pub(super) type Parts<'p> = BTreeMap<&'p str, &'p Part>;

/// The state of a page that is being made.
pub(super) struct Shared<'e> {
    /// The page's own words.
    pub(super) words: Words,
    /// Whether it is a notice of decisions.
    pub(super) is_notice: bool,
    /// The language of the pack.
    pub(super) lang: &'e str,
    /// The printed pack.
    pub(super) numbers: &'e Numbers,
    pub(super) options: &'e Options<'e>,
    /// The ids that are taken.
    pub(super) ids: Ids,
    /// The id of each item, part of the agenda, paper and appendix by its key, and of each place in
    /// them that its author named.
    pub(super) documents: BTreeMap<String, String>,
    /// How many tables there are so far.
    pub(super) tables: usize,
    /// The widths, in em, below which tables become records.
    pub(super) table_widths: BTreeSet<usize>,
    page_ids: Vec<String>,
    /// For each printed page, the ids of the numbers that lead to it and are not printed on any page.
    also_ids: Vec<Vec<String>>,
    /// How many printed pages have had their marks written: the first ones.
    placed: usize,
}

impl<'e> Shared<'e> {
    /// An empty page. The ids of printed pages are given out first, so that `#page-39` is never anything
    /// else.
    pub(super) fn new(
        words: Words,
        lang: &'e str,
        numbers: &'e Numbers,
        options: &'e Options<'e>,
    ) -> Self {
        let mut ids = Ids::default();
        let mut anchor = |label: &String| ids.claim(&page_anchor(label));
        let pages = numbers.all().iter();
        let page_ids: Vec<String> = pages.map(|page| anchor(&page.label)).collect();
        let pages = numbers.all().iter();
        let also_ids = pages
            .map(|page| page.also.iter().map(&mut anchor).collect())
            .collect();
        Self {
            words,
            is_notice: false,
            lang,
            numbers,
            options,
            ids,
            documents: BTreeMap::new(),
            tables: 0,
            table_widths: BTreeSet::new(),
            placed: 0,
            page_ids,
            also_ids,
        }
    }

    /// The id of the document or place with a key.
    pub(super) fn id(&self, key: &str) -> String {
        let given = self.documents.get(key);
        given.cloned().unwrap_or_else(|| key.to_owned())
    }

    /// The marks of printed page `index` and of earlier ones that have not been written yet.
    pub(super) fn page_break(&mut self, index: usize, element: &str) -> String {
        let mut out = String::new();
        let until = self.page_ids.len().min(index + 1);
        let from = self.placed.min(until);
        self.placed = self.placed.max(until);
        for at in from..until {
            if let (Some(id), Some(page)) = (self.page_ids.get(at), self.numbers.all().get(at)) {
                let label = self.words.page_label(&page.label);
                let _ = write!(
                    out,
                    "<{element} class=\"page-break\" role=\"doc-pagebreak\""
                );
                markup::pair(&mut out, "id", id);
                markup::pair(&mut out, "aria-label", &label);
                out.push_str("><span class=\"page-break-label\">");
                for id in self.also_ids.get(at).into_iter().flatten() {
                    out.push_str("<span");
                    markup::pair(&mut out, "id", id);
                    out.push_str("></span>");
                }
                markup::text(&mut out, &label);
                let _ = write!(out, "</span></{element}>");
                if element == "div" {
                    out.push('\n');
                }
            }
        }
        out
    }

    /// The marks of all pages that have not been written yet.
    pub(super) fn remaining_breaks(&mut self) -> String {
        match self.page_ids.len() {
            0 => String::new(),
            pages => self.page_break(pages - 1, "div"),
        }
    }

    /// The line that stays in view while a printed page is read: "Page 39 of 120", or "Page ii" where
    /// the page is not counted; "Pages 39 to 41" where a text stands for several at once. It repeats the
    /// mark, so it is hidden from assistive technology.
    pub(super) fn folio(&self, first: usize, last: usize) -> String {
        let Some(said) = self.folio_says(first, last) else {
            return String::new();
        };
        let mut out = String::from("<div class=\"folio\" aria-hidden=\"true\"");
        markup::pair(&mut out, "data-page", &said);
        out.push_str("></div>\n");
        out
    }

    /// The same for a page that begins inside a table, a list or a paragraph, where a line that sticks
    /// would leave the view together with its cell, item or paragraph.
    pub(super) fn folio_inside(&self, index: usize) -> String {
        let Some(said) = self.folio_says(index, index) else {
            return String::new();
        };
        let mut out = String::from("<span class=\"folio-inside\" aria-hidden=\"true\"><span");
        markup::pair(&mut out, "data-page", &said);
        out.push_str("></span></span>");
        out
    }

    fn folio_says(&self, first: usize, last: usize) -> Option<String> {
        let label = &self.numbers.all().get(last)?.label;
        if first < last {
            let first = &self.numbers.all().get(first)?.label;
            return Some(self.words.page_range(first, label));
        }
        Some(match self.numbers.total(label) {
            Some(total) => self.words.page_of(label, total),
            None => self.words.page_label(label),
        })
    }

    /// Label and id of every printed page.
    pub(super) fn page_list(&self) -> impl Iterator<Item = (&str, &str)> {
        self.numbers
            .all()
            .iter()
            .zip(&self.page_ids)
            .map(|(page, id)| (page.label.as_str(), id.as_str()))
    }

    /// ` lang="cy"` for a language other than the pack's, with ` dir="rtl"` if it is written from the right.
    pub(super) fn lang_attribute(&self, lang: Option<&str>) -> String {
        let mut out = String::new();
        if let Some(tag) = lang.and_then(language_tag)
            && !tag.eq_ignore_ascii_case(self.lang)
        {
            markup::pair(&mut out, "lang", &tag);
            if right_to_left(&tag) {
                out.push_str(" dir=\"rtl\"");
            }
        }
        out
    }
}

/// The id of the page with a number.
pub(super) fn page_anchor(label: &str) -> String {
    format!("page-{label}")
}

/// A language tag for HTML: the language and, if they are well formed, script and region. Real files say
/// `en_GB` and `EN-UK`.
pub(super) fn language_tag(written: &str) -> Option<String> {
    let mut parts = written.trim().split(['-', '_']);
    let primary = parts.next()?.to_ascii_lowercase();
    if !(2..=3).contains(&primary.len()) || !primary.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return None;
    }
    let mut tag = primary;
    for part in parts {
        let alphabetic = part.bytes().all(|byte| byte.is_ascii_alphabetic());
        match part.len() {
            4 if alphabetic => {
                let _ = write!(
                    tag,
                    "-{}{}",
                    part[..1].to_uppercase(),
                    part[1..].to_lowercase()
                );
            }
            2 if part.eq_ignore_ascii_case("uk") => tag.push_str("-GB"),
            2 if alphabetic => {
                let _ = write!(tag, "-{}", part.to_uppercase());
            }
            _ => break,
        }
    }
    Some(tag)
}

fn right_to_left(tag: &str) -> bool {
    let primary = tag.split('-').next().unwrap_or(tag);
    tag.contains("-Arab")
        || matches!(
            primary,
            "ar" | "fa" | "he" | "ps" | "sd" | "ug" | "ur" | "yi"
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn language_tags_are_mended() {
        let mended = |tag| language_tag(tag);
        assert_eq!(mended("EN_gb").as_deref(), Some("en-GB"));
        assert_eq!(mended("en-UK").as_deref(), Some("en-GB"));
        assert_eq!(mended("pa-arab-PK").as_deref(), Some("pa-Arab-PK"));
        assert_eq!(mended("x-none"), None);
        assert_eq!(mended("\"><script>"), None);
    }
}
