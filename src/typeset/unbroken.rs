//! What stays on one line in large print: dates, times, sums, telephone numbers, names with
//! initials, references such as "page 39", and words that hold a hyphen (UKAAF G003).

use crate::compose::part::{Block, BlockKind, Inline, plain};
use crate::compose::words::is_month;

/// A space at which no line breaks.
const NO_BREAK: char = '\u{a0}';

/// A hyphenated word longer than this may break after its hyphen, since it might not fit a line.
const LONGEST: usize = 22;

/// Joins what belongs together in the words of a block itself.
pub(super) fn keep_block(block: &mut Block) {
    match &mut block.kind {
        BlockKind::Heading { content, .. } | BlockKind::Paragraph { content, .. } => {
            keep(content);
        }
        BlockKind::Fields { rows, .. } => {
            for line in rows.iter_mut().flat_map(|row| &mut row.lines) {
                keep(line);
            }
        }
        BlockKind::Agenda { rows } => {
            for row in rows {
                keep(&mut row.title);
                for note in &mut row.notes {
                    keep(note);
                }
                for sub in &mut row.sub {
                    *sub = joined(sub);
                }
            }
        }
        BlockKind::Contents { rows } => {
            for row in rows {
                keep(&mut row.title);
            }
        }
        BlockKind::Members { members, .. } => {
            for member in members {
                member.name = joined(&member.name);
            }
        }
        BlockKind::Signature { lines } => {
            for line in lines {
                *line = joined(line);
            }
        }
        _ => {}
    }
}

/// Joins what belongs together in running text.
fn keep(content: &mut Vec<Inline>) {
    let mut kept = Vec::with_capacity(content.len());
    let mut before = String::new();
    for mut inline in content.drain(..) {
        let plain = plain(std::slice::from_ref(&inline));
        match &mut inline {
            Inline::Text { text } => {
                // A date of which a part is bold is still one.
                let last = before.rsplit(is_space).next().unwrap_or_default();
                if let Some(rest) = text.strip_prefix(is_space)
                    && let Some(next) = rest.split(is_space).next()
                    && belong(last, next)
                {
                    *text = format!("{NO_BREAK}{rest}");
                }
                split_hyphens(&joined(text), &mut kept);
                before = plain;
                continue;
            }
            Inline::Strong { content }
            | Inline::Emphasis { content }
            | Inline::Struck { content }
            | Inline::Go { content, .. }
            | Inline::Lang { content, .. } => keep(content),
            _ => {}
        }
        before = plain;
        kept.push(inline);
    }
    *content = kept;
}

fn is_space(character: char) -> bool {
    matches!(character, ' ' | '\n' | '\t')
}

/// Words with a hyphen inside become runs of their own that do not break.
fn split_hyphens(text: &str, kept: &mut Vec<Inline>) {
    let mut plain = String::new();
    for word in text.split_inclusive([' ', '\n', '\t']) {
        let bare = word.trim_end_matches([' ', '\n', '\t']);
        let inside = bare.trim_matches(|character: char| !character.is_alphanumeric());
        if inside.contains('-') && bare.chars().count() <= LONGEST && !bare.contains(NO_BREAK) {
            if !plain.is_empty() {
                kept.push(Inline::text(std::mem::take(&mut plain)));
            }
            kept.push(Inline::Keep {
                content: vec![Inline::text(bare)],
            });
            plain.push_str(&word[bare.len()..]);
        } else {
            plain.push_str(word);
        }
    }
    if !plain.is_empty() {
        kept.push(Inline::text(plain));
    }
}

/// The text with spaces that must not break made so.
fn joined(text: &str) -> String {
    let mut joined = String::with_capacity(text.len());
    let mut words = text.split(is_space).peekable();
    while let Some(word) = words.next() {
        joined.push_str(word);
        if let Some(next) = words.peek() {
            joined.push(if belong(word, next) { NO_BREAK } else { ' ' });
        }
    }
    joined
}

