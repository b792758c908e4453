//! Days, times, and yes and no as people in Britain type them: "18/01/2027", "Monday 18th January
//! 2027", "18 Ionawr 2027", "5pm", "17.30", "Ydy". A finding can then say what was meant: sources
//! themselves have 2027-01-18, 17:00:00 and true.

use super::language::{MONTHS, WELSH_MONTHS};
use super::{Date, Time};

/// The day that a text means, where that is beyond doubt: the day comes before the month, as in
/// Britain, and a year of two figures is of this century.
pub fn date(text: &str) -> Option<Date> {
    let text = text.trim();
    if let Ok(date) = text.parse::<Date>() {
        return Some(date);
    }
    let parts: Vec<&str> = text
        .split(|letter: char| {
            letter.is_whitespace() || matches!(letter, '/' | '.' | '-' | '–' | ',' | '\\')
        })
        .filter(|part| !part.is_empty())
        .collect();
    let words = parts
        .iter()
        .filter(|part| !is_filler(part))
        .copied()
        .collect::<Vec<_>>();
    let &[first, second, third] = words.as_slice() else {
        return None;
    };
    let number = |part: &str| part.parse::<i16>().ok();
    // 2027/01/18
    if first.len() == 4 && first.bytes().all(|byte| byte.is_ascii_digit()) {
        return Date::new(
            number(first)?,
            month(second)?,
            i8::try_from(number(third)?).ok()?,
        )
        .ok();
    }
    let year = match (third.len(), number(third)?) {
        (4, year) => year,
        (2, year) => 2000 + year,
        _ => return None,
    };
    // "January 18, 2027"
    if let (None, Some(month)) = (day(first), named_month(first)) {
        return Date::new(year, month, day(second)?).ok();
    }
    if let Some(month) = month(second) {
        return Date::new(year, month, day(first)?).ok();
    }
    // "01/18/2027", as in America: there is no month 18.
    let figures = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit());
    if !figures(first) || !figures(second) {
        return None;
    }
    Date::new(year, month(first)?, day(second)?).ok()
}

/// The time of day that a text means, where that is beyond doubt.
pub fn time(text: &str) -> Option<Time> {
    let lower: String = text
        .trim()
        .to_lowercase()
        .replace("o'clock", "")
        .replace("o’clock", "");
    match lower.trim() {
        "noon" | "midday" | "12 noon" | "hanner dydd" => return Time::new(12, 0, 0, 0).ok(),
        "midnight" | "12 midnight" => return Time::new(0, 0, 0, 0).ok(),
        _ => {}
    }
    let bare: String = lower
        .chars()
        .filter(|letter| !letter.is_whitespace() && *letter != '.' && *letter != ':')
        .collect();
    // "1800hrs", "18.30 hours"
    let hours = ["hours", "hour", "hrs", "hr"];
    let counted = hours.iter().find_map(|word| bare.strip_suffix(word));
    let bare = counted.map_or(bare.clone(), |figures| format!("{figures}h"));
    let (figures, half) = [("pm", 12), ("yp", 12), ("am", 0), ("yb", 0)]
        .into_iter()
        .find_map(|(word, add)| Some((bare.strip_suffix(word)?, Some(add))))
        .unwrap_or((bare.trim_end_matches(['h', 'z']), None));
    let separated = lower.contains(['.', ':', 'h']) || half.is_some();
    let figures = figures.replace('h', "");
    if figures.is_empty() || !figures.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let number = |text: &str| text.parse::<i8>().ok();
    let (hour, minute) = match figures.len() {
        1 | 2 if half.is_some() => (number(&figures)?, 0),
        3 | 4 if separated || figures.len() == 4 => {
            let (hour, minute) = figures.split_at(figures.len() - 2);
            (number(hour)?, number(minute)?)
        }
        // With seconds: 17.00.00
        6 if separated => (number(&figures[..2])?, number(&figures[2..4])?),
        _ => return None,
    };
    let hour = match half {
        Some(_) if !(1..=12).contains(&hour) => return None,
        Some(add) => hour % 12 + add,
        None => hour,
    };
    Time::new(hour, minute, 0, 0).ok()
}

/// Words for yes, in English and Welsh, and for no.
const YES: [&str; 7] = ["yes", "y", "true", "ie", "oes", "ydy", "ydyw"];
const NO: [&str; 10] = [
    "no", "n", "false", "none", "nil", "never", "na", "nac", "nage", "dim",
];

/// What the whole of a value says that is to be yes or no.
pub fn yes_or_no(value: &str) -> Option<bool> {
    match value.trim().to_lowercase().as_str() {
        "on" | "1" => Some(true),
        "off" | "0" | "nac oes" | "nac ydy" => Some(false),
        word if YES.contains(&word) => Some(true),
        word => NO.contains(&word).then_some(false),
    }
}

