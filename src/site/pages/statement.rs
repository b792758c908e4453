//! The accessibility statement that SI 2018/952 (reg. 8) asks for, drafted from what is known of the
//! papers; a person reads it, completes it and signs it.

use serde::Serialize;

use super::home::home_link;
use crate::html::{Contact, HtmlError};
use crate::site::desk::{About, Desk, link, page_of};
use crate::site::published::Published;
use crate::site::view::Link;
use crate::write::Output;

/// How many documents it names, the newest first: more would be a list that nobody reads.
const NAMED: usize = 50;

#[derive(Serialize)]
struct Statement {
    welsh: bool,
    /// Whether everything that is published is fully accessible.
    full: bool,
    own: usize,
    third_party: usize,
    wanting: Vec<Wanting>,
    more: usize,
    contact: Option<Contact>,
    prepared: String,
}

#[derive(Serialize)]
struct Wanting {
    title: String,
    meeting: Link,
    third_party: bool,
    reasons: Vec<String>,
}

pub(super) fn statement(desk: &Desk<'_>) -> Result<Output, HtmlError> {
    let path = "accessibility/index.html";
    let newest = || desk.record.meetings.iter().rev();
    let all = newest().flat_map(|meeting| meeting.wanting.iter().map(move |one| (meeting, one)));
    let (mut own, mut third_party) = (0_usize, 0_usize);
    let mut wanting = Vec::new();
    for (meeting, one) in all {
        *(if one.third_party {
            &mut third_party
        } else {
            &mut own
        }) += 1;
        if wanting.len() < NAMED {
            wanting.push(Wanting {
                title: one.title.clone(),
                meeting: meeting_link(desk, path, meeting),
                third_party: one.third_party,
                reasons: one.reasons.clone(),
            });
        }
    }
    let clerk = newest().find_map(|meeting| meeting.body.clerk.clone());
    let statement = Statement {
        welsh: desk.words.lang() == "cy",
        full: own + third_party == 0,
        more: (own + third_party).saturating_sub(wanting.len()),
        own,
        third_party,
        wanting,
        contact: clerk.or_else(|| desk.record.council.letterhead.officer.clone()),
        prepared: desk.words.composed().date_of(desk.record.on),
    };
    let about = About {
        path: path.to_owned(),
        template: "statement.html",
        title: desk.words.accessibility().to_owned(),
        trail: vec![home_link(desk)],
        structured: None,
    };
    desk.page(about, statement)
}

fn meeting_link(desk: &Desk<'_>, from: &str, meeting: &Published) -> Link {
    Link {
        title: desk.name_of(meeting),
        href: link(from, &page_of(meeting)),
    }
}
