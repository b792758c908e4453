//! The map of the pack's pages: pure arithmetic, which needs no pages.
//!
//! Stamps, page labels, outline, contents, cross-references and the manifest all use this map, so that
//! no two of them can disagree. It knows how many pages each section has and where each must start. It
//! does not know what is on them.

use std::ops::Range;

use crate::model::{PageNumber, PageRange};
use crate::numeral::roman;

/// Where a section starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Start {
    /// On the next page.
    #[default]
    Next,
    /// On the next right-hand page, after a blank page if necessary.
    OddPage,
}

/// The number of the first page of a section.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum FirstNumber {
    /// The next free number without a letter.
    #[default]
    Next,
    /// The number after the last page of the section before, with its letter.
    Following,
    /// A fixed number: the section was published with it, or takes it over with a letter.
    Given(PageNumber),
}

/// What the numbering needs to know about a section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extent {
    /// The section's key.
    pub key: String,
    /// How many pages it has.
    pub pages: usize,
    /// How many page numbers it takes, if it takes more than it has pages. It is then a leaf in place of
    /// a document that this edition withholds.
    pub reserved: usize,
    /// Where it starts.
    pub start: Start,
    /// The number of its first page.
    pub first_number: FirstNumber,
    /// Whether its pages are numbered.
    pub numbered: bool,
}

/// The pack's pages.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PageMap {
    /// The sections, in the plan's order.
    pub sections: Vec<SectionPages>,
    /// All pages of the file in order, with the blank ones.
    pub pages: Vec<PageEntry>,
    /// The highest number without a letter, which is what `{pages}` prints.
    pub last_number: u32,
}

/// The pages of one section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SectionPages {
    /// The section's key.
    pub key: String,
    /// Its first page in the file, counted from 1. A blank page before it does not belong to it here.
    pub first: usize,
    /// How many pages it has.
    pub count: usize,
    /// The printed numbers of its pages. `None` if it is not numbered or has no pages.
    pub numbers: Option<PageRange>,
    /// The numbers that it takes: those of its pages, and any that are kept for what this edition
    /// withholds.
    pub taken: Option<PageRange>,
}

impl SectionPages {
    /// The numbers that are kept for what is withheld, and are not on any of its pages.
    #[must_use]
    pub fn withheld(&self) -> Option<PageRange> {
        let (first, last) = (self.numbers?.last().plus(1), self.taken?.last());
        (first <= last).then(|| PageRange::new(first, last.number()))
    }
}

/// One page of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageEntry {
    /// The section that it belongs to. A blank page belongs to the section that it was added for.
    pub section: usize,
    /// The page within the section, counted from 0. `None` for a blank page.
    pub page: Option<usize>,
    /// The printed number.
    pub number: Option<PageNumber>,
    /// The page label: the number, or a small Roman numeral if the page has no number, with any other
    /// name of the page.
    pub label: String,
}

impl PageMap {
    /// The printed number of a section's page, if it has one. Both are counted from 0.
    #[must_use]
    pub fn number(&self, section: usize, page: usize) -> Option<PageNumber> {
        let pages = self.sections.get(section)?;
        (page < pages.count).then_some(())?;
        pages.numbers.map(|numbers| numbers.first().plus(page))
    }

    /// The pages of a section, with the blank ones that were added for it.
    #[must_use]
    pub fn entries(&self, section: usize) -> &[PageEntry] {
        &self.pages[self.range(section)]
    }

    /// Where they are: sections are one after the other.
    fn range(&self, section: usize) -> Range<usize> {
        let before = |entry: &PageEntry| entry.section < section;
        let until = |entry: &PageEntry| entry.section <= section;
        self.pages.partition_point(before)..self.pages.partition_point(until)
    }

    /// The place of a section's page in the file. All are counted from 0.
    #[must_use]
    pub fn position(&self, section: usize, page: usize) -> Option<usize> {
        let pages = self.sections.get(section)?;
        (page < pages.count).then_some(())?;
        // There may be blank pages between the pages of a section.
        let from = pages.first - 1 + page;
        let rest = self.pages.iter().enumerate().skip(from);
        let mut rest = rest.map(|(at, entry)| (at, (entry.section, entry.page)));
        rest.find(|(_, entry)| *entry == (section, Some(page)))
            .map(|(at, _)| at)
    }

