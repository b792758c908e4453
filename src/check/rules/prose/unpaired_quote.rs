//! A quotation that is never closed.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::check::subject::{Passage, Role, Subject};
use crate::check::{Room, Rule};
use crate::finding::{Code, Finding, Severity};

pub(crate) const RULE: Rule = Rule {
    code: Code("unpaired-quote"),
    severity: Severity::Warning,
    room: Room::Prose,
    summary: "Double quotation marks do not pair",
    explanation: "The reader cannot tell where somebody else's words end. Marks are paired within a \
                  paragraph, or within a quotation of several paragraphs, each of which may open with a mark of its own. \
                  Inches and single marks are left alone.",
    basis: "Practice: found in published packs.",
    example: "It concluded that \"youth services have all but disappeared.",
    remedy: "Add the missing mark, or take the other one out",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for document in &subject.documents {
        let passages: Vec<&Passage<'_>> = document
            .passages
            .iter()
            .filter(|passage| passage.role != Role::Preformatted)
            .collect();
        // The marks that are left over, with what they are.
        let mut left: Vec<(&Passage<'_>, Range<usize>, Side)> = Vec::new();
        let mut at = 0;
        while at < passages.len() {
            // A quotation's paragraphs, or a run of paragraphs that each open with a mark, are one.
            let mut end = at + 1;
            while end < passages.len()
                && ((passages[at].quoted && passages[end].quoted)
                    || (open(&passages[end - 1].text) && opens_anew(&passages[end].text)))
            {
                end += 1;
            }
            let run = &passages[at..end];
            if !pairs(run.iter().map(|passage| passage.text.as_str()))
                && let Some((passage, (mark, side))) = run
                    .iter()
                    .filter(|passage| open(&passage.text))
                    .find_map(|passage| Some((*passage, last_mark(&passage.text)?)))
            {
                left.push((passage, mark, side));
            }
            at = end;
        }
        // A quotation may open in one paragraph and close in another, with a list between them.
        let mut index = 0;
        while index < left.len() {
            let (passage, mark, side) = &left[index];
            if *side == Side::Opens
                && left
                    .get(index + 1)
                    .is_some_and(|(_, _, next)| *next == Side::Closes)
            {
                index += 2;
                continue;
            }
            let span = passage.at(mark.clone());
            findings.push(RULE.at(span, "These quotation marks do not pair"));
            index += 1;
        }
    }
    findings
}

static MARK: LazyLock<Regex> = pattern!("[\"“”„]");

/// The marks of a text, without inches: a mark after a figure, outside a quotation.
fn marks(text: &str) -> Vec<(usize, char)> {
    let mut marks: Vec<(usize, char)> = Vec::new();
    let (mut straight, mut curly) = (false, false);
    for found in MARK.find_iter(text) {
        let (at, Some(mark)) = (found.start(), found.as_str().chars().next()) else {
            continue;
        };
        let before = text[..at].chars().next_back();
        let measures = before.is_some_and(|c| {
            c.is_ascii_digit() || matches!(c, '½' | '¼' | '¾' | '⅛' | '⅜' | '⅝' | '⅞')
        });
        let inside = match mark {
            '"' => straight,
            _ => curly || straight,
        };
        if measures && !inside && matches!(mark, '"' | '”') {
            continue;
        }
        match mark {
            '"' => straight = !straight,
            '”' => curly = false,
            _ => curly = true,
        }
        marks.push((at, mark));
    }
    marks
}

/// Whether a mark opens or closes a quotation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Opens,
    Closes,
}

/// The last mark of a text, which is the one left over where marks alternate.
fn last_mark(text: &str) -> Option<(Range<usize>, Side)> {
    let (at, mark) = *marks(text).last()?;
    let side = match mark {
        '”' => Side::Closes,
        '“' | '„' => Side::Opens,
        _ => {
            let before = text[..at].chars().next_back();
            if before.is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '[' | '-' | '–')) {
                Side::Opens
            } else {
                Side::Closes
            }
        }
    };
    Some((at..at + mark.len_utf8(), side))
}

fn opens_anew(text: &str) -> bool {
    text.trim_start().starts_with(['"', '“'])
}

/// Whether a text ends inside a quotation, or closes one that it did not open.
fn open(text: &str) -> bool {
    let marks = marks(text);
    let straight = marks.iter().filter(|(_, c)| *c == '"').count();
    let opened = marks.iter().filter(|(_, c)| matches!(c, '“' | '„')).count();
    let closed = marks.iter().filter(|(_, c)| *c == '”').count();
    (straight + opened + closed) % 2 == 1
}

/// Whether the marks of consecutive paragraphs pair, where each may open with a mark of its own.
fn pairs<'a>(texts: impl Iterator<Item = &'a str>) -> bool {
    let mut inside = false;
    for text in texts {
        let mut here = marks(text).len();
        if inside && opens_anew(text) {
            here -= 1;
        }
        if here % 2 == 1 {
            inside = !inside;
        }
    }
    !inside
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_paragraph() {
        for (text, fine) in [
            ("It said \"yes\" and “no”.", true),
            ("It said \"yes and no.", false),
            ("It said “yes and no.", false),
            ("a 12\" pipe", true),
            ("boards of 6\" x 4\" and 3½” bolts", true),
            ("a 12\" pipe, and \"yes", false),
            ("“We do” said „Nein”", true),
            ("no marks", true),
            ("he said \"in 2018\" and left", true),
        ] {
            assert_eq!(pairs([text].into_iter()), fine, "{text}");
        }
    }

    #[test]
    fn paragraphs_of_one_quotation_may_each_open() {
        assert!(pairs(["\"One.", "\"Two.", "Three.\""].into_iter()));
        assert!(pairs(["\"One.", "Two.\""].into_iter()));
        assert!(!pairs(["\"One.", "Two."].into_iter()));
    }
}
