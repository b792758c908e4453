//! Explains a line that is not TOML: the mistake in plain words, and the line as it should be. It knows how
//! people write, and nothing about the meaning of keys beyond which tables there can be several of.

use std::ops::Range;

use super::cited::{self, number_word};
use super::keys;
use super::withholding;
use crate::model::{Date, as_typed};
use crate::prose::label::is_bullet;

mod line;
mod signs;

pub(super) use line::{Slip, quoted, value};
use line::{is_name, kept, slip, without_quotes, without_remark};

/// Tables that there can be several of, and that so have double brackets.
pub(super) const SEVERAL: [&str; 9] = [
    "item",
    "item.item",
    "item.appendix",
    "item.item.appendix",
    "appendix",
    "part",
    "copy",
    "member",
    "notice",
];

/// Invisible characters, with their names.
const UNSEEN: [(char, &str); 10] = [
    ('\u{a0}', "a no-break space"),
    ('\u{202f}', "a narrow no-break space"),
    ('\u{2007}', "a figure space"),
    ('\u{3000}', "a wide space"),
    ('\u{200b}', "a zero-width space"),
    ('\u{feff}', "a byte order mark"),
    ('\u{ad}', "a soft hyphen"),
    ('\u{200e}', "a direction mark"),
    ('\u{2028}', "a line separator"),
    ('\u{85}', "a Word line break"),
];

/// Explains the line of `text` in `line`; `said` is the message of the TOML parser.
pub(super) fn of(text: &str, line: Range<usize>, said: &str) -> Slip {
    let words = text.get(line.clone()).unwrap_or("");
    let trimmed = words.trim();
    unseen(words, line.start)
        .or_else(|| signs::merge(text, &line))
        .or_else(|| signs::remark(trimmed))
        .or_else(|| signs::for_equals(trimmed))
        .or_else(|| brackets(trimmed))
        .or_else(|| comma(text, &line, said))
        .or_else(|| withheld(trimmed))
        .or_else(|| key_and_value(text, &line))
        .or_else(|| colon(trimmed))
        .or_else(|| no_equals(trimmed))
        .unwrap_or_else(|| {
            slip(
                "This line is neither the name of a table nor a key with its value",
                "Write a key, an equals sign and a value, such as title = \"Apologies\"; put # before the line if it is a comment",
            )
        })
}

/// A line that is to withhold something, in the words of no key: "exempt: yes". To have it right as
/// TOML would not make it right.
fn withheld(line: &str) -> Option<Slip> {
    let key = withholding::in_line(line)?;
    Some(slip(withholding::meant_by(key), withholding::THREE_LINES))
}

/// An invisible character outside quotation marks.
fn unseen(words: &str, start: usize) -> Option<Slip> {
    let mut inside = None;
    for (at, letter) in words.char_indices() {
        match (inside, letter) {
            (None, '"' | '\'') => inside = Some(letter),
            (Some(quote), _) if letter == quote => inside = None,
            (None, '#') => return None,
            _ => {}
        }
        if inside.is_some() {
            continue;
        }
        if let Some((_, name)) = UNSEEN.iter().find(|(unseen, _)| *unseen == letter) {
            let space = name.contains("space") && !name.contains("zero");
            return Some(Slip {
                at: Some(start + at..start + at + letter.len_utf8()),
                ..slip(
                    format!("There is {name} here, which TOML cannot read"),
                    if space {
                        "Delete it and type an ordinary space"
                    } else {
                        "Delete it: put the cursor after it and press the backspace key once"
                    },
                )
            });
        }
    }
    None
}

/// The name of a table that a line has in brackets of some kind, and what follows it there.
fn in_brackets(line: &str) -> Option<(&str, &str)> {
    if !line.starts_with(['[', '{', '(']) || line.contains('=') {
        return None;
    }
    let line = line.split('#').next().unwrap_or(line);
    let inner = line.trim_matches(|letter: char| {
        letter.is_whitespace() || matches!(letter, '[' | ']' | '{' | '}' | '(' | ')')
    });
    let end = inner.find([' ', ':']).unwrap_or(inner.len());
    let (name, rest) = inner.split_at(end);
    is_name(name).then_some((name, rest))
}

/// The line that names a table as it should be, if a line has the name in brackets of some kind.
pub(super) fn as_header(line: &str) -> Option<String> {
    let (name, rest) = in_brackets(line.trim())?;
    (rest.is_empty() || SEVERAL.contains(&name.to_lowercase().as_str())).then(|| header(name))
}