    /// Adds other names to the labels of a section's pages, such as "standard page 39".
    pub fn also_called(&mut self, section: usize, names: &[Option<String>]) {
        let range = self.range(section);
        for entry in &mut self.pages[range] {
            if let Some(Some(name)) = entry.page.and_then(|page| names.get(page)) {
                entry.label = format!("{} ({name})", entry.label);
            }
        }
    }
}

/// Places sections one after the other. A right-hand page is an odd page of the file, as a duplex
/// printer prints it.
#[must_use]
pub fn page_map(extents: &[Extent]) -> PageMap {
    page_map_after(0, extents)
}

/// The same, but the first number is the one after `taken`. A supplement continues the published
/// numbers.
#[must_use]
pub fn page_map_after(taken: u32, extents: &[Extent]) -> PageMap {
    let mut map = PageMap::default();
    // The last number without a letter, and the last number of the section before.
    let (mut plain, mut before) = (taken, PageNumber::from(taken));
    let mut unnumbered = 0;
    // Right-hand pages are counted as if all reserved pages were there, so that editions with and
    // without withheld pages have the same blank pages.
    let mut reserved = 0;
    let double_sided = extents.iter().any(|extent| extent.start == Start::OddPage);
    let any_given = extents.iter().any(|extent| given(extent).is_some());
    for (section, extent) in extents.iter().enumerate() {
        let given = given(extent);
        let letter = match extent.first_number {
            FirstNumber::Next => None,
            FirstNumber::Following => before.letter(),
            FirstNumber::Given(first) => first.letter(),
        };
        let mut number = match (letter, given) {
            (Some(_), Some(first)) => first.number().saturating_sub(1),
            (Some(_), None) => before.number(),
            (None, _) => plain,
        };
        let next = given.map_or(number + 1, PageNumber::number);
        let right = given.is_none() && extent.start == Start::OddPage;
        // If numbers are fixed, each page is on the side of the sheet that belongs to its number.
        let by_number = any_given && extent.numbered;
        let first_number = next + u32::from(by_number && right && next.is_multiple_of(2));
        let blank = extent.pages > 0
            && match by_number {
                true => double_sided && (map.pages.len() % 2 == 1) == (first_number % 2 == 1),
                false => extent.start == Start::OddPage && (map.pages.len() + reserved) % 2 == 1,
            };
        let pages = blank
            .then_some(None)
            .into_iter()
            .chain((0..extent.pages).map(Some));
        let mut numbers: Option<(u32, u32)> = None;
        let first = map.pages.len() + usize::from(blank) + 1;
        for page in pages {
            // A blank page before the first number has none. It belongs to the front matter, which may
            // be longer in one edition than in another.
            let is_before = page.is_none() && letter.is_none() && number == taken;
            // Between fixed numbers, a blank page has a number only if exactly one is free there.
            let is_between = !by_number || first_number == number + 2;
            let after = PageNumber::lettered(number + 1, letter);
            let is_free = page.is_some() || (is_between && !is_given(extents, after));
            if let (Some(0), Some(first)) = (page, given) {
                number = first.number().saturating_sub(1);
            }
            let (printed, label) = if extent.numbered && !is_before && is_free {
                number += 1;
                let printed = PageNumber::lettered(number, letter);
                (Some(printed), printed.to_string())
            } else {
                unnumbered += 1;
                (None, roman(unnumbered))
            };
            if let (Some(_), Some(_)) = (printed, page) {
                numbers = Some((numbers.map_or(number, |(first, _)| first), number));
            }
            map.pages.push(PageEntry {
                section,
                page,
                number: printed,
                label,
            });
        }
        let kept = extent.reserved.saturating_sub(extent.pages);
        if extent.numbered && extent.pages > 0 && kept > 0 {
            number += u32::try_from(kept).unwrap_or(u32::MAX);
            reserved += kept;
            if double_sided && kept % 2 == 1 {
                // A blank page is added for one of the reserved pages, so that what follows stays on its
                // side. If the numbers are fixed it has none, as its number was published with words.
                reserved -= 1;
                let (printed, label) = if given.is_none() {
                    let printed = PageNumber::lettered(number, letter);
                    (Some(printed), printed.to_string())
                } else {
                    unnumbered += 1;
                    (None, roman(unnumbered))
                };
                map.pages.push(PageEntry {
                    section,
                    page: None,
                    number: printed,
                    label,
                });
            }
        }
        if letter.is_none() {
            plain = number;
        }
        before = PageNumber::lettered(number, letter);
        let range = |first, last| PageRange::new(PageNumber::lettered(first, letter), last);
        map.sections.push(SectionPages {
            key: extent.key.clone(),
            first,
            count: extent.pages,
            numbers: numbers.map(|(first, last)| range(first, last)),
            taken: numbers.map(|(first, last)| {
                let kept = PageNumber::from(first).plus(extent.reserved.saturating_sub(1));
                range(first, last.max(kept.number()))
            }),
        });
    }
    let printed = map.pages.iter().filter_map(|page| page.number);
    let taken = map.sections.iter().filter_map(|section| section.taken);
    let all = printed.chain(taken.map(PageRange::last));
    let all = all.filter(|number| number.letter().is_none());
    map.last_number = all.map(PageNumber::number).fold(plain, u32::max);
    map
}

