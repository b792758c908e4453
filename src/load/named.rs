//! The names of files in sources.

use crate::finding::{Span, Spanned};
use crate::model::SourceName;
use crate::pdf::RedactionBox;

/// Boxes of a PDF, each with its place in the source.
pub(super) type Boxes = Vec<Spanned<RedactionBox>>;

/// A file that a source names, and where.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Named {
    /// Its path from the workspace. There is something after a `#` if boxes are taken out of it, so that
    /// the redacted file is never confused with the file itself, or if only some cells of a workbook are
    /// meant.
    pub(super) name: SourceName,
    pub(super) span: Span,
    /// What is to be taken out of it.
    pub(super) redact: Boxes,
}

/// The kinds of text file that are documents; any other file is an attachment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TextKind {
    Markdown,
    Word,
    Csv,
    Sheet,
}

/// The extensions of workbooks. Some of these kinds are refused when they are read.
const WORKBOOKS: [&str; 5] = [".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"];

/// The file in the name of a workbook or of cells in one, and the cells:
/// `budget.xlsx#Summary!A3:H40`.
pub(super) fn workbook(written: &str) -> Option<(&str, Option<&str>)> {
    let lower = written.to_ascii_lowercase();
    if WORKBOOKS.iter().any(|ending| lower.ends_with(ending)) {
        return Some((written, None));
    }
    let found = WORKBOOKS.iter().filter_map(|ending| {
        let at = lower.find(&format!("{ending}#"))?;
        Some(at + ending.len())
    });
    let (path, inside) = written.split_at(found.min()?);
    Some((path, inside.get(1..)))
}

/// The two names in `portfolio.pdf#letter.pdf`.
pub(super) fn inside_pdf(written: &str) -> Option<(&str, &str)> {
    const MARK: &str = ".pdf#";
    let at = written.to_ascii_lowercase().find(MARK)?;
    let (file, inside) = written.split_at(at + MARK.len() - 1);
    let inside = inside.trim_start_matches('#');
    (!inside.is_empty()).then_some((file, inside))
}

impl TextKind {
    /// The kind of a file by its extension; `None` for an attachment.
    pub(super) fn of(name: &SourceName) -> Option<Self> {
        // What is inside a PDF is an attachment, whatever it is called.
        if inside_pdf(&name.0).is_some() {
            return None;
        }
        if workbook(&name.0).is_some() {
            return Some(Self::Sheet);
        }
        let (_, ending) = name.file_name().rsplit_once('.')?;
        match ending.to_ascii_lowercase().as_str() {
            "md" | "markdown" => Some(Self::Markdown),
            "docx" | "docm" | "odt" | "doc" | "rtf" => Some(Self::Word),
            "csv" => Some(Self::Csv),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_told_by_names() {
        let of = |name: &str| TextKind::of(&SourceName(name.to_owned()));
        assert_eq!(of("a/budget.XLSX"), Some(TextKind::Sheet));
        assert_eq!(of("budget.ods#Costs!A1:B2"), Some(TextKind::Sheet));
        assert_eq!(of("report.odt"), Some(TextKind::Word));
        assert_eq!(of("report.DOC"), Some(TextKind::Word));
        assert_eq!(of("portfolio.pdf#budget.xlsx"), None);
        assert_eq!(of("portfolio.pdf#report.docx"), None);
        assert_eq!(of("budget.pdf"), None);
    }
}
