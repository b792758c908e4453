//! `pack new meeting --after`: the next agenda drafted from the last one, for the clerk to correct.

use std::fmt::Write as _;
use std::path::Path;

use super::asked_for;
use super::new_minutes::{Exempt, exempt_beside};
use super::written::quoted;
use crate::check::deadline;
use crate::compose::words::Words;
use crate::finding::Files;
use crate::model::{AgendaPart, Date, Item, ItemKind, Meeting, Tongue};

/// The file of the last meeting's minutes, beside the new agenda.
pub(super) const MINUTES: &str = "minutes-of-last-meeting.md";

/// The agenda of the meeting on a day that follows another of the same body: standing items as they
/// are, the minutes of the last meeting, and what was put off. `files` holds the words of the last
/// meeting's minutes; `exempt` is what of them is not for publication.
pub(super) fn agenda(
    last: &Meeting,
    committee: &str,
    date: Date,
    files: &Files,
    exempt: Option<&Exempt>,
) -> String {
    let mut text = format!(
        "# Begun from the agenda of {}. Items are numbered in their order.\n\ncommittee = {}\n\n[meeting]\ndate = {date}\nweekday = {}\n",
        *last.sitting.date,
        quoted(committee),
        quoted(Tongue::English.weekday(date.weekday())),
    );
    if let Some(time) = last.sitting.time {
        let _ = writeln!(text, "time = {time}");
    }
    if let Some(place) = &last.sitting.place {
        let _ = writeln!(text, "place = {}", quoted(place));
    }
    let _ = writeln!(text, "previous = {}", *last.sitting.date);
    text.push_str("next = \"To be confirmed\"\n");
    if let Some(day) = publish_by(last, date) {
        let _ = writeln!(
            text,
            "# published = {day}              # the last day on which the law lets the agenda be published"
        );
    }
    let carried: Vec<&Item> = last
        .agenda
        .items
        .iter()
        .filter(|item| item.access.is_public())
        .filter(|item| is_carried(item))
        .collect();
    let mut private = last.items().filter(|item| !item.access.is_public());
    let private = private
        .find_map(|item| item.part)
        .filter(|_| exempt.is_some());
    let part_taken_in_private = private.and_then(|part| last.agenda.parts.get(part));
    for (index, part) in last.agenda.parts.iter().enumerate() {
        if private == Some(index) || carried.iter().any(|item| item.part == Some(index)) {
            let _ = write!(
                text,
                "\n[[part]]\nid = {}\ntitle = {}\n",
                quoted(&part.id),
                quoted(&part.title)
            );
            if let Some(label) = &part.label {
                let _ = writeln!(text, "label = {}", quoted(label));
            }
        }
    }
    let has_minutes = carried.iter().any(|item| item.kind == ItemKind::Minutes);
    for item in carried {
        let part = item.part.and_then(|part| last.agenda.parts.get(part));
        entry(last, item, part, &mut text);
    }
    if let Some(exempt) = exempt.filter(|_| has_minutes) {
        let words = Words::of(last.lang());
        let day = words.date_of(*last.sitting.date);
        let title = format!("{} {day}", words.exempt_minutes_of());
        let file = exempt_beside(Path::new(MINUTES));
        let part = part_taken_in_private.map(|part| format!("part = {}\n", quoted(&part.id)));
        let _ = write!(
            text,
            "\n# What was decided without the public.\n[[item]]\ntitle = {}\nkind = \"minutes\"\nsource = {}\n{}{}",
            quoted(&title),
            quoted(&file.to_string_lossy()),
            part.unwrap_or_default(),
            exempt.keys
        );
    }
    let asked = asked_for::asked_for(last, files);
    let (due, later): (Vec<_>, Vec<_>) = asked
        .iter()
        .partition(|asked| asked.is_due(*last.sitting.date, date));
    for asked in due {
        let _ = write!(
            text,
            "\n# Minuted: {}\n[[item]]\ntitle = {}\nkind = \"to-follow\"\n",
            asked.sentence,
            quoted(&asked.title)
        );
    }
    if !later.is_empty() {
        text.push_str("\n# Earlier minutes asked for these:\n");
        for asked in later {
            let _ = writeln!(text, "# - {}", asked.sentence);
        }
    }
    text
}

/// The last day on which the agenda of a meeting like the last one may be published.
fn publish_by(last: &Meeting, date: Date) -> Option<Date> {
    let mut next = last.clone();
    next.sitting.date.value = date;
    next.sitting.published = None;
    Some(deadline::clock(&next).agenda?.publish_by)
}

/// Whether an item comes up again: standing business, minutes, and what did not come or was put off.
fn is_carried(item: &Item) -> bool {
    let stands = matches!(
        item.kind,
        ItemKind::Procedural | ItemKind::Minutes | ItemKind::ToFollow { .. }
    );
    stands || item.withdrawn.is_some()
}

fn entry(last: &Meeting, item: &Item, part: Option<&AgendaPart>, text: &mut String) {
    text.push('\n');
    let mut title = item.title.trim().to_owned();
    let mut lines = Vec::new();
    match (&item.kind, &item.withdrawn) {
        (_, Some(reason)) => {
            let reason = reason.split_whitespace().collect::<Vec<_>>().join(" ");
            let _ = writeln!(text, "# Withdrawn from the last agenda: {reason}");
            lines.push("kind = \"to-follow\"".to_owned());
        }
        (ItemKind::ToFollow { .. }, None) => {
            text.push_str("# Was to follow at the last meeting: take it out if it came.\n");
            lines.push("kind = \"to-follow\"".to_owned());
        }
        (ItemKind::Minutes, None) => {
            let words = Words::of(last.lang());
            let day = words.date_of(*last.sitting.date);
            title = format!("{} {day}", words.minutes_of());
            lines.push(format!("kind = \"minutes\"\nsource = {}", quoted(MINUTES)));
        }
        _ => lines.push("kind = \"procedural\"".to_owned()),
    }
    let _ = write!(text, "[[item]]\ntitle = {}\n", quoted(&title));
    if let Some(part) = part {
        lines.push(format!("part = {}", quoted(&part.id)));
    }
    if item.kind == ItemKind::Procedural {
        if let Some(heading) = &item.heading {
            lines.push(format!("heading = {}", quoted(heading)));
        }
        if let Some(words) = &item.text {
            lines.push(format!("text = {}", quoted(words)));
        }
        if !item.sub.is_empty() {
            let sub: Vec<String> = item
                .sub
                .iter()
                .map(|sub| format!("  {},\n", quoted(sub)))
                .collect();
            lines.push(format!("sub = [\n{}]", sub.concat()));
        }
    }
    for line in lines {
        let _ = writeln!(text, "{line}");
    }
}
