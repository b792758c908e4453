//! Small PDFs with hidden words, and others that only look like it.

use super::scans::{UNSEEN, fax, grey_scan, packed_scan, photograph, scan};
use crate::common::sheet::{Sheet, update};
use lopdf::{Dictionary, Object, dictionary};
use pack::model::SuspectKind;

pub(super) const TEXT: &str = "BT /F1 12 Tf 72 700 Td (Jo Secret) Tj ET ";

pub(super) fn page(content: &str) -> Vec<u8> {
    Sheet::new(content).bytes()
}

pub(super) fn note(subtype: &str, more: &Dictionary) -> Dictionary {
    let mut note = dictionary! {
        "Type" => "Annot", "Subtype" => subtype,
        "Rect" => vec![70.into(), 695.into(), 140.into(), 715.into()],
    };
    note.extend(more);
    note
}

pub(super) fn noted(note: Dictionary) -> Vec<u8> {
    Sheet::new(TEXT).annotation(note).bytes()
}

/// An annotation that looks like a black box.
pub(super) fn boxed(subtype: &str, rect: [i64; 4]) -> Vec<u8> {
    let (sheet, look) = Sheet::new(TEXT).appearance("0 g 0 0 80 20 re f", [0, 0, 80, 20]);
    let looks = dictionary! { "N" => look };
    let mut annotation = note(subtype, &dictionary! { "AP" => looks });
    annotation.set("Rect", Object::Array(rect.map(Object::Integer).to_vec()));
    sheet.annotation(annotation).bytes()
}

pub(super) fn black() -> Object {
    Object::Array(vec![0.into(), 0.into(), 0.into()])
}

/// A tagged page with one element, which has more to say than its content shows.
pub(super) fn told(content: &str, more: &Dictionary) -> Vec<u8> {
    let mut sheet = Sheet::new(&format!("/P <</MCID 0>> BDC {content} EMC"));
    let root = sheet.doc.new_object_id();
    let page = sheet.page_reference();
    let mut element = dictionary! { "S" => "P", "P" => root, "Pg" => page, "K" => 0 };
    element.extend(more);
    let element = sheet.doc.add_object(element);
    let tree = dictionary! { "Type" => "StructTreeRoot", "K" => element };
    sheet.doc.objects.insert(root, tree.into());
    sheet.catalog_entry("StructTreeRoot", root.into()).bytes()
}

