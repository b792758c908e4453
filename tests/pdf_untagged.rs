//! Reading papers without tags from their pages: what each kind of layout becomes, and how many of
//! the words of real papers come out in order, measured with poppler.
//!
//! `cargo test --test all -- pdf_untagged --nocapture` prints the table. The papers are not part of
//! the project; without them (or without poppler) the measurement is skipped and says so.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use lopdf::{Document, Object, Stream, dictionary};
use pack::finding::{FileId, Span};
use pack::model::{PageSelection, ReadFrom, Reflow};
use pack::prose::{Block, BlockKind, Inline, InlineKind, Prose, plain};

/// Pages of A4 with Helvetica (`F1`) and its bold (`F2`), none of it tagged.
struct Paper {
    pages: Vec<(String, i64)>,
}

impl Paper {
    fn new() -> Self {
        Self { pages: Vec::new() }
    }

    /// Adds a page of lines: font, size, place and words of each.
    fn page(self, lines: &[(&str, i32, i32, i32, &str)]) -> Self {
        self.turned(lines, "", 0)
    }

    fn turned(mut self, lines: &[(&str, i32, i32, i32, &str)], before: &str, rotate: i64) -> Self {
        let mut content = format!("{before}\n");
        for (font, size, x, y, words) in lines {
            let words = words.replace('(', "\\(").replace(')', "\\)");
            let _ = writeln!(
                content,
                "BT /{font} {size} Tf 1 0 0 1 {x} {y} Tm ({words}) Tj ET"
            );
        }
        self.pages.push((content, rotate));
        self
    }

    fn bytes(self) -> Vec<u8> {
        let mut doc = Document::with_version("1.7");
        let mut font = |name: &str| {
            doc.add_object(dictionary! {
                "Type" => "Font", "Subtype" => "Type1", "BaseFont" => name, "Encoding" => "WinAnsiEncoding",
            })
        };
        let (regular, bold) = (font("Helvetica"), font("Helvetica-Bold"));
        // letters whose meaning the file does not tell
        let nameless = doc.add_object(dictionary! {
            "Type" => "Font", "Subtype" => "Type0", "BaseFont" => "Nameless", "Encoding" => "Identity-H",
            "DescendantFonts" => vec![dictionary! {
                "Type" => "Font", "Subtype" => "CIDFontType2", "BaseFont" => "Nameless", "DW" => 500,
                "CIDSystemInfo" => dictionary! { "Registry" => Object::string_literal("Adobe"), "Ordering" => Object::string_literal("Identity"), "Supplement" => 0 },
            }.into()],
        });
        let tree = doc.new_object_id();
        let kids: Vec<Object> = self
            .pages
            .into_iter()
            .map(|(content, rotate)| {
                let content = doc.add_object(Stream::new(lopdf::Dictionary::new(), content.into_bytes()));
                doc.add_object(dictionary! {
                    "Type" => "Page", "Parent" => tree, "Contents" => content, "Rotate" => rotate,
                    "MediaBox" => vec![0.into(), 0.into(), 595.into(), 842.into()],
                    "Resources" => dictionary! { "Font" => dictionary! { "F1" => regular, "F2" => bold, "F3" => nameless } },
                })
                .into()
            })
            .collect();
        doc.objects.insert(
            tree,
            dictionary! { "Type" => "Pages", "Count" => kids.len() as i64, "Kids" => kids }.into(),
        );
        let catalog = doc.add_object(dictionary! { "Type" => "Catalog", "Pages" => tree });
        doc.trailer.set("Root", catalog);
        let mut bytes = Vec::new();
        doc.save_to(&mut bytes).expect("a file in memory");
        bytes
    }

    fn read(self) -> Option<Reflow> {
        read(&self.bytes())
    }

    /// What is read of it, a line for each block.
    fn said(self) -> Vec<String> {
        let read = self.read().expect("a paper that can be read");
        assert_eq!(read.from, ReadFrom::Pages);
        said(&read.prose)
    }
}

