//! The whole page from an edition: front sheet, agenda, membership, every item with its papers,
//! contents, and the list of printed pages.

use super::blocks::Setter;
use super::contact::{contact, letterhead};
use super::document::{self, Desk, opening_breaks, restricted};
use super::inlines::unbroken;
use super::numbers::{DISTRIBUTION, FRONT_SHEET};
use super::shared::{Parts, Shared, language_tag};
use super::view::{
    AgendaGroup, AgendaLine, ContentsDocument, ContentsItem, Council, Day, Entry, Item, Look,
    Meeting, Member, MemberGroup, Page, PageLink, PartHeading, PublicNotice, TableWidth,
};
use super::{Numbers, Options, colour, image, markup, structured, table};
use crate::compose::agenda::{self, Said};
use crate::compose::carrier::{Carrier, carrier};
use crate::compose::part::{self, AgendaRow, Inline, plain};
use crate::compose::words::Words;
use crate::compose::{front, issued};
use crate::edition::Edition;
use crate::model::{self, NextMeeting};

/// How deep items may be nested; deeper ones are set at this depth.
const MAX_ITEM_DEPTH: usize = 4;

/// Everything that the templates get.
pub(super) fn page<'e>(
    edition: &'e Edition,
    parts: &'e [part::Part],
    numbers: &'e Numbers,
    options: &'e Options<'e>,
) -> Page {
    let meeting = edition.meeting();
    let words = Words::of(meeting.lang());
    let lang = language_tag(&meeting.lang().0).unwrap_or_else(|| "en-GB".to_owned());
    let mut shared = Shared::new(words, &meeting.lang().0, numbers, options);
    shared.is_notice = meeting.decisions.is_some();
    for fixed in ["agenda", "membership", "contents", "papers", "top", "pages"] {
        shared.ids.claim(fixed);
    }
    claim(&mut shared, meeting);
    let front_breaks = opening_breaks(&mut shared, FRONT_SHEET);
    let distribution_breaks = opening_breaks(&mut shared, DISTRIBUTION);
    let rows = agenda::rows(meeting, words);
    let agenda = groups(&mut shared, meeting, &rows);
    let parts: Parts<'_> = parts.iter().map(|part| (part.key.as_str(), part)).collect();
    let mut body = Body {
        shared: &mut shared,
        parts: &parts,
        meeting,
        entries: Vec::new(),
        contents: Vec::new(),
    };
    for row in &rows {
        body.row(row);
    }
    let (entries, contents) = (body.entries, body.contents);
    let accessibility_html = parts.get("accessibility").map(|part| {
        let breaks = opening_breaks(&mut shared, &part.key);
        let title = markup::escaped(&part.title);
        let said = document::body(&mut shared, part, 2);
        format!("{breaks}<h2>{title}</h2>\n{said}")
    });
    let closing_breaks = shared.remaining_breaks();
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
        look: Look {
            tables: table_widths(&shared, text_percent),
            ..look(
                &meeting.council.style,
                text_percent,
                options.large_print.is_some(),
            )
        },
        unusual_ids: shared.ids.any_unusual(),
        council: council(&shared, meeting),
        body: markup::clean(&meeting.body.name),
        marking: meeting.council.pack.marking.as_deref().map(markup::clean),
        what: what(words, meeting),
        meeting: sitting(words, meeting),
        draft: options.draft,
        edition: words.edition(edition.audience()).map(str::to_owned),
        front_breaks,
        distribution_breaks,
        agenda,
        membership: if meeting.is_call() && meeting.council.pack.membership_page {
            membership(words, &meeting.body)
        } else {
            Vec::new()
        },
        clerk: meeting.body.clerk.as_ref().map(contact),
        notices: front::notices(meeting)
            .into_iter()
            .map(|(title, text)| PublicNotice {
                title: title.as_deref().map(markup::clean),
                text: markup::clean(&text),
            })
            .collect(),
        files_beside: (!options.linked.is_empty()).then(|| files_beside(words, meeting)),
        offers: front::offers(&meeting.council.pack)
            .map(|offer| markup::clean(&offer))
            .collect(),
        entries,
        accessibility_html,
        closing_breaks,
        contents,
        numbers_kept: issued::numbers_kept(meeting, words),
        pages: shared
            .page_list()
            .map(|(label, id)| PageLink {
                label: label.to_owned(),
                id: id.to_owned(),
            })
            .collect(),
    }
}

