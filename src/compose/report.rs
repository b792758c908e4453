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
    let mut headings = Headings::after(1);

    let mut blocks = head(desk, item, paper, report);
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
    let mut section = |heading: &str, content: Block| {
        let (level, anchor) = headings.next(&paper.key, 2);
        blocks.extend([Block::heading(level, heading).at(anchor), content]);
    };
    if let Some(appendices) = appendices(desk, item, paper, report) {
        section(desk.words.appendices(), appendices);
    }
    if let Some(papers) = background_papers(desk, report) {
        section(desk.words.background_papers(), papers);
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

/// What stands above the text: what the report is, and the council's header.
fn head(desk: &Desk<'_>, item: &Item, paper: &Paper, report: &Report) -> Vec<Block> {
    let eyebrow = |words| Block::toned(Tone::Eyebrow, words);
    let title = report
        .subject
        .as_ref()
        .map_or(item.title.as_str(), |subject| subject.as_str());
    let mut blocks = vec![eyebrow(desk.eyebrow(item))];
    if let Some(pattern) = &desk.meeting.council.report.title {
        blocks.push(eyebrow(vec![Inline::text(addressed(desk, pattern))]));
    }
    blocks.push(Block::heading(1, title));
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
    blocks
}

/// The list of appendices, unless there are none or the author lists them.
fn appendices(desk: &Desk<'_>, item: &Item, paper: &Paper, report: &Report) -> Option<Block> {
    let appendices: Vec<(&Appendix, String)> = item
        .all_appendices()
        .filter_map(|appendix| {
            let title = issued::listed(desk.meeting, &paper.key, appendix)?;
            Some((appendix, title))
        })
        .collect();
    let listed = has_section(&report.body, &["appendices", "atodiadau"]);
    (!appendices.is_empty() && !listed).then(|| appendix_list(desk, &appendices))
}

/// The background papers, unless nothing is said of them or the author lists them.
fn background_papers(desk: &Desk<'_>, report: &Report) -> Option<Block> {
    const HEADINGS: [&str; 3] = [
        "background papers",
        "background documents",
        "papurau cefndir",
    ];
    let papers = report.background_papers.as_ref()?;
    if has_section(&report.body, &HEADINGS) {
        return None;
    }
    if papers.is_empty() {
        let none = Inline::text(format!("{}.", desk.words.none()));
        return Some(Block::paragraph(vec![none]));
    }
    let named = papers.iter().map(|paper| vec![Inline::text(paper)]);
    Some(list(named.collect()))
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
                let title = desk.words.appendix_label(&title);
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
