//! A cover report: its front matter and its body.

use super::appendix::{self, AppendixSource};
use super::council::language;
use super::markdown::{self, TextStart};
use super::numbers;
use super::parts::Parts;
use super::people;
use super::reader::Reader;
use super::table::{Mixed, Table};
use crate::finding::{Span, Spanned};
use crate::model::{Access, Contact, HeaderRow, ParagraphNumbers, Report, ReportLayout};
use crate::prose::Prose;

/// A paper, and what else its front matter says.
pub(super) struct Paper<T> {
    pub(super) paper: T,
    pub(super) access: Access,
    pub(super) appendices: Vec<AppendixSource>,
}

/// Reads a report from its front matter and text. What front matter states goes before what is `said` in the
/// text.
pub(super) fn read(
    table: Table<'_>,
    body: markdown::Reading,
    said: Parts,
    folder: &str,
    layout: &ReportLayout,
    outer: &Access,
    reader: &Reader<'_>,
) -> Paper<Report> {
    let stated = stated(table, folder, layout, outer, reader);
    let numbering = if said.from_text {
        numbers::own_or(&body.prose.blocks, layout.paragraph_numbers)
    } else {
        layout.paragraph_numbers
    };
    Paper {
        paper: completed(stated.paper, said, body.prose, numbering, layout),
        ..stated
    }
}

/// A report as far as its keys go, without the text.
pub(super) fn stated(
    table: Table<'_>,
    folder: &str,
    layout: &ReportLayout,
    outer: &Access,
    reader: &Reader<'_>,
) -> Paper<Report> {
    let contact_entries = table.mixed("contact").unwrap_or_default();
    let contact_span = table.value_span("contact");
    let contacts: Vec<Contact> = contact_entries
        .into_iter()
        .filter_map(people::contact)
        .collect();
    let report = Report {
        subject: table.spanned_text("subject"),
        header: header(&table, layout, &contacts, contact_span),
        contacts,
        recommendations: recommendations(&table, folder, reader),
        signatory: people::one(&table, "signatory"),
        background_papers: table.texts("background-papers"),
        lang: table
            .spanned_text("lang")
            .and_then(|lang| language(&table, lang)),
        ..nothing_stated(table.span())
    };
    let (access, appendices) = appendix::of_paper(&table, folder, outer, reader);
    if reader.layout_known.get() {
        table.finish();
    }
    Paper {
        paper: report,
        access,
        appendices,
    }
}

/// A report without any keys; `span` is its place.
pub(super) fn nothing_stated(span: Span) -> Report {
    Report {
        subject: None,
        header: Vec::new(),
        missing_header: Vec::new(),
        contacts: Vec::new(),
        recommendations: None,
        body: Vec::new(),
        footnotes: Vec::new(),
        signatory: None,
        background_papers: None,
        lang: None,
        span,
    }
}

/// Adds the text to a report, and the parts that are `said` there and not in its keys.
pub(super) fn completed(
    stated: Report,
    mut said: Parts,
    prose: Prose,
    numbering: ParagraphNumbers,
    layout: &ReportLayout,
) -> Report {
    let mut report = stated;
    let mut rows = std::mem::take(&mut report.header);
    if let (true, Some(row)) = (report.contacts.is_empty(), said.header.get("contact")) {
        report.contacts.extend(people::from_lines(row));
    }
    for field in &layout.header {
        let own = rows.iter().position(|row| row.key == field.key);
        if let Some(own) = own {
            report.header.push(rows.swap_remove(own));
        } else if let Some(lines) = said.header.remove(&field.key) {
            report.header.push(HeaderRow {
                key: field.key.clone(),
                label: field.label.clone(),
                lines: lines.value,
                span: lines.span,
            });
        } else {
            report.missing_header.push(field.key.clone());
        }
    }
    report.subject = report.subject.or(said.subject);
    report.recommendations = report.recommendations.or(said.recommendations);
    report.background_papers = report.background_papers.or(said.background_papers);
    report.signatory = report
        .signatory
        .or_else(|| people::from_lines(said.signatory.as_ref()?));
    report.body = numbers::number(prose.blocks, numbering);
    report.footnotes = prose.footnotes;
    report
}

/// The rows of the header that keys give.
fn header(
    table: &Table<'_>,
    layout: &ReportLayout,
    contacts: &[Contact],
    contact_span: Option<Span>,
) -> Vec<HeaderRow> {
    let mut rows = Vec::new();
    for field in &layout.header {
        let row = |lines, span| HeaderRow {
            key: field.key.clone(),
            label: field.label.clone(),
            lines,
            span,
        };
        if field.key == "contact" {
            if let Some(span) = contact_span {
                rows.push(row(contacts.iter().flat_map(people::lines).collect(), span));
                continue;
            }
        } else if let (Some(entries), Some(span)) =
            (table.mixed(&field.key), table.value_span(&field.key))
        {
            let lines = entries
                .into_iter()
                .flat_map(|entry| match entry {
                    Mixed::Text(text) => vec![text.value],
                    contact @ Mixed::Table(_) => people::contact(contact)
                        .as_ref()
                        .map(people::lines)
                        .unwrap_or_default(),
                })
                .filter(|line| !line.is_empty())
                .collect();
            rows.push(row(lines, span));
        }
    }
    rows
}

fn recommendations(table: &Table<'_>, folder: &str, reader: &Reader<'_>) -> Option<Spanned<Prose>> {
    let text = table.long_text("recommendations")?;
    let origin = match text.first_byte {
        Some(first) => TextStart::From(text.span.file, first),
        None => TextStart::Within(text.span),
    };
    let reading = super::text::markdown(&text.text, origin, folder, reader);
    Some(Spanned::new(reading.prose, text.span))
}
