//! `pack.toml`: one meeting, its parts and items, and the papers that they name.

use super::access::{self, Outer};
use super::appendix::{self, AppendixSource};
use super::codes;
use super::nearest::nearest;
use super::paper::{self, Draft, PaperSource, Surroundings};
use super::people;
use super::table::{Mixed, Table};
use crate::finding::{Finding, Spanned};
use crate::model::{Access, AgendaPart, Allowance, Application, Contact, Item, ItemKind};

/// An item with its papers; attachments among them have not been read yet.
#[derive(Debug)]
pub(super) struct ItemSource {
    /// The item without papers, appendices and inner items.
    pub(super) item: Item,
    /// The name for links to it, which does not change with its number.
    pub(super) id: Option<Spanned<String>>,
    pub(super) papers: Vec<PaperSource>,
    pub(super) appendices: Vec<AppendixSource>,
    pub(super) items: Vec<ItemSource>,
}

/// The parts of the agenda.
pub(super) fn parts(root: &Table<'_>) -> Vec<AgendaPart> {
    let mut parts: Vec<AgendaPart> = Vec::new();
    for table in root.tables("part") {
        let id = table.mixed("id").and_then(|entries| {
            entries.into_iter().find_map(|entry| match entry {
                Mixed::Text(id) if !id.is_empty() => Some(id),
                _ => None,
            })
        });
        if id.is_none() {
            let _ = table.required_text("id");
        }
        let label = table.text("label");
        let text = table.text("text");
        // Without a label and a text, only a title can be shown.
        let is_bare = text.is_none()
            && label
                .as_deref()
                .is_some_and(|label| label.trim().is_empty());
        let title = if is_bare {
            table.required_text("title").map(|title| title.value)
        } else {
            table.text("title")
        };
        let access = access::stated(&table).unwrap_or_default();
        let span = table.span();
        table.finish();
        let Some(id) = id else { continue };
        if let Some(first) = parts.iter_mut().find(|part| part.id == id.value) {
            // It is not clear which of the two an item means, so if one is withheld, both are.
            first.access = first.access.within(&access).clone();
            root.note(
                Finding::error(
                    codes::NUMBER_TWICE,
                    id.span,
                    format!("There are two parts “{}”", id.value),
                )
                .related(first.span, "the first")
                .help("Give each part a different id"),
            );
            continue;
        }
        parts.push(AgendaPart {
            id: id.value,
            label,
            title: title.unwrap_or_default(),
            text,
            access,
            span,
        });
    }
    parts
}

/// The items under `[[item]]`, numbered in their order below `above` ("5" makes "5.1", "5.2" …).
pub(super) fn items(
    root: &Table<'_>,
    above: Option<&Item>,
    around: &Surroundings<'_, '_>,
) -> Vec<ItemSource> {
    let mut counter = 0_u32;
    root.tables("item")
        .into_iter()
        .map(|table| {
            let written = table.mixed("number").and_then(|entries| {
                entries.into_iter().find_map(|entry| match entry {
                    Mixed::Text(number) if !number.is_empty() => Some(number),
                    _ => None,
                })
            });
            let number = written.unwrap_or_else(|| {
                let own = (counter + 1).to_string();
                let number = match above {
                    Some(above) => format!("{}.{own}", above.number.value),
                    None => own,
                };
                Spanned::new(number, table.span())
            });
            counter = advanced(counter, &number, above);
            item(table, number, above, around)
        })
        .collect()
}

/// The counter after an item: a number that the clerk wrote moves it if it is a whole number, or ends
/// in the next one ("CA3" after 2); "5.1" or "4A" does not.
fn advanced(counter: u32, number: &str, above: Option<&Item>) -> u32 {
    let own = match above {
        Some(above) => number
            .strip_prefix(above.number.as_str())
            .and_then(|rest| rest.strip_prefix('.'))
            .unwrap_or(number),
        None => number,
    };
    let own = own.strip_suffix('.').unwrap_or(own);
    if let Ok(whole) = own.parse::<u32>() {
        return whole.min(99_999);
    }
    let figures = own.trim_start_matches(|letter: char| !letter.is_ascii_digit());
    match figures.parse::<u32>() {
        Ok(last) if Some(last) == counter.checked_add(1) => last,
        _ => counter,
    }
}

