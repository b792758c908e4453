//! Turns text typed in capitals into sentence case. How a word is written elsewhere decides which
//! letters stay capital: names and abbreviations keep theirs.

use std::collections::BTreeMap;

/// How each word is written in running text, by its form in lower case; `None` where it is also
/// written in lower case throughout.
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

    /// A text in capitals turned into sentence case. `opens` says whether its first word opens a
    /// sentence, and afterwards whether the first word of the text that follows does.
    pub fn sentence_case(&self, text: &str, opens: &mut bool) -> String {
        let mut sentence = String::with_capacity(text.len());
        let mut numbers = false;
        for word in text.split_inclusive(char::is_whitespace) {
            let trimmed = word.trim_end();
            let bare = bare(trimmed);
            if bare.is_empty() {
                sentence.push_str(word);
                continue;
            }
            let small = bare.to_lowercase();
            let number = std::mem::replace(&mut numbers, NUMBERED.contains(&small.as_str()))
                && is_number(bare);
            let mut spelt = match self.0.get(&small) {
                _ if number => bare.to_owned(),
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

/// Words that a letter or a Roman numeral follows: "Appendix A", "Part II".
const NUMBERED: [&str; 16] = [
    "appendix", "annex", "part", "schedule", "section", "table", "figure", "option", "phase",
    "block", "zone", "class", "group", "form", "atodiad", "rhan",
];

/// Whether a word is such a letter or numeral.
fn is_number(word: &str) -> bool {
    word.chars().count() == 1 || word.chars().all(|c| matches!(c, 'I' | 'V' | 'X'))
}

/// A word without the marks around it.
fn bare(word: &str) -> &str {
    word.trim_matches(|character: char| !character.is_alphanumeric())
}

/// Whether a text is typed in capitals: it has more than five letters, none in lower case.
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
    fn the_letter_of_an_appendix_stays_a_capital() {
        let spellings = Spellings::default();
        let said = |text: &str| spellings.sentence_case(text, &mut true);
        assert_eq!(said("APPENDIX A - A SUMMARY"), "Appendix A - a summary");
        assert_eq!(said("PART II: PLANS"), "Part II: plans");
        assert_eq!(said("PART OF THE PLAN"), "Part of the plan");
    }

    #[test]
    fn a_short_abbreviation_is_not_typed_in_capitals() {
        assert!(in_capitals("BACKGROUND PAPERS"));
        assert!(!in_capitals("MASA"));
        assert!(!in_capitals("The MASA and the LSCB"));
    }
}