/// The name of a table in brackets that do not match.
fn brackets(line: &str) -> Option<Slip> {
    let (name, rest) = in_brackets(line)?;
    if !rest.is_empty() {
        // "[[item 3]]"
        return SEVERAL.contains(&name.to_lowercase().as_str()).then(|| {
            slip(
                format!(
                    "{} takes no number and no name: its keys go below it",
                    header(name)
                ),
                format!("Write {}", header(name)),
            )
        });
    }
    Some(slip(
        "The brackets of this line do not match",
        format!("Write {}", header(name)),
    ))
}

/// A table's name in its brackets.
pub(super) fn header(name: &str) -> String {
    let name = name.to_lowercase();
    if SEVERAL.contains(&name.as_str()) {
        format!("[[{name}]]")
    } else {
        format!("[{name}]")
    }
}

/// A comma that is missing between the entries of a list.
fn comma(text: &str, line: &Range<usize>, said: &str) -> Option<Slip> {
    if !said.contains("comma") {
        return None;
    }
    let before = text.get(..line.start)?.trim_end();
    let own = text.get(line.clone())?.trim_start();
    // On one line: ["a" "b"].
    if own.contains('[') {
        return Some(slip(
            "A comma is missing between the entries of this list",
            "Put a comma after each entry but the last",
        ));
    }
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    let last = before.get(start..)?.trim_start();
    Some(Slip {
        at: Some(before.len() - last.len()..before.len()),
        ..slip(
            "A comma is missing at the end of this line",
            format!("Write {last},"),
        )
    })
}

/// A key and a value that cannot be read.
fn key_and_value(text: &str, line: &Range<usize>) -> Option<Slip> {
    let (key, written) = text.get(line.clone())?.split_once('=')?;
    let (key, written) = (key.trim(), without_remark(written).trim());
    if let Some(name) = key.strip_prefix(is_bullet).map(str::trim)
        && is_name(name)
    {
        return Some(slip(
            "An entry does not begin with a dash or a bullet here",
            format!(
                "Begin each item with a line [[item]], and write {name} = {} below it",
                value(name, written)
            ),
        ));
    }
    if !is_name(key) {
        let joined = key.replace(' ', "-").to_lowercase();
        return is_name(&joined).then(|| {
            // "Published date" is `published`, and "Meeting date" is `date`.
            let words = key.split(' ').map(str::to_lowercase);
            let name = std::iter::once(joined.clone())
                .chain(words)
                .find(|name| keys::is_known(name))
                .unwrap_or(joined);
            slip(
                "The name of a key has no spaces",
                format!("Write {name} = {}", kept(&name, written)),
            )
        });
    }
    let write = |value: &str| format!("Write {key} = {value}");
    if written.is_empty() {
        let example = keys::example(key).unwrap_or("\"…\"");
        return Some(slip(
            format!("`{key}` has no value"),
            format!("Write {key} = {example}, or remove the line"),
        ));
    }
    if let Some(written) = written.strip_prefix('=') {
        return Some(slip(
            "A key and its value are separated by one equals sign",
            write(&value(key, written)),
        ));
    }
    if let Some(list) = paragraphs(key, written) {
        return Some(slip(
            "Paragraphs are written as numbers in square brackets",
            write(&list),
        ));
    }
    if let Some(slip) =
        signs::curly_rows(text, line, key, written).or_else(|| signs::several(key, written))
    {
        return Some(slip);
    }
    if written.starts_with(['“', '”', '„', '‘', '’', '«', '″', '`']) {
        return Some(slip(
            "A value needs straight quotation marks, not curly ones",
            write(&value(key, written)),
        ));
    }
    if let Some(slip) = path(key, written) {
        return Some(slip);
    }
    if let Some(quote) = written.chars().next().filter(|c| matches!(c, '"' | '\'')) {
        return Some(in_quotes(text, line, key, written, quote));
    }
    if let Some(date) = as_typed::date(without_quotes(written)) {
        return Some(day(key, date));
    }
    if as_typed::time(without_quotes(written)).is_some() {
        return Some(slip(
            "A time is written as hours, minutes and seconds",
            write(&value(key, written)),
        ));
    }
    if let Some(entries) = with_equals(written) {
        return Some(slip(
            "A key and its value are separated by an equals sign, not by a colon",
            write(&entries),
        ));
    }
    if let Some(mended) = with_quoted_numbers(written) {
        return Some(slip(
            "A telephone number needs quotation marks",
            write(&mended),
        ));
    }
    if written.starts_with(['[', '{']) {
        return Some(slip(
            "This list or table is not closed, or an entry of it cannot be read",
            format!(
                "Write lists as {key} = [\"…\", \"…\"] and tables as {key} = {{ name = \"…\" }}"
            ),
        ));
    }
    if let Some(example) = keys::example(key) {
        return Some(slip(
            format!("`{key}` takes a day or a time"),
            format!("Write the right one, such as {key} = {example}, or remove the line"),
        ));
    }
    let meant = value(key, written);
    Some(if number_word(written).is_some() {
        slip("A number is written in figures", write(&meant))
    } else if meant == "true" || meant == "false" {
        slip("Yes and no are written as true and false", write(&meant))
    } else {
        slip("Text needs quotation marks", write(&meant))
    })
}

