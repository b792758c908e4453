//! The agenda: its lines, and what each item says, made once for paper, large print and the web.
//!
//! What the sources say about an item besides its title is always printed somewhere: in the head of
//! its report or minutes, on a leaf of its own, or below its line on the agenda.

use super::carrier::{Carrier, carrier, has_sheet};
use super::issued::{self, document_title, page_range, page_ranges};
use super::part::{
    AgendaRow, Block, BlockKind, Field, FieldsLook, Inline, ListItem, NumberStyle, Numbering, Tone,
};
use super::slots::last_page_of;
use super::words::Words;
use super::{exempt, part};
use crate::model::{AgendaPart, Contact, Item, ItemKind, Meeting, Withheld};
use crate::prose::label::{begins_point, is_bullet};

/// What an item says besides its number and title.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Said {
    /// What becomes of it: "To follow by Tuesday 12 March 2019".
    pub state: Option<String>,
    /// Reference, site, officer and the like.
    pub facts: Vec<Fact>,
    /// What stands below the title, paragraph by paragraph.
    pub text: Vec<String>,
    /// The lettered sub-items.
    pub sub: Vec<String>,
    /// What the clerk adds, paragraph by paragraph.
    pub note: Vec<String>,
    /// Why it is not for publication.
    pub notice: Option<String>,
    /// The resolution that excludes the press and public while it is taken.
    pub resolution: Option<String>,
}

/// A fact that an item states.
#[derive(Debug, Clone, PartialEq)]
pub struct Fact {
    /// Which one.
    pub key: FactKey,
    /// Its label and what it says.
    pub field: Field,
}

/// The facts that an item may state, in the order in which they stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the keys of an item in pack.toml")]
pub enum FactKey {
    Time,
    Reference,
    Address,
    Ward,
    Applicant,
    Officer,
    Revision,
    Supersedes,
    Supplement,
}

impl FactKey {
    const ALL: [Self; 9] = [
        Self::Time,
        Self::Reference,
        Self::Address,
        Self::Ward,
        Self::Applicant,
        Self::Officer,
        Self::Revision,
        Self::Supersedes,
        Self::Supplement,
    ];

    /// Whether an item's line on the agenda always says it.
    fn is_on_the_line(self) -> bool {
        matches!(
            self,
            Self::Time | Self::Reference | Self::Address | Self::Ward
        )
    }
}

/// What an item says.
pub fn said(meeting: &Meeting, words: Words, item: &Item) -> Said {
    let law = meeting.law();
    Said {
        state: state(words, item),
        facts: facts(words, item),
        text: item.text.as_deref().map(paragraphs).unwrap_or_default(),
        sub: item.sub.clone(),
        note: item.note.as_deref().map(paragraphs).unwrap_or_default(),
        notice: exempt::notice(&item.access, law, words),
        resolution: exempt::resolution(&item.access, law, words),
    }
}

/// What a supplement brings to an item, and on which pages its published papers are.
fn brought(meeting: &Meeting, words: Words, item: &Item) -> Vec<String> {
    let supplement = meeting.supplement.as_ref();
    let Some(brings) = supplement.and_then(|supplement| supplement.brings.get(&item.key)) else {
        return Vec::new();
    };
    let mut lines = Vec::new();
    let title = |key: &str| document_title(item, key, words);
    if brings.is_withdrawn {
        lines.push(words.brings_withdrawal().to_owned());
    } else if brings.is_new {
        lines.push(words.brings_item().to_owned());
    } else if brings.stands.is_empty() && brings.replaces.is_empty() && !brings.adds.is_empty() {
        lines.push(words.brings_papers().to_owned());
    } else {
        let added = brings.adds.iter();
        lines.extend(added.map(|key| words.brings_added().replace("{title}", &title(key))));
    }
    lines.extend(brings.replaces.iter().map(|replaced| {
        words
            .brings_anew()
            .replace("{pages}", &page_range(words, replaced.pages))
            .replace("{title}", &title(&replaced.key))
    }));
    lines.extend(brings.withdraws.iter().map(|told| {
        let pages = told.pages.map(|pages| page_range(words, pages));
        words
            .brings_withdrawn()
            .replace("{pages}", &pages.unwrap_or_default())
            .replace("{title}", &told.title)
            .replace("{reason}", &told.reason)
    }));
    if !brings.stands.is_empty() {
        let ranges = page_ranges(words, brings.stands.clone());
        lines.push(words.brings_more().replace("{pages}", &ranges));
    }
    lines
}

