//! A percentage that is not that of its figures.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::check::figures::{Figure, ONE, Scale, Unit, amount, is_year, number, round_to, written};
use crate::check::subject::{Subject, cell_text};
use crate::check::{Room, Rule, changes, fractions};
use crate::finding::{Code, Finding, Severity};

pub(crate) const RULE: Rule = Rule {
    code: Code("percentage-wrong"),
    severity: Severity::Note,
    room: Room::Prose,
    summary: "A percentage does not follow from the figures beside it",
    explanation: "\"93 of 96 (96.8%)\", \"66 (54%) of 120\" and \"of 120 replies, 66 (54%)\" in prose, and rows \
                  of a table whose cells read \"93 96.8%\": there \
                  the whole is the figure of an earlier cell, and only a percentage within one point of \
                  such a quotient is spoken of. So are changes (\"from £100 to £104, an increase of 5%\") and fractions in \
                  words (\"half of the homes (120 of 300)\"), unless they are said to be rough. Rounding is the usual one, halves either way.",
    basis: "Practice: found in published packs.",
    example: "93 of 96 (96.8%), which is 96.9%",
    remedy: "Check the figures and the percentage",
    run,
};

/// "54%", "54 per cent", "54 y cant".
macro_rules! percent {
    () => {
        r"(?P<percent>[0-9]{1,3}(?:\.[0-9]{1,2})?)\s?(?:%|per\s?cent\b|y\s?cant\b)"
    };
}

/// What stands between a part and its whole: "out of a total of", "of its".
macro_rules! of {
    () => {
        r"(?:(?:out|allan)\s+)?(?:of|o['’]r|o)\s+(?:(?:the|all|its|their|our|some|y)\s+)?(?:a\s+(?:total|possible|maximum|potential)\s+(?:total\s+|of\s+)?)?"
    };
}
/// A part of a whole and the whole: "45 out of a total of 60", "45 o 60", "45/60".
macro_rules! part_of_whole {
    () => {
        concat!(
            amount!("part"),
            // "36 tenants out of 90", "9 in 60"
            r"(?:\s+(?P<in>in)\s+|(?:\s+\p{Ll}+){1,2}\s+(?:out\s+of|allan\s+o)\s+(?:the\s+|a\s+total\s+of\s+)?|\s+",
            of!(),
            r"|/)",
            amount!("whole")
        )
    };
}
/// What leads from two figures to their percentage: "(", ", or", ", a response rate of".
macro_rules! that_is {
    () => {
        r"(?:\(|,|\s[–—-]\s)\s?(?:(?:or|i\.e\.,?|that\s+is|which\s+is|equal\s+to|equivalent\s+to|equating\s+to|representing|an?\s+(?:[a-z]+\s+){0,2}(?:rate|turnout|share|proportion)\s+of)\s+)?"
    };
}

