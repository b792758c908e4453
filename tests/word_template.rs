//! The Word template for reports: what is written in it comes in as the same report in Markdown does.

use std::path::Path;

use crate::common::word::packed;

const COUNCIL: &str = r#"
[council]
name = "Anytown Council"
jurisdiction = "england"
tier = "principal"
languages = ["en-GB"]
[report]
header = [
  { key = "subject", label = "Subject" },
  { key = "director", label = "Director" },
  { key = "wards", label = "Wards affected", required = false },
  { key = "contact", label = "Contact" },
]
sections = [
  { heading = "Purpose of this report" },
  { heading = "Finance" },
  { heading = "Conclusion", required = false },
]
"#;

const MARKDOWN: &str = r#"+++
subject = "Play areas & paths"
director = "Ann Oakes"
wards = "Northgate"
contact = [{ name = "Col Mayhew", post = "Head of Parks", phone = "01632 960 171", email = "col@anytown.example" }]
signatory = { name = "Ann Oakes", post = "Director of Place" }
background-papers = ["Survey of play areas, 2026", "Letter of 3 May"]
recommendations = """
That the committee:

1. Agree the plan; and
2. Thank the wardens.
"""
+++

# Purpose of this report

This report asks for a decision.

It is a short one.

# Finance

The cost is met from the budget.

| Year | Cost |
| --- | --- |
| 2026 | £5 |
"#;

fn pack(arguments: &[&str], folder: &Path) -> (bool, String) {
    let output = crate::common::pack(arguments, folder);
    (output.status.success(), crate::common::said(&output))
}

/// The files of an archive that packs them as they are.
fn unpacked(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let (mut files, mut at) = (Vec::new(), 0);
    while bytes[at..].starts_with(b"PK\x03\x04") {
        let short =
            |from: usize| usize::from(u16::from_le_bytes([bytes[at + from], bytes[at + from + 1]]));
        let (size, name) = (short(18) + (short(20) << 16), short(26));
        let start = at + 30 + name + short(28);
        let name = String::from_utf8(bytes[at + 30..at + 30 + name].to_vec()).expect("a name");
        files.push((name, bytes[start..start + size].to_vec()));
        at = start + size;
    }
    files
}

/// Fills the field that stands after a mark of the template's text.
fn fill(document: &mut String, mark: &str, content: &str) {
    let from = document.find(mark).unwrap_or_else(|| panic!("no {mark}"));
    let rest = document.split_off(from);
    let rest = rest.replacen("<w:showingPlcHdr/>", "", 1);
    let (before, rest) = rest.split_once("<w:sdtContent>").expect("a field");
    let (_, after) = rest.split_once("</w:sdtContent>").expect("its end");
    document.push_str(&format!(
        "{before}<w:sdtContent>{content}</w:sdtContent>{after}"
    ));
}

fn run(words: &str) -> String {
    format!("<w:r><w:t>{words}</w:t></w:r>")
}

fn styled(style: &str, words: &str) -> String {
    format!(
        r#"<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{}</w:p>"#,
        run(words)
    )
}

