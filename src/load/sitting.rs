//! `[meeting]`: when and where a body meets, and who may come.

use super::access;
use super::codes;
use super::keys;
use super::repeats;
use super::table::{Mixed, Table};
use crate::finding::{Finding, Span, Spanned};
use crate::model::{MeetingAccess, MeetingKind, NextMeeting, Sitting};

/// The meeting that the `[meeting]` table describes.
pub(super) fn sitting(root: &Table<'_>) -> Option<Sitting> {
    let Some(table) = root.table("meeting") else {
        // Keys of a meeting without the line [meeting] above them are one mistake.
        let stray = root
            .unknown()
            .into_iter()
            .map(|unknown| unknown.key)
            .filter(|key| keys::MEETING.key(&key.value).is_some());
        let stray: Vec<Spanned<String>> = stray.collect();
        if let (false, Some(first)) = (root.has("meeting"), stray.first()) {
            for key in &stray {
                root.answered(&key.value);
            }
            root.note(
                Finding::error(
                    codes::MISSING_KEY,
                    first.span,
                    format!("A line [meeting] is missing above `{}`", first.value),
                )
                .help("Add a line [meeting] above it"),
            );
        } else if !root.has("meeting") && !root.misspelt("meeting") {
            root.note(
                Finding::error(
                    codes::MISSING_KEY,
                    root.span(),
                    "pack.toml has no [meeting]",
                )
                .help("Add a line [meeting], and below it date = 2026-03-18"),
            );
        }
        return None;
    };
    item_without_its_line(&table);
    let date = table.date("date");
    let is_above = root
        .unknown()
        .iter()
        .any(|unknown| unknown.key.value == "date");
    if date.is_none() && !table.has("date") && !table.misspelt("date") && !is_above {
        table.note(
            Finding::error(codes::MISSING_KEY, table.span(), "[meeting] has no `date`")
                .help("Add a line: date = 2026-03-18"),
        );
    }
    let kind = table
        .spanned_text("kind")
        .map(|kind| match kind.value.as_str() {
            "ordinary" => MeetingKind::Ordinary,
            "annual" => MeetingKind::Annual,
            "extraordinary" => MeetingKind::Extraordinary,
            "special" => MeetingKind::Special,
            _ => MeetingKind::Other(kind.value),
        });
    let access = table.word("access", &MeetingAccess::WORDS);
    let (next, previous, published) = (
        next(&table),
        table.date("previous"),
        table.date("published"),
    );
    let sitting = Sitting {
        weekday: table.spanned_text("weekday"),
        time: table.time("time"),
        ends: table.time("ends"),
        place: table.text("place"),
        decisions_published: table.date("decisions-published").map(|day| day.value),
        cancelled: table.text("cancelled"),
        moved: table.texts("moved").unwrap_or_default(),
        next,
        previous,
        published,
        access: match access {
            _ if access::meant_by_unknown_key(
                &table,
                "Write access = \"private\" for a meeting that the public may not attend; say of an item or a paper who may see it at the item or the paper",
            )
            .is_some() =>
            {
                MeetingAccess::Private
            }
            Some(access) => access,
            // If the access is unclear, the meeting is not open to the public.
            None if table.has("access") || table.misspelt("access") => MeetingAccess::Private,
            None => MeetingAccess::Public,
        },
        kind: kind.unwrap_or_default(),
        span: table.span(),
        date: date.clone().unwrap_or_else(|| {
            Spanned::new(crate::model::Date::constant(2000, 1, 1), table.span())
        }),
    };
    table.finish();
    date.map(|_| sitting)
}

/// Keys of an item below [meeting], because the line [[item]] above the first of them is missing: one
/// mistake. A meeting has no title.
fn item_without_its_line(table: &Table<'_>) {
    let unknown = table.unknown();
    let Some(title) = unknown.iter().find(|one| one.key.value == "title") else {
        return;
    };
    for one in &unknown {
        if keys::ITEM.key(&one.key.value).is_some() && one.key.span.start >= title.key.span.start {
            table.answered(&one.key.value);
        }
    }
    table.note(repeats::item_without_its_line(title.key.span));
}

/// The sitting that replaces one that cannot be read, so that the papers are read.
pub(super) fn some_day(span: Span) -> Sitting {
    Sitting {
        date: Spanned::new(crate::model::Date::constant(2000, 1, 1), span),
        weekday: None,
        time: None,
        ends: None,
        place: None,
        access: MeetingAccess::Private,
        kind: MeetingKind::default(),
        next: None,
        previous: None,
        published: None,
        decisions_published: None,
        cancelled: None,
        moved: Vec::new(),
        span,
    }
}

fn next(table: &Table<'_>) -> Option<Spanned<NextMeeting>> {
    let is_text = table.mixed("next").is_some_and(|entries| {
        entries.iter().any(
            |entry| matches!(entry, Mixed::Text(text) if !text.starts_with(|c: char| c.is_ascii_digit())),
        )
    });
    if is_text {
        table
            .spanned_text("next")
            .map(|words| words.map(NextMeeting::Words))
    } else {
        table.date("next").map(|date| date.map(NextMeeting::On))
    }
}
