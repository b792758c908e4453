//! Redaction for real: what was inside the box is nowhere in the file, and what was around it stays
//! where it was.

use crate::common::shared;
use crate::common::sheet::{Sheet, update};
use crate::pdf_redaction::scans::{fax, packed_scan};
use lopdf::{Dictionary, Document, Object, Stream, dictionary};
use pack::model::PageSelection;
use pack::pdf::content::{Interpreter, MarkKind};
use pack::pdf::geometry::Rect;
use pack::pdf::text::{Word, words};
use pack::pdf::{RedactError, RedactionBox, redact, suspects};
use proptest::prelude::*;

/// A box in the coordinates of a page of A4 as content streams have them.
fn over(x0: f64, y0: f64, x1: f64, y1: f64) -> RedactionBox {
    RedactionBox {
        page: 1,
        x: x0,
        y: 842.0 - y1,
        width: x1 - x0,
        height: y1 - y0,
    }
}

fn words_of(pdf: &[u8]) -> Vec<Word> {
    let doc = pack::pdf::open(pdf).expect("a PDF");
    let pages = pack::pdf::pages(&doc);
    let content = Interpreter::new(&doc).page(&pages[0]);
    words(&content, &Rect::EVERYWHERE, true)
}

fn text_of(pdf: &[u8]) -> String {
    let words: Vec<String> = words_of(pdf).into_iter().map(|word| word.text).collect();
    words.join(" ")
}

/// Every byte of the file with its streams unpacked, as one text.
fn everything(pdf: &[u8]) -> String {
    let mut all = pdf.to_vec();
    let doc = Document::load_mem(pdf).expect("a sound PDF");
    for object in doc.objects.values() {
        if let Object::Stream(stream) = object {
            all.extend(stream.get_plain_content().unwrap_or_default());
            strings(&Object::Dictionary(stream.dict.clone()), &mut all);
        }
        strings(object, &mut all);
    }
    String::from_utf8_lossy(&all).into_owned()
}

/// The strings in an object.
fn strings(object: &Object, all: &mut Vec<u8>) {
    match object {
        Object::String(bytes, _) => {
            all.push(b' ');
            all.extend(bytes);
        }
        Object::Array(items) => items.iter().for_each(|item| strings(item, all)),
        Object::Dictionary(dict) => dict.iter().for_each(|(_, value)| strings(value, all)),
        _ => {}
    }
}

/// "Secret" in a line of three words, as different programs write it.
const LINES: &[(&str, &str)] = &[
    (
        "one string",
        "BT /F1 12 Tf 72 700 Td (Open Secret close) Tj ET",
    ),
    (
        "kerned",
        "BT /F1 12 Tf 72 700 Td [(Op) 12 (en S) -30 (ec) 5 (ret) 8 ( close)] TJ ET",
    ),
    (
        "letter by letter",
        "BT /F1 12 Tf 72 700 Td (Open ) Tj (S) Tj (e) Tj (c) Tj (r) Tj (e) Tj (t) Tj ( close) Tj ET",
    ),
    (
        "spaced",
        "BT /F1 12 Tf 0.4 Tc 2 Tw 72 700 Td (Open Secret close) Tj ET",
    ),
    (
        "next line",
        "BT /F1 12 Tf 14 TL 72 714 Td (Open Secret close) ' ET",
    ),
    (
        "next line with spacing",
        "BT /F1 12 Tf 14 TL 72 714 Td 1 0.2 (Open Secret close) \" ET",
    ),
    (
        "stretched",
        "BT /F1 12 Tf 90 Tz 72 700 Td (Open Secret close) Tj ET",
    ),
    (
        "scaled by the matrix",
        "BT /F1 1 Tf 12 0 0 12 72 700 Tm (Open Secret close) Tj ET",
    ),
    (
        "moved by the page",
        "q 1 0 0 1 72 700 cm BT /F1 12 Tf (Open Secret close) Tj ET Q",
    ),
    (
        "not painted",
        "BT 3 Tr /F1 12 Tf 72 700 Td (Open Secret close) Tj ET",
    ),
    (
        "a state left open",
        "q q BT /F1 12 Tf 72 700 Td (Open Secret close) Tj ET",
    ),
    (
        "states closed too often",
        "Q Q BT /F1 12 Tf 72 700 Td (Open Secret close) Tj ET Q",
    ),
    (
        "in a layer that is off",
        "/OC /Off BDC BT /F1 12 Tf 72 700 Td (Open Secret close) Tj ET EMC BT /F1 12 Tf 72 700 Td (Open) Tj ET",
    ),
];

