//! Collects findings while the sources are read.

use std::cell::RefCell;

use crate::finding::{Finding, Place, Severity, Span};

/// The findings so far. Reading goes on after each.
#[derive(Debug, Default)]
pub(super) struct Notes {
    findings: RefCell<Vec<Finding>>,
    /// Lines that cannot be read, each with a finding.
    faults: RefCell<Vec<Span>>,
}

impl Notes {
    /// Adds a finding.
    pub(super) fn add(&self, finding: Finding) {
        self.findings.borrow_mut().push(finding);
    }

    /// Adds a finding, if there is one.
    pub(super) fn extend(&self, finding: Option<Finding>) {
        self.findings.borrow_mut().extend(finding);
    }

    /// Remembers a line that cannot be read and has a finding of its own.
    pub(super) fn fault(&self, line: Span) {
        self.faults.borrow_mut().push(line);
    }

    /// Adds a finding, unless its line could not be read: one mistake gets one message.
    pub(super) fn add_of_sound_line(&self, finding: Finding) {
        if let Place::Text(span) = finding.place
            && self
                .faults
                .borrow()
                .iter()
                .any(|line| line.file == span.file && (line.start..=line.end).contains(&span.start))
        {
            return;
        }
        self.add(finding);
    }

    /// Whether there is an error.
    pub(super) fn has_errors(&self) -> bool {
        let findings = self.findings.borrow();
        findings
            .iter()
            .any(|finding| finding.severity == Severity::Error)
    }

    /// Whether `place` has a line that could not be read.
    pub(super) fn has_fault_in(&self, place: Span) -> bool {
        self.faults.borrow().iter().any(|line| place.holds(*line))
    }

    /// All findings, in the order in which they were added.
    pub(super) fn into_findings(self) -> Vec<Finding> {
        self.findings.into_inner()
    }
}
