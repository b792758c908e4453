//! Other people's files come through whole: whatever their streams, page lists, boxes, forms and
//! layers are like, a page of the pack shows what the page of the file shows.

use crate::common::pdf::{attachment, plan, shrunk};
use crate::common::{pack, said};
use crate::privacy::Workspace;

use lopdf::{Dictionary, Document, Object};
use pack::assemble::numbering::{FirstNumber, Start};
use pack::assemble::outcome::NoteKind;
use pack::assemble::verify::{Expected, verify};
use pack::assemble::{Assembled, Extent, assemble, page_map};
use pack::pdf::Substance;
use pack::pdf::opening;

pub(crate) const CATALOG: &str = "<</Type/Catalog/Pages 2 0 R>>";
pub(crate) const TREE: &str = "<</Type/Pages/Kids[3 0 R]/Count 1>>";
pub(crate) const FONT: &str = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>";
pub(crate) const WORDS: &str = "BT /F1 24 Tf 72 700 Td (Words of the page) Tj ET\n";

/// A file of these objects, each as it is written between `obj` and `endobj`.
pub(crate) fn file(objects: &[(u32, Vec<u8>)]) -> Vec<u8> {
    let mut out = b"%PDF-1.5\n".to_vec();
    let mut places = Vec::new();
    for (number, body) in objects {
        places.push((*number, out.len()));
        out.extend(format!("{number} 0 obj\n").bytes());
        out.extend(body);
        out.extend(b"\nendobj\n");
    }
    let size = objects
        .iter()
        .map(|(number, _)| number + 1)
        .max()
        .unwrap_or(0);
    let start = out.len();
    out.extend(format!("xref\n0 {size}\n0000000000 65535 f \n").bytes());
    for number in 1..size {
        let line = match places.iter().find(|(other, _)| *other == number) {
            Some((_, place)) => format!("{place:010} 00000 n \n"),
            None => "0000000000 65535 f \n".to_owned(),
        };
        out.extend(line.bytes());
    }
    let end = format!("trailer\n<</Size {size}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n");
    out.extend(end.bytes());
    out
}

pub(crate) fn page(content: u32, more: &str) -> String {
    format!(
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {content} 0 R\
         /Resources<</Font<</F1 9 0 R>>>>{more}>>"
    )
}

pub(crate) fn stream(content: &str) -> String {
    format!(
        "<</Length {}>>\nstream\n{content}\nendstream",
        content.len()
    )
}

/// A file of one page: its catalog, the page, its content, and more objects.
pub(crate) fn one_page(catalog: &str, page: &str, content: &str, more: &[(u32, &str)]) -> Vec<u8> {
    let mut objects = vec![
        (1, catalog.into()),
        (2, TREE.into()),
        (3, page.into()),
        (4, content.into()),
        (9, FONT.into()),
    ];
    objects.extend(more.iter().map(|(number, body)| (*number, (*body).into())));
    file(&objects)
}

/// A file of one page whose form has a field, without `/Type` and the like, on a page that shows
/// some content.
fn with_field(field: &str, content: &str) -> Vec<u8> {
    one_page(
        "<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[20 0 R]/DA(/F1 0 Tf 0 g)>>>>",
        &page(4, "/Annots[20 0 R]"),
        &stream(content),
        &[
            (
                20,
                &format!("<</Type/Annot/Subtype/Widget/F 4/Rect[200 600 400 630]{field}>>"),
            ),
            (
                21,
                "<</Subtype/Form/BBox[0 0 0 0]/Length 22>>\nstream\nBT /F1 9 Tf (Old) Tj ET\nendstream",
            ),
        ],
    )
}

/// What is wrong with a pack of one page.
fn faults(assembled: &Assembled, sources: &[Option<Substance>]) -> Vec<String> {
    let extent = Extent {
        key: "a".to_owned(),
        pages: 1,
        reserved: 0,
        start: Start::Next,
        first_number: FirstNumber::Next,
        numbered: true,
    };
    let expected = Expected {
        map: &page_map(&[extent]),
        page_number: "{page}",
        references: &[],
        outline: &[],
        elements: 0,
        sources,
        password: None,
    };
    let faults = verify(&assembled.pdf, &expected);
    faults.into_iter().map(|fault| fault.to_string()).collect()
}

pub(crate) fn packed(pdf: &[u8]) -> (Assembled, Document) {
    let assembled = assemble(plan(vec![attachment("a", pdf)])).expect("it can be assembled");
    assert_eq!(faults(&assembled, &assembled.sources), [""; 0]);
    let doc = Document::load_mem(&assembled.pdf).expect("it opens again");
    (assembled, doc)
}

/// The content of the only page, with that of the forms that it draws.
fn content(doc: &Document) -> String {
    let page = doc.page_iter().next().expect("a page");
    let mut all = doc.get_page_content(page);
    for object in doc.objects.values() {
        if let Object::Stream(stream) = object
            && stream.dict.has_type(b"XObject")
        {
            all.push(b'\n');
            all.extend(stream.get_plain_content().unwrap_or_default());
        }
    }
    String::from_utf8_lossy(&all).into_owned()
}

#[test]
fn content_is_read_however_its_stream_ends_and_whatever_its_length_says() {
    let right = WORDS.len();
    for (dict, begin, end) in [
        (format!("/Length {right}"), "\n", " \nendstream"),
        (format!("/Length {right}"), "\n", " endstream"),
        (format!("/Length {right}"), "\n", "\t\tendstream"),
        (format!("/Length {right}"), "\n", "\0endstream"),
        (format!("/Length {right}"), " \r\n", "endstream"),
        (format!("/Length {right}"), " ", "endstream"),
        (String::new(), "\n", "endstream"),
        ("/Length 77 0 R".to_owned(), "\n", "endstream"),
        ("/Length 9 0 R".to_owned(), "\n", "endstream"),
        ("/Length/Wrong".to_owned(), "\n", "endstream"),
        ("/Length -1".to_owned(), "\n", "endstream"),
        ("/Length 3".to_owned(), "\n", "endstream"),
        ("/Length 99999999".to_owned(), "\n", "endstream"),
        (format!("/Length {right}"), "\n", ""),
        (String::new(), "\r\n", ""),
    ] {
        let body = format!("<<{dict}>>\nstream{begin}{WORDS}{end}");
        let pdf = one_page(CATALOG, &page(4, ""), &body, &[]);
        let (_, doc) = packed(&pdf);
        let content = content(&doc);
        assert!(content.contains("Words of the page"), "{body:?}");
        assert!(!content.contains("endobj"), "{body:?}");
    }
}

#[test]
fn words_of_a_page_do_not_end_its_stream() {
    let said = "BT /F1 9 Tf (an endobj, 12 0 obj or endstream here) Tj ET";
    for (dict, end) in [("", "endstream"), ("/Length 7", "\nendstream")] {
        let body = format!("<<{dict}>>\nstream\n{said}\n{WORDS}{end}");
        let (_, doc) = packed(&one_page(CATALOG, &page(4, ""), &body, &[]));
        assert!(content(&doc).contains("Words of the page"), "{body}");
    }
}

#[test]
fn an_object_is_found_where_the_table_does_not_say() {
    let pdf = one_page(CATALOG, &page(4, ""), &stream(WORDS), &[]);
    let place = pdf.windows(7).position(|window| window == b"4 0 obj");
    let told = format!("{:010} 00000 n", place.expect("an object"));
    let right = String::from_utf8(pdf).expect("ASCII");
    for wrong in ["0000000012", "0009000000"] {
        let wrong = right.replace(&told, &format!("{wrong} 00000 n"));
        let opened = opening::open(wrong.as_bytes()).expect("it opens");
        assert!(opened.repaired);
        let (_, doc) = packed(wrong.as_bytes());
        assert!(content(&doc).contains("Words of the page"));
    }
}

