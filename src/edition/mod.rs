//! Which reader gets what of a meeting.
//!
//! [`Edition::of`] is the only way to an edition. What its audience may not see is not in it: a
//! withheld document leaves a [`Withheld`] behind, which knows why and how many pages, and nothing
//! else. Everything after this room sees editions only, so nothing withheld can reach an output.

use std::collections::BTreeMap;

use crate::model::{
    Access, Appendix, Audience, Content, Item, Meeting, Paper, PaperBody, Withheld,
};

/// How many pages each withheld document takes in the members' edition, by the document's key.
pub type WithheldPages = BTreeMap<String, u32>;

/// What one kind of reader gets of a meeting.
#[derive(Debug, Clone, PartialEq)]
pub struct Edition {
    audience: Audience,
    meeting: Meeting,
}

impl Edition {
    /// The edition of a meeting for an audience. `pages` says how many page numbers to leave free
    /// for what is withheld; a document that is not in it leaves none.
    pub fn of(meeting: &Meeting, audience: Audience, pages: &WithheldPages) -> Self {
        let mut meeting = meeting.clone();
        for item in &mut meeting.agenda.items {
            withhold_item(item, audience, pages);
        }
        Self { audience, meeting }
    }

    /// Who it is for.
    pub fn audience(&self) -> Audience {
        self.audience
    }

    /// The meeting as this audience may see it.
    pub fn meeting(&self) -> &Meeting {
        &self.meeting
    }
}

fn withhold_item(item: &mut Item, audience: Audience, pages: &WithheldPages) {
    if item.access.admits(audience) {
        for paper in &mut item.papers {
            withhold_paper(paper, audience, pages);
        }
        for appendix in &mut item.appendices {
            withhold_appendix(appendix, audience, pages);
        }
        for inner in &mut item.items {
            withhold_item(inner, audience, pages);
        }
    } else {
        let keys = item
            .papers
            .iter()
            .map(|paper| &paper.key)
            .chain(item.all_appendices().map(|appendix| &appendix.key))
            .chain([&item.key]);
        let count = keys.filter_map(|key| pages.get(key)).sum();
        *item = Item {
            number: item.number.clone(),
            key: item.key.clone(),
            title: crate::finding::Spanned::new(
                item.public_title.clone().unwrap_or_default(),
                item.title.span,
            ),
            heading: None,
            public_title: item.public_title.clone(),
            kind: item.kind.clone(),
            part: item.part,
            text: None,
            sub: Vec::new(),
            time: None,
            officer: None,
            note: None,
            access: item.access.clone(),
            reference: None,
            application: Default::default(),
            revision: None,
            supersedes: None,
            supplement: None,
            papers: Vec::new(),
            appendices: Vec::new(),
            items: Vec::new(),
            withheld: Some(Withheld {
                access: item.access.clone(),
                pages: count,
            }),
            span: item.span,
        };
    }
}

fn withheld(access: &Access, key: &str, pages: &WithheldPages) -> Withheld {
    Withheld {
        access: access.clone(),
        pages: pages.get(key).copied().unwrap_or(0),
    }
}

fn withhold_paper(paper: &mut Paper, audience: Audience, pages: &WithheldPages) {
    if !paper.access.admits(audience) {
        paper.body = PaperBody::Withheld(withheld(&paper.access, &paper.key, pages));
        paper.title.clear();
        paper.source = None;
    }
    for appendix in &mut paper.appendices {
        withhold_appendix(appendix, audience, pages);
    }
}

fn withhold_appendix(appendix: &mut Appendix, audience: Audience, pages: &WithheldPages) {
    if !appendix.access.admits(audience) {
        let title_span = appendix.title.span;
        *appendix = Appendix {
            key: appendix.key.clone(),
            position: appendix.position,
            label: appendix.label.clone(),
            title: crate::finding::Spanned::new(String::new(), title_span),
            content: Content::Withheld(withheld(&appendix.access, &appendix.key, pages)),
            source: None,
            origin: None,
            summary: None,
            access: appendix.access.clone(),
            alternative: None,
            alternative_source: None,
            lang: None,
            accept_redaction: None,
            span: appendix.span,
        };
    }
}
