//! Which rules see the text of PDFs, and how much their findings in it count: somebody else may have
//! written it, a machine read it, and it cannot be corrected here.
//!
//! A rule that needs certainty keeps to files whose tags say what is what. No finding in text read
//! from a PDF stops publication: the file is the record, and the text may have been misread.

use std::collections::BTreeSet;

use super::context::Context;
use super::rule::{Room, Rule};
use super::rules;
use super::subject::{PdfReach, Subject};
use crate::finding::{Code, FileId, Finding, Place, Severity, SourceText};
use crate::model::{Meeting, Origin};

/// Rules about how a source is written, or which look at the pages of PDFs in their own way.
const NOT_OF_PDFS: &[Code] = &[
    rules::access::personal_data::RULE.code,
    rules::access::signature_shown::RULE.code,
    rules::reports::bare_link_text::RULE.code,
    rules::reports::header_field_missing::RULE.code,
    rules::reports::heading_skipped::RULE.code,
    rules::reports::heading_without_mark::RULE.code,
    // Signatories are not read from PDFs.
    rules::reports::signatory_missing::RULE.code,
    rules::MARKED_NOT_PUBLIC,
];

/// Rules besides those of reports that depend on order, or on sums over many figures: one misreading
/// makes a false alarm.
const CERTAIN_ONLY: &[Code] = &[
    rules::prose::count_and_list_differ::RULE.code,
    rules::prose::difference_wrong::RULE.code,
    rules::prose::percentage_wrong::RULE.code,
    rules::prose::sum_without_unit::RULE.code,
    rules::prose::table_total_wrong::RULE.code,
];

/// A meeting as each rule sees it.
pub(super) struct Subjects<'a> {
    /// Without the text of PDFs.
    sources: Subject<'a>,
    /// With the text of the council's own PDFs only, where there are others.
    own: Option<Subject<'a>>,
    /// With the text of all PDFs.
    all: Subject<'a>,
    /// Transcripts that were not read with certainty.
    uncertain: BTreeSet<FileId>,
    /// Transcripts of papers that may be somebody else's.
    others: BTreeSet<FileId>,
}

impl<'a> Subjects<'a> {
    pub(super) fn of(meeting: &'a Meeting, context: &'a Context<'a>) -> Self {
        let all = Subject::of(meeting, context, PdfReach::All);
        let (mut uncertain, mut others, mut own) =
            (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        for file in all.attachments() {
            let Some(transcript) = file.document.transcript else {
                continue;
            };
            let reflow = file.document.reflow.as_ref();
            if !reflow.is_some_and(crate::model::Reflow::is_certain) {
                uncertain.insert(transcript);
            }
            if file.origin == Some(Origin::Own) {
                own.insert(transcript);
            } else {
                others.insert(transcript);
            }
        }
        others.retain(|transcript| !own.contains(transcript));
        Self {
            sources: Subject::of(meeting, context, PdfReach::None),
            own: (!others.is_empty()).then(|| Subject::of(meeting, context, PdfReach::Own)),
            all,
            uncertain,
            others,
        }
    }

    /// What a rule finds, with the severities that its findings in PDFs have.
    pub(super) fn run(&self, rule: &Rule) -> impl Iterator<Item = Finding> + use<'_, 'a> {
        let subject = if rule.room == Room::Accessibility || NOT_OF_PDFS.contains(&rule.code) {
            &self.sources
        } else {
            // Rules that only make notes do not look at other people's papers.
            let own = self.own.as_ref();
            own.filter(|_| rule.severity <= Severity::Note)
                .unwrap_or(&self.all)
        };
        let certain_only = rule.room == Room::Reports || CERTAIN_ONLY.contains(&rule.code);
        let findings = (rule.run)(subject).into_iter();
        findings.filter_map(move |finding| self.weighed(finding, certain_only))
    }

    fn weighed(&self, mut finding: Finding, certain_only: bool) -> Option<Finding> {
        let file = match finding.place {
            Place::Text(span) => span.file,
            _ => return Some(finding),
        };
        let text = self.all.context.files.get(file);
        if !text.is_some_and(SourceText::has_pages) {
            return Some(finding);
        }
        if certain_only && self.uncertain.contains(&file) {
            return None;
        }
        finding.severity = finding.severity.min(Severity::Warning);
        if self.others.contains(&file) {
            finding.severity = match finding.severity {
                Severity::Error | Severity::Warning => Severity::Note,
                Severity::Note | Severity::Allow => return None,
            };
        }
        Some(finding)
    }
}
