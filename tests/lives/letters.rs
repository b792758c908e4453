//! Corrections that keep the numbers of what they replace, with a letter, and papers that are found
//! again wherever they are listed.

use std::fs;

use super::{Appendix, Item, Life, Place, council, labels};
use crate::common::{pack, said};
use crate::published::pages;

/// The numbers of the pages of a file on which a word stands, as another program reads them.
fn on(place: &Place, supplement: &str, edition: &str, word: &str) -> Option<Vec<String>> {
    let pdf = place.made(supplement, edition, "pdf");
    let found = pages(&pdf)?.into_iter().zip(labels(&pdf)?);
    let found = found.filter(|(page, _)| page.contains(word));
    Some(found.filter_map(|(_, label)| label).collect())
}

/// A meeting whose first appendix has several pages.
fn corrected() -> (Life, Place) {
    let mut life = council();
    life.items[0].appendices[0].pages = 4;
    let place = Place::new(&life, false);
    (life, place)
}

fn correct(appendix: &mut Appendix, pages: usize) {
    (appendix.version, appendix.pages, appendix.keeps) = (appendix.version + 1, pages, true);
}

#[test]
fn a_correction_of_the_same_length_keeps_the_numbers_with_a_letter() {
    let (mut life, mut place) = corrected();
    let then = on(&place, "", "public", "ZQXQBQBQ");
    correct(&mut life.items[0].appendices[0], 4);
    place.next(&life);
    correct(&mut life.items[0].appendices[0], 4);
    place.next(&life);
    let record = fs::read_to_string(place.meeting.join("published.toml")).expect("the record");
    assert_eq!(record.matches("letter = \"a\"").count(), 1, "{record}");
    assert_eq!(record.matches("letter = \"b\"").count(), 1, "{record}");
    let Some(then) = then else { return };
    assert!(then.len() > 1, "{then:?}");
    let lettered = |letter: &str| -> Vec<String> {
        then.iter()
            .map(|number| format!("{number}{letter}"))
            .collect()
    };
    for (file, word, numbers) in [
        ("-supplement-1", "ZQXQBQCQ", lettered("a")),
        ("-supplement-2", "ZQXQBQDQ", lettered("b")),
        ("-consolidated", "ZQXQBQDQ", lettered("b")),
        ("-consolidated", "ZQXQBQCQ", Vec::new()),
    ] {
        let found = on(&place, file, "public", word).expect("a reader");
        assert_eq!(found, numbers, "{word} in {file}");
    }
    // Both old versions have a leaf that leads on, and the lists print the new numbers.
    let words = place.words("-consolidated").expect("a reader");
    let (first, last) = (&then[0], &then[then.len() - 1]);
    for said in [
        format!("This has been replaced. Turn to page {first}b."),
        format!("pages {first}b to {last}b"),
    ] {
        assert!(words.contains(&said), "{said}: {words}");
    }
    let page = place.made("-consolidated", "public", "html");
    let page = fs::read_to_string(page).expect("the web page");
    for number in then.iter().chain(&lettered("a")).chain(&lettered("b")) {
        assert_eq!(
            page.matches(&format!("id=\"page-{number}\"")).count(),
            1,
            "{number}"
        );
    }
}

#[test]
fn a_correction_of_another_length_has_new_numbers_and_says_so() {
    let (mut life, mut place) = corrected();
    correct(&mut life.items[0].appendices[0], 9);
    life.write(&place.meeting, &place.begun);
    let build = ["build", "--supplement", "2026-11-05", "--format", "pdf"];
    let told = pack(&build, place.folder.path());
    for words in [
        "kept-numbers-do-not-fit",
        "and cannot take the numbers of pages",
    ] {
        assert!(said(&told).contains(words), "{words}: {}", said(&told));
    }
    place.next(&life);
    let record = fs::read_to_string(place.meeting.join("published.toml")).expect("the record");
    assert!(!record.contains("letter ="), "{record}");
}

#[test]
fn an_exempt_correction_and_one_of_both_sides_keep_their_numbers_too() {
    let mut life = council();
    life.items[3].appendices.push(Appendix::exempt(2));
    let mut place = Place::new(&life, true);
    correct(&mut life.items[3].appendices[1], 2);
    correct(&mut life.items[0].appendices[1], 1);
    life.items[0].appendices.push(Appendix::of(1));
    place.next(&life);
    let record = fs::read_to_string(place.meeting.join("published.toml")).expect("the record");
    assert_eq!(record.matches("letter = \"a\"").count(), 2, "{record}");
}

#[test]
fn a_report_keeps_its_numbers_where_its_item_asks() {
    let (mut life, mut place) = corrected();
    life.items[3].report = Some((2, 1));
    life.items[3].keeps = true;
    place.next(&life);
    let record = fs::read_to_string(place.meeting.join("published.toml")).expect("the record");
    assert_eq!(record.matches("letter = \"a\"").count(), 1, "{record}");
}

#[test]
fn a_new_appendix_before_a_published_one_replaces_nothing() {
    let mut life = council();
    let mut place = Place::new(&life, false);
    let of_first = &mut life.items[0].appendices;
    for (index, appendix) in of_first.iter_mut().enumerate() {
        appendix.name = Some(index);
    }
    of_first.insert(
        0,
        Appendix {
            name: Some(7),
            ..Appendix::of(1)
        },
    );
    place.next(&life);
    assert!(!place.differs.contains("[-"), "{}", place.differs);
    if let Some(words) = place.words("-supplement-1") {
        // What was published keeps its label, and the new one has the next.
        let added =
            "Appendix 3: Annex 7 of 1 is added to the papers of this item and replaces nothing.";
        assert!(words.contains(added), "{words}");
        assert!(!words.contains(" replaces page"), "{words}");
    }
    if let Some(words) = place.words("-consolidated") {
        for said in ["Appendix 1: Annex 0 of 1", "Appendix 2: Annex 1 of 1"] {
            assert!(words.contains(said), "{said}: {words}");
        }
        assert!(!words.contains("has been replaced"), "{words}");
    }
}

#[test]
fn of_two_new_files_in_the_place_of_one_the_clerk_says_which_replaces_it() {
    let life = Life {
        items: vec![Item::of("1", Some(1), &[1])],
    };
    let mut place = Place::new(&life, false);
    let mut life = life;
    let named = |name| Appendix {
        name: Some(name),
        ..Appendix::of(1)
    };
    life.items[0].appendices = vec![named(5), named(6)];
    life.write(&place.meeting, &place.begun);
    let told = pack(&["check"], place.folder.path());
    for words in ["replaces-which", "supersedes = \"annex-1-0.md\""] {
        assert!(said(&told).contains(words), "{words}: {}", said(&told));
    }
    life.items[0].appendices[1].supersedes = Some("annex-1-0.md");
    life.write(&place.meeting, &place.begun);
    let told = pack(&["check"], place.folder.path());
    assert!(!said(&told).contains("replaces-which"), "{}", said(&told));
    place.next(&life);
    if let Some(words) = place.words("-supplement-1") {
        for said in [
            "Annex 6 of 1 replaces page",
            "Annex 5 of 1 is added to the papers",
        ] {
            assert!(words.contains(said), "{said}: {words}");
        }
    }
}
