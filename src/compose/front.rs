//! The front sheet and the page that lists the members.

use super::agenda;
use super::desk::Desk;
use super::issued;
use super::part::{
    Block, BlockKind, Field, FieldsLook, Figure, Inline, Masthead, MemberLine, Part, PartKind, Tone,
};
use super::words::Words;
use crate::model::{
    Body, Contact, Date, Meeting, MeetingAccess, Member, MemberRole, NextMeeting, PackSettings,
};

/// The front sheet: what meets, when and where, and the agenda with its pages.
pub(super) fn sheet(desk: &Desk<'_>) -> Part {
    let meeting = desk.meeting;
    let council = &meeting.council;
    let words = desk.words;
    let what = what(meeting, words);
    let mut blocks = vec![Block::new(BlockKind::Masthead(Masthead {
        council: council.name.clone(),
        body: meeting.body.name.clone(),
        logo: council.style.logo.as_ref().map(|logo| Figure {
            image: logo.file.0.clone(),
            alt: logo.alt.clone(),
            caption: None,
            full: false,
            lettering: Vec::new(),
            share: None,
        }),
    }))];
    blocks.push(Block::new(BlockKind::Fields {
        look: FieldsLook::Sitting,
        rows: sitting(desk),
    }));
    blocks.extend(changes(meeting, words).into_iter().map(|(opening, text)| {
        let line = vec![Inline::strong(opening), Inline::text(format!(" {text}"))];
        Block::toned(Tone::Lead, line)
    }));
    if let Some(summons) = summons(meeting, words) {
        blocks.push(Block::paragraph(vec![Inline::text(summons)]));
    }
    if let Some(open) = open_to(meeting, words) {
        blocks.push(Block::paragraph(vec![Inline::text(open)]));
    }
    blocks.push(Block::heading(2, what.clone()));
    blocks.push(Block::new(BlockKind::Agenda {
        rows: agenda::rows(meeting, words),
    }));
    if let Some(kept) = issued::numbers_kept(meeting, words) {
        blocks.push(Block::toned(Tone::Quiet, vec![Inline::text(kept)]));
    }
    if let Some(next) = next_meeting(meeting, words) {
        blocks.push(Block::paragraph(vec![
            Inline::strong(format!("{}: ", words.next_meeting())),
            Inline::text(next),
        ]));
    }
    blocks.push(Block::new(BlockKind::Foot { blocks: foot(desk) }));
    Part::new(
        "front-sheet",
        PartKind::FrontSheet,
        format!(
            "{}: {}, {}",
            what,
            meeting.body.name,
            words.long_date(*meeting.sitting.date)
        ),
        desk.lang(None),
        blocks,
    )
}

/// What the front sheet is: "Agenda", "Agenda: special meeting", "Supplement 1 to the agenda".
pub fn what(meeting: &Meeting, words: Words) -> String {
    if let Some(supplement) = &meeting.supplement {
        let number = supplement.number.to_string();
        return words.supplement_to().replace("{number}", &number);
    }
    if meeting.decisions.is_some() {
        return words.decision_notice().to_owned();
    }
    if issued::consolidated(meeting).is_some() {
        return words.consolidated().to_owned();
    }
    match words.meeting_kind(&meeting.sitting.kind) {
        Some(kind) => format!("{}: {}", words.agenda(), kind.to_lowercase()),
        None => words.agenda().to_owned(),
    }
}

/// The days on which the meeting's papers were published and, in a notice of decisions, on which
/// call-in ends: each with its label.
pub fn days(meeting: &Meeting, words: Words) -> Vec<(&'static str, Date)> {
    if let Some(record) = issued::consolidated(meeting) {
        let supplements = record.supplements.iter();
        let supplements = supplements.map(|issued| (words.supplement_issued(), issued.published));
        let agenda = (words.agenda_published(), record.whole.published);
        return std::iter::once(agenda).chain(supplements).collect();
    }
    if let Some(decisions) = &meeting.decisions {
        let days = [
            (words.notice_published(), decisions.published),
            (words.call_in_ends(), decisions.call_in_ends),
        ];
        let days = days.into_iter();
        return days
            .filter_map(|(label, day)| Some((label, day?)))
            .collect();
    }
    match &meeting.supplement {
        Some(supplement) => std::iter::once((words.agenda_published(), supplement.to))
            .chain(
                supplement
                    .issued
                    .map(|day| (words.supplement_issued(), day)),
            )
            .collect(),
        None => {
            let published = meeting.sitting.published.as_ref();
            published
                .map(|day| (published_on(meeting, words), **day))
                .into_iter()
                .collect()
        }
    }
}

