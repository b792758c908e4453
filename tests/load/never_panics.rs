//! Whatever stands in the files, reading them ends with findings and never with a panic, and each
//! finding's place is one that the file has.

use std::fs;
use std::path::{Path, PathBuf};

use pack::finding::Place;
use pack::load;
use pack::output::{self, Format};
use proptest::prelude::*;

/// A copy of the parish example, with one file changed.
fn with_changed(name: &str, bytes: &[u8]) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    copy(&example(), folder.path());
    let path = folder.path().join(name);
    fs::create_dir_all(path.parent().expect("a folder")).expect("folders");
    fs::write(path, bytes).expect("a file");
    check(folder.path());
}

fn example() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/parish")
}

fn copy(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).expect("a folder") {
        let path = entry.expect("an entry").path();
        let target = to.join(path.file_name().expect("a name"));
        if path.is_dir() {
            fs::create_dir_all(&target).expect("a folder");
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).expect("a file");
        }
    }
}

fn check(folder: &Path) {
    let (root, packs) = load::select(folder).expect("a pack");
    let loaded = load::load(&root, &packs[0]);
    for finding in &loaded.findings {
        let related = finding.related.iter().map(|(span, _)| *span);
        let own = match finding.place {
            Place::Text(span) => Some(span),
            _ => None,
        };
        for span in related.chain(own) {
            let file = loaded.files.get(span.file).expect("a file of the table");
            assert!(
                file.text.get(span.range()).is_some(),
                "{}: {span:?} of {}",
                finding.code,
                file.text.len()
            );
        }
    }
    for (_, format) in Format::ALL {
        output::render(&loaded.findings, &loaded.files, format, true);
    }
}

/// A text file of the example by its path from the workspace.
fn text_file() -> impl Strategy<Value = String> {
    let mut files = Vec::new();
    let mut folders = vec![example()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path
                .extension()
                .is_some_and(|ending| ending == "toml" || ending == "md")
            {
                let name = path.strip_prefix(example()).expect("inside");
                files.push(name.to_string_lossy().into_owned());
            }
        }
    }
    files.sort();
    prop::sample::select(files)
}

/// Pieces of the formats that are likely to go wrong together.
fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => prop::sample::select(vec![
            "+++\n", "[[item]]\n", "[meeting]\n", "[[item.item]]\n", "[[appendix]]\n", "= ", "\"\"\"", "\"", "'",
            "| a | b |\n|---|---|\n", "| x |\n", "> ", "- ", "1. ", "7) ", "# ", "## 3.1 ", "{-} ", "**", "*", "_",
            "[^a]", "[^a]: ", "![x](y.png)", "[x](item:4)", "<!-- pack: allow x: y -->", "<!--", "<b>", "\n\n",
            "Resolved:\n\n", "1/19 ", "2026-02-30", "25:99", "{ name = 1 }", "access = ", "\\", "£", "\u{2028}", "\0",
            "| \u{301}", "&amp;", "\u{feff}", "\r",
        ]).prop_map(ToOwned::to_owned),
        1 => "\\PC{0,12}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 150,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn text_files_with_pieces_put_in(
        name in text_file(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), 0_usize..40, piece()), 1..8),
    ) {
        let mut text = fs::read_to_string(example().join(&name)).expect("text");
        for (at, gone, piece) in changes {
            let mut start = at.index(text.len() + 1);
            while !text.is_char_boundary(start) {
                start -= 1;
            }
            let mut end = (start + gone).min(text.len());
            while !text.is_char_boundary(end) {
                end += 1;
            }
            text.replace_range(start..end, &piece);
        }
        with_changed(&name, text.as_bytes());
    }

    #[test]
    fn text_files_of_pieces_alone(
        name in text_file(),
        pieces in prop::collection::vec(piece(), 0..40),
    ) {
        with_changed(&name, pieces.concat().as_bytes());
    }

    #[test]
    fn text_files_of_any_bytes(
        name in text_file(),
        bytes in prop::collection::vec(any::<u8>(), 0..200),
    ) {
        with_changed(&name, &bytes);
    }

    #[test]
    fn attachments_of_any_bytes(
        ending in prop::sample::select(vec!["pdf", "png", "jpg", "svg", "csv", "md", "x"]),
        start in prop::sample::select(vec![
            &b""[..], b"%PDF-1.7\n", b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR", b"\xFF\xD8\xFF\xE0",
            b"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"", b"a,\"b\"\n", b"+++\n",
        ]),
        bytes in prop::collection::vec(any::<u8>(), 0..200),
    ) {
        let folder = tempfile::tempdir().expect("a temporary folder");
        copy(&example(), folder.path());
        let (_, packs) = load::select(folder.path()).expect("a pack");
        let pack = folder.path().join(&packs[0].0);
        fs::write(pack.join(format!("odd.{ending}")), [start, &bytes].concat()).expect("a file");
        let mut text = fs::read_to_string(pack.join("pack.toml")).expect("text");
        text.push_str(&format!(
            "\n[[item]]\ntitle = \"Odd\"\nkind = \"verbal\"\n[[item.appendix]]\ntitle = \"Odd\"\nfile = \"odd.{ending}\"\npages = \"1-2\"\n"
        ));
        fs::write(pack.join("pack.toml"), text).expect("a file");
        check(folder.path());
    }
}
