//! Builds into one folder: each print and form is a set of its own, a build that is stopped leaves
//! the old or the new, and two builds at once are one after the other.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use serde_json::Value;

/// The smallest of the sample packs.
const PARISH: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/parish");

fn build(out: &Path, options: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pack"));
    command
        .args(["build", PARISH, "--no-cache", "--out"])
        .arg(out)
        .args(options)
        .stdout(Stdio::null());
    command
}

fn built(out: &Path, options: &[&str]) {
    let output = build(out, options).output().expect("the program runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
}

fn manifest(out: &Path) -> Value {
    let bytes = std::fs::read(out.join("manifest.json")).expect("a manifest");
    serde_json::from_slice(&bytes).expect("JSON")
}

fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let Ok(entries) = std::fs::read_dir(folder) else {
        return files;
    };
    for entry in entries {
        let path = entry.expect("an entry").path();
        let name = path.file_name().expect("a name").to_string_lossy();
        if path.is_dir() {
            let inner = self::files(&path);
            files.extend(
                inner
                    .into_iter()
                    .map(|(file, bytes)| (format!("{name}/{file}"), bytes)),
            );
        } else {
            files.insert(name.into_owned(), std::fs::read(&path).expect("a file"));
        }
    }
    files
}

#[test]
fn one_print_leaves_the_others_and_the_manifest_lists_all() {
    let out = tempfile::tempdir().expect("a folder");
    built(out.path(), &[]);
    let standard = files(&out.path().join("public"));
    built(out.path(), &["--large-print", "--format", "pdf"]);
    let both = files(&out.path().join("public"));
    for (name, bytes) in &standard {
        assert_eq!(both.get(name), Some(bytes), "{name}");
    }
    assert_eq!(both.len(), standard.len() + 1);
    assert!(
        both.keys()
            .all(|name| !name.ends_with(".json") && !name.ends_with(".csv"))
    );

    let manifest = manifest(out.path());
    let sets = manifest["sets"].as_array().expect("sets");
    let kinds: Vec<_> = sets
        .iter()
        .map(|set| (set["print"].as_str(), set["form"].as_str()))
        .collect();
    let expected = [("standard", "pdf"), ("standard", "html"), ("large", "pdf")];
    assert_eq!(
        kinds,
        expected.map(|(print, form)| (Some(print), Some(form)))
    );
    assert!(
        sets.iter()
            .all(|set| !set["sources"].as_array().expect("sources").is_empty())
    );
    let listed = manifest["outputs"].as_array().expect("outputs").iter();
    let listed: Vec<_> = listed
        .filter_map(|output| output["path"].as_str())
        .collect();
    for name in both.keys() {
        assert!(
            listed.contains(&&*format!("public/{name}")),
            "{name} in {listed:?}"
        );
    }
    for document in manifest["documents"].as_array().expect("documents") {
        let status = Command::new(env!("CARGO_BIN_EXE_pack"))
            .arg("verify")
            .arg(out.path().join(document["path"].as_str().expect("a path")))
            .stdout(Stdio::null())
            .status()
            .expect("the program runs");
        assert!(status.success(), "{document}");
    }
}

#[test]
fn the_same_sources_make_the_same_folder_whatever_was_built_first() {
    let builds = [
        &["--format", "html"][..],
        &["--format", "pdf"],
        &["--format", "pdf", "--notes"],
        &["--format", "pdf", "--large-print"],
    ];
    let made = |order: &[usize]| {
        let out = tempfile::tempdir().expect("a folder");
        for build in order {
            built(out.path(), builds[*build]);
        }
        files(out.path())
    };
    let first = made(&[0, 1, 2, 3]);
    for order in [&[3, 2, 1, 0][..], &[1, 0, 3, 2], &[2, 0, 1, 3, 0, 1]] {
        let other = made(order);
        assert_eq!(
            first.keys().collect::<Vec<_>>(),
            other.keys().collect::<Vec<_>>()
        );
        for (name, bytes) in &first {
            assert!(other.get(name) == Some(bytes), "{name} after {order:?}");
        }
    }
}

#[test]
fn a_build_that_is_killed_leaves_the_old_or_the_new() {
    let out = tempfile::tempdir().expect("a folder");
    let draft = ["--format", "pdf,html"];
    built(out.path(), &draft);
    let old = files(&out.path().join("public"));
    for step in 0..12_u64 {
        let mut child = build(out.path(), &draft)
            .stderr(Stdio::null())
            .spawn()
            .expect("the program runs");
        std::thread::sleep(Duration::from_millis(step * 97));
        child.kill().expect("it can be stopped");
        child.wait().expect("it stops");
        // The same sources make the same bytes, so the old and the new are one.
        assert_eq!(files(&out.path().join("public")), old, "after step {step}");
    }
    built(out.path(), &draft);
    assert!(
        !out.path().join(".pack").exists(),
        "what was left is cleared"
    );
    assert_eq!(files(&out.path().join("public")), old);
}

#[test]
fn of_two_builds_at_once_neither_is_lost() {
    let out = tempfile::tempdir().expect("a folder");
    let mut children: Vec<_> = [
        &["--format", "pdf"][..],
        &["--format", "html"],
        &["--large-print", "--format", "pdf"],
    ]
    .into_iter()
    .map(|options| {
        build(out.path(), options)
            .stderr(Stdio::null())
            .spawn()
            .expect("the program runs")
    })
    .collect();
    for child in &mut children {
        assert!(child.wait().expect("it ends").success());
    }
    assert_eq!(
        manifest(out.path())["sets"].as_array().map(Vec::len),
        Some(3)
    );
}
