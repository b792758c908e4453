//! A build of which nothing has changed makes nothing again, and says the same; whatever does change
//! is made again.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;

use crate::common::pdf::Fixture;
use crate::common::said;
use crate::held_back::copy;

const UNCHANGED: &str = "nothing has changed since it was built";
const NAME: &str = "2026-10-06-parish-council";

/// The smallest of the samples, with a paper of which a build has something to say, in a folder of its
/// own.
fn workspace() -> tempfile::TempDir {
    let workspace = tempfile::tempdir().expect("a folder");
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    copy(&root.join("examples/parish"), workspace.path());
    for folder in ["out", ".pack"] {
        // An earlier build of the example in its place left them.
        let _ = fs::remove_dir_all(workspace.path().join(folder));
    }
    workspace
}

fn at(workspace: &Path, name: &str) -> PathBuf {
    workspace.join("packs").join(NAME).join(name)
}

/// Makes a file an appendix of the last report.
fn attach(workspace: &Path, file: &str) {
    let pack = at(workspace, "pack.toml");
    let text = fs::read_to_string(&pack).expect("the pack");
    let source = "source = \"07-play-area/report.md\"\n";
    let appendix = format!("{source}[[item.appendix]]\ntitle = \"Earlier\"\nfile = \"{file}\"\n");
    fs::write(&pack, text.replace(source, &appendix)).expect("the pack");
}

/// Builds, and gives the files with their times, and what was printed and said.
fn build(workspace: &Path, options: &[&str]) -> (BTreeMap<String, SystemTime>, String, String) {
    build_with(workspace, options, None)
}

fn build_with(
    workspace: &Path,
    options: &[&str],
    epoch: Option<&str>,
) -> (BTreeMap<String, SystemTime>, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pack"));
    command.arg("build").args(options).current_dir(workspace);
    match epoch {
        Some(epoch) => command.env("SOURCE_DATE_EPOCH", epoch),
        None => command.env_remove("SOURCE_DATE_EPOCH"),
    };
    let done = command.output().expect("the program runs");
    assert!(done.status.success(), "{}", said(&done));
    let out = workspace.join("out").join(NAME);
    let files = crate::site::contents(&out).into_keys();
    let times = files.map(|name| {
        let facts = fs::metadata(out.join(&name)).expect("a file");
        let time = facts.modified().expect("a time");
        (name.display().to_string(), time)
    });
    (
        times.collect(),
        String::from_utf8_lossy(&done.stdout).into_owned(),
        said(&done),
    )
}

#[test]
fn where_nothing_has_changed_no_file_is_touched_and_the_same_is_said() {
    let workspace = workspace();
    let workspace = workspace.path();
    // A paper that is made smaller to have room for its number, which is said whenever it is built.
    let plan = at(workspace, "plan.pdf");
    let full_page = Fixture {
        lowest_text: 20.0,
        ..Fixture::default()
    };
    fs::write(&plan, full_page.pdf()).expect("a PDF");
    attach(workspace, "plan.pdf");

    for options in [&[][..], &["--format", "pdf", "--print", "large"]] {
        let (made, printed, first) = build(workspace, options);
        assert!(!first.contains(UNCHANGED), "{first}");
        let (kept, again, second) = build(workspace, options);
        assert!(second.contains(UNCHANGED), "{second}");
        assert_eq!((kept, &again), (made, &printed));
        let json = |more: &[&str]| build(workspace, &[&["--json"], options, more].concat());
        let (_, known, _) = json(&[]);
        let (_, anew, _) = json(&["--no-cache"]);
        assert_eq!(known, anew);
        // In large print the paper is set again.
        let is_told = anew.contains("page-made-smaller");
        assert_eq!(is_told, options.is_empty(), "{anew}");
    }
}

#[test]
fn what_is_found_in_the_words_of_a_pdf_is_found_again() {
    let workspace = workspace();
    let workspace = workspace.path();
    let report = at(workspace, "07-play-area/report.md");
    let text = fs::read_to_string(&report).expect("the report");
    fs::write(&report, format!("{text}\nThe swings (of 1998 are worn.\n")).expect("the report");
    build(workspace, &["--format", "pdf"]);
    let made = workspace.join(format!("out/{NAME}/public/{NAME}.pdf"));
    fs::copy(made, at(workspace, "earlier.pdf")).expect("a PDF of our own");
    fs::write(&report, text).expect("the report");
    attach(workspace, "earlier.pdf");

    build(workspace, &[]);
    let (_, known, _) = build(workspace, &["--json"]);
    let (_, anew, _) = build(workspace, &["--json", "--no-cache"]);
    assert_eq!(known, anew);
    assert!(anew.contains("unpaired-bracket"), "{anew}");
}

#[test]
fn whatever_has_changed_is_made_again() {
    let workspace = workspace();
    let workspace = workspace.path();
    let out = workspace.join("out").join(NAME);
    let append = |path: PathBuf, text: &str| {
        let before = fs::read_to_string(&path).unwrap_or_default();
        let folder = path.parent().expect("a folder");
        fs::create_dir_all(folder).expect("a folder");
        fs::write(&path, format!("{before}{text}")).expect("a file");
    };
    let remove = |name: String| fs::remove_file(out.join(name)).expect("a file that was made");
    let pdf = format!("public/{NAME}.pdf");
    let page = format!("public/{NAME}.html");
    let report = || at(workspace, "07-play-area/report.md");
    let template = || workspace.join("templates/html/style.css");
    let changes: [(&str, &dyn Fn()); 8] = [
        ("a report", &|| append(report(), "\nOne more sentence.\n")),
        ("a table", &|| {
            append(at(workspace, "06-finance/payments.csv"), "\n");
        }),
        ("the council", &|| {
            append(workspace.join("council.toml"), "\n# A remark.\n");
        }),
        ("a template", &|| append(template(), "/* Ours. */\n")),
        ("the web page", &|| append(out.join(&page), " ")),
        ("the PDF has gone", &|| remove(pdf.clone())),
        ("who gets what", &|| {
            append(out.join("distribution.csv"), "x");
        }),
        ("who gets what has gone", &|| {
            remove("distribution.csv".to_owned());
        }),
    ];
    build(workspace, &[]);
    for (what, change) in changes {
        let (_, _, told) = build(workspace, &[]);
        assert!(told.contains(UNCHANGED), "before {what}: {told}");
        change();
        let (_, _, told) = build(workspace, &[]);
        assert!(!told.contains(UNCHANGED), "{what}: {told}");
    }
    // What is asked for, and the day that is stated, are part of it.
    for (options, epoch) in [
        (&["--format", "html"][..], None),
        (&["--print", "giant", "--format", "pdf"], None),
        (&["--out", "elsewhere"], None),
        (&[], Some("1700000000")),
        (&["--no-cache"], None),
    ] {
        let (_, _, told) = build_with(workspace, options, epoch);
        assert!(!told.contains(UNCHANGED), "{options:?}: {told}");
    }
}
