//! Reports that came as PDF: what is wrong in them is found at its page and paragraph, and accepted
//! where the agenda says so.

use std::path::Path;

use serde_json::Value;

use crate::common::pack;
use crate::common::sheet::Sheet;

const COUNCIL: &str = "[council]\nname = \"Fernleigh Borough Council\"\njurisdiction = \"england\"\ntier = \"principal\"\n";
const BOARD: &str = "name = \"Housing Board\"\nkind = \"board\"\n[[member]]\nname = \"B Okafor\"\nstyle = \"Councillor\"\nrole = \"chair\"\n";
const MEETING: &str = "committee = \"housing\"\n[meeting]\ndate = 2026-03-18\ntime = 17:00:00\nplace = \"Town Hall\"\n\n[[item]]\ntitle = \"Roof works\"\n";
const REPORT: [&str; 2] = [
    "1.1 The roofs of Mill Lane were looked at in January.",
    "1.2 The survey shows that that the work is due.",
];

/// The findings of two rules in the papers of a meeting with one item, whose report is a page that says
/// "that that" in paragraph 1.2.
fn found(item: &str) -> Vec<Value> {
    let item = format!("kind = \"report\"\n{item}");
    found_in(COUNCIL, &item, &REPORT, &["doubled-word", "allow-unused"])
}

/// The findings of some rules in the papers of a council's meeting with one item, and a page of such
/// lines beside it.
fn found_in(council: &str, item: &str, lines: &[&str], rules: &[&str]) -> Vec<Value> {
    let folder = tempfile::tempdir().expect("a folder");
    let put = |path: &str, bytes: &[u8]| {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap_or(Path::new("."))).expect("a folder");
        std::fs::write(path, bytes).expect("it can be written");
    };
    put("council.toml", council.as_bytes());
    put("committees/housing.toml", BOARD.as_bytes());
    put(
        "packs/march/pack.toml",
        format!("{MEETING}{item}").as_bytes(),
    );
    let lines: Vec<String> = lines
        .iter()
        .map(|line| format!("({line}) Tj 0 -40 Td"))
        .collect();
    let text = lines.join(" ");
    let sheet = Sheet::new(&format!("BT /F1 12 Tf 72 740 Td {text} ET"));
    put("packs/march/roofs.pdf", &sheet.bytes());
    let output = pack(&["check", "--format", "json"], folder.path());
    let told: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    // The page has no tags.
    let read = serde_json::json!([{ "file": "packs/march/roofs.pdf", "read": "from-pages" }]);
    assert_eq!(told["pdf_text"], read);
    let findings = told["findings"].as_array().expect("findings");
    let ours = |finding: &&Value| rules.iter().any(|code| finding["code"] == *code);
    findings.iter().filter(ours).cloned().collect()
}

#[test]
fn a_finding_names_the_page_the_paragraph_and_the_words() {
    let findings = found("source = \"roofs.pdf\"\n");
    let [finding] = &findings[..] else {
        panic!("{findings:?}");
    };
    assert_eq!(finding["code"], "doubled-word");
    assert_eq!(finding["severity"], "warning");
    assert_eq!(finding["file"], "packs/march/roofs.pdf");
    assert_eq!(finding["page"], 1);
    assert_eq!(finding["paragraph"], "1.2");
    assert_eq!(finding["text"], "that that");
}

#[test]
fn what_an_item_allows_at_these_words_is_not_told() {
    let allow = |text: &str| {
        format!(
            "source = \"roofs.pdf\"\nallow = [{{ code = \"doubled-word\", text = \"{text}\", reason = \"As the surveyor wrote it\" }}]\n"
        )
    };
    assert_eq!(
        found(&allow("survey shows that that the work")),
        Vec::<Value>::new()
    );
    let codes: Vec<Value> = found(&allow("Mill Lane"))
        .iter()
        .map(|finding| finding["code"].clone())
        .collect();
    assert_eq!(codes.len(), 2, "{codes:?}");
    assert!(codes.contains(&"allow-unused".into()) && codes.contains(&"doubled-word".into()));
}

