//! Words that a machine says in the place of what a page shows: replacement texts that say something
//! else than the letters below them, or that speak of a black bar.

use std::collections::BTreeMap;

use crate::model::{Suspect, SuspectKind};
use crate::pdf::content::{MarkKind, PageContent};
use crate::pdf::geometry::Rect;

/// Letters that a replacement text must have to be told.
const LETTERS: usize = 4;
/// The share of its letters that those on the page must have, in their order, to be the same words.
const SAME: f64 = 0.6;
/// Letters compared.
const MOST: usize = 400;
/// As dark as a bar.
const DARK: f32 = 0.35;

/// What a replacement text stands for.
struct Below {
    letters: String,
    bounds: Rect,
    /// Whether it is nothing but dark rectangles.
    bars: bool,
}

/// The replacement texts of a page that say what it does not show.
pub(super) fn suspects(content: &PageContent, number: u32) -> Vec<Suspect> {
    let mut below: BTreeMap<u32, Below> = BTreeMap::new();
    for mark in &content.marks {
        let mut next = mark.tag;
        while let Some(index) = next {
            let Some(tag) = content.tags.get(index as usize) else {
                break;
            };
            next = tag.parent;
            if tag.actual_text.is_none() {
                continue;
            }
            let entry = below.entry(index).or_insert(Below {
                letters: String::new(),
                bounds: Rect::NOWHERE,
                bars: true,
            });
            entry.bounds = entry.bounds.union(&mark.bounds);
            match &mark.kind {
                MarkKind::Text(run) => {
                    entry.letters.extend(letters(&run.text));
                    entry.bars = false;
                }
                MarkKind::Path(path) => {
                    let dark = path.fill.and_then(|ink| ink.color);
                    entry.bars &= dark.is_some_and(|color| color.iter().all(|it| *it < DARK))
                        && path.fill_parts.iter().all(|part| part.exact)
                        && mark.bounds.height() > 5.0;
                }
                MarkKind::Image(_) | MarkKind::Shading(_) => entry.bars = false,
            }
        }
    }
    below
        .into_iter()
        .filter_map(|(index, below)| {
            let said = content.tags.get(index as usize)?.actual_text.clone()?;
            let spoken: String = letters(&said).collect();
            let shown = below.letters.chars().count();
            let other = shown + 1 >= LETTERS && !same(&spoken, &below.letters);
            (spoken.chars().count() >= LETTERS && (other || (shown == 0 && below.bars))).then(
                || Suspect {
                    kind: SuspectKind::ReplacementText,
                    page: Some(number),
                    bounds: Some(below.bounds.into()),
                    text: said.trim().to_owned(),
                },
            )
        })
        .collect()
}

fn letters(text: &str) -> impl Iterator<Item = char> + '_ {
    text.chars()
        .filter(|letter| letter.is_alphanumeric())
        .flat_map(char::to_lowercase)
}

/// Whether most letters of one text stand in the other in the same order.
fn same(spoken: &str, shown: &str) -> bool {
    let shown: Vec<char> = shown.chars().take(MOST).collect();
    let spoken: Vec<char> = spoken.chars().take(MOST).collect();
    // the longest common subsequence, row by row
    let mut row = vec![0_usize; shown.len() + 1];
    for letter in &spoken {
        let mut corner = 0;
        for (at, other) in shown.iter().enumerate() {
            let above = row[at + 1];
            row[at + 1] = if letter == other {
                corner + 1
            } else {
                above.max(row[at])
            };
            corner = above;
        }
    }
    let common = row.last().copied().unwrap_or(0);
    common as f64 >= SAME * spoken.len().min(shown.len()).max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hyphens_and_ligatures_say_the_same_and_a_name_does_not() {
        for (spoken, shown) in [
            ("information", "information"),
            ("office", "oce"),
            ("abc", "xabc"),
        ] {
            assert!(same(spoken, shown), "{spoken}");
        }
        assert!(!same("zqx0001q", "redacted"));
        assert!(!same("janeresident", "name"));
    }
}
