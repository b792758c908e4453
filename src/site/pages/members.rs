//! Who sits on what: the list of members, and a page for each.

use std::collections::BTreeMap;

use super::home::home_link;
use crate::html::HtmlError;
use crate::site::desk::{About, Desk, link, page_of_body, page_of_member};
use crate::site::names::in_lists;
use crate::site::published::Body;
use crate::site::view::{Link, Links, MemberPage, Seat};
use crate::write::Output;

pub(super) fn all(desk: &Desk<'_>) -> Result<Vec<Output>, HtmlError> {
    let mut members: BTreeMap<&str, MemberPage> = BTreeMap::new();
    for body in desk.record.bodies() {
        for places in body.places.get(desk.at).into_iter().flatten() {
            for member in &places.members {
                let Some(slug) = &member.slug else { continue };
                let known = members.entry(slug).or_insert_with(|| MemberPage {
                    name: member.name.clone(),
                    seats: Vec::new(),
                });
                known.seats.push(Seat {
                    body: body.name.clone(),
                    href: link(&page_of_member(slug), &page_of_body(&body.id)),
                    place: places.heading.clone(),
                    note: member.note.clone(),
                    attended: attended(desk, body, slug),
                });
            }
        }
    }
    let list = "members/index.html";
    let mut listed: Vec<_> = members.iter().collect();
    listed.sort_by_cached_key(|(_, member)| in_lists(&member.name));
    let links = Links {
        heading: desk.words.people().to_owned(),
        intro: None,
        links: listed
            .into_iter()
            .map(|(slug, member)| Link {
                title: member.name.clone(),
                href: link(list, &page_of_member(slug)),
            })
            .collect(),
    };
    let about = About {
        path: list.to_owned(),
        template: "links.html",
        title: desk.words.people().to_owned(),
        trail: vec![home_link(desk)],
        structured: None,
    };
    let mut pages = vec![desk.page(about, links)?];
    for (slug, member) in members {
        let about = About {
            path: page_of_member(slug),
            template: "member.html",
            title: member.name.clone(),
            trail: vec![
                home_link(desk),
                (desk.words.people().to_owned(), list.to_owned()),
            ],
            structured: None,
        };
        pages.push(desk.page(about, member)?);
    }
    Ok(pages)
}

/// How many meetings a member attended, if the council wants that said and minutes are published.
fn attended(desk: &Desk<'_>, body: &Body, slug: &str) -> Option<String> {
    if !desk.record.council.attendance {
        return None;
    }
    // Minutes may be there in two languages.
    let minutes: BTreeMap<_, _> = desk
        .record
        .of_body(&body.id)
        .flat_map(|meeting| &meeting.minutes)
        .map(|minutes| (minutes.date, minutes))
        .collect();
    let was = |names: &[String]| names.iter().any(|name| name == slug);
    let present = minutes.values().filter(|minutes| was(&minutes.present));
    let present = present.count();
    let away = minutes.values().filter(|minutes| was(&minutes.apologies));
    let all = present + away.count();
    (all > 0).then(|| {
        let words = desk.words.attended();
        words
            .replace("{present}", &present.to_string())
            .replace("{all}", &all.to_string())
    })
}
