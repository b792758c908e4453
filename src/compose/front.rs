//! The front sheet and the distribution list.

use super::part::{
    AgendaRow, Block, BlockKind, Field, FieldsLook, Figure, Inline, Masthead, MemberLine, Part,
    PartKind, Tone,
};
use super::words::Words;
use super::{Desk, exempt, leaves};
use crate::model::{
    AgendaPart, Contact, Item, ItemKind, MeetingAccess, MeetingKind, Member, MemberRole,
    NextMeeting,
};

/// The front sheet: what meets, when and where, and the agenda with its pages.
pub(super) fn sheet(desk: &Desk<'_>) -> Part {
    let meeting = desk.meeting;
    let council = &meeting.council;
    let words = desk.words;
    let what = match &meeting.sitting.kind {
        MeetingKind::Ordinary | MeetingKind::Other(_) => words.agenda().to_owned(),
        kind => kind_words(kind, words),
    };
    let mut blocks = vec![Block::new(BlockKind::Masthead(Masthead {
        council: council.name.clone(),
        body: meeting.body.name.clone(),
        what: what.clone(),
        logo: council.style.logo.as_ref().map(|logo| Figure {
            image: logo.file.0.clone(),
            alt: logo.alt.clone(),
            caption: None,
            full: false,
            lettering: Vec::new(),
        }),
    }))];
    blocks.push(Block::new(BlockKind::Fields {
        look: FieldsLook::Sitting,
        rows: sitting(desk),
    }));
    blocks.push(Block::paragraph(vec![Inline::text(
        match meeting.sitting.access {
            MeetingAccess::Public => words.open_to_public(),
            MeetingAccess::Private => words.not_open_to_public(),
        },
    )]));
    blocks.push(Block::new(BlockKind::Agenda { rows: agenda(desk) }));
    if let Some(next) = &meeting.sitting.next {
        let next = match &next.value {
            NextMeeting::On(date) => words.long_date(*date),
            NextMeeting::Words(text) => text.clone(),
        };
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

fn kind_words(kind: &MeetingKind, words: super::words::Words) -> String {
    use super::words::Words::{English, Welsh};
    match (kind, words) {
        (MeetingKind::Annual, English) => "Agenda: annual meeting",
        (MeetingKind::Annual, Welsh) => "Agenda: cyfarfod blynyddol",
        (MeetingKind::Extraordinary, English) => "Agenda: extraordinary meeting",
        (MeetingKind::Extraordinary, Welsh) => "Agenda: cyfarfod eithriadol",
        (MeetingKind::Special, English) => "Agenda: special meeting",
        (MeetingKind::Special, Welsh) => "Agenda: cyfarfod arbennig",
        _ => words.agenda(),
    }
    .to_owned()
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
    rows
}

/// A row with one line.
pub(super) fn field(label: &str, line: impl Into<String>) -> Field {
    Field {
        label: label.to_owned(),
        lines: vec![vec![Inline::text(line)]],
    }
}

/// "Part 2: Private"; a title that says so itself stays as it is.
fn part_title(words: Words, part: &AgendaPart) -> String {
    let called = format!("{} {}", words.part(), part.id);
    if part.title.starts_with(&called) {
        part.title.clone()
    } else {
        format!("{called}: {}", part.title)
    }
}

fn agenda(desk: &Desk<'_>) -> Vec<AgendaRow> {
    let agenda = &desk.meeting.agenda;
    let words = desk.words;
    let mut rows = Vec::new();
    // Items keep their order; each part's heading stands before the first item that names it, and
    // a part that no item names stands where the parts' own order puts it.
    let mut announced = 0;
    let announce = |rows: &mut Vec<AgendaRow>, until: usize, announced: &mut usize| {
        while *announced < until.min(agenda.parts.len()) {
            let part = &agenda.parts[*announced];
            rows.push(AgendaRow {
                heading: true,
                depth: 0,
                number: String::new(),
                title: vec![Inline::text(part_title(words, part))],
                notes: part
                    .text
                    .iter()
                    .map(|text| vec![Inline::text(text)])
                    .collect(),
                sub: Vec::new(),
                time: None,
                anchor: None,
            });
            *announced += 1;
        }
    };
    for item in &agenda.items {
        if let Some(part) = item.part {
            announce(&mut rows, part + 1, &mut announced);
        }
        item_rows(desk, item, 0, &mut rows);
    }
    announce(&mut rows, agenda.parts.len(), &mut announced);
    rows
}

fn item_rows(desk: &Desk<'_>, item: &Item, depth: u8, rows: &mut Vec<AgendaRow>) {
    let title = if item.title.is_empty() {
        desk.words.no_title()
    } else {
        &item.title
    };
    rows.push(AgendaRow {
        heading: false,
        depth,
        number: item.number.value.clone(),
        title: vec![Inline::text(title)],
        notes: item
            .withheld
            .iter()
            .map(|withheld| leaves::pages(desk, &item.key, withheld))
            .chain(
                notes(desk, item)
                    .into_iter()
                    .map(|note| vec![Inline::text(note)]),
            )
            .collect(),
        sub: item.sub.clone(),
        time: item.time.map(|time| desk.words.time_of(time)),
        anchor: desk.item_anchor(&item.number),
    });
    for inner in &item.items {
        item_rows(desk, inner, depth.saturating_add(1), rows);
    }
}

/// What stands below an item's title on the agenda.
fn notes(desk: &Desk<'_>, item: &Item) -> Vec<String> {
    let words = desk.words;
    let mut notes = Vec::new();
    let facts: Vec<&str> = [
        item.reference.as_deref(),
        item.application.address.as_deref(),
        item.application.ward.as_deref(),
    ]
    .into_iter()
    .flatten()
    .collect();
    if !facts.is_empty() {
        notes.push(facts.join(", "));
    }
    match &item.kind {
        ItemKind::ToFollow { due: Some(due) } => {
            notes.push(format!("{} {}", words.to_follow_by(), words.date_of(*due)));
        }
        ItemKind::ToFollow { due: None } => notes.push(words.to_follow().to_owned()),
        ItemKind::Verbal => notes.push(words.verbal().to_owned()),
        ItemKind::Presentation => notes.push(words.presentation().to_owned()),
        ItemKind::NoneReceived => notes.push(words.none_received().to_owned()),
        ItemKind::CirculatedSeparately => notes.push(words.circulated().to_owned()),
        _ => {}
    }
    let jurisdiction = desk.meeting.council.jurisdiction;
    notes.extend(exempt::notice(&item.access, jurisdiction, words));
    notes.extend(exempt::resolution(&item.access, jurisdiction, words));
    notes
}

fn foot(desk: &Desk<'_>) -> Vec<Block> {
    let council = &desk.meeting.council;
    let quiet = |text: String| Block::toned(Tone::Quiet, vec![Inline::text(text)]);
    let mut blocks = Vec::new();
    if let Some(officer) = &council.proper_officer {
        let mut content = vec![Inline::strong(&officer.name)];
        if let Some(post) = &officer.post {
            content.push(Inline::text(format!(", {post}")));
        }
        blocks.push(Block::toned(Tone::Quiet, content));
    }
    let mut lines = council.address.clone();
    lines.extend(council.website.clone());
    if !lines.is_empty() {
        blocks.push(quiet(lines.join(", ")));
    }
    blocks
}

/// The distribution list: who sits on the body, who prepared the pack, and how to get it otherwise.
pub(super) fn distribution(desk: &Desk<'_>) -> Part {
    let words = desk.words;
    let members = &desk.meeting.body.members;
    let of = |role: MemberRole| -> Vec<&Member> {
        members
            .iter()
            .filter(|member| member.role == role)
            .collect()
    };
    let mut blocks = vec![
        Block::toned(
            Tone::Eyebrow,
            vec![Inline::text(format!(
                "{}, {}",
                desk.meeting.body.name,
                words.long_date(*desk.meeting.sitting.date)
            ))],
        ),
        Block::heading(1, words.distribution()),
    ];
    let vice = of(MemberRole::ViceChair);
    let vice_heading = if vice.len() == 1 {
        words.vice_chair()
    } else {
        words.vice_chairs()
    };
    for (heading, people, columns) in [
        (words.chair(), of(MemberRole::Chair), 1),
        (vice_heading, vice, 2),
        (words.members(), of(MemberRole::Member), 3),
        (words.co_opted(), of(MemberRole::CoOpted), 2),
        (words.substitutes(), of(MemberRole::Substitute), 3),
        (words.observers(), of(MemberRole::Observer), 2),
    ] {
        if !people.is_empty() {
            blocks.push(Block::heading(2, heading));
            blocks.push(Block::new(BlockKind::Members {
                members: people
                    .into_iter()
                    .map(|member| member_line(desk, member))
                    .collect(),
                columns,
            }));
        }
    }
    if let Some(clerk) = &desk.meeting.body.clerk {
        blocks.push(Block::heading(2, words.prepared_by()));
        blocks.push(contact(desk, clerk));
    }
    let settings = &desk.meeting.council.pack;
    for notice in [&settings.large_print_notice, &settings.electronic_notice]
        .into_iter()
        .flatten()
    {
        blocks.push(Block::paragraph(vec![Inline::text(notice)]));
    }
    Part::new(
        "distribution",
        PartKind::Distribution,
        words.distribution(),
        desk.lang(None),
        blocks,
    )
}

fn member_line(desk: &Desk<'_>, member: &Member) -> MemberLine {
    let mut notes: Vec<String> = Vec::new();
    notes.extend(member.represents.clone());
    notes.extend(member.portfolio.clone());
    if member.voting == Some(false) {
        notes.push(desk.words.non_voting().to_owned());
    }
    MemberLine {
        name: member
            .full_name()
            .unwrap_or_else(|| desk.words.vacancy().to_owned()),
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
