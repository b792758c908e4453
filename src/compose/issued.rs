//! A pack and its supplements as one: what each issue brought, and a leaf where a page was published
//! that has been replaced or withdrawn since.
//!
//! The numbers are those of the published record. A leaf has the first of the page numbers that it
//! replaces, like the leaf in place of a withheld paper, so that a reader who turns to page 61 finds
//! where to go.

use super::carrier::has_sheet;
use super::part::Inline;
use super::words::Words;
use crate::model::{Appendix, Issued, Item, Meeting, PageRange, Record, Recorded};

/// A published document that no longer stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Gone<'a> {
    /// The key of the leaf in its place.
    pub key: String,
    /// What was published.
    pub recorded: &'a Recorded,
    /// The key of the document, or of the item, that the leaf comes before.
    pub before: String,
    /// The key of the document that replaced it.
    pub by: Option<String>,
}

/// The record of a meeting where the pack and its supplements are made as one.
pub fn consolidated(meeting: &Meeting) -> Option<&Record> {
    meeting.record.as_ref().filter(|_| meeting.consolidated)
}

/// The published documents of an item that no longer stand, in the order of issue.
pub fn gone<'a>(meeting: &'a Meeting, item: &Item) -> Vec<Gone<'a>> {
    let Some(record) = consolidated(meeting) else {
        return Vec::new();
    };
    let mut gone = Vec::new();
    for (index, issued) in record.issues().enumerate() {
        for recorded in &issued.documents {
            if !is_of(&recorded.key, item) {
                continue;
            }
            let is_there = stands(meeting, item, &recorded.key);
            if is_there && record.latest(&recorded.key) == Some(recorded) {
                continue;
            }
            let by = is_there
                .then(|| recorded.key.clone())
                .or_else(|| superseding(item, recorded));
            gone.push(Gone {
                key: format!("{}-issue-{}", recorded.key, index + 1),
                recorded,
                before: by.clone().unwrap_or_else(|| item.key.clone()),
                by,
            });
        }
    }
    gone
}

/// Whether a key is that of an item, or of something in it.
pub fn is_of(key: &str, item: &Item) -> bool {
    key.strip_prefix(&item.key)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
}

/// Whether the document with a key is still in this edition. An item that the public does not get was
/// published as a leaf under the item's own key, which its papers stand for.
fn stands(meeting: &Meeting, item: &Item, key: &str) -> bool {
    if key == item.key {
        let is_kept = !item.access.is_public() && item.withdrawn.is_none();
        return is_kept || item.withheld.is_some() || has_sheet(meeting, item);
    }
    let papers = item.papers.iter().map(|paper| &paper.key);
    let appendices = item.all_appendices().map(|appendix| &appendix.key);
    papers.chain(appendices).any(|known| known == key)
}

/// The document of an item that says it replaces a recorded one. A leaf for papers to follow is
/// replaced by the item's first paper.
fn superseding(item: &Item, recorded: &Recorded) -> Option<String> {
    let first = || item.papers.first().map(|paper| paper.key.clone());
    let Some((source, _)) = &recorded.source else {
        return first().filter(|_| recorded.key == item.key);
    };
    let is_named =
        |file: &Option<String>| file.as_deref().is_some_and(|file| source.is_called(file));
    let mut appendices = item.all_appendices();
    appendices
        .find(|appendix| is_named(&appendix.supersedes))
        .map(|appendix| appendix.key.clone())
        .or_else(|| first().filter(|_| is_named(&item.supersedes)))
}

/// What a line of the agenda says of documents that came after the agenda was published.
pub(super) fn news(meeting: &Meeting, words: Words, item: &Item) -> Vec<Vec<Inline>> {
    let Some(record) = consolidated(meeting) else {
        return Vec::new();
    };
    let gone = gone(meeting, item);
    let mut lines = Vec::new();
    for (index, issued) in record.supplements.iter().enumerate() {
        for recorded in &issued.documents {
            let key = &recorded.key;
            let is_news = is_of(key, item)
                && stands(meeting, item, key)
                && record.latest(key) == Some(recorded);
            if !is_news {
                continue;
            }
            let title = if key == &item.key {
                sentence(words.item())
            } else {
                document_title(item, key, words)
            };
            let mut line = vec![
                Inline::text(format!("{}: {title}, ", since(words, record, index + 1))),
                Inline::Go {
                    anchor: key.clone(),
                    content: vec![Inline::text(page_range(words, recorded.pages))],
                },
            ];
            let replaced = gone.iter().filter(|gone| gone.by.as_ref() == Some(key));
            let replaced: Vec<String> = replaced
                .map(|gone| page_range(words, gone.recorded.pages))
                .collect();
            if !replaced.is_empty() {
                let replaced = words.in_place_of().replace("{pages}", &replaced.join(", "));
                line.push(Inline::text(format!(" ({replaced})")));
            }
            lines.push(line);
        }
    }
    lines
}

