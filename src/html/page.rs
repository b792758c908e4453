//! The whole page from an edition: front sheet, agenda, membership, every item with its papers,
//! contents, and the list of printed pages.

use std::collections::BTreeMap;

use super::document::{Desk, clock, contact, opening_breaks, paragraphs, restricted, withheld};
use super::numbers::{DISTRIBUTION, FRONT_SHEET};
use super::shared::{Shared, language_tag};
use super::view::{
    AgendaGroup, AgendaLine, ContentsDocument, ContentsItem, Council, Entry, Fact, Item, Meeting,
    Member, MemberGroup, Page, PageLink, Part, TableWidth,
};
use super::words::Words;
use super::{Numbers, Options, colour, image, markup, structured, table};
use crate::edition::Edition;
use crate::model::{self, ItemKind, MeetingAccess, MemberRole, NextMeeting};

/// How deep items may stand inside items; deeper ones are set at this depth.
const MAX_ITEM_DEPTH: usize = 4;

/// Everything that the templates get.
pub(super) fn page<'e>(
    edition: &'e Edition,
    numbers: &'e Numbers,
    options: &'e Options<'e>,
) -> Page {
    let meeting = edition.meeting();
    let words = Words::of(meeting.lang());
    let lang = language_tag(&meeting.lang().0).unwrap_or_else(|| "en-GB".to_owned());
    let mut shared = Shared::new(words, &meeting.lang().0, numbers, options);
    for fixed in ["agenda", "membership", "contents", "papers", "top", "pages"] {
        shared.ids.claim(fixed);
    }
    let names = Names::claim(&mut shared, meeting);
    let front_breaks = opening_breaks(&mut shared, FRONT_SHEET);
    let distribution_breaks = opening_breaks(&mut shared, DISTRIBUTION);
    let agenda = agenda(&shared, &names, meeting);
    let mut body = Body {
        shared: &mut shared,
        names: &names,
        meeting,
        entries: Vec::new(),
        contents: Vec::new(),
        part: None,
    };
    for item in &meeting.agenda.items {
        body.part_of(item);
        body.item(item, 0);
    }
    body.remaining_parts();
    let (entries, contents) = (body.entries, body.contents);
    let closing_breaks = shared.remaining_breaks();
    let (light, dark) = colour::accents(
        meeting.council.style.accent.as_deref(),
        options.large_print.is_some(),
    );
    let title = title(words, meeting);
    let structured_html = structured::data(edition, &title, options);
    let text_percent = options.large_print.map_or(100, percent);
    Page {
        description: format!("{title}. {}.", markup::clean(&meeting.council.name)),
        structured_hash: structured::hash(&structured_html),
        structured_html,
        title,
        lang,
        words: words.by_name(),
        large_print: options.large_print.is_some(),
        font: meeting.council.style.font.as_deref().and_then(font),
        text_percent,
        accent_light: light.to_string(),
        accent_dark: dark.to_string(),
        tables: shared
            .table_widths
            .iter()
            .map(|&class| TableWidth {
                class,
                records: table::records_below(class, options.large_print.map(|_| text_percent)),
            })
            .collect(),
        unusual_ids: shared.ids.any_unusual(),
        council: council(&shared, meeting),
        body: markup::clean(&meeting.body.name),
        meeting: sitting(words, meeting),
        draft: options.draft,
        edition: words.edition(edition.audience()).map(str::to_owned),
        front_breaks,
        distribution_breaks,
        agenda,
        membership: membership(words, &meeting.body),
        clerk: meeting.body.clerk.as_ref().map(contact),
        notices: [
            &meeting.council.pack.large_print_notice,
            &meeting.council.pack.electronic_notice,
        ]
        .into_iter()
        .flatten()
        .map(|notice| markup::clean(notice))
        .collect(),
        entries,
        closing_breaks,
        contents,
        pages: shared
            .page_list()
            .map(|(label, id)| PageLink {
                label: label.to_owned(),
                id: id.to_owned(),
            })
            .collect(),
    }
}

/// Text of `points` as a share of 12 points, which browsers set unless the reader says otherwise.
fn percent(points: f32) -> u32 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "clamped to 12 to 96 points"
    )]
    let percent = (points.clamp(12.0, 96.0) / 12.0 * 100.0).round() as u32;
    percent
}

/// A font's name as a style sheet may quote it.
fn font(name: &str) -> Option<String> {
    let name = name.trim();
    let plain = name
        .chars()
        .all(|character| character.is_alphanumeric() || matches!(character, ' ' | '-' | '_'));
    (plain && !name.is_empty()).then(|| name.to_owned())
}

