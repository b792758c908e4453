//! Reading a text as TOML, with every fault at its place: a line that cannot be read does not take
//! the rest of the file along.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;

use toml::de::DeTable;

use super::codes;
use super::notes::Notes;
use crate::finding::{FileId, Finding, Span};

/// The text of a TOML document, a whole file or the front matter of one, in which every line that
/// would take the rest along has been blanked out.
pub(super) struct Readable<'t> {
    /// The text as it is.
    written: &'t str,
    /// The text that is read; bytes stand where they stand in `written`.
    text: Cow<'t, str>,
    file: FileId,
    /// The byte of the file at which the text starts.
    offset: usize,
    /// Whether it is TOML throughout. Where it is not, keys may be missing that were written.
    pub(super) sound: bool,
}

/// How often a document is read again without a line that took the rest of it along.
const MOST_FAULTS: usize = 20;

impl<'t> Readable<'t> {
    /// Looks through the TOML that stands in `range` of a file's text. Syntax errors become
    /// findings.
    pub(super) fn new(text: &'t str, range: Range<usize>, file: FileId, notes: &Notes) -> Self {
        let written = text.get(range.clone()).unwrap_or("");
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
            let blank = " ".repeat(line.len());
            readable.text.to_mut().replace_range(line, &blank);
        }
        readable
    }

    /// Reports the faults on lines that have had none; gives the line that takes the rest along,
    /// where there is one.
    fn find_faults(&mut self, lines: &mut BTreeSet<usize>, notes: &Notes) -> Option<Range<usize>> {
        let source = Source {
            text: self.written,
            file: self.file,
            offset: self.offset,
        };
        let (_, errors) = DeTable::parse_recoverable(&self.text);
        let mut errors: Vec<(Range<usize>, &str)> = errors
            .iter()
            .map(|error| (error.span().unwrap_or(0..0), error.message()))
            .collect();
        errors.sort_by_key(|(at, _)| at.start);
        let mut fatal = None;
        for (at, message) in errors {
            let fault = Fault::of(message);
            let line = source.line_of(at.start);
            // A day that does not exist loses its own key alone; other faults may lose more.
            self.sound &= fault == Fault::Date;
            // Without its header, a table's keys would seem to belong to the one before.
            let is_header = source.text[line.clone()].trim_start().starts_with('[');
            if fault == Fault::NoValue && !is_header {
                fatal = Some(line.clone());
            }
            // What follows on the same line mostly follows from the first.
            if lines.insert(line.start) {
                notes.add(fault.finding(source, at, message));
            }
        }
        fatal
    }

    /// What could be read.
    pub(super) fn document(&self) -> Document<'_> {
        let source = Source {
            text: self.written,
            file: self.file,
            offset: self.offset,
        };
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

/// Which text the byte offsets of a TOML document count in.
#[derive(Debug, Clone, Copy)]
pub(super) struct Source<'t> {
    /// The text.
    pub(super) text: &'t str,
    file: FileId,
    /// The byte of the file at which the text starts.
    pub(super) offset: usize,
}

impl Source<'_> {
    /// The line that a byte is in, without its end.
    fn line_of(&self, at: usize) -> Range<usize> {
        let mut at = at.min(self.text.len());
        while !self.text.is_char_boundary(at) {
            at -= 1;
        }
        let start = self.text[..at].rfind('\n').map_or(0, |newline| newline + 1);
        let end = self.text[at..]
            .find('\n')
            .map_or(self.text.len(), |newline| at + newline);
        start..end
    }

    /// The place of a range that the reader of TOML gave, which may end inside a letter.
    pub(super) fn span(&self, range: Range<usize>) -> Span {
        let boundary = |at: usize| {
            let mut at = at.min(self.text.len());
            while !self.text.is_char_boundary(at) {
                at -= 1;
            }
            at + self.offset
        };
        Span::new(self.file, boundary(range.start), boundary(range.end))
    }
}

impl<'t> Document<'t> {
    /// The document's own table, which text its places count in, and its whole extent.
    pub(super) fn parts(&self) -> (&DeTable<'t>, Source<'t>, Span) {
        (&self.root, self.source, self.span)
    }
}

/// What is wrong where TOML cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fault {
    /// A day or a time that does not exist.
    Date,
    /// A key that stands twice in its table.
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

    fn finding(self, source: Source<'_>, at: Range<usize>, message: &str) -> Finding {
        let line = source.text.get(source.line_of(at.start)).unwrap_or("");
        let said = message.lines().next().unwrap_or("").to_owned();
        let span = source.span(at.clone());
        match self {
            Self::Date => {
                let written = source.text.get(at).unwrap_or("");
                Finding::error(
                    codes::INVALID_DATE,
                    span,
                    format!("{written} is not a day or time that there is"),
                )
                .label(said)
                .help("Write a day as 2026-03-18 and a time as 17:00:00")
            }
            Self::Twice => Finding::error(
                codes::TOML_SYNTAX,
                span,
                "This key stands twice in its table",
            )
            .help("Remove one of the two"),
            Self::NoValue | Self::Syntax => {
                Finding::error(codes::TOML_SYNTAX, span, "This line cannot be read as TOML")
                    .label(said)
                    .help(advice(line))
            }
        }
    }
}

/// What to do about a line that is not TOML.
fn advice(line: &str) -> &'static str {
    let bare_key = |key: &str| {
        !key.is_empty()
            && key
                .chars()
                .all(|letter| letter.is_ascii_alphanumeric() || letter == '-' || letter == '_')
    };
    let colon = line
        .split_once(':')
        .is_some_and(|(key, _)| bare_key(key.trim()));
    if colon {
        "Write an equals sign instead of the colon, and text between quotation marks"
    } else if line.contains(['“', '”', '‘', '’']) && !line.contains('"') {
        "Write straight quotation marks (\") instead of curly ones"
    } else if line.matches('"').count() % 2 == 1 {
        "Close the quotation marks; quotation marks inside text are written \\\""
    } else {
        "A line is a key, an equals sign and a value: title = \"Apologies\"; a table begins with its name in square brackets: [meeting]"
    }
}
