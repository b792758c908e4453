//! A reference to a minute whose number was never filled in.

use std::sync::LazyLock;

use regex::Regex;

use crate::check::subject::Subject;
use crate::check::{Room, Rule};
use crate::finding::{Code, Finding, Severity};

pub(crate) const RULE: Rule = Rule {
    code: Code("minute-reference-blank"),
    severity: Severity::Warning,
    room: Room::Dates,
    summary: "A reference to a minute has no number",
    explanation: "The number was to be looked up and was not.",
    basis: "Practice: found in published packs.",
    example: "as agreed at the last meeting (Minute No.    )",
    remedy: "Fill in the number of the minute",
    run,
};

static BLANK: LazyLock<Regex> = pattern!(concat!(
    r"(?i)\b(?:minutes?|min\.?|cofnod(?:ion)?)\s+(?:",
    // "Minute No. ___", "Minute Number …", "(Minute No. ?)"
    r"(?:nos?\b\.?|numbers?\b|refs?\b\.?|references?\b|rhif(?:au)?\b)\s*:?\s*",
    r"(?:(?:refers?\s*)?\)|_+|…|\.{3,}|\?|x{2,}\b|tb[ac]\b|to\s+(?:be\s+(?:confirmed|added|inserted)|follow)\b|\[\s*(?:tb[ac]|to\s+be\s+\w+|to\s+follow|insert\b[^\]]{0,30}|[\s_.…x?]*)\s*\]|[-–—]+\s*\))",
    // "Minute No: of the last meeting": a stop that shows that a number was to follow.
    r"|(?:nos?|refs?|numbers?|references?)\s*(?::|\.\s*:|\.)\s*(?:of|from|at|dated|refers?)\s+(?:the|that|its|our|[0-9]|[A-Z][a-z]+\s+[0-9])",
    // "Minute ___/26", "Minute XX refers"
    r"|_{2,}|x{2,}\b|\[\s*(?:tb[ac]|to\s+be\s+\w+|to\s+follow|insert\b[^\]]{0,30}|[\s_.…x?]*)\s*\]",
    // "Minute ??/26", "Minute … refers"
    r"|(?:\?+|…+|\.{3,}|#+)\s*(?:/\s*[0-9]{2}\b|\)|refers?\b))"
));

/// Whether a blank is that of a minute's number.
pub(crate) fn is_blank(text: &str, range: &std::ops::Range<usize>) -> bool {
    BLANK
        .find_iter(text)
        .any(|found| found.start() < range.end && range.start < found.end())
}

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    subject
        .passages()
        .flat_map(|passage| {
            BLANK.find_iter(&passage.text).map(|found| {
                RULE.at(
                    passage.at(found.range()),
                    "The number of the minute is left blank",
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
            "(Minute No.   )",
            "(minute number )",
            "(Minute Nos. ___)",
            "(Minute [TBC])",
        ] {
            assert!(BLANK.is_match(text), "{text}");
        }
        for text in ["(Minute No. 12/19)", "the minute number", "ten minutes)"] {
            assert!(!BLANK.is_match(text), "{text}");
        }
    }
}
