//! Reads a text as TOML, with every fault at its place. A line that cannot be read does not stop the rest of
//! the file from being read.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;

use toml::de::DeTable;

use super::codes;
use super::notes::Notes;
use super::toml_text::Source;
use super::{brackets, long_values, repeats, slip};
use crate::finding::{FileId, Finding, Span};
use crate::model::language::MONTHS;
use crate::model::{Date, as_typed};

/// The text of a TOML document, a whole file or front matter, in which every line that would stop the rest
/// from being read has been blanked out.
pub(super) struct Readable<'t> {
    /// The text as it is.
    written: &'t str,
    /// The text that is read; its bytes have the same places as those of `written`.
    text: Cow<'t, str>,
    file: FileId,
    /// The byte of the file at which the text starts.
    offset: usize,
    /// Whether all of it is TOML. If not, keys that were written may be missing.
    pub(super) sound: bool,
}

/// The most lines of a document. That of a meeting with a thousand papers has a tenth of it.
const MOST_LINES: usize = 50_000;
/// The most lines of a document whose faults are reported.
const MOST_TOLD: usize = 500;

/// How often a document is read again without a line that stopped the rest from being read.
const MOST_FAULTS: usize = 20;

impl<'t> Readable<'t> {
    /// Checks the TOML in `range` of a file's text. Syntax errors become findings.
    pub(super) fn new(text: &'t str, range: Range<usize>, file: FileId, notes: &Notes) -> Self {
        let written = text.get(range.clone()).unwrap_or("");
        let written = match memchr::memchr_iter(b'\n', written.as_bytes()).nth(MOST_LINES - 1) {
            Some(last) if last + 1 < written.len() => {
                let further = range.start + last + 1;
                notes.add(too_many_lines(Span::new(file, further, further)));
                &written[..=last]
            }
            _ => written,
        };
        let mut readable = Self {
            written,
            text: Cow::Borrowed(written),
            file,
            offset: range.start,
            sound: true,
        };
        let mut lines = BTreeSet::new();
        for _ in 0..MOST_FAULTS {
            let Some(line) = readable.find_faults(&mut lines, notes) else {
                break;
            };
            if lines.len() >= MOST_TOLD {
                break;
            }
            // If a table's name is in brackets of another kind, the keys below it belong to that table.
            let header = slip::as_header(&readable.text[line.clone()])
                .filter(|header| header.len() <= line.len())
                .unwrap_or_default();
            let instead = header.to_owned() + &" ".repeat(line.len() - header.len());
            readable.text.to_mut().replace_range(line, &instead);
        }
        if lines.len() >= MOST_TOLD {
            let last = lines.last().copied().unwrap_or_default();
            let line = readable.source().line_of(last);
            notes.add(more_faults(readable.source().span(line)));
        }
        readable.cut_long_values(notes);
        readable
    }

    fn source(&self) -> Source<'t> {
        Source {
            text: self.written,
            file: self.file,
            offset: self.offset,
        }
    }

    /// Reports values that are much too long, and removes them.
    fn cut_long_values(&mut self, notes: &Notes) {
        let source = self.source();
        let found = {
            let (document, _) = DeTable::parse_recoverable(&self.text);
            long_values::find(document.get_ref(), &self.text)
        };
        for long in found {
            notes.add(
                Finding::error(
                    codes::TEXT_TOO_LONG,
                    source.span(long.at.clone()),
                    long.message,
                )
                .help(long.help),
            );
            let blank = " ".repeat(long.at.len() - long.instead.len());
            let instead = long.instead.to_owned() + &blank;
            self.text.to_mut().replace_range(long.at, &instead);
        }
    }

    /// Reports the faults on lines that have none reported yet, but for the last of very many. Returns the
    /// lines that stop the rest from being read, if there are any.
    fn find_faults(&mut self, lines: &mut BTreeSet<usize>, notes: &Notes) -> Option<Range<usize>> {
        let source = self.source();
        if let Some(open) = brackets::unclosed(&self.text)
            && lines.insert(open.lines.start)
        {
            self.sound = false;
            let line = source.line_of(open.lines.start);
            // If a table's name cannot be read, the keys below it seem to belong to another table.
            let names = slip::as_header(&source.text[line.clone()]).is_some();
            notes.fault(source.span(if names {
                line.start..source.section_end(line.end)
            } else {
                open.lines.clone()
            }));
            notes.add(
                Finding::error(codes::TOML_SYNTAX, source.span(line), open.message).help(open.help),
            );
            return Some(open.lines);
        }
        let (_, errors) = DeTable::parse_recoverable(&self.text);
        let mut errors: Vec<(Range<usize>, &str)> = errors
            .iter()
            .map(|error| (error.span().unwrap_or(0..0), error.message()))
            .collect();
        errors.sort_by_key(|(at, _)| at.start);
        let repeated: Vec<Range<usize>> = errors
            .iter()
            .filter(|(_, message)| Fault::of(message) == Fault::Twice)
            .map(|(at, _)| at.clone())
            .collect();
        if !repeated.is_empty() {
            self.sound = false;
            for (line, finding) in repeats::findings(source, &repeated) {
                if lines.len() < MOST_TOLD && lines.insert(line.start) {
                    notes.fault(source.span(line));
                    notes.extend(finding);
                }
            }
        }
        let mut fatal = None;
        let mut line = Line::at(source, 0);
        for (at, message) in errors {
            let fault = Fault::of(message);
            if fault == Fault::Twice {
                continue;
            }
            // A line may be as long as the file and have thousands of faults. It is looked at once.
            if !line.place.contains(&at.start) {
                line = Line::at(source, at.start);
            }
            let Line {
                place: ref line,
                is_header,
                twice,
            } = line;
            // A day that does not exist loses only its own key; other faults may lose more.
            self.sound &= fault == Fault::Date;
            if (fault == Fault::NoValue && !is_header) || twice {
                fatal = Some(line.clone());
            }
            // Further faults on the same line are usually caused by the first.
            if lines.len() >= MOST_TOLD || !lines.insert(line.start) {
                continue;
            }
            // If a table's name cannot be read, the keys below it seem to belong to another table.
            notes.fault(source.span(if is_header {
                line.start..source.section_end(line.end)
            } else {
                line.clone()
            }));
            if fault == Fault::Date {
                notes.add(no_such_day(source, at));
                continue;
            }
            let slip = slip::of(source.text, line.clone(), message);
            let mut end = line.end;
            for _ in 0..slip.further_lines {
                let next = source.line_of(end + 1);
                lines.insert(next.start);
                notes.fault(source.span(next.clone()));
                end = next.end;
            }
            let at = slip.at.unwrap_or(at);
            notes.add(
                Finding::error(codes::TOML_SYNTAX, source.span(at), slip.message).help(slip.help),
            );
        }
        fatal
    }

    /// What could be read.
    pub(super) fn document(&self) -> Document<'_> {
        let source = self.source();
        let (root, _) = DeTable::parse_recoverable(&self.text);
        Document {
            root: root.into_inner(),
            span: source.span(source.line_of(0)),
            source,
        }
    }
}

