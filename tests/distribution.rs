//! What the distribution list asks for is made once each, and the list names each recipient's file.

use std::path::Path;
use std::process::Command;

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
