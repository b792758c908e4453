//! A paragraph: first as pieces that look alike, then as a line of the transcript with its running
//! text.
//!
//! The transcript has a line for each paragraph, so that a finding can show its place in a Word file
//! as in any other: line 12 is the twelfth paragraph.

use super::field::Lead;
use crate::finding::{FileId, Span};
use crate::model::SourceName;
use crate::prose::{Figure, Inline, InlineKind, LinkTarget};

/// A piece of a paragraph.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Piece {
    pub(super) what: What,
    pub(super) look: Look,
}

/// What a piece is.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum What {
    Words(String),
    Break,
    Picture(Figure),
    /// A reference to the footnote with this label.
    Note(String),
}

/// What pieces that belong together have in common.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Look {
    pub(super) bold: bool,
    pub(super) italic: bool,
    pub(super) struck: bool,
    pub(super) underlined: bool,
    pub(super) lang: Option<String>,
    pub(super) lead: Option<Lead>,
}

/// The paragraphs so far, a line each.
#[derive(Debug)]
pub(super) struct Transcript {
    pub(super) file: FileId,
    pub(super) text: String,
}

/// A line that was written.
#[derive(Debug)]
pub(super) struct Line {
    pub(super) content: Vec<Inline>,
    /// All of it.
    pub(super) span: Span,
    /// The label at its start.
    pub(super) label: Span,
}

impl Transcript {
    /// Writes a paragraph as a line. `target` resolves links; one without a target stays plain text.
    pub(super) fn write(
        &mut self,
        label: Option<&str>,
        pieces: Vec<Piece>,
        target: &dyn Fn(&Lead) -> Option<LinkTarget>,
    ) -> Line {
        let start = self.text.len();
        if let Some(label) = label {
            self.text.push_str(label);
        }
        let label = self.span(start);
        if label.start < label.end {
            self.text.push(' ');
        }
        let mut placed = Vec::with_capacity(pieces.len());
        for piece in trimmed(pieces) {
            let from = self.text.len();
            let kind = match piece.what {
                What::Words(words) => {
                    self.text.push_str(&words);
                    InlineKind::Text(words.replace('\t', " "))
                }
                What::Break => {
                    self.text.push(' ');
                    InlineKind::HardBreak
                }
                What::Picture(figure) => {
                    self.text.push_str("[picture]");
                    InlineKind::Image(figure)
                }
                What::Note(label) => InlineKind::FootnoteRef(label),
            };
            let span = self.span(from);
            placed.push((piece.look, Inline { kind, span }));
        }
        let span = self.span(start);
        self.text.push('\n');
        Line {
            content: nested(placed, target),
            span,
            label,
        }
    }

    /// From a byte to the end of what is written.
    pub(super) fn span(&self, from: usize) -> Span {
        Span::new(self.file, from, self.text.len())
    }
}

/// Trims whitespace at both ends of a paragraph, and joins pieces that look alike.
fn trimmed(pieces: Vec<Piece>) -> Vec<Piece> {
    let mut all: Vec<Piece> = Vec::with_capacity(pieces.len());
    for piece in pieces {
        match (all.last_mut(), piece) {
            (
                Some(Piece {
                    what: What::Words(before),
                    look,
                }),
                Piece {
                    what: What::Words(words),
                    look: other,
                },
            ) if *look == other => before.push_str(&words),
            (_, piece) => all.push(piece),
        }
    }
    while let Some(last) = all.last_mut() {
        match &mut last.what {
            What::Words(words) => {
                words.truncate(words.trim_end().len());
                if !words.is_empty() {
                    break;
                }
            }
            What::Break => {}
            What::Picture(_) | What::Note(_) => break,
        }
        all.pop();
    }
    let mut blank = 0;
    for piece in &mut all {
        match &mut piece.what {
            What::Words(words) => {
                words.drain(..words.len() - words.trim_start().len());
                if !words.is_empty() {
                    break;
                }
            }
            What::Break => {}
            What::Picture(_) | What::Note(_) => break,
        }
        blank += 1;
    }
    all.drain(..blank);
    all
}

/// Whether there is nothing to read or see in pieces.
pub(super) fn blank(pieces: &[Piece]) -> bool {
    pieces.iter().all(|piece| match &piece.what {
        What::Words(words) => words.trim().is_empty(),
        What::Break => true,
        What::Picture(_) | What::Note(_) => false,
    })
}

/// One way in which pieces can differ, the outermost first.
#[derive(Clone, Copy)]
enum Layer {
    Lead,
    Lang,
    Bold,
    Italic,
    Struck,
}

/// Puts pieces that stand together and look alike into one element.
fn nested(
    pieces: Vec<(Look, Inline)>,
    target: &dyn Fn(&Lead) -> Option<LinkTarget>,
) -> Vec<Inline> {
    let layers = [
        Layer::Lead,
        Layer::Lang,
        Layer::Bold,
        Layer::Italic,
        Layer::Struck,
    ];
    layered(pieces, &layers, target)
}

fn layered(
    pieces: Vec<(Look, Inline)>,
    layers: &[Layer],
    target: &dyn Fn(&Lead) -> Option<LinkTarget>,
) -> Vec<Inline> {
    let Some((layer, inner)) = layers.split_first() else {
        return pieces.into_iter().map(|(_, inline)| inline).collect();
    };
    let same = |one: &Look, other: &Look| match layer {
        Layer::Lead => one.lead == other.lead,
        Layer::Lang => one.lang == other.lang,
        Layer::Bold => one.bold == other.bold,
        Layer::Italic => one.italic == other.italic,
        Layer::Struck => one.struck == other.struck,
    };
    let mut all = Vec::new();
    let mut pieces = pieces.into_iter().peekable();
    while let Some(first) = pieces.next() {
        let look = first.0.clone();
        let mut alike = vec![first];
        while let Some(next) = pieces.next_if(|next| same(&look, &next.0)) {
            alike.push(next);
        }
        let span = alike[0].1.span.to(alike[alike.len() - 1].1.span);
        let content = layered(alike, inner, target);
        let kind = match (layer, look) {
            (
                Layer::Lead,
                Look {
                    lead: Some(lead), ..
                },
            ) => match target(&lead) {
                Some(target) => InlineKind::Link { target, content },
                None => {
                    all.extend(content);
                    continue;
                }
            },
            (
                Layer::Lang,
                Look {
                    lang: Some(lang), ..
                },
            ) => InlineKind::Lang(lang, content),
            (Layer::Bold, Look { bold: true, .. }) => InlineKind::Strong(content),
            (Layer::Italic, Look { italic: true, .. }) => InlineKind::Emphasis(content),
            (Layer::Struck, Look { struck: true, .. }) => InlineKind::Struck(content),
            _ => {
                all.extend(content);
                continue;
            }
        };
        all.push(Inline { kind, span });
    }
    all
}

/// The pictures in running text, and where each stands.
pub(super) fn sources(content: &[Inline]) -> Vec<(SourceName, Span)> {
    let mut all = Vec::new();
    for inline in content {
        match &inline.kind {
            InlineKind::Image(figure) => all.push((SourceName(figure.source.clone()), inline.span)),
            InlineKind::Strong(inner)
            | InlineKind::Emphasis(inner)
            | InlineKind::Struck(inner)
            | InlineKind::Lang(_, inner)
            | InlineKind::Link { content: inner, .. } => all.extend(sources(inner)),
            _ => {}
        }
    }
    all
}
