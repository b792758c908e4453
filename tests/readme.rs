//! What the README tells a newcomer to type works, in the order in which it stands there; and whatever
//! command, option, file or page a document of the project names is there.

#![cfg(unix)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::common::{pack, said, written};

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

/// Every document of the project, with its path from the root.
fn documents() -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths = vec![PathBuf::from("packs/README.md")];
    for folder in ["", "templates/guide", ".github/ISSUE_TEMPLATE"] {
        let entries = std::fs::read_dir(root.join(folder)).expect("a folder");
        let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
        let documents = names.filter(|name| name.ends_with(".md"));
        paths.extend(documents.map(|name| Path::new(folder).join(name)));
    }
    paths.sort();
    assert!(paths.len() > 15, "{paths:?}");
    let read = |path: PathBuf| {
        let text = std::fs::read_to_string(root.join(&path)).expect("a document");
        (path, text)
    };
    paths.into_iter().map(read).collect()
}

/// What stands between backticks within a line, and each line of a block of commands.
fn code(text: &str) -> Vec<&str> {
    let (mut found, mut inside) = (Vec::new(), None);
    for line in text.lines().map(str::trim) {
        if let Some(kind) = line.strip_prefix("```") {
            inside = inside.is_none().then_some(kind);
        } else if inside == Some("sh") {
            found.push(line);
        } else if inside.is_none() {
            found.extend(line.split('`').skip(1).step_by(2));
        }
    }
    found
}

/// The lines that are in no block of code.
fn outside_fences(text: &str) -> String {
    let blocks = text.split("\n```").step_by(2);
    blocks.collect::<Vec<_>>().join("\n")
}

#[test]
fn documents_name_commands_and_options_that_there_are() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut helps: BTreeMap<Vec<&str>, String> = BTreeMap::new();
    let documents = documents();
    let mut named = 0;
    for (path, text) in &documents {
        for command in code(text) {
            let Some(rest) = command.strip_prefix("pack ") else {
                continue;
            };
            let words: Vec<&str> = rest.split_whitespace().collect();
            let depth = match words[0] {
                "new" if words.len() > 1 => 2,
                option if option.starts_with('-') => 0,
                _ => 1,
            };
            let help = helps.entry(words[..depth].to_vec()).or_insert_with(|| {
                let mut asked = words[..depth].to_vec();
                asked.push("--help");
                let output = pack(&asked, here);
                let path = path.display();
                assert!(
                    output.status.success(),
                    "{path}: {command}: {}",
                    said(&output)
                );
                said(&output)
            });
            let options = words.iter().filter(|word| word.starts_with("--"));
            for option in options.map(|word| word.split(['=', '[']).next().expect("a first")) {
                let known = help.split(|it: char| !it.is_ascii_alphanumeric() && it != '-');
                let known = known.into_iter().any(|it| it == option);
                assert!(known, "{}: {command}: {option}", path.display());
            }
            named += 1;
        }
    }
    assert!(named > 80, "{named}");
}

#[test]
fn documents_name_files_that_there_are() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut named = 0;
    for (path, text) in documents() {
        let own = root.join(&path);
        let beside = own.parent().expect("a folder");
        let prose = outside_fences(&text);
        let targets = prose.split("](").skip(1);
        for target in targets.map(|rest| rest.split([')', '#']).next().expect("a first")) {
            // Addresses, and what the format itself links to, such as `item:rents`.
            if !target.contains([':', '…']) && !target.is_empty() {
                assert!(beside.join(target).exists(), "{}: {target}", path.display());
                named += 1;
            }
        }
        for name in code(&text) {
            let ours = [
                "src/",
                "tests/",
                "templates/",
                "examples/",
                ".ci/",
                ".github/",
            ];
            let plain =
                !name.contains([' ', '…', '*', '<']) && name.ends_with(|it: char| it != '-');
            if plain && ours.iter().any(|folder| name.starts_with(folder)) {
                assert!(root.join(name).exists(), "{}: {name}", path.display());
                named += 1;
            }
        }
    }
    assert!(named > 40, "{named}");
}
