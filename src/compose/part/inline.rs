//! Running text, and images.

use serde::Serialize;

/// An image and what it says.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Figure {
    /// The name by which its bytes are asked for: its path from the workspace.
    pub image: String,
    /// The alternative text; empty where the author gave none.
    pub alt: String,
    /// What stands below it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub caption: Option<Vec<Inline>>,
    /// Whether it may fill the page, as a plan does.
    pub full: bool,
    /// The lettering of a drawing, which no print size enlarges.
    #[serde(skip)]
    pub lettering: Vec<String>,
    /// How much of the width of its page it took, if it stays as large when print grows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub share: Option<f64>,
}

/// A piece of running text.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "inline", rename_all = "kebab-case")]
pub enum Inline {
    /// Words.
    Text {
        /// The words.
        text: String,
    },
    /// Strongly stressed words.
    Strong {
        /// The words.
        content: Vec<Inline>,
    },
    /// Stressed words.
    Emphasis {
        /// The words.
        content: Vec<Inline>,
    },
    /// Words that were struck out.
    Struck {
        /// The words.
        content: Vec<Inline>,
    },
    /// Code, in a fixed-width font.
    Code {
        /// The words.
        text: String,
    },
    /// A link out of the pack.
    Web {
        /// The address.
        url: String,
        /// The words that stand for it.
        content: Vec<Inline>,
    },
    /// A link to a place in the pack.
    Go {
        /// The place.
        anchor: String,
        /// The words that stand for it.
        content: Vec<Inline>,
    },
    /// The number of the page on which a place is.
    Page {
        /// The place.
        anchor: String,
        /// What is printed, with `{page}` for the number: "page {page}". In a re-flowed edition
        /// `{standard}` is the number in the standard edition.
        words: String,
    },
    /// A reference to a footnote.
    Note {
        /// Its label.
        label: String,
    },
    /// A further reference to a footnote; what [`Inline::Note`] becomes when it is typeset, where
    /// it is not the first.
    NoteAgain {
        /// Its label.
        label: String,
    },
    /// Words in another language.
    Lang {
        /// The language as a BCP 47 tag.
        lang: String,
        /// The words.
        content: Vec<Inline>,
    },
    /// Words that stay on one line.
    Keep {
        /// The words.
        content: Vec<Inline>,
    },
    /// An image in a line of text.
    Image(Figure),
    /// A line end.
    Break,
    /// Where a page of the standard edition begins, in the middle of a paragraph.
    PageMark {
        /// The labels of pages before it that begin at the same place.
        also: Vec<String>,
        /// The page's label.
        label: String,
        /// What it prints: "Standard page 39".
        words: String,
    },
}

/// The running text directly inside a piece, borrowed as the piece is.
macro_rules! content_of {
    ($inline:expr) => {
        match $inline {
            Inline::Strong { content }
            | Inline::Emphasis { content }
            | Inline::Struck { content }
            | Inline::Web { content, .. }
            | Inline::Go { content, .. }
            | Inline::Lang { content, .. }
            | Inline::Keep { content } => Some(content),
            Inline::Text { .. }
            | Inline::Code { .. }
            | Inline::Image(_)
            | Inline::Break
            | Inline::Page { .. }
            | Inline::Note { .. }
            | Inline::NoteAgain { .. }
            | Inline::PageMark { .. } => None,
        }
    };
}

impl Inline {
    /// Words.
    pub fn text(text: impl Into<String>) -> Self {
        Inline::Text { text: text.into() }
    }

    /// The running text directly inside it.
    pub fn inner(&self) -> &[Inline] {
        content_of!(self).map_or(&[], Vec::as_slice)
    }

    /// The running text directly inside it, to be changed; `None` where there can be none.
    pub fn inner_mut(&mut self) -> Option<&mut Vec<Inline>> {
        content_of!(self)
    }

    /// Strongly stressed words.
    pub fn strong(text: impl Into<String>) -> Self {
        Inline::Strong {
            content: vec![Inline::text(text)],
        }
    }
}

/// The words of running text without any mark-up; page slots and footnote references left out.
pub fn plain(content: &[Inline]) -> String {
    let mut words = String::new();
    gather(content, &mut words);
    words
}

fn gather(content: &[Inline], words: &mut String) {
    for inline in content {
        match inline {
            Inline::Text { text } | Inline::Code { text } => words.push_str(text),
            Inline::Image(figure) => words.push_str(&figure.alt),
            Inline::Break => words.push(' '),
            _ => gather(inline.inner(), words),
        }
    }
}
