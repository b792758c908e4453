//! Whole numbers, and numbers with a decimal point.

use toml::de::DeValue;

use super::{Table, Value};
use crate::finding::Finding;
use crate::load::keys::Kind;
use crate::load::{cited, codes};

impl Table<'_> {
    /// A whole number within its declared range.
    pub(in crate::load) fn whole(&self, key: &str) -> Option<u32> {
        let range = match self.declared(key)?.kind {
            Kind::Whole(least, most) => least..=most,
            _ => return None,
        };
        let (_, value) = self.entry(key)?;
        let meant = value.get_ref().as_str().and_then(|text| {
            let text = text.trim().to_lowercase();
            let word = cited::number_word(&text).and_then(|number| u32::try_from(number).ok());
            word.or(text.parse().ok())
        });
        let example = meant.unwrap_or(*range.start()).to_string();
        let number = self.whole_value(key, value, &example)?;
        if let Some(number) = u32::try_from(number)
            .ok()
            .filter(|number| range.contains(number))
        {
            return Some(number);
        }
        self.note(
            Finding::error(
                codes::OUT_OF_RANGE,
                self.source.span(value.span()),
                format!("`{key}` cannot be {number}"),
            )
            .help(format!(
                "It is a whole number from {} to {}",
                range.start(),
                range.end()
            )),
        );
        None
    }

    fn whole_value(&self, key: &str, value: &Value<'_>, example: &str) -> Option<i64> {
        let number = value
            .get_ref()
            .as_integer()
            .and_then(|number| i64::from_str_radix(number.as_str(), number.radix()).ok());
        if number.is_none() {
            self.wrong(
                key,
                value,
                "a whole number, without quotation marks",
                example,
            );
        }
        number
    }

    /// Whole numbers within their declared range. A list with words in it has one finding, and is read as
    /// the numbers that it means.
    pub(in crate::load) fn wholes(&self, key: &str) -> Option<Vec<u8>> {
        let range = match self.declared(key)?.kind {
            Kind::Wholes(least, most) => least..=most,
            _ => return None,
        };
        let (_, value) = self.entry(key)?;
        let entries: Vec<&Value<'_>> = match value.get_ref() {
            DeValue::Array(array) => array.iter().collect(),
            DeValue::Integer(_) | DeValue::String(_) | DeValue::Float(_) => vec![value],
            _ => {
                self.wrong(key, value, "a list of whole numbers", "[3]");
                return None;
            }
        };
        if entries
            .iter()
            .any(|entry| entry.get_ref().as_integer().is_none())
        {
            let mut meant: Vec<u8> = Vec::new();
            for number in entries.iter().flat_map(|entry| in_words(entry.get_ref())) {
                if range.contains(&number) && !meant.contains(&number) {
                    meant.push(number);
                }
            }
            let example = if meant.is_empty() {
                "[3]".to_owned()
            } else {
                format!("{meant:?}")
            };
            let quoted = entries
                .iter()
                .any(|entry| entry.get_ref().as_str().is_some());
            let wanted = if quoted {
                "a list of whole numbers, without quotation marks"
            } else {
                "a list of whole numbers"
            };
            self.wrong(key, value, wanted, &example);
            return (!meant.is_empty()).then_some(meant);
        }
        let mut numbers = Vec::new();
        for entry in entries {
            let Some(number) = self.whole_value(key, entry, "[3]") else {
                continue;
            };
            match u8::try_from(number)
                .ok()
                .filter(|number| range.contains(number))
            {
                Some(number) => numbers.push(number),
                None => self.note(
                    Finding::error(
                        codes::OUT_OF_RANGE,
                        self.source.span(entry.span()),
                        format!("`{key}` cannot have {number}"),
                    )
                    .help(format!(
                        "It takes whole numbers from {} to {}",
                        range.start(),
                        range.end()
                    )),
                ),
            }
        }
        Some(numbers)
    }

    /// Numbers, whole or with a decimal point.
    pub(in crate::load) fn numbers(&self, key: &str) -> Option<Vec<f64>> {
        let (_, value) = self.entry(key)?;
        let number = |entry: &Value<'_>| match entry.get_ref() {
            DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix())
                .ok()
                .map(|number| number as f64),
            DeValue::Float(number) => number.as_str().parse().ok(),
            _ => None,
        };
        let numbers = value
            .get_ref()
            .as_array()
            .and_then(|entries| entries.iter().map(number).collect());
        if numbers.is_none() {
            self.wrong(key, value, "a list of numbers", "[72, 100, 200.5, 20]");
        }
        numbers
    }
}

/// The paragraphs that an entry of a list cites, in figures or in words.
fn in_words(value: &DeValue<'_>) -> Vec<u8> {
    match value {
        DeValue::String(text) => cited::paragraphs(text),
        DeValue::Integer(number) => number.as_str().parse().into_iter().collect(),
        DeValue::Float(number) => cited::paragraphs(number.as_str()),
        DeValue::Array(entries) => entries
            .iter()
            .flat_map(|entry| in_words(entry.get_ref()))
            .collect(),
        _ => Vec::new(),
    }
}