/// The widths below which tables of a page become records.
pub(super) fn table_widths(shared: &Shared<'_>, text_percent: u32) -> Vec<TableWidth> {
    let large_print = shared.options.large_print.map(|_| text_percent);
    let widths = shared.table_widths.iter();
    widths
        .map(|&class| TableWidth {
            class,
            records: table::records_below(class, large_print),
        })
        .collect()
}

/// A council's settings for the look of a page.
pub(super) fn look(style: &model::council::Style, text_percent: u32, large_print: bool) -> Look {
    let (light, dark) = colour::accents(style.accent.as_deref(), large_print);
    Look {
        text_percent,
        font: style.font.as_deref().and_then(font),
        accent_light: light.to_string(),
        accent_dark: dark.to_string(),
        tables: Vec::new(),
    }
}

/// Text of `points` in percent of 12 points, the default of browsers.
fn percent(points: f32) -> u32 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "clamped to 12 to 96 points"
    )]
    let percent = (points.clamp(12.0, 96.0) / 12.0 * 100.0).round() as u32;
    percent
}

/// A font's name, if it is safe to quote in a style sheet.
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
        what(words, meeting).to_lowercase(),
        words.date_of(meeting.sitting.date.value)
    )
}

fn what(words: Words, meeting: &model::Meeting) -> String {
    if meeting.is_call() && !meeting.consolidated {
        words.agenda_and_papers().to_owned()
    } else {
        front::what(meeting, words)
    }
}

/// Gives an id to everything that can be linked to.
fn claim(shared: &mut Shared<'_>, meeting: &model::Meeting) {
    let name = |shared: &mut Shared<'_>, key: &str| {
        let id = shared.ids.claim(key);
        shared.documents.entry(key.to_owned()).or_insert(id).clone()
    };
    for item in meeting.items() {
        name(shared, &item.key);
        for paper in &item.papers {
            name(shared, &paper.key);
        }
        for appendix in item.all_appendices() {
            name(shared, &appendix.key);
        }
    }
    // A paper that no longer exists keeps the id that it was published with, unless another has it now.
    for gone in meeting.items().flat_map(|item| issued::gone(meeting, item)) {
        let published = &gone.recorded.key;
        let is_free = !shared.documents.contains_key(published);
        let id = name(shared, if is_free { published } else { &gone.key });
        shared.documents.insert(gone.key, id);
    }
    for part in 0..meeting.agenda.parts.len() {
        name(shared, &agenda::part_key(part));
    }
}

fn council(shared: &Shared<'_>, meeting: &model::Meeting) -> Council {
    let council = &meeting.council;
    let logo_html = council.style.logo.as_ref().and_then(|logo| {
        let source = image::data_uri(shared.options, &logo.file.0)?;
        Some(image::set(shared.words, Some(&source), &logo.alt, None))
    });
    Council {
        letterhead: letterhead(council),
        logo_html,
    }
}

fn sitting(words: Words, meeting: &model::Meeting) -> Meeting {
    let sitting = &meeting.sitting;
    let next_iso = match sitting.next.as_ref().map(|next| &next.value) {
        Some(NextMeeting::On(date)) => Some(date.to_string()),
        Some(NextMeeting::Words(_)) | None => None,
    };
    Meeting {
        kind: words
            .meeting_kind(&sitting.kind)
            .map(|kind| markup::clean(&kind)),
        date: words.long_date(sitting.date.value),
        date_iso: sitting.date.value.to_string(),
        time: sitting.time.map(|time| unbroken(&words.time_of(time))),
        time_iso: sitting.time.map(clock),
        ends: sitting.ends.map(|time| unbroken(&words.time_of(time))),
        ends_iso: sitting.ends.map(clock),
        place: sitting.place.as_deref().map(markup::clean),
        changes: front::changes(meeting, words)
            .into_iter()
            .map(|(opening, text)| (opening, markup::clean(&text)))
            .collect(),
        open_to: front::open_to(meeting, words),
        business: match meeting.decisions {
            Some(_) => words.decisions(),
            None => words.agenda(),
        },
        summons: front::summons(meeting, words),
        days: front::days(meeting, words)
            .into_iter()
            .map(|(label, day)| Day {
                label,
                day: words.long_date(day),
                iso: day.to_string(),
            })
            .collect(),
        officer_label: front::proper_officer(meeting, words),
        next: front::next_meeting(meeting, words).map(|next| markup::clean(&next)),
        next_iso,
    }
}

