//! The rules that read words, checked against a table of phrasings: what each is to find and what it is to
//! leave alone. The tables are text, to be read and added to; a row says what a reader would expect
//! and not what the program happens to do.
//!
//! `finds` and `leaves` are what is right and so. A row that is known not to be so begins with
//! `misses` (should be found) or `mistakes` (should be left alone), counts as a fault, and is to
//! become `finds` or `leaves` as soon as it is mended.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use pack::check::{self, Context};
use pack::finding::{Files, Finding, Place};
use pack::load::Loaded;

use crate::check::workspace;

const TABLES: [&str; 14] = [
    include_str!("check/phrasings/chambers.txt"),
    include_str!("check/phrasings/citations.txt"),
    include_str!("check/phrasings/dates.txt"),
    include_str!("check/phrasings/departments.txt"),
    include_str!("check/phrasings/desks.txt"),
    include_str!("check/phrasings/directorates.txt"),
    include_str!("check/phrasings/drafts.txt"),
    include_str!("check/phrasings/figures.txt"),
    include_str!("check/phrasings/grammar.txt"),
    include_str!("check/phrasings/offices.txt"),
    include_str!("check/phrasings/officers.txt"),
    include_str!("check/phrasings/sections.txt"),
    include_str!("check/phrasings/template.txt"),
    include_str!("check/phrasings/words.txt"),
];

/// How many of the phrasings that a rule is to find it must, and how many of the others it may
/// find, per cent.
const LEAST_FOUND: usize = 95;
const MOST_FALSE: usize = 3;

struct Row {
    code: &'static str,
    place: &'static str,
    text: &'static str,
    /// What a reader expects.
    expected: bool,
    /// Whether the rule is known not to do it.
    known: bool,
}

fn rows() -> Vec<Row> {
    let mut rows = Vec::new();
    for table in TABLES {
        let mut head = None;
        for line in table.lines().filter(|line| !line.is_empty()) {
            if let Some(words) = line.strip_prefix("## ") {
                head = words.split_once(", ");
                assert!(head.is_some(), "{line}");
                continue;
            }
            let (verdict, text) = line.split_once(' ').unwrap_or((line, ""));
            let (expected, known) = match verdict {
                "finds" => (true, false),
                "leaves" => (false, false),
                "misses" => (true, true),
                "mistakes" => (false, true),
                _ => panic!("a row begins with finds, leaves, misses or mistakes: {line}"),
            };
            let (code, place) = head.expect("a rule above the first row");
            rows.push(Row {
                code,
                place,
                text: text.trim_start(),
                expected,
                known,
            });
        }
    }
    rows
}

const PARAGRAPH: &str = "1.2 It follows the report of last year.";
const TABLE: &str = "| Ward | Sum |\n| --- | ---: |\n| North | £30,000 |\n| South | £80,000 |\n| Total | £110,000 |";
const LAST: &str = "- to answer\n";

/// Where a row's words go.
enum Paper {
    /// Into a paper that has them at their place and is faultless otherwise: a report of its own on
    /// the agenda, so that many rows are read at once.
    Report(String),
    /// Into files of the workspace itself, for what a pack has once.
    Workspace(Vec<(&'static str, &'static str, String)>),
}

