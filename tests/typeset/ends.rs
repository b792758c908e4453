//! The end of a report at the largest sizes: whatever stands above it, no heading is left alone at the
//! foot of a page. Nor is a paragraph in bold that stands for one.

use pack::compose::part::*;
use pack::typeset::Style;

use super::fixtures::{bullets, cells, item, numbered, para, paragraphs, text};

/// The paragraphs above an end.
fn above(lines: usize) -> Vec<Block> {
    (0..lines)
        .map(|line| numbered(&format!("12.{line}"), "The baths are old."))
        .collect()
}

/// The end that a report has: who signed it, so many appendices, and its background papers.
fn ending(appendices: usize) -> Vec<Block> {
    vec![
        Block::new(BlockKind::Signature {
            lines: vec!["Harriet Lowe".to_owned(), "Director of Place".to_owned()],
        }),
        Block::heading(2, "Appendices"),
        bullets(&vec![
            "Appendix 1: Main terms of the lease (page 38)";
            appendices
        ]),
        Block::heading(2, "Background papers"),
        bullets(&["Survey of the fabric of the baths, February 2026"]),
    ]
}

/// What pdftotext reads on each page of blocks in large print of a size, or in standard print at 0.
fn pages(blocks: Vec<Block>, size: u8) -> Option<Vec<String>> {
    let part = Part::new("ending", PartKind::Report, "The baths", "en-GB", blocks);
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("part.pdf");
    let style = if size == 0 {
        Style::standard()
    } else {
        Style::large(size)
    };
    std::fs::write(&file, &super::set(&part, &style).pdf).expect("a file");
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
fn no_page_is_left_half_empty_for_short_sections_at_the_end() {
    for lines in 20..56 {
        let mut blocks = above(lines);
        for section in [
            "Legal",
            "Equality",
            "Climate",
            "Finance",
            "Risk",
            "Consultation",
            "Staff",
        ] {
            blocks.push(Block::heading(2, section));
            blocks.push(para("None."));
        }
        let Some(pages) = pages(blocks, 0) else {
            return;
        };
        let pages: Vec<usize> = pages
            .iter()
            .map(|page| page.lines().filter(|line| !line.trim().is_empty()).count())
            .filter(|lines| *lines > 0)
            .collect();
        let (last, full) = pages.split_last().expect("a page");
        // A page holds about 40 paragraphs of one line, or 28 lines of such sections.
        assert!(full.iter().all(|lines| *lines >= 24), "{lines}: {pages:?}");
        assert!(*last >= 2, "{lines}: {pages:?}");
    }
}

#[test]
fn no_label_in_bold_is_left_at_the_foot_of_a_page() {
    for lang in [None, Some("en-GB"), Some("cy")] {
        for lines in 4..18 {
            let mut blocks = above(lines);
            blocks.push(bold("Contact details", lang));
            blocks.push(bold("Author", lang));
            let people = ["Harriet Lowe", "Director of Place", "01632 960001"];
            blocks.extend(people.map(para));
            blocks.extend(paragraphs(6, &"The baths are old and cold. ".repeat(6)));
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
fn no_numbered_title_is_left_at_the_foot_of_a_page() {
    for lines in 4..18 {
        let mut blocks = above(lines);
        blocks.push(Block::new(BlockKind::List {
            numbering: Some(Numbering {
                start: 79,
                style: NumberStyle::Figure,
            }),
            tight: true,
            items: vec![item(vec![bold("Updates from members", None)])],
        }));
        blocks.push(Block::paragraph(vec![Inline::Emphasis {
            content: text("(Item 4)"),
        }]));
        blocks.extend(paragraphs(6, &"The baths are old and cold. ".repeat(6)));
        let Some(pages) = pages(blocks, 18) else {
            return;
        };
        assert!(pages.concat().contains("(Item 4)"), "{pages:?}");
        for page in &pages {
            let last = last_line(page).unwrap_or_default();
            let alone = last == "(Item 4)" || last.ends_with("Updates from members");
            assert!(!alone, "below {lines} paragraphs:\n{page}");
        }
    }
}

#[test]
fn no_heading_is_left_at_the_foot_of_a_page() {
    for size in [18, 28, 32] {
        for (lines, appendices) in
            (0..14).flat_map(|lines| [1, 2, 3].map(|appendices| (lines, appendices)))
        {
            let mut blocks = above(lines);
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
    let weeks: Vec<[String; 7]> = (1..9)
        .map(|week| std::array::from_fn(|at| format!("{week}{at} families at the canal basin")))
        .collect();
    let rows: Vec<[&str; 7]> = std::iter::once(DAYS)
        .chain(weeks.iter().map(|week| week.each_ref().map(String::as_str)))
        .collect();
    let rows: Vec<&[&str]> = rows.iter().map(|row| &row[..]).collect();
    let table = cells(&rows, 1);
    let mut broken = false;
    for lines in 0..8 {
        let mut blocks = paragraphs(lines, "The baths are old.");
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

#[test]
fn no_row_that_heads_others_ends_a_page_and_none_stands_alone() {
    const AREAS: [&str; 4] = ["North", "South", "East", "West"];
    let homes = AREAS.map(|area| [1, 2, 3, 4, 5].map(|at| format!("{area} garden suburb, {at}")));
    let mut rows = vec![["Ward", "To be inspected"]];
    for (area, homes) in AREAS.iter().zip(&homes) {
        rows.push([area, ""]);
        rows.extend(homes.iter().map(|home| [home, "12 homes at the most"]));
    }
    rows.push(["Total of all wards", "240 homes at the most"]);
    let rows: Vec<&[&str]> = rows.iter().map(|row| &row[..]).collect();
    let table = cells(&rows, 1);
    let mut broken = 0;
    for (size, lines) in [0, 18, 24]
        .into_iter()
        .flat_map(|size| (0..30).map(move |lines| (size, lines)))
    {
        let mut blocks = paragraphs(lines, "The baths are old.");
        blocks.push(Block::new(BlockKind::Table(table.clone())));
        let Some(pages) = pages(blocks, size) else {
            return;
        };
        let rows = |page: &str| -> Vec<String> {
            let lines = page
                .lines()
                .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
            lines
                .filter(|line| !line.is_empty() && !line.starts_with("The baths"))
                .collect()
        };
        for page in pages
            .iter()
            .map(|page| rows(page))
            .filter(|rows| !rows.is_empty())
        {
            broken += 1;
            let last = page.last().map_or("", String::as_str);
            assert!(!AREAS.contains(&last), "{size}, {lines}: {page:?}");
            // The head, and two rows at least.
            assert!(
                page[0].starts_with("Ward") && page.len() > 2,
                "{size}, {lines}: {page:?}"
            );
        }
    }
    assert!(broken > 150, "{broken} pages");
}

#[test]
fn a_short_decision_stays_on_one_page() {
    let decision = Block::new(BlockKind::Panel {
        role: PanelRole::Decision,
        blocks: vec![
            bold("Resolved:", None),
            bullets(&[
                "that the update be noted; and",
                "that the report show the hours library by library.",
            ]),
        ],
    });
    for (size, lines) in [0, 18, 24]
        .into_iter()
        .flat_map(|size| (0..24).map(move |lines| (size, lines)))
    {
        let mut blocks = paragraphs(lines, "The baths are old.");
        blocks.push(decision.clone());
        blocks.extend(paragraphs(30, "The baths are cold."));
        let Some(pages) = pages(blocks, size) else {
            return;
        };
        let whole = |page: &String| {
            page.contains("Resolved:") && page.contains("noted; and") && page.contains("library.")
        };
        assert!(pages.iter().any(whole), "{size}, {lines}: {pages:?}");
    }
}

/// The pages, counted from 0, that have these words.
fn pages_with(pages: &[String], words: &str) -> Vec<usize> {
    let on = |(_, page): &(usize, &String)| page.contains(words);
    let found = pages.iter().enumerate().filter(on);
    found.map(|(number, _)| number).collect()
}

#[test]
fn a_table_of_five_rows_is_on_one_page() {
    let rows = ["Certain", "Likely", "Possible", "Unlikely", "Remote"];
    let made: Vec<[&str; 2]> = rows.iter().map(|row| [*row, "5"]).collect();
    let made: Vec<&[&str]> = made.iter().map(<[&str; 2]>::as_slice).collect();
    for lines in 2..16 {
        let mut blocks = above(lines);
        blocks.push(Block::new(BlockKind::Table(cells(&made, 0))));
        let Some(pages) = pages(blocks, 18) else {
            return;
        };
        let first = pages_with(&pages, rows[0]);
        assert_eq!(first.len(), 1, "{pages:?}");
        for row in rows {
            assert_eq!(pages_with(&pages, row), first, "{row}, below {lines}");
        }
    }
}

#[test]
fn the_last_record_of_a_table_is_not_alone_on_a_page() {
    let years: Vec<String> = (2015..2027)
        .map(|year| format!("{year}-expenditure"))
        .collect();
    let row = |name: &'static str| -> Vec<&str> {
        let figures = years.iter().take(3).map(|_| "about the same");
        std::iter::once(name)
            .chain(figures)
            .chain(years.iter().skip(3).map(|_| ""))
            .collect()
    };
    let head: Vec<&str> = std::iter::once("Ward")
        .chain(years.iter().map(String::as_str))
        .collect();
    let rows = [head, row("Ashgrove"), row("Birchwood"), row("Cedarbank")];
    let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
    for lines in 2..16 {
        let mut blocks = above(lines);
        blocks.push(Block::new(BlockKind::Table(cells(&rows, 1))));
        let Some(pages) = pages(blocks, 18) else {
            return;
        };
        let last = pages_with(&pages, "Ward: Cedarbank");
        assert_eq!(last.len(), 1, "{pages:?}");
        let before = pages_with(&pages, "Ward: Birchwood");
        assert_eq!(before, last, "below {lines}");
    }
}