fn read(bytes: &[u8]) -> Option<Reflow> {
    let doc = pack::pdf::open(bytes)?;
    let at = Span::new(FileId(0), 3, 9);
    pack::pdf::reflow(&doc, &PageSelection::default(), at)
}

fn line(content: &[Inline]) -> String {
    let mut line = String::new();
    for inline in content {
        match &inline.kind {
            InlineKind::FootnoteRef(label) => {
                let _ = write!(line, "[^{label}]");
            }
            _ => line.push_str(&plain(std::slice::from_ref(inline))),
        }
    }
    line
}

fn said(prose: &Prose) -> Vec<String> {
    let mut lines = Vec::new();
    tell(&prose.blocks, "", &mut lines);
    for note in &prose.footnotes {
        tell(&note.blocks, &format!("[^{}] ", note.label), &mut lines);
    }
    lines
}

fn tell(blocks: &[Block], before: &str, lines: &mut Vec<String>) {
    for block in blocks {
        match &block.kind {
            BlockKind::Heading { level, content, .. } => {
                lines.push(format!(
                    "{before}{} {}",
                    "#".repeat(usize::from(*level)),
                    line(content)
                ));
            }
            BlockKind::Paragraph(content) => lines.push(format!("{before}{}", line(content))),
            BlockKind::List(list) => {
                for (offset, item) in list.items.iter().enumerate() {
                    let label = match (&item.label, list.start) {
                        (Some(label), _) => label.clone(),
                        (None, Some((start, mark))) => format!("{}{mark}", start + offset as u64),
                        (None, None) => "-".to_owned(),
                    };
                    tell(&item.blocks, &format!("{before}{label} "), lines);
                }
            }
            BlockKind::Quote(inner) => tell(inner, before, lines),
            BlockKind::Table(table) => {
                if let Some(caption) = &table.caption {
                    lines.push(format!("{before}({})", line(caption)));
                }
                for (index, row) in table.rows.iter().enumerate() {
                    let cells: Vec<String> = row
                        .cells
                        .iter()
                        .map(|cell| {
                            let mut inner = Vec::new();
                            tell(&cell.blocks, "", &mut inner);
                            let span = if cell.columns > 1 {
                                format!("<{}>", cell.columns)
                            } else {
                                String::new()
                            };
                            format!("{}{span}", inner.join("/"))
                        })
                        .collect();
                    let head = if index < table.header_rows { "=" } else { "|" };
                    lines.push(format!("{before}{head} {}", cells.join(" | ")));
                }
            }
            BlockKind::Figure(_) => lines.push(format!("{before}[picture]")),
            BlockKind::Preformatted(words) => lines.push(words.clone()),
            BlockKind::Rule => {}
        }
    }
}

