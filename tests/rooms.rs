//! The rooms of the program and who may import whom: data runs one way, imports run downward,
//! between rooms and between the files of one room.

mod source;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use source::{Module, SOURCE, gather};

/// Every room with the rooms that it may import. A room may always import itself.
const ROOMS: &[(&str, &[&str])] = &[
    ("contrast", &[]),
    ("crew", &[]),
    ("finding", &[]),
    ("hex", &[]),
    ("kept", &["hex"]),
    ("memory", &[]),
    ("numeral", &[]),
    ("real", &[]),
    ("starter", &[]),
    ("prose", &["finding", "numeral"]),
    ("model", &["finding", "prose"]),
    ("pdf", &["contrast", "finding", "model", "prose"]),
    (
        "load",
        &[
            "crew", "finding", "hex", "kept", "memory", "model", "numeral", "pdf", "prose", "real",
        ],
    ),
    ("check", &["finding", "model", "prose", "starter"]),
    ("distribution", &["model"]),
    ("edition", &["finding", "model", "prose"]),
    ("compose", &["edition", "finding", "model", "prose"]),
    ("typeset", &["compose", "finding", "kept", "prose"]),
    (
        "html",
        &["compose", "contrast", "edition", "model", "prose"],
    ),
    ("output", &["check", "finding", "hex", "model"]),
    (
        "assemble",
        &[
            "crew", "hex", "memory", "model", "numeral", "pdf", "typeset",
        ],
    ),
    ("write", &["hex", "kept", "real"]),
    (
        "pipeline",
        &[
            "check",
            "load",
            "assemble",
            "compose",
            "crew",
            "distribution",
            "edition",
            "finding",
            "hex",
            "html",
            "kept",
            "model",
            "pdf",
            "prose",
            "starter",
            "typeset",
            "write",
        ],
    ),
    (
        "site",
        &[
            "compose", "crew", "edition", "hex", "html", "load", "model", "pdf", "pipeline",
            "prose", "write",
        ],
    ),
    (
        "preview",
        &["check", "hex", "load", "model", "output", "pipeline"],
    ),
    (
        "guide",
        &["compose", "finding", "html", "load", "model", "prose"],
    ),
    (
        "cli",
        &[
            "guide",
            "assemble",
            "check",
            "compose",
            "distribution",
            "edition",
            "finding",
            "load",
            "model",
            "output",
            "pdf",
            "pipeline",
            "preview",
            "real",
            "site",
            "starter",
            "typeset",
            "write",
        ],
    ),
    ("main", &[]),
];

/// The rooms of a library that is an everyday word, as the standard library's are.
const EVERY: &[&str] = &["every room"];

/// Every library with the rooms that may name it: one, unless two rooms need the same thing for
/// jobs of their own.
const LIBRARIES: &[(&str, &[&str])] = &[
    ("annotate_snippets", &["output"]),
    ("anyhow", &["cli"]),
    ("base64", &["html", "load"]),
    ("bytes", EVERY),
    ("clap", &["cli"]),
    ("clap_complete", &["cli"]),
    ("clap_mangen", &["cli"]),
    ("csv", &["distribution", "load"]),
    ("flate2", &["assemble", "load", "pdf"]),
    ("getrandom", &["assemble", "preview"]),
    ("glyph_names", &["pdf"]),
    ("hayro", &["pdf"]),
    ("hayro_ccitt", &["pdf"]),
    ("hayro_jbig2", &["pdf"]),
    ("hayro_jpeg2000", &["pdf"]),
    ("hypher", &["typeset"]),
    ("image", &["load", "pdf"]),
    ("jiff", &["assemble", "cli", "model", "pipeline"]),
    ("jpeg_encoder", &["pdf"]),
    ("lopdf", &["assemble", "pdf"]),
    ("memchr", EVERY),
    ("memmap2", &["memory"]),
    ("mimalloc", &["main"]),
    ("moxcms", &["load"]),
    ("postcard", &["kept"]),
    ("printpdf", &["assemble", "distribution"]),
    ("pulldown_cmark", &["load"]),
    ("rayon", EVERY),
    ("regex", &["check", "load", "prose"]),
    ("roxmltree", &["load", "pdf"]),
    ("rustix", &["write"]),
    ("serde", EVERY),
    ("serde_json", EVERY),
    ("sha2", EVERY),
    ("strsim", &["check", "cli", "load"]),
    ("subsetter", &["assemble"]),
    ("tempfile", &["load", "write"]),
    ("tera", &["html"]),
    ("toml", &["cli", "load"]),
    ("ttf_parser", &["pdf"]),
    ("typst", &["typeset"]),
    ("typst_assets", &["pdf"]),
    ("typst_layout", &["typeset"]),
    ("typst_pdf", &["typeset"]),
    ("unicode_normalization", &["model", "pdf", "typeset"]),
    ("usvg", &["load", "typeset"]),
    ("zune_jpeg", &["load"]),
];