/// "93 of 96 (96.8%)", "93 of the 96 cases, or 96.8%".
static PROSE: LazyLock<Regex> = pattern!(concat!(
    part_of_whole!(),
    r"(?:\b[^.;()%0-9]{0,40})?",
    that_is!(),
    percent!()
));
/// "96.8% (93 of 96)", "30% of tenants (20 of 80)".
static REVERSED: LazyLock<Regex> = pattern!(concat!(
    percent!(),
    r"(?:\s+of\s+[^.;,()%0-9£]{0,40})?\s*\(",
    part_of_whole!(),
    r"\b"
));
/// "66 (54%) of the 120 replies".
static BETWEEN: LazyLock<Regex> = pattern!(concat!(
    amount!("part"),
    r"\s*[^.;,()%0-9]{0,30}\(",
    percent!(),
    r"\)\s*",
    of!(),
    amount!("whole"),
    r"\b"
));
/// What makes the first figure of a sentence the whole of those after it: "Of 120 replies, …",
/// "120 replies, of which …".
static LEAD: LazyLock<Regex> = pattern!(
    r"^\W*(?:Of|Out of|O|O['’]r|Allan o)\s+(?:the\s+|these\s+|those\s+|all\s+|a\s+total\s+of\s+|our\s+|some\s+|y\s+)?£?[0-9]|\b(?:of\s+(?:which|whom|these|those)|ohonynt)\b|^[^0-9£%]*\b[0-9][0-9,]*\s+(?:[a-z]+\s+){0,2}(?:responses|replies|respondents|households|tenants|residents|people|forms|surveys|submissions|applications|members|pupils|children|homes|properties|cases|visits|requests|complaints)(?:\s+[a-z]+){0,3}(?:\s*[;:]|,?\s+and\b)"
);
/// A share of that whole: "66 (54%)", "66 were in favour (54%)", "20, or 30%,".
static SHARE: LazyLock<Regex> = pattern!(concat!(
    r"\b(?P<part>[0-9][0-9,]*)\s*(?:[^.;,()%0-9£]{0,30}\(|,\s+or\s+)",
    percent!(),
    r"(?P<close>\s*[),])?"
));
static FIGURE: LazyLock<Regex> = pattern!(r"[0-9][0-9,]*(?:\.[0-9]+)?");
/// A number of a thing, and no part of a whole; or a change, whose percentage is of something else.
static NO_PART: LazyLock<Regex> = pattern!(
    r"(?i)\b(?:paragraph|chapter|section|page|part|table|item|phase|stage|step|figure|question|option|increase|decrease|rise|fall|drop|reduction|growth|change)s?\s+(?:of\s+)?$"
);
/// Units of time, and months, after a figure.
static TIME: LazyLock<Regex> = pattern!(
    r"(?i)^\s+(?:minutes?|hours?|days?|weeks?|months?|years?|quarters?|january|february|march|april|may|june|july|august|september|october|november|december)\b"
);
/// "Between 10 and 20 of 60": which figure the percentage is of cannot be told.
static RANGE: LazyLock<Regex> = pattern!(r"[0-9]\s*(?:to|-|–|or|and)\s*$");