/// What an answer in a form says, which may go on after its first word: "No, see section 4". An
/// answer that begins with "On" or with a number says neither.
pub fn answer(text: &str) -> Option<bool> {
    let first = text
        .split(|letter: char| !letter.is_alphanumeric())
        .find(|word| !word.is_empty())?
        .to_lowercase();
    match first.as_str() {
        "not" | "non" => Some(false),
        word if YES.contains(&word) => Some(true),
        word => NO.contains(&word).then_some(false),
    }
}

/// A word that a date may have besides day, month and year.
fn is_filler(word: &str) -> bool {
    let word = word.to_lowercase();
    const WEEKDAYS: [&str; 14] = [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "llun",
        "mercher",
        "iau",
        "gwener",
        "sadwrn",
        "sul",
        "dydd",
    ];
    matches!(word.as_str(), "the" | "of" | "on" | "o")
        || WEEKDAYS.iter().any(|name| {
            *name == word || (word.len() >= 3 && name.len() >= 6 && name.starts_with(&word))
        })
}

/// A day of the month: "18", "18th", Welsh "18fed".
fn day(word: &str) -> Option<i8> {
    let figures = word.trim_end_matches(|letter: char| letter.is_alphabetic());
    let ending = &word[figures.len()..];
    let known = matches!(
        ending.to_lowercase().as_str(),
        "" | "st" | "nd" | "rd" | "th" | "af" | "ail" | "ydd" | "fed" | "eg" | "ain"
    );
    known.then(|| figures.parse().ok()).flatten()
}

/// A month in figures or by its name.
fn month(word: &str) -> Option<i8> {
    named_month(word).or_else(|| {
        (word.len() <= 2)
            .then(|| word.parse::<i8>().ok())
            .flatten()
            .filter(|month| (1..=12).contains(month))
    })
}

/// A month by its English or Welsh name, in full or cut to no fewer than three letters.
fn named_month(word: &str) -> Option<i8> {
    let word = word.to_lowercase();
    let named = |months: &[&str; 12]| {
        months.iter().position(|month| {
            let month = month.to_lowercase();
            word.chars().count() >= 3 && month.starts_with(&word)
        })
    };
    let index = named(&MONTHS).or_else(|| named(&WELSH_MONTHS))?;
    i8::try_from(index + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn yes_and_no_as_a_value_and_as_an_answer() {
        for (text, value, answered) in [
            ("Yes", Some(true), Some(true)),
            ("Ydy.", None, Some(true)),
            ("on", Some(true), None),
            ("On 3 May", None, None),
            ("1", Some(true), None),
            ("Nac oes", Some(false), Some(false)),
            ("No, see section 4", None, Some(false)),
            ("Not applicable", None, Some(false)),
            ("None", Some(false), Some(false)),
            ("", None, None),
            ("Parks", None, None),
        ] {
            assert_eq!(yes_or_no(text), value, "{text}");
            assert_eq!(answer(text), answered, "{text}");
        }
    }

    #[test]
    fn days_as_people_type_them() {
        let expected = Date::constant(2027, 1, 18);
        for text in [
            "2027-01-18",
            "18/01/2027",
            "18/1/27",
            "18.01.2027",
            "18-01-2027",
            "2027/01/18",
            "18 January 2027",
            "18th January, 2027",
            "Monday 18 January 2027",
            "Monday the 18th of January 2027",
            "Mon 18 Jan 2027",
            "January 18, 2027",
            "01/18/2027",
            "18 Ionawr 2027",
            "dydd Llun 18fed Ionawr 2027",
        ] {
            assert_eq!(date(text), Some(expected), "{text}");
        }
        for text in [
            "",
            "18 January",
            "31/02/2027",
            "tomorrow",
            "01/2027",
            "5pm",
            "18/01/2027/3",
        ] {
            assert_eq!(date(text), None, "{text}");
        }
    }

    #[test]
    fn times_as_people_type_them() {
        for (text, hour, minute) in [
            ("5pm", 17, 0),
            ("5 pm", 17, 0),
            ("5.30pm", 17, 30),
            ("5:30 p.m.", 17, 30),
            ("12pm", 12, 0),
            ("12am", 0, 0),
            ("10am", 10, 0),
            ("17:00", 17, 0),
            ("17.00", 17, 0),
            ("9.30", 9, 30),
            ("1730", 17, 30),
            ("17h30", 17, 30),
            ("17.30 hrs", 17, 30),
            ("1800hrs", 18, 0),
            ("18.30 hours", 18, 30),
            ("noon", 12, 0),
            ("6 o'clock pm", 18, 0),
            ("5.30 yp", 17, 30),
        ] {
            assert_eq!(
                time(text),
                Some(Time::constant(hour, minute, 0, 0)),
                "{text}"
            );
        }
        for text in ["", "evening", "13pm", "25:00", "5", "2027-01-18"] {
            assert_eq!(time(text), None, "{text}");
        }
    }
}
