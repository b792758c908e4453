//! Number formats: how a cell shows its number, as Excel does with British settings.
//!
//! A format has up to four sections: for positive numbers, negative numbers, zero, and text. Each is a
//! row of signs: digits that are always shown (`0`) or only if they count (`#`), words in quotation
//! marks, parts of a date. Widths, fills and colours are ignored.

mod figures;
mod sign;

use self::figures::figures;
use self::sign::Sign;
use super::clock::{self, Moment};

/// How a workbook counts days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Epoch {
    /// Day 1 is 1 January 1900.
    Of1900,
    /// Day 0 is 1 January 1904.
    Of1904,
}

/// A built-in format of Excel, by its id.
pub(super) fn built_in(id: u32) -> &'static str {
    match id {
        1 => "0",
        2 => "0.00",
        3 => "#,##0",
        4 => "#,##0.00",
        5 | 6 => "£#,##0;-£#,##0",
        7 | 8 => "£#,##0.00;-£#,##0.00",
        9 => "0%",
        10 => "0.00%",
        11 => "0.00E+00",
        12 => "# ?/?",
        13 => "# ??/??",
        14 => "dd/mm/yyyy",
        15 => "d-mmm-yy",
        16 => "d-mmm",
        17 => "mmm-yy",
        18 => "h:mm AM/PM",
        19 => "h:mm:ss AM/PM",
        20 => "hh:mm",
        21 => "hh:mm:ss",
        22 => "dd/mm/yyyy hh:mm",
        37 | 38 => "#,##0;-#,##0",
        39 | 40 => "#,##0.00;-#,##0.00",
        41 => "#,##0;-#,##0;\"-\";@",
        42 => "£#,##0;-£#,##0;£\"-\";@",
        43 => "#,##0.00;-#,##0.00;\"-\";@",
        44 => "£#,##0.00;-£#,##0.00;£\"-\";@",
        45 => "mm:ss",
        46 => "[h]:mm:ss",
        47 => "mm:ss.0",
        48 => "##0.0E+0",
        49 => "@",
        _ => "General",
    }
}

/// A number in a format.
pub(super) fn number(value: f64, format: &str, epoch: Epoch) -> String {
    let sections = sections(format);
    let (section, signed) = chosen(value, &sections);
    let signs = signs(section);
    let shown = if signs
        .iter()
        .any(|sign| matches!(sign, Sign::Part(..) | Sign::Half))
    {
        match clock::moment(value, epoch == Epoch::Of1904, split(&signs)) {
            Some(moment) => date(&moment, &signs),
            None => "########".to_owned(),
        }
    } else {
        let figures = figures(value.abs(), &signs);
        if signed {
            format!("-{figures}")
        } else {
            figures
        }
    };
    spaced(&shown)
}

/// Text in a format.
pub(super) fn words(text: &str, format: &str) -> String {
    let sections = sections(format);
    let last = sections.last().copied().unwrap_or("");
    let signs = signs(last);
    if sections.len() < 4 && !signs.contains(&Sign::Text) {
        return text.to_owned();
    }
    let shown: String = signs
        .iter()
        .map(|sign| match sign {
            Sign::Words(words) => words.as_str(),
            Sign::Text | Sign::General => text,
            _ => "",
        })
        .collect();
    shown.trim().to_owned()
}

/// Whether a format hides whatever is in the cell.
pub(super) fn hides(format: &str) -> bool {
    let sections = sections(format);
    sections.len() > 2 && sections.iter().all(|section| section.trim().is_empty())
}

/// The sections of a format.
fn sections(format: &str) -> Vec<&str> {
    let (mut all, mut from) = (Vec::new(), 0);
    let (mut quoted, mut escaped) = (false, false);
    for (at, letter) in format.char_indices() {
        match letter {
            _ if escaped => escaped = false,
            '"' => quoted = !quoted,
            '\\' | '_' | '*' if !quoted => escaped = true,
            ';' if !quoted => {
                all.push(&format[from..at]);
                from = at + 1;
            }
            _ => {}
        }
    }
    all.push(&format[from..]);
    all
}

