//! Which page of the pack is which: pure arithmetic, usable before any page exists.
//!
//! Stamps, page labels, outline, contents, cross-references and the manifest all read the map made
//! here, so that no two of them can disagree. It knows how many pages each section has and where each has
//! to start; it does not know what is on them.

use crate::model::{PageNumber, PageRange};

/// Where a section starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Start {
    /// On the next page.
    #[default]
    Next,
    /// On the next right-hand page; a blank page is inserted where needed.
    OddPage,
}

/// A section as far as numbering is concerned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extent {
    /// The section's key.
    pub key: String,
    /// How many pages it has.
    pub pages: usize,
    /// How many page numbers it takes, where that is more than it has pages: a leaf in the place
    /// of a document that this edition withholds.
    pub reserved: usize,
    /// Where it starts.
    pub start: Start,
    /// The number that its first page was published with, where it keeps that.
    pub published: Option<PageNumber>,
    /// Whether its pages are numbered.
    pub numbered: bool,
}

/// The pack's pages.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PageMap {
    /// The sections, in the plan's order.
    pub sections: Vec<SectionPages>,
    /// Every page of the file in order, blank ones included.
    pub pages: Vec<PageEntry>,
    /// The highest printed number, letters aside: what `{pages}` stands for.
    pub last_number: u32,
}

/// The pages of one section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SectionPages {
    /// The section's key.
    pub key: String,
    /// Its first page in the file, from 1; a blank page inserted before it is not counted.
    pub first: usize,
    /// How many pages it has.
    pub count: usize,
    /// Printed numbers of its first and last page; `None` when it is not numbered or has no page.
    pub numbers: Option<PageRange>,
    /// The numbers that it takes: those, and later ones where numbers are kept for what this
    /// edition withholds.
    pub taken: Option<PageRange>,
}

impl SectionPages {
    /// The numbers kept for what is withheld, which are on none of its pages.
    #[must_use]
    pub fn withheld(&self) -> Option<PageRange> {
        let (first, last) = (self.numbers?.last().plus(1), self.taken?.last());
        (first <= last).then(|| PageRange::new(first, last.number()))
    }
}

/// One page of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageEntry {
    /// The section it belongs to; a blank page belongs to the one it precedes.
    pub section: usize,
    /// Page within the section, from 0; `None` is a blank page.
    pub page: Option<usize>,
    /// The printed number.
    pub number: Option<PageNumber>,
    /// The page label: the number, or a small roman numeral outside the numbering, with what else
    /// the page is called.
    pub label: String,
}

impl PageMap {
    /// The printed number of a section's page (both from 0), if it bears one.
    #[must_use]
    pub fn number(&self, section: usize, page: usize) -> Option<PageNumber> {
        let pages = self.sections.get(section)?;
        (page < pages.count).then_some(())?;
        pages.numbers.map(|numbers| numbers.first().plus(page))
    }

    /// The place in the file, from 0, of a section's page (both from 0).
    #[must_use]
    pub fn position(&self, section: usize, page: usize) -> Option<usize> {
        let pages = self.sections.get(section)?;
        (page < pages.count).then_some(())?;
        // Blank pages may stand between a section's pages.
        let from = pages.first - 1 + page;
        let rest = self.pages.iter().enumerate().skip(from);
        let mut rest = rest.map(|(at, entry)| (at, (entry.section, entry.page)));
        rest.find(|(_, entry)| *entry == (section, Some(page)))
            .map(|(at, _)| at)
    }

    /// Adds to the labels of a section's pages what else they are called: "standard page 39".
    pub fn also_called(&mut self, section: usize, names: &[Option<String>]) {
        for entry in self
            .pages
            .iter_mut()
            .filter(|entry| entry.section == section)
        {
            if let Some(Some(name)) = entry.page.and_then(|page| names.get(page)) {
                entry.label = format!("{} ({name})", entry.label);
            }
        }
    }
}

