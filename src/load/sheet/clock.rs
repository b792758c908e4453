//! Days and times as a spreadsheet counts them: days since the beginning of 1900 or of 1904, and
//! parts of a day.

/// The first day that is counted right in a file of 1900: before it stands a 29 February that never
/// was.
const FIRST_OF_MARCH_1900: f64 = 61.0;
/// Days from 30 December 1899 to 1 January 1970.
const TO_1970: i64 = 25_569;
/// Days between the two ways to count.
const TO_1904: f64 = 1_462.0;
/// The last day that is shown: 31 December 9999.
const LAST: f64 = 2_958_466.0;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const WEEKDAYS: [&str; 7] = [
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
];

/// A day and a time of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Moment {
    year: i64,
    /// From 1.
    month: usize,
    day: i64,
    /// From Monday, 0.
    weekday: usize,
    pub(super) hour: i64,
    /// Thousandths of a second since midnight.
    of_day: i64,
    /// The same since the counting began.
    of_all: i64,
}

/// The moment that a number stands for, to so many digits of a second; nothing where it stands for
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
    let days = serial - TO_1970;
    let (year, month, day) = civil(days);
    Some(Moment {
        year,
        month,
        day,
        weekday: usize::try_from((days + 3).rem_euclid(7)).unwrap_or(0),
        hour: of_day / 3_600_000,
        of_day,
        of_all,
    })
}

impl Moment {
    /// A part, in as many letters as were asked for; `n` is minutes. `whole` counts on beyond a day,
    /// and `halves` counts hours to twelve.
    pub(super) fn part(&self, part: char, length: usize, whole: bool, halves: bool) -> String {
        let of = if whole { self.of_all } else { self.of_day };
        let month = MONTHS.get(self.month - 1).copied().unwrap_or("");
        let weekday = WEEKDAYS[self.weekday];
        let count = match (part, length) {
            ('y', ..=2) => return format!("{:02}", self.year % 100),
            ('y', _) => return format!("{:04}", self.year),
            ('m', 3) => return month[..3].to_owned(),
            ('m', 4) => return month.to_owned(),
            ('m', 5..) => return month[..1].to_owned(),
            ('d', 3) => return weekday[..3].to_owned(),
            ('d', 4..) => return weekday.to_owned(),
            ('m', _) => self.month as i64,
            ('d', _) => self.day,
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

    /// The point and so many digits of a second.
    pub(super) fn split(&self, places: usize) -> String {
        let thousandths = format!("{:03}", self.of_day % 1_000);
        format!(".{:0<places$}", &thousandths[..places.min(3)])
    }
}

/// Year, month and day of a count of days since 1970: Howard Hinnant's arithmetic, in years that
/// begin in March.
fn civil(days: i64) -> (i64, usize, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 {
        from_march + 3
    } else {
        from_march - 9
    };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, usize::try_from(month).unwrap_or(1), day)
}
