//! Packs that several tests look at, each built once for all of them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, OnceLock};

use serde_json::Value;

use super::shared;

/// The packs that come with the project.
pub(crate) const SAMPLES: [&str; 5] = [
    "packs/packs/2026-09-14-children-communities",
    "packs/packs/2026-10-14-cabinet",
    "examples/parish",
    "examples/planning",
    "examples/welsh",
];

/// The councils whose real papers lie beside the project.
pub(crate) const REAL: [&str; 2] = ["kent", "sandwell"];

/// The folder of a real council's workspace, where its papers are at hand. It is a copy made for
/// this run, so that its builds can share what they read of the papers.
pub(crate) fn real(council: &str) -> Option<&'static str> {
    static COPIES: Mutex<BTreeMap<String, &'static str>> = Mutex::new(BTreeMap::new());
    let from = shared()?.join("real").join(council);
    let mut copies = COPIES.lock().expect("nothing panics while it holds this");
    Some(copies.entry(council.to_owned()).or_insert_with(|| {
        let to = copies_of_real_papers().join(council);
        fresh(&to);
        copy(&from, &to);
        let path = to.into_os_string().into_string();
        Box::leak(path.expect("a path in Unicode").into_boxed_str())
    }))
}

fn copies_of_real_papers() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("real")
}

/// Removes what an earlier run left in a folder.
fn fresh(folder: &Path) {
    if folder.exists() {
        std::fs::remove_dir_all(folder).expect("an earlier run's files can go");
    }
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a folder") {
        let from = entry.expect("an entry").path();
        let to = to.join(from.file_name().expect("a name"));
        if from.is_dir() {
            copy(&from, &to);
        } else {
            std::fs::write(&to, std::fs::read(&from).expect("a file")).expect("its copy");
        }
    }
}

/// What one build of a pack left on the disk.
pub(crate) struct Built {
    /// Where its outputs are.
    pub(crate) folder: PathBuf,
    /// What its manifest says.
    pub(crate) manifest: Value,
}

impl Built {
    /// The entry of the pack's PDF in the manifest.
    pub(crate) fn document(&self) -> &Value {
        &self.manifest["documents"][0]
    }

    /// The path of the pack's PDF, as the tools want it.
    pub(crate) fn pdf(&self) -> String {
        self.output(self.document()["path"].as_str().expect("a name"))
    }

    /// The path of the web page.
    pub(crate) fn html(&self) -> String {
        let pdf = self.document()["path"].as_str().expect("a name");
        self.output(&pdf.replace(".pdf", ".html"))
    }

    fn output(&self, name: &str) -> String {
        let path = self.folder.join(name);
        assert!(path.is_file(), "{} is missing", path.display());
        path.into_os_string()
            .into_string()
            .expect("a path in Unicode")
    }
}

/// Builds a pack with some options, or finds it built. The path is one from the project's folder,
/// or an absolute one. Errors in its sources are let through only with `--allow-errors`.
pub(crate) fn built(pack: &str, options: &[&str]) -> &'static Built {
    type Key = (String, BTreeSet<String>);
    type Place = (usize, OnceLock<Built>);
    static ALL: Mutex<BTreeMap<Key, &'static Place>> = Mutex::new(BTreeMap::new());
    let asked = each_with_its_value(options);
    let (number, place) = {
        let mut all = ALL.lock().expect("nothing panics while it holds this");
        let number = all.len();
        *all.entry((pack.to_owned(), asked))
            .or_insert_with(|| Box::leak(Box::new((number, OnceLock::new()))))
    };
    place.get_or_init(|| build(pack, options, *number))
}

/// The options in no order, each with the value that follows it.
fn each_with_its_value(options: &[&str]) -> BTreeSet<String> {
    let line = options.join(" ");
    line.split("--").map(|one| one.trim().to_owned()).collect()
}

fn build(pack: &str, options: &[&str], number: usize) -> Built {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("built")
        .join(number.to_string());
    fresh(&folder);
    // Only the copies may keep something beside the papers.
    let keep = Path::new(pack).starts_with(copies_of_real_papers());
    let output = Command::new(env!("CARGO_BIN_EXE_pack"))
        .args(["build", pack, "--quiet", "--out"])
        .arg(&folder)
        .args((!keep).then_some("--no-cache"))
        .args(options)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env("NO_COLOR", "1")
        .output()
        .expect("the program runs");
    let let_through = options.contains(&"--allow-errors") && output.status.code() == Some(1);
    assert!(
        output.status.success() || let_through,
        "{pack} {options:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    let manifest = std::fs::read(folder.join("manifest.json")).expect("a manifest");
    Built {
        folder,
        manifest: serde_json::from_slice(&manifest).expect("JSON"),
    }
}
