//! Changes in per cent and fractions in words, held against the figures beside them: "from £100 to
//! £104, an increase of 5%", "half of the homes (120 of 300)".

use std::ops::Range;
use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::figures::{Figure, ONE, Scale, Unit, figure, is_year, speaks_of_days, written};
use super::numerals::number;

/// Nouns and verbs of a change.
macro_rules! change {
    () => {
        r"(?:increas|decreas|reduc|ris|ros|fall|fell|drop|grow|grew|growth|saving|cut|uplift|up|down|gone|went|cynnydd|gostyngiad)\w*"
    };
}
/// What is said of two figures: where one begins and where the other ends.
macro_rules! from_to {
    () => {
        concat!(
            r"\b(?:from|o)\s+",
            amount!("a"),
            r"(?P<of_a>\s?(?:%|per\s?cent))?(?:\s+[a-z]+){0,3}\s+(?:to|i)\s+",
            amount!("b"),
            r"(?P<of_b>\s?(?:%|per\s?cent))?"
        )
    };
}
macro_rules! percent {
    () => {
        r"(?P<percent>[0-9]{1,3}(?:\.[0-9]{1,2})?)\s?(?:%|per\s?cent\b|y\s?cant\b)"
    };
}

/// "From £100 to £104, an increase of 5%", "from 40 to 50 (up 20%)".
static AFTER: LazyLock<Regex> = pattern!(concat!(
    "(?i)",
    from_to!(),
    r"(?:\s+[a-z]+){0,3}\s*[,(–-]\s*(?:(?:which|that)\s+(?:is|was)\s+|i\.e\.\s+|or\s+|by\s+)?(?:an?\s+)?(?:(?:[a-z]+\s+)?",
    change!(),
    r"\s+(?:(?:of|by)\s+)?|[+−-]|plus\s+|minus\s+)",
    percent!()
));
/// "From £100 to £104 (a 5% increase)".
static BEFORE_NOUN: LazyLock<Regex> = pattern!(concat!(
    "(?i)",
    from_to!(),
    r"(?:\s+[a-z]+){0,3}\s*[,(–-]\s*(?:(?:which|that)\s+(?:is|was)\s+)?an?\s+",
    percent!(),
    r"\s+(?:[a-z]+\s+)?",
    change!()
));
/// "Went up by 20% from £50,000 to £65,000", "an increase of 20%, from 40 to 50".
static FIRST: LazyLock<Regex> = pattern!(concat!(
    r"(?i)\b",
    change!(),
    r"\b[^.;()0-9£%]{0,50}\b(?:by|of)\s+",
    percent!(),
    r"(?:\s+[a-z]+){0,4}\s*[,(–-]?\s*",
    from_to!()
));
/// "Half of the homes (120 of 300)", "a third (100 out of 250)".
static FRACTION: LazyLock<Regex> = pattern!(concat!(
    r"(?i)(?P<vague>\b[a-z]+\s+)?\b(?P<fraction>half|(?:a|one)\s+third|(?:a|one)\s+quarter|two[\s-]thirds|three[\s-]quarters)\b(?:\s+of)?[^.;()0-9]{0,60}\(",
    amount!("a"),
    r"\s+(?:out\s+)?of\s+(?:the\s+)?",
    amount!("b"),
    r"\b"
));
/// Words by which a figure is not meant to be exact.
static ROUGHLY: LazyLock<Regex> = pattern!(
    r"(?i)\b(?:about|around|approximately|approx|circa|c|roughly|nearly|almost|over|under|more|less|fewer|than|some|just|well|least|most|tua|bron)\b\.?\s*(?:an?\s+)?(?:[a-z]+\s+)?(?:of\s+|by\s+)?$"
);
/// How far a fraction in words may be from its figures, in per cent.
const FRACTION_OFF: i128 = 5 * ONE;

/// The changes and fractions in a text that do not follow from their figures.
pub(crate) fn wrong(text: &str) -> Vec<(Range<usize>, String)> {
    let changes = [&*AFTER, &*BEFORE_NOUN, &*FIRST]
        .into_iter()
        .flat_map(|pattern| pattern.captures_iter(text))
        .filter_map(|found| change(text, &found));
    let fractions = FRACTION
        .captures_iter(text)
        .filter_map(|found| fraction(&found));
    let mut wrong: Vec<(Range<usize>, String)> = changes.chain(fractions).collect();
    wrong.sort_by_key(|(range, _)| range.start);
    wrong.dedup_by(|(later, _), (first, _)| later.start < first.end);
    wrong
}

fn amount(found: &Captures<'_>, name: &str) -> Option<Figure> {
    let written = found.name(name)?.as_str();
    figure(written).or_else(|| figure(&number(written)?.to_string()))
}

fn change(text: &str, found: &Captures<'_>) -> Option<(Range<usize>, String)> {
    let all = found.get(0)?;
    let (a, b) = (amount(found, "a")?, amount(found, "b")?);
    let stated = figure(found.name("percent")?.as_str())?;
    let of_percents = found.name("of_a").is_some() || found.name("of_b").is_some();
    let years = is_year(a.value) && is_year(b.value) && a.unit == Unit::None;
    let is_rough = ROUGHLY.is_match(&text[..found.name("percent")?.start()]);
    if of_percents || years || is_rough || a.unit != b.unit || speaks_of_days(all.as_str()) {
        return None;
    }
    let half = |figure: Figure| match figure.scale {
        Scale::One => 0,
        _ => figure.step() / 2,
    };
    let percent = |a: i128, b: i128| (a > 0).then(|| (b - a).abs() * 100 * ONE / a);
    let actual = percent(a.value, b.value)?;
    let corners = [
        percent(a.value - half(a), b.value + half(b))?,
        percent(a.value + half(a), b.value - half(b))?,
    ];
    let least = corners.into_iter().min()?.min(actual) - stated.step() / 2;
    let most = corners.into_iter().max()?.max(actual) + stated.step() / 2;
    if (least..=most).contains(&stated.value) || actual == 0 {
        return None;
    }
    let message = format!(
        "From {} to {} is {}, not {}",
        a.alike(a.value),
        b.alike(b.value),
        written(actual, stated.places.max(1), Unit::Percent),
        written(stated.value, stated.places, Unit::Percent)
    );
    Some((all.range(), message))
}

fn fraction(found: &Captures<'_>) -> Option<(Range<usize>, String)> {
    let (a, b) = (amount(found, "a")?, amount(found, "b")?);
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
    fn changes_that_are_wrong() {
        for text in [
            "Rents rise from £100 to £104, an increase of 5%.",
            "from 40 to 50 (up 20%)",
            "fell from £4.0m to £3.0m, a 20% reduction",
            "went up by 20% from £50,000 to £65,000",
            "Half of the homes (120 of 300) are let",
            "two-thirds of tenants (30 out of 90)",
        ] {
            assert_eq!(wrong(text).len(), 1, "{text}: {:?}", wrong(text));
        }
    }

    #[test]
    fn changes_that_are_right_or_of_something_else() {
        for text in [
            "from £100 to £105, an increase of 5%",
            "from £1.2m to £1.4m, an increase of 15%",
            "from 5% to 8%, an increase of 3%",
            "from 2018 to 2020, an increase of 5%",
            "from 1 April to 30 June, a rise of 4%",
            "from 40 to 50, an increase of about 24%",
            "about half of the homes (140 of 300)",
            "half of the homes (148 of 300)",
        ] {
            assert!(wrong(text).is_empty(), "{text}: {:?}", wrong(text));
        }
    }
}
