//! Which reader gets which parts of a meeting.
//!
//! [`Edition::of`] is the only way to an edition. What its audience may not see is not in it: a
//! withheld document leaves a [`Withheld`] behind, which knows why and how many pages, and nothing
//! else. Everything after this room sees editions only, so nothing withheld can reach an output.

mod hidden;
mod supplement;
mod unread;

pub use hidden::Hidden;
pub use supplement::{consolidated, supplement};

use std::collections::{BTreeMap, BTreeSet};

use crate::finding::Spanned;
use crate::model::{
    Access, Agenda, Appendix, Application, Audience, Content, Item, Meeting, MinuteBlock, Paper,
    PaperBody, SourceName, Withdrawal, Withheld,
};
use crate::prose::{Block, BlockKind};

/// How many page numbers each withheld document or item takes in the members' edition, by its key;
/// an item's count with those of all its papers and of the items inside it.
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
        let meeting = Gate { audience, pages }.meeting(meeting);
        Self { audience, meeting }
    }

    /// Who it is for.
    pub fn audience(&self) -> Audience {
        self.audience
    }

    /// The files that the edition is made from: papers, appendices and the images in them that this
    /// audience may see, and the logo.
    pub fn sources(&self) -> BTreeSet<SourceName> {
        let mut sources = BTreeSet::new();
        sources.extend(
            self.meeting
                .council
                .style
                .logo
                .iter()
                .map(|logo| logo.file.clone()),
        );
        for item in self.meeting.items() {
            for paper in &item.papers {
                sources.extend(paper.source.clone());
                sources.extend(paper.alternative_source.clone());
                if let Some(Content::Prose(prose)) = paper.alternative.as_deref() {
                    images(&prose.blocks, &mut sources);
                }
                match &paper.body {
                    PaperBody::Report(report) => {
                        images(
                            report.body.iter().map(|numbered| &numbered.block),
                            &mut sources,
                        );
                    }
                    PaperBody::Minutes(minutes) => {
                        let blocks = minutes.minutes.iter().flat_map(|minute| &minute.blocks);
                        images(
                            blocks.flat_map(|block| match block {
                                MinuteBlock::Text(block) => std::slice::from_ref(block),
                                MinuteBlock::Decision(blocks) => blocks,
                            }),
                            &mut sources,
                        );
                    }
                    PaperBody::Pdf(_) | PaperBody::Missing | PaperBody::Withheld(_) => {}
                }
            }
            for appendix in item.all_appendices() {
                sources.extend(appendix.source.clone());
                sources.extend(appendix.alternative_source.clone());
                let alternative = appendix.alternative.as_deref();
                for content in std::iter::once(&appendix.content).chain(alternative) {
                    if let Content::Prose(prose) = content {
                        images(&prose.blocks, &mut sources);
                    }
                }
            }
        }
        sources
    }

    /// The meeting as this audience may see it.
    pub fn meeting(&self) -> &Meeting {
        &self.meeting
    }
}

/// The image files in blocks, however deeply nested.
fn images<'a>(blocks: impl IntoIterator<Item = &'a Block>, sources: &mut BTreeSet<SourceName>) {
    let mut stack: Vec<&Block> = blocks.into_iter().collect();
    while let Some(block) = stack.pop() {
        match &block.kind {
            BlockKind::Figure(figure) => {
                sources.insert(SourceName(figure.source.clone()));
            }
            BlockKind::Quote(inner) => stack.extend(inner),
            BlockKind::List(list) => stack.extend(list.items.iter().flat_map(|item| &item.blocks)),
            BlockKind::Table(table) => stack.extend(
                table
                    .rows
                    .iter()
                    .flat_map(|row| row.cells.iter().flat_map(|cell| &cell.blocks)),
            ),
            BlockKind::Heading { .. }
            | BlockKind::Paragraph(_)
            | BlockKind::Preformatted(_)
            | BlockKind::Rule => {}
        }
    }
}

/// What an audience gets of a meeting. Each structure is taken apart in full, so that a new field
/// does not reach an edition before somebody has decided whether it may.
struct Gate<'a> {
    audience: Audience,
    pages: &'a WithheldPages,
}

