//! The glyphs of a font program of the old kind, Type 1: their names and widths (Adobe Type 1 Font Format,
//! chapters 2, 6 and 7).

/// The most glyphs that are read of one program.
const MOST: usize = 4_000;
/// The keys of the two parts of a program that are encrypted.
const PRIVATE: u16 = 55_665;
const OUTLINE: u16 = 4_330;
/// How many bytes without meaning an encrypted part begins with.
const LEAD: usize = 4;

/// The name of each glyph and its width in thousandths of an em, in order. `None` if the program cannot be read.
pub(super) fn widths(program: &[u8]) -> Option<Vec<(String, f64)>> {
    let key = b"eexec";
    let at = memchr::memmem::find(program, key)? + key.len();
    let (clear, hidden) = program.split_at(at);
    let scale = scale(clear)?;
    let blank = hidden
        .iter()
        .take_while(|byte| byte.is_ascii_whitespace())
        .count();
    let private = unlocked(&hidden[blank..], PRIVATE, LEAD);
    let after = |key: &[u8]| Some(memchr::memmem::find(&private, key)? + key.len());
    let lead = match after(b"/lenIV") {
        Some(mut at) => word(&private, &mut at).and_then(integer)?,
        None => LEAD,
    };
    let mut widths = Vec::new();
    let mut at = after(b"/CharStrings")?;
    // Each is written as `/name length RD bytes ND`, with one space before the bytes.
    while let Some(slash) = memchr::memchr(b'/', &private[at..])
        && widths.len() < MOST
    {
        at += slash + 1;
        let name = word(&private, &mut at)?;
        let Some(length) = word(&private, &mut at).and_then(integer) else {
            break;
        };
        word(&private, &mut at)?;
        let start = at + 1;
        let end = start.checked_add(length)?;
        let Some(outline) = private.get(start..end) else {
            break;
        };
        if let Some(width) = width(&unlocked(outline, OUTLINE, lead)) {
            widths.push((String::from_utf8_lossy(name).into_owned(), width * scale));
        }
        at = end;
    }
    (!widths.is_empty()).then_some(widths)
}

/// The names that the program itself gives to codes; none where it has those of the standard encoding.
pub(super) fn codes(program: &[u8]) -> Vec<(usize, String)> {
    let clear = memchr::memmem::find(program, b"eexec").map_or(program, |end| &program[..end]);
    let (mut codes, mut at) = (Vec::new(), 0);
    // Each is written as `dup code /name put`.
    while let Some(first) = word(clear, &mut at) {
        if first == b"dup"
            && let Some(code) = word(clear, &mut at).and_then(integer)
            && let Some(name) = word(clear, &mut at).and_then(|name| name.strip_prefix(b"/"))
        {
            codes.push((code, String::from_utf8_lossy(name).into_owned()));
        }
    }
    codes
}

/// The thousandths of an em that a unit of the program is, by its matrix.
fn scale(clear: &[u8]) -> Option<f64> {
    let key = b"/FontMatrix";
    let mut at = memchr::memmem::find(clear, key)? + key.len();
    let mut next = || word(clear, &mut at);
    // The bracket may stand apart.
    let first = next()
        .filter(|word| word.iter().any(u8::is_ascii_digit))
        .or_else(next)?;
    let first = std::str::from_utf8(first).ok()?.trim_matches(['[', '{']);
    Some(first.parse::<f64>().ok()? * 1000.0)
}

/// The next word at a place, which moves behind it.
fn word<'a>(text: &'a [u8], at: &mut usize) -> Option<&'a [u8]> {
    let is_blank = |byte: &u8| byte.is_ascii_whitespace();
    let start = *at + text.get(*at..)?.iter().position(|byte| !is_blank(byte))?;
    let length = text[start..].iter().position(is_blank);
    *at = start + length.unwrap_or(text.len() - start);
    Some(&text[start..*at])
}

fn integer(word: &[u8]) -> Option<usize> {
    std::str::from_utf8(word).ok()?.parse().ok()
}

