//! What assembling keeps, what it leaves behind, and how it puts files together, seen by reading
//! the finished pack.

use crate::common::pdf;

use lopdf::{Dictionary, Document, LoadOptions, Object, dictionary};
use pack::assemble::numbering::Start;
use pack::assemble::outcome::NoteKind;
use pack::assemble::plan::{Anchor, OutlineEntry, Plan, Target};
use pack::assemble::verify::{Expected, verify};
use pack::assemble::{AssembleError, Assembled, OpenError, Password, assemble};
use pack::model::PageSelection;
use pdf::{Fixture, attachment, furniture, mapped, plan, shrunk};

fn build(plan: &Plan) -> (Assembled, Document) {
    let assembled = assemble(plan.clone()).expect("the plan can be assembled");
    let elements = assembled.parts.iter().map(|part| part.elements_out).sum();
    let expected = Expected {
        map: &plan.map,
        page_number: &plan.furniture.page_number,
        references: &[],
        outline: &[],
        elements,
        sources: &assembled.sources,
        password: None,
    };
    assert_eq!(
        verify(&assembled.pdf, &expected),
        [],
        "the pack holds to its own map"
    );
    let doc = Document::load_mem(&assembled.pdf).expect("the pack opens again");
    (assembled, doc)
}

fn one(pdf: &[u8]) -> (Assembled, Document) {
    build(&plan(vec![attachment("a", pdf)]))
}

fn dicts(doc: &Document) -> impl Iterator<Item = &Dictionary> {
    doc.objects.values().filter_map(|object| match object {
        Object::Dictionary(dict) => Some(dict),
        Object::Stream(stream) => Some(&stream.dict),
        _ => None,
    })
}

/// Types of the structure elements from the root down, one string each, indented by depth.
fn tags(doc: &Document) -> Vec<String> {
    fn walk(doc: &Document, dict: &Dictionary, depth: usize, tags: &mut Vec<String>) {
        if let Ok(Object::Name(role)) = dict.get(b"S") {
            tags.push(format!(
                "{}{}",
                "  ".repeat(depth),
                String::from_utf8_lossy(role)
            ));
        }
        let kids = match dict.get(b"K") {
            Ok(Object::Array(kids)) => kids.clone(),
            Ok(kid) => vec![kid.clone()],
            Err(_) => Vec::new(),
        };
        for kid in kids {
            if let Object::Reference(id) = kid {
                walk(
                    doc,
                    doc.get_dictionary(id).unwrap(),
                    depth + usize::from(dict.has(b"S")),
                    tags,
                );
            }
        }
    }
    let root = doc
        .catalog()
        .unwrap()
        .get(b"StructTreeRoot")
        .unwrap()
        .as_reference()
        .unwrap();
    let mut tags = Vec::new();
    walk(doc, doc.get_dictionary(root).unwrap(), 0, &mut tags);
    tags
}

/// Everything in the file, unpacked, as one run of bytes.
fn plain(doc: &Document) -> Vec<u8> {
    let mut all = Vec::new();
    for object in doc.objects.values() {
        all.extend(format!("{object:?}\n").into_bytes());
        if let Object::Stream(stream) = object {
            all.extend(stream.get_plain_content().unwrap_or_default());
        }
    }
    all
}

fn contains(haystack: &[u8], needle: &str) -> bool {
    haystack
        .windows(needle.len())
        .any(|window| window == needle.as_bytes())
}

#[test]
fn tags_are_kept_whole_and_in_their_place() {
    let pdf = Fixture::default().pdf();
    let mut section = attachment("item-4/appendix-1", &pdf);
    section.path = vec!["Item 4".into()];
    section.title = "Appendix 1".into();
    let (assembled, doc) = build(&plan(vec![section]));
    assert_eq!(
        tags(&doc),
        [
            "Document",
            "  Part",
            "    Part",
            "      Part",
            "        H1",
            "        P",
            "        Link",
            "        Span",
            "        Chapter",
            "          Figure",
            "        P",
        ]
    );
    assert_eq!(
        (
            assembled.parts[0].elements_in,
            assembled.parts[0].elements_out
        ),
        (8, 8)
    );
}

#[test]
fn a_selection_takes_the_tags_of_its_pages() {
    let pdf = Fixture::default().pdf();
    let mut section = attachment("a", &pdf);
    section.pages = PageSelection::of(&[(3, 3)]);
    let (_, doc) = build(&plan(vec![section]));
    assert_eq!(doc.get_pages().len(), 1);
    assert_eq!(tags(&doc), ["Document", "  Part", "    Part", "      P"]);
    assert!(
        !contains(&plain(&doc), "first page"),
        "what other pages show does not come along"
    );
}

#[test]
fn what_must_not_travel_stays_behind() {
    let (assembled, doc) = one(&Fixture::default().pdf());
    let plain = plain(&doc);
    for secret in [
        "app.alert",
        "deleted words",
        "secret.txt",
        "calc.exe",
        "Private maker",
        "PieceInfo",
        "Old title",
    ] {
        assert!(!contains(&plain, secret), "{secret} is in the pack");
    }
    let kinds: Vec<NoteKind> = assembled.notes.iter().map(|note| note.kind).collect();
    for kind in [
        NoteKind::ScriptDropped,
        NoteKind::ActionDropped,
        NoteKind::EmbeddedFileDropped,
        NoteKind::FieldsFlattened,
        NoteKind::Comments,
    ] {
        assert!(kinds.contains(&kind), "{kind:?} is not noted: {kinds:?}");
    }
}

