//! The command line as a clerk meets it: help, mistakes, exit codes.

use std::path::Path;
use std::process::Command;

use crate::common::sheet::Sheet;
use crate::common::{pack, written};

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn help_is_what_it_was() {
    let here = Path::new(".");
    let mut help = text(&pack(&["--help"], here).stdout);
    for command in [
        "init",
        "build",
        "publish",
        "check",
        "status",
        "deadline",
        "rule",
        "rules",
        "distribution",
        "accessibility",
        "verify",
        "redact",
        "new",
        "convert",
        "man",
        "completions",
    ] {
        help.push_str(&format!("\n===== pack {command} --help\n\n"));
        help.push_str(&text(&pack(&[command, "--help"], here).stdout));
    }
    insta::assert_snapshot!(help);
}

#[test]
fn what_pack_new_makes_builds_once_its_reports_are_written() {
    let folder = tempfile::tempdir().expect("a folder");
    let made = pack(&["new", "council", "ours"], folder.path());
    assert!(made.status.success(), "{}", text(&made.stderr));
    let made = pack(
        &["new", "meeting", "scrutiny", "2027-01-18", "--in", "ours"],
        folder.path(),
    );
    assert!(made.status.success(), "{}", text(&made.stderr));
    let made = pack(
        &[
            "new",
            "report",
            "ours/packs/2027-01-18-scrutiny/04-parks/report.md",
        ],
        folder.path(),
    );
    assert!(made.status.success(), "{}", text(&made.stderr));
    let stopped = pack(&["build", "ours"], folder.path());
    assert_eq!(stopped.status.code(), Some(1), "{}", text(&stopped.stderr));
    assert!(text(&stopped.stderr).contains("still say “Write here.”"));
    written(folder.path());
    let built = pack(&["build", "ours"], folder.path());
    assert!(built.status.success(), "{}", text(&built.stderr));
    let name = "2027-01-18-scrutiny";
    let out = folder.path().join("ours/out").join(name);
    for file in [
        format!("public/{name}.pdf"),
        format!("public/{name}.html"),
        "distribution.csv".to_owned(),
        "manifest.json".to_owned(),
    ] {
        assert!(out.join(&file).is_file(), "{file} is missing");
    }
}

#[test]
fn a_draft_has_a_leaf_where_a_paper_could_not_be_set() {
    let folder = tempfile::tempdir().expect("a folder");
    let here = folder.path();
    assert!(pack(&["new", "council", "."], here).status.success());
    written(here);
    let report = std::fs::read_dir(here.join("packs"))
        .expect("packs")
        .flatten()
        .map(|entry| entry.path())
        .next()
        .expect("a pack");
    // The council's own page refuses reports.
    let page = include_str!("../templates/typeset/pack.typ").replace(
        "#let size = ",
        "#assert(part.kind != \"report\", message: \"too much\")\n#let size = ",
    );
    std::fs::create_dir_all(here.join("templates/typeset")).expect("a folder");
    std::fs::write(here.join("templates/typeset/pack.typ"), page).expect("a file");

    let built = pack(&["build", "--format", "pdf"], here);
    assert_eq!(built.status.code(), Some(2), "{}", text(&built.stdout));
    let name = report
        .file_name()
        .expect("a name")
        .to_string_lossy()
        .into_owned();
    let pdf = here.join(format!("out/{name}/public/{name}.pdf"));
    assert!(!pdf.exists());

    let draft = pack(&["build", "--allow-errors", "--format", "pdf"], here);
    let said = text(&draft.stdout) + &text(&draft.stderr);
    assert!(draft.status.code().is_some_and(|code| code < 2), "{said}");
    assert!(said.contains("too much"), "{said}");
    let Some(words) = crate::common::tool("pdftotext", &[&pdf.to_string_lossy(), "-"]) else {
        return;
    };
    assert!(words.contains("Not attached"), "{words}");

    // In large print the leaf still says which standard pages it stands for.
    let large = pack(
        &[
            "build",
            "--allow-errors",
            "--format",
            "pdf",
            "--large-print",
        ],
        here,
    );
    let said = text(&large.stdout) + &text(&large.stderr);
    assert!(large.status.code().is_some_and(|code| code < 2), "{said}");
}

#[test]
fn pack_new_never_writes_over_anything() {
    let folder = tempfile::tempdir().expect("a folder");
    assert!(
        pack(&["new", "council", "."], folder.path())
            .status
            .success()
    );
    std::fs::write(folder.path().join("council.toml"), "mine").expect("a file");
    let again = pack(&["new", "council", "."], folder.path());
    assert_eq!(again.status.code(), Some(2));
    let kept = std::fs::read_to_string(folder.path().join("council.toml")).expect("a file");
    assert_eq!(kept, "mine");
}

