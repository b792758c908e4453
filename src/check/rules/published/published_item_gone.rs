//! An item that was published and is not on the agenda any more.

use crate::check::subject::Subject;
use crate::check::{Room, Rule};
use crate::finding::{Code, Finding, Severity};

pub(crate) const RULE: Rule = Rule {
    code: Code("published-item-gone"),
    severity: Severity::Warning,
    room: Room::Published,
    summary: "An item that was published is not on the agenda any more, so published numbers would move",
    explanation: "The numbers of the items in `published.toml` are looked for on the agenda. An item that is \
                  taken out, or gets another number, takes the page numbers of what follows with it: \
                  what members have annotated and minutes cite would be on other pages.",
    basis: "Practice: a number that was published means the same page for ever.",
    example: "Item 6 was published, and the agenda ends with item 5",
    remedy: "Put the item back with its number; where it is not taken, add withdrawn = \"why\" to it",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    let meeting = subject.meeting;
    let Some(record) = meeting
        .record
        .as_ref()
        .filter(|_| meeting.supplement.is_none())
    else {
        return Vec::new();
    };
    let published = record.issues().flat_map(|issued| &issued.items);
    published
        .filter(|number| !meeting.items().any(|item| item.number.value == **number))
        .map(|number| {
            RULE.at(
                meeting.sitting.date.span,
                format!("Item {number} was published and is not on the agenda any more"),
            )
        })
        .collect()
}
