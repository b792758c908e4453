//! The keys of a table that the format does not know: which there are, and what they were meant to be.

use super::{Table, capital};
use crate::finding::{Finding, Spanned};
use crate::load::codes;
use crate::load::keys::{self, Shape};
use crate::load::nearest::{meanings, meant, nearest};
use crate::load::several;

impl Table<'_> {
    /// The unknown keys that have not been reported, in the order in which they are written.
    pub(in crate::load) fn unknown(&self) -> Vec<Unknown> {
        self.keys()
            .into_iter()
            .filter(|key| !self.is_known(&key.value))
            .filter(|key| !self.answered.borrow().contains(&key.value))
            .map(|key| {
                let value = self
                    .table
                    .get(key.value.as_str())
                    .map(|value| value.get_ref());
                let inner = value.and_then(|value| value.as_table());
                let inner = inner.into_iter().flat_map(|inner| inner.keys());
                Unknown {
                    holds: inner.map(|key| key.get_ref().to_string()).collect(),
                    text: value.and_then(|value| value.as_str()).map(str::to_owned),
                    flag: value.and_then(|value| value.as_bool()),
                    key,
                }
            })
            .collect()
    }

    /// Whether `key` is missing and an unknown key looks like it, or like a word of it, `verbal = true`, or
    /// has it with a number: `1. place = …`.
    pub(in crate::load) fn misspelt(&self, key: &str) -> bool {
        !self.table.contains_key(key)
            && self.table.iter().any(|(written, value)| {
                let written = written.get_ref().as_ref();
                let is_word = || {
                    value.get_ref().as_bool() == Some(true)
                        && keys::key_of_word(written, self.shape).is_some_and(|(of, _)| of == key)
                };
                let is_numbered = || {
                    let inner = value.get_ref().as_table();
                    written.parse::<u8>().is_ok()
                        && inner.is_some_and(|table| table.contains_key(key))
                };
                !self.is_known(written)
                    && (nearest(written, [key]).is_some() || is_word() || is_numbered())
            })
    }

    /// Reports the unknown keys, each with the most similar known one.
    pub(in crate::load) fn finish(self) {
        let declared = self.shape.keys().map(|key| key.name);
        let known = declared.chain(self.own_keys.iter().map(String::as_str));
        for Unknown {
            key,
            flag,
            holds,
            text,
        } in self.unknown()
        {
            // Words that the clerk wants to be read are not advised away.
            let is_said = text.is_some_and(|text| text.trim().contains(' '));
            let finding = Finding::error(
                codes::UNKNOWN_KEY,
                key.span,
                format!("{} has no key `{}`", capital(&self.what), key.value),
            );
            // What is `file` for an appendix is `source` for an item, and the other way round.
            let is_paper = key.value == "file" && meant(&key.value, &known).is_some();
            let is_file = key.value == "source" && known.clone().any(|key| key == "file");
            let home = keys::home(&key.value, self.shape).filter(|_| !is_paper && !is_file);
            if let Some(home) = home.and_then(|shape| shape.home) {
                self.note(
                    finding
                        .label(format!("`{}` belongs in {home}", key.value))
                        .help(format!("Move the line `{} = …` to {home}", key.value)),
                );
                continue;
            }
            if let Some(name) = several::meant_tables(&key.value) {
                let name = several::header(name, &self.what);
                self.note(
                    finding
                        .label(format!("did you mean [[{name}]]?"))
                        .help(format!(
                            "Write a line [[{name}]] for each, and below it the keys of that one"
                        )),
                );
                continue;
            }
            // "1. place = …", as a numbered list is pasted.
            if let (Ok(_), [inner]) = (key.value.parse::<u8>(), holds.as_slice()) {
                let finding = Finding::error(
                    finding.code,
                    key.span,
                    format!("A key has no number before it: {}. {inner}", key.value),
                );
                self.note(finding.help(format!(
                    "Take the number away, so that the line begins {inner} ="
                )));
                continue;
            }
            // `chair = true`.
            if let (Some(true), Some((of, word))) =
                (flag, keys::key_of_word(&key.value, self.shape))
            {
                self.note(
                    finding
                        .label(format!("did you mean `{of}`?"))
                        .help(format!("Write {of} = \"{word}\"")),
                );
                continue;
            }
            let far = elsewhere(&key.value, self.shape);
            if let Some((label, help)) = far.filter(|_| meant(&key.value, &known).is_none()) {
                self.note(finding.label(label).help(help));
                continue;
            }
            let near = if is_file {
                Some("file")
            } else {
                nearest(&key.value, known.clone())
            };
            self.note(match near {
                // Removing the line would publish what it was meant to withhold.
                Some(near) if near == "access" => finding
                    .label(format!("did you mean `{near}`?"))
                    .help(format!(
                        "Change it to `{near}`. Until then this is kept out of everything public"
                    )),
                Some(near) => finding
                    .label(format!("did you mean `{near}`?"))
                    .help(format!("Change it to `{near}`, or remove the line")),
                None => finding.help(format!(
                    "{}; the keys here are {}",
                    if is_said && known.clone().any(|key| key == "text") {
                        "Put its words into `text`, which is printed, or remove it"
                    } else {
                        "Remove it"
                    },
                    known
                        .clone()
                        .map(|key| format!("`{key}`"))
                        .collect::<Vec<_>>()
                        .join(", ")
                )),
            });
        }
    }
}

/// Where a key was meant to be written that another table has, by this name or one that means the same,
/// and how: the label of the finding and its help.
fn elsewhere(written: &str, shape: &Shape) -> Option<(String, String)> {
    // A name in the minutes has `as` to say what somebody was at that meeting.
    let may_have_role = shape.key("as").is_none();
    let word = keys::word_elsewhere(written, shape)
        .or_else(|| meanings(written).find_map(|word| keys::word_elsewhere(word, shape)))
        .filter(|_| may_have_role);
    let meant = meanings(written).find_map(|meant| {
        if keys::is_tables_of_pack(meant) {
            let help = format!("Write a line [[{meant}]] in pack.toml, and below it its `text`");
            return Some((format!("did you mean [[{meant}]]?"), help));
        }
        let home = keys::home(meant, shape)?.home?;
        let help = format!("Move the line to {home}, and change `{written}` to `{meant}`");
        Some((
            format!("did you mean `{meant}`, which belongs in {home}?"),
            help,
        ))
    });
    let role = |(home, key, word): (&str, &str, &str)| {
        let label = format!("did you mean {key} = \"{word}\" in {home}?");
        (
            label,
            format!("Take the line out, and write {key} = \"{word}\" in {home}"),
        )
    };
    meant.or(word.map(role))
}

/// A key that the format does not know.
pub(in crate::load) struct Unknown {
    /// The key.
    pub(in crate::load) key: Spanned<String>,
    /// Its keys, if it is a table.
    pub(in crate::load) holds: Vec<String>,
    /// Its value, if that is text.
    pub(in crate::load) text: Option<String>,
    /// Its value, if that is true or false.
    pub(in crate::load) flag: Option<bool>,
}
