//! A paper's own page numbers that its tags have among the words, and what stands in small print on each
//! page with them. They are furniture, of pages that are not there where the paper is set again: a "2"
//! alone between two paragraphs says nothing.

use std::collections::{BTreeMap, HashSet};

use super::flow::Piece;
use crate::pdf::geometry::Rect;
use crate::pdf::structure::ContentKey;

/// How far the number may reach into the line beside it, in points.
const SLACK: f64 = 1.0;

/// How high small print is at the most, of the height of most lines.
const SMALL: f64 = 0.9;

/// How far what every page has may be from where it is on another, in points.
const ABOUT: f64 = 24.0;

/// The fewest pages that show by its place what every page has.
const EVERY: usize = 3;

/// Words that stand at an edge of a page: below or above everything else, or in a corner at its foot.
/// In one at its head there are the numbers of chapters as well.
#[derive(Debug)]
pub(super) struct Edge {
    key: ContentKey,
    bounds: Rect,
    words: String,
    /// Whether nothing is beside them.
    alone: bool,
    /// Whether they are in smaller print than most of the page.
    small: bool,
}

impl Edge {
    fn number(&self) -> Option<usize> {
        number(&self.words)
    }

    fn is_about_where(&self, other: &Edge) -> bool {
        let (own, other) = (self.bounds.centre(), other.bounds.centre());
        (own.x - other.x).abs() <= ABOUT && (own.y - other.y).abs() <= ABOUT
    }
}

/// What stands at the edges of a page.
pub(super) fn edges<'p>(content: impl Iterator<Item = (ContentKey, &'p [Piece])>) -> Vec<Edge> {
    let lines: Vec<(ContentKey, Rect, &[Piece])> = content
        .filter_map(|(key, pieces)| {
            let bounds = pieces.iter().filter_map(|piece| piece.bounds);
            Some((key, bounds.reduce(|a, b| a.union(&b))?, pieces))
        })
        .collect();
    if lines.len() < 2 {
        return Vec::new();
    }
    let usual = usual_size(lines.iter().flat_map(|(_, _, pieces)| *pieces));
    // The two lowest bottoms and the two highest tops: one may be that of the words themselves.
    let mut bottoms: Vec<f64> = lines.iter().map(|(_, bounds, _)| bounds.y0).collect();
    let mut tops: Vec<f64> = lines.iter().map(|(_, bounds, _)| -bounds.y1).collect();
    bottoms.sort_by(f64::total_cmp);
    tops.sort_by(f64::total_cmp);
    let other = |all: &[f64], own: f64| if all[0] < own { all[0] } else { all[1] };
    let edge = |(key, own, pieces): &(ContentKey, Rect, &[Piece])| {
        let (below, above) = (other(&bottoms, own.y0), -other(&tops, -own.y1));
        let alone = below >= own.y1 - SLACK || above <= own.y0 + SLACK;
        let lowest = below >= own.y0 - own.height() / 2.0;
        let corner = || {
            let beside = lines.iter().filter(|(other, bounds, _)| {
                other != key && bounds.y0 < own.y1 && bounds.y1 > own.y0
            });
            let (left, right): (Vec<bool>, Vec<bool>) = beside
                .map(|(_, bounds, _)| (bounds.x1 <= own.x0, bounds.x0 >= own.x1))
                .unzip();
            left.iter().all(|is| *is) || right.iter().all(|is| *is)
        };
        (alone || lowest && corner()).then(|| Edge {
            key: *key,
            bounds: *own,
            words: pieces
                .iter()
                .map(|piece| piece.text.as_str())
                .collect::<String>()
                .trim()
                .to_owned(),
            alone,
            small: usual_size(pieces.iter()) < usual * SMALL,
        })
    };
    lines.iter().filter_map(edge).collect()
}

/// The size of print that most characters of some text have at the least.
fn usual_size<'p>(pieces: impl Iterator<Item = &'p Piece>) -> f64 {
    let mut sizes: Vec<(f64, usize)> = pieces
        .filter_map(|piece| Some((piece.ends?.0.em(), piece.weight)))
        .collect();
    sizes.sort_by(|a, b| a.0.total_cmp(&b.0));
    let all: usize = sizes.iter().map(|(_, weight)| weight).sum();
    let mut so_far = 0;
    let middle = sizes.into_iter().find(|(_, weight)| {
        so_far += weight;
        so_far * 2 >= all
    });
    middle.map_or(0.0, |(size, _)| size)
}

