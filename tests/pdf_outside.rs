//! Words of tagged papers that their tags leave out, and what their form fields show: nothing that a
//! page shows is lost in silence.

use lopdf::{Dictionary, Document, Object, Stream, dictionary};
use pack::finding::{FileId, Span};
use pack::model::{PageSelection, Reflow};
use pack::prose::{Block, BlockKind, plain};

/// A line of text in a tag, at some height.
fn line(mcid: usize, height: i64, words: &str) -> String {
    format!("/P <</MCID {mcid}>> BDC {} EMC\n", shown(72, height, words))
}

fn shown(left: i64, height: i64, words: &str) -> String {
    format!("BT /F1 11 Tf {left} {height} Td ({words}) Tj ET")
}

/// A paper of some pages. On each, the sequences numbered from 0 up to a count are paragraphs; the
/// annotations are form fields, of which those that say so have a place of their own in the tags,
/// after all paragraphs.
fn paper(pages: &[(&str, usize)], fields: Vec<(Dictionary, bool)>) -> Reflow {
    let mut doc = Document::with_version("1.7");
    let tree = doc.new_object_id();
    let font = doc.add_object(dictionary! {
        "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica", "Encoding" => "WinAnsiEncoding",
    });
    let (mut kids, mut elements): (Vec<Object>, Vec<Object>) = (Vec::new(), Vec::new());
    let mut fields = Some(fields);
    for (content, paragraphs) in pages {
        let content = doc.add_object(Stream::new(Dictionary::new(), content.as_bytes().to_vec()));
        let mut annotations: Vec<Object> = Vec::new();
        let mut owned: Vec<Object> = Vec::new();
        for (field, is_tagged) in fields.take().unwrap_or_default() {
            let field = doc.add_object(field);
            annotations.push(field.into());
            if is_tagged {
                owned.push(dictionary! { "Type" => "OBJR", "Obj" => field }.into());
            }
        }
        let page = doc.add_object(dictionary! {
            "Type" => "Page", "Parent" => tree, "Contents" => content, "Annots" => annotations,
            "MediaBox" => vec![0.into(), 0.into(), 595.into(), Object::from(842)],
            "Resources" => dictionary! { "Font" => dictionary! { "F1" => font } },
        });
        kids.push(page.into());
        for mcid in 0..i64::try_from(*paragraphs).expect("few") {
            elements.push(dictionary! { "S" => "P", "Pg" => page, "K" => mcid }.into());
        }
        if !owned.is_empty() {
            elements.push(dictionary! { "S" => "Form", "Pg" => page, "K" => owned }.into());
        }
    }
    let count = i64::try_from(kids.len()).expect("few");
    doc.objects.insert(
        tree,
        dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => count }.into(),
    );
    let document = doc.add_object(dictionary! { "S" => "Document", "K" => elements });
    let root = doc.add_object(dictionary! { "Type" => "StructTreeRoot", "K" => document });
    let catalog = doc.add_object(dictionary! {
        "Type" => "Catalog", "Pages" => tree, "StructTreeRoot" => root,
        "AcroForm" => dictionary! { "Fields" => Vec::<Object>::new() },
    });
    doc.trailer.set("Root", catalog);
    let mut bytes = Vec::new();
    doc.save_to(&mut bytes).expect("a PDF");
    let doc = pack::pdf::open(&bytes).expect("a PDF");
    pack::pdf::reflow(&doc, &PageSelection::default(), Span::new(FileId(0), 0, 0))
        .expect("a tagged paper")
}

/// More words than those outside the tags by far: otherwise the tags are no guide to the page.
const LONG: [&str; 60] = ["words"; 60];

fn said(read: &Reflow) -> Vec<String> {
    fn of(block: &Block) -> Vec<String> {
        match &block.kind {
            BlockKind::Paragraph(text) | BlockKind::Heading { content: text, .. } => {
                vec![plain(text)]
            }
            BlockKind::List(list) => {
                let blocks = list.items.iter().flat_map(|item| &item.blocks);
                blocks.flat_map(of).collect()
            }
            other => panic!("{other:?}"),
        }
    }
    read.prose.blocks.iter().flat_map(of).collect()
}

