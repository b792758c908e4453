//! What is done to any bytes that are attached to a pack: they become a pack that holds to its own
//! map, or a reason why not; what their pages show and hide is read to an end; and a box is taken
//! out of them. Whatever else happens is a fault.

use pack::assemble::count_pages;
use pack::assemble::numbering::{Extent, FirstNumber, Start, page_map};
use pack::assemble::plan::{
    Claim, Furniture, Metadata, Provenance, OutlineEntry, Plan, Section, Target,
};
use pack::assemble::verify::{Expected, verify};
use pack::model::PageSelection;
use pack::pdf::{RedactionBox, redact};

static REGULAR: &[u8] = include_bytes!("../../../templates/fonts/AtkinsonHyperlegibleNext-Regular.ttf");
static BOLD: &[u8] = include_bytes!("../../../templates/fonts/AtkinsonHyperlegibleNext-Bold.ttf");

/// Attaches, reads and redacts some bytes.
///
/// # Panics
/// When a pack does not hold to its own map, a redacted file cannot be opened, or a file reads
/// otherwise with its pictures left in it.
pub fn attach(bytes: &[u8]) {
    let plan = Plan {
        metadata: Metadata { title: "Agenda".into(), language: "en-GB".into(), ..Metadata::default() },
        sections: vec![Section {
            key: "a".into(),
            title: "A".into(),
            path: Vec::new(),
            pdf: bytes.to_vec().into(),
            pages: PageSelection::default(),
            origin: Provenance::Attachment,
            lang: None,
            anchors: Vec::new(),
            watermark: None,
            opening: None,
        heading: None,
        }],
        map: page_map(&[Extent {
            key: "a".into(),
            pages: count_pages(bytes).unwrap_or(0),
            reserved: 0,
            start: Start::Next,
            first_number: FirstNumber::Next,
            numbered: true,
        }]),
        outline: vec![OutlineEntry {
            title: "A".into(),
            level: 0,
            target: Target::Page { section: 0, page: 0 },
            adopt: Some(0),
        }],
        furniture: Furniture {
            notes: None,
            page_number: "{page}".into(),
            marking: None,
            double_sided: false,
            size: 10.0,
            regular: REGULAR,
            bold: BOLD,
        },
        claim: Claim::WhenEarned,
        password: None,
    };
    if let Ok(opened) = pack::pdf::opening::open(bytes) {
        let all = PageSelection::default();
        let read = pack::pdf::read(&opened.doc, bytes, &[], Some(&all));
        let light = pack::pdf::opening::open_light(&bytes.to_vec().into()).expect("it opens");
        assert_eq!(pack::pdf::read_opened(&light, bytes, &[], Some(&all)).1, read);
    }
    let area = RedactionBox { page: 1, x: 50.0, y: 50.0, width: 200.0, height: 100.0 };
    if let Ok(redacted) = redact(bytes, &[area]) {
        assert!(pack::pdf::open(&redacted.pdf).is_some());
    }
    if let Ok(assembled) = pack::assemble::assemble(plan.clone()) {
        let elements = assembled.parts.iter().map(|part| part.elements_out).sum();
        let expected = Expected { map: &plan.map, page_number: "{page}", references: &[], outline: &[], elements, sources: &assembled.sources, password: None };
        let faults = verify(&assembled.pdf, &expected);
        assert!(faults.is_empty(), "{faults:?}");
    }
}
