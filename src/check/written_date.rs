//! Dates as prose writes them: "18th March 2019", "Monday, 18 March", "29 and 30 January 2019",
//! "18/03/2019".

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::model::language::{MONTHS, WELSH_MONTHS};
use crate::model::{Date, Tongue, Weekday};

/// A date in running text, as far as it was written; it need not exist.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct WrittenDate {
    /// Where it stands in the text.
    pub(crate) range: Range<usize>,
    /// The weekday before it.
    pub(crate) weekday: Option<Weekday>,
    /// The days of the month: one, or all of "29 and 30 January".
    pub(crate) days: Vec<u8>,
    /// The month, 1 to 12 unless the date was written in figures.
    pub(crate) month: u8,
    /// The year, where it was written with four figures.
    pub(crate) year: Option<i16>,
}

/// A weekday in full or abbreviated, and what may come between it and the day.
macro_rules! weekday {
    () => {
        concat!(
            r"(?:(?P<weekday>(?i:monday|tuesday|wednesday|thursday|friday|saturday|sunday))|",
            r"(?P<short>Mon|Tues?|Wed(?:nes|s)?|Thu(?:rs?)?|Fri|Sat(?:ur)?|Sun|MON|TUES?|WEDS?|THU(?:RS)?|FRI|SAT|SUN)\.?)",
            r"(?:\s+(?:morning|afternoon|evening|night))?,?\s+\(?(?:the\s+)?"
        )
    };
}

/// A month in full or abbreviated, in lower case or capitals. "May" and "March" are other words too,
/// so they are not taken for months in lower case.
macro_rules! month {
    () => {
        concat!(
            r"(?P<month>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|",
            r"Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?|",
            r"january|february|april|june|july|august|september|october|november|december|",
            r"JANUARY|FEBRUARY|MARCH|APRIL|MAY|JUNE|JULY|AUGUST|SEPTEMBER|OCTOBER|NOVEMBER|DECEMBER)\b"
        )
    };
}

/// "Monday 18 March 2019", "29 and 30 January".
static IN_WORDS: LazyLock<Regex> = pattern!(concat!(
    r"\b(?:",
    weekday!(),
    r")?(?P<days>(?:[0-9]{1,2}(?:st|nd|rd|th)\s+(?:to|until|till)\s+(?:the\s+)?)?[0-9]{1,2}(?:st|nd|rd|th)?(?:(?:\s*(?:and|&)\s*(?:the\s+)?|[-–])[0-9]{1,2}(?:st|nd|rd|th)?)*)",
    r"\s+(?:of\s+)?",
    month!(),
    r"(?:\.?,?\s+(?P<year>[0-9]{4})\b)?",
    r"(?:,?\s+\((?:(?:which\s+is\s+)?an?\s+)?(?P<after>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\)|,\s+(?:which\s+(?:is|was)\s+)?a\s+(?P<apart>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b)?"
));

/// "Tuesday, October 3, 2022"; without a year, only where something else shows that the figure is a
/// day.
static MONTH_FIRST: LazyLock<Regex> = pattern!(concat!(
    r"\b(?:",
    weekday!(),
    r")?",
    month!(),
    r"\s+(?:the\s+)?(?P<days>[0-9]{1,2})(?:(?P<ordinal>st|nd|rd|th)\b|\b)(?:,?\s+(?P<year>[0-9]{4})\b)?"
));

/// "dydd Mawrth 3ydd Hydref 2022", "31 o Fedi".
static IN_WELSH: LazyLock<Regex> = pattern!(concat!(
    r"(?i)\b(?:(?:(?P<part>d?dydd|nos|mis|fis)\s+)?(?P<weekday>Llun|[MF]awrth|[MF]ercher|Iau|G?wener|Sadwrn|Sul),?\s+\(?(?:y\s+|yr\s+)?)?",
    r"(?P<days>[0-9]{1,2})(?:af|ail|il|ydd|edd|fed|eg|ain)?\s+(?:o\s+)?",
    r"(?P<month>Ionawr|Chwefror|[MF]awrth|Ebrill|[MF]ai|[MF]ehefin|G?orffennaf|Awst|[MF]edi|Hydref|[TD]achwedd|Rh?agfyr)\b",
    r"(?:,?\s+(?P<year>[0-9]{4})\b)?"
));

