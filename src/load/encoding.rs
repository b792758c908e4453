//! Encodings of text other than UTF-8, and the ends of lines of other systems.

/// In which encoding a spreadsheet's export was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Encoding {
    Utf8,
    Utf16,
    Windows1252,
}

/// The text of bytes in UTF-16, with a byte order mark or with letters that can be told without one.
pub(super) fn utf16(bytes: &[u8]) -> Option<String> {
    let (bytes, little) = match bytes {
        [0xFF, 0xFE, rest @ ..] => (rest, true),
        [0xFE, 0xFF, rest @ ..] => (rest, false),
        _ => {
            let start = bytes.get(..bytes.len().min(64))?;
            let all = |even_is_zero: bool| {
                start.len() >= 4
                    && start.chunks_exact(2).all(|pair| {
                        (pair[0] == 0) == even_is_zero && (pair[1] == 0) != even_is_zero
                    })
            };
            let little = all(false);
            if !little && !all(true) {
                return None;
            }
            (bytes, little)
        }
    };
    let units = bytes.chunks_exact(2).map(|pair| {
        let pair = [pair[0], pair[1]];
        if little {
            u16::from_le_bytes(pair)
        } else {
            u16::from_be_bytes(pair)
        }
    });
    let letters = char::decode_utf16(units);
    Some(letters.map(|letter| letter.unwrap_or('\u{fffd}')).collect())
}

/// A text with its lines ended by `\n`, whichever system ended them: a return alone, as old Macs had
/// it, is one byte as well, so no place moves.
pub(super) fn with_line_ends(text: String) -> String {
    if text.contains('\r') {
        text.replace("\r\n", "\n").replace('\r', "\n")
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn utf16_is_known_with_and_without_its_mark() {
        let little: Vec<u8> = "Home\t£5\n"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        let big: Vec<u8> = "Home\t5\n"
            .encode_utf16()
            .flat_map(u16::to_be_bytes)
            .collect();
        assert_eq!(utf16(&little).as_deref(), Some("Home\t£5\n"));
        assert_eq!(utf16(&big).as_deref(), Some("Home\t5\n"));
        assert_eq!(utf16(b"\xff\xfeH\0").as_deref(), Some("H"));
        assert_eq!(utf16(b"Home,Damp\n"), None);
        assert_eq!(utf16(b"\0\0\0\0"), None);
    }

    #[test]
    fn every_system_ends_lines_alike() {
        assert_eq!(with_line_ends("a\r\nb\rc\n".to_owned()), "a\nb\nc\n");
    }
}
