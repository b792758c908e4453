//! Which reader gets what of a meeting.
//!
//! [`Edition::of`] is the only way to an edition. What its audience may not see is not in it: a
//! withheld document leaves a [`Withheld`] behind, which knows why and how many pages, and nothing
//! else. Everything after this room sees editions only, so nothing withheld can reach an output.

mod hidden;

pub use hidden::Hidden;

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{
    Access, Appendix, Audience, Content, Item, Meeting, MinuteBlock, Paper, PaperBody, SourceName,
    Withheld,
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

    /// The files that the edition is made from, papers, appendices and the images in them, as far
    /// as this audience may see them.
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

/// The image files that stand in blocks, however deep.
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
        let count = pages.get(&item.key).copied().unwrap_or(0);
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
        paper.accept_redaction = None;
        // What belongs to a withheld paper is withheld with it, whatever it says itself.
        for appendix in &mut paper.appendices {
            if appendix.access.admits(audience) {
                appendix.access = paper.access.clone();
            }
        }
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