static IN_FIGURES: LazyLock<Regex> = pattern!(concat!(
    r"\b(?:",
    weekday!(),
    r")?(?P<day>[0-9]{1,2})(?P<first>[/.-])(?P<month>[0-9]{1,2})(?P<second>[/.-])(?P<year>(?:19|20)?[0-9][0-9])\b"
));

/// "2026-02-30".
static AS_ISO: LazyLock<Regex> = pattern!(concat!(
    r"\b(?:",
    weekday!(),
    r")?(?P<year>(?:19|20)[0-9][0-9])-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})\b"
));

/// What makes a number and a month an address.
static STREET: LazyLock<Regex> = pattern!(
    r"^\s+(?:Road|Street|Close|Lane|Avenue|Way|Court|House|Drive|Terrace|Place|Gardens|Crescent|Row|Walk|Grove|Hill|Square)\b"
);

/// A weekday from which a week is counted.
static WEEK: LazyLock<Regex> =
    pattern!(r"(?i)\bfrom\s+(?:mon|tues|wednes|thurs|fri|satur|sun)days?\s+to\s+$");

/// What stands before a day and before no reference.
static DUE: LazyLock<Regex> = pattern!(
    r"(?i)\b(?:on|by|until|till|since|before|after|dated|ending|ended|due|(?:valid|up|open|closed|runs)\s+(?:to|from))\s+$"
);

static DAY: LazyLock<Regex> = pattern!(r"[0-9]{1,2}");

/// The first letters of every month, in English and Welsh.
static MONTH: LazyLock<Regex> = pattern!(
    r"(?i:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|ion|chw|maw|faw|ebr|mai|fai|meh|feh|gor|orff|aws|med|fed|hyd|tach|dach|rha|rag)"
);

/// Three figures with the separators of a date.
static FIGURES: LazyLock<Regex> = pattern!(r"[0-9][/.-][0-9]{1,2}[/.-][0-9]");

