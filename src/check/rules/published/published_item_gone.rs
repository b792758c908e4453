//! An item that was published but is no longer on the agenda.

use crate::check::subject::Subject;
use crate::check::{Room, Rule};
use crate::finding::{Code, Finding, Severity};

pub(crate) const RULE: Rule = Rule {
    code: Code("published-item-gone"),
    severity: Severity::Warning,
    room: Room::Published,
    summary: "An item that was published is no longer on the agenda, so published page numbers would change",
    explanation: "The numbers of the items in `published.toml` are looked for on the agenda. Where an item \
                  is taken out or gets another number, the page numbers of everything after it change: \
                  what members have annotated and minutes cite would be on other pages.",
    basis: "Practice: a number that was published means the same page for ever.",
    example: "Item 6 was published, but the agenda ends with item 5",
    remedy: "Put the item back with its number; where it is not taken, add withdrawn = \"why\" to it",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    let Some(record) = subject.published() else {
        return Vec::new();
    };
    let published = record.issues().flat_map(|issued| &issued.items);
    published
        .filter(|number| {
            !subject
                .meeting
                .items()
                .any(|item| item.number.value == **number)
        })
        .map(|number| {
            RULE.at(
                subject.meeting.sitting.date.span,
                format!("Item {number} was published but is no longer on the agenda"),
            )
        })
        .collect()
}
