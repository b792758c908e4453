//! The end of a report at the largest sizes: whatever stands above it, no heading is left alone at the
//! foot of a page. Nor is a paragraph in bold that stands for one.

use pack::compose::part::*;
use pack::typeset::Style;

use super::fixtures::{numbered, text};

fn list(items: &[&str]) -> Block {
    let item = |words: &&str| ListItem {
        label: None,
        blocks: vec![Block::paragraph(text(words))],
    };
    Block::new(BlockKind::List {
        numbering: None,
        tight: true,
        items: items.iter().map(item).collect(),
    })
}

/// The end that a report has: who signed it, so many appendices, and its background papers.
fn ending(appendices: usize) -> Vec<Block> {
    vec![
        Block::new(BlockKind::Signature {
            lines: vec!["Harriet Lowe".to_owned(), "Director of Place".to_owned()],
        }),
        Block::heading(2, "Appendices"),
        list(&vec![
            "Appendix 1: Main terms of the lease (page 38)";
            appendices
        ]),
        Block::heading(2, "Background papers"),
        list(&["Survey of the fabric of the baths, February 2026"]),
    ]
}

/// What pdftotext reads on each page of blocks in large print of a size.
fn pages(blocks: Vec<Block>, size: u8) -> Option<Vec<String>> {
    let part = Part::new("ending", PartKind::Report, "The baths", "en-GB", blocks);
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("part.pdf");
    std::fs::write(&file, &super::set(&part, &Style::large(size)).pdf).expect("a file");
    let read = crate::common::tool("pdftotext", &["-layout", &file.to_string_lossy(), "-"])?;
    Some(read.split('\u{c}').map(ToOwned::to_owned).collect())
}

/// The last line of a page that has words.
fn last_line(page: &str) -> Option<&str> {
    page.lines()
        .rev()
        .map(str::trim)
        .find(|line| !line.is_empty())
}

/// A label in bold, in the language of the pack or marked as of another.
fn bold(words: &str, lang: Option<&str>) -> Block {
    let strong = Inline::Strong {
        content: text(words),
    };
    let content = match lang {
        Some(lang) => vec![Inline::Lang {
            lang: lang.to_owned(),
            content: vec![strong],
        }],
        None => vec![strong],
    };
    Block::paragraph(content)
}

#[test]
fn no_label_in_bold_is_left_at_the_foot_of_a_page() {
    for lang in [None, Some("en-GB"), Some("cy")] {
        for lines in 4..18 {
            let mut blocks: Vec<Block> = (0..lines)
                .map(|line| numbered(&format!("12.{line}"), "The baths are old."))
                .collect();
            blocks.push(bold("Contact details", lang));
            blocks.push(bold("Author", lang));
            let people = ["Harriet Lowe", "Director of Place", "01632 960001"];
            blocks.extend(people.map(|line| Block::paragraph(text(line))));
            blocks.extend(
                (0..6).map(|_| Block::paragraph(text(&"The baths are old and cold. ".repeat(6)))),
            );
            let Some(pages) = pages(blocks, 18) else {
                return;
            };
            assert!(pages.concat().contains("Contact details"), "{pages:?}");
            for page in &pages {
                let alone = matches!(last_line(page), Some("Contact details" | "Author"));
                assert!(!alone, "{lang:?}, below {lines} paragraphs:\n{page}");
            }
        }
    }
}

#[test]
fn no_heading_is_left_at_the_foot_of_a_page() {
    for size in [18, 28, 32] {
        for (lines, appendices) in
            (0..14).flat_map(|lines| [1, 2, 3].map(|appendices| (lines, appendices)))
        {
            let mut blocks: Vec<Block> = (0..lines)
                .map(|line| numbered(&format!("12.{line}"), "The baths are old."))
                .collect();
            blocks.extend(ending(appendices));
            let Some(pages) = pages(blocks, size) else {
                return;
            };
            assert!(pages.concat().contains("Background papers"), "{pages:?}");
            for page in &pages {
                let alone = matches!(last_line(page), Some("Appendices" | "Background papers"));
                assert!(
                    !alone,
                    "{appendices} at {size} pt, below {lines} paragraphs:\n{page}"
                );
            }
        }
    }
}

#[test]
fn the_last_field_of_a_record_is_not_alone_on_the_next_page() {
    const DAYS: [&str; 7] = [
        "Week",
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
    ];
    let cells = |words: &dyn Fn(usize) -> String| Row {
        cells: (0..DAYS.len())
            .map(|at| Cell::of(text(&words(at))))
            .collect(),
        mark: None,
    };
    let head = cells(&|at| DAYS[at].to_owned());
    let rows = (1..9).map(|week| cells(&|at| format!("{week}{at} families at the canal basin")));
    let table = Table {
        columns: vec![Align::Auto; DAYS.len()],
        header_rows: 1,
        rows: std::iter::once(head).chain(rows).collect(),
        ..Table::default()
    };
    let mut broken = false;
    for lines in 0..8 {
        let mut blocks: Vec<Block> = (0..lines)
            .map(|_| Block::paragraph(text("The baths are old.")))
            .collect();
        blocks.push(Block::new(BlockKind::Table(table.clone())));
        let Some(pages) = pages(blocks, 18) else {
            return;
        };
        for page in &pages {
            let mut lines = page.lines().map(str::trim).filter(|line| !line.is_empty());
            let goes_on = lines.next().is_some_and(|line| line.starts_with("Week:"));
            let next = lines.next().unwrap_or_default();
            broken |= goes_on && !next.starts_with("Monday:");
            assert!(!next.starts_with("Saturday:"), "{page}");
        }
    }
    assert!(broken, "no record goes on on another page");
}
