//! Lists and inline tables that are not closed. The TOML parser would take every line after one as part
//! of it.

use std::ops::Range;

/// A list or table that is not closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Unclosed {
    /// The lines that it takes up, in bytes of the text, without the last line's end.
    pub(super) lines: Range<usize>,
    /// What is wrong.
    pub(super) message: &'static str,
    /// What to write.
    pub(super) help: String,
}

/// The first value with a bracket that is not closed before the next key or table begins, or a text over
/// several lines that never ends.
pub(super) fn unclosed(text: &str) -> Option<Unclosed> {
    let mut open: Vec<char> = Vec::new();
    let mut began = 0;
    let mut long: Option<&'static str> = None;
    let mut text_began = 0;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        if long.is_none() && !open.is_empty() && (is_header(line) || is_entry(line, &open)) {
            let lines = began..start.saturating_sub(1).max(began);
            return Some(told(text, lines, &open));
        }
        if long.is_none() && open.is_empty() {
            if is_header(line) {
                continue;
            }
            began = start;
        }
        let before = long;
        brackets(line, &mut open, &mut long);
        if before.is_none() && long.is_some() {
            text_began = start;
        }
    }
    if let Some(mark) = long {
        return Some(never_ends(text, text_began, mark));
    }
    let lines = began..text.trim_end().len().max(began);
    (!open.is_empty()).then(|| told(text, lines, &open))
}

/// A text over several lines that never ends, and takes in the rest of the file. It is assumed to end
/// before the next key or table.
fn never_ends(text: &str, began: usize, mark: &str) -> Unclosed {
    let mut end = began;
    for (index, line) in text[began..].split_inclusive('\n').enumerate() {
        let key = line.split_once('=').map(|(key, _)| key.trim());
        let is_key = key.is_some_and(|key| {
            !key.is_empty()
                && key
                    .chars()
                    .all(|letter| letter.is_ascii_lowercase() || letter == '-')
        });
        if index > 0 && (is_key || is_header(line)) {
            break;
        }
        end += line.len();
    }
    let end = began + text[began..end].trim_end().len();
    Unclosed {
        lines: began..end,
        message: "This text over several lines never ends",
        help: format!("Put {mark} on a line of its own below the last line of the text"),
    }
}

fn told(text: &str, lines: Range<usize>, open: &[char]) -> Unclosed {
    let written = text.get(lines.clone()).unwrap_or_default().trim_end();
    let close: String = open
        .iter()
        .rev()
        .map(|bracket| if *bracket == '[' { ']' } else { '}' })
        .collect();
    let is_list = open.first() == Some(&'[');
    if let Some(mended) = table_closed(written) {
        return Unclosed {
            lines,
            message: "The curly bracket of this line is not closed",
            help: format!("Write {mended}"),
        };
    }
    Unclosed {
        lines,
        message: if is_list {
            "The square bracket of this list is not closed"
        } else {
            "The curly bracket of this line is not closed"
        },
        help: if written.contains(['\n', '#']) {
            format!("Put {close} after its last entry")
        } else {
            let space = if is_list { "" } else { " " };
            format!(
                "Write {}{space}{close}",
                written.trim_end_matches([',', ' '])
            )
        },
    }
}

/// A line whose list is closed and whose last table is not, as it should read.
fn table_closed(written: &str) -> Option<String> {
    if written.contains(['\n', '#']) {
        return None;
    }
    let entries = written.strip_suffix(']')?.trim_end_matches([',', ' ']);
    let mut open = Vec::new();
    brackets(entries, &mut open, &mut None);
    (open == ['[', '{']).then(|| format!("{entries} }}]"))
}

/// Whether a line is the name of a table: "[meeting]", "[[item]]".
fn is_header(line: &str) -> bool {
    let line = line.split('#').next().unwrap_or(line).trim();
    let name = line.trim_start_matches('[').trim_end_matches(']');
    line.starts_with('[')
        && line.ends_with(']')
        && name.starts_with(|letter: char| letter.is_ascii_lowercase())
        && name
            .chars()
            .all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_' | '.'))
}

/// Whether a line is a key with its value, which cannot be in a list.
fn is_entry(line: &str, open: &[char]) -> bool {
    let Some((key, _)) = line.split_once('=') else {
        return false;
    };
    let key = key.trim();
    open.last() == Some(&'[')
        && !key.is_empty()
        && key
            .chars()
            .all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_'))
}

/// Follows the brackets of a line, outside texts and comments. `long` is the mark that closes a text over
/// several lines.
fn brackets(line: &str, open: &mut Vec<char>, long: &mut Option<&'static str>) {
    let mut rest = line;
    while let Some(letter) = rest.chars().next() {
        if let Some(mark) = long {
            match rest.find(*mark) {
                Some(at) => {
                    rest = &rest[at + mark.len()..];
                    *long = None;
                    continue;
                }
                None => return,
            }
        }
        if let Some(mark) = ["\"\"\"", "'''"]
            .iter()
            .find(|mark| rest.starts_with(**mark))
        {
            *long = Some(mark);
            rest = &rest[mark.len()..];
            continue;
        }
        match letter {
            '#' => return,
            '"' | '\'' => match end_of_text(rest, letter) {
                Some(end) => {
                    rest = &rest[end..];
                    continue;
                }
                // A text that is not closed is another mistake.
                None => return open.clear(),
            },
            '[' | '{' => open.push(letter),
            ']' | '}' => {
                open.pop();
            }
            _ => {}
        }
        rest = &rest[letter.len_utf8()..];
    }
}

/// Where a text that begins here ends, its closing mark included.
fn end_of_text(rest: &str, quote: char) -> Option<usize> {
    let mut escaped = false;
    for (at, letter) in rest.char_indices().skip(1) {
        match letter {
            _ if escaped => escaped = false,
            '\\' if quote == '"' => escaped = true,
            _ if letter == quote => return Some(at + 1),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_closed_is_found_before_the_next_key() {
        for (text, lines, help) in [
            (
                "address = [\"Town Hall\", \"Merrow\"\nname = \"a\"\n",
                0..32,
                "Write address = [\"Town Hall\", \"Merrow\"]",
            ),
            (
                "a = 1\nheader = [\n  { key = \"x\" },\n\n[pack]\n",
                6..34,
                "Put ] after its last entry",
            ),
            (
                "officer = { name = \"x\"\n[pack]\n",
                0..22,
                "Write officer = { name = \"x\" }",
            ),
            (
                "contact = [{ name = \"x\" ]\nlang = \"cy\"\n",
                0..25,
                "Write contact = [{ name = \"x\" }]",
            ),
            ("sub = [\"a\", \n", 0..11, "Write sub = [\"a\"]"),
        ] {
            let found = unclosed(text).expect(text);
            assert_eq!((found.lines, found.help.as_str()), (lines, help), "{text}");
        }
    }

    #[test]
    fn what_is_closed_is_left_alone() {
        for text in [
            "[[item]]\ntitle = \"[draft\"\n[meeting]\n",
            "header = [\n  { key = \"x\", label = \"=\" },\n]\n[pack]\n",
            "text = \"\"\"\n[a\nb = 1\n\"\"\"\n[pack]\n",
            "a = [1, 2] # [\nb = 2\n",
            "a = \'C:\\[\'\nb = 1\n",
        ] {
            assert_eq!(unclosed(text), None, "{text}");
        }
    }
}