/// A list or inline table with its colons replaced by equals signs; `None` if it has none.
fn with_equals(written: &str) -> Option<String> {
    if !written.starts_with(['[', '{']) {
        return None;
    }
    let mut inside = None;
    let mut mended = String::new();
    for letter in written.chars() {
        match (inside, letter) {
            (None, '"' | '\'') => inside = Some(letter),
            (Some(quote), _) if letter == quote => inside = None,
            (None, ':') => {
                mended.truncate(mended.trim_end().len());
                mended.push_str(" =");
                continue;
            }
            _ => {}
        }
        mended.push(letter);
    }
    (mended != written).then_some(mended)
}

/// The paragraphs of a schedule as a list, in whatever way they are cited.
fn paragraphs(key: &str, written: &str) -> Option<String> {
    let cited = cited::paragraphs(written);
    (key == "exempt-paragraphs" && !cited.is_empty()).then(|| format!("{cited:?}"))
}

/// An inline table with quotation marks around its telephone numbers; `None` if all have them.
fn with_quoted_numbers(written: &str) -> Option<String> {
    if !written.starts_with(['[', '{']) {
        return None;
    }
    let mut mended = written.to_owned();
    for key in ["phone", "telephone", "mobile"] {
        let Some(after) = mended
            .find(&format!("{key} ="))
            .map(|at| at + key.len() + 2)
        else {
            continue;
        };
        let gap = mended[after..].len() - mended[after..].trim_start().len();
        let start = after + gap;
        let end = mended[start..]
            .find([',', '}', '"'])
            .map_or(mended.len(), |at| start + at);
        let number = mended[start..end].trim().to_owned();
        if number.starts_with(|letter: char| letter.is_ascii_digit() || matches!(letter, '+' | '('))
        {
            let space = if mended[end..].starts_with('}') {
                " "
            } else {
                ""
            };
            mended.replace_range(start..end, &format!("\"{number}\"{space}"));
        }
    }
    (mended != written).then_some(mended)
}

/// A day that is not written as in TOML.
pub(super) fn day(key: &str, date: Date) -> Slip {
    slip(
        "A day is written year-month-day, without quotation marks",
        format!("Write {key} = {date}"),
    )
}

/// A Windows path, whose backslashes TOML reads as escapes.
fn path(key: &str, written: &str) -> Option<Slip> {
    if !written.contains('\\') {
        return None;
    }
    let bare = without_quotes(without_remark(written));
    let forward = bare.replace("\\\\", "\\").replace('\\', "/");
    let far = forward.starts_with('/') || forward.as_bytes().get(1) == Some(&b':');
    let of_a_file = matches!(key, "source" | "sources" | "file" | "alternative" | "logo")
        || far
        || forward
            .rsplit('/')
            .next()
            .is_some_and(|name| name.rsplit_once('.').is_some_and(|(_, end)| end.len() <= 5));
    if !of_a_file {
        return (!bare.contains('"')).then(|| {
            slip(
                "A backslash inside quotation marks has a special meaning",
                "Write \\\\ for a backslash, or put the text between single quotation marks",
            )
        });
    }
    Some(if far {
        let name = forward.rsplit('/').next().unwrap_or(&forward);
        slip(
            "This path has backslashes and leads out of the workspace",
            format!("Copy the file into the pack's folder, and write {key} = \"{name}\""),
        )
    } else {
        slip(
            "The folders in a path are separated by /, not by a backslash",
            format!("Write {key} = \"{forward}\""),
        )
    })
}