/// Each with what must be found: its kind and the words that a machine reads.
pub(super) fn bad() -> Vec<(&'static str, Vec<u8>, SuspectKind, &'static str)> {
    use SuspectKind::*;
    let text = |after: &str| page(&format!("{TEXT}{after}"));
    let box_form = Sheet::new(&format!("{TEXT}/Box Do")).form(
        "Box",
        "0 g 70 695 80 20 re f",
        &Dictionary::new(),
    );
    let text_form =
        Sheet::new("/Words Do 0 g 70 695 80 20 re f").form("Words", TEXT, &Dictionary::new());
    let square = note("Square", &dictionary! { "IC" => black() });
    let hidden_note = note(
        "FreeText",
        &dictionary! { "F" => 2, "Contents" => Object::string_literal("Jo Secret") },
    );
    let layer_form = |sheet: Sheet| {
        let off = sheet.hidden_layer();
        sheet.form("Words", TEXT, &dictionary! { "OC" => off })
    };
    vec![
        ("a black box", text("0 g 70 695 80 20 re f"), Covered, "Jo Secret"),
        ("a white box", text("1 g 70 695 80 20 re f"), Covered, "Jo Secret"),
        ("a box after a transform", text("q 2 0 0 2 10 10 cm 0 g 30 342 40 10 re f Q"), Covered, "Jo Secret"),
        ("a box drawn line by line", text("0 g 70 695 m 150 695 l 150 715 l 70 715 l h f"), Covered, "Jo Secret"),
        ("a box with round corners", text("0 g 74 695 m 146 695 l 150 695 150 699 150 699 c 150 711 l 150 715 146 715 146 715 c 74 715 l 70 715 70 711 70 711 c 70 699 l 70 695 74 695 74 695 c f"), Covered, "Jo Secret"),
        ("a marker pen's line", text("0 G 14 w 70 704 m 150 704 l S"), Covered, "Jo Secret"),
        ("a picture", text("q 80 0 0 20 70 695 cm /Pic Do Q"), Covered, "Jo Secret"),
        ("a picture of one dot", text("q 80 0 0 20 70 695 cm /Dot Do Q"), Covered, "Jo Secret"),
        ("a box inside a form", box_form.bytes(), Covered, "Jo Secret"),
        ("words inside a form", text_form.bytes(), Covered, "Jo Secret"),
        ("two boxes side by side", text("0 g 70 695 40 20 re f 110 695 40 20 re f"), Covered, "Jo Secret"),
        ("two boxes in one path", text("0 g 70 695 40 20 re 110 695 40 20 re f"), Covered, "Jo Secret"),
        ("one word of a line", text("0 g 88 695 80 20 re f"), Covered, "Secret"),
        ("a box in an ink of its own", text("/Spot cs 1 scn 70 695 80 20 re f"), Covered, "Jo Secret"),
        ("a box in process black", text("0 0 0 1 k 70 695 80 20 re f"), Covered, "Jo Secret"),
        ("words on their side", page("BT /F1 12 Tf 0 1 -1 0 300 400 Tm (Jo Secret) Tj ET 0 g 285 395 20 80 re f"), Covered, "Jo Secret"),
        ("a page on its side", Sheet::new(&format!("{TEXT}0 g 70 695 80 20 re f")).page_entry("Rotate", 90.into()).bytes(), Covered, "Jo Secret"),
        ("a black see-through marker", text("/Mul gs 0 g 70 695 80 20 re f"), Covered, "Jo Secret"),
        ("a black highlight", noted(note("Highlight", &dictionary! { "C" => black() })), Covered, "Jo Secret"),
        ("a black square put on top", noted(square), Covered, "Jo Secret"),
        ("a stamp with a picture of its own", {
            let sheet = Sheet::new(TEXT);
            let (sheet, look) = sheet.appearance("0 g 0 0 80 20 re f", [0, 0, 80, 20]);
            sheet.annotation(note("Stamp", &dictionary! { "AP" => dictionary! { "N" => look } })).bytes()
        }, Covered, "Jo Secret"),
        ("a link that looks like a box", boxed("Link", [70, 695, 150, 715]), Covered, "Jo Secret"),
        ("a note larger than an icon", boxed("Text", [70, 695, 150, 715]), Covered, "Jo Secret"),
        ("a mark for the printer", boxed("PrinterMark", [70, 695, 150, 715]), Covered, "Jo Secret"),
        ("white on paper", page(&format!("1 g {TEXT}")), SameColour, "Jo Secret"),
        ("white on a white box", page(&format!("0.5 g 0 600 500 200 re f 1 g 70 695 80 20 re f {TEXT}")), SameColour, "Jo Secret"),
        ("black on a black box", page(&format!("0 g 70 695 80 20 re f {TEXT}")), DarkOnDark, "Jo Secret"),
        ("nearly black on black", page(&format!("0 g 70 695 80 20 re f 0.05 g {TEXT}")), DarkOnDark, "Jo Secret"),
        ("cut away by a clip", page(&format!("q 300 300 50 50 re W n {TEXT} Q")), ClippedAway, "Jo Secret"),
        ("cut away by letters", page("q BT 7 Tr /F1 30 Tf 300 300 Td (O) Tj ET BT 0 Tr /F1 12 Tf 72 700 Td (Jo Secret) Tj ET Q"), ClippedAway, "Jo Secret"),
        ("cut away by an odd shape", page(&format!("q 60 690 m 60 730 l 64 730 l 64 694 l 200 694 l 200 690 l h W n {TEXT} Q")), Invisible, "Jo Secret"),
        ("letters that only clip, and nothing after them", page("q BT 7 Tr /F1 12 Tf 72 700 Td (Jo Secret) Tj ET Q"), Invisible, "Jo Secret"),
        ("letters that only clip, with a box over them", page("q BT 7 Tr /F1 12 Tf 72 700 Td (Jo Secret) Tj ET Q 0 g 70 695 80 20 re f"), Invisible, "Jo Secret"),
        ("squeezed to no width", page("BT /F1 12 Tf 0.01 Tz 72 700 Td (Jo Secret) Tj ET"), TooSmall, "JoSecret"),
        ("dark blue on black", page(&format!("0 g 70 695 80 20 re f 0 0 0.12 rg {TEXT}")), DarkOnDark, "Jo Secret"),
        ("a box in a pattern", text("/Pattern cs /P1 scn 70 695 80 20 re f"), Covered, "Jo Secret"),
        ("a note covered by another", {
            let sheet = Sheet::new("");
            let (mut sheet, shape) = sheet.appearance("0 g 0 0 80 20 re f", [0, 0, 80, 20]);
            let font = dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica", "Encoding" => "WinAnsiEncoding" };
            let words = sheet.doc.add_object(lopdf::Stream::new(
                dictionary! {
                    "Subtype" => "Form", "BBox" => vec![0.into(), 0.into(), 80.into(), 20.into()],
                    "Resources" => dictionary! { "Font" => dictionary! { "F1" => font } },
                },
                b"BT /F1 12 Tf 2 5 Td (Jo Secret) Tj ET".to_vec(),
            ));
            let look = |look: Object| dictionary! { "AP" => dictionary! { "N" => look } };
            let notes = [note("FreeText", &look(words.into())), note("Square", &look(shape))];
            let notes: Vec<Object> = notes.map(|note| sheet.doc.add_object(note).into()).to_vec();
            sheet.page_entry("Annots", Object::Array(notes)).bytes()
        }, Covered, "Jo Secret"),
        ("too small to see", page("BT /F1 0.5 Tf 72 700 Td (Jo Secret) Tj ET"), TooSmall, "Jo Secret"),
        ("a box turned a little", text("q 0.9999 0.0122 -0.0122 0.9999 70 694 cm 0 g 0 0 90 22 re f Q"), Covered, "Jo Secret"),
        ("a scribble", text("0 G 4 w 70 696 m 74 714 l 78 696 l 82 714 l 86 696 l 90 714 l 94 696 l 98 714 l 102 696 l 106 714 l 110 696 l 114 714 l 118 696 l 122 714 l 126 696 l 130 714 l S 72 714 m 76 696 l 80 714 l 84 696 l 88 714 l 92 696 l 96 714 l 100 696 l 104 714 l 108 696 l 112 714 l 116 696 l 120 714 l 124 696 l 128 714 l S"), Covered, "Jo Secret"),
        ("a replacement text", page("/Span <</ActualText (Jo Secret)>> BDC BT /F1 12 Tf 72 700 Td (removed) Tj ET EMC"), ReplacementText, "Jo Secret"),
        ("a replacement text of a bar", page("/Span <</ActualText (Jo Secret)>> BDC 0 g 70 695 80 20 re f EMC"), ReplacementText, "Jo Secret"),
        ("a replacement text in the structure", told("BT /F1 12 Tf 72 700 Td (removed) Tj ET", &dictionary! { "ActualText" => Object::string_literal("Jo Secret") }), ReplacementText, "Jo Secret"),
        ("a bar with an alternative text", told("0 g 70 695 80 20 re f", &dictionary! { "Alt" => Object::string_literal("Jo Secret") }), ReplacementText, "Jo Secret"),
        ("a page number under a cover", page("BT /F1 12 Tf 300 30 Td (Page 36) Tj ET 0.2 0.2 0.6 rg 0 0 595 842 re f"), UnderCover, "Page 36"),
        ("a form field of one colour", {
            let (sheet, look) = Sheet::new(TEXT).appearance("1 g 0 0 80 20 re f", [0, 0, 80, 20]);
            sheet.annotation(note("Widget", &dictionary! { "AP" => dictionary! { "N" => look } })).bytes()
        }, Covered, "Jo Secret"),
        ("a circle without an appearance", noted(note("Circle", &dictionary! { "IC" => black(), "C" => black(), "Rect" => vec![40.into(), 660.into(), 180.into(), 750.into()] })), Covered, "Jo Secret"),
        ("a pen's stroke without an appearance", noted(note("Ink", &dictionary! { "InkList" => vec![vec![70.into(), 704.into(), 140.into(), 704.into()].into()], "BS" => dictionary! { "W" => 16 } })), Covered, "Jo Secret"),
        ("grey on the same grey", page(&format!("0.82 g 70 695 80 20 re f 0.8 g {TEXT}")), SameColour, "Jo Secret"),
        ("white in process colours", page(&format!("0 0 0 0 k {TEXT}")), SameColour, "Jo Secret"),
        ("a tint of nothing", page(&format!("/Spot cs 0 scn {TEXT}")), SameColour, "Jo Secret"),
        ("beside the crop box", Sheet::new("BT /F1 12 Tf 20 700 Td (Jo) Tj ET").page_entry("CropBox", Object::Array(vec![50.into(), 50.into(), 500.into(), 800.into()])).bytes(), OffPage, "Jo"),
        ("beside the page and cut away by a clip", page("q 0 0 595 842 re W n BT /F1 12 Tf 72 900 Td (Jo Secret) Tj ET Q"), OffPage, "Jo Secret"),
        ("above the page", page("BT /F1 12 Tf 72 900 Td (Jo Secret) Tj ET"), OffPage, "Jo Secret"),
        ("not painted", page("BT 3 Tr /F1 12 Tf 72 700 Td (Jo Secret) Tj ET"), Invisible, "Jo Secret"),
        ("fully transparent", page(&format!("/Clear gs {TEXT}")), Invisible, "Jo Secret"),
        ("a layer that is off", page(&format!("/OC /Off BDC {TEXT} EMC")), HiddenLayer, "Jo Secret"),
        ("a form in a layer that is off", layer_form(Sheet::new("/Words Do")).bytes(), HiddenLayer, "Jo Secret"),
        ("a scan with a bar in it", scan(grey_scan(|_, _| 5), UNSEEN), Covered, "Jo Secret"),
        ("a photograph of a page with a bar in it", scan(photograph(|_, _| 20), UNSEEN), Covered, "Jo Secret"),
        ("a fax with a bar in it", scan(fax(true), UNSEEN), Covered, "Jo Secret"),
        ("a packed scan with a bar in it", scan(packed_scan(true), UNSEEN), Covered, "Jo Secret"),
        ("words painted below a scan with a bar", {
            let mut sheet = Sheet::new(&format!("{TEXT} q 595 0 0 842 0 0 cm /Scan Do Q"));
            let image = sheet.doc.add_object(grey_scan(|_, _| 0));
            sheet.object("Scan", image).bytes()
        }, Covered, "Jo Secret"),
        ("a turned box over a scan", {
            let mut sheet = Sheet::new("q 298 0 0 421 0 0 cm /Scan Do Q q 1 0.01 -0.01 1 100 200 cm 0 g 0 0 110 17 re f Q");
            let image = sheet.doc.add_object(grey_scan(|_, _| 245));
            sheet.object("Scan", image).bytes()
        }, CoveredPicture, ""),
        ("a scan that is cropped", {
            let mut sheet = Sheet::new("q 0 250 298 171 re W n 298 0 0 421 0 0 cm /Scan Do Q");
            let image = sheet.doc.add_object(grey_scan(|_, _| 245));
            sheet.object("Scan", image).bytes()
        }, CroppedPicture, ""),
        ("a comment", noted(note("Text", &dictionary! { "Contents" => Object::string_literal("Is this Jo?") })), Comment, "Is this Jo?"),
        ("words struck out by an editor", noted(note("StrikeOut", &dictionary! { "T" => Object::string_literal("Al"), "Contents" => Object::string_literal("not this") })), Comment, "Al: not this"),
        ("an insertion mark", noted(note("Caret", &dictionary! { "Contents" => Object::string_literal("add") })), Comment, "add"),
        ("a highlight with a remark", noted(note("Highlight", &dictionary! { "C" => vec![1.into(), 1.into(), 0.into()], "Contents" => Object::string_literal("sure?") })), Comment, "sure?"),
        ("a note that is hidden", noted(hidden_note), Comment, "Jo Secret"),
        ("a redaction only marked", noted(note("Redact", &Dictionary::new())), RedactionNotApplied, "Jo Secret"),
        ("a file hung on the page", noted(note("FileAttachment", &dictionary! { "FS" => dictionary! { "F" => Object::string_literal("pay.xlsx") } })), EmbeddedFile, "pay.xlsx"),
        ("a file inside", Sheet::new(TEXT).embedded("cases.xlsx").bytes(), EmbeddedFile, "cases.xlsx"),
        ("the author's name", Sheet::new(TEXT).info("Author", "Jo Bloggs").bytes(), PersonalDetail, "Jo Bloggs"),
        ("a folder", Sheet::new(TEXT).info("Title", "C:\\Users\\jbloggs\\draft.docx").bytes(), PersonalDetail, "C:\\Users\\jbloggs\\draft.docx"),
        ("an address in the metadata", Sheet::new(TEXT).metadata("<x:xmpmeta><dc:creator><rdf:Seq><rdf:li>jo@example.gov.uk</rdf:li></rdf:Seq></dc:creator></x:xmpmeta>").bytes(), PersonalDetail, "jo@example.gov.uk"),
        ("a program's private data", Sheet::new(TEXT).page_entry("PieceInfo", dictionary! { "Draw" => dictionary! { "Private" => Object::string_literal("layers") } }.into()).bytes(), PrivateData, "Draw"),
        ("words deleted before the last save", update(&page(TEXT), "BT /F1 12 Tf 72 700 Td (Jo) Tj ET"), EarlierVersion, "Secret"),
        ("a page taken out", Sheet::new("").orphan(TEXT).bytes(), EarlierVersion, "Jo Secret"),
    ]
}

