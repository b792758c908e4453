//! `published.toml`: what `pack publish` wrote down of a meeting.

use std::collections::BTreeMap;

use super::codes;
use super::table::Table;
use crate::finding::Finding;
use crate::model::{Issued, Record, Recorded, SourceName};

/// The largest page number.
const PAGES: std::ops::RangeInclusive<u32> = 1..=1_000_000;

/// What was published; nothing where the file does not say so in full.
pub(super) fn read(root: Table<'_>) -> Option<Record> {
    let supplements: Vec<Option<Issued>> = root
        .tables("supplement", "a supplement")
        .into_iter()
        .map(|table| {
            let supplement = issued(&table);
            table.finish();
            supplement
        })
        .collect();
    let whole = issued(&root);
    root.finish();
    Some(Record {
        whole: whole?,
        supplements: supplements.into_iter().collect::<Option<_>>()?,
    })
}

fn issued(table: &Table<'_>) -> Option<Issued> {
    let published = table.date("published");
    let last_page = table.whole("last-page", 0..=*PAGES.end());
    let items = table.texts("items").unwrap_or_default();
    let documents = documents(table);
    let withheld = withheld(table);
    let withdrawn = table.texts("withdrawn").unwrap_or_default();
    if published.is_none() || last_page.is_none() {
        table.note(
            Finding::error(
                codes::MISSING_KEY,
                table.span(),
                "The record of what was published lacks its day or its last page",
            )
            .help("Take the file back from version control; `pack publish` wrote it"),
        );
    }
    Some(Issued {
        published: *published?,
        last_page: last_page?,
        items,
        documents: documents?,
        withheld,
        withdrawn,
    })
}

fn documents(table: &Table<'_>) -> Option<Vec<Recorded>> {
    let documents = table.tables("document", "a document").into_iter();
    // Each is read, so that each says what is wrong with it.
    let documents: Vec<Option<Recorded>> = documents.map(document).collect();
    documents.into_iter().collect()
}

fn withheld(table: &Table<'_>) -> BTreeMap<String, String> {
    let Some(withheld) = table.table("withheld", "[withheld]") else {
        return BTreeMap::new();
    };
    let words = withheld.words();
    words
        .into_iter()
        .map(|(key, hash)| (key.value, hash.value))
        .collect()
}

fn document(table: Table<'_>) -> Option<Recorded> {
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
    })
}
