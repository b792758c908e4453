//! A cover report: header table, recommendations, numbered sections, signatory, appendix list and
//! background papers.

use super::desk::Desk;
use super::part::{
    Block, BlockKind, Field, FieldsLook, Inline, ListItem, PanelRole, Part, PartKind, Tone,
};
use super::text::{self, Headings};
use super::{front, issued};
use crate::model::{Appendix, Contact, Item, NumberedBlock, Paper, Report};
use crate::prose;

pub(super) fn part(desk: &Desk<'_>, item: &Item, paper: &Paper, report: &Report) -> Part {
    let items = |number: &str| desk.item_anchor(number);
    let context = desk.context(&paper.key, item, &items);
    let layout = &desk.meeting.council.report;
    let words = desk.words;
    let mut headings = Headings::after(1);

    let title = report
        .subject
        .as_ref()
        .map_or(item.title.as_str(), |subject| subject.as_str());
    let mut blocks = vec![
        Block::toned(Tone::Eyebrow, desk.eyebrow(item)),
        Block::heading(1, title),
    ];
    if let Some(pattern) = &layout.title {
        blocks.insert(
            1,
            Block::toned(Tone::Eyebrow, vec![Inline::text(addressed(desk, pattern))]),
        );
    }
    let mut rows: Vec<Field> = report
        .header
        .iter()
        .map(|row| Field {
            label: row.label.clone(),
            lines: row
                .lines
                .iter()
                .map(|line| vec![reachable(line, &report.contacts)])
                .collect(),
        })
        .collect();
    let head = desk.head(item, &paper.key);
    rows.extend(head.fields().cloned());
    if !rows.is_empty() {
        blocks.push(Block::new(BlockKind::Fields {
            look: FieldsLook::Header,
            rows,
        }));
    }
    blocks.extend(head.blocks());
    if let Some(recommendations) = &report.recommendations {
        let (level, anchor) = headings.next(&paper.key, 2);
        let mut inside = vec![Block::heading(level, &layout.recommendations_heading).at(anchor)];
        inside.extend(text::blocks(
            context,
            &mut headings,
            &recommendations.blocks,
        ));
        blocks.push(Block::new(BlockKind::Panel {
            role: PanelRole::Recommendations,
            blocks: inside,
        }));
    }
    for numbered in &report.body {
        let number = numbered.number.as_ref().map(|number| number.text.as_str());
        blocks.push(text::block(context, &mut headings, &numbered.block, number));
    }
    // Those whom the header names are not named again.
    if !report.header.iter().any(|row| row.key == "contact") {
        blocks.extend(report.contacts.iter().map(|who| front::contact(desk, who)));
    }
    if let Some(signatory) = &report.signatory {
        blocks.push(Block::new(BlockKind::Signature {
            lines: signature(signatory),
        }));
    }
    let appendices: Vec<(&Appendix, String)> = item
        .all_appendices()
        .filter_map(|appendix| {
            let title = issued::listed(desk.meeting, &paper.key, appendix)?;
            Some((appendix, title))
        })
        .collect();
    if !appendices.is_empty() && !has_section(&report.body, &["appendices", "atodiadau"]) {
        let (level, anchor) = headings.next(&paper.key, 2);
        blocks.push(Block::heading(level, words.appendices()).at(anchor));
        blocks.push(appendix_list(desk, &appendices));
    }
    if let Some(papers) = &report.background_papers
        && !has_section(
            &report.body,
            &[
                "background papers",
                "background documents",
                "papurau cefndir",
            ],
        )
    {
        let (level, anchor) = headings.next(&paper.key, 2);
        blocks.push(Block::heading(level, words.background_papers()).at(anchor));
        if papers.is_empty() {
            blocks.push(Block::paragraph(vec![Inline::text(format!(
                "{}.",
                words.none()
            ))]));
        } else {
            blocks.push(list(
                papers
                    .iter()
                    .map(|paper| vec![Inline::text(paper)])
                    .collect(),
            ));
        }
    }
    let mut part = Part::new(
        &paper.key,
        PartKind::Report,
        &paper.title,
        desk.lang(report.lang.as_ref()),
        blocks,
    );
    let notes = report
        .footnotes
        .iter()
        .chain(
            report
                .recommendations
                .iter()
                .flat_map(|recommendations| &recommendations.footnotes),
        )
        .cloned()
        .collect::<Vec<_>>();
    part.footnotes = text::footnotes(context, &notes);
    part
}

/// A line of the header: an address of somebody to get in touch with is a link.
fn reachable(line: &str, contacts: &[Contact]) -> Inline {
    let words = Inline::text(line);
    if contacts
        .iter()
        .any(|contact| contact.email.as_deref() == Some(line))
    {
        return Inline::Web {
            url: format!("mailto:{line}"),
            content: vec![words],
        };
    }
    words
}

/// "Report to the Scrutiny Board" from the council's pattern.
fn addressed(desk: &Desk<'_>, pattern: &str) -> String {
    let body = &desk.meeting.body.name;
    pattern
        .replace("{BODY}", &body.to_uppercase())
        .replace("{body}", body)
}

fn signature(contact: &Contact) -> Vec<String> {
    [
        Some(contact.name.clone()),
        contact.post.clone(),
        contact.unit.clone(),
        contact.phone.clone(),
        contact.email.clone(),
    ]
    .into_iter()
    .flatten()
    .filter(|line| !line.is_empty())
    .collect()
}

fn has_section(body: &[NumberedBlock], headings: &[&str]) -> bool {
    body.iter()
        .filter_map(NumberedBlock::section_heading)
        .any(|heading| {
            let heading = prose::plain(heading).to_lowercase();
            headings.contains(&heading.trim_end_matches(':').trim())
        })
}

/// The appendices of a report with their pages.
fn appendix_list(desk: &Desk<'_>, appendices: &[(&Appendix, String)]) -> Block {
    list(
        appendices
            .iter()
            .map(|(appendix, title)| {
                let title = if appendix.title.is_empty() {
                    format!("{}: {}", appendix.label, desk.words.not_for_publication())
                } else {
                    title.clone()
                };
                text::go(desk.words, &appendix.key, vec![Inline::text(title)])
            })
            .collect(),
    )
}

fn list(items: Vec<Vec<Inline>>) -> Block {
    Block::new(BlockKind::List {
        numbering: None,
        tight: true,
        items: items
            .into_iter()
            .map(|content| ListItem {
                label: None,
                blocks: vec![Block::paragraph(content)],
            })
            .collect(),
    })
}