#[test]
fn a_page_that_is_not_what_it_was_is_a_fault() {
    let pdf = one_page(CATALOG, &page(4, ""), &stream(WORDS), &[]);
    let empty = one_page(CATALOG, &page(4, ""), &stream(""), &[]);
    let fontless = page(4, "").replace("/F1 9 0 R", "");
    let fontless = one_page(CATALOG, &fontless, &stream(WORDS), &[]);
    let (assembled, _) = packed(&pdf);
    for other in [empty, fontless] {
        let (other, _) = packed(&other);
        let faults = faults(&other, &assembled.sources);
        assert_eq!(faults.len(), 1, "{faults:?}");
        assert!(faults[0].starts_with("page 1: "), "{faults:?}");
    }
}

#[test]
fn what_the_crop_box_cuts_off_stays_cut_off() {
    let content = format!("{WORDS}BT /F1 9 Tf 40 60 Td (At the foot) Tj ET");
    let cropped = page(4, "/CropBox[30 50 565 800]/Annots[20 0 R 21 0 R]");
    let note = "<</Type/Annot/Subtype/Square/Rect[100 805 300 835]/F 4>>";
    let kept = "<</Type/Annot/Subtype/Square/Rect[100 705 300 735]/F 4>>";
    let pdf = one_page(
        CATALOG,
        &cropped,
        &stream(&content),
        &[(20, note), (21, kept)],
    );
    let (assembled, doc) = packed(&pdf);
    assert_eq!(shrunk(&assembled), [Some(1)]);
    let page = doc.page_iter().next().expect("a page");
    let content = String::from_utf8(doc.get_page_content(page)).expect("ASCII");
    let (before, _) = content.split_once("Words").expect("words");
    let (_, clip) = before.split_once(" cm\n").expect("a smaller page");
    assert!(clip.starts_with("30 50 535 750 re W n\n"), "{clip}");
    let annotations = doc
        .get_dictionary(page)
        .and_then(|page| page.get(b"Annots"));
    let annotations = annotations.and_then(Object::as_array).expect("annotations");
    assert_eq!(annotations.len(), 1);
}

#[test]
fn a_crop_box_beside_the_page_is_none() {
    let pdf = one_page(
        CATALOG,
        &page(4, "/CropBox[900 900 1500 1700]/TrimBox[800 0 900 20]"),
        &stream(WORDS),
        &[],
    );
    let (_, doc) = packed(&pdf);
    let page = doc.page_iter().next().expect("a page");
    let page = doc.get_dictionary(page).expect("a page");
    assert!(!page.has(b"CropBox") && !page.has(b"TrimBox"));
}

#[test]
fn a_value_stands_where_the_form_shows_it_whatever_the_page_leaves_open() {
    let field = "/FT/Tx/T(name)/V(A value)";
    for open in [
        "1 0 0 -1 0 842 cm",
        "0.1 0 0 0.1 0 0 cm 0 0 9 9 re W n",
        "q q",
        "Q Q",
        "BT",
    ] {
        let (_, doc) = packed(&with_field(field, &format!("{open} {WORDS}")));
        let page = doc.page_iter().next().expect("a page");
        let content = String::from_utf8(doc.get_page_content(page));
        let mut states = vec![Vec::new()];
        let mut operands = Vec::new();
        let mut place = None;
        for word in content.expect("ASCII").split_whitespace() {
            let nested = states.len() > 1;
            let state: &mut Vec<String> = states.last_mut().expect("a state");
            match word {
                "q" => {
                    let state = state.clone();
                    states.push(state);
                }
                "Q" if nested => drop(states.pop()),
                "cm" | "W" => state.push(
                    operands
                        .split_off(operands.len().saturating_sub(6))
                        .join(" "),
                ),
                "Do" if operands
                    .last()
                    .is_some_and(|name: &String| name.starts_with("/PackField")) =>
                {
                    place = Some(state.clone());
                }
                word => operands.push(word.to_owned()),
            }
        }
        // Nothing but the field's own place.
        assert_eq!(
            place.expect("the field is drawn"),
            ["1 0 0 1 200 600"],
            "{open}"
        );
    }
}

#[test]
fn a_value_is_no_part_of_what_the_content_breaks_off_in() {
    for (broken, closed) in [
        ("(unfinished", "(unfinished ) n Q"),
        ("[(a) 2", "[(a) 2 ] n Q"),
        ("/P <</MCID 1", "/P <</MCID 1 >> n Q"),
        ("0 0 m 595 842 l", "842 l n Q"),
        ("BI /W 1 /H 2 /CS /G /BPC 8 ID a", "ID a EI n Q"),
    ] {
        let pdf = with_field("/FT/Tx/T(name)/V(A value)", &format!("{WORDS}{broken}"));
        let (_, doc) = packed(&pdf);
        let page = doc.page_iter().next().expect("a page");
        let content = doc.get_page_content(page);
        let content = String::from_utf8_lossy(&content).replace('\0', " ");
        let words = content.split_whitespace().collect::<Vec<_>>().join(" ");
        let (before, _) = words.split_once("/PackField1").expect("the field");
        assert!(before.contains(closed), "{before}");
    }
}

#[test]
fn fields_without_a_look_are_drawn_from_their_values() {
    for (field, shown) in [
        ("/FT/Tx/T(a)/V(Plain)", "Plain"),
        ("/FT/Tx/T(a)/V<FEFF00430061006600E9>", "Caf\u{e9}"),
        ("/FT/Tx/T(a)/Ff 4096/V(One line\\rAnother)", "Another"),
        (
            "/FT/Ch/T(a)/Ff 131072/V(x)/Opt[[(w)(First)][(x)(Second)]]",
            "Second",
        ),
        ("/FT/Ch/T(a)/V(Beta)/Opt[(Alpha)(Beta)]", "Beta"),
        ("/FT/Tx/T(a)/Ff 16777216/MaxLen 4/V(7)", "7"),
        ("/FT/Tx/T(a)/V<FFFE420061006300E900>", "Bac\u{e9}"),
        ("/FT/Ch/T(a)/I[1]/Opt[(Alpha)(Beta)]", "Beta"),
        // A look without room shows nothing.
        ("/FT/Tx/T(a)/V(Plain)/AP<</N 21 0 R>>", "Plain"),
    ] {
        let (assembled, doc) = packed(&with_field(field, WORDS));
        let drawn = drawn_text(&doc);
        assert!(drawn.contains(shown), "{field}: {drawn}");
        let notes: Vec<NoteKind> = assembled.notes.iter().map(|note| note.kind).collect();
        assert!(notes.contains(&NoteKind::FieldWithoutAppearance), "{field}");
    }
    let lacks = |field: &str| {
        let notes = packed(&with_field(field, WORDS)).0.notes;
        let mut kinds = notes.iter().map(|note| note.kind);
        kinds.any(|kind| kind == NoteKind::FieldLettersMissing)
    };
    assert!(lacks("/FT/Tx/T(a)/V<FEFF4E2D6587>"));
    // The font may have the letters, but they join or run from right to left.
    assert!(lacks("/FT/Tx/T(a)/V<FEFF064506310645>") && lacks("/FT/Tx/T(a)/V<FEFF0915093F>"));
    assert!(!lacks("/FT/Tx/T(a)/V(Plain\\nwords)"));
    let hidden = packed(&with_field("/FT/Tx/T(a)/Ff 8192/V(secret)", WORDS)).1;
    assert!(!drawn_text(&hidden).contains("secret"));
    let ticked = |state: &str| {
        let field = format!("/FT/Btn/T(a)/AS/{state}/MK<</CA(4)>>");
        content(&packed(&with_field(&field, WORDS)).1).contains(" l S")
    };
    assert!(ticked("Yes") && !ticked("Off"));
}

const AGENDA_WITH_FORM: &str = "committee = \"board\"\n[meeting]\ndate = 2027-01-18\n[[item]]\ntitle = \"Forms\"\n\
                                kind = \"verbal\"\n[[item.appendix]]\ntitle = \"Form\"\nfile = \"form.pdf\"\n";

