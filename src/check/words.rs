//! Comparing words as a clerk would: without number, case, punctuation or kind of apostrophe.

use regex::Regex;
use std::sync::LazyLock;

static LEADING_NUMBER: LazyLock<Regex> =
    pattern!(r"^\s*(?:[0-9]+(?:\.[0-9]+)*[.)]?|[A-Za-z][.)]|\(?[ivx]+\))\s+");

/// A heading without its number, its case and its closing colon.
pub(crate) fn heading(text: &str) -> String {
    let text = LEADING_NUMBER.replace(text, "");
    let plain: String = text
        .chars()
        .map(|c| match c {
            '’' | '‘' => '\'',
            '–' | '—' | '‑' => '-',
            '&' => '+',
            c => c,
        })
        .collect();
    let joined = plain
        .split_whitespace()
        .map(|word| if word == "+" { "and" } else { word })
        .collect::<Vec<_>>()
        .join(" ")
        .to_lowercase();
    joined
        .trim_end_matches([':', '.', ' '])
        .trim_start_matches(['-', ' '])
        .to_owned()
}

/// Letters and digits only, in lower case.
pub(crate) fn squash(text: &str) -> String {
    text.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// The words that carry meaning, in lower case and without their punctuation.
pub(crate) fn content_words(text: &str) -> Vec<String> {
    const SMALL: &[&str] = &[
        "a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "report", "the", "to",
        "with", "update", "item",
    ];
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.chars().count() > 1)
        .map(str::to_lowercase)
        .filter(|word| !SMALL.contains(&word.as_str()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_compare_without_number_case_and_colon() {
        for written in [
            "15. Background papers:",
            "15 BACKGROUND PAPERS",
            "Background  papers",
        ] {
            assert_eq!(heading(written), "background papers");
        }
        assert_eq!(heading("Health & safety"), "health and safety");
        assert_eq!(heading("Sandwell’s vision"), "sandwell's vision");
    }
}
