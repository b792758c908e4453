//! An exempt document without its public-interest reason.

use crate::check::exemptions::withheld;
use crate::check::subject::Subject;
use crate::check::{Room, Rule};
use crate::finding::{Code, Finding, Severity};
use crate::model::law;
use crate::model::{Access, Law};

pub(crate) const RULE: Rule = Rule {
    code: Code("exempt-without-reason"),
    severity: Severity::Warning,
    room: Room::Access,
    summary: "An exempt item or document does not say why it is withheld",
    explanation: "Information is exempt only if, in all the circumstances, the public interest in keeping \
                  the exemption outweighs that in disclosing the information; a parish or community \
                  council may exclude the public only if publicity would harm the public interest. The \
                  reason is printed with the resolution. Scotland has no such test, and legal \
                  professional privilege (paragraph 16) is exempt without one in Wales.",
    basis: law::REASON.basis,
    example: "access = \"exempt\", exempt-paragraphs = [3], no `public-interest`",
    remedy: "Add `public-interest = \"…\"`",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    let law = subject.meeting.law();
    let why = match law {
        Law::EnglishParish | Law::WelshCommunity => {
            "why publicity would be prejudicial to the public interest"
        }
        _ => "why the public interest is in withholding it",
    };
    withheld(subject)
        .into_iter()
        .filter_map(|entry| match entry.access {
            Access::Exempt {
                public_interest,
                paragraphs,
                span,
            } if law.wants_reason(paragraphs)
                && public_interest
                    .as_deref()
                    .is_none_or(|reason| reason.trim().is_empty()) =>
            {
                Some(RULE.at(
                    span.unwrap_or(entry.span),
                    format!("{} does not say {why}", entry.what),
                ))
            }
            _ => None,
        })
        .collect()
}
