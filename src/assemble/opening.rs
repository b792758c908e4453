//! The opening of an attachment in the tags: a heading before everything that the file itself has
//! tagged, so that a screen reader says where in the pack the reader is.
//!
//! It is the pack's own heading, on pages that may have no tags at all. It does not tag anything that
//! the file has.

use lopdf::Object;

use super::imported::{Imported, ParentElements, ParentEntry, local};
use super::object::{dict, int, name, text_string};
use super::plan::Opening;

/// The highest number of marked content on a page. Each number takes an entry in an array.
const HIGHEST: usize = 1 << 20;

/// Adds an opening to the tags of its page, and returns the number of its marked content there. `free`
/// is a number from which on the page's own content uses none. `None` if there is no free number.
pub(super) fn tag(
    imported: &mut Imported,
    page: usize,
    opening: &Opening,
    free: i64,
    lang: &str,
) -> Option<i64> {
    let holder = imported.pages.get(page)?.object;
    let element = imported.objects.len();
    let parents = &mut imported.tags.parents;
    let of_page = parents
        .iter_mut()
        .find_map(|entry| match &mut entry.elements {
            ParentElements::Contents(elements) if entry.holder == holder => Some(elements),
            _ => None,
        });
    let known = of_page.as_ref().map_or(0, |elements| elements.len());
    let mcid = known.max(usize::try_from(free).ok()?);
    if mcid > HIGHEST {
        return None;
    }
    let up_to = |mut elements: Vec<Option<usize>>| {
        elements.resize(mcid, None);
        elements.push(Some(element));
        elements
    };
    match of_page {
        Some(elements) => *elements = up_to(std::mem::take(elements)),
        None => parents.push(ParentEntry {
            holder,
            elements: ParentElements::Contents(up_to(Vec::new())),
        }),
    }
    let mut heading = dict([
        ("Type", name("StructElem")),
        ("S", name("H1")),
        ("Pg", local(holder)),
        ("K", int(mcid)),
        ("ActualText", text_string(&opening.words())),
    ]);
    if !lang.is_empty() {
        heading.set("Lang", text_string(lang));
    }
    imported.objects.push(Object::Dictionary(heading));
    // It is not added to the file's own elements, whose types and classes may be renamed.
    imported.tags.roots.insert(0, element);
    i64::try_from(mcid).ok()
}