/// Each looks a little like one of the bad ones.
pub(super) fn good() -> Vec<(&'static str, Vec<u8>)> {
    let text = |after: &str| page(&format!("{TEXT}{after}"));
    let before = |before: &str| page(&format!("{before} {TEXT}"));
    let slices: String = (0..40)
        .map(|i| {
            format!(
                "0.{:02} 0.3 0 rg 60 {} 200 0.5 re f ",
                40 + i,
                695.0 + f64::from(i) * 0.5
            )
        })
        .collect();
    vec![
        ("plain text", page(TEXT)),
        (
            "a scan",
            scan(
                grey_scan(|x, y| if (x / 2 + y / 3) % 4 == 0 { 30 } else { 245 }),
                UNSEEN,
            ),
        ),
        (
            "white letters on black in a scan",
            scan(
                grey_scan(|x, y| if (x / 2 + y / 4) % 3 == 0 { 250 } else { 5 }),
                UNSEEN,
            ),
        ),
        (
            "a photograph of a page",
            scan(
                photograph(|x, y| if (x / 2 + y / 3) % 4 == 0 { 30 } else { 245 }),
                UNSEEN,
            ),
        ),
        (
            "a letter or two that recognition saw in a shadow",
            scan(
                grey_scan(|_, _| 5),
                "BT 3 Tr /F1 12 Tf 72 700 Td (il) Tj ET",
            ),
        ),
        ("shading in a table", before("0.8 g 70 695 80 20 re f 0 g")),
        (
            "a dark header",
            before("0 0.2 0.4 rg 70 695 80 20 re f 1 g"),
        ),
        (
            "zebra rows",
            before("0.95 g 70 680 80 15 re f 0.9 g 70 695 80 20 re f 0.95 g 70 715 80 15 re f 0 g"),
        ),
        (
            "a yellow highlight",
            noted(note(
                "Highlight",
                &dictionary! { "C" => vec![1.into(), 1.into(), 0.into()] },
            )),
        ),
        (
            "a yellow marker",
            text("/Mul gs 1 1 0 rg 70 695 80 20 re f"),
        ),
        (
            "highlighting that blends inside a group",
            Sheet::new(&format!("{TEXT}/Fx Do"))
                .form(
                    "Fx",
                    "/Mul gs 1 0.75 0.6 rg 70 695 80 20 re f",
                    &dictionary! { "Group" => dictionary! { "S" => "Transparency" } },
                )
                .bytes(),
        ),
        ("a light veil", text("/Half gs 0.9 g 70 695 80 20 re f")),
        (
            "bold by printing twice",
            page(&format!("{TEXT}BT /F1 12 Tf 72.3 700 Td (Jo Secret) Tj ET")),
        ),
        (
            "a shadow",
            page(&format!(
                "0.7 g BT /F1 12 Tf 73 699 Td (Jo Secret) Tj ET 0 g {TEXT}"
            )),
        ),
        (
            "white with a dark shadow",
            page(&format!(
                "0 g BT /F1 12 Tf 73 699 Td (Jo Secret) Tj ET 1 g {TEXT}"
            )),
        ),
        (
            "an outline",
            page("BT 1 g 0 G 2 Tr /F1 12 Tf 72 700 Td (Jo Secret) Tj ET"),
        ),
        (
            "white on a picture",
            before("q 80 0 0 20 70 695 cm /Pic Do Q 1 g"),
        ),
        (
            "white on a picture with a mask",
            before("q 160 0 0 40 -10 670 cm /Cut Do Q 1 g"),
        ),
        (
            "white on a dark star",
            before("0 g 60 690 m 110 680 l 160 690 l 160 730 l 110 760 l 60 730 l f 1 g"),
        ),
        (
            "white on thin slices of colour",
            before(&format!("{slices} 1 g")),
        ),
        (
            "white on a pattern",
            before("/Pattern cs /P1 scn 70 695 80 20 re f 1 g"),
        ),
        (
            "a scan with its text above",
            page("q 595 0 0 842 0 0 cm /Pic Do Q BT 3 Tr /F1 12 Tf 72 700 Td (Jo Secret) Tj ET"),
        ),
        ("a scan with its text below", {
            let mut sheet = Sheet::new(&format!("{TEXT} q 595 0 0 842 0 0 cm /Scan Do Q"));
            let writing = |x: usize, y: usize| {
                if (x / 2 + y / 3).is_multiple_of(4) {
                    30
                } else {
                    245
                }
            };
            let image = sheet.doc.add_object(grey_scan(writing));
            sheet.object("Scan", image).bytes()
        }),
        (
            "part of a page scanned",
            page("q 400 0 0 200 50 600 cm /Pic Do Q BT 3 Tr /F1 12 Tf 72 700 Td (Jo Secret) Tj ET"),
        ),
        (
            "words struck through",
            text("0 G 0.8 w 70 704 m 150 704 l S"),
        ),
        ("words underlined", text("0 g 70 698 80 0.8 re f")),
        (
            "a frame of two rectangles",
            text("0 g 60 690 100 30 re 62 692 96 26 re f*"),
        ),
        (
            "a frame of a rectangle and a shape",
            text("0 g 60 690 100 30 re 62 692 m 158 692 l 158 718 l 110 716 l 62 710 l h f*"),
        ),
        ("a frame", text("0 G 3 w 60 690 100 30 re S")),
        (
            "words set again on top",
            page(&format!("{TEXT} 0.9 g 70 695 80 20 re f 0 g {TEXT}")),
        ),
        (
            "a layer that is on",
            page(&format!("/OC /On BDC {TEXT} EMC")),
        ),
        (
            "a watermark with a mask",
            text("q 80 0 0 20 70 695 cm /Cut Do Q"),
        ),
        (
            "a link",
            noted(note("Link", &dictionary! { "C" => black() })),
        ),
        (
            "words typed on the page",
            noted(note(
                "FreeText",
                &dictionary! { "Contents" => Object::string_literal("Agreed") },
            )),
        ),
        ("a box just below", text("0 g 70 670 80 25 re f")),
        (
            "a box over the tops of letters",
            text("0 g 70 708 80 20 re f"),
        ),
        (
            "a replacement text that says the same",
            told(
                "BT /F1 12 Tf 72 700 Td (offce) Tj ET",
                &dictionary! { "ActualText" => Object::string_literal("office") },
            ),
        ),
        (
            "an abbreviation with its meaning",
            told(
                "BT /F1 12 Tf 72 700 Td (DPIA) Tj ET",
                &dictionary! { "E" => Object::string_literal("Data Protection Impact Assessment") },
            ),
        ),
        ("a scan that is shown strip by strip", {
            let strips: String = (0..9)
                .map(|at| {
                    format!(
                        "q 0 {} 595 100 re W n 595 0 0 842 0 0 cm /Scan Do Q ",
                        at * 100
                    )
                })
                .collect();
            let mut sheet = Sheet::new(&strips);
            let image = sheet.doc.add_object(grey_scan(|_, _| 245));
            sheet.object("Scan", image).bytes()
        }),
        (
            "crosses under a box",
            page("BT /F1 12 Tf 72 700 Td (XXXX XXXX) Tj ET 0 g 70 695 80 20 re f"),
        ),
        (
            "letters cut out of a shape",
            page("q BT 7 Tr /F1 30 Tf 72 700 Td (Open) Tj ET 0 0 595 842 re f Q"),
        ),
        (
            "letters that are painted and clip",
            page("q BT 4 Tr /F1 30 Tf 72 700 Td (Open) Tj ET 0.9 g 0 710 595 5 re f Q"),
        ),
        (
            "a hidden box",
            text("q 0 0 10 10 re W n 0 g 70 695 80 20 re f Q"),
        ),
        (
            "a box in a layer that is off",
            text("/OC /Off BDC 0 g 70 695 80 20 re f EMC"),
        ),
        (
            "white spaces",
            page("1 g BT /F1 12 Tf 72 700 Td (   ) Tj ET"),
        ),
        (
            "a title",
            Sheet::new(TEXT).info("Title", "Budget 2025").bytes(),
        ),
        (
            "a save that only added",
            update(
                &page(TEXT),
                &format!("{TEXT} BT /F1 12 Tf 72 600 Td (More) Tj ET"),
            ),
        ),
    ]
}
