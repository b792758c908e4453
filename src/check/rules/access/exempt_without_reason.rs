//! An exempt document without its public-interest reason.

use crate::check::exemptions::withheld;
use crate::check::subject::Subject;
use crate::check::{Room, Rule};
use crate::finding::{Code, Finding, Severity};
use crate::model::Access;

pub(crate) const RULE: Rule = Rule {
    code: Code("exempt-without-reason"),
    severity: Severity::Warning,
    room: Room::Access,
    summary: "An exempt item or document does not say why the public interest is in withholding it",
    explanation: "Information is exempt only if, in all the circumstances, the public interest in keeping \
                  the exemption outweighs that in disclosing the information. The reason is printed with \
                  the resolution.",
    basis: "Local Government Act 1972, Sch. 12A Part 2 para. 10",
    example: "access = \"exempt\", exempt-paragraphs = [3], no `public-interest`",
    remedy: "Add `public-interest = \"…\"`",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    withheld(subject)
        .into_iter()
        .filter_map(|entry| match entry.access {
            Access::Exempt {
                public_interest,
                span,
                ..
            } if public_interest
                .as_deref()
                .is_none_or(|reason| reason.trim().is_empty()) =>
            {
                Some(RULE.at(
                    span.unwrap_or(entry.span),
                    format!(
                        "{} does not say why the public interest is in withholding it",
                        entry.what
                    ),
                ))
            }
            _ => None,
        })
        .collect()
}
