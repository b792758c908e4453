//! Workspaces with one fault each in somebody else's PDF: nothing hidden in one goes out, and what
//! cannot be done is said.

use std::path::{Path, PathBuf};

use crate::common::{pack, said, shared};

/// A copy of a workspace, with everything in it.
pub(crate) fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a folder").flatten() {
        let (here, there) = (entry.path(), to.join(entry.file_name()));
        if here.is_dir() {
            copy(&here, &there);
        } else {
            std::fs::copy(&here, &there).expect("a file");
        }
    }
}

/// Runs the program in a copy of a workspace: whether it did what was asked, and what it said.
fn run(workspace: &Path, arguments: &[&str]) -> (tempfile::TempDir, bool, String) {
    let folder = tempfile::tempdir().expect("a folder");
    copy(workspace, folder.path());
    let done = pack(arguments, folder.path());
    (folder, done.status.success(), said(&done))
}

/// The workspaces whose names begin so.
fn workspaces(begin: &str) -> Option<Vec<PathBuf>> {
    let folder = shared()?.join("cases/adversary");
    let mut found: Vec<PathBuf> = std::fs::read_dir(folder)
        .expect("the cases")
        .flatten()
        .filter(|entry| entry.file_name().to_string_lossy().starts_with(begin))
        .map(|entry| entry.path())
        .collect();
    found.sort();
    Some(found)
}

#[test]
fn nothing_public_is_made_of_papers_with_hidden_words() {
    let Some(cases) = workspaces("D-") else {
        return;
    };
    assert!(cases.len() >= 8, "{}", cases.len());
    for case in cases {
        let build = ["build", "--edition", "public", "--allow-errors"];
        let (folder, done, said) = run(&case, &build);
        let name = case.display();
        assert!(
            !done && said.contains("error[redaction-failed]"),
            "{name}: {said}"
        );
        assert!(said.contains("accept-redaction-of"), "{name}: {said}");
        assert!(
            !said.contains("zqx0001q"),
            "{name}: the words are in the log"
        );
        assert!(
            !folder.path().join("out").exists(),
            "{name}: something was built"
        );
    }
}

#[test]
fn a_box_on_a_page_that_is_not_taken_is_told() {
    for case in workspaces("R-").unwrap_or_default() {
        let (_folder, _, said) = run(&case, &["check"]);
        assert!(
            said.contains("[redaction-empty]"),
            "{}: {said}",
            case.display()
        );
    }
}

#[test]
fn text_without_unicode_is_told_as_what_no_machine_reads() {
    let Some(shared) = shared() else {
        return;
    };
    let (_folder, _, said) = run(&shared.join("cases/pdf/no-unicode"), &["check"]);
    assert_eq!(said.matches("[attachment-unreadable]").count(), 2, "{said}");
}

#[test]
fn words_in_a_hidden_layer_are_told_with_what_becomes_of_them() {
    let Some(shared) = shared() else {
        return;
    };
    let (_folder, _, said) = run(&shared.join("cases/pdf/layers"), &["check"]);
    let told = said
        .find("text is in a layer that is switched off")
        .expect("it is told");
    let help = said.split_at(told).1;
    assert!(help.contains("The public edition is still built"), "{said}");
}
