//! Every exemption at once.

use crate::check::exemptions::withheld;
use crate::check::subject::Subject;
use crate::check::{Room, Rule};
use crate::finding::{Code, Finding, Severity};
use crate::model::Access;
use crate::model::law;

pub(crate) const RULE: Rule = Rule {
    code: Code("exempt-by-every-paragraph"),
    severity: Severity::Warning,
    room: Room::Access,
    summary: "Nearly all paragraphs of the schedule are cited at once",
    explanation: "\"Paragraphs 1 to 7\" does not say what kind of information is withheld, and a \
                  resolution that rests on it can be set aside. Found where all paragraphs of the \
                  jurisdiction, or all but one, are cited.",
    basis: law::EXEMPT.basis,
    example: "exempt-paragraphs = [1, 2, 3, 4, 5, 6, 7]",
    remedy: "Cite the paragraph that applies",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    let Some(schedule) = subject.meeting.law().schedule() else {
        return Vec::new();
    };
    let known = schedule.paragraphs;
    let count = known.clone().count();
    withheld(subject)
        .into_iter()
        .filter_map(|entry| match entry.access {
            Access::Exempt {
                paragraphs, span, ..
            } if known.clone().filter(|n| paragraphs.contains(n)).count() + 1 >= count => {
                Some(RULE.at(
                    span.unwrap_or(entry.span),
                    format!(
                        "{} cites {} paragraphs at once",
                        entry.what,
                        paragraphs.len()
                    ),
                ))
            }
            _ => None,
        })
        .collect()
}