#[test]
fn media_thumbnails_submissions_and_earlier_versions_stay_behind() {
    let mut doc = Document::load_mem(&Fixture::default().pdf()).expect("the fixture");
    let first = doc.get_pages()[&1];
    let secret = |name: &str| Object::string_literal(format!("secret {name}"));
    let stream = |doc: &mut Document, name: &str| {
        let data = format!("secret {name} data ").repeat(20).into_bytes();
        doc.add_object(lopdf::Stream::new(Dictionary::new(), data))
    };
    let thumbnail = stream(&mut doc, "thumbnail");
    let film = stream(&mut doc, "film");
    let sound = stream(&mut doc, "sound");
    let model = stream(&mut doc, "model");
    // Metadata that says it were the properties of some content.
    let listed = stream(&mut doc, "listed");
    // Content that says it were an annotation with an action of its own.
    let posing = doc.add_object(lopdf::Stream::new(
        dictionary! {
            "Type" => "Annot",
            "AA" => dictionary! { "E" => dictionary! { "S" => "JavaScript", "JS" => secret("entering") } },
        },
        b"q Q".to_vec(),
    ));
    let dict = doc.get_object_mut(listed).and_then(Object::as_stream_mut);
    let dict = &mut dict.expect("a stream").dict;
    dict.set("Type", "Metadata");
    dict.set("MCID", 5);
    let rect = || vec![10.into(), 10.into(), 60.into(), 60.into()];
    let notes = [
        dictionary! {
            "Subtype" => "Link", "Rect" => rect(),
            "A" => dictionary! { "S" => "SubmitForm", "F" => secret("address") },
        },
        dictionary! {
            "Subtype" => "Link", "Rect" => rect(),
            "A" => dictionary! { "S" => "ImportData", "F" => secret("import") },
        },
        dictionary! {
            "Subtype" => "Link", "Rect" => rect(),
            "A" => dictionary! { "S" => "GoToR", "F" => secret("other file"), "D" => secret("place") },
        },
        dictionary! { "Subtype" => "Movie", "Rect" => rect(), "Movie" => dictionary! { "F" => film } },
        dictionary! { "Subtype" => "Sound", "Rect" => rect(), "Sound" => sound },
        dictionary! { "Subtype" => "Screen", "Rect" => rect(), "A" => dictionary! { "S" => "Rendition", "JS" => secret("rendition") } },
        dictionary! {
            "Subtype" => "RichMedia", "Rect" => rect(),
            "RichMediaContent" => dictionary! { "Assets" => dictionary! { "Names" => vec![secret("asset"), model.into()] } },
        },
        dictionary! { "Subtype" => "3D", "Rect" => rect(), "3DD" => model },
    ];
    let notes: Vec<Object> = notes
        .into_iter()
        .map(|mut note| {
            note.set("Type", "Annot");
            doc.add_object(note).into()
        })
        .collect();
    let page = doc.get_dictionary_mut(first).expect("the page");
    page.set("Annots", notes);
    page.set("Thumb", thumbnail);
    page.set(
        "AA",
        dictionary! { "O" => dictionary! { "S" => "JavaScript", "JS" => secret("opening") } },
    );
    page.set("Metadata", film);
    page.set(
        "Resources",
        dictionary! { "Properties" => dictionary! { "M" => listed } },
    );
    let catalog = doc.catalog_mut().expect("the catalog");
    catalog.set(
        "AA",
        dictionary! { "WC" => dictionary! { "S" => "JavaScript", "JS" => secret("closing") } },
    );
    catalog.set("Collection", dictionary! { "D" => secret("portfolio") });
    catalog.set(
        "Threads",
        vec![dictionary! { "I" => dictionary! { "Title" => secret("thread") } }.into()],
    );
    let mut bytes = Vec::new();
    doc.save_to(&mut bytes).expect("writing to memory");
    // A second save over it: what the first one said is still in the file.
    let mut later = lopdf::IncrementalDocument::create_from(
        bytes.clone(),
        Document::load_mem(&bytes).expect("a file"),
    );
    later
        .opt_clone_object_to_new_document(first)
        .expect("the page");
    let fresh = later.new_document.add_object(lopdf::Stream::new(
        Dictionary::new(),
        b"BT /F1 12 Tf 72 700 Td (second thoughts) Tj ET".to_vec(),
    ));
    let contents = vec![posing.into(), fresh.into()];
    later
        .new_document
        .get_dictionary_mut(first)
        .expect("the page")
        .set("Contents", contents);
    let mut twice = Vec::new();
    later.save_to(&mut twice).expect("writing to memory");
    assert!(
        contains(&twice, "first page"),
        "the earlier version is there"
    );

    let (_, doc) = one(&twice);
    let plain = plain(&doc);
    assert!(contains(&plain, "second thoughts"));
    for gone in [
        "secret",
        "first page",
        "RichMedia",
        "3DD",
        "Thumb",
        "Rendition",
        "SubmitForm",
    ] {
        assert!(!contains(&plain, gone), "{gone} is in the pack");
    }
}

