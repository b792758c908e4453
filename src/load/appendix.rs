//! An appendix as it is listed, in a report's front matter or with an item of the agenda.

use super::access::{self, Outer};
use super::codes;
use super::council::language;
use super::named::{Boxes, Named, TextKind};
use super::reader::Reader;
use super::redaction;
use super::table::Table;
use crate::finding::{Finding, Span, Spanned};
use crate::model::{Acceptance, Access, Content, Lang, Origin, PageSelection, SourceName};

/// An appendix; if its file is an attachment, it has not been read yet.
#[derive(Debug)]
pub(super) struct AppendixSource {
    pub(super) title: Spanned<String>,
    pub(super) label: Option<String>,
    pub(super) file: Option<FileSource>,
    pub(super) absent: Option<String>,
    pub(super) pages: Option<Spanned<PageSelection>>,
    pub(super) alt: Option<String>,
    pub(super) alternative: Option<FileSource>,
    pub(super) supersedes: Option<String>,
    pub(super) keep_numbers: bool,
    pub(super) withdrawn: Option<String>,
    pub(super) origin: Option<Origin>,
    pub(super) summary: Option<String>,
    pub(super) access: Access,
    pub(super) lang: Option<Lang>,
    pub(super) accept_redaction: Option<Acceptance>,
    pub(super) accept_marking: Option<String>,
    pub(super) span: Span,
}

/// A file that is a separate document.
#[derive(Debug)]
pub(super) struct FileSource {
    pub(super) named: Named,
    /// The content of a text file; attachments are read later, all at once.
    pub(super) text: Option<Content>,
}

/// Who may see a paper within `outer`, as its table says, and the appendices that it lists. `folder` is
/// that of the file that has the table.
pub(super) fn of_paper(
    table: &Table<'_>,
    folder: &str,
    outer: &Access,
    reader: &Reader<'_>,
) -> (Access, Vec<AppendixSource>) {
    let listed = table.tables("appendix");
    let access = access::within(&Outer::of(outer), access::stated(table), table);
    let outer = Outer::of(&access);
    let appendices = listed
        .into_iter()
        .map(|entry| read(entry, folder, &outer, reader))
        .collect();
    (access, appendices)
}

/// Reads an entry of a list of appendices. `folder` is that of the file that lists it.
pub(super) fn read(
    table: Table<'_>,
    folder: &str,
    outer: &Outer<'_>,
    reader: &Reader<'_>,
) -> AppendixSource {
    let title = table.required_text("title");
    let written = table.spanned_text("file");
    let absent = table.text("absent");
    match (&written, &absent) {
        (None, None) if !table.has("file") && !table.misspelt("file") => table.note(
            Finding::error(
                codes::MISSING_KEY,
                table.span(),
                "This appendix names no file",
            )
            .help("Add file = \"…\", or say with absent = \"…\" why it is not in the pack"),
        ),
        (Some(_), Some(_)) => table.note(
            Finding::error(
                codes::KEYS_AT_ODDS,
                table.key_span("absent").unwrap_or(table.span()),
                "This appendix names a file and says that it is absent",
            )
            .help("Remove one of the two lines"),
        ),
        _ => {}
    }
    let pages = table.spanned_text("pages").and_then(|written| {
        let selection = selection(&written);
        if selection.is_none() {
            table.note(
                Finding::error(
                    codes::OUT_OF_RANGE,
                    written.span,
                    format!("“{}” does not say which pages", written.value),
                )
                .help("Write pages and ranges of pages with commas between: \"1-3,7\""),
            );
        }
        let (selection, twice) = selection?;
        if let Some(page) = twice {
            table.note(
                Finding::warning(
                    codes::PAGE_NAMED_TWICE,
                    written.span,
                    format!("“{}” names page {page} twice", written.value),
                )
                .help("Name it once: the pack has it only once, where it is named first"),
            );
        }
        Some(Spanned::new(selection, written.span))
    });
    let selected = pages
        .as_ref()
        .map(|pages| pages.value.clone())
        .unwrap_or_default();
    let header_rows = table.whole("header-rows");
    let alternative = alternative(&table);
    let written = written.filter(|_| absent.is_none());
    let mut source = AppendixSource {
        title: title.unwrap_or_else(|| Spanned::new(String::new(), table.span())),
        label: table.text("label"),
        absent,
        pages,
        alt: table.text("alt"),
        alternative: None,
        supersedes: table.text("supersedes"),
        keep_numbers: table.flag("keep-numbers").unwrap_or(false),
        withdrawn: table.reason("withdrawn"),
        origin: table.word("origin", &Origin::WORDS),
        summary: table.text("summary").filter(|summary| !summary.is_empty()),
        lang: table
            .spanned_text("lang")
            .and_then(|lang| language(&table, lang)),
        accept_redaction: super::redaction::acceptance(&table),
        accept_marking: table.reason("accept-marking"),
        access: access::within(outer, access::stated(&table), &table),
        span: table.span(),
        file: None,
    };
    let redact = redaction::read(&table);
    let found = |written: Spanned<String>, pages: &PageSelection, redact: Boxes| {
        let named = reader.wanted(folder, &written, pages, redact, &source.access)?;
        Some(file_source(named, header_rows, &source.access, reader))
    };
    let alternative =
        alternative.and_then(|written| alternative_file(&written, folder, &source.access, reader));
    let file = written
        .zip(redact)
        .and_then(|(written, redact)| found(written, &selected, redact));
    (source.alternative, source.file) = (alternative, file);
    table.finish();
    source
}

