//! What a page shows besides its content: form fields, notes and links; and the text that a tag says its
//! content stands for.

use lopdf::ObjectId;

use crate::pdf::content::{Mark, PageContent};
use crate::pdf::geometry::Rect;
use crate::pdf::text::plain_characters;

/// A form field, or a note such as words that were typed on top of the page, and what it shows.
#[derive(Debug)]
pub(in crate::pdf) struct Field {
    /// Its object, where it is one.
    pub(in crate::pdf) id: Option<ObjectId>,
    pub(in crate::pdf) content: PageContent,
}

/// What a page shows besides its content.
#[derive(Debug, Default)]
pub(in crate::pdf) struct Besides {
    pub(in crate::pdf) fields: Vec<Field>,
    /// Where links are, and the addresses on the web that they lead to.
    pub(in crate::pdf) links: Vec<(Rect, String)>,
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
