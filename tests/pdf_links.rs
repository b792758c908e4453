//! Links of papers without tags, told by where they are on the page.

use lopdf::{Dictionary, Object, dictionary};
use pack::finding::{FileId, Span};
use pack::model::PageSelection;
use pack::prose::{BlockKind, Inline, InlineKind, LinkTarget, plain};

use crate::common::sheet::Sheet;

/// A link over some words of the only line of a page, which stand from 100 to 200 points.
fn link(action: Dictionary) -> Dictionary {
    dictionary! {
        "Subtype" => "Link", "A" => action,
        "Rect" => vec![100.into(), 696.into(), 200.into(), Object::from(712)],
    }
}

/// The running text of a page with a link.
fn read(annotation: Dictionary) -> Vec<Inline> {
    let line = "BT /F1 12 Tf 72 700 Td (See) Tj 30 0 Td (Mill Lane hall) Tj 100 0 Td (for the opening hours.) Tj ET";
    let bytes = Sheet::new(line).annotation(annotation).bytes();
    let doc = pack::pdf::open(&bytes).expect("a PDF");
    let at = Span::new(FileId(0), 0, 0);
    let read = pack::pdf::reflow(&doc, &PageSelection::default(), at).expect("a page of text");
    let [block] = read.prose.blocks.as_slice() else {
        panic!("{:?}", read.prose)
    };
    let BlockKind::Paragraph(content) = &block.kind else {
        panic!("{block:?}")
    };
    assert_eq!(plain(content), "See Mill Lane hall for the opening hours.");
    content.clone()
}

/// Where links lead, and their words.
fn links(content: &[Inline]) -> Vec<(String, String)> {
    content
        .iter()
        .filter_map(|inline| match &inline.kind {
            InlineKind::Link {
                target: LinkTarget::Web(address),
                content,
            } => Some((address.clone(), plain(content).trim().to_owned())),
            _ => None,
        })
        .collect()
}

#[test]
fn the_words_under_a_link_are_a_link() {
    let content = read(link(dictionary! {
        "S" => "URI", "URI" => Object::string_literal("https://example.org/hall"),
    }));
    assert_eq!(
        links(&content),
        [(
            "https://example.org/hall".to_owned(),
            "Mill Lane hall".to_owned()
        )]
    );
}

#[test]
fn what_leads_nowhere_on_the_web_is_no_link() {
    let script = dictionary! { "S" => "JavaScript", "JS" => Object::string_literal("x") };
    let file = dictionary! { "S" => "URI", "URI" => Object::string_literal("file:///C:/hall.pdf") };
    let mut hidden = link(dictionary! {
        "S" => "URI", "URI" => Object::string_literal("https://example.org/hall"),
    });
    hidden.set("F", 2);
    for annotation in [link(script), link(file), hidden] {
        assert_eq!(links(&read(annotation)), []);
    }
}
