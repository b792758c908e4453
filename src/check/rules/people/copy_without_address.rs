//! A paper copy for a member whose address is not known.

use crate::check::subject::Subject;
use crate::check::{Room, Rule};
use crate::finding::{Code, Finding, Place, Severity};
use crate::model::{CopyForm, Recipient};

pub(crate) const RULE: Rule = Rule {
    code: Code("copy-without-address"),
    severity: Severity::Note,
    room: Room::People,
    summary: "A member gets a paper copy but has no address",
    explanation: "The sheet of address labels has a label with a name alone. Members only: a library or a \
                  noticeboard may be known by its name.",
    basis: "Practice.",
    example: "form = \"paper\" for a member without `address`",
    remedy: "Add `address = [\"…\"]` to the member or to the copy, unless papers are handed out",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    let body = &subject.meeting.body;
    subject
        .meeting
        .copies
        .iter()
        .filter(|copy| copy.form == CopyForm::Paper && copy.address.is_empty())
        .filter(|copy| matches!(copy.to, Recipient::Member(_)))
        .map(|copy| {
            let place = copy.span.map_or(Place::Nowhere, Place::Text);
            RULE.at(
                place,
                format!(
                    "{} gets a paper copy but has no address",
                    copy.to.name(body)
                ),
            )
        })
        .collect()
}