fn item(
    table: Table<'_>,
    number: Spanned<String>,
    above: Option<&Item>,
    around: &Surroundings<'_, '_>,
) -> ItemSource {
    let title = table.required_text("title");
    let kind = kind(&table);
    let own_part = part(&table, around);
    let part = match own_part {
        OwnPart::Known(index) => Some(index),
        OwnPart::Unknown | OwnPart::None => above.and_then(|above| above.part),
    };
    let id = table.spanned_text("id");
    let (officer, initials) = officer(&table);
    let mut item = Item {
        key: String::new(),
        title: title.unwrap_or_else(|| Spanned::new(String::new(), table.span())),
        heading: table.text("heading"),
        public_title: table.text("public-title"),
        kind,
        part,
        text: table.text("text"),
        sub: table.texts("sub").unwrap_or_default(),
        time: table.time("time"),
        officer,
        initials,
        allow: allowances(&table),
        note: table.text("note"),
        access: Access::Public,
        reference: table.text("reference"),
        application: Application {
            address: table.text("address"),
            ward: table.text("ward"),
            applicant: table.text("applicant"),
        },
        revision: table.text("revision"),
        supersedes: table.text("supersedes"),
        keep_numbers: table.flag("keep-numbers").unwrap_or(false),
        supplement: table.whole("supplement"),
        withdrawn: table.reason("withdrawn"),
        papers: Vec::new(),
        appendices: Vec::new(),
        items: Vec::new(),
        withheld: None,
        span: table.span(),
        number,
    };
    let written = paper::papers(&table);
    paper::only_beside_others(&table, &item.kind, &written);
    let listed = table.tables("appendix");
    item.access = item_access(&table, above, own_part, around);
    let accepted = super::redaction::acceptance(&table);
    let marked = table.reason("accept-marking");
    let redact = paper::redactions(&table, &written);
    let mut alternative = paper::alternative(&table, &written, &item.access, around);
    let papers: Vec<PaperSource> = written
        .iter()
        .map(|written| PaperSource {
            accept_redaction: accepted.clone(),
            accept_marking: marked.clone(),
            alternative: alternative.take(),
            ..paper::paper(written, redact.clone(), &item, &table, around)
        })
        .collect();
    let outer = around_listed(&item.access, &papers);
    let appendices = listed
        .into_iter()
        .map(|entry| appendix::read(entry, around.folder, &outer, around.reader))
        .collect();
    let inner = items(&table, Some(&item), around);
    table.finish();
    ItemSource {
        item,
        id,
        papers,
        appendices,
        items: inner,
    }
}

/// Who presents an item, and the initials that the agenda prints for them.
fn officer(table: &Table<'_>) -> (Option<Contact>, Option<String>) {
    let mut initials = None;
    let officer = table
        .mixed("officer")
        .into_iter()
        .flatten()
        .find_map(|entry| {
            if let Mixed::Table(table) = &entry {
                initials = table.text("initials");
            }
            people::contact(entry)
        });
    (officer, initials)
}

/// The findings in the papers of an item that the clerk accepts.
fn allowances(table: &Table<'_>) -> Vec<Allowance> {
    let entries = table.tables("allow").into_iter();
    entries
        .filter_map(|entry| {
            let [code, text, reason] =
                ["code", "text", "reason"].map(|key| entry.required_text(key));
            let span = entry.span();
            entry.finish();
            Some(Allowance {
                code: code?.value,
                text: text?.value,
                reason: reason?.value,
                span,
            })
        })
        .collect()
}

/// The access of an item: its own if it states one, otherwise that of its part or the item around it.
fn item_access(
    table: &Table<'_>,
    above: Option<&Item>,
    part: OwnPart,
    around: &Surroundings<'_, '_>,
) -> Access {
    let stated = access::stated(table);
    // The items of a part that is not known may be withheld.
    let unclear = Access::Confidential { span: None };
    let misspelt = matches!(part, OwnPart::None) && table.misspelt("part");
    // The access of a part is the default for its items.
    let of_part = match part {
        OwnPart::Known(index) => around.parts.get(index).map(|part| &part.access),
        OwnPart::Unknown => Some(&unclear),
        OwnPart::None => misspelt.then_some(&unclear),
    };
    let public = Access::Public;
    let above = above.map_or(&public, |above| &above.access);
    let outer = Outer {
        most: above,
        unless_stated: of_part.map_or(above, |part| above.within(part)),
        taken_from: None,
    };
    access::within(&outer, stated, table)
}