#[test]
fn a_word_goes_and_its_neighbours_stay_where_they_are() {
    for (name, content) in LINES {
        let before = Sheet::new(content).bytes();
        let doc = pack::pdf::open(&before).expect("a PDF");
        let pages = pack::pdf::pages(&doc);
        let drawn = Interpreter::new(&doc).page(&pages[0]);
        // find it however it is painted
        let (mut left, mut right) = (f64::MAX, f64::MIN);
        let mut line = String::new();
        for mark in &drawn.marks {
            let MarkKind::Text(run) = &mark.kind else {
                continue;
            };
            for glyph in &run.glyphs {
                line.push_str(run.glyph_text(glyph));
                let at = line.len();
                if (6..=11).contains(&at) {
                    left = left.min(glyph.quad.bounds().x0);
                    right = right.max(glyph.quad.bounds().x1);
                }
            }
        }
        assert!(line.starts_with("Open Secret"), "{name}: {line}");
        let done = redact(&before, &[over(left - 0.5, 695.0, right + 0.5, 712.0)])
            .unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(done.removed[0].text.trim(), "Secret", "{name}");
        assert!(!text_of(&done.pdf).contains("Secret"), "{name}");
        assert!(!everything(&done.pdf).contains("Secret"), "{name}");
        let close = |words: Vec<Word>| words.into_iter().find(|word| word.text == "close");
        if let (Some(was), Some(is)) = (close(words_of(&before)), close(words_of(&done.pdf))) {
            assert!(
                (was.bounds.x0 - is.bounds.x0).abs() < 0.05,
                "{name}: {was:?} {is:?}"
            );
            assert!(
                (was.bounds.y0 - is.bounds.y0).abs() < 0.05,
                "{name}: {was:?} {is:?}"
            );
        } else if *name != "in a layer that is off" && *name != "not painted" {
            panic!("{name}: the line goes on");
        }
        assert_eq!(
            suspects(
                &pack::pdf::open(&done.pdf).expect("a PDF"),
                &done.pdf,
                &PageSelection::default()
            )
            .iter()
            .filter(|s| s.text.contains("Secret"))
            .count(),
            0,
            "{name}"
        );
    }
}

#[test]
fn a_box_is_measured_on_the_page_as_it_is_shown() {
    // turned by 90 degrees, what stands at (72, 700) is shown 700 from the left and 72 from the top
    let sheet = Sheet::new("BT /F1 12 Tf 72 700 Td (Secret) Tj ET").page_entry("Rotate", 90.into());
    let wanted = RedactionBox {
        page: 1,
        x: 690.0,
        y: 60.0,
        width: 30.0,
        height: 80.0,
    };
    let done = redact(&sheet.bytes(), &[wanted]).expect("done");
    assert_eq!(done.removed[0].text, "Secret");
    let crop = Object::Array(vec![50.into(), 60.into(), 500.into(), 800.into()]);
    let sheet = Sheet::new("BT /F1 12 Tf 72 700 Td (Secret) Tj ET").page_entry("CropBox", crop);
    let wanted = RedactionBox {
        page: 1,
        x: 20.0,
        y: 85.0,
        width: 60.0,
        height: 20.0,
    };
    let done = redact(&sheet.bytes(), &[wanted]).expect("done");
    assert_eq!(done.removed[0].text, "Secret");
}

#[test]
fn words_inside_a_form_go_from_this_use_of_it_only() {
    let content = "BT /F1 12 Tf 72 700 Td (Secret) Tj ET";
    let bytes = Sheet::new("/Words Do q 1 0 0 1 0 -100 cm /Words Do Q")
        .form("Words", content, &Dictionary::new())
        .bytes();
    let done = redact(&bytes, &[over(70.0, 695.0, 150.0, 715.0)]).expect("done");
    let left = words_of(&done.pdf);
    assert_eq!(left.len(), 1);
    assert!(left[0].bounds.y0 < 620.0);
    assert_eq!(done.removed[0].elsewhere, [1], "the other use is told of");
}

