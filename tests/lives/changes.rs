//! Changes of the agenda itself after it was published, and what is said of them.

use std::fs;

use super::{Appendix, Item, Place, council};
use crate::common::{pack, said};

#[test]
fn a_published_page_never_says_something_else_silently() {
    let mut life = council();
    let mut place = Place::new(&life, false);
    life.items[0].appendices.push(Appendix::of(1));
    place.next(&life);
    let agenda = place.meeting.join("pack.toml");
    let published = fs::read_to_string(&agenda).expect("the agenda");
    let changed = published.replacen("It cannot wait", "It can wait", 1);
    fs::write(&agenda, changed).expect("a file");
    let told = pack(&["check"], place.folder.path());
    assert!(
        said(&told).contains("published-words-changed"),
        "{}",
        said(&told)
    );
    let told = pack(&["diff"], place.folder.path());
    let words = "[-cannot-] {+can+} wait";
    assert!(said(&told).contains(words), "{}", said(&told));
    let refused = pack(&["build", "--consolidated"], place.folder.path());
    assert_eq!(refused.status.code(), Some(2), "{}", said(&refused));
    assert!(said(&refused).contains(words), "{}", said(&refused));
    fs::write(&agenda, published).expect("a file");
    place.whole();
}

/// Writes the agenda with other words.
fn rewritten(place: &Place, old: &str, new: &str) {
    let agenda = place.meeting.join("pack.toml");
    let text = fs::read_to_string(&agenda).expect("the agenda");
    assert!(text.contains(old), "{old}: {text}");
    fs::write(&agenda, text.replacen(old, new, 1)).expect("a file");
}

#[test]
fn what_becomes_of_an_item_may_change_without_a_supplement() {
    let mut life = council();
    // Each item has a page of its own, which says when its papers are due.
    let settings = [("item-sheets = false", "item-sheets = true")];
    let mut place = Place::of_council(&life, &settings);
    life.items[0].appendices.push(Appendix::of(1));
    place.next(&life);
    for (old, new) in [
        ("due = 2026-11-05", "due = 2026-11-12"),
        (
            "kind = \"to-follow\"\ndue = 2026-11-12",
            "kind = \"verbal\"",
        ),
    ] {
        rewritten(&place, old, new);
        let told = pack(&["check"], place.folder.path());
        let told = said(&told);
        assert!(!told.contains("published-words-changed"), "{told}");
        place.whole();
        let differs = pack(&["diff"], place.folder.path());
        assert!(
            said(&differs).contains("something else becomes of it"),
            "{}",
            said(&differs)
        );
    }
    if let Some(words) = place.words("-consolidated") {
        assert!(words.contains("Verbal report"), "{words}");
        assert!(!words.contains("To follow by"), "{words}");
    }
}

#[test]
fn a_title_above_somebody_elses_pages_does_not_change_silently() {
    let life = council();
    let place = Place::new(&life, false);
    let plan =
        |title: &str| format!("\n[[item.appendix]]\ntitle = \"{title}\"\nfile = \"plan.pdf\"\n");
    let agenda = place.meeting.join("pack.toml");
    let text = fs::read_to_string(&agenda).expect("the agenda");
    let made = fs::read(place.made("", "public", "pdf")).expect("a PDF");
    fs::write(place.meeting.join("plan.pdf"), made).expect("a file");
    fs::write(&agenda, text.clone() + &plan("The plan")).expect("a file");
    place.done(&["build", "--supplement", "2026-11-05", "--format", "pdf"]);
    place.done(&["publish", "--supplement", "--on", "2026-11-05"]);
    let told = |agenda_says: String| {
        fs::write(&agenda, agenda_says).expect("a file");
        said(&pack(&["check"], place.folder.path())).contains("published-words-changed")
    };
    assert!(told(text.clone() + &plan("The site")));
    assert!(!told(text + &plan("The plan")));
}

/// The reason why an item is taken that was not on the agenda as it was published is for everybody to
/// read: the chair's opinion, and what is special (Local Government Act 1972, s.100B(4)).
#[test]
fn the_first_page_of_a_supplement_says_why_an_item_is_urgent() {
    let mut life = council();
    let place = Place::new(&life, false);
    life.items.push(Item::of("4A", Some(1), &[]));
    life.write(&place.meeting, &place.begun);
    let text = fs::read_to_string(place.meeting.join("pack.toml")).expect("the agenda");
    let last = text.rfind("It cannot wait").expect("a note");
    let text = format!("{}The river rose. {}", &text[..last], &text[last..]);
    fs::write(place.meeting.join("pack.toml"), text).expect("a file");
    place.done(&["build", "--supplement", "2026-11-05"]);
    place.done(&["build", "--supplement", "2026-11-05", "--large-print"]);
    let reason = "The river rose. It cannot wait, and the chair agrees.";
    let made = place.made("-supplement-1", "public", "pdf");
    let large = made.with_file_name(
        made.file_name()
            .expect("a name")
            .to_string_lossy()
            .replace(".pdf", "-large-print.pdf"),
    );
    // Large print needs several pages for the first one.
    for (pdf, first) in [(&made, 1), (&large, 3)] {
        let Some(pages) = crate::published::pages(pdf) else {
            continue;
        };
        let words: Vec<&str> = pages[..first]
            .iter()
            .flat_map(|page| page.split_whitespace())
            .collect();
        let words = words.join(" ");
        assert!(words.contains(reason), "{}: {words}", pdf.display());
    }
    let page = fs::read_to_string(made.with_extension("html")).expect("a web page");
    let agenda = page.find("4A").expect("the item");
    let report = page.find("id=\"item-4a-report\"").expect("the report");
    assert!(page[agenda..report].contains(reason));
}

#[test]
fn what_was_withdrawn_before_anybody_had_it_has_no_page() {
    let mut life = council();
    let mut place = Place::new(&life, false);
    let mut urgent = Item::of("4A", Some(1), &[1, 1]);
    urgent.appendices.push(Appendix::exempt(1));
    for index in [0, 2] {
        urgent.appendices[index].withdrawn = true;
    }
    life.items.push(urgent);
    place.next(&life);
    for file in ["-supplement-1", "-consolidated"] {
        if let Some(words) = place.words(file) {
            assert!(!words.contains("Annex 0 of 4A"), "{file}: {words}");
            assert!(words.contains("Annex 1 of 4A"), "{file}: {words}");
        }
    }
}
