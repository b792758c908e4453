//! The papers of an item: reads cover reports and minutes in Markdown or Word; PDFs are read later, with
//! the other attachments.

use super::appendix::{self, AppendixSource, FileSource};
use super::codes;
use super::disk::folder_of;
use super::keys;
use super::markdown::Reading;
use super::named::{Boxes, Named, TextKind};
use super::parts::{self, Parts};
use super::reader::Reader;
use super::redaction;
use super::syntax::Readable;
use super::table::Table;
use super::text::MarkdownFile;
use super::{minutes, report};
use crate::finding::{Finding, Span, Spanned};
use crate::model::{
    Acceptance, Access, AgendaPart, Body, Council, Item, ItemKind, Minutes, PageSelection, Report,
    SourceName,
};

/// What reading items needs to know.
pub(super) struct Surroundings<'s, 'r> {
    pub(super) reader: &'s Reader<'r>,
    pub(super) council: &'s Council,
    pub(super) body: &'s Body,
    pub(super) parts: &'s [AgendaPart],
    /// The folder of `pack.toml`.
    pub(super) folder: &'s str,
}

/// A paper of an item.
#[derive(Debug)]
pub(super) struct PaperSource {
    pub(super) named: Option<Named>,
    pub(super) draft: Draft,
    pub(super) accept_redaction: Option<Acceptance>,
    pub(super) accept_marking: Option<String>,
    pub(super) alternative: Option<FileSource>,
    pub(super) access: Access,
    pub(super) appendices: Vec<AppendixSource>,
    pub(super) span: Span,
}

/// What a paper is, before attachments are read.
#[derive(Debug)]
pub(super) enum Draft {
    Report(Box<Report>),
    Minutes(Box<Minutes>),
    /// An attachment, with its keys in `pack.toml`, if there are any.
    Attachment(Option<Beside>),
    Missing,
    /// A text that could not be read, so that it is not known who may see it.
    Unread,
}

/// What `[item.report]` or `[item.minutes]` says about a paper whose text is read later.
#[derive(Debug)]
pub(super) enum Beside {
    Report(Box<Report>),
    Minutes(Box<Minutes>),
}

/// The papers that an item names.
pub(super) fn papers(table: &Table<'_>) -> Vec<Spanned<String>> {
    let one = table.spanned_text("source");
    let many = table.spanned_texts("sources");
    if let (Some(one), Some(_)) = (&one, &many) {
        table.note(
            Finding::error(
                codes::KEYS_AT_ODDS,
                one.span,
                "This item has a `source` and `sources`",
            )
            .help("Put all its papers into `sources`"),
        );
    }
    one.into_iter().chain(many.unwrap_or_default()).collect()
}

/// The boxes to take out of the item's paper; `None` if that is not clear.
pub(super) fn redactions(table: &Table<'_>, papers: &[Spanned<String>]) -> Option<Boxes> {
    let boxes = redaction::read(table)?;
    match (boxes.first(), papers) {
        (None, _) | (_, [_]) => Some(boxes),
        (Some(first), _) => {
            table.note(
                Finding::error(
                    codes::KEYS_AT_ODDS,
                    first.span,
                    "It is not clear which file this box is in",
                )
                .help("Give the item one `source`, and list its other papers as appendices"),
            );
            None
        }
    }
}

/// What is read in place of the item's paper, which is a PDF.
pub(super) fn alternative(
    table: &Table<'_>,
    papers: &[Spanned<String>],
    access: &Access,
    around: &Surroundings<'_, '_>,
) -> Option<FileSource> {
    let written = appendix::alternative(table)?;
    let at_odds = match papers {
        [] => Some((
            "This item has no paper for which this could be the alternative",
            "Add source = \"….pdf\", or remove this line",
        )),
        [paper] if TextKind::of(&SourceName(paper.value.clone())).is_some() => Some((
            "An alternative is for a PDF; this paper can be read in large print and on the web page as it is",
            "Remove this line",
        )),
        [_] => None,
        _ => Some((
            "It is not clear for which paper this is the alternative",
            "Give the item one `source`, and list its other papers as appendices",
        )),
    };
    if let Some((message, help)) = at_odds {
        table.note(Finding::error(codes::KEYS_AT_ODDS, written.span, message).help(help));
        return None;
    }
    appendix::alternative_file(&written, around.folder, access, around.reader)
}

