//! What the site says about one published meeting: plain data, taken only from the public's edition
//! and from what was built from it. Nothing that an edition withholds can be here.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::day::Day;
use super::decisions::{self, Decision, Minutes};
use super::names::{named, slug};
use super::words::Words;
use crate::compose::{agenda, front};
use crate::edition::{Edition, WithheldPages};
use crate::html::{self, Contact, Letterhead};
use crate::model::{self, Audience, ItemKind, Jurisdiction, MeetingAccess, NextMeeting, PaperBody};
use crate::pipeline::Built;
use crate::pipeline::manifest::{DocumentMap, PartPages};

/// A meeting that was published.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Published {
    /// The name of its folder, which is its address.
    pub(super) id: String,
    pub(super) council: Council,
    pub(super) body: Body,
    pub(super) date: Day,
    /// "17:30".
    pub(super) time: Option<String>,
    pub(super) ends: Option<String>,
    pub(super) place: Option<String>,
    pub(super) private: bool,
    pub(super) cancelled: bool,
    /// How often it was moved.
    pub(super) moved: usize,
    /// The day on which the body is announced to meet next.
    pub(super) next: Option<Day>,
    /// When the agenda was published, and each supplement to it.
    pub(super) published: Day,
    pub(super) supplements: Vec<Supplement>,
    /// What is said in each language of the site.
    pub(super) said: Vec<Said>,
    /// The notices to those who come, each with its opening words.
    pub(super) notices: Vec<(Option<String>, String)>,
    pub(super) items: Vec<Item>,
    /// The notice of what was decided at it, once that is published.
    pub(super) notice: Option<Notice>,
    /// The minutes of earlier meetings that it holds.
    pub(super) minutes: Vec<Minutes>,
    /// The pack in its forms, by their paths from the meeting's folder.
    pub(super) pdf: File,
    pub(super) large_print: File,
    pub(super) page: File,
    /// The first page of each document of the PDF, counted from 0.
    pub(super) starts: Vec<usize>,
    /// What is not fully accessible of it, and why.
    pub(super) wanting: Vec<Wanting>,
}

/// The council as the last pack that was published describes it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Council {
    #[serde(flatten)]
    pub(super) letterhead: Letterhead,
    pub(super) accent: Option<String>,
    pub(super) font: Option<String>,
    /// Whether it is in Northern Ireland, which has an equality commission of its own.
    pub(super) northern_ireland: bool,
    /// The tags of its languages.
    pub(super) languages: Vec<String>,
    pub(super) base: Option<String>,
    pub(super) attendance: bool,
    pub(super) redirects: Vec<(String, String)>,
}

/// What meets.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Body {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) clerk: Option<Contact>,
    /// Its places by what is held, in each language.
    pub(super) places: Vec<Vec<Places>>,
}

/// The members who hold one kind of place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Places {
    pub(super) heading: String,
    pub(super) members: Vec<Member>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Member {
    /// The name of the member's page; none for a place that is vacant.
    pub(super) slug: Option<String>,
    pub(super) name: String,
    pub(super) note: Option<String>,
}

/// What was issued after the agenda.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Supplement {
    pub(super) number: usize,
    pub(super) published: Day,
    /// The keys of the documents that it brought, and that everybody may see.
    pub(super) documents: Vec<String>,
}

/// The notice of what a meeting decided.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Notice {
    pub(super) published: Day,
    /// The last day on which a decision may be called in.
    pub(super) call_in_ends: Option<Day>,
    pub(super) pdf: File,
    pub(super) page: File,
    /// Each with its key on the page.
    pub(super) decisions: Vec<(String, Decision)>,
}

impl Notice {
    /// What the site says of a notice, from what was built for everybody; `None` if it is not published
    /// or was not built.
    pub(super) fn of(
        notice: &model::Meeting,
        built: &Built,
        pdf: &str,
        page: &str,
    ) -> Option<Self> {
        let days = notice.decisions?;
        let edition = Edition::of(notice, Audience::Public, &WithheldPages::new());
        Some(Self {
            published: Day(days.published?),
            call_in_ends: days.call_in_ends.map(Day),
            pdf: file(built, pdf)?,
            page: file(built, page)?,
            decisions: decisions::noticed(edition.meeting()),
        })
    }
}

