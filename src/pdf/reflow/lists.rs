//! Lists with the labels that the page shows.

use super::blocks::{Sink, Writer};
use super::flow::Style;
use super::label::{drop_leading, drop_trailing_number};
use crate::finding::Span;
use crate::pdf::structure::{Kid, Role};
use crate::prose::label::{Ending, Label, Shape, is_bullet as is_typed_bullet};
use crate::prose::{BlockKind, Inline, List, ListItem, plain};

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
    if items.iter().all(|item| item.label.is_empty()) && all_begin_with_numbers(&items) {
        items.iter_mut().for_each(take_number);
    }
    for item in &mut items {
        settle(item);
    }
    if tree.elements[index].role == Role::Contents {
        without_page_numbers(&mut items);
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

/// Whether every item begins with a number in parts or brackets, such as "3.4" or "(a)", and has more
/// to say: those are its labels, written as words.
fn all_begin_with_numbers(items: &[Item]) -> bool {
    let mut words = items
        .iter()
        .filter_map(|item| item.body.blocks.first())
        .map(|(block, _)| match &block.kind {
            BlockKind::Paragraph(inlines) => plain(inlines),
            _ => String::new(),
        });
    let begins = |text: String| {
        let mut words = text.split_whitespace();
        words.next().is_some_and(is_number_in_parts) && words.next().is_some()
    };
    !items.is_empty() && words.all(begins)
}

/// Whether a word is a number in parts ("3.4", "3.4.1") or something short in brackets ("(a)", "iv)").
fn is_number_in_parts(word: &str) -> bool {
    Label::of(word).is_some_and(|label| match label.shape {
        Shape::Parts => true,
        Shape::Number => false,
        Shape::SmallLetters | Shape::Capitals => label.ending != Ending::Stop,
    })
}

/// Makes the first word of an item its label.
fn take_number(item: &mut Item) {
    if let Some((first, _)) = item.body.blocks.first_mut()
        && let BlockKind::Paragraph(inlines) = &mut first.kind
    {
        let text = plain(inlines);
        let word = text.split_whitespace().next().unwrap_or_default();
        drop_leading(inlines, word);
        item.label = word.to_owned();
    }
}

/// Takes the page numbers off the ends of a list of contents: they are those of the paper itself,
/// whose pages are not there where it is set again. They go only where all entries have one, in
/// order, so that no year is taken for one.
fn without_page_numbers(items: &mut [Item]) {
    const FEWEST: usize = 3;
    let numbers: Option<Vec<String>> = items
        .iter_mut()
        .map(|item| line_of(item).and_then(|line| trailing_number(&plain(line))))
        .collect();
    let Some(numbers) = numbers else { return };
    // Numbers of so few digits compare by their length first.
    let in_order = |pair: &[String]| (pair[0].len(), &pair[0]) <= (pair[1].len(), &pair[1]);
    if numbers.len() < FEWEST || !numbers.windows(2).all(in_order) {
        return;
    }
    for (item, number) in items.iter_mut().zip(&numbers) {
        if let Some(line) = line_of(item) {
            drop_trailing_number(line, number.len());
        }
    }
}

fn line_of(item: &mut Item) -> Option<&mut Vec<Inline>> {
    match &mut item.body.blocks.first_mut()?.0.kind {
        BlockKind::Paragraph(inlines) => Some(inlines),
        _ => None,
    }
}

/// The page number at the end of a line that says more.
fn trailing_number(line: &str) -> Option<String> {
    let (words, number) = line.trim().rsplit_once(char::is_whitespace)?;
    let page = (1..=3).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit());
    (page && words.contains(char::is_alphabetic)).then(|| number.to_owned())
}

/// Whether a label is a plain bullet, in whatever font it is drawn.
pub(super) fn is_bullet(label: &str) -> bool {
    let mut characters = label.trim().chars();
    match (characters.next(), characters.next()) {
        (Some(c), None) => {
            matches!(c, 'o' | '+' | '>' | '§' | 'Ø' | '\u{fffd}') || is_typed_bullet(c)
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
    without_shells(List {
        start,
        tight,
        items,
    })
}

/// A list without the items that say nothing but another list: some programs wrap each item of a
/// list in lists of its own, and a bullet would stand before its number.
fn without_shells(mut list: List) -> List {
    let is_shell = |item: &ListItem| {
        item.label.is_none()
            && matches!(item.blocks.as_slice(), [block] if matches!(block.kind, BlockKind::List(_)))
    };
    if list.start.is_some() || !list.items.iter().any(is_shell) {
        return list;
    }
    let alone = list.items.len() == 1;
    let mut items = Vec::with_capacity(list.items.len());
    for mut item in list.items {
        if !is_shell(&item) {
            items.push(item);
            continue;
        }
        let Some(BlockKind::List(inner)) = item.blocks.pop().map(|block| block.kind) else {
            continue;
        };
        if alone {
            return inner;
        }
        let labels = inner.start;
        items.extend(inner.items.into_iter().enumerate().map(|(at, mut item)| {
            if let Some((start, mark)) = labels {
                item.label = Some(format!("{}{mark}", start + at as u64));
            }
            item
        }));
    }
    list.items = items;
    list
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_parts_are_labels_and_figures_are_none() {
        for label in ["3.4", "3.4.", "10.2.1", "(a)", "b)", "(iv)", "x)"] {
            assert!(is_number_in_parts(label), "{label:?}");
        }
        for other in ["3", "3.", "£3.4", "3.4m", "2025.1", "(see)", "a", "1,000.5"] {
            assert!(!is_number_in_parts(other), "{other:?}");
        }
        assert_eq!(trailing_number("Council Tax 12").as_deref(), Some("12"));
        for line in ["Council Tax", "12", "Budget 2025", "Form 3a"] {
            assert_eq!(trailing_number(line), None, "{line:?}");
        }
    }

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
