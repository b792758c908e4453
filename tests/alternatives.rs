//! What a clerk gives to be read in place of a paper that cannot be set again.

use std::path::Path;

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
