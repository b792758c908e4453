//! What becomes of a site, or why there is none.

use crate::html::HtmlError;
use crate::write::WriteError;

/// For whom the folder of a site is, as a [`Publication`] knows it.
pub const KIND: &str = "site";

/// What became of a site.
#[derive(Debug, Default)]
pub struct Made {
    /// How many meetings it holds.
    pub meetings: usize,
    /// How many of them were built.
    pub built: usize,
    /// How many were taken from where `pack build` had put them, the others being on the site already.
    pub taken: usize,
    /// How many files it has.
    pub files: usize,
    /// What is not on it as it should be, and why.
    pub refused: Vec<Refused>,
}

/// Something that is not on the site as it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// The pack, or the address.
    pub name: String,
    /// Why.
    pub why: String,
    /// Whether the site still has it as it was before.
    pub kept: bool,
}

/// Why there is no site.
#[derive(Debug)]
pub enum SiteError {
    /// Nothing has been published.
    Nothing,
    /// Two packs have folders of the same name, which is their address.
    SameName(String),
    /// The council's own templates cannot be read.
    Templates(std::io::Error),
    /// A template cannot be used.
    Html(HtmlError),
    /// The disk refused.
    Write(WriteError),
    /// The record of the site could not be serialised.
    Record(serde_json::Error),
}

impl std::fmt::Display for SiteError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Nothing => f.write_str(
                "nothing has been published yet that could be shown: build a pack, then `pack publish`",
            ),
            Self::SameName(name) => write!(
                f,
                "two packs have folders called {name}, which is their address on the site: rename one"
            ),
            Self::Templates(error) => error.fmt(f),
            Self::Html(error) => error.fmt(f),
            Self::Write(error) => error.fmt(f),
            Self::Record(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for SiteError {}

impl From<HtmlError> for SiteError {
    fn from(error: HtmlError) -> Self {
        Self::Html(error)
    }
}

impl From<WriteError> for SiteError {
    fn from(error: WriteError) -> Self {
        Self::Write(error)
    }
}

impl From<serde_json::Error> for SiteError {
    fn from(error: serde_json::Error) -> Self {
        Self::Record(error)
    }
}