#[test]
fn what_somebody_else_wrote_matters_less() {
    let appendix = |origin: &str| {
        format!(
            "[[item.appendix]]\ntitle = \"Survey\"\nfile = \"roofs.pdf\"\norigin = \"{origin}\"\n"
        )
    };
    let severity = |origin: &str| found(&appendix(origin))[0]["severity"].clone();
    assert_eq!(severity("own"), "warning");
    assert_eq!(severity("third-party"), "note");
}

#[test]
fn what_a_pdf_does_not_say_the_item_does() {
    let council =
        format!("{COUNCIL}[report]\nheader = [{{ key = \"director\", label = \"Director\" }}]\n");
    let rules = [
        "contact-unreachable",
        "unknown-key",
        "keys-at-odds",
        "doubled-word",
    ];
    let codes = |beside: &str| {
        let item = format!("kind = \"report\"\nsource = \"roofs.pdf\"\n{beside}");
        let mut codes: Vec<String> = found_in(&council, &item, &REPORT, &rules)
            .iter()
            .map(|finding| finding["code"].as_str().unwrap_or_default().to_owned())
            .collect();
        codes.sort();
        codes
    };
    assert_eq!(codes(""), ["doubled-word"]);
    let said = "[item.report]\ndirector = \"Ann Oakes\"\nbackground-papers = []\nrecommendations = \"That the works begin.\"\ncontact = [\"Col Mayhew\"]\nsignatory = { name = \"Ann Oakes\" }\n";
    assert_eq!(codes(said), ["contact-unreachable", "doubled-word"]);
    let misspelt = said.replace("director", "driector");
    assert!(codes(&misspelt).contains(&"unknown-key".to_owned()));
    let minutes = "[item.minutes]\ndate = 2026-01-14\n";
    assert!(codes(minutes).contains(&"keys-at-odds".to_owned()));
}

#[test]
fn what_the_item_says_of_a_pdf_keeps_it_from_the_public() {
    let withheld = "kind = \"report\"\nsource = \"roofs.pdf\"\n[item.report]\naccess = \"exempt\"\nexempt-paragraphs = [3]\npublic-interest = \"A contract is not signed.\"\n";
    let folder = tempfile::tempdir().expect("a folder");
    let put = |path: &str, bytes: &[u8]| {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap_or(Path::new("."))).expect("a folder");
        std::fs::write(path, bytes).expect("it can be written");
    };
    put("council.toml", COUNCIL.as_bytes());
    put("committees/housing.toml", BOARD.as_bytes());
    put(
        "packs/march/pack.toml",
        format!("{MEETING}{withheld}").as_bytes(),
    );
    let sheet = Sheet::new("BT /F1 12 Tf 72 740 Td (The roofs of Mill Lane) Tj ET");
    put("packs/march/roofs.pdf", &sheet.bytes());
    let root = pack::load::find(folder.path()).expect("a workspace");
    let folders = root.packs().expect("packs");
    let loaded = pack::load::load(&root, &folders[0]);
    let meeting = loaded.meeting.expect("a meeting");
    let paper = &meeting.agenda.items[0].papers[0];
    assert!(!paper.access.is_public(), "{:?}", loaded.findings);
    // What is read of it is kept nowhere.
    let _ = pack(&["check", "."], folder.path());
    assert!(!folder.path().join(".pack").exists());
}

#[test]
fn minutes_that_came_as_pdf_are_read_as_minutes() {
    let council = COUNCIL;
    let lines = [
        "Minutes of the Housing Board",
        "RESOLVED that that the roofs be mended.",
    ];
    let item = |beside: &str| format!("kind = \"minutes\"\nsource = \"roofs.pdf\"\n{beside}");
    let rules = [
        "doubled-word",
        "minutes-not-earlier",
        "name-not-a-member",
        "recommendations-missing",
    ];
    let codes = |beside: &str| -> Vec<String> {
        found_in(council, &item(beside), &lines, &rules)
            .iter()
            .map(|finding| finding["code"].as_str().unwrap_or_default().to_owned())
            .collect()
    };
    assert_eq!(codes(""), ["doubled-word"]);
    let beside = "[item.minutes]\ndate = 2026-05-01\npresent = [\"B Okafor\", \"C Stranger\"]\n";
    let mut told = codes(beside);
    told.sort();
    assert_eq!(
        told,
        ["doubled-word", "minutes-not-earlier", "name-not-a-member"]
    );
}
