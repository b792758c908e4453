//! The table of source texts: which file a span points into, and at which line and column.

use std::sync::Arc;

use serde::Serialize;

use super::span::{FileId, Span};

/// One text file: its path from the workspace with `/` between folders, and its text.
#[derive(Debug, Clone)]
pub struct SourceText {
    /// Path from the workspace's folder.
    pub path: String,
    /// The whole text.
    pub text: Arc<str>,
    /// Whether it is the transcript of a file that is not text, such as Word or PDF: nothing in it can
    /// be corrected, and it holds no comments of ours.
    pub transcript: bool,
    landmarks: Arc<Landmarks>,
    line_starts: Arc<[usize]>,
}

/// Where the pages and paragraphs of a transcript begin.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Landmarks {
    /// The byte at which each page begins, and the page, counted from 1. Empty where the file has no
    /// pages of its own.
    pages: Vec<(u32, u32)>,
    /// The byte at which each numbered paragraph begins, and its number; an empty number where text
    /// without numbers begins.
    paragraphs: Vec<(u32, String)>,
}

/// Where words are in a file that is not text, as its reader would say it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Whereabouts<'f> {
    /// The page, counted from 1.
    pub page: Option<u32>,
    /// The number of the paragraph.
    pub paragraph: Option<&'f str>,
}

impl std::fmt::Display for Whereabouts<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match (self.page, self.paragraph) {
            (Some(page), Some(paragraph)) => write!(f, "page {page}, paragraph {paragraph}"),
            (Some(page), None) => write!(f, "page {page}"),
            (None, Some(paragraph)) => write!(f, "paragraph {paragraph}"),
            (None, None) => Ok(()),
        }
    }
}

/// A line and a column, both counted from 1; columns count characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Position {
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
}

/// All the text files of a workspace that were read.
#[derive(Debug, Clone, Default)]
pub struct Files {
    files: Vec<SourceText>,
}

impl Files {
    /// Puts a text into the table. A path that is there already keeps its first id.
    pub fn add(&mut self, path: impl Into<String>, text: impl Into<Arc<str>>) -> FileId {
        let path = path.into();
        if let Some(known) = self.files.iter().position(|file| file.path == path) {
            return id(known);
        }
        self.push(path, text.into(), false)
    }

    /// Puts the text of another table into this one, under a path of its own.
    pub fn adopt(&mut self, path: impl Into<String>, file: &SourceText) -> FileId {
        let path = path.into();
        self.same(&path, &file.text).unwrap_or_else(|| {
            let adopted = self.push(path, file.text.clone(), file.transcript);
            if let Some(own) = self.files.get_mut(adopted.0 as usize) {
                own.landmarks = file.landmarks.clone();
            }
            adopted
        })
    }

    /// Adds the transcript of some pages of a file: `transcribe` writes it for the id that it is
    /// given, and `pages` has the byte at which each page begins, and the page. Other pages of the
    /// same file have a transcript of their own.
    pub fn transcript(
        &mut self,
        path: &str,
        pages: Vec<(u32, u32)>,
        mut transcribe: impl FnMut(FileId) -> String,
    ) -> FileId {
        let next = id(self.files.len());
        let text = transcribe(next);
        if let Some(known) = self.same(path, &text) {
            transcribe(known);
            return known;
        }
        self.push(path.to_owned(), text.into(), true);
        if let Some(file) = self.files.last_mut() {
            file.landmarks = Arc::new(Landmarks {
                pages,
                paragraphs: Vec::new(),
            });
        }
        next
    }

    /// The file with this path and text, if it is there already.
    fn same(&self, path: &str, text: &str) -> Option<FileId> {
        let same = |known: &SourceText| known.path == path && *known.text == *text;
        self.files.iter().position(same).map(id)
    }

    /// Whether a place is in a transcript: in what was read of a file that is not text.
    pub fn is_transcript(&self, span: Span) -> bool {
        self.get(span.file).is_some_and(|file| file.transcript)
    }

    /// Records where the numbered paragraphs of a transcript begin.
    pub fn number_paragraphs(&mut self, file: FileId, paragraphs: Vec<(u32, String)>) {
        if let Some(file) = self.files.get_mut(file.0 as usize) {
            Arc::make_mut(&mut file.landmarks).paragraphs = paragraphs;
        }
    }