#[test]
fn paragraphs_headings_and_lists_are_told_by_place_and_size() {
    let said = Paper::new()
        .page(&[
            ("F1", 8, 72, 800, "Westmoor Council"),
            ("F2", 20, 72, 740, "Parks and open spaces"),
            ("F2", 12, 72, 700, "Background"),
            (
                "F1",
                11,
                72,
                680,
                "The council owns fourteen parks. Each of them is looked after by a",
            ),
            (
                "F1",
                11,
                72,
                666,
                "group of residents, who meet the parks officer every month and re-",
            ),
            ("F1", 11, 72, 652, "port what needs mending."),
            ("F1", 11, 72, 630, "The groups asked for three things:"),
            ("F1", 11, 80, 610, "\\225"),
            (
                "F1",
                11,
                94,
                610,
                "benches that older people can get up from, with arms and of the",
            ),
            ("F1", 11, 94, 596, "right height,"),
            ("F1", 11, 80, 582, "\\225"),
            ("F1", 11, 94, 582, "water in every park."),
            ("F1", 11, 72, 560, "1."),
            (
                "F1",
                11,
                94,
                560,
                "The first resolution, which is long enough to go on to a second line",
            ),
            ("F1", 11, 94, 546, "of text."),
            ("F1", 11, 72, 532, "2."),
            ("F1", 11, 94, 532, "The second resolution."),
            (
                "F1",
                11,
                72,
                100,
                "The last paragraph of the page goes on overleaf, for the page ends",
            ),
            ("F1", 9, 290, 40, "Page 1"),
        ])
        .page(&[
            ("F1", 8, 72, 800, "Westmoor Council"),
            ("F1", 11, 72, 740, "before it does, and there it ends."),
            ("F2", 12, 72, 700, "Costs"),
            (
                "F1",
                11,
                72,
                680,
                "There are none. The groups report to the committee in March.",
            ),
            ("F1", 9, 290, 40, "Page 2"),
        ])
        .said();
    assert_eq!(
        said,
        [
            "# Parks and open spaces",
            "## Background",
            "The council owns fourteen parks. Each of them is looked after by a group of residents, who meet the parks officer every month and report what needs mending.",
            "The groups asked for three things:",
            "- benches that older people can get up from, with arms and of the right height,",
            "- water in every park.",
            "1. The first resolution, which is long enough to go on to a second line of text.",
            "2. The second resolution.",
            "The last paragraph of the page goes on overleaf, for the page ends before it does, and there it ends.",
            "## Costs",
            "There are none. The groups report to the committee in March.",
        ]
    );
}

/// Ten lines in each of two columns, painted column by column.
fn two_columns() -> Vec<(&'static str, i32, i32, i32, &'static str)> {
    let left = [
        "The library opens at nine in",
        "the morning on working days.",
        "On Saturdays it opens at ten,",
        "and on Sundays it is closed.",
        "Books may be kept for three",
        "weeks, films for one. Those",
        "who bring them back late pay",
        "ten pence a day, but children",
        "pay nothing, whatever they",
        "bring back and however late.",
    ];
    let right = [
        "The reading room has forty",
        "seats and a quiet corner. In",
        "the evenings there are talks",
        "by people of the town, which",
        "are free. The programme is at",
        "the desk and on the website.",
        "Rooms can be hired for other",
        "meetings at a fair price. Ask",
        "the staff, who will be glad",
        "to show you what there is.",
    ];
    let column = |x: i32, lines: [&'static str; 10]| {
        lines
            .into_iter()
            .enumerate()
            .map(move |(index, words)| ("F1", 11, x, 700 - 14 * index as i32, words))
    };
    column(72, left).chain(column(310, right)).collect()
}

#[test]
fn columns_are_read_one_after_the_other() {
    let said = Paper::new().page(&two_columns()).said();
    let text = said.join(" ");
    assert!(
        text.contains("however late. The reading room has"),
        "{said:#?}"
    );
    assert!(
        text.starts_with("The library opens at nine in the morning"),
        "{said:#?}"
    );
}

fn rules(xs: &[i32], ys: &[i32]) -> String {
    let mut content = String::from("0.5 w ");
    let (left, right) = (xs[0], xs[xs.len() - 1]);
    let (top, bottom) = (ys[0], ys[ys.len() - 1]);
    for y in ys {
        let _ = write!(content, "{left} {y} m {right} {y} l S ");
    }
    for x in xs {
        let _ = write!(content, "{x} {top} m {x} {bottom} l S ");
    }
    content
}

