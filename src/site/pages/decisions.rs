//! What was decided: by the month of the meeting, as its minutes say.

use std::collections::BTreeMap;

use super::home::home_link;
use crate::html::HtmlError;
use crate::model::Date;
use crate::site::decisions::Minutes;
use crate::site::desk::{About, Desk, link};
use crate::site::published::Published;
use crate::site::view::{Decided, DecisionLine, DecisionsPage, Link, Links};
use crate::site::words::Words;
use crate::write::Output;

const LIST: &str = "decisions/index.html";

fn page_of((year, month): (i16, i8)) -> String {
    format!("decisions/{year:04}-{month:02}/index.html")
}

pub(super) fn all(desk: &Desk<'_>) -> Result<Vec<Output>, HtmlError> {
    let mut months: BTreeMap<(i16, i8), Vec<Decided>> = BTreeMap::new();
    for holder in desk.record.meetings {
        for minutes in desk.own(&holder.minutes) {
            if minutes.decisions.is_empty() {
                continue;
            }
            let date = minutes.date.0;
            let month = (date.year(), date.month());
            let path = page_of(month);
            months.entry(month).or_default().push(Decided {
                title: format!("{}, {}", holder.body.name, desk.long_date(minutes.date)),
                iso: minutes.date.to_string(),
                decisions: desk.decided(&path, holder, minutes),
            });
        }
    }
    let named = |(year, month): (i16, i8)| {
        let first = Date::new(year, month, 1);
        first.map_or_else(|_| year.to_string(), |first| desk.words.month(first))
    };
    let list = Links {
        heading: desk.words.decisions().to_owned(),
        intro: months
            .is_empty()
            .then(|| desk.words.decided_none().to_owned()),
        links: months
            .keys()
            .rev()
            .map(|month| Link {
                title: named(*month),
                href: link(LIST, &page_of(*month)),
            })
            .collect(),
    };
    let about = About {
        path: LIST.to_owned(),
        template: "links.html",
        title: desk.words.decisions().to_owned(),
        trail: vec![home_link(desk)],
        structured: None,
    };
    let mut pages = vec![desk.page(about, list)?];
    for (month, mut meetings) in months {
        meetings.sort_by(|one, other| (&other.iso, &one.title).cmp(&(&one.iso, &other.title)));
        let page = DecisionsPage {
            heading: format!("{}: {}", desk.words.decisions(), named(month)),
            meetings,
        };
        let about = About {
            path: page_of(month),
            template: "decisions.html",
            title: page.heading.clone(),
            trail: vec![
                home_link(desk),
                (desk.words.decisions().to_owned(), LIST.to_owned()),
            ],
            structured: None,
        };
        pages.push(desk.page(about, page)?);
    }
    Ok(pages)
}

impl Desk<'_> {
    /// The minutes in this language where there are any of a day, else all of that day.
    pub(super) fn own<'m>(&self, minutes: &'m [Minutes]) -> Vec<&'m Minutes> {
        let first = self.record.languages.first();
        let is_own = |one: &Minutes| match &one.lang {
            Some(lang) => Words::of(lang) == self.words,
            None => first == Some(&self.words),
        };
        minutes
            .iter()
            .filter(|one| {
                let mut same_day = minutes.iter().filter(|other| other.date == one.date);
                is_own(one) || !same_day.any(is_own)
            })
            .collect()
    }

    /// The decisions that some minutes record, each leading to them.
    pub(super) fn decided(
        &self,
        from: &str,
        holder: &Published,
        minutes: &Minutes,
    ) -> Vec<DecisionLine> {
        let page = format!("{}/{}", holder.folder(), holder.page.path);
        let href = format!("{}#{}", self.to_file(from, &page), minutes.key);
        let decisions = minutes.decisions.iter();
        decisions
            .map(|decision| DecisionLine {
                number: decision.number.clone(),
                heading: decision.heading.clone(),
                lang: minutes.lang.clone(),
                lines: decision
                    .lines
                    .iter()
                    .map(|line| (line.label.clone(), line.text.clone()))
                    .collect(),
                href: href.clone(),
            })
            .collect()
    }
}