#[test]
fn pixels_go_and_the_rest_of_the_picture_stays() {
    // two by two pixels over the whole page: the box takes the top left one
    let bytes = Sheet::new("q 400 0 0 400 100 300 cm /Pic Do Q").bytes();
    let doc = Document::load_mem(&bytes).expect("a PDF");
    let done = redact(&bytes, &[over(110.0, 690.0, 120.0, 699.0)]).expect("done");
    assert_eq!(
        (done.removed[0].images, done.removed[0].whole_images),
        (1, 0)
    );
    let gray = |doc: &Document| -> Vec<Vec<u8>> {
        doc.objects
            .values()
            .filter_map(|object| object.as_stream().ok())
            .filter(|stream| {
                stream
                    .dict
                    .get(b"Subtype")
                    .is_ok_and(|s| s.as_name().is_ok_and(|s| s == b"Image"))
                    && !stream.dict.has(b"ImageMask")
            })
            .map(|stream| stream.get_plain_content().expect("samples"))
            .collect()
    };
    assert!(gray(&doc).contains(&vec![0, 90, 160, 200]));
    let after = Document::load_mem(&done.pdf).expect("a PDF");
    // one pixel around the box goes too, which here is all of the small picture
    assert!(
        gray(&after).contains(&vec![0, 0, 0, 0]),
        "{:?}",
        gray(&after)
    );
}

#[test]
fn the_rest_of_a_fax_and_of_a_packed_scan_stays() {
    for scan in [fax(true), packed_scan(true)] {
        let mut sheet = Sheet::new("q 640 0 0 900 0 0 cm /Scan Do Q");
        let scan = sheet.doc.add_object(scan);
        let bytes = sheet.object("Scan", scan).bytes();
        // pixels 30 to 40 across and 50 to 60 down, ten points each
        let done = redact(&bytes, &[over(300.0, 300.0, 400.0, 400.0)]).expect("done");
        assert_eq!(
            (done.removed[0].images, done.removed[0].whole_images),
            (1, 0)
        );
        let doc = Document::load_mem(&done.pdf).expect("a PDF");
        let rows: Vec<Vec<u8>> = doc
            .objects
            .values()
            .filter_map(|object| object.as_stream().ok())
            .filter(|stream| stream.dict.get(b"Width").is_ok_and(|it| *it == 64.into()))
            .flat_map(|stream| {
                let samples = stream.get_plain_content().expect("samples");
                samples.chunks(8).map(<[u8]>::to_vec).collect::<Vec<_>>()
            })
            .collect();
        assert_eq!(rows.len(), 90, "one picture, and not the one that was");
        let black = |x: usize, y: usize| rows[y][x / 8] & (0x80 >> (x % 8)) == 0;
        assert!((30..40).all(|x| (50..60).all(|y| black(x, y))));
        assert!(
            (0..90).any(|y| (4..20).all(|x| black(x, y)) && !black(25, y)),
            "the bar stays"
        );
        assert!((50..60).all(|y| !black(60, y)), "and so does the paper");
    }
}

#[test]
fn the_rest_of_a_jpeg_2000_stays() {
    let Some(shared) = crate::common::shared() else {
        return;
    };
    let path = shared.join("cases/pdf/hidden/57-ocr-over-bar-jpx.pdf");
    let Ok(bytes) = std::fs::read(path) else {
        println!("skipped: the scan is not here");
        return;
    };
    // an A4 page at 150 pixels to the inch
    let done = redact(&bytes, &[over(400.0, 100.0, 500.0, 142.0)]).expect("done");
    assert_eq!(
        (done.removed[0].images, done.removed[0].whole_images),
        (1, 0)
    );
    let pictures = |pdf: &[u8]| -> Vec<Stream> {
        let doc = Document::load_mem(pdf).expect("a PDF");
        let streams = doc.objects.into_values();
        streams
            .filter_map(|object| match object {
                Object::Stream(stream) if stream.dict.get(b"Width").is_ok() => Some(stream),
                _ => None,
            })
            .collect()
    };
    let after = pictures(&done.pdf);
    assert_eq!((pictures(&bytes).len(), after.len()), (1, 1));
    let picture = image::load_from_memory(&after[0].content)
        .expect("a photograph")
        .into_luma8();
    let light = |x: u32, y: u32| picture.get_pixel(x, y).0[0];
    assert!(light(940, 1500) < 16, "the box is black");
    assert!(light(4, 4) > 200, "the paper around it stays");
}

