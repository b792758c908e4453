//! Whatever may not break over pages may, when it is taller than a page: nothing is cut off, from
//! standard print to 40 points. Read with another program than the one that set the pages.

use pack::compose::part::*;
use pack::typeset::Style;

use super::fixtures::{self, text};

/// The words on the pages of a part, as poppler sees them: it leaves out what is off the page.
fn words(part: &Part, style: &Style) -> Option<String> {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("part.pdf");
    std::fs::write(&file, &super::set(part, style).pdf).expect("a file");
    let file = file.to_string_lossy();
    crate::common::tool("pdftotext", &["-layout", &file, "-"])
}

fn styles() -> Vec<Style> {
    let large = [16, 18, 24, 28, 40].map(Style::large);
    std::iter::once(Style::standard()).chain(large).collect()
}

/// Holds that each of `count` words "Q001x" is on the pages of a part, at every size.
#[track_caller]
fn all_there(name: &str, count: usize, blocks: &[Block]) {
    for style in styles() {
        let part = Part::new(name, PartKind::Report, name, "en-GB", blocks.to_vec());
        let Some(words) = words(&part, &style) else {
            return;
        };
        let lost: Vec<String> = (0..count)
            .map(word)
            .filter(|word| !words.contains(word))
            .collect();
        assert_eq!(lost, [] as [String; 0], "{name} at {} pt", style.size);
    }
}

fn word(index: usize) -> String {
    format!("Q{index:03}x")
}

fn list(items: impl Iterator<Item = String>) -> Block {
    Block::new(BlockKind::List {
        numbering: Some(Numbering {
            start: 1,
            style: NumberStyle::Figure,
        }),
        tight: true,
        items: items
            .map(|words| ListItem {
                label: None,
                blocks: vec![Block::paragraph(text(&words))],
            })
            .collect(),
    })
}

#[test]
fn forty_recommendations_are_all_there() {
    for count in [25, 40] {
        all_there(
            "recommendations",
            count,
            &[Block::new(BlockKind::Panel {
                role: PanelRole::Recommendations,
                blocks: vec![
                    Block::heading(2, "Recommendations"),
                    list((0..count).map(|n| format!("That {} be approved.", word(n)))),
                ],
            })],
        );
    }
}

#[test]
fn eighty_one_names_are_all_there() {
    let names: Vec<Vec<Inline>> = (0..81)
        .map(|n| text(&format!("Councillor {}", word(n))))
        .collect();
    for look in [FieldsLook::Header, FieldsLook::Plain, FieldsLook::Sitting] {
        all_there(
            "present",
            81,
            &[Block::new(BlockKind::Fields {
                look,
                rows: vec![Field {
                    label: "Present".into(),
                    lines: names.clone(),
                }],
            })],
        );
    }
    let members = (0..81)
        .map(|n| MemberLine {
            name: format!("Councillor {}", word(n)),
            note: None,
            vacant: false,
        })
        .collect();
    all_there(
        "members",
        81,
        &[Block::new(BlockKind::Members {
            members,
            columns: 3,
        })],
    );
}

#[test]
fn a_long_line_of_a_report_header_is_all_there() {
    let long: String = (0..300).map(|n| format!("{} and ", word(n))).collect();
    all_there(
        "header",
        300,
        &[Block::new(BlockKind::Fields {
            look: FieldsLook::Header,
            rows: vec![Field {
                label: "Wards affected".into(),
                lines: vec![text(&long)],
            }],
        })],
    );
}

#[test]
fn the_heads_of_a_table_may_be_taller_than_a_page() {
    let tall = |from: usize| -> String {
        (from..from + 150)
            .map(|n| format!("{} under which ", word(n)))
            .collect()
    };
    let (one, two) = (tall(0), tall(150));
    for columns in [2, 3, 5] {
        let mut head = vec![one.as_str(), two.as_str()];
        head.resize(columns, "other");
        let body = vec!["cell"; columns];
        let table = fixtures::cells(&[&head, &body, &body], 1);
        all_there("heads", 300, &[Block::new(BlockKind::Table(table))]);
    }
}

#[test]
fn a_cell_that_spans_many_rows_may_be_taller_than_a_page() {
    let mut rows = vec![vec!["Theme".to_owned(), "Action".to_owned()]];
    rows.extend((0..60).map(|n| vec!["Theme".to_owned(), format!("Action {}", word(n))]));
    let rows: Vec<Vec<&str>> = rows
        .iter()
        .map(|row| row.iter().map(String::as_str).collect())
        .collect();
    let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
    let mut table = fixtures::cells(&rows, 1);
    table.rows[1].cells[0].rows = 60;
    for row in &mut table.rows[2..] {
        row.cells.remove(0);
    }
    all_there("spanned", 60, &[Block::new(BlockKind::Table(table))]);
}