/// A TOML document.
pub(super) struct Document<'t> {
    root: DeTable<'t>,
    source: Source<'t>,
    span: Span,
}

impl<'t> Document<'t> {
    /// The document's own table, its source, and its first line.
    pub(super) fn parts(&self) -> (&DeTable<'t>, Source<'t>, Span) {
        (&self.root, self.source, self.span)
    }
}

fn too_many_lines(at: Span) -> Finding {
    Finding::error(
        codes::TEXT_TOO_LONG,
        at,
        format!("This file has more than {MOST_LINES} lines, and what follows is not read"),
    )
    .help("Remove what is there twice, and put long lists in a table (CSV) that is an appendix")
}

fn more_faults(at: Span) -> Finding {
    Finding::error(
        codes::TOML_SYNTAX,
        at,
        format!("More than {MOST_TOLD} lines of this file cannot be read, and these are not all"),
    )
    .help("Mend those above, and check again")
}

/// A line that has a fault.
struct Line {
    place: Range<usize>,
    /// Whether it begins a table. Without its header, a table's keys would seem to belong to the table before.
    is_header: bool,
    /// Whether it has a second equals sign. What follows that cannot be read either.
    twice: bool,
}

impl Line {
    fn at(source: Source<'_>, at: usize) -> Self {
        let place = source.line_of(at);
        let own = &source.text[place.clone()];
        let value = own.split_once('=').map(|(_, value)| value.trim_start());
        Self {
            is_header: own.trim_start().starts_with('[') || slip::as_header(own).is_some(),
            twice: value.is_some_and(|value| value.starts_with('=')),
            place,
        }
    }
}

/// What is wrong where TOML cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fault {
    /// A day or a time that does not exist.
    Date,
    /// A key or table that is written twice.
    Twice,
    /// A line without an equals sign, after which nothing else is read.
    NoValue,
    /// Anything else.
    Syntax,
}

impl Fault {
    fn of(message: &str) -> Self {
        if message.starts_with("invalid date") || message.starts_with("invalid time") {
            Self::Date
        } else if message.contains("duplicate key") {
            Self::Twice
        } else if message.starts_with("key with no value") {
            Self::NoValue
        } else {
            Self::Syntax
        }
    }
}

/// A day or a time that does not exist.
fn no_such_day(source: Source<'_>, at: Range<usize>) -> Finding {
    let written = source.text.get(at.clone()).unwrap_or("").to_owned();
    let parts: Vec<i16> = written
        .split(['-', 'T', ' '])
        .filter_map(|part| part.parse().ok())
        .collect();
    let line = source
        .text
        .get(source.line_of(at.start))
        .unwrap_or_default();
    let key = line
        .split_once('=')
        .filter(|(_, value)| value.trim() == written)
        .map(|(key, _)| key.trim());
    if let Some(meant) = as_typed::date(&written) {
        return Finding::error(
            codes::INVALID_DATE,
            source.span(at),
            "A date has two digits for the month and two for the day",
        )
        .help(match key {
            Some(key) => format!("Write {key} = {meant}"),
            None => format!("Write {meant}"),
        });
    }
    let narrow = |part: i16| i8::try_from(part).unwrap_or(0);
    let first = |year: i16, month: i16| Date::new(year, narrow(month), 1).ok();
    let (message, help) = match *parts.as_slice() {
        [year, month, _] if let Some(first) = first(year, month) => (
            format!(
                "There is no day {written}: {} {year} has {} days",
                MONTHS[usize::from(first.month().unsigned_abs()) - 1],
                first.days_in_month()
            ),
            "Correct the day".to_owned(),
        ),
        [year, day, month] if let Ok(meant) = Date::new(year, narrow(month), narrow(day)) => (
            format!("There is no day {written}: a day is written year-month-day"),
            format!("Write {meant}"),
        ),
        _ => (
            format!("There is no day or time {written}"),
            "Write a day as 2026-03-18 and a time as 17:00:00".to_owned(),
        ),
    };
    Finding::error(codes::INVALID_DATE, source.span(at), message).help(help)
}
