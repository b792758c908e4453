//! Attachments with page numbers of their own.

use std::sync::{Arc, LazyLock};

use regex::Regex;

use crate::check::subject::Subject;
use crate::check::{Room, Rule};
use crate::finding::{Code, Finding, Severity};
use crate::model::ShownPage;

pub(crate) const RULE: Rule = Rule {
    code: Code("own-page-numbers"),
    severity: Severity::Note,
    room: Room::Attachments,
    summary: "The pages of a PDF have numbers of their own",
    explanation: "In the pack such a page has two numbers, and “page 4” may mean either. The pack's \
                  own number is put where it covers nothing and cannot be taken for the other. A \
                  number in the header or footer that counts on from page to page is looked for, on \
                  at least half of the pages.",
    basis: "Practice.",
    example: "“Page 4 of 12” at the foot of what is page 39 of the pack",
    remedy: "Nothing; in the report, cite the page of the pack with `[…](#appendix-1)`, or say “page \
                  4 of Appendix 1”",
    run,
};

static NUMBER: LazyLock<Regex> = pattern!(
    r"(?ix) ^ \W* (?: page \s* | p \.? \s* )? ([0-9]{1,4}) (?: \s* (?: of | / ) \s* [0-9]{1,4} )? (?: \s* \| \s* page )? \W* $
        | \b page \s* ([0-9]{1,4}) (?: \s* of \s* [0-9]{1,4} )? \W* $"
);

/// The height of the header and of the footer, as a share of the page's.
const EDGE: f64 = 0.11;

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    subject
        .attachments()
        .iter()
        .filter_map(|file| {
            let (first, last) = counted(&file.document.shown)?;
            Some(RULE.at(
                file.span,
                format!(
                    "The pages of {} have numbers of their own, {first} to {last}",
                    file.name()
                ),
            ))
        })
        .collect()
}

/// The first and the last of a file's own page numbers, where it counts its pages.
fn counted(pages: &[Arc<ShownPage>]) -> Option<(u32, u32)> {
    // The difference between each number at an edge and the place of its page in the file.
    let mut distances: Vec<i64> = Vec::new();
    for page in pages {
        let mut here: Vec<i64> = at_edges(page)
            .map(|number| i64::from(number) - i64::from(page.number))
            .collect();
        here.sort_unstable();
        here.dedup();
        distances.extend(here);
    }
    distances.sort_unstable();
    let (distance, count) = distances
        .chunk_by(|a, b| a == b)
        .map(|alike| (alike[0], alike.len()))
        .max_by_key(|&(_, count)| count)?;
    if count < 2 || count * 2 < pages.len() {
        return None;
    }
    let number = |page: &ShownPage| u32::try_from(i64::from(page.number) + distance).ok();
    let numbered: Vec<u32> = pages
        .iter()
        .filter(|page| at_edges(page).any(|at_edge| Some(at_edge) == number(page)))
        .filter_map(|page| number(page))
        .collect();
    Some((*numbered.iter().min()?, *numbered.iter().max()?))
}

/// The numbers that are alone on a line in the header or footer of a page.
fn at_edges(page: &ShownPage) -> impl Iterator<Item = u32> {
    page.lines
        .iter()
        .filter(|line| {
            let bottom = line.place.top + line.place.height;
            bottom < EDGE * page.height || line.place.top > (1.0 - EDGE) * page.height
        })
        .filter_map(|line| {
            let found = NUMBER.captures(&line.text)?;
            found.get(1).or_else(|| found.get(2))?.as_str().parse().ok()
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{ShownBox, ShownLine};

    fn page(number: u32, foot: &str) -> ShownPage {
        let line = |text: &str, top: f64| ShownLine {
            text: text.to_owned(),
            place: ShownBox {
                left: 72.0,
                top,
                width: 100.0,
                height: 10.0,
            },
        };
        ShownPage {
            number,
            width: 595.0,
            height: 842.0,
            lines: vec![line("2024", 400.0), line(foot, 800.0)],
            pictures: Vec::new(),
        }
    }

    #[test]
    fn numbers_that_count_on_are_the_files_own() {
        let of = |feet: &[&str]| {
            let pages: Vec<Arc<ShownPage>> = (1..)
                .zip(feet)
                .map(|(n, foot)| page(n, foot).into())
                .collect();
            counted(&pages)
        };
        assert_eq!(
            of(&["Page 1 of 3", "Page 2 of 3", "Page 3 of 3"]),
            Some((1, 3))
        );
        assert_eq!(of(&["- 7 -", "- 8 -"]), Some((7, 8)));
        assert_eq!(of(&["", "2", "3", "4"]), Some((2, 4)));
        assert_eq!(of(&["1 | Page", "2 | Page"]), Some((1, 2)));
        assert_eq!(
            of(&["Strategy 2030 page 5", "Strategy 2030 page 6"]),
            Some((5, 6))
        );
        assert_eq!(of(&["2024", "2024", "2024"]), None, "a year");
        assert_eq!(of(&["1"]), None, "one page alone counts nothing");
        assert_eq!(of(&["Ward 3", "Ward 4"]), None);
    }
}
