//! Signs of other programs and languages in a line: comments, arrows and dashes for the equals sign, marks
//! of a merge.

use std::ops::Range;

use super::line::{Slip, is_name, slip, value, without_remark};

/// A comment in the form of another language.
pub(super) fn remark(line: &str) -> Option<Slip> {
    const MARKS: [(&str, &str); 6] = [
        ("//", ""),
        ("<!--", "-->"),
        ("/*", "*/"),
        (";", ""),
        ("--", ""),
        ("%", ""),
    ];
    let (words, end) = MARKS
        .iter()
        .find_map(|(mark, end)| Some((line.strip_prefix(mark)?, end)))?;
    let words = words.trim().trim_end_matches(end).trim();
    Some(slip("A comment begins with #", format!("Write # {words}")))
}

/// The marks that a merge leaves around two versions of the same lines.
pub(super) fn merge(text: &str, line: &Range<usize>) -> Option<Slip> {
    if !text.get(line.clone())?.starts_with("<<<<<<<") {
        return None;
    }
    let rest = text.get(line.end..)?.trim_start_matches('\n');
    let last = rest
        .lines()
        .position(|line| line.starts_with(">>>>>>>"))
        .unwrap_or(0);
    Some(Slip {
        further_lines: last + 1,
        ..slip(
            "A merge has left two versions of these lines here",
            "Keep the lines that are right, and remove the others and the rows of <, = and >",
        )
    })
}

/// Another sign in place of the equals sign: "title => …", "title – …".
pub(super) fn for_equals(line: &str) -> Option<Slip> {
    const SIGNS: [&str; 9] = ["=>", ":=", "->", "–", "—", "→", "~", "- ", "＝"];
    let end = line.find(|letter: char| {
        !(letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_' | '.'))
    })?;
    let (key, rest) = line.split_at(end);
    let rest = rest.trim_start();
    let written = SIGNS.iter().find_map(|sign| rest.strip_prefix(sign))?;
    (is_name(key) && !written.trim().is_empty()).then(|| {
        slip(
            "A key and its value are separated by an equals sign",
            format!("Write {key} = {}", value(key, without_remark(written))),
        )
    })
}

/// Several keys on one line: `title = "Rents", kind = "report"`.
pub(super) fn several(key: &str, written: &str) -> Option<Slip> {
    let quote = written.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let (first, rest) = written.get(1..)?.split_once(quote)?;
    let (next, _) = rest
        .trim_start()
        .strip_prefix([',', ';'])?
        .split_once('=')?;
    is_name(next.trim()).then(|| {
        slip(
            "Each key needs its own line",
            format!(
                "Write {key} = {quote}{first}{quote}, and begin a new line before {}",
                next.trim()
            ),
        )
    })
}

/// A text over several lines between rows of curly quotation marks.
pub(super) fn curly_rows(
    text: &str,
    line: &Range<usize>,
    key: &str,
    written: &str,
) -> Option<Slip> {
    let is_row = |line: &str| {
        let line = line.trim();
        line.chars().count() >= 3 && line.chars().all(|mark| matches!(mark, '“' | '”' | '„'))
    };
    if !is_row(written) {
        return None;
    }
    let rest = text.get(line.end..)?.strip_prefix('\n')?;
    let last = rest.lines().position(is_row)?;
    Some(Slip {
        further_lines: last + 1,
        ..slip(
            "A text needs straight quotation marks, not curly ones",
            format!("Write {key} = \"\"\" here, and \"\"\" on a line of its own at its end"),
        )
    })
}