/// The section for a number, and whether a minus sign is added.
fn chosen<'f>(value: f64, sections: &[&'f str]) -> (&'f str, bool) {
    let section = |index: usize| sections.get(index).copied().unwrap_or("General");
    let numbers = sections.len().min(3);
    if sections
        .iter()
        .take(2)
        .any(|section| condition(section).is_some())
    {
        let met =
            (0..numbers).find(|&index| condition(section(index)).is_some_and(|met| met(value)));
        let other = (0..numbers).rfind(|&index| condition(section(index)).is_none());
        return (section(met.or(other).unwrap_or(0)), value < 0.0);
    }
    match (numbers, value) {
        (2.., value) if value < 0.0 => (section(1), false),
        (3, 0.0) => (section(2), false),
        (_, value) => (section(0), value < 0.0),
    }
}

/// The condition of a section, if it has one: `[<1000]`.
fn condition(section: &str) -> Option<impl Fn(f64) -> bool + use<>> {
    let said = section.split('[').skip(1).find_map(|part| {
        let said = part.split(']').next()?;
        said.starts_with(['<', '>', '=']).then_some(said)
    })?;
    let at = said.find(|letter| !matches!(letter, '<' | '>' | '='))?;
    let (how, against) = said.split_at(at);
    let (how, against) = (how.to_owned(), against.trim().parse::<f64>().ok()?);
    Some(move |value: f64| match how.as_str() {
        "<" => value < against,
        "<=" => value <= against,
        ">" => value > against,
        ">=" => value >= against,
        "=" => (value - against).abs() < f64::EPSILON,
        _ => (value - against).abs() >= f64::EPSILON,
    })
}

/// The signs of a section.
fn signs(section: &str) -> Vec<Sign> {
    let mut all = Vec::new();
    let mut rest = section;
    while let Some(letter) = rest.chars().next() {
        let lower = letter.to_ascii_lowercase();
        let run = rest
            .chars()
            .take_while(|next| next.eq_ignore_ascii_case(&letter))
            .count();
        let mut taken = letter.len_utf8();
        let starts = |words: &str| {
            rest.get(..words.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(words))
        };
        match letter {
            '"' => {
                let inner = rest[1..].split('"').next().unwrap_or("");
                all.push(Sign::Words(inner.to_owned()));
                taken = (inner.len() + 2).min(rest.len());
            }
            '\\' | '_' | '*' => {
                let next = rest[1..].chars().next();
                taken += next.map_or(0, char::len_utf8);
                match (letter, next) {
                    ('\\', Some(next)) => all.push(Sign::Words(next.to_string())),
                    ('_', _) => all.push(Sign::Words(" ".to_owned())),
                    _ => {}
                }
            }
            '[' => {
                let inner = rest[1..].split(']').next().unwrap_or("");
                all.extend(bracketed(inner));
                taken = (inner.len() + 2).min(rest.len());
            }
            '0' | '#' | '?' => all.push(Sign::Digit(letter)),
            '.' => {
                let places = rest[1..].bytes().take_while(|byte| *byte == b'0').count();
                if matches!(all.last(), Some(Sign::Part('s', ..))) && places > 0 {
                    all.push(Sign::Split(places));
                    taken += places;
                } else {
                    all.push(Sign::Point);
                }
            }
            ',' => all.push(Sign::Comma),
            '%' => all.push(Sign::Percent),
            '/' => all.push(Sign::Bar),
            '@' => all.push(Sign::Text),
            _ if starts("general") => {
                all.push(Sign::General);
                taken = 7;
            }
            _ if starts("e+") || starts("e-") => {
                all.push(Sign::Power(starts("e+")));
                taken = 2;
            }
            _ if starts("am/pm") || starts("a/p") => {
                all.push(Sign::Half);
                taken = if starts("am/pm") { 5 } else { 3 };
            }
            _ if matches!(lower, 'y' | 'm' | 'd' | 'h' | 's') => {
                all.push(Sign::Part(lower, run, false));
                taken = run;
            }
            _ => all.push(Sign::Words(letter.to_string())),
        }
        rest = &rest[taken..];
    }
    minutes(&mut all);
    all
}

