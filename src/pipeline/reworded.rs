//! What the documents of a meeting say to everybody, and which of the published ones would say
//! something else though no file behind them has changed.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::compose::part::{Block, BlockKind, Part, Tone, plain_blocks};
use crate::compose::words::Words;
use crate::compose::{self, agenda, issued};
use crate::edition::{self, Edition, WithheldPages};
use crate::finding::Span;
use crate::model::{
    Audience, Content, Document, Meeting, PaperBody, PdfDocument, PublishedWords, Recorded,
    SourceName,
};
use crate::prose::compare::{between, runs};

/// What the documents of a meeting say to everybody.
pub fn words(meeting: &Meeting) -> PublishedWords {
    let edition = Edition::of(meeting, Audience::Public, &WithheldPages::new());
    let mut said = composed(&edition);
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
    PublishedWords(said)
}

/// What the parts of an edition's items say.
fn composed(edition: &Edition) -> BTreeMap<String, Vec<String>> {
    let parts = compose::compose(edition).into_iter();
    parts
        .filter(|part| !issued::is_around(&part.key))
        .map(|part| (part.key.clone(), paragraphs(&part)))
        .collect()
}

/// A page that would not say what was published on it, though no file behind it has changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reworded {
    /// The key of its document.
    pub key: String,
    /// Its title, and where it was published: "Rents (pages 5 to 9)".
    pub title: String,
    /// What it would say instead, a line for each paragraph.
    pub changes: String,
    /// Where the agenda gives the number of its item.
    pub place: Span,
    /// Whether only the state of its item has changed, such as the day on which papers are due.
    pub is_state: bool,
}

/// What to do about such pages.
pub(super) const REMEDY: &str = "Change the agenda back, and put what is new into a paper of its own, to be \
                                 issued in a supplement; `pack diff` shows the words";

/// The published pages that the agenda would change, though no file behind them has changed: a note, a
/// title, a day. `hash` gives the SHA-256 of a file as it is now.
pub(super) fn reworded(
    meeting: &Meeting,
    hash: &dyn Fn(&SourceName) -> Option<String>,
) -> Vec<Reworded> {
    let Some((record, before)) = meeting
        .record
        .as_ref()
        .and_then(|record| Some((record, record.words.as_ref()?)))
    else {
        return Vec::new();
    };
    let meeting = edition::consolidated(meeting, record);
    let edition = Edition::of(&meeting, Audience::Public, &WithheldPages::new());
    let now = composed(&edition);
    let words = Words::of(edition.meeting().lang());
    let mut reworded = Vec::new();
    for item in edition.meeting().items() {
        // The agenda says that it is withdrawn.
        if item.withdrawn.is_some() {
            continue;
        }
        let papers = item.papers.iter().map(|paper| (&paper.key, &paper.source));
        let appendices = item.all_appendices();
        let appendices = appendices.filter(|appendix| appendix.withdrawn.is_none());
        let appendices = appendices.map(|appendix| (&appendix.key, &appendix.source));
        let sheet = std::iter::once((&item.key, &None));
        for (key, source) in sheet.chain(papers).chain(appendices) {
            let known = record.latest_hash(key);
            let is_new_file = source
                .as_ref()
                .is_some_and(|source| known.is_none() || hash(source).as_deref() != known);
            if is_new_file {
                continue;
            }
            let published = record.latest(key);
            let nothing = Vec::new();
            let (said, says) = match (now.get(key), published) {
                (Some(says), Some(_)) => match before.0.get(key) {
                    Some(said) => (said.clone(), says.clone()),
                    None => continue,
                },
                // A supplement brings a new item, but not a new leaf for a published one.
                (Some(says), None) if record.has_item(&item.number) => (nothing, says.clone()),
                // A file travels as it is, below a heading with its title.
                (None, Some(published)) if source.is_some() => {
                    let title = issued::document_title(item, key, words);
                    (vec![published.title.clone()], vec![title])
                }
                _ => continue,
            };
            if said == says {
                continue;
            }
            let lasting = |lines: &[String]| -> Vec<String> {
                let lines = lines.iter().filter(|line| !agenda::is_state(words, line));
                lines.cloned().collect()
            };
            let title = published.map_or(item.title.as_str(), |published| &published.title);
            reworded.push(Reworded {
                key: key.clone(),
                title: format!("{title}{}", published.map(on_pages).unwrap_or_default()),
                changes: of_words(&said, &says),
                place: item.number.span,
                is_state: lasting(&said) == lasting(&says),
            });
        }
    }
    reworded
}

/// The paragraphs of a part, without empty ones.
fn paragraphs(part: &Part) -> Vec<String> {
    let text = plain_blocks(&without_eyebrows(part.blocks.clone()));
    let lines = text.lines().map(flat);
    lines.filter(|line| !line.is_empty()).collect()
}

/// Blocks without the lines above headings that say where a page belongs: they name the day of the
/// meeting, and a meeting may be moved.
fn without_eyebrows(mut blocks: Vec<Block>) -> Vec<Block> {
    blocks.retain(|block| match &block.kind {
        BlockKind::Paragraph { tone, .. } => *tone != Tone::Eyebrow,
        _ => true,
    });
    for block in &mut blocks {
        for inner in block.inner_mut() {
            *inner = without_eyebrows(std::mem::take(inner));
        }
    }
    blocks
}

/// The words of each page of a PDF.
fn pages(pdf: &PdfDocument) -> Vec<String> {
    let pages = pdf.shown.iter().map(|page| {
        let lines: Vec<&str> = page.lines.iter().map(|line| line.text.as_str()).collect();
        flat(&lines.join(" "))
    });
    pages.collect()
}

fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// " (pages 61 to 64)".
pub(super) fn on_pages(recorded: &Recorded) -> String {
    format!(" ({})", recorded.pages)
}

/// What two versions of a document say differently, a line for each paragraph or page.
pub(super) fn of_words(before: &[String], now: &[String]) -> String {
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
