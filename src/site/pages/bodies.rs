//! What meets: the list of bodies, and a page for each.

use super::home::home_link;
use crate::html::HtmlError;
use crate::site::desk::{About, Desk, link, page_of_body, page_of_member};
use crate::site::published::{self, Body};
use crate::site::view::{BodyPage, Link, Links, MemberLine, Places, Year};
use crate::write::Output;

pub(super) fn all(desk: &Desk<'_>) -> Result<Vec<Output>, HtmlError> {
    let bodies = desk.record.bodies();
    let list = "bodies/index.html";
    let about = About {
        path: list.to_owned(),
        template: "links.html",
        title: desk.words.bodies().to_owned(),
        trail: vec![home_link(desk)],
        structured: None,
    };
    let links = Links {
        heading: desk.words.bodies().to_owned(),
        intro: None,
        links: bodies
            .iter()
            .map(|body| Link {
                title: body.name.clone(),
                href: link(list, &page_of_body(&body.id)),
            })
            .collect(),
    };
    let mut pages = vec![desk.page(about, links)?];
    for body in bodies {
        pages.push(one(desk, body)?);
    }
    Ok(pages)
}

fn one(desk: &Desk<'_>, body: &Body) -> Result<Output, HtmlError> {
    let path = page_of_body(&body.id);
    let mut past: Vec<Year> = Vec::new();
    let meetings: Vec<_> = desk.record.of_body(&body.id).collect();
    let earlier = meetings.iter().rev();
    for meeting in earlier.filter(|meeting| meeting.date.0 < desk.record.on) {
        let year = meeting.date.0.year().to_string();
        let line = desk.line(&path, meeting);
        match past.last_mut().filter(|last| last.year == year) {
            Some(last) => last.lines.push(line),
            None => past.push(Year {
                year,
                lines: vec![line],
            }),
        }
    }
    let page = BodyPage {
        name: body.name.clone(),
        clerk: body.clerk.clone(),
        places: desk.places(&path, body),
        coming: desk.coming(&path, Some(&body.id)),
        past,
        calendar: desk.to_file(&path, &format!("bodies/{}/calendar.ics", body.id)),
        feed: desk.to_file(&path, &format!("bodies/{}/feed.xml", body.id)),
    };
    let about = About {
        template: "body.html",
        title: body.name.clone(),
        trail: vec![
            home_link(desk),
            (
                desk.words.bodies().to_owned(),
                "bodies/index.html".to_owned(),
            ),
        ],
        structured: None,
        path,
    };
    desk.page(about, page)
}

impl Desk<'_> {
    /// The membership of a body.
    fn places(&self, from: &str, body: &Body) -> Vec<Places> {
        let places = body.places.get(self.at).into_iter().flatten();
        let member = |member: &published::Member| MemberLine {
            name: member.name.clone(),
            note: member.note.clone(),
            href: member
                .slug
                .as_ref()
                .map(|slug| link(from, &page_of_member(slug))),
        };
        places
            .map(|places| Places {
                heading: places.heading.clone(),
                members: places.members.iter().map(member).collect(),
            })
            .collect()
    }
}
