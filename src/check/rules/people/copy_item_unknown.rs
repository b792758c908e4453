//! A copy that is to hold an item that the agenda does not have.

use crate::check::subject::Subject;
use crate::check::{Room, Rule};
use crate::finding::{Code, Finding, Place, Severity};

pub(crate) const RULE: Rule = Rule {
    code: Code("copy-item-unknown"),
    severity: Severity::Error,
    room: Room::People,
    summary: "A copy is to hold an item that the agenda does not have",
    explanation: "`items` in a `[[copy]]` names the items that somebody gets, by their numbers on the \
                  agenda. If one is not there, the reader does not get what was asked for.",
    basis: "Equality Act 2010, section 20: a reader who needs a paper in another form must get it.",
    example: "items = [\"4\", \"17\"] where the agenda ends with item 9",
    remedy: "Give the number of an item on the agenda, or take it out of `items`",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    let meeting = subject.meeting;
    let known = |number: &String| meeting.items().any(|item| item.number.value == *number);
    let mut findings = Vec::new();
    for copy in &meeting.copies {
        for number in copy
            .binding
            .holds
            .items()
            .iter()
            .filter(|number| !known(number))
        {
            let place = copy.span.map_or(Place::Nowhere, Place::Text);
            let name = copy.to.name(&meeting.body);
            let message = format!("{name} is to get item {number}, which the agenda does not have");
            findings.push(RULE.at(place, message));
        }
    }
    findings
}
