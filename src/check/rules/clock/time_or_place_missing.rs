//! A meeting whose agenda does not say when it begins or where it is.

use crate::check::subject::Subject;
use crate::check::{Room, Rule};
use crate::finding::{Code, Finding, Severity};
use crate::model::law;

pub(crate) const RULE: Rule = Rule {
    code: Code("time-or-place-missing"),
    severity: Severity::Warning,
    room: Room::Clock,
    summary: "The agenda does not say at what time the meeting begins, or where it is",
    explanation: "The notice of a meeting says its time and place, and so does the summons to its \
                  members. A meeting held by video has a place too: say how to join it.",
    basis: law::TIME_AND_PLACE.basis,
    example: "[meeting] with a `date` and no `time`",
    remedy: "Add the missing line to [meeting]: time = 18:30:00, place = \"The Town Hall, High Street\"",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    let sitting = &subject.meeting.sitting;
    let place = sitting.place.as_deref().map_or("", str::trim);
    let missing = [
        (
            sitting.time.is_none(),
            "The agenda does not say at what time the meeting begins",
            "Add a line to [meeting]: time = 18:30:00",
        ),
        (
            place.is_empty(),
            "The agenda does not say where the meeting is held",
            "Add a line to [meeting]: place = \"The Town Hall, High Street\"",
        ),
    ];
    missing
        .into_iter()
        .filter(|(is_missing, ..)| *is_missing)
        .map(|(_, message, help)| RULE.at(sitting.span, message).help(help))
        .collect()
}
