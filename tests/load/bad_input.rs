//! What a clerk reads when a file is wrong: each case breaks one thing in a small workspace that
//! is otherwise right, and the answer is kept as a snapshot.

use std::fmt::Write as _;

use pack::output::{self, Format};

use crate::load::workspace::{COMMITTEE, COUNCIL, PACK, loaded, workspace};

fn answer(files: &[(&str, &[u8])]) -> String {
    let loaded = loaded(workspace(files).path());
    let mut text = output::render(&loaded.findings, &loaded.files, Format::Human, false);
    let _ = writeln!(
        text,
        "{}; {}",
        output::summary(&loaded.findings, &loaded.files),
        if loaded.meeting.is_some() {
            "the meeting is there"
        } else {
            "no meeting"
        }
    );
    text
}

fn pack_with(lines: &str) -> String {
    format!("{PACK}{lines}")
}

fn report_with(front_matter: &str, body: &str) -> String {
    format!("+++\nsubject = \"Repairs\"\nbackground-papers = []\n{front_matter}\n+++\n\n{body}\n")
}

/// What is broken, and the files that break it.
type Case = (&'static str, Vec<(&'static str, Vec<u8>)>);

#[test]
fn nothing_is_said_of_what_is_right() {
    assert_eq!(answer(&[]), "No findings; the meeting is there\n");
}