fn title(words: Words, meeting: &model::Meeting) -> String {
    format!(
        "{}: {}, {}",
        markup::clean(&meeting.body.name),
        words.agenda_and_papers().to_lowercase(),
        words.short_date(meeting.sitting.date.value)
    )
}

/// The ids of everything that can be linked to.
struct Names {
    documents: BTreeMap<String, String>,
    parts: Vec<String>,
}

impl Names {
    fn claim(shared: &mut Shared<'_>, meeting: &model::Meeting) -> Self {
        let mut documents = BTreeMap::new();
        let mut name = |shared: &mut Shared<'_>, key: &str| {
            let id = shared.ids.claim(key);
            documents.entry(key.to_owned()).or_insert(id).clone()
        };
        for item in meeting.items() {
            let id = name(shared, &item.key);
            shared
                .items
                .entry(item.number.value.trim().to_owned())
                .or_insert(id);
            for paper in &item.papers {
                name(shared, &paper.key);
            }
            for appendix in item.all_appendices() {
                name(shared, &appendix.key);
            }
        }
        let parts = (1..=meeting.agenda.parts.len())
            .map(|number| shared.ids.claim(&format!("part-{number}")))
            .collect();
        Self { documents, parts }
    }

    fn of(&self, key: &str) -> String {
        self.documents
            .get(key)
            .cloned()
            .unwrap_or_else(|| key.to_owned())
    }
}

fn council(shared: &Shared<'_>, meeting: &model::Meeting) -> Council {
    let council = &meeting.council;
    let logo_html = council.style.logo.as_ref().and_then(|logo| {
        let source = image::data_uri(shared.options, &logo.file.0)?;
        Some(image::set(shared.words, Some(&source), &logo.alt))
    });
    Council {
        name: markup::clean(&council.name),
        short_name: markup::clean(council.short_name.as_deref().unwrap_or(&council.name)),
        website: council.website.as_deref().and_then(markup::web_address),
        address: council
            .address
            .iter()
            .map(|line| markup::clean(line))
            .collect(),
        officer: council.proper_officer.as_ref().map(contact),
        logo_html,
    }
}

fn sitting(words: Words, meeting: &model::Meeting) -> Meeting {
    let sitting = &meeting.sitting;
    let (next, next_iso) = match sitting.next.as_ref().map(|next| &next.value) {
        Some(NextMeeting::On(date)) => (Some(words.long_date(*date)), Some(date.to_string())),
        Some(NextMeeting::Words(said)) => (Some(markup::clean(said)), None),
        None => (None, None),
    };
    Meeting {
        kind: words.meeting_kind(&sitting.kind),
        date: words.long_date(sitting.date.value),
        date_iso: sitting.date.value.to_string(),
        time: sitting.time.map(|time| words.time_of_day(time)),
        time_iso: sitting.time.map(clock),
        ends: sitting.ends.map(|time| words.time_of_day(time)),
        ends_iso: sitting.ends.map(clock),
        place: sitting.place.as_deref().map(markup::clean),
        open_to: match sitting.access {
            MeetingAccess::Public => words.open_to_all(),
            MeetingAccess::Private => words.in_private(),
        }
        .to_owned(),
        next,
        next_iso,
        published: sitting
            .published
            .as_ref()
            .map(|date| words.long_date(date.value)),
        published_iso: sitting
            .published
            .as_ref()
            .map(|date| date.value.to_string()),
    }
}

fn membership(words: Words, body: &model::Body) -> Vec<MemberGroup> {
    let mut groups: Vec<(MemberRole, Vec<Member>)> = Vec::new();
    for member in &body.members {
        let mut details = Vec::new();
        if let Some(portfolio) = &member.portfolio {
            details.push(markup::clean(portfolio));
        }
        if let Some(party) = &member.party {
            details.push(markup::clean(party));
        }
        if let Some(represents) = &member.represents {
            details.push(format!(
                "{} {}",
                words.representing(),
                markup::clean(represents)
            ));
        }
        match member.voting {
            Some(true) => details.push(words.voting().to_owned()),
            Some(false) => details.push(words.not_voting().to_owned()),
            None => {}
        }
        let member_view = Member {
            name: member.full_name().map(|name| markup::clean(&name)),
            details,
        };
        match groups.iter_mut().find(|(role, _)| *role == member.role) {
            Some((_, members)) => members.push(member_view),
            None => groups.push((member.role, vec![member_view])),
        }
    }
    groups.sort_by_key(|(role, _)| *role);
    groups
        .into_iter()
        .map(|(role, members)| MemberGroup {
            title: words.role(role).to_owned(),
            members,
        })
        .collect()
}

