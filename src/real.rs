//! Where a path leads once every link is followed.

use std::io;
use std::path::{Path, PathBuf};

/// The longest path that every Windows program takes as it is, in UTF-16 units.
const LONGEST: usize = 259;

/// The path without links. Windows begins such a path with `\\?\`, which few programs and no clerk
/// know: it is left out where the path means the same without it.
///
/// # Errors
/// There is nothing at the path, or it cannot be read.
pub(crate) fn real(path: &Path) -> io::Result<PathBuf> {
    let real = path.canonicalize()?;
    let usual = real.to_str().and_then(usual);
    Ok(usual.map_or(real, PathBuf::from))
}

/// A path as Windows shows it, for one that begins with `\\?\`. `None` if it has to stay as it is.
fn usual(path: &str) -> Option<String> {
    let path = path.strip_prefix(r"\\?\")?;
    let drive = path.as_bytes().get(1) == Some(&b':');
    let usual = match path.strip_prefix(r"UNC\") {
        Some(share) => format!(r"\\{share}"),
        None if drive => path.to_owned(),
        None => return None,
    };
    (usual.encode_utf16().count() <= LONGEST).then_some(usual)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_paths_are_as_people_write_them() {
        let long = format!(r"\\?\C:\{}", "a".repeat(300));
        for (path, shown) in [
            (r"\\?\C:\Council\packs", Some(r"C:\Council\packs")),
            (r"\\?\UNC\server\share\packs", Some(r"\\server\share\packs")),
            (r"\\?\Volume{4c1b02c1}\packs", None),
            (long.as_str(), None),
            ("/srv/council", None),
        ] {
            assert_eq!(usual(path).as_deref(), shown, "{path}");
        }
    }
}
