//! The number printed on a page, and runs of such numbers.
//!
//! A page that corrects a published one may keep its number with a letter: 61a takes the place of
//! 61, and 61b that of 61a. Everything that counts, compares, prints or writes down page numbers
//! goes by these two types.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The number printed on a page: 61, or 61a. In order, 61a comes after 61 and before 62.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PageNumber {
    number: u32,
    letter: Option<Letter>,
}

/// The letter of a page that took another's number, from a to z in lower case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Letter(u8);

impl Letter {
    /// The first of them.
    pub const FIRST: Self = Self(b'a');

    /// The letter that a text is; `None` unless it is one of a to z.
    pub fn of(letter: &str) -> Option<Self> {
        match letter.as_bytes() {
            [letter @ b'a'..=b'z'] => Some(Self(*letter)),
            _ => None,
        }
    }

    /// The next one; `None` after z.
    pub fn next(self) -> Option<Self> {
        (self.0 < b'z').then(|| Self(self.0 + 1))
    }
}

impl std::fmt::Display for Letter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", char::from(self.0))
    }
}

impl PageNumber {
    /// The number with a letter, or with none.
    pub fn lettered(number: u32, letter: Option<Letter>) -> Self {
        Self { number, letter }
    }

    /// The number without its letter.
    pub fn number(self) -> u32 {
        self.number
    }

    /// Its letter, if it has one.
    pub fn letter(self) -> Option<Letter> {
        self.letter
    }

    /// The number that many pages later, with the same letter.
    #[must_use]
    pub fn plus(self, pages: usize) -> Self {
        let pages = u32::try_from(pages).unwrap_or(u32::MAX);
        Self {
            number: self.number.saturating_add(pages),
            ..self
        }
    }

    /// Reads a printed number; `None` where the text is not one.
    pub fn read(printed: &str) -> Option<Self> {
        let figures = printed.trim_end_matches(|letter: char| letter.is_ascii_lowercase());
        let letter = match &printed[figures.len()..] {
            "" => None,
            letter => Some(Letter::of(letter)?),
        };
        let is_plain = figures.bytes().all(|figure| figure.is_ascii_digit());
        let number = figures.parse().ok().filter(|_| is_plain)?;
        Some(Self { number, letter })
    }
}

impl From<u32> for PageNumber {
    fn from(number: u32) -> Self {
        Self {
            number,
            letter: None,
        }
    }
}

impl std::fmt::Display for PageNumber {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.number)?;
        self.letter.map_or(Ok(()), |letter| letter.fmt(f))
    }
}

/// A plain number for programs to count with; one with a letter as it is printed.
impl Serialize for PageNumber {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.letter {
            None => serializer.serialize_u32(self.number),
            Some(_) => serializer.collect_str(self),
        }
    }
}

impl<'de> Deserialize<'de> for PageNumber {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Written {
            Plain(u32),
            Printed(String),
        }
        match Written::deserialize(deserializer)? {
            Written::Plain(number) => Ok(number.into()),
            Written::Printed(printed) => Self::read(&printed)
                .ok_or_else(|| D::Error::custom(format!("“{printed}” is not a page number"))),
        }
    }
}

/// Consecutive page numbers, all with the same letter or all with none: 61 to 64, 61a to 64a.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct PageRange {
    letter: Option<Letter>,
    first: u32,
    last: u32,
}

impl PageRange {
    /// From a number to a later one with the same letter. An earlier one makes a single page.
    pub fn new(first: PageNumber, last: u32) -> Self {
        Self {
            letter: first.letter,
            first: first.number,
            last: last.max(first.number),
        }
    }

    /// Its first number.
    pub fn first(self) -> PageNumber {
        PageNumber::lettered(self.first, self.letter)
    }

    /// Its last number.
    pub fn last(self) -> PageNumber {
        PageNumber::lettered(self.last, self.letter)
    }

    /// The same numbers with another letter.
    #[must_use]
    pub fn with_letter(self, letter: Letter) -> Self {
        Self {
            letter: Some(letter),
            ..self
        }
    }

    /// How many numbers there are.
    pub fn count(self) -> u32 {
        (self.last - self.first).saturating_add(1)
    }

    /// Whether a number is one of them.
    pub fn contains(self, number: PageNumber) -> bool {
        number.letter == self.letter && (self.first..=self.last).contains(&number.number)
    }

    /// Each of them in order.
    pub fn numbers(self) -> impl Iterator<Item = PageNumber> {
        (self.first..=self.last).map(move |number| PageNumber::lettered(number, self.letter))
    }

    /// Whether it shares a number with another range.
    pub fn meets(self, other: Self) -> bool {
        self.letter == other.letter && self.first <= other.last && other.first <= self.last
    }

    /// Ranges in order, those without a letter first. Those that touch or overlap become one.
    pub fn joined(mut ranges: Vec<Self>) -> Vec<Self> {
        ranges.sort_unstable();
        let mut joined: Vec<Self> = Vec::new();
        for range in ranges {
            match joined.last_mut() {
                Some(before)
                    if before.letter == range.letter
                        && range.first <= before.last.saturating_add(1) =>
                {
                    before.last = before.last.max(range.last);
                }
                _ => joined.push(range),
            }
        }
        joined
    }
}

/// "page 61", "pages 61a to 64a": as findings and messages say it.
impl std::fmt::Display for PageRange {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.count() {
            1 => write!(f, "page {}", self.first()),
            _ => write!(f, "pages {} to {}", self.first(), self.last()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_comes_after_its_number_and_before_the_next() {
        let printed = ["61", "61a", "61b", "62", "143"];
        let numbers = printed.map(|printed| PageNumber::read(printed).expect("a number"));
        assert!(numbers.is_sorted());
        assert_eq!(numbers.map(|number| number.to_string()), printed);
        for wrong in ["", "a", "61A", "61ab", "6a1", "+61", "ix", "61a "] {
            assert_eq!(PageNumber::read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn programs_get_a_number_where_there_is_no_letter() {
        let numbers = [PageNumber::from(61), PageNumber::read("61a").expect("one")];
        let written = serde_json::to_string(&numbers).expect("JSON");
        assert_eq!(written, "[61,\"61a\"]");
        let read: [PageNumber; 2] = serde_json::from_str(&written).expect("numbers");
        assert_eq!(read, numbers);
    }

    #[test]
    fn ranges_of_other_letters_are_not_joined() {
        let range = |first: &str, last| PageRange::new(PageNumber::read(first).expect("one"), last);
        let joined = PageRange::joined(vec![
            range("61a", 64),
            range("10", 12),
            range("13", 13),
            range("62", 63),
        ]);
        let told: Vec<String> = joined.iter().map(ToString::to_string).collect();
        assert_eq!(
            told,
            ["pages 10 to 13", "pages 62 to 63", "pages 61a to 64a"]
        );
        assert!(!range("61a", 64).meets(range("61", 64)));
        assert_eq!(range("61a", 61).to_string(), "page 61a");
    }
}
