//! A paragraph that the schedule does not have.

use crate::check::exemptions::{paragraphs_of, schedule, withheld};
use crate::check::subject::Subject;
use crate::check::{Room, Rule};
use crate::finding::{Code, Finding, Severity};
use crate::model::Access;

pub(crate) const RULE: Rule = Rule {
    code: Code("exemption-unknown"),
    severity: Severity::Error,
    room: Room::Access,
    summary: "A cited paragraph is none of the jurisdiction's exemptions",
    explanation: "England has paragraphs 1 to 7 of Part 1 of Schedule 12A, Wales 12 to 18 of Part 4, \
                  Scotland 1 to 15 of Schedule 7A, Northern Ireland 1 to 7 of Part 1 of Schedule 6.",
    basis: "Local Government Act 1972, Sch. 12A; Local Government (Scotland) Act 1973, Sch. 7A; Local \
            Government Act (Northern Ireland) 2014, Sch. 6",
    example: "exempt-paragraphs = [9] in England",
    remedy: "Cite the paragraph that applies",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    let jurisdiction = subject.meeting.council.jurisdiction;
    let known = paragraphs_of(jurisdiction);
    let mut findings = Vec::new();
    for entry in withheld(subject) {
        let Access::Exempt {
            paragraphs, span, ..
        } = entry.access
        else {
            continue;
        };
        for paragraph in paragraphs {
            if !known.contains(paragraph) {
                findings.push(RULE.at(
                    span.unwrap_or(entry.span),
                    format!(
                        "{} cites paragraph {paragraph}; {} has paragraphs {} to {}",
                        entry.what,
                        schedule(jurisdiction),
                        known.start(),
                        known.end()
                    ),
                ));
            }
        }
    }
    findings
}