/// The title under which a paper lists an appendix of its item; `None` where it does not list it. A
/// published paper lists the appendices that it was issued with, under the titles that they had then.
pub(super) fn listed(meeting: &Meeting, paper: &str, appendix: &Appendix) -> Option<String> {
    let now = || appendix.full_title();
    let Some(record) = consolidated(meeting) else {
        return Some(now());
    };
    let holds = |issued: &Issued, key: &str| {
        issued.document(key).is_some() || issued.withheld.contains_key(key)
    };
    let with = record.issues().filter(|issued| holds(issued, paper)).last();
    let Some(with) = with else {
        return Some(now());
    };
    if !holds(with, &appendix.key) {
        return None;
    }
    // What the public did not get has no title there.
    let then = with.document(&appendix.key);
    let then = then.filter(|then| then.source.is_some() && !then.title.is_empty());
    Some(then.map_or_else(now, |then| then.title.clone()))
}

/// "New since 4 September 2026 (supplement 1)".
fn since(words: Words, record: &Record, number: usize) -> String {
    words
        .new_since()
        .replace("{day}", &words.date_of(record.whole.published))
        .replace("{number}", &number.to_string())
}

/// The note beside a document that came with a supplement; `None` for one of the first pack.
pub fn mark(meeting: &Meeting, words: Words, key: &str) -> Option<String> {
    let record = consolidated(meeting)?;
    let mut issued = record.supplements.iter();
    let last = issued.rposition(|issued| issued.document(key).is_some())?;
    Some(since(words, record, last + 1))
}

/// Whether a key is that of a part that belongs to an issue and not to its items. Where issues are
/// made into one pack, it is made afresh.
pub fn is_around(key: &str) -> bool {
    matches!(key, "front-sheet" | "distribution" | "accessibility")
}

/// The published pages that are not in a pack of all issues, since they belonged to one issue and not
/// to its items.
pub fn around(meeting: &Meeting) -> Vec<PageRange> {
    let issues = consolidated(meeting).into_iter().flat_map(Record::issues);
    let documents = issues.flat_map(|issued| &issued.documents);
    let around = documents.filter(|document| is_around(&document.key));
    PageRange::joined(around.map(|document| document.pages).collect())
}

/// The note on how the pages of a pack of all issues are numbered.
pub fn numbers_kept(meeting: &Meeting, words: Words) -> Option<String> {
    let record = consolidated(meeting)?;
    let issues = record.issues().enumerate().map(|(index, issued)| {
        let name = match index {
            0 => words.agenda().to_owned(),
            number => format!("{} {number}", words.a_supplement()),
        };
        let pages = std::iter::once(issued.pages()).chain(issued.lettered());
        let pages = page_ranges(words, pages.collect());
        format!("{}, {pages}", name.to_lowercase())
    });
    let issues: Vec<String> = issues.collect();
    let mut text = words.numbers_kept().replace("{issues}", &issues.join("; "));
    let around = around(meeting);
    if !around.is_empty() {
        let around = page_ranges(words, around);
        text.push(' ');
        text.push_str(&words.not_repeated().replace("{pages}", &around));
    }
    Some(text)
}

/// A text with a capital at its start.
pub(super) fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}

/// What a paper or an appendix of an item is called, as far as this edition tells.
pub fn document_title(item: &Item, key: &str, words: Words) -> String {
    let papers = item.papers.iter().filter(|paper| paper.key == key);
    let appendices = item.all_appendices().filter(|appendix| appendix.key == key);
    papers
        .map(|paper| paper.title.clone())
        .chain(appendices.map(Appendix::full_title))
        .find(|title| !title.is_empty())
        .unwrap_or_else(|| words.a_paper().to_owned())
}

pub(super) fn page_range(words: Words, pages: PageRange) -> String {
    let (first, last) = (pages.first(), pages.last());
    if first == last {
        words.one_page().replace("{page}", &first.to_string())
    } else {
        words
            .several_pages()
            .replace("{first}", &first.to_string())
            .replace("{last}", &last.to_string())
    }
}

/// "pages 5 to 9, page 12": those that touch are one.
pub(super) fn page_ranges(words: Words, ranges: Vec<PageRange>) -> String {
    let ranges = PageRange::joined(ranges).into_iter();
    let ranges: Vec<String> = ranges.map(|pages| page_range(words, pages)).collect();
    ranges.join(", ")
}
