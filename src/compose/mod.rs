//! An edition becomes parts: engine-neutral headings, paragraphs, tables, links and page-number
//! slots.
//!
//! [`compose`] decides what is printed and in which words; it knows no sizes, fonts or pages.

mod accessibility;
pub mod agenda;
mod appendix;
pub mod carrier;
mod cited;
mod desk;
pub mod exempt;
pub mod front;
mod given;
pub mod issued;
pub mod large;
mod leaves;
pub mod marks;
pub mod minutes;
pub mod opening;
pub mod part;
mod report;
pub mod screen;
mod slots;
mod text;
pub mod volume;
pub mod words;

pub use slots::{filled, last_page_of, place_of, slots_in, standard_number_of};

use crate::edition::Edition;
use crate::model::{Access, Content, Item, PaperBody};
use crate::prose::Prose;
use carrier::has_sheet;
use desk::Desk;
use part::Part;
use words::Words;

/// The page about the accessibility of a pack, where the council wants it.
pub fn accessibility_page(edition: &Edition) -> Option<Part> {
    let desk = Desk::of(edition);
    (desk.meeting.accessibility_page).then(|| accessibility::part(&desk))
}

/// Prose as a part that belongs to no pack. `others` gives the anchor of `item:name`.
pub fn alone(
    key: &str,
    title: &str,
    prose: &Prose,
    others: &dyn Fn(&str) -> Option<String>,
) -> Part {
    let context = text::Context {
        key,
        top: 1,
        words: Words::English,
        item: None,
        items: others,
        paged: false,
    };
    let mut headings = text::Headings::after(0);
    Part {
        key: key.to_owned(),
        kind: part::PartKind::Appendix,
        title: title.to_owned(),
        lang: "en-GB".to_owned(),
        blocks: text::blocks(context, &mut headings, &prose.blocks),
        footnotes: text::footnotes(context, &prose.footnotes),
    }
}

/// Every part of an edition that has to be typeset. Files that travel as they are have none.
pub fn compose(edition: &Edition) -> Vec<Part> {
    let desk = Desk::of(edition);
    let mut parts = vec![front::sheet(&desk)];
    if desk.meeting.is_call() && desk.meeting.council.pack.membership_page {
        parts.push(front::distribution(&desk));
    }
    for item in edition.meeting().items() {
        for gone in issued::gone(desk.meeting, item) {
            parts.push(leaves::gone(&desk, item, &gone));
        }
        item_parts(&desk, item, &mut parts);
    }
    for part in &mut parts {
        cited::as_published(desk.meeting, part);
    }
    parts.extend(accessibility_page(edition));
    parts
}

/// The leaf that a draft has in place of a paper or an appendix that could not be set.
pub fn instead_of(edition: &Edition, part: &Part) -> Option<Part> {
    let holds = |item: &&Item| {
        let papers = item.papers.iter().map(|paper| &paper.key);
        let appendices = item.all_appendices().map(|appendix| &appendix.key);
        papers.chain(appendices).any(|key| *key == part.key)
    };
    let item = edition.meeting().items().find(holds)?;
    let desk = Desk::of(edition);
    Some(leaves::not_attached(&desk, item, &part.key, &part.title))
}

/// The parts of an item: its leaf, its papers and its appendices.
fn item_parts(desk: &Desk<'_>, item: &Item, parts: &mut Vec<Part>) {
    if let Some(withheld) = &item.withheld {
        parts.push(leaves::withheld(desk, item, &item.key, "", withheld));
        return;
    }
    if has_sheet(desk.meeting, item) {
        parts.push(leaves::item_sheet(desk, item));
    }
    for paper in &item.papers {
        exempt_leaf(desk, item, &paper.key, &paper.access, parts);
        match &paper.body {
            PaperBody::Report(report) => {
                let desk = desk.speaking(report.lang.as_ref());
                parts.push(report::part(&desk, item, paper, report));
            }
            PaperBody::Minutes(minutes) => {
                let desk = desk.speaking(minutes.lang.as_ref());
                parts.push(minutes::part(&desk, item, paper, minutes));
            }
            PaperBody::Pdf(_) => {}
            PaperBody::Missing => {
                parts.push(leaves::not_attached(desk, item, &paper.key, &paper.title));
            }
            PaperBody::Withheld(withheld) => {
                parts.push(leaves::withheld(desk, item, &paper.key, "", withheld));
            }
        }
    }
    for appendix in item.all_appendices() {
        if !matches!(appendix.content, Content::Withheld(_)) {
            exempt_leaf(desk, item, &appendix.key, &appendix.access, parts);
        }
        parts.extend(appendix::part(desk, item, appendix));
    }
}

fn exempt_leaf(desk: &Desk<'_>, item: &Item, key: &str, access: &Access, parts: &mut Vec<Part>) {
    if desk.meeting.council.pack.exempt_leaf {
        parts.extend(leaves::exempt(desk, item, key, access));
    }
}
