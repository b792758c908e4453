//! What stays on one line: dates, telephone numbers and ranges of numbers in any print, and in large print
//! also times, sums, names with initials, references such as "page 39", and words with a hyphen (UKAAF G003).

use crate::compose::part::{Block, Inline, plain};
use crate::compose::words::is_month;

/// A space at which no line breaks.
const NO_BREAK: char = '\u{a0}';

/// A hyphenated word longer than this may break after its hyphen, since it might not fit a line.
const LONGEST: usize = 22;

/// What stays on one line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kept {
    /// Dates, telephone numbers and ranges of numbers.
    Few,
    /// Everything that large print keeps on one line.
    All,
}

/// Joins words that belong together in a block, without the blocks inside it. In standard print these
/// are only dates, telephone numbers and ranges of numbers.
pub(super) fn keep_block(block: &mut Block, large: bool) {
    let what = if large { Kept::All } else { Kept::Few };
    for content in block.running_mut() {
        keep(content, what);
    }
    for words in block.words_mut() {
        *words = joined(words, what);
    }
}

/// Joins words that belong together in running text.
fn keep(content: &mut Vec<Inline>, what: Kept) {
    let mut kept = Vec::with_capacity(content.len());
    let mut before = String::new();
    for mut inline in content.drain(..) {
        let plain = plain(std::slice::from_ref(&inline));
        match &mut inline {
            Inline::Text { text } => {
                // A date may be partly bold.
                let last = before.rsplit(is_space).next().unwrap_or_default();
                if let Some(rest) = text.strip_prefix(is_space)
                    && let Some(next) = rest.split(is_space).next()
                    && belong(last, next, what)
                {
                    *text = format!("{NO_BREAK}{rest}");
                }
                let text = joined(text, what);
                split_hyphens(&text, what, &mut kept);
                before = plain;
                continue;
            }
            Inline::Strong { content }
            | Inline::Emphasis { content }
            | Inline::Struck { content }
            | Inline::Web { content, .. }
            | Inline::Go { content, .. }
            | Inline::Lang { content, .. } => keep(content, what),
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

/// Makes each word with a hyphen inside a run of its own that does not break; in standard print only
/// numbers from one to another: "7–9".
fn split_hyphens(text: &str, what: Kept, kept: &mut Vec<Inline>) {
    let mut plain = String::new();
    for word in text.split_inclusive([' ', '\n', '\t']) {
        let bare = word.trim_end_matches([' ', '\n', '\t']);
        let inside = bare.trim_matches(|character: char| !character.is_alphanumeric());
        let hyphened = inside.contains(['-', '–']) && bare.chars().count() <= LONGEST;
        let whole = match what {
            Kept::All => hyphened || is_address(bare),
            Kept::Few => hyphened && is_range(inside),
        };
        if whole && !bare.contains(NO_BREAK) {
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

/// Whether a word is two numbers with a dash between them, at which a line would break.
fn is_range(word: &str) -> bool {
    word.split_once('–').is_some_and(|(from, to)| {
        from.ends_with(|last: char| last.is_ascii_digit())
            && to.starts_with(|first: char| first.is_ascii_digit() || first == '£')
    })
}

/// Whether a word is a web or email address, which breaks only if it is wider than its line.
fn is_address(word: &str) -> bool {
    word.contains("://") || word.contains('@') || word.starts_with("www.")
}

/// The text with no-break spaces between words that belong together.
fn joined(text: &str, what: Kept) -> String {
    let mut joined = String::with_capacity(text.len());
    let mut words = text.split(is_space).peekable();
    while let Some(word) = words.next() {
        joined.push_str(word);
        if let Some(next) = words.peek() {
            joined.push(if belong(word, next, what) {
                NO_BREAK
            } else {
                ' '
            });
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
fn belong(word: &str, next: &str, what: Kept) -> bool {
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
    // Telephone numbers and the like: two groups of at least three digits.
    if digits(follow) && digits(bare.trim_matches(['(', ')', '+'])) {
        return bare.starts_with('+') || bare.len() >= 3 && follow.len() >= 3;
    }
    if what == Kept::Few {
        return false;
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
    use crate::compose::part::BlockKind;

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
            assert_eq!(
                joined(text, Kept::All),
                wanted.replace('_', "\u{a0}"),
                "{text}"
            );
        }
    }

    #[test]
    fn standard_print_keeps_dates_and_telephone_numbers_whole_and_nothing_else() {
        for (text, wanted) in [
            (
                "on 18 March 2019, at 5.00 pm",
                "on 18_March_2019, at 5.00 pm",
            ),
            ("ar 4 Medi 2026 am 10", "ar 4_Medi_2026 am 10"),
            ("Councillor S Davies", "Councillor S Davies"),
            (
                "ring (020) 7946 0000 or +44 1632 960001 by 10 May",
                "ring (020)_7946_0000 or +44_1632_960001 by 10_May",
            ),
            ("12 000 of 400 homes", "12 000 of 400 homes"),
        ] {
            let wanted = wanted.replace('_', "\u{a0}");
            assert_eq!(joined(text, Kept::Few), wanted, "{text}");
        }
    }

    #[test]
    fn a_date_in_a_caption_a_label_or_a_link_is_kept_whole() {
        let table = crate::compose::part::Table {
            caption: Some(vec![Inline::text("Homes on 30 June 2026")]),
            ..Default::default()
        };
        let mut block = Block::new(BlockKind::Table(table));
        keep_block(&mut block, false);
        let words: Vec<String> = block.running_mut().into_iter().map(|c| plain(c)).collect();
        assert_eq!(words, ["Homes on 30\u{a0}June\u{a0}2026"]);

        let link = Inline::Web {
            url: "https://example.org".into(),
            content: vec![Inline::text("minutes of 2 May 2026")],
        };
        let mut block = Block::paragraph(vec![link]);
        keep_block(&mut block, false);
        let words: Vec<String> = block.running_mut().into_iter().map(|c| plain(c)).collect();
        assert_eq!(words, ["minutes of 2\u{a0}May\u{a0}2026"]);
    }

    #[test]
    fn a_date_of_which_a_part_is_bold_stays_whole() {
        let mut content = vec![Inline::strong("by 29 September"), Inline::text(" 2026")];
        keep(&mut content, Kept::All);
        assert_eq!(content[1], Inline::text("\u{a0}2026"));
    }

    #[test]
    fn a_range_of_numbers_is_whole_in_standard_print_and_other_words_are_not() {
        let mut content = vec![Inline::text(
            "(Conditions 7–9, 2019–2036.) walk-in 2–day well–known",
        )];
        keep(&mut content, Kept::Few);
        let whole: Vec<String> = content
            .iter()
            .filter(|inline| matches!(inline, Inline::Keep { .. }))
            .map(|inline| plain(std::slice::from_ref(inline)))
            .collect();
        assert_eq!(whole, ["7–9,", "2019–2036.)"]);
    }

    #[test]
    fn a_hyphenated_word_is_a_run_of_its_own() {
        let mut content = vec![Inline::text("the walk-in centre - open")];
        keep(&mut content, Kept::All);
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
