//! Front matter: the TOML between two `+++` lines at the start of a Markdown file.

use std::ops::Range;

/// Where the two halves of a Markdown file stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Halves {
    /// The TOML and the Markdown after it.
    Both {
        toml: Range<usize>,
        markdown: Range<usize>,
    },
    /// No front matter at all.
    MarkdownAlone,
    /// Lines between `---`, as other programs have front matter: where the first stands.
    Dashes(Range<usize>),
    /// An opening line with too few or too many signs, or another sign: where it stands.
    Mistyped(Range<usize>),
    /// The opening line, which no line closes.
    Unclosed(Range<usize>),
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
            .take(100)
            .any(|line| line.trim_end() == mark)
    };
    if first.trim_end() == "---" && closed("---") {
        return Halves::Dashes(start..start + 3);
    }
    // Begun as other programs have it, and ended as here.
    if first.trim_end() == "---" && closed("+++") {
        return Halves::Mistyped(start..start + 3);
    }
    let signs = first.trim_end();
    let is_row = |sign: char| signs.len() > 1 && signs.chars().all(|letter| letter == sign);
    if signs != "+++" && (is_row('+') || (is_row('=') && opening.contains("\n+++"))) {
        return Halves::Mistyped(start..start + signs.len());
    }
    if signs != "+++" {
        return Halves::MarkdownAlone;
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
        assert_eq!(
            split("+++\n+++"),
            Halves::Both {
                toml: 4..4,
                markdown: 7..7
            }
        );
    }
}