/// Why an item is taken that was not on the published agenda. The chair's reason is for everybody
/// (Local Government Act 1972, s.100B(4)), so it is on the first page of the supplement as well as on
/// the item's own.
fn urgency(meeting: &Meeting, item: &Item) -> Vec<String> {
    let supplement = meeting.supplement.as_ref();
    let brings = supplement.and_then(|supplement| supplement.brings.get(&item.key));
    let is_urgent = brings.is_some_and(|brings| brings.is_new && !brings.is_withdrawn);
    let reason = item.note.as_ref().or(item.text.as_ref());
    let reason = reason.filter(|_| is_urgent);
    reason.map(|reason| paragraphs(reason)).unwrap_or_default()
}

impl Said {
    /// The words below a title: text, lettered sub-items, state, note.
    pub(super) fn blocks(&self) -> Vec<Block> {
        let plain = |text: &String| Block::paragraph(vec![Inline::text(text)]);
        let mut blocks: Vec<Block> = self.text.iter().map(plain).collect();
        if !self.sub.is_empty() {
            blocks.push(lettered(&self.sub));
        }
        if let Some(state) = &self.state {
            let state = Inline::text(format!("{state}."));
            blocks.push(Block::toned(Tone::Lead, vec![state]));
        }
        blocks.extend(self.note.iter().map(plain));
        blocks
    }

    /// The facts with their labels.
    pub fn fields(&self) -> impl Iterator<Item = &Field> {
        self.facts.iter().map(|fact| &fact.field)
    }

    /// The same with the facts, as they stand on a leaf.
    pub fn leaf(&self) -> Vec<Block> {
        let mut blocks = self.blocks();
        if !self.facts.is_empty() {
            let fields = Block::new(BlockKind::Fields {
                look: FieldsLook::Plain,
                rows: self.fields().cloned().collect(),
            });
            blocks.insert(blocks.len() - self.note.len(), fields);
        }
        blocks
    }
}

fn state(words: Words, item: &Item) -> Option<String> {
    if let Some(reason) = &item.withdrawn {
        let said = words.withdrawn();
        return Some(match reason.trim().trim_end_matches('.') {
            "" => said.to_owned(),
            reason => format!("{said}: {reason}"),
        });
    }
    Some(match &item.kind {
        ItemKind::ToFollow { due: Some(due) } => {
            format!("{} {}", words.to_follow_by(), words.long_date(*due))
        }
        ItemKind::ToFollow { due: None } => words.to_follow().to_owned(),
        ItemKind::Verbal => words.verbal().to_owned(),
        ItemKind::Presentation => words.presentation().to_owned(),
        ItemKind::NoneReceived => words.none_received().to_owned(),
        ItemKind::CirculatedSeparately => words.circulated().to_owned(),
        ItemKind::Procedural
        | ItemKind::Minutes
        | ItemKind::Report
        | ItemKind::Motion
        | ItemKind::Question
        | ItemKind::Petition
        | ItemKind::Application
        | ItemKind::Hearing => return None,
    })
}

/// Whether a line is the program's own on what becomes of an item. Such a line may change after
/// publication: a due day moves, or papers that were to follow are taken orally.
pub fn is_state(words: Words, line: &str) -> bool {
    let due = line.strip_prefix(words.to_follow_by());
    let states = [
        words.to_follow(),
        words.verbal(),
        words.presentation(),
        words.none_received(),
        words.circulated(),
    ];
    due.is_some_and(|day| day.starts_with(' ')) || states.contains(&line.trim_end_matches('.'))
}

