//! Labels at the head of a text.

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
