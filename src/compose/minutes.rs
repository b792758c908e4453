//! The minutes of an earlier meeting: who was there, numbered minutes, decisions set apart.

use super::desk::Desk;
use super::part::{Block, BlockKind, Field, FieldsLook, Inline, PanelRole, Part, PartKind, Tone};
use super::text::{self, Headings};
use super::words::Words;
use super::{agenda, front};
use crate::model::{Attendee, Item, Meeting, MinuteBlock, Minutes, Movement, Paper};

pub(super) fn part(desk: &Desk<'_>, item: &Item, paper: &Paper, minutes: &Minutes) -> Part {
    let items = |number: &str| desk.item_anchor(number);
    let context = desk.context(&paper.key, item, &items);
    let words = desk.words;
    let mut headings = Headings::after(1);

    let mut blocks = vec![
        Block::toned(Tone::Eyebrow, desk.eyebrow(item)),
        Block::heading(1, title(words, minutes)),
        Block::new(BlockKind::Fields {
            look: FieldsLook::Header,
            rows: attendance(desk.meeting, words, minutes),
        }),
    ];
    let head = desk.head(item, &paper.key);
    blocks.extend(head.leaf());
    blocks.extend(text::blocks(context, &mut headings, &minutes.opening));
    for minute in &minutes.minutes {
        let (level, anchor) = headings.next(&paper.key, 2);
        blocks.push(
            Block::new(BlockKind::Heading {
                level,
                number: minute.number.as_ref().map(|number| number.text.clone()),
                content: text::inlines(context, &minute.heading),
            })
            .at(anchor)
            .from_source(minute.span),
        );
        for block in &minute.blocks {
            match block {
                MinuteBlock::Text(block) => {
                    blocks.push(text::block(context, &mut headings, block, None));
                }
                MinuteBlock::Decision(decision) => blocks.push(Block::new(BlockKind::Panel {
                    role: PanelRole::Decision,
                    blocks: text::blocks(context, &mut headings, decision),
                })),
            }
        }
    }
    if let Some(ended) = minutes.ended {
        blocks.push(Block::paragraph(vec![Inline::text(format!(
            "{} {}.",
            words.ended_at(),
            words.time_of(ended)
        ))]));
    }
    if let Some(contact) = &minutes.contact {
        blocks.push(front::contact(desk, contact));
    }
    let mut part = Part::new(
        &paper.key,
        PartKind::Minutes,
        &paper.title,
        desk.lang(minutes.lang.as_ref()),
        blocks,
    );
    part.footnotes = text::footnotes(context, &minutes.footnotes);
    part
}

/// What minutes are called.
pub fn title(words: Words, minutes: &Minutes) -> String {
    match &minutes.date {
        Some(date) => format!("{} {}", words.minutes_of(), words.long_date(**date)),
        None => words.minutes().to_owned(),
    }
}

/// Who was there, when and where.
pub fn attendance(meeting: &Meeting, words: Words, minutes: &Minutes) -> Vec<Field> {
    let mut rows = Vec::new();
    if let Some(time) = minutes.time {
        rows.push(front::field(words.time(), words.time_of(time)));
    }
    if let Some(place) = &minutes.place {
        rows.push(front::field(words.place(), place));
    }
    let names = |label: &str, people: &[Attendee]| {
        (!people.is_empty()).then(|| Field {
            label: label.to_owned(),
            lines: people
                .iter()
                .map(|person| vec![Inline::text(printed(meeting, words, person))])
                .collect(),
        })
    };
    rows.extend(names(words.present(), &minutes.present));
    rows.extend(names(words.apologies(), &minutes.apologies));
    if !minutes.in_attendance.is_empty() {
        rows.push(Field {
            label: words.in_attendance().to_owned(),
            lines: minutes.in_attendance.iter().map(agenda::person).collect(),
        });
    }
    for (label, moved) in [
        (words.came_late(), &minutes.came_late),
        (words.left_early(), &minutes.left_early),
    ] {
        let line = |moved: &Movement| vec![Inline::text(movement(meeting, words, moved))];
        rows.extend((!moved.is_empty()).then(|| Field {
            label: label.to_owned(),
            lines: moved.iter().map(line).collect(),
        }));
    }
    rows
}

/// "Councillor Amina Rafiq, 6.10 pm, during item 5".
fn movement(meeting: &Meeting, words: Words, moved: &Movement) -> String {
    let mut line = printed(meeting, words, &moved.who);
    let time = moved.time.map(|time| words.time_of(time));
    let item = moved.item.as_ref();
    let item = item.map(|item| words.during_item().replace("{item}", item));
    for word in [time, item].into_iter().flatten() {
        line.push_str(", ");
        line.push_str(&word);
    }
    line
}

/// A name in minutes as printed: what the clerk wants printed, else the member's full name, with
/// "(Chair)" or "(Vice-chair)" where the member is one.
fn printed(meeting: &Meeting, words: Words, attendee: &Attendee) -> String {
    let member = attendee
        .member
        .and_then(|index| meeting.body.members.get(index));
    let name = attendee
        .printed
        .clone()
        .or_else(|| member.and_then(crate::model::Member::full_name))
        .unwrap_or_else(|| attendee.name.clone());
    match member.map(|member| member.role) {
        Some(crate::model::MemberRole::Chair) => {
            format!("{name} ({})", words.chair())
        }
        Some(crate::model::MemberRole::ViceChair) => {
            format!("{name} ({})", words.vice_chair())
        }
        _ => name,
    }
}
