//! Links to items: by the `id` of one, which stays right when items move, and by a number, which is
//! held against what was published.

use pack::finding::Finding;
use pack::load;

use crate::check::workspace;

const RECORD: &str = r#"published = 2026-03-10
last-page = 9
items = ["1", "2", "3", "4"]

[[document]]
key = "item-3-report"
title = "Repairs to council homes"
first-page = 4
last-page = 6
source = "packs/march/repairs.md"
sha256 = "00"

[[document]]
key = "item-4-report"
title = "Rents"
first-page = 7
last-page = 9
source = "packs/march/rents.md"
sha256 = "00"
"#;

/// What is said of a workspace in which a report links to `target`, as it was published or not.
fn said(target: &str, agenda: &[(&str, &str, &str)], published: bool) -> Vec<Finding> {
    let link = format!("1.2 It follows the [rents]({target}) of");
    let mut edits = vec![("repairs", "1.2 It follows the report of", link.as_str())];
    edits.extend(agenda);
    let folder = workspace::write(&edits);
    if published {
        let record = folder.path().join("packs/march/published.toml");
        std::fs::write(record, RECORD).expect("a file");
    }
    let (root, packs) = load::select(folder.path()).expect("a workspace");
    load::load(&root, &packs[0]).findings
}

fn codes(findings: &[Finding]) -> Vec<&str> {
    findings.iter().map(|finding| finding.code.0).collect()
}

const NAMED: (&str, &str, &str) = (
    "pack",
    "title = \"Rents\"",
    "title = \"Rents\"\nid = \"rents\"",
);
const MOVED: (&str, &str, &str) = (
    "pack",
    "[[item]]\ntitle = \"Repairs",
    "[[item]]\ntitle = \"Damp\"\nkind = \"verbal\"\n\n[[item]]\ntitle = \"Repairs",
);

#[test]
fn an_item_is_linked_to_by_its_id() {
    assert_eq!(codes(&said("item:rents", &[NAMED], false)), [""; 0]);
    assert_eq!(codes(&said("item:rents", &[NAMED, MOVED], true)), [""; 0]);
    let findings = said("item:rnets", &[NAMED], false);
    assert_eq!(codes(&findings), ["link-nowhere"]);
    assert_eq!(
        findings[0].help.as_deref(),
        Some("Did you mean item:rents?")
    );
}

#[test]
fn an_id_is_told_from_numbers_and_other_ids() {
    let number = ("pack", "title = \"Rents\"", "title = \"Rents\"\nid = \"3\"");
    assert_eq!(codes(&said("item:3", &[number], false)), ["name-twice"]);
    let twice = (
        "pack",
        "title = \"Repairs to council homes\"",
        "title = \"Repairs to council homes\"\nid = \"rents\"",
    );
    let findings = said("item:rents", &[NAMED, twice], false);
    assert_eq!(codes(&findings), ["name-twice"]);
}

#[test]
fn a_number_is_held_against_what_was_published() {
    assert_eq!(codes(&said("item:4", &[], true)), [""; 0]);
    assert_eq!(codes(&said("item:4", &[MOVED], false)), [""; 0]);
    let findings = said("item:4", &[MOVED], true);
    assert_eq!(codes(&findings), ["link-to-moved-item"]);
    assert_eq!(
        findings[0].message,
        "Item 4 was “Rents” when the pack was published, which is now item 5"
    );
}
