//! Odd PDFs as attachments: none brings reading down or holds it up, and every file that another
//! tool merges with the right page count is read with that count, or nearly every one.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use bytes::Bytes;
use lopdf::Object;
use pack::finding::Severity;
use pack::load;
use pack::model::Content;
use pack::pdf::opening;
use rayon::prelude::*;

use crate::common::{pdfs, shared};

const PACK: &str = "\
committee = \"board\"

[meeting]
date = 2026-03-18

[[item]]
title = \"Odd\"
kind = \"verbal\"
[[item.appendix]]
title = \"Odd\"
file = \"odd.pdf\"
";

/// How many pages loading finds in a file, how long it took, and what was said of it.
fn read(file: &Path) -> (usize, Duration, Option<String>) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let put = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("folders");
        fs::write(path, bytes).expect("a file");
    };
    put(
        "council.toml",
        b"[council]\nname = \"Fernleigh Council\"\njurisdiction = \"england\"\n",
    );
    put(
        "committees/board.toml",
        b"name = \"Board\"\nkind = \"board\"\n",
    );
    put("packs/march/pack.toml", PACK.as_bytes());
    put("packs/march/odd.pdf", &fs::read(file).expect("a file"));
    let begun = Instant::now();
    let (root, packs) = load::select(folder.path()).expect("a pack");
    let loaded = load::load(&root, &packs[0]);
    let took = begun.elapsed();
    let meeting = loaded.meeting.expect("a meeting");
    let pages = match &meeting.agenda.items[0].appendices[0].content {
        Content::Pdf(pdf) => pdf.facts.pages.len(),
        _ => 0,
    };
    let said = loaded
        .findings
        .iter()
        .find(|finding| finding.severity == Severity::Error)
        .map(|finding| finding.message.clone());
    assert_eq!(pages == 0, said.is_some(), "{}", file.display());
    (pages, took, said)
}

#[test]
fn odd_attachments_are_read_or_refused() {
    let Some(shared) = shared() else { return };
    let corpus = shared.join("corpus");
    let reference = fs::read_to_string(corpus.join("reference.tsv")).expect("the reference");
    let rows: Vec<Vec<&str>> = reference
        .lines()
        .skip(1)
        .map(|row| row.split('\t').collect())
        .collect();
    let results: Vec<(usize, Duration, Option<String>)> = rows
        .par_iter()
        .map(|row| read(&corpus.join(row[0])))
        .collect();
    let (mut merged, mut agreed) = (0, 0);
    for (row, (pages, took, said)) in rows.iter().zip(&results) {
        // Alone it is two seconds at most, pages drawn for what is hidden on them included.
        assert!(*took < Duration::from_secs(120), "{}: {took:?}", row[0]);
        // Page counts are known of the files that one of the three tools merges.
        if row[6..9].contains(&"1") {
            merged += 1;
            if row[2] == pages.to_string() {
                agreed += 1;
            } else {
                println!("{}: {} pages, read {pages} {said:?}", row[0], row[2]);
            }
        }
    }
    println!("{agreed} of {merged} files that another tool merges are read with their page count");
    // The best of the three tools alone merges 1,694.
    assert!(agreed >= 1_694, "{agreed} of {merged}");
}

#[test]
fn a_file_whose_pictures_stay_in_it_is_read_as_any_other() {
    let Some(shared) = shared() else { return };
    let files = pdfs(&shared);
    assert!(files.len() > 100, "{}", files.len());
    files.par_iter().for_each(|file| {
        let bytes = Bytes::from(fs::read(file).expect("a file"));
        let whole = opening::open(&bytes).map(|opened| opened.doc.objects);
        let light = opening::open_light(&bytes).map(|opened| opened.doc.objects);
        let (Ok(whole), Ok(mut light)) = (whole.as_ref(), light.as_ref().cloned()) else {
            assert_eq!(whole.err(), light.err(), "{}", file.display());
            return;
        };
        for (id, object) in whole {
            if let (Object::Stream(whole), Some(Object::Stream(light))) =
                (object, light.get_mut(id))
                && light.content.is_empty()
            {
                light.content.clone_from(&whole.content);
            }
        }
        assert!(*whole == light, "{}", file.display());
    });
}