/// What is in square brackets: a currency, hours that go on beyond 24, or something for the screen only.
fn bracketed(inner: &str) -> Option<Sign> {
    if let Some(money) = inner.strip_prefix('$') {
        let (sign, place) = money.split_once('-').unwrap_or((money, ""));
        return match place.to_ascii_uppercase().as_str() {
            "F800" | "F400" if sign.is_empty() => None,
            _ => Some(Sign::Words(sign.to_owned())),
        };
    }
    let lower = inner.to_ascii_lowercase();
    let first = lower.chars().next()?;
    (matches!(first, 'h' | 'm' | 's') && lower.chars().all(|letter| letter == first))
        .then_some(Sign::Part(first, lower.len(), true))
}

/// Renames an `m` that stands for minutes, after hours or before seconds, to `n`.
fn minutes(signs: &mut [Sign]) {
    let parts: Vec<(usize, char)> = signs
        .iter()
        .enumerate()
        .filter_map(|(at, sign)| match sign {
            Sign::Part(part, ..) => Some((at, *part)),
            _ => None,
        })
        .collect();
    for (index, &(at, part)) in parts.iter().enumerate() {
        let near = |index: Option<usize>, wanted| {
            index
                .and_then(|index| parts.get(index))
                .is_some_and(|&(_, part)| part == wanted)
        };
        if part == 'm'
            && (near(index.checked_sub(1), 'h') || near(Some(index + 1), 's'))
            && let Sign::Part(part, length, _) = &mut signs[at]
            && *length < 3
        {
            *part = 'n';
        }
        if let Sign::Part(part @ 'm', _, true) = &mut signs[at] {
            *part = 'n';
        }
    }
}

/// How many digits of a second a section shows.
fn split(signs: &[Sign]) -> usize {
    let places = signs.iter().find_map(|sign| match sign {
        Sign::Split(places) => Some(*places),
        _ => None,
    });
    places.unwrap_or(0).min(3)
}

fn date(moment: &Moment, signs: &[Sign]) -> String {
    let halves = signs.contains(&Sign::Half);
    let mut shown = String::new();
    for sign in signs {
        match sign {
            Sign::Words(words) => shown.push_str(words),
            Sign::Part(part, length, whole) => {
                shown.push_str(&moment.part(*part, *length, *whole, halves));
            }
            Sign::Split(places) => shown.push_str(&moment.split(*places)),
            Sign::Half => shown.push_str(if moment.hour < 12 { "AM" } else { "PM" }),
            Sign::Bar => shown.push('/'),
            Sign::Comma => shown.push(','),
            Sign::Point => shown.push('.'),
            Sign::Digit(digit) => shown.push(*digit),
            _ => {}
        }
    }
    shown
}

