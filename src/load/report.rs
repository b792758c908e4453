//! A cover report: its front matter and its body.

use std::collections::BTreeMap;

use super::access::Outer;
use super::appendix::{self, AppendixSource};
use super::council::language;
use super::markdown::{self, TextStart};
use super::numbers;
use super::parts::Parts;
use super::people;
use super::reader::Reader;
use super::table::{Mixed, Table};
use crate::finding::{Span, Spanned};
use crate::model::{Access, Contact, HeaderRow, Report, ReportLayout};
use crate::prose::Prose;

/// What was read of a paper: the paper itself and what its front matter says beside it.
pub(super) struct Paper<T> {
    pub(super) paper: T,
    pub(super) access: Access,
    pub(super) appendices: Vec<AppendixSource>,
}

/// The report that front matter and body make; front matter goes before what is `said` in the text.
pub(super) fn read(
    table: Table<'_>,
    body: markdown::Reading,
    said: Parts,
    folder: &str,
    layout: &ReportLayout,
    outer: &Access,
    reader: &Reader<'_>,
) -> Paper<Report> {
    let subject = table.spanned_text("subject").or(said.subject);
    let contact_entries = table.mixed("contact").unwrap_or_default();
    let contact_span = table.value_span("contact");
    let mut contacts: Vec<Contact> = contact_entries
        .into_iter()
        .filter_map(people::contact)
        .collect();
    let (header, missing_header) = header(&table, layout, &contacts, contact_span, &said.header);
    if let (true, Some(row)) = (contacts.is_empty(), said.header.get("contact")) {
        contacts.extend(people::from_lines(row));
    }
    let signatory =
        people::one(&table, "signatory").or_else(|| people::from_lines(said.signatory.as_ref()?));
    let recommendations = recommendations(&table, folder, reader).or(said.recommendations);
    let background_papers = table.texts("background-papers").or(said.background_papers);
    let lang = table
        .spanned_text("lang")
        .and_then(|lang| language(&table, lang));
    let listed = table.tables("appendix");
    let access = super::access::within(&Outer::of(outer), super::access::stated(&table), &table);
    let appendices = listed
        .into_iter()
        .map(|entry| appendix::read(entry, folder, &Outer::of(&access), reader))
        .collect();
    let span = table.span();
    if reader.layout_known.get() {
        table.finish();
    }
    let Prose { blocks, footnotes } = body.prose;
    let numbering = if said.from_text {
        numbers::own_or(&blocks, layout.paragraph_numbers)
    } else {
        layout.paragraph_numbers
    };
    Paper {
        paper: Report {
            subject,
            header,
            missing_header,
            contacts,
            recommendations,
            body: numbers::number(blocks, numbering),
            footnotes,
            signatory,
            background_papers,
            lang,
            span,
        },
        access,
        appendices,
    }
}

fn header(
    table: &Table<'_>,
    layout: &ReportLayout,
    contacts: &[Contact],
    contact_span: Option<Span>,
    said: &BTreeMap<String, Spanned<Vec<String>>>,
) -> (Vec<HeaderRow>, Vec<String>) {
    let (mut rows, mut missing) = (Vec::new(), Vec::new());
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
            continue;
        }
        match said.get(&field.key) {
            Some(lines) => rows.push(row(lines.value.clone(), lines.span)),
            None => missing.push(field.key.clone()),
        }
    }
    (rows, missing)
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
