//! Mistakes that a clerk makes in a hurry, each in a workspace that is faultless otherwise, and what
//! `pack check` answers: a table to be added to, and one snapshot to be read from top to bottom.
//!
//! The table has a mistake below each `##`, in lines that change the small workspace of the rules:
//! `FILE: words → other words` by its short name, or `file`, `word`, `move`, `copy`, `link` and `recode`
//! with paths. ⏎ is the end of a line and ⇥ a tab. Under a `#` that begins with "Withheld", the mistake is
//! made in withholding the report on rents: no public output may then have its words.

use std::fmt::Write as _;
use std::path::Path;

use crate::check::workspace;
use crate::common::pack;
use crate::common::word::{WordFile, packed, paragraph, table};

const TABLE: &str = "tests/check/mistakes.txt";
/// A word of the report that the mistakes under "Withheld" are about.
const SECRET: &str = "Xanadu";

const DONE_TO_PATHS: [&str; 7] = ["file", "move", "copy", "link", "recode", "word", "odt"];

struct Mistake {
    part: String,
    name: String,
    changes: Vec<(String, String, String)>,
}

fn mistakes() -> Vec<Mistake> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(TABLE);
    let table = std::fs::read_to_string(path).expect("the table");
    let mut mistakes: Vec<Mistake> = Vec::new();
    let mut part = "";
    for line in table.lines().filter(|line| !line.is_empty()) {
        if let Some(name) = line.strip_prefix("# ") {
            part = name;
        } else if let Some(name) = line.strip_prefix("## ") {
            mistakes.push(Mistake {
                part: part.to_owned(),
                name: name.to_owned(),
                changes: Vec::new(),
            });
        } else {
            let (what, change) = line.split_once(": ").expect("what is changed");
            let (from, to) = change.split_once(" → ").expect("an arrow");
            let read = |text: &str| text.replace('⏎', "\n").replace('⇥', "\t");
            let mistake = mistakes.last_mut().expect("a mistake above its lines");
            mistake
                .changes
                .push((what.to_owned(), read(from), read(to)));
        }
    }
    mistakes
}

impl Mistake {
    fn is_of_withholding(&self) -> bool {
        self.part.starts_with("Withheld")
    }

    fn make(&self) -> tempfile::TempDir {
        let mut edits: Vec<workspace::Edit> = self
            .changes
            .iter()
            .filter(|(what, _, _)| !DONE_TO_PATHS.contains(&what.as_str()))
            .map(|(what, from, to)| (short(what), leaked(from), leaked(to)))
            .collect();
        if self.is_of_withholding() {
            edits.insert(0, ("rents", "tells of rents.", "tells of rents in Xanadu."));
        }
        let folder = workspace::write(&edits);
        for (what, from, to) in &self.changes {
            let (here, there) = (folder.path().join(from), folder.path().join(to));
            match what.as_str() {
                "file" => {
                    let bytes = match to.as_str() {
                        "<nothing>" => Vec::new(),
                        "<zeros>" => vec![0; 4096],
                        text => text.as_bytes().to_vec(),
                    };
                    std::fs::write(here, bytes).expect("a file");
                }
                "move" => {
                    std::fs::create_dir_all(there.parent().expect("a folder")).expect("a folder");
                    std::fs::rename(here, there).expect("moved");
                }
                "copy" if here.is_dir() => crate::held_back::copy(&here, &there),
                "copy" => {
                    std::fs::copy(here, there).expect("copied");
                }
                "link" => {
                    let _ = std::fs::remove_file(&here);
                    std::os::unix::fs::symlink(to, here).expect("a link");
                }
                "recode" => recode(&here, to),
                "odt" => std::fs::write(here, report_in_open_text(to)).expect("a file"),
                "word" => std::fs::write(here, report_in_word(to)).expect("a file"),
                _ => {}
            }
        }
        folder
    }
}

fn short(name: &str) -> &'static str {
    let names = [
        "council",
        "committee",
        "pack",
        "minutes",
        "outcome",
        "repairs",
        "rents",
        "survey",
    ];
    names
        .into_iter()
        .find(|short| *short == name)
        .unwrap_or_else(|| panic!("no file {name}"))
}

fn leaked(text: &str) -> &'static str {
    Box::leak(text.to_owned().into_boxed_str())
}

/// The sections of the report on rents, each with its text.
const SECTIONS: [(&str, &str); 5] = [
    ("1 Purpose", "1.1 This report tells of rents in Xanadu."),
    ("2 Costs", "2.1 There are no costs."),
    ("3 Legal", "3.1 The council sets rents each year."),
    ("Recommendations", "Note the report."),
    ("Background papers", "None"),
];

