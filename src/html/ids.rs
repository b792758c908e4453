//! Anchors: every `id` of the page is given out here, so that none is used twice; and heading levels, so
//! that none is skipped.

use std::collections::HashMap;

/// The ids that the page has.
#[derive(Debug, Default)]
pub(super) struct Ids {
    /// Each with the last number that was added to it.
    given: HashMap<String, u64>,
}

impl Ids {
    /// An unused id that is `wanted`, if possible: a second `item-4-3.2` is `item-4-3.2-2`.
    pub(super) fn claim(&mut self, wanted: &str) -> String {
        let wanted = fit(wanted);
        let mut id = wanted.clone();
        let mut last = self.given.get(&wanted).copied().unwrap_or(0);
        while self.given.contains_key(&id) {
            last += 1;
            id = format!("{wanted}-{last}");
        }
        self.given.insert(wanted, last.max(1));
        self.given.entry(id.clone()).or_insert(1);
        id
    }

    /// Whether some id holds a character that HTML allows and narrower tools do not, as the
    /// paragraph number in `item-4-3.2` does.
    pub(super) fn any_unusual(&self) -> bool {
        self.given.keys().any(|id| {
            id.chars()
                .any(|character| !character.is_alphanumeric() && !matches!(character, '-' | '_'))
        })
    }
}

/// A name made fit for an id: it begins with a letter and has no whitespace, and characters that would need
/// escaping in a link are hyphens.
fn fit(name: &str) -> String {
    let mut id: String = name
        .chars()
        .map(|character| match character {
            '.' | '/' | '_' => character,
            _ if character.is_alphanumeric() => character,
            _ => '-',
        })
        .collect();
    if !id.starts_with(char::is_alphabetic) {
        id.insert_str(0, "at-");
    }
    id
}

/// Turns the heading levels of a source into levels of the page: below the document's own heading, without
/// skipping one, and no deeper than HTML allows.
#[derive(Debug)]
pub(super) struct Ladder {
    base: u8,
    open: Vec<u8>,
}

impl Ladder {
    /// A ladder below a heading of level `base`.
    pub(super) fn below(base: u8) -> Self {
        Self {
            base,
            open: Vec::new(),
        }
    }

    /// The level on the page of the next heading, which has `level` in its source.
    pub(super) fn step(&mut self, level: u8) -> u8 {
        while self.open.last().is_some_and(|&open| open >= level) {
            self.open.pop();
        }
        self.open.push(level);
        let depth = u8::try_from(self.open.len()).unwrap_or(u8::MAX);
        self.base.saturating_add(depth).min(6)
    }
}

/// "3.2." is the paragraph 3.2.
pub(super) fn anchor_number(number: &str) -> String {
    number.trim().trim_end_matches(['.', ')', ':']).to_owned()
}

/// The words of a heading as the end of an id.
pub(super) fn slug(words: &str) -> String {
    let mut slug = String::new();
    for word in words
        .split(|character: char| !character.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .take(8)
    {
        if !slug.is_empty() {
            slug.push('-');
        }
        slug.extend(word.chars().flat_map(char::to_lowercase).take(24));
    }
    slug
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_given_once() {
        let mut ids = Ids::default();
        assert_eq!(ids.claim("item-4-3.2"), "item-4-3.2");
        assert_eq!(ids.claim("item-4-3.2"), "item-4-3.2-2");
        assert_eq!(ids.claim("item-4-3.2-2"), "item-4-3.2-2-2");
        assert_eq!(ids.claim("1 <b>"), "at-1--b-");
        assert!(ids.any_unusual());
    }

    #[test]
    fn no_heading_level_is_skipped() {
        let mut ladder = Ladder::below(3);
        let levels: Vec<u8> = [2, 4, 4, 1, 2, 5, 6, 9, 2, 3]
            .into_iter()
            .map(|level| ladder.step(level))
            .collect();
        assert_eq!(levels, [4, 5, 5, 4, 5, 6, 6, 6, 5, 6]);
    }
}