#[test]
fn a_ruled_table_keeps_its_cells() {
    let said = Paper::new()
        .turned(
            &[
                ("F2", 10, 76, 686, "Service"),
                ("F2", 10, 206, 686, "2025-26"),
                ("F2", 10, 306, 686, "2026-27"),
                ("F1", 10, 76, 666, "Parks, gardens and open"),
                ("F1", 10, 76, 654, "spaces"),
                ("F1", 10, 206, 666, "1,200"),
                ("F1", 10, 76, 636, "Libraries"),
                ("F1", 10, 306, 636, "800"),
            ],
            &rules(&[72, 200, 300, 400], &[700, 680, 650, 630]),
            0,
        )
        .said();
    assert_eq!(
        said,
        [
            "= Service | 2025-26 | 2026-27",
            "| Parks, gardens and open spaces | 1,200 | ",
            "| Libraries |  | 800"
        ]
    );
}

#[test]
fn a_bold_title_among_the_rows_is_no_head_of_those_after_the_next_title() {
    let said = Paper::new()
        .turned(
            &[
                ("F2", 10, 76, 686, "Service"),
                ("F2", 10, 206, 686, "2025-26"),
                ("F2", 10, 306, 686, "2026-27"),
                ("F2", 10, 76, 666, "Care"),
                ("F1", 10, 76, 646, "Homes"),
                ("F1", 10, 206, 646, "10"),
                ("F1", 10, 306, 646, "11"),
                ("F2", 10, 76, 626, "Place"),
                ("F1", 10, 76, 606, "Roads"),
                ("F1", 10, 206, 606, "12"),
                ("F1", 10, 306, 606, "13"),
            ],
            &rules(&[72, 200, 300, 400], &[700, 680, 660, 640, 620, 600]),
            0,
        )
        .said();
    assert_eq!(said[..2], ["= Service | 2025-26 | 2026-27", "| Care |  | "]);
    assert_eq!(said[4], "| Roads | 12 | 13");
}

#[test]
fn heads_above_the_lines_of_a_table_are_its_heads() {
    let said = Paper::new()
        .turned(
            &[
                ("F2", 10, 76, 720, "Service"),
                ("F2", 10, 206, 720, "2025-26"),
                ("F2", 10, 306, 720, "2026-27"),
                ("F2", 10, 206, 708, "(thousands)"),
                ("F1", 10, 76, 686, "Parks"),
                ("F1", 10, 206, 686, "1,200"),
                ("F1", 10, 306, 686, "1,300"),
                ("F1", 10, 76, 666, "Libraries"),
                ("F1", 10, 306, 666, "800"),
            ],
            &rules(&[72, 200, 300, 400], &[700, 680, 660]),
            0,
        )
        .said();
    assert_eq!(
        said,
        [
            "= Service | 2025-26 (thousands) | 2026-27",
            "| Parks | 1,200 | 1,300",
            "| Libraries |  | 800"
        ]
    );
}

#[test]
fn lines_round_groups_of_columns_are_not_its_columns() {
    let mut lines = vec![
        ("F2", 10, 205, 686, "Core"),
        ("F2", 10, 255, 686, "Grant"),
        ("F2", 10, 305, 686, "Core"),
        ("F2", 10, 355, 686, "Grant"),
    ];
    for (row, name) in ["Parks", "Libraries", "Museums"].into_iter().enumerate() {
        let y = 670 - 16 * row as i32;
        lines.extend([
            ("F1", 10, 76, y, name),
            ("F1", 10, 205, y, "10"),
            ("F1", 10, 255, y, "20"),
            ("F1", 10, 305, y, "30"),
            ("F1", 10, 355, y, "40"),
        ]);
    }
    let said = Paper::new()
        .turned(&lines, &rules(&[72, 200, 300, 400], &[700, 630]), 0)
        .said();
    assert_eq!(
        said,
        [
            "=  | Core | Grant | Core | Grant",
            "| Parks | 10 | 20 | 30 | 40",
            "| Libraries | 10 | 20 | 30 | 40",
            "| Museums | 10 | 20 | 30 | 40",
        ]
    );
}

