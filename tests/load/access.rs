//! Who may see what, as it is read: a document gets the access of what it belongs to unless it
//! says otherwise, and what cannot be understood is never public.

use pack::model::{Access, Item, PaperBody};

use crate::load::workspace::{PACK, loaded, workspace};

const REPORT: &str = "\
+++
subject = \"Repairs\"
background-papers = []
ACCESS
[[appendix]]
title = \"Plan\"
absent = \"Elsewhere\"
APPENDIX
+++

# Purpose

Text.
";

/// The second item of the usual pack with lines added to it, to its report and to the report's
/// appendix, and the codes of what is said.
fn read(item: &str, report: &str, appendix: &str) -> (Item, Vec<&'static str>) {
    let pack = format!("{PACK}{item}\n");
    let report = REPORT
        .replace("ACCESS", report)
        .replace("APPENDIX", appendix);
    let loaded = loaded(
        workspace(&[
            ("packs/march/pack.toml", pack.as_bytes()),
            ("packs/march/repairs.md", report.as_bytes()),
        ])
        .path(),
    );
    let codes = loaded
        .findings
        .iter()
        .map(|finding| finding.code.0)
        .collect();
    let mut items = loaded.meeting.expect("a meeting").agenda.items;
    (items.remove(1), codes)
}

/// The words for the access of the item, its report and the report's appendix.
fn accesses(item: &Item) -> [&'static str; 3] {
    let word = |access: &Access| match access {
        Access::Public => "public",
        Access::Exempt { .. } => "exempt",
        Access::Confidential { .. } => "confidential",
    };
    let paper = &item.papers[0];
    let appendix = paper
        .appendices
        .first()
        .map_or("none", |appendix| word(&appendix.access));
    [word(&item.access), word(&paper.access), appendix]
}

#[test]
fn documents_have_the_access_of_what_they_belong_to() {
    let exempt = "access = \"exempt\"\nexempt-paragraphs = [3]\npublic-interest = \"Price\"";
    for (item, report, appendix, expected) in [
        ("", "", "", ["public", "public", "public"]),
        (exempt, "", "", ["exempt", "exempt", "exempt"]),
        ("", exempt, "", ["public", "exempt", "exempt"]),
        ("", "", exempt, ["public", "public", "exempt"]),
        ("access = \"confidential\"", "", "", ["confidential"; 3]),
        ("", "access = \"public\"", "", ["public"; 3]),
    ] {
        let (read, codes) = read(item, report, appendix);
        assert_eq!(codes, Vec::<&str>::new(), "{item} {report} {appendix}");
        assert_eq!(accesses(&read), expected, "{item} {report} {appendix}");
    }
}

#[test]
fn nothing_inside_an_exempt_document_is_public() {
    let exempt = "access = \"exempt\"\nexempt-paragraphs = [3]";
    let public = "access = \"public\"";
    for (item, report, appendix) in [
        (exempt, public, ""),
        (exempt, "", public),
        (exempt, public, public),
    ] {
        let (read, codes) = read(item, report, appendix);
        assert!(
            codes.iter().all(|code| *code == "public-inside-exempt"),
            "{codes:?}"
        );
        assert!(!codes.is_empty());
        assert_eq!(accesses(&read), ["exempt"; 3]);
    }
    let (read, codes) = read("", exempt, public);
    assert_eq!(codes, ["public-inside-exempt"]);
    assert_eq!(accesses(&read), ["public", "exempt", "exempt"]);
}

#[test]
fn what_cannot_be_understood_is_never_public() {
    for line in [
        "access = \"exmpt\"",
        "access = \"Exempt\"",
        "acess = \"exempt\"",
        "acces = \"public\"",
        "access = 3",
        "access = true",
        "exempt-paragraphs = [3]",
        "exempt-paragraphs = []",
        "public-interest = \"Price\"",
        "access = \"public\"\nexempt-paragraphs = [3]",
    ] {
        let (in_item, codes) = read(line, "", "");
        assert!(!codes.is_empty(), "{line}");
        assert!(!in_item.access.is_public(), "{line} in an item");
        let (in_report, _) = read("", line, "");
        assert!(
            !in_report.papers[0].access.is_public(),
            "{line} in a report"
        );
        let (in_appendix, _) = read("", "", line);
        let appendix = &in_appendix.papers[0].appendices[0];
        assert!(!appendix.access.is_public(), "{line} in an appendix");
    }
}

