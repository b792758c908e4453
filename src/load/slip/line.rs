//! A slip, and the parts of a line: names of keys, values, comments.

use std::ops::Range;

use crate::load::cited::number_word;
use crate::load::keys;
use crate::model::as_typed;

/// A mistake in a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::load) struct Slip {
    /// What is wrong.
    pub(in crate::load) message: String,
    /// What to write.
    pub(in crate::load) help: String,
    /// The bytes of the text to mark, if they are not those that the TOML parser gave.
    pub(in crate::load) at: Option<Range<usize>>,
    /// How many of the lines that follow belong to the same slip.
    pub(in crate::load) further_lines: usize,
}

pub(in crate::load) fn slip(message: impl Into<String>, help: impl Into<String>) -> Slip {
    Slip {
        message: message.into(),
        help: help.into(),
        at: None,
        further_lines: 0,
    }
}

/// A value as it should be written after a key.
pub(in crate::load) fn value(key: &str, written: &str) -> String {
    let written = without_quotes(written);
    if let Some(date) = as_typed::date(written) {
        return date.to_string();
    }
    if let Some(time) = as_typed::time(written) {
        return time.strftime("%H:%M:%S").to_string();
    }
    if keys::takes_a_flag(key)
        && let Some(flag) = as_typed::yes_or_no(written)
    {
        return flag.to_string();
    }
    if let Some(number) = number_word(written) {
        return number.to_string();
    }
    // "2 copies"
    let figures = written.split_whitespace().next().unwrap_or_default();
    if keys::takes_a_number(key) && figures.parse::<u32>().is_ok() {
        return figures.to_owned();
    }
    if keys::takes_words(key) {
        return quoted(&written.to_lowercase().replace(' ', "-"));
    }
    quoted(written)
}

/// The same for a value that may be a list or a table, which stays as it is.
pub(in crate::load) fn kept(key: &str, written: &str) -> String {
    if written.starts_with(['[', '{', '"']) {
        written.to_owned()
    } else {
        value(key, written)
    }
}

/// A text in quotation marks; those inside it are escaped.
pub(in crate::load) fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "/").replace('"', "\\\""))
}

/// A text without quotation marks of any kind around it.
pub(in crate::load) fn without_quotes(written: &str) -> &str {
    written
        .trim()
        .trim_matches(['“', '”', '„', '‘', '’', '"', '\'', '«', '»', '″', '`'])
        .trim()
}

/// A value without the comment after it.
pub(in crate::load) fn without_remark(written: &str) -> &str {
    let mut inside = None;
    for (at, letter) in written.char_indices() {
        match (inside, letter) {
            (None, '"' | '\'') => inside = Some(letter),
            (Some(quote), _) if letter == quote => inside = None,
            (None, '#') if at == 0 || written[..at].ends_with(char::is_whitespace) => {
                return &written[..at];
            }
            _ => {}
        }
    }
    written
}

/// Whether a text can be the name of a key or a table.
pub(in crate::load) fn is_name(key: &str) -> bool {
    !key.is_empty()
        && key
            .chars()
            .all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_' | '.'))
}
