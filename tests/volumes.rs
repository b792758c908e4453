//! Copies of some items, and packs in volumes: what somebody holds in the hand has a leaf in front,
//! the pages that were asked for, and the numbers that everybody else has.

use std::path::Path;

use pack::load::{self, PdfContent};
use pack::model::{Audience, Binding, Holds, PrintSize};
use pack::pipeline::{Built, Form, Observer, Order, Reading, Request, Session};

use crate::common::tool;

struct Quiet;

impl Observer for Quiet {}

/// A sample pack in large print, whole and as somebody asked for it. Appendix 2 of item 4 and the
/// whole of item 5 are exempt.
fn built(audience: Audience, asked: Binding) -> Built {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("packs/packs/2026-10-14-cabinet");
    let (root, folders) = load::select(&samples).expect("a workspace");
    let session = Session::read(&root, &folders[0], &Reading::of(PdfContent::ALL));
    let order = |binding| Order {
        audience,
        print: PrintSize::LARGE,
        form: Form::Pdf,
        binding,
    };
    let orders = [order(Binding::default()), order(asked)];
    let request = Request {
        anew: true,
        ..Request::of(audience, &orders)
    };
    session.build(&request, &Quiet).expect("a pack")
}

/// The printed number of each page of a PDF of large print; none of pages that have none.
fn numbers(pdf: &[u8]) -> Option<Vec<Option<usize>>> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("pack.pdf");
    std::fs::write(&path, pdf).expect("the file can be written");
    let text = tool("pdftotext", &["-layout", path.to_str()?, "-"])?;
    let mut pages: Vec<&str> = text.split('\u{c}').collect();
    pages.pop();
    // The council's marking stands before it on the same line.
    let number = |page: &&str| {
        let foot = page.lines().rev().find(|line| !line.trim().is_empty())?;
        let foot = foot.trim().strip_prefix("OFFICIAL")?;
        foot.trim().parse().ok()
    };
    Some(pages.iter().map(number).collect())
}

#[test]
fn volumes_hold_every_page_once_and_keep_its_number() {
    let built = built(
        Audience::Public,
        Binding {
            volume_pages: Some(20),
            ..Binding::default()
        },
    );
    let [whole, volumes @ ..] = built.outputs.as_slice() else {
        panic!("no outputs")
    };
    assert!(volumes.len() > 1, "{} volumes", volumes.len());
    let Some(expected) = numbers(&whole.bytes) else {
        return;
    };
    assert!(expected.iter().all(Option::is_some), "{expected:?}");
    let mut held = Vec::new();
    for (index, volume) in volumes.iter().enumerate() {
        let name = format!("-volume-{}-of-{}.pdf", index + 1, volumes.len());
        assert!(volume.name.ends_with(&name), "{}", volume.name);
        let map = built.documents.iter().find(|map| map.path == volume.name);
        let leaf = map.expect("a page map").parts[0].pages;
        let pages = numbers(&volume.bytes).expect("poppler was there");
        assert_eq!(pages[..leaf], vec![None; leaf], "the leaf has no number");
        assert!(pages.len() - leaf <= 20, "{}: {}", volume.name, pages.len());
        held.extend_from_slice(&pages[leaf..]);
    }
    assert_eq!(held, expected);
}

#[test]
fn some_items_come_with_the_front_sheet_and_nothing_else() {
    let built = built(
        Audience::Public,
        Binding {
            holds: Holds::Items(vec!["4".to_owned()]),
            ..Binding::default()
        },
    );
    let [whole, some] = built.outputs.as_slice() else {
        panic!("{} outputs", built.outputs.len())
    };
    assert!(
        some.name.ends_with("-large-print-items-4.pdf"),
        "{}",
        some.name
    );
    let maps = &built.documents;
    let map = maps.iter().find(|map| map.path == whole.name);
    let parts = &map.expect("a page map").parts;
    let wanted = |(index, part): &(usize, &pack::pipeline::manifest::PartPages)| {
        *index == 0 || part.item.as_deref().is_some_and(|item| item == "4")
    };
    let wanted: usize = parts
        .iter()
        .enumerate()
        .filter(wanted)
        .map(|(_, part)| part.pages)
        .sum();
    let bound = maps
        .iter()
        .find(|map| map.path == some.name)
        .expect("a page map");
    assert!(wanted > parts[0].pages, "item 4 has pages");
    assert_eq!(bound.pages, bound.parts[0].pages + wanted);
    assert!(bound.pages < map.expect("a page map").pages);
}

