//! What was composed, as HTML: lines and blocks that the program itself says, the same on paper
//! and on the web. Author's prose is the business of [`super::prose`].

use std::fmt::Write as _;

use super::markup;
use super::shared::Shared;
use super::view::Fact;
use crate::compose::part::{Block, BlockKind, Field, Inline, Part, Row, Table};

/// A line of running text. `None` where it names a page that nobody has numbered.
pub(super) fn line(shared: &Shared<'_>, content: &[Inline]) -> Option<String> {
    let mut out = String::new();
    inlines(shared, content, &mut out).then_some(out)
}

/// Labels and values.
pub(super) fn facts<'f>(
    shared: &Shared<'_>,
    fields: impl IntoIterator<Item = &'f Field>,
) -> Vec<Fact> {
    fields
        .into_iter()
        .map(|field| Fact {
            label: markup::clean(&field.label),
            lines: field
                .lines
                .iter()
                .filter_map(|content| line(shared, content))
                .collect(),
            contacts: Vec::new(),
        })
        .collect()
}

/// A whole part, its headings from `level` down; each block that can be reached keeps its anchor.
pub(super) fn part(shared: &mut Shared<'_>, part: &Part, level: u8) -> String {
    let mut out = String::new();
    for block in &part.blocks {
        set(shared, block, level, &mut out);
    }
    out
}

/// Adds running text; false where a page number is not known.
fn inlines(shared: &Shared<'_>, content: &[Inline], out: &mut String) -> bool {
    content.iter().all(|inline| match inline {
        Inline::Text { text } | Inline::Code { text } => {
            markup::text(out, text);
            true
        }
        Inline::Strong { content } => wrapped(shared, "strong", content, out),
        Inline::Emphasis { content } => wrapped(shared, "em", content, out),
        Inline::Struck { content } => wrapped(shared, "s", content, out),
        Inline::Keep { content } => inlines(shared, content, out),
        Inline::Lang { lang, content } => {
            let _ = write!(out, "<span{}>", shared.lang_attribute(Some(lang)));
            let known = inlines(shared, content, out);
            out.push_str("</span>");
            known
        }
        Inline::Web { url, content } => match markup::web_address(url) {
            Some(address) => link(shared, &address, content, out),
            None => inlines(shared, content, out),
        },
        Inline::Go { anchor, content } => {
            let address = format!("#{}", shared.id(anchor));
            link(shared, &address, content, out)
        }
        Inline::Page { anchor, words } => match shared.numbers.at(anchor) {
            Some(number) => {
                markup::text(out, &words.replace("{page}", number));
                true
            }
            None => false,
        },
        Inline::Break => {
            out.push_str("<br>");
            true
        }
        Inline::Image(figure) => {
            markup::text(out, &figure.alt);
            true
        }
        Inline::Note { .. } | Inline::NoteAgain { .. } | Inline::PageMark { .. } => true,
    })
}

fn wrapped(shared: &Shared<'_>, tag: &str, content: &[Inline], out: &mut String) -> bool {
    let _ = write!(out, "<{tag}>");
    let known = inlines(shared, content, out);
    let _ = write!(out, "</{tag}>");
    known
}

fn link(shared: &Shared<'_>, address: &str, content: &[Inline], out: &mut String) -> bool {
    out.push_str("<a");
    markup::pair(out, "href", address);
    out.push('>');
    let known = inlines(shared, content, out);
    out.push_str("</a>");
    known
}

fn set(shared: &mut Shared<'_>, block: &Block, level: u8, out: &mut String) {
    match &block.kind {
        BlockKind::Heading {
            level: own,
            content,
            ..
        } => {
            let tag = level.saturating_add(own.saturating_sub(1)).min(6);
            let _ = write!(out, "<h{tag}>");
            inlines(shared, content, out);
            let _ = writeln!(out, "</h{tag}>");
        }
        BlockKind::Paragraph { content, .. } => {
            out.push_str("<p>");
            inlines(shared, content, out);
            out.push_str("</p>\n");
        }
        BlockKind::List { items, .. } => {
            out.push_str("<ul>\n");
            for item in items {
                out.push_str("<li>");
                for block in &item.blocks {
                    set(shared, block, level, out);
                }
                out.push_str("</li>\n");
            }
            out.push_str("</ul>\n");
        }
        BlockKind::Fields { rows, .. } => {
            out.push_str("<dl class=\"facts\">\n");
            for fact in facts(shared, rows) {
                out.push_str("<div><dt>");
                markup::text(out, &fact.label);
                out.push_str("</dt>");
                for line in &fact.lines {
                    let _ = write!(out, "<dd>{line}</dd>");
                }
                out.push_str("</div>\n");
            }
            out.push_str("</dl>\n");
        }
        BlockKind::Table(inner) => table(shared, inner, level, out),
        _ => {
            for inner in block.inner() {
                for block in inner {
                    set(shared, block, level, out);
                }
            }
        }
    }
}

/// A table of two columns or so, which fits every window.
fn table(shared: &mut Shared<'_>, table: &Table, level: u8, out: &mut String) {
    out.push_str("<div class=\"table-frame\"><table>\n");
    let (heads, body) = table.rows.split_at(table.header_rows.min(table.rows.len()));
    for (group, rows) in [("thead", heads), ("tbody", body)] {
        if rows.is_empty() {
            continue;
        }
        let _ = writeln!(out, "<{group}>");
        for row in rows {
            table_row(shared, row, group == "thead", level, out);
        }
        let _ = writeln!(out, "</{group}>");
    }
    out.push_str("</table></div>\n");
}

fn table_row(shared: &mut Shared<'_>, row: &Row, head: bool, level: u8, out: &mut String) {
    out.push_str("<tr>");
    for cell in &row.cells {
        let (tag, scope) = match (head, cell.header) {
            (true, _) => ("th", " scope=\"col\""),
            (false, true) => ("th", " scope=\"row\""),
            (false, false) => ("td", ""),
        };
        let _ = write!(out, "<{tag}{scope}>");
        for block in &cell.blocks {
            match &block.kind {
                BlockKind::Paragraph { content, .. } => {
                    inlines(shared, content, out);
                }
                _ => set(shared, block, level, out),
            }
        }
        let _ = write!(out, "</{tag}>");
    }
    out.push_str("</tr>\n");
}
