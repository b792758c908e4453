//! Markdown and Word files, read into reports, minutes or plain prose.

use std::ops::Range;
use std::sync::Arc;

use super::codes;
use super::disk::folder_of;
use super::front_matter::{self, Halves};
use super::grid;
use super::keys;
use super::markdown::{self, Reading, TextStart};
use super::office::Wanted;
use super::reader::Reader;
use super::syntax::Readable;
use super::table::Table;
use super::weight;
use super::withholding;
use super::word::{self, WordReading};
use crate::finding::{FileId, Finding, Span, Spanned};
use crate::model::{Access, SourceName};

/// Reads Markdown from a file in `folder`; its images are added to the attachments to read.
pub(super) fn markdown(
    text: &str,
    origin: TextStart,
    folder: &str,
    reader: &Reader<'_>,
) -> Reading {
    let locate = |written: &str| reader.locate(folder, written);
    let mut reading = markdown::read(text, origin, &locate, reader.notes);
    grid::hold_size(&mut reading.prose.blocks, reader.notes);
    weight::hold(&mut reading.prose, reader.notes);
    for (name, _) in &reading.images {
        reader.want(name);
    }
    reader
        .shown
        .borrow_mut()
        .extend(reading.images.iter().cloned());
    reading
}

/// A Markdown file, divided into front matter and text.
pub(super) struct MarkdownFile {
    pub(super) text: Arc<str>,
    pub(super) file: FileId,
    toml: Range<usize>,
    markdown: Range<usize>,
    /// Whether it has front matter.
    pub(super) has_front_matter: bool,
}

impl MarkdownFile {
    /// Opens the file that `place` names. What is wrong with it becomes a finding.
    pub(super) fn open(name: &SourceName, place: Span, reader: &Reader<'_>) -> Option<Self> {
        let (file, text) = match reader.text(name) {
            Ok(read) => read,
            Err(refusal) => {
                reader.notes.add(refusal.at(place));
                return None;
            }
        };
        if text.trim().is_empty() {
            reader.notes.add(
                Finding::error(codes::FILE_EMPTY, place, format!("{name} is empty"))
                    .help("Write the text into it, or name another file"),
            );
            return None;
        }
        let refused = |code, place: Range<usize>, message: &str, help: &str| {
            let place = Span::new(file, place.start, place.end);
            reader
                .notes
                .add(Finding::error(code, place, message).help(help));
            None
        };
        let (toml, markdown, has_front_matter) = match front_matter::split(&text) {
            Halves::Both { toml, markdown } => (toml, markdown, true),
            Halves::MarkdownAlone => (0..0, 0..text.len(), false),
            Halves::Dashes(opening) => {
                const HELP: &str = "Write +++ in place of both, and each line as key = \"value\", such as subject = \"Parks\"";
                let inside = text[opening.end..].lines().skip(1);
                let mut inside = inside.take_while(|line| line.trim_end() != "---");
                let withheld = inside.find_map(withholding::in_line);
                let help = withheld.map_or(HELP.to_owned(), |key| {
                    format!("{HELP}; for `{key}`, write {}", withholding::LINES)
                });
                return refused(
                    codes::FRONT_MATTER_MISSING,
                    opening,
                    "This front matter is between lines of ---, as in other programs",
                    &help,
                );
            }
            Halves::Mistyped(opening) => {
                return refused(
                    codes::FRONT_MATTER_MISSING,
                    opening,
                    "Front matter begins and ends with a line of three plus signs",
                    "Write +++ here",
                );
            }
            Halves::InText(opening) => {
                return refused(
                    codes::FRONT_MATTER_MISSING,
                    opening,
                    "This belongs in front matter, which comes before everything else",
                    "Put these lines at the very beginning of the file, between two lines +++; until then the paper is kept out",
                );
            }
            Halves::Unclosed(opening) => {
                return refused(
                    codes::FRONT_MATTER_UNCLOSED,
                    opening,
                    "This front matter never ends",
                    "Put a line +++ after its last line, before the text begins",
                );
            }
        };
        Some(Self {
            text,
            file,
            toml,
            markdown,
            has_front_matter,
        })
    }

    /// The front matter.
    pub(super) fn front_matter<'m>(&'m self, reader: &Reader<'_>) -> Readable<'m> {
        Readable::new(&self.text, self.toml.clone(), self.file, reader.notes)
    }

    /// The body.
    pub(super) fn body(&self, name: &SourceName, reader: &Reader<'_>) -> Reading {
        let origin = TextStart::From(self.file, self.markdown.start);
        let text = self.text.get(self.markdown.clone()).unwrap_or("");
        markdown(text, origin, folder_of(name), reader)
    }

    /// The first line of the file.
    pub(super) fn start(&self) -> Span {
        let line = self.text.lines().next().unwrap_or("").len();
        Span::new(self.file, 0, line)
    }
}

/// Reads the Word file that `place` names; `access` says who may see it. What is wrong with it becomes a
/// finding.
pub(super) fn word(
    name: &SourceName,
    place: Span,
    access: &Access,
    reader: &Reader<'_>,
) -> Option<WordReading> {
    let file = reader.files.borrow_mut().reserve(name.0.clone());
    let (bytes, is_turned) = reader.office(name, place, Wanted::Text, access)?;
    match word::read(name, &bytes, file, reader.notes) {
        Ok(mut read) => {
            grid::hold_size(&mut read.reading.prose.blocks, reader.notes);
            weight::hold(&mut read.reading.prose, reader.notes);
            reader
                .files
                .borrow_mut()
                .fill(file, read.transcript.as_str());
            let turned = is_turned.then_some(&bytes);
            reader.want_inside(name, turned, &read.reading.images);
            Some(read)
        }
        Err(refusal) => {
            reader.notes.add(refusal.at(place));
            None
        }
    }
}

/// Reads a Markdown file that is an appendix or an alternative.
pub(super) fn prose(name: &SourceName, place: Span, reader: &Reader<'_>) -> Option<Reading> {
    let file = MarkdownFile::open(name, place, reader)?;
    if file.has_front_matter {
        let readable = file.front_matter(reader);
        let document = readable.document();
        let table = Table::of(
            &document,
            &keys::ATTACHED_TEXT,
            "this front matter",
            reader.notes,
        );
        let _: Option<Spanned<String>> = table.spanned_text("title");
        let _ = table.text("lang");
        if let Some(access) = super::access::stated(&table)
            && !access.is_public()
        {
            // Where it is listed, nothing withholds it.
            reader.notes.add(
                Finding::error(
                    codes::ACCESS_UNCLEAR,
                    table.span(),
                    "Say who may see an appendix where it is listed, not in the file itself",
                )
                .help("Write access = \"exempt\" with its two further lines below [[appendix]]; until then the appendix is kept out"),
            );
            return None;
        }
        table.finish();
    }
    Some(file.body(name, reader))
}
