//! The standard edition's page numbers inside a re-flowed one: where page 39 of the standard pack
//! begins there is a mark, in the middle of a paragraph too, so that everyone in the room can turn
//! to the same page.

use super::Break;
use crate::compose::part::{Block, BlockKind, Cell, Inline, Part, Row};

/// Where the pages of the standard edition begin in a part.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct StandardPages {
    /// The pages in order.
    pub starts: Vec<StandardPage>,
    /// What a mark says: "Standard page {page}".
    pub mark: String,
    /// What the head of a page says that holds pieces of several: "Standard pages {first} to
    /// {last}". Of one, it says what the mark says.
    pub several: String,
}

/// A page of the standard edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StandardPage {
    /// Its printed number.
    pub label: String,
    /// Where it begins.
    pub at: Break,
}

/// Puts the marks into a part whose blocks are numbered.
pub(super) fn mark(part: &mut Part, pages: &StandardPages) {
    // From the end, so that what is put in does not move what is still to be found.
    for (index, page) in pages.starts.iter().enumerate().rev() {
        let words = pages.mark.replace("{page}", &page.label);
        let label = &page.label;
        if index == 0 {
            part.blocks.insert(0, block(label, &words));
        } else if !mark_in(&mut part.blocks, page.at, label, &words) {
            // A place that is not found is at the end: a page of figures only, say.
            let end = before_marks(&part.blocks, part.blocks.len());
            part.blocks.insert(end, block(label, &words));
        }
    }
}

fn block(label: &str, words: &str) -> Block {
    Block::new(BlockKind::PageMark {
        label: label.to_owned(),
        words: words.to_owned(),
    })
}

/// The place before the marks of later pages that stand right before `index` already.
fn before_marks(blocks: &[Block], index: usize) -> usize {
    let marks = blocks[..index]
        .iter()
        .rev()
        .take_while(|block| matches!(block.kind, BlockKind::PageMark { .. }))
        .count();
    index - marks
}

fn mark_in(blocks: &mut Vec<Block>, at: Break, label: &str, words: &str) -> bool {
    // The last block that begins at or before the place holds it.
    let Some(index) = blocks
        .iter()
        .rposition(|block| block.mark.is_some_and(|mark| mark <= at.mark))
    else {
        return false;
    };
    let found = blocks[index].mark == Some(at.mark);
    if found && at.offset == 0 {
        blocks.insert(before_marks(blocks, index), block(label, words));
        return true;
    }
    match &mut blocks[index].kind {
        BlockKind::Paragraph { content, .. } if found => {
            if !mark_in_text(content, at.offset, label, words) {
                blocks.insert(index + 1, block(label, words));
            }
            true
        }
        BlockKind::Table(table) => {
            let row = table
                .rows
                .iter()
                .rposition(|row| row.mark.is_some_and(|mark| mark <= at.mark))
                .unwrap_or(0)
                .max(table.header_rows);
            let row = row + usize::from(at.offset > 0 && row < table.rows.len());
            let mut row = row.min(table.rows.len());
            while row > table.header_rows && table.rows[row - 1].mark.is_none() {
                row -= 1;
            }
            let columns = table.columns.len().max(1);
            table.rows.insert(
                row,
                Row {
                    cells: vec![Cell {
                        blocks: vec![block(label, words)],
                        header: false,
                        columns,
                        rows: 1,
                    }],
                    mark: None,
                },
            );
            true
        }
        _ => {
            for inner in blocks[index].inner_mut() {
                if inner
                    .first()
                    .is_some_and(|block| block.mark.is_some_and(|mark| mark <= at.mark))
                    && inner_holds(inner, at)
                {
                    return mark_in(inner, at, label, words);
                }
            }
            blocks.insert(index + 1, block(label, words));
            true
        }
    }
}

/// Whether a place is inside these blocks and not after them.
fn inner_holds(blocks: &[Block], at: Break) -> bool {
    fn last(blocks: &[Block]) -> u32 {
        blocks
            .iter()
            .map(|block| {
                block
                    .inner()
                    .into_iter()
                    .map(last)
                    .max()
                    .unwrap_or(0)
                    .max(block.mark.unwrap_or(0))
            })
            .max()
            .unwrap_or(0)
    }
    last(blocks) >= at.mark
}

/// Puts a mark into running text before the word that begins after `offset` characters, white
/// space left out. False where the text is not that long.
fn mark_in_text(content: &mut Vec<Inline>, offset: usize, label: &str, words: &str) -> bool {
    let mut left = offset;
    insert(content, &mut left, label, words)
}

