//! The clock of the United Kingdom: councils write the time on the wall, programs want to know which that
//! is.

use jiff::civil::{Date, Time, Weekday};

/// A time of day as programs read it, with what the clock is ahead of Greenwich (RFC 3339):
/// "2026-09-14T17:30:00+01:00".
pub fn moment(date: Date, time: Time) -> String {
    let ahead = if is_summer(date, time) { "01" } else { "00" };
    let (hour, minute) = (time.hour(), time.minute());
    format!("{date}T{hour:02}:{minute:02}:00+{ahead}:00")
}

/// Whether it is summer time: from the last Sunday of March at 1 o'clock to the last Sunday of October
/// at 2 o'clock, by the clock of the time before (the Summer Time Act 1972, section 1). The hour that
/// comes twice in October is meant as it comes first.
fn is_summer(date: Date, time: Time) -> bool {
    let turns = |month: i8, hour: i8| {
        let day = Date::new(date.year(), month, 1).ok()?;
        let last = day.nth_weekday_of_month(-1, Weekday::Sunday).ok()?;
        Some(last.at(hour, 0, 0, 0))
    };
    let turns = turns(3, 1).zip(turns(10, 2));
    turns.is_some_and(|(begins, ends)| (begins..ends).contains(&date.to_datetime(time)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clocks_go_forward_and_back_on_the_days_of_the_act() {
        // The Sundays are those of calendars in print.
        for (date, time, wanted) in [
            ((2026, 3, 28), (23, 59), "2026-03-28T23:59:00+00:00"),
            ((2026, 3, 29), (0, 59), "2026-03-29T00:59:00+00:00"),
            ((2026, 3, 29), (2, 0), "2026-03-29T02:00:00+01:00"),
            ((2026, 10, 25), (1, 30), "2026-10-25T01:30:00+01:00"),
            ((2026, 10, 25), (2, 0), "2026-10-25T02:00:00+00:00"),
            ((2024, 3, 31), (10, 0), "2024-03-31T10:00:00+01:00"),
            ((2024, 10, 26), (19, 0), "2024-10-26T19:00:00+01:00"),
            ((2027, 1, 18), (9, 5), "2027-01-18T09:05:00+00:00"),
            ((9999, 12, 31), (23, 59), "9999-12-31T23:59:00+00:00"),
        ] {
            let (year, month, day) = date;
            let date = Date::constant(year, month, day);
            let (hour, minute) = time;
            assert_eq!(moment(date, Time::constant(hour, minute, 0, 0)), wanted);
        }
    }
}
