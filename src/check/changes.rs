//! Changes as prose tells of them: two figures, and by how much the one is more than the other. "From
//! £100 to £104, an increase of 5%", "fell by 12 (28 from 40)", "131, up 35 on the 96 of last year".

use std::ops::Range;
use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::figures::{Figure, ONE, Scale, Unit, amount, is_year, speaks_of_days, written};

/// Nouns and verbs of a change or a difference.
macro_rules! change {
    () => {
        r"(?:increas|decreas|reduc|ris|rose|fall|fell|drop|grow|grew|saving|cut|uplift|gain|los[ts]|up\b|down\b|gone|goes|went|climb|jump|shrank|shrunk|declin|difference|overspen|underspen|shortfall|surplus|variance|excess|gap\b|deficit|cynnydd|cynydd|gostyng)[a-z]*"
    };
}
/// By how much: a figure under a name, and the sign of a percentage under another.
macro_rules! by {
    ($name:literal, $percent:literal) => {
        concat!(
            amount!($name),
            "(?P<",
            $percent,
            r">\s?(?:%|per\s?cent\b|y\s?cant\b))?"
        )
    };
}
/// One of the two figures, and the sign of a percentage.
macro_rules! side {
    ($name:literal) => {
        concat!(amount!($name), "(?P<of_", $name, r">\s?(?:%|per\s?cent))?")
    };
}
/// What may stand behind a figure: what it counts, and in which year.
macro_rules! counted {
    () => {
        r"(?:\s+(?:[a-z]+|(?:19|20)[0-9]{2}(?:[/-][0-9]{2,4})?)){0,4}"
    };
}

/// "From 96 to 131", "o 96 i 131".
static FROM_TO: LazyLock<Regex> = pattern!(concat!(
    r"(?i)\b(?:from|o)\s+",
    side!("a"),
    counted!(),
    r",?\s+(?:to|i)\s+(?:[a-z]+\s+){0,2}",
    side!("b")
));
/// "(131 from 96)", "to 131 from 96", "131, up from 96", "131 homes compared with 96".
static TO_FROM: LazyLock<Regex> = pattern!(concat!(
    r"(?i)(?:(?:\(\s*(?:to\s+)?|\bto\s+)",
    side!("b"),
    counted!(),
    r"\s*[(,–—-]?\s*\bfrom|",
    side!("b2"),
    counted!(),
    r",?\s+\(?(?:as\s+)?(?:up\s+from|down\s+from|against|compared\s+(?:with|to)|versus|in\s+comparison\s+with))\s+(?:[a-z]+\s+){0,4}",
    side!("a")
));
/// "131, up 35 from 96", "£341,000 (a fall of £40,000 on the £381,000 of last year)".
static WITHIN: LazyLock<Regex> = pattern!(concat!(
    "(?i)",
    side!("b"),
    counted!(),
    r"\s*[,(–—-]\s*(?:an?\s+)?(?:[a-z]+\s+)?",
    change!(),
    r"\s+(?:(?:of|by)\s+)?",
    by!("by", "percent"),
    r"(?:\s+[a-z]+)?\s+(?:from|on)\s+(?:the\s+|last\s+year['’]s\s+)?",
    side!("a")
));
/// "£18,400, which is £1,400 more than the £17,000 of last year".
static MORE_THAN: LazyLock<Regex> = pattern!(concat!(
    "(?i)",
    side!("b"),
    counted!(),
    r",?\s+(?:\(|(?:(?:which|that)\s+)?(?:is|was)\s+|or\s+)?",
    by!("by", "percent"),
    r"(?:\s+[a-z]+)?\s+(?:more|fewer|less|higher|lower)\s+than\s+(?:the\s+|last\s+year['’]s\s+)",
    side!("a")
));
/// What follows two figures: ", an increase of 5%", " (up 12)", ", that is, by 45", ", or 6%".
static AFTER: LazyLock<Regex> = pattern!(concat!(
    r"(?i)^(?:\s+(?:[a-z]+|(?:19|20)[0-9]{2}(?:[/-][0-9]{2,4})?)){0,5}\)?\s*",
    r"(?:[,(:–—-]|\b(?:representing|equating\s+to|equivalent\s+to|making)\b)\s*",
    r"(?P<that>(?:(?:(?:which|that|this)\s+(?:is|was|represents)|i\.e\.|or|by|being|representing)(?:,\s*|\s+)){0,2})(?:",
    r"(?:an?\s+)?(?:[a-z]+\s+){0,2}",
    change!(),
    r"\s+(?:(?:of|by|o)\s+)?",
    by!("by", "percent"),
    r"|(?:\+|−|-|plus\s|minus\s|adding\s)\s*",
    by!("by2", "percent2"),
    r"|(?:an?\s+)?",
    by!("by3", "percent3"),
    r"\s+(?:[a-z]+\s+){0,2}(?:more|fewer|less|higher|lower|over|under|above|below|",
    change!(),
    r")\b|",
    by!("bare", "percent4"),
    ")"
));
/// What leads to two figures: "grew by 140, ", "an increase of 12 (", "went up by 20% ", "£0.3m lower, at ".
static BEFORE: LazyLock<Regex> = pattern!(concat!(
    r"(?i)(?:\b",
    change!(),
    r"\b[^.;()0-9£%]{0,60}\b(?:by|of|o)\s+",
    by!("by", "percent"),
    r"(?:\s+[a-z]+){0,6}|",
    by!("by2", "percent2"),
    r"(?:\s+[a-z]+)?\s+(?:more|fewer|less|higher|lower|up|down))\s*[,(:–—-]?\s*(?:being\s+|at\s+|with\s+)?$"
));
/// How much of the text before two figures may lead to them, in bytes.
const LEAD: usize = 160;
/// Words by which a figure is not meant to be exact.
pub(super) static ROUGHLY: LazyLock<Regex> = pattern!(
    r"(?i)\b(?:about|around|approximately|approx|circa|c|roughly|nearly|almost|over|under|more|less|fewer|than|some|just|well|least|most|tua|bron)\b\.?\s*(?:an?\s+)?(?:[a-z]+\s+)?(?:of\s+|by\s+)?$"
);
/// Words before two figures that make them a range of something: "aged from 18 to 24".
static A_RANGE: LazyLock<Regex> =
    pattern!(r"(?i)\b(?:aged?|ages|years?|open|opens|hours|ranging|ranges?|runs?|vary|varies)\s+$");

