use super::*;
use crate::finding::Files;
use crate::prose::{LinkTarget, plain};

fn reading(text: &str) -> (Reading, Vec<Finding>) {
    let mut files = Files::default();
    let file = files.add("a.md", text);
    let notes = Notes::default();
    let locate = |written: &str| Ok(SourceName(written.to_owned()));
    let reading = read(text, TextStart::From(file, 0), &locate, &notes);
    (reading, notes.into_findings())
}

fn codes_of(findings: &[Finding]) -> Vec<&'static str> {
    findings.iter().map(|finding| finding.code.0).collect()
}

#[test]
fn places_point_at_the_words() {
    let text = "# One\n\nTwo **three**\n\n- four\n- five\n";
    let (reading, findings) = reading(text);
    assert_eq!(findings, []);
    let shown: Vec<&str> = reading
        .prose
        .blocks
        .iter()
        .map(|block| &text[block.span.range()])
        .collect();
    assert_eq!(shown, ["# One", "Two **three**", "- four\n- five"]);
    let BlockKind::List(list) = &reading.prose.blocks[2].kind else {
        panic!("a list")
    };
    assert!(list.tight);
    assert_eq!(&text[list.items[1].blocks[0].span.range()], "five");
}

#[test]
fn ten_thousand_nested_quotations_are_one_finding() {
    for text in [
        format!("{} deep\n", ">".repeat(10_000)),
        format!("{} deep\n", "> ".repeat(10_000)),
        format!("{} deep\n", "- ".repeat(10_000)),
        format!("{}deep{}\n", "*a _b ".repeat(5_000), " c_ d*".repeat(5_000)),
    ] {
        let (reading, findings) = reading(&text);
        assert_eq!(codes_of(&findings), ["nested-too-deep"], "{}", &text[..9]);
        assert!(reading.prose.blocks.len() <= 1);
    }
}

#[test]
fn nesting_up_to_the_limit_is_kept() {
    let (reading, findings) = reading(&format!("{}deep\n", "> ".repeat(MAX_DEPTH)));
    assert_eq!(findings, []);
    let mut blocks = &reading.prose.blocks;
    let mut depth = 0;
    while let BlockKind::Quote(inner) = &blocks[0].kind {
        blocks = inner;
        depth += 1;
    }
    assert_eq!(depth, MAX_DEPTH);
}

#[test]
fn ragged_rows_are_found_at_their_line() {
    let text = "| a | b |\n|---|---|\n| 1 | 2 | 3 |\n| 4 |\n| 5 | 6 |\n";
    let (_, findings) = reading(text);
    assert_eq!(codes_of(&findings), ["ragged-table", "ragged-table"]);
    let places: Vec<&str> = findings
        .iter()
        .map(|finding| match finding.place {
            crate::finding::Place::Text(span) => &text[span.range()],
            _ => "",
        })
        .collect();
    assert_eq!(places, ["| 1 | 2 | 3 |", "| 4 |"]);
    let (_, findings) = reading("| a | b | c |\n|---|---|\n| 1 | 2 |\n");
    assert_eq!(codes_of(&findings), ["ragged-table"]);
}

#[test]
fn an_empty_head_is_no_head() {
    let (reading, findings) = reading("|   |   |\n|---|--:|\n| a | 2 |\n");
    assert_eq!(findings, []);
    let BlockKind::Table(table) = &reading.prose.blocks[0].kind else {
        panic!("a table")
    };
    assert_eq!(table.header_rows, 0);
    assert_eq!(table.rows.len(), 1);
    assert_eq!(table.columns, [Alignment::Start, Alignment::End]);
}

#[test]
fn html_is_refused_and_comments_are_dropped() {
    let (reading, findings) =
        reading("<div>lost</div>\n\nA <u>b</u> c\n\n<!-- pack: allow x-y: quoted -->\nText\n");
    assert_eq!(codes_of(&findings), ["raw-html", "raw-html"]);
    let BlockKind::Paragraph(inlines) = &reading.prose.blocks[0].kind else {
        panic!("a paragraph")
    };
    assert_eq!(plain(inlines), "A b c");
    let (_, findings) = super::tests::reading("<!-- a note -->\n\n<!-- pack: allow x-y -->\n");
    assert_eq!(codes_of(&findings), ["allowed-without-reason"]);
    let (_, findings) = super::tests::reading("Text\n\n<!-- never\n\nmore\n");
    assert_eq!(codes_of(&findings), ["raw-html"]);
}

