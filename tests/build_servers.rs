//! What build servers run: the script of the GitHub action.

use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

/// Runs the script with the program on its path.
fn check(workspace: &Path, folder: &Path) -> Output {
    let program = Path::new(env!("CARGO_BIN_EXE_pack"));
    let mut path = program.parent().expect("a folder").as_os_str().to_owned();
    path.push(":");
    path.push(std::env::var_os("PATH").expect("a path"));
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join(".ci/check.sh");
    Command::new("bash")
        .arg(script)
        .env("PATH", path)
        .env("WORKSPACE", workspace)
        .env("GITHUB_ACTIONS", "true")
        .env("GITHUB_STEP_SUMMARY", folder.join("summary.md"))
        .env("SARIF", folder.join("findings.sarif"))
        .env("JUNIT", folder.join("findings.xml"))
        .env("DENY", "warnings")
        .output()
        .expect("a shell")
}

#[test]
fn a_build_server_gets_a_summary_and_reports() {
    let folder = tempfile::tempdir().expect("a folder");
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("packs");
    let done = check(&sample, folder.path());
    assert_eq!(
        done.status.code(),
        Some(0),
        "{}",
        String::from_utf8_lossy(&done.stderr)
    );
    let read = |name: &str| std::fs::read_to_string(folder.path().join(name)).expect("a file");
    assert!(read("summary.md").starts_with("**"));
    let sarif: Value = serde_json::from_str(&read("findings.sarif")).expect("JSON");
    assert_eq!(sarif["version"], "2.1.0");
    assert!(read("findings.xml").starts_with("<?xml"));
}

#[test]
fn what_is_wrong_makes_the_job_fail() {
    let folder = tempfile::tempdir().expect("a folder");
    let made = Command::new(env!("CARGO_BIN_EXE_pack"))
        .args(["new", "council", "."])
        .current_dir(folder.path())
        .output()
        .expect("the program");
    assert!(made.status.success());
    let pack = std::fs::read_dir(folder.path().join("packs"))
        .expect("packs")
        .flatten()
        .next()
        .expect("a pack")
        .path()
        .join("pack.toml");
    let agenda = std::fs::read_to_string(&pack).expect("the agenda");
    let missing = "\n[[item]]\ntitle = \"Parks\"\nkind = \"report\"\nsource = \"parks.md\"\n";
    std::fs::write(&pack, agenda + missing).expect("a file");
    let done = check(folder.path(), folder.path());
    assert_eq!(done.status.code(), Some(1));
    let said = String::from_utf8_lossy(&done.stdout).into_owned();
    assert!(said.contains("::error "), "{said}");
    let summary = std::fs::read_to_string(folder.path().join("summary.md")).expect("a file");
    assert!(summary.contains("`file-missing`"), "{summary}");

    // A check that could not run is no pass.
    let nowhere = folder.path().join("nowhere");
    assert_eq!(check(&nowhere, folder.path()).status.code(), Some(2));
}