#[test]
fn a_form_field_stays_visible_and_tagged() {
    let (_, doc) = one(&Fixture::default().pdf());
    assert!(
        dicts(&doc)
            .all(|dict| dict.get(b"Subtype").ok() != Some(&Object::Name(b"Widget".to_vec())))
    );
    let field = dicts(&doc)
        .find(|dict| dict.get(b"S").ok() == Some(&Object::Name(b"Span".to_vec())))
        .unwrap();
    assert_eq!(
        field.get(b"K").unwrap(),
        &Object::Integer(3),
        "its place in the tree is marked content now"
    );
    assert!(contains(&plain(&doc), "/Span <</MCID 3>> BDC"));
    assert!(contains(&plain(&doc), "(filled in) Tj"));
}

#[test]
fn links_lead_where_they_led() {
    let pdf = Fixture::default().pdf();
    let (_, doc) = one(&pdf);
    let pages: Vec<_> = doc.page_iter().collect();
    let leads: Vec<_> = dicts(&doc)
        .filter(|dict| dict.get(b"Subtype").ok() == Some(&Object::Name(b"Link".to_vec())))
        .map(|link| match link.get(b"Dest") {
            Ok(Object::Array(dest)) => pages
                .iter()
                .position(|page| Object::Reference(*page) == dest[0]),
            _ => None,
        })
        .collect();
    assert!(
        leads.contains(&Some(2)),
        "the named destination is on the third page: {leads:?}"
    );
    assert!(contains(&plain(&doc), "https://example.org/"));
    // Where the page they lead to is not selected, links lead nowhere, and nothing dangles.
    let mut section = attachment("a", &pdf);
    section.pages = PageSelection::of(&[(1, 1)]);
    let (_, doc) = build(&plan(vec![section]));
    assert!(
        dicts(&doc)
            .filter(|dict| dict.has(b"Subtype"))
            .all(|dict| !dict.has(b"Dest"))
    );
}

#[test]
fn links_to_named_places_lead_across_sections() {
    let from = Fixture {
        web_link: "pack:decision-1".into(),
        ..Fixture::default()
    }
    .pdf();
    let to = Fixture::default().pdf();
    let mut second = attachment("b", &to);
    second.anchors = vec![Anchor {
        name: "decision-1".into(),
        page: 1,
        y: 100.0,
    }];
    let (_, doc) = build(&plan(vec![attachment("a", &from), second]));
    let pages: Vec<_> = doc.page_iter().collect();
    let leads = dicts(&doc).any(|dict| {
        matches!(dict.get(b"Dest"), Ok(Object::Array(dest)) if dest[0] == Object::Reference(pages[4]))
    });
    assert!(
        leads,
        "the link leads to the second page of the second section"
    );
}

#[test]
fn links_are_published_without_what_follows_readers_and_none_leads_inside() {
    let uris = |web_link: &str| -> Vec<String> {
        let file = Fixture {
            web_link: web_link.into(),
            ..Fixture::default()
        }
        .pdf();
        let (_, doc) = one(&file);
        let actions = dicts(&doc).filter_map(|dict| dict.get(b"A").and_then(Object::as_dict).ok());
        let uris = actions.filter_map(|action| action.get(b"URI").and_then(Object::as_str).ok());
        uris.map(|uri| String::from_utf8_lossy(uri).into_owned())
            .collect()
    };
    assert_eq!(
        uris(
            "https://eur02.safelinks.protection.outlook.com/?url=https%3A%2F%2Fexample.org%2Fplan&data=05%7Cjane%40example.org"
        ),
        ["https://example.org/plan"]
    );
    assert_eq!(
        uris("https://example.org/a?b=1"),
        ["https://example.org/a?b=1"]
    );
    assert!(uris("http://intranet/hr").is_empty());
}

#[test]
fn names_that_clash_are_told_apart() {
    let first = Fixture {
        chapter_is: "Sect".into(),
        ..Fixture::default()
    }
    .pdf();
    let second = Fixture {
        chapter_is: "Art".into(),
        ..Fixture::default()
    }
    .pdf();
    let (_, doc) = build(&plan(vec![
        attachment("a", &first),
        attachment("b", &second),
    ]));
    let root = doc
        .catalog()
        .unwrap()
        .get(b"StructTreeRoot")
        .unwrap()
        .as_reference()
        .unwrap();
    let roles = doc
        .get_dictionary(root)
        .unwrap()
        .get(b"RoleMap")
        .unwrap()
        .as_dict()
        .unwrap();
    let mapped = |role: &str| {
        roles
            .get(role.as_bytes())
            .unwrap()
            .as_name()
            .unwrap()
            .to_vec()
    };
    assert_eq!(
        (mapped("Chapter"), mapped("Chapter_2")),
        (b"Sect".to_vec(), b"Art".to_vec())
    );
    assert_eq!(
        tags(&doc)
            .iter()
            .filter(|tag| tag.trim() == "Chapter_2")
            .count(),
        1
    );
    let mut ids: Vec<_> = dicts(&doc)
        .filter(|dict| dict.has(b"S"))
        .filter_map(|dict| dict.get(b"ID").ok())
        .filter_map(|id| id.as_str().ok())
        .collect();
    ids.sort_unstable();
    assert_eq!(ids, [b"note-1".as_slice(), b"s2-note-1"]);
}

