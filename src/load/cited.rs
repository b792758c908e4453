//! Reads the paragraphs of a schedule as people cite them: "12A.3", "Schedule 12A, paragraphs 1 to 3",
//! "para 3(1)", "1, 2 and 7"; and numbers that are written as words.

use std::collections::BTreeSet;

/// A number that is written as a word: "two".
pub(super) fn number_word(written: &str) -> Option<usize> {
    const WORDS: [&str; 12] = [
        "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
        "twelve",
    ];
    WORDS
        .iter()
        .position(|word| *word == written)
        .map(|index| index + 1)
}

/// Words after which a number is not that of a paragraph.
const OF_OTHERS: [&str; 12] = [
    "schedule", "sched", "sch", "part", "pt", "section", "sections", "sec", "s", "act", "atodlen",
    "rhan",
];

/// The numbers of the paragraphs that words cite, in the order of the words.
pub(super) fn paragraphs(words: &str) -> Vec<u8> {
    let mut found: Vec<u8> = Vec::new();
    // Whether the number before begins a range: "1 to 3".
    let mut range = false;
    let mut of_another = false;
    for token in tokens(words) {
        match token {
            Token::Word(word) => {
                range = matches!(word.as_str(), "to" | "i" | "hyd" | "at" | "-" | "–")
                    && !found.is_empty();
                if let Some(number) =
                    number_word(&word).and_then(|number| u8::try_from(number).ok())
                {
                    found.push(number);
                    of_another = false;
                } else {
                    of_another = OF_OTHERS.contains(&word.as_str());
                }
            }
            Token::Number(number) => {
                if !of_another {
                    if let (true, Some(&first)) = (range, found.last()) {
                        found.extend(first.saturating_add(1)..number);
                    }
                    found.push(number);
                }
                (range, of_another) = (false, false);
            }
        }
    }
    let mut seen = BTreeSet::new();
    found.retain(|number| seen.insert(*number));
    found
}

enum Token {
    Word(String),
    Number(u8),
}

/// The words and the numbers, without those of schedules ("12A", "Sch. 7A"), years and
/// sub-paragraphs ("3(1)", "3.1", "3a").
fn tokens(words: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut rest = words.trim_start();
    while let Some(first) = rest.chars().next() {
        if first.is_ascii_digit() {
            let end = rest
                .find(|c: char| !c.is_ascii_digit())
                .unwrap_or(rest.len());
            let figures = &rest[..end];
            rest = &rest[end..];
            // "12A" and "7A" are schedules; so is the "12" of "12.3".
            let lettered = rest
                .strip_prefix(['A', 'a'])
                .filter(|after| !after.starts_with(char::is_alphabetic));
            let twelve = figures == "12"
                && rest
                    .strip_prefix('.')
                    .is_some_and(|after| after.starts_with(|c: char| c.is_ascii_digit()));
            if let (Some(after), "12" | "7") = (lettered, figures) {
                rest = after;
                rest = rest.trim_start_matches(['.', '/', ':', ',', '-', '–', '(', ' ']);
                tokens.push(Token::Word("12a".to_owned()));
                continue;
            }
            if twelve {
                rest = &rest[1..];
                tokens.push(Token::Word("12a".to_owned()));
                continue;
            }
            if let Ok(number) = figures.parse::<u8>() {
                tokens.push(Token::Number(number));
            }
            rest = without_part(rest);
        } else if first.is_alphabetic() {
            let end = rest
                .find(|c: char| !c.is_alphabetic() && c != '\'')
                .unwrap_or(rest.len());
            tokens.push(Token::Word(rest[..end].to_lowercase()));
            rest = &rest[end..];
        } else {
            if matches!(first, '-' | '–') {
                tokens.push(Token::Word(first.to_string()));
            }
            rest = &rest[first.len_utf8()..];
        }
        rest = rest.trim_start();
    }
    tokens
}

/// What follows a number without the sub-paragraph that belongs to it.
fn without_part(rest: &str) -> &str {
    let figures = |text: &str| {
        text.find(|c: char| !c.is_ascii_alphanumeric())
            .unwrap_or(text.len())
    };
    if let Some(inner) = rest.strip_prefix('(')
        && let end @ 1..=3 = figures(inner)
        && let Some(after) = inner[end..].strip_prefix(')')
    {
        return without_part(after);
    }
    if let Some(inner) = rest.strip_prefix('.')
        && inner.starts_with(|c: char| c.is_ascii_digit())
    {
        return without_part(&inner[figures(inner)..]);
    }
    let letter = rest.starts_with(|c: char| c.is_ascii_alphabetic());
    if letter && !rest[1..].starts_with(char::is_alphanumeric) {
        return without_part(&rest[1..]);
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ways_to_cite_a_paragraph() {
        for (words, expected) in [
            ("3", &[3][..]),
            ("12A.3", &[3]),
            ("12a(3)", &[3]),
            ("12A/3", &[3]),
            ("12A 3", &[3]),
            ("12.3", &[3]),
            ("7A.6", &[6]),
            ("12A (1) and (2)", &[1, 2]),
            ("para 3", &[3]),
            ("Para. 3(1)", &[3]),
            ("Paragraph 3", &[3]),
            ("paragraph three", &[3]),
            ("Schedule 12A paragraph 3", &[3]),
            ("Sch. 12A, para 3", &[3]),
            ("Schedule 12A, Part 1, paragraphs 1 to 3", &[1, 2, 3]),
            (
                "paragraph 3 of Part 1 of Schedule 12A to the Local Government Act 1972",
                &[3],
            ),
            ("1, 2 and 7", &[1, 2, 7]),
            ("1-3", &[1, 2, 3]),
            ("1–3", &[1, 2, 3]),
            ("1; 2", &[1, 2]),
            ("1&2", &[1, 2]),
            ("Category 3", &[3]),
            ("3.1", &[3]),
            ("3a", &[3]),
            ("S12A P3", &[3]),
            ("paragraff 14", &[14]),
            ("commercial", &[]),
            ("section 100A(4)", &[]),
            ("", &[]),
        ] {
            assert_eq!(paragraphs(words), expected, "{words}");
        }
    }
}
