//! The page map: every combination of how pages are numbered, what is withheld, where items start
//! and who reads in which print builds, and what is printed agrees with where things are.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::common::{meeting, pdf, tool};
use bytes::Bytes;
use meeting::{
    appendix, exempt, inline, item, meeting_of, numbered, paper, paragraph, report, text,
};
use pack::assemble::verify::Reference;
use pack::model::{
    AgendaPart, Audience, Content, Item, ItemKind, Meeting, PageNumber, PaperBody, PrintSize,
    SourceName,
};
use pack::pdf::PdfFile;
use pack::pipeline::manifest::DocumentMap;
use pack::pipeline::{self, Built, Form, Kit, Order};
use pack::prose::{Block, BlockKind, InlineKind, LinkTarget, Prose};

/// Words that stand on the first page of the papers they are named after, and nowhere else.
const MARKERS: [(&str, &str); 3] = [
    ("item-2-report", "Quayside"),
    ("item-2-appendix-1", "Lamplighter"),
    ("item-3-report", "Hedgerow"),
];

#[derive(Debug, Clone, Copy, PartialEq)]
enum Exempt {
    First,
    Middle,
    Last,
    Appendix,
    Part,
}

#[derive(Debug, Clone, Copy)]
struct Case {
    pattern: &'static str,
    exempt: Exempt,
    on_right: bool,
    from_front_sheet: bool,
}

fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for pattern in ["{page}", "Page {page} of {pages}"] {
        for exempt in [
            Exempt::First,
            Exempt::Middle,
            Exempt::Last,
            Exempt::Appendix,
            Exempt::Part,
        ] {
            for on_right in [false, true] {
                for from_front_sheet in [false, true] {
                    cases.push(Case {
                        pattern,
                        exempt,
                        on_right,
                        from_front_sheet,
                    });
                }
            }
        }
    }
    cases
}

fn go(target: LinkTarget) -> Block {
    Block {
        kind: BlockKind::Paragraph(vec![
            inline(InlineKind::Text("More is in ".to_owned())),
            inline(InlineKind::Link {
                target,
                content: text("the paper"),
            }),
            inline(InlineKind::Text(".".to_owned())),
        ]),
        ..paragraph("")
    }
}

/// A report whose first words are these, on as many pages as so many paragraphs take.
fn paper_of(number: &str, words: &str, paragraphs: usize, target: LinkTarget) -> Item {
    let mut made = item(number, &format!("Business {number}"), ItemKind::Report);
    let filler = "The officers looked at what had been done and at what it had cost. ".repeat(6);
    let mut body = vec![numbered(None, paragraph(words)), numbered(None, go(target))];
    body.extend((0..paragraphs).map(|_| numbered(None, paragraph(&filler))));
    made.papers = vec![paper(
        &format!("item-{number}-report"),
        &format!("Business {number}"),
        PaperBody::Report(Box::new(report(body))),
    )];
    made
}

fn meeting_for(case: Case) -> Meeting {
    let item_of = |number: &str| LinkTarget::Item(number.to_owned());
    let mut first = paper_of("1", "To begin with", 1, item_of("2"));
    let mut middle = paper_of("2", "Quayside", 12, LinkTarget::Appendix("1".to_owned()));
    let mut last = paper_of("3", "Hedgerow", 14, item_of("2"));
    let prose = Content::Prose(Prose {
        blocks: vec![paragraph("Lamplighter")],
        footnotes: Vec::new(),
    });
    let letter = Content::Pdf(Box::new(meeting::pdf(3, true, None)));
    middle.papers[0].appendices = vec![
        appendix("2", 1, "Lamps", prose),
        appendix("2", 2, "Letter", letter),
    ];
    let mut parts = Vec::new();
    match case.exempt {
        Exempt::First => first.access = exempt(3),
        Exempt::Middle => middle.access = exempt(3),
        Exempt::Last => last.access = exempt(3),
        Exempt::Appendix => {
            // The last document of the pack is withheld alone.
            last.papers[0].appendices = vec![appendix(
                "3",
                1,
                "Prices",
                Content::Pdf(Box::new(meeting::pdf(3, true, None))),
            )];
            last.papers[0].appendices[0].access = exempt(3);
            middle.papers[0].appendices[1].access = exempt(3);
        }
        Exempt::Part => {
            for (id, access) in [("1", first.access.clone()), ("2", exempt(3))] {
                parts.push(AgendaPart {
                    id: id.to_owned(),
                    label: None,
                    title: format!("Part {id}"),
                    text: None,
                    access,
                    span: meeting::at(0),
                });
            }
            first.part = Some(0);
            for item in [&mut middle, &mut last] {
                item.part = Some(1);
                item.access = exempt(3);
            }
        }
    }
    let mut meeting = meeting_of(vec![first, middle, last]);
    meeting.agenda.parts = parts;
    let council = Arc::make_mut(&mut meeting.council);
    council.pack.page_number = case.pattern.to_owned();
    council.pack.start_documents_on_right = case.on_right;
    council.pack.number_from_front_sheet = case.from_front_sheet;
    meeting
}

