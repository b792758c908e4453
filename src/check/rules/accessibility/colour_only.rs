//! Meaning that only colour gives.

use std::sync::LazyLock;

use regex::Regex;

use crate::check::subject::Subject;
use crate::check::{Room, Rule};
use crate::finding::{Code, Finding, Severity};

pub(crate) const RULE: Rule = Rule {
    code: Code("colour-only"),
    severity: Severity::Note,
    room: Room::Accessibility,
    summary: "The text points to something by its colour alone",
    explanation: "A reader who does not see colours, listens, or reads a black-and-white print cannot \
                  follow. Found in phrasings such as \"shown in red\", \"the green rows\", \"highlighted in \
                  yellow\". \"Edged red on the plan\" is usual for sites, and found too.",
    basis: "WCAG 2.2, 1.4.1",
    example: "Targets that were missed are shown in red.",
    remedy: "Say it in words or with a sign too: \"shown in red and marked *\"",
    run,
};

static COLOUR: LazyLock<Regex> = pattern!(concat!(
    r"(?i)\b(?:shown|marked|highlighted|shaded|coloured|colored|printed|written|edged|outlined|hatched|indicated|denoted|identified|picked\s+out|flagged)\s+(?:(?:in|by|with|on)\s+)?(?:(?:an?|the)\s+)?(?:bright\s+|dark\s+|light\s+|bold\s+|thick\s+|broken\s+|dashed\s+|dotted\s+|solid\s+)?(?:red|green|blue|yellow|amber|orange|pink|purple|brown|grey)\b|\b(?:red|green|blue|yellow|amber|orange|pink|purple)\s+(?:rows|columns|cells|text|type|print|ink|font|figures|entries|areas|boxes|shading|lettering)\b",
    // Yellow lines are on roads.
    r"|\b(?i:red|green|blue|amber|orange|pink|purple)\s+lines\b",
    r"|(?i:\b(?:appears?|set|given|listed|displayed|presented|are|is|and)\s+in\s+(?:bold\s+)?(?:red|green|blue|yellow|amber|orange|pink|purple|grey)(?:\s*[.,;:)]|\s*$|\s+(?:on|in|below|above|have|need|were|are|(?:and|but|while)\s+(?:the|those|all|others?|any))\b))",
    r"|(?i:\b(?:text|words|wording|figures|items|rows|entries|changes|amendments|additions|those|cells|columns|bars)\s+in\s+(?:red|green|blue|yellow|amber|orange|pink|purple|grey)\b)",
    r"|(?i:\b(?:red|green|blue|yellow|amber|orange|pink|purple|brown|grey)\s+(?:line|bars?|area|box|dots?|arrows?|segments?|bands?|curve|column|row|sections?|shapes?|circles?|stars?)\s+(?:on|in|of)\s+the\s+(?:graph|chart|map|plan|drawing|diagram|table|figure)\b)",
    r"|(?i:\b[a-z]+\s+in\s+(?:dark\s+|light\s+|pale\s+|bright\s+)?(?:red|green|blue|yellow|amber|orange|pink|purple|brown|grey)\s+(?:have|has|are|is|were|was|shows?|needs?|will|marks?|denotes?|indicates?|represents?|on\s+the\s+(?:map|plan|drawing|chart|graph))\b)",
    r"|(?i:\bmewn\s+(?:coch|gwyrdd|glas|melyn|oren|pinc|porffor|llwyd)\b|\b(?:rhesi|celloedd|ardaloedd)\s+(?:cochion|coch|gwyrdd|glas|melyn|oren)\b)"
));

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    subject
        .passages()
        .filter(|passage| !passage.quoted)
        .flat_map(|passage| {
            COLOUR.find_iter(&passage.text).map(|found| {
                RULE.at(
                    passage.at(found.range()),
                    format!("“{}” relies on colour alone", found.as_str()),
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
            "missed targets are shown in red",
            "the site edged red on the plan",
            "see the green rows",
            "highlighted in yellow",
        ] {
            assert!(COLOUR.is_match(text), "{text}");
        }
        for text in [
            "the Red Lion",
            "green spaces strategy",
            "rated Red, Amber or Green",
            "blue badge holders",
        ] {
            assert!(!COLOUR.is_match(text), "{text}");
        }
    }
}