/// Every date in a text, in order.
pub(crate) fn find(text: &str) -> Vec<WrittenDate> {
    if !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return Vec::new();
    }
    // Most texts, such as the cells of tables, have no date: a quick look saves the slow patterns.
    let of_words = if MONTH.is_match(text) { text } else { "" };
    let of_figures = if FIGURES.is_match(text) { text } else { "" };
    let mut dates: Vec<WrittenDate> = IN_WORDS
        .captures_iter(of_words)
        .filter_map(|found| {
            let days = found.name("days")?;
            // "paragraph 4.12 March": the figure before is part of a number.
            let before = text[..days.start()].chars().next_back();
            let part = found.name("weekday").or(found.name("short")).is_none()
                && matches!(before, Some('.' | '/' | '£' | ','));
            // "31 June Road" is an address.
            let street = found
                .get(0)
                .is_some_and(|whole| STREET.is_match(&text[whole.end()..]));
            (!part && !street)
                .then(|| in_words(text, &found, month))
                .flatten()
        })
        .collect();
    let mut add = |date: WrittenDate| {
        let free = |other: &WrittenDate| {
            other.range.end <= date.range.start || date.range.end <= other.range.start
        };
        if dates.iter().all(free) {
            dates.push(date);
        }
    };
    IN_WELSH
        .captures_iter(of_words)
        .filter_map(|found| in_words(text, &found, welsh_month))
        .for_each(&mut add);
    MONTH_FIRST
        .captures_iter(of_words)
        .filter(|found| {
            // "In April 31 applications came": a figure that nothing shows to be a day.
            let next = found
                .get(0)
                .and_then(|whole| text[whole.end()..].chars().next());
            ["weekday", "short", "year", "ordinal"]
                .into_iter()
                .any(|name| found.name(name).is_some())
                || matches!(next, None | Some('.' | ',' | ';' | ':' | ')'))
        })
        .filter_map(|found| in_words(text, &found, month))
        .for_each(&mut add);
    for found in IN_FIGURES
        .captures_iter(of_figures)
        .chain(AS_ISO.captures_iter(of_figures))
    {
        let Some(whole) = found.get(0) else { continue };
        let next = text[whole.end()..].chars().next();
        let before = text[..whole.start()].chars().next_back();
        let joined = |letter: Option<char>| matches!(letter, Some('/' | '-' | '_'));
        if joined(next) || joined(before) || before == Some('.') {
            continue;
        }
        let part = |name: &str| found.name(name).map(|part| part.as_str());
        // A year of two figures makes a date only beside a weekday, "Tuesday 16/09/26", or where a day is
        // due: "valid to 30.02.27", "dated 30/2/25". "Valid to 3.0.25" has a version.
        let named = part("weekday").or(part("short"));
        let short_year = part("year").is_some_and(|year| year.len() == 2);
        let is_due = DUE.is_match(&text[..whole.start()])
            && ["day", "month"].iter().all(|name| {
                part("first") == Some("/") || part(name).is_some_and(|it| it.len() == 2)
            });
        let short = short_year && named.is_none() && !is_due;
        if part("first") != part("second") || short {
            continue;
        }
        let number = |name: &str| part(name)?.parse().ok();
        if let (Some(day), Some(month)) = (number("day"), number("month")) {
            add(WrittenDate {
                range: whole.range(),
                weekday: named.and_then(weekday),
                days: vec![day],
                month,
                year: part("year")
                    .and_then(|year| year.parse::<i16>().ok())
                    .map(|year| if short_year { 2000 + year } else { year }),
            });
        }
    }
    dates.sort_by_key(|date| date.range.start);
    dates
}

/// A date in a text whose month is a word.
fn in_words(
    text: &str,
    found: &regex::Captures<'_>,
    month: fn(&str) -> Option<u8>,
) -> Option<WrittenDate> {
    Some(WrittenDate {
        range: found.get(0)?.range(),
        weekday: ["weekday", "short", "after", "apart"]
            .into_iter()
            .find_map(|name| found.name(name))
            // "From Monday to Friday, 17 March apart": the end of a week.
            .filter(|name| !WEEK.is_match(&text[..name.start()]))
            // "Ym mis Mawrth" is in March, not on a Tuesday.
            .filter(|_| {
                let part = found.name("part").map_or("", |part| part.as_str());
                !part.to_lowercase().ends_with("is")
            })
            .and_then(|name| weekday(name.as_str())),
        days: DAY
            .find_iter(found.name("days")?.as_str())
            .filter_map(|day| day.as_str().parse().ok())
            .collect(),
        month: month(found.name("month")?.as_str())?,
        year: found
            .name("year")
            .and_then(|year| year.as_str().parse().ok()),
    })
}

impl WrittenDate {
    /// The date, where it is a single day of a known year that exists.
    pub(crate) fn date(&self) -> Option<Date> {
        let [day] = self.days[..] else { return None };
        Date::new(
            self.year?,
            i8::try_from(self.month).ok()?,
            i8::try_from(day).ok()?,
        )
        .ok()
    }

    /// Why there is no such date; `None` where there may be.
    pub(crate) fn impossible(&self) -> Option<String> {
        if !(1..=12).contains(&self.month) {
            return Some(format!("there is no month {}", self.month));
        }
        for &day in &self.days {
            let last = last_day(self.month, self.year);
            if day == 0 || day > last {
                let month = MONTHS[usize::from(self.month) - 1];
                return Some(match self.year {
                    Some(year) if self.month == 2 => {
                        format!("{month} {year} has {last} days")
                    }
                    _ => format!("{month} has {last} days"),
                });
            }
        }
        self.days
            .windows(2)
            .find(|pair| pair[0] >= pair[1])
            .map(|pair| format!("day {} comes after day {}", pair[1], pair[0]))
    }
}

