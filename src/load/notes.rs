//! Where findings gather while the sources are read.

use std::cell::RefCell;

use crate::finding::Finding;

/// The findings so far. Reading goes on after each.
#[derive(Debug, Default)]
pub(super) struct Notes(RefCell<Vec<Finding>>);

impl Notes {
    /// Takes a finding down.
    pub(super) fn add(&self, finding: Finding) {
        self.0.borrow_mut().push(finding);
    }

    /// All findings in the order in which they were taken down.
    pub(super) fn into_findings(self) -> Vec<Finding> {
        self.0.into_inner()
    }
}