/// The fixture with a class, a namespace and an identifier tree: its paragraph "note-1" is of the
/// class `Indent` and in the namespace, and its heading names the paragraph as its header.
fn classed(indent: i64, space: &str) -> Vec<u8> {
    let mut doc = Document::load_mem(&Fixture::default().pdf()).expect("the fixture");
    let root = doc
        .catalog()
        .and_then(|catalog| catalog.get(b"StructTreeRoot"))
        .and_then(Object::as_reference)
        .expect("a tree");
    let namespace = doc.add_object(dictionary! {
        "Type" => "Namespace", "NS" => Object::string_literal(space),
    });
    let element = |doc: &Document, role: &str, with_id: bool| {
        doc.objects
            .iter()
            .find_map(|(id, object)| {
                let dict = object.as_dict().ok()?;
                let is = dict.get(b"S").and_then(Object::as_name).ok()? == role.as_bytes();
                (is && dict.has(b"ID") == with_id).then_some(*id)
            })
            .expect("an element")
    };
    let (note, heading) = (element(&doc, "P", true), element(&doc, "H1", false));
    let id = Object::string_literal("note-1");
    let dict = doc.get_dictionary_mut(note).expect("the paragraph");
    dict.set("C", "Indent");
    dict.set("NS", namespace);
    doc.get_dictionary_mut(heading).expect("the heading").set(
        "A",
        dictionary! { "O" => "Table", "Headers" => vec![id.clone()] },
    );
    let dict = doc.get_dictionary_mut(root).expect("the tree");
    dict.set(
        "ClassMap",
        dictionary! {
            "Indent" => dictionary! { "O" => "Layout", "StartIndent" => indent },
            "Unused" => dictionary! { "O" => "Layout", "StartIndent" => 1 },
        },
    );
    dict.set("Namespaces", vec![namespace.into()]);
    dict.set("IDTree", dictionary! { "Names" => vec![id, note.into()] });
    let mut bytes = Vec::new();
    doc.save_to(&mut bytes).expect("writing to memory");
    bytes
}

#[test]
fn classes_namespaces_and_identifiers_stay_with_their_own_file() {
    let (first, second) = (
        classed(10, "https://example.org/a"),
        classed(20, "https://example.org/b"),
    );
    let (_, doc) = build(&plan(vec![
        attachment("a", &first),
        attachment("b", &second),
        attachment("c", &first),
    ]));
    let follow = |object: &Object| doc.dereference(object).expect("it is there").1.clone();
    let root = doc
        .catalog()
        .and_then(|catalog| catalog.get(b"StructTreeRoot"))
        .map(follow)
        .expect("a tree");
    let root = root.as_dict().expect("a tree");
    let classes = follow(root.get(b"ClassMap").expect("classes"));
    let classes = classes.as_dict().expect("classes");
    let spaces: Vec<Object> = root
        .get(b"Namespaces")
        .and_then(Object::as_array)
        .expect("namespaces")
        .clone();
    // Every paragraph has the indent of its own file, and its file's namespace.
    let mut seen = Vec::new();
    for dict in dicts(&doc).filter(|dict| dict.has(b"C")) {
        let class = dict.get(b"C").and_then(Object::as_name).expect("a class");
        let value = follow(classes.get(class).expect("the class is there"));
        let indent = value
            .as_dict()
            .and_then(|value| value.get(b"StartIndent"))
            .and_then(Object::as_i64)
            .expect("an indent");
        let space = dict.get(b"NS").expect("a namespace");
        assert!(spaces.contains(space), "a namespace that the root lists");
        let space = follow(space);
        let space = space
            .as_dict()
            .and_then(|space| space.get(b"NS"))
            .expect("its name");
        let space = String::from_utf8_lossy(space.as_str().expect("text")).into_owned();
        seen.push((indent, space));
    }
    seen.sort();
    let expected = [(10, "a"), (10, "a"), (20, "b")]
        .map(|(indent, space)| (indent, format!("https://example.org/{space}")));
    assert_eq!(seen, expected);

    // Each identifier leads to the element that has it, and each reference to one of its own file.
    let mut named = std::collections::BTreeMap::new();
    let tree = follow(root.get(b"IDTree").expect("identifiers"));
    let mut stack = vec![tree];
    while let Some(node) = stack.pop() {
        let node = node.as_dict().expect("a node");
        if let Ok(names) = node.get(b"Names").and_then(Object::as_array) {
            for pair in names.chunks(2) {
                named.insert(pair[0].as_str().expect("a name").to_vec(), follow(&pair[1]));
            }
        }
        if let Ok(kids) = node.get(b"Kids").and_then(Object::as_array) {
            stack.extend(kids.iter().map(follow));
        }
    }
    assert_eq!(named.len(), 3);
    for (id, element) in &named {
        let own = element
            .as_dict()
            .and_then(|dict| dict.get(b"ID"))
            .expect("an element");
        assert_eq!(own.as_str().expect("text"), id.as_slice());
    }
    let mut cited: Vec<Vec<u8>> = dicts(&doc)
        .filter_map(|dict| dict.get(b"A").ok())
        .map(follow)
        .filter_map(|attribute| {
            let headers = attribute.as_dict().ok()?.get(b"Headers").ok()?.clone();
            Some(headers.as_array().ok()?.first()?.as_str().ok()?.to_vec())
        })
        .collect();
    cited.sort();
    assert_eq!(cited, named.into_keys().collect::<Vec<_>>());
}

