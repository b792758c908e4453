//! What several tests need.

pub(crate) mod built;
pub(crate) mod meeting;
pub(crate) mod pdf;
pub(crate) mod sheet;

use std::path::PathBuf;

/// The folder with real papers and odd PDFs, which is not part of the project; `None` where it is
/// absent, and whoever needs it is skipped.
pub(crate) fn shared() -> Option<PathBuf> {
    let folder = std::env::var_os("PACK_SHARED").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared"),
        PathBuf::from,
    );
    folder.is_dir().then_some(folder)
}

/// What a tool prints; `None`, with a remark, where it is not installed and need not be.
pub(crate) fn tool(name: &str, arguments: &[&str]) -> Option<String> {
    match std::process::Command::new(name).args(arguments).output() {
        Ok(output) => Some(String::from_utf8_lossy(&output.stdout).into_owned()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            assert!(
                std::env::var_os("PACK_TEST_TOOLS").is_none(),
                "{name} is not installed"
            );
            eprintln!("skipped: {name} is not installed");
            None
        }
        Err(error) => panic!("{name}: {error}"),
    }
}