/// What is said of a meeting in one language.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Said {
    pub(super) kind: Option<String>,
    /// That it was moved or cancelled, each with the words that it opens with.
    pub(super) changes: Vec<(String, String)>,
    pub(super) open_to: Option<String>,
    pub(super) summons: Option<String>,
    pub(super) next: Option<String>,
    /// The parts of the agenda, with what stands below the title of each.
    pub(super) parts: Vec<(String, Vec<String>)>,
}

/// One line of business.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Item {
    pub(super) number: String,
    /// What follows the meeting's address.
    pub(super) slug: String,
    pub(super) key: String,
    pub(super) title: String,
    pub(super) depth: usize,
    pub(super) part: Option<usize>,
    pub(super) withdrawn: bool,
    /// Whether its report is to follow, and by which day.
    pub(super) follows: bool,
    pub(super) due: Option<Day>,
    /// Whether everybody may be there when it is taken.
    pub(super) public: bool,
    pub(super) said: Vec<ItemSaid>,
    pub(super) documents: Vec<Document>,
}

/// What an item says in one language.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct ItemSaid {
    pub(super) facts: Vec<(String, String)>,
    pub(super) text: Vec<String>,
    pub(super) sub: Vec<String>,
    /// State, note, and what is withheld.
    pub(super) lines: Vec<String>,
}

/// A document of an item.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Document {
    pub(super) key: String,
    pub(super) title: String,
    /// Whether it is the minutes of an earlier meeting, and their language where it is not the pack's.
    pub(super) is_minutes: bool,
    pub(super) lang: Option<String>,
    /// The printed numbers of its first and last page.
    pub(super) numbers: Option<(model::PageNumber, model::PageNumber)>,
    /// Whether a leaf stands in its place, since it is not for everybody.
    pub(super) withheld: bool,
    /// Its first page in the PDF of the pack.
    pub(super) page: usize,
    /// The PDF of it alone.
    pub(super) file: Option<File>,
    /// When it came, where that was after the agenda.
    pub(super) since: Option<Day>,
}

/// A file of a meeting.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct File {
    /// Its path from the meeting's folder.
    pub(super) path: String,
    pub(super) bytes: usize,
    pub(super) pages: Option<usize>,
}

/// A document that is not fully accessible.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Wanting {
    pub(super) title: String,
    /// Whether somebody else made it, whom the council does not control.
    pub(super) third_party: bool,
    pub(super) reasons: Vec<String>,
}

/// The names of the forms of a pack.
pub(super) struct Forms<'a> {
    pub(super) pdf: &'a str,
    pub(super) large_print: &'a str,
    pub(super) page: &'a str,
}