/// The content that is page numbers, of what stands alone on each of so many pages, and the words that
/// such pages have again with them. Of those, the first of the `selected` pages keeps its own.
pub(super) fn folios(
    found: &BTreeMap<usize, Vec<Edge>>,
    pages: usize,
    selected: &[usize],
) -> HashSet<ContentKey> {
    let numbers: BTreeMap<usize, (&Edge, usize)> = found
        .iter()
        .filter_map(|(page, edges)| {
            let number = edges.iter().find_map(|edge| Some((edge, edge.number()?)));
            Some((*page, number?))
        })
        .collect();
    let alone = numbers
        .iter()
        .filter(|(_, (edge, _))| edge.alone)
        .map(|(page, number)| (*page, *number))
        .collect();
    let mut folios = counting_pages(&alone, pages);
    folios.extend(counting_themselves(&numbers));
    let numbered: BTreeMap<usize, &Vec<Edge>> = found
        .iter()
        .filter(|(_, edges)| edges.iter().any(|edge| folios.contains(&edge.key)))
        .map(|(page, edges)| (*page, edges))
        .collect();
    folios.extend(again(&numbered, selected));
    folios
}

/// The numbers that count the pages of the file, from whichever they begin with.
fn counting_pages(numbers: &BTreeMap<usize, (&Edge, usize)>, pages: usize) -> HashSet<ContentKey> {
    let ahead = |page: usize, number: usize| number as i64 - page as i64;
    let mut counts: BTreeMap<i64, usize> = BTreeMap::new();
    for (page, (_, number)) in numbers {
        *counts.entry(ahead(*page, *number)).or_default() += 1;
    }
    let Some((&usual, &count)) = counts.iter().max_by_key(|(_, count)| **count) else {
        return HashSet::new();
    };
    // A number that is alone in its file counts the pages from the first, or is none.
    if count < 2 && (usual != 1 || pages < 2) {
        return HashSet::new();
    }
    numbers
        .iter()
        .filter(|(page, (_, number))| ahead(**page, *number) == usual)
        .map(|(_, (edge, _))| edge.key)
        .collect()
}

/// The numbers at one place of which each is one more than the one before it, as on the slides of a
/// presentation among whose pages there are others.
fn counting_themselves(numbers: &BTreeMap<usize, (&Edge, usize)>) -> Vec<ContentKey> {
    let numbers: Vec<(&Edge, usize)> = numbers.values().copied().collect();
    let runs = numbers.chunk_by(|(edge, number), (next, after)| {
        *after == number + 1 && edge.is_about_where(next)
    });
    let long = runs.filter(|run| run.len() >= EVERY);
    long.flatten().map(|(edge, _)| edge.key).collect()
}

