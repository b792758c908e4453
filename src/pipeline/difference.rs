//! What has changed of a meeting since it was published, as everybody may know it: items, papers, and
//! the words of papers, one by one.
//!
//! The words are kept beside the record, in `published.txt`, as the public's edition had them. They
//! are compared with those of the public's edition now, so that nothing exempt is on either side.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::session::{Session, SessionError};
use crate::compose;
use crate::compose::part::{Part, plain_blocks};
use crate::edition::{Edition, WithheldPages};
use crate::model::{
    Audience, Content, Document, Item, Meeting, PaperBody, PdfDocument, Record, Recorded,
};
use crate::prose::compare::{between, runs};

/// What the file of words opens with.
const HEAD: &str = "\
What was published, in its own words. `pack publish` wrote it: keep it with the agenda. `pack diff`
shows what has changed since.
";
/// What stands before the key of a document.
const MARK: &str = "== ";

/// What each document says, by its key: a line for each paragraph, or for each page of a PDF.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Said(BTreeMap<String, Vec<String>>);

impl Said {
    /// What the documents of a meeting say to everybody.
    pub fn of(meeting: &Meeting) -> Self {
        let edition = Edition::of(meeting, Audience::Public, &WithheldPages::new());
        let parts = compose::compose(&edition).into_iter();
        let mut said: BTreeMap<String, Vec<String>> = parts
            .filter(|part| !compose::issued::is_around(&part.key))
            .map(|part| (part.key.clone(), paragraphs(&part)))
            .collect();
        for standing in edition.meeting().documents() {
            let (key, pdf) = match standing.document {
                Document::Paper(paper) => match &paper.body {
                    PaperBody::Pdf(pdf) => (&paper.key, pdf),
                    _ => continue,
                },
                Document::Appendix(appendix) => match &appendix.content {
                    Content::Pdf(pdf) => (&appendix.key, pdf),
                    _ => continue,
                },
                Document::Item(_) => continue,
            };
            said.insert(key.clone(), pages(pdf));
        }
        Self(said)
    }

    /// The words as they were written down.
    pub fn read(text: &str) -> Self {
        let mut said: BTreeMap<String, Vec<String>> = BTreeMap::new();
        let mut key = None;
        for line in text.lines() {
            if let Some(next) = line.strip_prefix(MARK) {
                key = Some(next.to_owned());
                said.entry(next.to_owned()).or_default();
            } else if let Some(key) = &key
                && !line.is_empty()
            {
                let lines = said.entry(key.clone()).or_default();
                lines.push(line.trim_start().to_owned());
            }
        }
        Self(said)
    }

    /// The words as they are written down.
    pub fn written(&self) -> String {
        let mut text = HEAD.to_owned();
        for (key, lines) in &self.0 {
            let _ = writeln!(text, "\n{MARK}{key}");
            for line in lines {
                let guard = if line.starts_with('=') { " " } else { "" };
                let _ = writeln!(text, "{guard}{line}");
            }
        }
        text
    }

    /// The same with what was issued later.
    #[must_use]
    pub fn with(mut self, later: Self) -> Self {
        self.0.extend(later.0);
        self
    }
}

/// The paragraphs of a part. An empty one says nothing.
fn paragraphs(part: &Part) -> Vec<String> {
    let text = plain_blocks(&part.blocks);
    let lines = text.lines().map(flat);
    lines.filter(|line| !line.is_empty()).collect()
}

/// The words of each page of a PDF.
fn pages(pdf: &PdfDocument) -> Vec<String> {
    let words = |page: &crate::model::ShownPage| {
        let lines: Vec<&str> = page.lines.iter().map(|line| line.text.as_str()).collect();
        flat(&lines.join(" "))
    };
    pdf.shown.iter().map(|page| words(page)).collect()
}

fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What has changed of a published pack, as lines of text; nothing where nothing has. `before` are
/// the words as they were published, where they are known.
///
/// # Errors
/// Where the pack could not be read, or has not been published.
pub fn difference(pack: &Session, before: Option<&Said>) -> Result<Option<String>, SessionError> {
    let meeting = pack.loaded.meeting.as_ref().ok_or(SessionError::NotRead)?;
    let record = meeting.record.as_ref();
    let record = record.ok_or_else(|| SessionError::NotPublished(pack.name.clone()))?;
    let edition = Edition::of(meeting, Audience::Public, &WithheldPages::new());
    let now = before.map(|_| Said::of(meeting));
    let mut text = String::new();
    for item in edition.meeting().items() {
        let told = of_item(pack, record, item, before.zip(now.as_ref()));
        if !told.is_empty() {
            let title = item.title.trim();
            let title = if title.is_empty() {
                "Not for publication"
            } else {
                title
            };
            let _ = writeln!(text, "Item {} {title}\n{told}", item.number.value);
        }
    }
    for gone in record.issues().flat_map(|issued| &issued.items) {
        if !meeting.items().any(|item| item.number.value == *gone) {
            let _ = writeln!(text, "Item {gone} is not on the agenda any more");
        }
    }
    if hidden_changes(pack, meeting, record) {
        text.push_str("Papers that are not public have changed, too\n");
    }
    Ok((!text.is_empty()).then_some(text))
}

