//! A cover report: header table, recommendations, numbered sections and paragraphs.

use super::{Contact, Lang};
use crate::finding::{Span, Spanned};
use crate::prose::{Block, Inline, Prose};

/// An officer's cover report, whatever it was read from.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// What it is about: the `subject` of its front matter.
    pub subject: Option<Spanned<String>>,
    /// The rows of the header table in the council's order, those present only; empty values
    /// print an empty row.
    pub header: Vec<HeaderRow>,
    /// Header keys that the council asks for and the report leaves out.
    pub missing_header: Vec<String>,
    /// Those to contact.
    pub contacts: Vec<Contact>,
    /// What members are asked to decide, and where it stands.
    pub recommendations: Option<Spanned<Prose>>,
    /// The body in order. Section headings are level 1.
    pub body: Vec<NumberedBlock>,
    /// The footnotes of the body.
    pub footnotes: Vec<crate::prose::Footnote>,
    /// Who signs.
    pub signatory: Option<Contact>,
    /// The background papers (Local Government Act 1972, s.100D): `None` where the report does
    /// not say, empty where it says that there are none.
    pub background_papers: Option<Vec<String>>,
    /// Its language, where it differs from the pack's.
    pub lang: Option<Lang>,
    /// The front matter.
    pub span: Span,
}

impl Report {
    /// The byte of the source at which each section and numbered paragraph begins, with its number;
    /// empty for a section without one.
    pub fn numbers(&self) -> Vec<(u32, String)> {
        let numbers = self.body.iter().filter_map(|block| {
            let start = block.block.span.start;
            match &block.number {
                Some(number) => {
                    let start = number.span.map_or(start, |span| span.start.min(start));
                    Some((start, number.text.trim_end_matches('.').to_owned()))
                }
                None => block.section_heading().map(|_| (start, String::new())),
            }
        });
        numbers.collect()
    }
}

/// A row of a report's header table.
#[derive(Debug, Clone, PartialEq)]
pub struct HeaderRow {
    /// The council's key for it.
    pub key: String,
    /// What stands at the left.
    pub label: String,
    /// The lines at the right.
    pub lines: Vec<String>,
    /// Where it stands.
    pub span: Span,
}

/// The number of a heading, a paragraph or a minute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Number {
    /// As printed: "3", "3.1", "15.", "1/19".
    pub text: String,
    /// Where it was written; `None` where the program counted.
    pub span: Option<Span>,
}

/// A block of a report's body with its number. The number does not stand in the block's text.
#[derive(Debug, Clone, PartialEq)]
pub struct NumberedBlock {
    /// Its number, where it has one.
    pub number: Option<Number>,
    /// What it is.
    pub block: Block,
}

impl NumberedBlock {
    /// The words of a section's heading, where this is one.
    pub fn section_heading(&self) -> Option<&[Inline]> {
        match &self.block.kind {
            crate::prose::BlockKind::Heading {
                level: 1, content, ..
            } => Some(content),
            _ => None,
        }
    }
}
