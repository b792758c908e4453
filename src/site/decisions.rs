//! What was decided, as the minutes of a meeting say it once they are published.

use serde::{Deserialize, Serialize};

use super::day::Day;
use super::names::named;
use crate::html;
use crate::model::{Meeting, MinuteBlock, PaperBody};
use crate::prose::{Block, BlockKind, plain};

/// The minutes of a meeting of the same body.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Minutes {
    /// The day of the meeting that they record.
    pub(super) date: Day,
    /// The tag of their language, where it is not the pack's.
    pub(super) lang: Option<String>,
    /// Where the item that they belong to is found, and their own key.
    pub(super) item: String,
    pub(super) key: String,
    /// The names of the pages of those members who were there, and of those who sent apologies.
    pub(super) present: Vec<String>,
    pub(super) apologies: Vec<String>,
    pub(super) decisions: Vec<Decision>,
}

/// What one minute records as decided.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Decision {
    pub(super) number: Option<String>,
    pub(super) heading: String,
    pub(super) lines: Vec<Line>,
}

/// A paragraph of a decision, or one point of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Line {
    /// "1.", where it is a point.
    pub(super) label: Option<String>,
    pub(super) text: String,
}

/// The minutes that a meeting's public papers hold, given where each of its items is found.
pub(super) fn minutes<'s>(meeting: &Meeting, slugs: impl Iterator<Item = &'s str>) -> Vec<Minutes> {
    let mut found = Vec::new();
    for (item, slug) in meeting.items().zip(slugs) {
        for paper in &item.papers {
            let PaperBody::Minutes(minutes) = &paper.body else {
                continue;
            };
            let Some(date) = &minutes.date else { continue };
            let members = |attendees: &[crate::model::Attendee]| {
                let members = attendees.iter().filter_map(|attendee| {
                    let member = meeting.body.members.get(attendee.member?)?;
                    Some(named(member.name.as_deref()?))
                });
                members.collect()
            };
            let decisions = minutes.minutes.iter().flat_map(|minute| {
                let decided = minute.blocks.iter().filter_map(|block| match block {
                    MinuteBlock::Decision(blocks) => Some(blocks),
                    MinuteBlock::Text(_) => None,
                });
                decided.map(|blocks| Decision {
                    number: minute
                        .number
                        .as_ref()
                        .map(|number| html::clean(&number.text)),
                    heading: html::clean(&plain(&minute.heading)),
                    lines: lines(blocks),
                })
            });
            found.push(Minutes {
                date: Day(date.value),
                lang: minutes.lang.as_ref().map(|lang| lang.0.clone()),
                item: slug.to_owned(),
                key: paper.key.clone(),
                present: members(&minutes.present),
                apologies: members(&minutes.apologies),
                decisions: decisions.collect(),
            });
        }
    }
    found
}

/// What the public edition of a notice of decisions says was decided, each with the key of its paper:
/// what stands under the first heading of that.
pub(super) fn noticed(notice: &Meeting) -> Vec<(String, Decision)> {
    let papers = notice
        .items()
        .flat_map(|item| item.papers.iter().map(move |paper| (item, paper)));
    papers
        .filter_map(|(item, paper)| {
            let PaperBody::Report(report) = &paper.body else {
                return None;
            };
            let blocks = report.body.iter().map(|numbered| &numbered.block);
            let is_heading = |block: &&Block| matches!(block.kind, BlockKind::Heading { .. });
            let decided = blocks.skip_while(is_heading);
            let decided: Vec<Block> = decided
                .take_while(|block| !is_heading(block))
                .cloned()
                .collect();
            let decision = Decision {
                number: None,
                heading: html::clean(item.title.trim()),
                lines: lines(&decided),
            };
            Some((paper.key.clone(), decision))
        })
        .collect()
}

fn lines(blocks: &[Block]) -> Vec<Line> {
    let mut lines = Vec::new();
    for block in blocks {
        add(block, None, &mut lines);
    }
    lines
}

/// Adds what a block says; the first line of it gets the label.
fn add(block: &Block, label: Option<String>, lines: &mut Vec<Line>) {
    match &block.kind {
        BlockKind::Heading { content, .. } | BlockKind::Paragraph(content) => lines.push(Line {
            label,
            text: html::clean(&plain(content)),
        }),
        BlockKind::Preformatted(text) => lines.push(Line {
            label,
            text: html::clean(text),
        }),
        BlockKind::List(list) => {
            for (index, item) in list.items.iter().enumerate() {
                let number = list.start.map_or_else(
                    || "•".to_owned(),
                    |(first, mark)| format!("{}{mark}", first + index as u64),
                );
                let mut number = Some(item.label.clone().unwrap_or(number));
                for block in &item.blocks {
                    add(block, number.take(), lines);
                }
            }
        }
        BlockKind::Quote(inner) => {
            for block in inner {
                add(block, None, lines);
            }
        }
        BlockKind::Table(table) => {
            for row in &table.rows {
                let cells = row.cells.iter().flat_map(|cell| &cell.blocks);
                let cells = cells.filter_map(|block| match &block.kind {
                    BlockKind::Paragraph(content) => Some(plain(content)),
                    _ => None,
                });
                lines.push(Line {
                    label: None,
                    text: html::clean(&cells.collect::<Vec<_>>().join(", ")),
                });
            }
        }
        BlockKind::Figure(figure) => lines.push(Line {
            label,
            text: html::clean(&figure.alt),
        }),
        BlockKind::Rule => {}
    }
}
