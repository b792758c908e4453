//! A pack has no most items, photographs or papers: whatever shares out the work, nothing of it
//! piles up. The full numbers take a while; `PACK_TEST_MANY=400` asks for them.

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

use image::{DynamicImage, ImageFormat, RgbImage};
use lopdf::{Document, Object, Stream, dictionary};

use crate::common::pdf::Fixture;
use crate::common::word::WordFile;

/// As many as are asked for, if any number is.
fn asked() -> Option<usize> {
    let asked = std::env::var("PACK_TEST_MANY").ok()?;
    Some(asked.parse().expect("a number"))
}

/// How many papers of each kind: more than were too many once, or as many as asked for.
fn many() -> usize {
    asked().unwrap_or(150)
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
    folder
}

/// A photograph of so many pixels, as a JPEG file.
fn photograph(width: u32, height: u32) -> Vec<u8> {
    let colour = |x: u32, y: u32| image::Rgb([(x / 9) as u8, (y / 7) as u8, (x ^ y) as u8]);
    let mut picture = std::io::Cursor::new(Vec::new());
    DynamicImage::from(RgbImage::from_fn(width, height, colour))
        .write_to(&mut picture, ImageFormat::Jpeg)
        .expect("a picture");
    picture.into_inner()
}

/// One item with so many papers, of which `file` says the name and the content.
fn papers(count: usize, file: impl Fn(usize) -> (String, Vec<u8>)) -> tempfile::TempDir {
    let mut agenda =
        "[[item]]\ntitle = \"Business\"\nkind = \"report\"\nsource = \"report.md\"\n".to_owned();
    let files: Vec<(String, Vec<u8>)> = (0..count).map(file).collect();
    for (number, (name, _)) in files.iter().enumerate() {
        let _ = write!(
            agenda,
            "[[item.appendix]]\ntitle = \"Paper {number}\"\nfile = \"{name}\"\n"
        );
        if name.ends_with("jpg") {
            agenda.push_str("alt = \"The hall from the north.\"\n");
        }
    }
    let folder = workspace(&agenda);
    for (name, content) in files {
        std::fs::write(folder.path().join("packs/m").join(name), content).expect("a file");
    }
    folder
}

/// Builds a workspace's pack; where the full numbers are asked for, in both prints and forms, on one, two
/// and sixteen threads.
fn builds(folder: &tempfile::TempDir) {
    let all = asked().is_some();
    let threads: &[&str] = if all { &["1", "2", "16"] } else { &["2"] };
    let prints: &[&str] = if all {
        &["standard", "large"]
    } else {
        &["standard"]
    };
    for threads in threads {
        for print in prints {
            let started = std::time::Instant::now();
            let done = Command::new(env!("CARGO_BIN_EXE_pack"))
                .args(["build", "--allow-errors", "--no-cache", "--format"])
                .arg(if all { "pdf,html" } else { "pdf" })
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
            if all {
                let seconds = started.elapsed().as_secs();
                println!("{print} on {threads} threads: {seconds} s");
            }
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
    builds(&workspace(&agenda));
}

#[test]
fn an_item_has_any_number_of_photographs() {
    // As a telephone takes them, or small ones.
    let (width, height) = asked().map_or((600, 400), |_| (4_000, 3_000));
    let photograph = photograph(width, height);
    builds(&papers(many(), |number| {
        // Each is another file, and shows the same.
        let own = [photograph.as_slice(), number.to_string().as_bytes()].concat();
        (format!("photo-{number}.jpg"), own)
    }));
}

#[test]
fn an_item_has_any_number_of_pdfs() {
    let pdf = Fixture::default().pdf();
    builds(&papers(asked().map_or(100, |many| many * 5), |number| {
        let own = [pdf.as_slice(), format!("% {number}\n").as_bytes()].concat();
        (format!("paper-{number}.pdf"), own)
    }));
}

#[test]
fn an_item_has_any_number_of_appendices_in_markdown() {
    builds(&papers(many(), |number| {
        let text = format!("# Terms {number}\n\nThe hall is let for {number} hours.\n");
        (format!("terms-{number}.md"), text.into_bytes())
    }));
}

#[test]
fn an_item_has_any_number_of_word_files_and_tables() {
    let words = "<w:p><w:r><w:t>The hall is let.</w:t></w:r></w:p>";
    builds(&papers(asked().map_or(60, |_| 120), |number| {
        if number % 2 == 0 {
            (
                format!("letter-{number}.docx"),
                WordFile::new(words).bytes(),
            )
        } else {
            let table = format!("Room,Hours\nHall,{number}\n");
            (format!("hours-{number}.csv"), table.into_bytes())
        }
    }));
}

#[test]
fn a_page_has_any_number_of_fields() {
    let mut doc = Document::with_version("1.7");
    let font = doc.add_object(
        dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica" },
    );
    let fields: Vec<Object> = (0..20_000)
        .map(|number| {
            let (across, up) = (20 + number % 180 * 3, 100 + number / 180 * 6);
            doc.add_object(dictionary! {
                "Type" => "Annot", "Subtype" => "Widget", "FT" => "Tx", "F" => 4,
                "T" => Object::string_literal(format!("field {number}")),
                "V" => Object::string_literal((number % 10).to_string()),
                "DA" => Object::string_literal("/F 4 Tf 0 g"),
                "Rect" => vec![across.into(), up.into(), (across + 3).into(), (up + 6).into()],
            })
            .into()
        })
        .collect();
    let content = Stream::new(
        dictionary! {},
        b"BT /F 9 Tf 20 800 Td (Counts) Tj ET".to_vec(),
    );
    let content = doc.add_object(content);
    let pages = doc.new_object_id();
    let page = doc.add_object(dictionary! {
        "Type" => "Page", "Parent" => pages, "Contents" => content, "Annots" => fields.clone(),
        "MediaBox" => vec![0.into(), 0.into(), 595.into(), 842.into()],
        "Resources" => dictionary! { "Font" => dictionary! { "F" => font } },
    });
    let kids: Vec<Object> = vec![page.into()];
    let tree = dictionary! { "Type" => "Pages", "Count" => 1, "Kids" => kids };
    doc.objects.insert(pages, tree.into());
    let form = dictionary! {
        "Fields" => fields,
        "DR" => dictionary! { "Font" => dictionary! { "F" => font } },
    };
    let catalog =
        doc.add_object(dictionary! { "Type" => "Catalog", "Pages" => pages, "AcroForm" => form });
    doc.trailer.set("Root", catalog);
    let mut pdf = Vec::new();
    doc.save_to(&mut pdf).expect("a file");
    builds(&papers(1, |_| ("form.pdf".to_owned(), pdf.clone())));
}