fn photograph() -> (Sheet, Vec<u8>) {
    let mut pixels = Vec::new();
    for y in 0..64_u8 {
        for x in 0..64_u8 {
            pixels.extend([200, x * 2, y * 2]);
        }
    }
    let mut jpeg = Vec::new();
    image::codecs::jpeg::JpegEncoder::new_with_quality(&mut jpeg, 95)
        .encode(&pixels, 64, 64, image::ExtendedColorType::Rgb8)
        .expect("a photograph");
    let mut sheet = Sheet::new("q 320 0 0 320 100 300 cm /Photo Do Q");
    let photo = sheet.doc.add_object(
        Stream::new(
            dictionary! { "Type" => "XObject", "Subtype" => "Image", "Width" => 64, "Height" => 64, "BitsPerComponent" => 8, "ColorSpace" => "DeviceRGB", "Filter" => "DCTDecode" },
            jpeg.clone(),
        )
        .with_compression(false),
    );
    (sheet.object("Photo", photo), jpeg)
}

#[test]
fn a_photograph_loses_the_part_inside_the_box() {
    let (sheet, _) = photograph();
    // the top left quarter
    let done = redact(&sheet.bytes(), &[over(100.0, 460.0, 260.0, 620.0)]).expect("done");
    assert_eq!(done.removed[0].whole_images, 0);
    let doc = Document::load_mem(&done.pdf).expect("a PDF");
    let photo = doc
        .objects
        .values()
        .filter_map(|object| object.as_stream().ok())
        .find(|stream| {
            stream
                .dict
                .get(b"Width")
                .is_ok_and(|w| *w == Object::Integer(64))
        })
        .expect("the photograph");
    let picture = image::load_from_memory(&photo.content)
        .expect("a photograph")
        .into_rgb8();
    assert!(picture.get_pixel(16, 16).0.iter().all(|part| *part < 16));
    assert!(picture.get_pixel(50, 50).0[0] > 180);
    assert!(picture.get_pixel(50, 10).0[0] > 180);
}

#[test]
fn a_picture_that_cannot_be_unpacked_goes_as_a_whole() {
    let mut sheet = Sheet::new("q 320 0 0 320 100 300 cm /Fax Do Q");
    let fax = sheet.doc.add_object(
        Stream::new(
            dictionary! { "Type" => "XObject", "Subtype" => "Image", "Width" => 64, "Height" => 64, "BitsPerComponent" => 1, "ColorSpace" => "DeviceGray", "Filter" => "JBIG2Decode" },
            b"who knows what".to_vec(),
        )
        .with_compression(false),
    );
    let done = redact(
        &sheet.object("Fax", fax).bytes(),
        &[over(110.0, 310.0, 130.0, 330.0)],
    )
    .expect("done");
    assert_eq!(done.removed[0].whole_images, 1);
    assert!(!everything(&done.pdf).contains("who knows what"));
}

#[test]
fn lines_and_shapes_are_cut_along_the_box() {
    let content =
        "0 G 2 w 50 500 m 400 500 l S 0.5 g 100 450 20 100 re f 300 450 m 340 450 l 320 550 l b";
    let bytes = Sheet::new(content).bytes();
    let area = over(90.0, 480.0, 330.0, 520.0);
    let done = redact(&bytes, &[area]).expect("done");
    assert_eq!(done.removed[0].paths, 3);
    let doc = pack::pdf::open(&done.pdf).expect("a PDF");
    let pages = pack::pdf::pages(&doc);
    let content = Interpreter::new(&doc).page(&pages[0]);
    let inside = Rect {
        x0: 92.0,
        y0: 482.0,
        x1: 328.0,
        y1: 518.0,
    };
    let marks: Vec<_> = content.marks.iter().collect();
    let (black, drawn) = marks.split_last().expect("marks");
    assert!(
        inside.x0 > black.bounds.x0 && black.bounds.x1 > inside.x1,
        "the box is drawn last"
    );
    let mut parts = 0;
    for mark in drawn {
        let MarkKind::Path(path) = &mark.kind else {
            continue;
        };
        for part in path.fill_parts.iter().chain(&path.stroke_parts) {
            parts += 1;
            assert!(part.rect.intersect(&inside).is_empty(), "{part:?}");
        }
    }
    assert!(parts >= 6, "what is outside stays: {parts}");
}

