//! Links inside the pack: each is checked against the headings of its document, the items of the agenda
//! and the appendices of its item. One without a target becomes a finding, and its words stay without
//! the link. The same pass gives drawings their lettering.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};

use super::codes;
use super::item_names::{self, ItemIds};
use super::nearest::nearest;
use super::notes::Notes;
use crate::finding::{Finding, Span};
use crate::model::{Content, Item, MinuteBlock, PaperBody, Record};
use crate::prose::{Block, BlockKind, Inline, InlineKind, LinkTarget};

/// How many pairs of letters are compared to find what was meant by the wrong links of a document.
/// Further ones get the general advice: a text may be made of them.
const MOST_COMPARED: usize = 20_000_000;
/// How many items of the agenda are listed in one piece of advice.
const MOST_LISTED: usize = 100;

/// The lettering of a drawing by its file's name.
type Lettering<'a> = &'a dyn Fn(&str) -> Option<Vec<String>>;

/// Settles the links of every document of an agenda.
pub(super) fn settle(
    items: &mut [Item],
    ids: &ItemIds,
    record: Option<&Record>,
    lettering: Lettering<'_>,
    notes: &Notes,
) {
    let mut numbers = BTreeSet::new();
    gather_numbers(items, &mut numbers);
    let moved = item_names::moved(items, record);
    let agenda = Agenda::new(numbers, ids, moved);
    for item in items {
        settle_item(item, &agenda, lettering, notes);
    }
}

/// The names that links may use for the items of the agenda.
struct Agenda<'a> {
    numbers: BTreeSet<String>,
    ids: &'a ItemIds,
    /// Numbers that meant other items when the pack was published.
    moved: BTreeMap<String, (String, String)>,
    /// How many letters all names have together.
    letters: usize,
    /// The names in a sentence, for whoever used another.
    listed: String,
}

impl<'a> Agenda<'a> {
    fn new(
        numbers: BTreeSet<String>,
        ids: &'a ItemIds,
        moved: BTreeMap<String, (String, String)>,
    ) -> Self {
        let agenda = Self {
            numbers,
            ids,
            moved,
            letters: 0,
            listed: String::new(),
        };
        let names: Vec<&str> = agenda.names().collect();
        let letters = names.iter().map(|name| name.len()).sum();
        let listed = &names[..names.len().min(MOST_LISTED)];
        let more = names.len() - listed.len();
        let others = match more {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        let listed = format!("The agenda's items are {}{others}", listed.join(", "));
        Self {
            letters,
            listed,
            ..agenda
        }
    }

    fn names(&self) -> impl Iterator<Item = &str> {
        let numbers = self.numbers.iter().map(String::as_str);
        numbers.chain(self.ids.all())
    }
}

fn gather_numbers(items: &[Item], numbers: &mut BTreeSet<String>) {
    for item in items {
        numbers.insert(item.number.value.clone());
        gather_numbers(&item.items, numbers);
    }
}

fn settle_item(item: &mut Item, agenda: &Agenda<'_>, lettering: Lettering<'_>, notes: &Notes) {
    let appendices = item.all_appendices().count();
    let settle = |mut document: Vec<Held<'_>>| {
        let mut ids = BTreeMap::new();
        for part in &document {
            match part {
                Held::Blocks(blocks) => gather_ids(blocks, &mut ids, notes),
                Held::Block(block) => gather_ids(std::slice::from_ref(block), &mut ids, notes),
                Held::Words(_) => {}
            }
        }
        let mender = Mender {
            letters: ids.keys().map(String::len).sum(),
            comparable: Cell::new(MOST_COMPARED),
            ids,
            agenda,
            appendices,
            lettering,
            notes,
        };
        for part in &mut document {
            match part {
                Held::Blocks(blocks) => mender.blocks(blocks),
                Held::Block(block) => mender.blocks(std::slice::from_mut(block)),
                Held::Words(words) => mender.inlines(words),
            }
        }
    };
    for paper in &mut item.papers {
        match &mut paper.body {
            PaperBody::Report(report) => {
                let mut parts: Vec<Held<'_>> = Vec::new();
                parts.extend(
                    report
                        .recommendations
                        .iter_mut()
                        .map(|recommended| Held::Blocks(&mut recommended.value.blocks)),
                );
                parts.extend(
                    report
                        .body
                        .iter_mut()
                        .map(|numbered| Held::Block(&mut numbered.block)),
                );
                parts.extend(
                    report
                        .footnotes
                        .iter_mut()
                        .map(|note| Held::Blocks(&mut note.blocks)),
                );
                settle(parts);
            }
            PaperBody::Minutes(minutes) => {
                let mut parts = vec![Held::Blocks(&mut minutes.opening)];
                for minute in &mut minutes.minutes {
                    parts.push(Held::Words(&mut minute.heading));
                    parts.extend(minute.blocks.iter_mut().map(|block| match block {
                        MinuteBlock::Text(block) => Held::Block(block),
                        MinuteBlock::Decision(blocks) => Held::Blocks(blocks),
                    }));
                }
                parts.extend(
                    minutes
                        .footnotes
                        .iter_mut()
                        .map(|note| Held::Blocks(&mut note.blocks)),
                );
                settle(parts);
            }
            _ => {}
        }
    }
    let papers = item.papers.iter_mut();
    let (alternatives, listed): (Vec<_>, Vec<_>) = papers
        .map(|paper| (paper.alternative.as_deref_mut(), &mut paper.appendices))
        .unzip();
    let listed = listed.into_iter().flatten().chain(&mut item.appendices);
    let attached = listed.flat_map(|appendix| {
        [
            Some(&mut appendix.content),
            appendix.alternative.as_deref_mut(),
        ]
    });
    for content in alternatives.into_iter().chain(attached).flatten() {
        if let Content::Prose(prose) = content {
            let mut parts = vec![Held::Blocks(&mut prose.blocks)];
            parts.extend(
                prose
                    .footnotes
                    .iter_mut()
                    .map(|note| Held::Blocks(&mut note.blocks)),
            );
            settle(parts);
        }
    }
    for inner in &mut item.items {
        settle_item(inner, agenda, lettering, notes);
    }
}

