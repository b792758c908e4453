//! What paints text besides the content of a page: its form fields, and tags that say what text their
//! content stands for.

use lopdf::ObjectId;

use crate::pdf::content::{Mark, PageContent};
use crate::pdf::text::plain_characters;

/// A form field and what it shows.
#[derive(Debug)]
pub(in crate::pdf) struct Field {
    /// Its object, where it is one.
    pub(in crate::pdf) id: Option<ObjectId>,
    pub(in crate::pdf) content: PageContent,
}

/// The replacement text of the innermost tag that has one, and which tag that is.
pub(super) fn replacement(content: &PageContent, mark: &Mark) -> Option<(u32, String)> {
    let mut next = mark.tag;
    while let Some(index) = next {
        let tag = content.tags.get(index as usize)?;
        if let Some(text) = &tag.actual_text {
            return Some((index, plain_characters(text).collect()));
        }
        next = tag.parent;
    }
    None
}