/// The notices of a meeting, paragraph by paragraph, the first of each with its opening words. A
/// supplement and a notice of decisions do not repeat them.
pub fn notices(meeting: &Meeting) -> Vec<(Option<String>, String)> {
    if !meeting.is_call() {
        return Vec::new();
    }
    meeting
        .notices()
        .flat_map(|notice| {
            let mut opening = notice.title.as_deref().map(|title| {
                let title = title.trim();
                let is_closed = title.ends_with(['.', '?', '!', ':']);
                format!("{title}{}", if is_closed { "" } else { "." })
            });
            agenda::paragraphs(&notice.text)
                .into_iter()
                .map(move |text| (opening.take(), text))
        })
        .collect()
}

/// That a meeting was cancelled or moved after it was called, each with its opening words. A notice of
/// decisions does not say so.
pub fn changes(meeting: &Meeting, words: Words) -> Vec<(&'static str, String)> {
    if meeting.decisions.is_some() {
        return Vec::new();
    }
    let sitting = &meeting.sitting;
    let moved = sitting.moved.iter().map(|text| (words.moved(), text));
    let cancelled = sitting.cancelled.iter();
    let cancelled = cancelled.map(|reason| (words.cancelled(), reason));
    cancelled
        .chain(moved)
        .map(|(opening, text)| (opening, text.trim().to_owned()))
        .collect()
}

/// Whether the public may come; `None` in a notice of decisions, and for a meeting that was cancelled.
pub fn open_to(meeting: &Meeting, words: Words) -> Option<&'static str> {
    let calls = meeting.decisions.is_none() && meeting.sitting.cancelled.is_none();
    calls.then(|| match meeting.sitting.access {
        MeetingAccess::Public => words.open_to_public(),
        MeetingAccess::Private => words.not_open_to_public(),
    })
}

/// The words that make the agenda of a whole council's meeting a summons to its members.
pub fn summons(meeting: &Meeting, words: Words) -> Option<&'static str> {
    let calls = meeting.is_call() && meeting.sitting.cancelled.is_none();
    (meeting.is_summons() && calls).then(|| words.summons())
}

/// The label of the day of publication: for a summons it is the day of issue.
fn published_on(meeting: &Meeting, words: Words) -> &'static str {
    if meeting.is_summons() {
        words.issued()
    } else {
        words.published()
    }
}

/// The words before the name of the proper officer, who signs a summons.
pub fn proper_officer(meeting: &Meeting, words: Words) -> &'static str {
    if meeting.is_summons() {
        words.signed_by()
    } else {
        words.proper_officer()
    }
}

/// When the body meets next, in words.
pub fn next_meeting(meeting: &Meeting, words: Words) -> Option<String> {
    if meeting.decisions.is_some() {
        return None;
    }
    Some(match &meeting.sitting.next.as_ref()?.value {
        NextMeeting::On(date) => words.long_date(*date),
        NextMeeting::Words(text) => text.trim().to_owned(),
    })
}

fn sitting(desk: &Desk<'_>) -> Vec<Field> {
    let words = desk.words;
    let sitting = &desk.meeting.sitting;
    let mut rows = vec![field(words.date(), words.long_date(*sitting.date))];
    if let Some(time) = sitting.time {
        let until = sitting
            .ends
            .map(|ends| format!(" {} {}", words.to(), words.time_of(ends)))
            .unwrap_or_default();
        rows.push(field(words.time(), words.time_of(time) + &until));
    }
    if let Some(place) = &sitting.place {
        rows.push(field(words.place(), place.clone()));
    }
    let days = days(desk.meeting, words).into_iter();
    rows.extend(days.map(|(label, day)| field(label, words.long_date(day))));
    rows
}

/// A row with one line.
pub(super) fn field(label: &str, line: impl Into<String>) -> Field {
    Field {
        label: label.to_owned(),
        lines: vec![vec![Inline::text(line)]],
    }
}

fn foot(desk: &Desk<'_>) -> Vec<Block> {
    let council = &desk.meeting.council;
    let words = desk.words;
    let quiet = |text: String| Block::toned(Tone::Quiet, vec![Inline::text(text)]);
    let mut blocks: Vec<Block> = notices(desk.meeting)
        .into_iter()
        .map(|(opening, text)| {
            let opening = opening.map(|opening| [Inline::strong(opening), Inline::text(" ")]);
            let line = opening.into_iter().flatten();
            Block::paragraph(line.chain([Inline::text(text)]).collect())
        })
        .collect();
    let settings = &council.pack;
    if !settings.membership_page && desk.meeting.supplement.is_none() {
        if let Some(clerk) = &desk.meeting.body.clerk {
            let mut line = vec![Inline::text(format!("{}: ", words.prepared_by()))];
            line.extend(agenda::person(clerk));
            blocks.push(Block::toned(Tone::Quiet, line));
        }
        blocks.extend(offers(settings).map(quiet));
    }
    if let Some(officer) = &council.proper_officer {
        let mut line = vec![Inline::text(format!(
            "{} ",
            proper_officer(desk.meeting, words)
        ))];
        line.extend(agenda::person(officer));
        blocks.push(Block::toned(Tone::Quiet, line));
    }
    let mut lines = council.address.clone();
    lines.extend(council.website.clone());
    if !lines.is_empty() {
        blocks.push(quiet(lines.join(", ")));
    }
    blocks
}

