//! Words of a content stream: numbers, names, strings as far as their length matters, operators.
//!
//! It knows how content is spelt and not what it draws: that is [`super::ink`]. It copies nothing
//! and never fails: what is no word is passed over.

/// A word of a content stream.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Word<'a> {
    Number(f32),
    Name(&'a [u8]),
    /// A string: how many bytes it shows and whether all of them are blank.
    Text {
        length: usize,
        blank: bool,
    },
    ArrayStart,
    ArrayEnd,
    DictStart,
    DictEnd,
    Operator(&'a [u8]),
}

/// Reads words one after the other.
pub(super) struct Words<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Words<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Words { bytes, at: 0 }
    }

    /// Passes over the data of an inline image, after its `ID`.
    pub(super) fn skip_image_data(&mut self) {
        // One white space follows ID; the data ends before white space and EI and white space.
        let mut at = self.at + 1;
        while at + 2 <= self.bytes.len() {
            let ends = self.bytes[at..].starts_with(b"EI")
                && (at == 0 || self.bytes[at - 1].is_ascii_whitespace())
                && self.bytes.get(at + 2).is_none_or(u8::is_ascii_whitespace)
                && self.looks_like_content(at + 2);
            if ends {
                self.at = at + 2;
                return;
            }
            at += 1;
        }
        self.at = self.bytes.len();
    }

    /// Whether what follows an `EI` is text, as content is, rather than more of the image.
    fn looks_like_content(&self, at: usize) -> bool {
        let end = (at + 12).min(self.bytes.len());
        self.bytes[at..end]
            .iter()
            .all(|byte| byte.is_ascii_graphic() || byte.is_ascii_whitespace())
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn regular(&mut self) -> &'a [u8] {
        let start = self.at;
        while self.peek().is_some_and(is_regular) {
            self.at += 1;
        }
        &self.bytes[start..self.at]
    }

    fn literal(&mut self) -> Word<'a> {
        let (mut length, mut blank, mut open) = (0, true, 1);
        let mut show = |byte: u8| {
            length += 1;
            blank &= is_blank(byte);
        };
        while let Some(byte) = self.peek() {
            self.at += 1;
            match byte {
                b'(' => {
                    open += 1;
                    show(byte);
                }
                b')' => {
                    open -= 1;
                    if open == 0 {
                        break;
                    }
                    show(byte);
                }
                b'\\' => {
                    let Some(escaped) = self.peek() else { break };
                    self.at += 1;
                    match escaped {
                        b'0'..=b'7' => {
                            let mut value = u32::from(escaped - b'0');
                            for _ in 0..2 {
                                match self.peek() {
                                    Some(digit @ b'0'..=b'7') => {
                                        value = value * 8 + u32::from(digit - b'0');
                                        self.at += 1;
                                    }
                                    _ => break,
                                }
                            }
                            show(u8::try_from(value & 0xff).unwrap_or(b'?'));
                        }
                        b'\n' | b'\r' => {}
                        b'n' | b'r' | b't' | b'b' | b'f' => show(b' '),
                        other => show(other),
                    }
                }
                other => show(other),
            }
        }
        Word::Text { length, blank }
    }

    fn hexadecimal(&mut self) -> Word<'a> {
        let (mut digits, mut blank, mut high) = (0_usize, true, 0);
        while let Some(byte) = self.peek() {
            self.at += 1;
            if byte == b'>' {
                break;
            }
            let Some(digit) = char::from(byte).to_digit(16) else {
                continue;
            };
            digits += 1;
            if digits % 2 == 1 {
                high = digit;
            } else {
                blank &= u8::try_from(high * 16 + digit).is_ok_and(is_blank);
            }
        }
        Word::Text {
            length: digits.div_ceil(2),
            blank,
        }
    }
}

impl<'a> Iterator for Words<'a> {
    type Item = Word<'a>;