#[test]
fn a_path_that_also_clips_still_clips() {
    let content = "q 100 450 200 100 re W f BT /F1 12 Tf 90 500 Td (Open Secret close) Tj ET Q";
    let done = redact(
        &Sheet::new(content).bytes(),
        &[over(110.0, 440.0, 130.0, 460.0)],
    )
    .expect("done");
    let doc = pack::pdf::open(&done.pdf).expect("a PDF");
    let pages = pack::pdf::pages(&doc);
    let content = Interpreter::new(&doc).page(&pages[0]);
    let text = content
        .marks
        .iter()
        .find(|mark| matches!(mark.kind, MarkKind::Text(_)))
        .expect("text");
    assert_eq!((text.clip.x0, text.clip.x1), (100.0, 300.0));
}

#[test]
fn annotations_and_field_values_go() {
    let at = |x: i64| vec![x.into(), 695.into(), (x + 60).into(), 715.into()];
    let mut sheet = Sheet::new("");
    let field = sheet.doc.new_object_id();
    let widget = sheet.doc.add_object(dictionary! { "Type" => "Annot", "Subtype" => "Widget", "Rect" => at(72), "Parent" => field });
    sheet.doc.objects.insert(
        field,
        dictionary! { "FT" => "Tx", "T" => Object::string_literal("name"), "V" => Object::string_literal("Secret value"), "Kids" => vec![widget.into()] }.into(),
    );
    let note = sheet.doc.add_object(dictionary! { "Type" => "Annot", "Subtype" => "Text", "Rect" => at(80), "Contents" => Object::string_literal("Secret note") });
    let popup = sheet.doc.add_object(dictionary! { "Type" => "Annot", "Subtype" => "Popup", "Rect" => at(400), "Parent" => note });
    let link = sheet.doc.add_object(dictionary! { "Type" => "Annot", "Subtype" => "Link", "Rect" => at(300), "Contents" => Object::string_literal("Open link") });
    let bytes = sheet
        .page_entry("Annots", Object::Array(vec![widget.into(), note.into(), popup.into(), link.into()]))
        .catalog_entry("AcroForm", dictionary! { "Fields" => vec![field.into()], "XFA" => Object::string_literal("Secret form") }.into())
        .bytes();
    let done = redact(&bytes, &[over(70.0, 690.0, 150.0, 720.0)]).expect("done");
    assert_eq!(done.removed[0].annotations, 2);
    let left = everything(&done.pdf);
    assert!(!left.contains("Secret") && left.contains("Open link"));
}

fn tagged() -> Vec<u8> {
    let content = "/P <</MCID 0>> BDC /Span <</ActualText (Secret span)>> BDC BT /F1 12 Tf 72 700 Td (Secret) Tj ET EMC EMC \
                   /P <</MCID 1>> BDC BT /F1 12 Tf 72 600 Td (Open) Tj ET EMC";
    let mut sheet = Sheet::new(content);
    let page = sheet.page_reference();
    let root = sheet.doc.new_object_id();
    let one = sheet.doc.add_object(dictionary! { "S" => "P", "P" => root, "Pg" => page.clone(), "K" => 0, "Alt" => Object::string_literal("Secret alt") });
    let two = sheet.doc.add_object(dictionary! { "S" => "P", "P" => root, "Pg" => page, "K" => 1, "Alt" => Object::string_literal("Open alt") });
    sheet.doc.objects.insert(
        root,
        dictionary! { "Type" => "StructTreeRoot", "K" => vec![one.into(), two.into()] }.into(),
    );
    let outline = sheet.doc.new_object_id();
    let entry = sheet.doc.add_object(
        dictionary! { "Title" => Object::string_literal("About Secret"), "Parent" => outline },
    );
    sheet.doc.objects.insert(
        outline,
        dictionary! { "First" => entry, "Last" => entry, "Count" => 1 }.into(),
    );
    sheet
        .catalog_entry("StructTreeRoot", root.into())
        .catalog_entry("MarkInfo", dictionary! { "Marked" => true }.into())
        .catalog_entry("Outlines", outline.into())
        .bytes()
}

#[test]
fn what_the_structure_and_the_outline_say_of_it_goes() {
    let done = redact(&tagged(), &[over(70.0, 690.0, 150.0, 720.0)]).expect("done");
    let left = everything(&done.pdf);
    assert!(!left.contains("Secret"), "{left}");
    assert!(left.contains("Open alt") && left.contains("[redacted]"));
    assert!(text_of(&done.pdf).contains("Open"));
}