/// A change that is not what its two figures come to.
pub(crate) struct Wrong {
    pub(crate) range: Range<usize>,
    pub(crate) message: String,
    /// Whether the change is in per cent.
    pub(crate) in_percent: bool,
}

/// The changes that a text tells of and that do not follow from their figures.
pub(crate) fn wrong(text: &str) -> Vec<Wrong> {
    if !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return Vec::new();
    }
    let mut wrong: Vec<Wrong> = told(text)
        .into_iter()
        .filter_map(|change| change.judge(text))
        .collect();
    wrong.sort_by_key(|wrong| wrong.range.start);
    wrong.dedup_by(|later, first| later.range.start < first.range.end);
    wrong
}

struct Change {
    range: Range<usize>,
    from: Figure,
    to: Figure,
    by: Figure,
}

/// Every change in a text.
fn told(text: &str) -> Vec<Change> {
    let within = WITHIN
        .captures_iter(text)
        .chain(MORE_THAN.captures_iter(text));
    let within = within.filter_map(|found| {
        let (range, from, to) = sides(text, &found)?;
        let by = amount_by(text, &found, "by", "percent")?;
        Some(Change {
            range,
            from,
            to,
            by,
        })
    });
    let beside = [&*FROM_TO, &*TO_FROM]
        .into_iter()
        .flat_map(|pattern| pattern.captures_iter(text))
        .filter_map(|found| {
            let (range, from, to) = sides(text, &found)?;
            // "Decreased by 0.44 (18.83 from 19.21), a reduction of 1.05 since April": what follows may
            // be of something else.
            let (by, range) = before(text, &range).or_else(|| after(text, &range))?;
            Some(Change {
                range,
                from,
                to,
                by,
            })
        });
    within.chain(beside).collect()
}

