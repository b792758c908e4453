//! Every rule of `pack check` on a workspace that it finds fault with and on one, as near to it as
//! can be, that it leaves alone.

use crate::check::cases;
use crate::check::workspace;

use std::collections::{BTreeMap, BTreeSet};

use pack::check::{self, Context, rules};
use pack::finding::{Files, Finding, Severity};
use pack::model::{Content, Date, Meeting, PaperBody, PdfDocument, Suspect};

use cases::{CASES, Case, Change};
use workspace::Edit;

/// Everything found in the workspace with some changes.
fn found(case: &Case, change: &Change) -> Vec<Finding> {
    let edits: &[Edit] = match change {
        Change::Text(edits) => edits,
        Change::Pdf(_) | Change::Hidden(_) | Change::Shown(_) => &[],
    };
    let loaded = workspace::read(edits);
    let mut meeting = loaded.meeting.expect("a meeting");
    // A scratch PDF by hand has no tags; to the rules it is as good as the best.
    for_each_pdf(&mut meeting, |document| {
        document.facts.tagged = true;
        for page in &mut document.facts.pages {
            page.fonts_not_embedded.clear();
        }
    });
    match change {
        Change::Text(_) => {}
        Change::Pdf(facts) => for_each_pdf(&mut meeting, |document| facts(&mut document.facts)),
        Change::Shown(pages) => for_each_pdf(&mut meeting, |document| {
            document.shown = pages().into_iter().map(Into::into).collect();
        }),
        Change::Hidden(kind) => for_each_pdf(&mut meeting, |document| {
            document.suspects.push(Suspect {
                kind: *kind,
                page: Some(1),
                bounds: None,
                text: "Jo Bloggs".to_owned(),
            });
        }),
    }
    let day = |text: Option<&str>| text.map(|text| text.parse::<Date>().expect("a day"));
    let sources = loaded.sources.iter();
    let hashes = sources
        .map(|source| (source.name.clone(), source.sha256.clone()))
        .collect();
    let context = Context {
        hashes: &hashes,
        files: &loaded.files,
        on: day(case.on),
        publish_on: day(case.publish_on),
    };
    let mut findings = loaded.findings;
    findings.extend(check::find(&meeting, &context));
    check::settle(findings, &meeting.council.severities, &loaded.files)
}

fn for_each_pdf(meeting: &mut Meeting, change: impl Fn(&mut PdfDocument)) {
    for item in &mut meeting.agenda.items {
        for paper in &mut item.papers {
            for appendix in &mut paper.appendices {
                if let Content::Pdf(document) = &mut appendix.content {
                    change(document);
                }
            }
        }
    }
}

#[test]
fn the_workspace_is_clean_as_it_is() {
    let case = Case {
        code: "",
        fails: Change::Text(&[]),
        passes: Change::Text(&[]),
        on: Some("2026-03-09"),
        publish_on: None,
    };
    let messages: Vec<String> = found(&case, &case.fails)
        .into_iter()
        .map(|finding| format!("{}: {}", finding.code, finding.message))
        .collect();
    assert_eq!(messages, Vec::<String>::new());
}

#[test]
fn every_rule_has_a_failing_and_a_passing_fixture() {
    let rules: BTreeSet<&str> = rules::RULES.iter().map(|rule| rule.code.0).collect();
    let cases: BTreeSet<&str> = CASES.iter().map(|case| case.code).collect();
    assert_eq!(
        rules.difference(&cases).collect::<Vec<_>>(),
        Vec::<&&str>::new(),
        "rules without fixtures"
    );
    assert_eq!(
        cases.difference(&rules).collect::<Vec<_>>(),
        Vec::<&&str>::new(),
        "fixtures without a rule"
    );
}