fn insert(content: &mut Vec<Inline>, left: &mut usize, label: &str, words: &str) -> bool {
    let mark = || Inline::PageMark {
        label: label.to_owned(),
        words: words.to_owned(),
    };
    let mut index = 0;
    while index < content.len() {
        if *left == 0 {
            content.insert(index, mark());
            return true;
        }
        match &mut content[index] {
            Inline::Text { text } => {
                let length = count(text);
                if *left < length {
                    let at = word_at(text, *left);
                    if at == 0 {
                        let marks = content[..index]
                            .iter()
                            .rev()
                            .take_while(|inline| matches!(inline, Inline::PageMark { .. }))
                            .count();
                        content.insert(index - marks, mark());
                        return true;
                    }
                    let rest = text.split_off(at);
                    let rest = rest.trim_start().to_owned();
                    *text = text.trim_end().to_owned();
                    content.insert(index + 1, mark());
                    content.insert(index + 2, Inline::Text { text: rest });
                    return true;
                }
                *left -= length;
            }
            Inline::Strong { content }
            | Inline::Emphasis { content }
            | Inline::Struck { content }
            | Inline::Lang { content, .. } => {
                if insert(content, left, label, words) {
                    return true;
                }
            }
            // What is not to be broken is not broken: the mark comes after it.
            Inline::Web { content, .. } | Inline::Go { content, .. } | Inline::Keep { content } => {
                *left = left.saturating_sub(count(&crate::compose::part::plain(content)));
            }
            Inline::Code { text } => *left = left.saturating_sub(count(text)),
            Inline::Page { words, .. } => *left = left.saturating_sub(count(words)),
            Inline::Note { .. } | Inline::NoteAgain { .. } => *left = left.saturating_sub(1),
            Inline::Image(_) | Inline::Break | Inline::PageMark { .. } => {}
        }
        index += 1;
    }
    false
}

fn count(text: &str) -> usize {
    text.chars()
        .filter(|character| !character.is_whitespace())
        .count()
}

/// The byte at which the word begins that holds the character after `left` others.
fn word_at(text: &str, left: usize) -> usize {
    let mut seen = 0;
    let mut word = 0;
    for (at, character) in text.char_indices() {
        if character.is_whitespace() {
            word = at + character.len_utf8();
        } else {
            if seen == left {
                return word;
            }
            seen += 1;
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compose::part::{ListItem, PartKind};

    fn para(words: &str) -> Block {
        Block::paragraph(vec![Inline::text(words)])
    }

    fn pages(starts: &[(u32, usize)]) -> StandardPages {
        StandardPages {
            starts: starts
                .iter()
                .enumerate()
                .map(|(index, &(mark, offset))| StandardPage {
                    label: (index + 7).to_string(),
                    at: Break { mark, offset },
                })
                .collect(),
            mark: "<{page}>".into(),
            several: String::new(),
        }
    }

    /// The part as one line, its marks between angle brackets.
    fn line(blocks: &[Block]) -> String {
        blocks
            .iter()
            .map(|block| match &block.kind {
                BlockKind::PageMark { words, .. } => words.clone(),
                BlockKind::Paragraph { content, .. } => content
                    .iter()
                    .map(|inline| match inline {
                        Inline::PageMark { words, .. } => words.clone(),
                        other => crate::compose::part::plain(std::slice::from_ref(other)),
                    })
                    .collect(),
                _ => format!(
                    "[{}]",
                    block
                        .inner()
                        .into_iter()
                        .map(line)
                        .collect::<Vec<_>>()
                        .join("|")
                ),
            })
            .collect::<Vec<_>>()
            .join("/")
    }

    #[test]
    fn a_mark_stands_where_its_page_begins() {
        let list = Block::new(BlockKind::List {
            numbering: None,
            tight: true,
            items: ["four five", "six"]
                .iter()
                .map(|words| ListItem {
                    label: None,
                    blocks: vec![para(words)],
                })
                .collect(),
        });
        let mut part = Part::new(
            "k",
            PartKind::Report,
            "t",
            "en-GB",
            vec![para("one two three"), list, para("seven")],
        );
        part.number_blocks();
        // Blocks: 0 the paragraph, 1 the list, 2 and 3 its items, 4 the last paragraph.
        mark(
            &mut part,
            &pages(&[(0, 0), (0, 4), (0, 11), (2, 4), (3, 0), (4, 0)]),
        );
        assert_eq!(
            line(&part.blocks),
            "<7>/one<8>two three/<9>/[four<10>five|<11>/six]/<12>/seven"
        );
    }

    #[test]
    fn pages_that_begin_in_one_place_keep_their_order() {
        let mut part = Part::new(
            "k",
            PartKind::Report,
            "t",
            "en-GB",
            vec![para("one"), para("two")],
        );
        part.number_blocks();
        mark(&mut part, &pages(&[(0, 0), (1, 0), (1, 0), (1, 2), (1, 2)]));
        assert_eq!(line(&part.blocks), "<7>/one/<8>/<9>/<10><11>two");
    }

    #[test]
    fn no_page_is_lost() {
        let mut part = Part::new("k", PartKind::Report, "t", "en-GB", vec![para("one")]);
        part.number_blocks();
        mark(&mut part, &pages(&[(0, 0), (99, 0)]));
        assert_eq!(line(&part.blocks), "<7>/one/<8>");
    }
}
