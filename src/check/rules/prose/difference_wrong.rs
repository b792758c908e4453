//! A change that is not the difference of its figures.

use std::sync::LazyLock;

use regex::Regex;

use crate::check::figures::{Unit, is_year, number, speaks_of_days, written};
use crate::check::subject::Subject;
use crate::check::{Room, Rule};
use crate::finding::{Code, Finding, Severity};

pub(crate) const RULE: Rule = Rule {
    code: Code("difference-wrong"),
    severity: Severity::Note,
    room: Room::Prose,
    summary: "A change in the text does not follow from the figures beside it",
    explanation: "Four phrasings are understood: \"decreased by 0.44 (18.83 from 19.21)\", \"from 19.21 to \
                  18.83, a decrease of 0.44\", \"a decrease of 0.44, from 19.21 to 18.83\" and \"18.83 compared \
                  with 19.21, a decrease of 0.44\". Percentages, days and years are left alone.",
    basis: "Practice: found in published packs.",
    example: "decreased by 0.44 cases per worker (18.83 from 19.21), which is 0.38",
    remedy: "Check the figures",
    run,
};

/// A figure under a name of its own, with or without a pound sign.
macro_rules! figure {
    ($name:literal) => {
        concat!(
            "(?P<",
            $name,
            r">£?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]{1,4})?)"
        )
    };
}
/// A figure, and what it is a number of under the name with "of_": millions and the like.
macro_rules! sum {
    ($name:literal) => {
        concat!(
            figure!($name),
            "(?P<of_",
            $name,
            r">(?:\s?(?:k|m|bn|million|billion)\b)?)"
        )
    };
}
/// Whether a change is in per cent.
macro_rules! per_cent {
    () => {
        r"(?P<after>\s*(?:%|per\s?cent)?)"
    };
}
/// Nouns for a difference.
macro_rules! difference {
    () => {
        "(?:increase|decrease|reduction|rise|fall|drop|difference|saving|overspend|underspend|shortfall|surplus|variance|excess|gap|deficit)"
    };
}

/// "Decreased by 0.44 cases per worker (18.83 from 19.21)".
static BY: LazyLock<Regex> = pattern!(concat!(
    r"(?i)\b(?:increas|decreas|reduc|f[ae]ll|dropp?|r[io]s|grow|grew|gone|went|up|down)\w*\b[^.;()0-9]{0,60}\bby\s+",
    figure!("change"),
    r"(?P<after>[^;()%0-9]{0,40})\((?:to\s+)?",
    figure!("b"),
    r"\s+from\s+",
    figure!("a"),
    r"\)"
));
/// "An increase of 12 (from 40 to 50)", "has grown by £1.2m, from £3.4m to £4.5m".
static CHANGE_FIRST: LazyLock<Regex> = pattern!(concat!(
    r"(?i)\b(?:increas|decreas|reduc|f[ae]ll|dropp?|r[io]s|grow|gain|loss|lost|saving|cut|uplift|gone|goes|went|up|down)\w*\b[^.;()0-9£]{0,60}\b(?:by|of)\s+",
    sum!("change"),
    per_cent!(),
    r"(?:\s+[a-z]+){0,3}\s*[,(–-]?\s*from\s+",
    sum!("a"),
    r"\s+(?:\w+\s+){0,2}to\s+",
    sum!("b")
));
static FROM_TO: LazyLock<Regex> = pattern!(concat!(
    r"(?i)\bfrom\s+",
    sum!("a"),
    r"\s+(?:\w+\s+){0,2}to\s+",
    sum!("b"),
    r"(?:\s+\w+){0,2}\s*[,(–-]\s*(?:which\s+(?:is|was)\s+|i\.e\.\s+|or\s+)?(?:an?\s+(?:[a-z]+\s+)?(?:increase|decrease|reduction|rise|fall|drop|difference|saving|cut|growth|gain|loss|uplift)\s+of|(?:up|down)(?:\s+by)?|saving|cutting|adding|losing|gaining|\+|plus|minus)\s*",
    sum!("change"),
    per_cent!()
));

/// "£55,000 against a budget of £50,000, an overspend of £4,000", "48 visits, compared with 36 the year
/// before, 14 more".
static COMPARED: LazyLock<Regex> = pattern!(concat!(
    r"(?i)",
    sum!("a"),
    r"(?:\s+[a-z]+){0,4},?\s+(?:\(?(?:as\s+)?(?:against|compared\s+(?:with|to)|versus|up\s+from|down\s+from|in\s+comparison\s+with))\s+(?:[a-z]+\s+){0,4}",
    sum!("b"),
    r"(?:\s+[a-z]+){0,5}\)?\s*[,(–-]\s*(?:which\s+(?:is|was)\s+|i\.e\.\s+|or\s+)?(?:an?\s+(?:[a-z]+\s+){0,2}",
    difference!(),
    r"\s+of\s+",
    sum!("change"),
    r"|",
    sum!("change2"),
    r"\s+(?:more|fewer|less|higher|lower|over|under|above|below)\b)",
    per_cent!()
));