#[test]
fn equal_streams_are_stored_once() {
    let pdf = Fixture::default().pdf();
    let once = one(&pdf).0.pdf.len();
    let (twice, doc) = build(&plan(vec![attachment("a", &pdf), attachment("b", &pdf)]));
    assert_eq!(dicts(&doc).filter(|dict| is_picture(dict)).count(), 1);
    assert!(twice.pdf.len() < once * 2);
}

/// A file with a picture so large that its data stays in the file until the pack is written.
fn with_large_picture() -> (Vec<u8>, Vec<u8>) {
    let mut doc = Document::load_mem(&Fixture::default().pdf()).unwrap();
    let data: Vec<u8> = (0..600_u64 * 600).map(|at| (at * at % 251) as u8).collect();
    let picture = doc.objects.values_mut().find_map(|object| match object {
        Object::Stream(stream) if is_picture(&stream.dict) => Some(stream),
        _ => None,
    });
    let picture = picture.expect("a picture");
    picture.dict.set("Width", 600);
    picture.dict.set("Height", 600);
    picture.set_content(data.clone());
    let mut bytes = Vec::new();
    doc.save_to(&mut bytes).unwrap();
    (bytes, data)
}

fn is_picture(dict: &Dictionary) -> bool {
    dict.get(b"Subtype").ok() == Some(&Object::Name(b"Image".to_vec()))
}

#[test]
fn large_pictures_are_what_they_were_and_stored_once_locked_or_not() {
    let (pdf, data) = with_large_picture();
    let (other, _) = one(&pdf);
    let words = "correct horse battery";
    let password = Password::new(words).expect("a password");
    let sections = || vec![attachment("a", &pdf), attachment("b", &other.pdf)];
    for password in [None, Some(&password)] {
        let plan = Plan {
            password,
            ..plan(sections())
        };
        let pdf = assemble(plan).expect("a pack").pdf;
        let options = match password {
            None => LoadOptions::default(),
            Some(_) => LoadOptions::with_password(words),
        };
        let doc = Document::load_mem_with_options(&pdf, options).expect("the pack opens again");
        let mut pictures = doc.objects.values().filter_map(|object| match object {
            Object::Stream(stream) if is_picture(&stream.dict) => Some(&stream.content),
            _ => None,
        });
        assert!(pictures.next() == Some(&data));
        assert_eq!(pictures.next(), None);
    }
}

#[test]
fn nothing_is_in_a_pack_that_nothing_in_it_refers_to() {
    let pdf = Fixture::default().pdf();
    let mut plan = plan(vec![attachment("a", &pdf), attachment("b", &pdf)]);
    plan.map = mapped(&plan.sections, Start::OddPage);
    let (_, mut doc) = build(&plan);
    // What the file itself is read by stands in nothing else.
    let of_the_file = [b"ObjStm".as_slice(), b"XRef"];
    let of_the_file: Vec<_> = doc
        .objects
        .iter()
        .filter(|(_, object)| of_the_file.iter().any(|kind| has_type(object, kind)))
        .map(|(id, _)| *id)
        .collect();
    let mut left = doc.prune_objects();
    left.retain(|id| !of_the_file.contains(id));
    assert_eq!(left, []);
}

fn has_type(object: &Object, kind: &[u8]) -> bool {
    let dict = match object {
        Object::Dictionary(dict) => dict,
        Object::Stream(stream) => &stream.dict,
        _ => return false,
    };
    dict.has_type(kind)
}

#[test]
fn the_same_plan_gives_the_same_bytes() {
    let pdf = Fixture::default().pdf();
    let plan = plan(vec![attachment("a", &pdf), attachment("b", &pdf)]);
    assert!(assemble(plan.clone()).unwrap().pdf == assemble(plan.clone()).unwrap().pdf);
}

#[test]
fn a_right_hand_start_inserts_a_blank_page_with_its_number() {
    let pdf = Fixture::default().pdf();
    let mut plan = plan(vec![attachment("a", &pdf), attachment("b", &pdf)]);
    plan.map = mapped(&plan.sections, Start::OddPage);
    let (_, doc) = build(&plan);
    assert_eq!(doc.get_pages().len(), 7);
    let blank = doc.page_iter().nth(3).unwrap();
    let content = String::from_utf8(doc.get_page_content(blank)).unwrap();
    assert_eq!(content.matches(" Do ").count(), 1, "{content}");
    assert!(content.contains("/Artifact"));
}

