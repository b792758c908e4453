//! What a page depends on besides its edition.

use std::collections::BTreeMap;

use bytes::Bytes;

use crate::compose::part::Block;
use crate::model::SourceName;

/// The place of a block in the sources: "packs/a/report.md:12".
pub type Places<'a> = &'a (dyn Fn(&Block) -> Option<String> + Sync);

/// A PDF beside the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Linked {
    /// Its path from the page, with `/` between folders.
    pub file: String,
    /// Its size in bytes.
    pub bytes: u64,
}

/// What a page depends on besides its edition.
pub struct Options<'a> {
    /// The size of large print in points; `None` for the standard page.
    pub large_print: Option<f32>,
    /// Whether the page says that it is a draft.
    pub draft: bool,
    /// The council's own templates by their names, such as `page.html` or `style.css`.
    pub templates: BTreeMap<String, String>,
    /// The bytes of an image.
    pub images: &'a (dyn Fn(&SourceName) -> Option<Bytes> + Sync),
    /// The place of a block in the sources, for `data-src`: only for the preview, never for a page that is
    /// published.
    pub places: Option<Places<'a>>,
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
