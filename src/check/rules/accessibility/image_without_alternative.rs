//! An image without a description.

use crate::check::subject::Subject;
use crate::check::{Room, Rule};
use crate::finding::{Code, Finding, Severity};
use crate::model::Content;

pub(crate) const RULE: Rule = Rule {
    code: Code("image-without-alternative"),
    severity: Severity::Error,
    room: Room::Accessibility,
    summary: "An image has no alternative text",
    explanation: "A reader who does not see the image learns nothing from it, and the pack cannot be a \
                  PDF/UA file. Images in Markdown and image appendices are looked at; an appendix with \
                  an `alternative` is left alone.",
    basis: "WCAG 2.2, 1.1.1; PDF/UA-1, 7.3; SI 2018/952",
    example: "![](site-plan.png)",
    remedy: "Describe what the image shows: `![Plan of the site, access from Mill \
                  Lane](site-plan.png)`, or `alt` on the appendix",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    let figures = subject
        .documents
        .iter()
        .flat_map(|document| &document.figures)
        .filter(|(figure, _)| figure.alt.trim().is_empty())
        .map(|(figure, span)| {
            RULE.at(
                *span,
                format!("The image {} has no alternative text", figure.source),
            )
        });
    let appendices = subject.appendices().filter_map(|(_, appendix)| {
        let Content::Image(image) = &appendix.content else {
            return None;
        };
        (image.alt.trim().is_empty() && appendix.alternative.is_none()).then(|| {
            RULE.at(
                appendix.title.span,
                format!(
                    "The image {} has no alternative text",
                    image.source.file_name()
                ),
            )
        })
    });
    figures.chain(appendices).collect()
}