fn last_day(month: u8, year: Option<i16>) -> u8 {
    // Without a year any February may have 29 days.
    let year = year.unwrap_or(2024);
    i8::try_from(month)
        .ok()
        .and_then(|month| Date::new(year, month, 1).ok())
        .and_then(|first| u8::try_from(first.days_in_month()).ok())
        .unwrap_or(31)
}

fn month(name: &str) -> Option<u8> {
    let start = name.get(..3)?.to_lowercase();
    MONTHS
        .iter()
        .position(|month| month.to_lowercase().starts_with(&start))
        .and_then(|at| u8::try_from(at + 1).ok())
}

/// A Welsh month, mutated or not.
fn welsh_month(name: &str) -> Option<u8> {
    let name = name.to_lowercase();
    let ending: String = name.chars().skip(1).collect();
    WELSH_MONTHS
        .iter()
        .position(|month| {
            let month = month.to_lowercase();
            month == name
                // Fawrth, Fai, Fehefin, Fedi, Dachwedd; Orffennaf, Ragfyr.
                || (month.chars().skip(1).collect::<String>() == ending && name.starts_with(['f', 'd']))
                || month.chars().skip(1).collect::<String>() == name
                || month.replacen("rh", "r", 1) == name
        })
        .and_then(|at| u8::try_from(at + 1).ok())
}

/// The weekday that a text names in English or Welsh, in full or abbreviated.
pub(crate) fn weekday(name: &str) -> Option<Weekday> {
    const NAMES: [(Weekday, &str, &str); 7] = [
        (Weekday::Monday, "monday", "dydd llun"),
        (Weekday::Tuesday, "tuesday", "dydd mawrth"),
        (Weekday::Wednesday, "wednesday", "dydd mercher"),
        (Weekday::Thursday, "thursday", "dydd iau"),
        (Weekday::Friday, "friday", "dydd gwener"),
        (Weekday::Saturday, "saturday", "dydd sadwrn"),
        (Weekday::Sunday, "sunday", "dydd sul"),
    ];
    let name = name.trim().trim_end_matches(['.', ',']).to_lowercase();
    // "Wednesday evening"
    let parts = [" morning", " afternoon", " evening", " night"];
    let part = parts.iter().find_map(|part| name.strip_suffix(part));
    let name = part.unwrap_or(&name).to_owned();
    if name.chars().count() < 3 {
        return None;
    }
    if name == "weds" {
        return Some(Weekday::Wednesday);
    }
    NAMES
        .into_iter()
        .find(|(_, english, welsh)| {
            english.starts_with(&name)
                || *welsh == name
                || welsh
                    .strip_prefix("dydd ")
                    .is_some_and(|day| day.starts_with(&name))
                || mutated(&name) == welsh.strip_prefix("dydd ").map(str::to_owned)
        })
        .map(|(weekday, _, _)| weekday)
}

/// A Welsh weekday without the mutation that it has after "nos": "Fawrth", "Fercher", "Wener".
fn mutated(name: &str) -> Option<String> {
    match name.strip_prefix('f') {
        Some(rest) => Some(format!("m{rest}")),
        None => name.starts_with("wener").then(|| format!("g{name}")),
    }
}

/// The English name of a weekday.
pub(crate) fn weekday_name(weekday: Weekday) -> &'static str {
    Tongue::English.weekday(weekday)
}

/// A date as a clerk writes it: "Monday 18 March 2019".
pub fn long(date: Date) -> String {
    Tongue::English.long_date(date)
}

