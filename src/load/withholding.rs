//! The words by which people say that something is not for everybody, and what a clerk is to write
//! instead of them.

use crate::model::as_typed::yes_or_no;

/// Words by which people say that something is not for everybody.
pub(super) const WITHHOLDING: [&str; 22] = [
    "schedule-12a",
    "exempt",
    "confidential",
    "private",
    "restricted",
    "restrict",
    "secret",
    "withheld",
    "withhold",
    "not-for-publication",
    "not-public",
    "non-public",
    "members-only",
    "part-2",
    "part2",
    "part-ii",
    "sensitive",
    "embargo",
    "closed",
    "pink-paper",
    "eithriedig",
    "cyfrinachol",
];

macro_rules! lines {
    () => {
        "access = \"exempt\", exempt-paragraphs = [3] with the paragraph that applies (none in a parish council), and public-interest = \"…\" with the reason, each on a line of its own; or access = \"confidential\". Until then it is kept out of everything public"
    };
}

/// The lines that withhold something, to go on a sentence.
pub(super) const LINES: &str = lines!();
/// The same as help gives them.
pub(super) const THREE_LINES: &str = concat!("Write ", lines!());

/// Whether words say that something is not for everybody.
pub(super) fn says(words: &str) -> bool {
    let words = words.to_lowercase().replace([' ', '_'], "-");
    WITHHOLDING.iter().any(|known| words.contains(known))
}

/// What is said of a key that means it and is none of the format's.
pub(super) fn meant_by(key: &str) -> String {
    format!("`{key}` seems to say that this is not public, but a pack does not know this key")
}

/// The key of a line that means it, written as no key of the format is: "exempt: yes", "Private = Yes",
/// "EXEMPT".
pub(super) fn in_line(line: &str) -> Option<&str> {
    let (key, value) = line.split_once(['=', ':']).unwrap_or((line, "yes"));
    let key = key.trim().trim_start_matches("- ");
    let is_name = !key.is_empty() && !key.contains(char::is_whitespace);
    let own = matches!(key, "exempt-paragraphs" | "public-interest");
    let value = value.trim().trim_matches(['"', '\'']);
    let denied = value.is_empty() || yes_or_no(value) == Some(false);
    let exact = key.to_lowercase().replace('_', "-");
    (is_name && !own && !denied && WITHHOLDING.contains(&exact.as_str())).then_some(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_that_mean_it_are_known_in_any_notation() {
        assert_eq!(in_line("exempt: yes"), Some("exempt"));
        assert_eq!(in_line("Private = Yes"), Some("Private"));
        assert_eq!(in_line("part_2: true"), Some("part_2"));
        assert_eq!(in_line("EXEMPT"), Some("EXEMPT"));
        for line in [
            "exempt: no",
            "exempt-paragraphs: 3",
            "title: Exempt accommodation",
            "the private sector: rents",
        ] {
            assert_eq!(in_line(line), None, "{line}");
        }
    }
}
