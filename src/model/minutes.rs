//! The minutes of an earlier meeting: who was there, what was decided.

use super::{Contact, Date, Lang, Number, Time};
use crate::finding::{Span, Spanned};
use crate::prose::{Block, BlockKind, Footnote, Inline, plain};

/// Minutes in Markdown.
#[derive(Debug, Clone, PartialEq)]
pub struct Minutes {
    /// The day of the meeting that they record.
    pub date: Option<Spanned<Date>>,
    /// When it began.
    pub time: Option<Time>,
    /// Where it was.
    pub place: Option<String>,
    /// Members who were there.
    pub present: Vec<Attendee>,
    /// Members who sent apologies.
    pub apologies: Vec<Attendee>,
    /// Others who were there.
    pub in_attendance: Vec<Contact>,
    /// Members who came after it had begun.
    pub came_late: Vec<Movement>,
    /// Members who left before it ended.
    pub left_early: Vec<Movement>,
    /// When it ended.
    pub ended: Option<Time>,
    /// Whom to ask.
    pub contact: Option<Contact>,
    /// What stands before the first minute.
    pub opening: Vec<Block>,
    /// The minutes in order.
    pub minutes: Vec<Minute>,
    /// The footnotes.
    pub footnotes: Vec<Footnote>,
    /// Their language, where it differs from the pack's.
    pub lang: Option<Lang>,
    /// The front matter.
    pub span: Span,
}

impl Minutes {
    /// The byte of the source at which each minute's heading begins, with the minute's number; empty
    /// where it has none.
    pub fn numbers(&self) -> Vec<(u32, String)> {
        let number = |minute: &Minute| {
            let number = minute.number.as_ref();
            number.map_or_else(String::new, |number| number.text.clone())
        };
        let minutes = self.minutes.iter();
        minutes
            .map(|minute| (minute.span.start, number(minute)))
            .collect()
    }

    /// Every member who is named as having been there, or not.
    pub fn named(&self) -> impl Iterator<Item = &Attendee> {
        let moved = self.came_late.iter().chain(&self.left_early);
        let listed = self.present.iter().chain(&self.apologies);
        listed.chain(moved.map(|moved| &moved.who))
    }
}

/// A name in minutes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attendee {
    /// Who it is, as the clerk names them.
    pub name: String,
    /// How it is printed, where that differs.
    pub printed: Option<String>,
    /// Which of the body's members it is, as an index; `None` where no membership has the name.
    pub member: Option<usize>,
    /// Where it stands.
    pub span: Span,
}

/// Somebody who came or left while a meeting went on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Movement {
    /// Who.
    pub who: Attendee,
    /// When.
    pub time: Option<Time>,
    /// The number of the item that was being taken.
    pub item: Option<String>,
}

/// One minute.
#[derive(Debug, Clone, PartialEq)]
pub struct Minute {
    /// Its number, such as "1/19".
    pub number: Option<Number>,
    /// Its heading without the number.
    pub heading: Vec<Inline>,
    /// What it says.
    pub blocks: Vec<MinuteBlock>,
    /// Where its heading stands.
    pub span: Span,
}

/// What a minute may say besides the decision, as a record of executive decisions must.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// Why it was decided.
    Reasons,
    /// What else was considered.
    Alternatives,
    /// Which interests were declared.
    Interests,
}

/// The most words in a lead that announces what a paragraph says: "Details of any alternative
/// options considered and rejected".
const LONGEST_LEAD: usize = 8;

impl Told {
    /// What a heading, or the words that open a paragraph, announce.
    fn announced(words: &str) -> Option<Self> {
        let words = words.trim().to_lowercase();
        let words = [
            "details of any ",
            "details of ",
            "any ",
            "summary of ",
            "the ",
        ]
        .iter()
        .find_map(|before| words.strip_prefix(before))
        .unwrap_or(&words);
        let opens = |openings: &[&str]| openings.iter().any(|opening| words.starts_with(opening));
        if opens(&["reason", "rheswm", "rhesymau"]) {
            Some(Self::Reasons)
        } else if opens(&[
            "alternative",
            "other alternative",
            "other option",
            "options rejected",
            "options considered",
            "dewisiadau",
            "opsiynau",
        ]) {
            Some(Self::Alternatives)
        } else if opens(&[
            "interest",
            "declaration of",
            "declarations of",
            "conflicts of interest",
            "buddiannau",
            "datgan",
        ]) {
            Some(Self::Interests)
        } else {
            None
        }
    }
}

impl Minute {
    /// Its heading in plain words.
    pub fn title(&self) -> String {
        plain(&self.heading).trim().to_owned()
    }

    /// Whether the whole of it is about one of these things, as one on declarations of interest is.
    pub fn is_of(&self, wanted: Told) -> bool {
        Told::announced(&self.title()) == Some(wanted)
    }

    /// What it says besides what it decides.
    pub fn text(&self) -> Vec<Block> {
        let texts = self.blocks.iter().filter_map(|block| match block {
            MinuteBlock::Text(block) => Some(block.clone()),
            MinuteBlock::Decision(_) => None,
        });
        texts.collect()
    }

    /// What it decides, block by block.
    pub fn decisions(&self) -> impl Iterator<Item = &Block> {
        self.blocks.iter().flat_map(|block| match block {
            MinuteBlock::Decision(blocks) => blocks.as_slice(),
            MinuteBlock::Text(_) => &[],
        })
    }

    /// What it says about one of these things: under a heading that announces it, or in a paragraph
    /// that opens with the words and a colon or dash.
    pub fn told(&self, wanted: Told) -> Vec<&Block> {
        let mut under = None;
        let mut found = Vec::new();
        for block in &self.blocks {
            let MinuteBlock::Text(block) = block else {
                under = None;
                continue;
            };
            match &block.kind {
                BlockKind::Heading { content, .. } => under = Told::announced(&plain(content)),
                BlockKind::Paragraph(content) => {
                    let words = plain(content);
                    let lead = [":", " – ", " — ", " - "]
                        .iter()
                        .filter_map(|mark| words.split_once(mark))
                        .map(|(lead, _)| lead)
                        .min_by_key(|lead| lead.len());
                    // A heading typed without its `#` is a paragraph without a full stop.
                    let heading = (!words.trim_end().ends_with('.')).then_some(words.as_str());
                    let lead = lead
                        .or(heading)
                        .filter(|lead| lead.split_whitespace().count() <= LONGEST_LEAD);
                    if let Some(announced) = lead.and_then(Told::announced) {
                        under = Some(announced);
                    }
                    if under == Some(wanted) {
                        found.push(block);
                    }
                }
                _ if under == Some(wanted) => found.push(block),
                _ => {}
            }
        }
        found
    }
}

/// A piece of a minute.
#[derive(Debug, Clone, PartialEq)]
pub enum MinuteBlock {
    /// What was said.
    Text(Block),
    /// What was decided: the paragraph that opens with "Resolved" or "Recommended" and, where it
    /// ends in a colon, what belongs to it.
    Decision(Vec<Block>),
}