/// The number of the first printed page on which anything of an item stands.
fn first_page<'n>(shared: &Shared<'n>, item: &model::Item) -> Option<&'n str> {
    let numbers = shared.numbers;
    std::iter::once(&item.key)
        .chain(item.papers.iter().map(|paper| &paper.key))
        .chain(item.all_appendices().map(|appendix| &appendix.key))
        .filter_map(|key| numbers.indices(key).first())
        .min()
        .and_then(|&index| numbers.all().get(index))
        .map(|page| page.label.as_str())
}

fn item_title(shared: &Shared<'_>, item: &model::Item) -> String {
    let title = markup::clean(item.title.trim());
    if title.is_empty() {
        shared.words.not_for_publication().to_owned()
    } else {
        title
    }
}

/// What the agenda says of an item beside its title.
fn status(shared: &Shared<'_>, item: &model::Item) -> Option<String> {
    let words = shared.words;
    if item.withheld.is_some() {
        return Some(words.withheld_pages(shared.numbers.span(&item.key)));
    }
    Some(match &item.kind {
        ItemKind::ToFollow { due: Some(due) } => format!(
            "{} ({} {})",
            words.to_follow(),
            words.due(),
            words.short_date(*due)
        ),
        ItemKind::ToFollow { due: None } => words.to_follow().to_owned(),
        ItemKind::Verbal => words.verbal().to_owned(),
        ItemKind::Presentation => words.presentation().to_owned(),
        ItemKind::NoneReceived => words.none_received().to_owned(),
        ItemKind::CirculatedSeparately => words.circulated_separately().to_owned(),
        _ => return None,
    })
}

fn agenda(shared: &Shared<'_>, names: &Names, meeting: &model::Meeting) -> Vec<AgendaGroup> {
    let parts = &meeting.agenda.parts;
    let mut groups = Vec::new();
    let without: Vec<&model::Item> = meeting
        .agenda
        .items
        .iter()
        .filter(|item| item.part.is_none_or(|part| part >= parts.len()))
        .collect();
    if !without.is_empty() {
        groups.push(AgendaGroup {
            title: None,
            id: None,
            text: Vec::new(),
            items: agenda_lines(shared, names, &without, 0),
        });
    }
    for (index, part) in parts.iter().enumerate() {
        let items: Vec<&model::Item> = meeting
            .agenda
            .items
            .iter()
            .filter(|item| item.part == Some(index))
            .collect();
        groups.push(AgendaGroup {
            title: Some(part_title(shared.words, part)),
            id: names.parts.get(index).cloned(),
            text: part.text.as_deref().map(paragraphs).unwrap_or_default(),
            items: agenda_lines(shared, names, &items, 0),
        });
    }
    groups
}

fn part_title(words: Words, part: &model::AgendaPart) -> String {
    let title = markup::clean(part.title.trim());
    let id = markup::clean(part.id.trim());
    if id.is_empty() || title.starts_with(&format!("{} {id}", words.part())) {
        title
    } else if title.is_empty() {
        format!("{} {id}", words.part())
    } else {
        format!("{} {id}: {title}", words.part())
    }
}

fn agenda_lines(
    shared: &Shared<'_>,
    names: &Names,
    items: &[&model::Item],
    depth: usize,
) -> Vec<AgendaLine> {
    items
        .iter()
        .map(|item| AgendaLine {
            number: markup::clean(item.number.trim()),
            title: item_title(shared, item),
            id: names.of(&item.key),
            page: first_page(shared, item).map(str::to_owned),
            time: item.time.map(|time| shared.words.time_of_day(time)),
            time_iso: item.time.map(clock),
            status: status(shared, item),
            sub: item.sub.iter().map(|sub| markup::clean(sub)).collect(),
            items: if depth < MAX_ITEM_DEPTH {
                let inner: Vec<&model::Item> = item.items.iter().collect();
                agenda_lines(shared, names, &inner, depth + 1)
            } else {
                Vec::new()
            },
        })
        .collect()
}

/// The body of the page, item by item.
struct Body<'e, 's> {
    shared: &'s mut Shared<'e>,
    names: &'s Names,
    meeting: &'e model::Meeting,
    entries: Vec<Entry>,
    contents: Vec<ContentsItem>,
    part: Option<usize>,
}

