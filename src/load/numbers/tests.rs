use super::*;
use crate::finding::Files;
use crate::load::markdown::{self, TextStart};
use crate::load::notes::Notes;
use crate::model::SourceName;

fn blocks(text: &str) -> Vec<Block> {
    let file = Files::default().add("a.md", text);
    let locate = |written: &str| Ok(SourceName(written.to_owned()));
    let notes = Notes::default();
    markdown::read(text, TextStart::From(file, 0), &locate, &notes)
        .prose
        .blocks
}

fn shown(text: &str, mode: ParagraphNumbers) -> Vec<(Option<String>, String)> {
    number(blocks(text), mode)
        .into_iter()
        .map(|it| {
            let words = match &it.block.kind {
                BlockKind::Heading { content, .. } | BlockKind::Paragraph(content) => {
                    plain(content)
                }
                _ => "…".to_owned(),
            };
            if let Some(span) = it.number.as_ref().and_then(|number| number.span) {
                let number = it.number.as_ref().map(|number| number.text.as_str());
                let escaped = text[span.range()].contains('\\');
                assert!(escaped || number == text.get(span.range()), "{number:?}");
            }
            (it.number.map(|number| number.text), words)
        })
        .collect()
}

fn pairs(pairs: &[(&str, &str)]) -> Vec<(Option<String>, String)> {
    pairs
        .iter()
        .map(|(number, words)| {
            let number = (!number.is_empty()).then(|| (*number).to_owned());
            (number, (*words).to_owned())
        })
        .collect()
}

#[test]
fn the_program_counts_over_headings_and_lists() {
    assert_eq!(
        shown(
            "Before\n\n# A\n\none\n\n## Inner\n\ntwo\n\n- list\n\n{-} plain\n\nthree\n\n# B\n\none",
            ParagraphNumbers::Auto
        ),
        pairs(&[
            ("", "Before"),
            ("1", "A"),
            ("1.1", "one"),
            ("", "Inner"),
            ("1.2", "two"),
            ("", "…"),
            ("", "plain"),
            ("1.3", "three"),
            ("2", "B"),
            ("2.1", "one"),
        ])
    );
}

#[test]
fn what_the_author_wrote_is_taken_off_the_text() {
    assert_eq!(
        shown(
            "# 3 BACKGROUND\n\n3.1 One\n\n**3.2** Two\n\n**3.3 Three** more\n\n## 3.4 Wood Review\n\n2018 was a year\n\n5 apples\n\n# 15. Last\n\n3.1.2 Deep\n\n# 2019\n\na) text",
            ParagraphNumbers::Written
        ),
        pairs(&[
            ("3", "BACKGROUND"),
            ("3.1", "One"),
            ("3.2", "Two"),
            ("3.3", "Three more"),
            ("3.4", "Wood Review"),
            ("", "2018 was a year"),
            ("", "5 apples"),
            ("15.", "Last"),
            ("3.1.2", "Deep"),
            ("", "2019"),
            ("", "a) text"),
        ])
    );
}

#[test]
fn paragraphs_may_be_numbered_straight_through() {
    assert_eq!(
        shown(
            "# Summary\n\n1\\. One\n\n2\\. Two\n\n40 people came\n\n# Next\n\n3\\. Three",
            ParagraphNumbers::Written
        )
        .into_iter()
        .map(|(number, _)| number)
        .collect::<Vec<_>>(),
        [
            None,
            Some("1.".into()),
            Some("2.".into()),
            None,
            None,
            Some("3.".into())
        ]
    );
}

#[test]
fn minutes_have_numbers_of_their_own() {
    let number = |heading: &str, pattern| {
        let mut blocks = blocks(heading);
        match &mut blocks[0].kind {
            BlockKind::Heading { content, .. } => {
                let number = minute_number(content, pattern).map(|number| number.text);
                (number, plain(content))
            }
            _ => panic!("a heading"),
        }
    };
    assert_eq!(
        number("# 1/19 Minutes", None),
        (Some("1/19".into()), "Minutes".into())
    );
    assert_eq!(
        number("# 15/53/Plan Site", None),
        (Some("15/53/Plan".into()), "Site".into())
    );
    assert_eq!(
        number("# 12. Budget", Some("{n}")),
        (Some("12".into()), "Budget".into())
    );
    assert_eq!(number("# 12 Budget", None), (None, "12 Budget".into()));
    assert_eq!(number("# A/B testing", None), (None, "A/B testing".into()));
}

#[test]
fn a_typed_number_that_is_the_counted_one_is_not_printed_twice() {
    let auto = |text| shown(text, ParagraphNumbers::Auto);
    assert_eq!(
        auto(
            "# 1 Purpose\n\n1.1 To ask.\n\nTo tell.\n\n# 2. Costs\n\n2.4 None.\n\n2.9 million came."
        ),
        pairs(&[
            ("1", "Purpose"),
            ("1.1", "To ask."),
            ("1.2", "To tell."),
            ("2", "Costs"),
            // Another number stays where it was typed: a finding says so.
            ("2.1", "2.4 None."),
            ("2.2", "2.9 million came."),
        ])
    );
    // A number may be part of a title.
    assert_eq!(
        auto("# Purpose\n\nOne.\n\n# 2 High Street\n\nTwo."),
        pairs(&[
            ("1", "Purpose"),
            ("1.1", "One."),
            ("2", "2 High Street"),
            ("2.1", "Two."),
        ])
    );
}
