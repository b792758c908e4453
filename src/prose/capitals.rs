//! Text typed in capitals, in sentence case. How a word is written elsewhere decides which letters
//! stay capital: names and abbreviations keep theirs.

use std::collections::BTreeMap;

/// How each word is written in running text, by its small letters; `None` where it is also
/// written in small letters throughout.
#[derive(Debug, Clone, Default)]
pub struct Spellings(BTreeMap<String, Option<String>>);

impl Spellings {
    /// Learns how the words of a text are written.
    pub fn learn(&mut self, text: &str) {
        let mut opens = true;
        for word in text.split_whitespace() {
            let bare = bare(word);
            if !bare.is_empty() && bare.chars().any(char::is_alphabetic) {
                let small = bare.to_lowercase();
                if bare == small {
                    self.0.insert(small, None);
                } else if !opens || bare.chars().skip(1).any(char::is_uppercase) {
                    // The first word of a sentence says nothing of how it is written inside one.
                    self.0.entry(small).or_insert_with(|| Some(bare.to_owned()));
                }
            }
            opens = word.ends_with(['.', ':', '?', '!']);
        }
    }

    /// A text in capitals, in sentence case. `opens` says whether its first word opens the
    /// sentence, and whether that of a text that goes on after it does.
    pub fn sentence_case(&self, text: &str, opens: &mut bool) -> String {
        let mut sentence = String::with_capacity(text.len());
        for word in text.split_inclusive(char::is_whitespace) {
            let trimmed = word.trim_end();
            let bare = bare(trimmed);
            if bare.is_empty() {
                sentence.push_str(word);
                continue;
            }
            let small = bare.to_lowercase();
            let mut spelt = match self.0.get(&small) {
                Some(Some(known)) => known.clone(),
                _ => small,
            };
            if *opens && spelt.chars().any(char::is_alphabetic) {
                let mut letters = spelt.chars();
                spelt = letters
                    .next()
                    .map(|first| first.to_uppercase().chain(letters).collect())
                    .unwrap_or_default();
                *opens = false;
            }
            sentence.push_str(&word.replacen(bare, &spelt, 1));
        }
        sentence
    }
}

/// A word without the marks around it.
fn bare(word: &str) -> &str {
    word.trim_matches(|character: char| !character.is_alphanumeric())
}

/// Whether a text is typed in capitals: more than one word or a long one, and no small letter.
pub fn in_capitals(text: &str) -> bool {
    let letters = text.chars().filter(|letter| letter.is_alphabetic()).count();
    letters > 5 && !text.chars().any(char::is_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_abbreviations_keep_their_capitals() {
        let mut spellings = Spellings::default();
        spellings.learn("In Fernwick's view the MASA has implications for all.");
        assert_eq!(
            spellings.sentence_case("IMPLICATIONS FOR FERNWICK'S VISION: THE MASA", &mut true),
            "Implications for Fernwick's vision: the MASA"
        );
    }

    #[test]
    fn a_short_abbreviation_is_not_typed_in_capitals() {
        assert!(in_capitals("BACKGROUND PAPERS"));
        assert!(!in_capitals("MASA"));
        assert!(!in_capitals("The MASA and the LSCB"));
    }
}
