//! Files that hardly any program writes, and what viewers show of them.

use crate::whole::{CATALOG, FONT, WORDS, file, one_page, packed, page, stream};

use lopdf::{Document, Object};
use pack::model::{LostPage, LostPageKind, PdfFacts};
use pack::pdf::opening;

fn facts(pdf: &[u8]) -> PdfFacts {
    let opened = opening::open(pdf).expect("it opens");
    pack::pdf::survey(&opened, pdf).facts
}

/// Two pages, the second of which is object 5.
fn two_pages() -> Vec<u8> {
    file(&[
        (1, CATALOG.into()),
        (2, "<</Type/Pages/Kids[3 0 R 5 0 R]/Count 2>>".into()),
        (3, page(4, "").into()),
        (4, stream(WORDS).into()),
        (5, page(6, "").into()),
        (6, stream(WORDS).into()),
        (9, FONT.into()),
    ])
}

#[test]
fn a_page_that_was_deleted_does_not_come_back() {
    let first = two_pages();
    let text = String::from_utf8(first.clone()).expect("text");
    let before = text.rfind("xref\n0 ").expect("a table");
    let start = first.len();
    let revised = format!(
        "{text}xref\n5 1\n0000000000 00001 f \ntrailer\n<</Size 10/Root 1 0 R/Prev {before}>>\n\
         startxref\n{start}\n%%EOF\n"
    );
    let facts_of = |pdf: &[u8]| (facts(pdf).pages.len(), facts(pdf).lost_pages);
    let deleted = LostPage {
        after: 1,
        kind: LostPageKind::Deleted,
    };
    assert_eq!(facts_of(revised.as_bytes()), (1, vec![deleted]));
    // In a file that nobody revised, the table is wrong, and the page is there.
    let place = format!("{:010} 00000 n", text.find("5 0 obj").expect("the page"));
    assert!(text.contains(&place));
    let mistaken = text.replace(&place, "0000000000 00001 f");
    assert_eq!(facts_of(mistaken.as_bytes()), (2, vec![]));
    assert_eq!(facts_of(&first), (2, vec![]));
}

#[test]
fn operands_that_are_too_many_lose_nothing() {
    let drawn = "<</Subtype/Form/BBox[0 0 9 9]/Length 12>>\nstream\n0 0 9 9 re f\nendstream";
    let page = page(4, "").replace("/Resources<<", "/Resources<</XObject<</X1 21 0 R>>");
    let content = "BT 9 9 /F1 24 Tf 1 2 72 700 Td 5 (Words of the page) Tj ET 3 /X1 Do\n";
    let pdf = one_page(CATALOG, &page, &stream(content), &[(21, drawn)]);
    let (_, doc) = packed(&pdf);
    let of_page = doc.page_iter().next().expect("a page");
    let (own, inherited) = doc.get_page_resources(of_page).expect("resources");
    assert!(inherited.is_empty());
    let has = |kind: &[u8], name: &[u8]| {
        let listed = own.and_then(|own| own.get(kind).ok());
        let listed = listed.and_then(|it| doc.dereference(it).ok());
        listed.is_some_and(|(_, it)| it.as_dict().is_ok_and(|it| it.has(name)))
    };
    assert!(has(b"Font", b"F1") && has(b"XObject", b"X1"), "{own:?}");
    assert_eq!(pack::pdf::page_texts(&pdf), ["Words of the page"]);
}

#[test]
fn a_stream_that_swallowed_what_follows_it_shows_what_it_shows() {
    let rest: String = (10..30).fold("endobj\n".to_owned(), |rest, number| {
        rest + &format!("{number} 0 obj\n<</Type/Note>>\nendobj\n")
    });
    let end = "xref\n0 2\n0000000000 65535 f \n0000000016 00000 n \n\
               trailer\n<</Size 5/Root 1 0 R>>\nstartxref\n360\n%%EOF\n";
    let swallowed = one_page(
        CATALOG,
        &page(4, ""),
        &stream(&format!("{WORDS}{rest}{end}")),
        &[],
    );
    let of_page = &facts(&swallowed).pages[0];
    assert!(!of_page.content_missing && !of_page.content_partial);
    packed(&swallowed);
}

#[test]
fn a_page_is_turned_by_quarters_only() {
    for (told, rotation) in [
        ("45", 0),
        ("100", 0),
        ("-90", 270),
        ("450", 90),
        ("90.0", 90),
    ] {
        let turned = page(4, &format!("/Rotate {told}"));
        let pdf = one_page(CATALOG, &turned, &stream(WORDS), &[]);
        assert_eq!(facts(&pdf).pages[0].rotation, rotation, "{told}");
    }
}

#[test]
fn a_drawing_is_where_its_points_are() {
    for (drawing, around) in [
        (
            "/Subtype/Line/L[72 500 300 520]",
            [72.0, 500.0, 300.0, 520.0],
        ),
        (
            "/Subtype/Ink/InkList[[72 500 90 600][100 400 300 520]]",
            [72.0, 400.0, 300.0, 600.0],
        ),
        (
            "/Subtype/PolyLine/Vertices[72 500 300 520 80 510]",
            [72.0, 500.0, 300.0, 520.0],
        ),
    ] {
        for rect in ["/Rect[0 0 0 0]", "/Rect[]", ""] {
            let pdf = one_page(
                CATALOG,
                &page(4, "/Annots[20 0 R]"),
                &stream(WORDS),
                &[(20, &format!("<</Type/Annot/C[1 0 0]{rect}{drawing}>>"))],
            );
            let (_, doc) = packed(&pdf);
            assert_eq!(places(&doc), [around], "{drawing}{rect}");
        }
    }
}

/// The places of the annotations of the only page.
fn places(doc: &Document) -> Vec<[f32; 4]> {
    let page = doc.page_iter().next().expect("a page");
    let annotations = doc.get_page_annotations(page).expect("annotations");
    let place = |annotation: &&lopdf::Dictionary| {
        let rect = annotation.get(b"Rect").and_then(Object::as_array).ok()?;
        let numbers: Vec<f32> = rect.iter().filter_map(|it| it.as_float().ok()).collect();
        numbers.try_into().ok()
    };
    annotations.iter().filter_map(place).collect()
}