#[test]
fn what_a_form_field_shows_stands_beside_its_name() {
    let mut sheet = crate::common::sheet::Sheet::new(
        "BT /F1 11 Tf 1 0 0 1 72 700 Tm (Name:) Tj 1 0 0 1 72 660 Tm (Reason for asking:) Tj ET",
    );
    let shows = sheet.doc.add_object(Stream::new(
        dictionary! {
            "Type" => "XObject", "Subtype" => "Form",
            "BBox" => vec![0.into(), 0.into(), 200.into(), 20.into()],
        },
        b"BT /F1 11 Tf 1 0 0 1 2 5 Tm (Ada Pryce) Tj ET".to_vec(),
    ));
    let field = sheet.doc.add_object(dictionary! {
        "Type" => "Annot", "Subtype" => "Widget", "F" => 4,
        "Rect" => vec![110.into(), 695.into(), 310.into(), 715.into()],
        "AP" => dictionary! { "N" => shows },
    });
    let bytes = sheet
        .page_entry("Annots", Object::Array(vec![field.into()]))
        .bytes();
    let said = said(&read(&bytes).expect("a form").prose);
    assert_eq!(said, ["Name: Ada Pryce", "Reason for asking:"]);
}

#[test]
fn all_of_a_long_value_is_read_whatever_room_its_field_has() {
    let words: Vec<String> = (0..400).map(|it| format!("w{it}")).collect();
    let web = format!("https://www.example.org/{}", "plan".repeat(60));
    for value in [words.join(" "), words.join("\n"), web] {
        for (kind, key) in [("Widget", "V"), ("FreeText", "Contents")] {
            let mut sheet = crate::common::sheet::Sheet::new(
                "BT /F1 11 Tf 1 0 0 1 72 700 Tm (Reason for asking:) Tj ET",
            );
            let note = sheet.doc.add_object(dictionary! {
                "Type" => "Annot", "Subtype" => kind, "F" => 4, "FT" => "Tx",
                "Rect" => vec![400.into(), 600.into(), 560.into(), 620.into()],
                key => Object::string_literal(value.as_str()),
            });
            let page = sheet.page_entry("Annots", Object::Array(vec![note.into()]));
            let read = read(&page.bytes()).expect("a page");
            let said = said(&read.prose).join(" ");
            let missing = value.split_whitespace().find(|word| !said.contains(word));
            assert_eq!(missing, None, "{kind}: {said}");
        }
    }
}

#[test]
fn a_page_is_read_whatever_lies_beside_it() {
    let read_with = |beside: &str| {
        let words = "(A plan with far more of the town on it than the page shows) Tj";
        let content = format!(
            "BT /F1 11 Tf 1 0 0 1 72 700 Tm (Site of the baths) Tj ET q {beside} BT /F1 11 Tf {words} ET Q"
        );
        read(&crate::common::sheet::Sheet::new(&content).bytes())
    };
    let whole = read_with("1 0 0 1 2000 300 cm").expect("a page");
    assert_eq!(said(&whole.prose), ["Site of the baths"]);
    // What a clip hides on the page may be shown in a way that is not known here.
    let cut = read_with("0 0 9 9 re W n 1 0 0 1 72 300 cm");
    assert!(cut.is_none_or(|it| !it.is_whole()));
}

