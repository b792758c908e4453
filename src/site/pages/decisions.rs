//! What was decided: by the month of the meeting, as its minutes say.

use std::collections::BTreeMap;

use super::home::home_link;
use crate::html::HtmlError;
use crate::model::Date;
use crate::site::day::Day;
use crate::site::decisions::{Decision, Minutes};
use crate::site::desk::{About, Desk, link};
use crate::site::published::{Notice, Published};
use crate::site::view::{Decided, DecisionLine, DecisionsPage, Link, Links};
use crate::site::words::Words;
use crate::write::Output;

const LIST: &str = "decisions/index.html";

fn page_of((year, month): (i16, i8)) -> String {
    format!("decisions/{year:04}-{month:02}/index.html")
}

fn month_of(day: Day) -> (i16, i8) {
    (day.0.year(), day.0.month())
}

pub(super) fn all(desk: &Desk<'_>) -> Result<Vec<Output>, HtmlError> {
    let mut months: BTreeMap<(i16, i8), Vec<Decided>> = BTreeMap::new();
    for holder in desk.record.meetings {
        for minutes in desk.own(&holder.minutes) {
            if minutes.decisions.is_empty() {
                continue;
            }
            let month = month_of(minutes.date);
            let mut meetings = desk.record.of_body(&holder.body.id);
            let meeting = meetings.find(|meeting| meeting.date == minutes.date);
            let notice = meeting.and_then(|meeting| meeting.notice.as_ref());
            months.entry(month).or_default().push(Decided {
                title: format!("{}, {}", holder.body.name, desk.long_date(minutes.date)),
                iso: minutes.date.to_string(),
                call_in: notice.and_then(|notice| desk.call_in(notice)),
                decisions: desk.decided(&page_of(month), holder, minutes),
            });
        }
    }
    for meeting in desk.record.meetings {
        let notice = meeting.notice.as_ref();
        let Some(notice) = notice.filter(|_| !desk.record.is_minuted(meeting)) else {
            continue;
        };
        let month = month_of(meeting.date);
        months.entry(month).or_default().push(Decided {
            title: desk.name_of(meeting),
            iso: meeting.date.to_string(),
            call_in: desk.call_in(notice),
            decisions: desk.noticed(&page_of(month), meeting, notice),
        });
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
            .map(|decision| line(decision, minutes.lang.clone(), href.clone()))
            .collect()
    }

    /// The decisions of a notice, each leading to its paper.
    pub(super) fn noticed(
        &self,
        from: &str,
        meeting: &Published,
        notice: &Notice,
    ) -> Vec<DecisionLine> {
        let page = format!("{}/{}", meeting.folder(), notice.page.path);
        let page = self.to_file(from, &page);
        let decisions = notice.decisions.iter();
        decisions
            .map(|(key, decision)| line(decision, None, format!("{page}#{key}")))
            .collect()
    }
}

fn line(decision: &Decision, lang: Option<String>, href: String) -> DecisionLine {
    let lines = decision.lines.iter();
    DecisionLine {
        number: decision.number.clone(),
        heading: decision.heading.clone(),
        lang,
        lines: lines
            .map(|line| (line.label.clone(), line.text.clone()))
            .collect(),
        href,
    }
}