#[test]
fn every_fault_is_answered_at_its_place() {
    let appendix = |lines: &str| {
        report_with(
            &format!("[[appendix]]\ntitle = \"Plan\"\n{lines}"),
            "# Purpose\n\nText.",
        )
    };
    let swap = |from: &str, to: &str| PACK.replace(from, to);
    let cases: Vec<Case> = vec![
        ("two lines that are not TOML", vec![("packs/march/pack.toml", swap("title = \"Apologies\"", "title = “Apologies”").replace("time = 17:00:00", "time 17:00:00").into())]),
        ("text that is not closed", vec![("packs/march/pack.toml", swap("title = \"Apologies\"", "title = \"Apologies").into())]),
        ("a key twice", vec![("packs/march/pack.toml", swap("time =", "date = 2026-03-19\ntime =").into())]),
        ("a date that does not exist", vec![("packs/march/pack.toml", swap("2026-03-18", "2026-02-30").into())]),
        ("a date in quotation marks", vec![("packs/march/pack.toml", swap("2026-03-18", "\"2026-03-18\"").into())]),
        ("a time that does not exist", vec![("packs/march/pack.toml", swap("17:00:00", "25:00:00").into())]),
        ("an unknown key", vec![("packs/march/pack.toml", swap("time =", "tiem =").into())]),
        ("a key that is not even near", vec![("council.toml", format!("{COUNCIL}\n[style]\nwallpaper = \"roses\"\n").into())]),
        ("a typeface that the program lacks", vec![("council.toml", format!("{COUNCIL}\n[style]\nfont = \"Comic Sans\"\n").into())]),
        ("a missing key", vec![("packs/march/pack.toml", swap("title = \"Apologies\"\n", "").into())]),
        ("a kind that does not exist", vec![("packs/march/pack.toml", swap("\"procedural\"", "\"proceedural\"").into())]),
        ("two items with one number", vec![("packs/march/pack.toml", pack_with("number = \"1\"\n").into())]),
        ("an unknown part", vec![("packs/march/pack.toml", format!("{}\n[[part]]\nid = \"private\"\ntitle = \"Private\"\n", pack_with("part = \"pirvate\"\n")).into())]),
        ("an unknown committee", vec![("packs/march/pack.toml", swap("\"housing\"", "\"hosing\"").into())]),
        ("a report that is missing", vec![("packs/march/pack.toml", swap("repairs.md", "repair.md").into())]),
        ("a file outside the workspace", vec![("packs/march/pack.toml", swap("repairs.md", "../../../../repairs.md").into())]),
        ("a folder instead of a file", vec![("packs/march/pack.toml", swap("repairs.md", "../march").into())]),
        ("a backslash", vec![("packs/march/pack.toml", swap("\"repairs.md\"", "'papers\\repairs.md'").into())]),
        ("front matter that never ends", vec![("packs/march/repairs.md", b"+++\nsubject = \"Repairs\"\n\n# Purpose\n".to_vec())]),
        ("front matter that is not TOML", vec![("packs/march/repairs.md", b"+++\nsubject: Repairs\n+++\n\n# Purpose\n".to_vec())]),
        ("no front matter", vec![("packs/march/repairs.md", b"# Purpose\n\nText.\n".to_vec())]),
        ("text in another encoding", vec![("packs/march/repairs.md", b"+++\nsubject = \"Repairs\"\n+++\n\nCost \xA3200\n".to_vec())]),
        ("a ragged table", vec![("packs/march/repairs.md", report_with("", "| Ward | Jobs |\n|---|--:|\n| East | 4 | 5 |\n| West |").into())]),
        ("ten thousand nested quotations", vec![("packs/march/repairs.md", report_with("", &">".repeat(10_000)).into())]),
        ("HTML", vec![("packs/march/repairs.md", report_with("", "<table><tr><td>4</td></tr></table>").into())]),
        ("a PDF that is not one", vec![("packs/march/repairs.md", appendix("file = \"plan.pdf\"").into()), ("packs/march/plan.pdf", b"<html>Not found</html>".to_vec())]),
        ("an empty PDF", vec![("packs/march/repairs.md", appendix("file = \"plan.pdf\"").into()), ("packs/march/plan.pdf", Vec::new())]),
        ("a damaged PDF", vec![("packs/march/repairs.md", appendix("file = \"plan.pdf\"").into()), ("packs/march/plan.pdf", b"%PDF-1.7\n1 0 obj\n<</Type/Cat".to_vec())]),
        ("a box with three sides", vec![("packs/march/repairs.md", appendix("file = \"plan.pdf\"\nredact = [{ page = 2, box = [72, 100, 200] }]").into()), ("packs/march/plan.pdf", b"%PDF-1.7".to_vec())]),
        ("boxes in words", vec![("packs/march/repairs.md", appendix("file = \"plan.pdf\"\nredact = \"page 2\"").into()), ("packs/march/plan.pdf", b"%PDF-1.7".to_vec())]),
        ("boxes in a table", vec![("packs/march/repairs.md", appendix("file = \"plan.csv\"\nredact = [{ page = 2, box = [72, 100, 200, 20] }]").into()), ("packs/march/plan.csv", b"Ward,Jobs\nEast,4\n".to_vec())]),
        ("an image that is not one", vec![("packs/march/repairs.md", appendix("file = \"plan.png\"\nalt = \"A plan\"").into()), ("packs/march/plan.png", b"not a picture".to_vec())]),
        ("a Word file", vec![("packs/march/repairs.md", appendix("file = \"plan.docx\"").into()), ("packs/march/plan.docx", b"PK\x03\x04".to_vec())]),
        ("an appendix without a file", vec![("packs/march/repairs.md", appendix("summary = \"A plan\"").into())]),
        ("a ragged CSV file", vec![("packs/march/repairs.md", appendix("file = \"jobs.csv\"").into()), ("packs/march/jobs.csv", b"Ward,Jobs\nEast,4\nWest,1,200\n".to_vec())]),
        ("an access that cannot be understood", vec![("packs/march/pack.toml", pack_with("access = \"exmpt\"\n").into())]),
        ("a public appendix of an exempt report", vec![("packs/march/pack.toml", pack_with("access = \"exempt\"\nexempt-paragraphs = [3]\n").into()), ("packs/march/repairs.md", appendix("absent = \"Elsewhere\"\naccess = \"public\"").into())]),
        ("a paragraph that no schedule has", vec![("packs/march/pack.toml", pack_with("access = \"exempt\"\nexempt-paragraphs = [31]\n").into())]),
        ("a severity that does not exist", vec![("council.toml", format!("{COUNCIL}\n[check]\ndoubled-word = \"eror\"\n").into())]),
        ("a name that two members share", vec![("committees/housing.toml", format!("{COMMITTEE}\n[[member]]\nname = \"Adeyemi\"\nrole = \"member\"\n\n[[copy]]\nto = \"Adeyemi\"\nprint = \"100pt\"\n").into())]),
        ("a council that does not say its name", vec![("council.toml", b"[council]\njurisdiction = \"england\"\n".to_vec())]),
        ("a link to a file and an image on the web", vec![("packs/march/repairs.md", report_with("", "See [the plan](plan.pdf).\n\n![Plan](https://example.org/plan.png)").into())]),
        ("links that lead nowhere in the pack", vec![("packs/march/repairs.md", report_with("", "# Costs {#costs}\n\nSee [costs](#cost), [item 9](item:9), [the plan](appendix:1) and [the costs](#costs).\n\n## More {#costs}").into())]),
    ];
    let mut answers = String::new();
    for (name, files) in &cases {
        let files: Vec<(&str, &[u8])> = files
            .iter()
            .map(|(name, bytes)| (*name, bytes.as_slice()))
            .collect();
        let said = answer(&files);
        assert!(!said.starts_with("No findings"), "{name}: {said}");
        let _ = writeln!(answers, "## {name}\n\n{said}");
    }
    insta::assert_snapshot!(answers);
}
