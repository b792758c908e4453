//! The heading that a pack puts on the first page of somebody else's file: where it stands, that it
//! covers nothing, and that the tags say it once.

use lopdf::{Dictionary, Document, Object};
use pack::assemble::assemble;
use pack::assemble::plan::{Opening, Section};
use pack::assemble::verify::{Expected, verify};
use pack::compose::opening;
use pack::compose::words::Words;
use pack::model::{Content, ItemKind, PaperBody};
use page_validation::{ValidationOptions, ValidationProfile, validate_pdf_bytes};

use crate::common::built::{SAMPLES, built};
use crate::common::meeting;
use crate::common::pdf::{Fixture, attachment, plan};
use crate::common::sheet::Sheet;
use crate::common::tool;

fn opened(pdf: &[u8], title: &str) -> Section {
    Section {
        opening: Some(Opening {
            label: "Item 5".to_owned(),
            title: title.to_owned(),
        }),
        ..attachment("a", pdf)
    }
}

fn made(section: Section) -> Vec<u8> {
    let plan = plan(vec![section]);
    let assembled = assemble(plan.clone()).expect("a pack");
    let expected = Expected {
        map: &plan.map,
        page_number: &plan.furniture.page_number,
        references: &[],
        outline: &[],
        elements: assembled.parts[0].elements_out,
        sources: &assembled.sources,
        password: None,
    };
    assert_eq!(verify(&assembled.pdf, &expected), []);
    assembled.pdf.to_vec()
}

/// The words of a page as another program reads them, each with its left, top, right and bottom edge
/// in points from the page's top left corner.
fn words(pdf: &[u8], page: usize) -> Option<Vec<(String, [f64; 4])>> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("made.pdf");
    std::fs::write(&path, pdf).expect("the file");
    let page = page.to_string();
    let path = path.to_str().expect("Unicode");
    let told = tool("pdftotext", &["-bbox", "-f", &page, "-l", &page, path, "-"])?;
    let edge = |line: &str, name: &str| -> f64 {
        let (_, rest) = line.split_once(&format!("{name}=\"")).expect("an edge");
        rest.split('"')
            .next()
            .and_then(|n| n.parse().ok())
            .expect("a number")
    };
    Some(
        told.lines()
            .filter(|line| line.contains("<word "))
            .map(|line| {
                let text = line.split(['<', '>']).nth(2).expect("a word");
                let edges = ["xMin", "yMin", "xMax", "yMax"].map(|name| edge(line, name));
                (text.to_owned(), edges)
            })
            .collect(),
    )
}

fn place(words: &[(String, [f64; 4])], word: &str) -> [f64; 4] {
    let found: Vec<_> = words.iter().filter(|(text, _)| text == word).collect();
    assert_eq!(found.len(), 1, "{word} in {words:?}");
    found[0].1
}

#[test]
fn a_paper_opens_with_its_item_above_all_that_it_shows() {
    for (turn, content) in [
        (0, "BT /F1 12 Tf 72 700 Td (free) Tj ET"),
        // Words, a picture and a line where the heading goes.
        (0, "BT /F1 12 Tf 72 828 Td (free) Tj ET"),
        (0, "BT /F1 12 Tf 72 815 Td (free) Tj ET 0 0 595 842 re S"),
        (90, "BT /F1 12 Tf 0 1 -1 0 20 72 Tm (free) Tj ET"),
        (270, "BT /F1 12 Tf 0 -1 1 0 580 700 Tm (free) Tj ET"),
    ] {
        let sheet = Sheet::new(content).page_entry("Rotate", Object::Integer(turn));
        let pdf = made(opened(&sheet.bytes(), "Rents"));
        let Some(words) = words(&pdf, 1) else { return };
        let heading = place(&words, "Rents");
        let own = place(&words, "free");
        assert!(heading[1] >= 10.0, "{turn}: {words:?}");
        assert!(own[1] > heading[3], "{turn}, {content}: {words:?}");
        assert!(place(&words, "Item")[0] >= 20.0);
    }
}

#[test]
fn only_the_first_page_opens_so() {
    let pdf = made(opened(&Fixture::default().pdf(), "Rents"));
    for (page, count) in [(1, 1), (2, 0), (3, 0)] {
        let Some(words) = words(&pdf, page) else {
            return;
        };
        let found = words.iter().filter(|(text, _)| text == "Rents").count();
        assert_eq!(found, count, "page {page}");
    }
}

fn headings(doc: &Document) -> Vec<&Dictionary> {
    let dicts = doc
        .objects
        .values()
        .filter_map(|object| object.as_dict().ok());
    dicts
        .filter(|dict| {
            let said = dict.get(b"ActualText").and_then(Object::as_str);
            said.is_ok_and(|said| !said.is_empty()) && dict.has(b"Pg")
        })
        .collect()
}