#[test]
fn names_that_repeat_the_words_are_others_afterwards() {
    let mut sheet = Sheet::new("/Jo#20Secret Do BT /F1 12 Tf 72 700 Td (Jo Secret Page) Tj ET")
        .form(
            "Jo Secret",
            "BT /F1 12 Tf 72 600 Td (Open) Tj ET",
            &Dictionary::new(),
        );
    let look = |sheet: &mut Sheet| {
        let look = dictionary! { "Subtype" => "Form", "BBox" => vec![0.into(), 0.into(), 9.into(), 9.into()] };
        Object::from(sheet.doc.add_object(Stream::new(look, b"0 g".to_vec())))
    };
    let states = dictionary! { "Secret" => look(&mut sheet), "Off" => look(&mut sheet) };
    let button = sheet.doc.add_object(dictionary! {
        "Type" => "Annot", "Subtype" => "Widget", "FT" => "Btn", "T" => Object::string_literal("b"),
        "Rect" => vec![300.into(), 300.into(), 309.into(), 309.into()], "AS" => "Secret",
        "AP" => dictionary! { "N" => states },
    });
    let bytes = sheet
        .page_entry("Annots", Object::Array(vec![button.into()]))
        .bytes();
    let done = redact(&bytes, &[over(70.0, 690.0, 250.0, 720.0)]).expect("done");
    let doc = Document::load_mem(&done.pdf).expect("a sound PDF");
    let told: String = doc
        .objects
        .values()
        .map(|object| format!("{object:?}"))
        .collect();
    assert!(
        !told.contains("Secret") && !everything(&done.pdf).contains("Secret"),
        "{told}"
    );
    assert!(told.contains("Page") && told.contains("Renamed"));
    assert_eq!(
        text_of(&done.pdf),
        "Open",
        "the form is found by its new name"
    );
}

#[test]
fn metadata_and_earlier_versions_go() {
    let first = Sheet::new("BT /F1 12 Tf 72 700 Td (Secret plan) Tj ET")
        .info("Author", "Jo Bloggs")
        .metadata("<dc:creator>Jo Bloggs</dc:creator>")
        .bytes();
    let second = update(
        &first,
        "BT /F1 12 Tf 72 700 Td (Open) Tj ET BT /F1 12 Tf 72 500 Td (Name) Tj ET",
    );
    assert!(String::from_utf8_lossy(&second).contains("Secret"));
    let done = redact(&second, &[over(70.0, 490.0, 150.0, 515.0)]).expect("done");
    let left = everything(&done.pdf);
    assert!(!left.contains("Secret") && !left.contains("Bloggs") && !left.contains("(Name)"));
    assert_eq!(left.matches("%%EOF").count(), 1);
    assert_eq!(text_of(&done.pdf), "Open");
}

#[test]
fn what_cannot_be_done_says_why() {
    let bytes = Sheet::new("").bytes();
    assert_eq!(redact(b"no", &[]), Err(RedactError::Unreadable));
    assert_eq!(
        redact(
            &bytes,
            &[RedactionBox {
                page: 2,
                ..over(0.0, 0.0, 9.0, 9.0)
            }]
        ),
        Err(RedactError::NoSuchPage(2))
    );
    for wanted in [
        over(9.0, 9.0, 9.0, 9.0),
        over(-90.0, 0.0, -10.0, 9.0),
        over(f64::NAN, 0.0, 1.0, 1.0),
    ] {
        assert_eq!(redact(&bytes, &[wanted]), Err(RedactError::EmptyBox(1)));
    }
}

