//! Workbooks made by hand, and what is read of them.

use std::path::Path;

use super::*;
use crate::finding::{Files, Finding, Severity};
use crate::load::disk::Disk;
use crate::load::notes::Notes;
use crate::load::zip::packed;

const TYPES: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const MARKER: &str = "PLANTED";

fn relationships(of: &[(&str, &str, &str)]) -> String {
    let lines: String = of
        .iter()
        .map(|(id, kind, target)| {
            let mode = if kind.starts_with("external") && target.contains(':') {
                r#" TargetMode="External""#
            } else {
                ""
            };
            format!(r#"<Relationship Id="{id}" Type="{TYPES}/{kind}" Target="{target}"{mode}/>"#)
        })
        .collect();
    format!("<Relationships>{lines}</Relationships>")
}

/// A workbook with one file for each sheet: its name, its state, its content.
fn excel(sheets: &[(&str, &str, &str)], beside: &str, more: &[(&str, &str)]) -> Vec<u8> {
    let listed: String = sheets
        .iter()
        .enumerate()
        .map(|(at, (name, state, _))| {
            format!(r#"<sheet name="{name}" sheetId="{at}" state="{state}" r:id="s{at}"/>"#)
        })
        .collect();
    let workbook =
        format!(r#"<workbook xmlns:r="{TYPES}"><sheets>{listed}</sheets>{beside}</workbook>"#);
    let mut leads: Vec<(String, &str, String)> = (0..sheets.len())
        .map(|at| {
            (
                format!("s{at}"),
                "worksheet",
                format!("worksheets/s{at}.xml"),
            )
        })
        .collect();
    leads.push(("st".into(), "styles", "styles.xml".into()));
    leads.push(("ss".into(), "sharedStrings", "shared.xml".into()));
    leads.push(("x1".into(), "externalLink", "externalLinks/x1.xml".into()));
    let leads: Vec<(&str, &str, &str)> = leads
        .iter()
        .map(|(id, kind, to)| (id.as_str(), *kind, to.as_str()))
        .collect();
    let mut files = vec![
        (
            "_rels/.rels".to_owned(),
            relationships(&[("o", "officeDocument", "xl/workbook.xml")]),
        ),
        ("xl/workbook.xml".to_owned(), workbook),
        (
            "xl/_rels/workbook.xml.rels".to_owned(),
            relationships(&leads),
        ),
    ];
    for (at, (_, _, content)) in sheets.iter().enumerate() {
        files.push((
            format!("xl/worksheets/s{at}.xml"),
            format!(r#"<worksheet xmlns:r="{TYPES}">{content}</worksheet>"#),
        ));
    }
    files.extend(
        more.iter()
            .map(|(name, text)| ((*name).to_owned(), (*text).to_owned())),
    );
    let files: Vec<(&str, &[u8])> = files
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_bytes()))
        .collect();
    packed(&files)
}

/// A row of cells: words, or what begins with a sign.
fn row(number: u32, cells: &[&str]) -> String {
    let cells: String = cells
        .iter()
        .enumerate()
        .filter(|(_, cell)| !cell.is_empty())
        .map(|(at, cell)| {
            let place = area::written((number - 1, at as u32));
            if let Some((style, value)) =
                cell.strip_prefix('=').and_then(|cell| cell.split_once(' '))
            {
                format!(r#"<c r="{place}" s="{style}"><v>{value}</v></c>"#)
            } else if cell.starts_with('<') {
                format!(r#"<c r="{place}">{cell}</c>"#)
            } else {
                format!(r#"<c r="{place}" t="inlineStr"><is><t>{cell}</t></is></c>"#)
            }
        })
        .collect();
    format!(r#"<row r="{number}">{cells}</row>"#)
}

/// What is read of a file: the table as lines of cells, its caption and the number of its heads, and
/// what was found.
struct Reading {
    lines: Vec<String>,
    table: Option<Table>,
    findings: Vec<Finding>,
    files: Files,
}

impl Reading {
    fn told(&self) -> Vec<(&str, Severity)> {
        self.findings
            .iter()
            .map(|finding| (finding.code.0, finding.severity))
            .collect()
    }

    fn says(&self, words: &str) -> bool {
        let said = |finding: &Finding| format!("{} {:?}", finding.message, finding.help);
        self.findings
            .iter()
            .any(|finding| said(finding).contains(words))
    }
}

fn reading(bytes: &[u8], written: &str, header_rows: Option<u32>) -> Reading {
    let (disk, notes) = (Disk::new(Path::new("")), Notes::default());
    let reader = Reader::new(&disk, &notes);
    let source = format!("file = \"{written}\"");
    let file = reader.files.borrow_mut().add("pack.toml", source.as_str());
    let named = Named {
        name: SourceName(written.to_owned()),
        span: Span::new(file, 7, source.len()),
        redact: Vec::new(),
    };
    let table = understood(&named, bytes, header_rows, &reader);
    let words = |cell: &Cell| {
        let mut text = String::new();
        for block in &cell.blocks {
            if let BlockKind::Paragraph(words) = &block.kind {
                text.push_str(&crate::prose::plain(words));
            }
        }
        text
    };
    let lines = table.iter().flat_map(|table| &table.rows).map(|row| {
        let cells: Vec<String> = row.cells.iter().map(words).collect();
        cells.join("|")
    });
    Reading {
        lines: lines.collect(),
        files: reader.files.take(),
        table,
        findings: notes.into_findings(),
    }
}

const STYLES: &str = r##"<styleSheet><numFmts><numFmt numFmtId="164" formatCode="#,##0_);(#,##0)"/><numFmt numFmtId="165" formatCode="[$£-809]#,##0.00"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="10"/><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs></styleSheet>"##;

#[test]
fn a_sheet_is_read_as_it_shows() {
    let data = [
        row(1, &["Budget 2026", "", "", "", ""]),
        row(3, &["Service", "When", "Share", "Change", "Cost"]),
        row(
            4,
            &["Parks", "=1 46113", "=2 0.125", "=3 -1234", "=4 1234.5"],
        ),
        row(
            5,
            &[
                "Baths",
                "=1 46114",
                "=2 1",
                "=3 5",
                "<f>1/0</f><v>#DIV/0!</v>",
            ],
        ),
        row(6, &["Total", "", "", "=3 -1229", "=4 1234.5"]),
    ];
    let content = format!("<sheetData>{}</sheetData>", data.concat());
    let bytes = excel(
        &[("Summary", "visible", &content)],
        "",
        &[("xl/styles.xml", STYLES)],
    );
    let read = reading(&bytes, "budget.xlsx", None);
    assert_eq!(
        read.lines,
        [
            "Service|When|Share|Change|Cost",
            "Parks|01/04/2026|12.50%|(1,234)|£1,234.50",
            "Baths|02/04/2026|100.00%|5|#DIV/0!",
            "Total|||(1,229)|£1,234.50",
        ]
    );
    let table = read.table.as_ref().expect("a table");
    assert_eq!(
        crate::prose::plain(table.caption.as_deref().expect("a title")),
        "Budget 2026"
    );
    assert_eq!(table.header_rows, 1);
    assert_eq!(read.told(), [("spreadsheet-error", Severity::Warning)]);
    let crate::finding::Place::Text(place) = read.findings[0].place else {
        panic!("{:?}", read.findings);
    };
    assert_eq!(read.files.text(place), "#DIV/0!");
    assert_eq!(read.files.position(place).line, 5, "the row of the sheet");

    let range = reading(&bytes, "budget.xlsx#Summary!A3:C4", None);
    assert_eq!(
        range.lines,
        ["Service|When|Share", "Parks|01/04/2026|12.50%"]
    );
    let only = reading(&bytes, "budget.xlsx#D3:E6", Some(0));
    assert_eq!(only.table.expect("a table").header_rows, 0);
    let dates = excel(
        &[(
            "S",
            "visible",
            &format!("<sheetData>{}</sheetData>", row(1, &["=1 44651", "a"])),
        )],
        r#"<workbookPr date1904="1"/>"#,
        &[("xl/styles.xml", STYLES)],
    );
    assert_eq!(reading(&dates, "a.xlsm", None).lines, ["01/04/2026|a"]);
}

#[test]
fn a_workbook_with_several_sheets_asks_which() {
    let data = format!(
        "<sheetData>{}{}</sheetData>",
        row(1, &["a", "b"]),
        row(2, &["c", "d"])
    );
    let empty = "<sheetData/>";
    let names = r#"<definedNames><definedName name="The_costs">'Two words'!$A$2:$B$2</definedName></definedNames>"#;
    let sheets = [
        ("One", "visible", data.as_str()),
        ("Two words", "visible", &data),
        ("Blank", "visible", empty),
        ("Secret", "hidden", &data),
    ];
    let bytes = excel(&sheets, names, &[]);
    let read = |written: &str| reading(&bytes, written, None);
    let several = read("budget.xlsx");
    assert_eq!(several.told(), [("several-sheets", Severity::Error)]);
    assert!(several.says("budget.xlsx#One") && several.says("budget.xlsx#Two words"));
    assert!(!several.says("Blank") && !several.says("Secret"));
    for (written, lines) in [
        ("budget.xlsx#One", vec!["a|b", "c|d"]),
        ("budget.xlsx#two words", vec!["a|b", "c|d"]),
        ("budget.xlsx#'Two words'!B1:B2", vec!["b", "d"]),
        ("budget.xlsx#the_costs", vec!["c|d"]),
    ] {
        let read = read(written);
        assert_eq!(read.lines, lines, "{written}");
        assert_eq!(
            read.told(),
            [("hidden-in-spreadsheet", Severity::Note)],
            "{written}"
        );
        assert!(!read.says("Secret"), "{written}");
    }
    for (written, code, says) in [
        ("budget.xlsx#Onne", "no-such-sheet", "budget.xlsx#One"),
        ("budget.xlsx#One!A", "no-such-sheet", "One"),
        ("budget.xlsx#Secret", "hidden-in-spreadsheet", "is hidden"),
        ("budget.xlsx#Blank", "not-a-table", "empty"),
        ("budget.xlsx#One!D9:F12", "not-a-table", "empty"),
    ] {
        let read = read(written);
        assert!(read.lines.is_empty(), "{written}");
        assert_eq!(
            read.findings[0].code.0, code,
            "{written}: {:?}",
            read.findings
        );
        assert!(read.says(says), "{written}: {:?}", read.findings);
    }
}

#[test]
fn what_is_not_for_readers_stays_out_and_is_told() {
    let hidden_row = row(3, &[MARKER, MARKER]).replace("<row ", r#"<row hidden="1" "#);
    let data = [
        row(1, &["Service", "Cost", MARKER, "Note"]),
        row(2, &["Parks", "<f>[1]Sheet1!A1</f><v>5</v>", MARKER, "see"]),
        hidden_row,
        row(4, &["Baths", "<f>SUM(A1)</f>", MARKER, "see"]).replace("<row ", "<row x=\"\" "),
        row(5, &["Wide", MARKER, "", "w"]),
        format!(
            r#"<row r="6"><c r="A6" s="1" t="inlineStr"><is><t>{MARKER}</t></is></c><c r="D6" t="inlineStr"><is><t>end</t></is></c></row>"#
        ),
    ];
    let content = format!(
        r#"<cols><col min="3" max="3" hidden="1"/></cols><sheetData>{}</sheetData><mergeCells><mergeCell ref="A5:B5"/></mergeCells>"#,
        data.concat()
    );
    let comments = format!(
        r#"<comments><authors><author>Ann Oakes</author></authors><commentList><comment ref="B2" authorId="0"><text><t>{MARKER}</t></text></comment></commentList></comments>"#
    );
    let styles = r#"<styleSheet><numFmts><numFmt numFmtId="164" formatCode=";;;"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs></styleSheet>"#;
    let more = [
        ("xl/styles.xml", styles),
        ("xl/comments1.xml", comments.as_str()),
        (
            "xl/worksheets/_rels/s0.xml.rels",
            &relationships(&[
                ("c", "comments", "../comments1.xml"),
                ("d", "drawing", "../drawings/d1.xml"),
            ]),
        ),
        (
            "xl/drawings/_rels/d1.xml.rels",
            &relationships(&[("c", "chart", "../charts/c1.xml")]),
        ),
        ("xl/externalLinks/x1.xml", "<externalLink/>"),
        (
            "xl/externalLinks/_rels/x1.xml.rels",
            &relationships(&[(
                "p",
                "externalLinkPath",
                "file:///S:/Finance/Private/plan.xlsx",
            )]),
        ),
        ("docProps/core.xml", MARKER),
    ];
    let beside = r#"<externalReferences><externalReference r:id="x1"/></externalReferences>"#;
    let bytes = excel(
        &[("S", "visible", &content), ("T", "veryHidden", &content)],
        beside,
        &more,
    );
    let read = reading(&bytes, "a.xlsx", None);
    assert_eq!(
        read.lines,
        [
            "Service|Cost|Note",
            "Parks|5|see",
            "Baths||see",
            "Wide|w",
            "||end"
        ]
    );
    assert!(
        !read.says(MARKER) && !read.says("Private"),
        "{:?}",
        read.findings
    );
    for file in read.files.iter() {
        assert!(!file.1.text.contains(MARKER));
    }
    for words in [
        "Row 3 of the sheet is hidden",
        "Column C of the sheet is hidden",
        "Cells B5 and A6 hold",
        "Cell B2 has a comment by Ann Oakes",
        "Cell B2 takes its value from another file, plan.xlsx",
        "Cell B4 has a formula that was never calculated",
        "1 drawing (a chart)",
        "1 hidden sheet",
    ] {
        assert!(read.says(words), "{words}: {:#?}", read.findings);
    }
    assert_eq!(read.findings.len(), 8, "{:#?}", read.findings);
}

#[test]
fn a_cell_below_a_very_tall_merged_cell_is_not_shown() {
    let content = format!(
        r#"<sheetData>{}{}{}</sheetData><mergeCells><mergeCell ref="A1:A20000"/></mergeCells>"#,
        row(1, &["Service", "Cost"]),
        row(2, &[MARKER, "5"]),
        row(1_500, &[MARKER, "7"]),
    );
    let bytes = excel(&[("S", "visible", &content)], "", &[]);
    let read = reading(&bytes, "a.xlsx", None);
    assert!(
        read.lines.iter().all(|line| !line.contains(MARKER)),
        "{:?}",
        read.lines
    );
    assert!(read.says("Cells A2 and A1500 hold"), "{:#?}", read.findings);
}

#[test]
fn merged_cells_frozen_rows_and_tables_tell_the_heads() {
    let data = [
        row(1, &["Service", "2025", "", "2026", ""]),
        row(2, &["", "Plan", "Spent", "Plan", "Spent"]),
        row(3, &["Parks", "1", "2", "3", "4"]),
    ];
    let merged = r#"<mergeCells><mergeCell ref="A1:A2"/><mergeCell ref="B1:C1"/><mergeCell ref="D1:E1"/></mergeCells>"#;
    let sheet = |before: &str, after: &str| {
        let content = format!("{before}<sheetData>{}</sheetData>{after}", data.concat());
        excel(&[("S", "visible", &content)], "", &[])
    };
    let heads = |bytes: &[u8]| {
        let read = reading(bytes, "a.xlsx", None);
        assert!(read.findings.is_empty(), "{:?}", read.findings);
        let table = read.table.expect("a table");
        let spans: Vec<(usize, usize)> = table.rows[0]
            .cells
            .iter()
            .map(|cell| (cell.columns, cell.rows))
            .collect();
        (table.header_rows, spans)
    };
    assert_eq!(heads(&sheet("", merged)), (2, vec![(1, 2), (2, 1), (2, 1)]));
    let frozen =
        r#"<sheetViews><sheetView><pane ySplit="2" state="frozen"/></sheetView></sheetViews>"#;
    assert_eq!(heads(&sheet(frozen, "")), (2, vec![(1, 1); 5]));
    assert_eq!(heads(&sheet("", "")), (1, vec![(1, 1); 5]));
}

#[test]
fn an_open_document_is_read_the_same_way() {
    let content = format!(
        r#"<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x" xmlns:style="s" xmlns:dc="d" xmlns:xlink="l"><office:automatic-styles><style:style style:name="h"><style:table-properties table:display="false"/></style:style></office:automatic-styles><office:body><office:spreadsheet><table:table table:name="Costs"><table:table-column table:number-columns-repeated="2"/><table:table-column table:visibility="collapse"/><table:table-column table:number-columns-repeated="1021"/><table:table-header-rows><table:table-row><table:table-cell><text:p>Service</text:p></table:table-cell><table:table-cell table:number-columns-spanned="2"><text:p>Cost  <text:s text:c="2"/>of it</text:p></table:table-cell><table:covered-table-cell><text:p>{MARKER}</text:p></table:covered-table-cell><table:table-cell><text:p>When</text:p></table:table-cell></table:table-row></table:table-header-rows><table:table-row table:number-rows-repeated="2"><table:table-cell><text:p>Parks</text:p></table:table-cell><table:table-cell table:formula="of:='file:///S:/Private/plan.ods'#$A.A1"><text:p>£5.00</text:p><office:annotation><dc:creator>Ann Oakes</dc:creator><text:p>{MARKER}</text:p></office:annotation></table:table-cell><table:table-cell><text:p>{MARKER}</text:p></table:table-cell><table:table-cell><text:p><text:a xlink:href="https://example.org/">1 April</text:a></text:p></table:table-cell></table:table-row><table:table-row table:visibility="filter"><table:table-cell><text:p>{MARKER}</text:p></table:table-cell></table:table-row><table:table-row table:number-rows-repeated="1048570"><table:table-cell table:number-columns-repeated="1024"/></table:table-row></table:table><table:table table:name="Old" table:style-name="h"><table:table-row><table:table-cell><text:p>{MARKER}</text:p></table:table-cell></table:table-row></table:table><table:named-expressions><table:named-range table:name="first" table:cell-range-address="$Costs.$A$1:.$B$2"/></table:named-expressions></office:spreadsheet></office:body></office:document-content>"#
    );
    let bytes = packed(&[
        (
            "mimetype",
            b"application/vnd.oasis.opendocument.spreadsheet",
        ),
        ("content.xml", content.as_bytes()),
    ]);
    let read = reading(&bytes, "costs.ods", None);
    assert_eq!(
        read.lines,
        [
            "Service|Cost   of it|When",
            "Parks|£5.00|1 April",
            "Parks|£5.00|1 April"
        ]
    );
    assert_eq!(read.table.as_ref().expect("a table").header_rows, 1);
    assert!(
        !read.says(MARKER) && !read.says("Private"),
        "{:?}",
        read.findings
    );
    for words in [
        "Row 4",
        "Column C",
        "comment by Ann Oakes",
        "plan.ods",
        "1 hidden sheet",
    ] {
        assert!(read.says(words), "{words}: {:#?}", read.findings);
    }
    let named = reading(&bytes, "costs.ods#first", None);
    assert_eq!(named.lines, ["Service|Cost   of it", "Parks|£5.00"]);
    let locked = packed(&[
        ("content.xml", b"\x01\x02"),
        ("META-INF/manifest.xml", b"<manifest:encryption-data/>"),
    ]);
    let read = reading(&locked, "costs.ods", None);
    assert_eq!(read.told(), [("spreadsheet-encrypted", Severity::Error)]);
}

#[test]
fn files_that_are_called_spreadsheets_say_what_they_are() {
    let wide: Vec<u8> = "EncryptedPackage"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let compound = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
    let whole = excel(&[("S", "visible", "<sheetData/>")], "", &[]);
    for (name, bytes, code, says) in [
        (
            "~$a.xlsx",
            vec![0; 165],
            "not-a-spreadsheet",
            "has the file open",
        ),
        (
            "a.xlsx",
            [compound.clone(), wide].concat(),
            "spreadsheet-encrypted",
            "password",
        ),
        (
            "a.xls",
            compound,
            "not-a-spreadsheet",
            "an old Office document",
        ),
        (
            "a.xls",
            b"<html><table></table></html>".to_vec(),
            "not-a-spreadsheet",
            "web page",
        ),
        ("a.xls", b"a,b\n1,2\n".to_vec(), "not-a-spreadsheet", ".csv"),
        (
            "a.xlsb",
            packed(&[("xl/workbook.bin", b"")]),
            "not-a-spreadsheet",
            ".xlsb",
        ),
        (
            "a.xlsx",
            packed(&[("word/document.xml", b"<a/>")]),
            "not-a-spreadsheet",
            "Word",
        ),
        (
            "a.xlsx",
            packed(&[("b.txt", b"")]),
            "not-a-spreadsheet",
            "archive",
        ),
        (
            "a.xlsx",
            whole[..whole.len() - 9].to_vec(),
            "spreadsheet-damaged",
            "damaged",
        ),
        ("a.xlsx", Vec::new(), "not-a-spreadsheet", "empty"),
    ] {
        let read = reading(&bytes, name, None);
        let [finding] = read.findings.as_slice() else {
            panic!("{says}: {:?}", read.findings);
        };
        assert_eq!(finding.code.0, code, "{finding:?}");
        assert!(read.says(says), "{finding:?}");
    }
}

#[test]
fn hostile_workbooks_are_bounded() {
    let many: String = (1..=30_001).map(|number| row(number, &["a"])).collect();
    let content = format!("<sheetData>{many}</sheetData>");
    let bytes = excel(&[("S", "visible", &content)], "", &[]);
    let read = reading(&bytes, "a.xlsx", None);
    assert_eq!(read.told(), [("not-a-table", Severity::Error)]);
    assert_eq!(reading(&bytes, "a.xlsx#A9:A12", None).lines, ["a"; 4]);
    let far = format!(
        "<sheetData>{}</sheetData><mergeCells><mergeCell ref=\"A1:XFD1048576\"/></mergeCells>",
        row(1_048_576, &["a"])
    );
    let bytes = excel(&[("S", "visible", &far)], "", &[]);
    let read = reading(&bytes, "a.xlsx", None);
    assert!(
        read.lines.is_empty() && read.says("a.xlsx is empty"),
        "{:?}",
        read.findings
    );
    // A sheet whose merged cells are all read, and one of which some would be lost.
    for (count, found) in [
        (20_000, ("hidden-in-spreadsheet", Severity::Warning)),
        (20_001, ("file-too-large", Severity::Error)),
    ] {
        let merged: String = (1..=count)
            .map(|at| format!("<mergeCell ref=\"A{at}:B{at}\"/>"))
            .collect();
        let content = format!(
            "<sheetData>{}{}</sheetData><mergeCells>{merged}</mergeCells>",
            row(1, &["a"]),
            row(count, &["z", "lost"])
        );
        let bytes = excel(&[("S", "visible", &content)], "", &[]);
        let read = reading(&bytes, &format!("a.xlsx#A{count}:B{count}"), None);
        assert_eq!(read.told(), [found], "{count}");
    }
    let content = format!(
        r#"<cols><col min="2" max="2" hidden="1"/></cols><sheetData>{}{}</sheetData><mergeCells><mergeCell ref="A1:B2"/></mergeCells>"#,
        row(1, &["a", "b", "=1 5"]),
        row(2, &["c", "d", "e"])
    );
    let mut bytes = excel(
        &[("S", "visible", &content)],
        "",
        &[("xl/styles.xml", STYLES)],
    );
    for at in (0..bytes.len()).step_by(11) {
        bytes[at] ^= 0x15;
        let _ = reading(&bytes, "a.xlsx", None);
        bytes[at] ^= 0x15;
    }
}
