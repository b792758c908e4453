//! The page of a meeting, and a page for each of its items, whose addresses last.

use super::home::home_link;
use crate::html::HtmlError;
use crate::site::data;
use crate::site::desk::{About, Desk, link, page_of, page_of_body, size};
use crate::site::published::{Document, Item, Published};
use crate::site::view::{
    DocumentLine, Form, Group, ItemLine, ItemPage, Link, MeetingPage, NoticeLine, SupplementLine,
};
use crate::write::Output;

pub(super) fn all(desk: &Desk<'_>, meeting: &Published) -> Result<Vec<Output>, HtmlError> {
    let mut pages = vec![page(desk, meeting)?];
    for (at, item) in meeting.items.iter().enumerate() {
        pages.push(item_page(desk, meeting, at, item)?);
    }
    Ok(pages)
}

fn page(desk: &Desk<'_>, meeting: &Published) -> Result<Output, HtmlError> {
    let path = page_of(meeting);
    let said = meeting.said.get(desk.at);
    let form = |title, file: &crate::site::published::File| Form {
        title,
        href: desk.to_file(&path, &format!("{}/{}", meeting.folder(), file.path)),
        size: match file.pages {
            Some(pages) => format!(
                "{}, {}",
                desk.words.composed().page_count(pages),
                size(file.bytes)
            ),
            None => size(file.bytes),
        },
    };
    let (minutes, mut decisions) = minutes(desk, &path, meeting);
    let notice = meeting.notice.as_ref();
    if let Some(notice) = notice.filter(|_| minutes.is_empty()) {
        decisions = desk.noticed(&path, meeting, notice);
    }
    let notice = notice.map(|notice| NoticeLine {
        published: desk.dated(notice.published),
        call_in: desk.call_in(notice),
        files: vec![
            form(desk.words.notice_web(), &notice.page),
            form(desk.words.notice_pdf(), &notice.pdf),
        ],
    });
    let own = MeetingPage {
        line: desk.line(&path, meeting),
        ends: meeting.ends.as_deref().map(|time| desk.time(time)),
        body_href: link(&path, &page_of_body(&meeting.body.id)),
        changes: said.map(|said| said.changes.clone()).unwrap_or_default(),
        open_to: said.and_then(|said| said.open_to.clone()),
        summons: said.and_then(|said| said.summons.clone()),
        published: desk.dated(meeting.published),
        groups: groups(desk, &path, meeting),
        files: vec![
            form(desk.words.read_web(), &meeting.page),
            form(desk.words.download_pdf(), &meeting.pdf),
            form(desk.words.download_large(), &meeting.large_print),
        ],
        data: desk.to_file(&path, &format!("{}/meeting.json", meeting.folder())),
        supplements: supplements(desk, &path, meeting),
        minutes,
        decisions,
        notice,
        notices: meeting.notices.clone(),
        next: said.and_then(|said| said.next.clone()),
        officer: meeting.council.letterhead.officer.clone(),
        clerk: meeting.body.clerk.clone(),
    };
    let about = About {
        template: "meeting.html",
        title: desk.name_of(meeting),
        trail: vec![
            home_link(desk),
            (meeting.body.name.clone(), page_of_body(&meeting.body.id)),
        ],
        structured: Some(data::event(desk.record, meeting)),
        path,
    };
    desk.page(about, own)
}

/// Where the minutes of a meeting are, and what they say was decided.
fn minutes(
    desk: &Desk<'_>,
    path: &str,
    meeting: &Published,
) -> (Vec<Link>, Vec<crate::site::view::DecisionLine>) {
    let mut links = Vec::new();
    let mut decisions = Vec::new();
    for holder in desk.record.of_body(&meeting.body.id) {
        for minutes in desk.own(&holder.minutes) {
            if minutes.date != meeting.date {
                continue;
            }
            let item = holder.items.iter().find(|item| item.slug == minutes.item);
            let Some(item) = item else { continue };
            links.push(Link {
                title: desk
                    .words
                    .minutes_in()
                    .replace("{date}", &desk.long_date(holder.date))
                    .replace("{item}", &item.number),
                href: link(path, &desk.page_of_item(holder, item)),
            });
            decisions.extend(desk.decided(path, holder, minutes));
        }
    }
    (links, decisions)
}

/// The agenda, its items under the parts that they are in.
fn groups(desk: &Desk<'_>, path: &str, meeting: &Published) -> Vec<Group> {
    let said = meeting.said.get(desk.at);
    let parts = said.map(|said| said.parts.as_slice()).unwrap_or_default();
    let group = |part: Option<usize>| {
        let (title, text) = part.and_then(|part| parts.get(part)).cloned().unzip();
        Group {
            title,
            text: text.unwrap_or_default(),
            items: Vec::new(),
        }
    };
    let mut groups: Vec<Group> = Vec::new();
    let mut announced = 0;
    for item in &meeting.items {
        let begins = item.part.filter(|part| *part >= announced);
        if let Some(part) = begins {
            groups.extend((announced..=part).map(|part| group(Some(part))));
            announced = part + 1;
        }
        if groups.is_empty() {
            groups.push(group(None));
        }
        if let Some(group) = groups.last_mut() {
            group.items.push(item_line(desk, path, meeting, item));
        }
    }
    groups.extend((announced..parts.len()).map(|part| group(Some(part))));
    groups
}

