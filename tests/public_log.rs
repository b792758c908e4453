//! What is printed where anybody may read it names nothing that is not public: the logs of build
//! servers, reports for code scanning, and errors.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use crate::privacy::{assert_clean, planted};

fn pack(arguments: &[&str], folder: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_pack"))
        .args(arguments)
        .arg(folder)
        .env_remove("CI")
        .output()
        .expect("the program runs")
}

fn holds(output: &Output, words: &str) -> bool {
    [&output.stdout, &output.stderr]
        .into_iter()
        .any(|stream| String::from_utf8_lossy(stream).contains(words))
}

const FORMATS: [&str; 8] = [
    "human",
    "short",
    "json",
    "sarif",
    "junit",
    "github",
    "markdown",
    "statistics",
];

#[test]
fn a_public_log_names_nothing_that_is_withheld_in_any_format() {
    let workspace = planted();
    let folder = workspace.folder();
    let open = pack(&["check", "--public=no"], folder);
    assert!(
        std::panic::catch_unwind(|| assert_clean("the log", &open.stdout)).is_err(),
        "a log that is not public names what is withheld"
    );
    for format in FORMATS {
        let output = pack(&["check", "--public", "--format", format], folder);
        assert_clean(format, &output.stdout);
        assert_clean(format, &output.stderr);
        assert_eq!(output.status.code(), open.status.code(), "{format}");
    }
    let status = pack(&["status", "--on", "2027-01-01", "--public"], folder);
    assert_clean("the status", &status.stdout);
    assert!(holds(&status, "Not public"));
}

#[test]
fn a_build_server_has_a_public_log_without_being_asked() {
    let workspace = planted();
    let on_server = |arguments: &[&str]| {
        Command::new(env!("CARGO_BIN_EXE_pack"))
            .args(arguments)
            .arg(workspace.folder())
            .env("CI", "true")
            .output()
            .expect("the program runs")
    };
    assert_clean("the log", &on_server(&["check"]).stdout);
    assert_clean("the status", &on_server(&["status"]).stdout);
    for arguments in [
        &["build", "--edition", "members", "--allow-errors"][..],
        &["build", "--edition", "members", "--allow-errors", "--json"],
        &["distribution"],
        &["accessibility"],
    ] {
        let output = on_server(arguments);
        assert_clean("standard output", &output.stdout);
        assert_clean("standard error", &output.stderr);
    }
    let asked = on_server(&["check", "--public=no"]).stdout;
    assert!(std::panic::catch_unwind(|| assert_clean("the log", &asked)).is_err());
}

#[test]
fn a_pack_that_cannot_be_read_gives_nothing_away() {
    let workspace = planted();
    let path = workspace.folder().join("packs/meeting/pack.toml");
    let text = fs::read_to_string(&path).expect("a file");
    let at = text.find("reference = ").expect("a key of the exempt item");
    let broken = format!("{}reference = “{}", &text[..at], &text[at + 13..]);
    fs::write(&path, broken).expect("a file");
    for arguments in [
        &["check", "--public"][..],
        &["check", "--public", "--format", "sarif"],
        &["build"],
    ] {
        let output = pack(arguments, workspace.folder());
        assert_ne!(output.status.code(), Some(0));
        assert_clean("standard output", &output.stdout);
        assert_clean("standard error", &output.stderr);
    }
}

#[test]
fn an_exempt_picture_that_cannot_be_set_is_not_named() {
    let workspace = planted();
    let folder = workspace.folder();
    let svg = fs::read_dir(folder.join("packs/meeting/open"))
        .expect("a folder")
        .filter_map(|entry| Some(entry.ok()?.path()))
        .find(|path| path.extension().is_some_and(|ending| ending == "svg"))
        .expect("an SVG");
    let depth = 800;
    let nested = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"100\" height=\"40\">{}<rect width=\"9\" height=\"9\"/>{}</svg>",
        "<g>".repeat(depth),
        "</g>".repeat(depth)
    );
    fs::write(svg, nested).expect("a file");
    for arguments in [
        &["build"][..],
        &["build", "--allow-errors"],
        &["check", "--public"],
    ] {
        let output = pack(arguments, folder);
        assert_clean("standard output", &output.stdout);
        assert_clean("standard error", &output.stderr);
    }
}

#[test]
fn control_characters_of_sources_do_not_reach_the_terminal() {
    let workspace = planted();
    let path = workspace.folder().join("packs/meeting/pack.toml");
    let text = fs::read_to_string(&path).expect("a file");
    let steered = text.replace("Open business", "Open\\u001b[2J\\u0007 business");
    fs::write(
        &path,
        steered.replace("kind = \"verbal\"", "kind = \"verbal\\u001b[2J\""),
    )
    .expect("a file");
    for arguments in [
        &["check"][..],
        &["status"],
        &["build"],
        &["check", "--format", "short"],
    ] {
        let output = pack(arguments, workspace.folder());
        for stream in [&output.stdout, &output.stderr] {
            let text = String::from_utf8_lossy(stream);
            let steers = |letter: char| letter.is_control() && !matches!(letter, '\n' | '\t');
            assert!(!text.contains(steers), "{arguments:?}: {text:?}");
        }
    }
}

#[test]
fn a_paper_that_says_it_is_exempt_is_not_published_without_a_reason() {
    let workspace = planted();
    let folder = workspace.folder();
    let report = folder.join("packs/meeting/open/report.md");
    let text = fs::read_to_string(&report).expect("a file");
    let marked = text.replace(
        "To tell the Board.",
        "NID I'W GYHOEDDI yn rhinwedd paragraff 14.\n\nTo tell the Board.",
    );
    fs::write(&report, marked).expect("a file");
    for arguments in [&["build"][..], &["build", "--allow-errors"]] {
        let output = pack(arguments, folder);
        assert!(holds(&output, "marked-not-public"), "{arguments:?}");
        assert_eq!(output.status.code(), Some(1));
        assert!(!folder.join("out").exists());
    }
    let agenda = folder.join("packs/meeting/pack.toml");
    let text = fs::read_to_string(&agenda).expect("a file");
    let lifted = text.replacen(
        "source = \"open/report.md\"",
        "source = \"open/report.md\"\naccept-marking = \"The sale is over.\"",
        1,
    );
    fs::write(&agenda, lifted).expect("a file");
    assert_eq!(pack(&["build"], folder).status.code(), Some(0));
}
