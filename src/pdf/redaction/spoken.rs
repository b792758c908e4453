//! Words that a machine says in place of what a page shows: replacement texts that say something
//! else than the letters below them, or that speak of a black bar.

use std::collections::{BTreeMap, HashMap};

use crate::model::{Suspect, SuspectKind};
use crate::pdf::content::{Mark, MarkKind, PageContent};
use crate::pdf::geometry::Rect;
use crate::pdf::structure::{ContentKey, Kid, Role, StructureTree};

/// Letters that a replacement text must have to be told.
const LETTERS: usize = 4;
/// The share of its letters that those on the page must have, in their order, to be the same words.
const SAME: f64 = 0.6;
/// Letters compared.
const MOST: usize = 400;
/// As dark as a bar, and as high, in points.
const DARK: f32 = 0.35;
const BAR: std::ops::Range<f64> = 5.0..40.0;

/// More letters than this for each one on the page, and these besides, are not the same words.
const MORE: (usize, usize) = (5, 30);
/// Pieces of content that one element of the structure tree may stand for.
const MOST_PIECES: usize = 200;

/// What a text is to what stands below it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Voice {
    /// Read in its place.
    Instead,
    /// What an abbreviation means: more, but the same.
    Longer,
    /// Read beside it: what a picture shows.
    Beside,
}

/// What a replacement text stands for.
struct Below {
    letters: String,
    bounds: Rect,
    /// Whether it is nothing but dark rectangles.
    bars: bool,
}

impl Below {
    const NOTHING: Self = Self {
        letters: String::new(),
        bounds: Rect::NOWHERE,
        bars: true,
    };

    fn add(&mut self, mark: &Mark) {
        self.bounds = self.bounds.union(&mark.bounds);
        match &mark.kind {
            MarkKind::Text(run) => {
                self.letters.extend(letters(&run.text));
                self.bars = false;
            }
            MarkKind::Path(path) => {
                let dark = path.fill.and_then(|ink| ink.color);
                self.bars &= dark.is_some_and(|color| color.iter().all(|it| *it < DARK))
                    && path.fill_parts.iter().all(|part| part.exact)
                    && BAR.contains(&mark.bounds.height());
            }
            MarkKind::Image(_) | MarkKind::Shading(_) => self.bars = false,
        }
    }

    /// Whether a text says what nobody sees here.
    fn is_outdone(&self, said: &str, voice: Voice) -> bool {
        let spoken: String = letters(said).collect();
        let (said, shown) = (spoken.chars().count(), self.letters.chars().count());
        if said < LETTERS || self.bounds == Rect::NOWHERE {
            return false;
        }
        let more = voice == Voice::Instead && said > MORE.0 * shown + MORE.1;
        let other = shown + 1 >= LETTERS && (more || !same(&spoken, &self.letters));
        (voice != Voice::Beside && other) || (shown == 0 && self.bars)
    }

    fn suspect(&self, said: &str, number: u32) -> Suspect {
        Suspect {
            kind: SuspectKind::ReplacementText,
            page: Some(number),
            bounds: Some(self.bounds.into()),
            text: said.trim().to_owned(),
        }
    }
}

/// The texts that the structure tree puts in place of content, by the page, counted from 0, that
/// all of the content is on.
#[derive(Debug, Default)]
pub(in crate::pdf) struct Worded(HashMap<usize, Vec<VoicedText>>);

/// One of these texts.
#[derive(Debug)]
struct VoicedText {
    said: String,
    voice: Voice,
    pieces: Vec<ContentKey>,
}