impl Published {
    /// What the site says of a meeting, from what was built for everybody; `None` if it was not
    /// published or its pack was not built.
    pub(super) fn of(meeting: &model::Meeting, built: &Built, forms: &Forms<'_>) -> Option<Self> {
        let record = meeting.record.as_ref()?;
        let edition = Edition::of(meeting, Audience::Public, &WithheldPages::new());
        let meeting = edition.meeting();
        let standard = map(built, forms.pdf)?;
        let file = |name: &str| file(built, name);
        let languages = Words::all(&meeting.council);
        let since: BTreeMap<&str, model::Date> = record
            .supplements
            .iter()
            .flat_map(|issued| {
                let documents = issued.documents.iter();
                documents.map(|document| (document.key.as_str(), issued.published))
            })
            .collect();
        let mut slugs = BTreeSet::new();
        let mut items = Vec::new();
        gather(&meeting.agenda.items, 0, &mut |item, depth| {
            let number = item.number.value.clone();
            // A leaf that only says where a paper is does not count as one.
            let documents = standard.parts.iter();
            let documents = documents.filter(|part| holds(item, &part.key));
            items.push(Item {
                slug: slug(&number, &item.key, &mut slugs),
                number: html::clean(&number),
                key: item.key.clone(),
                title: html::clean(item.title.trim()),
                depth,
                part: item.part,
                withdrawn: item.withdrawn.is_some(),
                follows: matches!(item.kind, ItemKind::ToFollow { .. }),
                due: match item.kind {
                    ItemKind::ToFollow { due } => due.map(Day),
                    _ => None,
                },
                public: item.access.is_public(),
                said: languages
                    .iter()
                    .map(|words| item_said(meeting, *words, item))
                    .collect(),
                documents: documents
                    .map(|part| document(part, item, &since, &file))
                    .collect(),
            });
        });
        let sitting = &meeting.sitting;
        let clock = |time: model::Time| format!("{:02}:{:02}", time.hour(), time.minute());
        Some(Self {
            id: meeting.id.clone(),
            council: council(&meeting.council),
            body: body(&meeting.body, &languages),
            date: Day(sitting.date.value),
            time: sitting.time.map(clock),
            ends: sitting.ends.map(clock),
            place: sitting.place.as_deref().map(html::clean),
            private: sitting.access == MeetingAccess::Private,
            cancelled: sitting.cancelled.is_some(),
            moved: sitting.moved.len(),
            next: match sitting.next.as_ref().map(|next| &next.value) {
                Some(NextMeeting::On(date)) => Some(Day(*date)),
                Some(NextMeeting::Words(_)) | None => None,
            },
            published: Day(record.whole.published),
            supplements: record
                .supplements
                .iter()
                .enumerate()
                .map(|(index, issued)| Supplement {
                    number: index + 1,
                    published: Day(issued.published),
                    documents: told(meeting, issued),
                })
                .collect(),
            said: languages
                .iter()
                .map(|words| said(meeting, *words))
                .collect(),
            notices: front::notices(meeting)
                .into_iter()
                .map(|(title, text)| (title.as_deref().map(html::clean), html::clean(&text)))
                .collect(),
            notice: None,
            minutes: decisions::minutes(meeting, items.iter().map(|item| item.slug.as_str())),
            items,
            pdf: file(forms.pdf)?,
            large_print: file(forms.large_print)?,
            page: file(forms.page)?,
            starts: standard
                .parts
                .iter()
                .map(|part| part.first_page.saturating_sub(1))
                .collect(),
            wanting: wanting(built, forms.pdf),
        })
    }

    /// The day on which anything of it was published last.
    pub(super) fn changed(&self) -> Day {
        let supplements = self.supplements.iter().map(|issued| issued.published);
        supplements.fold(self.published, Day::max)
    }

    /// Where it stands among the others.
    pub(super) fn order(&self) -> (Day, Option<&str>, &str) {
        (self.date, self.time.as_deref(), &self.id)
    }

    /// Its folder.
    pub(super) fn folder(&self) -> String {
        format!("meetings/{}", self.id)
    }

    /// A document by its key.
    pub(super) fn document(&self, key: &str) -> Option<(&Item, &Document)> {
        self.items.iter().find_map(|item| {
            let document = item.documents.iter().find(|known| known.key == key)?;
            Some((item, document))
        })
    }
}

/// The pages of a file that was built.
fn map<'b>(built: &'b Built, name: &str) -> Option<&'b DocumentMap> {
    built.documents.iter().find(|map| map.path == name)
}

/// A file that was built.
fn file(built: &Built, name: &str) -> Option<File> {
    let output = built.outputs.iter().find(|output| output.name == name)?;
    Some(File {
        path: name.to_owned(),
        bytes: output.bytes.len(),
        pages: map(built, name).map(|map| map.pages),
    })
}

/// Every item, each before those inside it, with how deep it stands.
fn gather<'m>(items: &'m [model::Item], depth: usize, add: &mut dyn FnMut(&'m model::Item, usize)) {
    for item in items {
        add(item, depth);
        gather(&item.items, depth + 1, add);
    }
}

/// Whether a document of an item has a key.
fn holds(item: &model::Item, key: &str) -> bool {
    let papers = item.papers.iter().map(|paper| &paper.key);
    let appendices = item.all_appendices().map(|appendix| &appendix.key);
    papers.chain(appendices).any(|known| known == key)
}

/// The documents of an issue that the pack shows to everybody still.
fn told(meeting: &model::Meeting, issued: &model::Issued) -> Vec<String> {
    let keys = issued.documents.iter().map(|document| &document.key);
    keys.filter(|key| meeting.items().any(|item| holds(item, key)))
        .cloned()
        .collect()
}