/// The two figures of a change and where they stand, unless they are percentages, years or a range.
fn sides(text: &str, found: &Captures<'_>) -> Option<(Range<usize>, Figure, Figure)> {
    let all = found.get(0)?;
    let second = found.name("b").or_else(|| found.name("b2"))?;
    let of_percents = ["of_a", "of_b", "of_b2"]
        .iter()
        .any(|name| found.name(name).is_some());
    let first = found.name("a")?;
    let (from, to) = (figure_of(first.as_str())?, figure_of(second.as_str())?);
    let year = |figure: &Figure, words: &str| {
        is_year(figure.value)
            && figure.unit == Unit::None
            && !words.trim_end_matches(',').contains(',')
    };
    // "575,963, up by 11% from 2023" has one year, and "from 2018 to 2020" two.
    let years = year(&from, first.as_str()) || year(&to, second.as_str());
    let joined = |letter: char| letter.is_alphanumeric() || matches!(letter, '.' | ',' | '£' | '/');
    let is_range = A_RANGE.is_match(&text[..all.start()]);
    // In "£1,400 more than the £17,000" these words are the change's own.
    let is_than = all.as_str()[..first.start().saturating_sub(all.start())].contains(" than ");
    let rough = [first.start(), second.start()]
        .iter()
        .any(|&start| !(is_than && start == first.start()) && ROUGHLY.is_match(&text[..start]));
    // A comma behind the second figure is the sentence's.
    let mut range = all.range();
    if text[range.clone()].ends_with(',') {
        range.end -= 1;
    }
    let part_of_word = text[..second.start()].ends_with(joined);
    (!(of_percents || years || is_range || rough || part_of_word) && from.unit == to.unit)
        .then_some((range, from, to))
}

/// The change that follows two figures, and where all of it stands.
fn after(text: &str, sides: &Range<usize>) -> Option<(Figure, Range<usize>)> {
    let rest = &text[sides.end..];
    let found = AFTER.captures(rest)?;
    let end = sides.end + found.get(0)?.end();
    // "From 40 to 50, 5 more than the target".
    if text[end..].trim_start().starts_with("than ") {
        return None;
    }
    let by = [("by", "percent"), ("by2", "percent2"), ("by3", "percent3")]
        .into_iter()
        .find_map(|(name, percent)| amount_by(rest, &found, name, percent))
        .or_else(|| {
            // "Or 6%", "that is, by 45": more than a figure has to say that it is one.
            let that = found.name("that")?.as_str().to_lowercase();
            let is_told = that.trim_end().ends_with("by") || found.name("percent4").is_some();
            (is_told && !that.is_empty())
                .then(|| amount_by(rest, &found, "bare", "percent4"))
                .flatten()
        })?;
    Some((by, sides.start..end))
}

/// The change that leads to two figures, and where all of it stands.
fn before(text: &str, sides: &Range<usize>) -> Option<(Figure, Range<usize>)> {
    let mut start = sides.start.saturating_sub(LEAD);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    let lead = &text[start..sides.start];
    let found = BEFORE.captures(lead)?;
    let by = [("by", "percent"), ("by2", "percent2")]
        .into_iter()
        .find_map(|(name, percent)| amount_by(lead, &found, name, percent))?;
    Some((by, start + found.get(0)?.start()..sides.end))
}

/// By how much, unless that is said to be rough.
fn amount_by(text: &str, found: &Captures<'_>, name: &str, percent: &str) -> Option<Figure> {
    let by = found.name(name)?;
    if ROUGHLY.is_match(&text[..by.start()]) {
        return None;
    }
    let mut figure = figure_of(by.as_str())?;
    if found.name(percent).is_some() {
        figure.unit = Unit::Percent;
    }
    Some(figure)
}

/// A figure, or a number in words.
fn figure_of(written: &str) -> Option<Figure> {
    amount(written.trim_end_matches(','))
}

impl Change {
    fn judge(&self, text: &str) -> Option<Wrong> {
        let said = text[self.range.clone()].to_owned();
        // "By 10 from 1 April to 30 June" has days.
        let rest = text[self.range.end..].split_inclusive(' ').take(2);
        if speaks_of_days(&(said + &rest.collect::<String>())) {
            return None;
        }
        let in_percent = self.by.unit == Unit::Percent;
        let message = if in_percent {
            self.share()
        } else {
            self.difference()
        }?;
        Some(Wrong {
            range: self.range.clone(),
            message,
            in_percent,
        })
    }

    fn share(&self) -> Option<String> {
        let (a, b) = (self.from, self.to);
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
        let least = corners.into_iter().min()?.min(actual) - self.by.step() / 2;
        let most = corners.into_iter().max()?.max(actual) + self.by.step() / 2;
        if (least..=most).contains(&self.by.value) || actual == 0 {
            return None;
        }
        Some(format!(
            "From {} to {} is {}, not {}",
            a.alike(a.value),
            b.alike(b.value),
            written(actual, self.by.places.max(1), Unit::Percent),
            written(self.by.value, self.by.places, Unit::Percent)
        ))
    }