/// Reads a paper that an item names.
pub(super) fn paper(
    written: &Spanned<String>,
    redact: Option<Boxes>,
    item: &Item,
    table: &Table<'_>,
    around: &Surroundings<'_, '_>,
) -> PaperSource {
    let reader = around.reader;
    let all = PageSelection::default();
    let mut paper = PaperSource {
        named: redact
            .and_then(|redact| reader.wanted(around.folder, written, &all, redact, &item.access)),
        draft: Draft::Missing,
        accept_redaction: None,
        accept_marking: None,
        alternative: None,
        access: item.access.clone(),
        appendices: Vec::new(),
        span: written.span,
    };
    let Some(named) = paper.named.clone() else {
        if TextKind::of(&SourceName(written.value.clone())) == Some(TextKind::Markdown) {
            paper.draft = Draft::Unread;
        }
        return paper;
    };
    match TextKind::of(&named.name) {
        Some(TextKind::Markdown) => markdown_paper(&mut paper, &named, item, around),
        Some(TextKind::Word) => word_paper(&mut paper, &named, item, table, around),
        Some(TextKind::Csv | TextKind::Sheet) => reader.notes.add(
            Finding::error(
                codes::UNKNOWN_FILE_KIND,
                named.span,
                "A table alone is not a report",
            )
            .help("List it as an appendix, with [[item.appendix]]"),
        ),
        None => attached_paper(&mut paper, &named, item, table, around),
    }
    paper
}

/// The key of an item with what a paper in Word or PDF does not say itself.
fn beside_key(kind: &ItemKind) -> &'static str {
    match kind {
        ItemKind::Minutes => "minutes",
        _ => "report",
    }
}

/// Reports an `[item.report]` or `[item.minutes]` that is not read, because no paper is in Word or PDF.
pub(super) fn only_beside_others(table: &Table<'_>, kind: &ItemKind, papers: &[Spanned<String>]) {
    let takes = |paper: &Spanned<String>| {
        let kind = TextKind::of(&SourceName(paper.value.clone()));
        matches!(kind, None | Some(TextKind::Word))
    };
    let read = papers.iter().any(takes).then(|| beside_key(kind));
    for key in ["report", "minutes"] {
        if table.is_text(key) {
            let paper = table.text(key).unwrap_or_default();
            table.note(
                Finding::error(
                    codes::KEYS_AT_ODDS,
                    table.key_span(key).unwrap_or(table.span()),
                    format!("`{key}` does not name the paper of an item"),
                )
                .label("did you mean `source`?")
                .help(format!("Write source = \"{paper}\"")),
            );
        } else if let Some(place) = table.key_span(key).filter(|_| read != Some(key)) {
            table.note(
                Finding::error(
                    codes::KEYS_AT_ODDS,
                    place,
                    format!("[item.{key}] is for {key} in Word or PDF, and this item has none"),
                )
                .help("Put these lines into the front matter of the paper, or remove them"),
            );
        }
    }
}

/// An attachment as a paper; `[item.report]` or `[item.minutes]` adds what it does not say itself.
fn attached_paper(
    paper: &mut PaperSource,
    named: &Named,
    item: &Item,
    table: &Table<'_>,
    around: &Surroundings<'_, '_>,
) {
    let beside = table.table(beside_key(&item.kind)).map(|table| {
        let (folder, reader) = (around.folder, around.reader);
        if item.kind == ItemKind::Minutes {
            let table = table.read_as(&keys::MINUTES);
            let read = minutes::stated(table, folder, around.body, &item.access, reader);
            let stated = Beside::Minutes(Box::new(read.paper));
            (stated, read.access, read.appendices)
        } else {
            let table = report_keys(table, around);
            let layout = &around.council.report;
            let read = report::stated(table, folder, layout, &item.access, reader);
            let stated = Beside::Report(Box::new(read.paper));
            (stated, read.access, read.appendices)
        }
    });
    let beside = beside.map(|(stated, access, appendices)| {
        if !access.is_public() {
            around.reader.withhold(&named.name);
        }
        (paper.access, paper.appendices) = (access, appendices);
        stated
    });
    paper.draft = Draft::Attachment(beside);
}

/// A table read as the keys of a report.
fn report_keys<'t>(table: Table<'t>, around: &Surroundings<'_, '_>) -> Table<'t> {
    let header = around.council.report.header.iter();
    let header = header.map(|field| field.key.as_str());
    table.read_as(&keys::REPORT).with_keys(header)
}

