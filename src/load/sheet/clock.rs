//! Days and times as a spreadsheet counts them: days since the beginning of 1900 or of 1904, and
//! parts of a day.

use std::time::Duration;

use crate::model::language::MONTHS;
use crate::model::{Date, Tongue};

/// The first day that is counted right in a file of 1900: Excel counts a 29 February 1900 that never
/// was.
const FIRST_OF_MARCH_1900: f64 = 61.0;
/// Day 0 of a file of 1900, counted back from the days that are right.
const DAY_0: Date = Date::constant(1899, 12, 30);
/// The seconds of a day.
const DAY: u64 = 86_400;
/// Days between the two ways to count.
const TO_1904: f64 = 1_462.0;
/// The most zeros after the thousandths of a second.
const MOST_ZEROS: usize = 30;
/// The last day that is shown: 31 December 9999.
const LAST: f64 = 2_958_466.0;

/// A day and a time of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Moment {
    date: Date,
    pub(super) hour: i64,
    /// Thousandths of a second since midnight.
    of_day: i64,
    /// The same since the counting began.
    of_all: i64,
}

/// The moment that a number stands for, rounded to `places` digits of a second; `None` if it stands for
/// none.
pub(super) fn moment(value: f64, of_1904: bool, places: usize) -> Option<Moment> {
    let value = if of_1904 { value + TO_1904 } else { value };
    if !(0.0..LAST).contains(&value) {
        return None;
    }
    let exact = 10_i64.pow(3 - u32::try_from(places.min(3)).unwrap_or(0));
    let of_all = (value * 86_400_000.0 / exact as f64).round() as i64 * exact;
    let (mut serial, of_day) = (of_all.div_euclid(86_400_000), of_all.rem_euclid(86_400_000));
    if value < FIRST_OF_MARCH_1900 && !of_1904 {
        serial += 1;
    }
    let since = Duration::from_secs(u64::try_from(serial).ok()? * DAY);
    Some(Moment {
        date: DAY_0.checked_add(since).ok()?,
        hour: of_day / 3_600_000,
        of_day,
        of_all,
    })
}

/// The day that a number stands for in a file of 1900.
pub(in crate::load) fn day(serial: f64) -> Option<Date> {
    Some(moment(serial, false, 0)?.date)
}

impl Moment {
    /// A part, written as `length` letters ask for; `n` is minutes. With `whole`, hours, minutes and
    /// seconds go on beyond a day; with `halves`, hours are counted to twelve.
    pub(super) fn part(&self, part: char, length: usize, whole: bool, halves: bool) -> String {
        let of = if whole { self.of_all } else { self.of_day };
        let month = MONTHS[usize::from(self.date.month().unsigned_abs()) - 1];
        let weekday = Tongue::English.weekday(self.date.weekday());
        let count = match (part, length) {
            ('y', ..=2) => return format!("{:02}", self.date.year() % 100),
            ('y', _) => return format!("{:04}", self.date.year()),
            ('m', 3) => return month[..3].to_owned(),
            ('m', 4) => return month.to_owned(),
            ('m', 5..) => return month[..1].to_owned(),
            ('d', 3) => return weekday[..3].to_owned(),
            ('d', 4..) => return weekday.to_owned(),
            ('m', _) => i64::from(self.date.month()),
            ('d', _) => i64::from(self.date.day()),
            ('h', _) if halves && !whole => (self.hour + 11) % 12 + 1,
            ('h', _) => of / 3_600_000,
            ('n', _) if whole => of / 60_000,
            ('n', _) => of / 60_000 % 60,
            _ if whole => of / 1_000,
            _ => of / 1_000 % 60,
        };
        let width = length.min(2);
        format!("{count:0width$}")
    }

    /// The point and `places` digits of a second.
    pub(super) fn split(&self, places: usize) -> String {
        let thousandths = format!("{:03}", self.of_day % 1_000);
        let zeros = "0".repeat(places.saturating_sub(3).min(MOST_ZEROS));
        format!(".{}{zeros}", &thousandths[..places.min(3)])
    }
}
