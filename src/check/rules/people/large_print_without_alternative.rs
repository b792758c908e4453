//! A large-print reader who cannot be given an appendix.

use crate::check::subject::Subject;
use crate::check::{Room, Rule};
use crate::finding::{Code, Finding, Severity};
use crate::model::{Content, PrintSize};

pub(crate) const RULE: Rule = Rule {
    code: Code("large-print-without-alternative"),
    severity: Severity::Note,
    room: Room::People,
    summary: "A reader asked for large print, but an appendix cannot be set in it",
    explanation: "A scan, a PDF without tags whose words cannot be read in order from its pages, and an \
                  image without a description can only be enlarged, which is not large print: the \
                  large-print edition has a slip page in its place. Found where the distribution has \
                  a copy in large print.",
    basis: "Equality Act 2010, s.20; UKAAF G003",
    example: "print = \"large\" for one member, and an appendix that is a scan",
    remedy: "Give an `alternative` in Markdown, or ask for a tagged PDF",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    let wanted = subject
        .meeting
        .distribution()
        .iter()
        .any(|copy| copy.print != PrintSize::Standard && copy.copies > 0);
    if !wanted {
        return Vec::new();
    }
    subject
        .appendices()
        .filter(|(_, appendix)| appendix.alternative.is_none())
        .filter(|(_, appendix)| match &appendix.content {
            Content::Pdf(document) => {
                document
                    .reflow
                    .as_ref()
                    .is_none_or(|reflow| !reflow.is_whole())
                    && !document.facts.tagged
            }
            Content::Image(image) => image.alt.trim().is_empty(),
            _ => false,
        })
        .map(|(_, appendix)| {
            RULE.at(
                appendix.title.span,
                format!(
                    "“{}” cannot be set in large print, which a reader asked for",
                    appendix.full_title()
                ),
            )
        })
        .collect()
}
