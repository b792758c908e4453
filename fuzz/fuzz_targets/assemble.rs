//! Any bytes as an attachment: a pack that holds to its own map, or a reason why not.

#![no_main]

use libfuzzer_sys::fuzz_target;
use pack::assemble::plan::{
    Claim, Furniture, Metadata, Origin, OutlineEntry, PageSelection, Plan, Section, Start, Target,
};
use pack::assemble::verify::{Expected, verify};

static REGULAR: &[u8] = include_bytes!("../../fonts/AtkinsonHyperlegibleNext-Regular.ttf");
static BOLD: &[u8] = include_bytes!("../../fonts/AtkinsonHyperlegibleNext-Bold.ttf");

fuzz_target!(|bytes: &[u8]| {
    let plan = Plan {
        metadata: Metadata { title: "Agenda".into(), language: "en-GB".into(), ..Metadata::default() },
        sections: vec![Section {
            key: "a".into(),
            title: "A".into(),
            path: Vec::new(),
            pdf: bytes,
            pages: PageSelection::All,
            origin: Origin::Attachment,
            lang: None,
            anchors: Vec::new(),
            start: Start::Next,
            watermark: None,
            heading: None,
            numbered: true,
            reserved: 0,
            aliases: Vec::new(),
        }],
        outline: vec![OutlineEntry {
            title: "A".into(),
            level: 0,
            target: Target::Page { section: 0, page: 0 },
            adopt: Some(0),
        }],
        furniture: Furniture {
            page_number: "{page}".into(),
            marking: None,
            double_sided: false,
            size: 10.0,
            regular: REGULAR,
            bold: BOLD,
        },
        claim: Claim::WhenEarned,
    };
    if let Ok(assembled) = pack::assemble::assemble(&plan) {
        let elements = assembled.parts.iter().map(|part| part.elements_out).sum();
        let expected = Expected { map: &assembled.map, page_number: "{page}", elements };
        let faults = verify(&assembled.pdf, &expected);
        assert!(faults.is_empty(), "{faults:?}");
    }
});