/// The access around the appendices that the agenda lists with an item.
fn around_listed<'a>(item: &'a Access, papers: &'a [PaperSource]) -> Outer<'a> {
    let most = Access::around_listed(item, papers.iter().map(|paper| &paper.access));
    let unread = papers
        .iter()
        .any(|paper| matches!(paper.draft, Draft::Unread));
    let withheld = papers.iter().find(|paper| !paper.access.is_public());
    let (unless_stated, taken_from) = match withheld {
        _ if !item.is_public() => (item, None),
        // That it could not be read has been reported.
        _ if unread => (&Access::Confidential { span: None }, None),
        Some(paper) => (&paper.access, Some(paper.span)),
        None => (item, None),
    };
    Outer {
        most,
        unless_stated,
        taken_from,
    }
}

fn kind(table: &Table<'_>) -> ItemKind {
    let has_paper = table.has("source") || table.has("sources");
    if !table.has("kind") && !table.misspelt("kind") {
        table.note(
            Finding::error(codes::MISSING_KEY, table.span(), "This item has no `kind`").help(
                "Add a line: kind = \"report\", \"minutes\", \"procedural\", \"verbal\" or another of the kinds",
            ),
        );
    }
    let due = table.date("due");
    let kind = table.word("kind", &ItemKind::WORDS);
    if let (Some(due), false) = (&due, matches!(kind, Some(ItemKind::ToFollow { .. }) | None)) {
        table.note(
            Finding::error(
                codes::KEYS_AT_ODDS,
                due.span,
                "Only an item with kind = \"to-follow\" has a due date",
            )
            .help("Write kind = \"to-follow\", or remove this line"),
        );
    }
    match kind {
        Some(ItemKind::ToFollow { .. }) => ItemKind::ToFollow {
            due: due.map(|due| due.value),
        },
        Some(kind) => kind,
        None if has_paper => ItemKind::Report,
        None => ItemKind::Procedural,
    }
}

/// The part of the agenda that an item names.
#[derive(Debug, Clone, Copy)]
enum OwnPart {
    /// It names none.
    None,
    /// The part at this index.
    Known(usize),
    /// It names one that does not exist.
    Unknown,
}

fn part(table: &Table<'_>, around: &Surroundings<'_, '_>) -> OwnPart {
    if !table.has("part") {
        return OwnPart::None;
    }
    let entries = table.mixed("part").unwrap_or_default();
    let Some(written) = entries.into_iter().find_map(|entry| match entry {
        Mixed::Text(part) => Some(part),
        Mixed::Table(_) => None,
    }) else {
        table.note(
            Finding::error(
                codes::UNKNOWN_PART,
                table.value_span("part").unwrap_or(table.span()),
                "This is not a part of the agenda",
            )
            .help("Write the id of a [[part]], or remove this line"),
        );
        return OwnPart::Unknown;
    };
    let found = around
        .parts
        .iter()
        .position(|part| part.id == written.value);
    let Some(found) = found else {
        let finding = Finding::error(
            codes::UNKNOWN_PART,
            written.span,
            format!("The agenda has no part “{}”", written.value),
        );
        let ids = around.parts.iter().map(|part| part.id.as_str());
        table.note(match nearest(&written.value, ids.clone()) {
            Some(near) => finding.label(format!("did you mean “{near}”?")),
            None if around.parts.is_empty() => finding.help(format!(
                "Add a [[part]] with id = \"{}\", or remove this line",
                written.value
            )),
            None => finding.help(format!("The parts are {}", super::nearest::one_of(ids))),
        });
        return OwnPart::Unknown;
    };
    OwnPart::Known(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counting_goes_on_after_written_numbers() {
        assert_eq!(advanced(4, "5", None), 5);
        assert_eq!(advanced(4, "10", None), 10);
        assert_eq!(advanced(2, "CA3", None), 3);
        assert_eq!(advanced(5, "5.1", None), 5);
        assert_eq!(advanced(4, "4A", None), 4);
    }
}
