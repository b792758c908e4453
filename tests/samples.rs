//! The sample workspaces are what a good pack is: nothing to mend in them, and every edition of
//! each can be made.

use std::process::{Command, Output};

use crate::common::built::{SAMPLES, built};

/// The workspaces that come with the project.
const WORKSPACES: [&str; 4] = [
    "packs",
    "examples/parish",
    "examples/planning",
    "examples/welsh",
];

fn pack(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_pack"))
        .args(arguments)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env("NO_COLOR", "1")
        .output()
        .expect("the program runs")
}

#[test]
fn nothing_in_the_samples_is_to_be_mended() {
    for workspace in WORKSPACES {
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
    for pack in SAMPLES {
        for options in [&[][..], &["--large-print"], &["--edition", "members"]] {
            let made = built(pack, options);
            assert!(made.pdf().ends_with(".pdf"), "{pack} {options:?}");
            assert!(made.html().ends_with(".html"), "{pack} {options:?}");
        }
    }
}