/// What a reader finds on the pages of a PDF, by another program.
struct Printed {
    /// The words of each page.
    pages: Vec<String>,
    /// The printed number of each page, in the pattern of the case.
    feet: Vec<String>,
}

fn printed(bytes: &[u8]) -> Option<Printed> {
    let file = tempfile::NamedTempFile::new().expect("a file");
    std::fs::write(file.path(), bytes).expect("it can be written");
    let path = file.path().to_str().expect("a path in Unicode");
    let text = tool("pdftotext", &["-layout", path, "-"])?;
    let pages: Vec<String> = text
        .trim_end_matches('\u{c}')
        .split('\u{c}')
        .map(str::to_owned)
        .collect();
    let feet = pages
        .iter()
        .map(|page| {
            let foot = page.lines().rev().find(|line| !line.trim().is_empty());
            foot.unwrap_or_default().trim().to_owned()
        })
        .collect();
    Some(Printed { pages, feet })
}

/// The numbers in every "(page N)" on a page.
fn cited(page: &str) -> Vec<String> {
    page.split("(page ")
        .skip(1)
        .filter_map(|rest| rest.split([')', ',']).next())
        .map(str::to_owned)
        .collect()
}

fn stamp(case: Case, page: &str, pages: &str) -> String {
    let stamp = case.pattern.replace("{pages}", pages);
    stamp.replace("{page}", page)
}

const BOTH_PRINTS: [PrintSize; 2] = [PrintSize::Standard, PrintSize::LARGE];

/// The packs of a meeting in some prints.
fn build(meeting: &Meeting, audience: Audience, prints: &[PrintSize]) -> Built {
    let letter = Bytes::from(pdf::Fixture::default().pdf());
    let bytes = |_: &SourceName| Some(letter.clone());
    let pages = |_: &SourceName| Some(PdfFile::from(letter.clone()));
    let kit = Kit {
        name: "pack",
        meeting,
        bytes: &bytes,
        pages: &pages,
        templates: &BTreeMap::new(),
        created: None,
        renumber: false,
        draft: false,
        places: None,
        password: None,
        kept: None,
        made: &|_, _| {},
        progress: &|_| {},
    };
    let orders: Vec<Order> = prints
        .iter()
        .map(|&print| Order {
            audience,
            print,
            form: Form::Pdf,
            binding: pack::model::Binding::default(),
        })
        .collect();
    pipeline::build(&kit, audience, &orders).unwrap_or_else(|error| panic!("{audience:?}: {error}"))
}

