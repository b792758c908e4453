//! What a crop hides of other people's pages: it is told, stays out of every public byte, and
//! stops nothing.

use crate::common::sheet::Sheet;
use crate::common::{pack, said};
use crate::privacy::{Workspace, assert_folder_clean, files, read_pdf};
use lopdf::{Object, dictionary};
use pack::model::{PageSelection, SuspectKind};

const SOURCES: &str = r#"committee = "board"
[meeting]
date = 2027-01-18
time = 10:00:00
place = "Committee Room 1"
published = 2027-01-08
[[item]]
title = "Posters"
kind = "report"
source = "poster.pdf"
"#;

/// A poster with printers' notes about it: in words, also where a clip cuts them away as well, in a
/// form, in what stands for the words; and a line that runs off its edge.
fn poster(word: &mut dyn FnMut() -> String) -> Vec<u8> {
    let mut line = |y: i32| format!("BT /F1 12 Tf 60 {y} Td ({} note) Tj ET ", word());
    let above = line(815);
    let below = line(20);
    let inner = line(830);
    let outer = line(900);
    let clipped = format!("q 50 50 450 750 re W n {}Q ", line(825));
    let spoken = format!(
        "/Span <</ActualText ({} spoken)>> BDC BT /F1 12 Tf 60 30 Td (x) Tj ET EMC ",
        word()
    );
    let content = format!(
        "{above}{below}{outer}{clipped}{spoken}/Inner Do \
         q 20 0 0 20 10 10 cm /Pic Do Q 20 5 100 10 re f \
         BT /F1 24 Tf 60 700 Td (seenopenly) Tj ET \
         BT /F1 24 Tf 470 650 Td (overtheedge) Tj ET"
    );
    Sheet::new(&content)
        .form(
            "Inner",
            &format!("{inner} BT /F1 12 Tf 60 600 Td (seeninside) Tj ET"),
            &dictionary! {},
        )
        .page_entry(
            "CropBox",
            Object::Array([50, 50, 500, 800].map(Object::Integer).to_vec()),
        )
        .bytes()
}

#[test]
fn what_a_crop_hides_is_told_and_in_no_public_byte() {
    let mut workspace = Workspace::of_a_board();
    workspace.write("packs/m/pack.toml", SOURCES);
    let bytes = poster(&mut || workspace.word());
    workspace.bytes("packs/m/poster.pdf", &bytes);
    let told = said(&pack(
        &["check", "--format", "json", "packs/m"],
        workspace.folder(),
    ));
    assert!(
        told.contains("redaction-failed") && told.contains("the pack leaves it out"),
        "{told}"
    );
    let out = tempfile::tempdir().expect("a folder");
    workspace.build(out.path(), &[]);
    assert_folder_clean(out.path());
    let made = files(out.path())
        .into_iter()
        .find(|file| file.extension().is_some_and(|ending| ending == "pdf"))
        .expect("a pack");
    let text = read_pdf(&made).remove("text").unwrap_or_default();
    let text = String::from_utf8_lossy(&text);
    for seen in ["seenopenly", "seeninside"] {
        assert!(text.is_empty() || text.contains(seen), "{seen}: {text}");
    }
}

#[test]
fn only_what_is_wholly_beside_the_page_goes() {
    let bytes = poster(&mut || "planted".to_owned());
    let cut = pack::pdf::without_beside(&bytes, &[1].into()).expect("a copy");
    let doc = pack::pdf::open(&cut).expect("a PDF");
    let marks = |bytes: &[u8]| {
        let doc = pack::pdf::open(bytes).expect("a PDF");
        let reading = pack::pdf::read(&doc, bytes, &[], Some(&PageSelection::default()));
        format!("{:?}", reading.shown)
    };
    assert_eq!(marks(&cut), marks(&bytes));
    let left = pack::pdf::suspects(&doc, &cut, &PageSelection::default());
    let words: String = left
        .iter()
        .filter(|suspect| suspect.kind == SuspectKind::OffPage)
        .map(|suspect| suspect.text.as_str())
        .collect();
    // The edge goes through this letter.
    assert_eq!(words, "e");
    let contents: Vec<u8> = doc
        .objects
        .values()
        .filter_map(|object| object.as_stream().ok())
        .flat_map(|stream| {
            stream
                .decompressed_content()
                .unwrap_or_else(|_| stream.content.clone())
        })
        .collect();
    let contents = String::from_utf8_lossy(&contents);
    // The picture and the bar stand wholly beside the page; the line runs over its edge.
    assert!(
        !contents.contains("/Pic Do") && !contents.contains("re\nf"),
        "{contents}"
    );
}

#[test]
fn a_letter_that_is_seen_in_part_stays() {
    // The last eighth of a wide letter, and half of a thick line round a letter beyond the edge.
    let content = "BT /F1 12 Tf 700 700 Td (planted) Tj ET BT /F1 600 Tf -500 300 Td (W) Tj ET \
                   BT 1 Tr 40 w /F1 100 Tf 600 300 Td (I) Tj ET";
    let bytes = Sheet::new(content).bytes();
    let cut = pack::pdf::without_beside(&bytes, &[1].into()).expect("a copy");
    let doc = pack::pdf::open(&cut).expect("a PDF");
    let contents: Vec<u8> = doc
        .objects
        .values()
        .filter_map(|object| object.as_stream().ok())
        .filter_map(|stream| stream.get_plain_content().ok())
        .flatten()
        .collect();
    let contents = String::from_utf8_lossy(&contents);
    assert!(
        contents.contains("(W)") && contents.contains("(I)"),
        "{contents}"
    );
    assert!(!contents.contains("planted"), "{contents}");
}
