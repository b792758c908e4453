//! Checks the finished page against the printed pack: every page has its anchor, once and in order; every
//! number that is not printed leads to the page that explains it; and every page number in a list leads to
//! that page.

use std::collections::HashMap;

use super::numbers::Numbers;
use super::shared::page_anchor;

/// The attributes of a page mark before its id.
const MARK: &str = "role=\"doc-pagebreak\" id=\"";
/// An id before its name.
const ID: &str = "id=\"";
/// The text before the page number of a line, and after it.
const NUMBERED: [(&str, &str); 2] = [
    ("class=\"agenda-page\"", "</a>"),
    ("class=\"contents-page\"", "</a>"),
];

/// The differences between a page and the printed pack that it was made for, each as a sentence.
pub fn held(page: &str, numbers: &Numbers) -> Vec<String> {
    let mut faults = Vec::new();
    let marks: Vec<(usize, &str)> = page
        .match_indices(MARK)
        .filter_map(|(at, found)| Some((at, quoted(&page[at + found.len()..])?)))
        .collect();
    let wanted: Vec<String> = numbers
        .all()
        .iter()
        .map(|page| page_anchor(&page.label))
        .collect();
    for (index, wanted) in wanted.iter().enumerate() {
        if marks.get(index).is_none_or(|(_, id)| id != wanted) {
            let found = marks.get(index).map_or("nothing", |(_, id)| id);
            faults.push(format!(
                "On the web page the anchor {wanted} should come next, but {found} does."
            ));
            return faults;
        }
    }
    if let Some((_, id)) = marks.get(wanted.len()) {
        faults.push(format!("The web page has an anchor {id} too many."));
    }
    let places = places(page);
    for (printed, (at, id)) in numbers.all().iter().zip(&marks) {
        // A mark is on one line.
        let mark = page[*at..].lines().next().unwrap_or_default();
        for anchor in printed.also.iter().map(|label| page_anchor(label)) {
            let once = places.get(anchor.as_str()).is_some_and(|place| place.once);
            if !once || !mark.contains(&format!("{ID}{anchor}\"")) {
                faults.push(format!(
                    "On the web page the anchor {anchor} should lead to {id}, but does not."
                ));
            }
        }
    }
    for (class, end) in NUMBERED {
        for (at, _) in page.match_indices(class) {
            let Some(line) = line(page, at, end) else {
                continue;
            };
            let target = places.get(line.target);
            if !target.is_some_and(|target| leads_there(target.at, &marks, line.number)) {
                faults.push(format!(
                    "On the web page a line to #{} says page {}, which does not begin there.",
                    line.target, line.number
                ));
            }
        }
    }
    faults
}

/// A line of a list: the target of its link, and its page number.
struct Line<'p> {
    target: &'p str,
    number: &'p str,
}

fn line<'p>(page: &'p str, at: usize, end: &str) -> Option<Line<'p>> {
    let before = &page[..at];
    let link = before.rfind("href=\"#")?;
    let target = quoted(&before[link + "href=\"#".len()..])?;
    let rest = &page[at..];
    let rest = &rest[..rest.find(end)?];
    let number = rest.strip_suffix("</span>")?.rsplit('>').next()?.trim();
    Some(Line { target, number })
}

/// Where an id is in the page.
struct IdPlace {
    at: usize,
    once: bool,
}

/// The ids of a page.
fn places(page: &str) -> HashMap<&str, IdPlace> {
    let mut places = HashMap::new();
    for (at, _) in page.match_indices(ID) {
        let Some(id) = quoted(&page[at + ID.len()..]) else {
            continue;
        };
        places
            .entry(id)
            .and_modify(|place: &mut IdPlace| place.once = false)
            .or_insert(IdPlace { at, once: true });
    }
    places
}

/// Whether the page that a line names is in view at its target, or begins next.
fn leads_there(target: usize, marks: &[(usize, &str)], number: &str) -> bool {
    let after = marks.partition_point(|(at, _)| *at <= target);
    let near = [after.checked_sub(1), Some(after)];
    near.into_iter()
        .flatten()
        .filter_map(|index| marks.get(index))
        .any(|(_, id)| id.strip_prefix("page-") == Some(number))
}

/// The text up to the next quotation mark.
fn quoted(text: &str) -> Option<&str> {
    text.split('"').next()
}