#[test]
fn a_blank_page_bears_the_notice_of_the_page_that_it_is_the_back_of() {
    let pdf = Fixture::default().pdf();
    let mut plan = plan(["a", "b", "c"].map(|key| attachment(key, &pdf)).into());
    plan.sections[1].heading = Some("Not for publication".to_owned());
    plan.map = mapped(&plan.sections, Start::OddPage);
    let (_, doc) = build(&plan);
    // Each has three pages and a blank back but for the last.
    let is_marked = |page| {
        let content = doc.get_page_content(page);
        String::from_utf8_lossy(&content).contains("/PackNotice")
    };
    let marked: Vec<bool> = doc.page_iter().map(is_marked).collect();
    assert_eq!(marked[..4], [false; 4]);
    assert_eq!(marked[4..8], [true; 4]);
    assert_eq!(marked[8..], [false; 3]);
}

#[test]
fn a_page_without_a_free_foot_is_made_smaller_and_what_is_on_it_moves_along() {
    let low = Fixture {
        lowest_text: 20.0,
        ..Fixture::default()
    }
    .pdf();
    let (assembled, doc) = one(&low);
    assert_eq!(shrunk(&assembled), [Some(1)]);
    let page = doc.page_iter().next().unwrap();
    let content = String::from_utf8(doc.get_page_content(page)).unwrap();
    let fit = content.lines().find(|line| line.ends_with(" cm")).unwrap();
    let scale: f32 = fit.split(' ').next().unwrap().parse().unwrap();
    assert!((0.9..1.0).contains(&scale), "{fit}");
    let link = dicts(&doc).find(|dict| dict.has(b"Dest")).unwrap();
    let width = |dict: &Dictionary| {
        let rect: Vec<f32> = dict
            .get(b"Rect")
            .unwrap()
            .as_array()
            .unwrap()
            .iter()
            .map(|v| v.as_float().unwrap())
            .collect();
        rect[2] - rect[0]
    };
    assert!((width(link) - 100.0 * scale).abs() < 0.1);
    // A page whose foot is free is left as it is.
    assert!(shrunk(&one(&Fixture::default().pdf()).0).is_empty());
}

#[test]
fn content_that_leaves_its_state_open_does_not_move_the_number() {
    let clean = Fixture::default().pdf();
    let messy = Fixture {
        prefix: "q 0.1 0 0 0.1 50 50 cm q".into(),
        ..Fixture::default()
    }
    .pdf();
    for pdf in [clean, messy] {
        let (_, doc) = one(&pdf);
        let page = doc.page_iter().next().unwrap();
        let content = String::from_utf8(doc.get_page_content(page)).unwrap();
        let mut depth = 0;
        for word in content.split_whitespace() {
            match word {
                "q" => depth += 1,
                "Q" => depth -= 1,
                _ => {}
            }
            if word.starts_with("/Artifact<<") {
                assert_eq!(depth, 0, "the number is drawn in the page's own state");
            }
        }
        assert_eq!(depth, 0);
    }
}

#[test]
fn the_outline_of_an_attachment_is_put_below_its_entry() {
    let pdf = Fixture::default().pdf();
    let mut plan = plan(vec![attachment("a", &pdf)]);
    plan.outline = vec![OutlineEntry {
        title: "Item 1 – Adroddiad".into(),
        level: 0,
        target: Target::Page {
            section: 0,
            page: 0,
        },
        adopt: Some(0),
    }];
    let (_, doc) = build(&plan);
    let titles: Vec<String> = doc
        .get_toc()
        .unwrap()
        .toc
        .iter()
        .map(|entry| format!("{} {} {}", entry.level, entry.title, entry.page))
        .collect();
    assert_eq!(
        titles,
        ["1 Item 1 – Adroddiad 1", "2 Beginning 1", "3 End 3"]
    );
}

#[test]
fn verifying_notices_what_is_wrong() {
    let pdf = Fixture::default().pdf();
    let plan = plan(vec![attachment("a", &pdf)]);
    let assembled = assemble(plan.clone()).unwrap();
    let faults = |map: &pack::assemble::PageMap, elements| {
        verify(
            &assembled.pdf,
            &Expected {
                map,
                page_number: "{page}",
                references: &[],
                outline: &[],
                elements,
                sources: &assembled.sources,
                password: None,
            },
        )
        .len()
    };
    let mut map = plan.map.clone();
    assert_eq!(faults(&map, 8), 0);
    assert_eq!(faults(&map, 80), 1, "tags are missing");
    map.pages[1].number = Some(7.into());
    assert_eq!(faults(&map, 8), 1, "a number is wrong");
    map.pages[1].label = "vii".into();
    assert_eq!(faults(&map, 8), 2, "a label is wrong, too");
    map.pages.pop();
    assert_eq!(faults(&map, 8), 1, "a page is too many");
    // A file with scripts and loose ends is not a pack.
    let source = verify(
        &pdf,
        &Expected {
            map: &plan.map,
            page_number: "",
            references: &[],
            outline: &[],
            elements: 0,
            sources: &assembled.sources,
            password: None,
        },
    );
    let said: String = source.iter().map(|fault| format!("{fault}\n")).collect();
    for expected in [
        "JavaScript",
        "Launch",
        "AcroForm",
        "form field",
        "EmbeddedFile",
    ] {
        assert!(
            said.contains(expected),
            "{expected} is not noticed:\n{said}"
        );
    }
}

