//! Agenda and minutes that mean different meetings.

use crate::check::subject::Subject;
use crate::check::written_date::{find, long, short};
use crate::check::{Room, Rule};
use crate::finding::{Code, Finding, Severity};
use crate::model::{Date, ItemKind, PaperBody};

pub(crate) const RULE: Rule = Rule {
    code: Code("minutes-of-other-meeting"),
    severity: Severity::Warning,
    room: Room::Dates,
    summary: "The agenda, `previous` and the minutes name different meetings",
    explanation: "Three places say which meeting's minutes come up: the title of the item, `previous` in \
                  `[meeting]`, and the front matter of the minutes. An item may bring the minutes of \
                  several meetings; then the previous meeting's must be among them.",
    basis: "Practice: found in published packs.",
    example: "title = \"Minutes of 7 January 2019\" over minutes dated 2018-11-12",
    remedy: "Correct whichever of them is wrong",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let previous = subject.meeting.sitting.previous.as_ref();
    for item in subject.meeting.items() {
        if item.kind != ItemKind::Minutes {
            continue;
        }
        let minutes: Vec<_> = item
            .papers
            .iter()
            .filter_map(|paper| match &paper.body {
                PaperBody::Minutes(minutes) => minutes.date.as_ref(),
                PaperBody::Pdf(document) => document.minutes()?.date.as_ref(),
                _ => None,
            })
            .collect();
        let known = |day: Date| minutes.iter().any(|date| date.value == day);
        let named: Vec<Date> = find(&item.title)
            .iter()
            .filter_map(|written| written.date())
            .collect();
        let all_read = minutes.len() == item.papers.len() && !minutes.is_empty();
        if all_read {
            if let Some(wrong) = named.iter().find(|day| !known(**day)) {
                findings.push(RULE.at(
                    item.title.span,
                    format!(
                        "Item {} names the meeting of {}, but its minutes are of {}",
                        item.number.value,
                        short(*wrong),
                        short(minutes[0].value)
                    ),
                ));
            }
            if let Some(previous) = previous
                && !known(previous.value)
                && named.iter().all(|day| known(*day))
            {
                findings.push(
                    RULE.at(
                        minutes[0].span,
                        format!(
                            "The minutes are of {}, but the previous meeting was on {}",
                            long(minutes[0].value),
                            long(previous.value)
                        ),
                    )
                    .related(previous.span, "the previous meeting"),
                );
            }
        } else if let (Some(previous), [day]) = (previous, &named[..])
            && *day != previous.value
        {
            findings.push(
                RULE.at(
                    item.title.span,
                    format!(
                        "Item {} names the meeting of {}, but the previous meeting was on {}",
                        item.number.value,
                        short(*day),
                        short(previous.value)
                    ),
                )
                .related(previous.span, "the previous meeting"),
            );
        }
    }
    findings
}