#[test]
fn words_outside_the_tags_are_said_where_they_stand() {
    let box_of_words = format!(
        "/Artifact BMC {} {} EMC\n/Artifact BMC {} EMC\n",
        shown(90, 660, "Support families and communities"),
        shown(90, 646, "so that children thrive."),
        shown(300, 660, "Grow our workforce."),
    );
    let page = [
        line(0, 700, "What we need to achieve:"),
        box_of_words,
        line(1, 600, "Afterwards."),
    ]
    .concat();
    let read = paper(&[(&page, 2)], Vec::new());
    assert_eq!(
        said(&read),
        [
            "What we need to achieve:",
            "Also on the page, outside its tags: Support families and communities so that children thrive.",
            "Grow our workforce.",
            "Afterwards."
        ]
    );
    assert!(read.page_words[0].contains("achieve: Support families"));
    assert!(read.is_whole());
}

#[test]
fn a_page_without_any_tagged_words_is_said_between_its_neighbours() {
    let first = line(0, 700, &LONG.join(" "));
    // With so much cut away, the file is not read from its pages alone.
    let cut_away = format!("q 0 0 1 1 re W n {} Q", shown(72, 500, &LONG.join(" ")));
    let second = shown(72, 700, "The second.") + &cut_away;
    let read = paper(&[(&first, 1), (&second, 0), (&first, 1)], Vec::new());
    let said = said(&read);
    assert_eq!(said[1], "Also on the page, outside its tags: The second.");
    assert_eq!(said.len(), 3);
}

#[test]
fn running_heads_page_numbers_and_repeated_heads_are_not_said_again() {
    let page = |number: usize| {
        [
            format!(
                "/Artifact <</Type /Pagination>> BDC {} EMC\n",
                shown(72, 500, "Draft for comment")
            ),
            format!("/Artifact BMC {} EMC\n", shown(72, 810, "Cabinet papers")),
            format!(
                "/Artifact BMC {} EMC\n",
                shown(290, 30, &number.to_string())
            ),
        ]
        .concat()
    };
    let first = page(1) + &line(0, 700, "Name, sum and purpose of each grant");
    let second = page(2)
        + &format!(
            "/Artifact BMC {} {} EMC\n",
            shown(72, 700, "Name, sum and purpose"),
            shown(200, 700, "of each grant")
        )
        + &line(0, 600, "Mill Lane hall");
    let read = paper(&[(&first, 1), (&second, 1)], Vec::new());
    assert_eq!(
        said(&read),
        ["Name, sum and purpose of each grant", "Mill Lane hall"]
    );
}

#[test]
fn what_nobody_sees_is_not_said() {
    let page = line(0, 700, "Seen.")
        + "3 Tr "
        + &shown(72, 600, "Below a scan")
        + " 0 Tr "
        + &shown(900, 600, "Beside the page");
    assert_eq!(said(&paper(&[(&page, 1)], Vec::new())), ["Seen."]);
}

/// A text field at some height, with a value and no look.
fn field(height: i64, value: &str) -> Dictionary {
    dictionary! {
        "Subtype" => "Widget", "FT" => "Tx", "T" => Object::string_literal(value),
        "V" => Object::string_literal(value),
        "Rect" => vec![200.into(), (height - 4).into(), 400.into(), Object::from(height + 12)],
    }
}

#[test]
fn what_a_form_was_filled_in_with_is_said_beside_its_label() {
    let page = line(0, 700, "Name of member") + &line(1, 660, "Sum");
    let fields = vec![
        (field(660, "120.00"), false),
        (field(700, "Ann Wood"), false),
    ];
    assert_eq!(
        said(&paper(&[(&page, 2)], fields)),
        ["Name of member Ann Wood", "Sum 120.00"]
    );
}

#[test]
fn a_field_with_a_place_in_the_tags_is_said_there() {
    let page = line(0, 700, "Name of member") + &line(1, 660, "Sum");
    let box_of = |on: &str| {
        dictionary! {
            "Subtype" => "Widget", "FT" => "Btn", "AS" => on,
            "Rect" => vec![200.into(), 656.into(), 214.into(), Object::from(670)],
        }
    };
    let fields = vec![
        (field(700, "Ann Wood"), true),
        (box_of("Yes"), false),
        (box_of("Off"), false),
    ];
    assert_eq!(
        said(&paper(&[(&page, 2)], fields)),
        ["Name of member", "Sum ✔", "Ann Wood"]
    );
}

#[test]
fn what_is_typed_unseen_is_not_said() {
    let page = line(0, 700, "Word of admission");
    let mut secret = field(700, "swordfish");
    secret.set("Ff", 1 << 13);
    assert_eq!(
        said(&paper(&[(&page, 1)], vec![(secret, false)])),
        ["Word of admission"]
    );
}
