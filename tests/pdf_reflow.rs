//! Reading tagged papers into prose, measured against poppler on real ones.
//!
//! `cargo test --test pdf_reflow -- --nocapture` prints the table. The papers are not part of the
//! project; without them (or without poppler) the measurement is skipped and says so.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use crate::common::shared;
use crate::common::sheet::Sheet;
use lopdf::{Dictionary, Object, ObjectId, dictionary};
use pack::finding::{FileId, Span};
use pack::model::{PageSelection, ReadFrom, Reflow};
use pack::prose::{Block, BlockKind, InlineKind, LinkTarget, Prose, plain};

/// The words of a text, punctuation around them left out.
fn words(text: &str) -> Vec<String> {
    text.split_whitespace()
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()))
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

fn bag(words: &[String]) -> HashMap<&str, usize> {
    let mut bag = HashMap::new();
    for word in words {
        *bag.entry(word.as_str()).or_insert(0) += 1;
    }
    bag
}

/// The share of `of` that is in `among`, each word as often as it stands there.
fn share(of: &[String], among: &[String]) -> f64 {
    let among = bag(among);
    let found: usize = bag(of)
        .iter()
        .map(|(word, count)| among.get(word).copied().unwrap_or(0).min(*count))
        .sum();
    found as f64 / of.len().max(1) as f64
}

/// The share of pairs of neighbouring words of `of` that are neighbours in `among` too.
fn order(of: &[String], among: &[String]) -> f64 {
    let pairs =
        |words: &[String]| -> Vec<String> { words.windows(2).map(|pair| pair.join(" ")).collect() };
    share(&pairs(of), &pairs(among))
}

fn text_of(prose: &Prose) -> String {
    let mut text = String::new();
    gather(&prose.blocks, &mut text);
    for note in &prose.footnotes {
        text.push_str(&note.label);
        text.push(' ');
        gather(&note.blocks, &mut text);
    }
    text
}

fn gather(blocks: &[Block], text: &mut String) {
    for block in blocks {
        match &block.kind {
            BlockKind::Heading { content, .. } | BlockKind::Paragraph(content) => {
                text.push_str(&plain(content));
            }
            BlockKind::List(list) => {
                for (offset, item) in list.items.iter().enumerate() {
                    if let Some(label) = &item.label {
                        text.push_str(label);
                    } else if let Some((start, mark)) = list.start {
                        text.push_str(&format!("{}{mark}", start + offset as u64));
                    }
                    text.push(' ');
                    gather(&item.blocks, text);
                }
            }
            BlockKind::Quote(blocks) => gather(blocks, text),
            BlockKind::Table(table) => {
                if let Some(caption) = &table.caption {
                    text.push_str(&plain(caption));
                }
                for row in &table.rows {
                    for cell in &row.cells {
                        gather(&cell.blocks, text);
                    }
                }
            }
            BlockKind::Figure(figure) => {
                if let Some(caption) = &figure.caption {
                    text.push_str(&plain(caption));
                }
            }
            BlockKind::Preformatted(words) => text.push_str(words),
            BlockKind::Rule => {}
        }
        text.push('\n');
    }
}