static CELL: LazyLock<Regex> = pattern!(
    r"^\s*(?P<part>[0-9][0-9,]*)\s*\(?(?:\s(?P<percent>[0-9]{1,3}(?:\.[0-9]{1,2})?)\s?%\)?)?\s*$"
);

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for passage in subject.passages() {
        let changes = changes::wrong(&passage.text)
            .into_iter()
            .filter(|wrong| wrong.in_percent)
            .map(|wrong| (wrong.range, wrong.message));
        let shares = wrong(&passage.text).into_iter();
        for (range, message) in shares.chain(changes).chain(fractions::wrong(&passage.text)) {
            findings.push(RULE.at(passage.at(range), message));
        }
    }
    for (table, _) in subject.tables() {
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

/// The percentages in a text that do not follow from their figures.
fn wrong(text: &str) -> Vec<(Range<usize>, String)> {
    let mut wrong: Vec<(Range<usize>, String)> = Vec::new();
    let mut read: Vec<Range<usize>> = Vec::new();
    for pattern in [&*PROSE, &*REVERSED, &*BETWEEN] {
        for found in pattern.captures_iter(text) {
            let value = |name: &str| found.name(name).and_then(|part| amount(part.as_str()));
            let (Some(some), Some(whole), Some(percent), Some(all)) = (
                value("part"),
                value("whole"),
                value("percent"),
                found.get(0),
            ) else {
                continue;
            };
            let part = found.name("part").map_or(0, |part| part.start());
            let another = text[all.end()..].trim_start().starts_with("of the ");
            // "24/25 (5%)" is a financial year.
            let year = all.as_str().contains('/') && whole.value == some.value + ONE;
            let before = &text[..part];
            // "9 in 2025", "3 in 12 months" name a time.
            let time = found.name("in").is_some()
                && (is_year(whole.value)
                    || TIME.is_match(&text[found.name("whole").map_or(0, |whole| whole.end())..]));
            // The figure goes on before it, or belongs to a word.
            let joined =
                |letter: char| letter.is_alphanumeric() || matches!(letter, '.' | ',' | '£');
            if NO_PART.is_match(before)
                || before.ends_with(joined)
                || RANGE.is_match(before)
                || another
                || year
                || time
                || some.unit != whole.unit
            {
                continue;
            }
            read.push(all.range());
            let (percent, places) = (percent.value, percent.places);
            if let Some(actual) = quotient(some.value, whole.value)
                && !agrees(actual, percent, places)
                && !may_agree(some, whole, percent, places)
            {
                let figures = [some.alike(some.value), whole.alike(whole.value)];
                wrong.push((all.range(), say_of(&figures, actual, percent, places)));
            }
        }
    }
    for sentence in sentences(text).filter(|sentence| LEAD.is_match(&text[sentence.clone()])) {
        for (range, message) in shares(&text[sentence.clone()]) {
            let range = sentence.start + range.start..sentence.start + range.end;
            if read
                .iter()
                .all(|read| read.end <= range.start || range.end <= read.start)
            {
                wrong.push((range, message));
            }
        }
    }
    wrong
}

/// The sentences of a text: a full stop inside a figure ends none.
fn sentences(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut start = 0;
    text.match_indices(". ")
        .map(|(at, _)| at + 1)
        .chain([text.len()])
        .map(move |end| std::mem::replace(&mut start, end)..end)
}

/// The wrong shares in a sentence that names their whole. Any figure before a share may be its
/// whole: "Of 120 asked, 80 replied, and 60 (75%) agreed".
fn shares(sentence: &str) -> Vec<(Range<usize>, String)> {
    let mut wrong = Vec::new();
    for found in SHARE.captures_iter(sentence) {
        let value = |name: &str| found.name(name).and_then(|part| number(part.as_str()));
        let (Some((some, _)), Some((percent, places)), Some(part), Some(_), Some(all)) = (
            value("part"),
            value("percent"),
            found.name("part"),
            found.name("close"),
            found.get(0),
        ) else {
            continue;
        };
        let before = &sentence[..part.start()];
        if NO_PART.is_match(before) {
            continue;
        }
        // Pounds are a share of pounds; "£1.2m" and the like are left alone.
        let in_pounds = before.ends_with('£');
        let is_scaled = |after: &str| after.starts_with(|letter: char| letter.is_alphabetic());
        if is_scaled(&sentence[part.end()..]) {
            continue;
        }
        let wholes: Vec<i128> = FIGURE
            .find_iter(before)
            .filter(|figure| before[..figure.start()].ends_with('£') == in_pounds)
            .filter(|figure| !is_scaled(&before[figure.end()..]))
            .filter_map(|figure| Some(number(figure.as_str())?.0))
            .filter(|&whole| whole >= some)
            .collect();
        let right = wholes
            .iter()
            .filter_map(|&whole| quotient(some, whole))
            .any(|actual| agrees(actual, percent, places));
        if let (false, Some(&whole)) = (right, wholes.first())
            && let Some(actual) = quotient(some, whole)
        {
            wrong.push((all.range(), say(some, whole, actual, percent, places)));
        }
    }
    wrong
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

/// Whether a percentage may be that of two figures that were rounded themselves: "£1.2m of £4m".
fn may_agree(some: Figure, whole: Figure, percent: i128, places: u32) -> bool {
    let half = |figure: Figure| match figure.scale {
        Scale::One => 0,
        _ => figure.step() / 2,
    };
    let (least, most) = (whole.value - half(whole), whole.value + half(whole));
    let step = 10_i128.pow(4 - places.min(4));
    let at_least = (some.value - half(some)) * 100 * ONE / most.max(1);
    let at_most = (some.value + half(some)) * 100 * ONE / least.max(1);
    (at_least - step / 2..=at_most + step / 2).contains(&percent)
}

fn say(some: i128, whole: i128, actual: i128, percent: i128, places: u32) -> String {
    let figures = [some, whole].map(|value| written(value, 0, Unit::None));
    say_of(&figures, actual, percent, places)
}

fn say_of(figures: &[String; 2], actual: i128, percent: i128, places: u32) -> String {
    format!(
        "{} of {} is {}, not {}",
        figures[0],
        figures[1],
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
}