    fn difference(&self) -> Option<String> {
        let (a, b) = (self.from, self.to);
        let actual = (a.value - b.value).abs();
        // "From £4.0m to £3.5m, a saving of £480,000": the two may have been rounded.
        let rough = if a.scale == self.by.scale && b.scale == a.scale {
            0
        } else {
            a.step() / 2 + b.step() / 2
        };
        if a.unit != self.by.unit || (actual - self.by.value).abs() <= rough {
            return None;
        }
        let most_places = [a, b].into_iter().max_by_key(|figure| figure.places)?;
        Some(format!(
            "{} and {} differ by {}, not by {}",
            a.alike(a.value),
            b.alike(b.value),
            most_places.alike(actual),
            self.by.alike(self.by.value)
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_that_are_wrong() {
        for (text, in_percent) in [
            (
                "have decreased this month by 0.44 cases per worker (18.83 from 19.21), which",
                false,
            ),
            (
                "decreased by 0.44 cases (18.83 from 19.21), which is a reduction of 0.38 since April",
                false,
            ),
            ("rose from 120 to 150, an increase of 20", false),
            ("fell from £1,200 to £900 (a reduction of £200)", false),
            ("fell from £4.0m to £3.5m, a saving of £0.7m", false),
            ("fell from £4.0m to £3.5m, a saving of £700,000", false),
            (
                "cost £55,000 against a budget of £50,000, an overspend of £4,000",
                false,
            ),
            ("48 visits compared with 36 the year before, 14 more", false),
            (
                "an underspend of £3,000 (£47,000 against a budget of £52,000)",
                false,
            ),
            (
                "grew from 2 million to 3.5 million, an increase of 1 million",
                false,
            ),
            (
                "Income is £18,400, which is £1,600 more than the £17,000 of last year.",
                false,
            ),
            ("The list grew by 140, from 2,310 to 2,540.", false),
            ("The list grew by 150 names to 1,480 (from 1,350).", false),
            (
                "Costs are £0.3m lower, at £2.1m compared with £2.5m.",
                false,
            ),
            ("went up from 96 to 131, that is, by 45", false),
            ("£341,000 (down £30,000 from £381,000)", false),
            (
                "31,200 against 28,900 the year before: a rise of 3,200",
                false,
            ),
            ("from 1,950 to 2,050 homes, a rise of 90", false),
            ("Rents rise from £100 to £104, an increase of 5%.", true),
            ("from 40 to 50 (up 20%)", true),
            ("fell from £4.0m to £3.0m, a 20% reduction", true),
            ("went up by 20% from £50,000 to £65,000", true),
            ("goes up from £2.40m to £2.52m, or by 6%", true),
            ("from £100.00 to £107.70 a week, that is 6.7%", true),
        ] {
            let found: Vec<bool> = wrong(text).iter().map(|wrong| wrong.in_percent).collect();
            assert_eq!(found, [in_percent], "{text}");
        }
    }

    #[test]
    fn changes_that_are_right_or_of_something_else() {
        for text in [
            "has increased to 110.6 (897 children) from 109.8 (890 children) which is an increase of 14.5 (130 children) since 1st April",
            "decreased by 0.38 (18.83 from 19.21)",
            "rose from 120 to 150, an increase of 30",
            "rose from 120 to 150, an increase of 25%",
            "rose from 120 to 150, an increase of 25 per cent",
            "fell from £4.0m to £3.5m, a saving of £0.5m",
            "fell from £4.0m to £3.5m, a saving of £500,000",
            "fell from £4.0m to £3.5m, a saving of £480,000",
            "from 2018 to 2020 there was an increase of 12",
            "an increase of 12 from 2018 to 2020",
            "48 visits compared with 36 the year before, 12 more",
            "rose by 10 from 1 April to 30 June",
            "from £100 to £105, an increase of 5%",
            "from £1.2m to £1.4m, an increase of 15%",
            "from 5% to 8%, an increase of 3%",
            "from 2018 to 2020, an increase of 5%",
            "from 1 April to 30 June, a rise of 4%",
            "from 40 to 50, an increase of about 24%",
            "from 96 to 131 in June, and by a further 45 in July",
            "residents aged from 18 to 24, up 6%",
            "increased to 575,963 in January 2024, up by 11% from 2023",
            "150 people from 12 wards, an increase of 20",
        ] {
            let messages: Vec<String> =
                wrong(text).into_iter().map(|wrong| wrong.message).collect();
            assert!(messages.is_empty(), "{text}: {messages:?}");
        }
    }
}
