//! What several tests need.

pub(crate) mod built;
pub(crate) mod chance;
pub(crate) mod meeting;
pub(crate) mod pdf;
pub(crate) mod sheet;
pub(crate) mod word;

use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The folder with real papers and odd PDFs, which is not part of the project. Where it is absent,
/// whoever needs it is skipped, unless `PACK_TEST_SHARED` says that it has to be there.
pub(crate) fn shared() -> Option<PathBuf> {
    let folder = std::env::var_os("PACK_SHARED").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared"),
        PathBuf::from,
    );
    if folder.is_dir() {
        return Some(folder);
    }
    assert!(
        std::env::var_os("PACK_TEST_SHARED").is_none(),
        "there is no {}",
        folder.display()
    );
    skipped("the folder of real papers and odd PDFs is not here");
    None
}

/// Says that something was not tested, and why. A test that passes prints nothing, so the remark
/// also goes into the file that `PACK_TEST_SKIPPED` names, which `tests/run` prints at the end.
pub(crate) fn skipped(why: &str) {
    let test = std::thread::current();
    let remark = format!("{}: {why}", test.name().unwrap_or("a test"));
    eprintln!("skipped: {remark}");
    if let Some(path) = std::env::var_os("PACK_TEST_SKIPPED") {
        let mut file = OpenOptions::new()
            .append(true)
            .create(true)
            .open(path)
            .expect("the list of what was skipped");
        writeln!(file, "{remark}").expect("the list of what was skipped");
    }
}

/// What a tool prints; `None`, with a remark, where it is not installed and need not be.
pub(crate) fn tool(name: &str, arguments: &[&str]) -> Option<String> {
    match Command::new(name).args(arguments).output() {
        Ok(output) => Some(String::from_utf8_lossy(&output.stdout).into_owned()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            assert!(
                std::env::var_os("PACK_TEST_TOOLS").is_none(),
                "{name} is not installed"
            );
            skipped(&format!("{name} is not installed"));
            None
        }
        Err(error) => panic!("{name}: {error}"),
    }
}

/// A file as LibreOffice saves it by one of its filters ("doc:MS Word 97"), in a folder beside it; `None`,
/// with a remark, where it is not installed: it is too large for `tests/run` to install it.
pub(crate) fn saved_by_libreoffice(file: &Path, filter: &str) -> Option<PathBuf> {
    if Command::new("soffice").arg("--version").output().is_err() {
        skipped("LibreOffice is not installed");
        return None;
    }
    let folder = file.parent().expect("a folder");
    let profile = format!("-env:UserInstallation=file://{}/own", folder.display());
    let (to, path) = (folder.join("saved"), file.to_string_lossy());
    tool(
        "soffice",
        &[
            &profile,
            "--headless",
            "--convert-to",
            filter,
            "--outdir",
            &to.to_string_lossy(),
            &path,
        ],
    )?;
    let ending = filter.split(':').next().expect("an ending");
    let made = to
        .join(file.file_name().expect("a name"))
        .with_extension(ending);
    assert!(made.is_file(), "{filter}");
    Some(made)
}

/// The folder of the npm packages that `tests/run` installs; `None`, with a remark, where there is none
/// and need not be. `what` is wanted of them.
pub(crate) fn node_modules(what: &str) -> Option<std::ffi::OsString> {
    let root = std::env::var_os("NODE_MODULES_ROOT");
    if root.is_none() {
        assert!(
            std::env::var_os("PACK_TEST_TOOLS").is_none(),
            "{what} is required and not installed"
        );
        skipped(&format!("NODE_MODULES_ROOT names no folder with {what}"));
    }
    root
}

/// What the program does with some arguments in a folder.
pub(crate) fn pack(arguments: &[&str], folder: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_pack"))
        .args(arguments)
        .current_dir(folder)
        .env("NO_COLOR", "1")
        .output()
        .expect("the program runs")
}

/// All that it printed.
pub(crate) fn said(output: &Output) -> String {
    format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    )
}

/// What `pack new` leaves to be written, and what somebody writes there.
const LEFT_TO_WRITE: [(&str, &str); 14] = [
    ("Write here.", "The parks are open."),
    ("say what should happen next.", "open the parks."),
    (
        "Committee Room 1, The Town Hall, Anytown",
        "The Guildhall, Fernleigh",
    ),
    (
        "\"The Town Hall\", \"High Street\", \"Anytown\"",
        "\"The Guildhall\", \"Fernleigh\"",
    ),
    (
        "democratic.services@anytown.example",
        "democracy@fernleigh.example",
    ),
    ("officer@anytown.example", "parks@fernleigh.example"),
    ("\"A report\"", "\"Opening the parks\""),
    ("\"A Name\"", "\"Jo Field\""),
    ("\"A Clerk\"", "\"Sam Hill\""),
    ("\"A Chair\"", "\"Adeyemi\""),
    ("\"B Member\"", "\"Okafor\""),
    ("\"An Officer\"", "\"Pat Moor\""),
    ("\"A Director\"", "\"Lee Marsh\""),
    ("\"Director …\"", "\"Lee Marsh, Director of Parks\""),
];

/// Fills in what `pack new` left to be written.
pub(crate) fn written(folder: &Path) {
    for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            written(&path);
        } else if path
            .extension()
            .is_some_and(|ending| ending == "md" || ending == "toml")
        {
            let mut text = std::fs::read_to_string(&path).expect("a file");
            for (left, written) in LEFT_TO_WRITE {
                text = text.replace(left, written);
            }
            std::fs::write(&path, text).expect("a file");
        }
    }
}

/// The PDFs of a folder and of the folders in it.
pub(crate) fn pdfs(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a readable folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(pdfs(&path));
        } else if path.extension().is_some_and(|ending| ending == "pdf") {
            found.push(path);
        }
    }
    found.sort();
    found
}