/// The last output with the printed number of each of its pages, and those of the whole.
fn with_numbers(built: &Built) -> Option<[Vec<Option<usize>>; 2]> {
    let [whole, asked] = built.outputs.as_slice() else {
        panic!("{} outputs", built.outputs.len())
    };
    Some([numbers(&asked.bytes)?, numbers(&whole.bytes)?])
}

#[test]
fn the_agenda_alone_has_none_of_the_papers() {
    let built = built(
        Audience::Public,
        Binding {
            holds: Holds::Agenda,
            ..Binding::default()
        },
    );
    let Some([asked, whole]) = with_numbers(&built) else {
        return;
    };
    let maps = &built.documents;
    let first = maps[0].parts.iter().position(|part| part.item.is_some());
    let parts = &maps[0].parts[..first.expect("an item")];
    let agenda = parts.iter().filter(|part| part.key != "distribution");
    let pages: usize = agenda.map(|part| part.pages).sum();
    assert_eq!(
        asked,
        whole[..pages],
        "the first pages, with nothing before"
    );
    assert!(built.outputs[1].name.ends_with("-large-print-agenda.pdf"));
}

#[test]
fn the_exempt_papers_are_those_that_the_public_does_not_get() {
    let asked = Binding {
        holds: Holds::Exempt,
        ..Binding::default()
    };
    let members = built(Audience::Members, asked.clone());
    let Some([asked_numbers, _]) = with_numbers(&members) else {
        return;
    };
    let leaf = members.documents[1].parts[0].pages;
    let parts = members.documents[0].parts.iter();
    let exempt =
        parts.filter(|part| part.key == "item-4-appendix-2" || part.item.as_deref() == Some("5"));
    let expected: Vec<Option<usize>> = exempt
        .filter_map(|part| part.numbers)
        .flat_map(|(first, last)| first.number()..=last.number())
        .map(|number| Some(number as usize))
        .collect();
    assert!(!expected.is_empty());
    assert_eq!(asked_numbers[leaf..], expected);
    // There are none in an edition of the public's.
    let public = built(Audience::Public, asked);
    assert_eq!(public.outputs.len(), 1);
    assert!(public.notes.iter().any(|note| note.code.0 == "copy-empty"));
}

#[test]
fn a_leaf_for_notes_faces_each_item() {
    let built = built(
        Audience::Public,
        Binding {
            notes: true,
            ..Binding::default()
        },
    );
    let Some([asked, whole]) = with_numbers(&built) else {
        return;
    };
    let numbered =
        |numbers: &[Option<usize>]| numbers.iter().flatten().copied().collect::<Vec<_>>();
    assert_eq!(
        numbered(&asked),
        numbered(&whole),
        "every page, in its order"
    );
    let map = &built.documents[0];
    let mut items = std::collections::BTreeSet::new();
    for part in &map.parts {
        let Some(item) = &part.item else { continue };
        if !items.insert(item.clone()) {
            continue;
        }
        let first = part.numbers.expect("an item is numbered").0.number() as usize;
        let at = asked.iter().position(|number| *number == Some(first));
        let at = at.expect("its first page");
        assert_eq!(at % 2, 0, "item {item} is on the right");
        assert_eq!(asked[at - 1], None, "what faces item {item}");
        assert_eq!(built.documents[1].labels[at - 1], "Notes");
    }
    assert_eq!(items.len(), 5);
    let bookmarks = &built.documents[1].outline;
    let apologies = bookmarks
        .iter()
        .find(|mark| mark.title.contains("Apologies"));
    let page = apologies.and_then(|mark| mark.page).expect("a bookmark");
    assert!(
        asked[page - 1].is_some(),
        "it leads to the item, not to the notes"
    );
}
