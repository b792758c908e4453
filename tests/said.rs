//! Whatever a clerk writes of an item is on paper, in large print and on the web page, with every
//! kind of item and paper, with and without item sheets.

use std::path::Path;

use crate::common::built::built;
use crate::common::sheet::Sheet;
use crate::common::tool;

/// The keys of an item with which a clerk says something, each with a word that stands nowhere
/// else: `{n}` is the item's place.
const SAYING: &[(&str, &str)] = &[
    ("text", "\"zqtext{n}q is said.\""),
    ("note", "\"zqnote{n}q is added.\""),
    ("reference", "\"zqreference{n}q\""),
    ("address", "\"zqaddress{n}q\""),
    ("ward", "\"zqward{n}q\""),
    ("applicant", "\"zqapplicant{n}q\""),
    (
        "officer",
        "{ name = \"zqofficer{n}q\", post = \"zqpost{n}q\", phone = \"zqphone{n}q\" }",
    ),
    ("revision", "\"zqrevision{n}q\""),
    ("supersedes", "\"zqsupersedes{n}q.pdf\""),
    ("sub", "[\"zqsub{n}q\"]"),
    ("time", "18:20:00"),
];

const KINDS: &[(&str, &str)] = &[
    ("procedural", ""),
    ("verbal", ""),
    ("presentation", ""),
    ("motion", ""),
    ("question", ""),
    ("petition", ""),
    ("application", ""),
    ("hearing", ""),
    ("none-received", ""),
    ("circulated-separately", ""),
    ("to-follow", "due = 2027-01-14\n"),
    ("report", "source = \"report.md\"\n"),
    ("report", "source = \"paper.pdf\"\n"),
    ("minutes", "source = \"minutes.md\"\n"),
    ("minutes", "source = \"minutes.pdf\"\n"),
    ("application", "source = \"application.md\"\n"),
];

fn workspace(folder: &Path, sheets: bool) {
    let write = |path: &str, bytes: &[u8]| {
        let path = folder.join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("it can be made");
        std::fs::write(path, bytes).expect("it can be written");
    };
    let council = format!(
        "[council]\nname = \"Anytown Council\"\njurisdiction = \"england\"\ntier = \"principal\"\n\n[pack]\nitem-sheets = {sheets}\n"
    );
    write("council.toml", council.as_bytes());
    write(
        "committees/board.toml",
        b"name = \"Board\"\nkind = \"board\"\n[clerk]\nname = \"A Clerk\"\n[[member]]\nname = \"A Chair\"\nrole = \"chair\"\nparty = \"zqpartyq\"\n",
    );
    let mut pack = String::from(
        "committee = \"board\"\n[meeting]\ndate = 2027-01-18\ntime = 18:00:00\nplace = \"Town Hall\"\npublished = 2027-01-08\n",
    );
    for (index, (kind, paper)) in KINDS.iter().enumerate() {
        pack.push_str(&format!(
            "\n[[item]]\ntitle = \"Business {index}\"\nkind = \"{kind}\"\n{paper}"
        ));
        for (key, value) in SAYING {
            let value = value.replace("{n}", &index.to_string());
            pack.push_str(&format!("{key} = {value}\n"));
        }
    }
    write("packs/meeting/pack.toml", pack.as_bytes());
    for report in ["report.md", "application.md"] {
        write(
            &format!("packs/meeting/{report}"),
            b"+++\nsubject = \"A report\"\nrecommendations = \"1. Note it.\"\nbackground-papers = []\nsignatory = { name = \"zqsignatoryq\" }\n+++\n\n# Purpose\n\nWords.\n",
        );
    }
    write(
        "packs/meeting/minutes.md",
        b"+++\ndate = 2026-12-07\npresent = [\"A Chair\"]\n+++\n\n# 1/26 Minutes\n\n**Resolved** that they be approved.\n",
    );
    for paper in ["paper.pdf", "minutes.pdf"] {
        let pdf = Sheet::new("BT /F 12 Tf 72 700 Td (A paper) Tj ET").bytes();
        write(&format!("packs/meeting/{paper}"), &pdf);
    }
}

#[test]
fn whatever_is_said_of_an_item_is_in_every_form() {
    for sheets in [true, false] {
        let folder = tempfile::tempdir().expect("a folder");
        workspace(folder.path(), sheets);
        let path = folder.path().to_str().expect("a path in Unicode");
        let standard = built(path, &["--allow-errors"]);
        let large = built(path, &["--allow-errors", "--large-print"]);
        let (Some(paper), Some(print)) = (
            tool("pdftotext", &["-layout", &standard.pdf(), "-"]),
            tool("pdftotext", &["-layout", &large.pdf(), "-"]),
        ) else {
            return;
        };
        let web = std::fs::read_to_string(standard.html()).expect("the page");
        let mut lost = Vec::new();
        let mut look = |word: &str| {
            for (form, text) in [("paper", &paper), ("large print", &print), ("web", &web)] {
                if !text.contains(word) {
                    lost.push(format!("{word} on {form}"));
                }
            }
        };
        for (index, kind) in KINDS.iter().enumerate() {
            for word in [
                "text",
                "note",
                "reference",
                "address",
                "ward",
                "applicant",
                "officer",
                "post",
                "phone",
                "revision",
                "supersedes",
                "sub",
            ] {
                look(&format!("zq{word}{index}q"));
            }
            look(&format!("Business {index}"));
            assert!(!kind.0.is_empty());
        }
        look("zqpartyq");
        look("zqsignatoryq");
        look("8 January 2027");
        assert!(lost.is_empty(), "item-sheets = {sheets}: {lost:#?}");
    }
}
