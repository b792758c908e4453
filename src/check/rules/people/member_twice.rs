//! One member on the list twice.

use std::collections::BTreeMap;

use crate::check::subject::Subject;
use crate::check::{Room, Rule};
use crate::finding::{Code, Finding, Severity, Span};
use crate::model::names::folded;

pub(crate) const RULE: Rule = Rule {
    code: Code("member-twice"),
    severity: Severity::Warning,
    room: Room::People,
    summary: "Two places on the body are held under the same name",
    explanation: "A copied entry, or two members whose names the list does not tell apart: then minutes \
                  and distribution cannot tell them apart either. Members with an `id` are left alone.",
    basis: "Practice.",
    example: "Two [[member]] entries named \"M Hussain\"",
    remedy: "Take one out, or give each an `id`",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut seen: BTreeMap<String, Span> = BTreeMap::new();
    for member in &subject.meeting.body.members {
        let Some(name) = member.full_name().filter(|_| member.id.is_none()) else {
            continue;
        };
        let key = folded(&name);
        if let Some(first) = seen.get(&key) {
            findings.push(
                RULE.at(member.span, format!("{name} is on the list twice"))
                    .related(*first, "the first"),
            );
        } else {
            seen.insert(key, member.span);
        }
    }
    findings
}
