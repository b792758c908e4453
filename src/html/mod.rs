//! An edition becomes one self-contained page, by templates that a council can override.
//!
//! The page holds the whole pack: front sheet, agenda, membership, every item, report, table,
//! minute and appendix. It needs no network, no server and no JavaScript. This room knows HTML
//! and what assistive technology makes of it; it does not know how the printed pack is made
//! (which page begins where comes in as [`Numbers`]), nor where files are (images come through
//! [`Options::images`], PDFs are linked by the names in [`Options::linked`]).

mod blocks;
mod colour;
mod contact;
mod document;
mod facts;
mod headings;
mod held;
mod ids;
mod image;
mod inlines;
mod markup;
mod numbers;
mod options;
mod page;
mod shared;
mod size;
mod structured;
mod table;
mod templates;
mod view;

use std::collections::BTreeMap;

use bytes::Bytes;

use crate::compose::part::Part;
use crate::compose::words::Words;
use crate::edition::Edition;
use crate::model::SourceName;
use crate::model::council::Style;

pub use contact::{contact, letterhead};
pub use held::held;
pub use markup::{clean, file_address, website};
pub use numbers::{DISTRIBUTION, FRONT_SHEET, Numbers, PrintedPage};
pub use options::{Linked, Options, Places};
pub use structured::{embedded, event_status, hash, in_script};
pub use templates::{BUILT_IN as TEMPLATES, HtmlError, Templates};
pub use view::{Contact, Letterhead};

/// The pack as one HTML page. `parts` are the composed parts, with marks where the pages of the standard
/// pack begin.
///
/// # Errors
/// When a council's own template cannot be read or filled in.
pub fn render(
    edition: &Edition,
    parts: &[Part],
    numbers: &Numbers,
    options: &Options<'_>,
) -> Result<String, HtmlError> {
    let page = page::page(edition, parts, numbers, options);
    templates::render(&page, &options.templates)
}

/// Parts that are not in a pack, as HTML: see [`alone`].
#[derive(Debug)]
pub struct Alone {
    /// The text of each part. Its ids begin with its key.
    pub bodies: Vec<String>,
    /// The style sheet of a page that holds them.
    pub style: String,
}

/// Parts below headings of `level`, with the parts' keys as ids, for a page that is not a pack's.
///
/// # Errors
/// When the style sheet cannot be filled in.
pub fn alone(
    parts: &[Part],
    level: u8,
    images: &(dyn Fn(&SourceName) -> Option<Bytes> + Sync),
) -> Result<Alone, HtmlError> {
    let numbers = Numbers::new(Vec::new());
    let options = Options {
        large_print: None,
        draft: false,
        templates: BTreeMap::new(),
        images,
        linked: BTreeMap::new(),
        places: None,
    };
    let mut shared = shared::Shared::new(Words::English, "en-GB", &numbers, &options);
    for part in parts {
        let id = shared.ids.claim(&part.key);
        shared.documents.insert(part.key.clone(), id);
    }
    let mut bodies = Vec::new();
    for part in parts {
        let mut setter = blocks::Setter::of(&mut shared, part, &part.key, level);
        setter.blocks(&part.blocks);
        setter.close(level);
        bodies.push(setter.out);
    }
    let look = view::Look {
        tables: page::table_widths(&shared, 100),
        ..page::look(&Style::default(), 100, false)
    };
    let style = templates::style(&look, &options.templates)?;
    Ok(Alone { bodies, style })
}

/// The style sheet of the page, for other pages that should look like it.
///
/// # Errors
/// When a council's own style sheet cannot be read or filled in.
pub fn style(style: &Style, templates: &BTreeMap<String, String>) -> Result<String, HtmlError> {
    templates::style(&page::look(style, 100, false), templates)
}
