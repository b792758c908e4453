//! Files that `pack new` and `pack convert` make: all of them or none, and never over what is there.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};

/// A file to make, and what goes into it.
pub(super) type Fresh = (PathBuf, Vec<u8>);

pub(super) fn fresh(path: impl Into<PathBuf>, text: impl Into<Vec<u8>>) -> Fresh {
    (path.into(), text.into())
}

/// Makes files that are not there yet, and the folders that they are in. If one cannot be made, those
/// that were made before it are removed again.
pub(super) fn create(files: &[Fresh]) -> anyhow::Result<()> {
    look(files.iter().map(|(path, _)| path.as_path()))?;
    for (path, _) in files {
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)
                .with_context(|| format!("could not make {}", folder.display()))?;
        }
    }
    for (index, (path, text)) in files.iter().enumerate() {
        let mut options = std::fs::OpenOptions::new();
        let written = options
            .write(true)
            .create_new(true)
            .open(path)
            .and_then(|mut file| {
                std::io::Write::write_all(&mut file, text).inspect_err(|_| {
                    let _ = std::fs::remove_file(path);
                })
            });
        if let Err(error) = written {
            for (made, _) in &files[..index] {
                // If that fails too, the error about the first file is enough.
                let _ = std::fs::remove_file(made);
            }
            return Err(error).with_context(|| format!("could not write {}", path.display()));
        }
    }
    Ok(())
}

/// Refuses where one of these is there already, before anything has been written.
pub(super) fn look<'p>(paths: impl Iterator<Item = &'p Path>) -> anyhow::Result<()> {
    for path in paths {
        // This finds dangling links as well.
        if path.symlink_metadata().is_ok() {
            bail!(
                "{} is already there: nothing has been made or changed",
                path.display()
            );
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_are_made_or_none() {
        let folder = tempfile::tempdir().expect("a folder");
        let at = |name: &str| folder.path().join(name);
        std::fs::write(at("there.md"), "kept").expect("a file");
        let files = [fresh(at("new/first.md"), "1"), fresh(at("there.md"), "2")];
        let error = create(&files).expect_err("one is there").to_string();
        assert!(error.contains("there.md is already there"), "{error}");
        assert!(!at("new").exists());
        assert_eq!(std::fs::read(at("there.md")).expect("it"), b"kept");

        // What stands in the way of a folder is found before any file is made.
        let files = [
            fresh(at("first.md"), "1"),
            fresh(at("there.md/second.md"), "2"),
        ];
        assert!(create(&files).is_err());
        assert!(!at("first.md").exists());

        // If one cannot be made, those before it are removed.
        let files = [fresh(at("first.md"), "1"), fresh(at("first.md"), "2")];
        assert!(create(&files).is_err());
        assert!(!at("first.md").exists());

        create(&[fresh(at("a/b.md"), "1"), fresh(at("c.md"), "2")]).expect("both");
        assert_eq!(std::fs::read(at("a/b.md")).expect("it"), b"1");
    }
}
