//! What the rules find in real packs, held against what people found in them. Skipped, and says
//! so, where the real packs are not at hand.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use pack::check::{self, Context};
use pack::finding::{Files, Finding, Place, Severity};
use pack::load;

fn real(name: &str) -> Option<PathBuf> {
    Some(crate::common::shared()?.join("real").join(name))
}

fn findings(workspace: &Path) -> (Vec<Finding>, Files) {
    let (root, packs) = load::select(workspace).expect("a workspace");
    let loaded = load::load(&root, &packs[0]);
    let meeting = loaded.meeting.expect("a meeting");
    let mut findings = loaded.findings;
    findings.extend(check::find(&meeting, &Context::new(&loaded.files)));
    let settled = check::settle(findings, &meeting.council.severities, &loaded.files);
    (settled, loaded.files)
}

/// `file:line code`, the file by its last name; in a PDF `file:page 3, paragraph 2.1 code`.
fn place(finding: &Finding, files: &Files) -> String {
    let (path, line) = match &finding.place {
        Place::Text(span) if files.whereabouts(*span).page.is_some() => {
            let path = files.path(*span);
            let mut parts = path.rsplit('/');
            let file = parts.next().unwrap_or_default();
            let folder = parts.next().and_then(|folder| folder.get(..2));
            let folder = folder.unwrap_or_default();
            let place = files.whereabouts(*span);
            return format!("{folder}/{file}:{place} {}", finding.code);
        }
        Place::Text(span) => (files.path(*span).to_owned(), files.position(*span).line),
        Place::File(path) => (path.clone(), 0),
        Place::Page(path, page) => (path.clone(), *page as usize),
        Place::Nowhere => (String::new(), 0),
    };
    let short: Vec<&str> = path.rsplit('/').take(2).collect();
    let short = match short[..] {
        ["report.md", folder] => format!("{}/report.md", &folder[..2]),
        [file, ..] => file.to_owned(),
        [] => String::new(),
    };
    format!("{short}:{line} {}", finding.code)
}

/// Errors and warnings: each of them is a defect that a person found in this pack, and the list is
/// whole: nothing else may be claimed.
const SANDWELL: &[&str] = &[
    "03-minutes.md:5 name-not-a-member",
    "03-minutes.md:18 minutes-approved-too-early",
    "03-minutes.md:41 doubled-word",
    "03-minutes.md:72 doubled-word",
    "03-minutes.md:79 doubled-word",
    "04/report.md:46 appendix-not-cited",
    "04/report.md:50 section-missing",
    "04/report.md:118 doubled-word",
    "04/report.md:276 section-unnumbered",
    "04/report.md:278 paragraph-in-wrong-section",
    "go-play-impact-report.md:224 sum-cut-off",
    "05/report.md:25 attachment-untagged",
    "05/youth-service-report.pdf:page 3 unpaired-bracket",
    "05/report.md:50 number-skipped",
    "05/report.md:52 unpaired-quote",
    "05/report.md:100 number-skipped",
    "06/report.md:2 header-field-missing",
    "06/report.md:5 contact-unreachable",
    "06/report.md:19 file-missing",
    "06/report.md:187 number-repeated",
    "06/report.md:191 number-repeated",
];

/// Notes that have to be there; others may be.
const SANDWELL_NOTES: &[&str] = &[
    "cse-scrutiny.toml:72 place-vacant",
    "cse-scrutiny.toml:82 place-vacant",
    "council.toml:12 withdrawn-marking",
    "03-minutes.md:6 member-unaccounted",
    "03-minutes.md:113 space-missing",
    "03-minutes.md:121 page-reference-dangling",
    "chairs-letter.md:33 difference-wrong",
    "04/report.md:8 header-field-empty",
    "04/report.md:18 name-two-ways",
    "04/report.md:28 attachment-untagged",
    "04/report.md:246 percentage-wrong",
    "04/report.md:260 paragraph-unnumbered",
    "04/report.md:326 appendix-word-and-figure",
    "04/trust-quarterly-report.pdf:page 19 doubled-word",
    "04/trust-quarterly-report.pdf:page 28 impossible-date",
    "05/report.md:5 header-field-empty",
    "05/report.md:19 attachment-scanned",
    "05/report.md:90 space-missing",
    "05/report.md:102 paragraph-unnumbered",
    "05/report.md:150 number-style-mixed",
    "06/report.md:35 paragraph-unnumbered",
    "06/report.md:65 paragraph-unnumbered",
    "06/report.md:71 count-and-list-differ",
    "06/report.md:178 recommendations-differ",
    "go-play-impact-report.md:207 table-without-header",
    "go-play-impact-report.md:214 sum-without-unit",
    "go-play-impact-report.md:215 table-total-wrong",
    "go-play-impact-report.md:228 table-without-header",
    "go-play-impact-report.md:233 table-total-wrong",
    "go-play-impact-report.md:237 table-without-header",
    "go-play-impact-report.md:245 table-without-header",
    "go-play-impact-report.md:248 sum-in-two-versions",
    "pack.toml:3 publication-date-missing",
    "pack.toml:10 next-meeting-unconfirmed",
    "pack.toml:34 title-differs",
    "pack.toml:44 title-differs",
];

