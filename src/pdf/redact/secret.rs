//! The words that were removed, which are searched for in everything else in the file.

use std::collections::BTreeSet;

use lopdf::{Object, StringFormat};

use crate::pdf::object::text;

/// The shortest words and phrases that are searched for, in characters. Shorter ones are everywhere.
const SHORTEST: usize = 4;

/// The words and phrases that must not be in the file any more.
#[derive(Debug, Clone, Default)]
pub(super) struct Secrets {
    /// The whole texts of boxes, if they have more than one word.
    phrases: BTreeSet<String>,
    /// Words that are no longer on any page, not even inside another word.
    words: BTreeSet<String>,
    /// Words that are no longer on any page except inside another word, as "very" is in "everybody". They are
    /// secret only as separate words.
    alone: BTreeSet<String>,
}

impl Secrets {
    /// The secrets of texts that were removed: each text as a whole, and those of its words that are no longer
    /// on any page.
    pub(super) fn of<'t>(texts: impl Iterator<Item = &'t str>, said: &BTreeSet<String>) -> Self {
        let long = |text: &String| text.chars().count() >= SHORTEST;
        let mut secrets = Self::default();
        for text in texts {
            let phrase = Some(plain(text)).filter(|text| long(text) && text.contains(' '));
            secrets.phrases.extend(phrase);
            for word in split(text).filter(|word| long(word) && !said.contains(word)) {
                if said.iter().any(|other| other.contains(&word)) {
                    secrets.alone.insert(word);
                } else {
                    secrets.words.insert(word);
                }
            }
        }
        secrets
    }

    /// Whether there is nothing to search for.
    pub(super) fn is_empty(&self) -> bool {
        self.phrases.is_empty() && self.words.is_empty() && self.alone.is_empty()
    }

    /// Whether a text repeats what was removed, or part of it.
    pub(super) fn in_text(&self, text: &str) -> bool {
        let whole = plain(text);
        self.phrases
            .iter()
            .chain(&self.words)
            .any(|secret| whole.contains(secret.as_str()))
            || (!self.alone.is_empty() && split(text).any(|word| self.alone.contains(&word)))
    }

    /// Whether a string of the file repeats it, however it is encoded.
    pub(super) fn in_string(&self, bytes: &[u8]) -> bool {
        let object = Object::String(bytes.to_vec(), StringFormat::Literal);
        text(&object).is_some_and(|text| self.in_text(&text)) || self.in_bytes(bytes)
    }

    /// Whether bytes have a word that is on no page, as text of one or two bytes for each letter.
    pub(super) fn in_bytes(&self, bytes: &[u8]) -> bool {
        if self.words.is_empty() {
            return false;
        }
        let lower = bytes.to_ascii_lowercase();
        self.words.iter().any(|word| {
            let wide: Vec<u8> = word.encode_utf16().flat_map(u16::to_be_bytes).collect();
            let turned: Vec<u8> = word.encode_utf16().flat_map(u16::to_le_bytes).collect();
            [word.as_bytes(), &wide, &turned]
                .into_iter()
                .any(|needle| memchr::memmem::find(&lower, needle).is_some())
        })
    }
}

/// A text in small letters with single spaces.
fn plain(text: &str) -> String {
    text.split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .to_lowercase()
}

/// Words in small letters without punctuation.
pub(super) fn split(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_that_pages_still_say_is_no_secret_but_the_whole_is() {
        let said = BTreeSet::from(["lane".to_owned()]);
        let secrets = Secrets::of(["Jane Doe, 14 Mill Lane"].into_iter(), &said);
        assert!(secrets.in_text("A case of JANE"));
        assert!(secrets.in_text("jane doe, 14  mill lane"));
        assert!(secrets.in_string(b"\xfe\xff\0M\0i\0l\0l"));
        assert!(secrets.in_bytes(b"<</T(mill)>>"));
        for public in ["Lane closures", "14", "Do"] {
            assert!(!secrets.in_text(public), "{public}");
        }
    }

    #[test]
    fn a_word_inside_another_that_pages_say_is_secret_only_alone() {
        let said = BTreeSet::from(["everybody".to_owned()]);
        let secrets = Secrets::of(["very"].into_iter(), &said);
        assert!(secrets.in_text("A Very Long List") && secrets.in_string(b"very"));
        assert!(!secrets.in_text("Everybody") && !secrets.in_bytes(b"(Everybody may) Tj"));
    }
}
