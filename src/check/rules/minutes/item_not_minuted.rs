//! An item that the minutes of its meeting do not mention.

use crate::check::subject::Subject;
use crate::check::{Room, Rule};
use crate::finding::{Code, Finding, Severity};

pub(crate) const RULE: Rule = Rule {
    code: Code("item-not-minuted"),
    severity: Severity::Warning,
    room: Room::Minutes,
    summary: "An item of the agenda has no minute",
    explanation: "Where `minutes.md` beside the agenda holds the minutes of this meeting, each item that was not \
                  withdrawn is looked for among them by its title, or by its number.",
    basis: "Practice: minutes account for the whole of the agenda, including what was put off.",
    example: "Item 6 is not in the minutes",
    remedy: "Add a minute with the item's title, even if the item was put off or nothing was said",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    let Some(minutes) = &subject.meeting.minutes else {
        return Vec::new();
    };
    let items = subject.meeting.items();
    items
        .filter(|item| item.withdrawn.is_none() && item.items.is_empty())
        .filter(|item| item.minute_in(minutes).is_none())
        .map(|item| {
            RULE.at(
                item.title.span,
                format!("Item {} has no minute", item.number.value),
            )
        })
        .collect()
}