#[test]
fn a_real_paper_stays_sound() {
    let Some(shared) = shared() else {
        return;
    };
    let folder = shared.join("real/kent/packs/2025-01-30-cabinet");
    for name in [
        "03-minutes.pdf",
        "06-budget/f.pdf",
        "08-ics/a.pdf",
        "06-budget/k.pdf",
    ] {
        let bytes = std::fs::read(folder.join(name)).expect("a readable paper");
        let boxes = [
            RedactionBox {
                page: 1,
                x: 60.0,
                y: 200.0,
                width: 200.0,
                height: 120.0,
            },
            RedactionBox {
                page: 2,
                x: 100.0,
                y: 100.0,
                width: 300.0,
                height: 60.0,
            },
        ];
        let done = redact(&bytes, &boxes).unwrap_or_else(|error| panic!("{name}: {error}"));
        println!(
            "{name}: {} → {} bytes, {:?}",
            bytes.len(),
            done.pdf.len(),
            done.removed
                .iter()
                .map(|r| r.text.chars().take(60).collect::<String>())
                .collect::<Vec<_>>()
        );
        if let Ok(dump) = std::env::var("PACK_REDACT_DUMP") {
            std::fs::write(
                std::path::Path::new(&dump).join(name.replace('/', "-")),
                &done.pdf,
            )
            .expect("written");
        }
        let was = pack::pdf::open(&bytes).expect("a PDF");
        let is = pack::pdf::open(&done.pdf).expect("a PDF");
        let (was_pages, is_pages) = (pack::pdf::pages(&was), pack::pdf::pages(&is));
        assert_eq!(was_pages.len(), is_pages.len());
        for number in [0, 1, 2] {
            let said = |doc, page| -> usize {
                words(&Interpreter::new(doc).page(page), &Rect::EVERYWHERE, true).len()
            };
            let (Some(before), Some(after)) = (was_pages.get(number), is_pages.get(number)) else {
                continue;
            };
            let lost = said(&was, before) - said(&is, after).min(said(&was, before));
            let reported = done
                .removed
                .get(number)
                .map_or(0, |r| r.text.split_whitespace().count());
            assert!(
                lost <= reported + 4,
                "{name} page {}: {lost} lost, {reported} reported",
                number + 1
            );
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever a content stream holds, nothing panics, and what is handed out is empty inside
    /// the box.
    #[test]
    fn mangled_content_is_redacted_or_refused(
        seed in proptest::collection::vec((0..200_usize, any::<u8>()), 0..12),
        x in 0.0f64..500.0, y in 0.0f64..800.0, w in 1.0f64..300.0, h in 1.0f64..300.0,
    ) {
        let mut content = b"q 0.5 g 50 50 300 300 re f /Words Do BT /F1 12 Tf 72 700 Td [(Open Se) 20 (cret)] TJ 0 -20 Td (close) ' ET Q q 200 0 0 200 100 400 cm /Pic Do Q /OC /Off BDC 0 0 m 500 800 l S EMC BI /W 1 /H 1 /BPC 8 /CS /G ID a EI".to_vec();
        for (at, byte) in seed {
            let at = at % content.len();
            content[at] = byte;
        }
        let bytes = Sheet::with_bytes(content)
            .form("Words", "BT /F1 20 Tf 100 300 Td (Inside Secret) Tj ET", &Dictionary::new())
            .bytes();
        let wanted = RedactionBox { page: 1, x, y, width: w, height: h };
        if let Ok(done) = redact(&bytes, &[wanted]) {
            let area = Rect { x0: x, y0: 842.0 - y - h, x1: x + w, y1: 842.0 - y };
            for word in words_of(&done.pdf) {
                let centre = word.bounds.centre();
                prop_assert!(word.text.chars().count() > 1 || !area.contains(centre), "{word:?}");
            }
        }
    }

    /// The redaction check survives the same.
    #[test]
    fn mangled_content_is_looked_at(seed in proptest::collection::vec((0..400_usize, any::<u8>()), 0..30)) {
        let mut content = b"/Mul gs q 0.5 g 50 50 300 300 re f BT /F1 12 Tf 72 700 Td [(Open Se) 20 (cret)] TJ ET Q 0 g 70 690 100 20 re f /Spot cs 1 scn 1 2 3 4 re b* BT 3 Tr (hidden) Tj ET".to_vec();
        for (at, byte) in seed {
            let at = at % content.len();
            content[at] = byte;
        }
        let bytes = Sheet::with_bytes(content).bytes();
        let doc = pack::pdf::open(&bytes).expect("a PDF");
        let _ = suspects(&doc, &bytes, &PageSelection::default());
    }
}

#[test]
fn odd_files_are_redacted_or_refused() {
    let Some(shared) = shared() else {
        return;
    };
    let (mut done, mut refused) = (0, std::collections::BTreeMap::new());
    for kind in ["hayro", "pdfjs", "qpdf"] {
        for entry in std::fs::read_dir(shared.join("corpus").join(kind))
            .expect("a folder")
            .flatten()
        {
            let bytes = std::fs::read(entry.path()).expect("a readable file");
            let begun = std::time::Instant::now();
            let wanted = RedactionBox {
                page: 1,
                x: 100.0,
                y: 100.0,
                width: 200.0,
                height: 150.0,
            };
            match redact(&bytes, &[wanted]) {
                Ok(_) => done += 1,
                Err(error) => {
                    if matches!(
                        error,
                        RedactError::StillThere(_)
                            | RedactError::Unwritable
                            | RedactError::TooLarge(_)
                    ) {
                        println!("{}: {error}", entry.path().display());
                    }
                    *refused.entry(error.to_string()).or_insert(0) += 1;
                }
            }
            // Ten seconds are what a clerk may wait; this build is not optimised, nor alone.
            assert!(begun.elapsed().as_secs() < 60, "{:?}", entry.path());
        }
    }
    println!("{done} redacted, {refused:?}");
    assert!(done > 1000);
}

#[test]
fn words_that_no_page_shows_are_told_apart_from_those_in_the_box() {
    let hidden = "/OC /Off BDC BT /F1 12 Tf 72 400 Td (Jo Secret) Tj ET EMC";
    let page = |more: &str| {
        let content = format!("BT /F1 12 Tf 72 700 Td (Jo Secret) Tj ET {more}");
        redact(
            &Sheet::new(&content).bytes(),
            &[over(70.0, 695.0, 150.0, 715.0)],
        )
    };
    assert!(page("").is_ok());
    assert_eq!(page(hidden).err(), Some(RedactError::StillInFile));
    // What a page shows elsewhere is the clerk's to box.
    assert!(page("BT /F1 12 Tf 72 400 Td (Jo Secret) Tj ET").is_ok());
}

/// What other readers find in a file: every string and stream as one of them unpacks it, and the text
/// of each page as two of them draw it.
fn read_by_others(pdf: &[u8]) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("a.pdf");
    std::fs::write(&file, pdf).expect("written");
    let name = file.to_str().expect("a plain name");
    let mut all = pdf.to_vec();
    for (tool, arguments) in [
        (
            "qpdf",
            vec![
                "--qdf",
                "--object-streams=disable",
                "--decode-level=all",
                name,
                "-",
            ],
        ),
        ("pdftotext", vec![name, "-"]),
        ("mutool", vec!["draw", "-q", "-F", "txt", name]),
    ] {
        if let Some(read) = crate::common::tool(tool, &arguments) {
            all.extend(read.bytes());
        }
    }
    // text of two bytes a letter reads like text of one when its zeros go
    let narrow: Vec<u8> = all.iter().copied().filter(|byte| *byte != 0).collect();
    all.extend(narrow);
    String::from_utf8_lossy(&all).to_lowercase()
}

#[test]
fn no_reader_gets_the_boxed_words_of_the_cases() {
    let Some(shared) = shared() else {
        println!("skipped: the cases of redaction are not here");
        return;
    };
    let folder = shared.join("cases/pdf/redact");
    let table = std::fs::read(folder.join("cases.json")).expect("a table of cases");
    let table: std::collections::BTreeMap<String, (String, u32, String)> =
        serde_json::from_slice(&table).expect("a table of cases");
    let mut wrong = Vec::new();
    let mut looked_at = 0;
    for (name, (sides, page, _)) in table {
        let Ok(bytes) = std::fs::read(folder.join(format!("{name}.pdf"))) else {
            continue;
        };
        looked_at += 1;
        let sides: Vec<f64> = sides
            .split(',')
            .map(|side| side.parse().expect("a number"))
            .collect();
        let wanted = RedactionBox {
            page,
            x: sides[0],
            y: sides[1],
            width: sides[2],
            height: sides[3],
        };
        match redact(&bytes, &[wanted]) {
            // what is refused gives nothing away
            Err(error) => wrong.push(format!("{name}: {error}")),
            Ok(done) => {
                let before = read_by_others(&bytes);
                let after = read_by_others(&done.pdf);
                if after.contains("zqx") && !name.starts_with("23b") {
                    wrong.push(format!("{name}: the words are still there"));
                }
                for neighbour in ["neighbour", "everybody may"] {
                    let boxed = done.removed[0].text.to_lowercase().contains("everybody");
                    if before.contains(neighbour) && !after.contains(neighbour) && !boxed {
                        wrong.push(format!("{name}: its neighbour went"));
                    }
                }
            }
        }
    }
    assert!(looked_at > 30, "{looked_at}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
