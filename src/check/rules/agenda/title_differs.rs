//! A report whose subject is not the title that the agenda gives.

use crate::check::subject::Subject;
use crate::check::{Room, Rule, words};
use crate::finding::{Code, Finding, Severity};

pub(crate) const RULE: Rule = Rule {
    code: Code("title-differs"),
    severity: Severity::Note,
    room: Room::Agenda,
    summary: "The title of an item and the subject of its report differ",
    explanation: "Readers look for a report under the title that the agenda gave. Case and the kind of \
                  dash do not matter. Where the two have no word in common it is a warning: the wrong \
                  report may be attached. Items with several papers are left alone.",
    basis: "Practice.",
    example: "Agenda: \"Trust Update Report\"; report: \"Trust – Update Report\"",
    remedy: "Use one title in both places",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    subject
        .reports()
        .filter(|(item, _, _)| item.papers.len() == 1)
        .filter_map(|(item, _, report)| {
            let given = report.subject.as_ref()?;
            let title = words::heading(&item.title);
            if title.is_empty()
                || words::heading(given) == title
                || item
                    .heading
                    .as_deref()
                    .is_some_and(|heading| words::heading(heading) == words::heading(given))
            {
                return None;
            }
            let theirs = words::content_words(given);
            let shared = words::content_words(&item.title)
                .iter()
                .any(|word| theirs.contains(word));
            let severity = if shared {
                RULE.severity
            } else {
                Severity::Warning
            };
            Some(
                RULE.at_severity(
                    severity,
                    item.title.span,
                    format!(
                        "The agenda calls item {} “{}”, its report “{}”",
                        item.number.value, item.title.value, given.value
                    ),
                )
                .related(given.span, "the report's own subject"),
            )
        })
        .collect()
}
