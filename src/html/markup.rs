//! Words become HTML here and nowhere else: every character with a meaning in HTML is escaped, characters
//! that HTML does not allow are left out, and an address is a link only if its scheme is known to be
//! harmless.

use std::fmt::Write as _;

/// Adds words between tags.
pub(super) fn text(out: &mut String, words: &str) {
    add(out, words, |out, character| match character {
        '&' => out.push_str("&amp;"),
        '<' => out.push_str("&lt;"),
        '>' => out.push_str("&gt;"),
        '\u{a0}' => out.push_str("&nbsp;"),
        _ => out.extend(allowed(character)),
    });
}

/// Adds words inside a double-quoted attribute.
pub(super) fn attribute(out: &mut String, words: &str) {
    add(out, words, |out, character| match character {
        '&' => out.push_str("&amp;"),
        '<' => out.push_str("&lt;"),
        '>' => out.push_str("&gt;"),
        '"' => out.push_str("&quot;"),
        '\u{a0}' => out.push_str("&nbsp;"),
        '\n' | '\t' => out.push(' '),
        _ => out.extend(allowed(character)),
    });
}

/// Adds words, and calls `other` for each character that may not stand as it is. Stretches of plain ASCII,
/// which images consist of, are added at once.
fn add(out: &mut String, words: &str, other: impl Fn(&mut String, char)) {
    let is_plain = |byte: &u8| matches!(byte, b' '..=b'~') && !b"&<>\"".contains(byte);
    let mut rest = words;
    while !rest.is_empty() {
        let plain = rest.bytes().position(|byte| !is_plain(&byte));
        let (plain, after) = rest.split_at(plain.unwrap_or(rest.len()));
        out.push_str(plain);
        let mut characters = after.chars();
        if let Some(character) = characters.next() {
            other(out, character);
        }
        rest = characters.as_str();
    }
}

/// Words escaped for use between tags.
pub(super) fn escaped(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    text(&mut out, words);
    out
}

/// Plain words for a template's data, without the characters that HTML does not allow.
pub fn clean(words: &str) -> String {
    words.chars().filter_map(allowed).collect()
}

/// Adds ` name="value"`.
pub(super) fn pair(out: &mut String, name: &str, value: &str) {
    let _ = write!(out, " {name}=\"");
    attribute(out, value);
    out.push('"');
}

/// A character as HTML allows it: control characters and noncharacters are left out (HTML Standard,
/// 13.2.3.5), and bullets of symbol fonts, which are common in PDFs, become bullets.
fn allowed(character: char) -> Option<char> {
    match character {
        '\n' | '\t' => Some(character),
        '\u{c}' | '\r' | '\u{b}' => Some(' '),
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' => None,
        '\u{f0b7}' | '\u{f0a7}' | '\u{f076}' | '\u{f0d8}' => Some('•'),
        '\u{e000}'..='\u{f8ff}' | '\u{fdd0}'..='\u{fdef}' => None,
        _ if u32::from(character) & 0xfffe == 0xfffe || u32::from(character) >= 0xf_0000 => None,
        _ => Some(character),
    }
}

/// The address of a website, which may be written without its scheme: "www.anytown.example".
pub fn website(written: &str) -> Option<String> {
    let host = written.trim();
    let is_host = host.contains('.') && !host.contains(|c: char| c.is_whitespace() || c == '@');
    web_address(host).or_else(|| is_host.then(|| web_address(&format!("https://{host}")))?)
}

/// An address for `href`, before escaping: only web, mail and telephone, and nothing that a browser would
/// run or read from the reader's own disk.
pub(super) fn web_address(address: &str) -> Option<String> {
    let address: String = address
        .trim()
        .chars()
        .filter(|character| !character.is_control())
        .collect();
    let (scheme, rest) = address.split_once(':')?;
    let known = ["http", "https", "mailto", "tel"]
        .iter()
        .any(|known| scheme.eq_ignore_ascii_case(known));
    let web = scheme.len() >= 4 && scheme[..4].eq_ignore_ascii_case("http");
    let host = rest.strip_prefix("//").is_some_and(|host| {
        host.starts_with(|first: char| first.is_alphanumeric() || first == '[')
    });
    (known && !rest.is_empty() && (!web || host)).then(|| percent_encoded(&address))
}

/// An address with the characters that it may not contain as `%XX` of their UTF-8 bytes.
fn percent_encoded(address: &str) -> String {
    let mut out = String::with_capacity(address.len());
    let bytes = address.as_bytes();
    for (at, character) in address.char_indices() {
        let bare_percent = character == '%'
            && !bytes
                .get(at + 1..at + 3)
                .is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit));
        let plain = character.is_ascii_graphic()
            && !matches!(
                character,
                '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '}' | '|' | '[' | ']'
            )
            && !bare_percent;
        if plain {
            out.push(character);
        } else {
            let mut buffer = [0; 4];
            for byte in character.encode_utf8(&mut buffer).bytes() {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    out
}

/// The address of a file beside the page.
pub fn file_address(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for byte in name.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' | b'/' => {
                out.push(char::from(byte));
            }
            _ => {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_is_mark_up() {
        assert_eq!(
            escaped("<script>alert('1 & 2')</script>"),
            "&lt;script&gt;alert('1 &amp; 2')&lt;/script&gt;"
        );
        let mut out = String::new();
        pair(&mut out, "alt", "\" onload=\"x\n");
        assert_eq!(out, " alt=\"&quot; onload=&quot;x \"");
    }

    #[test]
    fn what_html_cannot_hold_is_left_out() {
        assert_eq!(escaped("a\0b\u{1b}c\u{ffff}d\u{e123}e"), "abcde");
        assert_eq!(escaped("\u{f0b7} first"), "• first");
    }

    #[test]
    fn only_harmless_addresses_are_links() {
        for address in [
            "javascript:alert(1)",
            "JavaScript:alert(1)",
            "java\nscript:alert(1)",
            "data:text/html,x",
            "file:///etc/passwd",
            "vbscript:x",
            "//example.org",
            "relative.html",
            "http:",
            "http:javascript",
            "",
        ] {
            assert_eq!(web_address(address), None, "{address}");
        }
        assert_eq!(
            web_address(" https://example.org/a b?c=\"d\"&e=100% "),
            Some("https://example.org/a%20b?c=%22d%22&e=100%25".to_owned())
        );
        assert_eq!(
            web_address("HTTPS://example.org/%C3%A9"),
            Some("HTTPS://example.org/%C3%A9".to_owned())
        );
        assert!(web_address("mailto:clerk@council.example").is_some());
        assert!(web_address("tel:+441632960000").is_some());
    }
}