#[test]
fn the_tags_say_it_once_and_with_a_number_of_its_own() {
    // One file has tags; the other has none, and numbers that no tags know.
    let untagged = Sheet::new("/P <</MCID 41>> BDC BT /F1 12 Tf 72 700 Td (x) Tj ET EMC").bytes();
    for (pdf, least) in [(Fixture::default().pdf(), 1), (untagged, 42)] {
        let made = made(opened(&pdf, "Rents"));
        let doc = Document::load_mem(&made).expect("a pack");
        let headings = headings(&doc);
        let [heading] = headings.as_slice() else {
            panic!("{headings:?}");
        };
        assert_eq!(heading.get(b"S").unwrap().as_name().unwrap(), b"H1");
        let number = heading.get(b"K").unwrap().as_i64().unwrap();
        assert!(number >= least, "{number}");
        let page = doc.get_dictionary(heading.get(b"Pg").unwrap().as_reference().unwrap());
        let id = page.unwrap().get(b"Contents").unwrap().as_array().unwrap();
        let drawn: Vec<u8> = id
            .iter()
            .flat_map(|part| {
                let stream = doc.get_object(part.as_reference().unwrap()).unwrap();
                stream.as_stream().unwrap().get_plain_content().unwrap()
            })
            .collect();
        let drawn = String::from_utf8_lossy(&drawn).into_owned();
        assert_eq!(
            drawn.matches(&format!("/MCID {number}>>")).count(),
            1,
            "{drawn}"
        );
        // It is the first thing below its part.
        let part = heading.get(b"P").unwrap().as_reference().unwrap();
        let kids = doc.get_dictionary(part).unwrap().get(b"K").unwrap();
        let first = kids.as_array().unwrap()[0].as_reference().unwrap();
        assert_eq!(&doc.get_dictionary(first).unwrap(), heading);
    }
}

#[test]
fn a_title_that_cannot_be_written_or_is_too_long_does_no_harm() {
    let pdf = Sheet::new("BT /F1 12 Tf 72 830 Td (free) Tj ET").bytes();
    // No font of the program's own furniture has these letters: the number stands alone.
    let made_of = |title: &str| words(&made(opened(&pdf, title)), 1);
    let Some(foreign) = made_of("評価") else {
        return;
    };
    assert_eq!(foreign[0].0, "Item");
    assert!(foreign.iter().all(|(word, _)| word != "評価"));
    let Some(endless) = made_of(&"Rates ".repeat(400)) else {
        return;
    };
    let lines: std::collections::BTreeSet<i64> = endless
        .iter()
        .filter(|(word, _)| word.starts_with("Rates"))
        .map(|(_, edges)| edges[1].round() as i64)
        .collect();
    assert_eq!(lines.len(), 4);
    let own = place(&endless, "free");
    assert!(
        endless
            .iter()
            .filter(|(word, _)| word.starts_with("Rates"))
            .all(|(_, at)| at[3] < own[1])
    );
    let Some(unbroken) = made_of(&"x".repeat(150)) else {
        return;
    };
    assert!(
        unbroken.iter().all(|(_, edges)| edges[2] < 595.0),
        "{unbroken:?}"
    );
}

#[test]
fn a_paper_is_called_what_the_agenda_calls_it() {
    let item = meeting::item("5.", "Rents", ItemKind::Report);
    let of = |words: Words, title: &str| {
        let body = PaperBody::Missing;
        opening::of_paper(words, &item, &meeting::paper("item-5-report", title, body))
    };
    let said = |opening: opening::Opening| (opening.label, opening.title);
    let expected = |label: &str, title: &str| (label.to_owned(), title.to_owned());
    assert_eq!(
        said(of(Words::English, "Rents")),
        expected("Item 5", "Rents")
    );
    assert_eq!(
        said(of(Words::Welsh, "Rents")),
        expected("Eitem 5", "Rents")
    );
    // Of several papers each says its own title.
    let second = of(Words::English, "Advice");
    assert_eq!(said(second), expected("Item 5", "Rents – Advice"));
    let appendix = meeting::appendix("5", 2, "Map", Content::Missing);
    let of_appendix = opening::of_appendix(Words::English, &item, &appendix);
    assert_eq!(said(of_appendix), expected("Item 5, Appendix 2", "Map"));
}

#[test]
fn every_file_of_a_pack_opens_with_its_item() {
    let mut looked_at = 0;
    for pack in SAMPLES {
        let made = built(pack, &[]);
        for part in made.document()["parts"].as_array().expect("parts") {
            if part["source"].is_null() {
                continue;
            }
            let page = part["first_page"].to_string();
            let text = ["-layout", "-f", &page, "-l", &page, &made.pdf(), "-"];
            let Some(text) = tool("pdftotext", &text) else {
                return;
            };
            let item = part["item"].as_str().expect("an item");
            let begins = text.trim_start().starts_with(&format!("Item {item}"));
            assert!(begins, "{pack}, page {page}: {text}");
            looked_at += 1;
        }
    }
    assert!(looked_at >= 3, "{looked_at}");
}

#[test]
fn a_file_that_conforms_to_pdf_ua_still_does() {
    let papers = std::path::Path::new("packs/packs/2026-09-14-children-communities");
    let file = std::fs::read(papers.join("05-school-places/forecasts.pdf")).expect("the sample");
    let options = ValidationOptions::default().profile(ValidationProfile::PdfUa1);
    let report = validate_pdf_bytes(&made(opened(&file, "Rents")), &options).expect("a verdict");
    assert!(report.failures.is_empty(), "{:?}", report.failures);
}
