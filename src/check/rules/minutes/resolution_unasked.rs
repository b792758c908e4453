//! A resolution on something that was not on the agenda.

use crate::check::subject::Subject;
use crate::check::{Room, Rule};
use crate::finding::{Code, Finding, Severity};

pub(crate) const RULE: Rule = Rule {
    code: Code("resolution-unasked"),
    severity: Severity::Note,
    room: Room::Minutes,
    summary: "The minutes record a resolution on something that was not on the agenda",
    explanation: "A minute of this meeting decides something, but no item has its title or number. \
                  Business that was not on the agenda needs the chair's agreement that it is urgent, \
                  which is minuted.",
    basis: crate::model::law::URGENCY.basis,
    example: "A minute \"Flood damage\" with \"Resolved …\", and no such item",
    remedy: "Give the minute the title of its item, or put the urgent item on the agenda",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    let Some(minutes) = &subject.meeting.minutes else {
        return Vec::new();
    };
    let is_of_item = |place| {
        let mut items = subject.meeting.items();
        items.any(|item| {
            item.minute_in(minutes)
                .is_some_and(|minute| minute.span == place)
        })
    };
    let deciding = minutes.minutes.iter();
    deciding
        .filter(|minute| minute.decisions().next().is_some() && !is_of_item(minute.span))
        .map(|minute| {
            RULE.at(
                minute.span,
                format!("“{}” is not an item on the agenda", minute.title()),
            )
        })
        .collect()
}