    /// Reserves an id for the transcript of a file that is not text. A path that is there already
    /// keeps its id.
    pub fn reserve(&mut self, path: impl Into<String>) -> FileId {
        let path = path.into();
        match self.files.iter().position(|known| known.path == path) {
            Some(known) => id(known),
            None => self.push(path, Arc::default(), true),
        }
    }

    /// Sets the text of a transcript whose id was reserved.
    pub fn fill(&mut self, file: FileId, text: impl Into<Arc<str>>) {
        if let Some(file) = self
            .files
            .get_mut(file.0 as usize)
            .filter(|file| file.transcript)
        {
            file.text = text.into();
            file.line_starts = line_starts(&file.text);
        }
    }

    fn push(&mut self, path: String, text: Arc<str>, transcript: bool) -> FileId {
        let line_starts = line_starts(&text);
        self.files.push(SourceText {
            path,
            text,
            transcript,
            landmarks: Arc::default(),
            line_starts,
        });
        id(self.files.len() - 1)
    }

    /// The file of an id.
    pub fn get(&self, file: FileId) -> Option<&SourceText> {
        self.files.get(file.0 as usize)
    }

    /// Every file with its id, in the order in which they were read.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &SourceText)> {
        self.files
            .iter()
            .enumerate()
            .map(|(index, file)| (id(index), file))
    }

    /// The path of the file that a span is in.
    pub fn path(&self, span: Span) -> &str {
        self.get(span.file).map_or("", |file| file.path.as_str())
    }

    /// Line and column of a span's first byte.
    pub fn position(&self, span: Span) -> Position {
        self.get(span.file)
            .map_or(Position { line: 1, column: 1 }, |file| {
                file.position(span.start as usize)
            })
    }

    /// The page and paragraph of a span in a file that is not text; empty for any other.
    pub fn whereabouts(&self, span: Span) -> Whereabouts<'_> {
        self.get(span.file)
            .map(|file| file.landmarks.at(span.start))
            .unwrap_or_default()
    }

    /// The text that a span covers; empty where it covers none.
    pub fn text(&self, span: Span) -> &str {
        self.get(span.file)
            .and_then(|file| file.text.get(span.range()))
            .unwrap_or("")
    }
}

impl Landmarks {
    fn at(&self, byte: u32) -> Whereabouts<'_> {
        fn last<T>(marks: &[(u32, T)], byte: u32) -> Option<&T> {
            let passed = marks.partition_point(|(start, _)| *start <= byte);
            marks[..passed].last().map(|(_, mark)| mark)
        }
        Whereabouts {
            page: last(&self.pages, byte).copied(),
            paragraph: last(&self.paragraphs, byte)
                .map(String::as_str)
                .filter(|number| !number.is_empty()),
        }
    }
}

impl SourceText {
    /// Whether it is the transcript of a file that has pages.
    pub fn has_pages(&self) -> bool {
        !self.landmarks.pages.is_empty()
    }

    /// Line and column of a byte; a byte past the end counts as the end.
    pub fn position(&self, offset: usize) -> Position {
        let offset = offset.min(self.text.len());
        let line = self.line_starts.partition_point(|&start| start <= offset);
        let start = self
            .line_starts
            .get(line.wrapping_sub(1))
            .copied()
            .unwrap_or(0);
        let column = self.text.as_bytes()[start..offset]
            .iter()
            .filter(|&&byte| byte & 0xC0 != 0x80)
            .count()
            + 1;
        Position { line, column }
    }
}

fn line_starts(text: &str) -> Arc<[usize]> {
    std::iter::once(0)
        .chain(text.match_indices('\n').map(|(at, _)| at + 1))
        .collect()
}

fn id(index: usize) -> FileId {
    FileId(u32::try_from(index).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn position_counts_characters_not_bytes() {
        let mut files = Files::default();
        let file = files.add("a.md", "one\n£two\n");
        let at = |start| files.position(Span::new(file, start, start));
        assert_eq!(at(0), Position { line: 1, column: 1 });
        assert_eq!(at(3), Position { line: 1, column: 4 });
        assert_eq!(at(6), Position { line: 2, column: 2 });
        assert_eq!(at(99), Position { line: 3, column: 1 });
    }

    #[test]
    fn a_path_is_kept_once() {
        let mut files = Files::default();
        let first = files.add("a.md", "one");
        assert_eq!(files.add("a.md", "two"), first);
        assert_eq!(files.get(first).map(|file| &*file.text), Some("one"));
    }
}