impl Gate<'_> {
    fn meeting(&self, meeting: &Meeting) -> Meeting {
        let Meeting {
            id,
            council,
            body,
            sitting,
            agenda: Agenda { parts, items },
            copies,
            accessibility_page,
            notices,
            record,
            supplement,
            consolidated,
            minutes: _,
            decisions,
        } = meeting;
        Meeting {
            id: id.clone(),
            council: council.clone(),
            body: body.clone(),
            sitting: sitting.clone(),
            agenda: Agenda {
                // A part's own words are for everybody: they say what is withheld and why.
                parts: parts.clone(),
                items: self.items(items, &Access::Public),
            },
            copies: copies.clone(),
            accessibility_page: *accessibility_page,
            notices: notices.clone(),
            // It names what the public got.
            record: record.clone(),
            supplement: supplement.clone().map(|mut supplement| {
                for brings in supplement.brings.values_mut() {
                    let is_open = |told: &Withdrawal| told.access.admits(self.audience);
                    brings.withdraws.retain(is_open);
                }
                supplement
            }),
            consolidated: *consolidated,
            // What the meeting did comes after its pack.
            minutes: None,
            decisions: *decisions,
        }
    }

    fn items(&self, items: &[Item], outer: &Access) -> Vec<Item> {
        items.iter().map(|item| self.item(item, outer)).collect()
    }

    fn item(&self, item: &Item, outer: &Access) -> Item {
        let Item {
            number,
            key,
            title,
            heading,
            public_title,
            kind,
            part,
            text,
            sub,
            time,
            officer,
            initials,
            // No reader's concern.
            allow: _,
            note,
            access,
            reference,
            application,
            revision,
            supersedes,
            keep_numbers,
            supplement,
            withdrawn,
            papers,
            appendices,
            items,
            withheld: _,
            span,
        } = item;
        let access = access.within(outer);
        if !access.admits(self.audience) {
            return Item {
                number: number.clone(),
                key: key.clone(),
                title: Spanned::new(public_title.clone().unwrap_or_default(), title.span),
                heading: None,
                public_title: public_title.clone(),
                kind: kind.clone(),
                part: *part,
                text: None,
                sub: Vec::new(),
                time: None,
                officer: None,
                initials: None,
                allow: Vec::new(),
                note: None,
                access: access.clone(),
                reference: None,
                application: Application::default(),
                revision: None,
                supersedes: None,
                keep_numbers: false,
                supplement: None,
                // The reason may give away more than the public may know.
                withdrawn: withdrawn.as_ref().map(|_| String::new()),
                papers: Vec::new(),
                appendices: Vec::new(),
                items: Vec::new(),
                withheld: Some(self.withheld(access, key)),
                span: *span,
            };
        }
        let listed = item.around_listed(access);
        // What was withdrawn is not in the pack any more.
        let (papers, appendices) = match withdrawn {
            Some(_) => (&[][..], &[][..]),
            None => (papers.as_slice(), appendices.as_slice()),
        };
        Item {
            number: number.clone(),
            key: key.clone(),
            title: title.clone(),
            heading: heading.clone(),
            public_title: public_title.clone(),
            kind: kind.clone(),
            part: *part,
            text: text.clone(),
            sub: sub.clone(),
            time: *time,
            officer: officer.clone(),
            initials: initials.clone(),
            allow: Vec::new(),
            note: note.clone(),
            access: access.clone(),
            reference: reference.clone(),
            application: application.clone(),
            revision: revision.clone(),
            supersedes: supersedes.clone(),
            keep_numbers: *keep_numbers,
            supplement: *supplement,
            withdrawn: withdrawn.clone(),
            papers: papers
                .iter()
                .map(|paper| self.paper(paper, access))
                .collect(),
            appendices: self.appendices(appendices, listed),
            items: self.items(items, access),
            withheld: None,
            span: *span,
        }
    }

    fn paper(&self, paper: &Paper, outer: &Access) -> Paper {
        let Paper {
            key,
            title,
            body,
            source,
            access,
            accept_redaction,
            accept_marking,
            alternative,
            alternative_source,
            appendices,
            span,
        } = paper;
        let access = access.within(outer);
        let open = access.admits(self.audience);
        Paper {
            key: key.clone(),
            title: if open { title.clone() } else { String::new() },
            body: if open {
                body.clone()
            } else {
                PaperBody::Withheld(self.withheld(access, key))
            },
            source: source.clone().filter(|_| open),
            access: access.clone(),
            accept_redaction: accept_redaction.clone().filter(|_| open),
            accept_marking: accept_marking.clone().filter(|_| open),
            alternative: alternative.clone().filter(|_| open),
            alternative_source: alternative_source.clone().filter(|_| open),
            appendices: self.appendices(appendices, access),
            span: *span,
        }
    }

    fn appendices(&self, appendices: &[Appendix], outer: &Access) -> Vec<Appendix> {
        appendices
            .iter()
            .map(|appendix| self.appendix(appendix, outer))
            .collect()
    }

    fn appendix(&self, appendix: &Appendix, outer: &Access) -> Appendix {
        let Appendix {
            key,
            position,
            label,
            title,
            content,
            source,
            supersedes,
            keep_numbers,
            withdrawn,
            origin,
            summary,
            access,
            alternative,
            alternative_source,
            lang,
            accept_redaction,
            accept_marking,
            span,
        } = appendix;
        let access = access.within(outer);
        let open = access.admits(self.audience);
        let is_there = open && withdrawn.is_none();
        Appendix {
            key: key.clone(),
            position: *position,
            label: label.clone(),
            title: if open {
                title.clone()
            } else {
                Spanned::new(String::new(), title.span)
            },
            content: match withdrawn {
                _ if !open => Content::Withheld(self.withheld(access, key)),
                Some(reason) => Content::Absent(reason.clone()),
                None => content.clone(),
            },
            source: source.clone().filter(|_| is_there),
            supersedes: supersedes.clone().filter(|_| open),
            keep_numbers: *keep_numbers && open,
            withdrawn: withdrawn.clone().filter(|_| open),
            origin: origin.filter(|_| open),
            summary: summary.clone().filter(|_| is_there),
            access: access.clone(),
            alternative: alternative.clone().filter(|_| is_there),
            alternative_source: alternative_source.clone().filter(|_| is_there),
            lang: lang.clone().filter(|_| open),
            accept_redaction: accept_redaction.clone().filter(|_| open),
            accept_marking: accept_marking.clone().filter(|_| open),
            span: *span,
        }
    }

    fn withheld(&self, access: &Access, key: &str) -> Withheld {
        Withheld {
            access: access.clone(),
            pages: self.pages.get(key).copied().unwrap_or(0),
        }
    }
}
