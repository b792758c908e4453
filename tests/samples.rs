//! The sample workspaces are what a good pack is: nothing to mend in them, and every edition of
//! each can be made.

use std::path::Path;
use std::process::{Command, Output};

/// The workspaces that come with the project, and how many packs each has.
const WORKSPACES: [(&str, usize); 4] = [
    ("packs", 2),
    ("examples/parish", 1),
    ("examples/planning", 1),
    ("examples/welsh", 1),
];

fn pack(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_pack"))
        .args(arguments)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env("NO_COLOR", "1")
        .output()
        .expect("the program runs")
}

fn files(folder: &Path, ending: &str) -> usize {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return 0;
    };
    entries
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .map(|path| {
            if path.is_dir() && path.file_name().is_some_and(|name| name != "papers") {
                files(&path, ending)
            } else {
                usize::from(path.extension().is_some_and(|it| it == ending))
            }
        })
        .sum()
}

#[test]
fn nothing_in_the_samples_is_to_be_mended() {
    for (workspace, _) in WORKSPACES {
        let checked = pack(&["check", workspace, "--deny", "warnings"]);
        assert!(
            checked.status.success(),
            "{workspace}\n{}{}",
            String::from_utf8_lossy(&checked.stdout),
            String::from_utf8_lossy(&checked.stderr)
        );
    }
}

#[test]
fn every_sample_builds_for_public_and_members_and_in_large_print() {
    for (workspace, packs) in WORKSPACES {
        for (edition, print) in [
            ("public", "standard"),
            ("public", "large"),
            ("members", "standard"),
        ] {
            let out = tempfile::tempdir().expect("a folder");
            let folder = out.path().display().to_string();
            let built = pack(&[
                "build",
                workspace,
                "--out",
                &folder,
                "--edition",
                edition,
                "--print",
                print,
            ]);
            let said = String::from_utf8_lossy(&built.stderr);
            assert!(
                built.status.success(),
                "{workspace} {edition} {print}\n{said}"
            );
            for ending in ["pdf", "html"] {
                let made = files(out.path(), ending);
                assert_eq!(made, packs, "{workspace} {edition} {print} {ending}");
            }
        }
    }
}
