//! Days and times of day, as TOML writes them and as clerks do.

use toml::de::DeValue;

use super::{Table, Value};
use crate::finding::{Finding, Spanned};
use crate::load::codes;
use crate::load::sheet;
use crate::model::{Date, Time, as_typed};

/// What a day and a time of day look like.
const DAY: &str = "2026-03-18";
const HOUR: &str = "17:00:00";

impl Table<'_> {
    /// A day.
    pub(in crate::load) fn date(&self, key: &str) -> Option<Spanned<Date>> {
        let (_, value) = self.entry(key)?;
        self.date_value(key, value)
    }

    /// A list of days.
    pub(in crate::load) fn dates(&self, key: &str) -> Vec<Date> {
        let Some((_, value)) = self.entry(key) else {
            return Vec::new();
        };
        match value.get_ref() {
            DeValue::Array(array) => array
                .iter()
                .filter_map(|entry| self.date_value(key, entry))
                .map(|date| date.value)
                .collect(),
            _ => self
                .date_value(key, value)
                .map(|date| date.value)
                .into_iter()
                .collect(),
        }
    }

    fn date_value(&self, key: &str, value: &Value<'_>) -> Option<Spanned<Date>> {
        let span = self.source.span(value.span());
        let date = match value.get_ref() {
            DeValue::Datetime(datetime) => {
                let written = datetime.date;
                if written.is_none() && datetime.time.is_none() {
                    // It does not exist, which has been reported.
                    return None;
                }
                if written.is_none() || datetime.time.is_some() {
                    let meant = written.map(|day| day.to_string());
                    self.wrong_moment(key, value, "a day without a time", meant, DAY);
                }
                let written = written?;
                Date::new(
                    i16::try_from(written.year).ok()?,
                    i8::try_from(written.month).ok()?,
                    i8::try_from(written.day).ok()?,
                )
                .ok()
            }
            DeValue::String(text) => {
                let date = as_typed::date(text);
                let wanted = match date {
                    Some(_) => "a day, without quotation marks",
                    None => "a day, as year-month-day",
                };
                let meant = date.map(|date| date.to_string());
                self.wrong_moment(key, value, wanted, meant, DAY);
                return date.map(|date| Spanned::new(date, span));
            }
            DeValue::Array(entries) if let [entry] = &entries[..] => {
                let date = self.date_value(key, entry)?;
                let example = date.value.to_string();
                self.wrong(key, value, "one day, without brackets", &example);
                return Some(date);
            }
            _ => {
                let number = value.get_ref().as_integer();
                let day = number.and_then(|number| of_a_sheet(number.as_str()));
                let meant = day.map(|day| day.to_string());
                self.wrong_moment(key, value, "a day, as year-month-day", meant, DAY);
                return None;
            }
        };
        if date.is_none() {
            self.note(
                Finding::error(
                    codes::INVALID_DATE,
                    span,
                    format!("`{key}` is a day that does not exist"),
                )
                .help("Write a day as 2026-03-18"),
            );
        }
        date.map(|date| Spanned::new(date, span))
    }

    /// A time of day.
    pub(in crate::load) fn time(&self, key: &str) -> Option<Time> {
        let (_, value) = self.entry(key)?;
        match value.get_ref() {
            DeValue::Datetime(datetime) => {
                if datetime.time.is_none() && datetime.date.is_none() {
                    return None;
                }
                if datetime.time.is_none() || datetime.date.is_some() {
                    let meant = datetime.time.map(|time| time.to_string());
                    self.wrong_moment(key, value, "a time of day without a date", meant, HOUR);
                }
                let written = datetime.time?;
                Time::new(
                    i8::try_from(written.hour).ok()?,
                    i8::try_from(written.minute).ok()?,
                    0,
                    0,
                )
                .ok()
            }
            other => {
                let written = self.source.text.get(value.span()).unwrap_or_default();
                let time = as_typed::time(other.as_str().unwrap_or(written));
                let meant = time.map(|time| time.strftime("%H:%M:%S").to_string());
                let wanted = "a time of day, without quotation marks";
                self.wrong_moment(key, value, wanted, meant, HOUR);
                time
            }
        }
    }

    /// Reports a day or time in the wrong form. What is not understood gets an example, which must not
    /// read as if it were what to write.
    fn wrong_moment(
        &self,
        key: &str,
        value: &Value<'_>,
        wanted: &str,
        meant: Option<String>,
        example: &str,
    ) {
        let finding = match meant {
            Some(meant) => self.mistaken(key, value, wanted, &format!("{key} = {meant}")),
            None => {
                let form = format!("it in this form: {key} = {example}");
                self.mistaken(key, value, wanted, &form)
            }
        };
        self.note(finding);
    }
}

/// The day that a spreadsheet counts, where it is of these decades: 46463 is 17 March 2027.
fn of_a_sheet(number: &str) -> Option<Date> {
    let serial: u32 = number.parse().ok()?;
    let is_likely = (40_000..60_000).contains(&serial);
    is_likely.then(|| sheet::day(serial.into())).flatten()
}
