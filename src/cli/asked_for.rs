//! What minutes ask for at a later meeting: "report back in January", "bring a report to the March
//! meeting". These are reminders for the clerk, not findings.

use crate::finding::{Files, Span};
use crate::model::language::{MONTHS, WELSH_MONTHS};
use crate::model::{Date, Meeting, Minute, MinuteBlock, PaperBody};

/// Words that ask for the next meeting.
const NEXT: &[&str] = &["next meeting", "cyfarfod nesaf"];
/// Words that ask for some later meeting.
const LATER: &[&str] = &[
    "report back",
    "further report",
    "future meeting",
    "be deferred",
    "was deferred",
    "adroddiad pellach",
];
/// Words that, together with the name of a month, ask for something in that month.
const BROUGHT: &[&str] = &[
    "report",
    "bring",
    "brought",
    "update",
    "review",
    "submit",
    "return",
    "present",
    "come back",
    "defer",
    "adrodd",
    "diweddariad",
    "gohirio",
];
/// Words that may come before the name of such a month.
const BEFORE_MONTH: &[&str] = &[
    "in", "by", "the", "its", "our", "of", "until", "before", "for", "to", "ym", "mis", "erbyn",
];

/// Something that minutes ask for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Asked {
    /// The title of the minute.
    pub(super) title: String,
    /// The sentence.
    pub(super) sentence: String,
    /// The months that it names, from 1, each with its year where that is said.
    months: Vec<(i8, Option<i16>)>,
}

impl Asked {
    /// Whether it was asked for by the meeting on `next`, which follows that of `last`.
    pub(super) fn is_due(&self, last: Date, next: Date) -> bool {
        let small = self.sentence.to_lowercase();
        if NEXT.iter().any(|words| small.contains(words)) {
            return true;
        }
        let count = |year: i16, month: i8| i32::from(year) * 12 + i32::from(month);
        let (from, to) = (
            count(last.year(), last.month()),
            count(next.year(), next.month()),
        );
        self.months.iter().any(|&(month, year)| {
            let years = year.map_or(last.year()..=next.year(), |year| year..=year);
            let mut named = years.map(|year| count(year, month));
            named.any(|named| (named > from || from == to) && (from..=to).contains(&named))
        })
    }
}

/// What the minutes on the last agenda ask for, and those of the last meeting itself.
pub(super) fn asked_for(last: &Meeting, files: &Files) -> Vec<Asked> {
    let papers = last.items().flat_map(|item| &item.papers);
    let earlier = papers.filter_map(|paper| match &paper.body {
        PaperBody::Minutes(minutes) if paper.access.is_public() => Some(&**minutes),
        _ => None,
    });
    let minutes = earlier.chain(last.minutes.as_deref());
    minutes
        .flat_map(|minutes| &minutes.minutes)
        .flat_map(|minute| of_minute(minute, files))
        .collect()
}

fn of_minute(minute: &Minute, files: &Files) -> Vec<Asked> {
    let blocks = minute.blocks.iter().flat_map(|block| match block {
        MinuteBlock::Text(block) => std::slice::from_ref(block),
        MinuteBlock::Decision(blocks) => blocks.as_slice(),
    });
    let said = |span: Span| {
        let text = files.text(span).split_whitespace();
        text.collect::<Vec<_>>().join(" ")
    };
    let mut asked = Vec::new();
    for block in blocks {
        for sentence in said(block.span).split_inclusive(". ").map(str::trim) {
            let small = sentence.to_lowercase();
            let has = |words: &[&str]| words.iter().any(|words| small.contains(words));
            let months = months(sentence);
            if has(NEXT) || has(LATER) || (has(BROUGHT) && !months.is_empty()) {
                asked.push(Asked {
                    title: minute.title(),
                    sentence: sentence.to_owned(),
                    months,
                });
            }
        }
    }
    asked
}

/// The months that a sentence names as a time. May and March are words of their own as well.
fn months(sentence: &str) -> Vec<(i8, Option<i16>)> {
    let words: Vec<&str> = sentence
        .split_whitespace()
        .map(|word| word.trim_matches(|letter: char| !letter.is_alphanumeric()))
        .collect();
    let mut found = Vec::new();
    for (index, word) in words.iter().enumerate() {
        let named = |months: &[&str; 12]| months.iter().position(|month| month == word);
        let Some(month) = named(&MONTHS).or_else(|| named(&WELSH_MONTHS)) else {
            continue;
        };
        let before = index.checked_sub(1).and_then(|before| words.get(before));
        let is_time = before.is_some_and(|before| {
            before.starts_with(|letter: char| letter.is_ascii_digit())
                || BEFORE_MONTH.contains(&before.to_lowercase().as_str())
        });
        let year = words.get(index + 1).and_then(|year| year.parse().ok());
        let year = year.filter(|year| (1900..2200).contains(year));
        if let (true, Ok(month)) = (is_time, i8::try_from(month + 1)) {
            found.push((month, year));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(sentence: &str) -> Asked {
        Asked {
            title: String::new(),
            sentence: sentence.to_owned(),
            months: months(sentence),
        }
    }

    #[test]
    fn what_is_asked_for_by_a_month_is_due_at_its_meeting() {
        let (last, next) = (Date::constant(2026, 11, 9), Date::constant(2027, 2, 8));
        for sentence in [
            "Officers to report back in January.",
            "That a report be brought to the February meeting.",
            "An update by 15 December 2026 was asked for.",
            "This will be on the agenda of the next meeting.",
        ] {
            assert!(asked(sentence).is_due(last, next), "{sentence}");
        }
        for sentence in [
            "Officers to report back in March.",
            "The report of 2 November was noted.",
            "A review in January 2028 was agreed.",
            "Members may report it, and march on.",
        ] {
            assert!(!asked(sentence).is_due(last, next), "{sentence}");
        }
    }
}
