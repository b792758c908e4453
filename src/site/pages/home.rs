//! The first page, what is to follow, and the page to search from.

use crate::html::{self, HtmlError};
use crate::site::desk::{About, Desk, link, page_of, page_of_body};
use crate::site::search::{chunk, script};
use crate::site::view::{Follows, ForthcomingPage, Home, Line, Link, News, SearchPage};
use crate::write::Output;

/// How many papers the first page shows.
const LATEST: usize = 10;

pub(super) fn home(desk: &Desk<'_>) -> Result<Output, HtmlError> {
    let path = "index.html";
    let mut news = Vec::new();
    for meeting in desk.record.meetings {
        let mut add = |day, what: String| news.push((day, what, meeting));
        add(meeting.published, desk.words.agenda_published().to_owned());
        for issued in &meeting.supplements {
            let number = issued.number.to_string();
            let what = desk.words.supplement_published();
            add(issued.published, what.replace("{number}", &number));
        }
    }
    news.sort_by(|(one, _, _), (other, _, _)| other.cmp(one));
    let latest = news
        .into_iter()
        .take(LATEST)
        .map(|(day, what, meeting)| News {
            date: desk.long_date(day),
            iso: day.to_string(),
            what,
            title: desk.name_of(meeting),
            href: link(path, &page_of(meeting)),
        });
    let bodies = desk.record.bodies().into_iter().map(|body| Link {
        title: body.name.clone(),
        href: link(path, &page_of_body(&body.id)),
    });
    let about = About {
        path: path.to_owned(),
        template: "home.html",
        title: desk.words.site_title().to_owned(),
        trail: Vec::new(),
        structured: None,
    };
    let home = Home {
        on: desk.on(),
        coming: desk.coming(path, None),
        latest: latest.collect(),
        bodies: bodies.collect(),
    };
    desk.page(about, home)
}

pub(super) fn forthcoming(desk: &Desk<'_>) -> Result<Output, HtmlError> {
    let path = "forthcoming/index.html";
    let meetings = desk.record.meetings.iter();
    let coming = meetings.filter(|meeting| meeting.date.0 >= desk.record.on);
    let follows = coming.flat_map(|meeting| {
        let items = meeting.items.iter().filter(|item| item.follows);
        items.map(move |item| Follows {
            title: desk.title(item),
            href: link(path, &desk.page_of_item(meeting, item)),
            meeting: desk.name_of(meeting),
            due: item.due.map(|due| {
                let date = desk.long_date(due);
                desk.words.due().replace("{date}", &date)
            }),
        })
    });
    let announced = desk.record.announced().into_iter();
    let announced: Vec<Line> = announced
        .map(|(day, body)| desk.announced(day, body))
        .collect();
    let page = ForthcomingPage {
        on: desk.on(),
        follows: follows.collect(),
        announced,
    };
    let about = About {
        path: path.to_owned(),
        template: "forthcoming.html",
        title: desk.words.forthcoming().to_owned(),
        trail: vec![home_link(desk)],
        structured: None,
    };
    desk.page(about, page)
}

pub(super) fn search(desk: &Desk<'_>) -> Result<Output, HtmlError> {
    let about = About {
        path: "search/index.html".to_owned(),
        template: "search.html",
        title: desk.words.search().to_owned(),
        trail: vec![home_link(desk)],
        structured: None,
    };
    let script_html = script();
    let page = SearchPage {
        script_hash: html::hash(&script_html),
        script_html,
        heading: desk.words.search().to_owned(),
        language: desk.at,
        chunk: chunk(),
    };
    desk.page(about, page)
}

/// The beginning of every trail.
pub(super) fn home_link(desk: &Desk<'_>) -> (String, String) {
    (desk.words.home().to_owned(), "index.html".to_owned())
}