/// The membership page: who sits on the body, who prepared the pack, and the other forms it comes in.
pub(super) fn distribution(desk: &Desk<'_>) -> Part {
    let words = desk.words;
    let mut blocks = vec![
        Block::toned(
            Tone::Eyebrow,
            vec![Inline::text(format!(
                "{}, {}",
                desk.meeting.body.name,
                words.long_date(*desk.meeting.sitting.date)
            ))],
        ),
        Block::heading(1, words.membership()),
    ];
    for group in membership(&desk.meeting.body, words) {
        blocks.push(Block::heading(2, group.heading));
        blocks.push(Block::new(BlockKind::Members {
            members: group.members,
            columns: match group.role {
                MemberRole::Chair => 1,
                MemberRole::ViceChair | MemberRole::CoOpted | MemberRole::Observer => 2,
                MemberRole::Member | MemberRole::Substitute => 3,
            },
        }));
    }
    if let Some(clerk) = &desk.meeting.body.clerk {
        blocks.push(Block::heading(2, words.prepared_by()));
        blocks.push(contact(desk, clerk));
    }
    let offers = offers(&desk.meeting.council.pack);
    blocks.extend(offers.map(|offer| Block::paragraph(vec![Inline::text(offer)])));
    Part::new(
        "distribution",
        PartKind::Distribution,
        words.membership(),
        desk.lang(None),
        blocks,
    )
}

/// The forms in which the council offers its packs.
pub fn offers(settings: &PackSettings) -> impl Iterator<Item = String> {
    let offers = [&settings.large_print_notice, &settings.electronic_notice];
    offers.into_iter().flatten().cloned()
}

/// The members who hold one kind of place.
#[derive(Debug, Clone, PartialEq)]
pub struct MemberGroup {
    /// The place that they hold.
    pub role: MemberRole,
    /// The heading over them.
    pub heading: &'static str,
    /// Who they are, in printed order.
    pub members: Vec<MemberLine>,
}

/// A membership by the places held, the chair first.
pub fn membership(body: &Body, words: Words) -> Vec<MemberGroup> {
    let mut groups: Vec<MemberGroup> = Vec::new();
    for member in &body.members {
        let line = member_line(words, member);
        match groups.iter_mut().find(|group| group.role == member.role) {
            Some(group) => group.members.push(line),
            None => groups.push(MemberGroup {
                role: member.role,
                heading: words.role(member.role),
                members: vec![line],
            }),
        }
    }
    for group in &mut groups {
        if group.role == MemberRole::ViceChair && group.members.len() > 1 {
            group.heading = words.vice_chairs();
        }
    }
    groups.sort_by_key(|group| group.role);
    groups
}

fn member_line(words: Words, member: &Member) -> MemberLine {
    let mut notes: Vec<String> = Vec::new();
    notes.extend(member.portfolio.clone());
    notes.extend(member.party.clone());
    notes.extend(member.represents.clone());
    match member.voting {
        Some(true) => notes.push(words.voting().to_owned()),
        Some(false) => notes.push(words.non_voting().to_owned()),
        None => {}
    }
    MemberLine {
        name: member
            .full_name()
            .unwrap_or_else(|| words.vacancy().to_owned()),
        note: (!notes.is_empty()).then(|| notes.join(", ")),
        vacant: member.vacant(),
    }
}

/// Whom to ask, as fields.
pub(super) fn contact(desk: &Desk<'_>, contact: &Contact) -> Block {
    let words = desk.words;
    let who = [
        Some(contact.name.as_str()),
        contact.post.as_deref(),
        contact.unit.as_deref(),
    ]
    .into_iter()
    .flatten()
    .filter(|part| !part.is_empty())
    .collect::<Vec<_>>()
    .join(", ");
    let mut rows = vec![field(words.contact(), who)];
    if let Some(phone) = &contact.phone {
        rows.push(field(words.telephone(), phone));
    }
    if let Some(email) = &contact.email {
        rows.push(Field {
            label: words.email().to_owned(),
            lines: vec![vec![Inline::Web {
                url: format!("mailto:{email}"),
                content: vec![Inline::text(email)],
            }]],
        });
    }
    Block::new(BlockKind::Fields {
        look: FieldsLook::Plain,
        rows,
    })
}