#[test]
fn every_failing_fixture_is_found_and_every_passing_one_left_alone() {
    let mut wrong = Vec::new();
    for case in CASES {
        let failing = found(case, &case.fails);
        if !failing.iter().any(|finding| finding.code.0 == case.code) {
            let others: Vec<_> = failing.iter().map(|f| (f.code.0, &f.message)).collect();
            wrong.push(format!("{} does not fire, but {others:?}", case.code));
        }
        let passing = found(case, &case.passes);
        if let Some(finding) = passing.iter().find(|f| f.code.0 == case.code) {
            wrong.push(format!("{} fires falsely: {}", case.code, finding.message));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn findings_say_where_and_what_to_do() {
    for case in CASES {
        for finding in found(case, &case.fails) {
            assert!(
                !finding.message.ends_with('.') && !finding.message.is_empty(),
                "{}: {:?}",
                finding.code,
                finding.message
            );
            if rules::find(finding.code.0).is_some() {
                assert!(finding.help.is_some(), "{}", finding.code);
            }
        }
    }
}

#[test]
fn a_council_sets_severities_and_a_comment_allows_one_place() {
    let edit = (
        "repairs",
        "1.2 It follows",
        "<!-- pack: allow doubled-word: a quotation -->\n\n1.2 It it follows",
    );
    let case = |edits: &'static [Edit]| Case {
        code: "doubled-word",
        fails: Change::Text(edits),
        passes: Change::Text(&[]),
        on: None,
        publish_on: None,
    };
    const DOUBLED: &[Edit] = &[("repairs", "1.2 It follows", "1.2 It it follows")];
    const RAISED: &[Edit] = &[
        DOUBLED[0],
        (
            "council",
            "[pack]",
            "[check]\ndoubled-word = \"error\"\n\n[pack]",
        ),
    ];
    const SILENT: &[Edit] = &[
        DOUBLED[0],
        (
            "pack",
            "[meeting]",
            "[check]\ndoubled-word = \"allow\"\n\n[meeting]",
        ),
    ];
    let severity = |edits: &'static [Edit]| {
        let case = case(edits);
        found(&case, &case.fails)
            .into_iter()
            .find(|finding| finding.code.0 == "doubled-word")
            .map(|finding| finding.severity)
    };
    assert_eq!(severity(DOUBLED), Some(Severity::Warning));
    assert_eq!(severity(RAISED), Some(Severity::Error));
    assert_eq!(severity(SILENT), None);
    let loaded = workspace::read(&[edit]);
    let meeting = loaded.meeting.expect("a meeting");
    let findings = check::check(&meeting, &Context::new(&loaded.files));
    assert!(
        findings
            .iter()
            .all(|f| f.code.0 != "doubled-word" && f.code.0 != "allow-unused"),
        "{findings:?}"
    );
}

#[test]
fn a_file_that_is_not_there_cannot_be_allowed_away() {
    let loaded = workspace::read(&[
        (
            "repairs",
            "file = \"survey.csv\"",
            "file = \"gone.csv\" # pack: allow file-missing: why not",
        ),
        (
            "council",
            "[pack]",
            "[check]\nfile-missing = \"allow\"\n\n[pack]",
        ),
    ]);
    let meeting = loaded.meeting.expect("a meeting");
    let settled = check::settle(loaded.findings, &meeting.council.severities, &loaded.files);
    let missing = settled
        .iter()
        .find(|finding| finding.code.0 == "file-missing");
    assert_eq!(
        missing.map(|finding| finding.severity),
        Some(Severity::Error)
    );
}

#[test]
fn the_order_of_findings_is_stable() {
    let all: Vec<Edit> = vec![
        ("repairs", "1.2 It follows", "1.2 It it follows"),
        ("rents", "1.1 This", "1.1 This this"),
        ("pack", "\"Wednesday\"", "\"Tuesday\""),
    ];
    let loaded = workspace::read(&all);
    let meeting = loaded.meeting.expect("a meeting");
    let mut findings = check::find(&meeting, &Context::new(&loaded.files));
    let once = check::settle(findings.clone(), &BTreeMap::new(), &loaded.files);
    findings.reverse();
    let again = check::settle(findings, &BTreeMap::new(), &loaded.files);
    assert_eq!(once, again);
    let paths: Vec<String> = once
        .iter()
        .filter_map(|finding| path(finding, &loaded.files))
        .collect();
    let mut sorted = paths.clone();
    sorted.sort();
    assert_eq!(paths, sorted);
}

fn path(finding: &Finding, files: &Files) -> Option<String> {
    match &finding.place {
        pack::finding::Place::Text(span) => Some(files.path(*span).to_owned()),
        _ => None,
    }
}

#[test]
fn a_withheld_report_does_not_panic_a_rule() {
    let loaded = workspace::read(&[]);
    let mut meeting = loaded.meeting.expect("a meeting");
    for item in &mut meeting.agenda.items {
        for paper in &mut item.papers {
            paper.body = PaperBody::Missing;
        }
    }
    let _ = check::check(&meeting, &Context::new(&loaded.files));
}
