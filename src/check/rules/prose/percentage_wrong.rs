//! A percentage that is not that of its figures.

use std::sync::LazyLock;

use regex::Regex;

use crate::check::figures::{ONE, Unit, number, round_to, written};
use crate::check::subject::{Subject, cell_text};
use crate::check::{Room, Rule};
use crate::finding::{Code, Finding, Severity};

pub(crate) const RULE: Rule = Rule {
    code: Code("percentage-wrong"),
    severity: Severity::Note,
    room: Room::Prose,
    summary: "A percentage does not follow from the figures beside it",
    explanation: "\"93 of 96 (96.8%)\" in prose, and rows of a table whose cells read \"93 96.8%\": there \
                  the whole is the figure of an earlier cell, and only a percentage within one point of \
                  such a quotient is spoken of. Rounding is the usual one, halves either way.",
    basis: "Practice: found in published packs.",
    example: "93 of 96 (96.8%), which is 96.9%",
    remedy: "Check the figures and the percentage",
    run,
};

static PROSE: LazyLock<Regex> = pattern!(
    r"\b(?P<part>[0-9][0-9,]*)\s+(?:out\s+)?of\s+(?:the\s+|a\s+total\s+of\s+)?(?P<whole>[0-9][0-9,]*)\b[^.;()%0-9]{0,40}[(,]\s?(?:or\s+)?(?P<percent>[0-9]{1,3}(?:\.[0-9]{1,2})?)\s?%"
);
static REVERSED: LazyLock<Regex> = pattern!(
    r"(?P<percent>[0-9]{1,3}(?:\.[0-9]{1,2})?)\s?%\s*\((?P<part>[0-9][0-9,]*)\s+(?:out\s+)?of\s+(?:the\s+|a\s+total\s+of\s+)?(?P<whole>[0-9][0-9,]*)\)"
);
static CELL: LazyLock<Regex> = pattern!(
    r"^\s*(?P<part>[0-9][0-9,]*)\s*\(?(?:\s(?P<percent>[0-9]{1,3}(?:\.[0-9]{1,2})?)\s?%\)?)?\s*$"
);

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for passage in subject.passages() {
        for pattern in [&*PROSE, &*REVERSED] {
            for found in pattern.captures_iter(&passage.text) {
                let part = |name: &str| found.name(name).and_then(|part| number(part.as_str()));
                let (Some((some, _)), Some((whole, _)), Some((percent, places)), Some(all)) =
                    (part("part"), part("whole"), part("percent"), found.get(0))
                else {
                    continue;
                };
                if let Some(actual) = quotient(some, whole)
                    && !agrees(actual, percent, places)
                {
                    findings.push(RULE.at(
                        passage.at(all.range()),
                        say(some, whole, actual, percent, places),
                    ));
                }
            }
        }
    }
    for (table, _) in subject
        .documents
        .iter()
        .flat_map(|document| &document.tables)
    {
        for row in table.rows.iter().skip(table.header_rows) {
            let mut wholes: Vec<i128> = Vec::new();
            for cell in &row.cells {
                let text = cell_text(cell);
                let Some(found) = CELL.captures(&text) else {
                    continue;
                };
                let part = |name: &str| found.name(name).and_then(|part| number(part.as_str()));
                let Some((some, _)) = part("part") else {
                    continue;
                };
                if let Some((percent, places)) = part("percent") {
                    let quotients: Vec<(i128, i128)> = wholes
                        .iter()
                        .filter_map(|&whole| Some((whole, quotient(some, whole)?)))
                        .collect();
                    let right = quotients.iter().any(|(_, q)| agrees(*q, percent, places));
                    let near = quotients
                        .iter()
                        .filter(|(_, q)| (q - percent).abs() <= ONE)
                        .min_by_key(|(_, q)| (q - percent).abs());
                    if let (false, Some((whole, actual))) = (right, near) {
                        findings
                            .push(RULE.at(cell.span, say(some, *whole, *actual, percent, places)));
                    }
                }
                wholes.push(some);
            }
        }
    }
    findings
}

/// A part of a whole in per cent, in ten-thousandths.
fn quotient(part: i128, whole: i128) -> Option<i128> {
    (whole > 0 && part <= whole).then(|| part * 100 * ONE / whole)
}

/// Whether a percentage is a quotient rounded to its places, halves either way.
fn agrees(actual: i128, percent: i128, places: u32) -> bool {
    let step = 10_i128.pow(4 - places.min(4));
    round_to(actual, step) == percent || (actual - percent).abs() * 2 == step
}

fn say(some: i128, whole: i128, actual: i128, percent: i128, places: u32) -> String {
    format!(
        "{} of {} is {}, not {}",
        written(some, 0, Unit::None),
        written(whole, 0, Unit::None),
        written(actual, places, Unit::Percent),
        written(percent, places, Unit::Percent)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotients() {
        let agree = |part: i128, whole: i128, percent: i128, places| {
            quotient(part * ONE, whole * ONE).is_some_and(|q| agrees(q, percent, places))
        };
        assert!(agree(143, 184, 777_000, 1));
        assert!(!agree(93, 96, 968_000, 1));
        assert!(agree(93, 96, 969_000, 1));
        assert!(agree(1, 3, 330_000, 0));
        assert!(agree(1, 8, 125_000, 1));
        assert!(agree(1, 8, 120_000, 0), "half either way");
    }

    #[test]
    fn phrasings() {
        for text in [
            "93 of 96 (96.8%)",
            "93 out of the 96 cases (96.8%)",
            "93 of 96, or 96.8%",
        ] {
            assert!(PROSE.is_match(text), "{text}");
        }
        assert!(REVERSED.is_match("96.8% (93 of 96)"));
        for text in [
            "5 of 2019. The rate (12%)",
            "chapter 3 of 4",
            "2 of 3 wards, 2019, with 12% more",
        ] {
            assert!(!PROSE.is_match(text), "{text}");
        }
    }
}
