//! What a file says of itself is not taken on trust: what its tags break of PDF/UA-1 is told, and what
//! one file means by a name does not change what another means by it.

use crate::common::pdf::{attachment, plan};

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};
use pack::assemble::assemble;
use pack::assemble::outcome::Assembled;
use pack::model::PageSelection;

/// An element of a tree to be made: its type, more entries of its dictionary, and what is below it.
/// Without elements below, it holds some content of the page.
struct El(&'static str, Dictionary, Vec<El>);

fn el<const N: usize>(kind: &'static str, below: [El; N]) -> El {
    El(kind, Dictionary::new(), below.into())
}

fn with(mut el: El, key: &str, value: impl Into<Object>) -> El {
    el.1.set(key, value);
    el
}

fn words(text: &str) -> Object {
    Object::string_literal(text)
}

/// A cell or column heading with attributes of a table.
fn cell(kind: &'static str, mut attributes: Dictionary) -> El {
    attributes.set("O", "Table");
    with(el(kind, []), "A", attributes)
}

/// The elements of a file while it is made.
struct Making {
    doc: Document,
    /// Of each page: the page, and the elements that hold its content.
    pages: Vec<(ObjectId, Vec<ObjectId>)>,
}

impl Making {
    fn element(&mut self, el: El, parent: ObjectId, page: usize) -> ObjectId {
        let El(kind, mut dict, below) = el;
        let id = self.doc.new_object_id();
        dict.set("S", kind);
        dict.set("P", parent);
        dict.set("Pg", self.pages[page].0);
        if below.is_empty() {
            let held = &mut self.pages[page].1;
            dict.set("K", held.len() as i64);
            held.push(id);
        } else {
            let below = below.into_iter();
            let kids: Vec<Object> = below.map(|el| self.element(el, id, page).into()).collect();
            dict.set("K", kids);
        }
        self.doc.objects.insert(id, dict.into());
        id
    }
}

/// A file with a page for each list of elements. `root` has more entries for the root of its tree.
fn tagged(pages: Vec<Vec<El>>, mut root: Dictionary, annotation: Option<Dictionary>) -> Vec<u8> {
    let mut doc = Document::with_version("1.7");
    let tree = doc.new_object_id();
    let ids: Vec<ObjectId> = pages.iter().map(|_| doc.new_object_id()).collect();
    let root_id = doc.new_object_id();
    let pages_made = ids.iter().map(|id| (*id, Vec::new())).collect();
    let mut making = Making {
        doc,
        pages: pages_made,
    };
    let mut kids = Vec::new();
    for (page, elements) in pages.into_iter().enumerate() {
        for el in elements {
            kids.push(Object::from(making.element(el, root_id, page)));
        }
    }
    let Making { mut doc, pages } = making;
    let mut numbers: Vec<Object> = Vec::new();
    let annotations = std::iter::repeat_n(annotation, pages.len());
    for (key, ((page, held), annotation)) in pages.into_iter().zip(annotations).enumerate() {
        let draw = |mcid| format!("/P <</MCID {mcid}>> BDC 72 {} 9 9 re f EMC\n", 700 - mcid);
        let content: String = (0..held.len()).map(draw).collect();
        let content = doc.add_object(Stream::new(Dictionary::new(), content.into_bytes()));
        let mut dict = dictionary! {
            "Type" => "Page", "Parent" => tree, "Contents" => content, "Tabs" => "S",
            "MediaBox" => vec![0.into(), 0.into(), 595.into(), Object::from(842)],
            "StructParents" => key as i64,
        };
        if let Some(mut annotation) = annotation {
            let holder = held.last().copied().expect("an element");
            if annotation.has(b"StructParent") {
                annotation.set("StructParent", 99);
                numbers.extend([99.into(), holder.into()]);
            }
            let annotation = doc.add_object(annotation);
            dict.set("Annots", vec![annotation.into()]);
            let holder = doc.get_dictionary_mut(holder).expect("an element");
            let target = dictionary! { "Type" => "OBJR", "Obj" => annotation, "Pg" => page };
            let own = holder.get(b"K").expect("its content").clone();
            holder.set("K", vec![own, target.into()]);
        }
        doc.objects.insert(page, dict.into());
        let held: Vec<Object> = held.into_iter().map(Object::from).collect();
        numbers.splice(0..0, [Object::from(key as i64), held.into()]);
    }
    let count = ids.len() as i64;
    let ids: Vec<Object> = ids.into_iter().map(Object::from).collect();
    doc.objects.insert(
        tree,
        dictionary! { "Type" => "Pages", "Kids" => ids, "Count" => count }.into(),
    );
    root.set("Type", "StructTreeRoot");
    root.set("K", kids);
    root.set("ParentTree", dictionary! { "Nums" => numbers });
    doc.objects.insert(root_id, root.into());
    let says = r#"<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description
        xmlns:u="http://www.aiim.org/pdfua/ns/id/" u:part="1"/></rdf:RDF>"#;
    let says = doc.add_object(Stream::new(
        dictionary! { "Type" => "Metadata" },
        says.into(),
    ));
    let catalog = doc.add_object(dictionary! {
        "Type" => "Catalog", "Pages" => tree, "StructTreeRoot" => root_id, "Metadata" => says,
        "MarkInfo" => dictionary! { "Marked" => true }, "Lang" => words("en-GB"),
    });
    doc.trailer.set("Root", catalog);
    let mut bytes = Vec::new();
    doc.save_to(&mut bytes).expect("a file");
    bytes
}

fn headed(elements: Vec<El>) -> Vec<Vec<El>> {
    let mut page = vec![el("H1", [])];
    page.extend(elements);
    vec![page]
}

fn assembled(files: &[Vec<u8>]) -> Assembled {
    let keys = ["a", "b", "c"];
    let sections = files.iter().zip(keys);
    assemble(plan(
        sections.map(|(file, key)| attachment(key, file)).collect(),
    ))
    .expect("a pack")
}

/// Why a file with these elements may not claim PDF/UA; empty if it may.
fn reasons(elements: Vec<El>, root: Dictionary, annotation: Option<Dictionary>) -> Vec<String> {
    let made = assembled(&[tagged(headed(elements), root, annotation)]);
    let part = made.parts.first().expect("a part");
    assert_eq!(made.claims.pdf_ua, part.pdf_ua.is_ok());
    part.pdf_ua.clone().err().unwrap_or_default()
}

fn scope() -> Dictionary {
    dictionary! { "Scope" => "Column" }
}

#[test]
fn what_tags_break_bars_the_claim() {
    let table = |rows: Vec<El>| El("Table", Dictionary::new(), rows);
    let heads = || el("TR", [cell("TH", scope()), cell("TH", scope())]);
    let plain = |n: usize| {
        El(
            "TR",
            Dictionary::new(),
            (0..n).map(|_| el("TD", [])).collect(),
        )
    };
    let span = |key: &str, n: i64| cell("TD", dictionary! { key => n });
    let headed_by = |id: &str| cell("TD", dictionary! { "Headers" => vec![words(id)] });
    let note = |id: &str| with(el("Note", []), "ID", words(id));
    let caption = || el("Caption", []);
    let body = || el("TBody", [el("TR", [el("TD", [])])]);
    let misplaced = "A table, list or contents list has parts in the wrong places.";
    let uneven = "The rows of a table are not equally long.";
    let unheaded = "A table does not say which cells its headings are for.";
    let unnamed = "A footnote has no identifier of its own.";
    let unknown = "One of its tags is of a type that it does not explain.";
    let good: Vec<Vec<El>> = vec![
        vec![table(vec![heads(), plain(2)])],
        vec![table(vec![caption(), heads(), plain(2)])],
        vec![table(vec![heads(), el("TR", [span("ColSpan", 2)])])],
        vec![table(vec![
            heads(),
            el("TR", [span("RowSpan", 2), el("TD", [])]),
            plain(1),
        ])],
        vec![table(vec![plain(2), plain(2)])],
        // A heading in the row or in the column is enough, and none is needed where there is none.
        vec![table(vec![
            el("TR", [el("TH", []), el("TH", [])]),
            el(
                "TR",
                [cell("TH", dictionary! { "Scope" => "Row" }), el("TD", [])],
            ),
        ])],
        vec![table(vec![
            el("TR", [cell("TH", scope()), el("TD", [])]),
            plain(2),
        ])],
        vec![table(vec![
            el("TR", [headed_by("a"), el("TD", [])]),
            el("TR", [with(el("TH", []), "ID", words("a")), headed_by("a")]),
        ])],
        vec![table(vec![
            el("THead", [el("TR", [cell("TH", scope())])]),
            body(),
        ])],
        vec![el(
            "L",
            [
                el("LI", [el("Lbl", []), el("LBody", [])]),
                el("L", [el("LI", [])]),
            ],
        )],
        vec![el(
            "TOC",
            [caption(), el("TOCI", []), el("TOC", [el("TOCI", [])])],
        )],
        vec![el("Table", [el("NonStruct", [el("TR", [el("TD", [])])])])],
        vec![note("a"), note("b")],
        vec![el("H2", []), el("H3", []), el("H1", [])],
    ];
    for (index, elements) in good.into_iter().enumerate() {
        let found = reasons(elements, Dictionary::new(), None);
        assert_eq!(found, [""; 0], "good {index}");
    }
    let bad: Vec<(Vec<El>, &str)> = vec![
        (vec![table(vec![heads(), caption(), plain(2)])], misplaced),
        (vec![table(vec![el("P", [])])], misplaced),
        (vec![el("Div", [plain(2)])], misplaced),
        (
            vec![table(vec![
                el("THead", [el("TR", [cell("TH", scope())])]),
                plain(1),
            ])],
            misplaced,
        ),
        (
            vec![table(vec![
                body(),
                el("TFoot", [plain(1)]),
                el("TFoot", [plain(1)]),
            ])],
            misplaced,
        ),
        (vec![el("L", [el("P", [])])], misplaced),
        (vec![el("LI", [el("LBody", [])])], misplaced),
        (vec![el("LBody", [])], misplaced),
        (vec![el("L", [el("LI", [el("P", [])])])], misplaced),
        (vec![el("TOCI", [])], misplaced),
        (vec![table(vec![heads(), plain(1)])], uneven),
        (vec![table(vec![heads(), el("TR", []), plain(2)])], uneven),
        (
            vec![table(vec![
                heads(),
                el("TR", [span("RowSpan", 2), el("TD", [])]),
                plain(2),
            ])],
            uneven,
        ),
        (
            vec![table(vec![
                el("TR", [el("TH", []), el("TH", [])]),
                plain(2),
            ])],
            unheaded,
        ),
        (
            vec![table(vec![
                el("TR", [cell("TH", scope()), el("TH", [])]),
                plain(2),
            ])],
            unheaded,
        ),
        (
            vec![table(vec![
                el("TR", [el("TH", []), el("TH", [])]),
                el("TR", [headed_by("nobody"), headed_by("nobody")]),
            ])],
            unheaded,
        ),
        (vec![el("Note", [])], unnamed),
        (vec![note("a"), note("a")], unnamed),
        (vec![el("Absatz", [])], unknown),
    ];
    for (index, (elements, why)) in bad.into_iter().enumerate() {
        let found = reasons(elements, Dictionary::new(), None);
        assert_eq!(found, [why], "bad {index}");
    }
    let circle = dictionary! { "RoleMap" => dictionary! { "X" => "Y", "Y" => "X" } };
    assert_eq!(reasons(vec![el("X", [])], circle, None), [unknown]);
    let mapped = dictionary! { "RoleMap" => dictionary! { "X" => "Y", "Y" => "P" } };
    assert_eq!(reasons(vec![el("X", [])], mapped, None), [""; 0]);
}

#[test]
fn content_that_no_element_holds_is_not_tagged() {
    let mut file = tagged(headed(vec![el("P", [])]), Dictionary::new(), None);
    let number = b"/MCID 1>>";
    let at = file.windows(number.len()).position(|bytes| bytes == number);
    let digit = at.expect("the paragraph's number") + number.len() - 3;
    assert!(assembled(std::slice::from_ref(&file)).claims.pdf_ua);
    file[digit] = b'7';
    let made = assembled(&[file]);
    assert!(!made.claims.pdf_ua);
    let reasons = made.parts[0].pdf_ua.clone().expect_err("no claim");
    assert!(
        reasons.contains(&"Something on a page is neither tagged nor marked as decoration.".into()),
        "{reasons:?}"
    );
}

#[test]
fn annotations_have_tags_of_their_kind_or_need_none() {
    let annotation = |kind: &str, more: Dictionary| {
        let mut dict = dictionary! {
            "Type" => "Annot", "Subtype" => kind, "F" => 4, "StructParent" => 0,
            "Rect" => vec![72.into(), 500.into(), 90.into(), Object::from(520)],
            "Contents" => words("A remark"),
        };
        for (key, value) in more {
            dict.set(key, value);
        }
        dict
    };
    let none = Dictionary::new;
    let wrong = "A link or comment has a tag of another kind.";
    let said = |tag: &'static str, annotation: Dictionary| {
        reasons(vec![el(tag, [])], Dictionary::new(), Some(annotation))
    };
    assert_eq!(said("Annot", annotation("Square", none())), [""; 0]);
    assert_eq!(said("Link", annotation("Link", none())), [""; 0]);
    assert_eq!(said("Span", annotation("Square", none())), [wrong]);
    assert_eq!(said("P", annotation("Link", none())), [wrong]);
    let mut silent = annotation("Square", none());
    silent.remove(b"Contents");
    assert_eq!(
        said("Annot", silent.clone()),
        ["A comment has no description."]
    );
    let described = with(el("Annot", []), "Alt", words("A box"));
    assert_eq!(reasons(vec![described], none(), Some(silent)), [""; 0]);
    // Nobody sees these.
    let hidden = dictionary! { "F" => 2 };
    let between = |left: i64, right: i64| {
        dictionary! { "Rect" => vec![left.into(), 500.into(), right.into(), Object::from(520)] }
    };
    let bare = |more: Dictionary| {
        let mut bare = annotation("Square", more);
        bare.remove(b"StructParent");
        bare.remove(b"Contents");
        bare
    };
    for unseen in [hidden, between(-90, -72), between(-90, 0)] {
        assert_eq!(said("P", bare(unseen)), [""; 0]);
    }
    // On the page, an annotation needs a tag even if it has no area.
    for seen in [between(-90, 1), between(72, 72)] {
        assert_ne!(said("P", bare(seen)), [""; 0]);
    }
    // The window of a comment is not kept.
    let made = assembled(&[tagged(
        headed(vec![el("P", [])]),
        none(),
        Some(annotation("Popup", none())),
    )]);
    assert!(made.claims.pdf_ua);
    let doc = Document::load_mem(&made.pdf).expect("a file");
    let is_window = |object: &Object| {
        let dict = object.as_dict().ok();
        dict.and_then(|dict| dict.get(b"Subtype").ok()) == Some(&Object::Name(b"Popup".to_vec()))
    };
    assert!(!doc.objects.values().any(is_window));
}

