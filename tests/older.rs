//! Word files and workbooks of older kinds: turned by LibreOffice into those of today and read by the
//! same readers, so that what must not get out stays out of them too.

use std::path::PathBuf;

use pack::load::convert;

use crate::common::said;
use crate::common::word::{WordFile, paragraph, table};
use crate::privacy::{files, web_page};

const MARKER: &str = "zqxplanted";

fn report() -> WordFile {
    let body = [
        paragraph("Heading1", "Background"),
        format!(
            r#"<w:p><w:r><w:t xml:space="preserve">Seen </w:t></w:r><w:del w:id="1" w:author="Reed" w:date="2026-05-01T09:00:00Z"><w:r><w:delText>{MARKER}1</w:delText></w:r></w:del><w:ins w:id="2" w:author="Reed" w:date="2026-05-01T09:00:00Z"><w:r><w:t>inserted</w:t></w:r></w:ins></w:p>"#
        ),
        format!(
            r#"<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>{MARKER}2</w:t></w:r><w:r><w:t>shown</w:t></w:r></w:p>"#
        ),
        r#"<w:p><w:commentRangeStart w:id="0"/><w:r><w:t>Commented</w:t></w:r><w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r></w:p>"#.to_owned(),
        table(&[&["Service", "Cost"], &["Parks", "£12"]]),
        paragraph("Normal", "Last"),
    ];
    let comment = format!(
        r#"<w:comment w:id="0" w:author="Patel" w:date="2026-05-01T09:00:00Z"><w:p><w:r><w:t>{MARKER}3</w:t></w:r></w:p></w:comment>"#
    );
    WordFile::new(&body.concat()).part("comments", &comment)
}

#[test]
fn an_older_word_file_is_read_as_one_of_today() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("report.docx");
    std::fs::write(&file, report().bytes()).expect("a file");
    for filter in ["doc:MS Word 97", "rtf:Rich Text Format"] {
        let Some(older) = crate::common::saved_by_libreoffice(&file, filter) else {
            return;
        };
        let bytes = std::fs::read(&older).expect("an older file");
        // It is known by its bytes, whatever it is called.
        let read = convert("report.docx", &bytes, "report");
        for words in [
            "# Background\n",
            "Seen inserted\n",
            "shown\n",
            "| Parks | £12 |",
            "Last\n",
        ] {
            assert!(read.markdown.contains(words), "{filter}: {}", read.markdown);
        }
        let transcripts: String = read.files.iter().map(|(_, file)| &*file.text).collect();
        let told = format!("{:?}", read.findings);
        for text in [&read.markdown, &transcripts, &told] {
            assert!(!text.contains(MARKER), "{filter}: {text}");
        }
        for code in ["unsettled-change", "hidden-in-word", "comment-left-in"] {
            let found = read.findings.iter().any(|finding| finding.code.0 == code);
            assert!(found, "{filter}: {code} in {told}");
        }
    }
}

const BOOK: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.spreadsheet"><office:body><office:spreadsheet>
<table:table table:name="Summary"><table:table-column table:number-columns-repeated="2"/><table:table-column table:visibility="collapse"/>
<table:table-row><table:table-cell office:value-type="string"><text:p>Service</text:p></table:table-cell><table:table-cell office:value-type="string"><text:p>Cost</text:p></table:table-cell><table:table-cell office:value-type="string"><text:p>zqxplanted1</text:p></table:table-cell></table:table-row>
<table:table-row><table:table-cell office:value-type="string"><text:p>Ropewalk parks</text:p></table:table-cell><table:table-cell office:value-type="float" office:value="1234"><text:p>1234</text:p></table:table-cell><table:table-cell office:value-type="string"><text:p>zqxplanted2</text:p></table:table-cell></table:table-row>
<table:table-row table:visibility="collapse"><table:table-cell office:value-type="string"><text:p>zqxplanted3</text:p></table:table-cell></table:table-row>
</table:table></office:spreadsheet></office:body></office:document>
"#;

/// A new council whose report has an appendix `costs.xls`.
fn council(appendix: &[u8]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let output = crate::common::pack(&["new", "council", "."], folder.path());
    assert!(output.status.success(), "{}", said(&output));
    let packs = std::fs::read_dir(folder.path().join("packs")).expect("packs");
    let inner = packs.flatten().next().expect("a pack").path();
    crate::common::written(folder.path());
    let report = inner.join("03-report/report.md");
    let text = std::fs::read_to_string(&report).expect("the report");
    let (front, body) = text.rsplit_once("+++").expect("front matter");
    let named = "[[appendix]]\ntitle = \"Costs\"\nfile = \"costs.xls#Summary\"\n";
    let text = format!("{front}{named}+++{body}\nSee Appendix 1.\n");
    std::fs::write(&report, text).expect("the report");
    std::fs::write(inner.join("03-report/costs.xls"), appendix).expect("the workbook");
    folder
}

#[test]
fn an_older_workbook_is_an_appendix_without_what_it_hides() {
    let made = tempfile::tempdir().expect("a folder");
    let file = made.path().join("costs.fods");
    std::fs::write(&file, BOOK).expect("a workbook");
    let Some(older) = crate::common::saved_by_libreoffice(&file, "xls:MS Excel 97") else {
        return;
    };
    let folder = council(&std::fs::read(older).expect("a workbook"));
    let output = crate::common::pack(&["build", "."], folder.path());
    assert!(output.status.success(), "{}", said(&output));
    let told = said(&crate::common::pack(&["check", "."], folder.path()));
    for words in ["read-through-libreoffice", "Row 3", "Column C"] {
        assert!(told.contains(words), "{words}: {told}");
    }
    assert!(!told.contains(MARKER), "{told}");
    let page = web_page(&folder.path().join("out"));
    assert!(
        page.contains("Ropewalk parks") && page.contains("1234"),
        "{page}"
    );
    assert!(!page.contains(MARKER), "{page}");
    // What came out is kept for the next time, and not for ever: it is the owner's alone.
    let kept = files(&folder.path().join(".pack/cache/read"));
    let is_workbook = |path: &PathBuf| {
        let bytes = std::fs::read(path).expect("an entry");
        bytes.starts_with(b"PK") && bytes.windows(12).any(|part| part == b"xl/workbook.")
    };
    assert!(kept.iter().any(is_workbook));
}

#[cfg(unix)]
#[test]
fn without_libreoffice_it_is_said_what_to_do() {
    use std::os::unix::fs::PermissionsExt as _;

    let wide: Vec<u8> = "Workbook"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let folder = council(&[b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", wide.as_slice()].concat());
    let programs = tempfile::tempdir().expect("a folder");
    let check = || {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_pack"))
            .args(["check", "."])
            .current_dir(folder.path())
            .env("PATH", programs.path())
            .output();
        said(&output.expect("the program runs"))
    };
    let told = check();
    for words in [
        "a spreadsheet of the old kind (.xls)",
        "LibreOffice is not installed",
        "install LibreOffice",
    ] {
        assert!(told.contains(words), "{words}: {told}");
    }
    let program = programs.path().join("soffice");
    std::fs::write(&program, "#!/bin/sh\nexit 0\n").expect("a program");
    std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).expect("a program");
    let told = check();
    assert!(told.contains("LibreOffice cannot open"), "{told}");
}