const STYLES: [&str; 10] = [
    "Mr",
    "Mrs",
    "Ms",
    "Miss",
    "Dr",
    "Cllr",
    "Councillor",
    "Alderman",
    "Sir",
    "Dame",
];
const PLACES: [&str; 14] = [
    "page",
    "Page",
    "Pages",
    "pages",
    "Appendix",
    "Annex",
    "Item",
    "item",
    "paragraph",
    "Paragraph",
    "Table",
    "Figure",
    "Schedule",
    "tudalen",
];
const UNITS: [&str; 12] = [
    "million", "billion", "thousand", "per", "am", "pm", "noon", "m", "km", "miles", "hectares",
    "years",
];

/// Whether a line may not break between two words.
fn belong(word: &str, next: &str) -> bool {
    let bare = word.trim_start_matches(['(', '[', '‘', '“', '"', '\'']);
    let follow = next.trim_end_matches([',', '.', ';', ':', ')', ']', '’', '”', '"', '\'']);
    if word.is_empty() || next.is_empty() || word.ends_with([',', ';', ':']) {
        return false;
    }
    let number = |text: &str| {
        text.starts_with(|first: char| first.is_ascii_digit() || matches!(first, '£' | '€' | '+'))
            && text.chars().any(|character| character.is_ascii_digit())
    };
    let ordinal_or_day = |text: &str| {
        let day = text.trim_end_matches(|character: char| character.is_ascii_alphabetic());
        !day.is_empty() && day.len() <= 2 && day.bytes().all(|byte| byte.is_ascii_digit())
    };
    let year = |text: &str| text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit());
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if is_month(follow) {
        return ordinal_or_day(bare);
    }
    if is_month(bare) {
        return year(follow);
    }
    if UNITS.contains(&follow) {
        return number(bare);
    }
    if PLACES.contains(&bare) {
        return follow.starts_with(|first: char| first.is_ascii_digit())
            || follow.chars().count() == 1;
    }
    let capital = |text: &str| text.starts_with(char::is_uppercase);
    if STYLES.contains(&bare.trim_end_matches('.')) {
        return capital(follow);
    }
    // Telephone numbers: groups of figures after one that begins with a nought.
    if digits(follow) && digits(bare.trim_matches(['(', ')', '+'])) {
        return bare.len() >= 3 && follow.len() >= 3;
    }
    // Initials.
    let initial = bare.trim_end_matches('.');
    initial.chars().count() == 1
        && capital(initial)
        && !matches!(initial, "A" | "I" | "O")
        && capital(follow)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_belongs_together_is_joined() {
        let cases = [
            (
                "on Monday 18 March 2019, at 5.00 pm",
                "on Monday 18_March_2019, at 5.00_pm",
            ),
            (
                "about £58.23 million or 12 per cent",
                "about £58.23_million or 12_per cent",
            ),
            (
                "Councillor S Davies and M Y Hussain",
                "Councillor_S_Davies and M_Y_Hussain",
            ),
            (
                "telephone 0121 569 3896 today",
                "telephone 0121_569_3896 today",
            ),
            ("see Appendix 3 (page 39)", "see Appendix_3 (page_39)"),
            (
                "A Report in May, and I agree",
                "A Report in May, and I agree",
            ),
            ("in 2019 March was cold", "in 2019 March was cold"),
            ("by 29 September\n2026", "by 29_September_2026"),
        ];
        for (text, wanted) in cases {
            assert_eq!(joined(text), wanted.replace('_', "\u{a0}"), "{text}");
        }
    }

    #[test]
    fn a_date_of_which_a_part_is_bold_stays_whole() {
        let mut content = vec![Inline::strong("by 29 September"), Inline::text(" 2026")];
        keep(&mut content);
        assert_eq!(content[1], Inline::text("\u{a0}2026"));
    }

    #[test]
    fn a_hyphenated_word_is_a_run_of_its_own() {
        let mut content = vec![Inline::text("the walk-in centre - open")];
        keep(&mut content);
        assert_eq!(
            content,
            [
                Inline::text("the "),
                Inline::Keep {
                    content: vec![Inline::text("walk-in")]
                },
                Inline::text(" centre - open"),
            ]
        );
    }
}
