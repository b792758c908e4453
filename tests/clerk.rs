//! What a clerk reads for each mistake of the shared cases: one snapshot, to be read from top to
//! bottom. Of the cases themselves it holds the names only.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use pack::check::{self, Context};
use pack::finding::{Finding, Place};
use pack::load::{self, Loaded};
use pack::pipeline::characters;

/// The answers of `pack check` to the packs of a workspace, a line for each finding.
pub(crate) fn answers(workspace: &Path) -> String {
    let (root, packs) = match load::select(workspace) {
        Ok(selected) => selected,
        Err(error) => {
            let here = workspace.canonicalize().expect("the workspace");
            let here = format!("{}", here.display());
            return format!("cannot start: {}\n", error.to_string().replace(&here, "…"));
        }
    };
    let mut text = String::new();
    for pack in packs {
        let loaded = load::load(&root, &pack);
        for finding in found(&loaded) {
            let place = match &finding.place {
                Place::Text(span) => format!(
                    "{}:{}",
                    loaded.files.path(*span),
                    loaded.files.position(*span).line
                ),
                Place::File(path) => path.clone(),
                Place::Page(path, page) => format!("{path}, page {page}"),
                Place::Nowhere => "–".to_owned(),
            };
            let _ = writeln!(
                text,
                "{} {} {place}\n    {}",
                finding.severity.as_str(),
                finding.code,
                finding.message
            );
            for words in finding.label.iter().chain(&finding.help) {
                let _ = writeln!(text, "    → {words}");
            }
        }
    }
    if text.is_empty() {
        text.push_str("nothing\n");
    }
    text
}

fn found(loaded: &Loaded) -> Vec<Finding> {
    let context = Context::new(&loaded.files);
    let mut findings = loaded.findings.clone();
    if let Some(meeting) = &loaded.meeting {
        findings.extend(check::find(meeting, &context));
    } else if let Some(papers) = &loaded.papers {
        findings.extend(check::find_in_papers(papers, &context));
    }
    findings.extend(characters::without_glyph(&loaded.files));
    let mut findings = check::settle(findings, &std::collections::BTreeMap::new(), &loaded.files);
    // The cases were made from what `pack new` writes: that they still say so is no answer.
    findings.retain(|finding| !finding.message.starts_with("Words of `pack new`"));
    findings
}

fn workspaces(folder: &Path) -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = std::fs::read_dir(folder)
        .expect("the cases")
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.is_dir())
        .collect();
    folders.sort();
    folders
}

#[test]
fn every_mistake_of_the_cases_is_answered() {
    let Some(shared) = crate::common::shared() else {
        return;
    };
    let mut text = String::new();
    for room in ["cases/clerk", "cases/text"] {
        for folder in workspaces(&shared.join(room)) {
            if !folder.join("council.toml").is_file() {
                continue;
            }
            let name = folder.file_name().expect("a name").to_string_lossy();
            // Where a link leads out of the workspace depends on the machine.
            if name.contains("symlink") {
                continue;
            }
            let _ = writeln!(text, "## {name}\n\n{}", answers(&folder));
        }
    }
    insta::assert_snapshot!(text);
}