fn unlocked(hidden: &[u8], mut key: u16, lead: usize) -> Vec<u8> {
    let plain = hidden.iter().map(|&byte| {
        let plain = byte ^ key.to_be_bytes()[0];
        key = u16::from(byte)
            .wrapping_add(key)
            .wrapping_mul(52_845)
            .wrapping_add(22_719);
        plain
    });
    plain.skip(lead).collect()
}

/// The width that an outline begins with.
fn width(outline: &[u8]) -> Option<f64> {
    let mut stack: Vec<f64> = Vec::new();
    let mut bytes = outline.iter().copied();
    let mut next = || bytes.next();
    while let Some(byte) = next() {
        match byte {
            32..=246 => stack.push(f64::from(byte) - 139.0),
            247..=250 => stack.push((f64::from(byte) - 247.0) * 256.0 + f64::from(next()?) + 108.0),
            251..=254 => {
                stack.push(-(f64::from(byte) - 251.0) * 256.0 - f64::from(next()?) - 108.0);
            }
            255 => {
                let number = [next()?, next()?, next()?, next()?];
                stack.push(f64::from(i32::from_be_bytes(number)));
            }
            // `hsbw` has the width second, `sbw` third, and `div` may come before either.
            13 => return stack.get(1).copied(),
            12 => match next()? {
                7 => return stack.get(2).copied(),
                12 => {
                    let (divisor, number) = (stack.pop()?, stack.pop()?);
                    stack.push(number / divisor);
                }
                _ => return None,
            },
            _ => return None,
        }
        if stack.len() > 24 {
            return None;
        }
    }
    None
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// What the two keys lock, as the format says it is done.
    fn locked(plain: &[u8], mut key: u16) -> Vec<u8> {
        let lead = [0; LEAD];
        let lock = |&byte: &u8| {
            let hidden = byte ^ (key >> 8) as u8;
            key = u16::from(hidden)
                .wrapping_add(key)
                .wrapping_mul(52_845)
                .wrapping_add(22_719);
            hidden
        };
        lead.iter().chain(plain).map(lock).collect()
    }

    /// A program of two glyphs: "A" is 722 wide, and "b" 500, which it has as a fraction.
    pub(in crate::pdf::content) fn program() -> Vec<u8> {
        let outlines: [(&str, &[u8]); 2] = [
            ("A", &[139, 249, 102, 13, 14]),
            (
                "b",
                &[139, 255, 0, 15, 66, 64, 255, 0, 0, 7, 208, 12, 12, 13, 14],
            ),
        ];
        let mut private = b"dup /Private 8 dict dup begin /CharStrings 2 dict dup begin\n".to_vec();
        for (name, outline) in outlines {
            let outline = locked(outline, OUTLINE);
            private.extend(format!("/{name} {} RD ", outline.len()).bytes());
            private.extend(outline);
            private.extend(b" ND\n");
        }
        private.extend(b"end end");
        let clear = b"%!PS-AdobeFont-1.0\n/FontMatrix [0.001 0 0 0.001 0 0] readonly def\n\
                      /Encoding 256 array\n0 1 255 {1 index exch /.notdef put} for\n\
                      dup 65 /A put\ndup 66 /b put\nreadonly def\ncurrentfile eexec\n";
        [clear, &locked(&private, PRIVATE)[..]].concat()
    }

    #[test]
    fn glyphs_are_read_with_their_widths_and_codes() {
        let program = program();
        let widths = widths(&program).expect("a program");
        let widths: Vec<(&str, i64)> = widths
            .iter()
            .map(|(name, width)| (name.as_str(), width.round() as i64))
            .collect();
        assert_eq!(widths, [("A", 722), ("b", 500)]);
        let codes = codes(&program);
        assert_eq!(codes, [(65, "A".to_owned()), (66, "b".to_owned())]);
        assert_eq!(super::widths(b"eexec"), None);
        for length in 0..program.len() {
            let _ = super::widths(&program[..length]);
        }
    }
}
