//! `published.toml`: the record that `pack publish` keeps of a meeting.

use std::collections::BTreeMap;

use serde::Serialize;

use super::codes;
use super::table::Table;
use crate::finding::Finding;
use crate::model::{Date, Issued, Letter, PageNumber, PageRange, Record, Recorded, SourceName};

/// The comment at the top of the record.
const HEAD: &str = "\
# What was published of this meeting, and on which pages. `pack publish` wrote it: keep it with the
# agenda. As long as it is here, `pack build` gives no published page another number.
";

/// Reads the record; `None` if it is not complete.
pub(super) fn read(root: Table<'_>) -> Option<Record> {
    let supplements: Vec<Option<Issued>> = root
        .tables("supplement")
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
        words: None,
    })
}

fn issued(table: &Table<'_>) -> Option<Issued> {
    let published = table.date("published");
    let last_page = table.whole("last-page");
    let items = table.texts("items").unwrap_or_default();
    let documents = documents(table);
    let withheld = withheld(table);
    let withdrawn = table.texts("withdrawn").unwrap_or_default();
    if published.is_none() || last_page.is_none() {
        table.note(
            Finding::error(
                codes::MISSING_KEY,
                table.span(),
                "The record of what was published has no day or no last page",
            )
            .help("Restore the file from version control; `pack publish` wrote it"),
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
    let documents = table.tables("document").into_iter();
    // All are read before any is refused, so that each has its finding.
    let documents: Vec<Option<Recorded>> = documents.map(document).collect();
    documents.into_iter().collect()
}

fn withheld(table: &Table<'_>) -> BTreeMap<String, String> {
    let Some(withheld) = table.table("withheld") else {
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
    let first = table.whole("first-page");
    let last = table.whole("last-page");
    let letter = letter(&table);
    let source = table.text("source").map(SourceName);
    let sha256 = table.text("sha256");
    table.finish();
    Some(Recorded {
        key: key?.value,
        title: title.unwrap_or_default(),
        pages: PageRange::new(PageNumber::lettered(first?, letter?), last?),
        source: source.zip(sha256),
    })
}

/// The letter of a document's page numbers, if they have one; `None` if it cannot be read.
fn letter(table: &Table<'_>) -> Option<Option<Letter>> {
    let Some(written) = table.spanned_text("letter") else {
        return Some(None);
    };
    let letter = Letter::of(&written.value);
    if letter.is_none() {
        table.note(
            Finding::error(
                codes::OUT_OF_RANGE,
                written.span,
                format!("“{}” is not one small letter", written.value),
            )
            .help("Restore the file from version control; `pack publish` wrote it"),
        );
    }
    letter.map(Some)
}

/// The record as a file.
///
/// # Errors
/// Never for a record made here; serialising plain data cannot fail.
pub fn written(record: &Record) -> Result<String, toml::ser::Error> {
    let supplements = record.supplements.iter().map(WrittenIssue::of);
    let written = Written {
        whole: WrittenIssue::of(&record.whole)?,
        supplement: supplements.collect::<Result<_, _>>()?,
    };
    Ok(format!("{HEAD}\n{}", toml::to_string(&written)?))
}

/// The record as it is written.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Written {
    #[serde(flatten)]
    whole: WrittenIssue,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    supplement: Vec<WrittenIssue>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct WrittenIssue {
    published: toml::value::Datetime,
    last_page: u32,
    items: Vec<String>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    withheld: BTreeMap<String, String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    withdrawn: Vec<String>,
    document: Vec<WrittenDocument>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct WrittenDocument {
    key: String,
    title: String,
    first_page: u32,
    last_page: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    letter: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sha256: Option<String>,
}

impl WrittenIssue {
    fn of(issued: &Issued) -> Result<Self, toml::ser::Error> {
        let documents = issued.documents.iter().map(|document| {
            let (source, sha256) = document
                .source
                .as_ref()
                .map(|(source, hash)| (source.0.clone(), hash.clone()))
                .unzip();
            WrittenDocument {
                key: document.key.clone(),
                title: document.title.clone(),
                first_page: document.pages.first().number(),
                last_page: document.pages.last().number(),
                letter: document
                    .pages
                    .first()
                    .letter()
                    .map(|letter| letter.to_string()),
                source,
                sha256,
            }
        });
        Ok(Self {
            published: day(issued.published)?,
            last_page: issued.last_page,
            items: issued.items.clone(),
            withheld: issued.withheld.clone(),
            withdrawn: issued.withdrawn.clone(),
            document: documents.collect(),
        })
    }
}

fn day(day: Date) -> Result<toml::value::Datetime, toml::ser::Error> {
    let day = day.to_string();
    day.parse().map_err(serde::ser::Error::custom)
}