#[test]
fn pages_that_are_taken_are_judged_by_their_own_headings() {
    let pages = || vec![vec![el("H1", [])], vec![el("H2", [])], vec![el("H3", [])]];
    let file = tagged(pages(), Dictionary::new(), None);
    let claim = |pages: &[(u32, u32)]| {
        let mut section = attachment("a", &file);
        section.pages = PageSelection::of(pages);
        assemble(plan(vec![section])).expect("a pack").claims.pdf_ua
    };
    for held in [&[(1, 3)][..], &[(1, 2)], &[(2, 3)]] {
        assert!(claim(held), "{held:?}");
    }
    for skipped in [&[(1, 1), (3, 3)][..], &[(3, 3)]] {
        assert!(!claim(skipped), "{skipped:?}");
    }
}

#[test]
fn a_type_on_the_way_to_another_leads_where_its_own_file_says() {
    let chain = |end: &str| {
        let roles = dictionary! { "Foo" => "Bar", "Bar" => end };
        let elements = headed(vec![el("Foo", []), el("Bar", [])]);
        tagged(elements, dictionary! { "RoleMap" => roles }, None)
    };
    let made = assembled(&[chain("P"), chain("Quote"), chain("P")]);
    let doc = Document::load_mem(&made.pdf).expect("a file");
    let roles = |doc: &Document| {
        let root = doc.catalog().expect("a catalog").get(b"StructTreeRoot");
        let root = root.and_then(Object::as_reference).expect("a tree");
        let roles = doc
            .get_dictionary(root)
            .and_then(|root| root.get(b"RoleMap"));
        roles.and_then(Object::as_dict).expect("types").clone()
    };
    let roles = roles(&doc);
    let mut ends: Vec<String> = Vec::new();
    for object in doc.objects.values() {
        let Ok(dict) = object.as_dict() else { continue };
        let kind = dict.get(b"S").and_then(Object::as_name);
        if let Ok(end) = kind
            .and_then(|kind| roles.get(kind))
            .and_then(Object::as_name)
        {
            ends.push(String::from_utf8_lossy(end).into_owned());
        }
    }
    ends.sort();
    assert_eq!(ends, ["P", "P", "P", "P", "Quote", "Quote"]);
}