#[test]
fn files_that_cannot_be_used_say_why() {
    let no_pages = b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n\
        trailer<</Root 1 0 R>>";
    for (bytes, expected) in [
        (b"".as_slice(), OpenError::Empty),
        (b" \n", OpenError::Empty),
        (b"PK\x03\x04 not a PDF at all", OpenError::NotPdf),
        (b"%PDF-1.7\nand then nothing", OpenError::Damaged),
        (no_pages, OpenError::NoPages),
    ] {
        let plan = plan(vec![attachment("item-2/report", bytes)]);
        match assemble(plan.clone()) {
            Err(AssembleError::Open {
                section: 0,
                key,
                error,
            }) => assert_eq!((key.as_str(), error), ("item-2/report", expected)),
            other => panic!("{expected:?} expected, not {other:?}"),
        }
    }
    let pdf = Fixture::default().pdf();
    let mut section = attachment("a", &pdf);
    section.pages = PageSelection::of(&[(9, 12)]);
    assert!(matches!(
        assemble(plan(vec![section])),
        Err(AssembleError::NoSuchPages { pages: 3, .. })
    ));
    assert!(matches!(assemble(plan(vec![])), Err(AssembleError::Empty)));
}

#[test]
fn a_plan_that_was_numbered_for_other_pages_is_refused() {
    let pdf = Fixture::default().pdf();
    let refused = |plan: Plan, expected: Option<(&str, usize, Option<usize>)>| {
        let said = match assemble(plan) {
            Ok(_) => None,
            Err(AssembleError::OtherPages {
                key, pages, mapped, ..
            }) => Some((key, pages, mapped)),
            Err(other) => panic!("{other}"),
        };
        let said = said.as_ref();
        assert_eq!(
            said.map(|(key, pages, mapped)| (key.as_str(), *pages, *mapped)),
            expected
        );
    };
    let sound = plan(vec![attachment("a", &pdf), attachment("b", &pdf)]);
    refused(sound.clone(), None);
    // One page too many in the map, a section too few, a section too many, another order.
    let mut other = sound.clone();
    other.sections[1].pages = PageSelection::of(&[(1, 2)]);
    refused(other, Some(("b", 2, Some(3))));
    let mut other = sound.clone();
    other.map = mapped(&sound.sections[..1], Start::Next);
    refused(other, Some(("b", 3, None)));
    let mut other = sound.clone();
    other.sections.pop();
    refused(other, Some(("b", 0, Some(3))));
    let mut other = sound;
    other.sections.reverse();
    refused(other, Some(("b", 3, None)));
}

#[test]
fn a_character_that_the_font_lacks_is_named() {
    let pdf = Fixture::default().pdf();
    let mut plan = plan(vec![attachment("a", &pdf)]);
    plan.furniture.marking = Some("\u{4e00}".into());
    match assemble(plan.clone()) {
        Err(AssembleError::Font(why)) => assert!(why.contains('\u{4e00}'), "{why}"),
        other => panic!("{other:?}"),
    }
}

#[test]
fn damaged_files_are_repaired() {
    let pdf = Fixture::default().pdf();
    // The cross-reference table is gone, and junk stands before the header.
    let end = pdf
        .windows(9)
        .rposition(|window| window == b"startxref")
        .unwrap();
    let cut = [b"mail header\r\n\r\n".as_slice(), &pdf[..end]].concat();
    let (_, doc) = one(&cut);
    assert_eq!(doc.get_pages().len(), 3);
    let _ = furniture();
}

#[test]
fn a_file_made_to_burst_is_refused() {
    // An object stream of 40 kB that holds 40 million numbers.
    let mut objects = lopdf::Stream::new(
        dictionary! { "Type" => "ObjStm", "N" => 1, "First" => 4 },
        [b"9 0 [".as_slice(), &b"0 ".repeat(20_000_000), b"]"].concat(),
    );
    objects.compress().unwrap();
    let mut doc = Document::load_mem(&Fixture::default().pdf()).unwrap();
    doc.add_object(objects);
    let mut bytes = Vec::new();
    doc.save_to(&mut bytes).unwrap();
    // lopdf does not write object streams again as they are: put it in front.
    let mut bomb = b"%PDF-1.7\n".to_vec();
    for object in doc.objects.values() {
        if let Object::Stream(stream) = object
            && stream.dict.has_type(b"ObjStm")
        {
            bomb.extend(
                format!(
                    "90 0 obj<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length {}>>stream\n",
                    stream.content.len()
                )
                .bytes(),
            );
            bomb.extend(&stream.content);
            bomb.extend(b"\nendstream endobj\n");
        }
    }
    bomb.extend(&bytes);
    assert!(matches!(
        assemble(plan(vec![attachment("a", &bomb)])),
        Err(AssembleError::Open {
            error: OpenError::TooLarge,
            ..
        })
    ));
}

