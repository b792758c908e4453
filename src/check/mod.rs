//! The rules: pure functions from a meeting to findings, one rule a file.
//!
//! [`check`] runs every rule of the table in [`rules`] over a meeting and puts what they find in
//! order; [`settle`] does the latter for findings from elsewhere too. Severities come from the
//! rule, then from the council, then from an `allow` comment beside the text. This room reads
//! nothing but what it is handed: not the disk, not the clock.

#[macro_use]
mod pattern;
#[macro_use]
mod numerals;

mod allowance;
mod changes;
mod citations;
pub mod codes;
mod context;
pub mod deadline;
mod elsewhere;
mod exemptions;
mod figures;
mod follows;
mod fractions;
mod key_decision;
mod markings;
mod names;
mod numbering;
mod pdf_text;
mod personal;
mod placeholder;
mod remedy;
pub mod repair;
mod rule;
pub mod rules;
mod sections;
pub mod status;
mod subject;
mod suppression;
mod words;
mod written_date;

pub use context::Context;
pub use rule::{Room, Rule};
pub use suppression::{Suppression, suppressions};

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::finding::{Files, Finding, Place, Severity, Span};
use crate::model::Meeting;
use allowance::Allowed;
use pdf_text::Subjects;
pub use written_date::{long as long_date, short as short_date};

/// Everything that the rules find in a meeting, with the council's severities and without what
/// the clerk allows, in order of file, line and code.
pub fn check(meeting: &Meeting, context: &Context<'_>) -> Vec<Finding> {
    settle_of(find(meeting, context), meeting, context.files)
}

/// Everything that the rules find in a meeting, as they find it.
pub fn find(meeting: &Meeting, context: &Context<'_>) -> Vec<Finding> {
    found(&Subjects::of(meeting, context), |_| true).collect()
}

/// What the rules find in the papers of a meeting whose agenda could not be read: one broken file does
/// not hide the findings in the others.
pub fn find_in_papers(meeting: &Meeting, context: &Context<'_>) -> Vec<Finding> {
    let of_papers = |rule: &Rule| {
        matches!(
            rule.room,
            Room::Reports
                | Room::Appendices
                | Room::Attachments
                | Room::Prose
                | Room::Accessibility
        )
    };
    found(&Subjects::of(meeting, context), of_papers)
        .filter(|finding| match &finding.place {
            Place::Text(span) => !context.files.path(*span).ends_with(".toml"),
            Place::File(_) | Place::Page(..) => true,
            Place::Nowhere => false,
        })
        .collect()
}

/// What some of the rules find, in the order of the rules.
fn found(
    subjects: &Subjects<'_>,
    wanted: impl Fn(&Rule) -> bool + Sync,
) -> impl Iterator<Item = Finding> {
    // The rules about prose take as long as all others together, and are the last: run one by one from
    // there, they do not keep one core busy after all others are done.
    let found: Vec<Vec<Finding>> = rules::RULES
        .par_iter()
        .rev()
        .with_max_len(1)
        .filter(|rule| wanted(rule))
        .map(|rule| subjects.run(rule).collect())
        .collect();
    found.into_iter().rev().flatten()
}

/// Settles the findings in a meeting as [`settle`] does, and leaves out what its items allow.
pub fn settle_of(findings: Vec<Finding>, meeting: &Meeting, files: &Files) -> Vec<Finding> {
    let mut allowed = allowance::allowed(meeting);
    settled(findings, &meeting.council.severities, &mut allowed, files)
}

/// Gives findings the severities that a council has set, leaves out what is allowed (by the
/// council or by a comment beside the text), and puts the rest in order of file, place and code.
///
/// An error that does not come from a rule stays one, whatever the council has set: a file that could
/// not be read is still missing from the pack. So does what bars publication.
pub fn settle(
    findings: Vec<Finding>,
    severities: &BTreeMap<String, Severity>,
    files: &Files,
) -> Vec<Finding> {
    settled(findings, severities, &mut [], files)
}