/// Where the files beside the page are.
fn files_beside(words: Words, meeting: &model::Meeting) -> String {
    match &meeting.council.website {
        Some(website) => words
            .files_beside_at()
            .replace("{website}", &markup::clean(website)),
        None => words.files_beside().to_owned(),
    }
}

fn membership(words: Words, body: &model::Body) -> Vec<MemberGroup> {
    front::membership(body, words)
        .into_iter()
        .map(|group| MemberGroup {
            title: group.heading.to_owned(),
            members: group
                .members
                .into_iter()
                .map(|member| Member {
                    name: markup::clean(&member.name),
                    details: member.note.as_deref().map(markup::clean),
                    vacant: member.vacant,
                })
                .collect(),
        })
        .collect()
}

/// The number of the first printed page of an item.
fn first_page<'n>(shared: &Shared<'n>, item: &model::Item) -> Option<&'n str> {
    let numbers = shared.numbers;
    std::iter::once(&item.key)
        .chain(item.papers.iter().map(|paper| &paper.key))
        .chain(item.all_appendices().map(|appendix| &appendix.key))
        .filter_map(|key| numbers.opening(key).last())
        .min()
        .and_then(|&index| numbers.all().get(index))
        .map(|page| page.label.as_str())
}

/// The id that a line of the agenda leads to. In a consolidated pack a leaf for an earlier paper may come
/// before the papers of an item, so its lines lead to the papers themselves.
fn begins(shared: &Shared<'_>, meeting: &model::Meeting, row: &AgendaRow) -> String {
    let anchor = row.anchor.as_deref().filter(|_| meeting.consolidated);
    shared.id(anchor.unwrap_or(&row.key))
}

/// The lines of the agenda under the headings of its parts.
fn groups(
    shared: &mut Shared<'_>,
    meeting: &model::Meeting,
    rows: &[AgendaRow],
) -> Vec<AgendaGroup> {
    let mut groups: Vec<AgendaGroup> = Vec::new();
    for row in rows {
        if row.heading {
            groups.push(AgendaGroup {
                title: Some(markup::clean(&plain(&row.title))).filter(|title| !title.is_empty()),
                id: Some(shared.id(&row.key)),
                notes: notes(shared, row),
                items: Vec::new(),
            });
            continue;
        }
        if groups.is_empty() {
            groups.push(AgendaGroup {
                title: None,
                id: None,
                notes: Vec::new(),
                items: Vec::new(),
            });
        }
        let Some(group) = groups.last_mut() else {
            continue;
        };
        let mut lines = &mut group.items;
        for _ in 0..usize::from(row.depth).min(MAX_ITEM_DEPTH) {
            if lines.is_empty() {
                break;
            }
            let last = lines.len() - 1;
            lines = &mut lines[last].items;
        }
        lines.push(AgendaLine {
            number: markup::clean(row.number.trim()),
            title: markup::clean(&plain(&row.title)),
            withdrawn: matches!(row.title.as_slice(), [Inline::Struck { .. }]),
            id: begins(shared, meeting, row),
            page: row
                .anchor
                .as_deref()
                .and_then(|anchor| shared.numbers.span(anchor))
                .map(|(first, _)| first.to_owned()),
            time: row.time.as_deref().map(unbroken),
            notes: notes(shared, row),
            sub: row.sub.iter().map(|sub| markup::clean(sub)).collect(),
            items: Vec::new(),
        });
    }
    groups
}

/// The notes below a line, as HTML.
fn notes(shared: &mut Shared<'_>, row: &AgendaRow) -> Vec<String> {
    row.notes
        .iter()
        .map(|note| {
            let mut setter = Setter::new(shared, &row.key, &row.key, 2);
            setter.inlines(note);
            setter.out
        })
        .collect()
}

