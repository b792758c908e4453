//! `published.toml`: what `pack publish` wrote down of a meeting.

use super::codes;
use super::table::Table;
use crate::finding::Finding;
use crate::model::{Record, Recorded, SourceName};

/// The largest page number.
const PAGES: std::ops::RangeInclusive<u32> = 1..=1_000_000;

/// What was published; nothing where the file does not say so in full.
pub(super) fn read(root: Table<'_>) -> Option<Record> {
    let published = root.date("published");
    let last_page = root.whole("last-page", 0..=*PAGES.end());
    let documents: Vec<Option<Recorded>> = root
        .tables("document", "a document")
        .into_iter()
        .map(document)
        .collect();
    let span = root.span();
    let complete = published.is_some() && last_page.is_some();
    if !complete {
        root.note(
            Finding::error(
                codes::MISSING_KEY,
                span,
                "The record of what was published lacks its day or its last page",
            )
            .help("Take the file back from version control; `pack publish` wrote it"),
        );
    }
    root.finish();
    Some(Record {
        published: *published?,
        last_page: last_page?,
        documents: documents.into_iter().collect::<Option<_>>()?,
    })
}

fn document(table: Table<'_>) -> Option<Recorded> {
    let span = table.span();
    let key = table.required_text("key");
    let title = table.text("title");
    let first = table.whole("first-page", PAGES);
    let last = table.whole("last-page", PAGES);
    let source = table.text("source").map(SourceName);
    let sha256 = table.text("sha256");
    table.finish();
    Some(Recorded {
        key: key?.value,
        title: title.unwrap_or_default(),
        first: first?,
        last: last?,
        source: source.zip(sha256),
        span,
    })
}
