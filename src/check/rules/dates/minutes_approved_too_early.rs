//! Minutes that approve the minutes of a later meeting.

use std::sync::LazyLock;

use regex::Regex;

use crate::check::subject::{Home, Subject};
use crate::check::written_date::short;
use crate::check::{Room, Rule};
use crate::finding::{Code, Finding, Severity};

pub(crate) const RULE: Rule = Rule {
    code: Code("minutes-approved-too-early"),
    severity: Severity::Warning,
    room: Room::Dates,
    summary: "A meeting approves the minutes of a meeting that is not before it",
    explanation: "The date after \"minutes of the meeting held on\" is compared with the date of the \
                  minutes that say so, or of the meeting where the agenda does. It is usually the year \
                  that is wrong.",
    basis: "Practice: found in published packs.",
    example: "Minutes of 7 January 2019: \"Resolved that the minutes of the meeting held on 12 \
                  November 2019 be approved\"",
    remedy: "Correct the date",
    run,
};

static MINUTES_OF: LazyLock<Regex> =
    pattern!(r"(?i)\bminutes\s+(?:of|for|from|held)\b[^.;0-9]{0,90}$");

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for document in &subject.documents {
        let own = match document.home {
            Home::Minutes(minutes) => match &minutes.date {
                Some(date) => date.value,
                None => continue,
            },
            Home::Agenda(_) => subject.meeting.sitting.date.value,
            _ => continue,
        };
        for passage in &document.passages {
            for written in passage.dates() {
                let Some(date) = written.date() else { continue };
                if date >= own && MINUTES_OF.is_match(&passage.text[..written.range.start]) {
                    findings.push(RULE.at(
                        passage.at(written.range.clone()),
                        format!(
                            "The meeting of {} cannot approve minutes of {}",
                            short(own),
                            short(date)
                        ),
                    ));
                }
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrasings() {
        for text in [
            "Resolved that the minutes of the meetings held on ",
            "The minutes of the Board's meeting on Monday, ",
            "Minutes of ",
        ] {
            assert!(MINUTES_OF.is_match(text), "{text}");
        }
        for text in [
            "The minutes were approved. The next meeting is on ",
            "a further report would come on ",
            "ten minutes later on ",
        ] {
            assert!(!MINUTES_OF.is_match(text), "{text}");
        }
    }
}