#[test]
fn a_report_whose_front_matter_is_broken_is_not_shown_at_all() {
    for line in ["access \"exempt\"", "access = \"exempt", "[[appendix]"] {
        let (item, codes) = read("", line, "");
        assert!(codes.contains(&"toml-syntax"), "{line}: {codes:?}");
        assert_eq!(item.papers[0].body, PaperBody::Missing, "{line}");
        assert!(!item.papers[0].access.is_public(), "{line}");
        assert!(item.papers[0].appendices.is_empty(), "{line}");
    }
}

#[test]
fn an_item_may_say_otherwise_than_its_part() {
    let pack = |line: &str| {
        format!(
            "{PACK}part = \"2\"\n{line}\n\n[[part]]\nid = \"2\"\ntitle = \"Private\"\naccess = \"exempt\"\nexempt-paragraphs = [1]\n"
        )
    };
    let access = |line: &str| {
        let pack = pack(line);
        let loaded = loaded(workspace(&[("packs/march/pack.toml", pack.as_bytes())]).path());
        assert_eq!(loaded.findings, [], "{line}");
        loaded.meeting.expect("a meeting").agenda.items[1]
            .access
            .clone()
    };
    assert!(matches!(access(""), Access::Exempt { paragraphs, .. } if paragraphs == [1]));
    assert_eq!(access("access = \"public\""), Access::Public);
}

/// The access of the second item, and of the appendix that the agenda lists with it, where the
/// item's lines, its report and what stands after the items are as given.
fn listed(lines: &str, report: &str, after: &str) -> ([bool; 2], Vec<&'static str>) {
    let appendix = "[[item.appendix]]\ntitle = \"Bids\"\nabsent = \"Elsewhere\"\n";
    let (before, own) = lines.split_once('|').unwrap_or((lines, ""));
    let pack = format!("{PACK}{before}\n{appendix}{own}\n{after}\n");
    let loaded = loaded(
        workspace(&[
            ("packs/march/pack.toml", pack.as_bytes()),
            ("packs/march/repairs.md", report.as_bytes()),
        ])
        .path(),
    );
    let codes = loaded.findings.iter().map(|found| found.code.0).collect();
    let item = &loaded.meeting.expect("a meeting").agenda.items[1];
    let public = [&item.access, &item.appendices[0].access].map(Access::is_public);
    (public, codes)
}

fn report(access: &str) -> String {
    REPORT.replace("ACCESS", access).replace("APPENDIX", "")
}

#[test]
fn an_appendix_listed_with_an_item_is_withheld_with_its_report() {
    let exempt = report("access = \"exempt\"\nexempt-paragraphs = [3]");
    let (public, codes) = listed("", &exempt, "");
    assert_eq!(public, [true, false]);
    assert_eq!(codes, ["withheld-with-report"]);
    let own = "|access = \"exempt\"\nexempt-paragraphs = [3]";
    assert_eq!(listed(own, &exempt, ""), ([true, false], vec![]));
    let (public, codes) = listed("|access = \"public\"", &exempt, "");
    assert_eq!(public, [true, false]);
    assert_eq!(codes, ["public-inside-exempt"]);
    assert_eq!(listed("", &report(""), ""), ([true, true], vec![]));
    // Nobody knows what a report says of access that cannot be read.
    let (public, codes) = listed("", &report("access \"exempt\""), "");
    assert_eq!((public, codes), ([true, false], vec!["toml-syntax"]));
}

