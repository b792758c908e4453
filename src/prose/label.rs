//! What people type before the points of a list: a bullet, `3.`, `(a)`, `iv)`, `2.1`.

use crate::numeral::{letters, roman};

/// The greatest number that a label of letters is read as: `zz`, `xxxix`.
const MOST: usize = 52;

/// The label of a point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Label<'a> {
    /// What it counts with.
    pub shape: Shape,
    /// How it ends.
    pub ending: Ending,
    /// It without brackets and full stop.
    bare: &'a str,
}

/// What a label counts with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// `3`
    Number,
    /// `a`, `bb`, `iv`
    SmallLetters,
    /// `A`, `BB`, `IV`
    Capitals,
    /// `2.1`
    Parts,
}

/// How a label ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// With the last part of its number.
    Bare,
    /// `a.`
    Stop,
    /// `a)`
    Bracket,
    /// `(a)`
    Brackets,
}

impl<'a> Label<'a> {
    /// The label that a word is, if it is one.
    pub fn of(word: &'a str) -> Option<Self> {
        let (opened, inner) = match word.strip_prefix('(') {
            Some(inner) => (true, inner),
            None => (false, word),
        };
        let (ending, bare) = match (opened, inner.strip_suffix(')'), inner.strip_suffix('.')) {
            (true, Some(bare), _) => (Ending::Brackets, bare),
            (true, None, _) => return None,
            (false, Some(bare), _) => (Ending::Bracket, bare),
            (false, None, Some(bare)) => (Ending::Stop, bare),
            (false, None, None) => (Ending::Bare, inner),
        };
        let shape = shape(bare)?;
        // A number or a letter alone is a word like any other.
        (ending != Ending::Bare || shape == Shape::Parts).then_some(Self {
            shape,
            ending,
            bare,
        })
    }

    /// Whether a line that begins with it begins a point, and not with a time such as `6.30` or with
    /// initials such as `J.`
    pub fn begins_point(&self) -> bool {
        match self.shape {
            Shape::Number | Shape::SmallLetters => true,
            Shape::Capitals => self.ending != Ending::Stop,
            Shape::Parts => false,
        }
    }

    /// Whether it is that of the point with this number, from 1: `(i)` is the ninth after `(h)`, and
    /// the first of another list.
    pub fn counts(&self, number: usize) -> bool {
        match self.shape {
            Shape::Number => self.bare.parse() == Ok(number),
            Shape::Parts => false,
            Shape::SmallLetters | Shape::Capitals => {
                let bare = self.bare.to_ascii_lowercase();
                letters(number) == bare || roman(number) == bare
            }
        }
    }
}

/// What a label without its brackets counts with.
fn shape(bare: &str) -> Option<Shape> {
    let all = |is: fn(&u8) -> bool| !bare.is_empty() && bare.bytes().all(|byte| is(&byte));
    let counts = |shape| {
        let label = Label {
            shape,
            ending: Ending::Bare,
            bare,
        };
        // The longest that counts is `xxxviii`.
        (bare.len() <= 7 && (1..=MOST).any(|number| label.counts(number))).then_some(shape)
    };
    if all(u8::is_ascii_digit) {
        (bare.len() <= 3).then_some(Shape::Number)
    } else if all(u8::is_ascii_lowercase) {
        counts(Shape::SmallLetters)
    } else if all(u8::is_ascii_uppercase) {
        counts(Shape::Capitals)
    } else {
        is_number_in_parts(bare).then_some(Shape::Parts)
    }
}

/// Whether a word is a number of several levels, such as `2.1`, and no amount, such as `1.234`.
fn is_number_in_parts(word: &str) -> bool {
    let is_part = |part: &str| {
        (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    (2..=5).contains(&word.split('.').count()) && word.split('.').all(is_part)
}

/// Whether a line begins like a point of a list: `- `, `1. `, `(a) `, `ii) `.
pub fn begins_point(line: &str) -> bool {
    let Some((mark, _)) = line.trim_start().split_once(char::is_whitespace) else {
        return false;
    };
    (mark.chars().count() == 1 && mark.starts_with(is_bullet))
        || Label::of(mark).is_some_and(|label| label.begins_point())
}

/// Whether a character is a dot, a dash or a drawing that people type before a point.
pub fn is_bullet(c: char) -> bool {
    matches!(c, '-' | '–' | '—' | '*' | '·')
        || matches!(c as u32, 0x2022..=0x2027 | 0x2043 | 0x2190..=0x21ff | 0x2219 | 0x25a0..=0x27bf)
        // Word's bullets in the letters of Symbol and Wingdings
        || matches!(c as u32, 0xe000..=0xf8ff)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_told_from_words() {
        let labels = [
            ("1.", Shape::Number, Ending::Stop),
            ("12)", Shape::Number, Ending::Bracket),
            ("(3)", Shape::Number, Ending::Brackets),
            ("(a)", Shape::SmallLetters, Ending::Brackets),
            ("bb)", Shape::SmallLetters, Ending::Bracket),
            ("(iv)", Shape::SmallLetters, Ending::Brackets),
            ("xxxviii.", Shape::SmallLetters, Ending::Stop),
            ("B.", Shape::Capitals, Ending::Stop),
            ("(III)", Shape::Capitals, Ending::Brackets),
            ("2.1", Shape::Parts, Ending::Bare),
            ("10.3.2.", Shape::Parts, Ending::Stop),
        ];
        for (word, shape, ending) in labels {
            let label = Label::of(word).map(|label| (label.shape, label.ending));
            assert_eq!(label, Some((shape, ending)), "{word}");
        }
        for word in [
            "", "(", ")", "()", ".", "1", "a", "2019.", "1.234", "2025.1", "(see", "(see)", "etc.",
            "(iv", "iiv.", "ab)", "Iv.", "£2.1", "3.5m", "1,000.5", "é)",
        ] {
            assert_eq!(Label::of(word), None, "{word}");
        }
    }

    #[test]
    fn times_and_initials_begin_no_point() {
        let begins = |word: &str| Label::of(word).is_some_and(|it| it.begins_point());
        assert!(
            ["1.", "(12)", "b)", "iv.", "(C)", "II)"]
                .into_iter()
                .all(begins)
        );
        assert!(!["6.30", "J.", "2.1."].into_iter().any(begins));
    }

    #[test]
    fn a_letter_may_be_a_roman_numeral() {
        let counts = |word: &str, number| Label::of(word).is_some_and(|it| it.counts(number));
        assert!(counts("(i)", 9) && counts("(i)", 1) && !counts("(i)", 2));
        assert!(counts("IV.", 4) && counts("4)", 4) && counts("bb.", 28));
        assert!(!counts("2.1", 1) && !counts("2.1", 2));
    }

    #[test]
    fn bullets_are_told_from_letters() {
        for bullet in ['•', '–', '*', '▪', '➢', '\u{f0b7}'] {
            assert!(is_bullet(bullet), "{bullet:?}");
        }
        for other in ['a', '1', '(', '£', 'o'] {
            assert!(!is_bullet(other), "{other:?}");
        }
    }
}