/// The same for outsiders: the commonest mistakes, each one line of a workspace.
#[test]
fn the_commonest_mistakes_are_answered_once() {
    for (from, to, code, words) in [
        (
            "date = 2026-03-18",
            "date = 18/03/2026",
            "toml-syntax",
            "Write date = 2026-03-18",
        ),
        (
            "date = 2026-03-18",
            "date = \"18 March 2026\"",
            "wrong-type",
            "Write date = 2026-03-18",
        ),
        (
            "time = 17:00:00",
            "time = 5pm",
            "toml-syntax",
            "Write time = 17:00:00",
        ),
        (
            "time = 17:00:00",
            "time = \"5.30pm\"",
            "wrong-type",
            "Write time = 17:30:00",
        ),
        (
            "title = \"Rents\"",
            "title = “Rents”",
            "toml-syntax",
            "Write title = \"Rents\"",
        ),
        (
            "title = \"Rents\"",
            "title = Rents",
            "toml-syntax",
            "Write title = \"Rents\"",
        ),
        (
            "title = \"Rents\"",
            "title = \"Rents",
            "toml-syntax",
            "Write title = \"Rents\"",
        ),
        (
            "title = \"Rents\"",
            "title: \"Rents\"",
            "toml-syntax",
            "Write title = \"Rents\"",
        ),
        (
            "title = \"Rents\"",
            "title\u{a0}= \"Rents\"",
            "toml-syntax",
            "ordinary space",
        ),
        (
            "[[item]]\ntitle = \"Rents\"",
            "\ntitle = \"Rents\"",
            "toml-syntax",
            "[[item]]",
        ),
        (
            "[[item]]\ntitle = \"Rents\"",
            "[item]\ntitle = \"Rents\"",
            "toml-syntax",
            "[[item]]",
        ),
        (
            "[[item]]\ntitle = \"Rents\"",
            "[[item]\ntitle = \"Rents\"",
            "toml-syntax",
            "[[item]]",
        ),
        (
            "source = \"rents.md\"",
            "source = \"Rents.MD\"",
            "file-missing",
            "\"rents.md\"",
        ),
        (
            "source = \"rents.md\"",
            "source = \".\\rents.md\"",
            "invalid-path",
            "./rents.md",
        ),
        (
            "source = \"rents.md\"",
            "source = \"rents.md\"\npublished = 2026-03-10",
            "unknown-key",
            "[meeting]",
        ),
        (
            "place = \"The Guildhall\"",
            "chairman = \"Cllr Adeyemi\"",
            "unknown-key",
            "role = \"chair\" in a [[member]]",
        ),
        (
            "place = \"The Guildhall\"",
            "chair = \"Cllr Adeyemi\"",
            "unknown-key",
            "role = \"chair\" in a [[member]]",
        ),
        (
            "place = \"The Guildhall\"",
            "vice-chairman = \"Cllr Adeyemi\"",
            "unknown-key",
            "role = \"vice-chair\" in a [[member]]",
        ),
        (
            "place = \"The Guildhall\"",
            "quorum = \"Cllr Adeyemi\"",
            "unknown-key",
            "[[notice]]",
        ),
        (
            "place = \"The Guildhall\"",
            "webcast = \"Cllr Adeyemi\"",
            "unknown-key",
            "[[notice]]",
        ),
        (
            "place = \"The Guildhall\"",
            "committee_officer = \"Cllr Adeyemi\"",
            "unknown-key",
            "`clerk`",
        ),
        (
            "place = \"The Guildhall\"",
            "body = \"Cllr Adeyemi\"",
            "unknown-key",
            "`committee`",
        ),
        (
            "place = \"The Guildhall\"",
            "author = \"Cllr Adeyemi\"",
            "unknown-key",
            "`officer`",
        ),
        (
            "place = \"The Guildhall\"",
            "start-time = \"Cllr Adeyemi\"",
            "unknown-key",
            "`time`",
        ),
        (
            "source = \"rents.md\"",
            "source = \"rents.md\"\nexempt = true",
            "access-unclear",
            "access = \"exempt\"",
        ),
        (
            "date = 2026-03-18",
            "date = \"03/18/2026\"",
            "wrong-type",
            "Write date = 2026-03-18",
        ),
        (
            "date = 2026-03-18",
            "date = 2026-3-18",
            "invalid-date",
            "Write date = 2026-03-18",
        ),
        (
            "time = 17:00:00",
            "time = 17.30",
            "wrong-type",
            "Write time = 17:30:00",
        ),
        (
            "title = \"Rents\"",
            "title = \"Rents\";",
            "toml-syntax",
            "Write title = \"Rents\"",
        ),
        (
            "title = \"Rents\"",
            "- title = \"Rents\"",
            "toml-syntax",
            "[[item]]",
        ),
        (
            "title = \"Rents\"",
            "title = \"Rents\"\nsub = [\"a\", \"b\"",
            "toml-syntax",
            "Write sub = [\"a\", \"b\"]",
        ),
        (
            "source = \"rents.md\"",
            "source = \"rents.md\" \"more.pdf\"",
            "toml-syntax",
            "Write sources = [\"rents.md\", \"more.pdf\"]",
        ),
        (
            "source = \"rents.md\"",
            "source = [\"rents.md\"]",
            "wrong-type",
            "Write sources = [\"rents.md\"]",
        ),
        (
            "source = \"rents.md\"",
            "source = \"https://a.example/rents.pdf\"",
            "file-missing",
            "Save the paper",
        ),
        (
            "source = \"rents.md\"",
            "source = \"rents.md\"\naccess = \"exempt\"\nexempt-paragraphs = [\"3\"]\npublic-interest = \"Bargaining.\"",
            "wrong-type",
            "exempt-paragraphs = [3]",
        ),
        (
            "source = \"rents.md\"",
            "source = \"rents.md\"\nappendix = \"plan.pdf\"",
            "wrong-type",
            "[[item.appendix]]",
        ),
    ] {
        let loaded = crate::check::workspace::read(&[("pack", from, to)]);
        let errors: Vec<Finding> = found(&loaded)
            .into_iter()
            .filter(|finding| finding.severity == pack::finding::Severity::Error)
            .collect();
        let [only] = errors.as_slice() else {
            panic!("{to}: {errors:#?}");
        };
        assert_eq!(only.code.0, code, "{to}");
        let said = format!(
            "{} {}",
            only.message,
            only.help.as_deref().unwrap_or_default()
        );
        assert!(said.contains(words), "{to}: {said}");
        for jargon in ["literal", "expected", "os error", "parse", "TOML"] {
            assert!(
                !said.contains(jargon) || said.contains("no-break"),
                "{to}: {said}"
            );
        }
    }
}
