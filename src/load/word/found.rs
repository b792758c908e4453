//! What a Word file holds that is not for its readers, or that could not be read: gathered while
//! the file is walked through, and reported at the paragraph where it stands.
//!
//! No finding repeats the words of a deletion, a comment or hidden text: findings are printed in
//! places that are public.

use crate::finding::{Code, Finding, Severity, Span};
use crate::load::codes;
use crate::load::notes::Notes;

/// How many findings of one kind are told; the last says how many more there are.
const MOST_TOLD: usize = 20;

/// What was left in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum LeftIn {
    /// A change that nobody has accepted or rejected.
    Change,
    Comment,
    Hidden,
    /// A content control that still asks for words.
    Placeholder,
    /// What a template tells its user.
    Guidance,
}

/// Something to tell.
#[derive(Debug, Clone, PartialEq, Eq)]
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
    /// What stands in the paragraph that is being read.
    here: Vec<Event>,
    told: Vec<(Event, Span)>,
}

impl Found {
    /// Something was left in, by somebody where that is known.
    pub(super) fn left_in(&mut self, what: LeftIn, who: &str) {
        self.here.push(Event::LeftIn(what, who.trim().to_owned()));
    }

    /// Something is in the file and will not be in the pack.
    pub(super) fn lost(&mut self, what: &str) {
        self.here.push(Event::Lost(what.to_owned()));
    }

    /// A link leads where a pack cannot.
    pub(super) fn leads_nowhere(&mut self, address: &str) {
        let address = address.chars().take(80).collect();
        self.here.push(Event::Nowhere(address));
    }

    /// A picture is a file of its own.
    pub(super) fn picture_outside(&mut self) {
        self.here.push(Event::PictureOutside);
    }

    /// A chart is given as its figures.
    pub(super) fn chart(&mut self) {
        self.here.push(Event::Chart);
    }

    /// A table was only there to set things side by side.
    pub(super) fn layout_table(&mut self, span: Span) {
        self.told.push((Event::LayoutTable, span));
    }

    /// A paragraph only looks like a heading.
    pub(super) fn heading_by_looks(&mut self, span: Span) {
        self.told.push((Event::HeadingByLooks, span));
    }

    /// What was found since the last paragraph stands in this one.
    pub(super) fn stands_at(&mut self, span: Span) {
        for event in self.here.drain(..) {
            let told = (event, span);
            if !self.told.contains(&told) {
                self.told.push(told);
            }
        }
    }

    /// Tells everything; what has no paragraph stands at `end`.
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
                "There is hidden text here, which stays out of the pack".to_owned(),
                "Delete it, or show it, in Word: Home, Font, Hidden; File, Info, Inspect Document finds it all",
            ),
            Event::LeftIn(LeftIn::Placeholder, _) => tell(
                codes::GUIDANCE_LEFT_IN,
                Severity::Warning,
                "A field of the template here still waits for words, and stays out of the pack"
                    .to_owned(),
                "Fill it in, or delete it",
            ),
            Event::LeftIn(LeftIn::Guidance, _) => tell(
                codes::GUIDANCE_LEFT_IN,
                Severity::Warning,
                "This is guidance of the template, and stays out of the pack".to_owned(),
                "Delete it, or give it the style of running text if it belongs to the report",
            ),
            Event::Lost(what) => tell(
                codes::NOT_READ_FROM_WORD,
                Severity::Warning,
                format!("The file has {what} here, which is not in the pack"),
                "Say it in words or in a table, or put it in as a picture (PNG) with alternative text",
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
                "This picture is a file of its own, which the Word file only refers to".to_owned(),
                "Put it into the file: in Word, File, Info, Edit Links to Files, “Save picture in document”",
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
                "This is read as a heading by its looks alone".to_owned(),
                "Give it a heading style in Word: Home, Styles, Heading 1",
            ),
            Event::Chart => tell(
                codes::CHART_AS_TABLE,
                Severity::Note,
                "The chart here is in the pack as a table of its figures".to_owned(),
                "For the drawing itself, put it in as a picture (PNG) with alternative text",
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