    fn next(&mut self) -> Option<Word<'a>> {
        loop {
            let byte = self.peek()?;
            match byte {
                b'\0' | b'\t' | b'\n' | b'\x0c' | b'\r' | b' ' => self.at += 1,
                b'%' => {
                    while self
                        .peek()
                        .is_some_and(|byte| byte != b'\n' && byte != b'\r')
                    {
                        self.at += 1;
                    }
                }
                b'/' => {
                    self.at += 1;
                    return Some(Word::Name(self.regular()));
                }
                b'(' => {
                    self.at += 1;
                    return Some(self.literal());
                }
                b'<' if self.bytes.get(self.at + 1) == Some(&b'<') => {
                    self.at += 2;
                    return Some(Word::DictStart);
                }
                b'<' => {
                    self.at += 1;
                    return Some(self.hexadecimal());
                }
                b'>' if self.bytes.get(self.at + 1) == Some(&b'>') => {
                    self.at += 2;
                    return Some(Word::DictEnd);
                }
                b'[' | b']' => {
                    self.at += 1;
                    return Some(if byte == b'[' {
                        Word::ArrayStart
                    } else {
                        Word::ArrayEnd
                    });
                }
                b')' | b'>' | b'{' | b'}' => self.at += 1,
                b'0'..=b'9' | b'+' | b'-' | b'.' => {
                    return Some(Word::Number(number(self.regular())));
                }
                _ => return Some(Word::Operator(self.regular())),
            }
        }
    }
}

/// A number as content spells it, 0 for what is none. Digits beyond a float's reach are dropped.
fn number(text: &[u8]) -> f32 {
    let (mut value, mut scale, mut negative, mut fraction) = (0.0_f64, 1.0_f64, false, false);
    for byte in text {
        match byte {
            b'-' => negative = true,
            b'.' => fraction = true,
            b'0'..=b'9' => {
                let digit = f64::from(byte - b'0');
                if fraction {
                    scale /= 10.0;
                    value += digit * scale;
                } else {
                    value = value * 10.0 + digit;
                }
            }
            _ => {}
        }
    }
    #[allow(
        clippy::cast_possible_truncation,
        reason = "out of range becomes infinite and is then left out"
    )]
    let value = value.clamp(0.0, 1e30) as f32;
    if negative { -value } else { value }
}

fn is_regular(byte: u8) -> bool {
    !matches!(
        byte,
        b'\0'
            | b'\t'
            | b'\n'
            | b'\x0c'
            | b'\r'
            | b' '
            | b'('
            | b')'
            | b'<'
            | b'>'
            | b'['
            | b']'
            | b'{'
            | b'}'
            | b'/'
            | b'%'
    )
}

/// Codes that show nothing in nearly every font: the space, and in two-byte codes glyph 3 or the
/// space with a zero before it.
fn is_blank(byte: u8) -> bool {
    matches!(byte, 0 | 3 | b' ' | 0xa0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_told_apart() {
        let words: Vec<Word> =
            Words::new(b"q -1.5 .25 +3 (a\\)b\\040) <0003> /F1 <</MCID 3>> [(x)]TJ % no\nQ")
                .collect();
        assert_eq!(
            words,
            [
                Word::Operator(b"q"),
                Word::Number(-1.5),
                Word::Number(0.25),
                Word::Number(3.0),
                Word::Text {
                    length: 4,
                    blank: false
                },
                Word::Text {
                    length: 2,
                    blank: true
                },
                Word::Name(b"F1"),
                Word::DictStart,
                Word::Name(b"MCID"),
                Word::Number(3.0),
                Word::DictEnd,
                Word::ArrayStart,
                Word::Text {
                    length: 1,
                    blank: false
                },
                Word::ArrayEnd,
                Word::Operator(b"TJ"),
                Word::Operator(b"Q"),
            ]
        );
    }

    #[test]
    fn image_data_is_passed_over() {
        let mut words = Words::new(b"ID \xff EI\x01\x02 q ( EI Q");
        assert_eq!(words.next(), Some(Word::Operator(b"ID")));
        words.skip_image_data();
        assert_eq!(words.next(), Some(Word::Operator(b"Q")));
        assert_eq!(words.next(), None);
    }
}
