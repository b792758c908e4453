//! Figures as they are written: sums, percentages and plain numbers, exactly and without floating
//! point.

use regex::Regex;
use std::sync::LazyLock;

use super::numerals;

/// A figure. Figures are held in ten-thousandths, so that sums of pounds and pence, and
/// percentages with up to four places, are exact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Figure {
    /// The value in ten-thousandths.
    pub(crate) value: i128,
    pub(crate) unit: Unit,
    /// How many decimal places were written.
    pub(crate) places: u32,
    pub(crate) scale: Scale,
}

/// The multiple that a figure is written in: "£1.2m", "£250k".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scale {
    One,
    Thousand,
    Million,
    Billion,
}

impl Scale {
    fn of(written: &str) -> Self {
        match written.to_lowercase().as_str() {
            "k" | "thousand" => Scale::Thousand,
            "m" | "mn" | "million" | "miliwn" => Scale::Million,
            "bn" | "billion" | "biliwn" => Scale::Billion,
            _ => Scale::One,
        }
    }

    fn factor(self) -> i128 {
        match self {
            Scale::One => 1,
            Scale::Thousand => 1_000,
            Scale::Million => 1_000_000,
            Scale::Billion => 1_000_000_000,
        }
    }

    fn letters(self) -> &'static str {
        match self {
            Scale::One => "",
            Scale::Thousand => "k",
            Scale::Million => "m",
            Scale::Billion => "bn",
        }
    }
}

impl Figure {
    /// The smallest difference that it can show, in ten-thousandths.
    pub(crate) fn step(&self) -> i128 {
        10_i128.pow(4 - self.places.min(4)) * self.scale.factor()
    }

    /// Another value, written as this one is.
    pub(crate) fn alike(&self, value: i128) -> String {
        let words = written(value / self.scale.factor(), self.places, self.unit);
        format!("{words}{}", self.scale.letters())
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unit {
    Pounds,
    Percent,
    None,
}

/// What one whole is.
pub(crate) const ONE: i128 = 10_000;

static DAYS: LazyLock<Regex> = pattern!(
    r"(?i)[0-9]\s+(?:january|february|march|april|may|june|july|august|september|october|november|december)\b"
);
static WHOLE: LazyLock<Regex> = pattern!(
    r"^(?P<open>\()?(?P<sign>[-−–+])?\s*(?P<pound>£)?\s*(?P<sign2>[-−–])?(?P<number>(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]{1,4})?)\s*(?P<percent>%)?(?P<scale>(?i:k|mn?|bn|thousand|million|billion|miliwn|biliwn))?(?P<close>\))?$"
);

/// A figure, or a whole number in words.
pub(crate) fn amount(written: &str) -> Option<Figure> {
    figure(written).or_else(|| figure(&numerals::number(written)?.to_string()))
}

/// The figure that a text is, where it is one and nothing else. A sum in brackets is negative.
pub(crate) fn figure(text: &str) -> Option<Figure> {
    let text = text.trim();
    let found = WHOLE.captures(text)?;
    let brackets = (found.name("open").is_some(), found.name("close").is_some());
    if brackets.0 != brackets.1 {
        return None;
    }
    let minus = |name: &str| found.name(name).is_some_and(|sign| sign.as_str() != "+");
    let negative = brackets.0 || minus("sign") || minus("sign2");
    let (value, places) = number(found.name("number")?.as_str())?;
    let scale = found
        .name("scale")
        .map_or(Scale::One, |scale| Scale::of(scale.as_str()));
    let value = value * scale.factor();
    Some(Figure {
        value: if negative { -value } else { value },
        unit: if found.name("pound").is_some() {
            Unit::Pounds
        } else if found.name("percent").is_some() {
            Unit::Percent
        } else {
            Unit::None
        },
        places,
        scale,
    })
}

/// The value of digits with commas and a point, in ten-thousandths, and its decimal places.
pub(crate) fn number(digits: &str) -> Option<(i128, u32)> {
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let whole: String = whole.chars().filter(char::is_ascii_digit).collect();
    if whole.len() > 18 || fraction.len() > 4 {
        return None;
    }
    let whole: i128 = whole.parse().ok()?;
    let fraction_value: i128 = if fraction.is_empty() {
        0
    } else {
        format!("{fraction:0<4}").parse().ok()?
    };
    let places = u32::try_from(fraction.len()).ok()?;
    Some((whole * ONE + fraction_value, places))
}

/// Whether a value may be a year.
pub(crate) fn is_year(value: i128) -> bool {
    (1_900 * ONE..=2_100 * ONE).contains(&value)
}

/// Whether figures in a text are days of a month: "from 1 April to 30 June".
pub(crate) fn speaks_of_days(text: &str) -> bool {
    DAYS.is_match(text)
}

/// A value in ten-thousandths as written with a number of decimal places.
pub(crate) fn written(value: i128, places: u32, unit: Unit) -> String {
    let step = 10_i128.pow(4 - places.min(4));
    let rounded = round_to(value, step) / step;
    let scale = 10_i128.pow(places.min(4));
    let (whole, fraction) = (rounded.abs() / scale, rounded.abs() % scale);
    let mut digits = whole.to_string();
    let mut at = digits.len();
    while at > 3 {
        at -= 3;
        digits.insert(at, ',');
    }
    let sign = if value < 0 { "−" } else { "" };
    let pound = if unit == Unit::Pounds { "£" } else { "" };
    let percent = if unit == Unit::Percent { "%" } else { "" };
    if places == 0 {
        format!("{sign}{pound}{digits}{percent}")
    } else {
        // More places than four are not kept.
        let width = places.min(4) as usize;
        format!("{sign}{pound}{digits}.{fraction:0width$}{percent}")
    }
}

/// A value rounded to the nearest multiple of `step`, halves away from zero.
pub(crate) fn round_to(value: i128, step: i128) -> i128 {
    let half = step / 2;
    let shifted = if value < 0 {
        value - half
    } else {
        value + half
    };
    shifted / step * step
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_as_clerks_write_them() {
        let value = |text| figure(text).map(|figure| figure.value);
        assert_eq!(value("£154,300.00"), Some(154_300 * ONE));
        assert_eq!(value("(1,234)"), Some(-1234 * ONE));
        assert_eq!(value("-£5"), Some(-5 * ONE));
        assert_eq!(value("12.5%"), Some(125_000));
        assert_eq!(value("£1.2m"), Some(1_200_000 * ONE));
        assert_eq!(value("(£250k)"), Some(-250_000 * ONE));
        assert_eq!(value("2.3 million"), Some(2_300_000 * ONE));
        assert_eq!(
            figure("£1.2m").map(|figure| figure.alike(3_500_000 * ONE)),
            Some("£3.5m".to_owned())
        );
        assert_eq!(value("£110,0"), None);
        assert_eq!(value("12 of 13"), None);
        assert_eq!(value("(12"), None);
        assert_eq!(value(""), None);
    }

    #[test]
    fn written_as_a_clerk_would() {
        assert_eq!(written(459_199 * ONE, 0, Unit::Pounds), "£459,199");
        assert_eq!(written(968_750, 1, Unit::Percent), "96.9%");
        assert_eq!(written(-12_300, 2, Unit::None), "−1.23");
        assert_eq!(written(1_234, 70_000, Unit::None), "0.1234");
    }
}
