//! True redaction: what is inside a box is removed from the file, and the file is read again to check that it
//! is gone.
//!
//! - Glyphs are removed from their strings. One adjustment replaces each run of them, so that the text around
//!   it stays in place and the widths of single glyphs are not kept.
//! - Pixels are blanked. An image in a format that cannot be unpacked is removed as a whole.
//! - Paths are cut along the box.
//! - Annotations that touch the box are removed, with the replies to them.
//! - Replacement texts of the elements with the words are removed.
//! - The file's metadata, thumbnails, private data, scripts, embedded files and earlier versions are removed,
//!   as the file is written again from what its pages reach.
//! - If anything else in the file repeats the words, or a part of them that is no longer on any page, the
//!   words are removed there too.
//!
//! At the end, a second reader that shares nothing with the first reads the whole file.

mod area;
mod aside;
mod beside;
mod edit;
mod names;
mod outline;
mod picture;
mod proof;
mod rewrite;
mod scrub;
mod second;
mod secret;

use std::collections::{HashMap, HashSet};

use lopdf::{Dictionary, Document, ObjectId};

use area::{Areas, Fresh};
pub use area::{RedactError, Redacted, RedactionBox, Removed};
pub use beside::without_beside;
use secret::Secrets;

use super::content::Interpreter;
use super::geometry::Rect;
use super::structure::ContentKey;
use super::{Page, pages};

/// The new content of one page.
struct PageChange {
    id: ObjectId,
    content: ObjectId,
    resources: lopdf::Dictionary,
}

/// Removes what is inside `boxes` from a PDF.
///
/// # Errors
/// Why it was not done. There is a result only if the file was read again and nothing was found inside the
/// boxes.
pub fn redact(bytes: &[u8], boxes: &[RedactionBox]) -> Result<Redacted, RedactError> {
    let mut doc = super::open(bytes).ok_or(RedactError::Unreadable)?;
    scrub::tree(&mut doc);
    let mut removed = vec![Removed::default(); boxes.len()];
    let mut fresh = Fresh::of(&doc);
    let mut touched: HashSet<ContentKey> = HashSet::new();
    let mut replaced: HashMap<ObjectId, scrub::Replaced> = HashMap::new();
    // Texts of what was removed: replacement texts, notes, values of fields.
    let mut spoken: Vec<String> = Vec::new();
    let mut changes: Vec<PageChange> = Vec::new();
    let placed = {
        let pages = pages(&doc);
        let placed = place(&pages, boxes)?;
        let mut reader = Interpreter::new(&doc);
        let nothing = Dictionary::new();
        for (number, areas) in &placed {
            let page = &pages[*number];
            let shown = u32::try_from(number + 1).unwrap_or(u32::MAX);
            let content = reader.page(page);
            if content.truncated || content.unreadable {
                return Err(RedactError::TooLarge(shown));
            }
            let mut plan = edit::plan(&doc, &content, areas, *number, &mut removed, &mut fresh);
            spoken.append(&mut plan.spoken);
            touched.extend(plan.touched.iter().copied());
            let forms = content.streams.iter().filter_map(|usage| usage.form);
            replaced.extend(forms.map(|form| (form, scrub::Replaced::default())));
            replaced.extend(plan.replaced.drain(..));
            let resources = page.resources.unwrap_or(&nothing);
            aside::clear(
                &doc,
                &mut reader,
                resources,
                &content,
                areas,
                &mut removed,
                &mut fresh,
            )
            .ok_or(RedactError::TooLarge(shown))?;
            let (content, resources) =
                rewrite::page(&doc, page, &content, &plan, &areas.rects, &mut fresh)
                    .ok_or(RedactError::TooLarge(shown))?;
            changes.push(PageChange {
                id: page.id.ok_or(RedactError::Unreadable)?,
                content,
                resources,
            });
        }
        scrub::structure(&doc, &pages, &touched, &mut spoken, &mut fresh);
        placed
    };
    replace(&mut doc, fresh, changes)?;
    scrub::unused(&mut doc, &replaced, &mut removed);
    scrub::annotations(&mut doc, &placed, &mut removed, &mut spoken);
    scrub::file(&mut doc);
    let texts = removed.iter().map(|report| report.text.as_str());
    let secrets = Secrets::of(
        texts.chain(spoken.iter().map(String::as_str)),
        &proof::said(&doc),
    );
    scrub::strings(&mut doc, &secrets);
    let renamed = names::rename(&mut doc, &secrets);
    scrub::streams(&mut doc, &secrets, &renamed);
    let pdf = write(&mut doc)?;
    proof::check(&pdf, &placed)?;
    second::prove(&pdf, &placed, &secrets)?;
    proof::elsewhere(&pdf, boxes, &mut removed);
    Ok(Redacted { pdf, removed })
}

/// The boxes of each page, in the order of the pages.
fn place(pages: &[Page<'_>], boxes: &[RedactionBox]) -> Result<Vec<(usize, Areas)>, RedactError> {
    let mut placed: Vec<(usize, Areas)> = Vec::new();
    for (index, wanted) in boxes.iter().enumerate() {
        let number = (wanted.page as usize)
            .checked_sub(1)
            .filter(|&number| number < pages.len())
            .ok_or(RedactError::NoSuchPage(wanted.page))?;
        let page = &pages[number];
        let sides = [wanted.x, wanted.y, wanted.width, wanted.height];
        let shown = Rect {
            x0: wanted.x,
            y0: wanted.y,
            x1: wanted.x + wanted.width,
            y1: wanted.y + wanted.height,
        };
        let rect = page.from_shown().quad(&shown).bounds();
        if sides.iter().any(|side| !side.is_finite())
            || shown.is_empty()
            || rect.intersect(&page.crop).is_empty()
        {
            return Err(RedactError::EmptyBox(wanted.page));
        }
        match placed.iter_mut().find(|(known, _)| *known == number) {
            Some((_, areas)) => {
                areas.rects.push(rect);
                areas.boxes.push(index);
            }
            None => placed.push((
                number,
                Areas {
                    rects: vec![rect],
                    boxes: vec![index],
                },
            )),
        }
    }
    placed.sort_by_key(|(number, _)| *number);
    Ok(placed)
}

/// Adds the new objects and the new content of pages to the document.
fn replace(doc: &mut Document, fresh: Fresh, changes: Vec<PageChange>) -> Result<(), RedactError> {
    for (id, object) in fresh.objects {
        doc.max_id = doc.max_id.max(id.0);
        doc.objects.insert(id, object);
    }
    for change in changes {
        let Ok(page) = doc.get_dictionary_mut(change.id) else {
            return Err(RedactError::Unreadable);
        };
        page.set("Contents", change.content);
        page.set("Resources", change.resources);
    }
    Ok(())
}

/// Writes the document again, as one version and with only what it reaches.
fn write(doc: &mut Document) -> Result<Vec<u8>, RedactError> {
    for key in [b"Prev".as_slice(), b"XRefStm", b"Encrypt", b"ID"] {
        doc.trailer.remove(key);
    }
    doc.encryption_state = None;
    doc.prune_objects();
    doc.renumber_objects();
    let mut pdf = Vec::new();
    doc.save_modern(&mut pdf)
        .map_err(|_| RedactError::Unwritable)?;
    Ok(pdf)
}
