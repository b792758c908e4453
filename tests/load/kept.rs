//! PDFs that were read before: what is kept of them changes nothing, and nothing is kept that not
//! everybody may see.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Mutex;

use pack::kept::Kept;
use pack::load::{self, Loaded, PdfContent};

use crate::load::workspace::{PACK, workspace};

/// What is kept, and how many entries were taken from it.
#[derive(Default)]
struct Shelf {
    entries: Mutex<BTreeMap<String, Vec<u8>>>,
    taken: Mutex<usize>,
}

impl Kept for Shelf {
    fn get(&self, key: &str) -> Option<Vec<u8>> {
        let entry = self.entries.lock().expect("a shelf").get(key).cloned();
        *self.taken.lock().expect("a count") += usize::from(entry.is_some());
        entry
    }

    fn put(&self, key: &str, entry: &[u8]) {
        let mut entries = self.entries.lock().expect("a shelf");
        entries.insert(key.to_owned(), entry.to_vec());
    }
}

impl Shelf {
    fn entries(&self) -> usize {
        self.entries.lock().expect("a shelf").len()
    }

    fn taken(&self) -> usize {
        std::mem::take(&mut *self.taken.lock().expect("a count"))
    }
}

/// A PDF of the sample workspace: a tagged report, a tagged form, a scan.
fn sample(name: &str) -> Vec<u8> {
    let packs = Path::new(env!("CARGO_MANIFEST_DIR")).join("packs/packs");
    fs::read(packs.join("2026-09-14-children-communities").join(name)).expect("a sample")
}

fn read(folder: &Path, content: PdfContent, kept: Option<&Shelf>) -> Loaded {
    let (root, packs) = load::select(folder).expect("a pack");
    load::load_with(
        &root,
        &packs[0],
        content,
        kept.map(|shelf| shelf as &dyn Kept),
    )
}

fn same(one: &Loaded, other: &Loaded) {
    assert_eq!(one.findings, other.findings);
    assert_eq!(one.sources, other.sources);
    assert_eq!(one.attachments, other.attachments);
    assert!(one.meeting.is_some());
    assert_eq!(one.meeting, other.meeting);
}

const APPENDICES: &str = "
[[item.appendix]]
title = \"Forecasts\"
file = \"forecasts.pdf\"

[[item.appendix]]
title = \"What ran, first page\"
file = \"what-ran.pdf\"
pages = \"1\"

[[item.appendix]]
title = \"Visit sheets\"
file = \"visit-sheets.pdf\"
";

/// A workspace with the sample's PDFs as appendices; something stands before and after each.
fn with_appendices(before: &str, after: &str) -> tempfile::TempDir {
    let appendices = APPENDICES.replace("\n\n", &format!("\n{after}\n\n"));
    let pack = format!("{before}{PACK}{appendices}{after}\n");
    workspace(&[
        ("packs/march/pack.toml", pack.as_bytes()),
        (
            "packs/march/forecasts.pdf",
            &sample("05-school-places/forecasts.pdf"),
        ),
        (
            "packs/march/what-ran.pdf",
            &sample("06-summer-programme/what-ran.pdf"),
        ),
        (
            "packs/march/visit-sheets.pdf",
            &sample("06-summer-programme/visit-sheets.pdf"),
        ),
    ])
}

#[test]
fn what_is_kept_is_what_is_read_wherever_the_pack_names_it() {
    let shelf = Shelf::default();
    for before in ["", "# A line more, so that every place moves.\n\n"] {
        let folder = with_appendices(before, "");
        let plain = read(folder.path(), PdfContent::ALL, None);
        let prose = plain
            .meeting
            .as_ref()
            .expect("a meeting")
            .items()
            .any(|item| {
                item.all_appendices().any(|appendix| {
                matches!(&appendix.content, pack::model::Content::Pdf(pdf) if pdf.reflow.is_some())
            })
            });
        assert!(prose, "no file has prose with places in it");
        same(&read(folder.path(), PdfContent::ALL, Some(&shelf)), &plain);
        let expected = if before.is_empty() { 0 } else { 3 };
        assert_eq!(shelf.taken(), expected);
        same(&read(folder.path(), PdfContent::ALL, Some(&shelf)), &plain);
        assert_eq!(shelf.taken(), 3);
    }
    assert_eq!(shelf.entries(), 3);
}

