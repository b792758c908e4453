//! Fractions in words, held against the figures beside them: "half of the homes (120 of 300)".

use std::ops::Range;
use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::changes::ROUGHLY;
use super::figures::{ONE, Unit, amount, written};

/// "Half of the homes (120 of 300)", "a third (100 out of 250)".
static FRACTION: LazyLock<Regex> = pattern!(concat!(
    r"(?i)(?P<vague>\b[a-z]+\s+)?\b(?P<fraction>half|(?:a|one)\s+third|(?:a|one)\s+quarter|two[\s-]thirds|three[\s-]quarters)\b(?:\s+of)?[^.;()0-9]{0,60}\(",
    amount!("a"),
    r"\s+(?:out\s+)?of\s+(?:the\s+)?",
    amount!("b"),
    r"\b"
));
/// How far a fraction in words may be from its figures, in per cent.
const FRACTION_OFF: i128 = 5 * ONE;

/// The fractions in a text that do not follow from their figures.
pub(crate) fn wrong(text: &str) -> Vec<(Range<usize>, String)> {
    FRACTION
        .captures_iter(text)
        .filter_map(|found| fraction(&found))
        .collect()
}

fn fraction(found: &Captures<'_>) -> Option<(Range<usize>, String)> {
    let amount = |name| amount(found.name(name)?.as_str());
    let (a, b) = (amount("a")?, amount("b")?);
    let words = found.name("fraction")?.as_str();
    let vague = found.name("vague").map_or("", |word| word.as_str());
    let meant = match words.to_lowercase().replace('-', " ").as_str() {
        "half" => 50 * ONE,
        "two thirds" => 200 * ONE / 3,
        "three quarters" => 75 * ONE,
        third if third.ends_with("third") => 100 * ONE / 3,
        _ => 25 * ONE,
    };
    if ROUGHLY.is_match(vague) || b.value <= 0 || a.value > b.value || a.unit != b.unit {
        return None;
    }
    let actual = a.value * 100 * ONE / b.value;
    let message = format!(
        "{} of {} is {}, not {words}",
        a.alike(a.value),
        b.alike(b.value),
        written(actual, 0, Unit::Percent)
    );
    ((actual - meant).abs() > FRACTION_OFF).then_some((found.get(0)?.range(), message))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fractions() {
        for (text, count) in [
            ("Half of the homes (120 of 300) are let", 1),
            ("two-thirds of tenants (30 out of 90)", 1),
            ("about half of the homes (140 of 300)", 0),
            ("half of the homes (148 of 300)", 0),
        ] {
            assert_eq!(wrong(text).len(), count, "{text}: {:?}", wrong(text));
        }
    }
}
