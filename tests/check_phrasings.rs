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

use crate::check::workspace;

const TABLES: [&str; 6] = [
    include_str!("check/phrasings/citations.txt"),
    include_str!("check/phrasings/dates.txt"),
    include_str!("check/phrasings/figures.txt"),
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

/// Whether the rule of a row finds something in a workspace that has the row's words at its place
/// and is faultless otherwise.
fn fires(row: &Row) -> bool {
    let lines = || -> String {
        let lines: Vec<&str> = row.text.split('⏎').map(str::trim).collect();
        lines.join("\n")
    };
    let edit = |file, from, to| vec![(file, from, to)];
    let edits = match row.place {
        "in a paragraph" => edit("repairs", PARAGRAPH, format!("1.2 {}", row.text)),
        "in a block" => edit("repairs", PARAGRAPH, lines()),
        "in a table" => edit("repairs", TABLE, table(row.text)),
        "as the words of a link" => edit(
            "repairs",
            PARAGRAPH,
            format!("1.2 See [{}](https://www.example.org/plan).", row.text),
        ),
        "as the description of a picture" => {
            edit("repairs", PARAGRAPH, format!("![{}](plan.png)", row.text))
        }
        "as the last heading of a report" => edit(
            "repairs",
            LAST,
            format!("{LAST}\n# {}\n\nJo Field wrote it.\n", row.text),
        ),
        "as the last lines of a report" => edit(
            "repairs",
            LAST,
            format!("{LAST}\n3.2 They are old.\n\n{}\n", lines()),
        ),
        "as the last lines of a report that lists none in its head" => vec![
            (
                "rents",
                "background-papers = [\"Rent standard 2025\"]\n",
                String::new(),
            ),
            (
                "rents",
                "# Background papers\n\nRent standard 2025\n",
                lines(),
            ),
        ],
        "as a heading of a report that has none in its head" => vec![
            (
                "rents",
                "recommendations = \"Note the report.\"\n",
                String::new(),
            ),
            (
                "rents",
                "# Background papers",
                format!(
                    "# 4 {}\n\n4.1 To sell the land.\n\n# Background papers",
                    row.text
                ),
            ),
        ],
        "as the title of an item" => edit(
            "pack",
            "title = \"Rents\"",
            format!("title = \"{}\"", row.text),
        ),
        "as the meeting's weekday" => edit("pack", "Wednesday", row.text.to_owned()),
        place => panic!("no place is called {place:?}"),
    };
    let edits: Vec<(&str, &str, &str)> = edits
        .iter()
        .map(|(file, from, to)| (*file, *from, to.as_str()))
        .collect();
    let loaded = workspace::read(&edits);
    let mut findings = loaded.findings;
    let meeting = loaded.meeting.expect("a meeting");
    findings.extend(check::find(&meeting, &Context::new(&loaded.files)));
    check::settle(findings, &meeting.council.severities, &loaded.files)
        .iter()
        .any(|finding| finding.code.0 == row.code)
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

/// The answers to all rows, worked out side by side.
fn answers(rows: &[Row]) -> Vec<bool> {
    let workers = std::thread::available_parallelism().map_or(1, |count| count.get().min(4));
    let mut answers = vec![false; rows.len()];
    let share = rows.len().div_ceil(workers);
    std::thread::scope(|scope| {
        for (rows, answers) in rows.chunks(share).zip(answers.chunks_mut(share)) {
            scope.spawn(move || {
                for (row, answer) in rows.iter().zip(answers) {
                    *answer = fires(row);
                }
            });
        }
    });
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
