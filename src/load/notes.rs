//! Where findings gather while the sources are read.

use std::cell::RefCell;

use crate::finding::{Finding, Place, Severity, Span};

/// The findings so far. Reading goes on after each.
#[derive(Debug, Default)]
pub(super) struct Notes {
    findings: RefCell<Vec<Finding>>,
    /// Lines of which it has been said that they cannot be read.
    faults: RefCell<Vec<Span>>,
}

impl Notes {
    /// Takes a finding down.
    pub(super) fn add(&self, finding: Finding) {
        self.findings.borrow_mut().push(finding);
    }

    /// Takes a finding down, where there is one.
    pub(super) fn extend(&self, finding: Option<Finding>) {
        self.findings.borrow_mut().extend(finding);
    }

    /// Remembers a line that cannot be read, whose fault has been or is about to be taken down.
    pub(super) fn fault(&self, line: Span) {
        self.faults.borrow_mut().push(line);
    }

    /// Takes a finding down that rests on what was read, unless its line could not be: one mistake
    /// gets one message.
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

    /// Whether an error has been taken down.
    pub(super) fn has_errors(&self) -> bool {
        let findings = self.findings.borrow();
        findings
            .iter()
            .any(|finding| finding.severity == Severity::Error)
    }

    /// Whether a line in a place could not be read.
    pub(super) fn has_fault_in(&self, place: Span) -> bool {
        self.faults.borrow().iter().any(|line| place.holds(*line))
    }

    /// All findings in the order in which they were taken down.
    pub(super) fn into_findings(self) -> Vec<Finding> {
        self.findings.into_inner()
    }
}
