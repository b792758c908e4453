//! A meeting on a day on which nobody meets.

use crate::check::subject::Subject;
use crate::check::written_date::{long, weekday};
use crate::check::{Room, Rule};
use crate::finding::{Code, Finding, Severity, Span};
use crate::model::calendar::DayOff;
use crate::model::{Calendar, Date, NextMeeting};

pub(crate) const RULE: Rule = Rule {
    code: Code("meeting-on-day-off"),
    severity: Severity::Warning,
    room: Room::Clock,
    summary: "A meeting is on a Sunday, a bank holiday or another day off",
    explanation: "Looks at the day of the meeting and of the next one. Meetings on a Sunday, a bank \
                  holiday, Christmas Day or a day that council.toml names as non-working are usually a \
                  mistake in the date. Saturdays, and the working days of a parish's Christmas and \
                  Easter breaks, are left alone.",
    basis: "Practice; bank holidays by Banking and Financial Dealings Act 1971, Sch. 1",
    example: "date = 2026-12-28",
    remedy: "Correct the date; if the meeting really is on that day, allow the rule and give the reason",
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Finding> {
    let sitting = &subject.meeting.sitting;
    let calendar = Calendar::of(&subject.meeting.council);
    let next = sitting.next.as_ref().and_then(|next| match next.value {
        NextMeeting::On(date) => Some(("The next meeting", date, next.span)),
        NextMeeting::Words(_) => None,
    });
    // Where weekday and date disagree, `weekday-wrong` asks which of them is wrong.
    let given = sitting.weekday.as_ref().and_then(|given| weekday(given));
    let in_doubt = given.is_some_and(|given| given != sitting.date.weekday());
    let days: [Option<(&str, Date, Span)>; 2] = [
        Some(("The meeting", sitting.date.value, sitting.date.span)).filter(|_| !in_doubt),
        next,
    ];
    days.into_iter()
        .flatten()
        .filter_map(|(what, date, span)| {
            let why = why_not(&calendar, date)?;
            Some(RULE.at(span, format!("{what} is on {}, {why}", long(date))))
        })
        .collect()
}

/// Why nobody meets on a day, as a sentence ends.
fn why_not(calendar: &Calendar, date: Date) -> Option<String> {
    if (date.month(), date.day()) == (12, 25) {
        return Some("Christmas Day".to_owned());
    }
    match calendar.day_off(date)? {
        DayOff::BankHoliday(name) => Some(format!("a bank holiday ({name})")),
        DayOff::Sunday => Some("which is not a working day".to_owned()),
        DayOff::Closed => Some("on which the council does not work".to_owned()),
        DayOff::Mourning => Some("a day of public mourning".to_owned()),
        DayOff::Saturday | DayOff::ChristmasBreak | DayOff::EasterBreak => None,
    }
}
