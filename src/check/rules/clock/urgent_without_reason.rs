//! An urgent item without the chair's reason.

use std::sync::LazyLock;

use regex::Regex;

use crate::check::subject::Subject;
use crate::check::{Room, Rule};
use crate::finding::{Code, Finding, Severity};
use crate::model::law;

pub(crate) const RULE: Rule = Rule {
    code: Code("urgent-without-reason"),
    severity: Severity::Warning,
    room: Room::Clock,
    summary: "A late or urgent paper does not say why it is urgent",
    explanation: "An item that has a paper and came with a supplement, was not on the agenda when that was \
                  published, or is called urgent or late, needs the chair's opinion that it should be considered as a matter of urgency and the special \
                  circumstances, which are minuted. They belong in the item's `note` or `text`.",
    basis: law::URGENCY.basis,
    example: "title = \"Urgent item: flood damage\" with a report and no `note`",
    remedy: "Add a `note` with the special circumstances",
    run,
};

/// A title that calls its paper urgent or late, in English or Welsh. "Urgent care" is only a subject.
static URGENT: LazyLock<Regex> = pattern!(concat!(
    r"(?i)^\W*urgent\s*(?:[:–—-]|$)|^\W*late\s*:",
    r"|\burgent\s+(?:items?|business|reports?|papers?|matters?)(?:\s+of\s+business)?\s*(?:[:–—)\]-]|$|\b(?:on|from|about|of|by)\b)",
    r"|\b(?:taken|brought\s+forward|considered|treated|added|accepted|admitted|tabled)\s+as\s+(?:an?\s+)?(?:urgent|late)\b|\breasons?\s+of\s+urgency\b",
    r"|\bemergency\s+(?:items?|business|motions?|reports?)\s*(?:[:–—)\]-]|$)|[(\[]\s*(?:late|tabled)\s*[)\]]|\s[–—-]\s*(?:late|tabled)\s*$",
    r"|[(\[]\s*urgent\b[^)\]]*[)\]]|[:–—-]\s*urgent\s*$",
    r"|\blate\s+(?:items?|business|reports?|papers?)\s*(?:[:–—)\]-]|$|\b(?:on|from|about)\b)",
    r"|\blate\s+(?:additions?|supplements?|submissions?)\s*(?:[:–—)\]-]|$|\b(?:to|on)\b)",
    r"|\bmatters?\s+of\s+urgency\b|\b(?:business|items?|matters?)\s+(?:which\s+is|that\s+is|deemed|considered)\s+urgent\b",
    r"|\b(?:eitem|eitemau|mater|materion|adroddiad|busnes|papur)\s+(?:b|f)rys\b",
    r"|\b(?:eitem|adroddiad|papur)\s+hwyr\b",
));

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    subject
        .meeting
        .items()
        .filter(|item| !item.papers.is_empty() && item.withheld.is_none())
        .filter(|item| {
            let record = subject.meeting.record.as_ref();
            let is_late = record.is_some_and(|record| !record.whole.items.contains(&item.number));
            is_late || item.supplement.is_some() || URGENT.is_match(&item.title)
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
