//! Text that the template meant to be replaced.

use std::sync::LazyLock;

use regex::Regex;

use crate::check::subject::{Role, Subject};
use crate::check::{Room, Rule};
use crate::finding::{Code, Finding, Severity};

pub(crate) const RULE: Rule = Rule {
    code: Code("template-text"),
    severity: Severity::Warning,
    room: Room::Agenda,
    summary: "Text of the template was left in",
    explanation: "Placeholders in square or angle brackets that ask for something to be filled in, \
                  \"delete as appropriate\", rows of X, a date in letters, filler text. Looked for in \
                  the agenda, reports, minutes and appendices in Markdown.",
    basis: "Practice: last year's template shows in published packs.",
    example: "The report of [insert name] was received on DD/MM/YYYY.",
    remedy: "Write what belongs there, or take it out",
    run,
};

static PLACEHOLDER: LazyLock<Regex> = pattern!(concat!(
    r"(?i:\[\s*(?:insert|enter|add|delete|type|name|date|title|tbc|to be (?:added|completed|inserted))\b[^\]\n]{0,80}\])",
    r"|(?i:<\s*(?:insert|enter|add|name|date|title)\b[^>\n]{0,80}>)",
    r"|(?i:\b(?:delete|amend|complete) as (?:appropriate|applicable|necessary)\b)",
    r"|(?i:\binsert (?:text|title|name|date|details) here\b)",
    r"|(?i:\bclick (?:or tap )?here to enter\b)",
    r"|(?i:\blorem ipsum\b)",
    r"|\b(?:DD/MM/YY(?:YY)?|dd/mm/yy(?:yy)?|XX/XX/(?:XX|20XX|XXXX))\b",
    r"|\bX{3,}\b"
));

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    subject
        .passages()
        .filter(|passage| passage.role != Role::Preformatted)
        .flat_map(|passage| {
            PLACEHOLDER.find_iter(&passage.text).map(|found| {
                RULE.at(
                    passage.at(found.range()),
                    format!("“{}” looks like text of the template", found.as_str()),
                )
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrasings() {
        for text in [
            "The report of [insert name] was received.",
            "[Date of meeting]",
            "<enter text>",
            "Yes / No (delete as appropriate)",
            "from DD/MM/YYYY",
            "Councillor XXXX moved",
        ] {
            assert!(PLACEHOLDER.is_match(text), "{text}");
        }
        for text in [
            "as [they] said",
            "[IL0: UNCLASSIFIED]",
            "[named individuals] were present",
            "Louis XIV, and Section XX",
            "a < b and b > c",
            "delete the third paragraph",
        ] {
            assert!(!PLACEHOLDER.is_match(text), "{text}");
        }
    }
}