#[test]
fn words_typed_on_top_of_a_page_are_read_where_they_stand() {
    let said_with = |kind: &str, look: Option<&str>, flags: i64| {
        let mut sheet = crate::common::sheet::Sheet::new(
            "BT /F1 11 Tf 1 0 0 1 72 700 Tm (Name:) Tj 1 0 0 1 72 660 Tm (Reason for asking:) Tj ET",
        );
        let mut note = dictionary! {
            "Type" => "Annot", "Subtype" => kind, "F" => flags,
            "Rect" => vec![110.into(), 695.into(), 310.into(), 715.into()],
            "Contents" => Object::string_literal("A remark"),
        };
        if let Some(words) = look {
            let form = dictionary! {
                "Type" => "XObject", "Subtype" => "Form",
                "BBox" => vec![0.into(), 0.into(), 200.into(), 20.into()],
            };
            let content = format!("BT /F1 11 Tf 1 0 0 1 2 5 Tm ({words}) Tj ET");
            let shows = sheet.doc.add_object(Stream::new(form, content.into()));
            note.set("AP", dictionary! { "N" => shows });
        }
        let note = sheet.doc.add_object(note);
        let page = sheet.page_entry("Annots", Object::Array(vec![note.into()]));
        said(&read(&page.bytes()).expect("a page").prose)
    };
    for kind in [
        "FreeText",
        "Stamp",
        "Square",
        "Watermark",
        "Link",
        "PrinterMark",
    ] {
        let said = said_with(kind, Some("Ada Pryce"), 4);
        assert_eq!(said, ["Name: Ada Pryce", "Reason for asking:"], "{kind}");
    }
    // Viewers set such words themselves.
    let said = said_with("FreeText", None, 4);
    assert_eq!(said, ["Name: A remark", "Reason for asking:"]);
    // A sticky note is an icon, and what is hidden is not read.
    for (kind, look, flags) in [
        ("Text", None, 4),
        ("Popup", Some("Ada Pryce"), 4),
        ("FreeText", Some("Ada Pryce"), 2),
    ] {
        let said = said_with(kind, look, flags);
        assert_eq!(said, ["Name:", "Reason for asking:"], "{kind}");
    }
}

#[test]
fn a_table_without_rules_is_told_by_what_stands_below_what() {
    let said = Paper::new()
        .page(&[
            (
                "F1",
                10,
                72,
                740,
                "Costs are these, in thousands of pounds, for the two years to come:",
            ),
            ("F2", 10, 72, 700, "Service"),
            ("F2", 10, 200, 700, "2025-26"),
            ("F2", 10, 300, 700, "2026-27"),
            ("F1", 10, 72, 684, "Parks"),
            ("F1", 10, 205, 684, "1,200"),
            ("F1", 10, 305, 684, "1,300"),
            ("F1", 10, 72, 668, "Libraries"),
            ("F1", 10, 305, 668, "800"),
            ("F1", 10, 72, 652, "Museums"),
            ("F1", 10, 205, 652, "90"),
            ("F1", 10, 305, 652, "95"),
        ])
        .said();
    assert_eq!(
        said,
        [
            "Costs are these, in thousands of pounds, for the two years to come:",
            "= Service | 2025-26 | 2026-27",
            "| Parks | 1,200 | 1,300",
            "| Libraries |  | 800",
            "| Museums | 90 | 95",
        ]
    );
}

#[test]
fn columns_that_run_into_each_other_make_no_headings() {
    let said = Paper::new()
        .page(&[
            ("F2", 10, 72, 700, "Service"),
            ("F2", 10, 200, 700, "2025-26"),
            ("F2", 10, 300, 700, "2026-27"),
            ("F1", 10, 72, 684, "Parks"),
            ("F1", 10, 225, 684, "1,200 and some more"),
            ("F1", 10, 340, 684, "1,300"),
            ("F1", 10, 72, 668, "Libraries"),
            ("F1", 10, 262, 668, "800 or so"),
            ("F1", 10, 340, 668, "900"),
        ])
        .said();
    assert!(
        said[0].contains("could not be read with certainty"),
        "{said:#?}"
    );
    assert_eq!(said[1], "- Service; 2025-26; 2026-27");
    assert_eq!(said[3], "- Libraries; 800 or so; 900");
}

#[test]
fn pages_and_text_that_are_turned_are_read_upright() {
    let upright = Paper::new().page(&two_columns()).said();
    // the page lies on its side and is shown upright
    let mut turned = String::new();
    for (_, size, x, y, words) in two_columns() {
        let _ = writeln!(
            turned,
            "BT /F1 {size} Tf 0 1 -1 0 {} {x} Tm ({words}) Tj ET",
            842 - y
        );
    }
    let shown = Paper::new().turned(&[], &turned, 90).said();
    assert_eq!(shown, upright);
    // the page is upright and its text lies on its side
    let lying = Paper::new().turned(&[], &turned, 0).said();
    assert_eq!(lying, upright);
}

