//! Where the pages of the site are made in one language: addresses, and what every page has.
//!
//! Every link is relative and names a file, so that a site works wherever it is put, from a folder on
//! a disk too.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

use super::day::Day;
use super::published::{Body, Council, Notice, Published};
use super::view::{Dated, Line, Link, Other, Page};
use super::words::Words;
use crate::html::{self, HtmlError, Templates, file_address};
use crate::model::{Date, Time};
use crate::write::Output;

/// The meetings of the site, and the day that it is.
pub(super) struct Record<'a> {
    /// In the order of their days.
    pub(super) meetings: &'a [Published],
    pub(super) council: &'a Council,
    pub(super) languages: Vec<Words>,
    pub(super) on: Date,
}

impl<'a> Record<'a> {
    /// Every body that has met, by its name, as its last meeting describes it.
    pub(super) fn bodies(&self) -> Vec<&'a Body> {
        let bodies: BTreeMap<&str, &Body> = self
            .meetings
            .iter()
            .map(|meeting| (meeting.body.id.as_str(), &meeting.body))
            .collect();
        let mut bodies: Vec<&Body> = bodies.into_values().collect();
        bodies.sort_by(|one, other| one.name.cmp(&other.name));
        bodies
    }

    /// The meetings of a body.
    pub(super) fn of_body(&self, id: &str) -> impl Iterator<Item = &'a Published> {
        self.meetings
            .iter()
            .filter(move |meeting| meeting.body.id == id)
    }

    /// Whether the minutes of a meeting are among the papers of a later one.
    pub(super) fn is_minuted(&self, meeting: &Published) -> bool {
        self.of_body(&meeting.body.id)
            .flat_map(|holder| &holder.minutes)
            .any(|minutes| minutes.date == meeting.date)
    }

    /// The days on which bodies are announced to meet and for which no agenda is published. Only the
    /// last meeting of a body announces one: what an earlier one announced is published, or was moved.
    pub(super) fn announced(&self) -> Vec<(Day, &'a Body)> {
        let last: BTreeMap<&str, &Published> = self
            .meetings
            .iter()
            .map(|meeting| (meeting.body.id.as_str(), meeting))
            .collect();
        let announced = last.into_values();
        let mut announced: Vec<(Day, &Body)> = announced
            .filter_map(|meeting| Some((meeting.next?, &meeting.body)))
            .filter(|(day, _)| day.0 >= self.on)
            .collect();
        announced.sort_by(|one, other| (one.0, &one.1.id).cmp(&(other.0, &other.1.id)));
        announced
    }

    /// The folder of a language's pages.
    fn prefix(&self, words: Words) -> String {
        match self.languages.first() {
            Some(first) if *first != words => {
                let lang = words.lang();
                format!("{}/", lang.split('-').next().unwrap_or(lang))
            }
            _ => String::new(),
        }
    }

    /// The address of a page, where the site's own is known.
    pub(super) fn address(&self, path: &str) -> Option<String> {
        let base = self.council.base.as_ref()?;
        let path = path.strip_suffix("index.html").unwrap_or(path);
        Some(format!("{base}/{}", file_address(path)))
    }
}

/// The pages in one language.
pub(super) struct Desk<'a> {
    pub(super) record: &'a Record<'a>,
    pub(super) words: Words,
    /// Which of the site's languages it is.
    pub(super) at: usize,
    by_name: BTreeMap<&'static str, &'static str>,
    prefix: String,
    templates: &'a Templates,
}

/// What every page has, whatever its template.
pub(super) struct About {
    /// From the folder of the language: "bodies/cabinet/index.html".
    pub(super) path: String,
    pub(super) template: &'static str,
    pub(super) title: String,
    pub(super) trail: Vec<(String, String)>,
    pub(super) structured: Option<Value>,
}

impl<'a> Desk<'a> {
    pub(super) fn new(record: &'a Record<'a>, at: usize, templates: &'a Templates) -> Option<Self> {
        let words = *record.languages.get(at)?;
        Some(Self {
            record,
            words,
            at,
            by_name: words.by_name(),
            prefix: record.prefix(words),
            templates,
        })
    }

    /// A page; links in `own` are those that [`link`] made for its path.
    pub(super) fn page(&self, about: About, own: impl Serialize) -> Result<Output, HtmlError> {
        let council = self.record.council;
        let path = format!("{}{}", self.prefix, about.path);
        let root = up(&path);
        let others = self.record.languages.iter();
        let others = others.filter(|words| **words != self.words);
        let structured_html = about.structured.as_ref().map(html::embedded);
        let page = Page {
            lang: self.words.lang(),
            words: &self.by_name,
            up: up(&about.path),
            description: format!("{}. {}", about.title, council.letterhead.name),
            title: about.title,
            council: &council.letterhead.name,
            website: council.letterhead.website.as_deref(),
            website_url: council.letterhead.website_url.as_deref(),
            address: &council.letterhead.address,
            canonical: self.record.address(&path),
            others: others
                .map(|words| {
                    let path = format!("{}{}", self.record.prefix(*words), about.path);
                    Other {
                        lang: words.lang(),
                        words: words.in_language(),
                        href: format!("{root}{}", file_address(&path)),
                        canonical: self.record.address(&path),
                    }
                })
                .collect(),
            trail: about
                .trail
                .into_iter()
                .map(|(title, to)| Link {
                    title,
                    href: link(&about.path, &to),
                })
                .collect(),
            structured_hash: structured_html.as_deref().map(html::hash),
            structured_html,
            root,
            own,
        };
        Ok(Output {
            bytes: self.templates.fill(about.template, &page)?.into(),
            name: path,
        })
    }