/// A piece of a document.
enum Held<'p> {
    Blocks(&'p mut Vec<Block>),
    Block(&'p mut Block),
    Words(&'p mut Vec<Inline>),
}

/// Collects the names of headings; a name that is used twice is a finding.
fn gather_ids(blocks: &[Block], ids: &mut BTreeMap<String, Span>, notes: &Notes) {
    for block in blocks {
        match &block.kind {
            BlockKind::Heading { id: Some(id), .. } => {
                if let Some(first) = ids.get(id) {
                    notes.add(
                        Finding::error(
                            codes::NAME_TWICE,
                            block.span,
                            format!("Two headings have the name #{id}"),
                        )
                        .related(*first, "the first")
                        .help("Give each heading a different name"),
                    );
                } else {
                    ids.insert(id.clone(), block.span);
                }
            }
            BlockKind::Quote(blocks) => gather_ids(blocks, ids, notes),
            BlockKind::List(list) => {
                for item in &list.items {
                    gather_ids(&item.blocks, ids, notes);
                }
            }
            _ => {}
        }
    }
}

struct Mender<'m> {
    ids: BTreeMap<String, Span>,
    /// How many letters the names of the headings have together.
    letters: usize,
    /// How much of [`MOST_COMPARED`] is left for this document.
    comparable: Cell<usize>,
    agenda: &'m Agenda<'m>,
    appendices: usize,
    lettering: Lettering<'m>,
    notes: &'m Notes,
}

impl Mender<'_> {
    /// What is wrong with a target, and what to do; `None` if it exists.
    fn fault(&self, target: &LinkTarget) -> Option<(String, Option<String>)> {
        match target {
            LinkTarget::Web(_) => None,
            LinkTarget::Here(id) => (!self.ids.contains_key(id)).then(|| {
                let help = self.near(id, "#", self.letters, || {
                    self.ids.keys().map(String::as_str).collect()
                });
                let help = help.or_else(|| {
                    Some(format!(
                        "Give a heading of this document the name: # Heading {{#{id}}}"
                    ))
                });
                (
                    format!("No heading of this document has the name #{id}"),
                    help,
                )
            }),
            LinkTarget::Item(number) => (!self.agenda.numbers.contains(number)).then(|| {
                let help = self.near(number, "item:", self.agenda.letters, || {
                    self.agenda.names().collect()
                });
                (
                    format!("The agenda has no item {number}"),
                    help.or_else(|| Some(self.agenda.listed.clone())),
                )
            }),
            LinkTarget::Appendix(number) => {
                let there = number
                    .parse::<usize>()
                    .is_ok_and(|number| (1..=self.appendices).contains(&number));
                (!there).then(|| {
                    let count = match self.appendices {
                        0 => "This item has no appendices".to_owned(),
                        1 => "This item has 1 appendix: appendix:1".to_owned(),
                        count => {
                            format!("This item's appendices are appendix:1 to appendix:{count}")
                        }
                    };
                    (format!("This item has no appendix:{number}"), Some(count))
                })
            }
        }
    }

    /// The known name that a mistyped one was probably meant to be, as advice. `letters` are all letters of
    /// the known names.
    fn near<'k>(
        &self,
        written: &str,
        prefix: &str,
        letters: usize,
        known: impl FnOnce() -> Vec<&'k str>,
    ) -> Option<String> {
        let left = self.comparable.get();
        let left = left.checked_sub(letters.saturating_mul(written.len()))?;
        self.comparable.set(left);
        nearest(written, known()).map(|near| format!("Did you mean {prefix}{near}?"))
    }

    /// Replaces the id of an item by its number, and reports a number that now means another item.
    fn settle_item_name(&self, target: &mut LinkTarget, span: Span) {
        let LinkTarget::Item(name) = target else {
            return;
        };
        if self.agenda.numbers.contains(name) {
            if let Some((title, now)) = self.agenda.moved.get(name) {
                self.notes.add(
                    Finding::warning(
                        codes::LINK_TO_MOVED_ITEM,
                        span,
                        format!("Item {name} was “{title}” when the pack was published, which is now item {now}"),
                    )
                    .help("Give the item that you mean an id, such as id = \"rents\", and link to item:rents"),
                );
            }
        } else if let Some(number) = self.agenda.ids.number(name) {
            *name = number.to_owned();
        }
    }

    fn blocks(&self, blocks: &mut [Block]) {
        for block in blocks {
            match &mut block.kind {
                BlockKind::Heading { content, .. } | BlockKind::Paragraph(content) => {
                    self.inlines(content);
                }
                BlockKind::Quote(inner) => self.blocks(inner),
                BlockKind::List(list) => {
                    for item in &mut list.items {
                        self.blocks(&mut item.blocks);
                    }
                }
                BlockKind::Table(table) => {
                    if let Some(caption) = &mut table.caption {
                        self.inlines(caption);
                    }
                    for cell in table.rows.iter_mut().flat_map(|row| &mut row.cells) {
                        self.blocks(&mut cell.blocks);
                    }
                }
                BlockKind::Figure(figure) => {
                    let Some(lettering) = (self.lettering)(&figure.source) else {
                        block.kind = BlockKind::Paragraph(vec![Inline {
                            kind: InlineKind::Text(std::mem::take(&mut figure.alt)),
                            span: block.span,
                        }]);
                        continue;
                    };
                    figure.lettering = lettering;
                    if let Some(caption) = &mut figure.caption {
                        self.inlines(caption);
                    }
                }
                BlockKind::Preformatted(_) | BlockKind::Rule => {}
            }
        }
    }

    fn inlines(&self, inlines: &mut Vec<Inline>) {
        let before = std::mem::take(inlines);
        for mut inline in before {
            match &mut inline.kind {
                InlineKind::Link { target, content } => {
                    self.inlines(content);
                    self.settle_item_name(target, inline.span);
                    if let Some((message, help)) = self.fault(target) {
                        let mut finding = Finding::error(codes::LINK_NOWHERE, inline.span, message);
                        finding.help = help;
                        self.notes.add(finding);
                        inlines.append(content);
                        continue;
                    }
                }
                InlineKind::Strong(inner)
                | InlineKind::Emphasis(inner)
                | InlineKind::Struck(inner)
                | InlineKind::Lang(_, inner) => self.inlines(inner),
                InlineKind::Image(figure) => match (self.lettering)(&figure.source) {
                    Some(lettering) => figure.lettering = lettering,
                    None => inline.kind = InlineKind::Text(std::mem::take(&mut figure.alt)),
                },
                _ => {}
            }
            inlines.push(inline);
        }
    }
}