fn facts(words: Words, item: &Item) -> Vec<Fact> {
    let plain = |value: Option<String>| value.map(|value| vec![Inline::text(value)]);
    let told = |key: FactKey| match key {
        FactKey::Time => (
            words.time(),
            plain(item.time.map(|time| words.time_of(time))),
        ),
        FactKey::Reference => (words.reference(), plain(item.reference.clone())),
        FactKey::Address => (words.address(), plain(item.application.address.clone())),
        FactKey::Ward => (words.ward(), plain(item.application.ward.clone())),
        FactKey::Applicant => (words.applicant(), plain(item.application.applicant.clone())),
        FactKey::Officer => (words.officer(), officer(item)),
        FactKey::Revision => (words.revised(), plain(item.revision.clone())),
        FactKey::Supersedes => (
            words.replaces(),
            plain(item.supersedes.as_deref().map(file_name)),
        ),
        FactKey::Supplement => (
            words.supplement(),
            plain(item.supplement.map(|number| number.to_string())),
        ),
    };
    FactKey::ALL
        .into_iter()
        .filter_map(|key| {
            let (label, value) = told(key);
            let field = Field {
                label: label.to_owned(),
                lines: vec![value?],
            };
            Some(Fact { key, field })
        })
        .collect()
}

/// Who presents an item, with the initials by which the agenda names them.
fn officer(item: &Item) -> Option<Vec<Inline>> {
    let officer = item.officer.as_ref()?;
    Some(match &item.initials {
        Some(initials) => person(&Contact {
            name: format!("{} ({initials})", officer.name),
            ..officer.clone()
        }),
        None => person(officer),
    })
}

/// A person on one line: name, post, unit and how to reach them.
pub fn person(contact: &Contact) -> Vec<Inline> {
    let mut line = vec![Inline::text(
        [
            Some(&contact.name),
            contact.post.as_ref(),
            contact.unit.as_ref(),
            contact.phone.as_ref(),
        ]
        .into_iter()
        .flatten()
        .map(|part| part.trim())
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(", "),
    )];
    if let Some(email) = &contact.email {
        line.push(Inline::text(", "));
        line.push(Inline::Web {
            url: format!("mailto:{email}"),
            content: vec![Inline::text(email)],
        });
    }
    line
}

fn file_name(path: &str) -> String {
    path.rsplit('/').next().unwrap_or(path).to_owned()
}

/// The paragraphs of a TOML string, which blank lines separate. Where several lines begin as those of
/// a list do, with a dash, a number or a letter, each of them begins a paragraph too.
pub fn paragraphs(text: &str) -> Vec<String> {
    let is_list = text.lines().filter(|line| begins_point(line)).count() > 1;
    let mut paragraphs = vec![Vec::new()];
    for line in text.lines() {
        let is_point = is_list && begins_point(line);
        if is_point || line.trim().is_empty() {
            paragraphs.push(Vec::new());
        }
        if let Some(words) = paragraphs.last_mut() {
            let bare = line
                .trim_start()
                .strip_prefix(is_bullet)
                .filter(|_| is_point);
            words.extend(bare.map(|_| "•"));
            words.extend(bare.unwrap_or(line).split_whitespace());
        }
    }
    paragraphs
        .into_iter()
        .filter(|words| !words.is_empty())
        .map(|words| words.join(" "))
        .collect()
}

/// "Part 2: Private"; a title that says so already stays as it is. Empty where the part is only a
/// note between items.
pub fn part_title(words: Words, part: &AgendaPart) -> String {
    let (id, title) = (part.id.trim(), part.title.trim());
    let called = match &part.label {
        Some(label) => label.trim().to_owned(),
        None if id.is_empty() => String::new(),
        None => format!("{} {id}", words.part()),
    };
    if called.is_empty() || title.starts_with(&called) {
        title.to_owned()
    } else if title.is_empty() {
        called
    } else {
        format!("{called}: {title}")
    }
}