#[test]
fn a_place_without_a_workspace_is_a_clear_error() {
    let folder = tempfile::tempdir().expect("a folder");
    let built = pack(&["build"], folder.path());
    assert_eq!(built.status.code(), Some(2));
    assert!(
        text(&built.stderr).contains("council.toml"),
        "{}",
        text(&built.stderr)
    );
}

#[test]
fn the_manual_and_completions_name_every_command() {
    let here = Path::new(".");
    let manual = text(&pack(&["man"], here).stdout);
    let bash = text(&pack(&["completions", "bash"], here).stdout);
    for command in ["build", "distribution", "new", "completions"] {
        assert!(manual.contains(command), "the manual lacks {command}");
        assert!(bash.contains(command), "the completions lack {command}");
    }
}

#[test]
fn hidden_words_are_listed_and_taken_out() {
    let folder = tempfile::tempdir().expect("a folder");
    let sheet = Sheet::new(
        "BT /F1 12 Tf 72 700 Td (Jo Secret) Tj ET 0 g 70 695 80 20 re f BT /F1 12 Tf 72 600 Td (Open) Tj ET",
    );
    std::fs::write(folder.path().join("letter.pdf"), sheet.bytes()).expect("written");
    let listed = pack(&["redact", "letter.pdf"], folder.path());
    assert_eq!(listed.status.code(), Some(1));
    let listing = text(&listed.stdout);
    assert!(
        listing.contains("J• S•••••") && !listing.contains("Secret"),
        "{listing}"
    );
    let shown = pack(&["redact", "letter.pdf", "--show"], folder.path());
    assert!(text(&shown.stdout).contains("Jo Secret"));
    let wanted = listing
        .lines()
        .find_map(|line| line.trim().strip_prefix("--box "))
        .expect("a box to give back");
    let done = pack(&["redact", "letter.pdf", "--box", wanted], folder.path());
    assert_eq!(done.status.code(), Some(0), "{}", text(&done.stderr));
    let again = pack(&["redact", "letter-redacted.pdf"], folder.path());
    assert_eq!(text(&again.stdout), "Nothing hidden was found\n");
    let twice = pack(&["redact", "letter.pdf", "--box", wanted], folder.path());
    assert_eq!(twice.status.code(), Some(2));
    assert!(text(&twice.stderr).contains("already exists"));
}

/// The system's limit on the size of a file stands for a disk that is full: some outputs fit, the
/// PDF does not.
#[test]
#[cfg(unix)]
fn a_disk_that_is_full_leaves_nothing_half_written() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("out");
    let build = |limit: &str| {
        Command::new("sh")
            .args([
                "-c",
                "trap '' XFSZ; ulimit -f \"$1\"; exec \"$2\" build \"$3\" --no-cache --out \"$4\"",
                "sh",
            ])
            .args([limit, env!("CARGO_BIN_EXE_pack")])
            .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/parish"))
            .arg(&out)
            .env("NO_COLOR", "1")
            .output()
            .expect("a shell runs")
    };
    let refused = build("100");
    let message = text(&refused.stderr);
    assert_eq!(refused.status.code(), Some(2), "{message}");
    assert!(message.contains("There is no room for it"), "{message}");
    assert!(!out.exists(), "not even the folder");

    assert!(build("unlimited").status.success());
    let before = files(&out);
    assert!(!before.is_empty());
    assert_eq!(build("100").status.code(), Some(2));
    assert_eq!(files(&out), before, "the earlier pack is still whole");
}

/// The names and sizes of what is in a folder, in order.
#[cfg(unix)]
fn files(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .expect("the folder")
        .flatten()
        .map(|entry| {
            let size = entry.metadata().expect("its size").len();
            format!("{} {size}", entry.file_name().to_string_lossy())
        })
        .collect();
    names.sort();
    names
}

