//! Reads a TOML table key by key: each value is checked when it is read, what is wrong becomes a finding at
//! its place, and the finding on an unknown key names the most similar key of the table.
//!
//! This file knows TOML and places. Which keys a table has is in its [`Shape`]; what they mean is not known
//! here.

mod dates;
mod numbers;
mod unknown;

pub(super) use unknown::Unknown;

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::ops::Range;

use toml::Spanned as TomlSpanned;
use toml::de::{DeTable, DeValue};

use super::codes;
use super::keys::{Key, Shape};
use super::nearest::{nearest, one_of};
use super::notes::Notes;
use super::several;
use super::slip::SEVERAL;
use super::syntax::Document;
use super::toml_text::Source;
use crate::finding::{Finding, Span, Spanned};
use crate::model::as_typed;

/// A TOML value with its place.
pub(super) type Value<'d> = TomlSpanned<DeValue<'d>>;

/// A table that is being read. [`Table::finish`] reports the keys that it should not have.
pub(super) struct Table<'d> {
    table: &'d DeTable<'d>,
    source: Source<'d>,
    span: Span,
    what: String,
    notes: &'d Notes,
    shape: &'static Shape,
    /// Further keys, whose names the council chose.
    own_keys: BTreeSet<String>,
    /// Unknown keys that have been reported already.
    answered: RefCell<BTreeSet<String>>,
}

impl<'d> Table<'d> {
    /// A document's own table. `what` names it in messages: "council.toml".
    pub(super) fn of(
        document: &'d Document<'_>,
        shape: &'static Shape,
        what: &str,
        notes: &'d Notes,
    ) -> Self {
        let (table, source, span) = document.parts();
        Table {
            table,
            source,
            span,
            what: what.to_owned(),
            notes,
            shape,
            own_keys: BTreeSet::new(),
            answered: RefCell::default(),
        }
    }

    /// The same table, read as one of another shape.
    pub(super) fn read_as(self, shape: &'static Shape) -> Self {
        Table { shape, ..self }
    }