#[test]
fn less_is_taken_of_what_was_read_whole_and_more_is_read_anew() {
    let folder = with_appendices("", "");
    let looked_at = PdfContent {
        reflow: false,
        ..PdfContent::ALL
    };
    let plain = read(folder.path(), looked_at, None);
    let whole = read(folder.path(), PdfContent::ALL, None);
    let shelf = Shelf::default();
    for (content, expected) in [
        (looked_at, &plain),
        (PdfContent::ALL, &whole),
        (looked_at, &plain),
        (PdfContent::ALL, &whole),
    ] {
        same(&read(folder.path(), content, Some(&shelf)), expected);
        assert_eq!(shelf.entries(), 3);
    }
}

#[test]
fn another_file_or_other_pages_are_read_anew() {
    let folder = with_appendices("", "");
    let shelf = Shelf::default();
    read(folder.path(), PdfContent::ALL, Some(&shelf));
    let march = folder.path().join("packs/march");
    fs::copy(march.join("what-ran.pdf"), march.join("forecasts.pdf")).expect("another file");
    let pack = fs::read_to_string(march.join("pack.toml")).expect("a pack");
    let pack = pack.replace("pages = \"1\"", "pages = \"2\"");
    fs::write(march.join("pack.toml"), pack).expect("a pack");
    let changed = read(folder.path(), PdfContent::ALL, Some(&shelf));
    assert_eq!(shelf.taken(), 1, "the scan alone");
    same(&changed, &read(folder.path(), PdfContent::ALL, None));
}

#[test]
fn nothing_is_kept_that_not_everybody_may_see() {
    let exempt = "access = \"exempt\"\nexempt-paragraphs = [3]\npublic-interest = \"It would weaken the sale.\"";
    let folder = with_appendices("", exempt);
    let shelf = Shelf::default();
    let loaded = read(folder.path(), PdfContent::ALL, Some(&shelf));
    assert_eq!(shelf.entries(), 0);
    same(&loaded, &read(folder.path(), PdfContent::ALL, None));

    // Nor where another place says that everybody may.
    let pack = format!("{PACK}{APPENDICES}{APPENDICES}{exempt}\n");
    let march = folder.path().join("packs/march");
    fs::write(march.join("pack.toml"), pack).expect("a pack");
    read(folder.path(), PdfContent::ALL, Some(&shelf));
    assert_eq!(shelf.entries(), 2, "all but the visit sheets");
}

#[test]
fn an_entry_that_is_none_is_read_anew() {
    let folder = with_appendices("", "");
    let shelf = Shelf::default();
    let plain = read(folder.path(), PdfContent::ALL, Some(&shelf));
    for entry in shelf.entries.lock().expect("a shelf").values_mut() {
        entry.truncate(entry.len() / 2);
    }
    same(&read(folder.path(), PdfContent::ALL, Some(&shelf)), &plain);
}

#[test]
fn whoever_needs_no_bytes_gets_none_of_a_file_that_was_read_before() {
    let folder = with_appendices("", "");
    let shelf = Shelf::default();
    let names = |loaded: &Loaded| loaded.attachments.iter().count();
    let plain = read(folder.path(), PdfContent::ALL, None);
    for expected in [names(&plain), 0] {
        let mut checked = read(folder.path(), PdfContent::CHECKED, Some(&shelf));
        assert_eq!(names(&checked), expected);
        checked.attachments = plain.attachments.clone();
        same(&checked, &plain);
    }
    let mut facts = read(folder.path(), PdfContent::FACTS, Some(&shelf));
    assert_eq!(names(&facts), 0);
    facts.attachments = plain.attachments.clone();
    same(&facts, &read(folder.path(), PdfContent::NONE, None));
}