#[test]
fn nothing_public_is_built_over_words_under_a_black_box() {
    let folder = tempfile::tempdir().expect("a folder");
    let made = pack(&["new", "council", "."], folder.path());
    assert!(made.status.success(), "{}", text(&made.stderr));
    written(folder.path());
    let meeting = std::fs::read_dir(folder.path().join("packs"))
        .expect("a meeting")
        .flatten()
        .next()
        .expect("a meeting")
        .path();
    let sheet = Sheet::new("BT /F1 12 Tf 72 700 Td (Jo Secret) Tj ET 0 g 70 695 80 20 re f");
    std::fs::write(meeting.join("letter.pdf"), sheet.bytes()).expect("written");
    let agenda = std::fs::read_to_string(meeting.join("pack.toml")).expect("an agenda");
    let item = "\n[[item]]\ntitle = \"A letter\"\nkind = \"report\"\nsource = \"letter.pdf\"\n";
    let write = |more: &str| {
        std::fs::write(meeting.join("pack.toml"), format!("{agenda}{item}{more}"))
            .expect("written");
    };
    let refused = |arguments: &[&str]| {
        let built = pack(arguments, folder.path());
        let message = text(&built.stderr);
        assert_eq!(built.status.code(), Some(1), "{message}");
        assert!(message.contains("can still be read in it"), "{message}");
        assert!(!folder.path().join("out").exists());
    };

    write("");
    refused(&["build"]);
    refused(&["build", "--allow-errors"]);
    refused(&["build", "--allow-errors", "--for-distribution"]);
    write("accept-redaction = \"\"\n");
    refused(&["build", "--allow-errors"]);
    write("[check]\nredaction-failed = \"allow\"\n");
    refused(&["build"]);

    // a reason alone would hold for every later file of this name
    let reason =
        "accept-redaction = \"The box is a drawing; Jo Secret is a character in a play.\"\n";
    write(reason);
    refused(&["build", "--allow-errors"]);
    let told = text(&pack(&["check"], folder.path()).stdout);
    let (_, after) = told
        .split_once("accept-redaction-of = \"")
        .expect("what to write");
    let of: String = after.chars().take_while(char::is_ascii_hexdigit).collect();
    let accepted = format!("{reason}accept-redaction-of = \"{of}\"\n");
    write(&accepted);
    let built = pack(&["build"], folder.path());
    assert_eq!(built.status.code(), Some(0), "{}", text(&built.stderr));
    assert!(folder.path().join("out").exists());

    // another file is another matter
    std::fs::remove_dir_all(folder.path().join("out")).expect("removed");
    let other = Sheet::new("BT /F1 12 Tf 72 700 Td (Al Private) Tj ET 0 g 70 695 80 20 re f");
    std::fs::write(meeting.join("letter.pdf"), other.bytes()).expect("written");
    refused(&["build", "--allow-errors"]);
}

#[test]
fn away_from_a_terminal_init_takes_its_answers_from_the_command_line() {
    let folder = tempfile::tempdir().expect("a folder");
    let asked = pack(&["init", "ours"], folder.path());
    assert_eq!(asked.status.code(), Some(2));
    assert!(text(&asked.stderr).contains("--name"));
    assert!(!folder.path().join("ours").exists());

    for (jurisdiction, tier) in [("wales", "parish"), ("scotland", "principal")] {
        let arguments = [
            "init",
            jurisdiction,
            "--name",
            "Aber Council",
            "--jurisdiction",
            jurisdiction,
            "--tier",
            tier,
        ];
        let made = pack(&arguments, folder.path());
        assert!(made.status.success(), "{}", text(&made.stderr));
        let council =
            std::fs::read_to_string(folder.path().join(jurisdiction).join("council.toml"));
        let council: toml::Table = council.expect("a file").parse().expect("TOML");
        let written = |key: &str| council["council"][key].as_str().expect("a word").to_owned();
        assert_eq!(
            [written("name"), written("jurisdiction"), written("tier")],
            ["Aber Council", jurisdiction, tier]
        );
        // A parish council has no directors, and its papers are short.
        let report = council["report"].as_table().expect("a table");
        let meetings = folder.path().join(jurisdiction).join("packs");
        let first = std::fs::read_dir(meetings)
            .expect("a folder")
            .flatten()
            .next();
        let first = first.expect("a meeting").path().join("03-report/report.md");
        let paper = std::fs::read_to_string(first).expect("a report");
        for told in [
            report.contains_key("sections"),
            report["header"].to_string().contains("director"),
            paper.contains("Director"),
            paper.contains("That the committee:"),
        ] {
            assert_eq!(told, tier == "principal", "{paper}");
        }
        // Nothing but what is there to be replaced stands in the way of the first build.
        written_and_built(&folder.path().join(jurisdiction));
    }
    let again = pack(&["init", "wales", "--name", "Other"], folder.path());
    assert_eq!(again.status.code(), Some(2));
}