#[test]
fn headings_that_a_class_names_are_found_after_their_identifiers_changed() {
    let file = || {
        let rows = [
            el("TR", [with(el("TH", []), "ID", words("h"))]),
            el("TR", [with(el("TD", []), "C", "Under")]),
        ];
        let headers = dictionary! { "O" => "Table", "Headers" => vec![words("h")] };
        let classes = dictionary! { "Under" => headers };
        tagged(
            headed(vec![el("Table", rows)]),
            dictionary! { "ClassMap" => classes },
            None,
        )
    };
    let made = assembled(&[file(), file()]);
    let doc = Document::load_mem(&made.pdf).expect("a file");
    let (mut identifiers, mut named) = (Vec::new(), Vec::new());
    for object in doc.objects.values() {
        let Ok(dict) = object.as_dict() else { continue };
        identifiers.extend(dict.get(b"ID").and_then(Object::as_str).map(<[u8]>::to_vec));
        let headers = dict.get(b"Headers").and_then(Object::as_array);
        let headers = headers.into_iter().flatten();
        named.extend(
            headers
                .filter_map(|it| it.as_str().ok())
                .map(<[u8]>::to_vec),
        );
    }
    identifiers.sort();
    named.sort();
    assert_eq!(identifiers.len(), 2);
    assert_eq!(identifiers, named);
}