/// A value that begins with a quotation mark.
fn in_quotes(text: &str, line: &Range<usize>, key: &str, written: &str, quote: char) -> Slip {
    let marks = written.matches(quote).count() - written.matches("\\\"").count();
    let inner = written.strip_prefix(quote).unwrap_or(written);
    let inner = inner.strip_suffix(quote).unwrap_or(inner).trim();
    if marks == 1 {
        if let Some(further_lines) = goes_on(text, line, quote) {
            return Slip {
                further_lines,
                ..slip(
                    "This text goes on over several lines",
                    format!(
                        "Put it between three quotation marks: {key} = \"\"\"…\"\"\"; or write it on one line"
                    ),
                )
            };
        }
        return slip(
            "The quotation marks are not closed",
            format!("Write {key} = {}", quoted(without_quotes(inner))),
        );
    }
    let mut parts = written.split(quote).filter(|part| !part.trim().is_empty());
    let ends_twice = written.ends_with(&format!("{quote}{quote}"));
    if marks == 3 && ends_twice && parts.clone().count() == 1 {
        return slip(
            "The text ends in two quotation marks, and one is enough",
            format!("Write {key} = {}", quoted(without_quotes(inner))),
        );
    }
    let list = written.split(quote).skip(2).step_by(2).all(|between| {
        let between = between.trim();
        between == "," || between.is_empty()
    });
    if marks >= 4 && marks.is_multiple_of(2) && list {
        let entries: Vec<String> = parts
            .by_ref()
            .filter(|part| part.trim() != ",")
            .map(quoted)
            .collect();
        let key = if key == "source" { "sources" } else { key };
        return slip(
            "Several texts need square brackets",
            format!("Write {key} = [{}]", entries.join(", ")),
        );
    }
    let after = written.rsplit(quote).next().unwrap_or_default().trim();
    if marks == 2 && matches!(after, "," | ";" | ".") {
        return slip(
            format!("`{after}` follows the closing quotation mark"),
            format!(
                "Write {key} = {}",
                quoted(inner.split(quote).next().unwrap_or(inner).trim())
            ),
        );
    }
    if marks == 2 {
        return slip(
            "Something follows the closing quotation mark",
            format!(
                "Write {key} = {}",
                quoted(&written.replace(quote, "").replace("  ", " "))
            ),
        );
    }
    let single = if inner.contains('\'') {
        String::new()
    } else {
        format!(", or {key} = '{inner}'")
    };
    slip(
        "Quotation marks inside a text need a backslash before them",
        format!("Write {key} = {}{single}", quoted(inner)),
    )
}

/// How many further lines a text takes that is not closed on its first line; `None` if none of the next ten
/// closes it.
fn goes_on(text: &str, line: &Range<usize>, quote: char) -> Option<usize> {
    let rest = text.get(line.end..)?.strip_prefix('\n')?;
    for (index, next) in rest.lines().take(10).enumerate() {
        let next = next.trim();
        if next.starts_with('[') {
            return None;
        }
        let is_key = next
            .split_once('=')
            .is_some_and(|(key, _)| is_name(key.trim()));
        if is_key {
            return None;
        }
        if next.matches(quote).count() == 1 && next.ends_with(quote) {
            return Some(index + 1);
        }
    }
    None
}

/// "place: …", as in other formats.
fn colon(line: &str) -> Option<Slip> {
    let (key, written) = line.split_once(':')?;
    let key = key.trim().trim_matches('"');
    is_name(key).then(|| {
        slip(
            "A key and its value are separated by an equals sign, not by a colon",
            match written
                .trim()
                .trim_start_matches('=')
                .trim_end_matches(',')
                .trim()
            {
                "" => format!("Write {key} = \"…\""),
                written => format!("Write {key} = {}", value(key, without_remark(written))),
            },
        )
    })
}

/// "time 17:00:00": a key and a value side by side.
fn no_equals(line: &str) -> Option<Slip> {
    let (key, written) = line.split_once(char::is_whitespace)?;
    let plain = key
        .chars()
        .all(|letter| letter.is_ascii_lowercase() || letter == '-');
    let one_value = written.split_whitespace().count() == 1 || written.trim().starts_with('"');
    (plain && is_name(key) && one_value).then(|| {
        slip(
            "An equals sign is missing between the key and its value",
            format!("Write {key} = {}", value(key, written)),
        )
    })
}

#[cfg(test)]
mod tests;
