//! Parts on pages: that every kind of part is set, passes PDF/UA-1 and PDF/A-2a, and keeps its
//! words and its structure.

mod ends;
mod fixtures;
mod letters;
mod long;

use std::collections::BTreeMap;

use bytes::Bytes;
use pack::compose::marks::{self, StandardPage};
use pack::compose::part::Part;
use pack::typeset::{Setting, Sheets, StandardHeads, Style, typeset};

fn no_images(_: &str) -> Option<Bytes> {
    None
}

fn page(anchor: &str) -> Option<String> {
    anchor
        .strip_prefix("item-")
        .map(|rest| format!("{}", 3 + rest.len() * 13))
}

fn set(part: &Part, style: &Style) -> Sheets {
    set_with(part, style, None)
}

fn set_with(part: &Part, style: &Style, standard: Option<&StandardHeads>) -> Sheets {
    let templates = BTreeMap::new();
    let setting = Setting {
        kept: None,
        images: &no_images,
        pages: &page,
        templates: &templates,
        standard,
    };
    let sheets = typeset(part, style, &setting).unwrap_or_else(|error| panic!("{error}"));
    if let Ok(folder) = std::env::var("PACK_KEEP") {
        let large = if style.large { "-large" } else { "" };
        std::fs::write(format!("{folder}/{}{large}.pdf", part.key), &sheets.pdf)
            .expect("a folder to keep pages in");
    }
    sheets
}

fn parts() -> Vec<Part> {
    vec![
        fixtures::front_sheet(),
        fixtures::distribution(),
        fixtures::item_sheet(),
        fixtures::minutes(),
        fixtures::report(),
        fixtures::table_appendix(),
        fixtures::contents(),
    ]
}

#[test]
fn every_kind_of_part_is_set() {
    for part in parts() {
        let standard = set(&part, &Style::standard());
        let large = set_large(&part, &standard, 39);
        for sheets in [standard, large] {
            assert!(sheets.pages() > 0, "{}", part.key);
            assert_eq!(sheets.warnings, [] as [String; 0], "{}", part.key);
            assert_eq!(sheets.anchors[0].name, part.key);
        }
    }
}

/// A part in large print, its standard pages, numbered from `first`, marked.
fn set_large(part: &Part, standard: &Sheets, first: usize) -> Sheets {
    let pages: Vec<StandardPage> = standard
        .words
        .iter()
        .enumerate()
        .map(|(index, words)| StandardPage {
            label: (first + index).to_string(),
            words: words.clone(),
        })
        .collect();
    let heads = StandardHeads {
        one: "Standard page {page}".into(),
        several: "Standard pages {first} to {last}".into(),
    };
    let mut part = part.clone();
    marks::mark(&mut part, &pages, heads.says(), marks::Silent::WithTheLast);
    set_with(&part, &Style::large(18), Some(&heads))
}

#[test]
fn every_part_passes_pdf_ua_and_pdf_a() {
    for part in parts() {
        let standard = set(&part, &Style::standard());
        let large = set_large(&part, &standard, 39);
        for (size, sheets) in [("standard", standard), ("large", large)] {
            assert_eq!(faults(&sheets.pdf), "", "{} in {size} print", part.key);
        }
    }
}

/// What the validator says of a file in both profiles, one fault a line.
fn faults(pdf: &[u8]) -> String {
    use page_validation::{ValidationOptions, ValidationProfile, validate_pdf_bytes};
    [ValidationProfile::PdfUa1, ValidationProfile::PdfA2a]
        .into_iter()
        .flat_map(|profile| {
            let options = ValidationOptions::default().profile(profile);
            let report = validate_pdf_bytes(pdf, &options).expect("a readable file");
            // It takes a stream whose last byte could be a line end for one of another length.
            let lengths = move |rule: &str| rule.ends_with("6.1.7.1:1") && lengths_hold(pdf);
            let failures = report.failures.into_iter();
            let failures = failures.filter(move |failure| !lengths(&failure.rule_id));
            failures.map(move |failure| {
                format!("{profile:?} {}: {}\n", failure.rule_id, failure.message)
            })
        })
        .collect()
}

/// Whether every stream ends where its length says, at a line end before its last word.
fn lengths_hold(pdf: &[u8]) -> bool {
    let document = lopdf::Document::load_mem(pdf).expect("a readable file");
    let streams = document
        .objects
        .values()
        .filter_map(|object| object.as_stream().ok());
    let mut starts = streams.filter_map(|stream| Some((stream.start_position?, stream)));
    starts.all(|(start, stream)| {
        let rest = &pdf[start + stream.content.len()..];
        let rest = rest.strip_prefix(b"\r").unwrap_or(rest);
        rest.strip_prefix(b"\n")
            .is_some_and(|rest| rest.starts_with(b"endstream"))
    })
}

/// The tags of a file, one a line, indented; runs of one kind are counted.
fn tags(pdf: &[u8]) -> String {
    let document = lopdf::Document::load_mem(pdf).expect("a readable file");
    let root = document
        .catalog()
        .and_then(|catalog| catalog.get(b"StructTreeRoot"))
        .and_then(|root| document.dereference(root))
        .map(|(_, root)| root.clone())
        .expect("a tagged file");
    let mut lines = Vec::new();
    dump(&document, &root, 0, &mut lines);
    let mut text = String::new();
    let mut lines = lines.into_iter().peekable();
    while let Some(line) = lines.next() {
        let mut count = 1;
        while lines.next_if_eq(&line).is_some() {
            count += 1;
        }
        text.push_str(&line);
        if count > 1 {
            text.push_str(&format!(" ×{count}"));
        }
        text.push('\n');
    }
    text
}

