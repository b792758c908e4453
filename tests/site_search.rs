//! The search of a site, as a browser does it: what a resident asks leads to the right page.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::common::{node_modules, said};
use crate::site::{sample, text_of, welsh};

/// What the search page of a site answers; nothing where there is no browser.
fn answers(site: &Path, asked: &[&str]) -> Option<Vec<Value>> {
    let tools = node_modules("the browser's driver")?;
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser/search-site.mjs");
    let mut child = Command::new("node")
        .arg(script)
        .arg(site)
        .env("NODE_MODULES_ROOT", tools)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("node runs");
    let mut stdin = child.stdin.take().expect("its input");
    stdin
        .write_all(asked.join("\n").as_bytes())
        .expect("it is asked");
    drop(stdin);
    let run = child.wait_with_output().expect("node runs");
    assert!(run.status.success(), "{}", said(&run));
    let lines = String::from_utf8_lossy(&run.stdout).into_owned();
    let answers = lines.lines().map(serde_json::from_str);
    let answers: Vec<Value> = answers.collect::<Result<_, _>>().expect("JSON");
    assert_eq!(answers.len(), asked.len());
    Some(answers)
}

/// The title of a result, and where it says that it stands.
fn result(answer: &Value, at: usize) -> (&str, &str) {
    let result = &answer["results"][at];
    let word = |name: &str| result[name].as_str().unwrap_or_default();
    (word("title"), word("where"))
}

#[test]
fn what_a_resident_asks_leads_to_the_right_page() {
    let scrutiny = "Children and Communities Scrutiny Board, Monday 14 September 2026";
    let cabinet = "Cabinet, Wednesday 14 October 2026";
    let places = "School places from 2027 to 2031";
    // What is asked, the title that comes first, and the page.
    let wanted = [
        (
            "Ropewalk Baths lease",
            "Ropewalk Baths: lease to a community trust",
            format!("{cabinet}, page 7 (PDF)"),
        ),
        // The report writes of repairs and of selling; it closes nothing.
        (
            "swimming pool closure",
            "Ropewalk Baths: lease to a community trust",
            format!("{cabinet}, page 8 (PDF)"),
        ),
        (
            "family hubs",
            "Family hubs: the first year",
            format!("{scrutiny}, page 9 (PDF)"),
        ),
        (
            "school places",
            places,
            format!("{scrutiny}, page 22 (PDF)"),
        ),
        ("canal side", places, format!("{scrutiny}, page 27 (PDF)")),
        ("Zielinski", "Councillor Marek Zieliński", String::new()),
        (
            "councillor amina rafiq",
            "Councillor Amina Rafiq",
            String::new(),
        ),
        ("cabinet", "Cabinet", String::new()),
        (
            "highways depots",
            "5 Land for a new highways depot",
            format!("{cabinet}, page 12 (PDF)"),
        ),
        (
            "budget monitoring",
            "Minutes of the meeting held on 9 September 2026",
            format!("{cabinet}, page 5 (PDF)"),
        ),
        (
            "map of planning areas",
            "Appendix 2: Map of primary planning areas",
            format!("{scrutiny}, page 35 (PDF)"),
        ),
    ];
    let asked = wanted.each_ref().map(|(words, _, _)| *words);
    let Some(answers) = answers(sample(), &asked) else {
        return;
    };
    for (answer, (words, title, place)) in answers.iter().zip(&wanted) {
        assert_eq!(
            result(answer, 0),
            (*title, place.as_str()),
            "{words}: {answer:#}"
        );
    }
    // It leads into the web page and to the page of the PDF, and shows the words.
    let lease = &answers[0]["results"][0];
    let folder = "../meetings/2026-10-14-cabinet/2026-10-14-cabinet";
    assert_eq!(lease["href"], format!("{folder}.html#item-4-report"));
    assert_eq!(lease["pdf"], format!("{folder}.pdf#page=7"));
    let marked = lease["marked"].as_array().expect("marks");
    assert!(marked.iter().any(|word| word == "Ropewalk"), "{lease:#}");
    let member = &answers[5]["results"][0]["href"];
    assert_eq!(member, "../members/marek-zielinski/index.html");
}

#[test]
fn results_are_those_of_a_body_or_a_year_and_nothing_is_said_to_be_nothing() {
    let asked = [
        "budget",
        "budget\tCabinet",
        "budget\t\t2026",
        "zeppelin",
        "ropewalk zeppelin",
    ];
    let Some(answers) = answers(sample(), &asked) else {
        return;
    };
    let bodies = |answer: &Value| -> Vec<bool> {
        let results = answer["results"].as_array().expect("results");
        let places = results.iter().filter_map(|result| result["where"].as_str());
        places.map(|place| place.starts_with("Cabinet")).collect()
    };
    assert!(bodies(&answers[0]).contains(&false), "{:#}", answers[0]);
    assert!(!bodies(&answers[1]).is_empty());
    assert!(!bodies(&answers[1]).contains(&false), "{:#}", answers[1]);
    assert_eq!(answers[2]["results"], answers[0]["results"]);
    assert_eq!(answers[3]["told"], "No paper has these words.");
    assert_eq!(answers[3]["results"].as_array().map(Vec::len), Some(0));
    assert_eq!(
        answers[4]["told"],
        "No paper has all of these words. These have some of them."
    );
    assert_eq!(
        result(&answers[4], 0).0,
        "Ropewalk Baths: lease to a community trust"
    );
}

#[test]
fn a_welsh_site_answers_in_welsh_whatever_the_accents() {
    let Some(answers) = answers(welsh(), &["ysgol", "Agendâu zeppelin"]) else {
        return;
    };
    let told = answers[0]["told"].as_str().expect("words");
    assert!(told.starts_with("Canfuwyd "), "{told}");
    assert!(
        result(&answers[0], 0).1.contains("tudalen "),
        "{:#}",
        answers[0]
    );
}

#[test]
fn the_index_of_a_year_lies_by_itself() {
    let site = sample();
    let shard = text_of(site, "search/2026/ro.js");
    assert!(
        shard.starts_with("packSearch.words(\"2026/ro\",{") && shard.contains("\"ropewalk\":\""),
        "{shard}"
    );
    let meetings = text_of(site, "search/meetings.js");
    assert!(meetings.contains("\"2026-10-14-cabinet\""), "{meetings}");
    let pages = text_of(site, "meetings/2026-10-14-cabinet/pages/0.js");
    assert!(pages.contains("Ropewalk Baths"), "{pages}");
}