#[test]
fn what_no_machine_can_read_is_not_read() {
    let nameless = "BT /F3 11 Tf 1 0 0 1 72 700 Tm <00410042004300440045004600470048> Tj ET";
    assert!(
        Paper::new()
            .turned(&[("F1", 11, 72, 660, "seven")], nameless, 0)
            .read()
            .is_none()
    );
    let hidden = "3 Tr";
    let lines: Vec<_> = two_columns();
    assert!(
        Paper::new().turned(&lines, hidden, 0).read().is_none(),
        "the words below a scan"
    );
    assert!(Paper::new().page(&[]).read().is_none(), "an empty page");
}

#[test]
fn a_column_painted_out_of_order_is_not_read() {
    let mut lines = two_columns();
    lines.truncate(10);
    let scattered: Vec<_> = (0..3)
        .flat_map(|start| lines.iter().skip(start).step_by(3).copied())
        .collect();
    assert!(Paper::new().page(&lines).read().is_some());
    // line by line out of order still leaves each line whole
    assert!(Paper::new().page(&scattered).read().is_some());
    let mut words = String::new();
    for (_, size, x, y, text) in &lines {
        for (index, word) in text
            .split(' ')
            .enumerate()
            .filter(|(index, _)| index % 2 == 0)
        {
            let _ = writeln!(
                words,
                "BT /F1 {size} Tf 1 0 0 1 {} {y} Tm ({word}) Tj ET",
                x + 60 * index as i32
            );
        }
    }
    for (_, size, x, y, text) in &lines {
        for (index, word) in text
            .split(' ')
            .enumerate()
            .filter(|(index, _)| index % 2 == 1)
        {
            let _ = writeln!(
                words,
                "BT /F1 {size} Tf 1 0 0 1 {} {y} Tm ({word}) Tj ET",
                x + 60 * index as i32
            );
        }
    }
    assert!(Paper::new().turned(&[], &words, 0).read().is_none());
}

#[test]
fn a_number_that_stands_high_refers_to_the_note_at_the_foot() {
    let said = Paper::new()
        .turned(
            &[
                ("F1", 11, 72, 686, "The council agreed in March to go on."),
            ],
            "BT /F1 11 Tf 1 0 0 1 72 700 Tm (The grant was paid in full) Tj /F1 6 Tf 4 Ts (1) Tj 0 Ts /F1 11 Tf ( and without delay to all who had asked for a part of it) Tj ET",
            0,
        )
        .turned(&[], "", 0)
        .said();
    assert_eq!(
        said,
        [
            "The grant was paid in full1 and without delay to all who had asked for a part of it The council agreed in March to go on."
        ]
    );
    let said = Paper::new()
        .turned(
            &[("F1", 11, 72, 686, "The council agreed in March to go on.")],
            "BT /F1 11 Tf 1 0 0 1 72 700 Tm (The grant was paid in full) Tj /F1 6 Tf 4 Ts (1) Tj 0 Ts /F1 11 Tf ( and without delay to all who had asked for a part of it) Tj ET
             BT /F1 5 Tf 1 0 0 1 72 120 Tm 3 Ts (1) Tj 0 Ts /F1 8 Tf ( Minutes of 4 May.) Tj ET",
            0,
        )
        .said();
    assert_eq!(
        said,
        [
            "The grant was paid in full[^1] and without delay to all who had asked for a part of it The council agreed in March to go on.",
            "[^1] Minutes of 4 May.",
        ]
    );
}