/// The fixed number that a section begins with, if any.
fn given(extent: &Extent) -> Option<PageNumber> {
    match extent.first_number {
        FirstNumber::Given(first) => Some(first),
        FirstNumber::Next | FirstNumber::Following => None,
    }
}

/// Whether a number is one of the fixed numbers of a section.
fn is_given(extents: &[Extent], number: PageNumber) -> bool {
    extents.iter().any(|extent| {
        given(extent).is_some_and(|first| {
            let last = first.plus(extent.pages.max(extent.reserved).max(1) - 1);
            PageRange::new(first, last.number()).contains(number)
        })
    })
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
            first_number: FirstNumber::Next,
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
        // The blank page belongs to the section that it was added for.
        let labels = |section| {
            let entries = map.entries(section).iter();
            entries
                .map(|entry| entry.label.as_str())
                .collect::<Vec<_>>()
        };
        assert_eq!(
            [labels(0), labels(1), labels(2)],
            [vec!["1"], vec!["2", "3"], vec![]]
        );
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

    fn labels(map: &PageMap) -> Vec<&str> {
        map.pages.iter().map(|page| page.label.as_str()).collect()
    }

    fn given(extent: Extent, number: &str) -> Extent {
        let number = PageNumber::read(number).expect("a number");
        Extent {
            first_number: FirstNumber::Given(number),
            ..extent
        }
    }

    fn following(extent: Extent) -> Extent {
        Extent {
            first_number: FirstNumber::Following,
            ..extent
        }
    }

    #[test]
    fn what_takes_over_numbers_leaves_the_counting_alone() {
        let map = page_map_after(
            142,
            &[
                extent("front", 2, Start::Next, true),
                given(extent("leaf", 1, Start::Next, true), "61a"),
                following(extent("plan", 2, Start::Next, true)),
                extent("more", 2, Start::Next, true),
            ],
        );
        assert_eq!(
            labels(&map),
            ["143", "144", "61a", "62a", "63a", "145", "146"]
        );
        assert_eq!(
            map.sections[2].numbers.expect("some").to_string(),
            "pages 62a to 63a"
        );
        assert_eq!(map.last_number, 146);
    }

    #[test]
    fn on_both_sides_a_page_is_on_the_side_that_its_number_says() {
        // 62a is a left-hand page. The leaf of 63a is on the right, and the plan after it on the left.
        let map = page_map_after(
            142,
            &[
                extent("front", 2, Start::OddPage, true),
                given(extent("table", 1, Start::OddPage, true), "62a"),
                given(extent("leaf", 1, Start::OddPage, true), "63a"),
                following(extent("plan", 1, Start::OddPage, true)),
                extent("more", 1, Start::OddPage, true),
            ],
        );
        assert_eq!(
            labels(&map),
            ["143", "144", "i", "62a", "63a", "64a", "65a", "ii", "145"]
        );
        for (index, page) in map.pages.iter().enumerate() {
            if let Some(number) = page.number {
                assert_eq!(index % 2 == 0, number.number() % 2 == 1, "{}", page.label);
            }
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
