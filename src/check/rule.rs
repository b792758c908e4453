//! What a rule is: a code, how much it matters, the words that explain it, and the function that
//! looks for it.

use super::subject::Subject;
use crate::finding::{Code, Finding, Place, Severity};

/// A rule of the table.
#[derive(Debug)]
pub struct Rule {
    /// Its name.
    pub code: Code,
    /// How much a finding of it matters, unless the council says otherwise.
    pub severity: Severity,
    /// Which part of a pack it looks at.
    pub room: Room,
    /// What it finds, in one line.
    pub summary: &'static str,
    /// Why that matters, and exactly what it does and does not look at.
    pub explanation: &'static str,
    /// The law, guidance or practice that it comes from.
    pub basis: &'static str,
    /// Something that it finds.
    pub example: &'static str,
    /// What a clerk does about it.
    pub remedy: &'static str,
    pub(crate) run: fn(&Subject<'_>) -> Vec<Finding>,
}

/// The parts of a pack that rules look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the words are the field's own")]
pub enum Room {
    Agenda,
    Dates,
    Clock,
    Published,
    Minutes,
    Reports,
    Appendices,
    People,
    Access,
    Attachments,
    Prose,
    Accessibility,
    Comments,
}

impl Room {
    /// The heading over its rules.
    pub fn title(self) -> &'static str {
        match self {
            Room::Agenda => "Agenda",
            Room::Dates => "Dates",
            Room::Clock => "Statutory clock",
            Room::Published => "What was published",
            Room::Minutes => "Minutes of the meeting itself",
            Room::Reports => "Reports",
            Room::Appendices => "Appendices",
            Room::People => "People",
            Room::Access => "Access and personal data",
            Room::Attachments => "Attachments",
            Room::Prose => "Prose and figures",
            Room::Accessibility => "Accessibility of the sources",
            Room::Comments => "Comments that allow findings",
        }
    }
}

impl Rule {
    /// A finding of this rule, with the rule's severity and remedy.
    pub(crate) fn at(&self, place: impl Into<Place>, message: impl Into<String>) -> Finding {
        Finding::new(self.code, self.severity, place, message).help(self.remedy)
    }

    /// A finding of this rule that matters less, or more, than the rule usually does.
    pub(crate) fn at_severity(
        &self,
        severity: Severity,
        place: impl Into<Place>,
        message: impl Into<String>,
    ) -> Finding {
        Finding::new(self.code, severity, place, message).help(self.remedy)
    }
}