/// An item's title on the agenda.
pub fn title(words: Words, item: &Item) -> &str {
    match item.title.trim() {
        "" => words.no_title(),
        title => title,
    }
}

/// Lettered sub-items.
fn lettered(sub: &[String]) -> Block {
    Block::new(BlockKind::List {
        numbering: Some(Numbering {
            start: 1,
            style: NumberStyle::Letter,
        }),
        tight: false,
        items: sub
            .iter()
            .map(|sub| ListItem {
                label: None,
                blocks: vec![Block::paragraph(vec![Inline::text(sub)])],
            })
            .collect(),
    })
}

/// "Pages 45 to 60 are not for publication."
pub fn withheld_pages(words: Words, key: &str, withheld: &Withheld) -> Vec<Inline> {
    let page = |anchor: String, words: &str| Inline::Page {
        anchor,
        words: words.to_owned(),
    };
    if withheld.pages > 1 {
        vec![
            page(key.to_owned(), words.these_pages()),
            Inline::text(format!(" {} ", words.to())),
            page(last_page_of(key), "{page}"),
            Inline::text(format!(" {}.", words.pages_withheld())),
        ]
    } else {
        vec![
            page(key.to_owned(), words.this_page()),
            Inline::text(format!(" {}.", words.page_withheld())),
        ]
    }
}

/// The anchor of the first page of an item; `None` where it has no page.
pub(super) fn first_page(meeting: &Meeting, item: &Item) -> Option<String> {
    if item.withheld.is_some() || has_sheet(meeting, item) {
        return Some(item.key.clone());
    }
    item.papers
        .first()
        .map(|paper| paper.key.clone())
        .or_else(|| item.appendices.first().map(|appendix| appendix.key.clone()))
        .or_else(|| {
            item.items
                .iter()
                .find_map(|inner| first_page(meeting, inner))
        })
}

/// The lines of the agenda in the order of its items. The heading of each part stands before the
/// first item that names it; a part that no item names stands where the parts' own order puts it.
pub fn rows(meeting: &Meeting, words: Words) -> Vec<AgendaRow> {
    let agenda = &meeting.agenda;
    let mut rows = Vec::new();
    let mut announced = 0;
    let mut announce = |rows: &mut Vec<AgendaRow>, until: usize| {
        while announced < until.min(agenda.parts.len()) {
            rows.push(part_row(meeting, words, announced));
            announced += 1;
        }
    };
    for item in &agenda.items {
        if let Some(part) = item.part {
            announce(&mut rows, part + 1);
        }
        item_rows(meeting, words, item, 0, &mut rows);
    }
    announce(&mut rows, agenda.parts.len());
    rows
}

/// The key of a part of the agenda.
pub fn part_key(index: usize) -> String {
    format!("part-{}", index + 1)
}

fn part_row(meeting: &Meeting, words: Words, index: usize) -> AgendaRow {
    let part = &meeting.agenda.parts[index];
    AgendaRow {
        key: part_key(index),
        heading: true,
        depth: 0,
        number: String::new(),
        title: Some(part_title(words, part))
            .filter(|title| !title.is_empty())
            .map(Inline::text)
            .into_iter()
            .collect(),
        notes: part
            .text
            .as_deref()
            .map(paragraphs)
            .unwrap_or_default()
            .into_iter()
            .map(|text| vec![Inline::text(text)])
            .collect(),
        sub: Vec::new(),
        time: None,
        anchor: None,
    }
}