/// A way to break a page map.
type Break = (&'static str, fn(&mut DocumentMap) -> bool);

/// Changes a printed reference of the first part that has any.
fn reference(map: &mut DocumentMap, change: impl Fn(&mut Reference)) -> bool {
    let mut references = map.parts.iter_mut().flat_map(|part| &mut part.references);
    references.next().map(change).is_some()
}

const BREAKS: [Break; 9] = [
    ("another number in the text", |map| {
        reference(map, |reference| reference.words.push('9'))
    }),
    ("a number in the text that leads to another page", |map| {
        reference(map, |reference| {
            reference.to = reference.to.map(|to| to + 1);
        })
    }),
    ("a number in the text for nothing", |map| {
        reference(map, |reference| reference.to = None)
    }),
    ("one more number in the text", |map| {
        let part = map
            .parts
            .iter_mut()
            .find(|part| !part.references.is_empty());
        part.is_some_and(|part| {
            part.references.push(part.references[0].clone());
            true
        })
    }),
    ("a bookmark to another page", |map| {
        let last = map.outline.last_mut();
        last.is_some_and(|last| {
            last.page = Some(1);
            true
        })
    }),
    ("bookmarks in another order", |map| {
        map.outline.reverse();
        map.outline.len() > 1
    }),
    ("another label", |map| {
        map.labels[1].push('x');
        true
    }),
    ("another number on a page", |map| {
        let mut numbers = map.numbers.iter_mut().flatten();
        numbers
            .next()
            .map(|number| *number = number.plus(1))
            .is_some()
    }),
    ("another last number", |map| {
        map.last_number += 1;
        true
    }),
];

#[test]
fn a_pack_that_is_not_as_its_map_says_is_refused() {
    let case = Case {
        pattern: "Page {page} of {pages}",
        exempt: Exempt::Middle,
        on_right: false,
        from_front_sheet: false,
    };
    let built = build(&meeting_for(case), Audience::Public, &BOTH_PRINTS);
    for (document, output) in built.documents.iter().zip(&built.outputs) {
        let map = document.clone();
        assert_eq!(map.verify(&output.bytes, &[], None), []);
        for (what, broken) in BREAKS {
            let mut map = document.clone();
            assert!(broken(&mut map), "{}: {what}", map.path);
            let faults = map.verify(&output.bytes, &[], None);
            assert!(!faults.is_empty(), "{}: {what} passes", map.path);
            assert!(
                faults[0].page.is_some(),
                "{}: {what}: {}",
                map.path,
                faults[0]
            );
        }
    }
}

#[test]
fn every_page_number_in_the_text_is_held() {
    let case = Case {
        pattern: "{page}",
        exempt: Exempt::Middle,
        on_right: false,
        from_front_sheet: true,
    };
    let built = build(&meeting_for(case), Audience::Public, &BOTH_PRINTS);
    for (document, output) in built.documents.iter().zip(&built.outputs) {
        let Some(printed) = printed(&output.bytes) else {
            return;
        };
        let held: Vec<&str> = document
            .parts
            .iter()
            .flat_map(|part| &part.references)
            .map(|reference| reference.words.as_str())
            .collect();
        for page in &printed.pages {
            for number in cited(page) {
                let words = format!("page {number}");
                assert!(
                    held.iter().any(|held| held.starts_with(&words)),
                    "{}: {words}",
                    document.path
                );
            }
        }
        // The leaf in place of what is withheld names its first and its last page.
        let leaf = document.parts.iter().find(|part| part.key == "item-2");
        let words: Vec<&String> = leaf
            .expect("a leaf")
            .references
            .iter()
            .map(|reference| &reference.words)
            .collect();
        assert_eq!(words.len(), 2, "{words:?}");
        // And every line of the agenda its page.
        let front = &document.parts[0];
        assert!(front.references.len() >= 3, "{:?}", front.references);
    }
}

/// The number on the first page of each part, in the standard pack.
fn firsts(built: &Built) -> BTreeMap<String, PageNumber> {
    let parts = built.documents[0].parts.iter();
    parts
        .filter_map(|part| Some((part.key.clone(), part.numbers?.0)))
        .collect()
}

/// A meeting of so many exempt items and one that is public, numbered from the front sheet.
fn mostly_exempt(items: usize) -> Meeting {
    let mut made: Vec<Item> = (1..=items)
        .map(|number| {
            let mut made = item(&number.to_string(), "Prices", ItemKind::Verbal);
            made.access = exempt(3);
            made
        })
        .collect();
    let last = (items + 1).to_string();
    made.push(paper_of(
        &last,
        "Hedgerow",
        1,
        LinkTarget::Item("1".to_owned()),
    ));
    let mut meeting = meeting_of(made);
    meeting.accessibility_page = true;
    let settings = &mut Arc::make_mut(&mut meeting.council).pack;
    settings.number_from_front_sheet = true;
    settings.page_number = "Page {page} of {pages}".to_owned();
    meeting
}

#[test]
fn a_front_sheet_that_is_longer_in_one_edition_moves_no_number_in_the_other() {
    let pages = |built: &Built| built.documents[0].parts[0].pages;
    let both = |meeting: &Meeting, prints: &[PrintSize]| {
        [Audience::Members, Audience::Public].map(|audience| build(meeting, audience, prints))
    };
    // The public's agenda says below each exempt item which pages are withheld, so that some number
    // of such items ends on a page more than the members' agenda has.
    let mut meeting = (6..30)
        .map(mostly_exempt)
        .find(|meeting| {
            let [members, public] = both(meeting, &[PrintSize::Standard]);
            pages(&members) != pages(&public)
        })
        .expect("some front sheet is longer in one edition");
    for on_right in [false, true] {
        let settings = &mut Arc::make_mut(&mut meeting.council).pack;
        settings.start_documents_on_right = on_right;
        let [members, public] = both(&meeting, &BOTH_PRINTS);
        let theirs = firsts(&members);
        for (key, first) in firsts(&public) {
            if let Some(other) = theirs.get(&key) {
                assert_eq!(first, *other, "{key}, on the right: {on_right}");
            }
        }
        assert_eq!(
            members.documents[0].last_number,
            public.documents[0].last_number
        );
    }
}

#[test]
fn whatever_is_withheld_every_number_is_right() {
    for case in cases() {
        let meeting = meeting_for(case);
        let mut standard = BTreeMap::new();
        for audience in [Audience::Members, Audience::Public] {
            let built = build(&meeting, audience, &BOTH_PRINTS);
            assert_eq!(built.documents.len(), 2);
            for (document, output) in built.documents.iter().zip(&built.outputs) {
                let Some(printed) = printed(&output.bytes) else {
                    return;
                };
                let place = format!("{case:?} {}", document.path);
                assert_eq!(printed.pages.len(), document.pages, "{place}");
                let numbers: BTreeMap<&str, (PageNumber, PageNumber)> = document
                    .parts
                    .iter()
                    .filter_map(|part| Some((part.key.as_str(), part.numbers?)))
                    .collect();
                if document.print == "standard" {
                    let numbers: BTreeMap<String, (PageNumber, PageNumber)> = numbers
                        .iter()
                        .map(|(key, range)| ((*key).to_owned(), *range))
                        .collect();
                    standard.insert(audience, (numbers, document.last_number));
                }
                let last = document.last_number.to_string();
                let feet = |number: PageNumber| {
                    let foot = stamp(case, &number.to_string(), &last);
                    let at = printed.feet.iter().position(|found| *found == foot);
                    at.unwrap_or_else(|| panic!("{place}: no page says {foot}"))
                };
                for (number, foot) in document.numbers.iter().zip(&printed.feet) {
                    if let Some(number) = number {
                        assert_eq!(*foot, stamp(case, &number.to_string(), &last), "{place}");
                    }
                }
                // What is on paper is where the map says.
                for (key, marker) in MARKERS {
                    let found = printed.pages.iter().position(|page| page.contains(marker));
                    let withheld = found.is_none();
                    assert!(!withheld || audience == Audience::Public, "{place}: {key}");
                    if let (Some(found), Some((first, _))) = (found, numbers.get(key)) {
                        assert_eq!(found, feet(*first), "{place}: {key}");
                    }
                }
                let target = |key: &str, item: &str| {
                    let number = numbers.get(key).or_else(|| numbers.get(item));
                    number.map(|(first, _)| first.to_string())
                };
                // Each report names the page of one other paper.
                for (marker, key, item) in [
                    ("Quayside", "item-2-appendix-1", "item-2"),
                    ("Hedgerow", "item-2-report", "item-2"),
                    ("To begin with", "item-2-report", "item-2"),
                ] {
                    let Some(page) = printed.pages.iter().find(|page| page.contains(marker)) else {
                        continue;
                    };
                    let number = target(key, item).expect("the paper has a page");
                    assert!(cited(page).contains(&number), "{place}: {marker}: {page}");
                }
                // And so does the agenda's line for each item.
                let front = &printed.pages[0];
                for number in ["1", "2", "3"] {
                    let title = format!("Business {number}");
                    let Some(line) = front.lines().find(|line| line.contains(&title)) else {
                        continue;
                    };
                    let first = target(&format!("item-{number}-report"), &format!("item-{number}"));
                    if document.print == "standard" {
                        assert_eq!(
                            line.split_whitespace().next_back(),
                            first.as_deref(),
                            "{place}: {front}"
                        );
                    }
                }
            }
        }
        // Everybody in the room turns to the same page.
        let (members, of) = &standard[&Audience::Members];
        let (public, public_of) = &standard[&Audience::Public];
        assert_eq!(of, public_of, "{case:?}");
        for (key, (first, _)) in public {
            if let Some((theirs, _)) = members.get(key) {
                assert_eq!(first, theirs, "{case:?}: {key}");
            }
        }
    }
}
