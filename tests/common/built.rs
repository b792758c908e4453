//! Packs that several tests look at, each built once for all of them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, OnceLock};

use serde_json::Value;

/// The packs that come with the project.
pub(crate) const SAMPLES: [&str; 5] = [
    "packs/packs/2026-09-14-children-communities",
    "packs/packs/2026-10-14-cabinet",
    "examples/parish",
    "examples/planning",
    "examples/welsh",
];

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
    type Key = (String, Vec<String>);
    type Place = (usize, OnceLock<Built>);
    static ALL: Mutex<BTreeMap<Key, &'static Place>> = Mutex::new(BTreeMap::new());
    let words = options.iter().map(|option| (*option).to_owned()).collect();
    let (number, place) = {
        let mut all = ALL.lock().expect("nothing panics while it holds this");
        let number = all.len();
        *all.entry((pack.to_owned(), words))
            .or_insert_with(|| Box::leak(Box::new((number, OnceLock::new()))))
    };
    place.get_or_init(|| build(pack, options, *number))
}

fn build(pack: &str, options: &[&str], number: usize) -> Built {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("built")
        .join(number.to_string());
    if folder.exists() {
        std::fs::remove_dir_all(&folder).expect("an earlier run's outputs can go");
    }
    let output = Command::new(env!("CARGO_BIN_EXE_pack"))
        .args(["build", pack, "--quiet", "--no-cache", "--out"])
        .arg(&folder)
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
