use super::*;
use crate::finding::FileId;
use crate::model::HeaderField;
use crate::prose::{Alignment, Cell};

fn at(start: usize) -> Span {
    Span::new(FileId(0), start, start + 1)
}

fn text(words: &str) -> Vec<Inline> {
    vec![Inline {
        kind: InlineKind::Text(words.to_owned()),
        span: at(0),
    }]
}

fn block(kind: BlockKind, start: usize) -> Block {
    Block {
        kind,
        span: at(start),
        lang: None,
    }
}

fn paragraph(words: &str, start: usize) -> Block {
    block(BlockKind::Paragraph(text(words)), start)
}

fn heading(level: u8, words: &str, start: usize) -> Block {
    let content = text(words);
    block(
        BlockKind::Heading {
            level,
            id: None,
            content,
        },
        start,
    )
}

/// A layout whose header has these fields: the key and the label of each.
pub(in crate::load) fn layout(fields: &[(&str, &str)]) -> ReportLayout {
    let field = |(key, label): &(&str, &str)| HeaderField {
        key: (*key).to_owned(),
        label: (*label).to_owned(),
        required: true,
    };
    ReportLayout {
        header: fields.iter().map(field).collect(),
        ..ReportLayout::default()
    }
}

const FIELDS: [(&str, &str); 3] = [
    ("subject", "Subject"),
    ("cabinet-member", "Cabinet Member(s)"),
    ("director", "Director"),
];

fn row(label: &str, value: &str) -> Row {
    let cell = |words: &str| Cell::new(vec![paragraph(words, 0)], false, at(0));
    Row {
        cells: vec![cell(label), cell(value)],
        span: at(4),
    }
}

#[test]
fn a_first_table_with_known_labels_is_the_header() {
    let table = Table {
        columns: vec![Alignment::Start; 2],
        rows: vec![
            row("SUBJECT:", "Play areas"),
            row("Cabinet Member", "Councillor Reed"),
            row("Recommendations", "That the plan be agreed."),
            row("Something else", "kept"),
        ],
        ..Table::default()
    };
    let mut blocks = vec![
        block(BlockKind::Table(table), 1),
        heading(1, "Background", 2),
    ];
    let parts = take(&mut blocks, None, &[], &layout(&FIELDS));
    assert_eq!(
        parts.subject.map(|it| it.value).as_deref(),
        Some("Play areas")
    );
    let member = parts
        .header
        .get("cabinet-member")
        .map(|row| row.value.clone());
    assert_eq!(member, Some(vec!["Councillor Reed".to_owned()]));
    assert!(parts.recommendations.is_some());
    let BlockKind::Table(left) = &blocks[0].kind else {
        panic!("the row that nobody knows stays");
    };
    assert_eq!(left.rows.len(), 1);
}

#[test]
fn lines_with_known_labels_are_the_header() {
    let mut blocks = vec![
        heading(1, "The Ropewalk Baths", 1),
        paragraph("Director: Ann Oakes", 2),
        paragraph("Note: this stays", 3),
        heading(2, "Background", 4),
        paragraph("Director: not here", 5),
    ];
    let parts = take(&mut blocks, None, &[], &layout(&FIELDS));
    assert_eq!(
        parts.subject.map(|it| it.value).as_deref(),
        Some("The Ropewalk Baths")
    );
    assert_eq!(parts.header.len(), 1);
    let left: Vec<u32> = blocks.iter().map(|block| block.span.start).collect();
    assert_eq!(left, [3, 4, 5]);
    assert!(matches!(
        blocks[1].kind,
        BlockKind::Heading { level: 1, .. }
    ));
}
