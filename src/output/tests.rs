use super::*;
use crate::finding::{Code, Span};

fn sample() -> (Vec<Finding>, Files) {
    let mut files = Files::default();
    let text = "committee = \"scrutiny\"\n\n[meeting]\ndate = 2026-03-18\nwekday = \"Wednesday\"\n";
    let file = files.add("packs/a/pack.toml", text);
    let at = |words: &str| {
        let start = text.find(words).expect("there");
        Span::new(file, start, start + words.len())
    };
    let findings = vec![
        Finding::error(
            Code("unknown-key"),
            at("wekday"),
            "[meeting] has no key `wekday`",
        )
        .label("did you mean `weekday`?")
        .related(at("[meeting]"), "the table")
        .help("Change it to `weekday`, or remove the line"),
        Finding::warning(
            Code("scanned-page"),
            Place::Page("packs/a/plan.pdf".into(), 3),
            "This page has no text",
        ),
        Finding::note(Code("nothing"), Place::Nowhere, "Just so"),
    ];
    (findings, files)
}

#[test]
fn a_person_sees_the_place_in_the_source() {
    let (findings, files) = sample();
    assert_eq!(
        render(&findings, &files, Format::Human, false),
        "\
error[unknown-key]: [meeting] has no key `wekday`
 --> packs/a/pack.toml:5:1
  |
3 | [meeting]
  | --------- the table
4 | date = 2026-03-18
5 | wekday = \"Wednesday\"
  | ^^^^^^ did you mean `weekday`?
  |
  = help: Change it to `weekday`, or remove the line

warning[scanned-page]: This page has no text
--> packs/a/plan.pdf, page 3

note[nothing]: Just so

"
    );
    assert!(render(&findings, &files, Format::Human, true).contains("\u{1b}["));
}

#[test]
fn short_is_a_line_each() {
    let (findings, files) = sample();
    assert_eq!(
        render(&findings, &files, Format::Short, true),
        "packs/a/pack.toml:5:1: error[unknown-key]: [meeting] has no key `wekday`\n\
         packs/a/plan.pdf: page 3: warning[scanned-page]: This page has no text\n\
         note[nothing]: Just so\n"
    );
}

#[test]
fn json_says_everything() {
    let (findings, files) = sample();
    let json: serde_json::Value =
        serde_json::from_str(&render(&findings, &files, Format::Json, false)).expect("JSON");
    let first = &json["findings"][0];
    assert_eq!(first["code"], "unknown-key");
    assert_eq!(first["line"], 5);
    assert_eq!(first["end"]["column"], 7);
    assert_eq!(first["related"][0]["line"], 3);
    assert_eq!(first["fingerprint"].as_str().map(str::len), Some(16));
    assert_eq!(json["findings"][1]["page"], 3);
    assert_eq!(json["findings"][2]["file"], serde_json::Value::Null);
    assert_eq!(json["summary"]["errors"], 1);
    assert_eq!(json["summary"]["files"], 2);
}

#[test]
fn totals_read_like_a_sentence() {
    let (findings, files) = sample();
    assert_eq!(
        summary(&findings, &files),
        "1 error, 1 warning, 1 note in 2 files"
    );
    assert_eq!(summary(&[], &files), "No findings");
    assert_eq!(summary(&findings[2..], &files), "1 note");
}

#[test]
fn a_fingerprint_stays_when_lines_move() {
    let print = |text: &str| {
        let mut files = Files::default();
        let file = files.add("a.md", text);
        let finding =
            |start: usize| Finding::error(Code("x"), Span::new(file, start, start + 3), "doubled");
        let starts: Vec<usize> = text.match_indices("the the").map(|(at, _)| at).collect();
        let findings: Vec<Finding> = starts.into_iter().map(finding).collect();
        fingerprints(&findings, &files)
    };
    let before = print("the the end\n\nsaid the the man\n");
    let after = print("New line\n\nthe  the\nthe the end\n\nmore\n\nsaid the the man\n");
    assert_eq!(before, after);
    assert_ne!(before[0], before[1]);
    let twice = print("the the\nthe the\n");
    assert_ne!(twice[0], twice[1]);
}

#[test]
fn control_characters_do_not_reach_the_terminal() {
    let mut files = Files::default();
    let file = files.add("a.md", "red \u{1b}[31m text\n");
    let finding = Finding::error(Code("x"), Span::new(file, 0, 12), "say \u{1b}[2J").help("\u{7}");
    let shown = render(&[finding], &files, Format::Human, false);
    assert!(
        !shown.contains('\u{1b}') && !shown.contains('\u{7}'),
        "{shown:?}"
    );
}

#[test]
fn places_past_the_end_do_no_harm() {
    let mut files = Files::default();
    let file = files.add("a.md", "£\n");
    for (start, end) in [(0, 99), (1, 1), (99, 99), (0, 0), (3, 3)] {
        let finding = Finding::error(Code("x"), Span::new(file, start, end), "m");
        for (_, format) in Format::ALL {
            assert!(!render(std::slice::from_ref(&finding), &files, format, false).is_empty());
        }
    }
}

#[test]
fn markdown_is_a_table_whose_cells_are_words() {
    let (findings, files) = sample();
    let text = render(&findings, &files, Format::Markdown, false);
    let rows: Vec<&str> = text.lines().filter(|line| line.starts_with('|')).collect();
    assert_eq!(rows.len(), 2 + findings.len());
    assert!(
        text.starts_with("**1 error, 1 warning, 1 note in 2 files**\n"),
        "{text}"
    );
    assert!(
        rows[2].starts_with("| packs/a/pack.toml:5 | error `unknown-key` |"),
        "{text}"
    );
    let tricky = [Finding::note(
        Code("nothing"),
        Place::Nowhere,
        "a | b <i> [c](d)",
    )];
    let text = render(&tricky, &files, Format::Markdown, false);
    assert!(text.contains("a \\| b &lt;i&gt; \\[c\\](d)"), "{text}");
}

#[test]
fn statistics_count_each_code() {
    let (mut findings, files) = sample();
    findings.push(findings[1].clone());
    let text = render(&findings, &files, Format::Statistics, false);
    let lines: Vec<Vec<&str>> = text
        .lines()
        .map(|line| line.split_whitespace().collect())
        .collect();
    assert_eq!(lines[0], ["2", "warning", "scanned-page"]);
    assert_eq!(lines[1], ["1", "error", "unknown-key"]);
    assert_eq!(lines.len(), 3);
}
