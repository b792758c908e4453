//! A paragraph that the schedule does not have.

use crate::check::exemptions::{Entry, withheld};
use crate::check::subject::Subject;
use crate::check::{Room, Rule};
use crate::finding::{Code, Finding, Severity, Span};
use crate::model::law;
use crate::model::{Access, Law};

pub(crate) const RULE: Rule = Rule {
    code: Code("exemption-unknown"),
    severity: Severity::Error,
    room: Room::Access,
    summary: "A cited paragraph is not one of the jurisdiction's exemptions",
    explanation: "England has paragraphs 1 to 7 of Part 1 of Schedule 12A, Wales 12 to 18 of Part 4, \
                  Scotland 1 to 15 of Schedule 7A, Northern Ireland 1 to 7 of Part 1 of Schedule 6. A parish \
                  or community council excludes the public without citing a paragraph.",
    basis: law::EXEMPT.basis,
    example: "exempt-paragraphs = [9] in England",
    remedy: "Cite the paragraph that applies",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    let law = subject.meeting.law();
    let schedule = law.schedule();
    let mut findings = Vec::new();
    for entry in withheld(subject) {
        let Access::Exempt {
            paragraphs, span, ..
        } = entry.access
        else {
            continue;
        };
        let place = span.unwrap_or(entry.span);
        let Some(schedule) = &schedule else {
            if let [first, ..] = paragraphs.as_slice() {
                findings.push(uncalled_for(&entry, *first, law, place));
            }
            continue;
        };
        let known = &schedule.paragraphs;
        for paragraph in paragraphs.iter().filter(|number| !known.contains(number)) {
            findings.push(RULE.at(
                place,
                format!(
                    "{} cites paragraph {paragraph}; {} has paragraphs {} to {}",
                    entry.what,
                    schedule.short,
                    known.start(),
                    known.end()
                ),
            ));
        }
    }
    findings
}

/// A paragraph cited by a council whose law has no schedule of them.
fn uncalled_for(entry: &Entry<'_>, paragraph: u8, law: Law, place: Span) -> Finding {
    let what = &entry.what;
    match law::EXCLUSION.source(law) {
        Some(source) => RULE
            .at_severity(
                Severity::Warning,
                place,
                format!(
                    "{what} cites paragraph {paragraph}; this council excludes the public under {source}, which has no paragraphs"
                ),
            )
            .help("Take out `exempt-paragraphs`, and say why in `public-interest`"),
        None => RULE
            .at_severity(
                Severity::Warning,
                place,
                format!(
                    "{what} cites paragraph {paragraph}; no schedule of exempt information applies to this council"
                ),
            )
            .help("Take out `exempt-paragraphs`"),
    }
}