/// Whether anything has changed that the public does not get.
fn hidden_changes(pack: &Session, meeting: &Meeting, record: &Record) -> bool {
    meeting.documents().iter().any(|standing| {
        let (key, source) = match standing.document {
            Document::Paper(paper) => (&paper.key, &paper.source),
            Document::Appendix(appendix) => (&appendix.key, &appendix.source),
            Document::Item(_) => return false,
        };
        let now = source.as_ref().and_then(|source| pack.hash(source));
        !standing.access.admits(Audience::Public) && now.as_deref() != record.latest_hash(key)
    })
}

/// What has changed of an item, a line each.
fn of_item(pack: &Session, record: &Record, item: &Item, words: Option<(&Said, &Said)>) -> String {
    let mut text = String::new();
    if !record.has_item(&item.number) {
        text.push_str("  new\n");
    }
    if let Some(reason) = item
        .withdrawn
        .as_ref()
        .filter(|_| !record.has_withdrawn(&item.key))
    {
        let _ = writeln!(text, "  withdrawn: {}", reason.trim());
    }
    let papers = item
        .papers
        .iter()
        .map(|paper| (&paper.key, paper.title.clone(), &paper.source, None));
    let appendices = item.all_appendices().map(|appendix| {
        let title = appendix.full_title();
        (
            &appendix.key,
            title,
            &appendix.source,
            appendix.withdrawn.as_ref(),
        )
    });
    for (key, title, source, withdrawn) in papers.chain(appendices) {
        let published = record.latest(key);
        let at = published.map(on_pages).unwrap_or_default();
        if let Some(reason) = withdrawn {
            if !record.has_withdrawn(key) {
                let _ = writeln!(text, "  {title}{at}: withdrawn: {}", reason.trim());
            }
            continue;
        }
        let Some(source) = source else { continue };
        let hash = pack.hash(source);
        match record.latest_hash(key) {
            None => {
                let _ = writeln!(text, "  {title}: new");
            }
            Some(known) if hash.as_deref() != Some(known) => {
                let _ = writeln!(text, "  {title}{at}: changed");
                if let Some((before, now)) = words {
                    let nothing = Vec::new();
                    let before = before.0.get(key).unwrap_or(&nothing);
                    text.push_str(&of_words(before, now.0.get(key).unwrap_or(&nothing)));
                }
            }
            Some(_) => {}
        }
    }
    for gone in record.issues().flat_map(|issued| &issued.documents) {
        let is_own = gone.key.strip_prefix(&item.key);
        let is_own = is_own.is_some_and(|rest| rest.starts_with('-'));
        let is_here = item.papers.iter().any(|paper| paper.key == gone.key)
            || item
                .all_appendices()
                .any(|appendix| appendix.key == gone.key);
        let is_told = item.withheld.is_some() || item.withdrawn.is_some();
        if is_own && !is_here && !is_told && record.latest(&gone.key) == Some(gone) {
            let _ = writeln!(
                text,
                "  {}{}: not in the pack any more",
                gone.title,
                on_pages(gone)
            );
        }
    }
    text
}

/// " (pages 61 to 64)".
fn on_pages(recorded: &Recorded) -> String {
    match (recorded.first, recorded.last) {
        (first, last) if first == last => format!(" (page {first})"),
        (first, last) => format!(" (pages {first} to {last})"),
    }
}

/// What two versions of a document say differently, a line for each paragraph or page.
fn of_words(before: &[String], now: &[String]) -> String {
    let mut text = String::new();
    for run in runs(before, now) {
        let (old, new) = (&before[run.old], &now[run.new]);
        for index in 0..old.len().max(new.len()) {
            let line = match (old.get(index), new.get(index)) {
                (Some(old), Some(new)) => between(old, new),
                (Some(old), None) => format!("[-{old}-]"),
                (None, Some(new)) => format!("{{+{new}+}}"),
                (None, None) => continue,
            };
            let _ = writeln!(text, "    {line}");
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_down_is_read_back() {
        let lines = vec!["== not a key".to_owned(), "A paragraph.".to_owned()];
        let said = Said(BTreeMap::from([("item-4-report".to_owned(), lines)]));
        assert_eq!(Said::read(&said.written()), said);
    }

    #[test]
    fn a_paragraph_that_is_new_moves_no_other() {
        let lines = |words: &[&str]| {
            words
                .iter()
                .map(|&word| word.to_owned())
                .collect::<Vec<_>>()
        };
        let told = of_words(&lines(&["a", "b", "c"]), &lines(&["a", "x y", "b", "c"]));
        assert_eq!(told, "    {+x y+}\n");
    }
}
