//! Every check of what comes after publication, with what shows that it fires and that it does not
//! fire: a pair of workspaces, or a life.

use std::collections::BTreeSet;
use std::fs;

use super::{Item, Place, council};
use crate::check::cases::CASES;
use crate::common::{pack, said};

/// What shows both sides of a check.
enum Shown {
    /// The two workspaces of a rule.
    Rule(&'static str),
    /// A life in which it fires, and then does not.
    Life(fn()),
}

use Shown::{Life, Rule};

const CHECKS: &[(&str, Shown)] = &[
    (
        "a supplement that is late without a reason",
        Rule("urgent-without-reason"),
    ),
    (
        "an urgent item without a reason",
        Life(an_item_that_was_not_on_the_agenda_needs_a_reason),
    ),
    (
        "a paper that cites replaced pages",
        Rule("replaced-page-cited"),
    ),
    (
        "a report with page numbers of its own",
        Rule("own-page-numbers"),
    ),
    ("sources that changed", Rule("published-source-changed")),
    ("two papers with one number", Rule("published-number-twice")),
    ("an item that is gone", Rule("published-item-gone")),
    (
        "numbers that would move",
        Life(numbers_that_would_move_are_refused),
    ),
    (
        "a hole that nobody explains",
        Rule("published-numbers-missing"),
    ),
    (
        "numbers to be kept of nothing",
        Rule("keep-numbers-of-nothing"),
    ),
    (
        "minutes that resolve what nobody asked",
        Rule("resolution-unasked"),
    ),
    ("an item without a minute", Rule("item-not-minuted")),
    ("a resolution that differs", Rule("resolution-differs")),
];

#[test]
fn each_check_after_publication_is_shown_to_fire_and_not_to_fire() {
    let cases: BTreeSet<&str> = CASES.iter().map(|case| case.code).collect();
    let mut told = BTreeSet::new();
    for (what, shown) in CHECKS {
        assert!(told.insert(what), "{what} twice");
        match shown {
            // Each side of each pair is tried with those of all rules.
            Rule(code) => assert!(cases.contains(code), "{what}: {code}"),
            Life(life) => life(),
        }
    }
}

fn an_item_that_was_not_on_the_agenda_needs_a_reason() {
    let mut life = council();
    let place = Place::new(&life, false);
    life.items.push(Item::of("4A", Some(1), &[]));
    life.write(&place.meeting, &place.begun);
    let agenda = place.meeting.join("pack.toml");
    let text = fs::read_to_string(&agenda).expect("the agenda");
    let told = |text: &str| {
        fs::write(&agenda, text).expect("a file");
        said(&pack(&["check"], place.folder.path()))
            .contains("Item 4A does not say why it is urgent")
    };
    let note = text.rfind("note = ").expect("a note");
    let silent = format!("{}# {}", &text[..note], &text[note..]);
    assert!(told(&silent));
    assert!(!told(&text));
}

fn numbers_that_would_move_are_refused() {
    let mut life = council();
    let place = Place::new(&life, false);
    let build = || pack(&["build", "--format", "pdf"], place.folder.path());
    assert!(build().status.success());
    life.items[0].appendices[0].pages = 40;
    life.write(&place.meeting, &place.begun);
    let refused = build();
    assert_eq!(refused.status.code(), Some(2), "{}", said(&refused));
    assert!(
        said(&refused).contains("would get other numbers"),
        "{}",
        said(&refused)
    );
    place.done(&["build", "--format", "pdf", "--renumber"]);
}