/// The words of a text, punctuation around them left out.
fn words(text: &str) -> Vec<String> {
    text.split_whitespace()
        .map(|word| {
            word.trim_matches(|c: char| !c.is_alphanumeric())
                .to_lowercase()
        })
        .filter(|word| !word.is_empty())
        .collect()
}

/// The share of `of` that is in `among`, each as often as it stands there.
fn share(of: &[String], among: &[String]) -> f64 {
    let mut left = std::collections::HashMap::new();
    for word in among {
        *left.entry(word.as_str()).or_insert(0_usize) += 1;
    }
    let found = of
        .iter()
        .filter(|word| {
            left.get_mut(word.as_str()).is_some_and(|count| {
                let any = *count > 0;
                *count = count.saturating_sub(1);
                any
            })
        })
        .count();
    found as f64 / of.len().max(1) as f64
}

/// The share of neighbours that are neighbours here too.
fn order(of: &[String], among: &[String]) -> f64 {
    let pairs =
        |words: &[String]| -> Vec<String> { words.windows(2).map(|pair| pair.join(" ")).collect() };
    share(&pairs(of), &pairs(among))
}

fn poppler(path: &Path, how: &str) -> Option<String> {
    crate::common::tool("pdftotext", &["-q", how, &path.display().to_string(), "-"])
}

fn papers(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            papers(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "pdf") {
            found.push(path);
        }
    }
}

#[test]
fn the_words_of_untagged_papers_come_out_whole_and_in_order() {
    let Some(shared) = crate::common::shared() else {
        return;
    };
    let mut paths = Vec::new();
    papers(&shared.join("real"), &mut paths);
    paths.sort();
    let mut read_papers = 0;
    for path in paths {
        let bytes = std::fs::read(&path).expect("a readable paper");
        let Some(doc) = pack::pdf::open(&bytes) else {
            continue;
        };
        if pack::pdf::structure::root(&doc).is_some() {
            continue;
        }
        let (Some(raw), Some(laid)) = (poppler(&path, "-raw"), poppler(&path, "-layout")) else {
            return;
        };
        let (raw, laid) = (words(&raw), words(&laid));
        if raw.is_empty() {
            assert!(
                read(&bytes).is_none(),
                "{}: a scan stays a scan",
                path.display()
            );
            continue;
        }
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let read = read(&bytes).unwrap_or_else(|| panic!("{name} can be read"));
        let ours = words(&said(&read.prose).join("\n"));
        let found = share(&raw, &ours);
        let in_order = order(&raw, &ours).max(order(&laid, &ours));
        println!(
            "{name:36} {:>6} words, {:>5.1} % found, {:>5.1} % in order, {:>5.1} % ours",
            raw.len(),
            found * 100.0,
            in_order * 100.0,
            share(&ours, &raw) * 100.0
        );
        assert!(found > 0.95, "{name}: the words are there");
        assert!(in_order > 0.95, "{name}: in order");
        assert!(share(&ours, &raw) > 0.99, "{name}: no others");
        read_papers += 1;
    }
    assert_eq!(read_papers, 2, "papers without tags");
}

#[test]
fn letters_that_something_is_painted_within_are_read() {
    let cut_out = |then: &str| {
        let title = format!("q BT /F1 30 Tf 7 Tr 72 760 Td (Cut out title) Tj ET {then} Q");
        let lines = [("F1", 11, 72, 700, "The first line of the page.")];
        Paper::new().turned(&lines, &title, 0).said()
    };
    assert_eq!(
        cut_out("0.2 0.4 0.6 rg 0 700 595 142 re f"),
        ["# Cut out title", "The first line of the page."]
    );
    for nothing in ["", "0 0 10 10 re f"] {
        assert_eq!(cut_out(nothing), ["The first line of the page."]);
    }
}

#[test]
fn a_page_that_says_nothing_but_letters_without_a_name_is_not_read() {
    let page = |words: &str| Paper::new().page(&[("F3", 11, 72, 700, words)]);
    assert!(page("ab").read().is_none());
}