/// A paper in Word; `[item.report]` or `[item.minutes]` adds what it does not say itself.
fn word_paper(
    paper: &mut PaperSource,
    named: &Named,
    item: &Item,
    beside: &Table<'_>,
    around: &Surroundings<'_, '_>,
) {
    let reader = around.reader;
    let is_minutes = item.kind == ItemKind::Minutes;
    let beside = beside.table(beside_key(&item.kind));
    // The table may say that the paper is withheld.
    let kept = match &beside {
        Some(table) if table.holds("access") => Access::Confidential { span: None },
        _ => item.access.clone(),
    };
    let Some(mut read) = super::text::word(&named.name, named.span, &kept, reader) else {
        if beside.is_some() {
            // The table may withhold the paper, even though it could not be read.
            paper.draft = Draft::Unread;
            paper.access = Access::Confidential { span: None };
        }
        return;
    };
    let said = if is_minutes {
        Parts::default()
    } else {
        let blocks = &mut read.reading.prose.blocks;
        parts::take(blocks, read.title, &read.tagged, &around.council.report)
    };
    let text = PaperText {
        body: read.reading,
        said,
        folder: around.folder,
    };
    if let Some(table) = beside {
        put_paper(paper, table, text, item, around);
    } else {
        let readable = Readable::new("", 0..0, read.file, reader.notes);
        let document = readable.document();
        let table = Table::of(&document, &keys::REPORT, "this paper", reader.notes);
        put_paper(paper, table, text, item, around);
    }
    if let Draft::Report(report) = &paper.draft {
        let mut files = reader.files.borrow_mut();
        files.number_paragraphs(read.file, report.numbers());
    }
}

fn markdown_paper(
    paper: &mut PaperSource,
    named: &Named,
    item: &Item,
    around: &Surroundings<'_, '_>,
) {
    let reader = around.reader;
    let Some(file) = MarkdownFile::open(&named.name, named.span, reader) else {
        // Its front matter could not be read, so it is not known who may see the rest.
        paper.draft = Draft::Unread;
        paper.access = Access::Confidential { span: None };
        return;
    };
    let is_minutes = item.kind == ItemKind::Minutes;
    if !file.has_front_matter {
        reader.notes.add(
            Finding::error(
                codes::FRONT_MATTER_MISSING,
                file.start(),
                if is_minutes {
                    "These minutes have no front matter"
                } else {
                    "This report has no front matter"
                },
            )
            .help(if is_minutes {
                "Begin the file with a line +++, then date = …, present = [\"…\"] and so on, then a line +++"
            } else {
                "Begin the file with a line +++, then subject = \"…\" and so on, then a line +++"
            }),
        );
    }
    let readable = file.front_matter(reader);
    let document = readable.document();
    let table = Table::of(&document, &keys::REPORT, "this front matter", reader.notes);
    let body = file.body(&named.name, reader);
    let text = PaperText {
        body,
        said: Parts::default(),
        folder: folder_of(&named.name),
    };
    put_paper(paper, table, text, item, around);
    if !readable.sound {
        paper.draft = Draft::Unread;
        paper.access = Access::Confidential { span: None };
        paper.appendices.clear();
    }
}

/// The text of a paper, the parts that were found in it, and the folder to which its keys are relative.
struct PaperText<'t> {
    body: Reading,
    said: Parts,
    folder: &'t str,
}

/// Whether keys belong only to minutes (true) or only to a report (false). If the item is of another kind,
/// that is then one mistake, not one for each key.
fn is_minutes(table: &Table<'_>) -> Option<bool> {
    let any = |keys: &[&str]| keys.iter().any(|key| table.holds(key));
    let minutes = any(&[
        "present",
        "apologies",
        "in-attendance",
        "came-late",
        "left-early",
        "ended",
    ]);
    let report = any(&[
        "subject",
        "recommendations",
        "background-papers",
        "signatory",
    ]);
    (minutes != report).then_some(minutes)
}

/// Makes a report or minutes of keys and a text.
fn put_paper(
    paper: &mut PaperSource,
    table: Table<'_>,
    text: PaperText<'_>,
    item: &Item,
    around: &Surroundings<'_, '_>,
) {
    let PaperText { body, said, folder } = text;
    let reader = around.reader;
    if is_minutes(&table).unwrap_or(item.kind == ItemKind::Minutes) {
        let table = table.read_as(&keys::MINUTES);
        let read = minutes::read(table, body, folder, around.body, &item.access, reader);
        paper.draft = Draft::Minutes(Box::new(read.paper));
        paper.access = read.access;
        paper.appendices = read.appendices;
    } else {
        let layout = &around.council.report;
        let table = report_keys(table, around);
        let read = report::read(table, body, said, folder, layout, &item.access, reader);
        paper.draft = Draft::Report(Box::new(read.paper));
        paper.access = read.access;
        paper.appendices = read.appendices;
    }
}