#[test]
fn letters_that_cannot_be_drawn_for_a_field_are_found_before_the_build() {
    let check = |pdf: &[u8]| {
        let mut workspace = Workspace::of_a_board();
        workspace.write("packs/m/pack.toml", AGENDA_WITH_FORM);
        workspace.bytes("packs/m/form.pdf", pdf);
        said(&pack(&["check", "packs/m"], workspace.folder()))
    };
    let arabic = "/FT/Tx/T(Applicant)/V<FEFF0041064506310645>";
    let found = check(&with_field(arabic, WORDS));
    // A draft is built all the same, and says it once.
    let mut workspace = Workspace::of_a_board();
    workspace.write("packs/m/pack.toml", AGENDA_WITH_FORM);
    workspace.bytes("packs/m/form.pdf", &with_field(arabic, WORDS));
    let draft = said(&pack(
        &["build", "--allow-errors", "packs/m"],
        workspace.folder(),
    ));
    assert_eq!(
        draft.matches("form-field-letters-missing").count(),
        1,
        "{draft}"
    );
    let told = "error[form-field-letters-missing]: The form field \u{201c}Applicant\u{201d} does not say how it \
                looks, and pack cannot draw \u{201c}\u{645}\u{201d} (U+0645), \u{201c}\u{631}\u{201d} (U+0631)";
    assert!(found.contains(told), "{found}");
    // Its own look shows whatever it has.
    let look =
        "<</Subtype/Form/BBox[0 0 99 20]/Length 22>>\nstream\nBT /F1 9 Tf (Own) Tj ET\nendstream";
    let widget = format!("<</Subtype/Widget/F 4/Rect[200 600 400 630]{arabic}/AP<</N 21 0 R>>>>");
    let page = page(4, "/Annots[20 0 R]");
    let own = one_page(CATALOG, &page, &stream(WORDS), &[(20, &widget), (21, look)]);
    let welsh = with_field("/FT/Tx/T(a)/V<FEFF017500680041>", WORDS);
    for fine in [own, welsh] {
        let found = check(&fine);
        assert!(!found.contains("form-field-letters-missing"), "{found}");
    }
}

/// What is shown and where, of looks that were drawn: each line's size and left and lower edge.
fn drawn_lines(doc: &Document) -> Vec<[f64; 3]> {
    let content = content(doc);
    let lines = content.lines().filter(|line| line.ends_with("> Tj ET"));
    let numbers = lines.map(|line| {
        let words: Vec<&str> = line.split_whitespace().collect();
        let at = words.iter().position(|word| *word == "/F").expect("a font");
        [at + 1, at + 3, at + 4].map(|at| words[at].parse().expect("a number"))
    });
    numbers.collect()
}

#[test]
fn nothing_of_a_value_is_cut_off() {
    let long = (0..60)
        .map(|number| format!("word{number}"))
        .collect::<Vec<_>>();
    let long = long.join(" ");
    let options: String = (1..=30)
        .map(|number| format!("(Option {number})"))
        .collect();
    let list = |size: u32, chosen: &str| {
        format!("/FT/Ch/T(a)/Ff 2097152/Opt[{options}]/V[{chosen}]/DA(/F1 {size} Tf 0 g)")
    };
    for (field, shown) in [
        (format!("/FT/Tx/T(a)/V({long})"), "word59"),
        (format!("/FT/Tx/T(a)/DA(/F1 12 Tf 0 g)/V({long})"), "word59"),
        (format!("/FT/Tx/T(a)/Ff 4096/V({long} {long})"), "word59"),
        ("/FT/Tx/T(a)/DA(/F1 90 Tf 0 g)/V(Ag)".to_owned(), "Ag"),
        (
            "/FT/Tx/T(a)/Ff 16777216/MaxLen 3/V(ABCDEFGH)".to_owned(),
            "H",
        ),
        (list(12, "(Option 2)(Option 9)(Option 30)"), "Option 30"),
        (list(40, "(Option 2)(Option 9)(Option 30)"), "Option 9"),
        (list(40, "(Option 29)"), "Option 29"),
    ] {
        let (_, doc) = packed(&with_field(&field, WORDS));
        assert!(drawn_text(&doc).contains(shown), "{field}");
        let lines = drawn_lines(&doc);
        assert!(!lines.is_empty(), "{field}");
        for [size, left, foot] in lines {
            assert!((0.0..200.0).contains(&left), "{field}: {left}");
            assert!(
                foot >= 0.0 && foot + size * 0.7 <= 30.0,
                "{field}: {size} at {foot}"
            );
        }
    }
}

/// The text of looks that were drawn from values, by the maps of their fonts.
fn drawn_text(doc: &Document) -> String {
    let mut text = String::new();
    for object in doc.objects.values() {
        let Object::Stream(look) = object else {
            continue;
        };
        let map = look
            .dict
            .get(b"Resources")
            .and_then(Object::as_dict)
            .and_then(|resources| resources.get(b"Font"))
            .and_then(Object::as_dict)
            .and_then(|fonts| fonts.get(b"F"))
            .and_then(|font| doc.dereference(font))
            .and_then(|(_, font)| font.as_dict()?.get(b"ToUnicode"))
            .and_then(|map| doc.dereference(map));
        let Ok((_, Object::Stream(map))) = map else {
            continue;
        };
        let map = String::from_utf8(map.get_plain_content().expect("a map")).expect("ASCII");
        let character = |code: &str| {
            let (_, rest) = map.split_once(&format!("<{code}> <"))?;
            let unit = u32::from_str_radix(rest.split('>').next()?, 16).ok()?;
            char::from_u32(unit)
        };
        let shown = String::from_utf8(look.get_plain_content().expect("a look")).expect("ASCII");
        for line in shown.lines().filter(|line| line.ends_with("> Tj ET")) {
            let codes = line.trim_end_matches("> Tj ET");
            let (_, codes) = codes.rsplit_once('<').expect("codes");
            text.extend(
                (0..codes.len())
                    .step_by(4)
                    .filter_map(|at| character(&codes[at..at + 4])),
            );
            text.push('\n');
        }
    }
    text
}

#[test]
fn a_look_that_is_empty_or_out_of_date_is_drawn_again() {
    let look = |content: &str| {
        format!(
            "<</Type/XObject/Subtype/Form/BBox[0 0 200 30]/Length {}>>\nstream\n{content}\nendstream",
            content.len()
        )
    };
    let with_value = |value: &str, needs: &str, look: &str| {
        let field = "<</Type/Annot/Subtype/Widget/F 4/Rect[200 600 400 630]/FT/Tx/T(a)/V(New)/AP<</N 21 0 R>>>>".replace("(New)", value);
        one_page(
            &format!("<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[20 0 R]{needs}>>>>"),
            &page(4, "/Annots[20 0 R]"),
            &stream(WORDS),
            &[(20, &field), (21, look)],
        )
    };
    let form = |needs: &str, look: &str| with_value("(New)", needs, look);
    let old = look("BT /F1 9 Tf (Old) Tj ET");
    let empty = look("/Tx BMC EMC");
    let drawn = |pdf: &[u8]| drawn_text(&packed(pdf).1).contains("New");
    assert!(drawn(&form("/NeedAppearances true", &old)));
    assert!(drawn(&form("/NeedAppearances true", &empty)));
    assert!(drawn(&form("", &empty)));
    assert!(!drawn(&form("", &old)));
    // A script that the font lacks is left to the look that the file brings.
    let arabic = with_value("<FEFF06330644>", "/NeedAppearances true", &old);
    assert!(content(&packed(&arabic).1).contains("(Old)"));
}