/// Small words that pages with numbers have at one place, after the first of them.
fn again(numbered: &BTreeMap<usize, &Vec<Edge>>, selected: &[usize]) -> Vec<ContentKey> {
    let mut small: Vec<(usize, &Edge)> = Vec::new();
    for (page, edges) in numbered {
        let words = edges
            .iter()
            .filter(|edge| edge.small && edge.number().is_none());
        small.extend(words.map(|edge| (*page, edge)));
    }
    let same = |a: &Edge, b: &Edge| a.words == b.words && a.is_about_where(b);
    let mut again = Vec::new();
    for &(page, edge) in &small {
        let all = small.iter().filter(|(_, other)| same(edge, other));
        let first = all.clone().find(|(page, _)| selected.contains(page));
        if all.count() >= EVERY && first.is_some_and(|(first, _)| *first != page) {
            again.push(edge.key);
        }
    }
    again
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
            let edges = edges(content);
            let numbers = edges
                .iter()
                .filter_map(|edge| Some((edge.key.mcid, edge.number()?)));
            numbers.collect::<Vec<_>>()
        };
        let page = |number: f64| {
            [
                line(1, 700.0, "Words"),
                line(2, number, "7"),
                line(3, 90.0, "End"),
            ]
        };
        assert_eq!(found(&page(40.0)), [(2, 7)]);
        assert_eq!(found(&page(800.0)), [(2, 7)]);
        assert_eq!(found(&page(400.0)), []);
        assert_eq!(found(&page(90.0)), []);
        let corner = |at: f64, beside: f64| {
            let mut lines = [
                line(1, 700.0, "Words"),
                line(2, at, "7"),
                line(3, at, "End"),
            ];
            let Some(bounds) = &mut lines[2].1[0].bounds else {
                panic!("words have bounds")
            };
            (bounds.x0, bounds.x1) = (beside, beside + 50.0);
            let content = lines.iter().map(|(key, pieces)| (*key, pieces.as_slice()));
            let edges = edges(content);
            edges.iter().any(|edge| edge.key.mcid == 2 && !edge.alone)
        };
        assert!(corner(40.0, 10.0), "beside words at the foot");
        assert!(corner(40.0, 200.0));
        assert!(!corner(750.0, 10.0), "the number of a chapter");
    }

    /// An edge that says this, so far to the right, on a page.
    fn edge(page: usize, mcid: i64, words: &str, x: f64) -> Edge {
        let form = None;
        Edge {
            key: ContentKey { page, form, mcid },
            bounds: Rect {
                x0: x,
                y0: 40.0,
                x1: x + 10.0,
                y1: 50.0,
            },
            words: words.to_owned(),
            alone: true,
            small: true,
        }
    }

    /// The pages whose numbers or words go, of those that have these.
    fn gone(words: &[(usize, &str)], x: fn(usize) -> f64, mcid: i64) -> Vec<usize> {
        let mut found: BTreeMap<usize, Vec<Edge>> = BTreeMap::new();
        for (at, &(page, words)) in words.iter().enumerate() {
            let on = found.entry(page).or_default();
            let mcid = on.len() as i64;
            on.push(edge(page, mcid, words, x(at)));
        }
        let gone = folios(&found, 9, &(1..99).collect::<Vec<_>>());
        let gone = gone.into_iter().filter(|key| key.mcid == mcid);
        let mut pages: Vec<usize> = gone.map(|key| key.page).collect();
        pages.sort_unstable();
        pages
    }

    #[test]
    fn numbers_that_do_not_count_pages_are_let_stand() {
        let found = |numbers: &[(usize, &str)]| gone(numbers, |_| 300.0, 0);
        assert_eq!(found(&[(1, "2"), (2, "3"), (4, "99")]), [1, 2]);
        assert_eq!(found(&[(0, "20"), (1, "21")]), [0, 1]);
        assert_eq!(found(&[(3, "4")]), [3]);
        assert_eq!(found(&[(3, "40")]), [0; 0]);
    }

    #[test]
    fn numbers_at_one_place_may_leave_pages_out() {
        let slides = [(2, "9"), (25, "10"), (41, "11"), (48, "12")];
        assert_eq!(gone(&slides, |_| 300.0, 0), [2, 25, 41, 48]);
        assert_eq!(gone(&slides, |at| 100.0 * at as f64, 0), [0; 0]);
        assert_eq!(
            gone(&[(2, "9"), (25, "30"), (41, "31")], |_| 300.0, 0),
            [0; 0]
        );
    }

    #[test]
    fn what_numbered_pages_have_again_is_said_once() {
        let pages = [
            (2, "DRAFT"),
            (2, "7"),
            (3, "DRAFT"),
            (3, "8"),
            (4, "DRAFT"),
            (4, "9"),
        ];
        assert_eq!(gone(&pages, |_| 300.0, 0), [3, 4]);
        assert_eq!(gone(&pages, |_| 300.0, 1), [2, 3, 4]);
        let unnumbered = [(2, "DRAFT"), (3, "DRAFT"), (4, "DRAFT")];
        assert_eq!(gone(&unnumbered, |_| 300.0, 0), [0; 0]);
        assert_eq!(gone(&pages[..4], |_| 300.0, 0), [0; 0]);
    }
}