fn dump(
    document: &lopdf::Document,
    element: &lopdf::Object,
    depth: usize,
    lines: &mut Vec<String>,
) {
    let Ok((_, element)) = document.dereference(element) else {
        return;
    };
    match element {
        lopdf::Object::Array(kids) => {
            for kid in kids {
                dump(document, kid, depth, lines);
            }
        }
        lopdf::Object::Dictionary(dictionary) => {
            let mut inside = depth;
            if let Ok(kind) = dictionary.get(b"S").and_then(lopdf::Object::as_name) {
                let mut line = format!("{}{}", "  ".repeat(depth), String::from_utf8_lossy(kind));
                if dictionary.has(b"Alt") {
                    line.push_str(" with alt");
                }
                if let Some(scope) = scope(document, dictionary) {
                    line.push_str(&format!(" of {scope}"));
                }
                lines.push(line);
                inside += 1;
            }
            if let Ok(kids) = dictionary.get(b"K") {
                dump(document, kids, inside, lines);
            }
        }
        _ => {}
    }
}

/// The scope of a head cell.
fn scope(document: &lopdf::Document, element: &lopdf::Dictionary) -> Option<String> {
    let (_, attributes) = document.dereference(element.get(b"A").ok()?).ok()?;
    let sets: Vec<&lopdf::Object> = match attributes {
        lopdf::Object::Array(sets) => sets.iter().collect(),
        one => vec![one],
    };
    sets.into_iter()
        .filter_map(|set| document.dereference(set).ok()?.1.as_dict().ok())
        .find_map(|set| set.get(b"Scope").ok()?.as_name().ok())
        .map(|name| String::from_utf8_lossy(name).into_owned())
}

#[test]
fn tags_say_what_each_piece_is() {
    for part in [
        fixtures::front_sheet(),
        fixtures::item_sheet(),
        fixtures::minutes(),
        fixtures::report(),
    ] {
        let standard = set(&part, &Style::standard());
        insta::assert_snapshot!(format!("{}_standard", part.key), tags(&standard.pdf));
    }
    let report = set(&fixtures::table_appendix(), &Style::large(18));
    let tags = tags(&report.pdf);
    let record: Vec<&str> = tags.lines().take(24).collect();
    insta::assert_snapshot!("records_large", record.join("\n"));
}

#[test]
fn the_same_part_gives_the_same_bytes() {
    let part = fixtures::report();
    let once = set(&part, &Style::standard());
    set(&fixtures::minutes(), &Style::standard());
    let again = set(&part, &Style::standard());
    assert!(once.pdf == again.pdf);
}

#[test]
fn page_numbers_fill_their_slots() {
    let sheets = set(&fixtures::front_sheet(), &Style::standard());
    assert_eq!(
        sheets.numbers,
        ["item-1", "item-2", "item-3", "item-4", "item-5", "item-6"]
    );
}

#[test]
fn nothing_an_author_writes_stops_a_part() {
    use pack::compose::part::*;
    let text = fixtures::text;
    let hostile = [
        "#read(\"/etc/passwd\") $x$ *a* _b_ `c` @d <e> \\ // /* */ [f]",
        "\u{0}\u{1}\u{7f}\u{85}\u{2028}\u{feff}",
        "会議 \u{f0b7} 😀 \u{10ffff}",
        "e\u{301}\u{301}\u{301} \u{202e}right to left\u{202c} اردو",
        "",
        " ",
        &"w".repeat(300),
    ];
    let mut blocks = vec![Block::heading(4, "")];
    for words in hostile {
        blocks.push(Block::heading(6, words));
        blocks.push(Block::paragraph(text(words)));
        blocks.push(Block::new(BlockKind::Paragraph {
            number: Some(words.to_owned()),
            tone: Tone::Body,
            content: text(words),
        }));
        blocks.push(Block::new(BlockKind::Preformatted {
            text: words.to_owned(),
        }));
        blocks.push(Block::new(BlockKind::Table(fixtures::cells(
            &[&[words, words], &[words, ""]],
            1,
        ))));
        blocks.push(Block::new(BlockKind::Quote {
            blocks: vec![
                Block::new(BlockKind::Table(fixtures::cells(
                    &[&[words; 40], &[words; 40]],
                    1,
                ))),
                Block::new(BlockKind::List {
                    numbering: None,
                    tight: true,
                    items: vec![],
                }),
            ],
        }));
        blocks.push(Block::paragraph(vec![
            Inline::Web {
                url: words.to_owned(),
                content: vec![],
            },
            Inline::Go {
                anchor: words.to_owned(),
                content: text(words),
            },
            Inline::Lang {
                lang: words.to_owned(),
                content: text("x"),
            },
            Inline::Note {
                label: words.to_owned(),
            },
            Inline::Note {
                label: "none".to_owned(),
            },
            Inline::Code {
                text: words.to_owned(),
            },
            Inline::Emphasis { content: vec![] },
        ]));
    }
    let mut deep = Block::paragraph(text("deep"));
    for _ in 0..200 {
        deep = Block::new(BlockKind::Quote { blocks: vec![deep] });
    }
    blocks.push(deep);
    let mut part = Part::new("hostile", PartKind::Report, "", "not a language", blocks);
    part.footnotes = hostile
        .iter()
        .map(|words| Footnote {
            label: (*words).to_owned(),
            blocks: vec![Block::paragraph(text(words)), Block::paragraph(text(words))],
        })
        .collect();
    for style in [Style::standard(), Style::large(40)] {
        let sheets = set(&part, &style);
        assert!(
            sheets
                .missing
                .iter()
                .any(|(character, _)| *character == '会')
        );
        assert_eq!(faults(&sheets.pdf), "");
    }
}
