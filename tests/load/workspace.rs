//! A small workspace that is right in everything, for tests to change.

use std::fs;
use std::path::Path;

use pack::load::{self, Loaded};

/// The usual `council.toml`.
pub(crate) const COUNCIL: &str = "\
[council]
name = \"Fernleigh Borough Council\"
jurisdiction = \"england\"

[report]
header = [{ key = \"subject\", label = \"Subject\" }]
";

/// The usual committee.
pub(crate) const COMMITTEE: &str = "\
name = \"Housing Board\"
kind = \"board\"

[[member]]
name = \"Adeyemi\"
style = \"Councillor\"
role = \"chair\"
";

/// The usual `pack.toml`.
pub(crate) const PACK: &str = "\
committee = \"housing\"

[meeting]
date = 2026-03-18
time = 17:00:00

[[item]]
title = \"Apologies\"
kind = \"procedural\"

[[item]]
title = \"Repairs\"
kind = \"report\"
source = \"repairs.md\"
";

/// The usual report.
pub(crate) const REPORT: &str = "\
+++
subject = \"Repairs\"
background-papers = []
+++

# Purpose

To report on repairs.
";

/// A workspace with one pack in which the files given take the place of the usual ones.
pub(crate) fn workspace(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let usual: [(&str, &[u8]); 4] = [
        ("council.toml", COUNCIL.as_bytes()),
        ("committees/housing.toml", COMMITTEE.as_bytes()),
        ("packs/march/pack.toml", PACK.as_bytes()),
        ("packs/march/repairs.md", REPORT.as_bytes()),
    ];
    for (name, bytes) in usual.into_iter().chain(files.iter().copied()) {
        put(folder.path(), name, bytes);
    }
    folder
}

fn put(folder: &Path, name: &str, bytes: &[u8]) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().expect("a folder")).expect("folders");
    fs::write(path, bytes).expect("a file");
}

/// What is read of its only pack.
pub(crate) fn loaded(folder: &Path) -> Loaded {
    let (root, packs) = load::select(folder).expect("a pack");
    load::load(&root, &packs[0])
}