impl Worded {
    pub(in crate::pdf) fn of(tree: &StructureTree) -> Self {
        let mut found = Self::default();
        for (index, element) in tree.elements.iter().enumerate() {
            // whoever draws a bar as a picture of its own may well call it one
            let shows = element.role == Role::Figure;
            let texts: Vec<(Voice, &String)> = [
                (Voice::Instead, &element.actual_text),
                (Voice::Longer, &element.expansion),
                (Voice::Beside, if shows { &None } else { &element.alt }),
            ]
            .into_iter()
            .filter_map(|(voice, text)| Some((voice, text.as_ref()?)))
            .collect();
            if texts.is_empty() {
                continue;
            }
            let Some(pieces) = pieces(tree, index) else {
                continue;
            };
            let Some(page) = pieces.first().map(|key| key.page) else {
                continue;
            };
            if pieces.iter().any(|key| key.page != page) {
                continue;
            }
            for (voice, said) in texts {
                found.0.entry(page).or_default().push(VoicedText {
                    said: said.clone(),
                    voice,
                    pieces: pieces.clone(),
                });
            }
        }
        found
    }

    /// The texts that say what a page does not show; `page` counts from 0.
    fn suspects(&self, content: &PageContent, page: usize, number: u32) -> Vec<Suspect> {
        let Some(all) = self.0.get(&page) else {
            return Vec::new();
        };
        let mut owners: HashMap<ContentKey, Vec<usize>> = HashMap::new();
        for (index, words) in all.iter().enumerate() {
            for piece in &words.pieces {
                owners.entry(*piece).or_default().push(index);
            }
        }
        let mut below: BTreeMap<usize, Below> = BTreeMap::new();
        for mark in &content.marks {
            for tag in content.tags_of(mark) {
                let form = content.streams.get(tag.stream).and_then(|it| it.form);
                let key = tag.mcid.map(|mcid| ContentKey { page, form, mcid });
                for &index in key.and_then(|key| owners.get(&key)).into_iter().flatten() {
                    below.entry(index).or_insert(Below::NOTHING).add(mark);
                }
            }
        }
        below
            .into_iter()
            .filter_map(|(index, below)| {
                let VoicedText { said, voice, .. } = &all[index];
                below
                    .is_outdone(said, *voice)
                    .then(|| below.suspect(said, number))
            })
            .collect()
    }
}

/// All content of an element and of those inside it; `None` where it is too much.
fn pieces(tree: &StructureTree, element: usize) -> Option<Vec<ContentKey>> {
    let (mut found, mut open, mut met) = (Vec::new(), vec![element], 0);
    while let Some(index) = open.pop() {
        met += 1;
        if met > MOST_PIECES || found.len() > MOST_PIECES {
            return None;
        }
        for kid in &tree.elements.get(index)?.kids {
            match kid {
                Kid::Element(child) => open.push(*child),
                Kid::Content(key) => found.push(*key),
                // what an object shows is not read here
                Kid::Object(_) => return None,
            }
        }
    }
    Some(found)
}

/// The replacement texts of a page that say what it does not show, in its content and in the structure
/// tree; `page` counts from 0.
pub(super) fn suspects(
    content: &PageContent,
    worded: Option<&Worded>,
    page: usize,
    number: u32,
) -> Vec<Suspect> {
    let mut below: BTreeMap<u32, Below> = BTreeMap::new();
    for mark in &content.marks {
        let mut next = mark.tag;
        while let Some(index) = next {
            let Some(tag) = content.tags.get(index as usize) else {
                break;
            };
            next = tag.parent;
            if tag.actual_text.is_some() || tag.alt.is_some() || tag.expansion.is_some() {
                below.entry(index).or_insert(Below::NOTHING).add(mark);
            }
        }
    }
    let mut found = Vec::new();
    for (index, below) in below {
        let Some(tag) = content.tags.get(index as usize) else {
            continue;
        };
        let shows = tag.name == b"Figure";
        let texts = [
            (Voice::Instead, &tag.actual_text),
            (Voice::Longer, &tag.expansion),
            (Voice::Beside, if shows { &None } else { &tag.alt }),
        ];
        for (voice, said) in texts {
            if let Some(said) = said.as_ref().filter(|said| below.is_outdone(said, voice)) {
                found.push(below.suspect(said, number));
            }
        }
    }
    found.extend(worded.map_or_else(Vec::new, |worded| worded.suspects(content, page, number)));
    found
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