    /// The same table, with keys whose names the council chose.
    pub(super) fn with_keys<'k>(mut self, names: impl Iterator<Item = &'k str>) -> Self {
        self.own_keys.extend(names.map(str::to_owned));
        self
    }

    /// Marks an unknown key as reported.
    pub(super) fn answered(&self, key: &str) {
        self.answered.borrow_mut().insert(key.to_owned());
    }

    /// The declaration of a key that the table has.
    fn declared(&self, key: &str) -> Option<&'static Key> {
        let declared = self.shape.key(key);
        debug_assert!(
            declared.is_some() || self.own_keys.contains(key),
            "`{key}` is read and not declared for {}",
            self.shape.id
        );
        declared
    }

    /// The table that a key takes.
    fn shape_of(&self, key: &str) -> Option<&'static Shape> {
        let kind = self.declared(key).map(|key| key.kind);
        kind.or(self.shape.own_keys)?.shape()
    }

    fn is_known(&self, key: &str) -> bool {
        self.shape.key(key).is_some() || self.own_keys.contains(key)
    }

    /// Where the table starts.
    pub(super) fn span(&self) -> Span {
        self.span
    }

    /// Adds a finding.
    pub(super) fn note(&self, finding: Finding) {
        // A key that seems to be missing may be on a line that cannot be read.
        if finding.code == codes::MISSING_KEY && self.notes.has_fault_in(self.extent()) {
            return;
        }
        self.notes.add_of_sound_line(finding);
    }

    /// From the start of the table to the start of the next.
    fn extent(&self) -> Span {
        let start = self.span.range().start.saturating_sub(self.source.offset);
        let end = self.source.section_end(start);
        self.source.span(start..end)
    }

    /// Whether a key is there.
    pub(super) fn has(&self, key: &str) -> bool {
        self.entry(key).is_some()
    }

    /// Whether a key is there, known or not.
    pub(super) fn holds(&self, key: &str) -> bool {
        self.table.contains_key(key)
    }

    /// Whether a table inside this one has a key; neither need be known.
    pub(super) fn inner_holds(&self, table: &str, key: &str) -> bool {
        let inner = self
            .table
            .get(table)
            .and_then(|inner| inner.get_ref().as_table());
        inner.is_some_and(|inner| inner.contains_key(key))
    }

    /// Where a key's value stands.
    pub(super) fn value_span(&self, key: &str) -> Option<Span> {
        self.entry(key)
            .map(|(_, value)| self.source.span(value.span()))
    }

    /// Where a key itself stands.
    pub(super) fn key_span(&self, key: &str) -> Option<Span> {
        self.entry(key).map(|(span, _)| span)
    }

    fn entry(&self, key: &str) -> Option<(Span, &'d Value<'d>)> {
        self.declared(key);
        self.table
            .get_key_value(key)
            .map(|(name, value)| (self.source.span(name.span()), value))
    }

    fn missing(&self, key: &str, example: &str) {
        // The finding on a misspelt key is enough.
        if self.misspelt(key) {
            return;
        }
        self.note(
            Finding::error(
                codes::MISSING_KEY,
                self.span,
                format!("{} has no `{key}`", capital(&self.what)),
            )
            .help(format!("Add a line: {key} = {example}")),
        );
    }

    fn wrong(&self, key: &str, value: &Value<'_>, wanted: &str, example: &str) {
        self.note(self.mistaken(key, value, wanted, &format!("{key} = {example}")));
    }

    fn mistaken(&self, key: &str, value: &Value<'_>, wanted: &str, write: &str) -> Finding {
        Finding::error(
            codes::WRONG_TYPE,
            self.source.span(value.span()),
            format!("`{key}` should be {wanted}"),
        )
        .label(format!("this is {}", kind_of(value.get_ref())))
        .help(format!("Write {write}"))
    }

    /// Reports a value that should be a list of tables.
    fn not_tables(&self, key: &str, value: &Value<'_>) {
        let name = several::header(key, &self.what);
        if !SEVERAL.contains(&name.as_str()) {
            self.wrong(key, value, "a list of tables", "[{ … }]");
            return;
        }
        self.note(
            Finding::error(
                codes::WRONG_TYPE,
                self.source.span(value.span()),
                format!("`{key}` should be a separate table for each"),
            )
            .label(format!("this is {}", kind_of(value.get_ref())))
            .help(format!(
                "Write a line [[{name}]] for each, and below it the keys of that one"
            )),
        );
    }

    /// Text with its place.
    pub(super) fn spanned_text(&self, key: &str) -> Option<Spanned<String>> {
        let (_, value) = self.entry(key)?;
        let span = self.source.span(value.span());
        match value.get_ref() {
            DeValue::String(text) => Some(Spanned::new(text.trim().to_owned(), span)),
            DeValue::Integer(_) | DeValue::Float(_) => {
                let written = self.source.text.get(value.span()).unwrap_or("").to_owned();
                self.wrong(
                    key,
                    value,
                    "text, between quotation marks",
                    &format!("\"{written}\""),
                );
                Some(Spanned::new(written, span))
            }
            DeValue::Array(_) if let Some(several) = several::several(key) => {
                let written = self.source.text.get(value.span()).unwrap_or("[\"…\"]");
                let example = format!("{several} = {written}");
                self.note(self.mistaken(key, value, "one text", &example));
                None
            }
            DeValue::Array(array) => {
                let mut entries = array.iter().map(|entry| entry.get_ref().as_str());
                let only = entries
                    .next()
                    .flatten()
                    .filter(|_| entries.next().is_none());
                let example = format!("\"{}\"", only.unwrap_or("…"));
                self.wrong(key, value, "text, between quotation marks", &example);
                None
            }
            _ => {
                self.wrong(key, value, "text, between quotation marks", "\"…\"");
                None
            }
        }
    }

    /// Text.
    pub(super) fn text(&self, key: &str) -> Option<String> {
        self.spanned_text(key).map(|text| text.value)
    }

    /// Text that must be there and not be empty.
    pub(super) fn required_text(&self, key: &str) -> Option<Spanned<String>> {
        if !self.has(key) {
            self.missing(key, "\"…\"");
            return None;
        }
        let text = self.spanned_text(key)?;
        if text.is_empty() {
            self.note(
                Finding::error(codes::MISSING_KEY, text.span, format!("`{key}` is empty"))
                    .help("Write it between the quotation marks"),
            );
            return None;
        }
        Some(text)
    }

    /// Text that may be left out, but must not be empty.
    pub(super) fn reason(&self, key: &str) -> Option<String> {
        self.has(key)
            .then(|| self.required_text(key))
            .flatten()
            .map(|text| text.value)
    }

    /// A word that is one of a few.
    pub(super) fn word<T: Clone>(&self, key: &str, known: &[(&'static str, T)]) -> Option<T> {
        let written = self.spanned_text(key)?;
        let found = known
            .iter()
            .find(|(word, _)| *word == written.value)
            .map(|(_, value)| value.clone());
        if found.is_none() {
            self.unknown_word(key, &written, known.iter().map(|&(word, _)| word));
        }
        found
    }

    /// Reports a word that a key does not take.
    pub(super) fn unknown_word<'k>(
        &self,
        key: &str,
        written: &Spanned<String>,
        known: impl Iterator<Item = &'k str> + Clone,
    ) {
        let finding = Finding::error(
            codes::UNKNOWN_WORD,
            written.span,
            format!("`{key}` cannot be “{}”", written.value),
        )
        .help(format!("It is one of {}", one_of(known.clone())));
        self.note(match nearest(&written.value, known) {
            Some(near) => finding.label(format!("did you mean “{near}”?")),
            None => finding,
        });
    }

    /// `true` or `false`.
    pub(super) fn flag(&self, key: &str) -> Option<bool> {
        let (_, value) = self.entry(key)?;
        let flag = value.get_ref().as_bool();
        if flag.is_none() {
            let said = value.get_ref();
            let said = said.as_str().or_else(|| self.source.text.get(value.span()));
            let meant = match said.and_then(as_typed::yes_or_no) {
                Some(flag) => flag.to_string(),
                None => format!("true, or {key} = false"),
            };
            self.wrong(key, value, "true or false, without quotation marks", &meant);
        }
        flag
    }

    /// A list of texts; a single text counts as a list of one.
    pub(super) fn texts(&self, key: &str) -> Option<Vec<String>> {
        Some(
            self.spanned_texts(key)?
                .into_iter()
                .map(|text| text.value)
                .collect(),
        )
    }

    /// A list of texts, each with its place; a single text counts as a list of one.
    pub(super) fn spanned_texts(&self, key: &str) -> Option<Vec<Spanned<String>>> {
        let (_, value) = self.entry(key)?;
        match value.get_ref() {
            DeValue::String(_) => self.spanned_text(key).map(|text| vec![text]),
            DeValue::Array(array) => Some(
                array
                    .iter()
                    .filter_map(|entry| {
                        let text = entry.get_ref().as_str();
                        if text.is_none() {
                            self.wrong(key, entry, "a list of texts", "[\"…\", \"…\"]");
                        }
                        let span = self.source.span(entry.span());
                        text.map(|text| Spanned::new(text.trim().to_owned(), span))
                    })
                    .collect(),
            ),
            _ => {
                self.wrong(key, value, "a list of texts", "[\"…\", \"…\"]");
                None
            }
        }
    }

    /// A table inside this one.
    pub(super) fn table(&self, key: &str) -> Option<Table<'d>> {
        let (_, value) = self.entry(key)?;
        match value.get_ref() {
            DeValue::Table(table) => self.inner(table, value.span(), key),
            DeValue::Array(tables)
                if let [entry] = &tables[..]
                    && let DeValue::Table(table) = entry.get_ref() =>
            {
                self.note(
                    Finding::error(
                        codes::WRONG_TYPE,
                        self.source.span(value.span()),
                        format!("`{key}` needs single square brackets, because there is only one"),
                    )
                    .help(format!("Write [{key}]")),
                );
                self.inner(table, entry.span(), key)
            }
            _ => {
                self.wrong(key, value, "a table", "{ … }");
                None
            }
        }
    }

    /// The tables of an array, such as every `[[item]]`.
    pub(super) fn tables(&self, key: &str) -> Vec<Table<'d>> {
        let Some((_, value)) = self.entry(key) else {
            return Vec::new();
        };
        match value.get_ref() {
            DeValue::Array(array) => array
                .iter()
                .filter_map(|entry| {
                    let table = entry.get_ref().as_table();
                    if table.is_none() {
                        self.not_tables(key, entry);
                    }
                    self.inner(table?, entry.span(), key)
                })
                .collect(),
            DeValue::Table(table) => {
                let span = self.source.span(value.span());
                // If it is there twice, that has been reported.
                if !self.notes.has_fault_in(span) && !self.is_twice(key) {
                    self.note(
                        Finding::error(
                            codes::WRONG_TYPE,
                            span,
                            format!("`{key}` needs double square brackets, because there can be more than one"),
                        )
                        .help(format!("Write [[{key}]]")),
                    );
                }
                self.inner(table, value.span(), key).into_iter().collect()
            }
            _ => {
                self.not_tables(key, value);
                Vec::new()
            }
        }
    }

    /// Whether a table's name is on more than one line.
    fn is_twice(&self, key: &str) -> bool {
        let header = format!("[{key}]");
        let lines = self.source.text.lines();
        lines.filter(|line| line.trim() == header).count() > 1
    }

    /// The entries of a list that may hold texts and tables; a single text or table counts as a list of one.
    pub(super) fn mixed(&self, key: &str) -> Option<Vec<Mixed<'d>>> {
        let (_, value) = self.entry(key)?;
        let entries: Vec<&'d Value<'d>> = match value.get_ref() {
            DeValue::Array(array) => array.iter().collect(),
            _ => vec![value],
        };
        let mixed = entries.into_iter().filter_map(|entry| {
            let span = self.source.span(entry.span());
            match entry.get_ref() {
                DeValue::String(text) => Some(Mixed::Text(Spanned::new(text.trim().into(), span))),
                DeValue::Table(table) => self.inner(table, entry.span(), key).map(Mixed::Table),
                DeValue::Integer(_) | DeValue::Float(_) | DeValue::Datetime(_) => {
                    let written = self.source.text.get(entry.span()).unwrap_or("");
                    Some(Mixed::Text(Spanned::new(written.to_owned(), span)))
                }
                _ => {
                    self.wrong(key, entry, "text, or a list of texts", "[\"…\", \"…\"]");
                    None
                }
            }
        });
        Some(mixed.collect())
    }

    fn inner(&self, table: &'d DeTable<'d>, range: Range<usize>, key: &str) -> Option<Table<'d>> {
        let shape = self.shape_of(key)?;
        Some(Table {
            table,
            source: self.source,
            span: self.source.span(range),
            what: shape.what.to_owned(),
            notes: self.notes,
            shape,
            own_keys: BTreeSet::new(),
            answered: RefCell::default(),
        })
    }

    /// Every key of the table, with the key's place, in the order in which they are written.
    pub(super) fn keys(&self) -> Vec<Spanned<String>> {
        let mut keys: Vec<Spanned<String>> = self
            .table
            .keys()
            .map(|key| Spanned::new(key.get_ref().to_string(), self.source.span(key.span())))
            .collect();
        keys.sort_by_key(|key| key.span);
        keys
    }

    /// The number that a key has where its value is one without quotation marks.
    pub(super) fn unquoted_number(&self, key: &str) -> Option<Spanned<String>> {
        let (_, value) = self.entry(key)?;
        let is_number = matches!(value.get_ref(), DeValue::Integer(_) | DeValue::Float(_));
        let written = self.source.text.get(value.span())?;
        is_number.then(|| Spanned::new(written.to_owned(), self.source.span(value.span())))
    }

    /// Whether a key is there and holds text.
    pub(super) fn is_text(&self, key: &str) -> bool {
        let value = self.table.get(key).map(|value| value.get_ref());
        value.is_some_and(|value| value.as_str().is_some())
    }

    /// Every key with its text, for a table with keys that the format does not define.
    pub(super) fn words(&self) -> Vec<(Spanned<String>, Spanned<String>)> {
        self.keys()
            .into_iter()
            .filter_map(|key| {
                let value = self.table.get(key.value.as_str())?;
                let span = self.source.span(value.span());
                if let DeValue::String(text) = value.get_ref() {
                    return Some((key, Spanned::new(text.trim().to_owned(), span)));
                }
                self.wrong(&key.value, value, "text, between quotation marks", "\"…\"");
                None
            })
            .collect()
    }

    /// Text with the place of its first byte, if the source has it byte for byte (no escapes).
    pub(super) fn long_text(&self, key: &str) -> Option<LongText> {
        let (_, value) = self.entry(key)?;
        let range = value.span();
        let span = self.source.span(range.clone());
        let DeValue::String(text) = value.get_ref() else {
            // Each of a list is a line of the text.
            let example = match value.get_ref() {
                DeValue::Array(_) => {
                    "\"\"\", then each on a line of its own that begins with 1., 2. and so on, then \"\"\""
                }
                _ => "\"\"\"…\"\"\"",
            };
            self.wrong(key, value, "text, between quotation marks", example);
            return None;
        };
        let raw = self.source.text.get(range.clone()).unwrap_or("");
        let quotes = ["\"\"\"", "'''", "\"", "'"]
            .into_iter()
            .find(|quotes| raw.starts_with(quotes))
            .map_or(0, str::len);
        let newline = usize::from(quotes == 3 && raw[quotes..].starts_with('\n'));
        let start = quotes + newline;
        let verbatim = raw.get(start..start + text.len()) == Some(text.as_ref());
        Some(LongText {
            text: text.to_string(),
            span,
            first_byte: verbatim.then(|| range.start + start + self.source.offset),
        })
    }
}

/// An entry of a list of texts and tables.
pub(super) enum Mixed<'d> {
    /// Text.
    Text(Spanned<String>),
    /// A table.
    Table(Table<'d>),
}

/// Text of more than a line.
pub(super) struct LongText {
    /// What it says.
    pub(super) text: String,
    /// The value with its quotation marks.
    pub(super) span: Span,
    /// The byte of the file at which the text starts; `None` if the source has escapes, so that places
    /// inside are not known.
    pub(super) first_byte: Option<usize>,
}

fn kind_of(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "text",
        DeValue::Integer(_) => "a whole number",
        DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date or time",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    match letters.next() {
        Some(first) if first.is_lowercase() && !words.contains(".toml") => {
            first.to_uppercase().chain(letters).collect()
        }
        _ => words.to_owned(),
    }
}