#[test]
fn a_look_without_resources_has_the_letters_of_its_form() {
    let look = "<</Type/XObject/Subtype/Form/BBox[0 0 200 30]/Length 34>>\nstream\nBT /Helv 9 Tf 2 9 Td (Typed) Tj ET  \nendstream";
    let fonts = |name: &str| {
        let catalog = format!(
            "<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[20 0 R]/DR<</Font<</{name} 9 0 R>>>>>>>>"
        );
        let field = "<</Type/Annot/Subtype/Widget/F 4/Rect[200 600 400 630]/FT/Tx/T(a)/V(Typed)/AP<</N 21 0 R>>>>";
        let pdf = one_page(
            &catalog,
            &page(4, "/Annots[20 0 R]"),
            &stream(WORDS),
            &[(20, field), (21, look)],
        );
        let (_, doc) = packed(&pdf);
        let looks = doc.objects.values().filter_map(|object| match object {
            Object::Stream(look) if look.dict.has(b"BBox") => Some(look.dict.clone()),
            _ => None,
        });
        let fonts = looks.filter_map(|look| {
            let resources = doc.dereference(look.get(b"Resources").ok()?).ok()?.1;
            let fonts = resources.as_dict().ok()?.get(b"Font").ok()?;
            Some(doc.dereference(fonts).ok()?.1.as_dict().ok()?.has(b"Helv"))
        });
        fonts.collect::<Vec<bool>>()
    };
    assert!(fonts("Helv").contains(&true));
    // Where the form does not have them either, the page may.
    assert!(!fonts("Other").contains(&true));
}

#[test]
fn what_an_annotation_looks_like_is_kept_whatever_it_calls_itself() {
    let shown = |annotation: &str| {
        let look = "<</Subtype/Form/BBox[0 0 9 9]/Length 12>>\nstream\n0 0 9 9 re f\nendstream";
        let pdf = one_page(
            CATALOG,
            &page(4, "/Annots[20 0 R]"),
            &stream(WORDS),
            &[
                (20, &format!("<</Rect[72 500 172 600]{annotation}>>")),
                (21, look),
            ],
        );
        let (_, doc) = packed(&pdf);
        let is_look = |object: &Object| {
            object.as_stream().is_ok_and(|stream| {
                let content = stream.get_plain_content().unwrap_or_default();
                content.starts_with(b"0 0 9 9 re")
            })
        };
        doc.objects.values().any(is_look)
    };
    for annotation in [
        "/Subtype/Stamp/AP<</N 21 0 R>>",
        "/Subtype/Novel/AP<</N 21 0 R>>",
        "/Subtype/PrinterMark/AP<</N 21 0 R>>",
        "/Subtype/Stamp/AS/On/AP<</N<</On 21 0 R/Off 99 0 R>>>>",
        "/Subtype/Stamp/AP<</N<</On 21 0 R>>>>",
        "/Subtype/Stamp/AP<</N<</On 99 0 R/Off 21 0 R>>>>",
    ] {
        assert!(shown(annotation), "{annotation}");
    }
    for annotation in [
        "/Subtype/Novel/F 2/AP<</N 21 0 R>>",
        "/Subtype/TrapNet/AP<</N 21 0 R>>",
        "/Subtype/Widget/FT/Btn/T(a)/AP<</N<</On 21 0 R>>>>",
    ] {
        assert!(!shown(annotation), "{annotation}");
    }
}

#[test]
fn a_field_has_the_value_of_the_field_that_lists_it() {
    let pdf = one_page(
        "<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[20 0 R]/DA(/F1 0 Tf 0 g)>>>>",
        &page(4, "/Annots[21 0 R]"),
        &stream(WORDS),
        &[
            (20, "<</FT/Tx/T(a)/V(Granted)/Kids[21 0 R]>>"),
            (
                21,
                "<</Type/Annot/Subtype/Widget/F 4/Rect[200 600 400 630]>>",
            ),
        ],
    );
    assert!(drawn_text(&packed(&pdf).1).contains("Granted"));
}

#[test]
fn the_picture_of_a_video_stays() {
    let screen = "<</Type/Annot/Subtype/Screen/Rect[100 400 300 550]/F 4/AP<</N 21 0 R>>/A<</S/Rendition>>>>";
    let poster = "<</Type/XObject/Subtype/Form/BBox[0 0 200 150]/Length 23>>\nstream\n0 0 200 150 re f %poster\nendstream";
    let pdf = one_page(
        CATALOG,
        &page(4, "/Annots[20 0 R]"),
        &stream(WORDS),
        &[(20, screen), (21, poster)],
    );
    let (assembled, doc) = packed(&pdf);
    assert!(content(&doc).contains("0 0 200 150 re f"));
    let notes: Vec<NoteKind> = assembled.notes.iter().map(|note| note.kind).collect();
    assert!(notes.contains(&NoteKind::MultimediaDropped));
    assert!(!notes.contains(&NoteKind::FieldsFlattened));
}

/// A file with one layer called "Notes", switched on or off, with what its group and the file's
/// default say beside that.
fn layered(off: bool, usage: &str, automatic: &str) -> Vec<u8> {
    let off = if off { "/OFF[10 0 R]" } else { "" };
    one_page(
        &format!(
            "<</Type/Catalog/Pages 2 0 R/OCProperties<</OCGs[10 0 R]/D<</Order[10 0 R]{off}{automatic}>>>>>>"
        ),
        &page(4, "").replace("/Resources<<", "/Resources<</Properties<</L1 10 0 R>>"),
        &stream("/OC /L1 BDC BT /F1 9 Tf (Layer) Tj ET EMC"),
        &[(10, &format!("<</Type/OCG/Name(Notes){usage}>>"))],
    )
}

fn default_layers(doc: &Document) -> &Dictionary {
    let properties = doc
        .catalog()
        .and_then(|catalog| catalog.get(b"OCProperties"));
    let default = properties
        .and_then(Object::as_dict)
        .and_then(|properties| properties.get(b"D"));
    default.and_then(Object::as_dict).expect("layers")
}

#[test]
fn a_layer_that_is_not_for_print_does_not_print() {
    let pdf = layered(
        false,
        "/Usage<</Print<</PrintState/OFF>>/CreatorInfo<</Creator(Private)>>>>",
        "/AS[<</Event/Print/Category[/Print]/OCGs[10 0 R]>>]",
    );
    let (assembled, doc) = packed(&pdf);
    let automatic = default_layers(&doc)
        .get(b"AS")
        .and_then(Object::as_array)
        .expect("uses");
    let [automatic] = automatic.as_slice() else {
        panic!("{automatic:?}")
    };
    let automatic = automatic.as_dict().expect("a use");
    let event = automatic.get(b"Event").and_then(Object::as_name);
    assert_eq!(event.expect("an event"), b"Print");
    let groups = automatic
        .get(b"OCGs")
        .and_then(Object::as_array)
        .expect("groups");
    let group = groups[0]
        .as_reference()
        .and_then(|id| doc.get_dictionary(id))
        .expect("a group");
    let print = group.get(b"Usage").and_then(Object::as_dict);
    let print = print
        .and_then(|usage| usage.get(b"Print"))
        .and_then(Object::as_dict);
    let state = print
        .and_then(|print| print.get(b"PrintState"))
        .and_then(Object::as_name);
    assert_eq!(state.expect("a state"), b"OFF");
    assert!(!assembled.pdf.windows(7).any(|window| window == b"Private"));
}

/// A file whose page draws a form that borrows its font from the page, and its layer too, which is
/// off: the form has resources of its own, and these lack both.
fn borrowing() -> Vec<u8> {
    let form = |words: &str, resources: &str| {
        format!(
            "<</Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<<{resources}>>/Length {}>>\nstream\n{words}\nendstream",
            words.len()
        )
    };
    let outer = form("/Y Do", "/XObject<</Y 21 0 R>>");
    let inner = form(
        "/OC /L1 BDC BT /F1 24 Tf 72 700 Td (Switched off) Tj ET EMC BT /F1 24 Tf 72 600 Td (Borrowed words) Tj ET",
        "/ProcSet[/PDF]",
    );
    let resources = "/Resources<</Properties<</L1 10 0 R>>/XObject<</X 20 0 R>>";
    one_page(
        "<</Type/Catalog/Pages 2 0 R/OCProperties<</OCGs[10 0 R]/D<</OFF[10 0 R]>>>>>>",
        &page(4, "").replace("/Resources<<", resources),
        &stream("/X Do"),
        &[
            (10, "<</Type/OCG/Name(Notes)>>"),
            (20, &outer),
            (21, &inner),
        ],
    )
}

