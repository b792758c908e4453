//! Running heads and feet, page numbers and watermarks: what stands at the same place on page after
//! page and is no part of the text.

use std::collections::BTreeMap;

use super::lines::{Line, lines};
use super::seen::{Chunk, Seen};

/// How much of the page, from its top and from its foot, may hold furniture.
const MARGIN: f64 = 0.12;
/// Places nearer than this are the same, in points.
const NEAR: f64 = 4.0;

/// A line at the edge of a page.
struct Edge {
    page: usize,
    /// From the nearer edge, in points.
    distance: f64,
    foot: bool,
    /// What it says, with one mark for every number.
    pattern: String,
    words: String,
    line: Line,
}

/// Takes the furniture out of the chunks of some pages.
pub(super) fn without(pages: &[&Seen], body: f64) -> Vec<Vec<Chunk>> {
    let edges = edges(pages);
    let mut dropped = found(pages, &edges, body);
    for (page, dropped) in dropped.iter_mut().enumerate() {
        // a page that says nothing else says what stands at its edges
        let words = pages[page].chunks.iter().flat_map(|chunk| &chunk.words);
        if words.count() == dropped.len() {
            dropped.clear();
            let numbers = edges
                .iter()
                .filter(|edge| edge.page == page && is_page_number(&edge.pattern));
            dropped.extend(numbers.flat_map(|edge| edge.line.words().map(|word| word.order)));
        }
    }
    kept(pages, &dropped)
}

/// Takes the furniture out of chunks that are not all the text of their pages.
pub(super) fn without_of_some(pages: &[&Seen], body: f64) -> Vec<Vec<Chunk>> {
    kept(pages, &found(pages, &edges(pages), body))
}

fn kept(pages: &[&Seen], dropped: &[Vec<usize>]) -> Vec<Vec<Chunk>> {
    pages
        .iter()
        .zip(dropped)
        .map(|(seen, dropped)| {
            let mut kept = seen.chunks.clone();
            kept.retain(|chunk| !chunk.words.iter().any(|word| dropped.contains(&word.order)));
            kept
        })
        .collect()
}

fn edges(pages: &[&Seen]) -> Vec<Edge> {
    let pages = pages.iter().enumerate();
    pages
        .flat_map(|(page, seen)| edges_of(page, seen))
        .collect()
}

/// The words of each page that are furniture, by their place among the words of the page.
fn found(pages: &[&Seen], edges: &[Edge], body: f64) -> Vec<Vec<usize>> {
    let repeated: Vec<bool> = edges
        .iter()
        .map(|edge| is_repeated(edge, edges, pages.len(), body))
        .collect();
    let mut dropped: Vec<Vec<usize>> = vec![Vec::new(); pages.len()];
    for (page, dropped) in dropped.iter_mut().enumerate() {
        for foot in [false, true] {
            let mut here: Vec<(&Edge, bool)> = edges
                .iter()
                .zip(&repeated)
                .filter(|(edge, _)| edge.page == page && edge.foot == foot)
                .map(|(edge, repeated)| (edge, *repeated))
                .collect();
            here.sort_by(|a, b| a.0.distance.total_cmp(&b.0.distance));
            // what is nearer to the edge than text is furniture, what is between text is text
            for (edge, _) in here.iter().take_while(|(_, repeated)| *repeated) {
                dropped.extend(edge.line.words().map(|word| word.order));
            }
        }
    }
    watermarks(pages, &mut dropped);
    dropped
}

fn edges_of(page: usize, seen: &Seen) -> Vec<Edge> {
    let depth = MARGIN * seen.height;
    let level = seen.chunks.iter().filter(|chunk| {
        !chunk.turned && (chunk.bounds.y1 < depth || chunk.bounds.y0 > seen.height - depth)
    });
    lines(level.cloned().collect())
        .into_iter()
        .map(|line| {
            let foot = line.bounds.y0 > depth;
            let words = line.text();
            Edge {
                page,
                distance: if foot {
                    seen.height - line.bounds.y1
                } else {
                    line.bounds.y0
                },
                foot,
                pattern: pattern(&words),
                words,
                line,
            }
        })
        .collect()
}

/// Words with `#` for every number, roman ones too where they stand alone.
fn pattern(words: &str) -> String {
    let mut pattern = String::with_capacity(words.len());
    for word in words.split_whitespace() {
        if !pattern.is_empty() {
            pattern.push(' ');
        }
        let mut digits = false;
        for character in word.chars() {
            if character.is_ascii_digit() {
                if !digits {
                    pattern.push('#');
                }
                digits = true;
            } else {
                digits = false;
                pattern.extend(character.to_lowercase());
            }
        }
    }
    if !pattern.is_empty() && pattern.chars().all(|c| matches!(c, 'i' | 'v' | 'x')) {
        "#".clone_into(&mut pattern);
    }
    pattern
}

/// Whether it is nothing but the number of its page.
fn is_page_number(pattern: &str) -> bool {
    let plain: String = pattern
        .chars()
        .filter(|c| c.is_alphanumeric() || *c == '#')
        .collect();
    matches!(
        plain.as_str(),
        "#" | "page#" | "page#of#" | "#of#" | "##" | "#page" | "p#" | "tudalen#"
    )
}

fn is_repeated(edge: &Edge, edges: &[Edge], pages: usize, body: f64) -> bool {
    if is_page_number(&edge.pattern) && edge.line.chunks.len() <= 2 {
        return true;
    }
    let mut alike: BTreeMap<usize, &Edge> = BTreeMap::new();
    for other in edges {
        if other.foot == edge.foot
            && other.pattern == edge.pattern
            && (other.distance - edge.distance).abs() < NEAR
        {
            alike.insert(other.page, other);
        }
    }
    let count = alike.len();
    // the head of a table that goes on over pages says the same on each of them
    let columns = edge.line.chunks.len() >= 3;
    if columns && alike.values().all(|other| other.words == edge.words) {
        return false;
    }
    let often = count >= 2 && count * 5 >= pages * 2;
    often || (count >= 3 && edge.line.size < 0.95 * body)
}

/// Words that run across the text at the same place of several pages.
fn watermarks(pages: &[&Seen], dropped: &mut [Vec<usize>]) {
    let mut places: BTreeMap<(String, i64, i64), Vec<(usize, usize)>> = BTreeMap::new();
    for (page, seen) in pages.iter().enumerate() {
        for chunk in seen.chunks.iter().filter(|chunk| chunk.turned) {
            let centre = chunk.bounds.centre();
            let key = |value: f64| (value / (2.0 * NEAR)).round() as i64;
            places
                .entry((chunk.text(), key(centre.x), key(centre.y)))
                .or_default()
                .push((page, chunk.order()));
        }
    }
    for found in places.into_values().filter(|found| found.len() >= 2) {
        for (page, order) in found {
            dropped[page].push(order);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_pages_are_told_from_words() {
        for number in ["7", "Page 7", "Page 7 of 12", "- 7 -", "iv", "7 / 12"] {
            assert!(is_page_number(&pattern(number)), "{number}");
        }
        for words in ["7 High Street", "Page", "2019-20 budget", "Section 7"] {
            assert!(!is_page_number(&pattern(words)), "{words}");
        }
    }
}