/// Places sections one after the other. A right-hand page is an odd page of the file, because
/// that is what a duplex printer goes by.
#[must_use]
pub fn page_map(extents: &[Extent]) -> PageMap {
    page_map_after(0, extents)
}

/// The same, the first number being the one after `taken`: numbers that were published go on in a
/// supplement.
#[must_use]
pub fn page_map_after(taken: u32, extents: &[Extent]) -> PageMap {
    let mut map = PageMap::default();
    let (mut number, mut unnumbered) = (taken, 0);
    let published = |extent: &Extent| extent.published.map(PageNumber::number);
    // Right-hand pages are found as if every reserved page were there, so that the editions that
    // withhold pages and the one that does not have the same blank pages.
    let mut reserved = 0;
    let double_sided = extents.iter().any(|extent| extent.start == Start::OddPage);
    let is_kept = extents.iter().any(|extent| extent.published.is_some());
    for (section, extent) in extents.iter().enumerate() {
        let next = published(extent).unwrap_or(number + 1);
        let blank = extent.pages > 0
            && match is_kept && extent.numbered {
                // Published pages stay on the side of the sheet that their number puts them on.
                true => {
                    let right = extent.published.is_none() && extent.start == Start::OddPage;
                    let first = next + u32::from(right && next % 2 == 0);
                    double_sided && (map.pages.len() % 2 == 1) == (first % 2 == 1)
                }
                false => extent.start == Start::OddPage && (map.pages.len() + reserved) % 2 == 1,
            };
        let pages = blank
            .then_some(None)
            .into_iter()
            .chain((0..extent.pages).map(Some));
        let mut numbers: Option<(u32, u32)> = None;
        let first = map.pages.len() + usize::from(blank) + 1;
        for page in pages {
            // A blank page before the first number belongs to the front matter, which may be longer in
            // one edition than in another.
            let before = page.is_none() && number == taken;
            // A blank page among published ones has the number that is free between them.
            let is_between = published(extent).is_none_or(|first| first == number + 2);
            let is_free = page.is_some() || (is_between && !is_published(extents, number + 1));
            if let (Some(0), Some(first)) = (page, published(extent)) {
                number = first - 1;
            }
            let (printed, label) = if extent.numbered && !before && is_free {
                number += 1;
                (Some(number), number.to_string())
            } else {
                unnumbered += 1;
                (None, roman(unnumbered))
            };
            if let (Some(printed), Some(_)) = (printed, page) {
                numbers = Some((numbers.map_or(printed, |(first, _)| first), printed));
            }
            map.pages.push(PageEntry {
                section,
                page,
                number: printed.map(PageNumber::from),
                label,
            });
        }
        let kept = extent.reserved.saturating_sub(extent.pages);
        if extent.numbered && extent.pages > 0 && kept > 0 {
            number += u32::try_from(kept).unwrap_or(u32::MAX);
            reserved += kept;
            if double_sided && kept % 2 == 1 {
                // One of the pages kept is there, blank, so that what follows stays on its side. A
                // number that was published with words on its page is on no blank one.
                reserved -= 1;
                let (printed, label) = if extent.published.is_none() {
                    (Some(number), number.to_string())
                } else {
                    unnumbered += 1;
                    (None, roman(unnumbered))
                };
                map.pages.push(PageEntry {
                    section,
                    page: None,
                    number: printed.map(PageNumber::from),
                    label,
                });
            }
        }
        map.sections.push(SectionPages {
            key: extent.key.clone(),
            first,
            count: extent.pages,
            numbers: numbers.map(|(first, last)| PageRange::new(first.into(), last)),
            taken: numbers.map(|(first, last)| {
                let first = PageNumber::from(first);
                let kept = first.plus(extent.reserved.saturating_sub(1)).number();
                PageRange::new(first, last.max(kept))
            }),
        });
    }
    let printed = map.pages.iter().filter_map(|page| page.number);
    let taken = map.sections.iter().filter_map(|section| section.taken);
    let all = printed.chain(taken.map(PageRange::last));
    map.last_number = all.map(PageNumber::number).fold(number, u32::max);
    map
}

