//! Copies of some items, and packs in volumes: what somebody holds in the hand has a leaf in front,
//! the pages that were asked for, and the numbers that everybody else has.

use std::path::Path;

use pack::load::{self, PdfContent};
use pack::model::{Audience, Binding, PrintSize};
use pack::pipeline::{Built, Form, Observer, Order, Reading, Request, Session};

use crate::common::tool;

struct Quiet;

impl Observer for Quiet {}

/// A sample pack in large print, whole and as somebody asked for it.
fn built(items: &[&str], volume_pages: Option<u32>) -> Built {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("packs/packs/2026-10-14-cabinet");
    let (root, folders) = load::select(&samples).expect("a workspace");
    let session = Session::read(&root, &folders[0], &Reading::of(PdfContent::ALL));
    let order = |binding| Order {
        audience: Audience::Public,
        print: PrintSize::LARGE,
        form: Form::Pdf,
        binding,
    };
    let asked = Binding {
        items: items.iter().map(|number| (*number).to_owned()).collect(),
        volume_pages,
    };
    let orders = [order(Binding::default()), order(asked)];
    let request = Request {
        anew: true,
        ..Request::of(Audience::Public, &orders)
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
    let number = |line: &str| line.trim().strip_prefix("Page ")?.parse().ok();
    Some(
        pages
            .iter()
            .map(|page| page.lines().rev().find_map(number))
            .collect(),
    )
}

#[test]
fn volumes_hold_every_page_once_and_keep_its_number() {
    let built = built(&[], Some(20));
    let [whole, volumes @ ..] = built.outputs.as_slice() else {
        panic!("no outputs")
    };
    assert!(volumes.len() > 1, "{} volumes", volumes.len());
    let Some(expected) = numbers(&whole.bytes) else {
        return;
    };
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
    let built = built(&["4"], None);
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
