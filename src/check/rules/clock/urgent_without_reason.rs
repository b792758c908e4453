//! An urgent item without the chair's reason.

use crate::check::subject::Subject;
use crate::check::{Room, Rule};
use crate::finding::{Code, Finding, Severity};
use crate::model::law;

pub(crate) const RULE: Rule = Rule {
    code: Code("urgent-without-reason"),
    severity: Severity::Warning,
    room: Room::Clock,
    summary: "A late or urgent paper does not say why it is urgent",
    explanation: "An item that has a paper and came with a supplement, or is called urgent, needs the \
                  chair's opinion that it should be considered as a matter of urgency and the special \
                  circumstances, which are minuted. They belong in the item's `note` or `text`.",
    basis: law::URGENCY.basis,
    example: "title = \"Urgent item: flood damage\" with a report and no `note`",
    remedy: "Add a `note` with the special circumstances",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    subject
        .meeting
        .items()
        .filter(|item| !item.papers.is_empty() && item.withheld.is_none())
        .filter(|item| {
            item.supplement.is_some() || item.title.to_lowercase().contains("urgent item")
        })
        .filter(|item| {
            [&item.note, &item.text]
                .into_iter()
                .flatten()
                .all(|words| words.trim().is_empty())
        })
        .map(|item| {
            RULE.at(
                item.title.span,
                format!("Item {} does not say why it is urgent", item.number.value),
            )
        })
        .collect()
}