fn poppler(tool: &str, arguments: &[&str], file: &Path) -> Option<String> {
    let mut command = Command::new(tool);
    command.args(arguments).arg(file);
    if tool == "pdftotext" {
        command.arg("-");
    }
    let output = command.output().ok()?;
    Some(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// The words in quotation marks of `pdfinfo -struct-text`.
fn struct_words(listing: &str) -> Vec<String> {
    let mut text = String::new();
    for line in listing.lines() {
        let line = line.trim();
        if let Some(quoted) = line.strip_prefix('"') {
            text.push_str(quoted.strip_suffix('"').unwrap_or(quoted));
            text.push('\n');
        }
    }
    words(&text)
}

fn tagged_papers() -> Option<Vec<(String, PathBuf)>> {
    let root = shared()?.join("real/kent");
    let table = std::fs::read_to_string(root.join("EXPECTED.tsv")).ok()?;
    let papers = table
        .lines()
        .filter_map(|line| {
            let columns: Vec<&str> = line.split('\t').collect();
            let pack = columns.first()?;
            let file = columns.get(3)?;
            (columns.get(5) == Some(&"yes") && pack.starts_with("2025"))
                .then(|| ((*file).to_owned(), root.join("packs").join(pack).join(file)))
        })
        .filter(|(_, path)| path.exists())
        .collect();
    Some(papers)
}

#[test]
fn tagged_papers_are_read_as_fully_as_poppler_reads_them() {
    let Some(papers) = tagged_papers() else {
        crate::common::skipped("the real papers are not here");
        return;
    };
    if poppler("pdfinfo", &["-v"], Path::new("")).is_none() {
        crate::common::skipped("poppler is not installed");
        return;
    }
    let at = Span::new(FileId(0), 0, 0);
    println!(
        "{:28} {:>6} {:>8} {:>8} {:>8} {:>8} {:>6} {:>6}",
        "file", "words", "poppler", "ours", "order", "coverage", "blocks", "ms"
    );
    let (mut all, mut theirs_found, mut ours_found, mut ordered) = (0.0, 0.0, 0.0, 0.0);
    let mut least: f64 = 1.0;
    for (name, path) in &papers {
        let shown = words(&poppler("pdftotext", &[], path).unwrap_or_default());
        let theirs = struct_words(&poppler("pdfinfo", &["-struct-text"], path).unwrap_or_default());
        let bytes = std::fs::read(path).expect("a readable paper");
        let begun = std::time::Instant::now();
        let doc = lopdf::Document::load_mem(&bytes).expect("a sound PDF");
        let read = pack::pdf::reflow(&doc, &PageSelection::default(), at)
            .unwrap_or_else(|| panic!("{name} has a structure tree"));
        let taken = begun.elapsed().as_millis();
        let text = text_of(&read.prose);
        if let Ok(folder) = std::env::var("PACK_REFLOW_DUMP") {
            let file = Path::new(&folder).join(name.replace('/', "-"));
            std::fs::write(file.with_extension("txt"), &text).expect("a folder to write to");
            std::fs::write(
                file.with_extension("tree"),
                format!("{:#?}", read.prose.blocks),
            )
            .expect("a folder to write to");
        }
        let ours = words(&text);
        let (their_share, our_share) = (share(&shown, &theirs), share(&shown, &ours));
        let in_order = order(&theirs, &ours);
        println!(
            "{name:28} {:>6} {:>7.1}% {:>7.1}% {:>7.1}% {:>7.1}% {:>6} {taken:>6}",
            shown.len(),
            their_share * 100.0,
            our_share * 100.0,
            in_order * 100.0,
            read.coverage * 100.0,
            read.prose.blocks.len(),
        );
        let weight = shown.len() as f64;
        all += weight;
        theirs_found += their_share * weight;
        ours_found += our_share * weight;
        ordered += in_order * weight;
        least = least.min(read.coverage);
    }
    println!(
        "{:28} {all:>6} {:>7.1}% {:>7.1}% {:>7.1}%",
        "all",
        theirs_found / all * 100.0,
        ours_found / all * 100.0,
        ordered / all * 100.0
    );
    assert_eq!(papers.len(), 35);
    assert!(
        ours_found >= theirs_found - all * 0.005,
        "as many words as poppler, heads that pages repeat aside"
    );
    assert!(ordered / all > 0.95, "in the same order");
    assert!(least > 0.95, "every paper is accounted for");
}

/// An element of a tagged sheet.
enum Node {
    /// The standard type, entries of its own, and what it holds.
    Element(&'static str, Dictionary, Vec<Node>),
    /// Words, each line of them painted below the one before.
    Words(&'static str),
    /// Words this far from the left edge, on the line that the words before them ended above.
    At(i32, &'static str),
    /// The same, this far below the first line.
    Spot(i32, i32, &'static str),
    /// Content as it is, with its own number.
    Painted(String),
    /// An annotation.
    Annotation(Dictionary),
}

fn el(role: &'static str, kids: Vec<Node>) -> Node {
    Node::Element(role, Dictionary::new(), kids)
}

fn text(role: &'static str, words: &'static str) -> Node {
    el(role, vec![Node::Words(words)])
}

struct Tagged {
    content: String,
    y: i32,
    mcid: i64,
}

impl Tagged {
    fn paint(&mut self, x: i32, words: &str) -> Object {
        let mcid = self.mcid;
        self.mcid += 1;
        self.content
            .push_str(&format!("/P <</MCID {mcid}>> BDC BT /F1 10 Tf "));
        for line in words.split('\n') {
            self.content
                .push_str(&format!("1 0 0 1 {x} {} Tm ({line}) Tj ", self.y));
            self.y -= 12;
        }
        self.y -= 6;
        self.content.push_str("ET EMC\n");
        Object::Integer(mcid)
    }

    fn place(&mut self, sheet: &mut Sheet, page: &Object, node: Node) -> Object {
        match node {
            Node::Words(words) => self.paint(72, words),
            Node::At(x, words) => {
                let y = self.y;
                let painted = self.paint(x, words);
                self.y = y;
                painted
            }
            Node::Spot(x, down, words) => {
                let y = std::mem::replace(&mut self.y, 800 - down);
                let painted = self.paint(x, words);
                self.y = y;
                painted
            }
            Node::Painted(content) => {
                let mcid = self.mcid;
                self.mcid += 1;
                self.content.push_str(&content);
                self.content.push('\n');
                Object::Integer(mcid)
            }
            Node::Annotation(dict) => {
                let id = sheet.doc.add_object(dict);
                dictionary! { "Type" => "OBJR", "Obj" => id }.into()
            }
            Node::Element(role, mut dict, kids) => {
                let kids: Vec<Object> = kids
                    .into_iter()
                    .map(|kid| self.place(sheet, page, kid))
                    .collect();
                dict.set("S", role);
                dict.set("Pg", page.clone());
                dict.set("K", kids);
                sheet.doc.add_object(dict).into()
            }
        }
    }
}

fn reflowed(kids: Vec<Node>, before: &str) -> Reflow {
    let mut sheet = Sheet::new("");
    let page = sheet.page_reference();
    let mut tagged = Tagged {
        content: format!("{before}\n"),
        y: 800,
        mcid: 0,
    };
    let kids: Vec<Object> = kids
        .into_iter()
        .map(|kid| tagged.place(&mut sheet, &page, kid))
        .collect();
    let root: ObjectId = sheet.doc.add_object(dictionary! {
        "Type" => "StructTreeRoot", "K" => kids,
        "RoleMap" => dictionary! { "Body#20Text" => "Normal", "Body Text" => "Normal", "Normal" => "P", "Loop" => "Loop" },
    });
    let bytes = sheet
        .content(&tagged.content)
        .catalog_entry("StructTreeRoot", root.into())
        .catalog_entry("Lang", Object::string_literal("en-GB"))
        .bytes();
    let doc = pack::pdf::open(&bytes).expect("a PDF");
    let at = Span::new(FileId(0), 3, 9);
    pack::pdf::reflow(&doc, &PageSelection::default(), at).expect("a tagged page")
}

#[test]
fn headings_paragraphs_and_words_over_line_ends() {
    let read = reflowed(
        vec![
            text("H2", "Purpose of the re-\nport"),
            text(
                "Body Text",
                "A first line and\na second, with a co-\nordinated report.",
            ),
            text("H4", "Detail"),
            text("Unheard of", "Words in a role that nobody knows."),
        ],
        "/Artifact BMC BT /F1 10 Tf 72 830 Td (Page 3) Tj ET EMC",
    );
    assert_eq!(read.coverage, 1.0, "furniture does not count");
    let said: Vec<(u8, String)> = read
        .prose
        .blocks
        .iter()
        .map(|block| match &block.kind {
            BlockKind::Heading { level, content, .. } => (*level, plain(content)),
            BlockKind::Paragraph(content) => (0, plain(content)),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(
        said,
        [
            // "report" is known without a hyphen, "coordinated" is not
            (1, "Purpose of the report".to_owned()),
            (
                0,
                "A first line and a second, with a co-ordinated report.".to_owned()
            ),
            (2, "Detail".to_owned()),
            (0, "Words in a role that nobody knows.".to_owned()),
        ]
    );
}

#[test]
fn lists_keep_their_labels_and_nest() {
    let item = |label, words| el("LI", vec![text("Lbl", label), text("LBody", words)]);
    let read = reflowed(
        vec![el(
            "L",
            vec![
                item("3.", "third"),
                el(
                    "LI",
                    vec![
                        text("Lbl", "4."),
                        el(
                            "LBody",
                            vec![Node::Words("fourth"), el("L", vec![item("\\225", "inner")])],
                        ),
                    ],
                ),
            ],
        )],
        "",
    );
    let BlockKind::List(list) = &read.prose.blocks[0].kind else {
        panic!("a list")
    };
    assert_eq!(list.start, Some((3, '.')));
    assert_eq!(list.items.len(), 2);
    let BlockKind::List(inner) = &list.items[1].blocks[1].kind else {
        panic!("a list inside")
    };
    assert_eq!((inner.start, inner.items[0].label.as_deref()), (None, None));
    assert_eq!(read.coverage, 1.0);
}

/// The labels and words of the list that comes first.
fn list_of(read: &Reflow) -> Vec<(Option<String>, String)> {
    let BlockKind::List(list) = &read.prose.blocks[0].kind else {
        panic!("a list: {:?}", read.prose.blocks)
    };
    let said = |blocks: &[Block]| {
        let mut text = String::new();
        gather(blocks, &mut text);
        text.trim().to_owned()
    };
    list.items
        .iter()
        .map(|item| (item.label.clone(), said(&item.blocks)))
        .collect()
}

#[test]
fn numbers_in_parts_are_labels_of_their_items() {
    let labelled = |label: &str, words: &str| (Some(label.to_owned()), words.to_owned());
    let item = |words| el("LI", vec![text("LBody", words)]);
    let read = reflowed(
        vec![el("L", vec![item("3.4 First"), item("3.5 Second")])],
        "",
    );
    let expected = [labelled("3.4", "First"), labelled("3.5", "Second")];
    assert_eq!(list_of(&read), expected);
    // A figure at the head of one item alone is none.
    let read = reflowed(vec![el("L", vec![item("3.4 million"), item("others")])], "");
    assert_eq!(list_of(&read)[0], (None, "3.4 million".to_owned()));
    // Each item in lists of its own is one list, without a bullet before its number.
    let numbered = |label, words| {
        let item = el("LI", vec![text("Lbl", label), text("LBody", words)]);
        el("L", vec![item])
    };
    let lists = vec![
        numbered("1.1", "First"),
        el("LI", vec![text("LBody", "Words")]),
    ];
    let read = reflowed(vec![el("L", lists)], "");
    let expected = [labelled("1.1", "First"), (None, "Words".to_owned())];
    assert_eq!(list_of(&read), expected);
}

#[test]
fn a_list_of_contents_has_no_numbers_of_pages_that_are_not_there() {
    let entry = |words| text("TOCI", words);
    let contents = |entries: Vec<Node>| list_of(&reflowed(vec![el("TOC", entries)], ""));
    let words = |entries: Vec<Node>| -> Vec<String> {
        contents(entries)
            .into_iter()
            .map(|(_, words)| words)
            .collect()
    };
    let entries = vec![
        entry("Introduction ........ 4"),
        entry("Revenue 9"),
        entry("Reserves 12"),
    ];
    assert_eq!(words(entries), ["Introduction", "Revenue", "Reserves"]);
    let entries = vec![entry("Annex 3"), entry("Annex 2"), entry("Annex 1")];
    assert_eq!(words(entries), ["Annex 3", "Annex 2", "Annex 1"]);
}

#[test]
fn paragraphs_in_the_rows_of_a_table_have_no_heads() {
    let row = |role: &'static str, number: &'static str, words: &'static str| {
        el("TR", vec![cell(role, 72, number), cell(role, 200, words)])
    };
    let read = reflowed(
        vec![el(
            "Table",
            vec![
                row("TH", "8.1", "The first of several paragraphs"),
                row("TD", "8.2", "The second of them"),
                row("TD", "8.3", "The third"),
            ],
        )],
        "",
    );
    let BlockKind::Table(table) = &read.prose.blocks[0].kind else {
        panic!("a table")
    };
    assert_eq!(table.header_rows, 0);
    assert!(!table.rows[0].cells[1].header);
    // Nor has one whose first row says more than any name of a column.
    let long = "A first row of text, which the file calls a head because it stands\n\
                at the top of its page: it says what is saved, by how much, from when\n\
                on, and what the council intends to do with the rest of it.";
    let row = |role: &'static str, name: &'static str, words: &'static str| {
        el("TR", vec![cell(role, 72, name), cell(role, 200, words)])
    };
    let rows = vec![row("TH", "Savings", long), row("TD", "Income", "Fees")];
    let read = reflowed(vec![el("Table", rows)], "");
    let BlockKind::Table(table) = &read.prose.blocks[0].kind else {
        panic!("a table")
    };
    assert_eq!(table.header_rows, 0);
}

/// A cell of one line, this far from the left edge.
fn cell(role: &'static str, x: i32, words: &'static str) -> Node {
    el(role, vec![Node::At(x, words)])
}

/// A head row of three columns.
fn years() -> Node {
    let cells = [(72, "Area"), (200, "2024"), (300, "2025")];
    el("TR", cells.map(|(x, words)| cell("TH", x, words)).into())
}

/// What each cell of each row of the table that comes first says.
fn cells_of(read: &Reflow) -> Vec<Vec<String>> {
    let BlockKind::Table(table) = &read.prose.blocks[0].kind else {
        panic!("a table: {:?}", read.prose.blocks)
    };
    let said = |blocks: &[Block]| {
        let mut text = String::new();
        gather(blocks, &mut text);
        text.trim().to_owned()
    };
    table
        .rows
        .iter()
        .map(|row| row.cells.iter().map(|cell| said(&cell.blocks)).collect())
        .collect()
}

/// The rows of a table that is shown without columns, the line above them checked.
fn plain_rows(read: &Reflow) -> Vec<String> {
    let [line, rows] = read.prose.blocks.as_slice() else {
        panic!("a line and the rows: {:?}", read.prose.blocks)
    };
    let mut text = String::new();
    gather(std::slice::from_ref(line), &mut text);
    assert!(text.contains("could not be read with certainty"), "{text}");
    let BlockKind::List(list) = &rows.kind else {
        panic!("a list of rows")
    };
    list.items
        .iter()
        .map(|item| {
            let mut text = String::new();
            gather(&item.blocks, &mut text);
            text.trim().to_owned()
        })
        .collect()
}

#[test]
fn tables_have_heads_and_spans() {
    let wide = dictionary! { "A" => dictionary! { "O" => "Table", "ColSpan" => 2 } };
    let read = reflowed(
        vec![el(
            "Table",
            vec![
                text("Caption", "Rents"),
                years(),
                el(
                    "TR",
                    vec![
                        cell("TD", 72, "North"),
                        cell("TD", 211, "10"),
                        cell("TD", 311, "12"),
                    ],
                ),
                el(
                    "TR",
                    vec![
                        cell("TH", 72, "South"),
                        Node::Element("TD", wide, vec![Node::At(200, "none")]),
                    ],
                ),
            ],
        )],
        "",
    );
    let BlockKind::Table(table) = &read.prose.blocks[0].kind else {
        panic!("a table")
    };
    assert_eq!(table.header_rows, 1);
    assert_eq!(plain(table.caption.as_deref().expect("a caption")), "Rents");
    assert_eq!(table.columns.len(), 3);
    assert_eq!(
        (table.rows[2].cells.len(), table.rows[2].cells[1].columns),
        (2, 2)
    );
    assert!(table.rows[2].cells[0].header);
}

#[test]
fn a_figure_whose_row_is_short_stands_under_the_heading_above_it() {
    let row = |area, x, words| el("TR", vec![cell("TD", 72, area), cell("TD", x, words)]);
    let read = reflowed(
        vec![el(
            "Table",
            vec![years(), row("North", 311, "12"), row("South", 200, "10")],
        )],
        "",
    );
    assert_eq!(
        cells_of(&read),
        [
            ["Area", "2024", "2025"],
            ["North", "", "12"],
            ["South", "10", ""]
        ]
    );
}

#[test]
fn a_heading_whose_row_is_short_stands_over_the_figures_below_it() {
    let head = el("TR", vec![cell("TH", 200, "2024"), cell("TH", 300, "2025")]);
    let cells = [(72, "North"), (200, "10"), (300, "12")];
    let body = el("TR", cells.map(|(x, words)| cell("TD", x, words)).into());
    let read = reflowed(vec![el("Table", vec![head, body])], "");
    assert_eq!(
        cells_of(&read),
        [["", "2024", "2025"], ["North", "10", "12"]]
    );
}

#[test]
fn where_tags_and_page_disagree_a_table_has_no_columns() {
    let cells = [(72, "North"), (300, "10"), (200, "12")];
    let swapped = el("TR", cells.map(|(x, words)| cell("TD", x, words)).into());
    let read = reflowed(vec![el("Table", vec![years(), swapped])], "");
    assert_eq!(plain_rows(&read), ["Area; 2024; 2025", "North; 10; 12"]);
    assert_eq!(read.coverage, 1.0);
}

#[test]
fn what_goes_on_alone_stands_in_its_column_whatever_its_tags_say() {
    let row = |role: &'static str, cells: [(i32, &'static str); 3]| {
        el("TR", cells.map(|(x, words)| cell(role, x, words)).into())
    };
    let read = reflowed(
        vec![el(
            "Table",
            vec![
                // The tags have it in the last column, the page in the second.
                el(
                    "TR",
                    vec![
                        el("TD", vec![]),
                        el("TD", vec![]),
                        cell("TD", 200, "goes on"),
                    ],
                ),
                row("TD", [(72, "Grants"), (200, "Settled"), (300, "Reformed")]),
            ],
        )],
        "",
    );
    assert_eq!(
        cells_of(&read),
        [["", "goes on", ""], ["Grants", "Settled", "Reformed"]]
    );
}

#[test]
fn a_figure_between_two_headings_is_under_neither() {
    let between = el("TR", vec![cell("TD", 72, "North"), cell("TD", 250, "10")]);
    let read = reflowed(vec![el("Table", vec![years(), between])], "");
    assert_eq!(plain_rows(&read), ["Area; 2024; 2025", "North; 10"]);
}

#[test]
fn a_heading_stands_over_the_columns_that_it_is_in_the_middle_of() {
    let read = |years: i32| {
        let head = el(
            "TR",
            vec![cell("TH", 72, "Area"), cell("TH", years, "Years")],
        );
        let cells = [(72, "North"), (200, "10"), (250, "11"), (300, "12")];
        let body = el("TR", cells.map(|(x, words)| cell("TD", x, words)).into());
        reflowed(vec![el("Table", vec![head, body])], "")
    };
    let over_all = read(245);
    let BlockKind::Table(table) = &over_all.prose.blocks[0].kind else {
        panic!("a table")
    };
    assert_eq!(cells_of(&over_all)[0], ["Area", "Years"]);
    assert_eq!(table.rows[0].cells[1].columns, 3);
    // over the last column, or over more than its words do?
    assert_eq!(plain_rows(&read(300)), ["Area; Years", "North; 10; 11; 12"]);
}

#[test]
fn a_heading_below_others_stands_over_no_more_than_they_do() {
    let heads = [(72, "Area"), (200, "Spent"), (300, "2026"), (400, "2027")];
    let below = [(300, "Year 1"), (400, "Year 2")];
    let body = [(72, "North"), (200, "10"), (300, "11"), (400, "12")];
    let row = |role: &'static str, cells: &[(i32, &'static str)]| {
        let cells = cells.iter().map(|(x, words)| cell(role, *x, words));
        el("TR", cells.collect())
    };
    let rows = vec![row("TH", &heads), row("TH", &below), row("TD", &body)];
    let read = reflowed(vec![el("Table", rows)], "");
    assert_eq!(cells_of(&read)[1], ["", "", "Year 1", "Year 2"]);
}

#[test]
fn rows_of_words_over_figures_are_heads_whatever_the_tags_call_them() {
    let rows = [
        [(72, "Area"), (200, "2026-27"), (300, "2027-28")],
        [(72, ""), (200, "£000s"), (300, "£000s")],
        [(72, "North"), (200, "-1,200"), (300, "900")],
    ];
    let rows = rows.map(|cells| el("TR", cells.map(|(x, words)| cell("TD", x, words)).into()));
    let read = reflowed(vec![el("Table", rows.into())], "");
    let BlockKind::Table(table) = &read.prose.blocks[0].kind else {
        panic!("a table")
    };
    assert_eq!(table.header_rows, 2);
}

#[test]
fn rows_of_words_below_a_head_over_them_all_are_heads_too() {
    let row = |role: &'static str, cells: &[(i32, &'static str)]| {
        let cells = cells.iter().map(|(x, words)| cell(role, *x, words));
        el("TR", cells.collect())
    };
    let heads = |head: &[(i32, &'static str)], below: [(i32, &'static str); 4]| {
        let body = [(72, "North"), (200, "-1,200"), (250, "900"), (300, "0")];
        let rows = vec![row("TH", head), row("TD", &below), row("TD", &body)];
        let read = reflowed(vec![el("Table", rows)], "");
        let BlockKind::Table(table) = &read.prose.blocks[0].kind else {
            panic!("a table: {:?}", read.prose.blocks)
        };
        table.header_rows
    };
    let years = [(72, ""), (200, "2026"), (250, "2027"), (300, "2028")];
    assert_eq!(heads(&[(72, "Area"), (245, "Actuals")], years), 2);
    // A row that says as much as the heads is no part of them.
    let none = [(72, "South"), (200, "none"), (250, "none"), (300, "none")];
    assert_eq!(heads(&[&[(72, "Area")], &years[1..]].concat(), none), 1);
}

