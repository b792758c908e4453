//! What can be said of a source: a finding with its code, severity and place, and the table of
//! the files that places point into.
//!
//! This room knows text and byte offsets. It prints nothing, reads nothing, and does not know
//! which rules there are.

mod files;
mod span;

pub use files::{Files, Position, SourceText, Whereabouts};
pub use span::{FileId, Span, Spanned};

/// A number with its noun: "1 page", "3 pages".
pub fn counted(number: usize, one: &str) -> String {
    if number == 1 {
        format!("1 {one}")
    } else {
        format!("{number} {one}s")
    }
}

use serde::Serialize;

/// How much a finding matters, and so whether a build goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Not reported: the council has switched it off.
    Allow,
    /// Worth a look.
    Note,
    /// Should be mended before publication.
    Warning,
    /// Nothing is published while it stands.
    Error,
}

impl Severity {
    /// The word a clerk writes in `council.toml`.
    pub fn as_str(self) -> &'static str {
        match self {
            Severity::Allow => "allow",
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }

    /// The severity that a word names.
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Allow, Self::Note, Self::Warning, Self::Error]
            .into_iter()
            .find(|severity| severity.as_str() == word)
    }
}

/// The kebab-case name of a kind of finding, which reads well after "allow":
/// `item-without-report`, `appendix-not-attached`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Code(pub &'static str);

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.0)
    }
}

/// Where a finding is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// In a text file.
    Text(Span),
    /// A whole file, by its path from the workspace.
    File(String),
    /// A page of a PDF: its path from the workspace, and the page counted from 1.
    Page(String, u32),
    /// Nowhere in the sources (the workspace itself, an output).
    Nowhere,
}

impl From<Span> for Place {
    fn from(span: Span) -> Self {
        Place::Text(span)
    }
}

/// One thing that a clerk can mend or should look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What kind of finding it is.
    pub code: Code,
    /// How much it matters.
    pub severity: Severity,
    /// What is wrong, in one plain sentence without a full stop at the end.
    pub message: String,
    /// Where.
    pub place: Place,
    /// Words to set beside the place marked in the source.
    pub label: Option<String>,
    /// Other places that belong to it, each with a few words.
    pub related: Vec<(Span, String)>,
    /// What to do about it.
    pub help: Option<String>,
}

impl Finding {
    /// A finding at a place.
    pub fn new(
        code: Code,
        severity: Severity,
        place: impl Into<Place>,
        message: impl Into<String>,
    ) -> Self {
        Self {
            code,
            severity,
            message: message.into(),
            place: place.into(),
            label: None,
            related: Vec::new(),
            help: None,
        }
    }

    /// An error at a place.
    pub fn error(code: Code, place: impl Into<Place>, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Error, place, message)
    }

    /// A warning at a place.
    pub fn warning(code: Code, place: impl Into<Place>, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Warning, place, message)
    }

    /// A note at a place.
    pub fn note(code: Code, place: impl Into<Place>, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Note, place, message)
    }

    /// The same finding with the remedy.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same finding with words beside the marked place.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = Some(label.into());
        self
    }

    /// The same finding with another place that belongs to it.
    #[must_use]
    pub fn related(mut self, span: Span, words: impl Into<String>) -> Self {
        self.related.push((span, words.into()));
        self
    }
}