#[test]
fn what_a_form_lacks_comes_from_whatever_draws_it() {
    let pdf = borrowing();
    let texts = pack::pdf::page_texts(&pdf);
    assert!(texts[0].contains("Borrowed words"), "{texts:?}");
    let opened = opening::open(&pdf).expect("it opens");
    let found = pack::pdf::suspects(&opened.doc, &pdf, &pack::model::PageSelection::default());
    let hidden = |words: &str| found.iter().any(|suspect| suspect.text.contains(words));
    assert!(hidden("Switched off"), "{found:?}");
    assert!(!hidden("Borrowed"), "{found:?}");
    // Its layer goes into the pack with it, and is off there.
    let (_, doc) = packed(&pdf);
    let off = default_layers(&doc)
        .get(b"OFF")
        .and_then(Object::as_array)
        .expect("layers");
    assert_eq!(off.len(), 1);
    let named = doc.objects.values().filter_map(|object| match object {
        Object::Dictionary(dict) => dict.get(b"Resources").ok(),
        Object::Stream(stream) => stream.dict.get(b"Resources").ok(),
        _ => None,
    });
    let lists_layer = named
        .filter_map(|resources| doc.dereference(resources).ok()?.1.as_dict().ok())
        .filter_map(|resources| doc.dereference(resources.get(b"Properties").ok()?).ok())
        .any(|(_, properties)| properties.as_dict().is_ok_and(|it| it.has(b"L1")));
    assert!(lists_layer);
}

#[test]
fn borrowed_words_are_redacted() {
    let area = pack::pdf::RedactionBox {
        page: 1,
        x: 60.0,
        y: 215.0,
        width: 400.0,
        height: 40.0,
    };
    let redacted = pack::pdf::redact(&borrowing(), &[area]).expect("it can be redacted");
    assert!(redacted.removed[0].text.contains("Borrowed words"));
    let texts = pack::pdf::page_texts(&redacted.pdf);
    assert!(!texts.concat().contains("Borrowed"), "{texts:?}");
}

#[test]
fn layers_of_one_name_keep_the_state_of_their_own_file() {
    let files = [layered(false, "", ""), layered(true, "", "")];
    let sections = files.iter().map(|pdf| attachment("a", pdf)).collect();
    let assembled = assemble(plan(sections)).expect("it can be assembled");
    let doc = Document::load_mem(&assembled.pdf).expect("it opens again");
    let off = default_layers(&doc)
        .get(b"OFF")
        .and_then(Object::as_array)
        .expect("layers");
    assert_eq!(off.len(), 1);
    let shown: Vec<bool> = doc
        .page_iter()
        .map(|page| {
            let page = doc.get_dictionary(page).expect("a page");
            let resources = page.get(b"Resources").and_then(|it| doc.dereference(it));
            let resources = resources
                .and_then(|(_, it)| it.as_dict())
                .expect("resources");
            let layers = resources
                .get(b"Properties")
                .and_then(|it| doc.dereference(it));
            let layers = layers.and_then(|(_, it)| it.as_dict()).expect("layers");
            !off.contains(layers.get(b"L1").expect("a layer"))
        })
        .collect();
    assert_eq!(shown, [true, false]);
}

#[test]
fn a_list_of_pages_with_gaps_says_where_they_are() {
    use pack::model::{LostPage, LostPageKind};
    let list = |kids: &str, count: u32, seven: &str| {
        let tree = format!("<</Type/Pages/Kids[{kids}]/Count {count}>>");
        let pdf = file(&[
            (1, CATALOG.into()),
            (2, tree.into()),
            (3, page(4, "").into()),
            (4, stream(WORDS).into()),
            (5, page(4, "").into()),
            (7, seven.into()),
            (9, FONT.into()),
        ]);
        let opened = opening::open(&pdf).expect("it opens");
        pack::pdf::survey(&opened, &pdf).facts
    };
    let lost = |kind| vec![LostPage { after: 1, kind }];
    for (kids, seven, expected) in [
        ("3 0 R 5 0 R", "null", vec![]),
        ("3 0 R 12 0 R 5 0 R", "null", lost(LostPageKind::Missing)),
        ("3 0 R null 5 0 R", "null", lost(LostPageKind::Missing)),
        ("3 0 R 9 0 R 5 0 R", "null", lost(LostPageKind::NoPage)),
        ("3 0 R 4 0 R 5 0 R", "null", lost(LostPageKind::NoPage)),
        ("3 0 R 7 0 R 5 0 R", "42", lost(LostPageKind::NoPage)),
        ("3 0 R 2 0 R 5 0 R", "null", lost(LostPageKind::Circle)),
    ] {
        let facts = list(kids, 2, seven);
        assert_eq!(facts.lost_pages, expected, "{kids}");
        assert_eq!(facts.pages.len(), 2, "{kids}");
    }
    assert_eq!(list("3 0 R 5 0 R", 7, "null").pages_told, Some(7));
}

#[test]
fn a_page_whose_content_is_not_there_is_known() {
    let lacks = |page: &str| {
        let pdf = one_page(CATALOG, page, &stream(WORDS), &[]);
        let opened = opening::open(&pdf).expect("it opens");
        let page = &pack::pdf::survey(&opened, &pdf).facts.pages[0];
        (page.content_missing, page.content_partial)
    };
    let all = (true, false);
    assert_eq!(lacks(&page(66, "")), all);
    assert_eq!(lacks(&page(4, "").replace("4 0 R", "[66 0 R 67 0 R]")), all);
    // What is there is shown, and all readers pass over the rest.
    let some = lacks(&page(4, "").replace("4 0 R", "[4 0 R 66 0 R]"));
    assert_eq!(some, (false, true));
    for whole in ["4 0 R", "[null 4 0 R null]"] {
        let whole = lacks(&page(4, "").replace("4 0 R", whole));
        assert_eq!(whole, (false, false));
    }
    assert_eq!(
        lacks(&page(4, "").replace("/Contents 4 0 R", "")),
        (false, false)
    );
}

/// A stream of bytes, with a filter and other keys, written in hexadecimal digits.
fn packed_stream(filter: &str, keys: &str, data: &[u8]) -> String {
    let hex: String = data.iter().map(|byte| format!("{byte:02X}")).collect();
    format!(
        "<</Length {}/Filter[/AHx{filter}]{keys}>>\nstream\n{hex}>\nendstream",
        hex.len() + 1
    )
}

/// Content packed with deflate, as it is and in one block.
fn deflated(content: &str) -> Vec<u8> {
    let length = u16::try_from(content.len()).expect("a short content");
    let (length, inverted) = (length.to_le_bytes(), (!length).to_le_bytes());
    [b"\x78\x01\x01", &length[..], &inverted, content.as_bytes()].concat()
}

#[test]
fn content_that_breaks_off_is_known() {
    let facts = |data: &[u8]| {
        let content = packed_stream("/Fl", "", data);
        let pdf = one_page(CATALOG, &page(4, ""), &content, &[]);
        let opened = opening::open(&pdf).expect("it opens");
        let page = pack::pdf::survey(&opened, &pdf).facts.pages.remove(0);
        (page.content_missing, page.content_partial, page.has_text)
    };
    let whole = deflated(&format!("{WORDS}{}", "0 0 9 9 re f\n".repeat(9)));
    assert_eq!(facts(&whole), (false, false, true));
    assert_eq!(facts(&whole[..whole.len() - 20]), (false, true, true));
    assert_eq!(facts(&whole[..20]), (true, true, false));
    let wrong_checksum = [&whole[..], b"none"].concat();
    assert_eq!(facts(&wrong_checksum), (false, true, true));
}

