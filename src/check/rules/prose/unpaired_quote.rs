//! A quotation that is never closed.

use crate::check::subject::{Passage, Role, Subject};
use crate::check::{Room, Rule};
use crate::finding::{Code, Finding, Severity};

pub(crate) const RULE: Rule = Rule {
    code: Code("unpaired-quote"),
    severity: Severity::Warning,
    room: Room::Prose,
    summary: "Double quotation marks do not pair",
    explanation: "The reader cannot tell where somebody else's words end. Marks are paired within a \
                  paragraph, or within a quotation of several paragraphs, each of which may open anew. \
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
                && let Some((passage, mark)) = run.iter().find_map(|passage| {
                    first_mark(&passage.text)
                        .filter(|_| open(&passage.text))
                        .map(|mark| (passage, mark))
                })
            {
                findings.push(RULE.at(
                    passage.at(mark..mark + 1),
                    "These quotation marks do not pair",
                ));
            }
            at = end;
        }
    }
    findings
}

fn is_mark(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„')
}

/// The marks of a text, without inches.
fn marks(text: &str) -> Vec<(usize, char)> {
    text.char_indices()
        .filter(|(_, c)| is_mark(*c))
        .filter(|(at, c)| {
            *c != '"'
                || !text[..*at]
                    .chars()
                    .next_back()
                    .is_some_and(|before| before.is_ascii_digit())
                || text[..*at].matches('"').count() % 2 == 1
        })
        .collect()
}

fn first_mark(text: &str) -> Option<usize> {
    // The last mark is the one left open where marks alternate.
    marks(text).last().map(|(at, _)| *at)
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

/// Whether the marks of consecutive paragraphs pair, where each may open anew.
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
