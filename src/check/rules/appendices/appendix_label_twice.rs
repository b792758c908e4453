//! Two appendices of an item under one label.

use std::collections::BTreeMap;

use crate::check::subject::Subject;
use crate::check::{Room, Rule, words};
use crate::finding::{Code, Finding, Severity, Span};

pub(crate) const RULE: Rule = Rule {
    code: Code("appendix-label-twice"),
    severity: Severity::Warning,
    room: Room::Appendices,
    summary: "Two appendices of an item have the same label",
    explanation: "\"Appendix A\" must mean one document. Labels are compared within an item; appendices \
                  without a label are left alone.",
    basis: "Practice: found in published packs.",
    example: "label = \"Appendix A\" on two appendices of one item",
    remedy: "Give each its own label, or leave `label` out and have them counted",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for item in subject.meeting.items() {
        let mut seen: BTreeMap<String, Span> = BTreeMap::new();
        for appendix in item.all_appendices() {
            let label = words::squash(&appendix.label);
            if label.is_empty() {
                continue;
            }
            if let Some(first) = seen.get(&label) {
                findings.push(
                    RULE.at(
                        appendix.title.span,
                        format!(
                            "Item {} has two appendices called “{}”",
                            item.number.value, appendix.label
                        ),
                    )
                    .related(*first, "the first"),
                );
            } else {
                seen.insert(label, appendix.title.span);
            }
        }
    }
    findings
}
