//! A bracket without its other half.

use std::sync::LazyLock;

use regex::Regex;

use crate::check::subject::{Role, Subject};
use crate::check::{Room, Rule};
use crate::finding::{Code, Finding, Severity};

pub(crate) const RULE: Rule = Rule {
    code: Code("unpaired-bracket"),
    severity: Severity::Warning,
    room: Room::Prose,
    summary: "A bracket is opened and not closed, or closed and not opened",
    explanation: "Round and square brackets are paired within a paragraph. Labels of lists such as \"a)\", \
                  \"1)\" and \"iv)\" are left alone.",
    basis: "Practice: found in published packs.",
    example: "the partners (police, health and the council agreed",
    remedy: "Add the missing bracket, or take the other one out",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for passage in subject.passages() {
        if passage.role == Role::Preformatted {
            continue;
        }
        for (at, bracket) in unpaired(&passage.text) {
            let message = if matches!(bracket, '(' | '[') {
                format!("“{bracket}” is never closed")
            } else {
                format!("“{bracket}” was never opened")
            };
            findings.push(RULE.at(passage.at(at..at + 1), message));
        }
    }
    findings
}

static BRACKET: LazyLock<Regex> = pattern!(r"[()\[\]]");

fn unpaired(text: &str) -> Vec<(usize, char)> {
    let mut open: Vec<(usize, char)> = Vec::new();
    let mut wrong = Vec::new();
    let count = |bracket| text.matches(bracket).count();
    let is_list = count(')') > count('(') + 1;
    for found in BRACKET.find_iter(text) {
        let (at, Some(bracket)) = (found.start(), found.as_str().chars().next()) else {
            continue;
        };
        match bracket {
            '(' | '[' => open.push((at, bracket)),
            _ => {
                let partner = if bracket == ')' { '(' } else { '[' };
                // "Phase 2), which" labels nothing, unless it is one of several labels.
                let is_label = bracket == ')'
                    && label_before(&text[..at])
                    && (is_list || !text[at + 1..].starts_with([',', '.', ';', ':']));
                match open.last() {
                    Some((_, opening)) if *opening == partner => {
                        open.pop();
                    }
                    _ if is_label => {}
                    _ => wrong.push((at, bracket)),
                }
            }
        }
    }
    wrong.extend(open);
    wrong.sort_unstable();
    wrong
}

/// Whether what comes before a closing bracket is the label of a list item ("a", "12", "iv"), or the
/// eyes of an emoticon.
fn label_before(text: &str) -> bool {
    if text.ends_with([':', ';']) {
        return true;
    }
    let word: String = text
        .chars()
        .rev()
        .take_while(|c| !c.is_whitespace())
        .take(6)
        .collect();
    let word: String = word.chars().rev().collect();
    let word = word.trim_start_matches(['"', '“', '‘', '\'', '/', '-']);
    let length = word.chars().count();
    length > 0
        && (length == 1 && word.chars().all(char::is_alphanumeric)
            || length <= 3 && word.chars().all(|c| c.is_ascii_digit())
            || length <= 5 && word.chars().all(|c| "ivxIVX".contains(c))
            || length <= 5
                && word.contains('.')
                && word
                    .split('.')
                    .all(|part| !part.is_empty() && part.chars().all(|c| c.is_ascii_digit())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrasings() {
        for (text, count) in [
            ("the partners (police, health agreed", 1),
            ("the partners police, health) agreed", 1),
            ("[the whole list", 1),
            ("(a [b) c]", 2),
            ("a) first, b) second", 0),
            ("1) first iv) fourth", 0),
            ("(see 3.1(b)) and (c)", 0),
            ("thank you :)", 0),
            ("phase 2), is funded", 1),
            ("options 1), 2) and 3).", 0),
            ("item (a)", 0),
            ("", 0),
        ] {
            assert_eq!(unpaired(text).len(), count, "{text}");
        }
    }
}