/// Fills in what a new workspace leaves open, and builds it.
fn written_and_built(workspace: &Path) {
    written(workspace);
    let built = pack(&["build", "--format", "html"], workspace);
    assert_eq!(built.status.code(), Some(0), "{}", text(&built.stderr));
}

/// The folders of a workspace's meetings.
fn meetings(workspace: &Path) -> Vec<String> {
    let folders = std::fs::read_dir(workspace.join("packs")).expect("packs");
    let name = |folder: std::fs::DirEntry| folder.file_name().to_string_lossy().into_owned();
    folders.flatten().map(name).collect()
}

#[test]
fn the_first_meeting_gives_way_to_the_clerks_own_while_nothing_in_it_is_changed() {
    let started = || {
        let folder = tempfile::tempdir().expect("a folder");
        let made = pack(&["new", "council", "."], folder.path());
        assert!(made.status.success(), "{}", text(&made.stderr));
        folder
    };
    // Whatever day it is on, the clerk's may be on the same.
    let folder = started();
    let first = meetings(folder.path()).pop().expect("a meeting");
    let day = first
        .strip_suffix("-scrutiny")
        .expect("a committee's meeting");
    for day in [day, "2031-03-03"] {
        let made = pack(&["new", "meeting", "scrutiny", day], folder.path());
        let said = format!("{}{}", text(&made.stdout), text(&made.stderr));
        assert!(made.status.success(), "{said}");
        assert!(!said.contains(&*folder.path().to_string_lossy()), "{said}");
    }
    // The one that the clerk asked for stays when another is made.
    let mut names = meetings(folder.path());
    names.sort();
    assert_eq!(names, [first.as_str(), "2031-03-03-scrutiny"]);

    let folder = started();
    let made = pack(&["new", "meeting", "scrutiny", "2031-03-03"], folder.path());
    let said = format!("{}{}", text(&made.stdout), text(&made.stderr));
    assert!(said.contains("in which nothing had been changed"), "{said}");
    assert_eq!(meetings(folder.path()), ["2031-03-03-scrutiny"]);

    for (file, words) in [
        ("pack.toml", "# Ours"),
        ("03-report/plan.md", "Ours"),
        ("plan.md", "Ours"),
    ] {
        let folder = started();
        let first = meetings(folder.path()).pop().expect("a meeting");
        let changed = folder.path().join("packs").join(first).join(file);
        let was = std::fs::read_to_string(&changed).unwrap_or_default();
        std::fs::write(&changed, was + words).expect("a file");
        let made = pack(&["new", "meeting", "scrutiny", "2031-03-03"], folder.path());
        assert!(made.status.success(), "{}", text(&made.stderr));
        assert_eq!(meetings(folder.path()).len(), 2, "{file}");
    }
}

#[test]
fn pack_alone_says_how_far_the_packs_are_and_what_comes_next() {
    let folder = tempfile::tempdir().expect("a folder");
    let lost = pack(&[], folder.path());
    assert_eq!(lost.status.code(), Some(2));
    assert!(text(&lost.stdout).contains("Usage: pack"));

    let next = || {
        let told = text(&pack(&[], folder.path()).stdout);
        let line = told
            .lines()
            .find_map(|line| line.trim().strip_prefix("next: "));
        line.map(str::to_owned)
    };
    assert!(
        pack(&["new", "council", "."], folder.path())
            .status
            .success()
    );
    assert!(next().is_some_and(|next| next.starts_with("pack check packs/")));
    written(folder.path());
    assert!(next().is_some_and(|next| next.starts_with("pack build packs/")));
    let verified = pack(&["verify", "."], folder.path());
    assert_eq!(verified.status.code(), Some(2));
    assert!(pack(&["build"], folder.path()).status.success());
    assert!(next().is_some_and(|next| next.contains("pack publish packs/")));
    let verified = pack(&["verify", "."], folder.path());
    assert_eq!(
        verified.status.code(),
        Some(0),
        "{}",
        text(&verified.stderr)
    );
    let recording = next().expect("a command");
    let (_, day) = recording.split_once("--on ").expect("a day");
    assert!(
        pack(&["publish", "--on", day], folder.path())
            .status
            .success()
    );
    assert_eq!(next(), None);
}

#[test]
fn what_programs_read_is_json_also_where_nothing_can_be_done() {
    let nowhere = tempfile::tempdir().expect("a folder");
    for arguments in [&["build", "--json"][..], &["check", "--format", "json"]] {
        let output = pack(arguments, nowhere.path());
        assert_eq!(output.status.code(), Some(2));
        let told: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
        assert!(told["error"].is_string(), "{told}");
    }
}
