//! The calendar: a list of months, and a page for each.

use std::collections::BTreeMap;

use super::home::home_link;
use crate::html::HtmlError;
use crate::model::Date;
use crate::site::desk::{About, Desk, link};
use crate::site::view::{Line, Link, Links, Month};
use crate::write::Output;

const LIST: &str = "calendar/index.html";

/// A month by its year and number.
type Known = (i16, i8);

fn page_of((year, month): Known) -> String {
    format!("calendar/{year:04}-{month:02}/index.html")
}

pub(super) fn all(desk: &Desk<'_>) -> Result<Vec<Output>, HtmlError> {
    let mut months: BTreeMap<Known, Vec<Line>> = BTreeMap::new();
    let mut add = |date: Date, line: &dyn Fn(&str) -> Line| {
        let month = (date.year(), date.month());
        let line = line(&page_of(month));
        months.entry(month).or_default().push(line);
    };
    for meeting in desk.record.meetings {
        add(meeting.date.0, &|from| desk.line(from, meeting));
    }
    for (day, body) in desk.record.announced() {
        add(day.0, &|_| desk.announced(day, body));
    }
    let known: Vec<Known> = months.keys().copied().collect();
    let links = known.iter().rev().map(|month| Link {
        title: named(desk, *month),
        href: link(LIST, &page_of(*month)),
    });
    let list = Links {
        heading: desk.words.calendar().to_owned(),
        intro: None,
        links: links.collect(),
    };
    let about = About {
        path: LIST.to_owned(),
        template: "calendar.html",
        title: desk.words.calendar().to_owned(),
        trail: vec![home_link(desk)],
        structured: None,
    };
    let mut pages = vec![desk.page(about, list)?];
    for (at, (month, mut lines)) in months.into_iter().enumerate() {
        lines.sort_by(|one, other| (&one.iso, &one.body).cmp(&(&other.iso, &other.body)));
        let path = page_of(month);
        let beside = |at: Option<usize>| {
            let month = *known.get(at?)?;
            Some(Link {
                title: named(desk, month),
                href: link(&path, &page_of(month)),
            })
        };
        let page = Month {
            heading: named(desk, month),
            lines,
            earlier: beside(at.checked_sub(1)),
            later: beside(Some(at + 1)),
        };
        let about = About {
            template: "month.html",
            title: format!("{}: {}", desk.words.meetings(), page.heading),
            trail: vec![
                home_link(desk),
                (desk.words.calendar().to_owned(), LIST.to_owned()),
            ],
            structured: None,
            path: path.clone(),
        };
        pages.push(desk.page(about, page)?);
    }
    Ok(pages)
}

fn named(desk: &Desk<'_>, (year, month): Known) -> String {
    Date::new(year, month, 1).map_or_else(
        |_| format!("{year}-{month:02}"),
        |first| desk.words.month(first),
    )
}