    /// The relative address of a file of the site that belongs to no language, from a page in this one.
    pub(super) fn to_file(&self, from: &str, file: &str) -> String {
        let path = format!("{}{from}", self.prefix);
        format!("{}{}", up(&path), file_address(file))
    }

    /// A meeting as a line of a list on a page.
    pub(super) fn line(&self, from: &str, meeting: &Published) -> Line {
        let said = meeting.said.get(self.at);
        Line {
            date: self.long_date(meeting.date),
            iso: meeting.date.to_string(),
            time: meeting.time.as_deref().map(|time| self.time(time)),
            body: meeting.body.name.clone(),
            place: meeting.place.clone(),
            kind: said.and_then(|said| said.kind.clone()),
            state: match meeting {
                Published {
                    cancelled: true, ..
                } => Some(self.words.is_cancelled()),
                Published { moved: 1.., .. } => Some(self.words.is_moved()),
                Published { .. } => None,
            },
            href: Some(link(from, &page_of(meeting))),
        }
    }

    /// An announced meeting likewise.
    pub(super) fn announced(&self, day: Day, body: &Body) -> Line {
        Line {
            date: self.long_date(day),
            iso: day.to_string(),
            time: None,
            body: body.name.clone(),
            place: None,
            kind: None,
            state: None,
            href: None,
        }
    }

    /// What is to come, the announced among what is published.
    pub(super) fn coming(&self, from: &str, body: Option<&str>) -> Vec<Line> {
        let is_meant = |known: &Body| body.is_none_or(|body| known.id == body);
        let meetings = self.record.meetings.iter();
        let mut lines: Vec<Line> = meetings
            .filter(|meeting| meeting.date.0 >= self.record.on && is_meant(&meeting.body))
            .map(|meeting| self.line(from, meeting))
            .collect();
        let announced = self.record.announced().into_iter();
        lines.extend(
            announced
                .filter(|(_, body)| is_meant(body))
                .map(|(day, body)| self.announced(day, body)),
        );
        lines.sort_by(|one, other| (&one.iso, &one.body).cmp(&(&other.iso, &other.body)));
        lines
    }

    /// "Call-in ends: Wednesday 21 October 2026".
    pub(super) fn call_in(&self, notice: &Notice) -> Option<String> {
        let label = self.words.composed().call_in_ends();
        Some(format!("{label}: {}", self.long_date(notice.call_in_ends?)))
    }

    pub(super) fn long_date(&self, day: Day) -> String {
        self.words.composed().long_date(day.0)
    }

    pub(super) fn dated(&self, day: Day) -> Dated {
        Dated {
            date: self.long_date(day),
            iso: day.to_string(),
        }
    }

    /// "5.30 pm" for "17:30".
    pub(super) fn time(&self, clock: &str) -> String {
        let mut parts = clock.split(':').map(|part| part.parse::<i8>().ok());
        let time = match (parts.next().flatten(), parts.next().flatten()) {
            (Some(hour), Some(minute)) => Time::new(hour, minute, 0, 0).ok(),
            _ => None,
        };
        time.map_or_else(
            || clock.to_owned(),
            |time| self.words.composed().time_of(time),
        )
    }

    /// "As on 14 September 2026".
    pub(super) fn on(&self) -> String {
        let date = self.words.composed().date_of(self.record.on);
        self.words.as_on().replace("{date}", &date)
    }

    /// What a meeting is called: "Cabinet, Wednesday 14 October 2026".
    pub(super) fn name_of(&self, meeting: &Published) -> String {
        format!("{}, {}", meeting.body.name, self.long_date(meeting.date))
    }
}

/// The page of a meeting.
pub(super) fn page_of(meeting: &Published) -> String {
    format!("{}/index.html", meeting.folder())
}

/// The page of a body.
pub(super) fn page_of_body(id: &str) -> String {
    format!("bodies/{id}/index.html")
}

/// The page of a member.
pub(super) fn page_of_member(slug: &str) -> String {
    format!("members/{slug}/index.html")
}

/// The relative address, from a page, of the folder that its path begins in.
fn up(path: &str) -> String {
    "../".repeat(path.matches('/').count())
}

/// The relative address of a page from another one whose path begins in the same folder.
pub(super) fn link(from: &str, to: &str) -> String {
    format!("{}{}", up(from), file_address(to))
}

/// "640 KB".
pub(super) fn size(bytes: usize) -> String {
    match bytes {
        0..1_000_000 => format!("{} KB", bytes.div_ceil(1000).max(1)),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
    }
}
