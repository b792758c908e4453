//! Front matter: the TOML between two `+++` lines at the start of a Markdown file.

use std::ops::Range;

/// In how many lines at the start of a file front matter is looked for.
const FIRST_LINES: usize = 100;

/// The places of the front matter and the text of a Markdown file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Halves {
    /// The TOML and the Markdown after it.
    Both {
        toml: Range<usize>,
        markdown: Range<usize>,
    },
    /// No front matter at all.
    MarkdownAlone,
    /// Front matter between `---`, as other programs have it: the place of its first line.
    Dashes(Range<usize>),
    /// An opening line with too few or too many signs, or other signs: its place.
    Mistyped(Range<usize>),
    /// An opening line without a closing line: its place.
    Unclosed(Range<usize>),
    /// Front matter below other text, or a line in the text that says who may see the paper: its place.
    InText(Range<usize>),
}

/// Splits the text of a Markdown file.
pub(super) fn split(text: &str) -> Halves {
    let opening = text.trim_start_matches(['\n', ' ', '\t']);
    let start = text.len() - opening.len();
    let first = opening.lines().next().unwrap_or("");
    let closed = |mark: &str| {
        opening
            .lines()
            .skip(1)
            .take(FIRST_LINES)
            .any(|line| line.trim_end() == mark)
    };
    if first.trim_end() == "---" && closed("---") {
        return Halves::Dashes(start..start + 3);
    }
    // It begins as in other programs, and ends as here.
    if first.trim_end() == "---" && closed("+++") {
        return Halves::Mistyped(start..start + 3);
    }
    let signs = first.trim_end();
    let is_row = |sign: char| signs.len() > 1 && signs.chars().all(|letter| letter == sign);
    if signs != "+++" && (is_row('+') || (is_row('=') && opening.contains("\n+++"))) {
        return Halves::Mistyped(start..start + signs.len());
    }
    if signs != "+++" {
        return in_text(text).map_or(Halves::MarkdownAlone, Halves::InText);
    }
    let toml = (start + first.len() + 1).min(text.len());
    let mut at = toml;
    for line in text[toml..].split_inclusive('\n') {
        if line.trim_end() == "+++" {
            return Halves::Both {
                toml: toml..at,
                markdown: at + line.len()..text.len(),
            };
        }
        at += line.len();
    }
    Halves::Unclosed(start..start + 3)
}

/// The beginning of front matter that is below something else: its opening line, or a line that says who
/// may see the paper.
fn in_text(text: &str) -> Option<Range<usize>> {
    let mut at = 0;
    let mut opening = None;
    for line in text.split_inclusive('\n').take(FIRST_LINES) {
        let written = line.trim_end();
        let place = at..at + written.len();
        at += line.len();
        if written.trim() == "+++" {
            match opening {
                None => opening = Some(place),
                Some(opening) => return Some(opening),
            }
        } else if says_who_may_see(written) {
            return Some(opening.unwrap_or(place));
        }
    }
    None
}

/// Whether a line is a key that withholds a paper. "Access: from Mill Lane" is not.
fn says_who_may_see(line: &str) -> bool {
    let Some((key, value)) = line.split_once(['=', ':']) else {
        return false;
    };
    let value = value.to_lowercase();
    match key.trim().to_lowercase().replace('_', "-").as_str() {
        "exempt-paragraphs" | "public-interest" => true,
        "access" => ["exempt", "confidential"]
            .iter()
            .any(|word| value.contains(word)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_halves_are_found() {
        let text = "+++\na = 1\n+++\n\n# One\n";
        let Halves::Both { toml, markdown } = split(text) else {
            panic!("both halves")
        };
        assert_eq!(&text[toml], "a = 1\n");
        assert_eq!(&text[markdown], "\n# One\n");
        assert_eq!(split("# One\n"), Halves::MarkdownAlone);
        assert_eq!(split("---\na: 1\n---\n# One\n"), Halves::Dashes(0..3));
        assert_eq!(split("---\na = 1\n+++\n# One\n"), Halves::Mistyped(0..3));
        assert_eq!(split("---\n\n# One\n"), Halves::MarkdownAlone);
        assert_eq!(split("++\na = 1\n+++\n"), Halves::Mistyped(0..2));
        assert_eq!(split("++++\na = 1\n+++\n"), Halves::Mistyped(0..4));
        assert_eq!(split("+++\na = 1\n"), Halves::Unclosed(0..3));
        assert_eq!(split("+++"), Halves::Unclosed(0..3));
        assert_eq!(split("# One\n+++\na = 1\n+++\n"), Halves::InText(6..9));
        let in_code = "```\naccess = \"exempt\"\n```\n";
        assert_eq!(split(in_code), Halves::InText(4..21));
        assert_eq!(
            split("# Access\n\nAccess is by road.\n"),
            Halves::MarkdownAlone
        );
        assert_eq!(
            split("+++\n+++"),
            Halves::Both {
                toml: 4..4,
                markdown: 7..7
            }
        );
    }
}
