//! What a clerk gives to be read in place of a paper that cannot be set again.

use std::path::Path;

use lopdf::{Document, Object, Stream, dictionary};
use pack::finding::Finding;

use crate::check::workspace::{self, Edit};
use crate::common::{pack, said, tool};

/// The item's paper as a PDF and its alternative, with further lines.
macro_rules! item {
    ($more:literal) => {
        concat!(
            "source = \"programme.pdf\"\nalternative = \"read.md\"\n",
            $more
        )
    };
}

const REPORT: &str = "source = \"rents.md\"";
const NO_REPORT: Edit = ("rents", workspace::RENTS, "");
const WORDS: &str = "Rents rise by three per cent, as **the table** says.";

/// The files of the finished pack, after its public edition was built with some options.
fn built(edits: &[Edit], options: &[&str]) -> tempfile::TempDir {
    let folder = workspace::write(edits);
    let read = folder.path().join("packs/march/read.md");
    std::fs::write(read, WORDS).expect("a file");
    let mut arguments = vec!["build", "--allow-errors", "--out", "out"];
    arguments.extend(options);
    let output = pack(&arguments, folder.path());
    assert!(folder.path().join("out").is_dir(), "{}", said(&output));
    folder
}

/// The first file with this ending in a folder or below it.
fn file(folder: &Path, ending: &str) -> Option<String> {
    let mut entries: Vec<_> = std::fs::read_dir(folder).ok()?.flatten().collect();
    entries.sort_by_key(std::fs::DirEntry::path);
    entries.iter().find_map(|entry| {
        let path = entry.path();
        if path.is_dir() {
            return file(&path, ending);
        }
        let name = path.to_string_lossy().into_owned();
        name.ends_with(ending).then_some(name)
    })
}

fn page(folder: &Path) -> String {
    let page = file(&folder.join("out"), ".html").expect("a web page");
    std::fs::read_to_string(page).expect("a web page")
}

#[test]
fn the_alternative_of_a_paper_is_read_in_large_print_and_on_the_web_page() {
    let folder = built(
        &[NO_REPORT, ("pack", REPORT, item!(""))],
        &["--large-print"],
    );
    let page = page(folder.path());
    assert!(page.contains("In place of the document"), "{page}");
    assert!(page.contains("Rents rise by three per cent"), "{page}");
    let pdf = file(&folder.path().join("out"), ".pdf").expect("a PDF");
    let Some(read) = tool("pdftotext", &["-raw", &pdf, "-"]) else {
        return;
    };
    let read: Vec<&str> = read.split_whitespace().collect();
    assert!(read.join(" ").contains("Rents rise by three per cent"));
}

/// A PDF of two pages, each with a line of text.
fn two_pages(lines: [&str; 2]) -> Vec<u8> {
    let mut doc = Document::with_version("1.7");
    let tree = doc.new_object_id();
    let font = doc.add_object(dictionary! {
        "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica",
    });
    let pages = lines.map(|line| {
        let drawn = format!("BT /F1 12 Tf 72 720 Td ({line}) Tj ET");
        let content = doc.add_object(Stream::new(dictionary! {}, drawn.into_bytes()));
        let page = doc.add_object(dictionary! {
            "Type" => "Page", "Parent" => tree, "Contents" => content,
            "MediaBox" => vec![0.into(), 0.into(), 595.into(), 842.into()],
            "Resources" => dictionary! { "Font" => dictionary! { "F1" => font } },
        });
        Object::Reference(page)
    });
    let kids = dictionary! { "Type" => "Pages", "Kids" => pages.to_vec(), "Count" => 2 };
    doc.set_object(tree, kids);
    let root = doc.add_object(dictionary! { "Type" => "Catalog", "Pages" => tree });
    doc.trailer.set("Root", root);
    let mut bytes = Vec::new();
    doc.save_to(&mut bytes).expect("a PDF");
    bytes
}

/// What the web page has in place of a PDF of two pages, the rents' paper.
fn read_instead(words: &str) -> String {
    let folder = workspace::write(&[NO_REPORT, ("pack", REPORT, item!(""))]);
    let march = folder.path().join("packs/march");
    let pdf = two_pages([
        "Rents rise by three per cent in April.",
        "Garages cost ten pounds a week from then on.",
    ]);
    std::fs::write(march.join("programme.pdf"), pdf).expect("a file");
    std::fs::write(march.join("read.md"), words).expect("a file");
    let output = pack(&["build", "--allow-errors", "--out", "out"], folder.path());
    assert!(folder.path().join("out").is_dir(), "{}", said(&output));
    let page = page(folder.path());
    let (_, read) = page.split_once("In place of the document").expect("it");
    read.to_owned()
}

#[test]
fn each_page_begins_at_its_words_where_the_alternative_has_them() {
    let page = read_instead(
        "Rents rise by three per cent in **April**.\n\n\
         Garages cost ten pounds a week from then on.\n",
    );
    let (_, after) = page.split_once("Rents rise by three").expect("page one");
    let (between, _) = after.split_once("Garages cost").expect("page two");
    assert!(
        between.contains("role=\"doc-pagebreak\" id=\"page-11\""),
        "{between}"
    );
    assert!(between.contains("data-page=\"Page 11 of 11\""), "{between}");
}

#[test]
fn a_description_stands_for_all_pages_at_once() {
    let page = read_instead("A letter to tenants with a picture of the new garages.\n");
    let (before, _) = page.split_once("A letter to tenants").expect("the text");
    assert!(
        before.contains("role=\"doc-pagebreak\" id=\"page-11\""),
        "{before}"
    );
    let view = before.rsplit("data-page=\"").next().unwrap_or_default();
    assert!(view.starts_with("Pages 10 to 11\""), "{view}");
}

#[test]
fn the_alternative_of_a_withheld_paper_is_withheld() {
    let exempt = item!(
        "access = \"exempt\"\nexempt-paragraphs = [3]\npublic-interest = \"It is being sold.\""
    );
    let folder = built(&[NO_REPORT, ("pack", REPORT, exempt)], &[]);
    let page = page(folder.path());
    assert!(!page.contains("Rents rise"), "{page}");
    assert!(!page.contains("read.md"), "{page}");
}

#[test]
fn an_alternative_that_nobody_would_read_is_told() {
    let told = |lines: &str| {
        let loaded = workspace::read(&[("pack", REPORT, lines)]);
        let is_it = |finding: &&Finding| finding.code.0 == "keys-at-odds";
        loaded.findings.iter().filter(is_it).count()
    };
    assert_eq!(told("alternative = \"rents.md\""), 1, "no paper");
    assert_eq!(
        told("source = \"rents.md\"\nalternative = \"repairs.md\""),
        1,
        "a paper that is set as it is"
    );
    assert_eq!(
        told("sources = [\"programme.pdf\", \"rents.md\"]\nalternative = \"repairs.md\""),
        1,
        "two papers"
    );
}
