//! What `pack new` and `pack convert` begin: all of their files or none, whatever is there already.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::common::word::{WordFile, paragraph};
use crate::common::{pack, said};
use crate::held_back::copy;

/// Every file and folder below a folder, with the bytes of the files.
fn all(folder: &Path) -> BTreeMap<PathBuf, Option<Vec<u8>>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder").flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path.clone());
                found.insert(path, None);
            } else {
                let bytes = fs::read(&path).expect("a file");
                found.insert(path, Some(bytes));
            }
        }
    }
    found
}

/// Runs a command that finds one of its files there already: it names that file, and nothing in the
/// folder is other than before.
fn refused(folder: &Path, there: &str, command: &[&str]) {
    let path = folder.join(there);
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    fs::write(&path, "mine\n").expect("a file");
    let before = all(folder);
    let done = pack(command, folder);
    assert_eq!(done.status.code(), Some(2), "{command:?}: {}", said(&done));
    let name = path.file_name().expect("a name").to_string_lossy();
    assert!(said(&done).contains(&*name), "{command:?}: {}", said(&done));
    assert!(all(folder) == before, "{command:?} left something behind");
    fs::remove_file(path).expect("a file");
}

fn sample() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    copy(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("packs"),
        folder.path(),
    );
    folder
}

#[test]
fn nothing_is_begun_where_one_file_of_it_is_there() {
    let folder = sample();
    let here = folder.path();
    let cabinet = "packs/2026-10-14-cabinet";
    // Its minutes are two files, for part of it is exempt.
    let minutes = ["new", "minutes", cabinet];
    refused(here, &format!("{cabinet}/exempt-minutes.md"), &minutes);
    refused(here, &format!("{cabinet}/minutes.md"), &minutes);
    let elsewhere = ["new", "minutes", cabinet, "next/04-minutes.md"];
    refused(here, "next/exempt-04-minutes.md", &elsewhere);

    let next = "packs/2026-11-11-cabinet";
    let rolled = [
        "new",
        "meeting",
        "cabinet",
        "2026-11-11",
        "--after",
        cabinet,
    ];
    for file in [
        "pack.toml",
        "minutes-of-last-meeting.md",
        "exempt-minutes-of-last-meeting.md",
    ] {
        refused(here, &format!("{next}/{file}"), &rolled);
    }
    let fresh = ["new", "meeting", "cabinet", "2026-11-11"];
    for file in ["pack.toml", "03-report/report.md"] {
        refused(here, &format!("{next}/{file}"), &fresh);
    }

    let report = format!("{next}/04-parks/report.md");
    refused(here, &report, &["new", "report", &report]);
    let named = format!("{cabinet}/09-parks/report.md");
    refused(here, &named, &["new", "report", &named, "--item", "Parks"]);
    refused(
        here,
        "template.docx",
        &["new", "report", "--word", "template.docx"],
    );

    // All of it is begun where nothing is in the way.
    let begun = pack(&minutes, here);
    assert!(begun.status.success(), "{}", said(&begun));
    for file in ["minutes.md", "exempt-minutes.md"] {
        assert!(here.join(cabinet).join(file).is_file(), "{file}");
    }
}

#[test]
fn a_council_is_begun_whole_or_not_at_all() {
    let folder = tempfile::tempdir().expect("a folder");
    let here = folder.path();
    let new = ["new", "council", "."];
    for file in ["council.toml", "committees/scrutiny.toml"] {
        refused(here, file, &new);
    }
    // What version control leaves alone is the council's own to say.
    fs::write(here.join(".gitignore"), "drafts/\n").expect("a file");
    let begun = pack(&new, here);
    assert!(begun.status.success(), "{}", said(&begun));
    assert!(said(&begun).contains("out-members/"), "{}", said(&begun));
    let ignored = fs::read_to_string(here.join(".gitignore")).expect("the file");
    assert_eq!(ignored, "drafts/\n");
    let built = pack(&["check"], here);
    assert!(
        built.status.code().is_some_and(|code| code < 2),
        "{}",
        said(&built)
    );
}

#[test]
fn nothing_is_converted_where_a_picture_is_there() {
    let folder = tempfile::tempdir().expect("a folder");
    let here = folder.path();
    let drawing = r#"<w:p><w:r><w:drawing><wp:inline><wp:docPr id="1" name="p" descr="The baths"/><a:blip r:embed="image"/></wp:inline></w:drawing></w:r></w:p>"#;
    let picture = "packs/packs/2026-09-14-children-communities/06-summer-programme/weeks.png";
    let picture = Path::new(env!("CARGO_MANIFEST_DIR")).join(picture);
    let picture = fs::read(picture).expect("a picture");
    let bytes = WordFile::new(&(paragraph("Heading1", "Purpose") + drawing))
        .picture("baths.png", &picture)
        .bytes();
    fs::write(here.join("report.docx"), bytes).expect("a file");
    let probe = pack(&["convert", "report.docx", "--to", "probe/report.md"], here);
    assert!(
        probe.status.code().is_some_and(|code| code < 2),
        "{}",
        said(&probe)
    );
    let made: Vec<PathBuf> = all(&here.join("probe")).into_keys().collect();
    assert!(made.len() >= 2, "{made:?}");
    for path in made {
        let name = path.strip_prefix(here.join("probe")).expect("its name");
        refused(here, &name.to_string_lossy(), &["convert", "report.docx"]);
    }
}

#[test]
fn what_would_be_markdown_is_not_called_anything_else() {
    let folder = sample();
    let here = folder.path();
    let before = all(here);
    for (command, said_of) in [
        (&["new", "report", "packs/x/report.docx"][..], "--word"),
        (&["new", "report", "packs/x/report"], "report.md"),
        (&["new", "report", "packs/x/report.txt"], "report.md"),
        (
            &["new", "minutes", "packs/2026-10-14-cabinet", "minutes.docx"],
            "minutes.md",
        ),
    ] {
        let done = pack(command, here);
        assert_eq!(done.status.code(), Some(2), "{command:?}");
        assert!(said(&done).contains(said_of), "{}", said(&done));
        assert!(all(here) == before, "{command:?}");
    }
}
