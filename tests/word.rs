//! Word files as they are read: the cases that other readers fail at, and real files against
//! another reader's words.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use pack::finding::Severity;
use pack::load::{Converted, convert};
use regex::Regex;

use crate::common::word::{WordFile, packed, paragraph, table};
use crate::common::written;
use crate::privacy::files;

fn read(path: &Path) -> Converted {
    let bytes = std::fs::read(path).expect("a file");
    let name = path.file_name().expect("a name").to_string_lossy();
    convert(&name, &bytes, "picture")
}

/// The Markdown of a file without its escapes.
fn shown(path: &Path) -> String {
    read(path).markdown.replace('\\', "")
}

fn word_files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("a folder");
    let mut files: Vec<PathBuf> = entries
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "docx"))
        .collect();
    files.sort();
    files
}

#[test]
fn every_hard_case_reads_as_word_shows_it() {
    let Some(shared) = crate::common::shared() else {
        return;
    };
    let folder = shared.join("docx/hard");
    let expected = std::fs::read_to_string(folder.join("expect.json")).expect("what is right");
    let expected: BTreeMap<String, (Vec<String>, Vec<String>)> =
        serde_json::from_str(&expected).expect("JSON");
    let matches = |pattern: &str, text: &str| {
        if let Some(pattern) = pattern.strip_prefix("re:") {
            Regex::new(pattern).expect("a pattern").is_match(text)
        } else if let Some(words) = pattern.strip_prefix("once:") {
            text.matches(words).count() == 1
        } else {
            text.contains(pattern)
        }
    };
    let mut failed = Vec::new();
    for (name, (present, absent)) in &expected {
        let text = shown(&folder.join(format!("{name}.docx")));
        let right = present.iter().all(|pattern| matches(pattern, &text))
            && !absent.iter().any(|pattern| matches(pattern, &text));
        if !right {
            failed.push(format!("{name}:\n{text}"));
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n---\n"));
}

/// The Markdown of a file without its escapes and without what is not said: addresses, names.
fn said(path: &Path) -> String {
    let text = shown(path).replace("<br>", " ").replace("[^", "[");
    let unsaid = Regex::new(r"\]\([^)]*\)|\{#[^}]*\}").expect("a pattern");
    unsaid.replace_all(&text, " ").into_owned()
}

/// What a web page says. Marks inside words are none between words.
fn without_tags(page: &str) -> String {
    let reference = Regex::new(r"<sup>\d+</sup>").expect("a pattern");
    let page = reference.replace_all(page, " ");
    let inline =
        Regex::new(r"</?(?:a|em|strong|span|u|del|mark|sup|sub)\b[^>]*>").expect("a pattern");
    let tag = Regex::new(r"(?s)<[^>]*>|&[a-z]+;").expect("a pattern");
    tag.replace_all(&inline.replace_all(&page, ""), " ")
        .into_owned()
}

/// The words of a text without marks, so that only what is said is compared.
fn words(text: &str) -> Vec<String> {
    text.split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

/// How many words of one text stand in the other in the same order.
fn common(one: &[String], other: &[String]) -> usize {
    let mut row = vec![0_usize; other.len() + 1];
    for word in one {
        let mut before = 0;
        for (at, against) in other.iter().enumerate() {
            let above = row[at + 1];
            row[at + 1] = if word == against {
                before + 1
            } else {
                above.max(row[at])
            };
            before = above;
        }
    }
    row[other.len()]
}

/// Files of which another reader says more than stands in the text: tables of contents and indexes,
/// which a pack makes itself, and figures raised as letters that are not figures.
const THEIRS_ALONE: [&str; 5] = [
    "0_level_headers.docx",
    "empty_field.docx",
    "nested_anchors_in_header.docx",
    "pageref.docx",
    "verbatim_subsuper.docx",
];

#[test]
fn real_files_keep_their_words_in_order() {
    let Some(shared) = crate::common::shared() else {
        return;
    };
    let (mut all, mut kept, mut lines) = (0, 0, Vec::new());
    for folder in ["real", "pandoc", "word"] {
        for path in word_files(&shared.join("docx").join(folder)) {
            let name = path.to_string_lossy().into_owned();
            if THEIRS_ALONE.iter().any(|file| name.ends_with(file)) {
                continue;
            }
            let arguments = ["-f", "docx", "-t", "html", "--wrap=none", &name];
            let Some(theirs) = crate::common::tool("pandoc", &arguments) else {
                return;
            };
            let (ours, theirs) = (words(&said(&path)), words(&without_tags(&theirs)));
            let common = common(&theirs, &ours);
            all += theirs.len();
            kept += common;
            if common < theirs.len() {
                let file = path.file_name().expect("a name").to_string_lossy();
                lines.push(format!("{folder}/{file}: {common} of {}", theirs.len()));
            }
        }
    }
    println!("{kept} of {all} words\n{}", lines.join("\n"));
    assert!(
        kept * 1000 >= all * 999,
        "{kept} of {all} words\n{}",
        lines.join("\n")
    );
}

fn made(file: &WordFile) -> Converted {
    convert("report.docx", &file.bytes(), "report")
}

/// The codes of what was found, each with the line that it points at.
fn found(converted: &Converted) -> Vec<(&str, &str)> {
    let line = |finding: &pack::finding::Finding| match finding.place {
        pack::finding::Place::Text(span) => {
            let file = converted.files.get(span.file)?;
            file.text
                .lines()
                .nth(converted.files.position(span).line - 1)
        }
        _ => None,
    };
    let findings = converted.findings.iter();
    findings
        .map(|finding| (finding.code.0, line(finding).unwrap_or("")))
        .collect()
}

#[test]
fn a_converted_table_has_its_figures_under_their_headings() {
    let cell = |properties: &str, words: &str| {
        format!(
            "<w:tc><w:tcPr>{properties}</w:tcPr><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:tc>"
        )
    };
    let head = "<w:trPr><w:tblHeader/></w:trPr>";
    let (begins, goes_on) = (r#"<w:vMerge w:val="restart"/>"#, "<w:vMerge/>");
    let rows = [
        head.to_owned() + &cell(begins, "Area") + &cell(r#"<w:gridSpan w:val="2"/>"#, "Budget"),
        head.to_owned() + &cell(goes_on, "") + &cell("", "2025") + &cell("", "2026"),
        cell(begins, "North") + &cell("", "10") + &cell("", "11"),
        cell(goes_on, "") + &cell("", "12") + &cell("", "13"),
    ];
    let rows: String = rows.map(|row| format!("<w:tr>{row}</w:tr>")).concat();
    let read = made(&WordFile::new(&format!("<w:tbl>{rows}</w:tbl>")));
    let lines: Vec<&str> = read.markdown.lines().collect();
    assert_eq!(
        lines,
        [
            "| Area | Budget, 2025 | Budget, 2026 |",
            "|---|---|---|",
            "| North | 10 | 11 |",
            "|  | 12 | 13 |",
        ]
    );
}

/// What must not get out is planted with this word in it.
const MARKER: &str = "zqxplanted";

fn planted() -> WordFile {
    let body = [
        paragraph("Title", "The Ropewalk Baths"),
        table(&[&["Subject", "Reopening the baths"], &["Director", "Ann Oakes"]]),
        paragraph("Heading1", "Background"),
        format!(
            r#"<w:p><w:r><w:t xml:space="preserve">Seen </w:t></w:r><w:del w:id="1" w:author="Reed"><w:r><w:delText>{MARKER}1</w:delText></w:r></w:del><w:ins w:id="2" w:author="Reed"><w:r><w:t>inserted</w:t></w:r></w:ins></w:p>"#
        ),
        format!(
            r#"<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>{MARKER}2</w:t></w:r><w:r><w:t>shown</w:t></w:r></w:p>"#
        ),
        r#"<w:p><w:commentRangeStart w:id="0"/><w:r><w:t>Commented</w:t></w:r><w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r></w:p>"#.to_owned(),
        format!(
            r#"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:p><w:r><w:t>{MARKER}3</w:t></w:r></w:p></w:sdtContent></w:sdt>"#
        ),
        format!(
            r#"<w:tbl><w:tr><w:trPr><w:del w:id="3" w:author="Reed"/></w:trPr><w:tc><w:p><w:r><w:t>{MARKER}4</w:t></w:r></w:p></w:tc></w:tr><w:tr><w:tc><w:p><w:r><w:t>left</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>right</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"#
        ),
        format!(
            r#"<w:p><w:moveFrom w:id="4" w:author="Reed"><w:r><w:t>{MARKER}5</w:t></w:r></w:moveFrom><w:r><w:t>Last</w:t></w:r></w:p>"#
        ),
    ];
    let comment = format!(
        r#"<w:comment w:id="0" w:author="Patel"><w:p><w:r><w:t>{MARKER}6</w:t></w:r></w:p></w:comment>"#
    );
    WordFile::new(&body.concat()).part("comments", &comment)
}

#[test]
fn what_is_left_in_a_file_is_told_and_stays_out() {
    let read = made(&planted());
    assert!(!read.markdown.contains(MARKER), "{}", read.markdown);
    for (_, file) in read.files.iter() {
        assert!(!file.text.contains(MARKER), "{}", file.text);
    }
    for finding in &read.findings {
        assert!(!format!("{finding:?}").contains(MARKER), "{finding:?}");
    }
    let told = found(&read);
    for expected in [
        ("unsettled-change", "Seen inserted"),
        ("hidden-in-word", "shown"),
        ("comment-left-in", "Commented"),
        ("unsettled-change", "Last"),
    ] {
        assert!(told.contains(&expected), "{expected:?} in {told:?}");
    }
    assert!(
        told.iter().any(|(code, _)| *code == "guidance-left-in"),
        "{told:?}"
    );
    let change = read
        .findings
        .iter()
        .find(|finding| finding.code.0 == "unsettled-change");
    let change = change.expect("a change");
    assert_eq!(change.severity, Severity::Error);
    assert!(change.message.contains("by Reed"), "{}", change.message);
}

fn pack(arguments: &[&str], folder: &Path) -> (bool, String) {
    let output = crate::common::pack(arguments, folder);
    (output.status.success(), crate::common::said(&output))
}

/// A workspace whose one report is a Word file, and the folder of its pack.
fn workspace(report: &WordFile, beside: &str) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let (started, said) = pack(&["new", "council", "."], folder.path());
    assert!(started, "{said}");
    let council = r#"
[council]
name = "Anytown Council"
jurisdiction = "england"
tier = "principal"
languages = ["en-GB"]
[report]
header = [{ key = "subject", label = "Subject" }, { key = "director", label = "Director" }]
"#;
    std::fs::write(folder.path().join("council.toml"), council).expect("the council");
    let packs = folder.path().join("packs");
    let inner = std::fs::read_dir(packs)
        .expect("packs")
        .flatten()
        .next()
        .expect("a pack")
        .path();
    let agenda = std::fs::read_to_string(inner.join("pack.toml")).expect("an agenda");
    let agenda = agenda
        .replace("03-report/report.md", "report.docx")
        .replace(['⟦', '⟧'], "");
    let agenda = agenda.replace(
        "source = \"report.docx\"",
        &format!("source = \"report.docx\"\n{beside}"),
    );
    std::fs::write(inner.join("pack.toml"), agenda).expect("the agenda");
    std::fs::write(inner.join("report.docx"), report.bytes()).expect("the report");
    written(folder.path());
    (folder, inner)
}

#[test]
fn nothing_planted_in_a_word_file_reaches_an_output() {
    let (folder, _) = workspace(&planted(), "");
    let (built, said) = pack(&["build", ".", "--allow-errors"], folder.path());
    assert!(!said.contains(MARKER), "{said}");
    let outputs = files(&folder.path().join("out"));
    let ends = |ending: &str| {
        outputs
            .iter()
            .find(|path| path.to_string_lossy().ends_with(ending))
    };
    let page = ends(".html").unwrap_or_else(|| panic!("no page ({built}): {said}"));
    let page = std::fs::read_to_string(page).expect("a page");
    for words in ["Reopening the baths", "Ann Oakes", "Seen inserted", "shown"] {
        assert!(page.contains(words), "{words} is missing: {page}");
    }
    for path in &outputs {
        let bytes = std::fs::read(path).expect("an output");
        let there = bytes
            .windows(MARKER.len())
            .any(|window| window == MARKER.as_bytes());
        assert!(!there, "{}", path.display());
        if path.extension().is_some_and(|ending| ending == "pdf") {
            let path = path.to_string_lossy();
            if let Some(text) = crate::common::tool("pdftotext", &[&path, "-"]) {
                assert!(
                    !text.contains(MARKER) && text.contains("Seen inserted"),
                    "{path}"
                );
            }
        }
    }
}

#[test]
fn a_report_in_word_is_built_with_its_picture_and_its_numbers() {
    let dot = [
        0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 0x0D, 0x49, 0x48, 0x44, 0x52, 0,
        0, 0, 1, 0, 0, 0, 1, 8, 6, 0, 0, 0, 0x1F, 0x15, 0xC4, 0x89, 0, 0, 0, 0x0D, 0x49, 0x44,
        0x41, 0x54, 0x78, 0x9C, 0x63, 0xF8, 0xCF, 0xC0, 0xF0, 0x1F, 0, 5, 0, 1, 0xFF, 0x89, 0x99,
        0x3D, 0x1D, 0, 0, 0, 0, 0x49, 0x45, 0x4E, 0x44, 0xAE, 0x42, 0x60, 0x82,
    ];
    let numbered = |style: &str, level: u8, words: &str| {
        format!(
            r#"<w:p><w:pPr><w:pStyle w:val="{style}"/><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>"#
        )
    };
    let level = |number: u8, text: &str| {
        format!(
            r#"<w:lvl w:ilvl="{number}"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="{text}"/></w:lvl>"#
        )
    };
    let numbering = format!(
        r#"<w:abstractNum w:abstractNumId="0">{}{}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>"#,
        level(0, "%1."),
        level(1, "%1.%2")
    );
    let body = [
        table(&[&["Subject:", "The baths"], &["Director", "Ann Oakes"]]),
        numbered("Heading1", 0, "Background"),
        numbered("Normal", 1, "The baths closed in May."),
        numbered("Normal", 1, "They reopen in June."),
        numbered("Heading1", 0, "Recommendations"),
        numbered("Normal", 1, "That the report be noted."),
        r#"<w:p><w:r><w:drawing><wp:inline><wp:docPr id="1" name="p" descr="The baths from the street"/><a:blip r:embed="image"/></wp:inline></w:drawing></w:r></w:p>"#.to_owned(),
    ];
    let report = WordFile::new(&body.concat())
        .part("numbering", &numbering)
        .picture("baths.png", &dot);
    let (folder, _) = workspace(&report, "[item.report]\ndirector = \"Somebody else\"\n");
    let (built, said) = pack(&["build", "."], folder.path());
    assert!(built, "{said}");
    let outputs = files(&folder.path().join("out"));
    let page = outputs
        .iter()
        .find(|path| path.to_string_lossy().ends_with(".html"));
    let page = std::fs::read_to_string(page.expect("a page")).expect("a page");
    for words in [
        "2.1",
        "They reopen in June.",
        "1.2",
        "Somebody else",
        "The baths from the street",
    ] {
        assert!(page.contains(words), "{words} is missing: {page}");
    }
    assert!(
        !page.contains("Ann Oakes"),
        "what the agenda says goes first"
    );
}

#[test]
fn files_that_are_called_word_say_what_they_are() {
    let wide: Vec<u8> = "EncryptedPackage"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let compound = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
    let sheet = packed(&[("xl/workbook.xml".to_owned(), b"<workbook/>".to_vec())]);
    let cut = WordFile::new(&paragraph("Normal", "words")).bytes();
    for (name, bytes, code, says) in [
        (
            "~$port.docx",
            vec![0; 162],
            "not-a-word-file",
            "while a document is open",
        ),
        (
            "a.docx",
            [compound.clone(), wide].concat(),
            "word-encrypted",
            "password",
        ),
        (
            "a.docx",
            compound,
            "not-a-word-file",
            "an old Office document",
        ),
        (
            "a.docx",
            b"<html>words</html>".to_vec(),
            "not-a-word-file",
            "web page",
        ),
        ("a.docx", sheet, "not-a-word-file", "Excel"),
        (
            "a.docx",
            cut[..cut.len() / 2].to_vec(),
            "word-damaged",
            "damaged",
        ),
        ("a.docx", Vec::new(), "not-a-word-file", "empty"),
    ] {
        let read = convert(name, &bytes, "a");
        let [finding] = read.findings.as_slice() else {
            panic!("{says}: {:?}", read.findings);
        };
        assert_eq!(finding.code.0, code, "{finding:?}");
        assert!(finding.message.contains(says), "{finding:?}");
    }
}

#[test]
fn a_logo_is_as_large_as_the_author_made_it() {
    let mut logo = std::io::Cursor::new(Vec::new());
    image::RgbImage::new(600, 240)
        .write_to(&mut logo, image::ImageFormat::Png)
        .expect("a picture");
    let picture = |size: &str| {
        format!(
            r#"<w:p><w:r><w:drawing><wp:inline>{size}<wp:docPr id="1" name="p" descr="The crest"/><a:blip r:embed="image"/></wp:inline></w:drawing></w:r></w:p>"#
        )
    };
    let shape = r#"<w:p><w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml" style="width:100pt;height:40pt" alt="The crest"><v:imagedata r:id="image"/></v:shape></w:pict></w:r></w:p>"#;
    // 100 by 40 points, in the units of drawings.
    let drawn = picture(r#"<wp:extent cx="1270000" cy="508000"/>"#);
    let wide = picture(r#"<wp:extent cx="5080000" cy="2032000"/>"#);
    let words = "<w:p><w:r><w:t>The baths reopen in June.</w:t></w:r></w:p>";
    for (picture, print, width) in [
        (drawn.as_str(), "standard", 100.0),
        (&drawn, "24pt", 100.0),
        (shape, "24pt", 100.0),
        (&wide, "24pt", 450.0),
    ] {
        let report = WordFile::new(&format!("{words}{picture}{words}"));
        let report = report.picture("crest.png", logo.get_ref());
        let (folder, _) = workspace(&report, "");
        let (built, said) = pack(&["build", ".", "--print", print], folder.path());
        assert!(built, "{said}");
        let outputs = files(&folder.path().join("out"));
        let ends = |path: &&PathBuf| path.extension().is_some_and(|ending| ending == "pdf");
        let file = outputs.iter().find(ends).expect("a PDF").to_string_lossy();
        let Some(listed) = crate::common::tool("pdfimages", &["-list", &file]) else {
            return;
        };
        // The columns are page, number, kind, width, height and eight more before the dots to an inch.
        let line = listed.lines().nth(2).expect("a picture");
        let dots: Vec<f64> = line
            .split_whitespace()
            .filter_map(|word| word.parse().ok())
            .collect();
        let [.., across, _] = dots.as_slice() else {
            panic!("{listed}")
        };
        let is = 600.0 / across * 72.0;
        assert!((is - width).abs() < width * 0.1, "{print}: {is}\n{listed}");
    }
}

#[test]
fn a_heading_is_its_words() {
    let drawing = r#"<w:r><w:drawing><wp:inline><wp:docPr id="1" name="p" descr="The crest"/><a:blip r:embed="image"/></wp:inline></w:drawing></w:r>"#;
    let heading = |words: &str| {
        format!(
            r#"<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr>{drawing}<w:r><w:t xml:space="preserve">{words}</w:t></w:r></w:p>"#
        )
    };
    let body = heading(" ") + &heading("Background");
    let read = made(&WordFile::new(&body).picture("crest.png", b"\x89PNG"));
    let picture = "![The crest](report-crest.png)\n";
    assert_eq!(
        read.markdown,
        format!("{picture}\n{picture}\n# Background\n")
    );
}

#[test]
fn a_numbered_line_in_bold_is_a_heading_above_a_bold_sentence_too() {
    let line = |words: &str, bold: &str| {
        format!(
            r#"<w:p><w:r><w:rPr>{bold}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r></w:p>"#
        )
    };
    let bold = |words: &str| line(words, "<w:b/>");
    let granted = "That permission be GRANTED subject to an agreement and to the conditions that are listed below:";
    let body = [
        bold("ANYTOWN COUNCIL"),
        bold("Planning Committee"),
        line("Report of the Head of Planning", ""),
        bold("4. RECOMMENDATION"),
        bold(granted),
        line("The end.", ""),
    ]
    .concat();
    let read = made(&WordFile::new(&body)).markdown;
    let headings: Vec<&str> = read.lines().filter(|line| line.starts_with('#')).collect();
    // "ANYTOWN COUNCIL" and the line below it stand for themselves.
    assert!(
        !headings.iter().any(|line| line.contains("ANYTOWN")),
        "{read}"
    );
    assert!(
        headings.iter().any(|line| line.ends_with("RECOMMENDATION")),
        "{read}"
    );
    assert!(
        !headings.iter().any(|line| line.contains("GRANTED")),
        "{read}"
    );
}

#[test]
fn what_is_ticked_chosen_or_lettered_is_read() {
    let field = |form: &str, result: &str| {
        format!(
            r#"<w:r><w:fldChar w:fldCharType="begin"><w:ffData>{form}</w:ffData></w:fldChar></w:r><w:r><w:instrText> FORM </w:instrText></w:r>{result}<w:r><w:fldChar w:fldCharType="end"/></w:r>"#
        )
    };
    let words = |words: &str| format!(r#"<w:r><w:t xml:space="preserve">{words}</w:t></w:r>"#);
    let tick = |state: &str| field(&format!("<w:checkBox>{state}</w:checkBox>"), "");
    let list = r#"<w:ddList><w:result w:val="1"/><w:listEntry w:val="Parks"/><w:listEntry w:val="Roads"/></w:ddList>"#;
    let separate = r#"<w:r><w:fldChar w:fldCharType="separate"/></w:r>"#.to_owned();
    let body = [
        "<w:p>".to_owned(),
        tick("<w:checked/>") + &words(" Agreed "),
        tick(r#"<w:default w:val="1"/><w:checked w:val="0"/>"#) + &words(" Refused "),
        field(list, "") + &words(" of the list "),
        field(list, &(separate + &words("Roads"))) + &words(" as text"),
        "</w:p><w:p>".to_owned(),
        r#"<w:r><w:drawing><wp:inline><a:sp><a:txBody><a:p><a:r><a:t>In a </a:t></a:r><a:r><a:t>shape</a:t></a:r></a:p></a:txBody></a:sp></wp:inline></w:drawing></w:r>"#.to_owned(),
        r#"<w:r><w:pict><w:textpath string="In an arch"/></w:pict></w:r>"#.to_owned(),
        "</w:p><w:p><w:r><w:ruby><w:rt>".to_owned() + &words("lan-eth-lee"),
        "</w:rt><w:rubyBase>".to_owned() + &words("Llanelli") + "</w:rubyBase></w:ruby></w:r></w:p>",
    ];
    let read = made(&WordFile::new(&body.concat()));
    assert_eq!(
        read.markdown,
        "\u{2612} Agreed \u{2610} Refused Roads of the list Roads as text\n\n\
         In a shape  In an arch\n\nLlanelli (lan-eth-lee)\n"
    );
}

#[test]
fn hostile_files_are_bounded() {
    let deep = "<w:sdt><w:sdtContent>".repeat(5_000) + &"</w:sdtContent></w:sdt>".repeat(5_000);
    let read = made(&WordFile::new(&deep));
    assert_eq!(found(&read)[0].0, "word-damaged");
    let circle = r#"<w:style w:type="paragraph" w:styleId="A"><w:name w:val="a"/><w:basedOn w:val="B"/></w:style><w:style w:type="paragraph" w:styleId="B"><w:name w:val="b"/><w:basedOn w:val="A"/></w:style>"#;
    let styled = paragraph("A", "words");
    let mut file = WordFile::new(&styled);
    file = file.part("styles", circle);
    assert!(made(&file).markdown.contains("words"));
    let itself = r#"<w:p><w:r><w:footnoteReference w:id="1"/></w:r></w:p>"#;
    let note = format!(r#"<w:footnote w:id="1">{itself}</w:footnote>"#);
    let read = made(&WordFile::new(itself).part("footnotes", &note));
    assert!(read.findings.is_empty(), "{:?}", read.findings);
    let mut bytes = planted().bytes();
    for at in (0..bytes.len()).step_by(7) {
        bytes[at] ^= 0x20;
        let _ = convert("a.docx", &bytes, "a");
        bytes[at] ^= 0x20;
        let _ = convert("a.docx", &bytes[..at], "a");
    }
}
