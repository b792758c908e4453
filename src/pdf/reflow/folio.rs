//! A paper's own page numbers that its tags have among the words. They are furniture, of pages that
//! are not there where the paper is set again: a "2" alone between two paragraphs says nothing.

use std::collections::{BTreeMap, HashSet};

use super::flow::Piece;
use crate::pdf::geometry::Rect;
use crate::pdf::structure::ContentKey;

/// How far the number may reach into the line beside it, in points.
const SLACK: f64 = 1.0;

/// The number that stands alone below or above everything else on a page, if there is one.
pub(super) fn number_of<'p>(
    content: impl Iterator<Item = (ContentKey, &'p [Piece])>,
) -> Option<(ContentKey, usize)> {
    let lines: Vec<(ContentKey, Rect, String)> = content
        .filter_map(|(key, pieces)| {
            let words: String = pieces.iter().map(|piece| piece.text.as_str()).collect();
            let bounds = pieces.iter().filter_map(|piece| piece.bounds);
            Some((key, bounds.reduce(|a, b| a.union(&b))?, words))
        })
        .collect();
    let apart = |at: usize| {
        let own = &lines[at].1;
        let mut others = lines.iter().enumerate().filter(|(other, _)| *other != at);
        let below = others
            .clone()
            .all(|(_, (_, other, _))| other.y0 >= own.y1 - SLACK);
        below || others.all(|(_, (_, other, _))| other.y1 <= own.y0 + SLACK)
    };
    (0..lines.len()).find_map(|at| {
        let number = number(&lines[at].2)?;
        (lines.len() > 1 && apart(at)).then_some((lines[at].0, number))
    })
}

/// The content that is page numbers, of what stands alone on each page: numbers that count the
/// pages of the file, from whichever they begin with.
pub(super) fn folios(
    found: &BTreeMap<usize, (ContentKey, usize)>,
    pages: usize,
) -> HashSet<ContentKey> {
    let ahead = |page: usize, number: usize| number as i64 - page as i64;
    let mut counts: BTreeMap<i64, usize> = BTreeMap::new();
    for (page, (_, number)) in found {
        *counts.entry(ahead(*page, *number)).or_default() += 1;
    }
    let Some((&usual, &count)) = counts.iter().max_by_key(|(_, count)| **count) else {
        return HashSet::new();
    };
    // A number that is alone in its file counts the pages from the first, or is none.
    if count < 2 && (usual != 1 || pages < 2) {
        return HashSet::new();
    }
    found
        .iter()
        .filter(|(page, (_, number))| ahead(**page, *number) == usual)
        .map(|(_, (key, _))| *key)
        .collect()
}

/// The number of "3", "Page 3", "Page 3 of 9" and "- 3 -".
fn number(words: &str) -> Option<usize> {
    let words = words
        .trim()
        .trim_matches(|c: char| matches!(c, '-' | '–' | '|'))
        .trim();
    let bare = match words.get(..4) {
        Some(page) if page.eq_ignore_ascii_case("page") => words[4..].trim(),
        _ => words,
    };
    let bare = bare.split_once(" of ").map_or(
        bare,
        |(number, all)| {
            if digits(all.trim()) { number } else { bare }
        },
    );
    let bare = bare.trim();
    if digits(bare) {
        bare.parse().ok()
    } else {
        None
    }
}

fn digits(text: &str) -> bool {
    (1..=4).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_pages_are_told_from_figures() {
        for (words, page) in [
            ("3", 3),
            (" Page 12 ", 12),
            ("Page 3 of 9", 3),
            ("- 4 -", 4),
        ] {
            assert_eq!(number(words), Some(page), "{words:?}");
        }
        for other in ["", "3.1", "£3", "Page", "3 of them", "12,000"] {
            assert_eq!(number(other), None, "{other:?}");
        }
    }

    #[test]
    fn a_number_stands_alone_at_an_edge_of_its_page() {
        let line = |mcid: i64, y: f64, text: &str| {
            let piece = Piece {
                text: text.to_owned(),
                bold: false,
                italic: false,
                lang: None,
                ends: None,
                bounds: Some(Rect {
                    x0: 72.0,
                    y0: y,
                    x1: 90.0,
                    y1: y + 10.0,
                }),
                page: 0,
                weight: text.len(),
            };
            let key = ContentKey {
                page: 0,
                form: None,
                mcid,
            };
            (key, vec![piece])
        };
        let found = |lines: &[(ContentKey, Vec<Piece>)]| {
            let content = lines.iter().map(|(key, pieces)| (*key, pieces.as_slice()));
            number_of(content).map(|(key, number)| (key.mcid, number))
        };
        let page = |number: f64| {
            [
                line(1, 700.0, "Words"),
                line(2, number, "7"),
                line(3, 90.0, "End"),
            ]
        };
        assert_eq!(found(&page(40.0)), Some((2, 7)));
        assert_eq!(found(&page(800.0)), Some((2, 7)));
        assert_eq!(found(&page(400.0)), None);
        assert_eq!(found(&page(90.0)), None);
    }

    #[test]
    fn numbers_that_do_not_count_pages_are_let_stand() {
        let key = |page: usize| ContentKey {
            page,
            form: None,
            mcid: 7,
        };
        let found = |numbers: &[(usize, usize)]| {
            let found = numbers
                .iter()
                .map(|&(page, number)| (page, (key(page), number)));
            let mut pages: Vec<usize> = folios(&found.collect(), 9)
                .into_iter()
                .map(|key| key.page)
                .collect();
            pages.sort_unstable();
            pages
        };
        assert_eq!(found(&[(1, 2), (2, 3), (4, 99)]), [1, 2]);
        assert_eq!(found(&[(0, 20), (1, 21)]), [0, 1]);
        assert_eq!(found(&[(3, 4)]), [3]);
        assert_eq!(found(&[(3, 40)]), [0; 0]);
    }
}