#[test]
fn a_table_of_many_columns_is_all_there() {
    let rows: Vec<Vec<String>> = (0..6)
        .map(|y| (0..23).map(|x| word(y * 23 + x)).collect())
        .collect();
    let rows: Vec<Vec<&str>> = rows
        .iter()
        .map(|row| row.iter().map(String::as_str).collect())
        .collect();
    let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
    let table = fixtures::cells(&rows, 1);
    all_there(
        "columns",
        6 * 23,
        &[Block::new(BlockKind::Table(table.clone()))],
    );
    all_there(
        "nested columns",
        6 * 23,
        &[Block::new(BlockKind::Quote {
            blocks: vec![Block::new(BlockKind::Table(table))],
        })],
    );
}

#[test]
fn a_label_of_a_list_may_be_a_sentence() {
    let items = (0..12)
        .map(|n| ListItem {
            label: Some(format!("The Director of Adult Social Care {}", word(n * 2))),
            blocks: vec![Block::paragraph(text(&format!(
                "reports that {} has been put right.",
                word(n * 2 + 1)
            )))],
        })
        .collect();
    all_there(
        "labels",
        24,
        &[Block::new(BlockKind::List {
            numbering: None,
            tight: true,
            items,
        })],
    );
}

#[test]
fn lists_in_lists_leave_room_for_words() {
    let mut block = Block::paragraph(text(&format!("Responsibilities {}", word(9))));
    for n in (0..9).rev() {
        block = Block::new(BlockKind::List {
            numbering: None,
            tight: true,
            items: vec![ListItem {
                label: None,
                blocks: vec![
                    Block::paragraph(text(&format!("Administration {}", word(n)))),
                    block,
                ],
            }],
        });
    }
    all_there("nested", 10, &[block]);
}

#[test]
fn a_blank_line_stands_between_the_paragraphs_of_large_print() {
    let words: Vec<String> = (0..12).map(word).collect();
    let para = Block::paragraph(text(&words.join(" ")));
    let part = Part::new("gap", PartKind::Report, "gap", "en-GB", vec![para; 2]);
    for points in [16, 18, 24, 40] {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("part.pdf");
        let sheets = super::set(&part, &Style::large(points));
        std::fs::write(&file, &sheets.pdf).expect("a file");
        let file = file.to_string_lossy();
        let Some(read) = crate::common::tool("pdftotext", &["-bbox", &file, "-"]) else {
            return;
        };
        let tops = read.split("yMin=\"").skip(1);
        let mut tops: Vec<f64> = tops
            .filter_map(|rest| rest.split('"').next()?.parse().ok())
            .collect();
        tops.dedup_by(|a, b| (*a - *b).abs() < 1.0);
        let steps = tops.windows(2).map(|pair| pair[1] - pair[0]);
        let (line, gap) = steps.fold((f64::INFINITY, 0.0_f64), |(least, most), step| {
            (least.min(step), most.max(step))
        });
        assert!(
            gap >= line * 2.0 - 0.1,
            "{points} pt: {gap} between lines of {line}"
        );
    }
}

#[test]
fn the_words_that_open_a_list_stand_with_it_in_large_print() {
    let line = Block::paragraph(text("One more line."));
    for before in 0..14 {
        let mut blocks = vec![line.clone(); before];
        blocks.push(Block::paragraph(text("The Board noted that:")));
        blocks.push(list((0..3).map(|n| format!("{} is late.", word(n)))));
        // The end of a part takes what stands over it along in any case.
        blocks.extend(vec![line.clone(); 20]);
        let part = Part::new("opening", PartKind::Report, "opening", "en-GB", blocks);
        let Some(words) = words(&part, &Style::large(24)) else {
            return;
        };
        let page = words
            .split('\u{c}')
            .find(|page| page.contains("noted that:"));
        let page = page.expect("the words");
        assert!(page.contains(&word(0)), "{before} lines above: {page}");
    }
}

#[test]
fn headings_alone_are_all_there_however_many() {
    // The engine holds a loop with a condition to ten thousand rounds.
    let many = 10_100;
    let mut blocks: Vec<Block> = (0..many).map(|n| Block::heading(2, word(n))).collect();
    blocks.extend((0..many).map(|_| Block::paragraph(Vec::new())));
    let part = Part::new("many", PartKind::Report, "Many", "en-GB", blocks);
    let sheets = super::set(&part, &Style::standard());
    assert_eq!(sheets.headings.len(), many);
}

#[test]
fn a_table_is_set_however_many_rows_it_has() {
    let many = 10_100;
    let names: Vec<String> = (0..many).map(word).collect();
    let cells: Vec<[&str; 1]> = names.iter().map(|name| [name.as_str()]).collect();
    let rows: Vec<&[&str]> = cells.iter().map(|row| row.as_slice()).collect();
    let table = Block::new(BlockKind::Table(fixtures::cells(&rows, 1)));
    let part = Part::new("rows", PartKind::Report, "Rows", "en-GB", vec![table]);
    let Some(words) = words(&part, &Style::standard()) else {
        return;
    };
    for at in [1, many / 2, many - 2, many - 1] {
        assert!(words.contains(&names[at]), "row {at}");
    }
}
