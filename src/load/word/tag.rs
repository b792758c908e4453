//! Content controls that say what they hold: `w:tag="pack.subject"`. The template for reports writes
//! such tags, and they go before anything that is guessed from labels.

use super::line::{Piece, Transcript, What};
use crate::finding::Span;

/// The prefix of the tags; the rest is a key of front matter.
pub(super) const PREFIX: &str = "pack.";

/// The key of a heading whose style says that recommendations stand below it.
pub(in crate::load) const RECOMMENDATIONS_HEADING: &str = "recommendations-heading";
/// The name of that style in small letters. A style outlasts programs that drop tags.
pub(super) const RECOMMENDATIONS_STYLE: &str = "recommendations heading";
/// The label of the background papers in the table at the end of the template.
pub(in crate::load) const BACKGROUND_PAPERS: &str = "Background papers";
/// The label of the signatory in that table.
pub(in crate::load) const SIGNED_BY: &str = "Signed by";

/// What a tagged control holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::load) struct Tagged {
    /// The key, without the prefix.
    pub(in crate::load) key: String,
    /// Its lines; none if it has not been filled in.
    pub(in crate::load) lines: Vec<String>,
    /// Where it stands in the transcript; where its paragraph begins, for one inside a paragraph.
    pub(in crate::load) span: Span,
}

impl Tagged {
    /// A control that holds everything written since a byte of the transcript.
    pub(super) fn since(key: &str, from: usize, transcript: &Transcript) -> Self {
        let text = transcript.text.get(from..).unwrap_or("");
        Self {
            key: key.to_owned(),
            lines: lines(text),
            span: transcript.span(from),
        }
    }

    /// A heading over recommendations.
    pub(super) fn heading(span: Span) -> Self {
        Self {
            key: RECOMMENDATIONS_HEADING.to_owned(),
            lines: Vec::new(),
            span,
        }
    }

    /// Sets the lines of a control inside a paragraph.
    pub(super) fn holds(&mut self, pieces: &[Piece]) {
        let mut text = String::new();
        for piece in pieces {
            match &piece.what {
                What::Words(words) => text.push_str(words),
                What::Break => text.push('\n'),
                What::Picture(_) | What::Note(_) => {}
            }
        }
        self.lines = lines(&text);
    }
}

fn lines(text: &str) -> Vec<String> {
    let lines = text.lines().map(|line| line.trim().replace('\t', " "));
    lines.filter(|line| !line.is_empty()).collect()
}
