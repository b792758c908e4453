//! Numbers in words and in figures, English and Welsh.

/// The words for numbers that patterns look for.
macro_rules! number_words {
    () => {
        "(?i:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:-(?:one|two|three|four|five|six|seven|eight|nine))?|dau|dwy|tri|tair|pedwar|pedair|chwech|saith|wyth|naw)"
    };
}

/// A number of things, or a sum, under a name of its own: "45", "£1.2m", "forty".
macro_rules! amount {
    ($name:literal) => {
        concat!(
            "(?P<",
            $name,
            r">(?:£\s?)?[0-9][0-9,]*(?:\.[0-9]+)?(?:\s?(?:k|m|bn|million|billion|miliwn|biliwn)\b)?|\b",
            number_words!(),
            r"\b)"
        )
    };
}

/// The English numbers from one, in order.
const WORDS: [&str; 20] = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
];
const TENS: [&str; 7] = [
    "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
];
/// The Welsh numbers from one, in order, in their two genders and before a noun.
const WELSH: [&[&str]; 10] = [
    &["un"],
    &["dau", "dwy"],
    &["tri", "tair"],
    &["pedwar", "pedair"],
    &["pum", "pump"],
    &["chwe", "chwech"],
    &["saith"],
    &["wyth"],
    &["naw"],
    &["deg"],
];

/// The number that a word or figure stands for, from 1 to 99.
pub(crate) fn number(word: &str) -> Option<usize> {
    let lower = word.to_lowercase();
    let at = WORDS
        .iter()
        .position(|&known| known == lower)
        .or_else(|| WELSH.iter().position(|known| known.contains(&&*lower)));
    if let Some(at) = at {
        return Some(at + 1);
    }
    if let Some(at) = TENS.iter().position(|&known| known == lower) {
        return Some((at + 3) * 10);
    }
    // "Twenty-five".
    if let Some((tens, ones)) = lower.split_once('-')
        && let (Some(tens @ 20..), Some(ones @ 1..10)) = (number(tens), number(ones))
        && tens % 10 == 0
        && !lower.ends_with(|last: char| last.is_ascii_digit())
    {
        return Some(tens + ones);
    }
    lower.parse().ok().filter(|n| (1..100).contains(n))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_as_words_and_figures() {
        assert_eq!(number("Three"), Some(3));
        assert_eq!(number("12"), Some(12));
        assert_eq!(number("forty"), Some(40));
        assert_eq!(number("twenty-five"), Some(25));
        assert_eq!(number("20-5"), None);
        assert_eq!(number("Tair"), Some(3));
        assert_eq!(number("2019"), None);
        assert_eq!(number("few"), None);
    }
}