#[test]
fn every_defect_of_the_2019_pack_is_found_at_its_line_and_nothing_false_is_claimed() {
    let Some(workspace) = real("sandwell") else {
        return;
    };
    let (findings, files) = findings(&workspace);
    let at = |least: Severity, most: Severity| -> BTreeSet<String> {
        findings
            .iter()
            .filter(|finding| finding.severity >= least && finding.severity <= most)
            .map(|finding| place(finding, &files))
            .collect()
    };
    let claimed = at(Severity::Warning, Severity::Error);
    let expected: BTreeSet<String> = SANDWELL.iter().map(|&place| place.to_owned()).collect();
    assert_eq!(claimed, expected);
    let notes = at(Severity::Note, Severity::Note);
    let missing: Vec<_> = SANDWELL_NOTES
        .iter()
        .filter(|&&place| !notes.contains(place))
        .collect();
    assert!(missing.is_empty(), "not found: {missing:?}");
    assert!(notes.len() <= 50, "{} notes: {notes:?}", notes.len());
}

/// Every warning in a pack of PDFs alone, by page and paragraph: each is a defect that a person
/// found on that page.
const KENT: &[&str] = &[
    "20/03-minutes.pdf:page 1, paragraph 80 unpaired-bracket",
    "05/report.pdf:page 1 background-papers-not-stated",
    "05/report.pdf:page 2, paragraph 2.3 number-repeated",
    "05/report.pdf:page 3, paragraph 3.6 number-repeated",
    // "4 Other Factors", and again "4. Recommendation(s)".
    "05/report.pdf:page 3, paragraph 4 number-repeated",
    // Recommendations between sections 10 and 11.
    "07/report.pdf:page 8 section-unnumbered",
    // A mark that closes "records and communications", and none that opens.
    "08/b.pdf:page 7 unpaired-quote",
    // "Kent.gov (23/24 baseline: …".
    "08/b.pdf:page 21 unpaired-bracket",
    "08/report.pdf:page 1 background-papers-not-stated",
    // No 2.2.
    "09/report.pdf:page 2, paragraph 2.3 number-skipped",
    // Under "9 Recommendation(s)".
    "09/report.pdf:page 5, paragraph 8.1 paragraph-in-wrong-section",
];

#[test]
fn the_defects_of_a_pack_of_pdfs_are_found_at_page_and_paragraph_and_nothing_false_is_claimed() {
    let Some(workspace) = real("kent") else {
        return;
    };
    let (findings, files) = findings(&workspace);
    let claimed: BTreeSet<String> = findings
        .iter()
        .filter(|finding| finding.severity >= Severity::Warning)
        .map(|finding| place(finding, &files))
        .collect();
    let expected: BTreeSet<String> = KENT.iter().map(|&place| place.to_owned()).collect();
    assert_eq!(claimed, expected);
    assert!(findings.iter().all(|it| it.severity < Severity::Error));
}

#[test]
fn the_samples_are_clean() {
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    for workspace in [
        "packs",
        "examples/parish",
        "examples/planning",
        "examples/welsh",
    ] {
        let (root, packs) = load::select(&project.join(workspace)).expect("packs");
        for pack in packs {
            let loaded = load::load(&root, &pack);
            let meeting = loaded.meeting.expect("a meeting");
            let claimed: Vec<String> = check::check(&meeting, &Context::new(&loaded.files))
                .iter()
                .filter(|finding| finding.severity >= Severity::Warning)
                .map(|finding| format!("{} {}", place(finding, &loaded.files), finding.message))
                .collect();
            assert_eq!(claimed, Vec::<String>::new(), "{workspace} {}", pack.0);
        }
    }
}