fn document(
    part: &PartPages,
    item: &model::Item,
    since: &BTreeMap<&str, model::Date>,
    file: &dyn Fn(&str) -> Option<File>,
) -> Document {
    let minutes = item.papers.iter().find_map(|paper| match &paper.body {
        PaperBody::Minutes(minutes) if paper.key == part.key => Some(minutes),
        _ => None,
    });
    Document {
        title: html::clean(&part.title),
        is_minutes: minutes.is_some(),
        lang: minutes.and_then(|minutes| Some(minutes.lang.as_ref()?.0.clone())),
        numbers: part.numbers,
        withheld: item
            .all_appendices()
            .any(|appendix| appendix.key == part.key && !appendix.access.is_public()),
        page: part.first_page,
        file: file(&format!("papers/{}.pdf", part.key)).map(|own| File {
            pages: Some(part.pages),
            ..own
        }),
        since: since.get(part.key.as_str()).copied().map(Day),
        key: part.key.clone(),
    }
}

fn said(meeting: &model::Meeting, words: Words) -> Said {
    let composed = words.composed();
    let clean = |text: String| html::clean(&text);
    Said {
        kind: composed.meeting_kind(&meeting.sitting.kind).map(clean),
        changes: front::changes(meeting, composed)
            .into_iter()
            .map(|(opening, text)| (opening.to_owned(), clean(text)))
            .collect(),
        open_to: front::open_to(meeting, composed).map(str::to_owned),
        summons: front::summons(meeting, composed).map(str::to_owned),
        next: front::next_meeting(meeting, composed).map(clean),
        parts: meeting
            .agenda
            .parts
            .iter()
            .map(|part| {
                let below = part.text.as_deref().map(agenda::paragraphs);
                let below = below.unwrap_or_default().into_iter().map(clean);
                (clean(agenda::part_title(composed, part)), below.collect())
            })
            .collect(),
    }
}

fn item_said(meeting: &model::Meeting, words: Words, item: &model::Item) -> ItemSaid {
    let composed = words.composed();
    let said = agenda::said(meeting, composed, item);
    let facts = said.fields().map(|field| {
        let lines = field.lines.iter();
        let lines = lines.map(|line| crate::compose::part::plain(line));
        let value = lines.collect::<Vec<_>>().join(", ");
        (field.label.clone(), html::clean(&value))
    });
    let clean = |lines: Vec<String>| lines.iter().map(|line| html::clean(line)).collect();
    ItemSaid {
        facts: facts.collect(),
        text: clean(said.text.clone()),
        sub: clean(said.sub.clone()),
        lines: said
            .state
            .iter()
            .chain(&said.note)
            .chain(&said.notice)
            .chain(&said.resolution)
            .map(|line| html::clean(line))
            .collect(),
    }
}

fn council(council: &model::Council) -> Council {
    Council {
        letterhead: html::letterhead(council),
        accent: council.style.accent.clone(),
        font: council.style.font.clone(),
        northern_ireland: council.jurisdiction == Jurisdiction::NorthernIreland,
        languages: council
            .languages
            .iter()
            .map(|lang| lang.0.clone())
            .collect(),
        base: council.site.base.clone(),
        attendance: council.site.attendance,
        redirects: council.site.redirects.clone(),
    }
}

fn body(body: &model::Body, languages: &[Words]) -> Body {
    let pages: BTreeMap<String, String> = body
        .members
        .iter()
        .filter_map(|member| Some((member.full_name()?, named(member.name.as_deref()?))))
        .collect();
    let places = languages.iter().map(|words| {
        let groups = front::membership(body, words.composed()).into_iter();
        groups
            .map(|group| Places {
                heading: group.heading.to_owned(),
                members: group
                    .members
                    .into_iter()
                    .map(|member| Member {
                        slug: pages.get(&member.name).filter(|_| !member.vacant).cloned(),
                        name: html::clean(&member.name),
                        note: member.note.as_deref().map(html::clean),
                    })
                    .collect(),
            })
            .collect()
    });
    Body {
        id: named(&body.id),
        name: html::clean(&body.name),
        clerk: body.clerk.as_ref().map(html::contact),
        places: places.collect(),
    }
}

fn wanting(built: &Built, pdf: &str) -> Vec<Wanting> {
    let ledger = built.ledgers.iter().find(|(name, _)| name == pdf);
    let parts = ledger.into_iter().flat_map(|(_, ledger)| &ledger.parts);
    parts
        .filter(|part| part.verdict != "accessible")
        .map(|part| Wanting {
            title: html::clean(&part.title),
            third_party: part.origin == "third-party",
            reasons: part.reasons.clone(),
        })
        .collect()
}
