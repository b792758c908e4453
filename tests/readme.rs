//! What the README tells a newcomer to type works, in the order in which it stands there.

#![cfg(unix)]

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::common::written;

/// The commands of the README's shell blocks under a heading.
fn commands(readme: &str, heading: &str) -> Vec<String> {
    let section = readme
        .split("\n## ")
        .find(|section| section.starts_with(heading))
        .unwrap_or_else(|| panic!("the README has no section {heading:?}"));
    let mut inside = false;
    let mut commands = Vec::new();
    for line in section.lines().map(str::trim) {
        if line.starts_with("```") {
            inside = line == "```sh";
        } else if inside && !line.is_empty() {
            commands.push(line.to_owned());
        }
    }
    commands
}

fn readme() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    std::fs::read_to_string(path).expect("the README")
}

/// Runs lines in a shell in which `pack` is the program under test.
pub(crate) fn shell(script: &str, folder: &Path) {
    let program = PathBuf::from(env!("CARGO_BIN_EXE_pack"));
    let mut places = vec![program.parent().expect("its folder").to_path_buf()];
    places.extend(std::env::split_paths(
        &std::env::var_os("PATH").unwrap_or_default(),
    ));
    let output = Command::new("sh")
        .args(["-e", "-c", script])
        .current_dir(folder)
        .env("PATH", std::env::join_paths(places).expect("a path"))
        .env("NO_COLOR", "1")
        .output()
        .expect("a shell");
    assert!(
        output.status.success(),
        "{script}\n{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

#[test]
fn the_first_command_builds_the_sample() {
    let first = commands(&readme(), "Build the sample");
    assert_eq!(first, ["cargo run -- build packs", "tests/run"]);
    let out = tempfile::tempdir().expect("a folder");
    shell(
        &format!("pack build packs --out '{}'", out.path().display()),
        Path::new(env!("CARGO_MANIFEST_DIR")),
    );
    let made = std::fs::read_dir(out.path()).expect("outputs").count();
    assert_eq!(made, 2, "the packs of two meetings");
}

#[test]
fn a_pack_of_ones_own_can_be_started_as_it_says() {
    let mut lines = commands(&readme(), "Start a pack of your own");
    assert_eq!(lines.remove(0), "cargo install --path . --locked");
    assert!(lines.len() >= 6, "{lines:?}");
    let folder = tempfile::tempdir().expect("a folder");
    // Between starting a report and checking it, somebody writes it.
    let check = lines
        .iter()
        .position(|line| line.starts_with("pack check"))
        .expect("the README says how to check");
    let rest = lines.split_off(check);
    shell(&lines.join("\n"), folder.path());
    written(folder.path());
    shell(&rest.join("\n"), &folder.path().join("my-council"));
    let pack = folder
        .path()
        .join("my-council/out/2027-01-18-scrutiny/public/2027-01-18-scrutiny.pdf");
    assert!(pack.is_file(), "{} is missing", pack.display());
}