fn item_line(desk: &Desk<'_>, path: &str, meeting: &Published, item: &Item) -> ItemLine {
    let documents = item.documents.iter();
    ItemLine {
        number: item.number.clone(),
        title: desk.title(item),
        href: link(path, &desk.page_of_item(meeting, item)),
        depth: item.depth.min(3),
        withdrawn: item.withdrawn,
        lines: item
            .said
            .get(desk.at)
            .map(|said| said.lines.clone())
            .unwrap_or_default(),
        documents: documents
            .map(|document| desk.document(path, meeting, item, document))
            .collect(),
    }
}

fn supplements(desk: &Desk<'_>, path: &str, meeting: &Published) -> Vec<SupplementLine> {
    let issued = meeting.supplements.iter();
    issued
        .map(|issued| SupplementLine {
            what: desk
                .words
                .supplement_published()
                .replace("{number}", &issued.number.to_string()),
            date: desk.long_date(issued.published),
            iso: issued.published.to_string(),
            documents: issued
                .documents
                .iter()
                .filter_map(|key| meeting.document(key))
                .map(|(item, document)| Link {
                    title: document.title.clone(),
                    href: link(path, &desk.page_of_item(meeting, item)),
                })
                .collect(),
        })
        .collect()
}

fn item_page(
    desk: &Desk<'_>,
    meeting: &Published,
    at: usize,
    item: &Item,
) -> Result<Output, HtmlError> {
    let path = desk.page_of_item(meeting, item);
    let said = item.said.get(desk.at);
    let to = |item: &Item| Link {
        title: format!("{} {}", item.number, desk.title(item)),
        href: link(&path, &desk.page_of_item(meeting, item)),
    };
    let beside = |at: Option<usize>| meeting.items.get(at?).map(&to);
    let inside = meeting.items[at + 1..].iter();
    let inside = inside.take_while(|inner| inner.depth > item.depth);
    let own = ItemPage {
        number: item.number.clone(),
        title: desk.title(item),
        withdrawn: item.withdrawn,
        meeting: Link {
            title: meeting.body.name.clone(),
            href: link(&path, &page_of(meeting)),
        },
        date: desk.dated(meeting.date),
        facts: said.map(|said| said.facts.clone()).unwrap_or_default(),
        text: said.map(|said| said.text.clone()).unwrap_or_default(),
        sub: said.map(|said| said.sub.clone()).unwrap_or_default(),
        lines: said.map(|said| said.lines.clone()).unwrap_or_default(),
        documents: item
            .documents
            .iter()
            .map(|document| desk.document(&path, meeting, item, document))
            .collect(),
        inner: inside
            .filter(|inner| inner.depth == item.depth + 1)
            .map(to)
            .collect(),
        earlier: beside(at.checked_sub(1)),
        later: beside(Some(at + 1)),
    };
    let about = About {
        path: path.clone(),
        template: "item.html",
        title: format!("{} {}: {}", item.number, own.title, desk.name_of(meeting)),
        trail: vec![
            home_link(desk),
            (meeting.body.name.clone(), page_of_body(&meeting.body.id)),
            (desk.long_date(meeting.date), page_of(meeting)),
        ],
        structured: None,
    };
    desk.page(about, own)
}

impl Desk<'_> {
    /// The page of an item: "meetings/2026-09-14-cabinet/4/index.html".
    pub(super) fn page_of_item(&self, meeting: &Published, item: &Item) -> String {
        format!("{}/{}/index.html", meeting.folder(), item.slug)
    }

    /// "Minutes", and in which language where it is another one.
    fn minutes(&self, lang: Option<&str>) -> String {
        let words = self.words.composed();
        match lang {
            Some(lang) => format!("{} ({})", words.minutes(), words.language_name(lang)),
            None => words.minutes().to_owned(),
        }
    }

    /// The title of an item, or that it is not for publication.
    pub(super) fn title(&self, item: &Item) -> String {
        match item.title.as_str() {
            "" => self.words.composed().no_title().to_owned(),
            title => title.to_owned(),
        }
    }

    fn document(
        &self,
        from: &str,
        meeting: &Published,
        item: &Item,
        document: &Document,
    ) -> DocumentLine {
        let file = |name: &str| self.to_file(from, &format!("{}/{name}", meeting.folder()));
        DocumentLine {
            title: if document.is_minutes {
                self.minutes(document.lang.as_deref())
            } else if document.title == item.title {
                self.words.composed().report().to_owned()
            } else if document.withheld {
                let words = self.words.composed();
                format!("{}: {}", document.title, words.not_for_publication())
            } else {
                document.title.clone()
            },
            href: format!("{}#{}", file(&meeting.page.path), document.key),
            in_pack: format!("{}#page={}", file(&meeting.pdf.path), document.page),
            pages: document.numbers.map(|(first, last)| {
                let words = self.words.composed();
                words.page_range(&first.to_string(), &last.to_string())
            }),
            file: document
                .file
                .as_ref()
                .map(|own| (file(&own.path), size(own.bytes))),
            since: document.since.map(|since| {
                let date = self.words.composed().date_of(since.0);
                self.words.since().replace("{date}", &date)
            }),
        }
    }
}