#[test]
fn links_go_to_places_a_pack_has() {
    let (reading, findings) = reading(
        "[a](#b) [c](item:4) [d](appendix:1) [e](https://e.example) <f@g.example> [h](file.pdf) [i](javascript:x)",
    );
    assert_eq!(codes_of(&findings), ["link-nowhere", "link-nowhere"]);
    let BlockKind::Paragraph(inlines) = &reading.prose.blocks[0].kind else {
        panic!("a paragraph")
    };
    let targets: Vec<&LinkTarget> = inlines
        .iter()
        .filter_map(|inline| match &inline.kind {
            InlineKind::Link { target, .. } => Some(target),
            _ => None,
        })
        .collect();
    assert_eq!(
        targets,
        [
            &LinkTarget::Here("b".into()),
            &LinkTarget::Item("4".into()),
            &LinkTarget::Appendix("1".into()),
            &LinkTarget::Web("https://e.example".into()),
            &LinkTarget::Web("mailto:f@g.example".into()),
        ]
    );
}

#[test]
fn an_address_around_another_gives_way_to_it_in_running_text() {
    let around = "https://eur02.safelinks.protection.outlook.com/?url=https%3A%2F%2Fexample.org%2Fa_b_c&data=05%7Cjo%40example.org";
    for (text, said) in [
        (format!("See {around}."), "See https://example.org/a_b_c."),
        (format!("<{around}>"), "https://example.org/a_b_c"),
        (
            format!("{around} {around}"),
            "https://example.org/a_b_c https://example.org/a_b_c",
        ),
        (
            format!("See {} now", around.replace('&', "&amp;")),
            "See https://example.org/a_b_c now",
        ),
        (
            "See https://example.org/?q=1&amp;r=2".to_owned(),
            "See https://example.org/?q=1&r=2",
        ),
    ] {
        let (reading, _) = reading(&text);
        let BlockKind::Paragraph(inlines) = &reading.prose.blocks[0].kind else {
            panic!("a paragraph")
        };
        assert_eq!(plain(inlines), said, "{text}");
    }
}

#[test]
fn an_image_alone_is_a_figure() {
    let (reading, _) = reading("![A plan](my%20plan.png \"The site\")\n\nSee ![x](y.png) here\n");
    let BlockKind::Figure(figure) = &reading.prose.blocks[0].kind else {
        panic!("a figure")
    };
    assert_eq!(figure.source, "my plan.png");
    assert_eq!(figure.alt, "A plan");
    assert_eq!(
        figure.caption.as_deref().map(plain).as_deref(),
        Some("The site")
    );
    assert_eq!(reading.images.len(), 2);
}

#[test]
fn footnotes_stand_in_the_order_of_their_references() {
    let (reading, findings) =
        reading("A[^z] b[^a]\n\n[^a]: first\n\n[^z]: second\n\n[^q]: unused\n");
    let labels: Vec<&str> = reading
        .prose
        .footnotes
        .iter()
        .map(|footnote| footnote.label.as_str())
        .collect();
    assert_eq!(labels, ["z", "a"]);
    assert_eq!(codes_of(&findings), ["footnote-unused"]);
}

#[test]
fn a_number_out_of_turn_is_kept_as_written() {
    let labels = |text| {
        let (reading, _) = reading(text);
        match &reading.prose.blocks[0].kind {
            BlockKind::List(list) => list
                .items
                .iter()
                .map(|item| item.label.clone())
                .collect::<Vec<_>>(),
            _ => panic!("a list"),
        }
    };
    assert_eq!(labels("1. a\n2. b\n"), [None, None]);
    assert_eq!(labels("1. a\n1. b\n"), [None, None]);
    assert_eq!(
        labels("1) a\n3) b\n4) c\n"),
        [None, Some("3)".into()), None]
    );
}

#[test]
fn a_caption_goes_with_its_table() {
    let (reading, findings) =
        reading("Before.\n\nTable 1: **Births**\n\n| a | b |\n| --- | --- |\n| 1 | 2 |\n");
    assert_eq!(findings, []);
    let [before, table] = &reading.prose.blocks[..] else {
        panic!("two blocks: {:?}", reading.prose.blocks)
    };
    assert!(matches!(before.kind, BlockKind::Paragraph(_)));
    let BlockKind::Table(table) = &table.kind else {
        panic!("a table")
    };
    assert_eq!(
        table.caption.as_deref().map(plain).as_deref(),
        Some("Table 1: Births")
    );
}
