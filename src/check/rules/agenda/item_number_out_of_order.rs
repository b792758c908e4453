//! Items whose numbers go backwards.

use crate::check::subject::Subject;
use crate::check::{Room, Rule};
use crate::finding::{Code, Finding, Severity};
use crate::model::Item;

pub(crate) const RULE: Rule = Rule {
    code: Code("item-number-out-of-order"),
    severity: Severity::Warning,
    room: Room::Agenda,
    summary: "The number of an item is lower than that of the item before it",
    explanation: "The chair calls items by number and people turn to them by number. Plain and dotted \
                  numbers of one level are compared; numbers with letters are left alone.",
    basis: "Practice.",
    example: "number = \"7\" on an item that follows item 8",
    remedy: "Put the items in the order in which they are taken, or leave `number` out and have \
                  them counted",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    look(&subject.meeting.agenda.items, &mut findings, 0);
    findings
}

fn look(items: &[Item], findings: &mut Vec<Finding>, depth: usize) {
    for pair in items.windows(2) {
        let (Some(first), Some(second)) = (parse(&pair[0].number), parse(&pair[1].number)) else {
            continue;
        };
        if first.len() == second.len() && second < first {
            findings.push(RULE.at(
                pair[1].number.span,
                format!(
                    "Item {} comes after item {}",
                    pair[1].number.value, pair[0].number.value
                ),
            ));
        }
    }
    if depth < 8 {
        for item in items {
            look(&item.items, findings, depth + 1);
        }
    }
}

fn parse(number: &str) -> Option<Vec<u32>> {
    number
        .trim_end_matches('.')
        .split('.')
        .map(|part| part.parse().ok())
        .collect()
}