#[test]
fn content_that_breaks_off_is_known_where_words_beside_the_page_are_left_out() {
    let beside = format!("{WORDS}BT /F1 12 Tf 900 700 Td (Beside the page) Tj ET\n");
    let content = packed_stream("/Fl", "", &deflated(&format!("{beside}{WORDS}"))[..140]);
    let pdf = one_page(CATALOG, &page(4, ""), &content, &[]);
    let loaded = read_from(&pdf, "letters.pdf");
    let document = document(&loaded).expect("a PDF");
    let left_out = |it: &pack::model::Suspect| it.kind == pack::model::SuspectKind::LeftOut;
    assert!(document.suspects.iter().any(left_out));
    let page = &document.facts.pages[0];
    assert!(page.content_partial && !page.content_missing);
}

#[test]
fn an_object_is_found_whatever_generation_is_named() {
    let right = one_page(CATALOG, &page(4, ""), &stream(WORDS), &[]);
    let right = String::from_utf8(right).expect("it is text");
    for (named, wrong) in [
        ("/Contents 4 0 R", "/Contents 4 1 R"),
        ("/F1 9 0 R", "/F1 9 2 R"),
        ("[3 0 R]", "[3 5 R]"),
        ("/Pages 2 0 R", "/Pages 2 1 R"),
    ] {
        assert!(right.contains(named), "{named}");
        let pdf = right.replace(named, wrong).into_bytes();
        let opened = opening::open(&pdf).expect("it opens");
        let page = &pack::pdf::survey(&opened, &pdf).facts.pages[0];
        assert!(page.has_text && !page.content_missing, "{wrong}");
        assert_eq!(page.fonts_not_embedded, ["Helvetica"], "{wrong}");
        let (_, doc) = packed(&pdf);
        assert!(content(&doc).contains("Words of the page"), "{wrong}");
    }
}

#[test]
fn a_picture_that_nothing_can_show_is_known() {
    let size = "/Subtype/Image/Width 2/Height 2/BitsPerComponent 8/ColorSpace/DeviceGray";
    let facts = |content: &str, picture: &str| {
        let page = page(4, "").replace("/Font", "/XObject<</Im 5 0 R>>/Font");
        let pdf = one_page(CATALOG, &page, &stream(content), &[(5, picture)]);
        let opened = opening::open(&pdf).expect("it opens");
        let page = pack::pdf::survey(&opened, &pdf).facts.pages.remove(0);
        (page.content_missing, page.pictures_lost)
    };
    let drawn = "q 99 0 0 99 72 500 cm /Im Do Q\n";
    let beside = format!("{WORDS}{drawn}{drawn}");
    let lost = format!("<<{size}/Filter/FooDecode/Length 4>>\nstream\n\0\0\0\0\nendstream");
    assert_eq!(facts(&beside, &lost), (false, 1));
    assert_eq!(facts(drawn, &lost), (true, 1), "the page is empty");
    assert_eq!(facts(WORDS, &lost), (false, 0), "nothing draws it");
    let shown = packed_stream("", size, b"four");
    assert_eq!(facts(drawn, &shown), (false, 0));
    let gone = facts(&format!("{WORDS}{drawn}"), "null");
    assert_eq!(gone, (false, 0));
}

#[test]
fn what_an_unknown_filter_leaves_as_it_is_is_read() {
    for (data, filter) in [
        (WORDS.as_bytes().to_vec(), "/FooDecode"),
        (deflated(WORDS), "[/FooDecode/FlateDecode]"),
    ] {
        let head = format!("<</Length {}/Filter{filter}>>\nstream\n", data.len());
        let body = [head.as_bytes(), &data, b"\nendstream"].concat();
        let objects = [
            (1, CATALOG.into()),
            (2, TREE.into()),
            (3, page(4, "").into_bytes()),
            (4, body),
            (9, FONT.into()),
        ];
        let (_, doc) = packed(&file(&objects));
        assert!(content(&doc).contains("Words of the page"), "{filter}");
    }
}

#[test]
fn content_is_read_whatever_way_its_filters_are_written() {
    let hex: String = WORDS.bytes().map(|byte| format!("{byte:02X}")).collect();
    for filter in [
        "/AHx",
        "[/AHx]",
        "/ASCIIHexDecode",
        "20 0 R",
        "[/Crypt/AHx]",
    ] {
        let body = format!(
            "<</Length {}/Filter {filter}>>\nstream\n{hex}>\nendstream",
            hex.len() + 1
        );
        let pdf = one_page(CATALOG, &page(4, ""), &body, &[(20, "/ASCIIHexDecode")]);
        let opened = opening::open(&pdf).expect("it opens");
        let facts = pack::pdf::survey(&opened, &pdf).facts;
        assert!(
            facts.pages[0].has_text && facts.pages[0].readable,
            "{filter}"
        );
        assert!(
            content(&packed(&pdf).1).contains("Words of the page"),
            "{filter}"
        );
    }
    let broken =
        "<</Length 30/Filter/FlateDecode>>\nstream\nthis is nothing that was packed\nendstream";
    // One byte was changed in what was packed: most of what comes out is content still.
    let damaged = stream(&format!(
        "{WORDS}{}",
        "0 Tfnt 1 0 0 1 72 640 cm q Q q Q q Q q Q q Q 4 Td ".repeat(20)
    ));
    // Something short that is no content at all, as when a file was decrypted with a wrong key.
    let noise = stream("\u{e9}\u{2}k <3c [ qTz \u{7} %Wm\nZz 4 Vv");
    for content in [broken, &damaged, &noise] {
        let pdf = one_page(CATALOG, &page(4, ""), content, &[]);
        let opened = opening::open(&pdf).expect("it opens");
        assert!(pack::pdf::survey(&opened, &pdf).facts.pages[0].content_missing);
    }
}

/// A file that is encrypted without a password, as its trailer says.
fn encrypted(how: &str, content: Vec<u8>) -> Vec<u8> {
    // What the standard's algorithms 2, 3 and 5 make of no password.
    let owner = "36451bd39d753b7c1d10922c28e6665aa4f3353fb0348b536893e3b1db5c579b";
    let user = "71d84a4944e8c4c9251aa9da054e4f3500000000000000000000000000000000";
    let plain = file(&[
        (1, CATALOG.into()),
        (2, TREE.into()),
        (3, page(4, "").into()),
        (4, content),
        (9, FONT.into()),
    ]);
    let said = format!(
        "/Root 1 0 R/Encrypt<</Filter/Standard{how}/Length 128/P -4/O<{owner}>/U<{user}>>>\
         /ID[<30313233343536373839616263646566><30313233343536373839616263646566>]"
    );
    let root = b"/Root 1 0 R";
    let at = plain.windows(root.len()).rposition(|window| window == root);
    let (before, after) = plain.split_at(at.expect("a trailer"));
    [before, said.as_bytes(), &after[root.len()..]].concat()
}

#[test]
fn a_file_may_say_in_its_trailer_how_it_is_encrypted() {
    // What the standard's algorithm 1 makes of the words.
    let packed_words = "94f4b1604b215996f370082684057c7b69ae51e7713664acca085ccfbb18a53c6eeb98cd353d06d473e41b6f9975f3488d";
    let words: Vec<u8> = (0..packed_words.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&packed_words[at..at + 2], 16).expect("a byte"))
        .collect();
    let before = format!("<</Length {}>>\nstream\n", words.len());
    let pdf = encrypted(
        "/V 2/R 3",
        [before.as_bytes(), &words, b"\nendstream"].concat(),
    );
    let opened = opening::open(&pdf).expect("it opens");
    assert!(opened.encrypted && !opened.repaired);
    assert!(pack::pdf::page_texts(&pdf)[0].contains("Words of the page"));
}