#[test]
fn an_appendix_of_an_item_with_papers_of_both_kinds_is_public_only_where_it_says_so() {
    let exempt = report("access = \"exempt\"\nexempt-paragraphs = [3]");
    let open = report("");
    let pack = |own: &str| {
        format!(
            "{}\n[[item.appendix]]\ntitle = \"Plan\"\nabsent = \"Elsewhere\"\n{own}\n",
            PACK.replace(
                "source = \"repairs.md\"",
                "sources = [\"repairs.md\", \"b.md\"]"
            )
        )
    };
    for (own, public, said) in [
        ("", false, &["withheld-with-report"][..]),
        ("access = \"public\"", true, &[]),
    ] {
        for [first, second] in [[&exempt, &open], [&open, &exempt]] {
            let loaded = loaded(
                workspace(&[
                    ("packs/march/pack.toml", pack(own).as_bytes()),
                    ("packs/march/repairs.md", first.as_bytes()),
                    ("packs/march/b.md", second.as_bytes()),
                ])
                .path(),
            );
            let codes: Vec<_> = loaded.findings.iter().map(|found| found.code.0).collect();
            assert_eq!(codes, said, "{own}");
            let item = &loaded.meeting.expect("a meeting").agenda.items[1];
            assert_eq!(item.appendices[0].access.is_public(), public, "{own}");
        }
    }
}

#[test]
fn an_item_whose_part_cannot_be_told_is_never_public() {
    let part =
        "[[part]]\nid = \"2\"\ntitle = \"Private\"\naccess = \"exempt\"\nexempt-paragraphs = [1]";
    for line in ["part = \"two\"", "part = true", "part = []", "prat = \"2\""] {
        let (public, codes) = listed(line, &report(""), part);
        assert_eq!(public, [false, false], "{line}");
        assert!(!codes.is_empty(), "{line}");
    }
    let twice = format!("[[part]]\nid = \"2\"\ntitle = \"Open\"\n{part}");
    let (public, codes) = listed("part = \"2\"", &report(""), &twice);
    assert_eq!((public, codes), ([false, false], vec!["number-twice"]));
}

#[test]
fn an_item_inside_another_is_withheld_with_the_part_that_it_names() {
    let pack = format!(
        "{PACK}\n[[item.item]]\ntitle = \"Tenders\"\nkind = \"verbal\"\npart = \"2\"\n\n[[part]]\nid = \"2\"\ntitle = \"Private\"\naccess = \"exempt\"\nexempt-paragraphs = [1]\n"
    );
    let loaded = loaded(workspace(&[("packs/march/pack.toml", pack.as_bytes())]).path());
    assert_eq!(loaded.findings, []);
    let item = &loaded.meeting.expect("a meeting").agenda.items[1];
    assert!(item.access.is_public());
    assert!(!item.items[0].access.is_public());
}

/// What is not how a pack says who may see something keeps it back all the same, in every table.
#[test]
fn a_key_that_seems_to_withhold_fails_closed() {
    for line in [
        "exempt = true",
        "Exempt = \"yes\"",
        "exmept = true",
        "exempt-paragraph = [3]",
        "exempt_paragraphs = [3]",
        "confidential = true",
        "private = true",
        "restricted = true",
        "part-2 = true",
        "part_ii = \"yes\"",
        "public = false",
        "not-for-publication = true",
        "visibility = \"members\"",
        "status = \"Exempt\"",
        "exempt = { paragraphs = [3] }",
    ] {
        for place in 0..3 {
            let mut lines = ["", "", ""];
            lines[place] = line;
            let [item, report, appendix] = lines;
            let (loaded, codes) = read(item, report, appendix);
            assert!(
                !accesses(&loaded)[place..].contains(&"public"),
                "{line} {place}"
            );
            assert!(!codes.is_empty(), "{line} {place}");
        }
    }
    for line in [
        "exempt = false",
        "confidential = \"no\"",
        "colour = \"red\"",
    ] {
        let (loaded, codes) = read(line, "", "");
        assert_eq!(accesses(&loaded), ["public"; 3], "{line}");
        assert_eq!(codes, ["unknown-key"], "{line}");
    }
}