fn settled(
    findings: Vec<Finding>,
    severities: &BTreeMap<String, Severity>,
    of_items: &mut [Allowed<'_>],
    files: &Files,
) -> Vec<Finding> {
    let findings = follows::leave_out(findings, files);
    let mut allowed = suppressions(files);
    let unread = unread(&findings);
    let settled = findings
        .into_iter()
        .filter(|finding| {
            let follows = match finding.place {
                Place::Text(span) => unread.hold(span),
                _ => false,
            };
            !follows || rules::find(finding.code.0).is_none() || bars_publication(finding)
        })
        .filter_map(|finding| {
            let stays = finding.severity == Severity::Error
                && (rules::find(finding.code.0).is_none() || bars_publication(&finding));
            if stays {
                return Some(finding);
            }
            let finding = weighed(finding, severities)?;
            let covered = suppression::covers(&mut allowed, &finding, files)
                || allowance::covers(of_items, &finding, files);
            (!covered).then_some(finding)
        })
        .collect::<Vec<_>>();
    let complaints = suppression::complaints(&allowed)
        .into_iter()
        .chain(allowance::complaints(of_items))
        .filter_map(|finding| weighed(finding, severities));
    let mut settled: Vec<Finding> = settled
        .into_iter()
        .chain(complaints)
        .map(|finding| remedy::fitting(finding, files))
        .collect();
    settled.sort_by_cached_key(|finding| sort_key(finding, files));
    settled.dedup_by(|a, b| a.code == b.code && a.place == b.place && a.message == b.message);
    settled
}

/// The places that could not be read: the findings of rules there follow from that.
fn unread(findings: &[Finding]) -> Unread {
    let mut spans: Vec<Span> = findings
        .iter()
        .filter(|finding| {
            finding.severity == Severity::Error && rules::find(finding.code.0).is_none()
        })
        .filter_map(|finding| match finding.place {
            Place::Text(span) => Some(span),
            _ => None,
        })
        .collect();
    spans.sort_unstable();
    // The end of each becomes the furthest of all that begin before it.
    for index in 1..spans.len() {
        let before = spans[index - 1];
        if before.file == spans[index].file {
            spans[index].end = spans[index].end.max(before.end);
        }
    }
    Unread(spans)
}

/// What could not be read.
struct Unread(Vec<Span>);

impl Unread {
    /// Whether one of the faults holds this place.
    fn hold(&self, place: Span) -> bool {
        let begun = self
            .0
            .partition_point(|fault| (fault.file, fault.start) <= (place.file, place.start));
        let last = begun.checked_sub(1).and_then(|last| self.0.get(last));
        last.is_some_and(|fault| fault.file == place.file && fault.end >= place.end)
    }
}

/// Whether nothing public may be made while this finding stands, not even a draft: words under a
/// black box can be read in a draft too, and so can a paper that is marked as not for publication. No
/// setting of the council's lowers it.
pub fn bars_publication(finding: &Finding) -> bool {
    finding.severity == Severity::Error
        && [rules::REDACTION_FAILED, rules::MARKED_NOT_PUBLIC].contains(&finding.code)
}

/// Whether a finding is about a paper that says of itself that it is not for the public.
pub fn is_marked(finding: &Finding) -> bool {
    finding.code == rules::MARKED_NOT_PUBLIC
}

/// A finding with the severity that a council has set; `None` where it is allowed.
fn weighed(mut finding: Finding, severities: &BTreeMap<String, Severity>) -> Option<Finding> {
    if let Some(&severity) = severities.get(finding.code.0) {
        finding.severity = severity;
    }
    (finding.severity != Severity::Allow).then_some(finding)
}

fn sort_key(finding: &Finding, files: &Files) -> (String, u32, u32, &'static str, String) {
    let (path, at, page) = match &finding.place {
        Place::Text(span) => (files.path(*span).to_owned(), span.start, 0),
        Place::File(path) => (path.clone(), 0, 0),
        Place::Page(path, page) => (path.clone(), 0, *page),
        Place::Nowhere => (String::new(), 0, 0),
    };
    (path, at, page, finding.code.0, finding.message.clone())
}
