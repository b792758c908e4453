//! Escapes in literal strings (ISO 32000-2, 7.3.4.2), for code that reads objects from bytes.

/// Reads what follows a backslash, and moves past it. A line break after a backslash is left out. At the
/// end of the bytes, nothing is read.
pub(super) fn escape(bytes: &[u8], at: &mut usize, text: &mut Vec<u8>) {
    let Some(&byte) = bytes.get(*at) else { return };
    *at += 1;
    match byte {
        b'n' => text.push(b'\n'),
        b'r' => text.push(b'\r'),
        b't' => text.push(b'\t'),
        b'b' => text.push(8),
        b'f' => text.push(12),
        b'\r' => {
            if bytes.get(*at) == Some(&b'\n') {
                *at += 1;
            }
        }
        b'\n' => {}
        b'0'..=b'7' => {
            let mut value = u32::from(byte - b'0');
            for _ in 0..2 {
                let Some(digit @ b'0'..=b'7') = bytes.get(*at) else {
                    break;
                };
                value = value * 8 + u32::from(digit - b'0');
                *at += 1;
            }
            text.push((value & 0xff) as u8);
        }
        other => text.push(other),
    }
}

#[cfg(test)]
mod tests {
    use super::escape;

    #[test]
    fn each_escape_is_read_to_its_end() {
        for (bytes, read, left) in [
            (&b"nx"[..], &b"\n"[..], 1),
            (b"053x", b"+", 1),
            (b"53x", b"+", 1),
            (b"0535", b"+", 1),
            (b"777", b"\xff", 0),
            (b"\r\nx", b"", 1),
            (b"\rx", b"", 1),
            (b")", b")", 0),
            (b"", b"", 0),
        ] {
            let (mut at, mut text) = (0, Vec::new());
            escape(bytes, &mut at, &mut text);
            assert_eq!((text.as_slice(), bytes.len() - at), (read, left));
        }
    }
}
