//! The rooms of the program and who may import whom: data runs one way, imports run downward.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Every room with the rooms that it may import. A room may always import itself.
fn allowed() -> BTreeMap<&'static str, &'static [&'static str]> {
    BTreeMap::from([
        ("finding", &[][..]),
        ("crew", &[]),
        ("kept", &[]),
        ("memory", &[]),
        ("prose", &["finding"]),
        ("model", &["finding", "prose"]),
        ("pdf", &["finding", "prose", "model"]),
        (
            "load",
            &["crew", "finding", "kept", "memory", "prose", "model", "pdf"],
        ),
        ("check", &["finding", "prose", "model"]),
        ("edition", &["finding", "prose", "model"]),
        ("compose", &["finding", "prose", "model", "edition"]),
        ("typeset", &["finding", "kept", "prose", "compose"]),
        ("html", &["finding", "prose", "model", "edition", "compose"]),
        ("output", &["finding", "check"]),
        ("distribution", &["finding", "prose", "model"]),
        (
            "assemble",
            &[
                "crew", "finding", "memory", "prose", "model", "pdf", "edition", "typeset",
            ],
        ),
    ])
}

/// Libraries that one room keeps to itself.
const KEPT: &[(&str, &[&str])] = &[
    ("typst", &["typeset"]),
    ("typst_pdf", &["typeset"]),
    ("typst_layout", &["typeset"]),
    ("lopdf", &["assemble", "pdf"]),
    ("hayro", &["pdf"]),
    ("printpdf", &["assemble", "distribution"]),
    ("tera", &["html"]),
    ("pulldown_cmark", &["load"]),
    ("postcard", &["kept"]),
    ("memmap2", &["memory"]),
    ("clap", &["cli"]),
];

/// A room's name and the files in it.
fn rooms() -> Vec<(String, Vec<PathBuf>)> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut rooms = Vec::new();
    for entry in fs::read_dir(&source).expect("src is there") {
        let path = entry.expect("an entry").path();
        let name = path
            .file_stem()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        if path.is_dir() {
            let mut files = Vec::new();
            gather(&path, &mut files);
            rooms.push((name, files));
        } else if name != "lib" && name != "main" {
            rooms.push((name, vec![path]));
        }
    }
    rooms.sort();
    rooms
}

fn gather(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a readable folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            gather(&path, files);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            files.push(path);
        }
    }
}

/// The words that follow `prefix` in a file's code, comments left out.
fn named_after(text: &str, prefix: &str) -> Vec<String> {
    text.lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .flat_map(|line| {
            line.match_indices(prefix)
                .map(move |(at, _)| &line[at + prefix.len()..])
        })
        .map(|rest| {
            rest.chars()
                .take_while(|letter| letter.is_alphanumeric() || *letter == '_')
                .collect()
        })
        .collect()
}

/// What stands before the tests of a file: tests may look further.
fn code(path: &Path) -> String {
    let text = fs::read_to_string(path).expect("a readable file");
    match text.find("#[cfg(test)]") {
        Some(at) => text[..at].to_owned(),
        None => text,
    }
}

#[test]
fn imports_run_downward() {
    let allowed = allowed();
    let mut wrong = Vec::new();
    for (room, files) in rooms() {
        let Some(may) = allowed.get(room.as_str()) else {
            continue;
        };
        for file in files {
            for name in named_after(&code(&file), "crate::") {
                let known = allowed.contains_key(name.as_str())
                    || ["pipeline", "write", "cli"].contains(&name.as_str());
                if known && name != room && !may.contains(&name.as_str()) {
                    wrong.push(format!("{} imports {name}", file.display()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_room_is_in_the_table() {
    let allowed = allowed();
    let missing: Vec<_> = rooms()
        .into_iter()
        .map(|(room, _)| room)
        .filter(|room| !allowed.contains_key(room.as_str()))
        .filter(|room| !["pipeline", "write", "cli"].contains(&room.as_str()))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn a_library_keeps_to_its_room() {
    let mut wrong = Vec::new();
    for (room, files) in rooms() {
        for file in files {
            let text = code(&file);
            for (library, kept) in KEPT {
                let named = text
                    .lines()
                    .filter(|line| !line.trim_start().starts_with("//"))
                    .any(|line| {
                        line.contains(&format!("{library}::"))
                            || line.contains(&format!("use {library};"))
                    });
                if named && !kept.contains(&room.as_str()) {
                    wrong.push(format!("{} names {library}", file.display()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn no_test_file_is_forgotten() {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let all = fs::read_to_string(tests.join("all.rs")).expect("the tests' own root");
    for entry in fs::read_dir(&tests).expect("the tests are there") {
        let path = entry.expect("an entry").path();
        let name = path.file_stem().expect("a name").to_string_lossy();
        let is_module = if path.is_dir() {
            path.join("mod.rs").is_file()
        } else {
            path.extension().is_some_and(|ending| ending == "rs") && name != "all"
        };
        if is_module {
            assert!(
                all.contains(&format!("\nmod {name};\n")),
                "tests/all.rs does not name {name}"
            );
        }
    }
}