#[test]
fn what_is_in_clear_in_an_encrypted_file_is_read_as_it_is() {
    let one = |method: &str| {
        format!("/V 4/R 4/CF<</StdCF<</CFM {method}/Length 16>>>>/StmF/StdCF/StrF/StdCF")
    };
    let hex: String = WORDS.bytes().map(|byte| format!("{byte:02x}")).collect();
    let crypt = |filters: &str| {
        let length = hex.len() + 1;
        format!("<</Length {length}{filters}>>\nstream\n{hex}>\nendstream")
    };
    for (method, content) in [
        ("/None", stream(WORDS)),
        (
            "/V2",
            crypt("/Filter[/Crypt/ASCIIHexDecode]/DecodeParms[<</Name/Identity>>null]"),
        ),
        (
            "/V2",
            crypt("/Filter[/Crypt/AHx]/DecodeParms[<</Type/CryptFilterDecodeParms>>]"),
        ),
        ("/V2", crypt("/Filter[/Crypt/ASCIIHexDecode]")),
        (
            "/AESV2",
            crypt("/Filter[/Crypt/ASCIIHexDecode]/DecodeParms[<</Name/Identity>>null]"),
        ),
    ] {
        let pdf = encrypted(&one(method), content.clone().into_bytes());
        let texts = pack::pdf::page_texts(&pdf);
        assert!(
            texts
                .first()
                .is_some_and(|text| text.contains("Words of the page")),
            "{method} {content}: {texts:?}"
        );
    }
}

#[test]
fn what_a_note_does_by_itself_is_said_to_be_left_out() {
    for actions in [
        "/AA<</E<</S/JavaScript/JS(app.beep\\(0\\))>>>>",
        "/A<</S/GoTo/D[3 0 R/Fit]>>/AA<</U 21 0 R>>",
        "/PA<</S/JavaScript/JS(app.beep\\(0\\))>>",
    ] {
        let note = format!("<</Type/Annot/Subtype/Square/Rect[72 600 172 650]{actions}>>");
        let script = "<</S/JavaScript/JS(app.beep\\(0\\))>>";
        let pdf = one_page(
            CATALOG,
            &page(4, "/Annots[20 0 R]"),
            &stream(WORDS),
            &[(20, &note), (21, script)],
        );
        let (assembled, _) = packed(&pdf);
        let mut kinds = assembled.notes.iter().map(|note| note.kind);
        assert!(
            kinds.any(|kind| kind == NoteKind::ScriptDropped),
            "{actions}"
        );
    }
}

#[test]
fn the_letters_of_a_font_that_every_reader_has_are_those_that_readers_show() {
    for (font, words) in [
        ("/Subtype/TrueType/BaseFont/ArialMT", "\u{e6} and \u{f8}"),
        (
            "/Subtype/TrueType/BaseFont/TimesNewRomanPS-BoldMT",
            "\u{e6} and \u{f8}",
        ),
        ("/Subtype/Type1/BaseFont/Helvetica", "\u{e6} and \u{f8}"),
        (
            "/Subtype/TrueType/BaseFont/ArialMT/Encoding/WinAnsiEncoding",
            "\u{f1} and \u{f9}",
        ),
        ("/Subtype/TrueType/BaseFont/Verdana", "\u{f1} and \u{f9}"),
    ] {
        let pdf = file(&[
            (1, CATALOG.into()),
            (2, TREE.into()),
            (3, page(4, "").into()),
            (
                4,
                stream("BT /F1 14 Tf 72 700 Td (\\361 and \\371) Tj ET").into(),
            ),
            (9, format!("<</Type/Font{font}>>").into()),
        ]);
        let texts = pack::pdf::page_texts(&pdf);
        assert!(texts[0].contains(words), "{font}: {texts:?}");
    }
}

#[test]
fn a_form_without_pages_of_its_own_is_a_placeholder() {
    let held = |form: &str, data: &str, catalog: &str, words: &str| {
        let content = format!("BT /F1 9 Tf 72 700 Td ({words}) Tj ET");
        let form = format!("/AcroForm<</Fields[{form}]/XFA[(config) 20 0 R]>>");
        let catalog = CATALOG.replace(">>", &format!("{form}{catalog}>>"));
        let field = "<</FT/Tx/T(name)/V(Ann)>>";
        let pdf = one_page(
            &catalog,
            &page(4, ""),
            &stream(&content),
            &[(20, &stream(data)), (21, field)],
        );
        let opened = opening::open(&pdf).expect("it opens");
        pack::pdf::survey(&opened, &pdf).facts.placeholders() == [0]
    };
    let placeholder = |catalog: &str, words: &str| held("", "<config/>", catalog, words);
    assert!(placeholder(
        "",
        "Please wait... If this message is not eventually replaced"
    ));
    assert!(placeholder("/NeedsRendering true", "Anything"));
    assert!(!placeholder("", "Application form"));
    // In any language, by the program that the page asks for or by what the form says of itself.
    assert!(placeholder(
        "",
        "Zainstaluj program Adobe Reader: www.adobe.com"
    ));
    let dynamic = "<acrobat7><dynamicRender>\nrequired</dynamicRender></acrobat7>";
    assert!(held("", dynamic, "", "Arhoswch"));
    assert!(!held(
        "",
        &dynamic.replace("required", "forbidden"),
        "",
        "Licence"
    ));
    // Its pages were made: they have fields.
    assert!(!held(
        "21 0 R",
        dynamic,
        "",
        "Fill this in with Adobe Reader"
    ));
    // Words of the form itself may be like those of the notice.
    let words = "Please wait for your number to be called";
    assert!(!held("21 0 R", "<config/>", "", words));
}

#[test]
fn the_notice_for_a_form_is_known_among_other_pages() {
    let words = |words: &str| stream(&format!("BT /F1 9 Tf 72 700 Td ({words}) Tj ET"));
    let notice = "Please wait... Your PDF viewer may not be able to display this document";
    let of_two = |second: &str| {
        let pdf = file(&[
            (1, CATALOG.into()),
            (2, "<</Type/Pages/Kids[3 0 R 5 0 R]/Count 2>>".into()),
            (3, page(4, "").into()),
            (4, words("A report").into()),
            (5, page(6, "").into()),
            (6, words(second).into()),
            (9, FONT.into()),
        ]);
        let opened = opening::open(&pdf).expect("it opens");
        pack::pdf::survey(&opened, &pdf).facts.placeholders()
    };
    assert_eq!(of_two(notice), [1]);
    assert!(of_two("Please wait to be called").is_empty());
}

#[test]
fn files_of_one_name_are_told_apart_by_the_folders_of_their_portfolio() {
    let letter = one_page(CATALOG, &page(4, ""), &stream(WORDS), &[]);
    let other = one_page(CATALOG, &page(4, ""), &stream("BT (Other) Tj ET"), &[]);
    let held = |letter: &[u8]| {
        let head = format!("<</Type/EmbeddedFile/Length {}>>\nstream\n", letter.len());
        [head.as_bytes(), letter, b"\nendstream"].concat()
    };
    let folders = "<</Type/Folder/ID 0/Child<</ID 1/Name(2026)/Next<</ID 2/Name(2027)/Child<</ID 3/Name(May)>>>>>>>>";
    let names = "[(<1>letter.pdf) 20 0 R(<3>letter.pdf) 21 0 R(<0>plan.pdf) 22 0 R]";
    let catalog = CATALOG.replace(
        ">>",
        &format!("/Collection<</Folders {folders}>>/AF[20 0 R]/Names<</EmbeddedFiles<</Names{names}>>>>>>"),
    );
    let file_of = |name: &str, content: u32| format!("<</UF({name})/EF<</F {content} 0 R>>>>");
    let pdf = file(&[
        (1, catalog.into()),
        (2, TREE.into()),
        (3, page(4, "").into()),
        (4, stream(WORDS).into()),
        (9, FONT.into()),
        (20, file_of("letter.pdf", 30).into()),
        (21, file_of("letter.pdf", 31).into()),
        (22, file_of("plan.pdf", 30).into()),
        (30, held(&letter)),
        (31, held(&other)),
    ]);
    let opened = opening::open(&pdf).expect("it opens");
    let names = pack::pdf::survey(&opened, &pdf).facts.portfolio;
    assert_eq!(
        names.expect("a portfolio"),
        ["2026/letter.pdf", "2027/May/letter.pdf", "plan.pdf"]
    );
    for (asked, expected) in [
        ("2026/letter.pdf", Some(&letter)),
        ("2027/May/letter.pdf", Some(&other)),
        ("plan.pdf", Some(&letter)),
        ("letter.pdf", None),
    ] {
        assert_eq!(taken(&pdf, asked).as_ref(), expected, "{asked}");
    }
}