impl<'e> Body<'e, '_> {
    /// Sets the headings of the parts up to that of an item.
    fn part_of(&mut self, item: &model::Item) {
        let parts = self.meeting.agenda.parts.len();
        let Some(wanted) = item.part.filter(|&part| part < parts) else {
            return;
        };
        let next = self.part.map_or(0, |part| part + 1);
        for index in next..=wanted {
            self.part_heading(index);
        }
    }

    fn remaining_parts(&mut self) {
        let next = self.part.map_or(0, |part| part + 1);
        for index in next..self.meeting.agenda.parts.len() {
            self.part_heading(index);
        }
    }

    fn part_heading(&mut self, index: usize) {
        let Some(part) = self.meeting.agenda.parts.get(index) else {
            return;
        };
        self.part = Some(index);
        self.entries.push(Entry::Part(Part {
            id: self.names.parts.get(index).cloned().unwrap_or_default(),
            title: part_title(self.shared.words, part),
            text: part.text.as_deref().map(paragraphs).unwrap_or_default(),
            reason: self
                .shared
                .words
                .reason(&part.access, self.meeting.council.jurisdiction),
        }));
    }

    fn item(&mut self, item: &'e model::Item, depth: usize) {
        let words = self.shared.words;
        let in_part = usize::from(
            item.part
                .is_some_and(|part| part < self.meeting.agenda.parts.len()),
        );
        let level = u8::try_from(2 + in_part + depth.min(MAX_ITEM_DEPTH))
            .unwrap_or(5)
            .min(5);
        let id = self.names.of(&item.key);
        let page = first_page(self.shared, item).map(str::to_owned);
        let mut breaks = opening_breaks(self.shared, &item.key);
        let notice = match &item.withheld {
            Some(reason) => Some(withheld(
                self.shared,
                &self.meeting.council,
                &item.key,
                reason,
            )),
            None => restricted(self.shared, &self.meeting.council, &item.access),
        };
        let appendices: BTreeMap<usize, String> = item
            .all_appendices()
            .map(|appendix| (appendix.position, self.names.of(&appendix.key)))
            .collect();
        let mut documents = Desk {
            shared: &mut *self.shared,
            council: &self.meeting.council,
            body: &self.meeting.body,
            item,
            level: level + 1,
            appendices: &appendices,
            ids: &self.names.documents,
        }
        .documents();
        // Without a sheet of its own the item begins on its first document's page.
        if breaks.is_empty()
            && let Some(first) = documents.first_mut()
        {
            breaks = std::mem::take(&mut first.breaks);
        }
        let title = item_title(self.shared, item);
        let heading = if item.withheld.is_some() {
            title.clone()
        } else {
            let heading = markup::clean(item.sheet_title().trim());
            if heading.is_empty() {
                title.clone()
            } else {
                heading
            }
        };
        self.contents.push(ContentsItem {
            number: markup::clean(item.number.trim()),
            title,
            id: id.clone(),
            page,
            documents: documents
                .iter()
                .map(|document| self.contents_document(document))
                .collect(),
        });
        self.entries.push(Entry::Item(Box::new(Item {
            id,
            level,
            number: markup::clean(item.number.trim()),
            title: heading,
            breaks,
            status: match item.withheld {
                // The notice says it.
                Some(_) => None,
                None => status(self.shared, item),
            },
            facts: facts(words, item),
            text: item.text.as_deref().map(paragraphs).unwrap_or_default(),
            sub: item.sub.iter().map(|sub| markup::clean(sub)).collect(),
            note: item.note.as_deref().map(markup::clean),
            officer: item.officer.as_ref().map(contact),
            notice,
            documents,
        })));
        for inner in &item.items {
            self.item(inner, (depth + 1).min(MAX_ITEM_DEPTH));
        }
    }

    fn contents_document(&self, view: &super::view::Document) -> ContentsDocument {
        let title = match &view.title {
            Some(title) if view.label.is_empty() || view.kind == "report" => title.clone(),
            Some(title) => format!("{}: {title}", view.label),
            None if view.kind == "report" => self.shared.words.report().to_owned(),
            None => view.label.clone(),
        };
        ContentsDocument {
            title,
            id: view.id.clone(),
            page: view.pages.as_ref().and_then(|_| {
                self.names
                    .documents
                    .iter()
                    .find(|(_, id)| **id == view.id)
                    .and_then(|(key, _)| self.shared.numbers.span(key))
                    .map(|(first, _)| first.to_owned())
            }),
        }
    }
}

/// What is known of an item beside its papers.
fn facts(words: Words, item: &model::Item) -> Vec<Fact> {
    let mut facts = Vec::new();
    let mut add = |label: &str, value: Option<String>| {
        if let Some(value) = value.map(|value| markup::clean(value.trim()))
            && !value.is_empty()
        {
            facts.push(Fact::new(label, value));
        }
    };
    add(words.time(), item.time.map(|time| words.time_of_day(time)));
    add(words.reference(), item.reference.clone());
    add(words.address(), item.application.address.clone());
    add(words.ward(), item.application.ward.clone());
    add(words.applicant(), item.application.applicant.clone());
    add(words.revised(), item.revision.clone());
    add(
        words.supplement(),
        item.supplement.map(|number| number.to_string()),
    );
    facts
}
