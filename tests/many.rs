//! A pack has no most items, photographs or papers: whatever shares out the work, nothing of it
//! piles up. The full numbers take a while; `PACK_TEST_MANY` asks for them.

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

use image::{DynamicImage, ImageFormat};

/// How many papers of each kind: more than were too many once, or as many as asked for.
fn many() -> usize {
    let asked = std::env::var("PACK_TEST_MANY").ok();
    asked.map_or(150, |many| many.parse().expect("a number"))
}

fn write(path: &Path, text: &str) {
    std::fs::create_dir_all(path.parent().expect("a folder")).expect("folders");
    std::fs::write(path, text).expect("a file");
}

/// A workspace of one pack, its agenda after the head as given.
fn workspace(agenda: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |path: &str| folder.path().join(path);
    write(
        &at("council.toml"),
        "[council]\nname = \"Anytown Council\"\njurisdiction = \"england\"\ntier = \"principal\"\nlanguages = [\"en-GB\"]\naddress = [\"The Town Hall\"]\nproper-officer = { name = \"A Officer\", post = \"Chief\" }\n",
    );
    write(
        &at("committees/board.toml"),
        "name = \"Board\"\nkind = \"board\"\n[clerk]\nname = \"A Clerk\"\nphone = \"01632 960000\"\n[[member]]\nname = \"Ann Chair\"\nstyle = \"Councillor\"\nrole = \"chair\"\n",
    );
    let head = "committee = \"board\"\n[meeting]\ndate = 2027-01-18\ntime = 10:00:00\n\
                place = \"The Town Hall\"\n";
    write(&at("packs/m/pack.toml"), &format!("{head}{agenda}"));
    write(
        &at("packs/m/report.md"),
        "+++\nsubject = \"Business\"\n+++\n\n# Purpose\n\nTo tell the Board.\n",
    );
    let mut picture = std::io::Cursor::new(Vec::new());
    DynamicImage::new_rgb8(600, 400)
        .write_to(&mut picture, ImageFormat::Jpeg)
        .expect("a picture");
    std::fs::write(at("packs/m/photo.jpg"), picture.into_inner()).expect("a file");
    folder
}

/// Builds a workspace's pack; where the full numbers are asked for, in both prints, on one, two and
/// sixteen threads.
fn builds(agenda: &str) {
    let folder = workspace(agenda);
    let all = std::env::var_os("PACK_TEST_MANY").is_some();
    let threads: &[&str] = if all { &["1", "2", "16"] } else { &["2"] };
    let prints: &[&str] = if all {
        &["standard", "large"]
    } else {
        &["standard"]
    };
    for threads in threads {
        for print in prints {
            let done = Command::new(env!("CARGO_BIN_EXE_pack"))
                .args(["build", "--allow-errors", "--no-cache", "--format", "pdf"])
                .args(["--print", print])
                .arg(folder.path())
                .env("RAYON_NUM_THREADS", threads)
                .output()
                .expect("the program");
            let said = String::from_utf8_lossy(&done.stderr);
            assert!(
                done.status.code().is_some_and(|code| code < 2),
                "{print} on {threads} threads: {said}"
            );
        }
    }
}

#[test]
fn a_pack_has_any_number_of_items() {
    let mut agenda = String::new();
    for item in 0..many() {
        let _ = write!(
            agenda,
            "[[item]]\ntitle = \"Business {item}\"\nkind = \"report\"\nsource = \"report.md\"\n"
        );
    }
    builds(&agenda);
}

#[test]
fn an_item_has_any_number_of_photographs() {
    let mut agenda =
        "[[item]]\ntitle = \"Business\"\nkind = \"report\"\nsource = \"report.md\"\n".to_owned();
    for photograph in 0..many() {
        let _ = write!(
            agenda,
            "[[item.appendix]]\ntitle = \"Photograph {photograph}\"\nfile = \"photo.jpg\"\n\
             alt = \"The hall from the north.\"\n"
        );
    }
    builds(&agenda);
}