/// A date as a clerk writes it, without the weekday: "18 March 2019".
pub fn short(date: Date) -> String {
    Tongue::English.date(date)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> Vec<String> {
        find(text)
            .into_iter()
            .map(|date| {
                let weekday = date.weekday.map(weekday_name).unwrap_or_default();
                format!("{weekday} {:?}/{}/{:?}", date.days, date.month, date.year)
                    .trim()
                    .to_owned()
            })
            .collect()
    }

    #[test]
    fn phrasings_that_are_dates() {
        for (text, expected) in [
            ("on Monday 18 March 2019 at 5", "Monday [18]/3/Some(2019)"),
            ("on Thursday, 21st March", "Thursday [21]/3/None"),
            ("on 29 and 30 January 2019", "[29, 30]/1/Some(2019)"),
            ("on 29th and 20th January.", "[29, 20]/1/None"),
            ("between 8-11 January", "[8, 11]/1/None"),
            ("the 1st of May 2020", "[1]/5/Some(2020)"),
            ("by 28/02/2018 at the latest", "[28]/2/Some(2018)"),
            ("18 MARCH 2019", "[18]/3/Some(2019)"),
            ("on the 1 April 18 this", "[1]/4/None"),
            ("12 Sept. 2020", "[12]/9/Some(2020)"),
            ("Tuesday, October 3, 2022", "Tuesday [3]/10/Some(2022)"),
            (
                "Tuesday evening, 3 October 2022",
                "Tuesday [3]/10/Some(2022)",
            ),
            ("Tues 1 September 2026", "Tuesday [1]/9/Some(2026)"),
            ("Weds. 2nd September 2026", "Wednesday [2]/9/Some(2026)"),
            ("Friday the 18th of March 2022", "Friday [18]/3/Some(2022)"),
            ("Tuesday 16/09/2026", "Tuesday [16]/9/Some(2026)"),
            ("Tuesday 16.09.26", "Tuesday [16]/9/Some(2026)"),
            ("16 September 2026 (Tuesday)", "Tuesday [16]/9/Some(2026)"),
            ("nos Wener 3 Hydref 2022", "Friday [3]/10/Some(2022)"),
            ("due on 2026-02-30.", "[30]/2/Some(2026)"),
            ("no later than April 31.", "[31]/4/None"),
            ("ddydd Mawrth 3ydd Hydref 2022", "Tuesday [3]/10/Some(2022)"),
            ("Dydd Gwener, 31 Medi 2022", "Friday [31]/9/Some(2022)"),
            ("hyd at 31ain Ebrill", "[31]/4/None"),
            ("y 3ydd o Fawrth 2022", "[3]/3/Some(2022)"),
            ("ar 12 o Ragfyr 2022", "[12]/12/Some(2022)"),
        ] {
            assert_eq!(said(text), [expected], "{text}");
        }
    }

    #[test]
    fn phrasings_that_are_not() {
        for text in [
            "the council may 2 may not",
            "application 18/00335/FUL",
            "2017/18",
            "paragraph 4.12 March figures",
            "March 2019",
            "1/2/2019/3",
            "In April 31 applications came.",
            "In May 2 members resigned",
            "file-2026-02-30-final",
            "mae 3 aelod",
            "£5,12 May",
            "version 16.09.26",
        ] {
            assert!(find(text).is_empty(), "{text}: {:?}", said(text));
        }
    }

    #[test]
    fn dates_that_cannot_be() {
        for (text, why) in [
            ("30 February", "February has 29 days"),
            ("29 February 2019", "February 2019 has 28 days"),
            ("31 April 2020", "April has 30 days"),
            ("29th and 20th January", "day 20 comes after day 29"),
            ("02/28/2019", "there is no month 28"),
        ] {
            assert_eq!(find(text)[0].impossible().as_deref(), Some(why), "{text}");
        }
        for text in ["29 February", "29 February 2020", "29th and 30th January"] {
            assert_eq!(find(text)[0].impossible(), None, "{text}");
        }
    }
}