fn paper(row: &Row) -> Paper {
    let changed = |text: &str, edits: &[(&str, &str)]| {
        let mut text = text.to_owned();
        for (from, to) in edits {
            assert!(text.contains(from), "{from}");
            text = text.replacen(from, to, 1);
        }
        Paper::Report(text)
    };
    let repairs = |from, to: String| changed(workspace::REPAIRS, &[(from, &to)]);
    let lines = row.text.split('⏎').map(str::trim).collect::<Vec<_>>();
    let lines = lines.join("\n");
    match row.place {
        "in a paragraph" => repairs(PARAGRAPH, format!("1.2 {}", row.text)),
        "in a block" => repairs(PARAGRAPH, lines),
        "in a table" => repairs(TABLE, table(row.text)),
        "as the words of a link" => repairs(
            PARAGRAPH,
            format!("1.2 See [{}](https://www.example.org/plan).", row.text),
        ),
        "as the description of a picture" => {
            repairs(PARAGRAPH, format!("![{}](plan.png)", row.text))
        }
        "as the last heading of a report" => repairs(
            LAST,
            format!("{LAST}\n# {}\n\nJo Field wrote it.\n", row.text),
        ),
        "as the last lines of a report" => {
            repairs(LAST, format!("{LAST}\n3.2 They are old.\n\n{lines}\n"))
        }
        "as the last lines of a report that lists none in its head" => changed(
            workspace::RENTS,
            &[
                ("background-papers = [\"Rent standard 2025\"]\n", ""),
                ("# Background papers\n\nRent standard 2025\n", &lines),
            ],
        ),
        "as a heading of a report that has none in its head" => {
            let section = format!(
                "# 4 {}\n\n4.1 To sell the land.\n\n# Background papers",
                row.text
            );
            changed(
                workspace::RENTS,
                &[
                    ("recommendations = \"Note the report.\"\n", ""),
                    ("# Background papers", &section),
                ],
            )
        }
        "as the first line of a report" => {
            repairs("# 1 Purpose", format!("{}\n\n# 1 Purpose", row.text))
        }
        "as the title of an item" => Paper::Workspace(vec![(
            "pack",
            "title = \"Rents\"",
            format!("title = \"{}\"", row.text),
        )]),
        "as the meeting's weekday" => {
            Paper::Workspace(vec![("pack", "Wednesday", row.text.to_owned())])
        }
        "in a paragraph of a cabinet's report" => Paper::Workspace(vec![
            cabinet(),
            ("repairs", PARAGRAPH, format!("1.2 {}", row.text)),
        ]),
        "as the answer of a cabinet's report" => {
            let line = format!("key-decision = \"{}\"\ndirector =", row.text);
            Paper::Workspace(vec![cabinet(), ("rents", "director =", line)])
        }
        "in the minutes of a cabinet" => Paper::Workspace(vec![
            cabinet(),
            (
                "outcome",
                "2. Agree the programme at Appendix 2.\n",
                format!("2. Agree the programme at Appendix 2.\n\n{lines}\n"),
            ),
            (
                "outcome",
                "Resolved to note the report.\n",
                format!("Resolved to note the report.\n\n{lines}\n"),
            ),
        ]),
        place => panic!("no place is called {place:?}"),
    }
}

/// The body of the workspace is an executive.
fn cabinet() -> (&'static str, &'static str, String) {
    ("committee", "\"board\"", "\"cabinet\"".to_owned())
}

/// What is found in a workspace.
fn findings(loaded: Loaded) -> (Vec<Finding>, Files) {
    let mut findings = loaded.findings;
    let meeting = loaded.meeting.expect("a meeting");
    findings.extend(check::find(&meeting, &Context::new(&loaded.files)));
    let settled = check::settle(findings, &meeting.council.severities, &loaded.files);
    (settled, loaded.files)
}

/// Whether the rule of a row finds something in a workspace of the row's own.
fn fires_alone(row: &Row, edits: &[(&'static str, &'static str, String)]) -> bool {
    let edits: Vec<_> = edits
        .iter()
        .map(|(file, from, to)| (*file, *from, to.as_str()))
        .collect();
    let (found, _) = findings(workspace::read(&edits));
    found.iter().any(|finding| finding.code.0 == row.code)
}