/// The name, as written, of the file that is read in place of one that cannot be reflowed.
pub(super) fn alternative(table: &Table<'_>) -> Option<Spanned<String>> {
    table.spanned_text("alternative").filter(|written| {
        let is_words = is_sentence(written);
        if is_words {
            table.note(words_for_file(written));
        }
        !is_words
    })
}

/// That file. `access` is that of what it is read in place of.
pub(super) fn alternative_file(
    written: &Spanned<String>,
    folder: &str,
    access: &Access,
    reader: &Reader<'_>,
) -> Option<FileSource> {
    let all = PageSelection::default();
    let named = reader.wanted(folder, written, &all, Vec::new(), access)?;
    Some(file_source(named, None, access, reader))
}

fn file_source(
    named: Named,
    header_rows: Option<u32>,
    access: &Access,
    reader: &Reader<'_>,
) -> FileSource {
    let text = match TextKind::of(&named.name) {
        None => None,
        Some(TextKind::Markdown) => Some(
            super::text::prose(&named.name, named.span, reader)
                .map_or(Content::Missing, |reading| Content::Prose(reading.prose)),
        ),
        Some(TextKind::Word) => Some(
            super::text::word(&named.name, named.span, access, reader)
                .map_or(Content::Missing, |read| Content::Prose(read.reading.prose)),
        ),
        Some(TextKind::Csv) => Some(
            super::csv::read(&named, header_rows.unwrap_or(1) as usize, reader)
                .map_or(Content::Missing, Content::Table),
        ),
        Some(TextKind::Sheet) => Some(
            super::sheet::read(&named, header_rows, access, reader)
                .map_or(Content::Missing, Content::Table),
        ),
    };
    FileSource { named, text }
}

/// Whether a text is words and not the name of a file.
fn is_sentence(written: &str) -> bool {
    written.split_whitespace().count() > 2
        && TextKind::of(&SourceName(written.to_owned())).is_none()
        && !written.contains('/')
}

/// The finding on words where a file should be named.
fn words_for_file(written: &Spanned<String>) -> Finding {
    Finding::error(
        codes::FILE_MISSING,
        written.span,
        "`alternative` should name a file, but this is a description",
    )
    .help(format!(
        "Write alt = \"{}\" to say what a picture shows; alternative = \"….md\" names a text that is read in place of the file",
        written.value
    ))
}

/// Pages and ranges of pages, "1-3,7", and the first page that is named twice.
fn selection(written: &str) -> Option<(PageSelection, Option<u32>)> {
    let ranges: Option<Vec<(u32, u32)>> = written
        .split(',')
        .map(|range| {
            let (first, last) = range.split_once(['-', '–']).unwrap_or((range, range));
            let (first, last) = (first.trim().parse().ok()?, last.trim().parse().ok()?);
            (first >= 1 && first <= last && last <= 100_000).then_some((first, last))
        })
        .collect();
    let ranges = ranges?;
    let twice = ranges
        .iter()
        .enumerate()
        .find_map(|(index, &(first, last))| {
            let before = &ranges[..index];
            (first..=last).find(|page| before.iter().any(|&(from, to)| (from..=to).contains(page)))
        });
    Some((PageSelection::of(&ranges), twice))
}

/// The label of the appendix at a position counted from 1, by a council's pattern.
pub(super) fn label(pattern: &str, position: usize) -> String {
    pattern
        .replace("{n}", &position.to_string())
        .replace("{a}", &letters(position))
}

/// A, B … Z, AA, AB ….
fn letters(mut position: usize) -> String {
    let mut letters = Vec::new();
    while position > 0 {
        position -= 1;
        letters.push(char::from(b'A' + (position % 26) as u8));
        position /= 26;
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_follow_the_pattern() {
        assert_eq!(label("Appendix {n}", 3), "Appendix 3");
        assert_eq!(label("Annex {a}", 2), "Annex B");
        assert_eq!(label("{a}", 28), "AB");
    }

    #[test]
    fn pages_are_ranges() {
        let ranges = |written| {
            let (selection, twice) = selection(written)?;
            assert_eq!(twice, None, "{written}");
            Some(selection.ranges().to_vec())
        };
        assert_eq!(ranges("1-3,7"), Some(vec![(1, 3), (7, 7)]));
        assert_eq!(ranges(" 2 – 4 "), Some(vec![(2, 4)]));
        for bad in ["", "0", "3-1", "a", "1-", "1,,2"] {
            assert_eq!(ranges(bad), None, "{bad}");
        }
        let taken = |written| selection(written).map(|(taken, twice)| (taken.indices(9), twice));
        assert_eq!(taken("1-3,2"), Some((vec![0, 1, 2], Some(2))));
        assert_eq!(taken("7,6,7"), Some((vec![6, 5], Some(7))));
    }
}
