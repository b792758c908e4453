//! A day on the command line.

use crate::model::{Date, as_typed};

/// A day as people type it: 2027-01-18, 18/01/2027, "18 January 2027".
pub(super) fn parse(text: &str) -> Result<Date, String> {
    as_typed::date(text).ok_or_else(|| "write a day as 2027-01-18 or 18/01/2027".to_owned())
}
