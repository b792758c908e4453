//! Windows-1252, an old encoding of text that other text is still mistaken for.

/// The characters of the bytes from 0x80 to 0x9F. The five that it leaves undefined are as in the
/// WHATWG Encoding Standard.
const HIGH: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}',
    '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// The character of a byte.
pub fn character(byte: u8) -> char {
    match byte {
        0x80..=0x9F => HIGH[usize::from(byte - 0x80)],
        other => char::from(other),
    }
}

/// The byte of a character, if it has one.
pub fn byte(character: char) -> Option<u8> {
    let high = || HIGH.iter().position(|known| *known == character);
    match u8::try_from(character) {
        Ok(byte) if !(0x80..=0x9F).contains(&byte) => Some(byte),
        _ => high().and_then(|at| u8::try_from(0x80 + at).ok()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_byte_has_a_character_of_its_own() {
        for value in u8::MIN..=u8::MAX {
            assert_eq!(byte(character(value)), Some(value));
        }
        assert_eq!(character(0x92), '’');
        assert_eq!(byte('ŵ'), None);
    }
}