fn room(module: &Module) -> Option<&str> {
    module.first().map(String::as_str)
}

/// Where a table allows what is not done, or does not allow what is done.
fn differences(
    table: &[(&str, &[&str])],
    done: &BTreeMap<String, BTreeMap<String, String>>,
) -> Vec<String> {
    let mut wrong = Vec::new();
    for (one, others) in done {
        let Some((_, allowed)) = table.iter().find(|(name, _)| name == one) else {
            wrong.push(format!("{one} is not in the table"));
            continue;
        };
        if *allowed == EVERY {
            continue;
        }
        for (other, how) in others {
            if !allowed.contains(&other.as_str()) {
                wrong.push(format!("{one} and {other}: {how}"));
            }
        }
        for other in *allowed {
            if !others.contains_key(*other) {
                wrong.push(format!(
                    "{one} and {other}: allowed, and there is no need to"
                ));
            }
        }
    }
    for (name, _) in table {
        if !done.contains_key(*name) {
            wrong.push(format!("{name} is in the table, and nowhere else"));
        }
    }
    wrong
}

#[test]
fn imports_run_downward_from_room_to_room() {
    let mut done: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    for (module, named) in &SOURCE.modules {
        let Some(from) = room(module) else { continue };
        let others = done.entry(from.to_owned()).or_default();
        for (other, how) in named {
            if let Some(to) = room(other).filter(|to| *to != from) {
                let told = format!("{} names {how}", module.join("::"));
                others.entry(to.to_owned()).or_insert(told);
            }
        }
    }
    let wrong = differences(ROOMS, &done);
    assert!(wrong.is_empty(), "{wrong:#?}");

    // A room may import those above it in the table only, so there is no circle of rooms.
    for (at, (room, allowed)) in ROOMS.iter().enumerate() {
        for other in *allowed {
            let above = ROOMS[..at].iter().any(|(name, _)| name == other);
            assert!(above, "{room} stands above {other}, which it imports");
        }
    }
}

#[test]
fn a_library_keeps_to_its_rooms() {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml");
    let manifest = fs::read_to_string(manifest).expect("the manifest");
    let manifest: toml::Table = manifest.parse().expect("a manifest");
    let mut tables = vec![&manifest["dependencies"]];
    let targets = manifest["target"].as_table().expect("targets");
    tables.extend(targets.values().map(|target| &target["dependencies"]));
    let libraries = tables.iter().flat_map(|table| {
        let table = table.as_table().expect("a table of libraries");
        table.keys().map(|name| name.replace('-', "_"))
    });
    let mut done: BTreeMap<String, BTreeMap<String, String>> = libraries
        .map(|library| (library, BTreeMap::new()))
        .collect();
    for (module, others) in &SOURCE.others {
        for other in others {
            if let Some(rooms) = done.get_mut(other) {
                let from = room(module).unwrap_or("lib");
                rooms.insert(from.to_owned(), format!("{} names it", module.join("::")));
            }
        }
    }
    let wrong = differences(LIBRARIES, &done);
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn no_files_import_each_other_in_a_circle() {
    let mut left: BTreeMap<&Module, BTreeSet<&Module>> = SOURCE
        .modules
        .iter()
        .map(|(module, named)| {
            let others = named.keys().filter(|other| room(other) == room(module));
            (module, others.collect())
        })
        .collect();
    // Files that import nothing that is left are in no circle, nor are those that nothing imports.
    loop {
        let before = left.len();
        let there: BTreeSet<&Module> = left.keys().copied().collect();
        left.retain(|_, named| {
            named.retain(|other| there.contains(other));
            !named.is_empty()
        });
        let named: BTreeSet<&Module> = left.values().flatten().copied().collect();
        left.retain(|module, _| named.contains(module));
        if left.len() == before {
            break;
        }
    }
    let mut wrong = Vec::new();
    for (module, named) in &left {
        for other in named {
            let how = &SOURCE.modules[*module][*other];
            wrong.push(format!("{} names {how}", module.join("::")));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn two_files_start_other_programs() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    gather(&root, &mut files);
    files.retain(|path| {
        let text = fs::read_to_string(path).expect("a readable file");
        text.contains("process::Command") || text.contains("process::{")
    });
    files.sort();
    // The one opens the guide in a browser, the other has older files turned into those of today.
    let known = ["cli/desktop.rs", "load/office.rs"];
    assert_eq!(files, known.map(|file| root.join(file)));
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
