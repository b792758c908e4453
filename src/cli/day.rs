//! A day on the command line, and today.

use crate::model::{Date, as_typed};

/// A day as people type it: 2027-01-18, 18/01/2027, "18 January 2027".
pub(super) fn parse(text: &str) -> Result<Date, String> {
    as_typed::date(text).ok_or_else(|| "write a day as 2027-01-18 or 18/01/2027".to_owned())
}

/// Today's date in UTC, by the clock. Only commands that count down to a day or start a meeting may
/// ask for it; packs do not depend on it.
pub(super) fn today() -> Date {
    let since = std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .map_or(0, |since| since.as_secs());
    let days = i64::try_from(since / 86_400).unwrap_or(0);
    jiff::civil::date(1970, 1, 1)
        .checked_add(jiff::Span::new().days(days))
        .unwrap_or(jiff::civil::date(1970, 1, 1))
}