#[test]
fn a_title_among_the_rows_is_no_head_of_those_after_the_next_title() {
    let heads = [(72, "Service"), (200, "2026"), (300, "2027")];
    let title = |words| {
        let wide = dictionary! { "A" => dictionary! { "O" => "Table", "ColSpan" => 3 } };
        el(
            "TR",
            vec![Node::Element("TH", wide, vec![Node::At(72, words)])],
        )
    };
    let row = |role: &'static str, cells: [(i32, &'static str); 3]| {
        el("TR", cells.map(|(x, words)| cell(role, x, words)).into())
    };
    let rows = vec![
        row("TH", heads),
        title("Care"),
        row("TD", [(72, "Homes"), (200, "10"), (300, "11")]),
        title("Place"),
        row("TD", [(72, "Roads"), (200, "12"), (300, "13")]),
    ];
    let read = reflowed(vec![el("Table", rows)], "");
    let BlockKind::Table(table) = &read.prose.blocks[0].kind else {
        panic!("a table")
    };
    assert_eq!(table.header_rows, 1);
}

/// How many rows of a table whose cells stand at these places are heads.
fn heads_of(rows: &[&[(i32, &'static str)]], role: &'static str) -> usize {
    let rows = rows.iter().map(|cells| {
        let cells = cells.iter().map(|(x, words)| cell("TD", *x, words));
        el("TR", cells.collect())
    });
    let mut rows: Vec<Node> = rows.collect();
    if let Some(Node::Element(_, _, cells)) = rows.first_mut() {
        for node in cells {
            if let Node::Element(kind, _, _) = node {
                *kind = role;
            }
        }
    }
    let read = reflowed(vec![el("Table", rows)], "");
    let BlockKind::Table(table) = &read.prose.blocks[0].kind else {
        panic!("a table: {:?}", read.prose.blocks)
    };
    table.header_rows
}

#[test]
fn the_answers_of_a_form_are_no_heads() {
    let name: &[_] = &[(72, "Name"), (200, "Rowing Club")];
    let post: &[_] = &[
        (72, "Telephone"),
        (200, "none"),
        (300, "Post"),
        (400, "Clerk"),
    ];
    let cost: &[_] = &[(72, "Grant"), (200, "2,400"), (300, "Cost"), (400, "6,150")];
    assert_eq!(heads_of(&[post, cost], "TD"), 0);
    assert_eq!(heads_of(&[post, post, cost, name], "TD"), 0);
}

#[test]
fn a_row_of_units_below_heads_is_one_of_them() {
    let heads: &[_] = &[(72, "Area"), (200, "Gross"), (300, "Net"), (400, "Change")];
    let units: &[_] = &[(72, ""), (200, "\\243000s"), (300, "\\243m"), (400, "%")];
    let worded: &[_] = &[(72, "Unit"), (200, "none"), (300, "\\243m"), (400, "%")];
    let row: &[_] = &[(72, "North"), (200, "12"), (300, "none"), (400, "4")];
    assert_eq!(heads_of(&[heads, units, row], "TH"), 2);
    assert_eq!(heads_of(&[heads, worded, row], "TH"), 1);
}

/// A row of data cells; those of bold words where `strong`.
fn data(strong: bool, cells: &[(i32, &'static str)]) -> Node {
    let cells = cells.iter().map(|&(x, words)| {
        if strong && !words.is_empty() {
            el("TD", vec![el("Strong", vec![Node::At(x, words)])])
        } else {
            cell("TD", x, words)
        }
    });
    el("TR", cells.collect())
}

#[test]
fn a_first_row_in_bold_is_one_of_heads_among_bold_titles_and_totals() {
    let heads: &[_] = &[(72, "Risk"), (200, "Event"), (300, "Likelihood")];
    let below: &[_] = &[(72, ""), (200, ""), (300, "1 to 5")];
    let units: &[_] = &[(72, ""), (200, "\\243m"), (300, "No.")];
    let row: &[_] = &[(72, "Flood"), (200, "Rain"), (300, "often")];
    let title: &[_] = &[(72, "Large risks")];
    let total: &[_] = &[(72, "All"), (200, "12"), (300, "7")];
    let names: &[_] = &[(72, "Fire"), (200, "Heat"), (300, "seldom")];
    let count = |rows: &[(bool, &[(i32, &'static str)])]| {
        let rows = rows.iter().map(|(strong, cells)| data(*strong, cells));
        let read = reflowed(vec![el("Table", rows.collect())], "");
        let BlockKind::Table(table) = &read.prose.blocks[0].kind else {
            panic!("a table: {:?}", read.prose.blocks)
        };
        table.header_rows
    };
    let (bold, plain) = (true, false);
    let rows = [(bold, heads), (bold, title), (plain, row), (bold, total)];
    assert_eq!(count(&rows), 1);
    let rows = [(bold, heads), (bold, units), (plain, row), (plain, names)];
    assert_eq!(count(&rows), 2);
    let rows = [(bold, heads), (bold, names), (plain, row), (plain, row)];
    assert_eq!(count(&rows), 0, "which of the bold rows is a head?");
    let rows = [(plain, heads), (bold, below), (plain, row), (plain, row)];
    assert_eq!(count(&rows), 0, "the first row is not in bold");
}

#[test]
fn a_table_without_heads_goes_on_with_the_one_before_it_that_has_the_same_columns() {
    let row = |role: &'static str, down: i32, cells: [(i32, &'static str); 3]| {
        let cell = |(x, words)| el(role, vec![Node::Spot(x, down, words)]);
        el("TR", cells.map(cell).into())
    };
    let rows = |from: i32, down: i32| {
        let south = [(72, "South"), (from, "3"), (from + 100, "4")];
        let west = [(72, "West"), (from, "5"), (from + 100, "6")];
        let rows = vec![row("TD", down, south), row("TD", down + 20, west)];
        el("Table", rows)
    };
    let begun = |down: i32| {
        let heads = [(72, "Area"), (200, "2024"), (300, "2025")];
        let north = [(72, "North"), (200, "1"), (300, "2")];
        let rows = vec![row("TH", down, heads), row("TD", down + 20, north)];
        el("Table", rows)
    };
    let said = |kids: Vec<Node>| {
        let read = reflowed(kids, "");
        let tables = read
            .prose
            .blocks
            .iter()
            .filter_map(|block| match &block.kind {
                BlockKind::Table(table) => Some((table.header_rows, table.rows.len())),
                _ => None,
            });
        tables.collect::<Vec<_>>()
    };
    let between = || el("P", vec![Node::Spot(72, 150, "Now for the others.")]);
    assert_eq!(said(vec![begun(100), rows(200, 140)]), [(1, 4)]);
    let three = vec![begun(100), rows(200, 140), rows(200, 180)];
    assert_eq!(said(three), [(1, 6)]);
    assert_eq!(said(vec![begun(100), rows(250, 140)]), [(1, 2), (0, 2)]);
    let parted = vec![begun(100), between(), rows(200, 170)];
    assert_eq!(said(parted), [(1, 2), (0, 2)]);
    assert_eq!(said(vec![begun(100), begun(140)]), [(1, 2), (1, 2)]);
}

#[test]
fn a_row_keeps_its_columns_where_the_file_leaves_out_all_empty_cells() {
    let row = |role: &'static str, cells: &[(i32, &'static str)]| {
        let cells = cells.iter().map(|(x, words)| cell(role, *x, words));
        el("TR", cells.collect())
    };
    let votes = |last: i32| {
        let heads = [(200, "For"), (300, "Against"), (400, "Absent")];
        let rows = vec![
            row("TH", &heads),
            row("TD", &[(72, "Abbott"), (300, "x")]),
            row("TD", &[(72, "Bose"), (200, "x")]),
            row("TD", &[(72, "Carew"), (last, "x")]),
        ];
        reflowed(vec![el("Table", rows)], "")
    };
    let read = cells_of(&votes(400));
    assert_eq!(read[0], ["", "For", "Against", "Absent"]);
    assert_eq!(read[1], ["Abbott", "", "x", ""]);
    assert_eq!(read[3], ["Carew", "", "", "x"]);
    // under none of the headings
    assert_eq!(plain_rows(&votes(270))[3], "Carew; x");
}

/// A table whose cells stand at these places.
fn piece(rows: &[&[(i32, i32, &'static str)]]) -> Node {
    let row = |cells: &&[(i32, i32, &'static str)]| {
        let spot = |&(x, down, words)| el("TD", vec![Node::Spot(x, down, words)]);
        el("TR", cells.iter().map(spot).collect())
    };
    el("Table", rows.iter().map(row).collect())
}

#[test]
fn tables_side_by_side_are_one() {
    let heads = || {
        piece(&[
            &[(215, 20, "2025"), (308, 20, "2026")],
            &[(215, 40, "Core"), (280, 40, "Core"), (340, 40, "Total")],
        ])
    };
    let names = || {
        piece(&[
            &[(72, 60, "Roofs")],
            &[(72, 80, "Repairs")],
            &[(72, 100, "All")],
        ])
    };
    let left = || piece(&[&[(215, 60, "10")], &[(215, 100, "10")]]);
    let right = |second: i32| {
        piece(&[
            &[(280, 60, "11"), (second, 60, "12")],
            &[(280, 100, "11"), (second, 100, "12")],
        ])
    };
    let read = reflowed(vec![heads(), names(), left(), right(340)], "");
    assert_eq!(
        cells_of(&read),
        [
            vec!["", "2025", "2026"],
            vec!["", "Core", "Core", "Total"],
            vec!["Roofs", "10", "11", "12"],
            vec!["Repairs", "", "", ""],
            vec!["All", "10", "11", "12"],
        ]
    );
    let BlockKind::Table(table) = &read.prose.blocks[0].kind else {
        panic!("a table")
    };
    assert_eq!((table.header_rows, table.rows[0].cells[2].columns), (2, 2));
    assert!(table.rows[2].cells[0].header && !table.rows[2].cells[1].header);
    assert_eq!(read.coverage, 1.0);

    // one below the other, they are what the tags say
    let below = piece(&[
        &[(72, 140, "Doors"), (215, 140, "13")],
        &[(72, 160, "Sills"), (215, 160, "14")],
    ]);
    let above = piece(&[
        &[(72, 60, "Roofs"), (215, 60, "10")],
        &[(72, 80, "Walls"), (215, 80, "11")],
    ]);
    let apart = reflowed(vec![above, below], "");
    assert_eq!(apart.prose.blocks.len(), 2);
}

#[test]
fn figures_links_notes_and_languages() {
    let link = dictionary! {
        "Type" => "Annot", "Subtype" => "Link",
        "A" => dictionary! { "S" => "URI", "URI" => Object::string_literal("https://example.org/") },
    };
    let alt = dictionary! { "Alt" => Object::string_literal("A map of the ward") };
    let welsh = dictionary! { "Lang" => Object::string_literal("cy") };
    let read = reflowed(
        vec![
            Node::Element("Figure", alt, vec![text("Caption", "The ward")]),
            el(
                "P",
                vec![
                    Node::Words("See"),
                    el(
                        "Link",
                        vec![Node::Words("the site"), Node::Annotation(link)],
                    ),
                    el("Reference", vec![Node::Words("1")]),
                ],
            ),
            el("Note", vec![text("P", "1 Until March.")]),
            Node::Element("P", welsh, vec![Node::Words("Croeso")]),
        ],
        "",
    );
    let blocks = &read.prose.blocks;
    let BlockKind::Figure(figure) = &blocks[0].kind else {
        panic!("a figure: {blocks:?}")
    };
    assert_eq!(figure.alt, "A map of the ward");
    assert_eq!(
        plain(figure.caption.as_deref().expect("a caption")),
        "The ward"
    );
    let BlockKind::Paragraph(inlines) = &blocks[1].kind else {
        panic!("a paragraph")
    };
    assert!(inlines.iter().any(|inline| matches!(&inline.kind, InlineKind::Link { target: LinkTarget::Web(to), .. } if to == "https://example.org/")), "{inlines:?}");
    assert!(
        inlines
            .iter()
            .any(|inline| inline.kind == InlineKind::FootnoteRef("1".to_owned())),
        "{inlines:?}"
    );
    assert_eq!(read.prose.footnotes.len(), 1);
    let BlockKind::Paragraph(note) = &read.prose.footnotes[0].blocks[0].kind else {
        panic!("a note")
    };
    assert_eq!(plain(note), "Until March.");
    assert_eq!(blocks[2].lang.as_deref(), Some("cy"));
    // Each stands behind the one before it in what was read.
    assert!(
        blocks
            .windows(2)
            .all(|two| two[0].span.end <= two[1].span.start)
    );
}

/// A picture of four dots, `width` by `height` points.
fn picture(tag: &str, width: u32, height: u32) -> String {
    format!("{tag} BDC q {width} 0 0 {height} 100 300 cm /Pic Do Q EMC")
}

#[test]
fn a_figure_is_known_by_where_it_is_seen() {
    let figures = |read: &Reflow| -> Vec<(String, String)> {
        let figures = read
            .prose
            .blocks
            .iter()
            .filter_map(|block| match &block.kind {
                BlockKind::Figure(figure) => Some((figure.source.clone(), figure.alt.clone())),
                _ => None,
            });
        figures.collect()
    };
    // The page is 595 by 842: it begins 392 below the top, and a little is seen around it.
    let seen = "#page=1&viewrect=98,390,204,154";
    let alt = || dictionary! { "Alt" => Object::string_literal("A map of the ward") };
    let tagged = |painted: String| {
        let map = Node::Element("Figure", alt(), vec![Node::Painted(painted)]);
        figures(&reflowed(vec![map, text("P", "Words")], ""))
    };
    let told = |source: &str| vec![(source.to_owned(), "A map of the ward".to_owned())];
    assert_eq!(tagged(picture("/Figure <</MCID 0>>", 200, 150)), told(seen));
    // a crest is no picture to look at, its words stay
    assert_eq!(tagged(picture("/Figure <</MCID 0>>", 60, 60)), told(""));
    // a frame round words is none, a chart of many lines is one
    let frame = "/Figure <</MCID 0>> BDC 100 300 200 150 re S EMC".to_owned();
    assert_eq!(tagged(frame), told(""));
    let bars: String = (0..20)
        .map(|bar| format!("{} 300 5 150 re f ", 100 + 10 * bar))
        .collect();
    let chart = tagged(format!("/Figure <</MCID 0>> BDC {bars} EMC"));
    assert_eq!(chart, told("#page=1&viewrect=98,390,199,154"));

    // what no figure of the tags holds is shown where it is large, and said to be undescribed
    let loose = |tag: &str, width: u32| {
        let words = vec![text("P", "Words"), text("P", "More words")];
        figures(&reflowed(words, &picture(tag, width, 150)))
    };
    let bare = |source: &str| vec![(source.to_owned(), String::new())];
    let wide = bare("#page=1&viewrect=98,390,404,154");
    assert_eq!(loose("/Artifact <<>>", 400), wide);
    assert_eq!(loose("/Artifact <<>>", 100), vec![]);
    assert_eq!(loose("/Artifact <</Type /Pagination>>", 400), vec![]);
}

#[test]
fn a_small_picture_without_words_stays_as_large_as_it_was() {
    let stays = |nodes: Vec<Node>, loose: &str| -> Vec<bool> {
        let read = reflowed(nodes, loose);
        let figures = read
            .prose
            .blocks
            .iter()
            .filter_map(|block| match &block.kind {
                BlockKind::Figure(figure) => Some(figure.share.is_some()),
                _ => None,
            });
        figures.collect()
    };
    let alt = || dictionary! { "Alt" => Object::string_literal("The logo") };
    let figure = |painted: String| Node::Element("Figure", alt(), vec![Node::Painted(painted)]);
    let tagged = |width, height| figure(picture("/Figure <</MCID 0>>", width, height));
    let words = || text("P", "Words");
    assert_eq!(stays(vec![tagged(200, 150), words()], ""), [true]);
    assert_eq!(stays(vec![tagged(400, 250), words()], ""), [false]);
    // What stands among words is a chart, unless it is as small as a signature.
    let among = |one| {
        let tagged = picture("/Figure <</MCID 1>>", one, 100);
        stays(vec![words(), figure(tagged)], "")
    };
    assert_eq!((among(300), among(150)), (vec![false], vec![true]));
    // Words in it have to grow.
    let lettered = "/Figure <</MCID 0>> BDC q 150 0 0 80 100 300 cm /Pic Do Q BT /F1 8 Tf 110 320 Td (Parks) Tj ET EMC";
    let lettered = figure(lettered.to_owned());
    assert_eq!(stays(vec![lettered, words()], ""), [false]);
}

#[test]
fn the_lines_of_an_address_are_one_paragraph() {
    let read = |lines: &[(i32, i32, &'static str)]| -> Vec<String> {
        let lines = lines
            .iter()
            .map(|&(x, down, words)| el("P", vec![Node::Spot(x, down, words)]));
        let read = reflowed(lines.collect(), "");
        read.prose
            .blocks
            .iter()
            .map(|block| match &block.kind {
                BlockKind::Paragraph(inlines) => inlines
                    .iter()
                    .map(|inline| match &inline.kind {
                        InlineKind::HardBreak => "/".to_owned(),
                        _ => plain(std::slice::from_ref(inline)),
                    })
                    .collect(),
                other => panic!("{other:?}"),
            })
            .collect()
    };
    let address = [
        (72, 100, "Ann Oakes"),
        (72, 112, "Wharf House"),
        (72, 124, "Leeds"),
        (72, 150, "Dear Ann"),
    ];
    assert_eq!(read(&address), ["Ann Oakes/Wharf House/Leeds", "Dear Ann"]);
    // The head of a letter stands at the right: one letter more begins further left.
    let head = [(400, 100, "iiii"), (398, 112, "iiiii"), (300, 124, "iiii")];
    assert_eq!(read(&head), ["iiii/iiiii", "iiii"]);
    // Sentences, items and labels stand for themselves however close they are set.
    let others = [
        (72, 100, "The baths closed."),
        (72, 112, "1. The baths"),
        (72, 124, "For the Board to note:"),
        (72, 136, "The baths"),
    ];
    assert_eq!(read(&others).len(), 4);
}

#[test]
fn labels_of_a_table_of_one_column_stay_bold() {
    let head = |words| {
        el(
            "TH",
            vec![el("P", vec![el("Strong", vec![Node::Words(words)])])],
        )
    };
    let answer = |words| el("TH", vec![text("P", words)]);
    let rows = [
        head("Service change"),
        answer("No"),
        head("Strategy"),
        answer("Yes"),
    ];
    let rows = rows.into_iter().map(|cell| el("TR", vec![cell]));
    let read = reflowed(vec![el("Table", rows.collect())], "");
    let bold: Vec<bool> = read
        .prose
        .blocks
        .iter()
        .map(|block| match &block.kind {
            BlockKind::Paragraph(inlines) => matches!(inlines[0].kind, InlineKind::Strong(_)),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(bold, [true, false, true, false]);
}

#[test]
fn a_picture_outside_the_tags_stands_below_what_is_above_it() {
    let below = el("P", vec![Node::Spot(72, 700, "Below the chart")]);
    let read = reflowed(
        vec![text("P", "Above the chart"), below],
        &picture("/Artifact <<>>", 400, 150),
    );
    let kinds: Vec<&str> = read
        .prose
        .blocks
        .iter()
        .map(|block| match &block.kind {
            BlockKind::Paragraph(_) => "words",
            BlockKind::Figure(_) => "chart",
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(kinds, ["words", "chart", "words"]);
}

#[test]
fn where_the_tree_leaves_too_much_out_the_pages_are_read() {
    let read = reflowed(
        vec![text("P", "four")],
        "BT /F1 10 Tf 72 400 Td (more) Tj ET",
    );
    assert_eq!(read.from, ReadFrom::Pages);
    assert_eq!(words(&text_of(&read.prose)), ["four", "more"]);
}

#[test]
fn replaced_words_are_read_as_they_are_meant() {
    let meant = dictionary! { "ActualText" => Object::string_literal("Budget") };
    let read = reflowed(
        vec![Node::Element("P", meant, vec![Node::Words("B u d g e t")])],
        "",
    );
    assert_eq!(text_of(&read.prose).trim(), "Budget");
    assert_eq!(read.coverage, 1.0);
}

#[test]
fn a_tree_that_turns_in_a_circle_or_goes_too_deep_ends() {
    let mut sheet = Sheet::new("/P <</MCID 0>> BDC BT /F1 10 Tf 72 700 Td (once) Tj ET EMC");
    let page = sheet.page_reference();
    let one = sheet.doc.new_object_id();
    let two = sheet
        .doc
        .add_object(dictionary! { "S" => "P", "Pg" => page, "K" => vec![0.into(), one.into()] });
    sheet.doc.objects.insert(
        one,
        dictionary! { "S" => "Sect", "K" => vec![two.into(), one.into()] }.into(),
    );
    let mut deep = two;
    for _ in 0..5_000 {
        deep = sheet
            .doc
            .add_object(dictionary! { "S" => "L", "K" => deep });
    }
    let root = sheet
        .doc
        .add_object(dictionary! { "K" => vec![one.into(), deep.into()] });
    let bytes = sheet.catalog_entry("StructTreeRoot", root.into()).bytes();
    let doc = pack::pdf::open(&bytes).expect("a PDF");
    let read = pack::pdf::reflow(&doc, &PageSelection::default(), Span::new(FileId(0), 0, 0))
        .expect("prose");
    assert_eq!(text_of(&read.prose).trim(), "once");
}

/// How long this thread has been at work, whatever else the machine does; nothing where the system does
/// not say so.
fn processor_time() -> Duration {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let spent = told.split_whitespace().next();
    Duration::from_nanos(spent.and_then(|spent| spent.parse().ok()).unwrap_or(0))
}

#[test]
fn odd_files_are_read_without_a_panic() {
    let Some(shared) = shared() else {
        return;
    };
    // Nothing is left to other threads, whose time would not be counted.
    let alone = rayon::ThreadPoolBuilder::new().num_threads(1);
    let _alone = alone.use_current_thread().build().expect("a pool");
    let mut tagged = 0;
    for kind in ["hayro", "pdfjs", "qpdf"] {
        let folder = shared.join("corpus").join(kind);
        for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
            let bytes = std::fs::read(entry.path()).expect("a readable file");
            let begun = processor_time();
            if let Some(doc) = pack::pdf::open(&bytes) {
                let read =
                    pack::pdf::reflow(&doc, &PageSelection::default(), Span::new(FileId(0), 0, 0));
                tagged += usize::from(read.is_some());
            }
            let spent = processor_time().saturating_sub(begun);
            assert!(spent.as_secs() < 10, "{:?}", entry.path());
        }
    }
    println!("{tagged} files have a structure tree with content");
}