/// Which of these rows have a finding of their rule, each in its own report of one workspace.
fn fire_together(rows: &[(usize, &Row, String)]) -> Vec<(usize, bool)> {
    let name = |index: usize| format!("row-{index}.md");
    let mut items = String::new();
    let mut papers = Vec::new();
    for (index, _, text) in rows {
        let name = name(*index);
        let _ = write!(
            items,
            "\n[[item]]\ntitle = \"Paper {index}\"\nkind = \"report\"\nsource = \"{name}\"\n"
        );
        papers.push((name, text.clone()));
    }
    let last = "source = \"rents.md\"\n";
    let agenda = format!("{last}{items}");
    let loaded = workspace::read_with(&[("pack", last, &agenda)], &papers);
    let read = |index: usize| {
        let path = name(index);
        move |other: &str| other.ends_with(&format!("/{path}"))
    };
    for (index, row, _) in rows {
        let is_it = read(*index);
        let there = loaded.files.iter().any(|(_, file)| is_it(&file.path));
        assert!(there, "not read: {}", row.text);
    }
    let (found, files) = findings(loaded);
    let place = |finding: &Finding| match &finding.place {
        Place::Text(span) => files.path(*span).to_owned(),
        Place::File(path) | Place::Page(path, _) => path.clone(),
        Place::Nowhere => String::new(),
    };
    // A finding anywhere else could be that of any row.
    for finding in &found {
        let of_a_row = rows
            .iter()
            .any(|(index, _, _)| read(*index)(&place(finding)));
        let asked = rows.iter().any(|(_, row, _)| row.code == finding.code.0);
        assert!(of_a_row || !asked, "{}: {}", finding.code.0, place(finding));
    }
    rows.iter()
        .map(|(index, row, _)| {
            let is_it = read(*index);
            let fires = found
                .iter()
                .any(|finding| finding.code.0 == row.code && is_it(&place(finding)));
            (*index, fires)
        })
        .collect()
}

/// Rows between `//`, cells between `|`, the first row for heads.
fn table(text: &str) -> String {
    let mut table = String::new();
    for (index, row) in text.split("//").enumerate() {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        let _ = writeln!(table, "| {} |", cells.join(" | "));
        if index == 0 {
            let _ = writeln!(table, "|{}", " --- |".repeat(cells.len()));
        }
    }
    table.trim_end().to_owned()
}

/// How many rows are read in one workspace.
const AT_ONCE: usize = 60;

/// The answers to all rows.
fn answers(rows: &[Row]) -> Vec<bool> {
    let mut answers = vec![false; rows.len()];
    let mut together = Vec::new();
    for (index, row) in rows.iter().enumerate() {
        match paper(row) {
            Paper::Report(text) => together.push((index, row, text)),
            Paper::Workspace(edits) => answers[index] = fires_alone(row, &edits),
        }
    }
    for some in together.chunks(AT_ONCE) {
        for (index, fires) in fire_together(some) {
            answers[index] = fires;
        }
    }
    answers
}

#[test]
fn phrasings_are_found_and_their_neighbours_left_alone() {
    let rows = rows();
    // Of each rule: found, to be found, falsely found, to be left alone.
    let mut counts: BTreeMap<&str, [usize; 4]> = BTreeMap::new();
    let mut wrong = String::new();
    for (row, fired) in rows.iter().zip(answers(&rows)) {
        let count = counts.entry(row.code).or_default();
        let first = if row.expected { 0 } else { 2 };
        count[first] += usize::from(fired);
        count[first + 1] += 1;
        let complaint = match (fired == row.expected, row.known) {
            (true, false) | (false, true) => continue,
            (false, false) if row.expected => "is not found",
            (false, false) => "is found",
            (true, true) => "is right now: say so in the table",
        };
        let _ = writeln!(wrong, "{}: “{}” {complaint}", row.code, row.text);
    }
    let mut all = [0; 4];
    for (code, count) in &counts {
        println!(
            "{code}: {} of {} found, {} of {} near-misses found",
            count[0], count[1], count[2], count[3]
        );
        for (sum, count) in all.iter_mut().zip(count) {
            *sum += count;
        }
    }
    let [found, to_find, falsely, to_leave] = all;
    println!(
        "all {} rows: {found} of {to_find} found, {falsely} of {to_leave} near-misses found",
        rows.len()
    );
    assert!(wrong.is_empty(), "{wrong}");
    assert!(rows.len() >= 600, "{} rows", rows.len());
    assert!(found * 100 >= to_find * LEAST_FOUND, "{found} of {to_find}");
    assert!(
        falsely * 100 <= to_leave * MOST_FALSE,
        "{falsely} of {to_leave}"
    );
}