/// A report typed into the template.
fn filled(template: &[u8]) -> Vec<u8> {
    let mut files = unpacked(template);
    let (_, document) = files
        .iter_mut()
        .find(|(name, _)| name == "word/document.xml")
        .expect("the text");
    let mut text = String::from_utf8(document.clone()).expect("UTF-8");
    for (key, lines) in [
        ("subject", vec!["Play areas &amp; paths"]),
        ("director", vec!["Ann Oakes"]),
        ("wards", vec!["Northgate"]),
        (
            "contact",
            vec![
                "Col Mayhew, Head of Parks",
                "01632 960 171",
                "col@anytown.example",
            ],
        ),
        (
            "background-papers",
            vec!["Survey of play areas, 2026", "Letter of 3 May"],
        ),
        ("signatory", vec!["Ann Oakes, Director of Place"]),
    ] {
        let lines: String = lines.iter().map(|line| styled("Normal", line)).collect();
        fill(
            &mut text,
            &format!(r#"<w:tag w:val="pack.{key}"/>"#),
            &lines,
        );
    }
    let points = [
        styled("Normal", "That the committee:"),
        styled("ListNumber", "Agree the plan; and"),
        styled("ListNumber", "Thank the wardens."),
    ];
    fill(
        &mut text,
        r#"<w:tag w:val="pack.recommendations"/>"#,
        &points.concat(),
    );
    let purpose = styled("Normal", "This report asks for a decision.")
        + &styled("Normal", "It is a short one.");
    fill(
        &mut text,
        r#"<w:alias w:val="Purpose of this report"/>"#,
        &purpose,
    );
    let head = "<w:tr><w:trPr><w:tblHeader/></w:trPr><w:tc><w:p><w:r><w:t>Year</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>Cost</w:t></w:r></w:p></w:tc></w:tr>";
    let row = head
        .replace("<w:trPr><w:tblHeader/></w:trPr>", "")
        .replace("Year", "2026")
        .replace("Cost", "£5");
    let finance =
        styled("Normal", "The cost is met from the budget.") + "<w:tbl>" + head + &row + "</w:tbl>";
    fill(&mut text, r#"<w:alias w:val="Finance"/>"#, &finance);
    // The officer has nothing to conclude, and deletes that section.
    let from = text.find(r#"<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t xml:space="preserve">Conclusion"#);
    let from = from.expect("the last section");
    let end = from + text[from..].find("</w:sdt>").expect("its end") + "</w:sdt>".len();
    text.replace_range(from..end, "");
    *document = text.into_bytes();
    packed(&files)
}

/// A workspace whose one report is in a file, and what was said of it.
fn built(name: &str, report: &[u8]) -> (String, Vec<String>) {
    let folder = tempfile::tempdir().expect("a folder");
    let (started, said) = pack(&["new", "council", "."], folder.path());
    assert!(started, "{said}");
    std::fs::write(folder.path().join("council.toml"), COUNCIL).expect("the council");
    let packs = std::fs::read_dir(folder.path().join("packs")).expect("packs");
    let inner = packs.flatten().next().expect("a pack").path();
    let agenda = std::fs::read_to_string(inner.join("pack.toml")).expect("an agenda");
    let agenda = agenda.replace("03-report/report.md", name);
    std::fs::write(inner.join("pack.toml"), agenda).expect("the agenda");
    std::fs::write(inner.join(name), report).expect("the report");
    crate::common::written(folder.path());
    let (built, said) = pack(&["build", "."], folder.path());
    assert!(built, "{said}");
    let mut texts = Vec::new();
    let mut folders = vec![folder.path().join("out")];
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(next).expect("outputs").flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "pdf") {
                let name = path.to_string_lossy().into_owned();
                texts.extend(crate::common::tool("pdftotext", &["-layout", &name, "-"]));
            }
        }
    }
    (said, texts)
}

fn template() -> Vec<u8> {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("council.toml"), COUNCIL).expect("the council");
    let (made, said) = pack(&["new", "report", "--word", "template.docx"], folder.path());
    assert!(made, "{said}");
    std::fs::read(folder.path().join("template.docx")).expect("the template")
}

#[test]
fn a_report_typed_into_the_template_makes_the_same_pack_as_in_markdown() {
    let (said, from_word) = built("report.docx", &filled(&template()));
    for code in ["guidance-left-in", "not-read-from-word", "heading-by-looks"] {
        assert!(!said.contains(code), "{said}");
    }
    let (_, from_markdown) = built("report.md", MARKDOWN.as_bytes());
    assert_eq!(from_word, from_markdown);
    for text in &from_word {
        assert!(
            text.contains("Thank the wardens.") && text.contains("Letter of 3 May"),
            "{text}"
        );
    }
    // Some programs drop the tags of fields; labels and styles are left.
    let mut files = unpacked(&filled(&template()));
    for (_, bytes) in &mut files {
        let text = String::from_utf8(bytes.clone()).expect("text");
        *bytes = text.replace("w:tag w:val=", "w:lock w:val=").into_bytes();
    }
    let (_, without_tags) = built("report.docx", &packed(&files));
    assert_eq!(without_tags, from_markdown);
}

#[test]
fn a_report_that_libreoffice_saved_makes_the_same_pack() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("report.docx");
    std::fs::write(&file, filled(&template())).expect("the report");
    let (_, from_markdown) = built("report.md", MARKDOWN.as_bytes());
    for filter in ["docx:MS Word 2007 XML", "odt:writer8"] {
        let Some(saved) = crate::common::saved_by_libreoffice(&file, filter) else {
            return;
        };
        let name = saved.file_name().expect("a name").to_string_lossy();
        let bytes = std::fs::read(&saved).expect("the report");
        let (said, from_saved) = built(&name, &bytes);
        assert_eq!(from_saved, from_markdown, "{filter}: {said}");
    }
}

#[test]
fn fields_that_nobody_filled_in_are_told_and_stay_out() {
    let read = pack::load::convert("template.docx", &template(), "a");
    assert!(
        !read.markdown.contains("Write this section"),
        "{}",
        read.markdown
    );
    let told = read
        .findings
        .iter()
        .filter(|finding| finding.code.0 == "guidance-left-in")
        .count();
    assert_eq!(told, 10, "{:?}", read.findings);
    assert!(!read.markdown.contains("Reminders"), "{}", read.markdown);
}
