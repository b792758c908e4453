//! Meetings as calendars (RFC 5545): one for all, one for each body.

use std::fmt::Write as _;

use super::day::Day;
use super::desk::{Record, page_of};
use super::published::{Body, Published};
use crate::write::Output;

/// The clock of every council, since its summer time is in no way told by the name alone.
const LONDON: &[&str] = &[
    "BEGIN:VTIMEZONE",
    "TZID:Europe/London",
    "BEGIN:STANDARD",
    "DTSTART:19961027T020000",
    "TZOFFSETFROM:+0100",
    "TZOFFSETTO:+0000",
    "TZNAME:GMT",
    "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
    "END:STANDARD",
    "BEGIN:DAYLIGHT",
    "DTSTART:19970330T010000",
    "TZOFFSETFROM:+0000",
    "TZOFFSETTO:+0100",
    "TZNAME:BST",
    "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
    "END:DAYLIGHT",
    "END:VTIMEZONE",
];

/// The most bytes of a line; a longer one goes on in the next (section 3.1).
const LINE: usize = 75;

/// The calendars.
pub(super) fn all(record: &Record<'_>) -> Vec<Output> {
    let written = |name: String, title: &str, body: Option<&str>| Output {
        name,
        bytes: calendar(record, title, body).into(),
    };
    let mut files = vec![written(
        "calendar.ics".to_owned(),
        &record.council.letterhead.name,
        None,
    )];
    files.extend(record.bodies().into_iter().map(|body| {
        let name = format!("bodies/{}/calendar.ics", body.id);
        let title = format!("{}: {}", record.council.letterhead.short_name, body.name);
        written(name, &title, Some(&body.id))
    }));
    files
}

/// The calendar of a body, or of all.
fn calendar(record: &Record<'_>, title: &str, body: Option<&str>) -> String {
    let is_meant = |known: &Body| body.is_none_or(|body| known.id == body);
    let mut out = String::new();
    let mut line = |text: &str| folded(&mut out, text);
    line("BEGIN:VCALENDAR");
    line("VERSION:2.0");
    line("PRODID:-//pack//council meetings//EN");
    line("CALSCALE:GREGORIAN");
    line("METHOD:PUBLISH");
    line(&format!("X-WR-CALNAME:{}", text(title)));
    LONDON.iter().for_each(|known| line(known));
    let meetings = record.meetings.iter();
    for meeting in meetings.filter(|meeting| is_meant(&meeting.body)) {
        published(record, meeting, &mut line);
    }
    for (day, body) in record.announced() {
        if is_meant(body) {
            announced(record, day, body, &mut line);
        }
    }
    line("END:VCALENDAR");
    out
}

/// A meeting whose agenda is published.
fn published(record: &Record<'_>, meeting: &Published, line: &mut dyn FnMut(&str)) {
    let stamp = midnight(meeting.changed());
    line("BEGIN:VEVENT");
    line(&format!("UID:{}@{}", meeting.id, authority(record)));
    line(&format!("DTSTAMP:{stamp}"));
    line(&format!("LAST-MODIFIED:{stamp}"));
    // Whatever changes once it is published changes by one of these.
    let revised = meeting.supplements.len() + meeting.moved + usize::from(meeting.cancelled);
    line(&format!("SEQUENCE:{revised}"));
    line(if meeting.cancelled {
        "STATUS:CANCELLED"
    } else {
        "STATUS:CONFIRMED"
    });
    let date = day(meeting.date);
    let at = |clock: &str| format!("{date}T{}00", clock.replace(':', ""));
    match &meeting.time {
        Some(time) => {
            line(&format!("DTSTART;TZID=Europe/London:{}", at(time)));
            if let Some(ends) = &meeting.ends {
                line(&format!("DTEND;TZID=Europe/London:{}", at(ends)));
            }
        }
        None => line(&format!("DTSTART;VALUE=DATE:{date}")),
    }
    line(&format!("SUMMARY:{}", text(&meeting.body.name)));
    if let Some(place) = &meeting.place {
        line(&format!("LOCATION:{}", text(place)));
    }
    let said = meeting.said.first();
    let changes = said.map(|said| said.changes.as_slice()).unwrap_or_default();
    let changes = changes
        .iter()
        .map(|(opening, why)| format!("{opening} {why}"));
    let changes = changes.collect::<Vec<_>>().join("\n");
    if !changes.is_empty() {
        line(&format!("DESCRIPTION:{}", text(&changes)));
    }
    if let Some(url) = record.address(&page_of(meeting)) {
        line(&format!("URL:{url}"));
    }
    line("END:VEVENT");
}

/// A meeting that is announced and whose agenda is not published. It is named as `pack new meeting`
/// names the folder of its pack, so that the agenda takes its place.
fn announced(record: &Record<'_>, on: Day, body: &Body, line: &mut dyn FnMut(&str)) {
    line("BEGIN:VEVENT");
    line(&format!("UID:{on}-{}@{}", body.id, authority(record)));
    line(&format!("DTSTAMP:{}", midnight(Day(record.on))));
    line("SEQUENCE:0");
    line("STATUS:TENTATIVE");
    line(&format!("DTSTART;VALUE=DATE:{}", day(on)));
    line(&format!("SUMMARY:{}", text(&body.name)));
    line("END:VEVENT");
}

/// Whose names the identifiers are: the host of the site, or of the council's website.
pub(super) fn authority(record: &Record<'_>) -> String {
    let council = record.council;
    let known = council
        .base
        .as_ref()
        .or(council.letterhead.website_url.as_ref());
    let host = known.and_then(|address| {
        let rest = address.split_once("://")?.1;
        let host = rest.split(['/', ':', '?', '#']).next()?;
        let is_host = !host.is_empty() && host.is_ascii();
        is_host.then(|| host.trim_start_matches("www.").to_ascii_lowercase())
    });
    host.unwrap_or_else(|| format!("{}.invalid", super::names::named(&council.letterhead.name)))
}

/// "20260914".
fn day(day: Day) -> String {
    day.to_string().replace('-', "")
}

/// The first moment of a day.
fn midnight(on: Day) -> String {
    format!("{}T000000Z", day(on))
}

/// A text with what would end it escaped (section 3.3.11).
fn text(words: &str) -> String {
    words
        .replace('\\', "\\\\")
        .replace(';', "\\;")
        .replace(',', "\\,")
        .replace('\n', "\\n")
}

/// Adds a line, folded where it is long, between characters.
fn folded(out: &mut String, line: &str) {
    let mut room = LINE;
    for character in line.chars() {
        let bytes = character.len_utf8();
        if bytes > room {
            out.push_str("\r\n ");
            room = LINE - 1;
        }
        room -= bytes;
        let _ = write!(out, "{character}");
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_are_folded_between_characters_and_texts_escaped() {
        let mut out = String::new();
        folded(&mut out, &"ŵ".repeat(50));
        let lines: Vec<&str> = out.split("\r\n").collect();
        assert!(lines.iter().all(|line| line.len() <= 75), "{lines:?}");
        assert_eq!(out.replace("\r\n ", "").trim_end(), "ŵ".repeat(50));
        assert_eq!(text("Room 1, Hall; \\"), "Room 1\\, Hall\\; \\\\");
    }
}
