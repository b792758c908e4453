//! The outline of a pack: items, their reports with sections, and their appendices with the outlines
//! that these have of their own.

use super::numbering::{Numbered, heading_anchor};
use super::sequence::{Body, item_title};
use crate::assemble::plan::{Anchor, OutlineEntry, Target};
use crate::assemble::verify::Bookmark;
use crate::model::{Agenda, Item};

/// How deep the headings of a document go into the outline, below the document.
const DEPTH: u8 = 3;

/// The outline's entries in order.
pub(super) fn outline(agenda: &Agenda, numbered: &Numbered) -> Vec<OutlineEntry> {
    let mut entries = Vec::new();
    let (front, rest): (Vec<_>, Vec<_>) = numbered
        .stretches
        .iter()
        .enumerate()
        .filter(|(_, stretch)| stretch.item.is_none())
        .partition(|(index, _)| numbered.is_front_matter(*index));
    for (index, stretch) in front {
        entries.push(entry(&stretch.title, 0, index));
    }
    for item in &agenda.items {
        item_entries(item, 0, numbered, &mut entries);
    }
    for (index, stretch) in rest {
        entries.push(entry(&stretch.title, 0, index));
    }
    entries
}

fn item_entries(item: &Item, level: usize, numbered: &Numbered, entries: &mut Vec<OutlineEntry>) {
    let own = numbered.index.of_item(&item.number.value);
    let title = item_title(item);
    match own.first() {
        Some(index) => entries.push(entry(&title, level, *index)),
        // An item without a page is found where the agenda names it.
        None => entries.push(OutlineEntry {
            title,
            level,
            target: Target::Page {
                section: 0,
                page: 0,
            },
            adopt: None,
        }),
    }
    for &index in own {
        let stretch = &numbered.stretches[index];
        let below = if stretch.key == item.key {
            level
        } else {
            entries.push(entry(&stretch.title, level + 1, index));
            level + 1
        };
        match &stretch.body {
            Body::Pdf { .. } => {
                if let Some(last) = entries.last_mut() {
                    last.adopt = Some(index);
                }
            }
            Body::Part(_) => heading_entries(index, below, numbered, entries),
        }
    }
    for inner in &item.items {
        item_entries(inner, level + 1, numbered, entries);
    }
}

fn heading_entries(
    section: usize,
    below: usize,
    numbered: &Numbered,
    entries: &mut Vec<OutlineEntry>,
) {
    let Some(Some(sheets)) = numbered.sheets.get(section) else {
        return;
    };
    let key = &numbered.stretches[section].key;
    for (index, heading) in sheets.headings.iter().enumerate() {
        if (2..=DEPTH).contains(&heading.level) {
            entries.push(OutlineEntry {
                title: heading.title.clone(),
                level: below + usize::from(heading.level) - 1,
                target: Target::Anchor(heading_anchor(key, index)),
                adopt: None,
            });
        }
    }
}

fn entry(title: &str, level: usize, section: usize) -> OutlineEntry {
    OutlineEntry {
        title: title.to_owned(),
        level,
        target: Target::Page { section, page: 0 },
        adopt: None,
    }
}

/// The entries of an outline with the page that each leads to.
pub(super) fn bookmarks(entries: &[OutlineEntry], numbered: &Numbered) -> Vec<Bookmark> {
    let page = |target: &Target| match target {
        Target::Anchor(anchor) => numbered.page_of(anchor),
        Target::Page { section, page } => numbered.map.position(*section, *page).map(|at| at + 1),
    };
    entries
        .iter()
        .map(|entry| Bookmark {
            title: entry.title.clone(),
            page: page(&entry.target),
        })
        .collect()
}

/// The named places of a stretch: those that its text named, and one for each heading.
pub(super) fn anchors(numbered: &Numbered, section: usize) -> Vec<Anchor> {
    let key = &numbered.stretches[section].key;
    let at_start = |name: &String| Anchor {
        name: name.clone(),
        page: 0,
        y: 0.0,
    };
    let Some(Some(sheets)) = numbered.sheets.get(section) else {
        return vec![at_start(key)];
    };
    let stand_ins = numbered.stand_ins.iter();
    let stand_ins = stand_ins.filter(|(_, stretch)| *stretch == section);
    #[expect(clippy::cast_possible_truncation, reason = "points on a page")]
    let named = sheets.anchors.iter().map(|anchor| Anchor {
        name: anchor.name.clone(),
        page: anchor.page,
        y: anchor.y as f32,
    });
    #[expect(clippy::cast_possible_truncation, reason = "points on a page")]
    let headings = sheets
        .headings
        .iter()
        .enumerate()
        .map(|(index, heading)| Anchor {
            name: heading_anchor(key, index),
            page: heading.page,
            y: heading.y as f32,
        });
    named
        .chain(headings)
        .chain(stand_ins.map(|(place, _)| at_start(place)))
        .collect()
}