/// The report on rents in Word, with what is said in the margins of its pages: `header|Words`,
/// `footer|Words` or `watermark|Words`; or with a header or headings lacking.
fn report_in_word(how: &str) -> Vec<u8> {
    let (how, words) = how.split_once('|').expect("how, and words");
    let style = if how == "plain" { "Normal" } else { "Heading1" };
    let head = table(&[
        &["Subject", "Rents"],
        &["Director", "Jo Field, Director of Housing"],
    ]);
    let mut body = if matches!(how, "headless" | "plain") {
        String::new()
    } else {
        head
    };
    for (heading, text) in SECTIONS {
        if !matches!(how, "headless" | "plain") || heading.starts_with(char::is_numeric) {
            body += &paragraph(style, heading);
            body += &paragraph("Normal", text);
        }
    }
    let drawn = format!(
        r#"<w:p><w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textpath string="{words}"/></v:shape></w:pict></w:r></w:p>"#
    );
    let file = WordFile::new(&body);
    let file = match how {
        "header" => file.part("header", &paragraph("Normal", words)),
        "footer" => file.part("footer", &paragraph("Normal", words)),
        "watermark" => file.part("header", &drawn),
        _ => file,
    };
    file.bytes()
}

/// The same report from LibreOffice, with words at the head or the foot of its pages: `header|Words`,
/// `footer-left|Words`.
fn report_in_open_text(how: &str) -> Vec<u8> {
    const SPACES: &str =
        r#"xmlns:office="urn:o" xmlns:style="urn:s" xmlns:text="urn:t" xmlns:table="urn:tb""#;
    let (place, words) = how.split_once('|').expect("a place, and words");
    let mut body = String::from("<table:table><table:table-column/><table:table-column/>");
    for (label, value) in [
        ("Subject", "Rents"),
        ("Director", "Jo Field, Director of Housing"),
    ] {
        let cell = |words| format!("<table:table-cell><text:p>{words}</text:p></table:table-cell>");
        body += &format!(
            "<table:table-row>{}{}</table:table-row>",
            cell(label),
            cell(value)
        );
    }
    body += "</table:table>";
    for (heading, text) in SECTIONS {
        body +=
            &format!(r#"<text:h text:outline-level="1">{heading}</text:h><text:p>{text}</text:p>"#);
    }
    let content = format!(
        "<office:document-content {SPACES}><office:body><office:text>{body}</office:text></office:body></office:document-content>"
    );
    let styles = format!(
        "<office:document-styles {SPACES}><office:master-styles><style:master-page><style:{place}><text:p>{words}</text:p></style:{place}></style:master-page></office:master-styles></office:document-styles>"
    );
    let kind = b"application/vnd.oasis.opendocument.text".to_vec();
    packed(&[
        ("mimetype".to_owned(), kind),
        ("content.xml".to_owned(), content.into_bytes()),
        ("styles.xml".to_owned(), styles.into_bytes()),
    ])
}

fn recode(path: &Path, encoding: &str) {
    let text = std::fs::read_to_string(path).expect("a file");
    let bytes = match encoding {
        "utf-16" => std::iter::once(0xfeff)
            .chain(text.encode_utf16())
            .flat_map(u16::to_le_bytes)
            .collect(),
        "bom" => format!("\u{feff}{text}").into_bytes(),
        "cr" => text.replace('\n', "\r").into_bytes(),
        "windows-1252" => text
            .chars()
            .map(|letter| match letter {
                '’' => 0x92,
                '–' => 0x96,
                other => u8::try_from(u32::from(other)).unwrap_or(b'?'),
            })
            .collect(),
        other => panic!("no encoding {other}"),
    };
    std::fs::write(path, bytes).expect("a file");
}

#[test]
fn every_mistake_is_answered() {
    let faultless = crate::clerk::answers(workspace::write(&[]).path());
    let mut text = String::new();
    let mut part = String::new();
    for mistake in mistakes() {
        if mistake.part != part {
            part.clone_from(&mistake.part);
            let _ = writeln!(text, "# {part}\n");
        }
        let folder = mistake.make();
        let answers = crate::clerk::answers(folder.path());
        let answers = if answers == faultless {
            "nothing\n".to_owned()
        } else {
            answers.replace(&faultless, "")
        };
        let _ = writeln!(text, "## {}\n\n{answers}", mistake.name);
    }
    insta::assert_snapshot!(text);
}

#[test]
fn what_was_meant_to_be_withheld_is_in_no_public_output() {
    let mut out = String::new();
    for mistake in mistakes()
        .iter()
        .filter(|mistake| mistake.is_of_withholding())
    {
        let folder = mistake.make();
        let build = ["build", "--edition", "public", "--allow-errors"];
        pack(&build, folder.path());
        if says(&folder.path().join("out"), SECRET) {
            let _ = writeln!(out, "{}: {}", mistake.part, mistake.name);
        }
    }
    assert!(out.is_empty(), "published all the same:\n{out}");
}

/// Whether a web page of a folder has a word.
fn says(folder: &Path, word: &str) -> bool {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return false;
    };
    entries.flatten().any(|entry| {
        let path = entry.path();
        if path.is_dir() {
            return says(&path, word);
        }
        path.extension().is_some_and(|ending| ending == "html")
            && String::from_utf8_lossy(&std::fs::read(&path).expect("a page")).contains(word)
    })
}