/// A portfolio with a letter inside.
fn portfolio(letter: &[u8]) -> Vec<u8> {
    let mut held = format!("<</Type/EmbeddedFile/Length {}>>\nstream\n", letter.len()).into_bytes();
    held.extend(letter);
    held.extend(b"\nendstream");
    let names = "/Names<</EmbeddedFiles<</Names[(letter.pdf) 20 0 R]>>>>";
    let catalog = CATALOG.replace(">>", &format!("/Collection<</View/D>>{names}>>"));
    file(&[
        (1, catalog.into()),
        (2, TREE.into()),
        (3, page(4, "").into()),
        (4, stream("BT /F1 9 Tf (Cover) Tj ET").into()),
        (9, FONT.into()),
        (
            20,
            "<</Type/Filespec/UF(letter.pdf)/EF<</F 21 0 R>>>>".into(),
        ),
        (21, held),
    ])
}

/// A meeting with an appendix out of a portfolio, as it is read.
fn read_from(portfolio: &[u8], file: &str) -> pack::load::Loaded {
    use crate::load::workspace::{PACK, loaded, workspace};

    let pack = format!(
        "{PACK}\n[[item]]\ntitle = \"Letters\"\nkind = \"verbal\"\n[[item.appendix]]\n\
         title = \"Letter\"\nfile = \"{file}\"\n"
    );
    let files = [
        ("packs/march/pack.toml", pack.as_bytes()),
        ("packs/march/letters.pdf", portfolio),
    ];
    loaded(workspace(&files).path())
}

/// The PDF that the appendix is, if it is one.
fn document(loaded: &pack::load::Loaded) -> Option<&pack::model::PdfDocument> {
    let meeting = loaded.meeting.as_ref().expect("a meeting");
    match &meeting.agenda.items.last().expect("an item").appendices[0].content {
        pack::model::Content::Pdf(pdf) => Some(pdf),
        _ => None,
    }
}

/// What is taken out of a portfolio by this name.
fn taken(portfolio: &[u8], name: &str) -> Option<Vec<u8>> {
    let loaded = read_from(portfolio, &format!("letters.pdf#{name}"));
    let document = document(&loaded)?;
    let bytes = loaded.attachments.get(&document.source);
    Some(bytes.expect("its bytes").as_ref().to_vec())
}

#[test]
fn a_paper_is_taken_out_of_a_portfolio() {
    let letter = one_page(CATALOG, &page(4, ""), &stream(WORDS), &[]);
    let portfolio = portfolio(&letter);
    let whole = read_from(&portfolio, "letters.pdf");
    let inside = &document(&whole).expect("a PDF").facts.portfolio;
    assert_eq!(inside.as_deref(), Some(&["letter.pdf".to_owned()][..]));
    assert_eq!(taken(&portfolio, "letter.pdf"), Some(letter));
    let wrong = read_from(&portfolio, "letters.pdf#leter.pdf");
    assert_eq!(document(&wrong), None);
    let said = &wrong.findings.last().expect("a finding");
    assert_eq!(said.code.0, "file-missing");
    assert!(said.help.iter().any(|help| help.contains("letter.pdf")));
}

#[test]
fn a_word_file_in_a_portfolio_has_to_be_saved_out_of_it() {
    let portfolio = portfolio(b"PK\x03\x04");
    let portfolio = String::from_utf8(portfolio).expect("ASCII");
    let portfolio = portfolio.replace("(letter.pdf)", "(note.docx)");
    let mut workspace = Workspace::of_a_board();
    let agenda = "committee = \"board\"\n[meeting]\ndate = 2027-01-18\n[[item]]\ntitle = \"Letters\"\n\
                  kind = \"verbal\"\n[[item.appendix]]\ntitle = \"Letter\"\nfile = \"letters.pdf\"\n";
    workspace.write("packs/m/pack.toml", agenda);
    workspace.bytes("packs/m/letters.pdf", portfolio.as_bytes());
    let help = said(&pack(&["check", "packs/m"], workspace.folder()));
    assert!(
        help.contains("Save “note.docx” out of it") && !help.contains("letters.pdf#"),
        "{help}"
    );
    let named = read_from(portfolio.as_bytes(), "letters.pdf#note.docx");
    let refused = named.findings.last().expect("a finding");
    assert_eq!(refused.code.0, "unknown-file-kind");
    assert!(
        refused
            .help
            .iter()
            .any(|help| help.contains("beside the PDF"))
    );
}

#[test]
fn a_field_that_does_not_turn_with_its_page_stays_upright() {
    let field = "/FT/Tx/T(name)/V(A value)/F 20";
    let pdf = String::from_utf8(with_field(field, WORDS)).expect("ASCII");
    let pdf = pdf
        .replace("/F 4/Rect", "/Rect")
        .replace("/MediaBox", "/Rotate 90/MediaBox");
    let (_, doc) = packed(pdf.as_bytes());
    // Its upper left corner, (200, 630), stays; what was to its right is above it now.
    assert!(
        content(&doc).contains("q 0 1 -1 0 230 630 cm /PackField1 Do"),
        "{}",
        content(&doc)
    );
}

#[test]
fn the_notice_for_a_form_counts_where_its_page_is_taken() {
    let words = |words: &str| stream(&format!("BT /F1 9 Tf 72 700 Td ({words}) Tj ET"));
    let notice = "Please wait... Your PDF viewer may not be able to display this document";
    let mut objects: Vec<(u32, Vec<u8>)> = vec![
        (1, CATALOG.into()),
        (
            2,
            "<</Type/Pages/Kids[11 0 R 12 0 R 13 0 R]/Count 3>>".into(),
        ),
        (9, FONT.into()),
    ];
    for (number, said) in [(1, "A letter"), (2, notice), (3, "A plan")] {
        objects.push((10 + number, page(20 + number, "").into()));
        objects.push((20 + number, words(said).into()));
    }
    let paper = file(&objects);
    let told = |pages: &str| {
        let mut workspace = Workspace::of_a_board();
        let agenda = format!(
            "committee = \"board\"\n[meeting]\ndate = 2027-01-18\n[[item]]\ntitle = \"Paper\"\n\
             kind = \"verbal\"\n[[item.appendix]]\ntitle = \"Letters\"\nfile = \"paper.pdf\"\n\
             pages = \"{pages}\"\n"
        );
        workspace.write("packs/m/pack.toml", &agenda);
        workspace.bytes("packs/m/paper.pdf", &paper);
        said(&pack(&["check", "packs/m"], workspace.folder()))
    };
    for pages in ["1-3", "2-3", "3, 2"] {
        let told = told(pages);
        // The page is told by its place in the file, wherever it comes in the pack.
        assert!(
            told.contains("attachment-placeholder") && told.contains("Page 2 of paper.pdf"),
            "{pages}: {told}"
        );
    }
    let without = told("1, 3");
    assert!(!without.contains("attachment-placeholder"), "{without}");
}
