//! Reports that came as PDF: what is wrong in them is found at its page and paragraph, and accepted
//! where the agenda says so.

use std::path::Path;

use serde_json::Value;

use crate::common::pack;
use crate::common::sheet::Sheet;

const COUNCIL: &str = "[council]\nname = \"Fernleigh Borough Council\"\njurisdiction = \"england\"\ntier = \"principal\"\n";
const BOARD: &str = "name = \"Housing Board\"\nkind = \"board\"\n[[member]]\nname = \"B Okafor\"\nstyle = \"Councillor\"\nrole = \"chair\"\n";
const PACK: &str = "committee = \"housing\"\n[meeting]\ndate = 2026-03-18\ntime = 17:00:00\nplace = \"Town Hall\"\n\n[[item]]\ntitle = \"Roof works\"\nkind = \"report\"\n";

/// The findings in the papers of a meeting with one item, whose report is a page that says "that
/// that" in paragraph 1.2.
fn found(item: &str) -> Vec<Value> {
    let folder = tempfile::tempdir().expect("a folder");
    let put = |path: &str, bytes: &[u8]| {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap_or(Path::new("."))).expect("a folder");
        std::fs::write(path, bytes).expect("it can be written");
    };
    put("council.toml", COUNCIL.as_bytes());
    put("committees/housing.toml", BOARD.as_bytes());
    put("packs/march/pack.toml", format!("{PACK}{item}").as_bytes());
    let lines = [
        "1.1 The roofs of Mill Lane were looked at in January.",
        "1.2 The survey shows that that the work is due.",
    ];
    let text = lines.map(|line| format!("({line}) Tj 0 -40 Td")).join(" ");
    let sheet = Sheet::new(&format!("BT /F1 12 Tf 72 740 Td {text} ET"));
    put("packs/march/roofs.pdf", &sheet.bytes());
    let output = pack(&["check", "--format", "json"], folder.path());
    let told: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let findings = told["findings"].as_array().expect("findings");
    let ours = ["doubled-word", "allow-unused"];
    let ours = |finding: &&Value| ours.iter().any(|code| finding["code"] == *code);
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
