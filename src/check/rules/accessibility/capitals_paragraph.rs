//! A paragraph in capitals.

use crate::check::subject::{Role, Subject};
use crate::check::{Room, Rule};
use crate::finding::{Code, Finding, Severity};

pub(crate) const RULE: Rule = Rule {
    code: Code("capitals-paragraph"),
    severity: Severity::Note,
    room: Room::Accessibility,
    summary: "A paragraph is set in capitals throughout",
    explanation: "Runs of capitals are hard to read for everybody, most of all for readers with dyslexia \
                  or low vision; some screen readers spell them out. Paragraphs and list items of five \
                  words or more are looked at.",
    basis: "UKAAF G003; GOV.UK style guide",
    example: "MEMBERS ARE ASKED TO BRING THIS REPORT WITH THEM.",
    remedy: "Write it in sentence case, and in bold if it must stand out",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    subject
        .passages()
        .filter(|passage| matches!(passage.role, Role::Paragraph | Role::ListItem | Role::Note))
        .filter(|passage| {
            let words = passage
                .text
                .split_whitespace()
                .filter(|word| word.chars().filter(|c| c.is_alphabetic()).count() > 1)
                .count();
            words >= 5 && !passage.text.chars().any(char::is_lowercase)
        })
        .map(|passage| RULE.at(passage.span, "This paragraph is set in capitals throughout"))
        .collect()
}