/// "An underspend of £3,000 (£47,000 against a budget of £52,000)".
static CHANGE_OF: LazyLock<Regex> = pattern!(concat!(
    r"(?i)\b",
    difference!(),
    r"\s+of\s+",
    sum!("change"),
    per_cent!(),
    r"\s*[,(–-]\s*(?:being\s+)?",
    sum!("a"),
    r"(?:\s+[a-z]+){0,4},?\s+(?:as\s+)?(?:against|compared\s+(?:with|to)|versus|up\s+from|down\s+from)\s+(?:[a-z]+\s+){0,4}",
    sum!("b")
));

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for passage in subject.passages() {
        for (range, message) in wrong(&passage.text) {
            findings.push(RULE.at(passage.at(range), message));
        }
    }
    findings
}

fn wrong(text: &str) -> Vec<(std::ops::Range<usize>, String)> {
    let mut found = Vec::new();
    for pattern in [&*BY, &*FROM_TO, &*CHANGE_FIRST, &*COMPARED, &*CHANGE_OF] {
        for hit in pattern.captures_iter(text) {
            let value = |name: &str| {
                hit.name(name)
                    .and_then(|part| number(part.as_str().trim_start_matches('£')))
            };
            let (Some((change, places)), Some((a, a_places)), Some((b, b_places)), Some(whole)) = (
                value("change").or_else(|| value("change2")),
                value("a"),
                value("b"),
                hit.get(0),
            ) else {
                continue;
            };
            let scale = |name: &str| {
                hit.name(name)
                    .map(|part| part.as_str().trim().to_lowercase())
            };
            if scale("of_a") != scale("of_b")
                || scale("of_a") != scale("of_change").or_else(|| scale("of_change2"))
            {
                continue;
            }
            let percent = hit.name("after").is_some_and(|after| {
                let after = after.as_str().to_lowercase();
                after.contains('%') || after.contains("cent")
            });
            let places = places.max(a_places).max(b_places);
            let difference = (a - b).abs();
            // "By 10 from 1 April to 30 June" has days.
            if speaks_of_days(whole.as_str()) {
                continue;
            }
            // "An increase of 12 from 2018 to 2020" has years.
            let years = is_year(a) && is_year(b) && !whole.as_str().contains('£');
            if !percent && !years && difference != change {
                let [a, b, difference, change] =
                    [a, b, difference, change].map(|value| written(value, places, Unit::None));
                let message = format!("{a} and {b} differ by {difference}, not by {change}");
                found.push((whole.range(), message));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrasings_that_must_fire() {
        for text in [
            "have decreased this month by 0.44 cases per worker (18.83 from 19.21), which",
            "rose from 120 to 150, an increase of 20",
            "fell from £1,200 to £900 (a reduction of £200)",
            "fell from £4.0m to £3.5m, a saving of £0.7m",
            "cost £55,000 against a budget of £50,000, an overspend of £4,000",
            "48 visits compared with 36 the year before, 14 more",
            "an underspend of £3,000 (£47,000 against a budget of £52,000)",
            "grew from 2 million to 3.5 million, an increase of 1 million",
        ] {
            assert_eq!(wrong(text).len(), 1, "{text}");
        }
    }

    #[test]
    fn phrasings_that_must_not() {
        for text in [
            "has increased to 110.6 (897 children) from 109.8 (890 children) which is an increase of 14.5 (130 children) since 1st April",
            "decreased by 0.38 (18.83 from 19.21)",
            "rose from 120 to 150, an increase of 30",
            "rose from 120 to 150, an increase of 25%",
            "rose from 120 to 150, an increase of 25 per cent",
            "fell from £4.0m to £3.5m, a saving of £0.5m",
            "fell from £4.0m to £3.5m, a saving of £500,000",
            "from 2018 to 2020 there was an increase of 12",
            "an increase of 12 from 2018 to 2020",
            "48 visits compared with 36 the year before, 12 more",
            "rose by 10 from 1 April to 30 June",
        ] {
            assert!(wrong(text).is_empty(), "{text}: {:?}", wrong(text));
        }
    }
}
