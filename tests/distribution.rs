//! What the distribution list asks for is made once each, and the list names each recipient's file.

use std::path::Path;
use std::process::Command;

use crate::common::{pack, said, tool};

#[test]
fn everything_on_the_list_is_made_and_named() {
    let out = tempfile::tempdir().expect("a folder");
    let output = Command::new(env!("CARGO_BIN_EXE_pack"))
        .args(["build", "--for-distribution", "--quiet", "--out"])
        .arg(out.path())
        .arg("packs/packs/2026-10-14-cabinet")
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("the program runs");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let mut named = 0;
    for audience in ["public", "members"] {
        let folder = out.path().join(audience);
        let list = std::fs::read(folder.join("distribution.csv")).expect("a list");
        let mut rows = csv::Reader::from_reader(list.as_slice());
        let head = rows.headers().expect("a head").clone();
        let column = |name: &str| head.iter().position(|it| it == name).expect("the column");
        let (edition, file) = (column("edition"), column("file"));
        for row in rows.records() {
            let row = row.expect("a row");
            if row[edition] == *audience {
                assert!(
                    Path::new(&folder).join(&row[file]).is_file() && !row[file].is_empty(),
                    "{row:?} has no file"
                );
                named += 1;
            }
        }
    }
    assert!(named > 1, "{named} copies");
}

/// Pages of a PDF on which a program that draws them shows a colour, as a share of all.
fn colours(pdf: &Path, folder: &Path) -> Option<(usize, usize)> {
    let to = folder.join("page");
    let (file, to) = (pdf.to_string_lossy(), to.to_string_lossy());
    tool("pdftoppm", &["-r", "40", &file, &to])?;
    let (mut pages, mut coloured) = (0, 0);
    for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
        if entry.path().extension().is_none_or(|kind| kind != "ppm") {
            continue;
        }
        let picture = std::fs::read(entry.path()).expect("a picture");
        std::fs::remove_file(entry.path()).expect("the picture can go");
        // Three numbers of its head and the word before them are lines of their own.
        let lines = picture
            .iter()
            .enumerate()
            .filter(|(_, byte)| **byte == b'\n');
        let (head, _) = lines.take(3).last().expect("a head");
        let mut pixels = picture[head + 1..].chunks_exact(3);
        let is_coloured = pixels.any(|pixel| {
            let (low, high) = (pixel.iter().min(), pixel.iter().max());
            low.zip(high).is_some_and(|(low, high)| high - low > 12)
        });
        pages += 1;
        coloured += usize::from(is_coloured);
    }
    Some((pages, coloured))
}

#[test]
fn the_print_order_counts_what_is_on_the_pages() {
    let folder = tempfile::tempdir().expect("a folder");
    let here = folder.path();
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("packs");
    crate::held_back::copy(&samples, here);
    let name = "2026-10-14-cabinet";
    let meeting = format!("packs/{name}");
    let order = || {
        pack(
            &[
                "distribution",
                &meeting,
                "--print-order",
                "--format",
                "json",
            ],
            here,
        )
    };
    let early = said(&order());
    assert!(early.contains("--for-distribution"), "{early}");
    let built = pack(&["build", &meeting, "--for-distribution", "--quiet"], here);
    assert!(built.status.success(), "{}", said(&built));
    let order = order();
    assert!(order.status.success(), "{}", said(&order));
    let told: serde_json::Value = serde_json::from_slice(&order.stdout).expect("JSON");
    let files = told["files"].as_array().expect("files");
    assert_eq!(files.len(), 2, "{told}");
    let mut sheets = 0;
    for file in files {
        let folder = match file["edition"].as_str() {
            Some("public") => here.join("out").join(name).join("public"),
            _ => here.join("out-members").join(name).join("members"),
        };
        let pdf = folder.join(file["file"].as_str().expect("a name"));
        let scratch = tempfile::tempdir().expect("a folder");
        let Some((pages, coloured)) = colours(&pdf, scratch.path()) else {
            return;
        };
        let each = &file["each"];
        assert_eq!(each["pages"], pages, "{file}");
        assert_eq!(each["colour-pages"], coloured, "{file}");
        assert_eq!(each["sheets-one-sided"], pages, "{file}");
        assert_eq!(each["sheets-two-sided"], pages.div_ceil(2), "{file}");
        assert!(coloured < pages, "some are black: {file}");
        sheets += pages * usize::try_from(file["copies"].as_u64().expect("copies")).expect("few");
    }
    assert_eq!(told["in-all"]["sheets-one-sided"], sheets, "{told}");
    // What was built before a paper changed is not printed.
    let report = here.join(&meeting).join("03-minutes.md");
    let text = std::fs::read_to_string(&report).expect("the minutes");
    std::fs::write(&report, text + "\nMore.\n").expect("a file");
    let late = said(&pack(&["distribution", &meeting, "--print-order"], here));
    assert!(late.contains("was changed after it was built"), "{late}");
}
