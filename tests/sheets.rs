//! A workbook as an appendix: its figures are in every output as they show, and what it hides is in
//! none.

use crate::common::word::packed;
use crate::privacy::{files, web_page};

const MARKER: &str = "PLANTEDINSHEET";
const TYPES: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

fn relationships(of: &[(&str, &str, &str)]) -> String {
    let lines: String = of
        .iter()
        .map(|(id, kind, target)| {
            format!(r#"<Relationship Id="{id}" Type="{TYPES}/{kind}" Target="{target}"/>"#)
        })
        .collect();
    format!("<Relationships>{lines}</Relationships>")
}

/// A workbook with a summary to show and much besides.
fn workbook() -> Vec<u8> {
    let words = |place: &str, words: &str| {
        format!(r#"<c r="{place}" t="inlineStr"><is><t>{words}</t></is></c>"#)
    };
    let row = |number: u8, more: &str, cells: [String; 3]| {
        format!(r#"<row r="{number}" {more}>{}</row>"#, cells.concat())
    };
    let money = r#"<c r="B2" s="1"><v>1234.5</v></c>"#.to_owned();
    let data = [
        row(
            1,
            "",
            [
                words("A1", "Service"),
                words("B1", "Cost"),
                words("C1", MARKER),
            ],
        ),
        row(
            2,
            "",
            [words("A2", "Ropewalk parks"), money, words("C2", MARKER)],
        ),
        row(
            3,
            r#"hidden="1""#,
            [words("A3", MARKER), words("B3", MARKER), String::new()],
        ),
        row(
            4,
            "",
            [words("A4", "Baths"), words("B4", "none"), String::new()],
        ),
    ];
    let sheet = format!(
        r#"<worksheet><cols><col min="3" max="3" hidden="1"/></cols><sheetData>{}</sheetData></worksheet>"#,
        data.concat()
    );
    let secret = format!(
        r#"<worksheet><sheetData><row r="1">{}</row></sheetData></worksheet>"#,
        words("A1", MARKER)
    );
    let comments = format!(
        r#"<comments><authors><author>Reed</author></authors><commentList><comment ref="A2" authorId="0"><text><t>{MARKER}</t></text></comment></commentList></comments>"#
    );
    let parts = [
        ("_rels/.rels", relationships(&[("o", "officeDocument", "xl/workbook.xml")])),
        (
            "xl/workbook.xml",
            format!(r#"<workbook xmlns:r="{TYPES}"><sheets><sheet name="Summary" r:id="a"/><sheet name="Other" r:id="b"/><sheet name="{MARKER}" state="hidden" r:id="b"/></sheets></workbook>"#),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            relationships(&[
                ("a", "worksheet", "worksheets/a.xml"),
                ("b", "worksheet", "worksheets/b.xml"),
                ("s", "styles", "styles.xml"),
            ]),
        ),
        ("xl/worksheets/a.xml", sheet),
        ("xl/worksheets/b.xml", secret),
        ("xl/worksheets/_rels/a.xml.rels", relationships(&[("c", "comments", "../comments.xml")])),
        ("xl/comments.xml", comments),
        ("xl/styles.xml", r#"<styleSheet><numFmts><numFmt numFmtId="170" formatCode="[$£-809]#,##0.00"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="170"/></cellXfs></styleSheet>"#.to_owned()),
        ("docProps/core.xml", MARKER.to_owned()),
    ];
    packed(&parts.map(|(name, text)| (name.to_owned(), text.into_bytes())))
}

#[test]
fn nothing_that_a_workbook_hides_reaches_an_output() {
    let folder = tempfile::tempdir().expect("a folder");
    let pack = |arguments: &[&str]| {
        let output = crate::common::pack(arguments, folder.path());
        (output.status.success(), crate::common::said(&output))
    };
    let (started, said) = pack(&["new", "council", "."]);
    assert!(started, "{said}");
    let packs = std::fs::read_dir(folder.path().join("packs")).expect("packs");
    let inner = packs.flatten().next().expect("a pack").path();
    crate::common::written(folder.path());
    let report = inner.join("03-report/report.md");
    let text = std::fs::read_to_string(&report).expect("the report");
    let appendix = "[[appendix]]\ntitle = \"Costs\"\nfile = \"costs.xlsx#Summary!A1:C9\"\n";
    let at = text.rfind("+++").expect("front matter");
    std::fs::write(
        &report,
        format!(
            "{}{appendix}{}\nSee Appendix 1.\n",
            &text[..at],
            &text[at..]
        ),
    )
    .expect("the report");
    std::fs::write(inner.join("03-report/costs.xlsx"), workbook()).expect("the workbook");
    let (built, said) = pack(&["build", "."]);
    assert!(built, "{said}");
    assert!(!said.contains(MARKER), "{said}");
    let (_, told) = pack(&["check", "."]);
    for words in ["Row 3", "Column C", "comment by Reed", "1 hidden sheet"] {
        assert!(told.contains(words), "{words}: {told}");
    }
    assert!(!told.contains(MARKER), "{told}");
    let page = web_page(&folder.path().join("out"));
    for words in ["Ropewalk parks", "£1,234.50", "none"] {
        assert!(page.contains(words), "{words}: {page}");
    }
    for path in files(&folder.path().join("out")) {
        let bytes = std::fs::read(&path).expect("an output");
        let there = bytes
            .windows(MARKER.len())
            .any(|window| window == MARKER.as_bytes());
        assert!(!there, "{}", path.display());
        if path.extension().is_some_and(|ending| ending == "pdf") {
            let path = path.to_string_lossy();
            if let Some(text) = crate::common::tool("pdftotext", &[&path, "-"]) {
                assert!(
                    text.contains("£1,234.50") && !text.contains(MARKER),
                    "{text}"
                );
            }
        }
    }
}
