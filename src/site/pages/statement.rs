//! The accessibility statement that SI 2018/952 (reg. 8) asks for, drafted from what is known of the
//! papers; a person reads it, completes it and signs it.

use serde::Serialize;

use super::home::home_link;
use crate::html::{Contact, HtmlError};
use crate::model::Date;
use crate::site::desk::{About, Desk, link, page_of};
use crate::site::published::Published;
use crate::site::view::Link;
use crate::write::Output;

/// How many documents of a kind it names, the newest first: more would be a list that nobody reads.
const NAMED: usize = 50;

#[derive(Serialize)]
struct Statement {
    welsh: bool,
    northern_ireland: bool,
    /// Where the site is, where that is known.
    scope: Option<String>,
    /// Whether everything that is published is fully accessible.
    full: bool,
    /// What the regulations apply to.
    own: Listed,
    /// What others made, whom the council neither pays nor controls (reg. 4(2)(e)).
    third_party: Listed,
    /// What was published before the regulations apply to it (reg. 4(2)(a)).
    old: Listed,
    contact: Option<Contact>,
    prepared: String,
}

/// The documents of one kind.
#[derive(Default, Serialize)]
struct Listed {
    count: usize,
    named: Vec<Wanting>,
    /// How many are not named.
    more: usize,
}

#[derive(Serialize)]
struct Wanting {
    title: String,
    meeting: Link,
    reasons: Vec<String>,
}

/// The day from which on documents have to be accessible when they are published.
const APPLIES_FROM: Date = Date::constant(2018, 9, 23);

pub(super) fn statement(desk: &Desk<'_>) -> Result<Output, HtmlError> {
    let path = "accessibility/index.html";
    let newest = || desk.record.meetings.iter().rev();
    let [mut own, mut third_party, mut old] = <[Listed; 3]>::default();
    for meeting in newest() {
        for one in &meeting.wanting {
            let listed = if meeting.published.0 < APPLIES_FROM {
                &mut old
            } else if one.third_party {
                &mut third_party
            } else {
                &mut own
            };
            listed.count += 1;
            if listed.named.len() < NAMED {
                listed.named.push(Wanting {
                    title: one.title.clone(),
                    meeting: meeting_link(desk, path, meeting),
                    reasons: one.reasons.clone(),
                });
            } else {
                listed.more += 1;
            }
        }
    }
    let clerk = newest().find_map(|meeting| meeting.body.clerk.clone());
    let statement = Statement {
        welsh: desk.words.lang() == "cy",
        northern_ireland: desk.record.council.northern_ireland,
        scope: desk.record.council.base.clone(),
        full: own.count + third_party.count + old.count == 0,
        own,
        third_party,
        old,
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
