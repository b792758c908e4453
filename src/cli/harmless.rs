//! Words of files and sources, made fit for a terminal.

use std::borrow::Cow;

/// Text without control characters that could steer a terminal: names of files and words of sources
/// may hold any. Line ends and tabs stay and, where `colours` are wanted, what sets them.
pub(super) fn harmless(text: &str, colours: bool) -> Cow<'_, str> {
    let steers = |letter: char| letter.is_control() && !matches!(letter, '\n' | '\t');
    if !text.contains(steers) {
        return Cow::Borrowed(text);
    }
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(steers) {
        kept.push_str(&rest[..at]);
        rest = &rest[at..];
        let colour = colours.then(|| colour(rest)).flatten();
        if let Some(sequence) = colour {
            kept.push_str(sequence);
            rest = &rest[sequence.len()..];
        } else {
            kept.push('\u{fffd}');
            let mut letters = rest.chars();
            letters.next();
            rest = letters.as_str();
        }
    }
    kept.push_str(rest);
    Cow::Owned(kept)
}

/// The sequence that sets a colour at the start of a text.
fn colour(text: &str) -> Option<&str> {
    let inner = text.strip_prefix("\x1b[")?;
    let end = inner.find(|letter: char| !letter.is_ascii_digit() && letter != ';')?;
    inner[end..].starts_with('m').then(|| &text[..end + 3])
}

#[cfg(test)]
mod tests {
    use super::harmless;

    #[test]
    fn nothing_steers_a_terminal_but_colours_that_are_wanted() {
        let text = "a\x1b[31mred\x1b[0m\x1b[2J\x07\u{9b}31m\tb\n";
        assert_eq!(
            harmless(text, true),
            "a\x1b[31mred\x1b[0m\u{fffd}[2J\u{fffd}\u{fffd}31m\tb\n"
        );
        assert!(!harmless(text, false).contains('\x1b'));
    }
}
