//! Labels at the head of a text, and numbers at its end.

use crate::prose::Inline;

/// Takes `label` and the space after it off the front of running text.
pub(super) fn drop_leading(inlines: &mut Vec<Inline>, label: &str) {
    let mut left = label;
    while let Some(first) = inlines.first_mut() {
        let empty = drop_from(first, &mut left);
        if empty {
            inlines.remove(0);
        }
        if left.is_empty() && !empty {
            break;
        }
    }
}

/// Takes what it can of `left` off the front of one inline; says whether nothing remains of it.
fn drop_from(inline: &mut Inline, left: &mut &str) -> bool {
    use crate::prose::InlineKind as Kind;
    match &mut inline.kind {
        Kind::Text(text) | Kind::Code(text) => {
            let mut rest = text.trim_start();
            while let (Some(a), Some(b)) = (rest.chars().next(), left.chars().next()) {
                if a != b {
                    *left = "";
                    break;
                }
                rest = &rest[a.len_utf8()..];
                *left = &left[b.len_utf8()..];
            }
            let rest = if left.is_empty() {
                rest.trim_start()
            } else {
                rest
            };
            *text = rest.to_owned();
            text.is_empty()
        }
        Kind::FootnoteRef(label) if label == left => {
            *left = "";
            true
        }
        Kind::Strong(inner)
        | Kind::Emphasis(inner)
        | Kind::Struck(inner)
        | Kind::Lang(_, inner)
        | Kind::Link { content: inner, .. } => {
            while let Some(first) = inner.first_mut() {
                let empty = drop_from(first, left);
                if !empty {
                    return false;
                }
                inner.remove(0);
                if left.is_empty() {
                    break;
                }
            }
            inner.is_empty()
        }
        Kind::SoftBreak | Kind::HardBreak => true,
        _ => {
            *left = "";
            false
        }
    }
}

/// Takes `count` digits off the end of running text, and the space before them.
pub(super) fn drop_trailing_number(inlines: &mut Vec<Inline>, count: usize) {
    let mut left = count;
    drop_from_end(inlines, &mut left);
}

/// Takes what is `left` of some digits, then space, off the end; says whether words remain.
fn drop_from_end(inlines: &mut Vec<Inline>, left: &mut usize) -> bool {
    use crate::prose::InlineKind as Kind;
    while let Some(last) = inlines.last_mut() {
        let remain = match &mut last.kind {
            Kind::Text(text) | Kind::Code(text) => {
                text.truncate(text.trim_end().len());
                while *left > 0 && text.ends_with(|c: char| c.is_ascii_digit()) {
                    text.pop();
                    *left -= 1;
                }
                text.truncate(text.trim_end().len());
                !text.is_empty()
            }
            Kind::Strong(inner)
            | Kind::Emphasis(inner)
            | Kind::Struck(inner)
            | Kind::Lang(_, inner)
            | Kind::Link { content: inner, .. } => drop_from_end(inner, left),
            Kind::SoftBreak | Kind::HardBreak => false,
            _ => true,
        };
        if remain {
            return true;
        }
        inlines.pop();
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::{FileId, Span};
    use crate::prose::{InlineKind, plain};

    #[test]
    fn a_page_number_goes_from_the_end_of_a_line_and_no_other_figure() {
        let inline = |kind| Inline {
            kind,
            span: Span::new(FileId(0), 0, 0),
        };
        let text = |text: &str| inline(InlineKind::Text(text.to_owned()));
        let mut line = vec![
            text("Budget 3 "),
            inline(InlineKind::Strong(vec![text("1"), text("2 ")])),
        ];
        drop_trailing_number(&mut line, 2);
        assert_eq!(plain(&line), "Budget 3");
        let mut line = vec![inline(InlineKind::Emphasis(vec![text("Council Tax 14")]))];
        drop_trailing_number(&mut line, 2);
        assert_eq!(plain(&line), "Council Tax");
    }
}
