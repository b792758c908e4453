//! The sample workspaces are what a good pack is: nothing to mend in them, and every edition of
//! each can be made.

use std::path::Path;

use crate::common::built::{SAMPLES, built};
use crate::common::{pack, said};

/// The workspaces that come with the project.
const WORKSPACES: [&str; 4] = [
    "packs",
    "examples/parish",
    "examples/planning",
    "examples/welsh",
];

#[test]
fn nothing_in_the_samples_is_to_be_mended() {
    for workspace in WORKSPACES {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let checked = pack(&["check", workspace, "--deny", "warnings"], root);
        assert!(checked.status.success(), "{workspace}\n{}", said(&checked));
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