#[test]
fn a_file_whose_objects_would_fill_the_memory_is_refused() {
    // Nothing is packed, so nothing bursts: an array takes twenty-five times its text in memory.
    let fixture = Fixture::default().pdf();
    let with = |extra: &[u8]| [b"%PDF-1.7\n".as_slice(), extra, &fixture].concat();
    let numbers = b"0 ".repeat(16 << 20);
    let array = [b"90 0 obj[".as_slice(), &numbers, b"]endobj\n"].concat();
    assert!(matches!(
        assemble(plan(vec![attachment("a", &with(&array))])),
        Err(AssembleError::Open {
            error: OpenError::TooLarge,
            ..
        })
    ));
    // The same bytes as the data of a stream are fine.
    let stream = [
        format!("90 0 obj<</Length {}>>stream\n", numbers.len()).as_bytes(),
        &numbers,
        b"\nendstream endobj\n",
    ]
    .concat();
    assert!(assemble(plan(vec![attachment("a", &with(&stream))])).is_ok());
}

#[test]
fn a_page_tree_that_doubles_at_every_level_has_bounded_pages() {
    let mut doc = Document::load_mem(&Fixture::default().pdf()).expect("the fixture");
    let mut node = doc.get_pages()[&1];
    for _ in 0..30 {
        node = doc.add_object(dictionary! {
            "Type" => "Pages", "Count" => 2, "Kids" => vec![node.into(), node.into()],
        });
    }
    doc.catalog_mut().expect("the catalog").set("Pages", node);
    let mut bytes = Vec::new();
    doc.save_to(&mut bytes).expect("writing to memory");
    let (_, doc) = one(&bytes);
    let pages = doc.get_pages().len();
    assert!((1..=64).contains(&pages), "{pages} pages");
}

#[test]
fn a_number_made_up_for_marked_content_is_left_out() {
    let mut doc = Document::load_mem(&Fixture::default().pdf()).expect("the fixture");
    for object in doc.objects.values_mut() {
        if let Object::Dictionary(dict) = object
            && dict.get(b"S").and_then(Object::as_name).ok() == Some(b"Figure")
        {
            dict.set("K", vec![0.into(), 338_701.into()]);
        }
    }
    let mut bytes = Vec::new();
    doc.save_to(&mut bytes).expect("writing to memory");
    let (assembled, doc) = one(&bytes);
    assert!(tags(&doc).iter().any(|tag| tag.trim() == "Figure"));
    let repaired = |note: &pack::assemble::outcome::Note| note.kind == NoteKind::StructureRepaired;
    assert!(
        assembled.notes.iter().any(repaired),
        "{:?}",
        assembled.notes
    );
}

#[test]
fn content_made_to_take_for_ever_is_given_up() {
    // A form that draws itself ten times over, twelve levels deep, on every page.
    let mut doc = Document::load_mem(&Fixture::default().pdf()).unwrap();
    let forms: Vec<lopdf::ObjectId> = (0..14).map(|_| doc.new_object_id()).collect();
    for (index, form) in forms.iter().enumerate() {
        let next = forms[(index + 1) % forms.len()];
        let stream = lopdf::Stream::new(
            dictionary! {
                "Type" => "XObject", "Subtype" => "Form", "BBox" => vec![0.into(), 0.into(), 500.into(), 500.into()],
                "Resources" => dictionary! { "XObject" => dictionary! { "X" => next } },
            },
            b"/X Do ".repeat(10),
        );
        doc.objects.insert(*form, Object::Stream(stream));
    }
    let pages: Vec<_> = doc.page_iter().collect();
    for page in pages {
        doc.add_page_contents(page, b"/X Do".to_vec()).unwrap();
        let dict = doc.get_dictionary_mut(page).unwrap();
        dict.set(
            "Resources",
            dictionary! { "XObject" => dictionary! { "X" => forms[0] } },
        );
    }
    let mut bytes = Vec::new();
    doc.save_to(&mut bytes).unwrap();
    let (assembled, _) = one(&bytes);
    assert!(
        assembled
            .notes
            .iter()
            .any(|note| note.kind == NoteKind::Unreadable)
    );
}

#[test]
fn content_that_two_tags_claim_goes_to_the_first() {
    let mut doc = Document::load_mem(&Fixture::default().pdf()).unwrap();
    for object in doc.objects.values_mut() {
        if let Object::Dictionary(dict) = object
            && dict.has(b"ID")
            && dict.has(b"S")
        {
            dict.set("K", 0);
        }
    }
    let mut bytes = Vec::new();
    doc.save_to(&mut bytes).unwrap();
    let (assembled, _) = one(&bytes);
    assert!(
        assembled
            .notes
            .iter()
            .any(|note| note.kind == NoteKind::StructureRepaired)
    );
    assert_eq!(assembled.parts[0].elements_out, 8);
}
