//! The numbers that an author wrote on the sections and paragraphs of a report, followed in order.

use std::collections::{BTreeMap, BTreeSet};

use super::sections::{is_closing, unmarked};
use super::subject::Subject;
use super::words;
use crate::finding::Span;
use crate::model::Report;
use crate::prose::plain;

/// Something wrong with a written number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Flaw {
    pub(crate) kind: FlawKind,
    pub(crate) span: Span,
    pub(crate) message: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FlawKind {
    /// A section without a number among numbered ones.
    Unnumbered,
    Repeated,
    Skipped,
    /// A paragraph whose number begins with another section's.
    WrongSection,
    /// A section number with a full stop among those without, or the reverse.
    Style,
}

/// What is wrong in one way with the written numbers of all reports.
pub(crate) fn flawed(subject: &Subject<'_>, kind: FlawKind) -> impl Iterator<Item = Flaw> {
    let flaws = subject.reports().flat_map(|(_, _, report)| flaws(report));
    flaws.filter(move |flaw| flaw.kind == kind)
}

/// Everything wrong with the written numbers of a report, in order.
fn flaws(report: &Report) -> Vec<Flaw> {
    let sections: Vec<(Option<Vec<u32>>, bool)> = report
        .body
        .iter()
        .filter(|block| block.section_heading().is_some())
        .map(|block| match &block.number {
            Some(number) => (parse(&number.text), number.text.ends_with('.')),
            None => (None, false),
        })
        .collect();
    let numbered = sections
        .iter()
        .filter(|(number, _)| number.is_some())
        .count();
    let mut sequence = Sequence {
        flaws: Vec::new(),
        section: None,
        sections_numbered: numbered >= 2,
        last_section: None,
        unnumbered_since: 0,
        last: BTreeMap::new(),
        seen: BTreeSet::new(),
        dotted: None,
        style_said: false,
        foreign: None,
    };
    for (index, block) in report.body.iter().enumerate() {
        // Only what an author wrote can be wrong.
        let written = block.number.as_ref().filter(|number| number.span.is_some());
        if let Some(heading) = block.section_heading() {
            match written {
                Some(number) => {
                    let span = number.span.unwrap_or(block.block.span);
                    sequence.section(&number.text, span);
                }
                None if block.number.is_none() => {
                    sequence.unnumbered_section(&plain(heading), block.block.span);
                }
                None => {}
            }
        } else if let Some(heading) = unmarked(report, index) {
            sequence.section(&heading.number.to_string(), heading.span);
        } else if let Some(number) = written {
            sequence.paragraph(&number.text, number.span.unwrap_or(block.block.span));
        }
    }
    sequence.flaws
}

/// The parts of a number: "3.1" is 3 and 1.
pub(crate) fn parse(text: &str) -> Option<Vec<u32>> {
    text.trim_end_matches(['.', ')'])
        .split('.')
        .map(|part| part.parse().ok())
        .collect()
}

struct Sequence {
    flaws: Vec<Flaw>,
    section: Option<u32>,
    sections_numbered: bool,
    last_section: Option<u32>,
    unnumbered_since: u32,
    /// The last number under each prefix.
    last: BTreeMap<Vec<u32>, u32>,
    seen: BTreeSet<Vec<u32>>,
    dotted: Option<bool>,
    style_said: bool,
    /// The section of the paragraph before, where that stood in another: a run of them is one
    /// mistake.
    foreign: Option<u32>,
}

impl Sequence {
    fn flaw(&mut self, kind: FlawKind, span: Span, message: String) {
        self.flaws.push(Flaw {
            kind,
            span,
            message,
        });
    }

    fn unnumbered_section(&mut self, heading: &str, span: Span) {
        self.section = None;
        self.unnumbered_since += 1;
        let name = words::heading(heading);
        let closing = is_closing(&name);
        if self.sections_numbered && !closing {
            self.flaw(
                FlawKind::Unnumbered,
                span,
                format!("The section “{heading}” has no number, but the others have one"),
            );
        }
    }

    fn section(&mut self, text: &str, span: Span) {
        let Some(parts) = parse(text) else { return };
        let [number] = parts[..] else { return };
        let dotted = text.ends_with('.');
        match self.dotted {
            None => self.dotted = Some(dotted),
            Some(before) if before != dotted && !self.style_said => {
                self.style_said = true;
                let (here, there) = if dotted {
                    ("a full stop", "have none")
                } else {
                    ("no full stop", "have one")
                };
                self.flaw(
                    FlawKind::Style,
                    span,
                    format!("Section number {text} has {here}, and those before it {there}"),
                );
            }
            Some(_) => {}
        }
        let expected = self.last_section.map_or(1, |last| last.saturating_add(1));
        let latest = expected.saturating_add(self.unnumbered_since);
        if !self.seen.insert(vec![number]) {
            self.flaw(
                FlawKind::Repeated,
                span,
                format!("Section number {number} is used twice"),
            );
        } else if self.last_section.is_some() && !(expected..=latest).contains(&number) {
            self.flaw(
                FlawKind::Skipped,
                span,
                format!(
                    "Section {number} follows section {}",
                    expected.saturating_sub(1)
                ),
            );
        }
        self.section = Some(number);
        self.last_section = Some(number);
        self.unnumbered_since = 0;
    }

    fn paragraph(&mut self, text: &str, span: Span) {
        let Some(parts) = parse(text) else { return };
        let Some((&number, prefix)) = parts.split_last() else {
            return;
        };
        let printed = text.trim_end_matches('.');
        let foreign = match (prefix.first(), self.section) {
            (Some(first), Some(section)) => *first != section,
            (Some(_), None) => self.sections_numbered && self.unnumbered_since > 0,
            (None, _) => false,
        };
        let before = std::mem::replace(
            &mut self.foreign,
            prefix.first().copied().filter(|_| foreign),
        );
        if foreign && before == self.foreign {
            self.seen.insert(parts.clone());
            self.last.insert(prefix.to_vec(), number);
            return;
        }
        if foreign {
            let under = match self.section {
                Some(section) => format!("stands in section {section}"),
                None => "stands under a heading without a number".to_owned(),
            };
            self.flaw(
                FlawKind::WrongSection,
                span,
                format!("Paragraph {printed} {under}"),
            );
            self.seen.insert(parts.clone());
            self.last.insert(prefix.to_vec(), number);
            return;
        }
        // A bare number is a paragraph's here; those of sections are a sequence of their own.
        let key = if prefix.is_empty() {
            vec![0, number]
        } else {
            parts.clone()
        };
        let last = self.last.insert(prefix.to_vec(), number);
        if !self.seen.insert(key) {
            self.flaw(
                FlawKind::Repeated,
                span,
                format!("Paragraph number {printed} is used twice"),
            );
            return;
        }
        let expected = last.map_or(1, |last| last.saturating_add(1));
        if number == expected {
            return;
        }
        let join = |last: u32| {
            prefix
                .iter()
                .chain([&last])
                .map(u32::to_string)
                .collect::<Vec<_>>()
                .join(".")
        };
        let message = match last {
            Some(last) => format!("Paragraph {printed} follows {}", join(last)),
            None if prefix.is_empty() => return,
            None => format!("Paragraph {printed} comes where {} should", join(1)),
        };
        self.flaw(FlawKind::Skipped, span, message);
    }
}
