//! A vacant place.

use crate::check::subject::Subject;
use crate::check::{Room, Rule};
use crate::finding::{Code, Finding, Severity};

pub(crate) const RULE: Rule = Rule {
    code: Code("place-vacant"),
    severity: Severity::Note,
    room: Room::People,
    summary: "A place on the body is vacant",
    explanation: "It is printed as a vacancy. A casual vacancy has to be declared and filled; a statutory \
                  co-opted place (church and parent governor representatives) should not stay empty.",
    basis: "England and Wales: Local Government Act 1972, s.87 and s.89; England: Local Government Act \
            2000, Sch. A1 para. 7 to 8; Scotland: Local Government (Scotland) Act 1973, s.37; elsewhere \
            practice",
    example: "vacant = true\nrepresents = \"Roman Catholic Archdiocese\"",
    remedy: "Add the name when the place is filled",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    subject
        .meeting
        .body
        .members
        .iter()
        .filter(|member| member.vacant())
        .map(|member| {
            let message = match &member.represents {
                Some(whom) => format!("The place for {whom} is vacant"),
                None => "A place is vacant".to_owned(),
            };
            RULE.at(subject.key(member.span, "vacant"), message)
        })
        .collect()
}