/// The body of the page, item by item.
struct Body<'e, 's> {
    shared: &'s mut Shared<'e>,
    parts: &'s Parts<'e>,
    meeting: &'e model::Meeting,
    entries: Vec<Entry>,
    contents: Vec<ContentsItem>,
}

impl<'e> Body<'e, '_> {
    /// Adds the part or item of a line of the agenda.
    fn row(&mut self, row: &AgendaRow) {
        if row.heading {
            self.entries.push(Entry::Part(PartHeading {
                id: self.shared.id(&row.key),
                title: markup::clean(&plain(&row.title)),
                notes: notes(self.shared, row),
            }));
        } else if let Some(item) = self.meeting.items().find(|item| item.key == row.key) {
            self.item(item, row, usize::from(row.depth));
        }
    }

    fn item(&mut self, item: &'e model::Item, row: &AgendaRow, depth: usize) {
        let words = self.shared.words;
        let said = agenda::said(self.meeting, words, item);
        let in_part = usize::from(
            item.part
                .is_some_and(|part| part < self.meeting.agenda.parts.len()),
        );
        let level = u8::try_from(2 + in_part + depth.min(MAX_ITEM_DEPTH))
            .unwrap_or(5)
            .min(5);
        let id = self.shared.id(&item.key);
        let page = first_page(self.shared, item).map(str::to_owned);
        let mut breaks = opening_breaks(self.shared, &item.key);
        let sheet = self.parts.get(item.key.as_str()).copied();
        let html = match sheet {
            Some(part) => document::body(self.shared, part, level),
            None if carrier(self.meeting, item) == Carrier::Paper => String::new(),
            None => below_title(self.shared, &item.key, &said, level),
        };
        let law = self.meeting.law();
        let notice = restricted(words, law, &item.access).filter(|_| item.withheld.is_none());
        let mut documents = Desk {
            shared: &mut *self.shared,
            parts: self.parts,
            meeting: self.meeting,
            law,
            item,
            level: level + 1,
        }
        .documents();
        // An item without a sheet begins on its first document's page.
        if breaks.is_empty()
            && let Some(first) = documents.first_mut()
        {
            breaks = std::mem::take(&mut first.breaks);
        }
        let title = markup::clean(&plain(&row.title));
        let heading = match item.sheet_title().trim() {
            "" => title.clone(),
            _ if item.withheld.is_some() => title.clone(),
            heading => markup::clean(heading),
        };
        let of_papers = row.anchor.as_deref().filter(|_| self.meeting.consolidated);
        let of_papers = of_papers.and_then(|anchor| self.shared.numbers.span(anchor));
        self.contents.push(ContentsItem {
            number: markup::clean(item.number.trim()),
            title,
            id: begins(self.shared, self.meeting, row),
            page: of_papers.map_or(page, |(first, _)| Some(first.to_owned())),
            documents: documents.iter().map(contents_document).collect(),
        });
        self.entries.push(Entry::Item(Box::new(Item {
            id,
            level,
            number: markup::clean(item.number.trim()),
            title: heading,
            withdrawn: item.withdrawn.is_some(),
            breaks,
            html,
            resolution: said.resolution.as_deref().map(markup::clean),
            notice,
            documents,
        })));
    }
}

fn contents_document(view: &super::view::Document) -> ContentsDocument {
    let title = match &view.title {
        Some(title) if view.label.is_empty() || view.kind == "report" => title.clone(),
        Some(title) => format!("{}: {title}", view.label),
        None => view.label.clone(),
    };
    ContentsDocument {
        title,
        id: view.id.clone(),
        page: view.first_page.clone(),
    }
}

/// The text of an item that has no page of its own.
fn below_title(shared: &mut Shared<'_>, key: &str, said: &Said, level: u8) -> String {
    let blocks = said.leaf();
    let mut setter = Setter::new(shared, key, key, level);
    setter.blocks(&blocks);
    setter.out
}

/// A time for `<time datetime>`: "17:00".
fn clock(time: model::Time) -> String {
    format!("{:02}:{:02}", time.hour(), time.minute())
}
