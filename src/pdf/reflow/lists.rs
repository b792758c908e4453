//! Lists with the labels that the page shows.

use super::blocks::{Sink, Writer};
use super::flow::Style;
use super::label::drop_leading;
use crate::finding::Span;
use crate::pdf::structure::{Kid, Role};
use crate::prose::{BlockKind, List, ListItem, plain};

/// An item before its label is settled.
pub(super) struct Item {
    pub(super) label: String,
    pub(super) body: Sink,
}

/// The list of an element; what stands in it but in none of its items goes to `around`.
pub(super) fn list(
    writer: &mut Writer<'_>,
    index: usize,
    style: &Style,
    around: &mut Sink,
) -> Option<List> {
    let tree = writer.tree;
    let mut items: Vec<Item> = Vec::new();
    for kid in &tree.elements[index].kids {
        let role = match kid {
            Kid::Element(child) if !writer.reaches(*child) => continue,
            Kid::Element(child) => tree.elements[*child].role,
            Kid::Content(_) => Role::Span,
            Kid::Object(_) => continue,
        };
        match (kid, role) {
            (Kid::Element(child), Role::ListItem | Role::ContentsItem) => {
                items.push(item(writer, *child, style));
            }
            // a list directly inside a list belongs to the item before it
            (_, Role::List | Role::Contents) if !items.is_empty() => {
                if let Some(last) = items.last_mut() {
                    writer.kid(kid, style, &mut last.body);
                    last.body.flush(writer);
                }
            }
            (_, Role::Caption) if items.is_empty() => {
                writer.kid(kid, style, around);
                around.flush(writer);
            }
            _ => {
                let mut body = Sink::default();
                writer.kid(kid, style, &mut body);
                body.flush(writer);
                items.push(Item {
                    label: String::new(),
                    body,
                });
            }
        }
    }
    for item in &mut items {
        settle(item);
    }
    items.retain(|item| !item.body.blocks.is_empty() || !item.label.is_empty());
    if items.is_empty() {
        return None;
    }
    Some(labelled(writer.at, items))
}

fn item(writer: &mut Writer<'_>, index: usize, style: &Style) -> Item {
    let tree = writer.tree;
    let mut label = String::new();
    let mut body = Sink::default();
    for kid in &tree.elements[index].kids {
        match kid {
            Kid::Element(child) if tree.elements[*child].role == Role::Label => {
                if writer.reaches(*child) {
                    label.push_str(&writer.inner_text(*child));
                }
            }
            _ => writer.kid(kid, style, &mut body),
        }
    }
    body.flush(writer);
    Item { label, body }
}

/// Finds the label at the head of the words where it has no element of its own, and drops bullets.
fn settle(item: &mut Item) {
    if item.label.is_empty()
        && let Some((first, _)) = item.body.blocks.first_mut()
        && let BlockKind::Paragraph(inlines) = &mut first.kind
    {
        let text = plain(inlines);
        let word = text.split_whitespace().next().unwrap_or_default();
        let bullet = is_bullet(word) && word != "-" && text.trim_start().len() > word.len();
        if bullet || number(word).is_some() && text.trim().len() > word.len() {
            drop_leading(inlines, word);
            item.label = word.to_owned();
        }
    }
    if is_bullet(&item.label) {
        item.label.clear();
    }
}

/// Whether a label is a plain bullet, in whatever font it is drawn.
pub(super) fn is_bullet(label: &str) -> bool {
    let mut characters = label.trim().chars();
    match (characters.next(), characters.next()) {
        (Some(c), None) => {
            matches!(
                c,
                'o' | '-' | '–' | '—' | '*' | '·' | '+' | '>' | '§' | 'Ø' | '\u{fffd}'
            ) || matches!(c as u32, 0x2022..=0x2027 | 0x2043 | 0x2190..=0x21ff | 0x2219 | 0x25a0..=0x27bf | 0xe000..=0xf8ff)
        }
        _ => false,
    }
}

/// The number of a label such as `3.` or `3)`, and the mark after it.
fn number(label: &str) -> Option<(u64, char)> {
    let label = label.trim();
    let mark = label.chars().last().filter(|c| matches!(c, '.' | ')'))?;
    let digits = &label[..label.len() - 1];
    if digits.is_empty() || digits.len() > 6 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    Some((digits.parse().ok()?, mark))
}

/// The list of some items, numbered where their labels count on.
pub(super) fn labelled(at: Span, items: Vec<Item>) -> List {
    let first = items.first().and_then(|item| number(&item.label));
    let mut start = first;
    if let Some((from, mark)) = first {
        let in_order = items.iter().enumerate().all(|(offset, item)| {
            number(&item.label) == from.checked_add(offset as u64).map(|n| (n, mark))
        });
        if !in_order {
            start = None;
        }
    }
    let tight = items.iter().all(|item| {
        item.body
            .blocks
            .iter()
            .filter(|(block, _)| !matches!(block.kind, BlockKind::List(_)))
            .count()
            <= 1
    });
    let items = items
        .into_iter()
        .map(|item| ListItem {
            label: (start.is_none() && !item.label.is_empty()).then_some(item.label),
            blocks: item.body.into_blocks(),
            span: at,
        })
        .collect();
    List {
        start,
        tight,
        items,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_told_apart() {
        for bullet in ["•", "o", "\u{f0b7}", "–", "➢", "▪"] {
            assert!(is_bullet(bullet), "{bullet:?}");
        }
        for other in ["", "1.", "a)", "(i)", "A"] {
            assert!(!is_bullet(other), "{other:?}");
        }
        assert_eq!(number("12."), Some((12, '.')));
        assert_eq!(number("3)"), Some((3, ')')));
        for other in ["1.1", "a.", "(1)", ".", "99999999."] {
            assert_eq!(number(other), None, "{other:?}");
        }
    }
}
