//! What is in a Word file and not meant for its readers, or could not be read: collected while the
//! file is read, and reported at its paragraph.
//!
//! No finding repeats the words of a deletion, a comment or hidden text: findings are printed in
//! places that are public.

use std::collections::HashSet;

use crate::finding::{Code, Finding, Severity, Span};
use crate::load::codes;
use crate::load::notes::Notes;

/// How many findings of one kind are reported; the last says how many more there are.
const MOST_TOLD: usize = 20;

/// What should have been removed from a file before it was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum LeftIn {
    /// A tracked change that is neither accepted nor rejected.
    Change,
    Comment,
    Hidden,
    /// A content control that has not been filled in.
    Placeholder,
    /// The template's advice to the author.
    Guidance,
}

/// Something to report.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Event {
    LeftIn(LeftIn, String),
    Lost(String),
    Nowhere(String),
    PictureOutside,
    LayoutTable,
    HeadingByLooks,
    Chart,
}

/// What was found so far.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// What was found in the paragraph that is being read.
    here: Vec<Event>,
    told: Vec<(Event, Span)>,
    /// What was placed at a paragraph. It is told once there.
    known: HashSet<(Event, Span)>,
}

impl Found {
    /// Something was left in; `who` did it, or is empty.
    pub(super) fn left_in(&mut self, what: LeftIn, who: &str) {
        self.here.push(Event::LeftIn(what, who.trim().to_owned()));
    }

    /// Something is in the file and will not be in the pack.
    pub(super) fn lost(&mut self, what: &str) {
        self.here.push(Event::Lost(what.to_owned()));
    }

    /// A pack cannot link to this address.
    pub(super) fn leads_nowhere(&mut self, address: &str) {
        let address = address.chars().take(80).collect();
        self.here.push(Event::Nowhere(address));
    }

    /// A picture is a separate file.
    pub(super) fn picture_outside(&mut self) {
        self.here.push(Event::PictureOutside);
    }

    /// A chart is given as its figures.
    pub(super) fn chart(&mut self) {
        self.here.push(Event::Chart);
    }

    /// A table is only a frame.
    pub(super) fn layout_table(&mut self, span: Span) {
        self.told.push((Event::LayoutTable, span));
    }

    /// A paragraph only looks like a heading.
    pub(super) fn heading_by_looks(&mut self, span: Span) {
        self.told.push((Event::HeadingByLooks, span));
    }

    /// Places what was found since the last paragraph at this one.
    pub(super) fn stands_at(&mut self, span: Span) {
        for event in self.here.drain(..) {
            let told = (event, span);
            if self.known.insert(told.clone()) {
                self.told.push(told);
            }
        }
    }

    /// Reports everything; what has no paragraph is placed at `end`.
    pub(super) fn tell(mut self, end: Span, notes: &Notes) {
        self.stands_at(end);
        let mut counts = std::collections::BTreeMap::<Code, usize>::new();
        let all: Vec<Finding> = self
            .told
            .into_iter()
            .map(|(event, span)| event.finding(span))
            .collect();
        let mut totals = std::collections::BTreeMap::<Code, usize>::new();
        for finding in &all {
            *totals.entry(finding.code).or_default() += 1;
        }
        for mut finding in all {
            let count = counts.entry(finding.code).or_default();
            *count += 1;
            let total = totals.get(&finding.code).copied().unwrap_or(0);
            if *count > MOST_TOLD {
                continue;
            }
            if *count == MOST_TOLD && total > MOST_TOLD {
                let more = total - MOST_TOLD;
                finding.label = Some(format!("and {more} more like it in this file"));
            }
            notes.add(finding);
        }
    }
}

impl Event {
    fn finding(self, span: Span) -> Finding {
        let tell = |code, severity, message: String, help: &str| {
            Finding::new(code, severity, span, message).help(help)
        };
        match self {
            Event::LeftIn(LeftIn::Change, who) => tell(
                codes::UNSETTLED_CHANGE,
                Severity::Error,
                format!("A change{} here is neither accepted nor rejected", by(&who)),
                "Settle it in Word: Review, Accept or Reject; the pack reads the text as if it were accepted",
            ),
            Event::LeftIn(LeftIn::Comment, who) => tell(
                codes::COMMENT_LEFT_IN,
                Severity::Error,
                format!("A comment{} is still in the file here", by(&who)),
                "Settle it and delete it in Word: Review, Delete, Delete All Comments in Document",
            ),
            Event::LeftIn(LeftIn::Hidden, _) => tell(
                codes::HIDDEN_IN_WORD,
                Severity::Warning,
                "There is hidden text here, which is left out of the pack".to_owned(),
                "Delete it, or show it, in Word: Home, Font, Hidden; File, Info, Inspect Document finds it all",
            ),
            Event::LeftIn(LeftIn::Placeholder, _) => tell(
                codes::GUIDANCE_LEFT_IN,
                Severity::Warning,
                "A field of the template here is not filled in, and is left out of the pack"
                    .to_owned(),
                "Fill it in, or delete it",
            ),
            Event::LeftIn(LeftIn::Guidance, _) => tell(
                codes::GUIDANCE_LEFT_IN,
                Severity::Warning,
                "This is guidance from the template, and is left out of the pack".to_owned(),
                "Delete it, or give it the style Normal if it belongs to the report",
            ),
            Event::Lost(what) => tell(
                codes::NOT_READ_FROM_WORD,
                Severity::Warning,
                format!("The file has {what} here, which is not in the pack"),
                "Describe it in words or in a table, or insert it as a picture (PNG) with alternative text",
            ),
            Event::Nowhere(address) => tell(
                codes::LINK_NOWHERE,
                Severity::Warning,
                format!("A pack cannot link to “{address}”"),
                "Link to a web address, or attach the file as an appendix",
            ),
            Event::PictureOutside => tell(
                codes::IMAGE_OUTSIDE_PACK,
                Severity::Error,
                "This picture is a separate file, which the Word file only links to".to_owned(),
                "Embed it: in Word, File, Info, Edit Links to Files, “Save picture in document”",
            ),
            Event::LayoutTable => tell(
                codes::LAYOUT_TABLE,
                Severity::Note,
                "This table has one cell, so it is read as running text".to_owned(),
                "For a frame round text, use a paragraph border in Word",
            ),
            Event::HeadingByLooks => tell(
                codes::HEADING_BY_LOOKS,
                Severity::Note,
                "This is read as a heading only because it looks like one".to_owned(),
                "Give it a heading style in Word: Home, Styles, Heading 1",
            ),
            Event::Chart => tell(
                codes::CHART_AS_TABLE,
                Severity::Note,
                "The chart here is in the pack as a table of its figures".to_owned(),
                "To show the chart itself, insert it as a picture (PNG) with alternative text",
            ),
        }
    }
}

fn by(who: &str) -> String {
    if who.is_empty() {
        String::new()
    } else {
        format!(" by {who}")
    }
}