/// Whether a number is one of those that something was published with.
fn is_published(extents: &[Extent], number: u32) -> bool {
    extents.iter().any(|extent| {
        let first = extent.published;
        first.is_some_and(|first| {
            let last = first.plus(extent.pages.max(extent.reserved).max(1) - 1);
            PageRange::new(first, last.number()).contains(number.into())
        })
    })
}

/// A small roman numeral, as the PDF page label style `/r` writes it.
pub(super) fn roman(mut n: usize) -> String {
    const SIGNS: [(usize, &str); 13] = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    let mut text = String::new();
    for (value, sign) in SIGNS {
        while n >= value {
            text.push_str(sign);
            n -= value;
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn extent(key: &str, pages: usize, start: Start, numbered: bool) -> Extent {
        Extent {
            key: key.into(),
            pages,
            reserved: 0,
            start,
            published: None,
            numbered,
        }
    }

    fn range(first: u32, last: u32) -> Option<PageRange> {
        Some(PageRange::new(first.into(), last))
    }

    #[test]
    fn sections_follow_each_other() {
        let map = page_map(&[
            extent("a", 2, Start::Next, true),
            extent("b", 3, Start::Next, true),
        ]);
        assert_eq!(map.sections[0].numbers, range(1, 2));
        assert_eq!(map.sections[1].numbers, range(3, 5));
        assert_eq!(map.last_number, 5);
        assert_eq!(map.number(1, 2), Some(5.into()));
        assert_eq!(map.number(1, 3), None);
        assert_eq!(map.position(1, 0), Some(2));
    }

    #[test]
    fn a_right_hand_start_takes_a_numbered_blank_page() {
        let map = page_map(&[
            extent("a", 1, Start::OddPage, true),
            extent("b", 1, Start::OddPage, true),
        ]);
        assert_eq!(map.pages.len(), 3);
        assert_eq!(map.pages[1].page, None);
        assert_eq!(map.pages[1].label, "2");
        assert_eq!(map.sections[1].first, 3);
        assert_eq!(map.sections[1].numbers, range(3, 3));
    }

    #[test]
    fn page_1_is_never_a_blank_page() {
        for front in 1..4 {
            let map = page_map(&[
                extent("front", front, Start::Next, false),
                extent("a", 1, Start::OddPage, true),
            ]);
            assert_eq!(map.sections[1].numbers, range(1, 1), "{front}");
            assert_eq!(map.sections[1].first % 2, 1, "{front}");
        }
    }

    #[test]
    fn numbers_kept_for_what_is_withheld_shift_nothing_after_it() {
        for pages in 1..6 {
            let members = page_map(&[
                extent("a", 3, Start::OddPage, true),
                extent("private", pages, Start::OddPage, true),
                extent("b", 2, Start::OddPage, true),
            ]);
            let leaf = Extent {
                reserved: pages,
                ..extent("private", 1, Start::OddPage, true)
            };
            let public = page_map(&[
                extent("a", 3, Start::OddPage, true),
                leaf,
                extent("b", 2, Start::OddPage, true),
            ]);
            assert_eq!(members.sections[2].numbers, public.sections[2].numbers);
            assert_eq!(members.last_number, public.last_number);
            assert_eq!(public.sections[2].first % 2, 1, "on the right in print too");
        }
    }

    #[test]
    fn a_front_sheet_outside_the_numbering_is_labelled_in_roman() {
        let map = page_map(&[
            extent("front", 4, Start::Next, false),
            extent("a", 2, Start::Next, true),
        ]);
        let labels: Vec<_> = map.pages.iter().map(|page| page.label.as_str()).collect();
        assert_eq!(labels, ["i", "ii", "iii", "iv", "1", "2"]);
        assert_eq!(map.sections[0].numbers, None);
    }
}
