//! An edition becomes one self-contained page, by templates that a council can override.
//!
//! The page holds the whole pack: front sheet, agenda, membership, every item, report, table,
//! minute and appendix. It needs no network, no server and no JavaScript. This room knows HTML
//! and what assistive technology makes of it; it does not know how the printed pack is made
//! (which page begins where comes in as [`Numbers`]), nor where files are (images come through
//! [`Options::images`], PDFs are linked by the names in [`Options::linked`]).

mod colour;
mod composed;
mod document;
mod ids;
mod image;
mod markup;
mod numbers;
mod page;
mod prose;
mod shared;
mod size;
mod structured;
mod table;
mod templates;
mod view;

use std::collections::BTreeMap;

use bytes::Bytes;

use crate::edition::Edition;
use crate::model::SourceName;

pub use numbers::{DISTRIBUTION, FRONT_SHEET, Numbers, PageAt, PageStart};
pub use templates::BUILT_IN as TEMPLATES;

/// A PDF that lies beside the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Linked {
    /// Its path from the page, with `/` between folders.
    pub file: String,
    /// Its size.
    pub bytes: u64,
}

/// What is asked of a page beside its edition.
pub struct Options<'a> {
    /// The size of large print in points; `None` for the standard page.
    pub large_print: Option<f32>,
    /// Whether the page says that it is a draft.
    pub draft: bool,
    /// The council's own templates by their names, such as `page.html` or `style.css`.
    pub templates: BTreeMap<String, String>,
    /// The bytes of an image.
    pub images: &'a (dyn Fn(&SourceName) -> Option<Bytes> + Sync),
    /// The PDFs beside the page, by the key of their paper or appendix. One that is not here is
    /// said to be in the printed pack.
    pub linked: BTreeMap<String, Linked>,
}

impl std::fmt::Debug for Options<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Options")
            .field("large_print", &self.large_print)
            .field("draft", &self.draft)
            .field("templates", &self.templates.keys())
            .field("linked", &self.linked)
            .finish_non_exhaustive()
    }
}

/// Why there is no page: a template that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HtmlError {
    /// The template, by its name.
    pub template: Option<String>,
    /// The line in it, counted from 1.
    pub line: Option<usize>,
    /// The column in that line, counted from 1.
    pub column: Option<usize>,
    /// What is wrong.
    pub message: String,
}

impl std::fmt::Display for HtmlError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match (&self.template, self.line) {
            (Some(template), Some(line)) => {
                write!(f, "template {template}, line {line}: {}", self.message)
            }
            (Some(template), None) => write!(f, "template {template}: {}", self.message),
            (None, _) => write!(f, "the page's templates: {}", self.message),
        }
    }
}

impl std::error::Error for HtmlError {}

/// The pack as one HTML page.
///
/// # Errors
/// Where a council's own template cannot be read or set.
pub fn render(
    edition: &Edition,
    numbers: &Numbers,
    options: &Options<'_>,
) -> Result<String, HtmlError> {
    let page = page::page(edition, numbers, options);
    templates::render(&page, &options.templates)
}