fn item_rows(meeting: &Meeting, words: Words, item: &Item, depth: u8, rows: &mut Vec<AgendaRow>) {
    let withheld = item
        .withheld
        .iter()
        .map(|withheld| withheld_pages(words, &item.key, withheld));
    let notes = notes(meeting, words, item)
        .into_iter()
        .map(|note| vec![Inline::text(note)])
        .chain(issued::news(meeting, words, item));
    rows.push(AgendaRow {
        key: item.key.clone(),
        heading: false,
        depth,
        number: item.number.value.clone(),
        title: match item.withdrawn {
            Some(_) => vec![Inline::Struck {
                content: vec![Inline::text(title(words, item))],
            }],
            None => vec![Inline::text(title(words, item))],
        },
        notes: withheld.chain(notes).collect(),
        sub: item.sub.clone(),
        time: item.time.map(|time| words.time_of(time)),
        anchor: first_page(meeting, item),
    });
    for inner in &item.items {
        item_rows(meeting, words, inner, depth.saturating_add(1), rows);
    }
}

/// What is printed below an item's title on the agenda: what a line always says, and everything that
/// has no other page.
fn notes(meeting: &Meeting, words: Words, item: &Item) -> Vec<String> {
    let said = said(meeting, words, item);
    let is_carrier = carrier(meeting, item) == Carrier::Agenda;
    let mut notes = Vec::new();
    let site: Vec<&str> = [
        item.reference.as_deref(),
        item.application.address.as_deref(),
        item.application.ward.as_deref(),
    ]
    .into_iter()
    .flatten()
    .collect();
    if !site.is_empty() {
        notes.push(site.join(", "));
    }
    if let Some(initials) = &item.initials
        && !is_carrier
    {
        notes.push(format!("{}: {initials}", words.officer()));
    }
    if is_carrier {
        notes.extend(said.text);
        notes.extend(
            said.facts
                .iter()
                .filter(|fact| !fact.key.is_on_the_line())
                .map(|fact| format!("{}: {}", fact.field.label, lines(&fact.field))),
        );
    }
    notes.extend(brought(meeting, words, item));
    if !is_carrier {
        notes.extend(urgency(meeting, item));
    }
    notes.extend(said.state);
    if is_carrier {
        notes.extend(said.note);
    }
    notes.extend(said.notice);
    notes.extend(said.resolution);
    notes
}

fn lines(field: &Field) -> String {
    let lines: Vec<String> = field.lines.iter().map(|line| part::plain(line)).collect();
    lines.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_blank_line_parts_paragraphs() {
        assert_eq!(
            paragraphs("Residents may\nspeak.\n \n\nNotice is needed.\n"),
            ["Residents may speak.", "Notice is needed."]
        );
    }

    #[test]
    fn the_points_of_a_list_stand_below_one_another() {
        assert_eq!(
            paragraphs("Residents may:\n\t- speak for three\n\t  minutes;\n* write.\n"),
            ["Residents may:", "• speak for three minutes;", "• write."]
        );
        assert_eq!(
            paragraphs("To note:\n1. the budget\n(b) the plan"),
            ["To note:", "1. the budget", "(b) the plan"]
        );
        assert_eq!(
            paragraphs("To note:\n(i) the budget\n(ii) the plan\nof the year"),
            ["To note:", "(i) the budget", "(ii) the plan of the year"]
        );
        assert_eq!(
            paragraphs("From\n6.30 pm to\n7.30 pm with\nJ. Hale and\nK. Ide"),
            ["From 6.30 pm to 7.30 pm with J. Hale and K. Ide"]
        );
        // One dash at the beginning of a line is a dash.
        assert_eq!(
            paragraphs("The hall\n- and the yard\n27 of them\na list"),
            ["The hall - and the yard 27 of them a list"]
        );
    }

    #[test]
    fn an_officer_is_said_with_everything_that_was_given() {
        let officer = Contact {
            name: "Ada Bell".into(),
            post: Some("Clerk".into()),
            unit: None,
            phone: Some("01632 960001".into()),
            email: Some("ada@council.example".into()),
            span: None,
        };
        assert_eq!(
            crate::compose::part::plain(&person(&officer)),
            "Ada Bell, Clerk, 01632 960001, ada@council.example"
        );
    }
}