/// Trims whitespace at the ends, and joins the rest with single spaces.
fn spaced(shown: &str) -> String {
    shown.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(value: f64, format: &str) -> String {
        number(value, format, Epoch::Of1900)
    }

    #[test]
    fn numbers_look_as_their_formats_say() {
        for (value, format, looks) in [
            (1234.5, "General", "1234.5"),
            (0.1 + 0.2, "General", "0.3"),
            (-12.0, "General", "-12"),
            (123_456_789_012.0, "General", "123456789012"),
            (1.0 / 3.0, "General", "0.333333333"),
            (2.5e20, "General", "2.5E+20"),
            (1234.5, "#,##0", "1,235"),
            (2.675, "0.00", "2.68"),
            (1_234_567.891, "#,##0.00", "1,234,567.89"),
            (0.0, "#,##0", "0"),
            (0.5, "#.##", ".5"),
            (12.0, "0.0#", "12.0"),
            (0.125, "0%", "13%"),
            (0.125, "0.0%", "12.5%"),
            (-1234.0, "#,##0;(#,##0)", "(1,234)"),
            (-1234.0, "#,##0_);[Red](#,##0)", "(1,234)"),
            (-0.5, "0.0", "-0.5"),
            (0.0, "0;-0;\"nil\"", "nil"),
            (1234.0, "[$£-809]#,##0.00", "£1,234.00"),
            (
                -5.0,
                "_-£* #,##0.00_-;\\-£* #,##0.00_-;_-£* \"-\"??_-;_-@_-",
                "-£5.00",
            ),
            (
                0.0,
                "_-£* #,##0.00_-;\\-£* #,##0.00_-;_-£* \"-\"??_-;_-@_-",
                "£-",
            ),
            (3_250_000.0, "£0.0,,\"m\"", "£3.3m"),
            (12_345.0, "#,##0,\"k\"", "12k"),
            (7.0, "000", "007"),
            (1_414_960_123.0, "00000\\ 000000", "01414 960123"),
            (500.0, "[<1000]0;[>=1000]0.0,\"k\"", "500"),
            (1500.0, "[<1000]0;[>=1000]0.0,\"k\"", "1.5k"),
            (1234.0, "0.00E+00", "1.23E+03"),
            (0.000_123, "0.0E+0", "1.2E-4"),
            (1.5, "# ?/?", "1 1/2"),
            (0.375, "# ?/8", "3/8"),
            (3.0, "# ?/?", "3"),
            (5.0, "0 \"days\"", "5 days"),
            (9.995, "0.00", "10.00"),
        ] {
            assert_eq!(shown(value, format), looks, "{value} in {format}");
        }
    }

    #[test]
    fn days_and_times_look_as_their_formats_say() {
        for (value, format, looks) in [
            (46_113.0, "dd/mm/yyyy", "01/04/2026"),
            (46_113.0, "d mmmm yyyy", "1 April 2026"),
            (46_113.0, "ddd d mmm yy", "Wed 1 Apr 26"),
            (46_113.0, "mmm-yy", "Apr-26"),
            (46_113.75, "dd/mm/yyyy hh:mm", "01/04/2026 18:00"),
            (0.75, "h:mm AM/PM", "6:00 PM"),
            (1.5, "[h]:mm", "36:00"),
            (0.000_694_5, "mm:ss.0", "01:00.0"),
            (0.999_999, "hh:mm:ss", "00:00:00"),
            (61.0, "d/m/yyyy", "1/3/1900"),
            (59.0, "d/m/yyyy", "28/2/1900"),
            (-1.0, "d/m/yyyy", "########"),
            (
                46_113.0,
                "[$-F800]dddd, mmmm dd, yyyy",
                "Wednesday, April 01, 2026",
            ),
        ] {
            assert_eq!(shown(value, format), looks, "{value} in {format}");
        }
        assert_eq!(number(44_651.0, "d/m/yyyy", Epoch::Of1904), "1/4/2026");
    }

    #[test]
    fn words_are_shown_unless_a_format_hides_them() {
        assert_eq!(words("Parks", "General"), "Parks");
        assert_eq!(words("Parks", "#,##0"), "Parks");
        assert_eq!(words("Parks", "0;-0;0;\"→ \"@"), "→ Parks");
        assert_eq!(words("Parks", ";;;"), "");
        assert!(hides(";;;"));
        assert!(!hides("0;;"));
    }

    #[test]
    fn no_format_stops_the_program() {
        let signs = [
            "0", "#", "?", ".", ",", "%", "E+", "/", "@", "\"", "\\", "[", "]", "h", "m", "£", ";",
            "_", "*", "General", "AM/PM", "8",
        ];
        let mut seed = 7_usize;
        for _ in 0..3_000 {
            let mut format = String::new();
            for _ in 0..seed % 9 {
                seed = seed
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(1_442_695_040_888_963_407);
                format.push_str(signs[(seed >> 33) % signs.len()]);
            }
            seed = seed.wrapping_add(1);
            for value in [0.0, -1.5, 1e300, 1e-300, 123_456.789, f64::MAX] {
                let _ = shown(value, &format);
            }
            let _ = words("a", &format);
        }
    }
}
