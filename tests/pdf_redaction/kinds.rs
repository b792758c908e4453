//! Every way that we know to hide words on a page, and what looks like one and is none, written by
//! hand in `hidden.txt` and `seen.txt`.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use pack::model::Suspect;

use super::look;

/// The words, in the colour that is set.
const WORDS: &str = "BT /F 12 Tf 72 700 Td (Margaret Quill) Tj ET";
const CATALOG: &str = "/Type /Catalog /Pages 2 0 R /OCProperties << /OCGs [30 0 R 31 0 R 32 0 R] \
    /D << /OFF [31 0 R] /AS [<< /Event /View /Category [/View] /OCGs [32 0 R] >>] >> >>";
const PAGE: &str =
    "/Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources 3 0 R /Contents 5 0 R";

/// A page written by hand.
struct Case {
    expected: String,
    name: String,
    lines: Vec<String>,
}

fn cases(text: &str) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    for line in text.lines() {
        if let Some(title) = line.strip_prefix("== ") {
            let (expected, name) = title.split_once(" | ").expect("what is said, and a name");
            cases.push(Case {
                expected: expected.to_owned(),
                name: name.to_owned(),
                lines: Vec::new(),
            });
        } else if let Some(case) = cases.last_mut()
            && !line.starts_with('#')
        {
            case.lines.push(line.to_owned());
        }
    }
    cases
}

/// Takes the objects out of some lines, each after its number; the other lines are handed back.
fn objects(lines: &[String], objects: &mut BTreeMap<u32, String>) -> Vec<String> {
    let mut rest = Vec::new();
    let mut lines = lines.iter().peekable();
    while let Some(line) = lines.next() {
        let number = line
            .split_once(": ")
            .and_then(|(number, object)| Some((number.parse::<u32>().ok()?, object)));
        let Some((number, object)) = number else {
            rest.push(line.clone());
            continue;
        };
        let mut object = object.to_owned();
        while let Some(more) = lines.next_if(|next| next.starts_with("  ")) {
            object.push_str(more);
        }
        if lines.next_if(|next| *next == "stream").is_some() {
            let data: Vec<&str> = lines
                .by_ref()
                .map(String::as_str)
                .take_while(|line| *line != "endstream")
                .collect();
            object = stream(&object, &data.join("\n"));
        }
        objects.insert(number, object);
    }
    rest
}

fn stream(dict: &str, data: &str) -> String {
    let data = data
        .replace("$W", &format!("0 g {WORDS}"))
        .replace("$w", WORDS);
    let dict = dict.trim_end().strip_suffix(">>").expect("a dictionary");
    format!(
        "{dict} /Length {} >>\nstream\n{data}\nendstream",
        data.len()
    )
}

impl Case {
    fn pdf(&self) -> Vec<u8> {
        let mut all = BTreeMap::new();
        let common: Vec<String> = include_str!("common.txt")
            .lines()
            .map(str::to_owned)
            .collect();
        objects(&common, &mut all);
        let (mut page, mut catalog) = (PAGE.to_owned(), CATALOG.to_owned());
        let mut content = Vec::new();
        for line in objects(&self.lines, &mut all) {
            if let Some(entries) = line.strip_prefix("page: ") {
                let _ = write!(page, " {entries}");
            } else if let Some(entries) = line.strip_prefix("catalog: ") {
                let _ = write!(catalog, " {entries}");
            } else {
                content.push(line);
            }
        }
        all.insert(1, format!("<< {catalog} >>"));
        all.insert(2, "<< /Type /Pages /Count 1 /Kids [4 0 R] >>".to_owned());
        all.insert(4, format!("<< {page} >>"));
        all.insert(5, stream("<< >>", &content.join("\n")));
        let mut pdf = "%PDF-1.7\n".to_owned();
        let mut table = String::new();
        for (number, object) in &all {
            let _ = writeln!(table, "{number} 1\n{:010} 00000 n ", pdf.len());
            let _ = writeln!(pdf, "{number} 0 obj\n{object}\nendobj");
        }
        let at = pdf.len();
        let _ = write!(
            pdf,
            "xref\n0 1\n0000000000 65535 f \n{table}trailer\n<< /Size 100 /Root 1 0 R >>\nstartxref\n{at}\n%%EOF\n"
        );
        pdf.into_bytes()
    }
}

/// Whether the words are named, however they come in pieces.
fn names_them(found: &[Suspect]) -> bool {
    let text = found.iter().flat_map(|suspect| suspect.text.chars());
    let letters: String = text.filter(|letter| letter.is_alphabetic()).collect();
    letters.contains("Quill")
}

#[test]
fn words_hidden_in_any_way_are_found_and_others_are_left_alone() {
    let hidden = cases(include_str!("hidden.txt"));
    let seen = cases(include_str!("seen.txt"));
    assert!(hidden.len() >= 127 && seen.len() >= 80);
    let mut wrong = String::new();
    for case in hidden.iter().chain(&seen) {
        let found = look(&case.pdf());
        let stops = found.iter().any(|it| it.kind.stops_publication());
        let told = names_them(&found);
        let right = match case.expected.as_str() {
            "stops" => stops && told,
            "told" => told && !stops,
            "open" => !stops,
            "clean" => found.is_empty(),
            other => panic!("{other} is nothing to be said of {}", case.name),
        };
        if !right {
            let found: Vec<String> = found
                .iter()
                .map(|it| format!("{:?} “{}”", it.kind, it.text))
                .collect();
            let _ = writeln!(wrong, "{} | {}: {found:?}", case.expected, case.name);
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}
