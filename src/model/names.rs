//! Whether two names typed differently are the same person's: whichever apostrophe, hyphen, space
//! or capital the keyboard gave, and whether "Cllr" or "Councillor" comes before them.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// Titles that come before a name and are not part of it.
const STYLES: &[&str] = &[
    "alderman",
    "ald",
    "baroness",
    "cllr",
    "clr",
    "councillor",
    "cyng",
    "cynghorydd",
    "dame",
    "dr",
    "lady",
    "lord",
    "miss",
    "mr",
    "mrs",
    "ms",
    "mx",
    "prof",
    "professor",
    "rev",
    "revd",
    "reverend",
    "sir",
    "y",
];

/// A text with every letter and its accents as one character.
pub fn composed(text: &str) -> String {
    text.nfc().collect()
}

/// A text in lower case and without accents: "Zieliński" is "zielinski".
pub fn unaccented(text: &str) -> String {
    text.nfd()
        .filter(|letter| !is_combining_mark(*letter))
        .flat_map(char::to_lowercase)
        .collect()
}

/// A name in the form that names are compared in: one character for a letter with its accents, one
/// apostrophe, one hyphen, single spaces, lower case, no full stops or commas, and one word for a
/// councillor.
pub fn folded(name: &str) -> String {
    let plain: String = name
        .nfc()
        .filter_map(|letter| match letter {
            '’' | '‘' | 'ʼ' | '′' | '`' | '´' | '＇' | '‛' | 'ʹ' | 'ʻ' => Some('\''),
            '‐' | '‑' | '‒' | '–' | '—' | '−' | '﹣' | '－' => Some('-'),
            '.' | ',' => Some(' '),
            '\u{ad}' | '\u{200b}' | '\u{200c}' | '\u{200d}' | '\u{2060}' | '\u{feff}' => None,
            letter => Some(letter),
        })
        .flat_map(char::to_lowercase)
        .collect();
    let words: Vec<&str> = plain
        .split(char::is_whitespace)
        .filter(|word| !word.is_empty())
        .map(|word| match word {
            "cllr" | "clr" | "cyng" | "cynghorydd" => "councillor",
            word => word,
        })
        .collect();
    // "Smith - Jones" and "Smith-Jones".
    words.join(" ").replace(" - ", "-")
}

/// The parts of a folded name without the styles before it.
pub fn parts(name: &str) -> Vec<String> {
    let folded = folded(name);
    let mut words: Vec<&str> = folded.split(' ').filter(|word| !word.is_empty()).collect();
    while words.len() > 1 && STYLES.contains(&words[0]) {
        words.remove(0);
    }
    words.into_iter().map(ToOwned::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_person_is_one_name() {
        for (a, b) in [
            ("Desmond O’Hara", "Desmond O'Hara"),
            ("Desmond O`Hara", "DESMOND O'HARA"),
            ("Siân Llŷr", "Sia\u{302}n Lly\u{302}r"),
            ("Mary-Jane Smith", "Mary\u{2011}Jane\u{a0}Smith"),
            ("Mary-Jane  Smith", "Mary–Jane\u{202f}Smith"),
            ("Cllr Ffion Jones", "Councillor Ffion Jones"),
            ("Cllr. Ffion Jones", "Cynghorydd Ffion Jones"),
            ("A. B. Patel", "A B Patel"),
            ("Soft\u{ad}ly Named", "Softly Named"),
        ] {
            assert_eq!(folded(a), folded(b));
        }
        for (a, b) in [
            ("Siân Jones", "Sian Jones"),
            ("O'Hara", "Ohara"),
            ("M Hussain", "A Hussain"),
        ] {
            assert_ne!(folded(a), folded(b));
        }
    }

    #[test]
    fn a_style_is_no_part_of_a_name() {
        assert_eq!(parts("Cllr Dr A. B. Patel"), ["a", "b", "patel"]);
        assert_eq!(parts("Councillor Underhill"), ["underhill"]);
        assert_eq!(parts("Y Cynghorydd Siân Llŷr"), ["siân", "llŷr"]);
        assert_eq!(parts("Lord"), ["lord"]);
    }
}
