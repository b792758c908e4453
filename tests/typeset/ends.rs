//! The end of a report at the largest sizes: whatever stands above it, no heading is left alone at the
//! foot of a page.

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
            let part = Part::new("ending", PartKind::Report, "The baths", "en-GB", blocks);
            let folder = tempfile::tempdir().expect("a folder");
            let file = folder.path().join("part.pdf");
            let style = Style::large(size);
            std::fs::write(&file, &super::set(&part, &style).pdf).expect("a file");
            let file = file.to_string_lossy();
            let Some(read) = crate::common::tool("pdftotext", &["-layout", &file, "-"]) else {
                return;
            };
            assert!(read.contains("Background papers"), "{read}");
            for page in read.split('\u{c}') {
                let last = page
                    .lines()
                    .rev()
                    .map(str::trim)
                    .find(|line| !line.is_empty());
                let alone = matches!(last, Some("Appendices" | "Background papers"));
                assert!(
                    !alone,
                    "{appendices} at {size} pt, below {lines} paragraphs:\n{page}"
                );
            }
        }
    }
}
