//! An item that needs a paper and lists none.

use crate::check::subject::Subject;
use crate::check::{Room, Rule};
use crate::finding::{Code, Finding, Severity};
use crate::model::ItemKind;
use crate::model::law;

pub(crate) const RULE: Rule = Rule {
    code: Code("item-without-report"),
    severity: Severity::Error,
    room: Room::Agenda,
    summary: "An item of kind `report`, `minutes` or `application` has no paper",
    explanation: "Members cannot decide what they have not read, and a report that is not open to \
                  inspection with the agenda may not be considered unless the chair rules it urgent.",
    basis: law::REPORTS.basis,
    example: "[[item]]\ntitle = \"Budget monitoring\"\nkind = \"report\"",
    remedy: "Add `source = \"…\"`, or set `kind = \"to-follow\"` with a `due` date",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    subject
        .meeting
        .items()
        .filter(|item| {
            matches!(
                item.kind,
                ItemKind::Report | ItemKind::Minutes | ItemKind::Application
            )
        })
        .filter(|item| {
            item.papers.is_empty()
                && item.items.is_empty()
                && item.all_appendices().next().is_none()
        })
        .map(|item| {
            let what = match item.kind {
                ItemKind::Minutes => "minutes",
                _ => "report",
            };
            RULE.at(
                item.title.span,
                format!("Item {} has no {what}", item.number.value),
            )
        })
        .collect()
}
